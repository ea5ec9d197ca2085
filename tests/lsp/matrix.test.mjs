// Every lookup method, at every kind of position, in every kind of document: exactly one answer, of the right shape.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { like, plain, vscode } from './editors.mjs';
import { Workspace, parseMarks, positionAt } from './fixture.mjs';
import { large, small } from './hostile.mjs';
import { byDocument, byPosition, byQuery, requestsAt } from './lookups.mjs';
import { contentModified, refusal, wrongParams } from './shapes.mjs';
import { withWire } from './wire.mjs';

const AT_ONCE = 40; // requests

// --- positions ---

const end = (text) => positionAt(text, text.length);

/** Where a client that is not in step may ask. */
const outside = {
    'past a line': () => ({ line: 0, character: 9_999_999 }),
    'past the end': (text) => ({ line: end(text).line + 1, character: 7 }),
    'far past the end': () => ({ line: 2 ** 31 - 1, character: 2 ** 31 - 1 }),
    'inside a surrogate pair': (text) => {
        const { line, character } = positionAt(text, Math.max(text.indexOf('🚀'), 0));
        return { line, character: character + 1 };
    },
};

/** What is no position at all. */
const impossible = {
    'a negative line': { line: -1, character: 0 },
    'a negative character': { line: 0, character: -1 },
    'no number of 32 bits': { line: 2 ** 32, character: 2 ** 53 },
    'no whole number': { line: 0.5, character: 0 },
    'no number': { line: '0', character: null },
    'nothing': null,
};

const marked = ({ text, marks }) => Object.values(marks).map((offset) => positionAt(text, offset));
const inside = (parsed) => [...marked(parsed), { line: 0, character: 0 }, end(parsed.text)];

// --- asking ---

const isGood = ({ shape, refuses, wrong }, answer) => {
    if ('result' in answer) return !('error' in answer) && shape(answer.result);
    return (refuses && refusal(answer.error)) || (wrong && wrongParams(answer.error));
};

/** Sends requests in one go and checks their answers; resolves to what is to be asked next. */
async function askAtOnce(wire, requests, what) {
    const first = wire.lastId + 1;
    wire.lastId += requests.length;
    const answers = requests.map((_, i) => wire.answer(first + i));
    await wire.send(...requests.map(({ method, params }, i) => ({ jsonrpc: '2.0', id: first + i, method, params })));
    return (await Promise.all(answers)).flatMap((answer, i) => {
        const { method, params, then = () => [] } = requests[i];
        const shown = () => `${what}: ${method} ${JSON.stringify(params).slice(0, 500)}: ${JSON.stringify(answer).slice(0, 2000)}`;
        assert.ok(isGood(requests[i], answer), shown());
        return 'result' in answer ? then(answer.result) : [];
    });
}

/** Asks all, and what follows from the answers. */
async function ask(wire, requests, what) {
    for (let rest = requests; rest.length;) {
        const next = [];
        for (let i = 0; i < rest.length; i += AT_ONCE) next.push(...(await askAtOnce(wire, rest.slice(i, i + AT_ONCE), what)));
        rest = next;
    }
}

const everything = (textDocument, [first, ...others]) => [
    ...[first, ...others].flatMap((position) => requestsAt(byPosition, { textDocument, position })),
    ...requestsAt(byDocument, { textDocument, position: first }),
    ...requestsAt(byQuery, 'é🚀'), ...requestsAt(byQuery, 'f'),
];

// --- sessions ---

const editors = { 'a client that can everything': vscode, 'a client that can nothing': plain };
const quiet = (editor) => like(editor, ({ workspace }) => workspace && Object.assign(workspace, { configuration: false }));

const openDocument = (wire, uri, text) =>
    wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
const closeDocument = (wire, uri) => wire.notify('textDocument/didClose', { textDocument: { uri } });

/** Answers to requests that an edit has overtaken. */
const overtaken = ({ error }) => error !== undefined && contentModified(error);

/** A server whose workspace has these files; afterwards nothing may be there that nobody asked for. */
async function withFiles(files, editor, body) {
    const workspace = new Workspace(files);
    try {
        await withWire({}, async (wire) => {
            const uri = pathToFileURL(workspace.root).href;
            await wire.initialize(workspace, { ...quiet(editor), workspaceFolders: [{ uri, name: 'é🚀' }] });
            await body(wire, workspace);
            await wire.ping();
            const more = wire.messages.filter(({ id, method }) => id !== undefined && method === undefined);
            assert.deepEqual(more, [], 'answers that nobody waits for');
            await wire.stop();
        });
    } finally {
        workspace.remove();
    }
}

const pathOf = ({ path }, i) => path ?? `é${i}.py`;
const filesOf = (documents) => Object.fromEntries(documents.map((document, i) => [pathOf(document, i), parseMarks(document.text).text]));

for (const [who, editor] of Object.entries(editors)) {
    test(`small documents, ${who}`, () =>
        withFiles(filesOf(small), editor, async (wire, workspace) => {
            for (const [i, { name, path, text }] of small.entries()) {
                const parsed = parseMarks(text), uri = workspace.uri(pathOf({ path }, i));
                await openDocument(wire, uri, parsed.text);
                await ask(wire, everything({ uri }, inside(parsed)), name);
            }
        }));
}

