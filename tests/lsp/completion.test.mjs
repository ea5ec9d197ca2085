// textDocument/completion and completionItem/resolve: what can be typed next.
import assert from 'node:assert/strict';

import { failure, session, ErrorCode } from './client.mjs';
import { eglot, like, plain, vscode } from './editors.mjs';
import { applyTextEdits } from './fixture.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': `from warnings import deprecated

class Cart:
    """A cart é🚀."""

    def add(self, item, *rest, price: int = 3, **more):
        """Put an item in."""

    @deprecated("Use add.")
    def old(self): ...

    @property
    def size(self) -> int: ...
`,
    'main.py': `from shop.cart import Cart
é = "🚀"; c = Cart(); c.a«typed»nt
class Basket(Cart):
    def a«override»
    def s«rename»(self): ...
é = "🚀 c.«string»"
x = Cart().add(«call»)
x.«unknown»y.z
é = "🚀"; c.«dot»
`,
};

const ItemKind = { Text: 1, Method: 2, Field: 5, Class: 7, Module: 9, Property: 10, Keyword: 14 };

async function complete(s, mark, file = 'main.py') {
    return s.request('textDocument/completion', s.at(file, mark));
}

async function item(s, mark, label) {
    const { items } = await complete(s, mark);
    const found = items.find((candidate) => candidate.label === label);
    assert.ok(found, `${label} among ${items.map((candidate) => candidate.label)}`);
    return found;
}

session('it is announced with a dot', { files }, (s) => {
    const { completionProvider } = s.capabilities;
    assert.deepEqual(completionProvider.triggerCharacters, ['.']);
    assert.equal(completionProvider.resolveProvider, true);
});

session('members behind a dot, in their order', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { isIncomplete, items } = await complete(s, 'dot');
    assert.equal(isIncomplete, false);
    const sorted = [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
    assert.deepEqual(sorted.map(({ label }) => label).slice(0, 3), ['add', 'old', 'size']);
});

session('kind, signature, home and deprecation', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const add = await item(s, 'dot', 'add');
    assert.equal(add.kind, ItemKind.Method);
    assert.equal(add.detail, 'def add(self, item, *rest, price: int = 3, **more)');
    assert.deepEqual(add.labelDetails, { description: 'shop.cart.Cart' });
    assert.equal(add.tags, undefined);
    assert.deepEqual((await item(s, 'dot', 'old')).tags, [1]);
    assert.equal((await item(s, 'dot', 'size')).kind, ItemKind.Property);
});

const kinds = {
    'shop/__init__.py': "'é🚀'\n",
    'shop/cart.py': `from warnings import deprecated

class Cart:
    rate: str = "é🚀"

    @deprecated("é🚀")
    def old(self): ...

    def put(self, *, price="$3}"): ...

    def wide(self, first_argument: str = "é", second_argument: str = "🚀", third_argument: int = 3, fourth: int = 4): ...
`,
    'main.py': `import shop.cart as shop_cart
import «package»shop
é = "🚀"; Cart = shop_cart.Cart; Cart().«member»
retu«keyword»
sho«module»
class Basket(Cart):
    def p«override»
    def pu«named»(self): ...
`,
};

for (const [what, mark, label, expected] of [
    ['a keyword', 'keyword', 'return', { kind: ItemKind.Keyword }],
    ['a package in an import', 'package', 'shop', { kind: ItemKind.Module }],
    ['a name for a module', 'module', 'shop_cart', { kind: ItemKind.Module, detail: 'module shop.cart' }],
    ['a field', 'member', 'rate', { kind: ItemKind.Field }],
]) {
    session(`what is said of ${what}`, { files: kinds }, async (s) => {
        await s.indexed();
        s.open('main.py');
        const given = await item(s, mark, label);
        for (const key of Object.keys(expected)) assert.equal(given[key], expected[key], key);
    });
}

session('a long signature stands on one line', { files: kinds }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { detail } = await item(s, 'member', 'wide');
    assert.match(detail, /third_argument: int = 3, fourth/);
    assert.doesNotMatch(detail, / {2}|\n/);
});

