// textDocument/semanticTokens: what each name is.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, neovim, vscode } from './editors.mjs';
import { offsetAt } from './fixture.mjs';

const all = {
    requests: { full: { delta: true }, range: true },
    formats: ['relative'],
    tokenTypes: [
        'namespace', 'type', 'class', 'enum', 'typeParameter', 'parameter', 'variable', 'property', 'enumMember', 'function',
        'method', 'decorator',
    ],
    tokenModifiers: [
        'declaration', 'definition', 'readonly', 'static', 'deprecated', 'abstract', 'async', 'modification', 'defaultLibrary',
    ],
};
const taking = (editor, tokens, workspace) =>
    like(editor, (c) => {
        c.textDocument.semanticTokens = tokens;
        if (workspace) c.workspace.semanticTokens = workspace;
    });
const editor = taking(vscode, all, { refreshSupport: true });

/** Encoded tokens as "name type modifier…". */
function decode(s, name, data) {
    const text = s.documents.get(s.uri(name))?.text ?? s.workspace.text(name);
    const { tokenTypes, tokenModifiers } = s.capabilities.semanticTokensProvider.legend;
    const found = [];
    let line = 0, character = 0;
    assert.equal(data.length % 5, 0);
    for (let i = 0; i < data.length; i += 5) {
        const [down, right, length, type, modifiers] = data.slice(i, i + 5);
        assert.ok(down > 0 || right > 0 || i === 0);
        line += down;
        character = down ? right : character + right;
        const at = (column) => offsetAt(text, { line, character: column }, s.encoding);
        const names = tokenModifiers.filter((_, bit) => (modifiers >> bit) & 1);
        found.push([text.slice(at(character), at(character + length)), tokenTypes[type], ...names].join(' '));
    }
    return found;
}

const FULL = 'textDocument/semanticTokens/full';
const DELTA = 'textDocument/semanticTokens/full/delta';
const RANGE = 'textDocument/semanticTokens/range';
const request = (s, name, method, more) => s.request(method, { ...s.document(name), ...more });
const full = async (s, name) => decode(s, name, (await request(s, name, FULL)).data);

const everything = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

const files = {
    'shop/__init__.py': 'é = "🚀"\n',
    'shop/cart.py': `from enum import Enum
LIMIT = 1
class Cart:
    def add(self): ...
class Kind(Enum):
    É = "🚀"
def make(): ...
`,
    'é🚀.py': `"é🚀"; import shop.cart as «start»cart
from shop.cart import Cart, Kind as K, make, unknown
class Söme[T](Cart):
    size: int = 0
    def __init__(self, é: T, *, key=None):
        self.é = é; "🚀"; self.add()
    @property
    def total(self): return self.total
    @staticmethod
    @wrap.deprecated("🚀")
    async def build(x): await x.run(key=x.value)
LIMIT = 1; LIMIT = K.É
for name in [make(), cart.make()]:
    name, len, cart.LIMIT, cart.Cart.add, missing, unknown
«end»`,
};

session('by what a name is bound to, through imports', { files, editor }, async (s) => {
    await s.next('workspace/semanticTokens/refresh'); // everything is read, builtins too
    assert.deepEqual(await full(s, 'é🚀.py'), [
        'shop namespace', 'cart namespace', 'cart namespace', //
        'shop namespace', 'cart namespace', 'Cart class', 'Kind enum', 'K enum', 'make function',
        'Söme class declaration definition', 'T typeParameter declaration', 'Cart class',
        'size property declaration', 'int class defaultLibrary',
        '__init__ method declaration definition', 'self parameter declaration', 'é parameter declaration', 'T typeParameter',
        'key parameter declaration',
        'self parameter', 'é property modification', 'é parameter', 'self parameter', 'add method',
        'property decorator defaultLibrary',
        'total property declaration definition', 'self parameter declaration', 'self parameter', 'total property',
        'staticmethod decorator defaultLibrary', 'deprecated decorator',
        'build method declaration definition static deprecated async', 'x parameter declaration', 'x parameter', 'run method',
        'key parameter', 'x parameter', 'value property',
        'LIMIT variable declaration readonly', 'LIMIT variable readonly modification', 'K enum', 'É enumMember readonly',
        'name variable declaration', 'make function', 'cart namespace', 'make function',
        'name variable', 'len function defaultLibrary', 'cart namespace', 'LIMIT variable readonly', 'cart namespace',
        'Cart class', 'add method',
    ]);
});

