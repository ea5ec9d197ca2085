// What no good client sends, and what no good disk holds: the server goes on or ends cleanly.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { ErrorCode, session } from './client.mjs';
import { Workspace } from './fixture.mjs';
import { withVolume, whyNoVolume } from './volume.mjs';
import { frame } from './frames.mjs';
import { withWire } from './wire.mjs';

const isFault = (message) => message.id === null && message.error !== undefined;
const note = frame({ jsonrpc: '2.0', method: '$/setTrace', params: { value: 'off' } });

// --- frames ---

for (const [what, bytes, code] of [
    ['a body that is not JSON', frame('{"é🚀": '), ErrorCode.ParseError],
    ['a body that is binary', frame(Buffer.from([0, 255, 254, 13, 10]).toString('latin1')), ErrorCode.ParseError],
    ['an empty body', Buffer.from('Content-Length: 0\r\n\r\n'), ErrorCode.ParseError],
    ['a length that is too short', Buffer.from('Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","method":"é🚀"}'), ErrorCode.ParseError],
    ['a length that is no number', Buffer.from('Content-Length: é🚀\r\n\r\n'), ErrorCode.ParseError],
    ['a negative length', Buffer.from('Content-Length: -5\r\n\r\n{"a":'), ErrorCode.ParseError],
    ['a gigantic length', Buffer.from('Content-Length: 99999999999999999999\r\n\r\n'), ErrorCode.ParseError],
    ['a header without a length', Buffer.from('Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n'), ErrorCode.ParseError],
    ['text between frames', Buffer.from('é🚀 what a log line looks like\r\n\r\n'), ErrorCode.ParseError],
    ['a batch', frame([{ jsonrpc: '2.0', id: 1, method: 'shutdown' }]), ErrorCode.InvalidRequest],
    ['a string', frame('"é🚀"'), ErrorCode.InvalidRequest],
    ['a number', frame('7'), ErrorCode.InvalidRequest],
    ['null', frame('null'), ErrorCode.InvalidRequest],
    ['an object without method', frame('{"é🚀": 1}'), ErrorCode.InvalidRequest],
    ['a method that is no string', frame({ jsonrpc: '2.0', method: 7 }), ErrorCode.InvalidRequest],
]) {
    test(`${what}: an error, and the next message counts`, () =>
        withWire({}, async (wire) => {
            await wire.initialize();
            await wire.write(Buffer.concat([bytes, note]));
            assert.equal((await wire.next(isFault)).error.code, code);
            assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
            await wire.stop();
        }));
}

test('a length that is too long takes the next message with it; the one after counts', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const body = '{"jsonrpc":"2.0","method":"é🚀"}';
        await wire.write(Buffer.concat([Buffer.from(`Content-Length: ${Buffer.byteLength(body) + 10}\r\n\r\n${body}`), note, note]));
        assert.equal((await wire.next(isFault)).error.code, ErrorCode.ParseError);
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        await wire.stop();
    }));

test('frames that arrive a byte at a time, and several in one piece', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const ask = (id) => frame({ jsonrpc: '2.0', id, method: 'workspace/symbol', params: { query: 'é🚀' } });
        for (const byte of ask('slow')) await wire.write(Buffer.from([byte]));
        assert.deepEqual((await wire.answer('slow')).result, []);
        await wire.write(Buffer.concat([ask('a'), ask('b'), ask('c')]));
        for (const id of ['a', 'b', 'c']) assert.deepEqual((await wire.answer(id)).result, []);
        await wire.stop();
    }));

test('headers in other letters, with a type, with bare line ends', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 'é🚀', method: 'workspace/symbol', params: { query: 'é🚀' } }));
        const header = `content-LENGTH:${body.length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n`;
        await wire.write(Buffer.concat([Buffer.from(header), body]));
        assert.deepEqual((await wire.answer('é🚀')).result, []);
        await wire.stop();
    }));

