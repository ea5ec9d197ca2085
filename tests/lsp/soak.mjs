// A day's work in a session, compressed: documents are opened and edited, asked about, saved and closed; files come,
// change and go; folders are renamed; branches are switched. What happens follows from the seed.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

import { Workspace, applyTextEdits } from './fixture.mjs';
import { cacheHome } from './process.mjs';
import { withWire } from './wire.mjs';

/** Numbers that are the same in every run (mulberry32). */
function numbers(seed) {
    return (below) => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) % below;
    };
}

const source = (number, branch) => `"""é🚀 ${number}."""\nfrom a0.m0 import f0\n\n\n` + Array.from({ length: 8 }, (_, i) =>
    `class C${number}_${i}:\n    """🚀 ${branch}"""\n    def m${i}(self, é): return f0(é)\n\n\ndef f${i === 0 ? number : `${number}_${i}`}(a): return C${number}_${i}().m${i}(a)\n\n\n`).join('');

const residentBytes = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)];

class Day {
    constructor(wire, workspace, { files, documents, seed = 1 }) {
        Object.assign(this, { wire, workspace, files, most: documents, pick: numbers(seed), open: new Map(), version: 0, times: [], folder: 'a', branch: 0 });
        this.asked = [];
    }

    name(number) {
        return `${number % 10 === 0 ? this.folder : 'b'}${number % 10}/m${number}.py`;
    }

    uri(number) {
        return pathToFileURL(this.workspace.path(this.name(number))).href;
    }

    some() {
        const numbers = [...this.open.keys()];
        return numbers[this.pick(numbers.length)];
    }

    ask(method, params) {
        const start = process.hrtime.bigint();
        this.asked.push(this.wire.request(method, params).then((answer) => {
            this.times.push(Number(process.hrtime.bigint() - start) / 1e6);
            assert.ok('result' in answer || [-32801, -32803].includes(answer.error.code), `${method}: ${JSON.stringify(answer)}`);
        }));
    }

    openOne() {
        const number = 1 + this.pick(this.files - 1); // all files use what is in the first
        if (this.open.has(number)) return;
        if (this.open.size >= this.most) this.close(this.some());
        this.open.set(number, this.workspace.read(this.name(number)));
        this.wire.notify('textDocument/didOpen', { textDocument: { uri: this.uri(number), languageId: 'python', version: ++this.version, text: this.open.get(number) } });
    }

    close(number) {
        this.open.delete(number);
        this.wire.notify('textDocument/didClose', { textDocument: { uri: this.uri(number) } });
    }

    /** What people do to a line; now and then the text is what it was, so that it does not get ever longer. */
    edit() {
        const number = this.some(), text = this.open.get(number), count = ++this.version;
        const lines = text.split('\n'), line = this.pick(lines.length), last = lines[line].length;
        const place = (from, to, newText) => ({ range: { start: { line, character: from }, end: { line, character: to } }, newText });
        const edits = [
            () => place(last, last, 'é'),
            () => place(0, 0, `def g${count}(é): return "🚀"\n\n`),
            () => place(0, last, ''),
            () => place(0, last, `class D${count}(C${number}_1):`),
            () => place(last, last, `\n    é${count} = f0("🚀`),
            () => place(Math.floor(last / 2), last, '("""'),
        ];
        const edit = this.pick(12) === 0 ? null : edits[this.pick(edits.length)]();
        const change = edit ? { range: edit.range, text: edit.newText } : { text: source(number, this.branch) };
        this.open.set(number, edit ? applyTextEdits(text, [edit]) : change.text);
        this.wire.notify('textDocument/didChange', { textDocument: { uri: this.uri(number), version: count }, contentChanges: [change] });
    }

    at(method) {
        this.ask(method, { textDocument: { uri: this.uri(this.some()) }, position: { line: 6 + 8 * this.pick(4), character: 24 } });
    }

    save() {
        const number = this.some();
        this.workspace.write(this.name(number), this.open.get(number));
        this.wire.notify('textDocument/didSave', { textDocument: { uri: this.uri(number) } });
    }

    tell(changes) {
        this.wire.notify('workspace/didChangeWatchedFiles', { changes });
    }

    change() {
        const number = this.pick(this.files);
        this.workspace.write(this.name(number), source(number, this.branch));
        this.tell([{ uri: this.uri(number), type: 2 }]);
    }

    renameFolder() {
        for (const number of [...this.open.keys()]) if (number % 10 === 0) this.close(number);
        const [from, to] = [this.folder, this.folder === 'a' ? 'c' : 'a'];
        fs.renameSync(this.workspace.path(`${from}0`), this.workspace.path(`${to}0`));
        this.folder = to;
        this.tell([{ uri: this.workspace.uri(`${from}0`), type: 3 }, { uri: this.workspace.uri(`${to}0`), type: 1 }]);
    }

    switchBranch() {
        this.branch++;
        const changes = [];
        for (let number = 0; number < this.files; number++) {
            this.workspace.write(this.name(number), source(number, this.branch));
            changes.push({ uri: this.uri(number), type: 2 });
        }
        this.tell(changes);
    }

    step(number) {
        if (number % 1000 === 999) this.switchBranch();
        if (number % 250 === 249) this.renameFolder();
        if (this.open.size < 2 || number % 20 === 0) this.openOne();
        this.edit();
        const turn = this.pick(12);
        if (turn === 0) this.at('textDocument/definition');
        else if (turn === 1) this.at('textDocument/references');
        else if (turn === 2) this.ask('workspace/symbol', { query: `C${this.pick(this.files)}` });
        else if (turn === 3) this.save();
        else if (turn === 4) this.change();
        else if (turn < 8) this.at('textDocument/hover');
    }

