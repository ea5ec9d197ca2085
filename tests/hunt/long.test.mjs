// What takes long and wants a release: a day of 100,000 edits, commands that are killed 500 times, and sessions whose
// pipes end behind every byte.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const tests = fileURLToPath(new URL('..', import.meta.url));
const release = path.join(tests, '../build/release/headword');

/** Runs node with the release; what it prints is shown. */
function run(t, args, env = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
        cwd: tests, encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, NODE_TEST_CONTEXT: undefined, HEADWORD: release, ...env },
    });
    for (const line of stdout.trimEnd().split('\n')) t.diagnostic(line);
    assert.equal(status, 0, stderr || stdout);
}

test('a day of edits', (t) => run(t, ['lsp/soak.mjs', process.env.HUNT_EDITS ?? '100000']));

for (const command of ['pages', 'cache']) {
    test(`kills: ${command}`, (t) => run(t, ['--test', `cli/${command}_killed.test.mjs`], { HEADWORD_KILLS: process.env.HUNT_KILLS ?? '500' }));
}

test('pipes that end', (t) => run(t, ['--test', 'lsp/pipe_ends.test.mjs'], { HUNT_STEP: '1' }));
