// The workspace: its folders, what changes on disk, what is read and what is not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after } from 'node:test';

import { session } from './client.mjs';
import { Link, Workspace } from './fixture.mjs';
import { eglot, lspMode, neovim } from './editors.mjs';

const has = async (s, name) => (await s.names(name)).includes(name);

session('didChangeWorkspaceFolders: one is added, one is removed', {
    roots: ['one é'],
    files: { 'one é/a.py': '"é🚀"\ndef first(): pass\n', 'two 🚀/b.py': '"é🚀"\ndef second(): pass\n' },
}, async (s) => {
    await s.indexed();
    assert.ok(!(await has(s, 'second')));
    const folder = (name) => ({ uri: s.uri(name), name });
    s.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder('two 🚀')], removed: [] } });
    await s.indexed();
    assert.ok((await has(s, 'first')) && (await has(s, 'second')));
    s.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder('one é')] } });
    assert.ok(!(await has(s, 'first')) && (await has(s, 'second')));
});

session('a folder inside of another is not read twice, and stays when the outer one goes', {
    roots: ['', 'inner'],
    files: { 'a.py': '"é🚀"\ndef outside(): pass\n', 'inner/b.py': '"é🚀"\ndef inside(): pass\n' },
}, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('inside'), ['inside']);
    s.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: s.uri(''), name: '' }] } });
    await s.indexed();
    assert.deepEqual(await s.names('inside'), ['inside']);
    assert.ok(!(await has(s, 'outside')));
});

session('the same folder twice is one', { roots: ['', ''], files: { 'a.py': '"é🚀"\ndef single(): pass\n' } }, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('single'), ['single']);
});

session('files made, changed and deleted on disk', { files: { 'a.py': '"é🚀"\ndef old_name(): pass\n' } }, async (s) => {
    await s.indexed();
    s.workspace.write('é 🚀/new.py', '"é🚀"\ndef created(): pass\n');
    s.filesChanged(['created', 'é 🚀/new.py']);
    assert.ok(await has(s, 'created'));
    s.workspace.write('a.py', '"é🚀"\ndef new_name(): pass\n');
    s.filesChanged(['changed', 'a.py']);
    assert.ok((await has(s, 'new_name')) && !(await has(s, 'old_name')));
    s.workspace.delete('a.py');
    s.filesChanged(['deleted', 'a.py']);
    assert.ok(!(await has(s, 'new_name')));
});

session('a change on disk does not touch what is open', { files: { 'a.py': '"é🚀"\ndef on_disk(): pass\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py', '"é🚀"\ndef in_editor(): pass\n');
    s.workspace.write('a.py', '"é🚀"\ndef changed_on_disk(): pass\n');
    s.filesChanged(['changed', 'a.py']);
    assert.ok((await has(s, 'in_editor')) && !(await has(s, 'changed_on_disk')));
    s.close('a.py');
    assert.ok((await has(s, 'changed_on_disk')) && !(await has(s, 'in_editor')));
});

session('a file deleted while it is open is gone when it is closed', { files: { 'a.py': '"é🚀"\ndef doomed(): pass\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    s.workspace.delete('a.py');
    s.filesChanged(['deleted', 'a.py']);
    assert.ok(await has(s, 'doomed'));
    s.close('a.py');
    assert.ok(!(await has(s, 'doomed')));
});

session('news of what does not concern us is passed over', { files: { 'a.py': '"é🚀"\ndef here(): pass\n' } }, async (s) => {
    await s.indexed();
    s.workspace.write('.venv/lib/x.py', '"é🚀"\ndef hidden(): pass\n');
    s.workspace.write('é🚀.txt', 'def text(): pass\n');
    s.filesChanged(['created', '.venv/lib/x.py'], ['created', 'é🚀.txt'], ['deleted', 'never.py'], ['changed', '']);
    s.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 'http://é🚀/a.py', type: 1 }, { uri: '', type: 2 }] });
    assert.ok(await has(s, 'here'));
    assert.ok(!(await has(s, 'hidden')) && !(await has(s, 'text')));
});

session('many changes in one notification', { files: {} }, async (s) => {
    await s.indexed();
    const names = Array.from({ length: 200 }, (_, i) => `é${i}.py`);
    for (const [i, name] of names.entries()) s.workspace.write(name, `"🚀"\ndef many_${i}(): pass\n`);
    s.filesChanged(...names.map((name) => ['created', name]));
    assert.equal((await s.symbols('many_')).length, 200);
});

