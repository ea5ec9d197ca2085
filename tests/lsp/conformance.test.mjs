// Every method against the protocol's own description: with each member of its parameters missing, null, of a wrong
// kind or one too many, and in every state of the server. Each request is answered exactly once.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';

import { ErrorCode } from './client.mjs';
import { eglot, lspMode, neovim, oldEglot, plain, vscode } from './editors.mjs';
import { Workspace } from './fixture.mjs';
import { everything, fits, notifications, requests as standard, sample, spoiled } from './protocol.mjs';
import { withWire } from './wire.mjs';

const table = fs.readFileSync(new URL('../../lsp/methods.def', import.meta.url), 'utf8');
const served = [...table.matchAll(/^\w*(?:REQUEST|NOTIFICATION)\("([^"]+)"/gm)].map(([, name]) => name);
const text = "class A:\n    'é🚀'\n    def m(self): return self\n\nclass B(A):\n    def m(self): return A().m()\n";

/** This server's own requests (lsp/keywords.c). */
const own = {
    'headword/keywords': { params: ['object', {}], result: ['list', 'string'], capability: 'experimental.keywords' },
    'headword/places': { params: ['object', { name: 'string' }], result: ['list', 'SymbolInformation'], capability: 'experimental.keywords' },
};
const requests = { ...standard, ...own };

let workspace;
before(() => (workspace = new Workspace({ 'é🚀.py': text })));
after(() => workspace.remove());

const parameters = () => ({ processId: null, rootUri: workspace.uri(''), capabilities: everything, initializationOptions: { codeLens: { references: true } } });
const known = () => {
    const place = { line: 2, character: 8 };
    const document = workspace.uri('é🚀.py');
    return {
        DocumentUri: document, URI: document, Position: place, Range: { start: place, end: place }, TextDocumentItem: item(1), integer: 2,
        LanguageKind: 'python',
    };
};
const item = (version) => ({ uri: workspace.uri('é🚀.py'), languageId: 'python', version, text });

/** Runs `body` with a server for a client that can do everything and answers everything with null. */
const withServer = (body) =>
    withWire({}, async (wire) => {
        wire.reply = (message) => ({ jsonrpc: '2.0', id: message.id, result: null });
        const answer = await wire.request('initialize', parameters());
        await wire.notify('initialized', {});
        await wire.notify('textDocument/didOpen', { textDocument: item(1) });
        await body(wire, answer.result);
    });

// --- parameters ---

test('each request of this server\'s own is asked like those of the protocol', () =>
    assert.deepEqual(served.filter((method) => method.startsWith('headword/')).sort(), Object.keys(own)));

const ask = async (wire, method, more) => (await wire.request(method, { ...sample(requests[method].params, known()), ...more })).result;
const first = (method, then = (found) => found[0]) => async (wire) => then(await ask(wire, method));

/** Parameters that only the server can give. */
const given = {
    'callHierarchy/incomingCalls': first('textDocument/prepareCallHierarchy', ([found]) => ({ item: found })),
    'callHierarchy/outgoingCalls': first('textDocument/prepareCallHierarchy', ([found]) => ({ item: found })),
    'typeHierarchy/supertypes': first('textDocument/prepareTypeHierarchy', ([found]) => ({ item: found })),
    'typeHierarchy/subtypes': first('textDocument/prepareTypeHierarchy', ([found]) => ({ item: found })),
    'codeAction/resolve': async (wire) =>
        (await ask(wire, 'textDocument/codeAction', { context: { diagnostics: [] } })).find(({ data }) => data),
    'codeLens/resolve': first('textDocument/codeLens'),
    'completionItem/resolve': first('textDocument/completion', (found) => (found.items ?? found)[0]),
    'textDocument/rename': async () => ({ ...sample('RenameParams', known()), newName: 'é' }),
    'headword/places': async () => ({ name: 'm' }),
    'workspaceSymbol/resolve': async (wire) => (await ask(wire, 'workspace/symbol', { query: 'A' }))[0],
    'workspace/executeCommand': async (wire, capabilities) => ({
        command: capabilities.executeCommandProvider.commands[0], arguments: [workspace.uri('é🚀.py'), 7],
    }),
    'workspace/textDocumentContent': async () => ({ uri: `${workspace.uri('é🚀.py').replace('file://', 'headword:')}_docs.md` }),
    'workspace/didChangeConfiguration': async () => ({ settings: { headword: { search: { limit: 9 }, 'log.level': 'warning' } } }),
};

async function goodParams(wire, method, capabilities) {
    const type = (requests[method] ?? notifications[method]).params;
    const seed = await given[method]?.(wire, capabilities);
    return { type, good: seed ?? sample(type, known()) };
}

/** What is resolved comes back with all that it had, also what should not have been there. */
function isEcho(method, params, result) {
    const echoes = requests[method].params === requests[method].result && !fits(params, requests[method].params);
    return echoes && Object.keys(params).every((key) => key in result);
}

function check(method, params, answer) {
    const told = `${method} ${JSON.stringify(params)}: ${JSON.stringify(answer)}`.slice(0, 2000);
    assert.ok('result' in answer !== 'error' in answer, told);
    if ('result' in answer) assert.ok(fits(answer.result, requests[method].result) || isEcho(method, params, answer.result), told);
    else assert.ok(Number.isInteger(answer.error.code) && answer.error.code < 0 && /\w/.test(answer.error.message), told);
    return told;
}

const perServer = (method) => served.includes(method) && !['initialize', 'shutdown', 'exit'].includes(method);
const message = (method, params, id) => ({ jsonrpc: '2.0', id, method, params });
const nothingLeft = (wire) => assert.deepEqual(wire.messages.filter(({ method }) => !method), [], 'an answer that nobody asked for');

for (const method of Object.keys(requests).filter(perServer)) {
    test(`${method}: one answer, of its type or an error, whatever the params`, () =>
        withServer(async (wire, { capabilities }) => {
            const { type, good } = await goodParams(wire, method, capabilities);
            const fine = await wire.request(method, good);
            check(method, good, fine);
            assert.ok(method === 'workspace/executeCommand' || !fine.error, JSON.stringify({ good, fine }));
            const cases = [...spoiled(good, type)];
            wire.send(...cases.map(({ params }, i) => message(method, params, `é🚀${i}`)));
            for (const [i, { params, extra }] of cases.entries()) {
                const told = check(method, params, await wire.answer(`é🚀${i}`));
                if (extra && !fine.error) assert.ok(!told.includes('"error":{'), told);
            }
            assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
            nothingLeft(wire);
            await wire.stop();
        }));
}

for (const method of Object.keys(notifications).filter(perServer)) {
    test(`${method}: no answer, and no harm, whatever the params`, () =>
        withServer(async (wire, { capabilities }) => {
            const { type, good } = await goodParams(wire, method, capabilities);
            wire.send(...[...spoiled(good, type)].map(({ params }) => message(method, params)));
            assert.equal(await wire.ping(), ErrorCode.MethodNotFound);
            const uri = 'untitled:é🚀 anew';
            await wire.notify('textDocument/didOpen', { textDocument: { ...item(1), uri } });
            const { result } = await wire.request('textDocument/documentSymbol', { textDocument: { uri } });
            assert.deepEqual(result.map(({ name }) => name), ['A', 'B']);
            nothingLeft(wire);
            await wire.stop();
        }));
}

/** Parameters of initialize: each member as far as the capabilities' groups, then all of one depth at once. */
function* initializations() {
    const good = { ...sample('InitializeParams', known()), ...parameters(), workspaceFolders: [{ uri: workspace.uri(''), name: 'é🚀' }] };
    const byDepth = new Map();
    for (const { params, depth } of spoiled(good, 'InitializeParams')) {
        if (depth === 1) yield params;
        else byDepth.set(depth, [...(byDepth.get(depth) ?? []), params]);
    }
    for (const cases of byDepth.values()) {
        for (let i = 0; i < cases.length; i += Math.ceil(cases.length / 8)) yield cases[i];
    }
    for (const wrong of [null, 7, 'é🚀', [], [7], true, {}]) {
        for (let depth = 0; depth < 6; depth++) yield { ...good, capabilities: spoilAt(good.capabilities, depth, wrong) };
    }
}

/** A value in which everything that lies so deep is replaced. */
function spoilAt(value, depth, wrong) {
    if (depth === 0) return wrong;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoilAt(inner, depth - 1, wrong)]));
}

