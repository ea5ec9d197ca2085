// `headword facts`: golden cases, and agreement with Python's own reading of the same files.
//
// A case is a folder of tests/golden/facts: input.py and expected.jsonl. UPDATE_EXPECT=1 rewrites what is expected.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Workspace } from '../lsp/fixture.mjs';
import { parseLines, run } from './run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const golden = path.join(here, '../golden/facts');

/** Copies files to a folder of their own: what lies around a root can change what is read. */
async function factsOf(files) {
    const workspace = new Workspace(files);
    try {
        return (await run(['facts', '--root', workspace.root])).stdout;
    } finally {
        workspace.remove();
    }
}

for (const name of fs.readdirSync(golden)) {
    test(`golden: ${name}`, async () => {
        const expected = path.join(golden, name, 'expected.jsonl');
        const facts = await factsOf({ 'input.py': fs.readFileSync(path.join(golden, name, 'input.py')) });
        if (process.env.UPDATE_EXPECT) fs.writeFileSync(expected, facts);
        assert.deepEqual(parseLines(facts), parseLines(fs.readFileSync(expected, 'utf8')));
    });
}

// --- agreement with Python ---

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const skip = !hasPython && 'no python3 of at least 3.10';

/** The same list as oracle.py's, from an object of `headword facts`. */
function flatten(file) {
    const facts = file.doc ? [['doc', '', file.doc]] : [];
    for (const item of file.imports ?? []) {
        for (const { name, as } of item.names) facts.push(['import', item.line, item.level ?? 0, item.module ?? null, name, as ?? null]);
    }
    const visit = (symbol, scope) => {
        const name = scope ? `${scope}.${symbol.name}` : symbol.name;
        if (symbol.kind === 'variable') {
            if (!symbol.via) facts.push(['variable', scope, symbol.name, symbol.line]);
            return;
        }
        if (symbol.kind === 'class') facts.push(['class', name, symbol.line]);
        else facts.push(['function', name, symbol.line, symbol.async ?? false]);
        for (const { kind, name: parameter, ann, default: value } of symbol.params ?? []) {
            facts.push(['parameter', name, kind, parameter, ann !== undefined, value !== undefined]);
        }
        if (symbol.doc) facts.push(['doc', name, symbol.doc]);
        for (const child of symbol.children ?? []) visit(child, name);
    };
    for (const symbol of file.symbols ?? []) visit(symbol, '');
    return facts;
}

/** What only one side has, over all files; and how many facts both have. */
async function compare(root) {
    const ours = new Map(parseLines((await run(['facts', '--root', root])).stdout).map((file) => [file.file, file]));
    const names = [...ours.keys()].filter((name) => !name.endsWith('.pyi'));
    const options = { input: names.join('\n'), maxBuffer: 2 ** 30, encoding: 'utf8', env: { ...process.env, PYTHONUTF8: '1' } };
    const theirs = parseLines(execFileSync('python3', [path.join(here, 'oracle.py'), root], options));
    const differences = [];
    let agreed = 0;
    for (const { file, facts } of theirs) {
        const wanted = new Set(facts.map((fact) => JSON.stringify(fact)));
        const found = new Set(flatten(ours.get(file)).map((fact) => JSON.stringify(fact)));
        for (const fact of wanted) found.has(fact) ? agreed++ : differences.push(`${file}: missing ${fact}`);
        for (const fact of found) if (!wanted.has(fact)) differences.push(`${file}: surplus ${fact}`);
    }
    return { differences, agreed, files: theirs.length };
}

test('facts agree with Python’s ast on the golden cases', { skip }, async () => {
    const { differences, files } = await compare(golden);
    assert.deepEqual(differences, []);
    assert.ok(files >= 7);
});

/** Copies the standard library without its tests and without what was installed into it. */
function copyLibrary(target) {
    const library = execFileSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).trim();
    const others = /^(site-packages|dist-packages|tests?|idlelib|lib2to3|config-.*|__pycache__)$/;
    fs.cpSync(library, target, {
        recursive: true,
        filter: (source) => {
            const entry = fs.lstatSync(source);
            if (source === library) return true;
            return entry.isDirectory() ? !others.test(path.basename(source)) : entry.isFile() && source.endsWith('.py');
        },
    });
}

test('facts agree with Python’s ast on its standard library', { skip }, async (t) => {
    const workspace = new Workspace();
    try {
        copyLibrary(workspace.path('lib'));
        const { differences, agreed, files } = await compare(workspace.path('lib'));
        t.diagnostic(`${agreed} facts of ${files} files`);
        assert.deepEqual(differences.slice(0, 50), []);
        assert.ok(agreed > 10_000);
    } finally {
        workspace.remove();
    }
});
