// textDocument/documentSymbol: the outline, as a tree or as a list.
import assert from 'node:assert/strict';

import { SymbolKind, session } from './client.mjs';
import { plain } from './editors.mjs';

const files = {
    'é🚀.py': `"""é🚀"""
«a»é = "🚀"; «limit»LIMIT = 1
class «class»Cart:
    é = "🚀"; «size»size: int = 0
    @property
    def «total»total(self):
        def «inner»inner(): return "é🚀"
        self.«attribute»paid = "é🚀"«total_end»
def «main»main(): "é🚀"
`,
};

const outline = (symbols) => symbols.map(({ name, kind, children }) => ({ name, kind, ...(children && { children: outline(children) }) }));
const { Class, Field, Function, Method, Variable } = SymbolKind;

session('a tree, in the order of the text', { files }, async (s) => {
    s.open('é🚀.py');
    const symbols = await s.documentSymbols('é🚀.py');
    assert.deepEqual(outline(symbols), [
        { name: 'é', kind: Variable },
        { name: 'LIMIT', kind: Variable },
        {
            name: 'Cart',
            kind: Class,
            children: [
                { name: 'é', kind: Variable },
                { name: 'size', kind: Variable },
                { name: 'total', kind: Method, children: [{ name: 'inner', kind: Function }] },
                { name: 'paid', kind: Field },
            ],
        },
        { name: 'main', kind: Function },
    ]);
});

session('a name’s range lies in the whole range', { files }, async (s) => {
    await s.indexed();
    const symbols = await s.documentSymbols('é🚀.py');
    const cart = symbols.find((symbol) => symbol.name === 'Cart');
    assert.deepEqual(symbols[1].selectionRange, s.word('é🚀.py', 'limit'));
    assert.deepEqual(cart.selectionRange, s.word('é🚀.py', 'class'));
    assert.deepEqual(cart.range.end, s.position('é🚀.py', 'total_end'));
    const isBefore = (a, b) => a.line < b.line || (a.line === b.line && a.character <= b.character);
    const check = (symbol) => {
        assert.ok(isBefore(symbol.range.start, symbol.selectionRange.start), symbol.name);
        assert.ok(isBefore(symbol.selectionRange.end, symbol.range.end), symbol.name);
        for (const child of symbol.children ?? []) check(child);
    };
    symbols.forEach(check);
});

session('a list for clients without trees', { files, editor: plain }, async (s) => {
    s.open('é🚀.py');
    const symbols = await s.documentSymbols('é🚀.py');
    const total = symbols.find((symbol) => symbol.name === 'total');
    assert.equal(total.kind, Method);
    assert.match(total.containerName, /Cart$/);
    assert.equal(total.location.uri, s.uri('é🚀.py'));
    assert.equal(total.location.range.end.line, s.position('é🚀.py', 'total_end').line);
    assert.deepEqual(symbols.map((symbol) => symbol.name).sort(), ['Cart', 'LIMIT', 'inner', 'main', 'paid', 'size', 'total', 'é', 'é'].sort());
});

session('an unsaved edit shows at once', { files }, async (s) => {
    s.open('é🚀.py');
    s.change('é🚀.py', { range: s.word('é🚀.py', 'main'), text: 'hauptprogramm_é' });
    const last = (await s.documentSymbols('é🚀.py')).at(-1);
    assert.equal(last.name, 'hauptprogramm_é');
    assert.deepEqual(last.selectionRange, s.find('é🚀.py', 'hauptprogramm_é'));
});

session('broken source still has the symbols that can be read', { files: { 'a.py': '' } }, async (s) => {
    s.open('a.py', '"é🚀"\ndef good(): pass\n\ndef bad(:\n    (((\n\nclass AlsoGood:\n    é = "🚀"\n');
    const names = (await s.documentSymbols('a.py')).map((symbol) => symbol.name);
    assert.ok(names.includes('good'), `${names}`);
});

session('an unknown or empty document has none', { files: { 'empty.py': '' } }, async (s) => {
    s.open('empty.py');
    assert.deepEqual(await s.documentSymbols('empty.py'), []);
    assert.deepEqual(await s.documentSymbols('missing é🚀.py'), []);
});

session('nesting deeper than any client can show is cut, not lost', { files: { 'deep.py': '' } }, async (s) => {
    const depth = 300;
    s.open('deep.py', Array.from({ length: depth }, (_, i) => `${' '.repeat(i)}class é${i}:\n`).join('') + `${' '.repeat(depth)}"🚀"\n`);
    let count = 0, deepest = 0;
    const visit = (symbols, level) => {
        deepest = Math.max(deepest, level);
        for (const symbol of symbols) visit(symbol.children ?? [], (count++, level + 1));
    };
    visit(await s.documentSymbols('deep.py'), 0);
    assert.equal(count, depth);
    assert.ok(deepest <= 128, `${deepest} levels`);
});
