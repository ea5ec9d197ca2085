// Settings: initializationOptions, the client's settings, .headword.toml, pyproject.toml; which one wins; warnings.
//
// What is watched is search.limit: the most symbols that one answer holds.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, neovim, vscode } from './editors.mjs';

const source = { 'é🚀.py': '"é🚀"\n' + Array.from({ length: 9 }, (_, i) => `é_same_${i} = "🚀"\n`).join('') };
const pushOnly = like(vscode, (c) => (c.workspace.configuration = undefined));
const limit = (value) => ({ search: { limit: value } });
const count = async (s) => (await s.symbols('same')).length;
const warning = (s, pattern) => s.next('window/logMessage', ({ type, message }) => type === 2 && pattern.test(message));

/** Waits until an answer shows that the limit is `expected`. */
async function limitBecomes(s, expected) {
    while ((await count(s)) !== expected);
}

for (const [what, options] of [
    ['nested', { search: { limit: 3 } }],
    ['dotted', { 'search.limit': 3 }],
    ['below headword', { headword: { search: { limit: 3 } } }],
]) {
    session(`initializationOptions, ${what}`, { files: source, options, editor: pushOnly }, async (s) => {
        await s.indexed();
        assert.equal(await count(s), 3);
    });
}

session('workspace/configuration is asked after initialized', { files: source, settings: limit(4) }, async (s) => {
    const { items } = await s.next('workspace/configuration');
    assert.deepEqual(items.map((item) => item.section), ['headword']);
    await s.indexed();
    await limitBecomes(s, 4);
});

session('it wins over initializationOptions', { files: source, options: limit(3), settings: limit(4) }, async (s) => {
    await s.indexed();
    await limitBecomes(s, 4);
});

session('didChangeConfiguration makes the server ask again', { files: source, settings: limit(4) }, async (s) => {
    await s.next('workspace/configuration');
    await s.indexed();
    await limitBecomes(s, 4);
    s.settings = limit(5);
    s.notify('workspace/didChangeConfiguration', { settings: null });
    await s.next('workspace/configuration');
    await limitBecomes(s, 5);
    s.settings = null; // the user takes it back
    s.notify('workspace/didChangeConfiguration', {});
    await limitBecomes(s, 9);
});

session('didChangeConfiguration with the settings in it', { files: source, editor: pushOnly }, async (s) => {
    await s.indexed();
    s.notify('workspace/didChangeConfiguration', { settings: { headword: limit(2) } });
    assert.equal(await count(s), 2);
    s.notify('workspace/didChangeConfiguration', { settings: { other: 1 } });
    assert.equal(await count(s), 9);
    assert.ok(!s.has('workspace/configuration'));
});

session('changes are registered for where the client can', { files: source }, async (s) => {
    const { registrations } = await s.next('client/registerCapability', (params) =>
        params.registrations.some(({ method }) => method === 'workspace/didChangeConfiguration'));
    assert.equal(registrations[0].registerOptions.section, 'headword');
});

session('and not where it cannot', { files: source, editor: neovim }, async (s) => {
    await s.indexed();
    assert.ok(!s.has('client/registerCapability'));
});

for (const [file, text] of [
    ['.headword.toml', '# é🚀\n[search]\nlimit = 3\n'],
    ['.headword.toml', '# é🚀\nsearch.limit = 3\n'],
    ['pyproject.toml', '# é🚀\n[project]\nname = "é🚀"\n[tool.headword.search]\nlimit = 3\n[tool.other]\nlimit = 1\n'],
    ['pyproject.toml', '# é🚀\n[tool.headword]\nsearch.limit = 3\n'],
]) {
    session(`${file}: ${text.split('\n')[1]} …`, { files: { ...source, [file]: text } }, async (s) => {
        await s.indexed();
        assert.equal(await count(s), 3);
    });
}

session('.headword.toml is read instead of pyproject.toml', {
    files: { ...source, '.headword.toml': 'search.limit = 3 # é🚀\n', 'pyproject.toml': '[tool.headword]\nsearch.limit = 5\n' },
}, async (s) => {
    await s.indexed();
    assert.equal(await count(s), 3);
});

session('the client’s settings win over the file', {
    files: { ...source, '.headword.toml': 'search.limit = 3 # é🚀\n' },
    settings: limit(6),
}, async (s) => {
    await s.indexed();
    await limitBecomes(s, 6);
});

