// Call and type hierarchies.
import assert from 'node:assert/strict';

import { ErrorCode, failure, session, SymbolKind } from './client.mjs';
import { eglot, like, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': `é = "🚀"
«cart»class «Cart»Cart:
    «add»def «Add»add(self, item):
        «price»price(item); return "é🚀", «again»price(item), self.«total»total()«add_end»
    def «Total»total(self): ...«cart_end»
def «Price»price(item): ...
`,
    'main.py': `é = "🚀"; from shop.cart import Cart as C
class «Basket»Basket(C):
    def «More»more(self): "é🚀"; self.«more»add(1)
«basket»basket = Basket(); basket.«module»add(2); [basket.«inner»add(é) for é in ()]
`,
};

const prepare = (s, what, file, mark) => s.request(`textDocument/prepare${what}Hierarchy`, s.at(file, mark));
const around = async (s, method, file, mark) => {
    const what = method.startsWith('call') ? 'Call' : 'Type';
    const [item] = await prepare(s, what, file, mark);
    return s.request(method, { item });
};

session('calls: an item says where it is', { files }, async (s) => {
    await s.indexed();
    assert.equal(s.capabilities.callHierarchyProvider, true);
    const [{ data, ...item }, ...more] = await prepare(s, 'Call', 'main.py', 'module');
    assert.deepEqual(more, []);
    assert.deepEqual(item, {
        name: 'add',
        kind: SymbolKind.Method,
        detail: 'shop.cart.Cart',
        uri: s.uri('shop/cart.py'),
        range: s.range('shop/cart.py', 'add', 'add_end'),
        selectionRange: s.word('shop/cart.py', 'Add'),
    });
});

session('calls: incoming, by caller', { files }, async (s) => {
    await s.indexed();
    const calls = await around(s, 'callHierarchy/incomingCalls', 'shop/cart.py', 'Add');
    assert.deepEqual(calls.map(({ from, fromRanges }) => [from.name, from.kind, from.uri, fromRanges]), [
        ['main', SymbolKind.Module, s.uri('main.py'), [s.word('main.py', 'module'), s.word('main.py', 'inner')]],
        ['more', SymbolKind.Method, s.uri('main.py'), [s.word('main.py', 'more')]],
    ]);
    const [module] = calls;
    const outgoing = await s.request('callHierarchy/outgoingCalls', { item: module.from });
    assert.deepEqual(outgoing.map(({ to }) => to.name), ['Basket', 'add']);
});

session('calls: outgoing, in order', { files }, async (s) => {
    await s.indexed();
    const calls = await around(s, 'callHierarchy/outgoingCalls', 'main.py', 'more');
    const word = (mark) => s.word('shop/cart.py', mark);
    assert.deepEqual(calls.map(({ to, fromRanges }) => [to.name, to.selectionRange, fromRanges]), [
        ['price', word('Price'), [word('price'), word('again')]],
        ['total', word('Total'), [word('total')]],
    ]);
});

session('calls: an item is found again after edits; one that is gone calls nothing', { files }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py');
    const [item] = await prepare(s, 'Call', 'shop/cart.py', 'Add');
    s.change('shop/cart.py', `x = "é🚀"\n\n${s.workspace.text('shop/cart.py')}`);
    const calls = await s.request('callHierarchy/outgoingCalls', { item });
    assert.deepEqual(calls.map(({ to, fromRanges }) => [to.name, fromRanges.map((range) => range.start.line)]), [
        ['price', [5, 5]],
        ['total', [5]],
    ]);
    s.change('shop/cart.py', 'é = "🚀"\ndef price(: self.add(\n');
    for (const method of ['callHierarchy/outgoingCalls', 'callHierarchy/incomingCalls'])
        assert.deepEqual(await s.request(method, { item }), []);
    const gone = { ...item, uri: s.uri('missing é🚀.py') };
    assert.deepEqual(await s.request('callHierarchy/outgoingCalls', { item: gone }), []);
});

session('types: the class of a value, its bases and its subclasses', { files }, async (s) => {
    await s.indexed();
    assert.equal(s.capabilities.typeHierarchyProvider, true);
    const [{ data, ...item }, ...more] = await prepare(s, 'Type', 'main.py', 'basket');
    assert.deepEqual(more, []);
    assert.equal(item.name, 'Basket');
    assert.deepEqual(item.selectionRange, s.word('main.py', 'Basket'));
    const supertypes = await around(s, 'typeHierarchy/supertypes', 'main.py', 'basket');
    assert.deepEqual(supertypes.map(({ data: _, ...type }) => type), [{
        name: 'Cart',
        kind: SymbolKind.Class,
        detail: 'shop.cart',
        uri: s.uri('shop/cart.py'),
        range: s.range('shop/cart.py', 'cart', 'cart_end'),
        selectionRange: s.word('shop/cart.py', 'Cart'),
    }]);
    const subtypes = await around(s, 'typeHierarchy/subtypes', 'shop/cart.py', 'Cart');
    assert.deepEqual(subtypes.map(({ name, uri }) => [name, uri]), [['Basket', s.uri('main.py')]]);
    assert.deepEqual(await s.request('typeHierarchy/subtypes', { item: { ...item, data } }), []);
});

session('types: of a buffer that is nowhere on disk and half typed', { files }, async (s) => {
    await s.indexed();
    const textDocument = { uri: 'untitled:é🚀.py', languageId: 'python', version: 1, text: 'class A: ...\nclass B(A): ...\nclass C(B\n' };
    s.notify('textDocument/didOpen', { textDocument });
    const [item] = await s.request('textDocument/prepareTypeHierarchy', { textDocument, position: { line: 0, character: 6 } });
    const subtypes = await s.request('typeHierarchy/subtypes', { item });
    assert.deepEqual(subtypes.map(({ name, uri }) => [name, uri]), [['B', textDocument.uri]]);
});

session('nothing to show: null, as some clients let the user choose among what is listed', { files }, async (s) => {
    await s.indexed();
    for (const what of ['Call', 'Type']) {
        const ask = (document, position) => s.request(`textDocument/prepare${what}Hierarchy`, { ...document, position });
        assert.equal(await ask(s.document('main.py'), { line: 0, character: 4 }), null);
        assert.equal(await ask(s.document('missing é🚀.py'), { line: 0, character: 4 }), null);
    }
    assert.equal(await prepare(s, 'Call', 'main.py', 'basket'), null);
    assert.equal(await prepare(s, 'Type', 'shop/cart.py', 'Total'), null);
});

session('an item without its data is refused by name', { files }, async (s) => {
    const item = { name: 'é', kind: SymbolKind.Class, uri: s.uri('main.py') };
    for (const method of ['callHierarchy/incomingCalls', 'callHierarchy/outgoingCalls', 'typeHierarchy/supertypes', 'typeHierarchy/subtypes']) {
        const error = await failure(s.request(method, { item }));
        assert.equal(error.code, ErrorCode.InvalidParams);
        assert.match(error.message, /item\.data/);
    }
});

session('hierarchies are announced to clients that show them', { files, editor: eglot }, async (s) => {
    assert.equal(s.capabilities.callHierarchyProvider, undefined);
    assert.equal(s.capabilities.typeHierarchyProvider, undefined);
});

session('columns behind é and 🚀 are utf-8 where that was agreed', {
    files,
    editor: like(vscode, (c) => (c.general.positionEncodings = ['utf-8', 'utf-16'])),
}, async (s) => {
    await s.indexed();
    const [call] = await around(s, 'callHierarchy/outgoingCalls', 'shop/cart.py', 'Add');
    assert.deepEqual(call.fromRanges, [s.word('shop/cart.py', 'price'), s.word('shop/cart.py', 'again')]);
});
