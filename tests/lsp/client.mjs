// A client for protocol sessions: VS Code's own protocol library, a workspace on disk, and a small editor that
// answers what the server asks. Nothing here sleeps: `next` waits for a message.
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import protocol from 'vscode-languageserver-protocol/node';

import { vscode } from './editors.mjs';
import { Workspace, applyTextEdits, positionAt } from './fixture.mjs';
import { ServerProcess, within } from './process.mjs';

const { createProtocolConnection, ProgressType, StreamMessageReader, StreamMessageWriter, Trace } = protocol;

/**
 * One session with the server. Options:
 *
 *   files         the workspace: {path: text with marks}
 *   roots         its workspace folders (default: ['']); [] for none
 *   editor        capabilities and clientInfo, one of editors.mjs (default: vscode)
 *   options       initializationOptions
 *   settings      what the client answers to workspace/configuration for "headword"
 *   params        further members of InitializeParams
 *   applies       false: the editor refuses workspace/applyEdit
 */
export class Session {
    constructor(options = {}) {
        this.given = { files: {}, roots: [''], editor: vscode, applies: true, ...options };
        this.settings = this.given.settings ?? null;
        this.workspace = this.given.workspace ?? new Workspace(this.given.files);
        this.server = new ServerProcess(this.given.process);
        this.connection = createProtocolConnection(
            new StreamMessageReader(this.server.child.stdout),
            new StreamMessageWriter(this.server.child.stdin),
        );
        this.events = []; // what the server sent and no test asked for yet
        this.waiting = [];
        this.documents = new Map(); // URI -> {text, version}
        this.encoding = 'utf-16';
        this.listen();
    }

    listen() {
        this.connection.onRequest((method, params) => {
            this.arrive(method, params);
            return this.answer(method, params);
        });
        this.connection.onNotification((method, params) => this.arrive(method, params));
        this.connection.onUnhandledProgress((params) => this.arrive('$/progress', params));
        this.connection.onError(() => {});
        this.connection.listen();
    }

    // --- what the server sends ---

    arrive(method, params) {
        const event = { method, params };
        const index = this.waiting.findIndex((waiter) => waiter.takes(event));
        if (index < 0) this.events.push(event);
        else this.waiting.splice(index, 1)[0].resolve(params);
    }

    /** The params of the next request or notification of that method; earlier ones count that were not taken. */
    next(method, where = () => true) {
        const takes = (event) => event.method === method && where(event.params);
        const index = this.events.findIndex(takes);
        if (index >= 0) return Promise.resolve(this.events.splice(index, 1)[0].params);
        const promise = new Promise((resolve) => this.waiting.push({ takes, resolve }));
        return within(promise, () => `${method}; there were: ${JSON.stringify(this.events).slice(0, 2000)}`);
    }

    /** Whether a message of that method is there already. */
    has(method, where = () => true) {
        return this.events.some((event) => event.method === method && where(event.params));
    }

    answer(method, params) {
        if (this.answers?.[method]) return this.answers[method](params);
        switch (method) {
            case 'workspace/configuration':
                return params.items.map((item) => (item.section === 'headword' ? this.settings : null));
            case 'workspace/applyEdit':
                if (this.given.applies) this.apply(params.edit);
                return { applied: this.given.applies };
            case 'window/showDocument':
                return { success: true };
            case 'workspace/workspaceFolders':
                return this.folders();
            default:
                return null;
        }
    }

