// initialize, initialized, shutdown, exit, $/setTrace, and how a session can end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

import { ErrorCode, session, withSession } from './client.mjs';
import { eglot, like, lspMode, neovim, oldEglot, plain, vscode } from './editors.mjs';
import { Workspace } from './fixture.mjs';
import { withWire } from './wire.mjs';

const code = { ...ErrorCode };
const files = { 'é🚀.py': 'x = "é🚀"\n' };

test('before initialize, requests fail and notifications are dropped', () =>
    withWire({}, async (wire) => {
        await wire.notify('textDocument/didOpen', {
            textDocument: { uri: 'untitled:é🚀', languageId: 'python', version: 1, text: 'é🚀' },
        });
        for (const method of ['shutdown', 'textDocument/hover', 'workspace/symbol', 'headword/none']) {
            assert.equal((await wire.request(method, {})).error.code, code.ServerNotInitialized, method);
        }
        assert.ok((await wire.initialize()).result);
        await wire.stop();
    }));

test('a second initialize is refused and changes nothing', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const again = await wire.request('initialize', { processId: null, rootUri: null, capabilities: {} });
        assert.equal(again.error.code, code.InvalidRequest);
        assert.deepEqual((await wire.request('workspace/symbol', { query: 'é🚀' })).result, []);
        await wire.stop();
    }));

test('after shutdown every request is refused, and exit ends with 0', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        assert.equal((await wire.request('shutdown')).result, null);
        for (const method of ['shutdown', 'initialize', 'textDocument/hover', 'workspace/symbol']) {
            assert.equal((await wire.request(method, {})).error.code, code.InvalidRequest, method);
        }
        await wire.notify('exit');
        await wire.server.expectExit(0);
    }));

test('shutdown before initialized is fine', () =>
    withWire({}, async (wire) => {
        await wire.request('initialize', { processId: null, rootUri: null, capabilities: {} });
        await wire.stop();
    }));

test('exit without shutdown ends with 1', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        await wire.notify('exit');
        await wire.server.expectExit(1);
    }));

test('exit before initialize ends with 1', () =>
    withWire({}, async (wire) => {
        await wire.notify('exit');
        await wire.server.expectExit(1);
    }));

test('exit before initialized, in the middle of a session: nothing is awaited', () =>
    withWire({}, async (wire) => {
        await wire.request('initialize', { processId: null, rootUri: null, capabilities: {} });
        await wire.notify('exit');
        await wire.server.expectExit(1);
    }));

test('the end of the input ends the server: 1 without shutdown', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        wire.closeInput();
        await wire.server.expectExit(1);
    }));

test('the end of the input after shutdown, as Neovim leaves: 0', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        await wire.request('shutdown');
        wire.closeInput();
        await wire.server.expectExit(0);
    }));

test('the end of the input before anything was sent', () =>
    withWire({}, async (wire) => {
        wire.closeInput();
        await wire.server.expectExit(1);
    }));

test('what was sent before the end of the input is still answered', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        wire.send(...Array.from({ length: 50 }, (_, i) => ({ jsonrpc: '2.0', id: `é🚀${i}`, method: 'workspace/symbol', params: { query: 'a' } })));
        wire.closeInput();
        for (let i = 0; i < 50; i++) assert.deepEqual((await wire.answer(`é🚀${i}`)).result, []);
        await wire.server.expectExit(1);
    }));

/** Runs `body` with a process that plays the editor and is gone afterwards. */
async function withEditorProcess(body) {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    try {
        await once(child, 'spawn');
        await body({ pid: child.pid, end: () => (child.kill('SIGKILL'), once(child, 'exit')) });
    } finally {
        child.kill('SIGKILL');
    }
}

test('the server ends when the process of processId does', () =>
    withEditorProcess((editor) =>
        withWire({}, async (wire) => {
            await wire.initialize(null, { processId: editor.pid });
            assert.equal(await wire.ping(), code.MethodNotFound);
            await editor.end();
            await wire.server.expectExit(1);
        })));

test('--clientProcessId does the same before initialize', () =>
    withEditorProcess((editor) =>
        withWire({ args: ['--stdio', `--clientProcessId=${editor.pid}`] }, async (wire) => {
            assert.equal(await wire.ping(), code.ServerNotInitialized);
            await editor.end();
            await wire.server.expectExit(1);
        })));

