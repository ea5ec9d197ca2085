// What is measured: one row per figure that was promised. `measure` is one run of a row; it returns numbers by the
// names that `figures(bench, runs)` lists: [name, title, unit, target]. What has no target is shown only. Rows with `ask` are
// measured one after the other in one session whose index is complete.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { byDocument, byPosition, requestsAt } from '../lsp/lookups.mjs';
import { result } from './client.mjs';
import { median, quantile } from './statistics.mjs';
import { generate, typing } from './typing.mjs';
import { canAsk, questions } from './workbench.mjs';

export class NotMeasured extends Error {}

// --- starts ---

const PATIENCE = 60_000, PAUSE = 5, LULL = 1000; // ms

/** Asks until the answer is the one that a complete index gives; milliseconds from the start of the process. */
async function untilComplete(session, question, name, truth) {
    for (;;) {
        const answer = await session.request(question.method, question.params(name));
        if (question.gist(result(answer), name) === truth) return answer.at - session.started;
        if (answer.at - session.started > PATIENCE) throw new NotMeasured(`${name.name}: not the answer that a complete index gives`);
        await setTimeout(PAUSE);
    }
}

/** A fresh server's time to a complete answer, and what it asks of memory after `more(session)`. */
async function start(bench, cache, kind, name, more = () => {}) {
    const question = questions[kind];
    const truth = (await bench.truth()).get(`${kind} ${name.name}`);
    const session = bench.server(cache);
    try {
        await session.initialize(bench.root);
        if (kind !== 'symbol') session.open(name.use);
        const time = await untilComplete(session, question, name, truth);
        await more(session);
        return { time, ...session.usage() };
    } finally {
        await session.kill();
    }
}

const namesFor = (bench, kind) => bench.names.filter((name) => canAsk(kind, name));

async function measureColdStart(bench, kind) {
    if (!bench.hasCtags) throw new NotMeasured('universal-ctags is not installed');
    const figures = { ratio: 0, time: 0, ctags: 0 };
    for (const name of namesFor(bench, kind)) {
        const ctags = await bench.tag();
        const { time } = await start(bench, bench.emptyCache(), kind, name);
        figures[name.name] = time / ctags;
        figures.ratio = Math.max(figures.ratio, time / ctags);
        figures.time = Math.max(figures.time, time);
        figures.ctags = Math.max(figures.ctags, ctags);
    }
    return figures;
}

const nameFigures = (bench, kind) => namesFor(bench, kind).map(({ name, importers, definitions }) =>
    [name, `  ${name} (definitions: ${definitions}, files that import it: ${importers})`, 'x']);

async function measureWarmStart(bench) {
    const cache = await bench.filledCache();
    if (!cache) throw new NotMeasured('the program leaves nothing in its cache folder');
    const name = bench.names.filter(({ use }) => use).at(-1);
    const { wall, files } = bench.statOfCached(cache);
    let busy;
    const symbol = await start(bench, cache, 'symbol', name);
    const hover = await start(bench, cache, 'hover', name, async (session) => {
        for (const query of bench.queries) await session.request('workspace/symbol', { query });
        for (const at of bench.places.slice(0, 100)) await session.request('textDocument/hover', at);
        busy = session.usage().resident;
        await setTimeout(LULL);
    });
    return {
        symbol: symbol.time / wall, hover: hover.time / wall, stat: wall, files, time: Math.max(symbol.time, hover.time),
        memory: hover.resident / bench.megabytes, first: symbol.resident / bench.megabytes, busy: busy / bench.megabytes,
    };
}

// --- indexing ---

async function measureColdIndex(bench) {
    const alone = bench.baseline('parse', bench.cores);
    const session = bench.server(bench.emptyCache());
    const done = session.workDone();
    try {
        await session.initialize(bench.root);
        const time = (await done).at - session.started;
        const { cpu } = session.usage();
        const pool = bench.baseline('pool', bench.cores);
        return { ratio: time / alone.wall, cpu: cpu / alone.cpu, pool: time / pool.wall, time, alone: alone.wall };
    } finally {
        await session.kill();
    }
}

// --- pages ---