test('JSON nested 100,000 deep is refused', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        await wire.write(frame('['.repeat(100_000) + ']'.repeat(100_000)));
        assert.ok((await wire.next(isFault)).error.code < 0);
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        await wire.stop();
    }));

test('lone surrogates and ill-formed UTF-8 in strings are replaced', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const uri = 'untitled:é🚀';
        await wire.write(frame(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"${uri}","languageId":"python","version":1,"text":"é = '\\ud83d'; a = 1\\n"}}}`));
        const symbols = await wire.request('textDocument/documentSymbol', { textDocument: { uri } });
        assert.deepEqual(symbols.result.map(({ name }) => name), ['é', 'a']);
        const broken = Buffer.from('{"jsonrpc":"2.0","id":"x","method":"workspace/symbol","params":{"query":"é🚀??"}}');
        broken[broken.indexOf('??')] = 0xff;
        await wire.write(Buffer.concat([Buffer.from(`Content-Length: ${broken.length}\r\n\r\n`), broken]));
        assert.deepEqual((await wire.answer('x')).result, []);
        await wire.stop();
    }));

test('ids of every kind come back as they were', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        for (const id of [0, -1, 2 ** 53, 'é🚀', '']) {
            assert.ok((await wire.request('workspace/symbol', { query: 'é🚀' }, id)).result, `${id}`);
        }
        await wire.send({ jsonrpc: '2.0', id: { é: 1 }, method: 'shutdown' });
        assert.equal((await wire.next(isFault)).error.code, ErrorCode.InvalidRequest);
        await wire.stop();
    }));

test('answers to nothing are dropped', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        await wire.send({ jsonrpc: '2.0', id: 77, result: 'é🚀' }, { jsonrpc: '2.0', id: null, error: { code: 1, message: 'é🚀' } }, { jsonrpc: '2.0', id: 'x', error: null, result: null });
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        await wire.stop();
    }));

// --- methods and params ---

const requests = [
    'textDocument/hover', 'textDocument/definition', 'textDocument/documentSymbol', 'workspace/symbol',
    'textDocument/codeAction', 'codeAction/resolve', 'workspace/executeCommand',
];
const notifications = [
    'initialized', '$/setTrace', '$/cancelRequest', 'window/workDoneProgress/cancel', 'textDocument/didOpen', 'textDocument/didChange',
    'textDocument/didSave', 'textDocument/didClose', 'workspace/didChangeWorkspaceFolders',
    'workspace/didChangeConfiguration', 'workspace/didChangeWatchedFiles',
];
const uri = 'untitled:é🚀';
const wrong = [
    undefined, null, [], {}, 'é🚀', 7, true, { textDocument: null }, { textDocument: 'é🚀' }, { textDocument: { uri: 7 } },
    { textDocument: { uri }, position: null, text: null }, { textDocument: { uri }, position: { line: -1, character: 0 } },
    { textDocument: { uri }, position: { line: 'é', character: 1.5 } }, { textDocument: { uri }, contentChanges: 'é🚀' },
    { textDocument: { uri, text: 7, languageId: [], version: {} } }, { textDocument: { uri }, contentChanges: [null, 7, { range: {} }] },
    { textDocument: { uri }, contentChanges: [{ text: 'x', range: { start: { line: -1 }, end: 'é' } }] },
    { changes: [null, 'é🚀', { uri: 7 }, {}] }, { changes: {} }, { event: null }, { event: { added: 'é', removed: {} } },
    { event: { added: [null, 7], removed: [{}] } }, { settings: 7 }, { settings: { headword: ['é🚀'] } }, { token: {} }, { id: {} },
    { value: {} }, { query: null }, { command: null, arguments: null }, { title: 7, data: 'é🚀' }, { title: 'é', data: 7 },
    { context: 7, textDocument: { uri }, range: null }, { context: { only: 'é🚀' }, textDocument: { uri } }, { context: { only: [7, null] }, textDocument: { uri } },
];

for (const method of requests) {
    test(`${method} with wrong params: InvalidParams and what is wrong, or a harmless answer`, () =>
        withWire({}, async (wire) => {
            await wire.initialize();
            for (const params of wrong) {
                const answer = await wire.request(method, params);
                if (!answer.error) continue;
                assert.ok([ErrorCode.InvalidParams, ErrorCode.RequestFailed].includes(answer.error.code), JSON.stringify({ params, answer }));
                assert.match(answer.error.message, /\w/);
            }
            assert.equal((await wire.request(method, {})).error?.code, ErrorCode.InvalidParams);
            await wire.stop();
        }));
}

for (const method of notifications) {
    test(`${method} with wrong params is dropped`, () =>
        withWire({}, async (wire) => {
            await wire.initialize();
            await wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text: 'é = "🚀"\n' } });
            for (const params of wrong) await wire.notify(method, params);
            assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
            await wire.stop();
        }));
}

test('initialize with wrong params', () =>
    withWire({}, async (wire) => {
        assert.equal((await wire.request('initialize', 'é🚀')).error.code, ErrorCode.InvalidParams);
        assert.equal((await wire.request('initialize')).error.code, ErrorCode.InvalidParams);
        const odd = { processId: 'é', rootUri: 7, rootPath: [], capabilities: 7, workspaceFolders: [null, 7, {}, { uri: [] }], initializationOptions: 'é🚀' };
        assert.ok((await wire.request('initialize', odd)).result);
        await wire.stop();
    }));

test('capabilities of the wrong types are not announced', () =>
    withWire({}, async (wire) => {
        const capabilities = {
            general: { positionEncodings: [7, null, 'utf-8'] }, window: 7, workspace: { workspaceEdit: 'é', configuration: 'yes', workspaceFolders: 1 },
            textDocument: { hover: { contentFormat: [7, 'plaintext'] }, codeAction: [], definition: null, documentSymbol: 'é🚀' },
        };
        const { result } = await wire.initialize(null, { capabilities });
        assert.equal(result.capabilities.positionEncoding, 'utf-8');
        assert.equal(result.capabilities.workspace?.workspaceFolders, undefined);
        await wire.stop();
    }));

test('unknown methods', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        for (const method of ['é🚀', '', '$/é🚀', 'textDocument/Hover', 'textDocument/hover ']) {
            assert.equal((await wire.request(method, {})).error.code, ErrorCode.MethodNotFound, method);
            await wire.notify(method, {});
        }
        await wire.stop();
    }));

test('a request sent as a notification, and the other way round', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        await wire.notify('textDocument/hover', {});
        await wire.notify('shutdown');
        assert.ok((await wire.request('textDocument/didOpen', {})).error);
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        await wire.stop();
    }));

// --- sources ---

const odd = {
    'good.py': '"é🚀"\nwell = 1\n',
    'latin.py': Buffer.from('# -*- coding: latin-1 -*-\n"\xe9"\nin_latin = "\xe9"\n', 'latin1'),
    'invalid.py': Buffer.concat([Buffer.from('"é🚀"\n'), Buffer.from([0x22, 0xff, 0xc3, 0x28, 0x22, 10]), Buffer.from('after_bytes = 1\n')]),
    'nul.py': Buffer.from('"é🚀\0"\nafter_nul = 1\n'),
    'crlf.py': '"é🚀"\r\nafter_crlf = 1\r\n',
    'cr.py': '"é🚀"\rafter_cr = 1\r',
    'bom.py': '\ufeff"é🚀"\nafter_bom = 1\n',
    'utf16.py': Buffer.from('\ufeff"é🚀"\nwide = 1\n', 'utf16le'),
    'no_end.py': '"é🚀"; at_the_end = 1',
    'empty.py': '',
    'unknown.py': '# coding: é🚀-nonsense\nnonsense_coding = 1\n',
    'binary.py': Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) & 255)),
};

session('files in odd encodings: what can be read is found', { files: odd }, async (s) => {
    await s.indexed();
    for (const name of ['well', 'in_latin', 'after_bytes', 'after_nul', 'after_crlf', 'after_cr', 'after_bom', 'at_the_end']) {
        assert.ok((await s.names(name)).includes(name), name);
    }
    for (const name of Object.keys(odd)) {
        const symbols = await s.documentSymbols(name);
        assert.ok(Array.isArray(symbols));
        for (const { selectionRange } of symbols) await s.request('textDocument/hover', { ...s.document(name), position: selectionRange.start });
    }
});

session('pages of files in odd encodings', { files: odd }, async (s) => {
    await s.indexed();
    for (const name of Object.keys(odd)) {
        const action = (await s.codeActions(name)).find(({ title }) => title === 'Generate doc page');
        if (action) s.apply((await s.request('codeAction/resolve', action)).edit);
    }
    assert.ok(s.workspace.exists('docs/headword/latin.py_docs.md'));
});

session('100,000 nested parentheses', { files: { 'good.py': '"é🚀"\nwell = 1\n' } }, async (s) => {
    await s.indexed();
    const deep = `"é🚀"; before = 1\nx = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\nafterwards = 1\n`;
    s.workspace.write('deep.py', deep);
    s.filesChanged(['created', 'deep.py']);
    s.open('deep.py');
    assert.ok((await s.documentSymbols('deep.py')).some(({ name }) => name === 'before'));
    await s.request('textDocument/hover', { ...s.document('deep.py'), position: { line: 1, character: 50_000 } });
    const [action] = await s.codeActions('deep.py');
    await s.request('codeAction/resolve', action);
    s.change('deep.py', '['.repeat(100_000));
    assert.ok(Array.isArray(await s.documentSymbols('deep.py')));
    assert.ok((await s.names('well')).includes('well'));
});

test('50 MB in a single line, on disk: skipped with its reason in the log; in a buffer: a warning', () => {
    const workspace = new Workspace({ 'good.py': '"é🚀"\nwell = 1\n' });
    const line = Buffer.alloc(50_000_000, '"é🚀", ');
    workspace.write('long.py', Buffer.concat([Buffer.from('x = ['), line]));
    return withWire({}, async (wire) => {
        await wire.initialize(workspace);
        while (!(await wire.request('workspace/symbol', { query: 'well' })).result.length);
        const uri = pathToFileURL(workspace.path('long.py')).href;
        await wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text: `x = [${line}` } });
        const isWarning = ({ method, params }) => method === 'window/logMessage' && params.type === 2 && params.message.includes('long.py');
        assert.ok(Array.isArray((await wire.request('textDocument/documentSymbol', { textDocument: { uri } })).result));
        await wire.next(isWarning);
        await wire.notify('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ range: { start: { line: 0, character: 40_000_000 }, end: { line: 0, character: 41_000_000 } }, text: 'é🚀' }] });
        const hover = await wire.request('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 30_000_000 } });
        assert.ok('result' in hover);
        await wire.notify('textDocument/didClose', { textDocument: { uri } });
        assert.equal((await wire.request('workspace/symbol', { query: 'well' })).result.length, 1);
        await wire.stop();
        assert.match(wire.server.stderr, /long\.py.*(large|bytes)/);
    }).finally(() => workspace.remove());
});

test('an unreadable folder is skipped and the rest is read', { skip: process.getuid?.() === 0 && 'root reads every folder' }, () => {
    const workspace = new Workspace({ 'good.py': '"é🚀"\nwell = 1\n', 'closed é/b.py': 'x = 1\n', 'closed.py': 'y = 1\n' });
    fs.chmodSync(workspace.path('closed é'), 0);
    fs.chmodSync(workspace.path('closed.py'), 0);
    return withWire({}, async (wire) => {
        await wire.initialize(workspace);
        while (!(await wire.request('workspace/symbol', { query: 'well' })).result.length);
        await wire.stop();
        assert.match(wire.server.stderr, /closed é/);
    }).finally(() => {
        fs.chmodSync(workspace.path('closed é'), 0o700);
        workspace.remove();
    });
});

test('things that are no files but are named so', () => {
    const workspace = new Workspace({ 'good.py': '"é🚀"\nwell = 1\n', 'folder.py/inner.py': '"é🚀"\ninside = 1\n' });
    return withWire({}, async (wire) => {
        await wire.initialize(workspace);
        while (!(await wire.request('workspace/symbol', { query: 'inside' })).result.length);
        const folder = pathToFileURL(workspace.path('folder.py')).href;
        await wire.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: folder, type: 2 }, { uri: 'file:///dev/zero', type: 1 }, { uri: 'file:///proc/self/mem', type: 1 }] });
        assert.deepEqual((await wire.request('textDocument/documentSymbol', { textDocument: { uri: folder } })).result, []);
        await wire.stop();
    }).finally(() => workspace.remove());
});

// --- a full disk ---

test('a full disk while a page is written: an error, no half page, and the server goes on', { skip: whyNoVolume }, () =>
    withVolume(256 * 1024, (folder) => {
        const workspace = new Workspace({ 'a.py': `"""é🚀"""\n${'def é(): "🚀"\n'.repeat(20)}` }, folder);
        fs.writeFileSync(`${folder}/filler`, '');
        return withWire({}, async (wire) => {
            await wire.initialize(workspace);
            const uri = pathToFileURL(workspace.path('a.py')).href;
            while (!(await wire.request('workspace/symbol', { query: 'é' })).result.length);
            fillUp(`${folder}/filler`);
            const generate = () => wire.request('workspace/executeCommand', { command: 'headword.generatePage', arguments: [uri] });
            const { error } = await generate();
            assert.equal(error.code, ErrorCode.RequestFailed);
            assert.match(error.message, /a\.py_docs\.md|docs/);
            assert.deepEqual(workspace.list('docs'), [], 'no page, and nothing beside it');
            fs.rmSync(`${folder}/filler`);
            assert.equal((await generate()).result, null);
            assert.deepEqual(workspace.list('docs'), ['docs/headword/a.py_docs.md']);
            await wire.stop();
        });
    }));

function fillUp(file) {
    try {
        for (;;) fs.appendFileSync(file, Buffer.alloc(4096));
    } catch (error) {
        assert.equal(error.code, 'ENOSPC');
    }
}

// --- clients that go away ---

const hello = [
    frame({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } }),
    frame({ jsonrpc: '2.0', method: 'initialized', params: {} }),
    frame({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text: 'é = "🚀"\n' } } }),
    frame({ jsonrpc: '2.0', id: 2, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } }),
];

test('the input ends in the middle of a message', () =>
    Promise.all([3, 18, 25, hello[0].length + 5, Buffer.concat(hello).length - 1].map((length) =>
        withWire({}, async (wire) => {
            await wire.write(Buffer.concat(hello).subarray(0, length));
            wire.closeInput();
            await wire.server.expectExit(1);
        }))));

test('the client stops reading and closes everything', () =>
    Promise.all([0, 1, 2, 3, 4].map((count) =>
        withWire({}, async (wire) => {
            await wire.write(Buffer.concat([...hello.slice(0, count), Buffer.alloc(0)]));
            wire.server.child.stdout.destroy();
            for (let i = 0; i < 50; i++) await wire.write(hello[3]);
            wire.closeInput();
            await wire.server.expectExit(1);
        }))));

test('the client closes its end of the output only: the server ends at its next answer', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        wire.server.child.stdout.destroy();
        await wire.send({ jsonrpc: '2.0', id: 9, method: 'workspace/symbol', params: { query: 'é🚀' } });
        await wire.server.expectExit(1);
    }));

test('the client goes while its workspace is read', () => {
    const workspace = new Workspace(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`é${i}.py`, '"🚀"\nx = 1\n'.repeat(200)])));
    return withWire({}, async (wire) => {
        await wire.initialize(workspace);
        wire.closeInput();
        await wire.server.expectExit(1);
    }).finally(() => workspace.remove());
});
