// Each fuzz target for a while: HUNT_SECONDS, by default ten minutes. What is found stays in build/fuzz/found.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const build = path.join(here, '../../build/fuzz');
const seconds = Number(process.env.HUNT_SECONDS ?? 600);
const targets = fs.readdirSync(path.join(here, '../fuzz')).filter((name) => /^fuzz_.*\.c$/.test(name)).map((name) => name.slice(0, -2));

for (const target of targets) {
    const program = path.join(build, 'tests', target);
    test(target, { skip: !fs.existsSync(program) && 'it was not built' }, (t) => {
        const grown = path.join(build, 'corpus', target), found = path.join(build, 'found', target);
        for (const folder of [grown, found]) fs.mkdirSync(folder, { recursive: true });
        const args = [`-max_total_time=${seconds}`, '-timeout=20', '-max_len=2048', '-print_final_stats=1', `-artifact_prefix=${found}${path.sep}`];
        const { status, stderr } = spawnSync(program, [...args, grown, path.join(here, '../fuzz/corpus', target)], { encoding: 'utf8', maxBuffer: 1 << 30 });
        t.diagnostic(`${/executed_units: (\d+)/.exec(stderr)?.[1]} runs, ${/.*cov: (\d+)/s.exec(stderr)?.[1]} edges`);
        assert.equal(status, 0, stderr.slice(-4000));
    });
}
