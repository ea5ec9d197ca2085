// `headword lsp --sandbox`: what the server has to do works, and the kernel lets it write nowhere else.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { after, test } from 'node:test';

import { run } from '../cli/run.mjs';
import { session } from './client.mjs';
import { like, vscode } from './editors.mjs';
import { Workspace } from './fixture.mjs';
import { cacheHome, program } from './process.mjs';
import { withWire } from './wire.mjs';

const { stderr } = spawnSync(program, ['lsp', '--sandbox'], { encoding: 'utf8', input: '' });
const skip = /--sandbox: (.*)/.exec(stderr)?.[1] ?? false;
const caged = skip ? (name) => test(name, { skip }, () => {}) : session;

const elsewhere = new Workspace();
after(() => elsewhere.remove());

const source = 'shop/é🚀.py';
const page = 'shop/é🚀.py_docs.md';
const files = { [source]: '"""Carts é🚀."""\nimport lib\n\nclass Cart(lib.Base): "🚀"\n', '.gitignore': 'ignored.py\n', 'ignored.py': 'class Ignored: ...\n' };
const options = { files, process: { args: ['--sandbox'] }, options: { 'pages.onSave': 'all', log: { level: 'info' } } };

async function save(s) {
    s.open(source);
    s.change(source, { range: s.find(source, 'Carts'), text: 'Saved carts' });
    await s.save(source);
    await s.symbols('x');
}

const checkout = new Workspace({ ...files, '.venv/pyvenv.cfg': '', '.venv/lib/python3.12/site-packages/lib.py': 'class Base: "Lent é🚀."\n' });
execFileSync('git', ['init', '-q', checkout.root]);

caged('pages are written, git is asked, libraries are read, and a cache is left', {
    ...options,
    workspace: checkout,
    editor: like(vscode, (c) => (c.workspace.semanticTokens = { refreshSupport: true })),
    process: { args: ['--sandbox'], env: { VIRTUAL_ENV: '' } },
}, async (s) => {
    await s.indexed();
    await s.next('workspace/semanticTokens/refresh'); // libraries are read
    assert.deepEqual(await s.names('Ignored'), []);
    await save(s);
    assert.match(s.workspace.read(`docs/headword/${page}`), /Saved carts é🚀/);
    const hover = await s.request('textDocument/hover', { ...s.document(source), position: { line: 3, character: 16 } });
    assert.match(hover.contents.value, /Lent é🚀/);
    await s.stop();
    s.server.expectClean();
    const { stdout } = await run(['cache', '--root', s.workspace.root], { env: { XDG_CACHE_HOME: cacheHome } });
    assert.ok(stdout.includes(s.workspace.root), stdout);
});

caged('every thread is in the sandbox', options, async (s) => {
    await s.indexed();
    await s.names('Cart');
    const tasks = `/proc/${s.server.child.pid}/task`;
    for (const task of fs.readdirSync(tasks)) assert.match(fs.readFileSync(`${tasks}/${task}/status`, 'utf8'), /^NoNewPrivs:\s1$/m, task);
});

caged('pages that are to go elsewhere later on are refused by the kernel', options, async (s) => {
    await s.indexed();
    s.settings = { 'pages.out': elsewhere.path('out'), 'pages.onSave': 'all' };
    await s.notify('workspace/didChangeConfiguration', { settings: null });
    await s.next('workspace/configuration');
    await s.next('workspace/configuration');
    await s.symbols('x');
    await save(s);
    const { message } = await s.next('window/logMessage', ({ message }) => /denied/.test(message));
    assert.match(message, /out/);
    assert.ok(!elsewhere.exists('out'));
    assert.ok(!s.workspace.exists('docs'));
});

caged('pages go elsewhere where the first settings say so and the folder is there', {
    ...options,
    options: { ...options.options, 'pages.out': (elsewhere.write('pages/.keep', ''), elsewhere.path('pages')) },
}, async (s) => {
    await s.indexed();
    await save(s);
    assert.match(elsewhere.read(`pages/${page}`), /Saved carts é🚀/);
});

test('a kernel without it: the server does not start, and says why', { skip: skip || (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0 && 'strace is not there, or may not look') }, () => {
    const inject = ['-f', '-o', '/dev/null', '-e', 'inject=landlock_create_ruleset:error=ENOSYS'];
    const { status, stderr } = spawnSync('strace', [...inject, program, 'lsp', '--sandbox'], { encoding: 'utf8', input: '', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
    assert.equal(status, 2, stderr);
    assert.match(stderr, /--sandbox: the kernel has no Landlock/);
});

test('without the option nobody is restricted', { skip: process.platform !== 'linux' && 'Linux only' }, () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        assert.match(fs.readFileSync(`/proc/${wire.server.child.pid}/status`, 'utf8'), /^NoNewPrivs:\s0$/m);
        await wire.stop();
    }));
