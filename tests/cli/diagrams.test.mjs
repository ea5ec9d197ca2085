// Diagrams are what Mermaid's own parser takes, whatever names stand in them, and have at most 60 edges.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const golden = path.join(path.dirname(fileURLToPath(import.meta.url)), '../golden/pages');

/** Mermaid, which is a script for browsers: as much of one as its parsers look for. */
function load() {
    globalThis.window = { document: { nodeType: 9, implementation: {}, createElement: () => ({}) }, Element: class {} };
    const script = createRequire(import.meta.url).resolve('@mermaid-js/tiny');
    vm.runInThisContext(fs.readFileSync(script, 'utf8'), { filename: script });
    return globalThis.mermaid;
}

const mermaid = load();

const diagrams = (page) => [...page.matchAll(/^(`{3,})mermaid\n([^]*?)\n\1$/gm)].map(([, , text]) => text);

/** The names in a diagram, as Mermaid shows them. */
async function labels(text) {
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    return [...db.getVertices().values()].map(({ text: label }) => label.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(code)));
}

async function check(name, text) {
    await assert.doesNotReject(mermaid.parse(text), `${name}:\n${text}`);
    const edges = text.match(/-->/g)?.length ?? 0;
    assert.ok(edges > 0 && edges <= 60, `${name}: ${edges} edges`);
}

test('Mermaid refuses what is no diagram', async () => {
    await assert.rejects(mermaid.parse('graph LR\n    n1["é🚀"] --> n2[b"]\n'));
});

test('the diagrams of the golden pages', async () => {
    let count = 0;
    for (const name of fs.readdirSync(golden, { recursive: true }).filter((name) => /\/out\/.*\.md$/.test(name))) {
        for (const text of diagrams(fs.readFileSync(path.join(golden, name), 'utf8'))) {
            await check(name, text);
            count++;
        }
    }
    assert.ok(count > 5);
});

const awkward = ['é 🚀', 'a"b', "a'b", '[x]', '(x)', '{x}', 'a`b', 'a;b', 'a#quot;b', '%%a', 'end', '<b>x', 'a|b', 'a--b', 'a\\b', 'click', 'A~T~', '**x**', '$$x$$', '@{x}', '&amp;'];

test('awkward names', async () => {
    const files = Object.fromEntries(awkward.map((name) => [`${name}/use.py`, 'import core\nfrom core.é import É\nclass Own(É["é🚀", int]): ...\n']));
    const classes = 'from typing import Generic, TypeVar\nT = TypeVar("T")\nclass É(Generic[T]): ...\nclass end(É["[é] | 🚀 -->"]): ...\nclass click(end, É[lambda: "\\"]"]): ...\n';
    const workspace = new Workspace({ ...files, 'core/__init__.py': '', 'core/é.py': classes });
    try {
        const { status, stderr } = await run(['pages', '--root', workspace.root, '--out', 'pages']);
        assert.equal(status, 0, stderr);
        const pages = workspace.list('pages').filter((name) => name.endsWith('.md'));
        const found = pages.flatMap((name) => diagrams(workspace.read(name)).map((text) => [name, text]));
        for (const [name, text] of found) await check(name, text);
        const [, imports] = found.find(([name]) => name === 'pages/doc.md');
        assert.deepEqual((await labels(imports)).sort(), [...awkward, 'core'].map((name) => `${name}/`).sort());
        assert.ok(found.some(([name]) => name === 'pages/core/é.py_docs.md'));
    } finally {
        workspace.remove();
    }
});
