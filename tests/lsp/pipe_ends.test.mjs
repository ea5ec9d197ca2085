// A session's pipes end anywhere: the input behind each byte, the output once each byte was read. The server ends by
// itself, and says nothing of bugs. HUNT_STEP is how many bytes lie between two tries.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { Workspace } from './fixture.mjs';
import { frame } from './frames.mjs';
import { ServerProcess, within } from './process.mjs';

const step = Number(process.env.HUNT_STEP ?? 61);
const workspace = new Workspace({ 'é🚀.py': '"é🚀"\ndef find(): ...\n' });
after(() => workspace.remove());

const uri = workspace.uri('é🚀.py'), textDocument = { uri };
const input = Buffer.concat([
    { id: 1, method: 'initialize', params: { processId: null, rootUri: workspace.uri(''), capabilities: {} } },
    { method: 'initialized', params: {} },
    { method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text: '"é🚀"\ndef f(): ...\n' } } },
    { id: 2, method: 'textDocument/documentSymbol', params: { textDocument } },
    { id: 3, method: 'textDocument/hover', params: { textDocument, position: { line: 1, character: 4 } } },
    { id: 4, method: 'shutdown' },
    { method: 'exit' },
].map((message) => frame({ jsonrpc: '2.0', ...message })));

/** Sends so much of the session, reads so much of what comes, and waits for the end: {code, signal, came}. */
async function run({ sent = input.length, read = Infinity }) {
    const server = new ServerProcess({ wrapped: false });
    const { stdin, stdout } = server.child;
    let came = 0;
    stdout.on('data', (bytes) => {
        came += bytes.length;
        if (came >= read) stdout.destroy();
    });
    if (read === 0) stdout.destroy();
    stdin.end(input.subarray(0, sent));
    try {
        const end = await within(server.exited, () => `the end after ${sent} bytes, of which answers ${read} were read; stderr:\n${server.stderr}`);
        server.expectClean();
        return { ...end, came };
    } finally {
        await server.destroy();
    }
}

const places = (count) => Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);

test('the input ends behind any byte', async () => {
    const down = input.indexOf('"shutdown"}') + '"shutdown"}'.length;
    for (const sent of places(input.length)) assert.equal((await run({ sent })).code, sent < down ? 1 : 0, `behind ${sent} bytes`);
});

test('nobody reads the output any more behind any byte', async () => {
    const { came, code } = await run({});
    assert.ok(came > 1000 && code === 0);
    for (const read of places(came)) assert.equal((await run({ read })).signal, null, `behind ${read} bytes`);
});
