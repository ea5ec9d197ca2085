// didOpen, didChange, didSave, didClose: the next request sees exactly the edits before it.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { eglot, like, lspMode, neovim, vscode } from './editors.mjs';

const names = async (s, file) => (await s.documentSymbols(file)).map((symbol) => symbol.name);
const at = (line, character) => ({ start: { line, character }, end: { line, character } });

session('the text of didOpen hides the file on disk until didClose', {
    files: { 'é🚀.py': '"é🚀"\ndef on_disk(): pass\n' },
}, async (s) => {
    await s.indexed();
    s.open('é🚀.py', '"é🚀"\ndef in_editor(): pass\n');
    assert.deepEqual(await names(s, 'é🚀.py'), ['in_editor']);
    assert.deepEqual(await s.names('on_disk'), []);
    s.close('é🚀.py');
    assert.deepEqual(await s.names('on_disk'), ['on_disk']);
    assert.deepEqual(await s.names('in_editor'), []);
});

session('a second didOpen replaces the text', { files: { 'a.py': '' } }, async (s) => {
    s.open('a.py', 'x = "é🚀"; first = 1\n', { languageId: 'fundamental', version: 0 });
    s.open('a.py', 'x = "é🚀"; second = 1\n', { version: 0 });
    assert.deepEqual(await names(s, 'a.py'), ['x', 'second']);
    s.close('a.py');
    assert.deepEqual(await names(s, 'a.py'), []);
});

session('a change of the whole text', { files: { 'a.py': 'x = "é🚀"\n' } }, async (s) => {
    s.open('a.py');
    s.change('a.py', '"é🚀"; y = 1\n');
    assert.deepEqual(await names(s, 'a.py'), ['y']);
});

for (const [encoding, editor] of [['utf-8', neovim], ['utf-16', vscode], ['utf-32', lspMode]]) {
    session(`an incremental change behind é and 🚀, in ${encoding}`, {
        editor,
        files: { 'a.py': 'x = "é🚀"; «from»old«to» = 1\n' },
    }, async (s) => {
        assert.equal(s.encoding, encoding);
        s.open('a.py');
        s.change('a.py', { range: s.range('a.py', 'from', 'to'), text: 'né🚀w'.replace('🚀', '') });
        const symbol = (await s.documentSymbols('a.py'))[1];
        assert.equal(symbol.name, 'néw');
        assert.deepEqual(symbol.selectionRange, s.find('a.py', 'néw'));
    });

    session(`several changes in one notification, each on the text of the one before, in ${encoding}`, {
        editor,
        files: { 'a.py': 'é = "🚀"; aa = 1\nbb = 2\n' },
    }, async (s) => {
        s.open('a.py');
        const first = { range: s.find('a.py', 'aa'), text: 'a🚀'.slice(0, 1) + 'é'.repeat(3) };
        s.change('a.py', first);
        s.change('a.py', { range: s.find('a.py', 'aééé = 1\n'), text: 'c = 3\r\n"🚀"; d = 4\n' }, { range: at(0, 0), text: '#' });
        assert.deepEqual(await names(s, 'a.py'), ['d', 'bb']);
        s.change('a.py', { range: s.find('a.py', '#'), text: '' });
        assert.deepEqual(await names(s, 'a.py'), ['é', 'c', 'd', 'bb']);
    });
}

for (const [name, end] of [['CRLF', '\r\n'], ['a lone CR', '\r'], ['LF', '\n']]) {
    session(`lines that end with ${name}`, {
        files: { 'a.py': ['é = "🚀"', 'x = "é🚀"; «old»old = 1', 'y = 2', ''].join(end) },
    }, async (s) => {
        s.open('a.py');
        s.change('a.py', { range: s.word('a.py', 'old'), text: 'new' });
        const symbols = await s.documentSymbols('a.py');
        assert.deepEqual(symbols.map((symbol) => symbol.name), ['é', 'x', 'new', 'y']);
        assert.deepEqual(symbols[2].selectionRange, s.find('a.py', 'new'));
        assert.equal(symbols[3].selectionRange.start.line, 2);
    });
}

