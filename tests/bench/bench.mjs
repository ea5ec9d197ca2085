// Measures the release build: times of indexing, of `find`, and of a session's answers; memory.
//
//     node tests/bench/bench.mjs PROGRAM [--small | REPOSITORY] [--runs N]
//
// Each figure is the median of N runs (default 5). Where universal-ctags is installed, indexing is compared with it
// within the same run, as a ratio: the machine's mood is then on both sides.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { small: { type: 'boolean' }, runs: { type: 'string', default: '5' } },
});
const [program, given] = positionals;
if (!program) {
    console.error('usage: node tests/bench/bench.mjs PROGRAM [--small | REPOSITORY] [--runs N]');
    process.exit(2);
}
process.env.HEADWORD = path.resolve(program);
process.env.HEADWORD_PATIENCE ??= '30';
const { Session } = await import('../lsp/client.mjs');
const { vscode } = await import('../lsp/editors.mjs');

const standardLibrary = () =>
    execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).trim();
const corpus = fs.realpathSync(given ?? standardLibrary());
const runs = Number(values.runs);

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);
const quantile = (numbers, q) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * q))];
const median = (numbers) => quantile(numbers, 0.5);

/** Milliseconds that a command takes. */
function timeCommand(command, args) {
    const start = performance.now();
    const { status, error } = spawnSync(command, args, { stdio: 'ignore' });
    if (error || status > 1) throw error ?? new Error(`${command} ${args.join(' ')} ended with ${status}`);
    return performance.now() - start;
}

function report(name, value, unit, note = '') {
    console.log(`${name.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 0).padStart(9)} ${unit} ${note}`.trimEnd());
}

const hasCtags = /Universal Ctags/.test(spawnSync('ctags', ['--version'], { encoding: 'utf8' }).stdout ?? '');

function measureCommands() {
    const index = [], find = [], ratios = [];
    for (let run = 0; run < runs; run++) {
        index.push(timeCommand(program, ['find', '--root', corpus, 'zzzzzzzz']));
        find.push(timeCommand(program, ['find', '--root', corpus, '--limit', '10', 'path']));
        if (hasCtags) ratios.push(index.at(-1) / timeCommand('ctags', ['-R', '--languages=Python', '-f', '/dev/null', corpus]));
    }
    report('cold index, as `find` of nothing', median(index), 'ms');
    report('`find path`, index included', median(find), 'ms');
    if (hasCtags) report('cold index, against universal-ctags', median(ratios), 'x', '(below 1 is faster)');
}

/** The server's own memory in MB, where the system tells. */
function residentMegabytes(pid) {
    try {
        return Number(/^VmRSS:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
    } catch {
        return NaN;
    }
}

async function timeRequest(session, method, params) {
    const start = performance.now();
    const result = await session.request(method, params);
    return { result, time: performance.now() - start };
}

/** 100 queries as people type them: whole names, beginnings, initials, qualified names, nothing. */
async function makeQueries(session) {
    const symbols = await session.request('workspace/symbol', { query: '' });
    const names = symbols.map(({ name, containerName }) => ({ name, full: `${containerName ?? ''}.${name}` }));
    if (names.length === 0) return Array(100).fill('');
    const shapes = [({ name }) => name, ({ name }) => name.slice(0, 3), ({ name }) => [...name].filter((_, i) => i % 2 === 0).join(''), ({ full }) => full, () => ''];
    return Array.from({ length: 100 }, (_, i) => shapes[i % shapes.length](names[i % names.length]));
}

async function measureSession() {
    const session = new Session({ editor: vscode, workspace: { root: corpus, uri: () => pathToFileURL(corpus).href } });
    try {
        const start = performance.now();
        await session.start();
        const ready = performance.now() - start;
        await session.indexed();
        const indexed = performance.now() - start;
        const times = { symbol: [], hover: [], definition: [] };
        const places = new Map();
        for (const query of await makeQueries(session)) {
            const { result, time } = await timeRequest(session, 'workspace/symbol', { query });
            times.symbol.push(time);
            for (const { location } of result.slice(0, 2)) places.set(JSON.stringify(location), location);
        }
        for (const { uri, range } of [...places.values()].slice(0, 100)) {
            const params = { textDocument: { uri }, position: range.start };
            times.hover.push((await timeRequest(session, 'textDocument/hover', params)).time);
            times.definition.push((await timeRequest(session, 'textDocument/definition', params)).time);
        }
        const memory = residentMegabytes(session.server.child.pid);
        await session.stop();
        return { ready, indexed, times, memory };
    } finally {
        await session.destroy();
    }
}

async function measureSessions() {
    const all = [];
    for (let run = 0; run < runs; run++) all.push(await measureSession());
    report('initialize answered', median(all.map(({ ready }) => ready)), 'ms');
    report('index complete', median(all.map(({ indexed }) => indexed)), 'ms');
    for (const [key, name] of [['symbol', 'workspace/symbol'], ['hover', 'hover'], ['definition', 'definition']]) {
        if (all.some(({ times }) => times[key].length === 0)) continue;
        report(`${name}, p50`, median(all.map(({ times }) => quantile(times[key], 0.5))), 'ms');
        report(`${name}, p99`, median(all.map(({ times }) => quantile(times[key], 0.99))), 'ms');
    }
    const memory = median(all.map((run) => run.memory));
    if (!Number.isNaN(memory)) report('memory of the server, resident', memory, 'MB');
}

console.log(`${corpus}, medians of ${runs} runs\n`);
measureCommands();
await measureSessions();
