// `headword pages` where names, folders and files are not as one would wish: a clear message, 2 where work was not done,
// and the rest done.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { Link, Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const text = '"""Says é🚀."""\ndef f(a, é=1): ...\n';

function withFiles(name, files, body) {
    test(name, async () => {
        const workspace = new Workspace({ 'good.py': text, ...files });
        try {
            const pages = (...args) => run(['pages', '--root', workspace.root, ...args]);
            pages.with = (env) => run(['pages', '--root', workspace.root], { env });
            await body(workspace, pages);
        } finally {
            workspace.remove();
        }
    });
}

const page = (name) => `docs/headword/${name}_docs.md`;

const odd = ['a b.py', 'a#b.py', 'a%b.py', 'a%20b.py', 'a\nb.py', 'a`b|c.py', '<b>[x](y).py', 'é🚀.py', '-.py', 'a\\b.py', '"\'.py', '{{ x }}$$.py', '# a.py'];

withFiles('odd names: a page each, and a second run finds nothing to do', Object.fromEntries(odd.map((name) => [name, text])), async (workspace, pages) => {
    const first = await pages();
    assert.equal(first.status, 0, first.stderr);
    for (const name of odd) {
        const written = workspace.read(page(name));
        assert.equal(written.match(/^# /gm).length, 1, name);
        assert.match(written, /def f\(a, é=1\)/);
    }
    assert.match((await pages()).stdout, /^\d+ fresh, 0 created, 0 updated in /m);
    assert.equal((await pages('--check')).status, 0);
});

withFiles('names that differ by case only', { 'Mod.py': text, 'mod.py': text.replace('Says', 'Tells'), 'Pkg/a.py': text, 'pkg/a.py': text }, async (workspace, pages) => {
    assert.equal((await pages()).status, 0);
    const names = workspace.list('docs').map((name) => name.toLowerCase());
    assert.equal(new Set(names).size, names.length, 'they would be one file where case does not count');
    assert.match((await pages()).stdout, /^\d+ fresh, 0 created, 0 updated in /m);
});

const long = `${'é'.repeat(125)}ab.py`; // 255 bytes

withFiles('a name that leaves no room for a page’s', { [long]: text }, async (workspace, pages) => {
    for (let round = 0; round < 2; round++) {
        const { status, stderr } = await pages();
        assert.equal(status, 2);
        assert.match(stderr, /^headword: failed: docs\/headword\/é+ab\.py_docs\.md: .*too long/m);
        assert.match(workspace.read(page('good.py')), /Says é🚀/);
    }
    assert.equal(workspace.list('docs').filter((name) => name.includes('.headword-')).length, 0);
});

withFiles('a path that is too long for the system', {}, async (workspace, pages) => {
    const start = process.cwd(), folder = 'é'.repeat(120);
    process.chdir(workspace.root);
    try {
        for (let depth = 0; depth < 17; depth++) {
            fs.mkdirSync(folder);
            process.chdir(folder);
            fs.writeFileSync('a.py', text);
        }
    } finally {
        process.chdir(start);
    }
    const { status, stderr } = await pages();
    const written = [page('good.py'), page(`${folder}/${folder}/a.py`)].map((name) => workspace.read(name));
    spawnSync('rm', ['-rf', workspace.root]); // Node cannot remove such paths
    assert.equal(status, 0, stderr);
    assert.match(stderr, /skipped .*too long/i);
    for (const text of written) assert.match(text, /Says é🚀/);
});

withFiles('a folder of pages that leads out of the repository is refused', {}, async (workspace, pages) => {
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-out-'));
    try {
        for (const [where, out] of [['docs', 'docs/headword'], ['docs/headword', 'docs/headword'], ['é', 'é/🚀/pages']]) {
            workspace.delete('docs');
            workspace.write(where, new Link(outside));
            const { status, stderr } = await pages('--out', out);
            assert.equal(status, 2);
            assert.match(stderr, /a link leads out of the repository/);
            assert.deepEqual(fs.readdirSync(outside), []);
        }
    } finally {
        fs.rmSync(outside, { recursive: true });
    }
});

withFiles('a link among the pages is not followed out', {}, async (workspace, pages) => {
    const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-out-'));
    try {
        workspace.write('pkg/a.py', text);
        workspace.write('docs/headword/pkg', new Link(outside));
        const { status, stderr } = await pages();
        assert.deepEqual(fs.readdirSync(outside), []);
        assert.equal(status, 2);
        assert.match(stderr, /pkg\/a\.py_docs\.md: .*link/);
        assert.match(workspace.read(page('good.py')), /Says é🚀/);
    } finally {
        fs.rmSync(outside, { recursive: true });
    }
});

withFiles('git does not answer: pages of what it alone lists stay', { '.github/é🚀.yml': 'on: push\n' }, async (workspace, pages) => {
    if (spawnSync('git', ['init', '-q', workspace.root]).status !== 0) return;
    assert.equal((await pages()).status, 0);
    const hidden = page('.github/é🚀.yml'), written = workspace.read(hidden);
    const { status, stderr } = await pages.with({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    assert.equal(status, 0, stderr);
    assert.match(stderr, /read without git's ignore rules/);
    assert.equal(workspace.read(hidden), written);
});

withFiles('something else stands where pages should', { docs: 'é🚀\n' }, async (workspace, pages) => {
    const { status, stderr } = await pages();
    assert.equal(status, 2);
    assert.match(stderr, /docs/);
    assert.equal(workspace.read('docs'), 'é🚀\n');
});

withFiles('a folder in the place of one page', { 'docs/headword/good.py_docs.md/x': 'é🚀' }, async (workspace, pages) => {
    const { status, stderr } = await pages();
    assert.equal(status, 2);
    assert.match(stderr, /good\.py_docs\.md: /);
    assert.ok(workspace.exists('docs/headword/good.py_kw.md'));
});

withFiles('a source that changes while pages are written', {}, async (workspace, pages) => {
    for (let k = 0; k < 30; k++) workspace.write(`m${k}.py`, text);
    const running = pages();
    let round = 0;
    const timer = setInterval(() => {
        for (let k = 0; k < 30; k++) workspace.write(`m${k}.py`, `${'# é🚀\n'.repeat(++round % 50)}${text}`);
    }, 1);
    const { status, stderr } = await running.finally(() => clearInterval(timer));
    assert.ok(status === 0 || (status === 2 && /changed/.test(stderr)), `${status} ${stderr}`);
    assert.equal((await pages()).status, 0);
    assert.equal((await pages('--check')).status, 0, 'the next run has it right');
});