test('wrong arguments end with 2 and one line', () =>
    withWire({ args: ['--stdio', '--clientProcessId', 'é🚀'] }, async (wire) => {
        await wire.server.expectExit(2);
        assert.match(wire.server.stderr, /^[^\n]+\n$/);
    }));

session('the answer to initialize names the server and its methods', { files }, async (s) => {
    assert.equal(s.serverInfo.name, 'Headword');
    assert.match(s.serverInfo.version, /^\d+\.\d+\.\d+/);
    const { capabilities } = s;
    assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2, save: true });
    for (const provider of ['hover', 'definition', 'documentSymbol', 'workspaceSymbol', 'codeAction']) {
        assert.ok(capabilities[`${provider}Provider`], provider);
    }
    assert.ok(capabilities.codeActionProvider.resolveProvider);
    assert.deepEqual(capabilities.workspace.workspaceFolders, { supported: true, changeNotifications: true });
});

session('only what the client can use is announced', { files, editor: plain }, async (s) => {
    assert.equal(s.capabilities.positionEncoding, undefined);
    assert.equal(s.capabilities.codeActionProvider, true); // without kinds and resolve
    assert.equal(s.capabilities.workspace?.workspaceFolders, undefined);
});

for (const [name, editor, encoding] of [
    ['VS Code', vscode, 'utf-16'],
    ['Neovim', neovim, 'utf-8'],
    ['Eglot, where it comes second', eglot, 'utf-8'],
    ['an older Eglot', oldEglot, undefined],
    ['lsp-mode, without utf-8', lspMode, 'utf-32'],
    ['a client with encodings unknown to us', like(vscode, (c) => (c.general.positionEncodings = ['utf-7'])), 'utf-16'],
]) {
    session(`the position encoding of ${name} is ${encoding ?? 'not spoken of'}`, { files, editor }, async (s) => {
        assert.equal(s.capabilities.positionEncoding, encoding);
    });
}

session('a setting forces the position encoding', {
    files,
    editor: neovim,
    options: { positionEncoding: 'utf-16' },
}, async (s) => {
    assert.equal(s.capabilities.positionEncoding, 'utf-16');
});

for (const value of ['off', 'messages', 'verbose']) {
    session(`$/setTrace ${value} is taken`, { files }, async (s) => {
        s.notify('$/setTrace', { value });
        assert.deepEqual(await s.symbols('no such name'), []);
    });
}

test('rootPath is enough of a root', async () => {
    const workspace = new Workspace({ 'm.py': '"é🚀"\ndef findable(): pass\n' });
    const params = { rootUri: null, rootPath: workspace.root };
    try {
        await withSession({ workspace, roots: [], params }, async (s) => {
            await s.indexed();
            assert.deepEqual(await s.names('findable'), ['findable']);
        });
    } finally {
        workspace.remove();
    }
});

session('rootUri counts when there are no folders', { files: { 'm.py': '"é🚀"\ndef findable(): pass\n' }, editor: lspMode }, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('findable'), ['findable']);
});

session('without a root, the project of an opened file becomes one', {
    roots: [],
    files: { 'p/setup.py': '', 'p/a/b.py': 'x = "é🚀"\n', 'p/c.py': 'def findable(): pass\n', 'q.py': 'def findable(): pass\n' },
}, async (s) => {
    s.open('p/a/b.py');
    await s.indexed();
    const found = await s.symbols('findable');
    assert.deepEqual(found.map((symbol) => symbol.location.uri), [s.uri('p/c.py')]);
});

session('nested roots are one', {
    roots: ['', 'inner'],
    files: { 'a.py': '"é🚀"\ndef outer(): pass\n', 'inner/b.py': 'def inner(): pass\n' },
}, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.names('inner'), ['inner']);
});

session('several roots are read one after the other', {
    roots: ['one é', 'two 🚀'],
    files: { 'one é/a.py': '"é🚀"\ndef first(): pass\n', 'two 🚀/b.py': '"é🚀"\ndef second(): pass\n' },
}, async (s) => {
    await s.indexed();
    await s.indexed();
    assert.deepEqual(await s.names('first'), ['first']);
    assert.deepEqual(await s.names('second'), ['second']);
});
