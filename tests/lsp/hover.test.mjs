// textDocument/hover: the card of what a name means, wherever it is used.
import assert from 'node:assert/strict';
import fs from 'node:fs';

import { run } from '../cli/run.mjs';
import { session } from './client.mjs';
import { eglot, like, neovim, plain, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""A shop for é and 🚀."""\n',
    'shop/cart.py': `"""Carts é🚀."""
LIMIT = 10  # é🚀
class Cart:
    """Holds é and 🚀 until they are paid."""
    "é🚀"; size: int = 0
    def «add»add(self, item, count: int = 1):
        """Adds a thing.

        Args:
            item: The é or 🚀.
        """
        é = "🚀"; return self.«self_use»add
"é🚀"; «class_use»Cart().«method_use»add("é🚀")
"é🚀"; print(«limit_use»LIMIT)
"é🚀"; «unknown»nowhere
`,
    'main.py': `é = "🚀"; from shop.«module_path»cart import «import»Cart as «alias»C
"é🚀"; import «package»shop
"é🚀"; basket = «alias_use»C()
`,
};

const value = (hover) => hover.contents.value;
const firstCode = (hover) => /```python\n(.*?)\n```/s.exec(value(hover))[1];

session('on a definition: signature first, then its docstring', { files }, async (s) => {
    s.open('shop/cart.py');
    const hover = await s.hover('shop/cart.py', 'add');
    assert.equal(hover.contents.kind, 'markdown');
    assert.match(value(hover), /^```python\ndef add\(self, item, count: int = 1\)\n```\n/);
    assert.match(value(hover), /Adds a thing\./);
    assert.match(value(hover), /The é or 🚀\./);
    assert.deepEqual(hover.range, s.word('shop/cart.py', 'add'));
});

for (const [what, file, mark, signature, text] of [
    ['on a use of a class', 'shop/cart.py', 'class_use', 'class Cart', 'Holds é and 🚀 until they are paid.'],
    ['on a variable', 'shop/cart.py', 'limit_use', 'LIMIT = 10', 'cart.py'],
    ['on an imported name', 'main.py', 'import', 'class Cart', 'Holds é and 🚀'],
    ['on the name an import is given', 'main.py', 'alias', 'class Cart', 'Holds é and 🚀'],
    ['on a use of an imported name', 'main.py', 'alias_use', 'class Cart', 'Holds é and 🚀'],
]) {
    session(what, { files }, async (s) => {
        await s.indexed();
        s.open(file);
        const hover = await s.hover(file, mark);
        assert.equal(firstCode(hover), signature);
        assert.ok(value(hover).includes(text), value(hover));
        assert.deepEqual(hover.range, s.word(file, mark));
    });
}

for (const [what, mark, text] of [
    ['on a module in an import', 'module_path', 'Carts é🚀.'],
    ['on a package', 'package', 'A shop for é and 🚀.'],
]) {
    session(`${what}: its docstring`, { files }, async (s) => {
        await s.indexed();
        const hover = await s.hover('main.py', mark);
        assert.ok(value(hover).includes(text), value(hover));
    });
}

const property = { 'a.py': `class Box:
    """É🚀."""
    @property
    def area(self): "How large é🚀."
    @area.setter
    def «setter»area(self, value): "é🚀"
"é🚀"; Box().«read»area
"é🚀"; Box().«write»area = 2
` };
session('on a use of a property: its getter', { files: property }, async (s) => {
    await s.indexed();
    for (const mark of ['read', 'write']) {
        const hover = await s.hover('a.py', mark);
        assert.equal(firstCode(hover), 'def area(self)');
        assert.match(value(hover), /property with a setter of .*How large é🚀/s);
    }
    assert.equal(firstCode(await s.hover('a.py', 'setter')), 'def area(self, value)');
});

const guessed = { 'a.py': `class Cart:
    def pack(self): "é🚀"
class Basket:
    def pack(self): "é🚀"
def f(é): é.«guess»pack("🚀")
` };
session('on a member of what nobody knows: the candidates, marked as such', { files: guessed }, async (s) => {
    await s.indexed();
    assert.equal(value(await s.hover('a.py', 'guess')), '*candidates*\n\n- `a.Cart.pack`\n- `a.Basket.pack`');
});
session('candidates as plain text', { files: guessed, editor: eglot }, async (s) => {
    await s.indexed();
    assert.equal(value(await s.hover('a.py', 'guess')), 'candidates\n\n- a.Cart.pack\n- a.Basket.pack');
});

session('a file that is not open has hovers too', { files }, async (s) => {
    await s.indexed();
    assert.equal(firstCode(await s.hover('main.py', 'alias_use')), 'class Cart');
});

session('where there is nothing: null', { files }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py');
    assert.equal(await s.hover('shop/cart.py', 'unknown'), null);
    const nowhere = { ...s.document('shop/cart.py'), position: { line: 0, character: 0 } };
    assert.equal(await s.request('textDocument/hover', nowhere), null);
    assert.equal(await s.request('textDocument/hover', { ...s.document('missing é🚀.py'), position: { line: 0, character: 0 } }), null);
});

session('an unsaved edit shows at once', { files }, async (s) => {
    s.open('shop/cart.py');
    s.change('shop/cart.py', { range: s.find('shop/cart.py', 'count: int = 1'), text: 'é🚀: str'.replace('🚀', '') });
    assert.equal(firstCode(await s.hover('shop/cart.py', 'add')), 'def add(self, item, é: str)');
});

session('an unsaved edit shows in the hovers of other files', { files }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py');
    s.change('shop/cart.py', { range: s.find('shop/cart.py', 'Holds é'), text: 'Keeps é' });
    assert.match(value(await s.hover('main.py', 'alias_use')), /Keeps é and 🚀/);
});

for (const [name, editor] of [
    ['Eglot', eglot],
    ['a client that puts plain text first', like(vscode, (c) => (c.textDocument.hover.contentFormat = ['plaintext', 'markdown']))],
]) {
    session(`plain text for ${name}: no fences, no entities, no tags`, { files, editor }, async (s) => {
        await s.indexed();
        const hover = await s.hover('main.py', 'alias_use');
        assert.equal(hover.contents.kind, 'plaintext');
        assert.equal(value(hover).split('\n')[0], 'class Cart');
        assert.ok(value(hover).includes('Holds é and 🚀 until they are paid.'));
        assert.doesNotMatch(value(hover), /```|&\w+;|<br>|\]\(/);
    });
}

session('Markdown where no format is announced', { files, editor: plain }, async (s) => {
    s.open('shop/cart.py');
    assert.equal((await s.hover('shop/cart.py', 'add')).contents.kind, 'markdown');
});

session('no HTML in Markdown: Neovim shows it as it is', { editor: neovim, files: {
    'a.py': `"""é🚀"""
def «f»f(a, b):
    """Compares a < b & c > d <é> 🚀.

    A line
    and another.
    """
`,
} }, async (s) => {
    s.open('a.py');
    assert.doesNotMatch(value(await s.hover('a.py', 'f')), /&(lt|gt|amp|nbsp|#\d+);|<br/);
});

for (const editor of [neovim, vscode]) {
    session(`the identifier’s end counts as on it (${editor.clientInfo.name})`, { files, editor }, async (s) => {
        s.open('shop/cart.py');
        const { start, end } = s.word('shop/cart.py', 'class_use');
        for (const position of [start, { ...end, character: end.character - 1 }, end]) {
            const hover = await s.request('textDocument/hover', { ...s.document('shop/cart.py'), position });
            assert.deepEqual(hover?.range, { start, end });
        }
    });
}

const attached = {
    'lib/__init__.py': 'from lib._c import *\n',
    'lib/_docs.py': `import lib
def docs_of(method, text): lib.add_docstr(getattr(lib._c.Base, method), text)
"é🚀"; lib._add_docstr(lib.sum, """sum(é, *, start=0) -> int

Sums 🚀.
""")
`,
    'main.py': '"é🚀"; import lib; lib.«sum»sum(1)\n',
};
session('what only an attached docstring tells of', { files: attached }, async (s) => {
    await s.indexed();
    const text = value(await s.hover('main.py', 'sum'));
    assert.equal(firstCode({ contents: { value: text } }), 'sum(é, *, start=0) -> int');
    assert.match(text, /`lib\.sum`, docstring attached in \[`lib\/_docs\.py:3`\]\(file:.*_docs\.py#L3\)\n\nSums 🚀\.\n/);
});

const notes = { ...files, 'notes.md': `# Notes é🚀

Put it into a \`«span»shop.cart.Cart\`, é🚀 \`«called»Cart.add(1)\`, not \`«nowhere»nothing\`. «prose»Cart

\`\`\`python
«fenced»Cart()
\`\`\`
` };
session('code spans in a Markdown document', { files: notes }, async (s) => {
    await s.indexed();
    s.open('notes.md', undefined, { languageId: 'markdown' });
    const hover = await s.hover('notes.md', 'span');
    assert.equal(firstCode(hover), 'class Cart');
    assert.deepEqual(hover.range, s.find('notes.md', 'shop.cart.Cart'));
    const called = await s.hover('notes.md', 'called');
    assert.equal(firstCode(called), 'def add(self, item, count: int = 1)');
    assert.deepEqual(called.range, s.find('notes.md', 'Cart.add(1)'));
    for (const mark of ['nowhere', 'prose', 'fenced']) assert.equal(await s.hover('notes.md', mark), null);
    s.change('notes.md', { range: s.find('notes.md', 'nothing'), text: 'Cart' });
    assert.equal(firstCode(await s.hover('notes.md', 'nowhere')), 'class Cart');
});

session('code spans that mean builtins', { files: { ...files, 'notes.md': 'é🚀 `«len»len()` and `«get»dict.get`\n' } }, async (s) => {
    await s.indexed();
    s.open('main.py');
    s.open('notes.md', undefined, { languageId: 'markdown' });
    const seen = async (mark, wanted) => {
        for (;;) {
            const hover = await s.hover('notes.md', mark);
            if (hover) return assert.match(value(hover), wanted);
        }
    };
    await seen('len', /^```python\ndef len\(/);
    await seen('get', /method of .*builtins\.dict/);
});

session('a link to the doc page where there is one', { files: { ...files, 'docs/headword/shop/cart.py_docs.md': '# é🚀\n' } }, async (s) => {
    await s.indexed();
    const link = /\n\n2 references · \[Doc page\]\(file:.*\/docs\/headword\/shop\/cart\.py_docs\.md#shop\.cart\.Cart\)\n$/;
    assert.match(value(await s.hover('main.py', 'alias_use')), link);
    assert.doesNotMatch(value(await s.hover('main.py', 'package')), /Doc page/);
});

session('how many references there are, and nothing where there are none', { files }, async (s) => {
    await s.indexed();
    assert.match(value(await s.hover('shop/cart.py', 'limit_use')), /\n\n1 reference\n$/);
    assert.doesNotMatch(value(await s.hover('main.py', 'package')), /reference/);
    s.open('shop/cart.py');
    s.change('shop/cart.py', { range: s.find('shop/cart.py', 'nowhere'), text: 'Cart' });
    assert.match(value(await s.hover('shop/cart.py', 'class_use')), /\n\n3 references\n$/);
});

const crowd = { 'a.py': `"é🚀"\ndef «f»f(): pass\nf()\n`, 'b.py': `from a import f; f("é🚀")\n${'é; é\n'.repeat(20000)}` };
session('more files than can be looked at for references at once', { files: crowd }, async (s) => {
    await s.indexed();
    assert.match(value(await s.hover('a.py', 'f')), /\n\nAt least 1 reference\n$/);
});

// Links lead from where the text stands; all else is equal to the byte.
const withoutLinks = (markdown) => markdown.replace(/\]\([^)\s]*\)/g, ']()').trim();

session('card and page of a symbol have the same text', { files }, async (s) => {
    const pages = await run(['pages', '--root', s.workspace.root]);
    assert.equal(pages.status, 0, pages.stderr);
    const page = fs.readFileSync(`${s.workspace.root}/docs/headword/shop/cart.py_docs.md`, 'utf8');
    const body = page.match(/<a id="shop\.cart\.Cart\.add"><\/a>\n\n#+ [^\n]*\n([^]*?)\n<a id=/)[1];
    const card = value(await s.hover('shop/cart.py', 'add')).replace(/2 references · \[Doc page\]\([^)]*\)\n$/, '');
    assert.match(body, /Adds a thing\.\n\n\*\*Args\*\*/);
    const [text, usedBy] = withoutLinks(body).split('\n\n**Used by**'); // what other files make of it is the page's
    assert.equal(text, withoutLinks(card));
    assert.match(usedBy, /shop\.cart/);
});

session('card and `headword show` have the same text', { files, editor: eglot }, async (s) => {
    const shown = await run(['show', '--root', s.workspace.root, 'shop.cart.Cart.add']);
    assert.equal(shown.status, 0, shown.stderr);
    assert.equal(shown.stdout, value(await s.hover('shop/cart.py', 'add')));
});
