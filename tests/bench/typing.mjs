// Types into a large file and measures, for each keystroke, the time until documentSymbol's answer is there.
//
//     node tests/bench/typing.mjs PROGRAM FILE...
//
// A keystroke is one didChange with one small change, sent together with the request. The clock stops when the last
// byte of the answer has arrived: what a client makes of it is not the server's. The script types what people type, one
// character at a time: identifiers, definitions, strings and brackets that are open until they are closed, newlines
// with their indentation, comments, slips taken back; it renames definitions and calls; it does so near the top, in the
// middle and near the end of the file, and pauses now and then, as the server may then do work of its own.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A file of about `lines` lines, of the shapes that real ones have. */
export function generate(lines) {
    const text = ['"""Generated: é🚀."""', 'import os', 'from typing import Optional', ''];
    for (let i = 0; text.length < lines; i++) {
        text.push(
            `class Shape${i}(Base${i % 7}, metaclass=Meta):`,
            `    """Shape ${i}: é🚀.`,
            '',
            '    More of it.',
            '    """',
            `    sides: int = ${i}`,
            '',
            `    def __init__(self, name: str, size: Optional[int] = None, *args, **kwargs) -> None:`,
            `        self.name = name or "shape ${i}"`,
            `        self.size = size if size is not None else os.environ.get("SIZE_${i}", ${i})`,
            `        super().__init__(*args, **kwargs)`,
            '',
            '    @property',
            `    def area_${i}(self) -> float:`,
            `        total = sum(side * ${i} for side in self.sides_of(self.name))`,
            '        if total < 0:',
            `            raise ValueError(f"negative: {total!r}")  # never seen`,
            '        return total',
            '',
            '',
            `def make_${i}(name, *, size=(1, 2)):`,
            `    shape = Shape${i}(name, size=size[0])`,
            `    return {"name": name, "area": shape.area_${i}, 'é': [shape, None]}`,
            '',
            '',
        );
    }
    return text.join('\n') + '\n';
}

const BACK = '\b', PAUSE = '\x07';

/** What is typed at the start of a line; every line begins with the indentation of the place. */
const lines = [
    'def fresh_name(x, *args: int) -> str:',
    '    total = x + retrun' + BACK.repeat(6) + '1  # count é🚀 "twice',
    '    text = "a string é🚀" + ' + "'another {one}'",
    '    items = [call(x, {1: (2, 3), "k": [4]}), *args]' + PAUSE,
    '    """A text',
    "    over lines, isn't it",
    '    """',
    '    if total > f(items)[0]:',
    '        return text',
    '',
    '@decorator("é")',
    'class Fresh(Base, key=1):' + PAUSE,
    "    '''Docs.'''",
    '    field: int = lambda self: (yield)' + BACK.repeat(7) + '0)' + BACK,
    '    for a, b in items: print(f"{a!r:>{b}}")',
    '',
];

/** The start of a line near a part of the file before which a definition or statement may stand, and its indentation. */
function placeNear(text, part) {
    const from = Math.floor(text.length * part);
    const found = /\n\n(?=( *)(?:def|class|@))/g;
    found.lastIndex = from;
    const match = found.exec(text) ?? [...text.matchAll(found)].at(-1);
    if (!match) return { offset: text.length, indent: '' };
    return { offset: match.index + match[0].length, indent: match[1] };
}

/** A document as the client holds it; lines and characters are counted in UTF-16 as JavaScript does. */
class Buffer16 {
    constructor(text) {
        this.text = text;
    }

    position(offset) {
        const before = this.text.slice(0, offset);
        const start = before.lastIndexOf('\n') + 1;
        let line = 0;
        for (let at = -1; (at = before.indexOf('\n', at + 1)) >= 0;) line++;
        return { line, character: offset - start };
    }

    /** Replaces [start, end) and returns the change. */
    replace(start, end, text) {
        const range = { start: this.position(start), end: this.position(end) };
        this.text = this.text.slice(0, start) + text + this.text.slice(end);
        return { range, text };
    }
}

/** The edits at one place, as they are made: {change, shows, pause}. `shows`: a piece of the answer from then on. */
function* edits(buffer, part) {
    const { offset, indent } = placeNear(buffer.text, part);
    const original = buffer.text;
    let at = offset;
    const insert = (text) => {
        const change = buffer.replace(at, at, text);
        at += text.length;
        return { change };
    };
    const back = () => {
        const step = buffer.text.codePointAt(at - 2) > 0xffff ? 2 : 1;
        at -= step;
        return { change: buffer.replace(at, at + step, '') };
    };
    yield insert('\n');
    at -= 1;
    for (const line of lines) {
        if (line) yield insert(indent);
        for (const character of line.replace(/^ +/, (blanks) => (blanks.length ? blanks : ''))) {
            if (character === PAUSE) yield { pause: true };
            else yield character === BACK ? back() : insert(character);
        }
        yield insert('\n');
    }
    yield { ...insert(''), shows: ['"fresh_name"', '"Fresh"'] };
    // rename a definition that was there, one character at a time
    const name = /def (\w+)/.exec(buffer.text.slice(at));
    if (name) {
        const [start, word] = [at + name.index + 4, name[1]];
        for (let i = 0; i < 6; i++) {
            const change = buffer.replace(start + word.length + i, start + word.length + i, 'x');
            yield { change, shows: [`"${word}${'x'.repeat(i + 1)}"`] };
        }
        yield { change: buffer.replace(start, start + word.length + 6, word), shows: [`"${word}"`] };
    }
    // indent and dedent a line, open and close a bracket in another one
    for (const text of ['    ', '(', '[']) {
        yield { change: buffer.replace(at, at, text) };
        yield { change: buffer.replace(at, at + text.length, '') };
    }
    yield { pause: true };
    // take all back: one change by undo, once forward and back again
    const typed = buffer.text.slice(offset, at);
    yield { change: buffer.replace(offset, at, '') };
    yield { change: buffer.replace(offset, offset, typed) };
    yield { change: buffer.replace(offset, offset + typed.length, '') };
    if (buffer.text !== original) yield { change: buffer.replace(0, buffer.text.length, original) };
}

