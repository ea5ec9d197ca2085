// Measures a build of the program against what was promised of it.
//
//     node tests/bench/bench.mjs PROGRAM [OPTION...] [REPOSITORY]
//
// Beside PROGRAM there have to be bench_baseline and bench_replay of the same build. Every figure is the median of several runs; both
// sides of a ratio are measured in each run, one after the other, so that the machine's mood is on both.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { Missing, pytorch, standardLibrary } from './corpus.mjs';
import { measurePeers } from './peers.mjs';
import { formatTable, summarizeAll } from './report.mjs';
import { NotMeasured, rows } from './rows.mjs';
import { Workbench } from './workbench.mjs';

const usage = `usage: ./dev bench [OPTION...] [REPOSITORY]

Measures the release build on a repository: PyTorch's source unless another one is named. It is fetched once with
apt-get into the user's cache folder.

  --small      the standard library of Python instead: the machine's own, else fetched
  --runs N     runs of each row (default: 5); the medians are shown
  --only ROW   this row only; may be repeated. The rows: ${rows.map(({ row }) => row).join(', ')}
  --json       print one JSON object, with the figures of every run
  --help       show this text

Exit status: 0 when it was measured, whatever the verdicts; 2 when it could not be.`;

function fail(message) {
    console.error(`bench: ${message}`);
    process.exit(2);
}

function readOptions() {
    try {
        const { values, positionals } = parseArgs({
            allowPositionals: true,
            options: {
                small: { type: 'boolean' },
                runs: { type: 'string', default: '5' },
                only: { type: 'string', multiple: true },
                json: { type: 'boolean' },
                help: { type: 'boolean' },
            },
        });
        return { ...values, program: positionals[0], repository: positionals[1], extra: positionals[2] };
    } catch (error) {
        return fail(`${error.message}\n\n${usage}`);
    }
}

function chooseRows(only) {
    const unknown = only?.find((name) => !rows.some(({ row }) => row === name));
    if (unknown) fail(`no row ${unknown}; there are: ${rows.map(({ row }) => row).join(', ')}`);
    if (!only) return rows;
    const asks = rows.some(({ row, ask }) => ask && only.includes(row));
    return rows.filter(({ row }) => only.includes(row) || (asks && row === 'overhead')); // which judges the others
}

function findCorpus({ repository, small }) {
    if (repository && !fs.statSync(repository, { throwIfNoEntry: false })?.isDirectory()) fail(`${repository}: not a folder`);
    try {
        return fs.realpathSync(repository ?? (small ? standardLibrary() : pytorch()));
    } catch (error) {
        if (!(error instanceof Missing)) throw error;
        return fail(`${error.message}; name a repository: ./dev bench REPOSITORY`);
    }
}

function openWorkbench(program, root) {
    try {
        return new Workbench(program, root);
    } catch (error) {
        return fail(error.message);
    }
}

const NOTHINGS = 200;

/** A session with a complete index, what can be said of it before anything is asked, and some open documents. */
async function openSession(bench) {
    const session = await bench.indexedServer();
    session.after = session.usage();
    session.nothing = [];
    for (let i = 0; i < NOTHINGS; i++) session.nothing.push((await session.request('$/nothing', null)).time);
    for (const uri of bench.opened) session.open({ uri, text: fs.readFileSync(fileURLToPath(uri), 'utf8') });
    await session.request('workspace/symbol', { query: '' });
    return session;
}

/** One run of each row that has not failed, in their order; adds to `measured`. */
async function runOnce(bench, chosen, measured) {
    let session = null;
    try {
        for (const { row, ask, measure } of chosen) {
            if (!Array.isArray(measured.get(row))) continue;
            if (ask) session ??= await openSession(bench);
            try {
                measured.get(row).push(await (ask ? ask(bench, session) : measure(bench)));
            } catch (error) {
                if (!(error instanceof NotMeasured)) throw error;
                measured.set(row, error.message);
            }
        }
    } finally {
        await session?.kill();
    }
}

/** A row's name -> the figures of its runs, or why it was not measured. */
async function measureRows(bench, chosen, runs) {
    const measured = new Map(chosen.map(({ row }) => [row, []]));
    for (let run = 1; run <= runs; run++) {
        if (process.stderr.isTTY) process.stderr.write(`\rRun ${run} of ${runs} …`);
        await runOnce(bench, chosen, measured);
    }
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    return measured;
}

const round = (numbers) => numbers.map((value) => Number(value.toFixed(2)));

function describe(bench, runs, before) {
    const after = os.loadavg();
    const busy = before[0] > bench.cores / 4;
    return {
        corpus: bench.root, files: bench.paths.length, megabytes: bench.megabytes, runs, cores: bench.cores,
        processor: os.cpus()[0]?.model ?? 'unknown', load: { before: round(before), after: round(after) }, busy,
    };
}

function print(machine, figures, peers) {
    console.log(`${machine.corpus}: ${machine.files} files, ${machine.megabytes.toFixed(1)} MB; medians of ${machine.runs} runs`);
    console.log(`${machine.cores} × ${machine.processor}; load average ${machine.load.before[0]} before, ${machine.load.after[0]} after`);
    if (machine.busy) console.log('The machine was busy before this started: times are longer than they should be, and ratios uncertain.');
    console.log(`\n${formatTable(figures)}\n`);
    console.log('Times of requests are round trips of a client that does not parse answers while the clock runs; "in the server" is');
    console.log('what its log says. A round trip is judged unless a request that does nothing takes over 0.2 ms (p99) on this machine.');
    for (const [name, what] of Object.entries(peers)) {
        const said = what ? Object.entries(what).map(([figure, value]) => `${figure}: ${value.toFixed(0)}`).join('; ') : 'not installed';
        console.log(`Beside it, ${name}: ${said}`);
    }
}

const options = readOptions();
if (options.help) {
    console.log(usage);
    process.exit(0);
}
const runs = Number(options.runs);
if (!options.program || options.extra || !Number.isInteger(runs) || runs < 1) fail(usage);
const chosen = chooseRows(options.only);
const root = findCorpus(options);
const before = os.loadavg();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(2)); // tidily
const bench = openWorkbench(path.resolve(options.program), root);
const measured = await measureRows(bench, chosen, runs);
const figures = summarizeAll(bench, chosen, measured);
const peers = options.only ? {} : await measurePeers(bench);
const machine = describe(bench, runs, before);
if (options.json) console.log(JSON.stringify({ ...machine, figures, peers }, null, 1));
else print(machine, figures, peers);
