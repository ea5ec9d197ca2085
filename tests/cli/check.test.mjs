// headword check: findings, which rules, exit statuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { parseLines, run } from './run.mjs';

const files = {
    'pyproject.toml': '',
    'a.py': '"""É🚀."""\ndef f(a, b):\n    """É🚀.\n\n    Args:\n        é: 🚀\n        a: x\n    """\n\ndef g(): ...\n',
};

/** Registers a test with a repository of its own. */
function inRepository(name, changes, body) {
    test(name, async () => {
        const repository = new Workspace({ ...files, ...changes });
        try {
            await body((...args) => run(['check', ...args], { cwd: repository.root }));
        } finally {
            repository.remove();
        }
    });
}

inRepository('all rules', {}, async (check) => {
    const { status, stdout, stderr } = await check();
    assert.equal(status, 1);
    assert.equal(stderr, '');
    assert.equal(stdout, 'a.py:6:9: unknown-parameter: There is no parameter é.\n'
        + 'a.py:2:10: missing-parameter: Not documented: b.\na.py:10:5: undocumented: g has no docstring.\n');
});

inRepository('--json', {}, async (check) => {
    const { status, stdout } = await check('--json', '--rules', 'unknown-parameter');
    assert.equal(status, 1);
    assert.deepEqual(parseLines(stdout), [{
        file: 'a.py', line: 5, character: 8, endLine: 5, endCharacter: 9, code: 'unknown-parameter', severity: 'warning',
        symbol: 'a.f', message: 'There is no parameter é.',
    }]);
});

inRepository('nothing is found', {}, async (check) => {
    assert.deepEqual(await check('--rules', 'wrong-type'), { status: 0, stdout: '', stderr: '' });
});

inRepository('the setting says which', { 'pyproject.toml': '[tool.headword]\ndiagnostics.docs = "undocumented"\n' }, async (check) => {
    assert.match((await check()).stdout, /^a\.py:10:5: undocumented[^\n]*\n$/);
    assert.match((await check('--rules', 'missing-parameter')).stdout, /^a\.py:2:10: missing-parameter[^\n]*\n$/);
});

for (const [file, text] of [
    ['pyproject.toml', '[tool.ruff.lint]\nselect = ["D"] # é🚀\n'],
    ['pyproject.toml', '[tool.ruff]\nselect = [\n  "E",\n  "D1", \'D417\',\n]\n'],
    ['ruff.toml', '[lint]\nextend-select = ["ALL"]\n'],
    ['.ruff.toml', 'select = ["D1", "D4"]\n'],
]) {
    inRepository(`what ruff checks by ${file} ${JSON.stringify(text)}`, { [file]: text }, async (check) => {
        const found = (await check()).stdout;
        assert.ok(!/undocumented|missing-parameter/.test(found), found);
        assert.match((await check('--rules', 'undocumented')).stdout, /undocumented/);
    });
}

for (const [select, ignore, left] of [
    ['["ALL"]', '["D", "DOC"]', true],
    ['["D"]', '["D1", "D4"]', true],
    ['["D", "D103", "D417"]', '["D1"]', false],
    ['["D"]', '["D103"]', false],
]) {
    const text = `[tool.ruff.lint]\nselect = ${select} # é🚀\nignore = ${ignore}\n`;
    inRepository(`what ruff ignores: ${select} less ${ignore}`, { 'pyproject.toml': text }, async (check) => {
        assert.equal(/undocumented/.test((await check()).stdout), left);
    });
}

