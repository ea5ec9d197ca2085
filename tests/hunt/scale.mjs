// How time and memory grow with a workspace: `node tests/hunt/scale.mjs CORPUS [FILES]`. CORPUS is a folder of Python
// sources; its shorter files are copied, each time under other names, until there are FILES (100,000) of about 100 lines.
// Indexing writes a cache; a session begins from it. HEADWORD names the program.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Client, readUsage } from '../bench/client.mjs';

const program = process.env.HEADWORD ?? fileURLToPath(new URL('../../build/release/headword', import.meta.url));
const corpus = process.argv[2], most = Number(process.argv[3] ?? 100_000);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-scale-')), root = path.join(folder, 'root');
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const env = { ...process.env, XDG_CACHE_HOME: path.join(folder, 'cache') };

const keywords = new Set(('False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield match case self').split(' '));

/** Every name that is no keyword, in the text and in paths, becomes another one. */
const renamed = (text, copy) => text.replace(/(?<![\w\\])(?!__)[A-Za-z_]\w{3,}\b/g, (name) => (keywords.has(name) ? name : `${name}_${copy}`));

/** The shortest files, so many that they have 100 lines on average. */
function shortFiles() {
    const files = fs.readdirSync(corpus, { recursive: true }).filter((name) => name.endsWith('.py')).map((name) => {
        const text = fs.readFileSync(path.join(corpus, name), 'utf8');
        return { name, text, lines: text.split('\n').length };
    }).sort((a, b) => a.lines - b.lines || (a.name < b.name ? -1 : 1));
    for (let count = 0, lines = 0; count < files.length; count++) {
        lines += files[count].lines;
        if (lines > 100 * (count + 1)) return files.slice(0, count).sort((a, b) => (a.name < b.name ? -1 : 1));
    }
    return files;
}

/** Runs the program to its end; what it used in all. */
function run(args) {
    return new Promise((resolve) => {
        const child = spawn(program, args, { env, stdio: 'ignore' });
        let usage = { cpu: 0, peak: 0 };
        const look = setInterval(() => {
            const now = readUsage(child.pid);
            if (now.cpu > 0) usage = now;
        }, 20);
        child.on('exit', () => (clearInterval(look), resolve(usage)));
    });
}

/** A session that has the workspace from a cache: the processor time of a symbol search, and what it holds. */
async function searches() {
    const client = new Client(program, ['lsp'], { env });
    await client.initialize(root);
    const queries = ['Tensor_1', 'init', 'load_state', 'tst', 'Module_0', 'forward_2'];
    for (const query of queries) await client.request('workspace/symbol', { query });
    const before = client.usage();
    for (let round = 0; round < 10; round++) for (const query of queries) await client.request('workspace/symbol', { query });
    const after = client.usage();
    await client.kill();
    return { search: (after.cpu - before.cpu) / (10 * queries.length), resident: after.resident };
}

const files = shortFiles(), rows = [];
let count = 0, lines = 0, copy = 0;
for (const part of [8, 4, 2, 1]) {
    for (; count < most / part; copy++) {
        for (const { name, text, lines: its } of files) {
            if (count >= most / part) break;
            const file = path.join(root, `copy_${copy}`, renamed(name.slice(0, -3), copy) + '.py');
            fs.mkdirSync(path.dirname(file), { recursive: true });
            fs.writeFileSync(file, renamed(text, copy));
            count++;
            lines += its;
        }
    }
    fs.rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true });
    const cold = await run(['find', 'NoSuchName', '--root', root]);
    const session = await searches();
    rows.push({ files: count, lines, 'index, CPU s': (cold.cpu / 1000).toFixed(1), 'peak MB': Math.round(cold.peak), 'session MB': Math.round(session.resident), 'search, CPU ms': session.search.toFixed(1) });
    console.table(rows.slice(-1));
}
console.table(rows);
