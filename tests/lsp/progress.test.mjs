// Work-done progress while a workspace is read.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import { test } from 'node:test';

import { session } from './client.mjs';
import { Workspace } from './fixture.mjs';
import { oldEglot, plain } from './editors.mjs';
import { withWire } from './wire.mjs';

const files = { 'é🚀.py': 'x = "é🚀"\n', 'b.py': 'y = "é🚀"\n' };
const manyFiles = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`é${i}.py`, `"🚀"\ndef f${i}(): pass\n`]));

session('begin, reports, end; percentages never fall', { files: manyFiles }, async (s) => {
    const { token } = await s.next('window/workDoneProgress/create');
    const { value: begin } = await s.next('$/progress');
    assert.equal(begin.kind, 'begin');
    assert.ok(begin.title);
    assert.equal(begin.cancellable, true);
    let percentage = begin.percentage ?? 0;
    for (;;) {
        const event = await s.next('$/progress');
        assert.equal(event.token, token);
        if (event.value.kind === 'end') break;
        assert.equal(event.value.kind, 'report');
        assert.ok(event.value.percentage >= percentage && event.value.percentage <= 100);
        percentage = event.value.percentage;
    }
    assert.deepEqual(await s.names('f399'), ['f399']);
    assert.ok(!s.has('$/progress'), 'nothing after the end');
});

for (const editor of [plain, oldEglot]) {
    session(`no progress for a client without it (${editor === plain ? 'plain' : 'older Eglot'})`, { files, editor }, async (s) => {
        // The index is complete when both names are found; every answer is an event to wait for.
        while (!(await s.names('x')).length || !(await s.names('y')).length);
        assert.ok(!s.has('$/progress'));
        assert.ok(!s.has('window/workDoneProgress/create'));
    });
}

/** Runs a session whose client answers the request for a token as told. */
async function withToken(answer, body) {
    const workspace = new Workspace(manyFiles);
    try {
        await withWire({}, async (wire) => {
            await wire.initialize(workspace, { capabilities: { window: { workDoneProgress: true } } });
            const create = await wire.next((message) => message.method === 'window/workDoneProgress/create');
            if (answer) await wire.send({ jsonrpc: '2.0', id: create.id, ...answer });
            await body(wire, create);
        });
    } finally {
        workspace.remove();
    }
}

const found = async (wire) => (await wire.request('workspace/symbol', { query: 'f399' })).result.length;

test('a client that refuses the token gets no progress, and an index', () =>
    withToken({ error: { code: -32603, message: 'é🚀' } }, async (wire) => {
        while (!(await found(wire)));
        assert.ok(!wire.messages.some((message) => message.method === '$/progress'));
        await wire.stop();
    }));

test('a client that never answers gets no progress, and an index', () =>
    withToken(null, async (wire) => {
        while (!(await found(wire)));
        assert.ok(!wire.messages.some((message) => message.method === '$/progress'));
        await wire.stop();
    }));

test('a client that answers when all is over still gets its end', () =>
    withToken(null, async (wire, create) => {
        while (!(await found(wire)));
        await wire.send({ jsonrpc: '2.0', id: create.id, result: null });
        const isEnd = (message) => message.method === '$/progress' && message.params.value.kind === 'end';
        assert.equal((await wire.next(isEnd)).params.token, create.params.token);
        await wire.stop();
    }));

test('window/workDoneProgress/cancel ends the indexing, not the server', () =>
    withToken({ result: null }, async (wire, create) => {
        await wire.notify('window/workDoneProgress/cancel', { token: create.params.token });
        const end = await wire.next((message) => message.method === '$/progress' && message.params.value.kind === 'end');
        assert.equal(end.params.token, create.params.token);
        assert.ok(Array.isArray((await wire.request('workspace/symbol', { query: 'f' })).result));
        await wire.stop();
    }));

test('cancelling another token, or none, changes nothing', () =>
    withToken({ result: null }, async (wire) => {
        for (const params of [{ token: 'é🚀' }, { token: 0 }, { token: null }, {}, undefined]) {
            await wire.notify('window/workDoneProgress/cancel', params);
        }
        await wire.next((message) => message.method === '$/progress' && message.params.value.kind === 'end');
        assert.equal(await found(wire), 1);
        await wire.stop();
    }));

session('the client’s own workDoneToken is no trouble', { files, params: { workDoneToken: 'é🚀' } }, async (s) => {
    await s.indexed();
    assert.equal((await s.names('x')).length, 1);
});

/** How nice each thread of a process is, that of the loop first: proc(5). */
const niceness = (pid) => fs.readdirSync(`/proc/${pid}/task`).sort((a, b) => a - b)
    .map((thread) => Number(fs.readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')[16]));

test('threads that read have a lower priority than the loop', { skip: process.platform !== 'linux' && 'threads have one priority' }, async () => {
    await withWire({}, async (wire) => {
        await wire.initialize(null);
        const [loop, ...others] = niceness(wire.server.child.pid);
        assert.ok(others.filter((nice) => nice > loop || nice === 19).length >= Math.min(os.availableParallelism(), 2), `${loop}, ${others}`);
        assert.ok(others.includes(loop), 'the thread that takes messages has that of the loop');
        await wire.stop();
    });
});