const undocumented = '"""É🚀."""\ndef f(): ...\n';
for (const [name, changes, wanted] of [
    ['the nearest settings count', { 'ruff.toml': 'lint.select = ["D"]\n', 'sub/.ruff.toml': 'lint.select = ["E"] # é🚀\n', 'sub/deep/d.py': undocumented }, ['sub/deep/d.py']],
    ['settings of a folder count there', { 'sub/pyproject.toml': '[tool.ruff.lint]\nselect = ["D"]\n', 'sub/deep/d.py': undocumented }, ['a.py']],
    ['a pyproject.toml without a section of ruff’s is none', { 'ruff.toml': 'lint.select = ["D"]\n', 'sub/pyproject.toml': '[project]\nname = "é"\n', 'sub/d.py': undocumented }, []],
    ['what is extended counts', { 'ruff.toml': 'lint.select = ["D"]\n', 'sub/ruff.toml': 'extend = "../ruff.toml"\nlint.ignore = ["D1"]\n', 'sub/d.py': undocumented,
        'more/ruff.toml': 'extend = "../ruff.toml"\nlint.extend-select = ["E"]\n', 'more/e.py': undocumented }, ['sub/d.py']],
    ['a selection takes the place of what is extended', { 'ruff.toml': 'lint.select = ["D"]\n', 'sub/ruff.toml': 'extend = "../ruff.toml"\nlint.select = ["E"]\n', 'sub/d.py': undocumented }, ['sub/d.py']],
    ['what extends itself ends', { 'ruff.toml': 'extend = "ruff.toml"\nlint.extend-select = ["D"]\n' }, []],
]) {
    inRepository(`ruff: ${name}`, changes, async (check) => {
        const found = (await check()).stdout.split('\n').filter((line) => line.includes('undocumented'));
        assert.deepEqual(found.map((line) => line.split(':')[0]), wanted);
    });
}

inRepository('an unknown rule', {}, async (check) => {
    const { status, stdout, stderr } = await check('--rules', 'é🚀');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.equal(stderr, 'headword: check: no rule é🚀; `headword check --list` names them\n');
});

const markdown = '[é](a.py) [🚀](gone.py "é") `[code](no.py)` ![](images/é%20.png) [x](https://a.b/c) [y](#z) [w](b#z)\n\n'
    + '```\n[fenced](no.py)\n```\n<!-- [comment](no.py) -->\n[ref]: <é gone.md>\n[^1]: note.\n[s](/site) [t](build.html) [u](../README.md#é)\n\n    [code](no.py)\n\n\t[code](no.py)\n';

inRepository('links of Markdown files', { 'docs/x.md': markdown.replace('a.py', '../a.py'), 'docs/b.md': 'é🚀\n', 'README.md': '🚀\n', 'docs/images/é .png': '' }, async (check) => {
    const { status, stdout } = await check('--rules', 'dangling-reference');
    assert.equal(stdout, 'docs/x.md:1:18: dangling-reference: gone.py is not there.\n'
        + 'docs/x.md:7:9: dangling-reference: é gone.md is not there.\n');
    assert.equal(status, 1);
    const [first] = parseLines((await check('--rules', 'dangling-reference', '--json')).stdout);
    assert.equal(first.file, 'docs/x.md');
    assert.equal(first.symbol, '');
    assert.equal((await check('--rules', 'wrong-type')).stdout, '');
});

const spans = 'é🚀 `pkg.mod.gone`, `pkg.mod.there`, `pkg.gone(x)`, `pkg.gone`, `numpy.a.b`, `pkg.mod.conf.toml`\n\n```\n`pkg.mod.fenced`\n```\n';
const sources = { 'pkg/__init__.py': '"""É."""\n', 'pkg/mod.py': '"""É."""\ndef there():\n    """É."""\n' };

inRepository('names in code spans of Markdown files', { ...sources, 'a.md': spans, 'docs/CHANGES.md': spans }, async (check) => {
    assert.equal((await check('--rules', 'dangling-reference')).stdout, 'a.md:1:5: dangling-reference: pkg.mod.gone is not there.\n'
        + 'a.md:1:38: dangling-reference: pkg.gone is not there.\n');
});

inRepository('--list names what there is', {}, async (check) => {
    const { status, stdout } = await check('--list');
    assert.equal(status, 0);
    for (const code of ['unknown-parameter', 'dangling-reference']) assert.ok(stdout.includes(`${code} `), code);
});

test('the command is explained', async () => {
    assert.match((await run(['help', 'check'])).stdout, /^usage: headword check /);
});
