// workspace/symbol: symbols of the whole workspace by what someone types.
import assert from 'node:assert/strict';

import { ProgressType, SymbolKind, failure, session } from './client.mjs';
import { eglot, like, lspMode, plain, vscode } from './editors.mjs';

const files = {
    'net/conv.py': `"""é🚀"""
é = "🚀"; «limit»CONV_LIMIT = 3
class «class»Conv2d:
    """é🚀"""
    "é🚀"; stride = 1
    def «forward»forward(self): "é🚀"
def «function»conv2d(x): return Conv2d()
class _Conv2dHelper: "é🚀"
def conv2d_backward(): "é🚀"
def unfold_convolution_2d(): "é🚀"
`,
    'net/__init__.py': '"é🚀"\n',
    'naïve.py': 'def größe(): "🚀"\n',
};

session('a name finds its definition: kind, place, container', { files }, async (s) => {
    await s.indexed();
    const [found] = await s.symbols('forward');
    assert.deepEqual(found, {
        name: 'forward',
        kind: SymbolKind.Method,
        location: s.location('net/conv.py', 'forward'),
        containerName: 'net.conv.Conv2d',
    });
});

for (const editor of [vscode, eglot, lspMode]) {
    session(`columns behind é and 🚀 (${editor.clientInfo.name})`, { files, editor }, async (s) => {
        await s.indexed();
        const [found] = await s.symbols('CONV_LIMIT');
        assert.deepEqual(found.location, s.location('net/conv.py', 'limit'));
    });
}

session('exact names before prefixes before parts; private ones later', { files }, async (s) => {
    await s.indexed();
    const names = await s.names('conv2d');
    assert.deepEqual(new Set(names.slice(0, 2)), new Set(['conv2d', 'Conv2d']));
    assert.equal(names[2], 'conv2d_backward');
    assert.ok(names.indexOf('_Conv2dHelper') > 2, `${names}`);
});

for (const [query, expected] of [
    ['cv2d', 'conv2d'],
    ['clim', 'CONV_LIMIT'],
    ['ufcv', 'unfold_convolution_2d'],
    ['größe', 'größe'],
    ['Conv2d.forward', 'forward'],
    ['net.conv.Conv2d.forward', 'forward'],
    ['conv.CONV_LIMIT', 'CONV_LIMIT'],
]) {
    session(`“${query}” finds ${expected}`, { files }, async (s) => {
        await s.indexed();
        const names = await s.names(query);
        assert.ok(names.includes(expected), `${names}`);
    });
}

session('an empty query lists symbols, no more than the limit', { files, options: { search: { limit: 4 } } }, async (s) => {
    await s.indexed();
    assert.equal((await s.symbols('')).length, 4);
    assert.equal((await s.symbols('o')).length, 4);
});

session('the limit is 256 unless set', {
    files: { 'many.py': '"é🚀"\n' + Array.from({ length: 300 }, (_, i) => `def é_same_${i}(): pass\n`).join('') },
}, async (s) => {
    await s.indexed();
    assert.equal((await s.symbols('same')).length, 256);
});

session('0 is no limit', {
    options: { 'search.limit': 0 },
    files: { 'many.py': '"é🚀"\n' + Array.from({ length: 300 }, (_, i) => `def é_same_${i}(): pass\n`).join('') },
}, async (s) => {
    await s.indexed();
    assert.equal((await s.symbols('same')).length, 300);
});

session('nothing matches: an empty list', { files }, async (s) => {
    await s.indexed();
    for (const query of ['zzzzzz', '🚀🚀', '....', 'a'.repeat(10_000), ' ', '\0']) {
        const answer = await s.symbols(query);
        assert.ok(Array.isArray(answer), query);
    }
    assert.deepEqual(await s.symbols('zzzzzz'), []);
});

// --- docstrings ---

session('words of docstrings are found, behind all names', {
    files: {
        'a.py': 'def one():\n    """Decays the learning rate, é🚀."""\ndef learning(): "é🚀"\n',
        'b.py': 'def two():\n    """é🚀\n\n    Learning of it.\n    """\n',
    },
}, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('learning'), ['learning', 'one', 'two']);
    assert.deepEqual(await s.names('learning rate'), ['one']);
    assert.deepEqual(await s.names('a.learning'), ['learning']);
    assert.deepEqual(await s.names('of it'), [], 'words of three letters are too many docstrings');
});

session('words of docstrings do not exceed the limit', {
    options: { search: { limit: 2 } },
    files: { 'a.py': Array.from({ length: 3 }, (_, i) => `def f${i}():\n    """Learns é🚀."""\n`).join('') },
}, async (s) => {
    await s.indexed();
    assert.equal((await s.names('learns')).length, 2);
});

session('a docstring in an unsaved buffer is found, the one on disk is not', {
    files: { 'a.py': 'def one():\n    """Décroît é🚀."""\n' },
}, async (s) => {
    await s.indexed();
    s.open('a.py');
    s.change('a.py', 'def one():\n    """Grandit é🚀."""\n');
    assert.deepEqual(await s.names('GRAND'), ['one']);
    assert.deepEqual(await s.names('décroît'), []);
});

// --- streaming ---

const many = { 'many.py': '"é🚀"\n' + Array.from({ length: 300 }, (_, i) => `def é_same_${i}(): "🚀"\n`).join('') };

