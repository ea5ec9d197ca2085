// A session of a server that things go wrong for: `node session.mjs PROGRAM ROOT`. Prints what is answered, and ends as
// the server does. HEADWORD_SESSION (JSON) goes to the environment of the server alone.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { Frames, frame } from '../lsp/frames.mjs';

const [program, root] = process.argv.slice(2);
const rootUri = pathToFileURL(root).href, uri = `${rootUri}/orchard/harvest.py`;
const text = fs.readFileSync(path.join(root, 'orchard/harvest.py'), 'utf8');
const textDocument = { uri }, words = 'from .trees import ';
const position = { line: text.slice(0, text.indexOf(words)).split('\n').length - 1, character: words.length };
const server = spawn(program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...JSON.parse(process.env.HEADWORD_SESSION ?? '{}') } });
const waiting = new Map();
const ended = new Promise((resolve) => server.on('close', (status, signal) => resolve({ status, signal })));
const frames = new Frames((message) => {
    if (message.method && message.id !== undefined) send({ id: message.id, result: null });
    else if (!message.method) waiting.get(message.id)?.(message);
});
server.stdout.on('data', (bytes) => frames.arrive(bytes));
server.stdin.on('error', () => {}); // it may be gone

function send(message) {
    server.stdin.write(frame({ jsonrpc: '2.0', ...message }));
}

/** Asks, and prints the answer; nothing once the server is gone. */
async function ask(method, params) {
    const id = waiting.size;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    send({ id, method, params });
    const message = await Promise.race([answer, ended.then(() => null)]);
    if (message?.error) console.error(`${method}: ${message.error.message}`);
    else if (message && method !== 'initialize') console.log(method, JSON.stringify(message.result).replaceAll(rootUri, 'root:'));
}

// Whoever is not done by then hangs.
setTimeout(() => (server.kill('SIGKILL'), process.kill(process.pid, 'SIGTERM')), 40_000).unref();

await ask('initialize', { processId: null, rootUri, capabilities: {} });
send({ method: 'initialized', params: {} });
send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'python', version: 1, text } } });
await ask('textDocument/definition', { textDocument, position });
await ask('textDocument/references', { textDocument, position, context: { includeDeclaration: true } });
await ask('textDocument/documentSymbol', { textDocument });
send({ method: 'textDocument/didChange', params: { textDocument: { uri, version: 2 }, contentChanges: [{ text: `${text}\nclass Crop: "é🚀"\n` }] } });
await ask('workspace/symbol', { query: 'Crop' });
await ask('workspace/executeCommand', { command: 'headword.generatePage', arguments: [`${rootUri}/orchard/basket.py`] });
await ask('shutdown');
send({ method: 'exit' });

const { status, signal } = await ended;
if (signal) process.kill(process.pid, signal);
process.exitCode = status;
