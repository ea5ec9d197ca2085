// `headword find` ended in the middle, again and again, while it reads and writes a cache: the next run answers as one
// without a cache does. HEADWORD_KILLS says how often.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { program } from '../lsp/process.mjs';
import { run } from './run.mjs';

const kills = Number(process.env.HEADWORD_KILLS ?? 10);
const text = (k, round) => `"""é🚀 ${k}."""\n${Array.from({ length: 40 }, (_, i) => `def name${i}_${round}(a, é=1): "🚀"\n`).join('')}`;

test(`killed ${kills} times`, async () => {
    const workspace = new Workspace(), home = new Workspace();
    const find = (...options) => ['find', '--root', workspace.root, ...options, 'name7'];
    const env = { XDG_CACHE_HOME: home.root };
    try {
        let killed = 0, whole = 100;
        for (let round = 0; round <= kills; round++) {
            for (let k = 0; k < 60; k++) workspace.write(`pkg/m${k}.py`, text(k, round));
            if (round) {
                const child = spawn(program, find(), { env: { ...process.env, ...env }, stdio: 'ignore' });
                const timer = setTimeout(() => child.kill('SIGKILL'), whole * Math.random());
                killed += (await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))) === 'SIGKILL';
                clearTimeout(timer);
            }
            const started = performance.now();
            const { status, stdout, stderr } = await run(find(), { env });
            if (round === 0) whole = performance.now() - started;
            assert.equal(status, 0, stderr);
            assert.equal(stdout, (await run(find('--no-cache'), { env })).stdout, `round ${round}`);
        }
        assert.ok(killed > 0, 'some runs were killed at all');
        const left = fs.readdirSync(path.join(home.root, 'headword'));
        assert.equal(left.filter((name) => !name.endsWith('.part')).length, 1, `${left}`); // those are removed after an hour
    } finally {
        workspace.remove();
        home.remove();
    }
});
