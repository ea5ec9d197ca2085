// workspace/symbol: symbols of the whole workspace by what someone types.
import assert from 'node:assert/strict';

import { SymbolKind, failure, session } from './client.mjs';
import { eglot, lspMode, plain, vscode } from './editors.mjs';

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
