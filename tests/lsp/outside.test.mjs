// Documents that lie in no workspace folder, or were never saved: what they import is found beside them.
import assert from 'node:assert/strict';

import { session } from './client.mjs';

const main = `é = "🚀"
import «name»helper
from pkg.deep import «deep»tief as t
import zlib
helper.«call»größe(é)
zlib.«library»compress(b"é")
x = helper.Maker()
x.«method»machen()
helper.«end»`;

const files = {
    'root/own.py': 'é = "🚀"\n',
    'other/main.py': main,
    'other/helper.py': 'é = "🚀"\nfrom base import Base\ndef «size»größe(x):\n    """Wie groß 🚀."""\nclass Maker(Base): ...\n',
    'other/base.py': 'é = "🚀"\nclass Base:\n    def «made»machen(self): ...\n',
    'other/pkg/__init__.py': '"é🚀"\n',
    'other/pkg/deep.py': 'é = "🚀"\nfrom . import near\ndef «deep»tief(): return near.«use»nah\n',
    'other/pkg/near.py': 'é = "🚀"; «near»nah = 1\n',
    'other/pkg/inner.py': 'é = "🚀"\nfrom pkg.near import «absolute»nah\nfrom .deep import «relative»tief\n',
};

const targets = (found) => found.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));

for (const [where, roots] of Object.entries({ 'beside a workspace folder': ['root'], 'without any': [] })) {
    session(`what a document outside of all folders imports is found, ${where}`, { files, roots }, async (s) => {
        await s.open('other/main.py');
        assert.deepEqual(targets(await s.definition('other/main.py', 'call')), [s.location('other/helper.py', 'size')]);
        assert.deepEqual(targets(await s.definition('other/main.py', 'deep')), [s.location('other/pkg/deep.py', 'deep')]);
        assert.deepEqual(targets(await s.definition('other/main.py', 'method')), [s.location('other/base.py', 'made')]);
        assert.match((await s.definition('other/main.py', 'name'))[0].targetUri, /helper\.py$/);
        assert.match((await s.hover('other/main.py', 'call')).contents.value, /Wie groß 🚀\./);
        assert.match((await s.hover('other/main.py', 'library')).contents.value, /compress/);
        const { items } = await s.request('textDocument/completion', s.at('other/main.py', 'end'));
        assert.deepEqual(items.map(({ label }) => label).filter((label) => /größe|Maker|Base/.test(label)).sort(), ['Base', 'Maker', 'größe']);
        const found = await s.request('textDocument/references', { ...s.at('other/main.py', 'call'), context: { includeDeclaration: true } });
        assert.deepEqual(found.map(({ uri }) => uri).sort(), [s.uri('other/helper.py'), s.uri('other/main.py')].sort());
    });

    session(`the package around such a document is known, ${where}`, { files, roots }, async (s) => {
        await s.open('other/pkg/inner.py');
        assert.deepEqual(targets(await s.definition('other/pkg/inner.py', 'absolute')), [s.location('other/pkg/near.py', 'near')]);
        assert.deepEqual(targets(await s.definition('other/pkg/inner.py', 'relative')), [s.location('other/pkg/deep.py', 'deep')]);
    });
}

session('a document that was never saved knows libraries, and what it imports while it is typed', { files: {}, roots: [] }, async (s) => {
    const textDocument = { uri: 'untitled:é🚀', languageId: 'python', version: 1 };
    await s.notify('textDocument/didOpen', { textDocument: { ...textDocument, text: 'é = "🚀"; import zlib; zlib.comp' } });
    const labels = async (character) => {
        const { items } = await s.request('textDocument/completion', { textDocument, position: { line: 0, character } });
        return items.map(({ label }) => label);
    };
    assert.ok((await labels(32)).includes('compress'));
    await s.notify('textDocument/didChange', { textDocument: { ...textDocument, version: 2 }, contentChanges: [{ text: 'é = "🚀"; import fnmatch; fnmatch.filt' }] });
    assert.ok((await labels(38)).includes('filter'));
});

session('a file beside such a document that changes is read again', { files, roots: ['root'] }, async (s) => {
    await s.open('other/main.py');
    assert.equal((await s.definition('other/main.py', 'call')).length, 1);
    s.workspace.write('other/helper.py', 'é = "🚀"\n\n\ndef «size»größe(): ...\n');
    await s.filesChanged(['changed', 'other/helper.py']);
    assert.deepEqual(targets(await s.definition('other/main.py', 'call')), [s.location('other/helper.py', 'size')]);
});