session('what is deprecated is not marked where that is not understood', { files: kinds, editor: plain }, async (s) => {
    s.open('shop/cart.py');
    s.open('main.py');
    assert.equal((await item(s, 'member', 'old')).tags, undefined);
});

session('a snippet means its dollars and braces', { files: kinds }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { textEdit, insertTextFormat } = await item(s, 'override', 'put');
    assert.equal(insertTextFormat, 2);
    assert.equal(textEdit.newText, 'put(self, *, price="\\$3\\}"):\n\t${0:return super().put(price=price)}');
});

session('a method to override that has its parameters already', { files: kinds }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { textEdit, insertTextFormat } = await item(s, 'named', 'put');
    assert.equal(insertTextFormat, undefined);
    assert.equal(textEdit.newText, 'put');
});

const many = Array.from({ length: 151 }, (_, i) => `é_name_${i} = "🚀"\n`).join('');

session('more than one answer holds', { files: { 'main.py': `${many}é_name«typed»` } }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { isIncomplete, items } = await complete(s, 'typed');
    assert.equal(isIncomplete, true);
    assert.equal(items.length, 150);
});

session('a word is inserted or replaced', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { textEdit } = await item(s, 'typed', 'add');
    const text = s.workspace.text('main.py');
    const inserted = applyTextEdits(text, [{ range: textEdit.insert, newText: textEdit.newText }]);
    const replaced = applyTextEdits(text, [{ range: textEdit.replace, newText: textEdit.newText }]);
    assert.equal(inserted.split('\n')[1], 'é = "🚀"; c = Cart(); c.addnt');
    assert.equal(replaced.split('\n')[1], 'é = "🚀"; c = Cart(); c.add');
});

session('clients without insert and replace get one edit', { files, editor: eglot }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { textEdit, labelDetails } = await item(s, 'typed', 'add');
    const text = applyTextEdits(s.workspace.text('main.py'), [textEdit], s.encoding);
    assert.equal(text.split('\n')[1], 'é = "🚀"; c = Cart(); c.addnt');
    assert.equal(labelDetails, undefined);
});

session('documentation on resolve: the hover card', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const add = await item(s, 'dot', 'add');
    assert.equal(add.documentation, undefined);
    const { documentation } = await s.request('completionItem/resolve', add);
    assert.equal(documentation.kind, 'markdown');
    assert.match(documentation.value, /Put an item in\./);
});

session('documentation is plain text where nothing else was announced', { files, editor: plain }, async (s) => {
    s.open('shop/cart.py');
    s.open('main.py');
    const { documentation } = await s.request('completionItem/resolve', await item(s, 'dot', 'add'));
    assert.equal(documentation.kind, 'plaintext');
});

session('resolving what was never offered, or is gone', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    for (const data of [null, 'é🚀', [0, 1, 1], [9999, 0, 0], [-1, -7, -3], [0, 9999, 3], [1e300, 1, 1]]) {
        const resolved = await s.request('completionItem/resolve', { label: 'é🚀', data });
        assert.equal(resolved.label, 'é🚀');
        assert.equal(resolved.documentation, undefined);
    }
    assert.equal((await failure(s.request('completionItem/resolve', { data: [0, 0, 0] }))).code, ErrorCode.InvalidParams);
});

session('a method to override as a snippet', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const add = await item(s, 'override', 'add');
    assert.equal(add.insertTextFormat, 2);
    assert.equal(
        add.textEdit.newText,
        'add(self, item, *rest, price=3, **more):\n\t${0:return super().add(item, *rest, price=price, **more)}',
    );
});

session('a method to override without snippets', {
    files,
    editor: like(vscode, (c) => (c.textDocument.completion.completionItem.snippetSupport = false)),
}, async (s) => {
    await s.indexed();
    s.open('main.py');
    const add = await item(s, 'override', 'add');
    assert.equal(add.insertTextFormat, undefined);
    assert.equal(add.textEdit.newText, 'add(self, item, *rest, price=3, **more):');
});

