// A lean client for measuring: it stops the clock when the last byte of an answer is there, and leaves parsing to
// whoever wants to know what the answer says.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

/** What the server's own process has used, where the system tells: megabytes now and at most, CPU milliseconds. */
export function readUsage(pid) {
    try {
        const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
        const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)[1]) / 1024;
        const fields = fs.readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
        const ticks = Number(fields[11]) + Number(fields[12]); // utime, stime: proc(5)
        return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM'), cpu: ticks * 10 };
    } catch {
        return { resident: NaN, peak: NaN, cpu: NaN };
    }
}

export class Client {
    /** Starts a server. `started` is when the program has been executed, which is when `spawn` returns: that it takes
     *  longer the larger this process is, is not the server's. */
    constructor(command, args, { env } = {}) {
        this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
        this.started = performance.now();
        this.waiting = new Map(); // id -> {resolve, start}
        this.listeners = []; // for messages that the server sends by itself
        this.lastId = 0;
        this.chunks = [];
        this.length = 0;
        this.wanted = 1; // bytes until there is something to do
        this.child.stdin.on('error', () => {});
        this.child.stdout.on('data', (chunk) => this.take(chunk));
        this.ended = new Promise((resolve) => {
            this.child.on('error', (error) => resolve(error.message));
            this.child.on('close', (code, signal) => resolve(`status ${code ?? signal}`));
        });
    }

    take(chunk) {
        this.chunks.push(chunk);
        this.length += chunk.length;
        while (this.length >= this.wanted) {
            const bytes = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
            const head = bytes.indexOf('\r\n\r\n');
            const end = head < 0 ? bytes.length + 1 : head + 4 + Number(/content-length: *(\d+)/i.exec(bytes.latin1Slice(0, head))[1]);
            this.chunks = [bytes];
            this.wanted = end;
            if (bytes.length < end) return;
            this.receive(bytes.subarray(head + 4, end));
            this.chunks = [bytes.subarray(end)];
            this.length -= end;
            this.wanted = 1;
        }
    }

    receive(body) {
        const now = performance.now();
        const start = body.subarray(0, 200).latin1Slice();
        if (/"method":/.test(start)) return this.serve(JSON.parse(body));
        const id = /"id": ?(\d+)/.exec(start)?.[1] ?? JSON.parse(body).id;
        const request = this.waiting.get(Number(id));
        this.waiting.delete(Number(id));
        request?.resolve({ time: now - request.start, at: now, body });
    }

    serve(message) {
        if (message.id !== undefined) {
            const result = message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null;
            this.send({ id: message.id, result });
        }
        for (const listener of [...this.listeners]) listener(message);
    }

    send(message) {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        this.child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    }

    /** A promise that is rejected when the server ends first. */
    unlessEnded(executor) {
        const promise = new Promise((resolve, reject) => {
            this.ended.then((how) => reject(new Error(`the server ended with ${how}`)));
            executor(resolve);
        });
        promise.catch(() => {}); // who does not wait for it does not mind
        return promise;
    }

    notify(method, params) {
        this.send({ method, params });
    }

    /** {time, at, body}: the milliseconds it took, when the answer was there, and its bytes. */
    request(method, params) {
        const id = ++this.lastId;
        return this.unlessEnded((resolve) => {
            this.waiting.set(id, { resolve, start: performance.now() });
            this.send({ id, method, params });
        });
    }

    /** The first message from the server for which `is` holds; only those that are still to come count. */
    next(is) {
        return this.unlessEnded((resolve) => {
            const listener = (message) => {
                if (!is(message)) return;
                this.listeners.splice(this.listeners.indexOf(listener), 1);
                resolve({ message, at: performance.now() });
            };
            this.listeners.push(listener);
        });
    }

    usage() {
        return readUsage(this.child.pid);
    }

    /** Opens a workspace; `options` are initializationOptions. */
    async initialize(root, options) {
        const uri = pathToFileURL(root).href;
        await this.request('initialize', {
            processId: process.pid,
            rootUri: uri,
            workspaceFolders: [{ uri, name: 'root' }],
            initializationOptions: options,
            capabilities: {
                window: { workDoneProgress: true },
                workspace: { workspaceFolders: true },
                textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true }, hover: { contentFormat: ['markdown'] } },
            },
        });
        this.notify('initialized', {});
    }

    /** When the work ends that the server has announced. */
    workDone() {
        return this.next(({ method, params }) => method === '$/progress' && params.value.kind === 'end');
    }

    open({ uri, text }) {
        this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    }

    /** Ends the server whatever it does; what it would still do is not waited for. */
    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
    }

    /** Ends the server as editors do. */
    async stop() {
        await this.request('shutdown', null);
        this.notify('exit', null);
        await this.ended;
    }
}

/** What an answer says. */
export function result({ body }) {
    const { result: value, error } = JSON.parse(body);
    if (error) throw new Error(`the server answered: ${error.message}`);
    return value;
}
