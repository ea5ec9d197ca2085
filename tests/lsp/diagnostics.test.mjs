// textDocument/publishDiagnostics: what cannot be parsed.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, lspMode, plain, vscode } from './editors.mjs';

const reports = (s, file) => s.next('textDocument/publishDiagnostics', ({ uri }) => uri === s.uri(file));
const files = { 'a.py': 'x = "é🚀"\n', 'broken.py': '"é🚀"; def «bad»f(:\n' };

session('source that cannot be parsed is reported where it is', { files }, async (s) => {
    s.open('broken.py');
    const { diagnostics } = await reports(s, 'broken.py');
    assert.ok(diagnostics.length > 0);
    const [first] = diagnostics;
    assert.equal(first.severity, 1);
    assert.equal(first.source, 'headword');
    assert.equal(first.code, 'syntax');
    assert.ok(first.message.length > 0);
    assert.equal(first.range.start.line, 0);
});

session('a region inside another is not told twice', { files: { 'a.py': '"é🚀"\n\'a 1 ) in\n' } }, async (s) => {
    s.open('a.py');
    const ranges = (await reports(s, 'a.py')).diagnostics.map(({ range }) => range);
    assert.deepEqual(ranges, [{ start: { line: 1, character: 0 }, end: { line: 1, character: 9 } }]);
});

session('good source is reported on with an empty list', { files }, async (s) => {
    s.open('a.py');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
});

session('breaking and mending a document', { files }, async (s) => {
    s.open('a.py');
    await reports(s, 'a.py');
    s.change('a.py', 'x = "é🚀" +* \n');
    const { diagnostics } = await reports(s, 'a.py');
    assert.ok(diagnostics.length > 0);
    s.change('a.py', 'x = "é🚀" + ""\n');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
});

session('closing takes the report back', { files }, async (s) => {
    s.open('broken.py');
    assert.ok((await reports(s, 'broken.py')).diagnostics.length > 0);
    s.close('broken.py');
    assert.deepEqual((await reports(s, 'broken.py')).diagnostics, []);
});

session('changes in quick succession are reported on once', { files }, async (s) => {
    s.open('a.py');
    for (let i = 0; i < 20; i++) s.change('a.py', `x = "é🚀" +* ${i}\n`);
    s.change('a.py', 'x = "é🚀"\n');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
    assert.ok(!s.has('textDocument/publishDiagnostics'));
});

session('the version is sent to clients that take it', { files, editor: lspMode }, async (s) => {
    s.open('a.py', undefined, { version: 7 });
    assert.equal((await reports(s, 'a.py')).version, 7);
    s.change('a.py', 'y = "é🚀"\n');
    assert.equal((await reports(s, 'a.py')).version, 8);
});

session('no version for clients that do not', { files }, async (s) => {
    s.open('a.py');
    assert.equal((await reports(s, 'a.py')).version, undefined);
});

session('none are sent to clients without them', { files, editor: plain }, async (s) => {
    s.open('broken.py');
    s.close('broken.py');
    await s.documentSymbols('broken.py');
    assert.ok(!s.has('textDocument/publishDiagnostics'));
});

session('a setting turns them off and on', {
    files,
    settings: { diagnostics: { syntax: false } },
    editor: like(vscode, (c) => (c.workspace.configuration = undefined)),
}, async (s) => {
    s.open('broken.py');
    assert.ok((await reports(s, 'broken.py')).diagnostics.length > 0);
    s.notify('workspace/didChangeConfiguration', { settings: { headword: { diagnostics: { syntax: false } } } });
    assert.deepEqual((await reports(s, 'broken.py')).diagnostics, []);
    s.notify('workspace/didChangeConfiguration', { settings: { headword: { diagnostics: { syntax: true } } } });
    assert.ok((await reports(s, 'broken.py')).diagnostics.length > 0);
});

session('a document with thousands of errors', { files: { 'a.py': '"é🚀"' } }, async (s) => {
    s.open('a.py', '"é🚀"; x = = 1\n'.repeat(3000));
    const { diagnostics } = await reports(s, 'a.py');
    assert.ok(diagnostics.length > 0 && diagnostics.length <= 1000, `${diagnostics.length}`);
});
