// More than clients send: queues, messages and documents beyond what is usual.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ErrorCode } from './client.mjs';
import { frame } from './frames.mjs';
import { within } from './process.mjs';
import { withWire } from './wire.mjs';

const item = (uri, text) => ({ textDocument: { uri, languageId: 'python', version: 1, text } });

test('10,000 requests at once, every other one cancelled: each is answered once', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const answers = new Map();
        wire.next(({ id }) => (answers.set(id, (answers.get(id) ?? 0) + 1), false)).catch(() => {});
        const ids = Array.from({ length: 10_000 }, (_, i) => `é🚀${i}`);
        const requests = ids.map((id) => frame({ jsonrpc: '2.0', id, method: 'workspace/symbol', params: { query: 'é' } }));
        const cancels = ids.filter((_, i) => i % 2).map((id) => frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } }));
        await wire.write(Buffer.concat([...requests, ...cancels]));
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        const counted = ids.filter((id) => answers.get(id) !== 1);
        assert.deepEqual(counted, []);
        wire.waiting.length = 0;
        await wire.stop();
    }));

test('a client that never reads: the server stops reading too, and answers all once it does', () =>
    withWire({}, async (wire) => {
        await wire.initialize(null, { initializationOptions: { log: { level: 'info' } } });
        const uri = 'untitled:é🚀', ids = Array.from({ length: 64 }, (_, i) => `é🚀${i}`), answered = new Set();
        await wire.notify('textDocument/didOpen', item(uri, `é = '🚀'\n${'def f(): ...\n'.repeat(8_000)}`));
        const { child } = wire.server;
        child.stdout.pause();
        wire.send({ jsonrpc: '2.0', id: 'first', method: 'textDocument/documentSymbol', params: { textDocument: { uri } } });
        let written = 0;
        for (const id of ids) wire.send({ jsonrpc: '2.0', id, method: 'é🚀', params: { text: 'x'.repeat(1 << 20) } }).then(() => written++);
        await within(new Promise((resolve) => child.stderr.on('data', () => wire.server.stderr.includes('reading rests') && resolve())), () => 'it to rest');
        assert.ok(written < 50, `${written} MB were read`);
        wire.next(({ id }) => (answered.add(id), false)).catch(() => {});
        child.stdout.resume();
        assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
        assert.deepEqual(ids.filter((id) => !answered.has(id)), []);
        wire.waiting.length = 0;
        await wire.stop();
    }));

test('a message of 64 MB', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const uri = 'untitled:é🚀';
        await wire.notify('textDocument/didOpen', item(uri, `é = '🚀'\n# ${'é'.repeat(32 << 20)}\n`));
        assert.ok(Array.isArray((await wire.request('textDocument/documentSymbol', { textDocument: { uri } })).result));
        await wire.stop();
    }));

test('1,000 open documents, each with its own text', () =>
    withWire({}, async (wire) => {
        await wire.initialize();
        const uri = (i) => `untitled:é🚀${i}`;
        for (let i = 0; i < 1000; i++) wire.notify('textDocument/didOpen', item(uri(i), `"é🚀"\ndef f${i}(): ...\n`));
        for (let i = 0; i < 1000; i++) {
            const { result } = await wire.request('textDocument/documentSymbol', { textDocument: { uri: uri(i) } });
            assert.deepEqual(result.map(({ name }) => name), [`f${i}`]);
        }
        await wire.stop();
    }));