for (const [kind, make] of Object.entries(outside)) {
    test(`a position ${kind}`, () =>
        withFiles(filesOf(small), vscode, async (wire, workspace) => {
            for (const [i, { name, path, text }] of small.entries()) {
                const parsed = parseMarks(text), uri = workspace.uri(pathOf({ path }, i));
                await openDocument(wire, uri, parsed.text);
                await ask(wire, everything({ uri }, [make(parsed.text)]), name);
            }
        }));
}

const sample = "import os\nclass é:\n    def m(self, a: 'é') -> 'é': '🚀'; return a\né().m(a=é()).m(os.path)\n";
const samplePositions = [{ line: 2, character: 8 }, { line: 3, character: 4 }, { line: 3, character: 7 }, { line: 0, character: 7 }];

test('what is no position: an answer, or what is wrong', () =>
    withFiles({ 'é.py': sample }, vscode, async (wire, workspace) => {
        const uri = workspace.uri('é.py');
        const wrong = (request) => ({ ...request, wrong: true });
        for (const [kind, position] of Object.entries(impossible)) await ask(wire, everything({ uri }, [position]).map(wrong), kind);
        await openDocument(wire, uri, sample);
        for (const [kind, position] of Object.entries(impossible)) await ask(wire, everything({ uri }, [position]).map(wrong), kind);
    }));

/** Documents by where they are: their URIs, in which `root` is the workspace's and `other` that of another folder. */
const places = {
    'a file on disk': (root) => `${root}/é.py`,
    'a file outside of every root': (root, other) => `${other}/é.py`,
    'a file that is not there': (root) => `${root}/none.py`,
    'a file of another language': (root) => `${root}/é.txt`,
    'a folder': (root) => `${root}/folder.py`,
    'the root': (root) => root,
    'a device': () => 'file:///dev/zero',
    'an untitled buffer': () => 'untitled:Untitled-1',
    'a cell of a notebook': () => 'vscode-notebook-cell:/é/🚀.ipynb#W0sZmlsZQ',
    'another scheme': () => 'git:/é/🚀.py?%7B%22ref%22%3A%22%22%7D',
    'another host': () => 'file://example.org/é.py',
    'a scheme alone': () => 'file:',
    'escapes that are none': () => 'file:///%C3%28/%ZZ/%.py',
    'a NUL in it': () => 'file:///a%00b.py',
    'no URI': () => 'é🚀 is no URI',
    'nothing': () => '',
    'very long': () => `file:///${'é'.repeat(10_000)}.py`,
};

for (const [where, make] of Object.entries(places)) {
    test(`a document that is ${where}: not open, open with another text, and closed`, async () => {
        const other = new Workspace({ 'é.py': sample });
        const files = { 'é.py': 'é = 1\n', 'é.txt': sample, 'folder.py/inner.py': sample };
        try {
            await withFiles(files, vscode, async (wire, workspace) => {
                const uri = make(pathToFileURL(workspace.root).href, pathToFileURL(other.root).href);
                const all = everything({ uri }, samplePositions);
                await ask(wire, all, 'not open');
                await openDocument(wire, uri, sample);
                await ask(wire, all, 'open');
                await closeDocument(wire, uri);
                await ask(wire, all, 'closed');
            });
        } finally {
            other.remove();
        }
    });
}

test('edits between requests, and between a request and what follows from its answer', () =>
    withFiles({ 'é.py': sample }, vscode, async (wire, workspace) => {
        const uri = workspace.uri('é.py');
        let version = 1;
        const change = (text) => ({ method: 'textDocument/didChange', params: { textDocument: { uri, version: ++version }, contentChanges: [{ text }] } });
        const broken = [sample, '', sample.slice(0, 60), `${sample}é().`, '((('];
        await openDocument(wire, uri, sample);
        for (const [i, text] of broken.entries()) {
            const requests = everything({ uri }, samplePositions);
            const first = wire.lastId + 1;
            wire.lastId += requests.length;
            const answers = requests.map((_, n) => wire.answer(first + n));
            await wire.send(...requests.flatMap(({ method, params }, n) => [
                { jsonrpc: '2.0', ...change(broken[(i + n) % broken.length]) },
                { jsonrpc: '2.0', id: first + n, method, params },
            ]), { jsonrpc: '2.0', ...change(text) });
            const next = (await Promise.all(answers)).flatMap((answer, n) => {
                assert.ok(isGood(requests[n], answer) || overtaken(answer), JSON.stringify([requests[n], answer]).slice(0, 2000));
                return 'result' in answer ? requests[n].then(answer.result) : [];
            });
            await ask(wire, next, text); // of the text as it was
        }
    }));

for (const { name, text } of large) {
    test(`a large document: ${name}`, () =>
        withFiles(filesOf(small), vscode, async (wire, workspace) => {
            const parsed = parseMarks(text), uri = workspace.uri('large é.py');
            await openDocument(wire, uri, parsed.text);
            const all = everything({ uri }, marked(parsed)).filter(({ method }) => method !== 'textDocument/codeAction'); // a page
            for (const request of all) await ask(wire, [request], name);
        }));
}
