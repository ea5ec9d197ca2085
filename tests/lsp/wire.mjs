// Bytes to and from the server, for tests of what well-behaved clients never send.
import { pathToFileURL } from 'node:url';

import { Frames, frame } from './frames.mjs';
import { ServerProcess, within } from './process.mjs';

export class Wire {
    constructor(options = {}) {
        this.server = new ServerProcess({ wrapped: false, ...options });
        this.messages = [];
        this.waiting = [];
        this.lastId = 0;
        /** Makes the answers to the server's own requests; without it they get none. */
        this.reply = null;
        const frames = new Frames((message) => this.take(message));
        this.server.child.stdout.on('data', (bytes) => frames.arrive(bytes));
    }

    take(message) {
        if (this.reply && message.method && message.id !== undefined) this.send(this.reply(message));
        const index = this.waiting.findIndex((waiter) => waiter.where(message));
        if (index < 0) this.messages.push(message);
        else this.waiting.splice(index, 1)[0].resolve(message);
    }

    write(bytes) {
        return new Promise((resolve) => this.server.child.stdin.write(bytes, resolve));
    }

    send(...messages) {
        return this.write(Buffer.concat(messages.map(frame)));
    }

    notify(method, params) {
        return this.send({ jsonrpc: '2.0', method, params });
    }

    /** The next message for which `where` holds. */
    next(where = () => true) {
        const index = this.messages.findIndex(where);
        if (index >= 0) return Promise.resolve(this.messages.splice(index, 1)[0]);
        const promise = new Promise((resolve) => this.waiting.push({ where, resolve }));
        return within(promise, () => `${where}; there were ${JSON.stringify(this.messages).slice(0, 1000)}`);
    }

    answer(id) {
        return this.next((message) => message.id === id && message.method === undefined);
    }

    /** Sends a request and waits for the whole answer. */
    request(method, params, id = ++this.lastId) {
        this.send({ jsonrpc: '2.0', id, method, params });
        return this.answer(id);
    }

    async initialize(workspace, params = {}) {
        const rootUri = workspace ? pathToFileURL(workspace.root).href : null;
        const answer = await this.request('initialize', { processId: null, rootUri, capabilities: {}, ...params });
        this.notify('initialized', {});
        return answer;
    }

    /** Whether the server still answers: the code of what an unknown method gets. */
    async ping() {
        return (await this.request('headword/none')).error.code;
    }

    closeInput() {
        this.server.child.stdin.end();
    }

    async stop() {
        await this.request('shutdown');
        await this.notify('exit');
        await this.server.expectExit(0);
    }
}

/** Runs `body` with a server that is gone afterwards. */
export async function withWire(options, body, patience = 120_000) {
    const wire = new Wire(options);
    try {
        await within(body(wire), () => 'the test to end', patience);
        wire.server.expectClean();
    } catch (error) {
        if (wire.server.stderr) error.message += `\n--- stderr of the server ---\n${wire.server.stderr}`;
        throw error;
    } finally {
        await wire.server.destroy();
    }
}
