// textDocument/definition: where a name comes from.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, plain, vscode } from './editors.mjs';

const files = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': `"""é🚀"""
é = "🚀"; «limit»LIMIT = 10
«whole»class «cart»Cart:
    """é🚀"""
    def «add»add(self, «param»item):
        «local»é = "🚀"; print(«local_use»é, "🚀", «param_use»item)
        return "é🚀", self.«self_use»add«whole_end»
"é🚀"; «limit_use»LIMIT, «cart_use»Cart, «builtin»print
`,
    'main.py': `é = "🚀"; from shop.«module»cart import «imported»Cart as «alias»C
"é🚀"; import shop.«dotted»cart as «module_alias»k
"é🚀"; «alias_use»C(); k.«through_module»LIMIT
"é🚀"; from .shop.cart import «relative»LIMIT
`,
};

/** Asks and expects one target: the mark's identifier. */
async function leadsTo(s, file, mark, targetFile, targetMark) {
    const targets = await s.definition(file, mark);
    const found = targets.map((target) => ({ uri: target.targetUri, range: target.targetSelectionRange }));
    assert.deepEqual(found, [s.location(targetFile, targetMark)]);
    assert.deepEqual(targets[0].originSelectionRange, s.word(file, mark));
}

for (const [what, mark, target] of [
    ['a variable', 'limit_use', 'limit'],
    ['a class', 'cart_use', 'cart'],
    ['a local variable', 'local_use', 'local'],
    ['a parameter', 'param_use', 'param'],
    ['a method of self', 'self_use', 'add'],
    ['a definition: itself', 'cart', 'cart'],
]) {
    session(`in the same file: ${what}`, { files }, async (s) => {
        s.open('shop/cart.py');
        await leadsTo(s, 'shop/cart.py', mark, 'shop/cart.py', target);
    });
}

for (const [what, mark, target] of [
    ['an imported name', 'imported', 'cart'],
    ['the name an import is given', 'alias', 'cart'],
    ['a use of an imported name', 'alias_use', 'cart'],
    ['an attribute of a module', 'through_module', 'limit'],
    ['a relative import', 'relative', 'limit'],
]) {
    session(`in another file: ${what}`, { files }, async (s) => {
        await s.indexed();
        s.open('main.py');
        await leadsTo(s, 'main.py', mark, 'shop/cart.py', target);
    });
}

for (const mark of ['module', 'dotted', 'module_alias']) {
    session(`a module leads to the top of its file («${mark}»)`, { files }, async (s) => {
        await s.indexed();
        const [target, ...more] = await s.definition('main.py', mark);
        assert.equal(target.targetUri, s.uri('shop/cart.py'));
        assert.deepEqual(target.targetSelectionRange.start, { line: 0, character: 0 });
        assert.deepEqual(more, []);
    });
}

session('a LocationLink spans the whole definition', { files }, async (s) => {
    s.open('shop/cart.py');
    const [target] = await s.definition('shop/cart.py', 'cart_use');
    assert.deepEqual(target.targetRange, s.range('shop/cart.py', 'whole', 'whole_end'));
});

session('a Location for clients without links', { files, editor: plain }, async (s) => {
    s.open('shop/cart.py');
    assert.deepEqual(await s.definition('shop/cart.py', 'cart_use'), [s.location('shop/cart.py', 'cart')]);
});

session('the place follows unsaved edits', { files }, async (s) => {
    await s.indexed();
    s.open('shop/cart.py');
    s.change('shop/cart.py', { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# é🚀\n' });
    const [target] = await s.definition('main.py', 'alias_use');
    assert.deepEqual(target.targetSelectionRange, s.find('shop/cart.py', 'Cart'));
});

session('columns behind é and 🚀 are utf-8 where that was agreed', {
    files,
    editor: like(vscode, (c) => (c.general.positionEncodings = ['utf-8', 'utf-16'])),
}, async (s) => {
    assert.equal(s.encoding, 'utf-8');
    await s.indexed();
    await leadsTo(s, 'main.py', 'through_module', 'shop/cart.py', 'limit');
});

session('where there is nothing to go to', { files }, async (s) => {
    s.open('shop/cart.py');
    const nothing = (answer) => answer === null || answer.length === 0;
    assert.ok(nothing(await s.request('textDocument/definition', { ...s.document('shop/cart.py'), position: { line: 0, character: 1 } })));
    assert.ok(nothing(await s.request('textDocument/definition', { ...s.document('missing é🚀.py'), position: { line: 0, character: 1 } })));
});

session('a file that appears makes an import lead somewhere', {
    files: { 'main.py': '"é🚀"; from «module»later import «name»thing\n' },
}, async (s) => {
    await s.indexed();
    const nothing = (answer) => answer === null || answer.length === 0 || answer.every((t) => t.targetUri === s.uri('main.py'));
    assert.ok(nothing(await s.definition('main.py', 'name')));
    s.workspace.write('later.py', 'é = "🚀"; «def»thing = 1\n');
    s.filesChanged(['created', 'later.py']);
    await leadsTo(s, 'main.py', 'name', 'later.py', 'def');
});

const quoted = {
    'shop/__init__.py': '"""é🚀"""\n',
    'shop/cart.py': `é = "🚀"