session('U+0000 in the text', { files: { 'a.py': '' } }, async (s) => {
    s.open('a.py', 'x = "é🚀\0"; y = 1\n');
    const symbols = await s.documentSymbols('a.py');
    assert.deepEqual(symbols.map((symbol) => symbol.name), ['x', 'y']);
    assert.deepEqual(symbols[1].selectionRange, s.find('a.py', 'y'));
    s.change('a.py', { range: s.find('a.py', '\0'), text: '' });
    assert.deepEqual((await s.documentSymbols('a.py'))[1].selectionRange, s.find('a.py', 'y'));
});

session('positions behind the end of a line or of the text mean that end', {
    files: { 'a.py': 'é = "🚀"\nb = 1' },
}, async (s) => {
    s.open('a.py');
    s.change('a.py', { range: at(0, 4000), text: '; c = 2' });
    assert.deepEqual(await names(s, 'a.py'), ['é', 'c', 'b']);
    s.change('a.py', { range: at(77, 0), text: '\nd = 3' });
    assert.deepEqual(await names(s, 'a.py'), ['é', 'c', 'b', 'd']);
    s.change('a.py', { range: { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 2 ** 31 - 1 } }, text: 'e = 1' });
    assert.deepEqual(await names(s, 'a.py'), ['e']);
    assert.equal(await s.request('textDocument/hover', { ...s.document('a.py'), position: { line: 900, character: 9 } }), null);
});

session('a position inside of 🚀 does not split it', { files: { 'a.py': '"🚀é"; a = 1\n' } }, async (s) => {
    s.open('a.py');
    s.notify('textDocument/didChange', {
        textDocument: { uri: s.uri('a.py'), version: 2 },
        contentChanges: [{ range: at(0, 2), text: 'x' }],
    });
    const symbols = await s.documentSymbols('a.py');
    assert.deepEqual(symbols.map((symbol) => symbol.name), ['a']);
    assert.equal(symbols[0].selectionRange.start.character, 8);
});

session('a range the wrong way round is empty', { files: { 'a.py': '"é🚀"; ab = 1\n' } }, async (s) => {
    s.open('a.py');
    const { start, end } = s.find('a.py', 'ab');
    s.notify('textDocument/didChange', {
        textDocument: { uri: s.uri('a.py'), version: 2 },
        contentChanges: [{ range: { start: end, end: start }, text: 'c' }],
    });
    assert.equal((await names(s, 'a.py')).length, 1);
    assert.match((await names(s, 'a.py'))[0], /^(abc|cab)$/);
});

session('changes of a document that is not open are dropped', { files: { 'a.py': 'x = "é🚀"\n' } }, async (s) => {
    await s.indexed();
    s.notify('textDocument/didChange', {
        textDocument: { uri: s.uri('a.py'), version: 2 },
        contentChanges: [{ text: 'y = 1\n' }],
    });
    s.notify('textDocument/didClose', s.document('a.py'));
    s.notify('textDocument/didSave', s.document('a.py'));
    assert.deepEqual(await names(s, 'a.py'), ['x']);
});

session('didSave: what is saved stays after didClose', { files: { 'a.py': 'x = "é🚀"\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    s.change('a.py', '"é🚀"; saved = 1\n');
    s.save('a.py');
    s.close('a.py');
    assert.deepEqual(await names(s, 'a.py'), ['saved']);
});

session('a file made by saving an editor’s buffer stays after didClose', { files: { 'b.py': '"é🚀"' } }, async (s) => {
    await s.indexed();
    s.open('new é🚀.py', '"é🚀"; fresh = 1\n');
    s.save('new é🚀.py');
    s.close('new é🚀.py');
    assert.deepEqual(await s.names('fresh'), ['fresh']);
});

session('closing a buffer that never was a file forgets it', { files: { 'b.py': '"é🚀"' } }, async (s) => {
    await s.indexed();
    s.open('never.py', '"é🚀"; fleeting = 1\n');
    assert.deepEqual(await s.names('fleeting'), ['fleeting']);
    s.close('never.py');
    assert.deepEqual(await s.names('fleeting'), []);
});

session('an untitled buffer is read by its language', {}, async (s) => {
    const uri = 'untitled:Untitled-é🚀';
    const textDocument = { uri };
    s.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text: 'é = "🚀"; f = é\n' } });
    const symbols = await s.request('textDocument/documentSymbol', { textDocument });
    assert.deepEqual(symbols.map((symbol) => symbol.name), ['é', 'f']);
    const [target] = await s.request('textDocument/definition', { textDocument, position: { line: 0, character: 14 } });
    assert.equal(target.targetUri, uri);
    s.notify('textDocument/didClose', { textDocument });
    assert.deepEqual(await s.request('textDocument/documentSymbol', { textDocument }), []);
});

