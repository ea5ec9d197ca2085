// textDocument/declaration, textDocument/typeDefinition and textDocument/implementation: where a name leads besides.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, plain, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': `é = "🚀"
«whole»class «cart»Cart:
    def «add»add(self, item): return "é🚀"«end»
`,
    'shop/cart.pyi': 'class Cart:\n    def «stub»add(self, item: str) -> str: ...\n',
    'main.py': `é = "🚀"; from shop.cart import «import»Cart
"é🚀"; cart = «use»Cart(); «value»cart
class «sub»Basket(Cart):
    "é🚀"
    def «override»add(self, item): ...
`,
};

const ask = (s, method, file, mark) => s.request(`textDocument/${method}`, s.at(file, mark));
const places = (targets) => targets.map((target) => ({ uri: target.targetUri, range: target.targetSelectionRange }));

for (const [method, file, mark, ...wanted] of [
    ['declaration', 'main.py', 'use', ['main.py', 'import']],
    ['declaration', 'shop/cart.py', 'add', ['shop/cart.pyi', 'stub']],
    ['typeDefinition', 'main.py', 'value', ['shop/cart.py', 'cart']],
    ['implementation', 'shop/cart.py', 'cart', ['main.py', 'sub']],
    ['implementation', 'shop/cart.py', 'add', ['main.py', 'override']],
    ['implementation', 'main.py', 'use', ['shop/cart.py', 'cart'], ['main.py', 'sub']],
]) {
    session(`${method} of «${mark}» in ${file}`, { files }, async (s) => {
        await s.indexed();
        s.open(file);
        const targets = await ask(s, method, file, mark);
        assert.deepEqual(places(targets), wanted.map((place) => s.location(...place)));
        assert.deepEqual(targets[0].originSelectionRange, s.word(file, mark));
    });
}

for (const [method, mark, wanted] of [
    ['declaration', 'use', ['main.py', 'import']],
    ['typeDefinition', 'value', ['shop/cart.py', 'cart']],
    ['implementation', 'sub', undefined],
]) {
    session(`${method}: a Location for clients without links`, { files, editor: plain }, async (s) => {
        s.open('shop/cart.py');
        s.open('main.py');
        assert.deepEqual(await ask(s, method, 'main.py', mark), wanted ? [s.location(...wanted)] : []);
    });

    const one = like(vscode, (c) => (c.textDocument[method] = {}));
    session(`${method}: its own linkSupport counts`, { files, editor: one }, async (s) => {
        await s.indexed();
        assert.deepEqual(await ask(s, method, 'main.py', mark), wanted ? [s.location(...wanted)] : []);
    });
}

session('implementation: of subclasses that are being typed, in a file outside of the root too', { files }, async (s) => {
    await s.indexed();
    s.open('main.py', 'from shop.cart import Cart\nclass «new»Bag(Cart):\n    def add(self, é="🚀"\n');
    const targets = await ask(s, 'implementation', 'shop/cart.py', 'cart');
    assert.deepEqual(places(targets), [s.location('main.py', 'new')]);
    const outside = { uri: 'untitled:é🚀.py', languageId: 'python', version: 1, text: 'class A: ...\nclass B(A): ...\n' };
    s.notify('textDocument/didOpen', { textDocument: outside });
    const position = { line: 0, character: 6 };
    const [found, ...more] = await s.request('textDocument/implementation', { textDocument: { uri: outside.uri }, position });
    assert.deepEqual(more, []);
    assert.equal(found.targetUri, outside.uri);
    assert.deepEqual(found.targetSelectionRange.start, { line: 1, character: 6 });
});

for (const method of ['declaration', 'typeDefinition', 'implementation']) {
    session(`${method}: where there is nothing to go to`, { files }, async (s) => {
        const position = { line: 0, character: 4 };
        const nothing = async (document) => assert.equal(await s.request(`textDocument/${method}`, { ...document, position }), null);
        await s.indexed();
        await nothing(s.document('shop/cart.py'));
        await nothing(s.document('missing é🚀.py'));
    });
}