test('initialize: one answer, of its type or an error, whatever the params', async () => {
    const left = [...initializations()];
    while (left.length) {
        await withWire({}, async (wire) => {
            wire.reply = (request) => ({ jsonrpc: '2.0', id: request.id, result: null });
            for (let refused = true; refused && left.length;) {
                const params = left.pop();
                const answer = await wire.request('initialize', params);
                check('initialize', params, answer);
                refused = answer.error;
            }
            nothingLeft(wire);
        });
    }
});

// --- capabilities ---

/** Whether a path of the capabilities is there. */
const announced = (capabilities, path) => {
    const value = path.split('.').reduce((found, key) => (found === true ? undefined : found?.[key]), capabilities);
    return value !== undefined && value !== null && value !== false;
};

test('what is announced to a client that can do everything is what is served', () =>
    withServer(async (wire, { capabilities }) => {
        assert.ok(fits({ capabilities }, 'InitializeResult'));
        for (const [method, { params, capability }] of Object.entries(requests)) {
            if (!capability) continue;
            const { error } = await wire.request(method, sample(params, known()));
            assert.equal(error?.code !== ErrorCode.MethodNotFound, announced(capabilities, capability), method);
        }
        await wire.stop();
    }));

for (const [name, editor] of Object.entries({ vscode, neovim, eglot, oldEglot, lspMode, plain })) {
    test(`what is announced to ${name} is served`, () =>
        withWire({}, async (wire) => {
            const { result } = await wire.request('initialize', { ...parameters(), ...editor });
            assert.ok(fits(result, 'InitializeResult'));
            await wire.notify('initialized', {});
            for (const [method, { params, capability }] of Object.entries(requests)) {
                if (!capability || !announced(result.capabilities, capability)) continue;
                const { error } = await wire.request(method, sample(params, known()));
                assert.notEqual(error?.code, ErrorCode.MethodNotFound, method);
            }
        }));
}