session('what a name says counts for more than the language that the client gives', { files: {} }, async (s) => {
    s.open('é🚀_docs.md', '# é🚀\n\ndef f(): pass\n', { languageId: 'python' }); // as Eglot 1.9 does at times
    assert.deepEqual(await s.documentSymbols('é🚀_docs.md'), []);
    s.open('SConstruct', 'def é(): return "🚀"\n', { languageId: 'python' });
    assert.deepEqual((await s.documentSymbols('SConstruct')).map(({ name }) => name), ['é']);
});

session('a document of another language has no symbols', { files: {} }, async (s) => {
    s.open('é🚀.md', '# é🚀\n\ndef f(): pass\n', { languageId: 'markdown' });
    assert.deepEqual(await s.documentSymbols('é🚀.md'), []);
    assert.equal(await s.request('textDocument/hover', { ...s.document('é🚀.md'), position: { line: 2, character: 5 } }), null);
});

session('URIs are compared by what they mean', {
    editor: like(eglot, () => {}),
    files: { 'é [x] 100%.py': 'x = "é🚀"\n' },
}, async (s) => {
    await s.indexed();
    const spelled = s.uri('é [x] 100%.py').replace('file:///', 'file://localhost/').replace('%C3%A9', '%c3%a9')
        .replace(/\.py$/, '%2Epy').replace('%25', '%');
    s.notify('textDocument/didOpen', { textDocument: { uri: spelled, languageId: 'python', version: 0, text: '"é🚀"; y = 1\n' } });
    assert.deepEqual(await names(s, 'é [x] 100%.py'), ['y']);
    const [found] = await s.symbols('y');
    assert.equal(found.location.uri, spelled, 'answers name an open document as the client does');
});

session('a character typed at a time', { files: { 'a.py': 'x = "é🚀"; \n' } }, async (s) => {
    s.open('a.py');
    for (const letter of 'typed_slowly = 1') {
        const end = s.find('a.py', '\n').start;
        s.change('a.py', { range: { start: end, end }, text: letter });
    }
    assert.deepEqual(await names(s, 'a.py'), ['x', 'typed_slowly']);
});

/** A file longer than what is parsed for an edit, with é and 🚀 in every line. */
const long = Array.from({ length: 700 }, (_, i) => `class C${i}:\n    é = "🚀"; x = ${i}\n    def m${i}(self, é="é🚀"): return é\n\n`).join('');

/** Every symbol by name, with the text that its selectionRange holds. */
async function shown(s, file) {
    const { text } = s.documents.get(s.uri(file));
    const lines = text.split('\n');
    const all = [];
    const collect = (symbols) => {
        for (const { name, range, selectionRange: { start, end }, children = [] } of symbols) {
            assert.equal(lines[start.line]?.slice(start.character, end.character), name);
            assert.ok(range.end.line < lines.length && range.end.character <= lines[range.end.line].length);
            all.push(name);
            collect(children);
        }
    };
    collect(await s.documentSymbols(file));
    return all;
}

session('edits of a long file show at once, at their places', { files: { 'a.py': long } }, async (s) => {
    s.open('a.py');
    const count = (await shown(s, 'a.py')).length;
    for (const name of ['m3', 'C350', 'm699']) {
        s.change('a.py', { range: s.find('a.py', `${name}`), text: `né${name}🚀`.replace('🚀', '') });
        assert.ok((await shown(s, 'a.py')).includes(`né${name}`));
    }
    const behind = s.find('a.py', 'return é\n\nclass C200').start;
    s.change('a.py', { range: { start: behind, end: behind }, text: '("é🚀"); ' });
    assert.equal((await shown(s, 'a.py')).length, count);
});

