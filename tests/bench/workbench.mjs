// Where rows are measured: the program, what it is compared with, the corpus and the questions about it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { Client, readUsage, result } from './client.mjs';
import { behindDot, makeNames, makePlaces, makeQueries, readCorpus } from './questions.mjs';

const place = ({ uri, range, targetUri, targetSelectionRange }) => JSON.stringify([targetUri ?? uri, (targetSelectionRange ?? range).start]);
const atUse = ({ use: { uri, position } }) => ({ textDocument: { uri }, position });
const LIMIT = 256; // of hits in one answer; which of more than that are shown, nobody has promised

/** Questions about a symbol: how they are asked, and what of an answer tells whether it is complete. */
export const questions = {
    symbol: {
        method: 'workspace/symbol',
        params: ({ name }) => ({ query: name }),
        gist(hits, { name }) {
            const exact = hits.filter((hit) => hit.name === name);
            const alike = hits.filter((hit) => hit.name.toLowerCase() === name.toLowerCase()); // ranked together
            return alike.length >= LIMIT ? `${LIMIT} or more` : exact.map(({ location }) => place(location)).sort().join();
        },
    },
    definition: {
        method: 'textDocument/definition',
        params: atUse,
        gist: (targets) => [targets ?? []].flat().map(place).sort().join(),
    },
    hover: {
        method: 'textDocument/hover',
        params: atUse,
        gist: (hover) => hover?.contents.value ?? '',
    },
};

export const canAsk = (kind, { use }) => kind === 'symbol' || use !== undefined;

class Server extends Client {
    constructor(program, { cache, log }) {
        super(program, ['lsp', ...(log ? ['--log', log] : [])], { env: { XDG_CACHE_HOME: cache } });
        this.log = log;
    }

    initialize(root) {
        return super.initialize(root, this.log ? { 'log.level': 'debug' } : {});
    }

    /** Milliseconds that the server's log gives for the latest `count` calls of a method. */
    async handlerTimes(method, count) {
        await this.request('$/nothing', null); // what is logged after an answer is there when the next one comes
        const lines = fs.readFileSync(this.log, 'latin1').split('\n').filter((line) => line.includes(`<- ${method} `));
        if (lines.length < count) throw new Error(`the log tells of ${lines.length} calls of ${method}, not of ${count}`);
        return lines.slice(-count).map((line) => Number(/ ([\d.]+) ms(, waits)?$/.exec(line)[1]));
    }
}

const OPENED = 20; // documents that are open while a session is asked

export class Workbench {
    constructor(program, root) {
        this.program = program;
        this.root = root;
        this.cores = os.availableParallelism();
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-bench-'));
        process.on('exit', () => fs.rmSync(this.folder, { recursive: true, force: true }));
        this.counter = 0;
        this.list = this.runBaseline(['list', root]);
        this.paths = this.list.toString().split('\0').filter(Boolean);
        if (this.paths.length === 0) throw new Error(`${root}: no Python files`);
        this.megabytes = this.baseline('stat').bytes / 1024 / 1024;
        const corpus = readCorpus(root, this.paths);
        this.names = makeNames(corpus);
        this.queries = makeQueries(corpus, 100).map(({ query }) => query);
        this.places = makePlaces(corpus, 500);
        this.opened = new Set(this.places.slice(0, OPENED).map(({ textDocument }) => textDocument.uri));
        const isOpened = ({ file }) => this.opened.has(pathToFileURL(file).href);
        this.dots = makePlaces({ files: corpus.files.filter(isOpened) }, 500, behindDot);
        this.longest = corpus.files.reduce((a, b) => (a.size >= b.size ? a : b)).file;
        this.hasCtags = /Universal Ctags/.test(spawnSync('ctags', ['--version'], { encoding: 'utf8' }).stdout ?? '');
    }

    runBaseline(args, { list = this.list ?? '', env } = {}) {
        const baseline = path.join(path.dirname(this.program), 'bench_baseline');
        if (!fs.existsSync(baseline)) throw new Error(`${baseline} is missing: build the target bench_baseline`);
        return execFileSync(baseline, args, { input: list, maxBuffer: 2 ** 30, env: { ...process.env, ...env } });
    }

    /** What a baseline says of the indexed files: {files, bytes, wall, cpu}, the latter two in milliseconds. */
    baseline(...args) {
        return JSON.parse(this.runBaseline(args.map(String)));
    }

    /** The same of asking for the times of all files that a cache holds, those of libraries among them. */
    statOfCached(cache) {
        this.cached ??= this.runBaseline(['cached', this.root], { list: '', env: { XDG_CACHE_HOME: cache } });
        return JSON.parse(this.runBaseline(['stat'], { list: this.cached }));
    }

    /** Runs the program to its end: {time, cpu, peak}, the latter two as they were last seen. */
    async run(cache, ...args) {
        const child = spawn(this.program, args, { stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: cache } });
        const start = performance.now();
        let usage = readUsage(child.pid);
        const timer = setInterval(() => {
            const now = readUsage(child.pid);
            if (now.cpu >= 0 && now.peak >= 0) usage = now;
        }, 10);
        const status = await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject)).finally(() => clearInterval(timer));
        if (status > 1) throw new Error(`${args.join(' ')} ended with ${status}`);
        return { ...usage, time: performance.now() - start };
    }

    fresh(name) {
        return path.join(this.folder, `${name}-${this.counter++}`);
    }

    /** A cache folder in which there is nothing. */
    emptyCache() {
        return this.fresh('cache');
    }

    /** A cache folder in which a session has left the corpus's index; null when none is there after a minute. */
    async filledCache() {
        if (this.filled !== undefined) return this.filled;
        const cache = this.fresh('filled'), folder = path.join(cache, 'headword');
        const isThere = () => fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name.endsWith('.index'));
        const session = this.server(cache);
        await session.initialize(this.root);
        for (const end = performance.now() + 60_000; !isThere() && performance.now() < end;) await setTimeout(100);
        await session.stop();
        this.filled = isThere() ? cache : null;
        return this.filled;
    }

    server(cache, options) {
        return new Server(this.program, { cache, ...options });
    }

    /** A session whose index is complete, with a debug log; `indexed` is when that was. */
    async indexedServer() {
        const server = this.server(this.emptyCache(), { log: this.fresh('log') });
        const done = server.workDone();
        await server.initialize(this.root);
        server.indexed = (await done).at - server.started;
        return server;
    }

    /** Milliseconds that universal-ctags takes for the corpus. */
    async tag() {
        const child = spawn('ctags', ['-R', '--languages=Python', '-f', this.fresh('tags'), this.root], { stdio: 'ignore' });
        const start = performance.now();
        await new Promise((resolve, reject) => child.on('exit', resolve).on('error', reject));
        return performance.now() - start;
    }

    /** What each question about each name gets of a complete index, by `${kind} ${name}`. */
    async truth() {
        if (this.gists) return this.gists;
        this.gists = new Map();
        const server = await this.indexedServer();
        for (const name of this.names) {
            if (name.use) server.open(name.use);
            for (const [kind, { method, params, gist }] of Object.entries(questions)) {
                if (!canAsk(kind, name)) continue;
                this.gists.set(`${kind} ${name.name}`, gist(result(await server.request(method, params(name))), name));
            }
        }
        await server.kill();
        return this.gists;
    }
}
