// The pages in what makes sites of them, with the examples of docs/sites: neither finds anything to warn of, and links
// to symbols arrive. Skipped where the tools are not installed (Debian: mkdocs, python3-sphinx and python3-myst-parser).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const example = (name) => fs.readFileSync(path.join(here, '../../docs/sites', name));

/** Why a test of a tool is skipped, or false. */
const lacks = (tool, ...args) => spawnSync(tool, args).status !== 0 && `${tool} is not installed`;
const noMkDocs = lacks('mkdocs', '--version');
const noSphinx = lacks('sphinx-build', '--version') || withFolder((folder) => {
    fs.writeFileSync(path.join(folder, 'index.md'), '# é🚀\n');
    return lacks('sphinx-build', '-q', '-C', '-D', 'extensions=myst_parser', '-b', 'dummy', folder, path.join(folder, 'out')) && 'MyST is not installed';
});

function withFolder(body) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-sites-'));
    try {
        return body(folder);
    } finally {
        fs.rmSync(folder, { recursive: true });
    }
}

const hostile = `"""# é🚀 | \`a\` <script>{{ x }} $$ {% raw %}\n\nSetext\n======\n\n> | a |\n> --- | [b](c.md) ![d](e.png) <a href="f">\n"""
class Pie:
    """Bakes {{ é🚀 }} <b> | {% x %} \`\`\` \${y}.

    \`\`\`\`
    # no heading
    """
    def __init__(self, é=1): self.é = é
    def __init__(self, é, *a): ...
`;

/** Packages of Python's own library. */
const real = ['json', 'logging'];
const library = spawnSync('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' }).stdout?.trim();

async function withPages(body) {
    const workspace = new Workspace({ 'pie/odd é #1.py': hostile, 'pie/__init__.py': '"""Pies é🚀."""\nfrom pie.bake import bake\n' });
    try {
        fs.cpSync(path.join(here, '../sample'), workspace.root, { recursive: true });
        for (const name of real) fs.cpSync(path.join(library, name), workspace.path(`lib/${name}`), { recursive: true });
        fs.appendFileSync(workspace.path('pyproject.toml'), '\n[tool.headword]\npages.sourceUrl = "https://example.org/é"\n');
        const { status, stderr } = await run(['pages', '--root', workspace.root]);
        assert.equal(status, 0, stderr);
        await body(workspace);
    } finally {
        workspace.remove();
    }
}

/** Runs a tool, which must not complain. */
function build(workspace, tool, ...args) {
    const { status, stdout, stderr } = spawnSync(tool, args, { cwd: workspace.root, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    assert.doesNotMatch(stderr, /WARNING/);
}

/** The link to a symbol on one page of the site leads to its place on another. */
function arrives(workspace, from, page, anchor) {
    const target = `${page}#${anchor}`;
    assert.ok(workspace.read(from).includes(`href="${target}"`), `${from} leads to ${target}`);
    const there = path.join(path.dirname(from), page.endsWith('/') ? `${page}index.html` : page);
    assert.ok(workspace.read(there).includes(`id="${anchor}"`), `${there} has it`);
}

test('MkDocs, strict', { skip: noMkDocs }, () => withPages((workspace) => {
    workspace.write('mkdocs.yml', example('mkdocs.yml'));
    build(workspace, 'mkdocs', 'build', '--strict');
    arrives(workspace, 'site/keywords/index.html', '../orchard/basket.py_docs/', 'orchard.basket.Basket.__enter__');
}));

test('Sphinx with MyST, warnings as errors', { skip: noSphinx }, () => withPages((workspace) => {
    for (const name of ['conf.py', 'contents.rst']) workspace.write(`docs/headword/${name}`, example(name));
    build(workspace, 'sphinx-build', '-W', '--keep-going', '-q', '-b', 'html', 'docs/headword', 'site');
    arrives(workspace, 'site/keywords.html', 'orchard/basket.py_docs.html', 'orchard.basket.Basket.__enter__');
}));