/** Bytes and number of all files below a folder. */
function sizeOf(folder) {
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return { pages: files.length, bytes: files.reduce((sum, { path: parent, name }) => sum + fs.statSync(path.join(parent, name)).size, 0) };
}

/** Pages of the whole corpus into a fresh folder, and again when there is nothing to do. */
async function measurePages(bench) {
    const cache = bench.emptyCache(), out = bench.fresh('pages');
    const index = await bench.run(bench.emptyCache(), 'find', '--root', bench.root, 'nothing');
    const first = await bench.run(cache, 'pages', '--root', bench.root, '--out', out);
    const second = await bench.run(cache, 'pages', '--root', bench.root, '--out', out);
    const { files } = JSON.parse(fs.readFileSync(path.join(out, 'index.json'), 'utf8'));
    const sources = files.map((file) => `${path.join(bench.root, file.path)}\0`).join('');
    const { wall } = JSON.parse(bench.runBaseline(['hash', String(bench.cores)], { list: sources }));
    const { pages, bytes } = sizeOf(out);
    fs.rmSync(out, { recursive: true });
    const megabytes = bytes / 1e6;
    return {
        ratio: first.time / index.time, time: first.time, peak: first.peak, pages, megabytes,
        cost: Math.max(0, first.cpu - index.cpu) / megabytes, again: second.time / wall, second: second.time, hash: wall,
    };
}

// --- one session ---

/** What is to be said of one method: of round trips, and of what the server's log says its handler took. */
async function summarize(session, method, times) {
    const inside = await session.handlerTimes(method, times.length);
    const figures = { p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: Math.max(...times) };
    return { ...figures, 'p50 inside': quantile(inside, 0.5), 'p99 inside': quantile(inside, 0.99), 'max inside': Math.max(...inside) };
}

/** One request per place or query. */
async function timeAll(session, method, all) {
    if (all.length === 0) throw new NotMeasured('the corpus has no place to ask about');
    const times = [];
    for (const params of all) times.push((await session.request(method, params)).time);
    return summarize(session, method, times);
}

/** Asks at each place of the bench, while its document is open, what `requests` makes of it and what follows from the answers; the
 *  times by method. */
async function timeOpen({ places, opened }, session, requests) {
    const times = new Map();
    for (const place of places) {
        const { uri } = place.textDocument, open = opened.has(uri);
        if (!open) session.open({ uri, text: fs.readFileSync(fileURLToPath(uri), 'utf8') });
        await session.request('workspace/symbol', { query: '' }); // reading it is no part of what is measured
        for (let rest = requests(place); rest.length;) {
            const next = [];
            for (const { method, params, then } of rest) {
                const { time, body } = await session.request(method, params);
                times.set(method, [...(times.get(method) ?? []), time]);
                if (then) next.push(...then(JSON.parse(body).result));
            }
            rest = next;
        }
        if (!open) session.notify('textDocument/didClose', { textDocument: { uri } });
    }
    return times;
}

const latency = (row, title, method, params, p50, p99) => ({
    row,
    figures: () => [['p50', `${title}, p50`, 'ms', p50], ['p99', `${title}, p99`, 'ms', p99], ['max', `${title}, longest`, 'ms']],
    ask: (bench, session) => timeAll(session, method, params(bench)),
});

async function measureMethods(bench, session) {
    const figures = {};
    const times = await timeOpen(bench, session, (place) => [...requestsAt(byPosition, place), ...requestsAt(byDocument, place)]);
    for (const [method, all] of times) {
        for (const [name, value] of Object.entries(await summarize(session, method, all))) figures[`${method} ${name}`] = value;
    }
    return figures;
}

/** Of every method that was asked. */
const methodFigures = (bench, [first = {}] = []) => Object.keys(first).filter((name) => / (p50|p99)$/.test(name)).map((name) => [name, name.replace(' ', ', '), 'ms']);

function measureTyping(bench) {
    const generated = typing(bench.program, generate(10_000));
    const real = typing(bench.program, fs.readFileSync(bench.longest, 'utf8'));
    const times = (strokes) => strokes.map(({ time }) => time);
    return {
        p50: quantile(times(generated), 0.5), p99: quantile(times(generated), 0.99),
        loop: quantile(generated.map(({ loop }) => loop), 0.99), real: quantile(times(real), 0.99),
    };
}