session('watched are narrow patterns below each folder', { roots: ['é', '🚀'], files: { 'é/a.py': '"é🚀"', '🚀/b.py': '"é🚀"' } }, async (s) => {
    const { registrations } = await s.next('client/registerCapability', (params) =>
        params.registrations.some(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    const patterns = registrations[0].registerOptions.watchers.map((watcher) => watcher.globPattern);
    assert.deepEqual(new Set(patterns.map((pattern) => pattern.baseUri)), new Set([s.uri('é'), s.uri('🚀')]));
    assert.ok(patterns.some(({ pattern }) => pattern.includes('py')));
    for (const { pattern } of patterns) assert.doesNotMatch(pattern, /^\*\*(\/\*)?$/);
});

session('plain patterns for clients without relative ones', { editor: eglot, files: { 'a.py': '"é🚀"' } }, async (s) => {
    const { registrations } = await s.next('client/registerCapability');
    for (const { globPattern } of registrations[0].registerOptions.watchers) assert.equal(typeof globPattern, 'string');
});

session('nothing is registered where the client cannot', { editor: neovim, files: { 'a.py': '"é🚀"' } }, async (s) => {
    await s.indexed();
    assert.ok(!s.has('client/registerCapability'));
});

session('saving a file tells the index where nobody watches', { editor: neovim, files: { 'a.py': '"é🚀"\nold_one = 1\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    s.change('a.py', '"é🚀"\nnew_one = 1\n');
    s.save('a.py');
    s.close('a.py');
    assert.ok((await has(s, 'new_one')) && !(await has(s, 'old_one')));
});

session('what changed without a word is found after a save', {
    editor: neovim,
    files: { 'a.py': '"é🚀"\nold_one = 1\n', 'b.py': '"é🚀"\ndoomed = 1\n', 'c.py': '"é🚀"\n' },
}, async (s) => {
    await s.indexed();
    s.open('c.py');
    s.workspace.write('a.py', '"é🚀"\nchanged_outside = 1\n');
    s.workspace.write('é🚀/new.py', '"é🚀"\nmade_outside = 1\n');
    s.workspace.delete('b.py');
    const all = async () => (await has(s, 'changed_outside')) && (await has(s, 'made_outside')) && !(await has(s, 'doomed'));
    do s.save('c.py'); while (!(await all()));
    assert.ok(!(await has(s, 'old_one')));
});

const checkout = new Workspace({ 'a.py': '"é🚀"\n', '.gitignore': 'built/\n' });
spawnSync('git', ['init', '-q', checkout.root]); // before a server looks
after(() => checkout.remove());

session('new files that git ignores stay out', { workspace: checkout }, async (s) => {
    await s.indexed();
    s.workspace.write('built/é.py', '"🚀"\nmade_by_machine = 1\n');
    s.workspace.write('é.py', '"🚀"\nmade_by_hand = 1\n');
    s.filesChanged(['created', 'built/é.py'], ['created', 'é.py']);
    assert.ok((await has(s, 'made_by_hand')) && !(await has(s, 'made_by_machine')));
});

session('a file without a project is read alone', { roots: [], files: { 'a.py': '"é🚀"\nbeside = 1\n', 'b.py': '"é🚀"\n' } }, async (s) => {
    s.open('b.py', '"é🚀"; alone = 1\n');
    assert.ok(await has(s, 'alone'));
    s.save('b.py');
    assert.ok(!(await has(s, 'beside')));
    assert.deepEqual(await s.codeActions('b.py'), []);
});

session('what is not read: hidden folders, virtual environments, caches', {
    editor: lspMode,
    files: {
        'a.py': '"é🚀"\nown_code = 1\n',
        'stub.pyi': '"é🚀"\nstub_code: int\n',
        '.hidden/b.py': '"é🚀"\nhidden_code = 1\n',
        'é env/pyvenv.cfg': 'home = /nowhere\n',
        'é env/lib/c.py': '"é🚀"\nvenv_code = 1\n',
        'node_modules/d.py': '"é🚀"\nmodule_code = 1\n',
        '__pycache__/e.py': '"é🚀"\ncache_code = 1\n',
    },
}, async (s) => {
    await s.indexed();
    assert.deepEqual(new Set(await s.names('_code')), new Set(['own_code', 'stub_code']));
});

session('a loop of symbolic links', {
    files: { 'a/b.py': '"é🚀"\nonly_once = 1\n', 'a/loop': new Link('..'), 'a/self': new Link('self'), 'dead.py': new Link('é🚀 nowhere') },
}, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('only_once'), ['only_once']);
});

session('a root that does not exist', { roots: ['é🚀 nowhere'], files: {} }, async (s) => {
    s.open('a.py', '"é🚀"; alone = 1\n');
    assert.ok(await has(s, 'alone'));
});

session('a root that is not a file', {
    params: { rootUri: 'vscode-remote://é🚀/x', workspaceFolders: [{ uri: 'vscode-remote://é🚀/x', name: 'x' }] },
    files: {},
}, async (s) => {
    s.open('a.py', '"é🚀"; alone = 1\n');
    assert.ok(await has(s, 'alone'));
});
