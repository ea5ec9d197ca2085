// What `./dev demo` shows: one real session with the server over a repository, told as an editor would show it, and
// then the repository's doc pages.
//
//     node tests/demo.mjs PROGRAM REPOSITORY
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [program, given] = process.argv.slice(2);
if (!program || !given || !fs.statSync(given, { throwIfNoEntry: false })?.isDirectory()) {
    console.error('usage: node tests/demo.mjs PROGRAM REPOSITORY');
    process.exit(2);
}
process.env.HEADWORD = path.resolve(program);
const { Session } = await import('./lsp/client.mjs');
const { like, vscode } = await import('./lsp/editors.mjs');
const { positionAt } = await import('./lsp/fixture.mjs');

const source = fs.realpathSync(given);
const output = path.resolve(fileURLToPath(import.meta.url), '../../build/demo');
const copy = path.join(output, path.basename(source));
// Into Python's own library packages are installed that are not part of it: the copy has none.
const repository = fs.existsSync(path.join(source, 'site-packages')) ? copy : source;
const columns = Math.min(process.stdout.columns ?? 100, 100);

// --- telling ---

const say = (text = '') => console.log(text);
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(2)} s`;
const relative = (uri) => path.relative(repository, fileURLToPath(uri));
const place = (uri, range) => `${relative(uri)}:${range.start.line + 1}:${range.start.character + 1}`;

function heading(text) {
    say();
    say(`-- ${text} ${'-'.repeat(Math.max(0, columns - text.length - 4))}`);
}

function box(text, most = 24) {
    const lines = text.trimEnd().split('\n');
    for (const line of lines.slice(0, most)) say(`  | ${line}`);
    if (lines.length > most) say(`  | … ${lines.length - most} more lines`);
}

async function timed(what, promise) {
    const start = performance.now();
    const result = await promise;
    say(`${what} (${(performance.now() - start).toFixed(1)} ms)`);
    return result;
}

// --- the session ---

/** Opens a file of the repository in the editor; its text. */
function open(session, uri) {
    const text = fs.readFileSync(fileURLToPath(uri), 'utf8');
    session.documents.set(uri, { text, version: 1 });
    session.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
    return text;
}

async function waitForIndex(session) {
    const start = performance.now();
    let shown = -1;
    for (;;) {
        const { value } = await session.next('$/progress');
        if (value.kind === 'end') break;
        const percentage = value.percentage ?? 0;
        if (process.stdout.isTTY) process.stdout.write(`\rIndexing … ${percentage} %`);
        else if (percentage >= shown + 25) say(`Indexing … ${(shown = percentage)} %`);
    }
    if (process.stdout.isTTY) process.stdout.write('\r\x1b[K');
    say(`Indexed in ${seconds(start)}.`);
}

/** The repository's most used symbols, classes first. */
async function pickSymbols(session) {
    const symbols = await timed('workspace/symbol, nothing typed yet: the most used names', session.symbols(''));
    const rank = ({ kind, name, location }) => (kind === 5 ? 0 : kind === 12 ? 1 : kind === 6 ? 2 : 3) + (name.startsWith('_') || location.uri.endsWith('.pyi') ? 10 : 0);
    return symbols.map((symbol, i) => [rank(symbol), i, symbol]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , symbol]) => symbol);
}

async function showSearch(session, symbol) {
    const query = symbol.name.length > 3 ? symbol.name.toLowerCase().slice(0, -1) : symbol.name;
    heading(`Go to symbol: “${query}”`);
    const found = await timed('workspace/symbol', session.symbols(query));
    for (const { name, containerName, location } of found.slice(0, 8)) {
        say(`  ${name.padEnd(28)} ${(containerName ?? '').padEnd(28)} ${place(location.uri, location.range)}`);
    }
}

async function showHover(session, symbol) {
    heading(`Hover over ${symbol.name}, ${place(symbol.location.uri, symbol.location.range)}`);
    open(session, symbol.location.uri);
    const position = symbol.location.range.start;
    const hover = await timed('textDocument/hover', session.request('textDocument/hover', { textDocument: { uri: symbol.location.uri }, position }));
    box(hover?.contents.value.replaceAll(pathToFileURL(repository).href, '…') ?? 'nothing');
}

/** Files of the repository that may use an imported name, the nearest to a file first. */
function* otherFiles(uri) {
    const start = path.dirname(fileURLToPath(uri));
    const folders = [start, repository];
    const seen = new Set(folders);
    for (let count = 0; folders.length && count < 400; ) {
        const folder = folders.shift();
        for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
            const full = path.join(folder, entry.name);
            if (entry.isDirectory() && !/^[._]|^(site-packages|node_modules)$/.test(entry.name) && !seen.has(full)) folders.push((seen.add(full), full));
            if (entry.isFile() && entry.name.endsWith('.py') && (count++, true)) yield pathToFileURL(full).href;
        }
    }
}

/** Finds a use of a name that another file imports, and goes to its definition. */
async function showDefinition(session, symbol) {
    const { name, location } = symbol;
    const imported = new RegExp(`^from [\\w.]+ import [^\\n#]*\\b${name}\\b`, 'm');
    for (const uri of otherFiles(location.uri)) {
        const text = uri === location.uri ? '' : fs.readFileSync(fileURLToPath(uri), 'latin1');
        const match = imported.exec(text);
        if (!match || /[\x80-\xff]/.test(text)) continue; // columns are easy in ASCII
        const offset = text.slice(match.index + match[0].length).search(new RegExp(`\\b${name}\\b`));
        const at = offset < 0 ? match.index + match[0].lastIndexOf(name) : match.index + match[0].length + offset;
        const position = positionAt(text, at);
        open(session, uri);
        const targets = await session.request('textDocument/definition', { textDocument: { uri }, position });
        if (!targets?.length || targets[0].targetUri === uri) continue;
        heading(`Go to definition from another file`);
        await timed('textDocument/definition', session.request('textDocument/definition', { textDocument: { uri }, position }));
        box(text.split(/\r\n|\n|\r/)[position.line].trim());
        say(`  ${place(uri, { start: position })}  ->  ${place(targets[0].targetUri, targets[0].targetSelectionRange)}`);
        return true;
    }
    return false;
}

