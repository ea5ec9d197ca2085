// The unit programs and the server's suites once more: under ThreadSanitizer, and under valgrind, which sees the use
// of memory that nobody has set.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('..', import.meta.url));
const valgrind = ['valgrind', '--quiet', '--error-exitcode=99', '--leak-check=full', '--show-leak-kinds=definite', '--errors-for-leak-kinds=definite'];
const wrapper = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'headword-hunt-')), 'headword');
after(() => fs.rmSync(path.dirname(wrapper), { recursive: true }));

/** Programs that look at how others cannot be started: under valgrind, the call to start them always works. */
const starters = ['test_disk', 'test_walk'];

/** By the preset that builds them: what goes before a program, and how much longer it may take. */
const tools = {
    threads: { before: [], patience: 20, without: [] },
    valgrind: { before: valgrind, patience: 60, without: starters, missing: spawnSync('valgrind', ['--version']).status !== 0 && 'there is no valgrind' },
};

function run(t, [command, ...args], env = {}) {
    const { status, signal, stdout, stderr } = spawnSync(command, args, {
        cwd: tests, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
    });
    assert.equal(status ?? signal, 0, `${stdout}${stderr}`.slice(-8000));
}

for (const [preset, { before, patience, without, missing }] of Object.entries(tools)) {
    const build = path.join(tests, '../build', preset);
    const skip = missing || (!fs.existsSync(build) && 'it was not built');
    const programs = skip ? [] : fs.readdirSync(path.join(build, 'tests')).filter((name) => /^test_\w+$/.test(name) && !without.includes(name));

    test(`unit programs: ${preset}`, { skip }, async (t) => {
        for (const name of programs) await t.test(name, (t) => run(t, [...before, path.join(build, 'tests', name)]));
    });

    test(`sessions: ${preset}`, { skip }, async (t) => {
        fs.writeFileSync(wrapper, `#!/bin/sh\nexec ${before.join(' ')} '${path.join(build, 'headword')}' "$@"\n`, { mode: 0o755 });
        for (const suite of fs.readdirSync(path.join(tests, 'lsp')).filter((name) => name.endsWith('.test.mjs'))) {
            await t.test(suite, (t) =>
                run(t, [process.execPath, '--test', `lsp/${suite}`], { HEADWORD: wrapper, HEADWORD_PATIENCE: String(patience) }));
        }
    });
}
