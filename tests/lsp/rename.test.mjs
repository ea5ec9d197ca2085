// textDocument/rename and textDocument/prepareRename: everywhere that means the same, or a reason.
import assert from 'node:assert/strict';
import fs from 'node:fs';

import { failure, session } from './client.mjs';
import { eglot, like, neovim, plain, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\nfrom .cart import «exported»Cart\n__all__ = ["«string»Cart"]\n',
    'shop/cart.py': `é = "🚀"
class «class»Cart:
    def «add»add(self, item): return "é🚀", self.«self»add
class Other:
    def add(self): ...
`,
    'main.py': `é = "🚀"; from shop import «imported»Cart; "«text»é🚀"
"é🚀"; cart = «use»Cart(); cart.«call»add("🚀")
print(«print»len(cart))
`,
};

const confirming = like(vscode, (capabilities) => {
    capabilities.workspace.workspaceEdit.changeAnnotationSupport = { groupsOnLabel: true };
    capabilities.textDocument.rename = { prepareSupport: true };
});

const rename = (s, file, mark, newName) => s.request('textDocument/rename', { ...s.at(file, mark), newName });
const prepare = (s, file, mark) => s.request('textDocument/prepareRename', s.at(file, mark));
const names = Object.keys(files);
const texts = (s) => names.map((name) => s.documents.get(s.uri(name))?.text ?? s.workspace.read(name));

session('rename: a class, there and back', { files, editor: confirming }, async (s) => {
    assert.deepEqual(s.capabilities.renameProvider, { prepareProvider: true });
    await s.indexed();
    await s.open('main.py');
    const before = texts(s);
    const edit = await rename(s, 'main.py', 'use', 'Körb');
    assert.equal(edit.documentChanges.length, 3);
    const versions = Object.fromEntries(edit.documentChanges.map(({ textDocument: d }) => [d.uri, d.version]));
    assert.deepEqual(versions, { [s.uri('main.py')]: 1, [s.uri('shop/__init__.py')]: null, [s.uri('shop/cart.py')]: null });
    s.apply(edit);
    assert.deepEqual(
        texts(s),
        before.map((text) => text.replaceAll('Cart', 'Körb')),
    );
    await s.change('main.py', texts(s)[2]);
    await s.filesChanged(['changed', 'shop/__init__.py'], ['changed', 'shop/cart.py']);
    s.apply(await rename(s, 'main.py', 'imported', 'Cart'));
    assert.deepEqual(texts(s), before);
});

session('prepare: the range and the name', { files, editor: confirming }, async (s) => {
    await s.indexed();
    const { range } = s.location('main.py', 'use');
    assert.deepEqual(await prepare(s, 'main.py', 'use'), { range, placeholder: 'Cart' });
});

session('rename: says why not', { files, editor: confirming }, async (s) => {
    await s.indexed();
    const why = async (promise) => (await failure(promise)).message;
    assert.match(await why(prepare(s, 'main.py', 'text')), /no name stands here/);
    assert.match(await why(prepare(s, 'main.py', 'print')), /`len`.*(belongs to a library|nothing that is known)/);
    assert.match(await why(rename(s, 'main.py', 'use', 'not a name')), /`not a name` is not a name/);
    assert.match(await why(rename(s, 'main.py', 'use', 'cart')), /`cart` at main.py:1 would/);
    assert.match(await why(rename(s, 'main.py', 'use', '')), /newName/);
});

const unsure = { 'main.py': 'class A:\n    def «go»go(self): ...\ndef f(x): "é🚀"; x.«call»go()\n' };

session('rename: places that cannot be told are to be confirmed', { files: unsure, editor: confirming }, async (s) => {
    await s.indexed();
    const edit = await rename(s, 'main.py', 'go', 'run');
    assert.equal(edit.changeAnnotations.unsure.needsConfirmation, true);
    assert.deepEqual(edit.documentChanges[0].edits, [
        { range: s.word('main.py', 'go'), newText: 'run' },
        { range: s.word('main.py', 'call'), newText: 'run', annotationId: 'unsure' },
    ]);
});

session('rename: refused where the client cannot ask', { files: unsure, editor: eglot }, async (s) => {
    assert.equal(s.capabilities.renameProvider, true);
    await s.indexed();
    const error = await failure(rename(s, 'main.py', 'go', 'run'));
    assert.match(error.message, /^1 more places may mean it or not, the first at main.py:3: /);
});

for (const [name, editor, member] of [['Neovim', neovim, 'documentChanges'], ['a plain client', plain, 'changes']]) {
    session(`rename: in ${name}`, { files: { 'main.py': '«x»x = "é🚀"\n' }, editor }, async (s) => {
        await s.open('main.py');
        const edit = await rename(s, 'main.py', 'x', 'y');
        assert.deepEqual(Object.keys(edit), [member]);
        const edits = edit.changes?.[s.uri('main.py')] ?? edit.documentChanges[0].edits;
        assert.deepEqual(edits, [{ range: s.word('main.py', 'x'), newText: 'y' }]);
    });
}

session('rename: not over what changed on the disk', { files, editor: confirming }, async (s) => {
    await s.indexed();
    await s.open('main.py');
    fs.appendFileSync(s.workspace.path('shop/cart.py'), '# é🚀\n');
    const error = await failure(rename(s, 'main.py', 'use', 'Basket'));
    assert.match(error.message, /cart.py changed on disk/);
});

const generated = { 'main.py': '# Generated: DO NOT EDIT\n«x»x = "é🚀"\n' };
session('rename: not in generated files', { files: generated, editor: confirming }, async (s) => {
    await s.indexed();
    assert.match((await failure(rename(s, 'main.py', 'x', 'y'))).message, /main.py is generated/);
});