session('a change of the file counts at once', { files: { ...source, '.headword.toml': 'search.limit = 3 # é🚀\n' } }, async (s) => {
    await s.indexed();
    assert.equal(await count(s), 3);
    s.workspace.write('.headword.toml', 'search.limit = 5 # é🚀\n');
    s.filesChanged(['changed', '.headword.toml']);
    assert.equal(await count(s), 5);
    s.workspace.delete('.headword.toml');
    s.filesChanged(['deleted', '.headword.toml']);
    assert.equal(await count(s), 9);
});

for (const [what, options, pattern] of [
    ['an unknown key', { 'é🚀': 1 }, /é🚀/],
    ['an unknown nested key', { search: { speed: 3 } }, /search\.speed/],
    ['a value of the wrong type', { search: { limit: 'é🚀' } }, /search\.limit/],
    ['a negative number', { search: { limit: -1 } }, /search\.limit/],
    ['a list', { search: { limit: [1] } }, /search\.limit/],
]) {
    session(`${what} is warned of, and the rest still counts`, {
        files: source,
        editor: pushOnly,
        options: { ...options, 'pages.project': 'é🚀' },
    }, async (s) => {
        await warning(s, pattern);
        await s.indexed();
        assert.equal(await count(s), 9);
    });
}

for (const [what, text, pattern] of [
    ['an unknown key', '# é🚀\nsearch.speed = 3\nsearch.limit = 3\n', /\.headword\.toml:2.*search\.speed/],
    ['broken TOML', 'search.limit = 3\n"é🚀\n', /\.headword\.toml:2/],
]) {
    session(`${what} in a file is warned of with its line, and the rest still counts`, {
        files: { ...source, '.headword.toml': text },
    }, async (s) => {
        await warning(s, pattern);
        await s.indexed();
        assert.equal(await count(s), 3);
    });
}

session('nulls are settings that the user did not make', {
    files: source,
    settings: { search: { limit: null }, pages: null, positionEncoding: null },
}, async (s) => {
    await s.next('workspace/configuration');
    await s.indexed();
    assert.equal(await count(s), 9);
    assert.ok(!s.has('window/logMessage', ({ type }) => type <= 2));
});

session('a client that answers with nonsense', { files: source, settings: ['é🚀', 7] }, async (s) => {
    await s.next('workspace/configuration');
    await s.indexed();
    assert.equal(await count(s), 9);
});

session('a smaller index.maxFileBytes drops large files, a larger one reads them again', {
    files: { ...source, 'large.py': '"é🚀"\nlarge_one = 1\n' + '# é🚀\n'.repeat(500) },
    editor: pushOnly,
}, async (s) => {
    await s.indexed();
    assert.equal((await s.symbols('large_one')).length, 1);
    s.notify('workspace/didChangeConfiguration', { settings: { headword: { 'index.maxFileBytes': 1000 } } });
    await s.indexed();
    assert.equal((await s.symbols('large_one')).length, 0);
    assert.equal(await count(s), 9);
    s.notify('workspace/didChangeConfiguration', { settings: { headword: {} } });
    await s.indexed();
    assert.equal((await s.symbols('large_one')).length, 1);
});

const call = { 'é🚀.py': '"é🚀"\ndef greet():\n    "é🚀"\ngr«here»eet()\n' };
const hoverOf = (s) => s.request('textDocument/hover', s.at('é🚀.py', 'here'));

session('features.off: what is left to another server is answered with nothing, from the next request on', { files: call, editor: pushOnly }, async (s) => {
    await s.indexed();
    const change = (off) => s.notify('workspace/didChangeConfiguration', { settings: { headword: { features: { off } } } });
    assert.ok(await hoverOf(s));
    change('rename, hover ,semanticTokens');
    assert.equal(await hoverOf(s), null);
    assert.equal(await s.request('textDocument/prepareRename', s.at('é🚀.py', 'here')), null);
    assert.ok(await s.request('textDocument/definition', s.at('é🚀.py', 'here')));
    change('');
    assert.ok(await hoverOf(s));
});

session('features.off: a feature that is none is told', { files: call, options: { 'features.off': 'hover,é🚀' } }, async (s) => {
    await warning(s, /^features\.off: there is no é🚀$/);
});