session('an open quote keeps the outline; at a pause all is as in a fresh session', { files: { 'a.py': long } }, async (s) => {
    s.open('a.py');
    const before = await shown(s, 'a.py');
    for (const quote of ['"""', '\n', 'é🚀 ']) {
        const at = s.find('a.py', '\nclass C300').start;
        s.change('a.py', { range: { start: at, end: at }, text: quote });
        assert.deepEqual(await shown(s, 'a.py'), before);
    }
    const uri = s.uri('a.py');
    await s.next('textDocument/publishDiagnostics', ({ diagnostics }) => diagnostics.length > 0);
    const broken = await s.documentSymbols('a.py');
    s.open('b.py', s.documents.get(uri).text);
    assert.deepEqual(await s.documentSymbols('b.py'), broken);
});

session('several documents, changed in turn', { files: { 'a.py': long, 'b.py': '"é🚀"; b = 1\n', 'c.py': '' } }, async (s) => {
    for (const file of ['a.py', 'b.py', 'c.py']) s.open(file);
    for (let i = 0; i < 5; i++) {
        for (const file of ['a.py', 'b.py', 'c.py']) s.change(file, { range: at(0, 0), text: `"é🚀"; v${i} = ${i}\n` });
    }
    const five = ['v4', 'v3', 'v2', 'v1', 'v0'];
    assert.deepEqual((await shown(s, 'a.py')).slice(0, 6), [...five, 'C0']);
    assert.deepEqual(await shown(s, 'b.py'), [...five, 'b']);
    assert.deepEqual(await shown(s, 'c.py'), five);
});

session('bursts of undo and redo', { files: { 'a.py': long } }, async (s) => {
    s.open('a.py');
    const { text } = s.documents.get(s.uri('a.py'));
    const before = await shown(s, 'a.py');
    const typed = 'def typed(é="🚀"):\n    return [\n        é]\n\n';
    for (let i = 0; i < 4; i++) {
        for (const letter of typed) {
            const place = s.find('a.py', 'class C100:').start;
            s.change('a.py', { range: { start: place, end: place }, text: letter });
        }
        if (i % 2) assert.ok((await shown(s, 'a.py')).includes('typed'));
        for (const letter of [...typed].reverse()) {
            const { start } = s.find('a.py', 'class C100:');
            const end = letter === '\n' ? { line: start.line - 1, character: 1e9 } : { line: start.line, character: start.character - letter.length };
            s.change('a.py', { range: { start: end, end: start }, text: '' });
        }
    }
    assert.equal(s.documents.get(s.uri('a.py')).text, text);
    assert.deepEqual(await shown(s, 'a.py'), before);
});

session('a thousand changes in one notification', { files: { 'a.py': long } }, async (s) => {
    s.open('a.py');
    const changes = Array.from({ length: 1000 }, (_, i) => ({ range: at(i % 700 * 4, 0), text: i % 2 ? '\n' : '#' }));
    const half = changes.slice(0, 500), rest = changes.slice(500);
    s.change('a.py', ...half, ...rest);
    const { text } = s.documents.get(s.uri('a.py'));
    s.open('b.py', text);
    assert.deepEqual((await shown(s, 'a.py')).sort(), (await shown(s, 'b.py')).sort());
});

session('the whole text, replaced again and again', { files: { 'a.py': long } }, async (s) => {
    s.open('a.py');
    s.change('a.py', long.replace('m500', 'renamed_é'));
    assert.ok((await shown(s, 'a.py')).includes('renamed_é'));
    s.change('a.py', '"é🚀"; y = 1\n');
    assert.deepEqual(await shown(s, 'a.py'), ['y']);
    s.change('a.py', '');
    s.change('a.py', `${long}last = "é🚀"`);
    assert.equal((await shown(s, 'a.py')).at(-1), 'last');
});