session('a part of a file is told as in the whole', { files, editor }, async (s) => {
    await s.next('workspace/semanticTokens/refresh');
    s.open('é🚀.py');
    const names = await full(s, 'é🚀.py');
    for (let start = 0; start < 12; start++) {
        const range = { start: { line: start, character: 0 }, end: { line: start + 2, character: 0 } };
        const part = decode(s, 'é🚀.py', (await request(s, 'é🚀.py', RANGE, { range })).data);
        assert.ok(names.join('\n').includes(part.join('\n')), `${start}`);
        assert.ok(part.length > 0);
    }
    const behind = { start: { line: 99, character: 0 }, end: { line: 999, character: 0 } };
    assert.deepEqual((await request(s, 'é🚀.py', RANGE, { range: behind })).data, []);
});

session('edits since the last answer', { files, editor }, async (s) => {
    await s.next('workspace/semanticTokens/refresh');
    s.open('é🚀.py');
    let { resultId, data } = await request(s, 'é🚀.py', FULL);
    const changes = [
        { range: s.word('é🚀.py', 'start'), text: 'é🚀; kart' },
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: 'first\nsecond\n' },
        { range: { start: { line: 3, character: 0 }, end: { line: 6, character: 0 } }, text: '' },
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# "é🚀" ' },
        '',
        'x = x.y\n',
    ];
    for (const change of changes) {
        s.change('é🚀.py', change);
        const answer = await request(s, 'é🚀.py', DELTA, { previousResultId: resultId });
        assert.notEqual(answer.resultId, resultId);
        for (const edit of answer.edits) data.splice(edit.start, edit.deleteCount, ...edit.data);
        resultId = answer.resultId;
        assert.deepEqual(data, (await request(s, 'é🚀.py', RANGE, { range: everything })).data);
    }
    const same = await request(s, 'é🚀.py', DELTA, { previousResultId: resultId });
    assert.deepEqual(same.edits, []);
});

session('one letter is a small edit; an unknown number gets everything', { files: { 'a.py': '' }, editor }, async (s) => {
    s.open('a.py', 'é = 1\n'.repeat(500));
    const { resultId } = await request(s, 'a.py', FULL);
    s.change('a.py', { range: { start: { line: 250, character: 1 }, end: { line: 250, character: 1 } }, text: 'b' });
    const { edits } = await request(s, 'a.py', DELTA, { previousResultId: resultId });
    assert.equal(edits.length, 1);
    assert.ok(edits[0].data.length <= 5);
    for (const previousResultId of [resultId, '', 'é🚀']) {
        assert.equal((await request(s, 'a.py', DELTA, { previousResultId })).data.length, 5 * 500);
    }
});

const few = {
    ...all,
    requests: { full: { delta: false }, range: false },
    tokenTypes: ['class', 'variable', 'function', 'number'],
    tokenModifiers: ['async', 'static'],
};

session('only what the client knows, under the name of its next of kin', { files, editor: taking(neovim, few) }, async (s) => {
    await s.indexed();
    assert.deepEqual(s.capabilities.semanticTokensProvider, {
        legend: { tokenTypes: ['class', 'function', 'variable'], tokenModifiers: ['static', 'async'] },
        full: {},
    });
    const names = await full(s, 'é🚀.py');
    assert.ok(names.includes('build function static async'));
    assert.ok(names.includes('T class') && names.includes('É variable') && names.includes('K class'));
    assert.ok(!names.some((name) => name.startsWith('shop')));
});

session('nothing is announced to clients without', { files: {} }, async (s) => {
    assert.equal(s.capabilities.semanticTokensProvider, undefined);
});

session('half-typed code, no names, no document', { files, editor }, async (s) => {
    s.open('é🚀.py', 'class A:\n    def f(self):\n        self.\n\ndef g(é, \n');
    const names = await full(s, 'é🚀.py');
    assert.ok(names.includes('A class declaration definition') && names.includes('self parameter declaration'), `${names}`);
    s.change('é🚀.py', '"é🚀"\n');
    assert.deepEqual(await full(s, 'é🚀.py'), []);
    assert.deepEqual((await request(s, 'missing.py', FULL)).data, []);
});

session('asked for anew when another file has changed', { files, editor }, async (s) => {
    await s.next('workspace/semanticTokens/refresh');
    s.open('é🚀.py');
    assert.ok((await full(s, 'é🚀.py')).includes('make function'));
    s.workspace.write('shop/cart.py', '"é🚀"; make = 1\n');
    s.filesChanged(['changed', 'shop/cart.py']);
    await s.next('workspace/semanticTokens/refresh');
    assert.ok((await full(s, 'é🚀.py')).includes('make variable'));
});