class «class»Cart: ...
`,
    'main.py': `import shop.cart
from shop.cart import «import»Cart as «alias»C
def f(é: "🚀 | «string»C", x: Optional["list[shop.cart.«dotted»Cart]"]): ...
T = TypeVar("T", bound="«bound»C"); cast('«cast»C', x)
def g(y: "«broken»C
`,
};

for (const mark of ['string', 'dotted', 'bound', 'cast']) {
    session(`names in strings that stand for types: ${mark}`, { files: quoted }, async (s) => {
        await s.indexed();
        s.open('main.py');
        await leadsTo(s, 'main.py', mark, 'shop/cart.py', 'class');
        const { range, contents } = await s.request('textDocument/hover', s.at('main.py', mark));
        assert.deepEqual(range, s.word('main.py', mark));
        assert.match(contents.value, /class Cart/);
    });
}

session('references from a name in a string', { files: quoted }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const found = await s.request('textDocument/references', {
        ...s.at('main.py', 'dotted'),
        context: { includeDeclaration: true },
    });
    const here = ['import', 'alias', 'string', 'dotted', 'bound', 'cast', 'broken'].map((mark) => s.location('main.py', mark));
    assert.deepEqual(found, [...here, s.location('shop/cart.py', 'class')]);
});

const exported = {
    'a.py': '"é🚀"; from b import größe\n__all__ = ["é🚀", "«own»Cart", "«other»größe"]\nclass «cart»Cart: ...\n',
    'b.py': '"é🚀"; «size»größe = 1\n',
};

for (const [mark, file, target] of [
    ['own', 'a.py', 'cart'],
    ['other', 'b.py', 'size'],
]) {
    session(`strings of __all__: ${mark}`, { files: exported }, async (s) => {
        await leadsTo(s, 'a.py', mark, file, target);
    });
}

const notes = 'é🚀 `«span»shop.cart.Cart`, `«called»Cart.add(1)`, `«builtin»len`, `«nowhere»nothing`; «prose»Cart\n';
session('code spans of a Markdown document lead to what they name', { files: { ...files, 'notes.md': notes } }, async (s) => {
    await s.indexed();
    s.open('main.py');
    s.open('notes.md', undefined, { languageId: 'markdown' });
    const [link] = await s.definition('notes.md', 'span');
    assert.deepEqual({ uri: link.targetUri, range: link.targetSelectionRange }, s.location('shop/cart.py', 'cart'));
    assert.deepEqual(link.originSelectionRange, s.find('notes.md', 'shop.cart.Cart'));
    assert.deepEqual((await s.definition('notes.md', 'called'))[0].targetSelectionRange, s.location('shop/cart.py', 'add').range);
    for (const mark of ['nowhere', 'prose']) assert.ok(!(await s.definition('notes.md', mark))?.length, mark);
    for (let found = []; found.length === 0;) found = await s.definition('notes.md', 'builtin'); // stubs are read after the scan
});

session('from a string of __slots__ to the attribute', {
    files: { 'a.py': 'é = "🚀"\nclass A:\n    __slots__ = (\n        "é🚀", "«string»größe",\n    )\n    def __init__(self): self.«set»größe = 1\n' },
}, async (s) => {
    await s.open('a.py');
    await leadsTo(s, 'a.py', 'string', 'a.py', 'set');
});