    async settle() {
        await Promise.all(this.asked);
        this.asked = [];
        this.wire.messages.length = 0; // notifications of the server's
    }
}

/** What the index holds, as answers: all symbols, the references of a name that all files use, and some outlines. */
async function answersOf(wire, day) {
    const sorted = (rows) => (rows ?? []).map((row) => JSON.stringify(row)).sort();
    const answers = {};
    for (const query of ['C', 'f', 'g', 'm', 'D', 'é']) {
        const { result } = await wire.request('workspace/symbol', { query });
        answers[query] = sorted(result.map(({ name, location }) => ({ name, location })));
    }
    const first = { textDocument: { uri: day.uri(0) }, position: { line: 9, character: 4 } };
    answers.references = sorted((await wire.request('textDocument/references', { ...first, context: { includeDeclaration: true } })).result);
    for (let number = 1; number < day.files; number += Math.ceil(day.files / 20)) {
        const textDocument = { uri: day.uri(number) };
        answers[number] = sorted((await wire.request('textDocument/documentSymbol', { textDocument })).result);
    }
    return answers;
}

/** Starts a session in which all is read. */
async function startIndexed(wire, workspace) {
    wire.reply = (request) => ({ jsonrpc: '2.0', id: request.id, result: null });
    const capabilities = { window: { workDoneProgress: true } };
    await wire.initialize(workspace, { capabilities, initializationOptions: { search: { limit: 0 } } });
    await wire.next(({ method, params }) => method === '$/progress' && params.value.kind === 'end');
}

async function freshAnswers(workspace, day) {
    let answers;
    await withWire({ args: ['--no-cache'] }, async (wire) => {
        await startIndexed(wire, workspace);
        answers = await answersOf(wire, day);
        await wire.stop();
    });
    return answers;
}

/** Asks until the index is as a fresh one: news of many files is taken in between messages. */
async function reach(wire, day, fresh) {
    let answers;
    for (let tries = 0; tries < 100; tries++) {
        answers = await answersOf(wire, day);
        if (isDeepStrictEqual(answers, fresh)) return;
    }
    assert.deepEqual(answers, fresh, 'the index is as a fresh one');
}

/** Waits until a process is through with what it does in a pause: its memory stays the same for more than a lull
 *  (lsp/idle.c), after which it has let go of what it read of its cache. */
async function stillness(pid) {
    for (let same = 0, last = 0; same < 10; await setTimeout(100)) {
        const bytes = residentBytes(pid);
        same = bytes === last ? same + 1 : 0;
        last = bytes;
    }
}

/** People pause; a cache is written then, and the index moves into it. All files have changed, so that it is due. */
async function rested(day, pid) {
    const folder = path.join(cacheHome, 'headword');
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    const written = new Promise((resolve) => {
        const watcher = fs.watch(folder, (_, name) => name.endsWith('.index') && resolve(watcher.close()));
    });
    day.switchBranch();
    await written;
    day.at('textDocument/hover');
    await day.settle();
    await stillness(pid);
}

/** Runs a day of so many edits; returns its figures: {tenths: [{bytes, p50, p99}], found}. With `rests` memory is
 *  measured after a pause. */
export async function runDay({ edits, files, documents, seed, patience, rests = false }) {
    const workspace = new Workspace();
    for (let number = 0; number < files; number++) workspace.write(`${number % 10 === 0 ? 'a' : 'b'}${number % 10}/m${number}.py`, source(number, 0));
    const tenths = [];
    let day, fresh;
    try {
        await withWire({}, async (wire) => {
            await startIndexed(wire, workspace);
            day = new Day(wire, workspace, { files, documents, seed });
            for (let i = 0; i < edits; i++) {
                day.step(i);
                if (i % 50 === 49) await day.settle();
                if ((i + 1) % (edits / 10) !== 0) continue;
                await day.settle();
                const { pid } = wire.server.child;
                if (rests) await rested(day, pid);
                tenths.push({ bytes: residentBytes(pid), p50: percentile(day.times, 0.5), p99: percentile(day.times, 0.99) });
                day.times = [];
            }
            for (const number of [...day.open.keys()]) day.close(number);
            fresh = await freshAnswers(workspace, day);
            await reach(wire, day, fresh);
            await wire.stop();
        }, patience);
        return { tenths, found: { symbols: fresh.C.length, references: fresh.references.length } };
    } finally {
        workspace.remove();
    }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    const edits = Number(process.argv[2] ?? 100_000);
    const { tenths, found } = await runDay({ edits, files: 2000, documents: 200, seed: 1, patience: 3_600_000, rests: true });
    console.table(tenths.map(({ bytes, p50, p99 }) => ({ MB: (bytes / 1e6).toFixed(1), 'p50 ms': p50.toFixed(2), 'p99 ms': p99.toFixed(2) })));
    console.log(found);
    if (edits < 50_000) process.exit(); // in the first tenth of which not all documents are opened
    assert.ok(tenths.at(-1).bytes <= tenths[0].bytes * 1.05, 'memory after a pause grows by at most 5 % after the first tenth');
    assert.ok(tenths.at(-1).p99 <= tenths[0].p99 * 2 + 5, 'the last answers come as fast as the first ones');
}
