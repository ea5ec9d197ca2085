// Types into a large file and measures, for each keystroke, the time until documentSymbol's answer is there.
//
//     node tests/bench/typing.mjs PROGRAM FILE...
//
// A keystroke is one didChange with one small change, sent together with the request. The clock stops when the last
// byte of the answer has arrived: what a client makes of it is not the server's. bench_replay sends all of it, since a
// client with a heap to tidy up would be what is measured. The script types what people type, one
// character at a time: identifiers, definitions, strings and brackets that are open until they are closed, newlines
// with their indentation, comments, slips taken back; it renames definitions and calls; it does so near the top, in the
// middle and near the end of the file, and pauses now and then, as the server may then do work of its own.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
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

/** What is sent for the edits of a text: [{change, shows, part} or {pause: true}], one after the other. */
function* keystrokes(text, parts) {
    const buffer = new Buffer16(text);
    for (const part of parts) {
        for (const { change, shows = [], pause } of edits(buffer, part)) {
            if (pause) yield { pause };
            if (change) yield { change, shows, part };
        }
    }
}

const frame = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

/** The script for tests/bench/replay.c. */
function scriptOf(text, strokes, uri, pause) {
    const script = [], textDocument = { uri };
    let version = 0, id = 0;
    const put = (head, bytes) => script.push(`${head} ${Buffer.byteLength(bytes)}\n${bytes}`);
    const ask = (method, params, ...before) => {
        const notifications = before.map(([name, what]) => frame({ method: name, params: what }));
        put(`ask ${++id}`, [...notifications, frame({ id, method, params })].join(''));
    };
    const capabilities = { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } };
    ask('initialize', { processId: null, rootUri: null, capabilities });
    ask('textDocument/documentSymbol', { textDocument }, ['initialized', {}],
        ['textDocument/didOpen', { textDocument: { uri, languageId: 'python', version, text } }]);
    for (const { change, shows, pause: rests } of strokes) {
        if (rests) {
            script.push(`pause ${pause}\n`);
            continue;
        }
        for (const piece of shows) put('shows', piece);
        ask('textDocument/documentSymbol', { textDocument },
            ['textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [change] }]);
    }
    ask('shutdown', undefined);
    return script.join('');
}

/**
 * Types into `text` (of a file named `name`, which is not touched) with the server `program`. Returns, for each
 * keystroke in order, {time, loop, change, part}: the milliseconds until an answer showed it, and those that the
 * server's loop ran for it; throws when an answer does not show what it has to.
 */
export function typing(program, text, { name = '/nowhere/typed.py', parts = [0.02, 0.5, 0.97], pause = 170 } = {}) {
    const replay = path.join(path.dirname(program), 'bench_replay');
    if (!fs.existsSync(replay)) throw new Error(`${replay} is missing: build the target bench_replay`);
    const strokes = [...keystrokes(text, parts)];
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-typing-'));
    try {
        const script = path.join(folder, 'script');
        fs.writeFileSync(script, scriptOf(text, strokes, pathToFileURL(name).href, pause));
        const out = execFileSync(replay, [script, program, 'lsp'], { encoding: 'latin1', maxBuffer: 2 ** 30 });
        const rows = out.trim().split('\n').map((line) => line.split(' ').map(Number));
        const typed = strokes.filter(({ change }) => change);
        return typed.map(({ change, part }, i) => {
            const [time, until] = rows[i + 2]; // the first two opened the document
            return { time, loop: until - rows[i + 1][1], change, part };
        });
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [program, ...files] = process.argv.slice(2);
    const texts = [['10,000 generated lines', generate(10_000)], ...files.map((file) => [path.basename(file), fs.readFileSync(file, 'utf8')])];
    for (const [name, text] of texts) {
        const all = typing(path.resolve(program), text).sort((a, b) => a.time - b.time);
        const at = (q) => all[Math.min(all.length - 1, Math.floor(all.length * q))].time.toFixed(2);
        const mean = all.reduce((sum, { time }) => sum + time, 0) / all.length;
        console.log(`${name}: ${all.length} keystrokes, ms: p50 ${at(0.5)} p90 ${at(0.9)} p99 ${at(0.99)} max ${at(1)}; ${(1000 / mean).toFixed(0)} a second`);
        for (const { time, loop, change: { range, text: typed }, part } of all.reverse().slice(0, Number(process.env.SLOW ?? 0)))
            console.log(`   ${time.toFixed(2)} (loop ${loop.toFixed(2)}) at ${part} ${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character} ${JSON.stringify(typed.slice(0, 40))}`);
    }
}