const REFERENCES = 100, OUTLINES = 100;

export const rows = [
    {
        row: 'cold-index',
        figures: () => [
            ['ratio', 'cold index / tree-sitter alone', 'x', 1.25],
            ['cpu', '  the same, processor time', 'x'],
            ['pool', '  / tree-sitter with the allocator of Headword', 'x'],
            ['time', '  cold index, from the start of the server', 'ms'],
            ['alone', '  tree-sitter alone', 'ms'],
        ],
        measure: measureColdIndex,
    },
    ...['symbol', 'definition'].map((kind) => ({
        row: `cold-${kind}`,
        figures: (bench) => [
            ['ratio', `cold start to ${questions[kind].method} / ctags`, 'x', 1],
            ...nameFigures(bench, kind),
            ['time', '  the slowest of them', 'ms'],
            ['ctags', '  universal-ctags', 'ms'],
        ],
        measure: (bench) => measureColdStart(bench, kind),
    })),
    {
        row: 'pages',
        figures: () => [
            ['ratio', 'all doc pages, from sources to the disk / cold index', 'x', 2],
            ['time', '  all doc pages', 'ms'],
            ['peak', '  at most resident', 'MB'],
            ['pages', '  files written', ''],
            ['megabytes', '  of them', 'MB'],
            ['cost', 'processor time of pages, indexing excluded, a megabyte of them', 'ms', 5],
            ['again', 'a run with nothing to do / hashing all sources', 'x', 1.5],
            ['second', '  a run with nothing to do', 'ms'],
            ['hash', '  hashing all sources', 'ms'],
        ],
        measure: measurePages,
    },
    {
        row: 'warm-start',
        figures: () => [
            ['symbol', 'start with cache to workspace/symbol / stat of all files', 'x', 3],
            ['hover', 'start with cache to hover / stat of all files', 'x', 3],
            ['time', '  the slower of them', 'ms'],
            ['stat', '  stat of all files', 'ms'],
            ['files', '  files, with those of libraries', ''],
            ['memory', 'resident with cache, a second after 200 requests / bytes of source', 'x', 1],
            ['first', '  after the first answer', 'x'],
            ['busy', '  just after the 200 requests', 'x'],
        ],
        measure: measureWarmStart,
    },
    {
        row: 'keystroke',
        figures: () => [
            ['p99', 'keystroke to documentSymbol, 10,000 lines, p99', 'ms', 5],
            ['p50', '  p50', 'ms'],
            ['loop', '  processor time of the server\'s loop, p99', 'ms'],
            ['real', '  in the longest file of the corpus, p99', 'ms'],
        ],
        measure: measureTyping,
    },
    {
        row: 'memory',
        figures: () => [
            ['ratio', 'resident after indexing / bytes of source', 'x', 4],
            ['resident', '  resident after indexing', 'MB'],
            ['peak', '  at most while indexing', 'MB'],
        ],
        ask: (bench, { after: { resident, peak } }) => ({ ratio: resident / bench.megabytes, resident, peak }),
    },
    {
        row: 'overhead',
        figures: () => [['p50', 'a request that does nothing, p50', 'ms'], ['p99', 'a request that does nothing, p99', 'ms']],
        ask: (bench, { nothing }) => ({ p50: median(nothing), p99: quantile(nothing, 0.99) }),
    },
    latency('symbol', 'workspace/symbol', 'workspace/symbol', ({ queries }) => queries.map((query) => ({ query })), 2, 10),
    latency('hover', 'hover', 'textDocument/hover', ({ places }) => places, undefined, 1),
    latency('definition', 'definition', 'textDocument/definition', ({ places }) => places, undefined, 1),
    latency('references', 'references', 'textDocument/references',
        ({ places }) => places.slice(0, REFERENCES).map((at) => ({ ...at, context: { includeDeclaration: true } })), undefined, 50),
    latency('completion', 'completion behind a dot', 'textDocument/completion', ({ dots }) => dots, undefined, 10),
    latency('outline', 'documentSymbol', 'textDocument/documentSymbol', ({ places }) => places.slice(0, OUTLINES).map(({ textDocument }) => ({ textDocument }))),
    { row: 'methods', figures: methodFigures, ask: measureMethods },
];
