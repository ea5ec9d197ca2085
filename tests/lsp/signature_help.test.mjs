// textDocument/signatureHelp: what the call at hand takes.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { eglot, plain } from './editors.mjs';

const files = {
    'shop.py': `from typing import overload
from dataclasses import dataclass, field, KW_ONLY

def call(é, /, two: int, *args, four="🚀", **rest) -> str:
    """Call someone.

    Args:
        two: How many é🚀.
    """

class Cart:
    """A cart."""

    def __init__(self, size, color=None): ...
    def add(self, item): ...
    def __call__(self, again): ...
    @classmethod
    def make(cls, what): ...
    @staticmethod
    def tool(which): ...

class Small(Cart):
    def __new__(cls, how): ...

@dataclass
class Point:
    x: int
    y: int = 2

@dataclass
class Order:
    one: int = field(kw_only=True)
    hidden: int = field(init=False)
    two: int
    _: KW_ONLY
    three: str

@overload
def pick(a: int) -> int: ...
@overload
def pick(a: str, b: str) -> str: ...
def pick(*args): ...
`,
    'main.py': `from shop import *
é = "🚀"; call(«first»1, «second»2, «third»3, «keyword»four=4, «rest»other=5)
Cart(«init»)
Cart(1).add(«bound»)
Cart.add(«unbound»)
Cart.make(«classmethod»)
Cart.tool(«static»)
Cart(1)(«instance»)
Point(1, «field»)
pick(1, «overload»)
call(1, lambda x, y: «lambda»x)
Order(«fields»)
class Huge(Cart):
    def __init__(self):
        super().__init__(«super»

call(1, Cart(«inner»1), «outer»
    [3, {4: («deep»5)}
call(1, "é«string»
`,
};

function help(s, mark, more = {}) {
    return s.request('textDocument/signatureHelp', { ...s.at('main.py', mark), ...more });
}

async function ready(s) {
    await s.indexed();
    s.open('main.py');
}

/** The piece of the label that is the active parameter. */
function active({ signatures, activeSignature, activeParameter }) {
    const { label, parameters } = signatures[activeSignature];
    const parameter = parameters[activeParameter]?.label;
    return Array.isArray(parameter) ? label.slice(...parameter) : parameter;
}

for (const [mark, parameter] of [
    ['first', 'é'],
    ['second', 'two: int'],
    ['third', '*args'],
    ['keyword', 'four="🚀"'],
    ['rest', '**rest'],
    ['outer', '*args'],
    ['deep', '*args'],
    ['string', 'two: int'],
    ['field', 'y: int = 2'],
    ['lambda', 'two: int'],
]) {
    session(`the parameter at the cursor: «${mark}»`, { files }, async (s) => {
        await ready(s);
        assert.equal(active(await help(s, mark)), parameter);
    });
}

for (const [mark, label] of [
    ['first', 'call(é, /, two: int, *args, four="🚀", **rest) -> str'],
    ['init', 'Cart(size, color=None)'],
    ['bound', 'add(item)'],
    ['unbound', 'add(self, item)'],
    ['classmethod', 'make(what)'],
    ['static', 'tool(which)'],
    ['instance', 'Cart(again)'],
    ['field', 'Point(x: int, y: int = 2)'],
    ['fields', 'Order(two: int, *, one: int = field(kw_only=True), three: str)'],
    ['super', '__init__(size, color=None)'],
    ['inner', 'Cart(size, color=None)'],
]) {
    session(`what is called: «${mark}»`, { files }, async (s) => {
        await ready(s);
        const { signatures } = await help(s, mark);
        assert.deepEqual(signatures.map((signature) => signature.label), [label]);
    });
}

session('overloads: the first that takes the arguments, or the one chosen', { files }, async (s) => {
    await ready(s);
    const { signatures, activeSignature } = await help(s, 'overload');
    assert.deepEqual(signatures.map(({ label }) => label), ['pick(a: int) -> int', 'pick(a: str, b: str) -> str']);
    assert.equal(activeSignature, 1);
    const chosen = await help(s, 'overload', {
        context: { triggerKind: 3, isRetrigger: true, activeSignatureHelp: { signatures: [], activeSignature: 0 } },
    });
    assert.equal(chosen.activeSignature, 1, 'the one chosen takes one argument only');
});

session('documentation of the function and of its parameters', { files }, async (s) => {
    await ready(s);
    const { signatures } = await help(s, 'second');
    assert.equal(signatures[0].documentation, 'Call someone.');
    assert.deepEqual(signatures[0].parameters[1].documentation, { kind: 'markdown', value: 'How many é🚀.' });
});

session('documentation that stands elsewhere', { files: { 'main.py': `class Base:
    def grow(self, é): "Grows 🚀. More."
    def __init__(self): "Makes a base."
class Tree(Base):
    "A tree é."
    def grow(self, é): ...
    def __init__(self): ...
def f(): ...
f.__doc__ = "Says 🚀. More."
"é"; f(«attached»)
"é"; Tree(«made»).grow(«inherited»)
` } }, async (s) => {
    await s.indexed();
    s.open('main.py');
    const said = async (mark) => (await help(s, mark)).signatures[0].documentation;
    assert.equal(await said('attached'), 'Says 🚀.');
    assert.equal(await said('inherited'), 'Grows 🚀.');
    assert.equal(await said('made'), 'A tree é.');
});

session('plain documentation where that was asked for', { files, editor: eglot }, async (s) => {
    await ready(s);
    const { signatures } = await help(s, 'second');
    assert.equal(signatures[0].parameters[1].documentation.kind, 'plaintext');
});

session('labels instead of offsets for clients without', { files, editor: plain }, async (s) => {
    s.open('shop.py');
    s.open('main.py');
    const { signatures } = await help(s, 'second');
    assert.deepEqual(signatures[0].parameters.map(({ label }) => label), ['é', 'two: int', '*args', 'four="🚀"', '**rest']);
});

session('no call, no help', { files }, async (s) => {
    await ready(s);
    const start = { ...s.document('main.py'), position: { line: 0, character: 3 } };
    assert.equal(await s.request('textDocument/signatureHelp', start), null);
});

session('the signature is that of the stub, its documentation that of the source', {
    files: {
        'm.py': 'def call(é, two):\n    """Calls 🚀.\n\n    Args:\n        two: How many.\n    """\n',
        'm.pyi': 'def call(é: str, two: int) -> bytes: ...\n',
        'main.py': '"é🚀"; import m; m.call("🚀", «here»)\n',
    },
}, async (s) => {
    s.open('main.py');
    const { signatures: [signature] } = await s.request('textDocument/signatureHelp', s.at('main.py', 'here'));
    assert.equal(signature.label, 'call(é: str, two: int) -> bytes');
    assert.match(JSON.stringify(signature.documentation), /Calls 🚀\./);
    assert.match(JSON.stringify(signature.parameters[1].documentation), /How many\./);
});
