// textDocument/moniker: what a symbol is called across repositories.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': 'é = "🚀"\nclass Cart:\n    def «_price»_price(self): ...\n',
    'main.py': 'import numpy\nfrom shop.cart import Cart\n"é🚀"; «cart»Cart; numpy.«array»array; «open»open\n',
};
const editor = like(vscode, (c) => (c.textDocument.moniker = {}));
const ask = (s, file, mark) => s.request('textDocument/moniker', s.at(file, mark));

for (const [file, mark, identifier, unique, kind] of [
    ['main.py', 'cart', 'shop.cart.Cart', 'project', 'export'],
    ['main.py', 'array', 'numpy.array', 'global', 'import'],
    ['shop/cart.py', '_price', 'shop.cart.Cart._price', 'project', 'local'],
]) {
    session(`moniker: ${kind}`, { files, editor }, async (s) => {
        await s.indexed();
        assert.equal(s.capabilities.monikerProvider, true);
        assert.deepEqual(await ask(s, file, mark), [{ scheme: 'python', identifier, unique, kind }]);
    });
}

session('moniker: in unsaved text; null where there is none', { files, editor }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py', 'é = "🚀"\nclass «new»Bag:\n    def f(self, «param»é): ...\nx = (\n');
    const [{ identifier }] = await ask(s, 'shop/cart.py', 'new');
    assert.equal(identifier, 'shop.cart.Bag');
    assert.equal(await ask(s, 'shop/cart.py', 'param'), null);
    assert.equal(await s.request('textDocument/moniker', { ...s.document('main.py'), position: { line: 2, character: 2 } }), null);
});

session('moniker: announced to clients that ask for it', { files }, async (s) => {
    assert.equal(s.capabilities.monikerProvider, undefined);
});