const apart = {
    'shop/__init__.py': "'é🚀'\n",
    'shop/cart.py': "class Cartoon:\n    'é🚀'\n",
    'main.py': 'import os\né = "🚀"; Cart«typed»\n',
};

const lazy = like(vscode, (capabilities) => {
    capabilities.textDocument.completion.completionItem.resolveSupport = { properties: ['additionalTextEdits'] };
});

for (const [what, properties] of [
    ['at once', []],
    ['when it is chosen', ['documentation', 'additionalTextEdits']],
]) {
    const editor = like(vscode, (capabilities) => {
        capabilities.textDocument.completion.completionItem.resolveSupport = { properties };
    });
    session(`what another module defines is imported, ${what}`, { files: apart, editor }, async (s) => {
        await s.indexed();
        s.open('main.py');
        const given = await item(s, 'typed', 'Cartoon');
        assert.equal(given.detail, 'from shop.cart import Cartoon');
        assert.deepEqual(given.labelDetails, { description: 'shop.cart' });
        assert.equal(given.additionalTextEdits === undefined, properties.length > 0);
        const resolved = await s.request('completionItem/resolve', given);
        assert.match(resolved.documentation.value, /é🚀/);
        const text = applyTextEdits(s.workspace.text('main.py'), resolved.additionalTextEdits, s.encoding);
        assert.equal(text, 'import os\n\nfrom shop.cart import Cartoon\né = "🚀"; Cart\n');
    });
}

session('what is imported is said in the detail alone where labels have none', { files: apart, editor: eglot }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const given = await item(s, 'typed', 'Cartoon');
    assert.equal(given.labelDetails, undefined);
    assert.equal(given.detail, 'from shop.cart import Cartoon');
});

session('a document that was closed before its import is asked for', { files: apart, editor: lazy }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const given = await item(s, 'typed', 'Cartoon');
    s.notify('textDocument/didClose', s.document('main.py'));
    assert.equal((await s.request('completionItem/resolve', given)).additionalTextEdits, undefined);
});

const unwanted = { completion: { imports: false } };
const near = { ...apart, 'main.py': 'Cart_é = "🚀"\nCart«typed»' };
const carts = ({ items }) => items.map(({ label }) => label).filter((label) => label.startsWith('Cart'));

session('what would be imported comes behind names in scope', { files: near }, async (s) => {
    await s.indexed();
    s.open('main.py');
    assert.deepEqual(carts(await complete(s, 'typed')), ['Cart_é', 'Cartoon']);
});

session('nothing is imported where that is not wanted', { files: near, options: unwanted }, async (s) => {
    await s.indexed();
    s.open('main.py');
    assert.deepEqual(carts(await complete(s, 'typed')), ['Cart_é']);
});

session('nothing in a string', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    assert.deepEqual((await complete(s, 'string')).items, []);
});

session('keyword arguments of a call', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const { items } = await complete(s, 'call');
    assert.deepEqual(items.map(({ label }) => label).slice(0, 2), ['item=', 'price=']);
});

session('candidates of unknown values are marked', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const add = await item(s, 'unknown', 'add');
    assert.equal(add.kind, ItemKind.Text);
    assert.match(add.detail, /candidate/);
});

session('what was typed a moment ago, a place past the end, a file that nobody opened', { files }, async (s) => {
    await s.indexed();
    s.open('main.py');
    s.change('main.py', { text: `${s.workspace.text('main.py')}é = "🚀"; c.` });
    const past = { ...s.document('main.py'), position: { line: 9999, character: 9999 } };
    const { items } = await s.request('textDocument/completion', past);
    assert.ok(items.some(({ label }) => label === 'add'));
    assert.equal(await s.request('textDocument/completion', { ...past, textDocument: { uri: 'file:///no/é🚀.py' } }), null);
});

session('unsaved buffers of no file', { files: {} }, async (s) => {
    const uri = 'untitled:é🚀';
    const text = 'class A:\n    def go(self): ...\nA().';
    s.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    const { items } = await s.request('textDocument/completion', { textDocument: { uri }, position: { line: 2, character: 4 } });
    assert.equal(items[0].label, 'go');
});
