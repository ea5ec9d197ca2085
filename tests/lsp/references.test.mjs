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

session('references and highlights of a member of what nobody knows are told by name, which a message says', {
    files: { 'a.py': 'é = "🚀"\nclass A:\n    def «made»eilen(self): ...\ndef f(x): x.«ask»eilen(); x.«again»eilen()\n' },
}, async (s) => {
    await s.open('a.py');
    const places = ['made', 'ask', 'again'].map((mark) => s.word('a.py', mark));
    const found = await ask(s, 'a.py', 'ask', 'textDocument/references', { context: { includeDeclaration: true } });
    assert.deepEqual(found.map(({ range }) => range), places);
    assert.match((await s.next('window/logMessage', ({ message }) => /name/.test(message))).message, /3 references/);
    const marked = await ask(s, 'a.py', 'ask', 'textDocument/documentHighlight', {});
    assert.deepEqual(marked.map(({ range }) => range), places);
});

/** Functions that return one of two others each, deeper than anybody looks: dear to find out, each time anew. */
const deep = Array.from({ length: 100 }, (_, i) => `def f${i + 1}(x): return f${i}(x) if x else f${i}(x)[x]\n`).join('');

session('references: when there are more than can be looked at, a message says so', {
    files: { 'a.py': `é = "🚀"\nclass A:\n    def «made»m(self): ...\nA().m()\n${deep}${'f100(1).m()\n'.repeat(200)}A().m()\n` },
}, async (s) => {
    await s.open('a.py');
    const found = await ask(s, 'a.py', 'made', 'textDocument/references', { context: { includeDeclaration: false } });
    assert.deepEqual(found.map(({ range }) => range.start.line), [3]);
    const { message } = await s.next('window/logMessage', ({ message }) => /more than/.test(message));
    assert.match(message, /only 1 of the references are told/);
});