/** The answer of a request that may stream, and the pieces that went ahead. */
async function stream(s, method, params, token = 'é🚀') {
    const pieces = [];
    s.connection.onProgress(new ProgressType(), token, (piece) => pieces.push(piece));
    const answer = await s.request(method, { ...params, partialResultToken: token });
    return { answer, pieces };
}

for (const token of ['é🚀', 7]) {
    session(`long answers go in pieces, best first, when a client asks with a token (${token})`, { files: many }, async (s) => {
        await s.indexed();
        const whole = await s.symbols('same');
        const { answer, pieces } = await stream(s, 'workspace/symbol', { query: 'same' }, token);
        assert.deepEqual(answer, []);
        assert.ok(pieces.length > 1);
        assert.deepEqual(pieces.flat(), whole);
    });
}

session('short answers are not cut in pieces', { files: many }, async (s) => {
    await s.indexed();
    const { answer, pieces } = await stream(s, 'workspace/symbol', { query: 'same_299' });
    assert.equal(answer.length, 1);
    assert.deepEqual(pieces, []);
});

session('what is no token is none', { files: many }, async (s) => {
    await s.indexed();
    const answer = await s.request('workspace/symbol', { query: 'same', partialResultToken: { é: '🚀' } });
    assert.equal(answer.length, 256);
});

for (const editor of [vscode, plain]) {
    session(`document symbols and references stream too (${editor.clientInfo?.name ?? 'plain'})`, {
        editor,
        files: { 'a.py': 'class «class»É:\n    x = "🚀"\n' + 'É(); y = "🚀"\n'.repeat(400) },
    }, async (s) => {
        s.open('a.py');
        const whole = await s.documentSymbols('a.py');
        const symbols = await stream(s, 'textDocument/documentSymbol', s.document('a.py'));
        assert.deepEqual(symbols.answer, []);
        assert.deepEqual(symbols.pieces.flat(), whole);
        assert.ok(whole.length > 400);
        const context = { includeDeclaration: true };
        const references = await stream(s, 'textDocument/references', { ...s.at('a.py', 'class'), context }, 2);
        assert.deepEqual(references.answer, []);
        assert.equal(references.pieces.flat().length, 401);
    });
}

// --- resolving ---

const resolving = like(vscode, (capabilities) => {
    capabilities.workspace.symbol = { resolveSupport: { properties: ['location.range'] } };
});

session('a client that resolves gets places when it asks for them', { files, editor: resolving }, async (s) => {
    await s.indexed();
    assert.deepEqual(s.capabilities.workspaceSymbolProvider, { resolveProvider: true });
    const [found] = await s.symbols('CONV_LIMIT');
    assert.deepEqual(found.location, { uri: s.uri('net/conv.py') });
    const resolve = (symbol) => s.request('workspaceSymbol/resolve', symbol);
    assert.deepEqual(await resolve(found), { ...found, location: s.location('net/conv.py', 'limit') });
    s.open('net/conv.py');
    s.change('net/conv.py', `new = 1; é = 2\n${s.workspace.text('net/conv.py')}`); // it has another number now
    assert.deepEqual((await resolve(found)).location.range, s.find('net/conv.py', 'CONV_LIMIT'));
    const start = { line: 0, character: 0 };
    for (const gone of [{ ...found, name: 'é🚀' }, { ...found, location: { uri: s.uri('é.py') } }, { ...found, data: 0 }])
        assert.deepEqual((await resolve(gone)).location.range, { start, end: start });
    assert.equal((await failure(resolve({ ...found, data: '🚀' }))).code, -32602);
});

session('other clients are not offered resolving', { files }, async (s) => {
    assert.equal(s.capabilities.workspaceSymbolProvider, true);
});

// --- edits ---

session('an unsaved edit is found by the very next request', { files }, async (s) => {
    s.open('net/conv.py');
    s.change('net/conv.py', { range: s.word('net/conv.py', 'function'), text: 'renamed_é' });
    const [found] = await s.symbols('renamed_é');
    assert.equal(found.name, 'renamed_é');
    assert.deepEqual(found.location.range, s.find('net/conv.py', 'renamed_é'));
});

session('an unsaved rename leaves nothing of the old name', { files }, async (s) => {
    await s.indexed();
    assert.ok((await s.names('conv2d')).includes('conv2d'));
    s.open('net/conv.py');
    s.change('net/conv.py', { range: s.word('net/conv.py', 'function'), text: 'other' });
    assert.ok(!(await s.names('conv2d')).includes('conv2d'));
    s.close('net/conv.py');
    assert.ok((await s.names('conv2d')).includes('conv2d'));
});

session('an unsaved buffer that is not on disk is found', { files, editor: plain }, async (s) => {
    s.open('net/fresh.py', 'é = "🚀"; «x»brandnew = 1\n');
    const [found] = await s.symbols('brandnew');
    assert.deepEqual(found.location, s.location('net/fresh.py', 'x'));
});

session('answers come from the first moment', { files }, async (s) => {
    assert.ok(Array.isArray(await s.symbols('conv2d'))); // whatever is read by now
    await s.indexed();
    assert.ok((await s.names('conv2d')).includes('conv2d'));
});

session('the query must be a string', { files }, async (s) => {
    const error = await failure(s.request('workspace/symbol', { query: 7 }));
    assert.equal(error.code, -32602);
    assert.match(error.message, /query/);
});