async function showPage(session, symbol) {
    const { uri } = symbol.location;
    heading(`Code action on ${relative(uri)}`);
    const range = { start: symbol.location.range.start, end: symbol.location.range.start };
    const params = { textDocument: { uri }, range, context: { diagnostics: [] } };
    const actions = await timed('textDocument/codeAction', session.request('textDocument/codeAction', params));
    for (const { title } of actions) say(`  * ${title}`);
    const chosen = actions.find(({ title }) => title === 'Generate doc page');
    if (!chosen) return;
    const { edit } = await timed('Chosen: Generate doc page. codeAction/resolve', session.request('codeAction/resolve', chosen));
    const change = edit.documentChanges.at(-1);
    if (!change) return void say('  The page is up to date.');
    say(`The editor would write ${relative(change.textDocument.uri)}:`);
    box(change.edits[0].newText, 30);
}

async function runSession() {
    const editor = like(vscode, (capabilities) => (capabilities.workspace.configuration = undefined));
    const session = new Session({ editor, workspace: { root: repository, uri: () => pathToFileURL(repository).href }, options: { 'pages.source': 'link' } });
    try {
        const start = performance.now();
        await session.start();
        say(`${session.serverInfo.name} ${session.serverInfo.version} is up after ${seconds(start)} in ${repository}`);
        await waitForIndex(session);
        const symbols = await pickSymbols(session);
        if (symbols.length === 0) say('This repository has no Python symbols to show.');
        else {
            await showSearch(session, symbols[0]);
            await showHover(session, symbols[0]);
            let shown = false;
            for (const symbol of symbols.slice(0, 20)) shown ||= await showDefinition(session, symbol);
            if (!shown) say('\nNo name here is imported from another file: nothing to go to.');
            await showPage(session, symbols[0]);
        }
        await session.stop();
    } finally {
        await session.destroy();
    }
}

// --- the pages ---

/** Copies the Python files to a folder of ours: pages are never written into somebody's repository. */
function copySources() {
    fs.rmSync(copy, { recursive: true, force: true });
    fs.mkdirSync(output, { recursive: true });
    const ours = fs.realpathSync(output);
    fs.cpSync(source, copy, {
        recursive: true,
        filter: (file) => {
            const name = path.basename(file);
            if (file === source) return true;
            if (file === ours) return false;
            const entry = fs.lstatSync(file);
            if (entry.isDirectory()) return !/^\.|^(__pycache__|node_modules|site-packages)$/.test(name);
            return entry.isFile() && (/\.pyi?$/.test(name) || name === 'pyproject.toml');
        },
    });
    say(`${source} stays as it is; its Python files were copied to ${copy}.`);
}

async function writePages() {
    heading('Doc pages of the whole repository');
    const start = performance.now();
    const child = spawn(program, ['pages', '--root', copy], { stdio: ['ignore', 'inherit', 'inherit'] });
    const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    if (status !== 0) throw new Error(`headword pages ended with ${status}`);
    const pages = path.join(copy, 'docs/headword');
    const written = fs.existsSync(pages) ? fs.readdirSync(pages, { recursive: true }).filter((name) => name.endsWith('.md')) : [];
    say(`${written.length} pages after ${seconds(start)}. Begin at ${path.join(pages, 'index.md')}`);
}

const start = performance.now();
copySources();
await runSession();
await writePages();
say(`\nDone in ${seconds(start)}.`);
