// Doc pages count what Python itself counts in the same files; HEADWORD_COUNTS names a folder of sources to compare too.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Workspace } from '../lsp/fixture.mjs';
import { parseLines, run } from './run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;

const words = {
    class: /(\d+) class(?:es)?\b/,
    function: /(\d+) functions?(?! inside)\b/,
    method: /(\d+) methods?\b/,
    inner: /(\d+) functions? inside functions/,
    import: /(\d+) import statements?/,
};

/** What a doc page says that its file defines. */
function countsOf(page) {
    const [sentence] = /^Defines .*$/m.exec(page.slice(page.indexOf('## High-Level Overview')));
    const count = (pattern) => Number(pattern.exec(sentence)?.[1] ?? 0);
    const first = (label, least) => Number(new RegExp(`^- ${label}.*?: \\[.*?\\]\\([^)]*\\) \\((\\d+),`, 'm').exec(page)?.[1] ?? least);
    return {
        ...Object.fromEntries(Object.entries(words).map(([kind, pattern]) => [kind, count(pattern)])),
        complexity: first('Highest cyclomatic complexity', 1),
        loops: first('Deepest nesting of loops', 0),
    };
}

/** How many files were compared, and what differs. */
async function compare(root) {
    const { status, stderr } = await run(['pages', '--root', root, '--out', 'pages']);
    assert.equal(status, 0, stderr);
    const { files } = JSON.parse(fs.readFileSync(path.join(root, 'pages/index.json'), 'utf8'));
    const docs = new Map(files.filter((file) => file.path.endsWith('.py')).map((file) => [file.path, file.docs]));
    const options = { input: [...docs.keys()].join('\n'), maxBuffer: 2 ** 30, encoding: 'utf8', env: { ...process.env, PYTHONUTF8: '1' } };
    const theirs = parseLines(execFileSync('python3', [path.join(here, 'page_counts.py'), root], options));
    const differences = [];
    for (const { file, counts, coverage } of theirs) {
        const page = fs.readFileSync(path.join(root, 'pages', docs.get(file)), 'utf8');
        const ours = countsOf(page);
        if (counts.loops < 2) counts.loops = 0; // a single loop is not worth a line
        if (JSON.stringify(ours) !== JSON.stringify(counts)) differences.push({ file, ours, counts });
        const documented = /^Docstrings: (\d+) of (\d+) /m.exec(page).slice(1).map(Number);
        if (coverage && JSON.stringify(documented) !== JSON.stringify(coverage)) differences.push({ file, documented, coverage });
    }
    return { files: theirs.length, differences };
}

test('pages count what Python’s ast counts', { skip: !hasPython && 'no python3 of at least 3.10' }, async () => {
    const workspace = new Workspace({
        'é/a.py': 'import os, sys\nif os:\n    class É: pass  # 🚀\n' +
            '    def f():\n        def g(): import re\n        class In:\n            def m(self): pass\n',
        'b.py': '"""é 🚀"""\nfrom . import a; from .é import *\nasync def h(): return [lambda: 1]\n',
        'empty.py': '',
    });
    try {
        const golden = path.join(here, '../golden');
        fs.cpSync(path.join(here, '../sample'), workspace.path('sample'), { recursive: true });
        fs.cpSync(path.join(golden, 'facts'), workspace.path('facts'), { recursive: true });
        fs.cpSync(path.join(golden, 'pages/shapes/in'), workspace.path('shapes'), { recursive: true });
        const { files, differences } = await compare(workspace.root);
        assert.deepEqual(differences, []);
        assert.ok(files > 10);
    } finally {
        workspace.remove();
    }
});

const other = process.env.HEADWORD_COUNTS;
test('the same of another repository', { skip: !other && 'HEADWORD_COUNTS names none' }, async () => {
    const workspace = new Workspace({});
    try {
        fs.cpSync(other, workspace.path('é'), { recursive: true });
        const { files, differences } = await compare(workspace.path('é'));
        assert.deepEqual(differences, []);
        assert.ok(files > 0);
    } finally {
        workspace.remove();
    }
});
