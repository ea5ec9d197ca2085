// `headword pages` ended in the middle, again and again: each page is the old or the new one, whole, and the next
// run completes the rest. HEADWORD_KILLS says how often.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { cacheHome, program } from '../lsp/process.mjs';
import { run } from './run.mjs';

const kills = Number(process.env.HEADWORD_KILLS ?? 10);
const text = (round) => (k) => `"""Module ${k} of round ${round}: é🚀."""\nimport m${(k + 1) % 40}\n${'def f(a, é=1):\n    "Does é🚀."\n    return m.f\n'.repeat(10)}`;

/** Fills the workspace with sources; both lengths of pages differ between rounds. */
function write(workspace, round) {
    for (let k = 0; k < 40; k++) workspace.write(`pkg/m${k}.py`, text(round % 2 ? round : 'x'.repeat(200))(k));
}

/** The pages by name, and what lies among them that is none. */
function read(workspace) {
    const names = workspace.list('docs');
    return new Map(names.map((name) => [name, workspace.read(name)]));
}

const pages = (workspace) => run(['pages', '--root', workspace.root, '--jobs', '2']);

/** Starts a run and kills it after so many milliseconds; whether it was still at work. */
function kill(workspace, delay) {
    return new Promise((resolve, reject) => {
        const child = spawn(program, ['pages', '--root', workspace.root, '--jobs', '2'], {
            env: { ...process.env, XDG_CACHE_HOME: cacheHome },
            stdio: 'ignore',
        });
        const timer = setTimeout(() => child.kill('SIGKILL'), delay);
        child.on('error', reject);
        child.on('close', (status, signal) => {
            clearTimeout(timer);
            resolve(signal === 'SIGKILL');
        });
    });
}

test(`killed ${kills} times`, async () => {
    const workspace = new Workspace();
    try {
        write(workspace, 0);
        const started = performance.now();
        assert.equal((await pages(workspace)).status, 0);
        const whole = performance.now() - started;
        let old = read(workspace), killed = 0, between = 0;
        for (let round = 1; round <= kills; round++) {
            write(workspace, round);
            killed += await kill(workspace, whole * Math.random());
            const left = read(workspace);
            const { status, stderr } = await pages(workspace);
            assert.equal(status, 0, stderr);
            const fresh = read(workspace);
            let changed = 0;
            for (const [name, page] of left) {
                if (/\/\.headword-\d+-\d+$/.test(name)) continue; // was being written: no page has that name
                assert.ok(page === old.get(name) || page === fresh.get(name), `${name} in round ${round}`);
                changed += page !== old.get(name);
            }
            between += changed > 0 && changed < fresh.size;
            const strays = [...fresh.keys()].filter((name) => name.includes('.headword-'));
            assert.deepEqual(strays, [], `round ${round}: a later run removes what a killed one left`);
            assert.equal((await run(['pages', '--check', '--root', workspace.root])).status, 0);
            old = fresh;
        }
        assert.ok(killed > 0, 'some runs were killed at all');
        if (kills >= 100) assert.ok(between > 0, 'some of them while pages were being written');
    } finally {
        workspace.remove();
    }
});

/** Starts a run and sends the signal once it has begun to write. */
function interrupt(workspace, signal) {
    return new Promise((resolve, reject) => {
        const watcher = fs.watch(workspace.root, () => {
            watcher.close();
            child.kill(signal);
        });
        const child = spawn(program, ['pages', '--root', workspace.root, '--jobs', '1'], {
            env: { ...process.env, XDG_CACHE_HOME: cacheHome },
            stdio: ['ignore', 'ignore', 'pipe'],
        });
        let stderr = '';
        child.stderr.on('data', (bytes) => (stderr += bytes));
        child.on('error', reject);
        child.on('close', (status) => resolve({ status, stderr }));
    });
}

for (const signal of ['SIGINT', 'SIGTERM']) {
    test(`${signal}: what has been begun is finished, the rest is left to the next run`, async () => {
        const workspace = new Workspace();
        try {
            for (let k = 0; k < 400; k++) workspace.write(`pkg/m${k}.py`, text(k)(k % 40));
            const { status, stderr } = await interrupt(workspace, signal);
            assert.equal(status, 2, stderr);
            assert.match(stderr, /^headword: interrupted: /m);
            const left = read(workspace);
            assert.deepEqual([...left.keys()].filter((name) => name.includes('.headword-')), []);
            assert.ok(left.size < 800, 'it did not go on to the end');
            assert.equal((await pages(workspace)).status, 0);
            const whole = read(workspace);
            for (const [name, page] of left) assert.equal(page, whole.get(name), name);
        } finally {
            workspace.remove();
        }
    });
}