// --- states ---

const unknown = ['headword/none', '$/none', ''];
const { InvalidRequest, MethodNotFound, ServerNotInitialized } = ErrorCode;

/** How a state is reached, what all requests are told there that keep it, and how `exit` ends it. */
const states = {
    'before initialize': { steps: [], every: ServerNotInitialized, exit: 1 },
    'before initialized': { steps: ['initialize'], exit: 1 },
    'running': { steps: ['initialize', 'initialized'], exit: 1 },
    'after shutdown': { steps: ['initialize', 'initialized', 'shutdown'], every: InvalidRequest, exit: 0 },
};

async function enter(wire, { steps }) {
    wire.reply = (request) => ({ jsonrpc: '2.0', id: request.id, result: null });
    for (const method of steps) {
        if (method in notifications) await wire.notify(method, {});
        else assert.ok('result' in (await wire.request(method, method === 'initialize' ? parameters() : undefined)));
    }
}

function expected(state, method) {
    if (['$/cancelRequest', 'exit'].includes(method)) return InvalidRequest; // in every state, but as notifications
    if (state.every) return state.every;
    if (method === 'initialize' || (method in notifications && served.includes(method))) return InvalidRequest;
    return served.includes(method) ? undefined : MethodNotFound;
}

for (const [name, state] of Object.entries(states)) {
    const moves = (method) => (method === 'initialize' && state.every === ServerNotInitialized) || (method === 'shutdown' && !state.every);

    test(`${name}: every method as a request`, () =>
        withWire({}, async (wire) => {
            await enter(wire, state);
            for (const method of [...Object.keys(requests), ...Object.keys(notifications), ...unknown]) {
                if (moves(method)) continue;
                const type = (requests[method] ?? notifications[method])?.params;
                const answer = await wire.request(method, method === 'exit' ? undefined : sample(type ?? 'null', known()));
                const code = expected(state, method);
                if (code) assert.equal(answer.error?.code, code, method);
                else check(method, {}, answer);
            }
            nothingLeft(wire);
            await wire.notify('exit');
            await wire.server.expectExit(state.exit);
        }));

    test(`${name}: every method as a notification`, () =>
        withWire({}, async (wire) => {
            await enter(wire, state);
            for (const method of [...Object.keys(requests), ...Object.keys(notifications), ...unknown]) {
                if (method === 'exit' || (method === 'initialized' && state.exit === 0)) continue;
                await wire.notify(method, sample((requests[method] ?? notifications[method])?.params ?? 'null', known()));
            }
            assert.equal(await wire.ping(), state.every ?? MethodNotFound);
            nothingLeft(wire);
            await wire.notify('exit');
            await wire.server.expectExit(state.exit);
        }));
}