    /** Applies a WorkspaceEdit as editors do: to open documents, else to the files. */
    apply(edit) {
        for (const change of edit.documentChanges) {
            if (change.kind === 'rename') {
                const [from, into] = [change.oldUri, change.newUri].map((uri) => fileURLToPath(uri));
                if (fs.existsSync(into)) throw new Error(`${into} exists`);
                fs.renameSync(from, into);
                continue;
            }
            const uri = change.textDocument?.uri ?? change.uri;
            const file = fileURLToPath(uri);
            if (change.kind === 'create') {
                if (fs.existsSync(file)) throw new Error(`${file} exists`);
                fs.mkdirSync(path.dirname(file), { recursive: true });
                fs.writeFileSync(file, '');
                continue;
            }
            const document = this.documents.get(uri);
            const old = document?.text ?? (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
            const text = applyTextEdits(old, change.edits, this.encoding);
            if (document) document.text = text;
            else fs.writeFileSync(file, text); // fails when the folder is missing, as in editors
        }
    }

    // --- what the client sends ---

    request(method, params, token) {
        const answer = this.connection.sendRequest(method, params, ...(token ? [token] : []));
        return within(answer, () => `the answer to ${method}`);
    }

    notify(method, params) {
        return this.connection.sendNotification(method, params);
    }

    folders() {
        return this.given.roots.map((root) => ({ uri: this.uri(root), name: path.basename(root) || 'root' }));
    }

    initializeParams() {
        const { editor, options, params } = this.given;
        const folders = this.folders();
        return {
            processId: process.pid,
            clientInfo: editor.clientInfo,
            rootUri: folders[0]?.uri ?? null,
            capabilities: editor.capabilities,
            workspaceFolders: editor.capabilities.workspace?.workspaceFolders ? folders : undefined,
            initializationOptions: options,
            ...params,
        };
    }

    async start() {
        const result = await this.request('initialize', this.initializeParams());
        this.capabilities = result.capabilities;
        this.serverInfo = result.serverInfo;
        this.encoding = result.capabilities.positionEncoding ?? 'utf-16';
        await this.notify('initialized', {});
        return this;
    }

    /** The end of the background indexing, in clients with progress. */
    indexed() {
        return this.next('$/progress', ({ value }) => value.kind === 'end');
    }

    // --- places ---

    uri(name) {
        return this.workspace.uri(name).replace(/\/$/, '');
    }

    document(name) {
        return { textDocument: { uri: this.uri(name) } };
    }

    position(name, mark) {
        return this.workspace.position(name, mark, this.encoding);
    }

    range(name, from, to) {
        return this.workspace.range(name, from, to, this.encoding);
    }

    word(name, mark) {
        return this.workspace.word(name, mark, this.encoding);
    }

    /** TextDocumentPositionParams of a mark. */
    at(name, mark) {
        return { ...this.document(name), position: this.position(name, mark) };
    }

    location(name, mark) {
        return { uri: this.uri(name), range: this.word(name, mark) };
    }

    // --- documents ---

    /** Opens a file: with the text on disk, or another one, which may have marks. */
    open(name, marked, { languageId = 'python', version = 1 } = {}) {
        const text = marked === undefined ? this.workspace.text(name) : this.workspace.mark(name, marked);
        this.documents.set(this.uri(name), { text, version });
        return this.notify('textDocument/didOpen', {
            textDocument: { uri: this.uri(name), languageId, version, text },
        });
    }

    /** Changes an open document: a string is its new text, {range, text} an edit of it, in this order. */
    change(name, ...changes) {
        const document = this.documents.get(this.uri(name));
        document.version++;
        const contentChanges = changes.map((change) => (typeof change === 'string' ? { text: change } : change));
        for (const { range, text } of contentChanges) {
            document.text = range
                ? applyTextEdits(document.text, [{ range, newText: text }], this.encoding)
                : text;
        }
        return this.notify('textDocument/didChange', {
            textDocument: { uri: this.uri(name), version: document.version },
            contentChanges,
        });
    }

    /** The range of a piece of an open document's text as it is now. */
    find(name, piece) {
        const { text } = this.documents.get(this.uri(name));
        const start = text.indexOf(piece);
        if (start < 0) throw new Error(`no ${piece} in ${name}`);
        return {
            start: positionAt(text, start, this.encoding),
            end: positionAt(text, start + piece.length, this.encoding),
        };
    }

    /** Writes an open document to the disk and says so. */
    save(name) {
        fs.writeFileSync(this.workspace.path(name), this.documents.get(this.uri(name)).text);
        return this.notify('textDocument/didSave', this.document(name));
    }

    close(name) {
        this.documents.delete(this.uri(name));
        return this.notify('textDocument/didClose', this.document(name));
    }

    /** Says that files changed on disk. */
    filesChanged(...changes) {
        const types = { created: 1, changed: 2, deleted: 3 };
        return this.notify('workspace/didChangeWatchedFiles', {
            changes: changes.map(([what, name]) => ({ uri: this.uri(name), type: types[what] })),
        });
    }

    // --- features ---

    hover(name, mark) {
        return this.request('textDocument/hover', this.at(name, mark));
    }

    definition(name, mark) {
        return this.request('textDocument/definition', this.at(name, mark));
    }

    symbols(query) {
        return this.request('workspace/symbol', { query });
    }

    /** The names that workspace/symbol finds. */
    async names(query) {
        return (await this.symbols(query)).map((symbol) => symbol.name);
    }

    documentSymbols(name) {
        return this.request('textDocument/documentSymbol', this.document(name));
    }

    codeActions(name, context = {}) {
        const start = { line: 0, character: 0 };
        return this.request('textDocument/codeAction', {
            ...this.document(name),
            range: { start, end: start },
            context: { diagnostics: [], ...context },
        });
    }

    // --- the end ---

    async stop() {
        await this.request('shutdown');
        await this.notify('exit');
        await this.server.expectExit(0);
    }

    async destroy() {
        this.connection.dispose();
        await this.server.destroy();
        if (!this.given.workspace) this.workspace.remove();
    }
}

/** Runs `body` in a session that is over afterwards, whatever happened. */
export async function withSession(options, body) {
    const session = new Session(options);
    try {
        await within(session.start(), () => 'the session to start');
        await within(body(session), () => 'the test to end', 60_000);
        if (session.server.running) await session.stop();
        session.server.expectClean();
    } catch (error) {
        if (session.server.stderr) error.message += `\n--- stderr of the server ---\n${session.server.stderr}`;
        throw error;
    } finally {
        await session.destroy();
    }
}

/** Registers a test that is one session. */
export function session(name, options, body) {
    test(name, () => withSession(options, body));
}

/** The error that a request is answered with. */
export async function failure(promise) {
    try {
        await promise;
    } catch (error) {
        return error;
    }
    throw new Error('an error was expected');
}

export const ErrorCode = {
    ParseError: -32700,
    InvalidRequest: -32600,
    MethodNotFound: -32601,
    InvalidParams: -32602,
    ServerNotInitialized: -32002,
    RequestFailed: -32803,
    ContentModified: -32801,
    RequestCancelled: -32800,
};

export const SymbolKind = { Module: 2, Class: 5, Method: 6, Field: 8, Function: 12, Variable: 13 };

export { ProgressType, Trace };
