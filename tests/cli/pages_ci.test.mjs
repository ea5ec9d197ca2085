// The README's hook of pre-commit and step of GitHub Actions, run as those run them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Workspace } from '../lsp/fixture.mjs';
import { cacheHome, program } from '../lsp/process.mjs';

const readme = fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../README.md'), 'utf8');
const step = /name: Doc pages are up to date\n\s*run: (.*)/.exec(readme)[1];
const hook = /id: doc-pages\n(?:.*\n)*?\s*entry: (.*)\n\s*language: system\n\s*pass_filenames: false/.exec(readme)[1];

/** A shell in the workspace that finds the program by its name. */
function shell(workspace, command, ...args) {
    const bin = workspace.path('.git/bin');
    fs.mkdirSync(bin, { recursive: true });
    if (!fs.existsSync(path.join(bin, 'headword'))) fs.symlinkSync(program, path.join(bin, 'headword'));
    const who = { GIT_AUTHOR_NAME: 'é', GIT_AUTHOR_EMAIL: 'e@x', GIT_COMMITTER_NAME: 'é', GIT_COMMITTER_EMAIL: 'e@x' };
    const env = { ...process.env, ...who, XDG_CACHE_HOME: cacheHome, PATH: `${bin}:${process.env.PATH}` };
    return spawnSync(command, args, { cwd: workspace.root, env, encoding: 'utf8' });
}

function withRepository(name, body) {
    test(name, () => {
        const workspace = new Workspace({ 'pie/é.py': '"""Pies 🚀."""\ndef bake(é=1): ...\n' });
        try {
            const git = (...args) => shell(workspace, 'git', ...args);
            assert.equal(git('init', '-q').status, 0);
            body(workspace, git);
        } finally {
            workspace.remove();
        }
    });
}

withRepository('the step: fails while pages are missing or stale, and says why', (workspace) => {
    const run = () => shell(workspace, 'bash', '-e', '-c', step); // as Actions runs steps
    assert.equal(run().status, 1);
    assert.equal(shell(workspace, 'headword', 'pages').status, 0);
    assert.equal(run().status, 0);
    workspace.write('pie/é.py', '"""Pies 🚀."""\ndef bake(é=2): ...\n');
    const { status, stdout } = run();
    assert.equal(status, 1);
    assert.match(stdout, /^stale: .*"def bake\(é=1\)" is now "def bake\(é=2\)"$/m);
});

withRepository('the hook: no commit with stale pages', (workspace, git) => {
    fs.writeFileSync(workspace.path('.git/hooks/pre-commit'), `#!/bin/sh\nexec ${hook}\n`, { mode: 0o755 });
    const commit = () => (git('add', '-A'), git('commit', '-q', '-m', 'é 🚀'));
    assert.notEqual(commit().status, 0);
    assert.equal(shell(workspace, 'headword', 'pages').status, 0);
    const { status, stderr } = commit();
    assert.equal(status, 0, stderr);
});
