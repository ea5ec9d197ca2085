// $/cancelRequest: every request is answered exactly once, cancelled or not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import protocol from 'vscode-languageserver-protocol/node';

import { ErrorCode, session } from './client.mjs';
import { Workspace } from './fixture.mjs';
import { withWire } from './wire.mjs';

const text = 'é = "🚀"; x = é\n'.repeat(2000);

test('a request that waits in the queue is cancelled', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const uri = 'untitled:é🚀';
        // One write: the cancellation is there before the server comes to the request.
        wire.send(
            { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text } } },
            { jsonrpc: '2.0', id: 'first', method: 'textDocument/documentSymbol', params: { textDocument: { uri } } },
            { jsonrpc: '2.0', id: 'second', method: 'workspace/symbol', params: { query: 'x' } },
            { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 'second' } },
            { jsonrpc: '2.0', id: 'third', method: 'workspace/symbol', params: { query: 'x' } },
        );
        assert.ok((await wire.answer('first')).result.length > 0);
        assert.equal((await wire.answer('second')).error.code, ErrorCode.RequestCancelled);
        assert.ok((await wire.answer('third')).result.length > 0);
        await wire.stop();
    }));

test('1,000 queued requests, half of them cancelled: each is answered once', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const uri = 'untitled:é🚀';
        const all = Array.from({ length: 1000 }, (_, i) => i + 1000);
        wire.send(
            { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text } } },
            ...all.map((id) => ({ jsonrpc: '2.0', id, method: 'workspace/symbol', params: { query: 'x' } })),
            ...all.filter((id) => id % 2).map((id) => ({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } })),
        );
        const answers = await Promise.all(all.map((id) => wire.answer(id)));
        for (const { id, error, result } of answers) {
            assert.ok((error === undefined) !== (result === undefined), `${id}`);
            if (error) assert.equal(error.code, ErrorCode.RequestCancelled);
            if (error) assert.equal(id % 2, 1, 'only what was cancelled');
        }
        assert.ok(answers.filter(({ error }) => error).length > 400, 'cancelling saves work');
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        assert.deepEqual(wire.messages.filter(({ id }) => id >= 1000), [], 'no second answers');
        await wire.stop();
    }));

test('cancelling what is not there, or wrongly, does nothing', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        for (const params of [{ id: 999 }, { id: 'é🚀' }, { id: null }, {}, undefined, [], 'x']) {
            await wire.notify('$/cancelRequest', params);
        }
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        await wire.stop();
    }));

test('a number and a string are different ids', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        wire.send(
            { jsonrpc: '2.0', id: 41, method: 'workspace/symbol', params: { query: 'é🚀' } },
            { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: '41' } },
        );
        assert.deepEqual((await wire.answer(41)).result, []);
        await wire.stop();
    }));

test('shutdown cannot be cancelled away from its answer', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        wire.send(
            { jsonrpc: '2.0', id: 'bye', method: 'shutdown' },
            { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 'bye' } },
        );
        const answer = await wire.answer('bye');
        assert.ok('result' in answer || answer.error.code === ErrorCode.RequestCancelled);
    }));

session('VS Code’s cancellation token', { files: { 'a.py': '"é🚀"; x = 1\n' } }, async (s) => {
    await s.indexed();
    const source = new protocol.CancellationTokenSource();
    const answer = s.request('workspace/symbol', { query: 'x' }, source.token);
    source.cancel();
    await answer.then((result) => assert.ok(Array.isArray(result)), (error) => assert.equal(error.code, ErrorCode.RequestCancelled));
    assert.deepEqual(await s.names('x'), ['x']);
});

test('edits are not lost between cancelled requests', () => {
    const workspace = new Workspace({});
    return withWire({}, async (wire) => {
        await wire.initialize(workspace);
        const uri = 'untitled:é🚀';
        const change = (version, text) => ({ jsonrpc: '2.0', method: 'textDocument/didChange', params: { textDocument: { uri, version }, contentChanges: [{ text }] } });
        const ask = (id) => ({ jsonrpc: '2.0', id, method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
        wire.send(
            { jsonrpc: '2.0', method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text: 'é = "🚀"\n' } } },
            change(2, '"é🚀"; a = 1\n'), ask('a'), change(3, '"é🚀"; b = 1\n'), ask('b'), change(4, '"é🚀"; c = 1\n'), change(5, '"é🚀"; d = 1\n'), ask('d'),
            { jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 'b' } },
        );
        assert.equal((await wire.answer('a')).result[0].name, 'a');
        assert.equal((await wire.answer('d')).result[0].name, 'd');
        await wire.stop();
    }).finally(() => workspace.remove());
});
