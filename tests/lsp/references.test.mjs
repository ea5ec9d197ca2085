// textDocument/references and textDocument/documentHighlight: everywhere that means the same.
import assert from 'node:assert/strict';

import { session } from './client.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\nfrom .cart import «exported»Cart\n__all__ = ["«string»Cart"]\n',
    'shop/cart.py': `é = "🚀"
class «class»Cart:
    def «add»add(self, item): return "é🚀", self.«self»add
class Other:
    def add(self): ...
`,
    'main.py': `é = "🚀"; from shop import «imported»Cart
"é🚀"; cart = «use»Cart(); cart.«call»add("🚀")
`,
};

const ask = (s, file, mark, method, more) => s.request(method, { ...s.at(file, mark), ...more });

session('references: of a class, by what it is and not how it is spelled', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const all = await ask(s, 'main.py', 'use', 'textDocument/references', { context: { includeDeclaration: true } });
    const wanted = [
        s.location('main.py', 'imported'),
        s.location('main.py', 'use'),
        s.location('shop/__init__.py', 'exported'),
        s.location('shop/__init__.py', 'string'),
        s.location('shop/cart.py', 'class'),
    ];
    const sorted = (list) => list.map((item) => JSON.stringify(item)).sort();
    assert.deepEqual(sorted(all), sorted(wanted));
    const uses = await ask(s, 'main.py', 'use', 'textDocument/references', { context: { includeDeclaration: false } });
    assert.equal(uses.length, 4);
});

session('references: of a method, in unsaved text too', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const found = await ask(s, 'main.py', 'call', 'textDocument/references', { context: { includeDeclaration: true } });
    assert.equal(found.length, 3);
});

session('highlights: reading and writing', { files }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py');
    const found = await ask(s, 'shop/cart.py', 'add', 'textDocument/documentHighlight');
    assert.deepEqual(found, [
        { range: s.location('shop/cart.py', 'add').range, kind: 3 },
        { range: s.location('shop/cart.py', 'self').range, kind: 2 },
    ]);
});