/** A client that reads no more of the answers than where they end. */
class Client {
    constructor(program) {
        this.child = spawn(program, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
        this.chunks = [];
        this.size = 0;
        this.lastId = 0;
        this.waiting = new Map();
        this.child.stdout.on('data', (bytes) => this.arrive(bytes));
    }

    arrive(bytes) {
        this.chunks.push(bytes);
        this.size += bytes.length;
        while (this.size) {
            if (this.wanted === undefined) {
                this.chunks = [Buffer.concat(this.chunks)];
                const header = /^Content-Length: (\d+)\r\n\r\n/.exec(this.chunks[0].toString('latin1', 0, 64));
                if (!header) return;
                this.wanted = header[0].length + Number(header[1]);
                this.body = header[0].length;
            }
            if (this.size < this.wanted) return;
            const now = performance.now();
            const all = Buffer.concat(this.chunks);
            const body = all.subarray(this.body, this.wanted);
            this.chunks = [all.subarray(this.wanted)];
            this.size -= this.wanted;
            this.wanted = undefined;
            const id = /^{"jsonrpc":"2.0","id":(\d+),"(?:result|error)"/.exec(body.toString('latin1', 0, 64))?.[1];
            this.waiting.get(Number(id))?.({ now, body });
        }
    }

    frame(message) {
        const body = JSON.stringify({ jsonrpc: '2.0', ...message });
        return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    }

    notify(method, params) {
        this.child.stdin.write(this.frame({ method, params }));
    }

    /** Sends notifications and a request in one go; milliseconds until the answer, and its bytes. */
    async request(method, params, ...notifications) {
        const id = ++this.lastId;
        const frames = [...notifications.map(([name, what]) => this.frame({ method: name, params: what })), this.frame({ id, method, params })];
        const answer = new Promise((resolve) => this.waiting.set(id, resolve));
        const start = performance.now();
        this.child.stdin.write(frames.join(''));
        const { now, body } = await answer;
        this.waiting.delete(id);
        return { time: now - start, body };
    }
}

const PATIENCE = 5000; // ms
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Types into `text` (of a file named `name`, which is not touched) with the server `program`. Returns milliseconds per
 * keystroke, in order: until an answer shows what it has to show; throws when none does.
 */
export async function typing(program, text, { name = '/nowhere/typed.py', parts = [0.02, 0.5, 0.97], pause = 170, onTime } = {}) {
    const client = new Client(program);
    const uri = pathToFileURL(name).href;
    const textDocument = { uri };
    const buffer = new Buffer16(text);
    const times = [];
    try {
        const capabilities = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
        await client.request('initialize', { processId: process.pid, rootUri: null, capabilities });
        client.notify('initialized', {});
        client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 0, text } });
        await client.request('textDocument/documentSymbol', { textDocument });
        let version = 0;
        for (const part of parts) {
            for (const { change, shows = [], pause: rests } of edits(buffer, part)) {
                if (rests) await sleep(pause);
                if (!change) continue;
                const edit = ['textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [change] }];
                const start = performance.now();
                let { body } = await client.request('textDocument/documentSymbol', { textDocument }, edit);
                let time = performance.now() - start;
                while (!shows.every((piece) => body.includes(piece))) {
                    if (time > PATIENCE) throw new Error(`${shows.join(', ')} not in the answer after ${JSON.stringify(change)}`);
                    await sleep(10);
                    ({ body } = await client.request('textDocument/documentSymbol', { textDocument }));
                    time = performance.now() - start;
                }
                times.push(time);
                onTime?.(time, change, part, client.child.pid);
            }
        }
        await client.request('shutdown');
        client.notify('exit');
    } finally {
        client.child.kill();
    }
    return times;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [program, ...files] = process.argv.slice(2);
    const texts = [['10,000 generated lines', generate(10_000)], ...files.map((file) => [path.basename(file), fs.readFileSync(file, 'utf8')])];
    for (const [name, text] of texts) {
        const all = [];
        const slow = [];
        const onTime = (time, { range, text: typed }, part) => slow.push({ time, typed, range, part });
        all.push(...(await typing(path.resolve(program), text, { onTime })));
        all.sort((a, b) => a - b);
        const at = (q) => all[Math.min(all.length - 1, Math.floor(all.length * q))].toFixed(2);
        const mean = all.reduce((a, b) => a + b) / all.length;
        console.log(`${name}: ${all.length} keystrokes, ms: p50 ${at(0.5)} p90 ${at(0.9)} p99 ${at(0.99)} max ${at(1)}; ${(1000 / mean).toFixed(0)} a second`);
        if (process.env.SLOW) {
            slow.sort((a, b) => b.time - a.time);
            for (const { time, typed, range, part } of slow.slice(0, Number(process.env.SLOW)))
                console.log(`   ${time.toFixed(2)} at ${part} ${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${JSON.stringify(typed.slice(0, 40))}`);
        }
    }
}
