// The bench measures and prints; how fast it all is, no test says.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { run } from '../cli/run.mjs';
import { Workspace } from '../lsp/fixture.mjs';
import { byDocument, byPosition } from '../lsp/lookups.mjs';
import { program } from '../lsp/process.mjs';
import { sourceLists } from './corpus.mjs';
import { behindDot, identifiers, random } from './questions.mjs';
import { formatTable, summarizeAll } from './report.mjs';
import { rows } from './rows.mjs';
import { quantile, spread } from './statistics.mjs';
import { generate, typing } from './typing.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../..');
const script = path.join(here, 'bench.mjs');
const bench = (...args) => run([script, program, ...args], { command: process.execPath });

const files = {
    'café/__init__.py': '"""Tout le café 🚀."""\nfrom .table import Table, serve\n',
    'café/table.py': 'class Table:\n    """Une table: é🚀."""\n    def clear(self): return self\n\ndef serve(table: Table): return table.clear()\n',
    'main.py': 'from café.table import Table, serve\n\nserve(Table())  # é🚀\n',
};

test('every row is measured on a small repository, and each verdict follows from its figures', async () => {
    const workspace = new Workspace(files);
    try {
        const measured = rows.map(({ row }) => row).filter((row) => row !== 'keystroke'); // takes long
        const { status, stdout, stderr } = await bench('--runs', '1', '--json', ...measured.flatMap((row) => ['--only', row]), workspace.root);
        assert.equal(status, 0, stderr);
        const report = JSON.parse(stdout);
        assert.equal(report.files, 3);
        assert.ok(report.cores >= 1 && report.megabytes > 0 && report.load.before.length === 3);
        assert.deepEqual([...new Set(report.figures.map(({ row }) => row))], measured);
        for (const figure of report.figures) {
            const { title, median, target, judged, verdict } = figure;
            if (verdict === 'not measured') continue;
            assert.ok(median >= 0 && figure.values.length === 1, title);
            const value = judged === 'inside' ? figure.inside.median : median;
            assert.equal(verdict, target === undefined ? undefined : value <= target ? 'holds' : 'misses', title);
        }
        const asked = new Set(report.figures.filter(({ row }) => row === 'methods').map(({ name }) => name.split(' ')[0]));
        for (const { method } of [...byPosition, ...byDocument]) assert.ok(asked.has(method), method);
        assert.ok(asked.has('completionItem/resolve'), 'what follows from answers is asked too');
        const inside = report.figures.find(({ row, name }) => row === 'hover' && name === 'p99').inside;
        assert.ok(inside.median >= 0, 'the log tells the time of handlers');
    } finally {
        workspace.remove();
    }
});

test('a table for people, which says what was measured where', async () => {
    const workspace = new Workspace(files);
    try {
        const { status, stdout, stderr } = await bench('--runs', '2', '--only', 'hover', workspace.root);
        assert.equal(status, 0, stderr);
        assert.match(stdout, /3 files, .* medians of 2 runs\n\d+ × .*load average/);
        assert.match(stdout, /^row +figure +median +least–most +in the server +target +verdict$/m);
        assert.match(stdout, /^hover +hover, p99 +[\d.]+ ms +[\d.]+–[\d.]+ +[\d.]+ +1 ms +(holds|misses)/m);
    } finally {
        workspace.remove();
    }
});

test('typing gives a time for each keystroke', () => {
    const strokes = typing(program, generate(40), { parts: [0.5], pause: 1 });
    assert.ok(strokes.length > 100 && strokes.every(({ time, loop }) => time > 0 && !(loop < 0)));
});

for (const [args, message] of [
    [['--only', 'nothing'], /no row nothing; there are: cold-index, /],
    [['--runs', '0'], /usage: /],
    [['--fast'], /--fast/],
    [['/no/such/é🚀'], /\/no\/such\/é🚀: not a folder/],
    [[path.join(root, 'cmake')], /cmake: no Python files/],
]) {
    test(`bench ${args.join(' ')} is refused`, async () => {
        const { status, stderr } = await bench(...args);
        assert.equal(status, 2);
        assert.match(stderr, message);
    });
}

const summarize = (figures, nothing) => summarizeAll(null, [
    { row: 'overhead', figures: () => [] },
    { row: 'a', figures: () => [['p99', 'title', 'ms', 1]] },
], new Map([['overhead', [{ p99: nothing }]], ['a', figures]]));

test('a round trip is judged where the client adds little, else the handler', () => {
    const runs = [3, 2, 4].map((time) => ({ p99: time, 'p99 inside': time / 4 }));
    const [quiet] = summarize(runs, 0.1), [loud] = summarize(runs, 5);
    assert.deepEqual([quiet.median, quiet.least, quiet.most, quiet.judged, quiet.verdict], [3, 2, 4, 'measured', 'misses']);
    assert.deepEqual([loud.judged, loud.verdict], ['inside', 'holds']);
});

test('what was not measured is listed with the reason', () => {
    const figures = summarize('no ctags', 0.1);
    assert.deepEqual(figures.map(({ verdict, why }) => [verdict, why]), [['not measured', 'no ctags']]);
    assert.match(formatTable(figures), /^a +title +1 ms +not measured \(no ctags\)$/m);
});

test('quantiles', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => 99 - i);
    assert.deepEqual([quantile(numbers, 0.5), quantile(numbers, 0.99), quantile([7], 0.99)], [50, 99, 7]);
    assert.deepEqual(spread([3, 1, 2]), { median: 2, least: 1, most: 3 });
});

test('identifiers are found outside of comments, strings and numbers', () => {
    const text = 'é = f"🚀 {x}" + Rb\'\\\\d\\\'\' + "b" # c\n"""d\n"e"""; class Größe: return 0x1f if 1e5 else a_1\n';
    assert.deepEqual(identifiers(text).map((at) => /^[\p{ID_Continue}]+/u.exec(text.slice(at))[0]), ['é', 'Größe', 'a_1']);
});

test('names behind a dot are told from others', () => {
    const text = 'é.b = "🚀.c" + d(1.5).e\n';
    assert.deepEqual(identifiers(text).filter((at) => behindDot(text, at)).map((at) => text[at]), ['b', 'e']);
});

test('the same seed gives the same numbers', () => {
    const [a, b] = [random(1), random(1)];
    const numbers = [a(), a(), a()];
    assert.deepEqual(numbers, [b(), b(), b()]);
    assert.ok(new Set(numbers).size === 3 && numbers.every((number) => number >= 0 && number < 1));
});

test('the lists of sources keep all but the type', () => {
    const [deb822, lines] = sourceLists([
        { name: 'debian.sources', text: 'Types: deb\nURIs: http://example.org/debian\nSuites: bookworm\nComponents: main\nSigned-By: /keys\n' },
        { name: 'sources.list', text: '# comment\ndeb [arch=amd64] http://example.org/debian bookworm main\ndeb-src [arch=amd64] http://example.org/debian bookworm main\n' },
    ], 'deb-src');
    assert.match(deb822.text, /^Types: deb-src\nURIs: http:\/\/example.org\/debian\n/);
    assert.equal(lines.text, 'deb-src [arch=amd64] http://example.org/debian bookworm main\n');
});
