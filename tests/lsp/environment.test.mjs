// The libraries of the project's environment: how names lead into them, and what happens when they change.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';

import { session, withSession } from './client.mjs';
import { like, vscode } from './editors.mjs';
import { Workspace } from './fixture.mjs';

const editor = like(vscode, (c) => (c.workspace.semanticTokens = { refreshSupport: true }));
const site = '.venv/lib/python3.12/site-packages';
const installed = {
    '.venv/pyvenv.cfg': 'home = /usr/bin\n',
    [`${site}/é/__init__.py`]: '"é🚀"\nfrom .inner import «re»make\n',
    [`${site}/é/inner.py`]: '"é🚀"\ndef «make»make(a, b=1):\n    """Makes é and 🚀."""\n    return «made»Made()\nclass «class»Made:\n    def «run»run(self): pass\n',
    'main.py': '"é🚀"; import «pkg»é\né.«call»make().«member»run(); import «later»later; later.«there»there\n',
};
const withoutOthers = { env: { VIRTUAL_ENV: '' } };
const options = { files: installed, editor, process: withoutOthers };

const loaded = (s) => s.next('workspace/semanticTokens/refresh');
/** The answer that is right, once what changed on the disk was noticed. */
const noticed = async (s, ask, isRight) => {
    for (;; await loaded(s)) {
        const found = await ask();
        if (isRight(found)) return found;
    }
};
const leads = async (s, mark) => (await s.definition('main.py', mark)).map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
const hover = async (s, mark) => (await s.request('textDocument/hover', s.at('main.py', mark)))?.contents.value ?? '';

session('names lead into what is installed, and have its documentation', options, async (s) => {
    await loaded(s);
    s.open('main.py');
    assert.deepEqual(await leads(s, 'call'), [s.location(`${site}/é/inner.py`, 'make')]);
    assert.deepEqual(await leads(s, 'member'), [s.location(`${site}/é/inner.py`, 'run')]);
    assert.match(await hover(s, 'call'), /def make\(a, b=1\)[^]*Makes é and 🚀/);
    assert.deepEqual(await s.names('make'), []); // the symbols of the workspace are those of own code
});

session('modules are offered that nothing imports yet', {
    ...options,
    files: { ...installed, [`${site}/unread/éé.py`]: '', 'new.py': '"é🚀"; import unr«top»\n', 'in.py': '"é🚀"; from unread import «inner»\n' },
}, async (s) => {
    await loaded(s);
    const labels = async (file, mark) => {
        s.open(file);
        const { items } = await s.request('textDocument/completion', s.at(file, mark));
        return items.map(({ label }) => label);
    };
    assert.equal((await labels('new.py', 'top'))[0], 'unread');
    assert.ok((await labels('in.py', 'inner')).includes('éé'));
});

session('what a document just imports is waited for, also by requests that take answers in pieces', {
    ...options,
    files: { ...installed, [`${site}/unread/éé.py`]: '"é🚀"\ndef «f»f(): ...\n', 'new.py': '' },
}, async (s) => {
    await loaded(s);
    s.open('new.py', '"é🚀"; import unread.éé as m; m.f()\n');
    const at = { textDocument: { uri: s.uri('new.py') }, position: { line: 0, character: 32 } };
    const found = await s.request('textDocument/definition', { ...at, partialResultToken: 'é🚀' });
    assert.equal(found?.[0]?.targetUri, s.uri(`${site}/unread/éé.py`));
    const uses = await s.request('textDocument/references', { ...at, context: { includeDeclaration: true }, partialResultToken: '🚀' });
    assert.equal(uses.length, 2);
});

session('what is installed cannot be renamed, and its uses are found in own code', options, async (s) => {
    await loaded(s);
    s.open('main.py');
    await assert.rejects(s.request('textDocument/prepareRename', s.at('main.py', 'call')), /library/);
    const params = { ...s.at('main.py', 'call'), context: { includeDeclaration: false } };
    const uses = await s.request('textDocument/references', params);
    assert.ok(uses.some(({ uri }) => uri === s.uri('main.py')));
});

session('an open file of a library hides the one on disk', options, async (s) => {
    await loaded(s);
    s.open('main.py');
    s.open(`${site}/é/inner.py`, '"é🚀"\nclass Made: pass\n\n\ndef make(): return Made()\n');
    assert.equal((await leads(s, 'call'))[0].range.start.line, 4);
    s.close(`${site}/é/inner.py`);
    assert.equal((await leads(s, 'call'))[0].range.start.line, 1);
});

session('a look for changes in own code leaves libraries alone', options, async (s) => {
    await loaded(s);
    s.open('main.py');
    s.workspace.write('fresh.py', 'fresh = "é🚀"\n');
    s.save('main.py');
    await noticed(s, () => s.names('fresh'), (names) => names.includes('fresh'));
    assert.deepEqual(await leads(s, 'call'), [s.location(`${site}/é/inner.py`, 'make')]);
});

session('what is installed or removed while the server runs is noticed', options, async (s) => {
    await loaded(s);
    s.open('main.py');
    assert.deepEqual(await leads(s, 'later'), []);
    fs.writeFileSync(s.workspace.path(`${site}/later.py`), '"é🚀"\nthere = 1\n');
    s.save('main.py');
    const [there] = await noticed(s, () => leads(s, 'there'), (found) => found.length > 0);
    assert.equal(there.uri, s.uri(`${site}/later.py`));
    fs.rmSync(s.workspace.path(`${site}/later.py`));
    s.save('main.py');
    await noticed(s, () => leads(s, 'there'), (found) => found.length === 0);
});

session('an environment that is made while the server runs is found', { ...options, files: { 'main.py': installed['main.py'] } }, async (s) => {
    await loaded(s);
    s.open('main.py');
    assert.deepEqual(await leads(s, 'pkg'), []);
    for (const [name, text] of Object.entries(installed)) {
        if (name !== 'main.py') s.workspace.write(name, text);
    }
    s.save('main.py');
    const found = await noticed(s, () => leads(s, 'call'), ({ length }) => length > 0);
    assert.deepEqual(found, [s.location(`${site}/é/inner.py`, 'make')]);
});

session('python.environment says which one, and that there is none', { ...options, options: { 'python.environment': 'none' } }, async (s) => {
    await loaded(s);
    s.open('main.py');
    assert.deepEqual(await leads(s, 'pkg'), []);
    s.settings = { 'python.environment': '.venv/bin/../../.venv' };
    s.notify('workspace/didChangeConfiguration', { settings: { headword: s.settings } });
    await loaded(s);
    assert.deepEqual(await leads(s, 'call'), [s.location(`${site}/é/inner.py`, 'make')]);
});

test('of an environment that git would list, nothing is own code', async () => {
    const workspace = new Workspace(installed);
    try {
        execFileSync('git', ['init', '-q'], { cwd: workspace.root });
        await withSession({ ...options, files: undefined, workspace }, async (s) => {
            await loaded(s);
            s.open('main.py');
            assert.deepEqual(await leads(s, 'call'), [s.location(`${site}/é/inner.py`, 'make')]);
            assert.deepEqual(await s.names('Made'), []);
        });
    } finally {
        workspace.remove();
    }
});
