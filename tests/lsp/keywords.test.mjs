// headword/keywords and headword/places: the keyword index as an editor's tree shows it.
import assert from 'node:assert/strict';

import { failure, session } from './client.mjs';
import { like, vscode } from './editors.mjs';

const files = {
    'pkg/__init__.py': '"""é🚀"""\n',
    'pkg/a.py': 'import os\né = "🚀"; «one»twice = os.path\nclass Größe:\n    def «two»twice(self): return unknown\n',
};
const keywords = async (s) => (await s.request('headword/keywords', {})).sort();
const places = (s, name) => s.request('headword/places', { name });

session('keywords are the names that own code defines, each once', { files }, async (s) => {
    await s.indexed();
    assert.deepEqual(s.capabilities.experimental, { keywords: true });
    assert.deepEqual(await keywords(s), ['Größe', 'twice', 'é']);
});

const site = '.venv/lib/python3.12/site-packages';
const installed = {
    '.venv/pyvenv.cfg': 'home = /usr/bin\n',
    [`${site}/lib.py`]: 'def größer(): pass\n',
    'main.py': 'import lib\n"é🚀"; own = lib.größer()\n',
};
const editor = like(vscode, (c) => (c.workspace.semanticTokens = { refreshSupport: true }));

session('names of libraries are none, also where own code uses them', { files: installed, editor, process: { env: { VIRTUAL_ENV: '' } } }, async (s) => {
    await s.next('workspace/semanticTokens/refresh');
    assert.deepEqual(await keywords(s), ['own']);
    assert.deepEqual(await places(s, 'größer'), []);
});

session('places are all symbols of exactly that name', { files }, async (s) => {
    await s.indexed();
    const found = await places(s, 'twice');
    assert.deepEqual(found.map(({ containerName }) => containerName), ['pkg.a', 'pkg.a.Größe']);
    assert.deepEqual(found.map(({ location }) => location), ['one', 'two'].map((mark) => s.location('pkg/a.py', mark)));
    assert.deepEqual(await places(s, 'os'), []);
    assert.deepEqual(await places(s, 'twic'), []);
});

session('keywords follow what is typed', { files }, async (s) => {
    await s.indexed();
    s.open('pkg/a.py', 'class Neu: pass\n');
    assert.deepEqual(await keywords(s), ['Neu']);
});

session('places without a name are refused', { files }, async (s) => {
    assert.match((await failure(s.request('headword/places', {}))).message, /name/);
});
