// Who may include whom: the table in ARCHITECTURE.md.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linesWhere, noCheckout, read, sources } from './tree.mjs';

const allowed = {
    cli: ['lsp', 'markdown', 'index', 'protocol', 'base'],
    lsp: ['protocol', 'markdown', 'index', 'base'],
    markdown: ['index', 'base'],
    index: ['base'],
    protocol: ['base'],
    base: [],
};

const folderOf = (file) => file.split('/')[0];
const isIn = (folder) => (file) => file.startsWith(`${folder}/`);
const includes = sources.flatMap((file) =>
    [...read(file).matchAll(/^\s*#\s*include\s+([<"])([^>"]+)[>"]/gm)].map(([, quote, target]) => ({ file, target, own: quote === '"' })));

/** Fails with every include for which `isBad` holds. */
function none(isBad) {
    const bad = includes.filter(isBad).map(({ file, target }) => `${file} includes ${target}`);
    assert.deepEqual(bad, []);
}

test('there are includes to look at', { skip: noCheckout }, () => assert.ok(includes.length > 100));

test('each folder includes only what its row allows', () => {
    none(({ file, target, own }) => {
        if (!own) return false;
        const from = folderOf(file), to = folderOf(target);
        return !(to in allowed) || (to !== from && !allowed[from].includes(to));
    });
});

test('index/ is pure: only index/disk includes index/disk', () => {
    none(({ file, target }) => isIn('index')(file) && !isIn('index/disk')(file) && isIn('index/disk')(target));
});

test('markdown/ is pure: only markdown/disk includes what is on disk', () => {
    const disk = (target) => isIn('index/disk')(target) || isIn('markdown/disk')(target);
    none(({ file, target }) => isIn('markdown')(file) && !isIn('markdown/disk')(file) && disk(target));
});

test('jansson is used in protocol/, lsp/ and cli/ only', () => {
    none(({ file, target }) => target === 'jansson.h' && !['protocol', 'lsp', 'cli'].includes(folderOf(file)));
});

test('tree-sitter is used under index/ only', () => {
    none(({ file, target }) => target.startsWith('tree_sitter/') && folderOf(file) !== 'index');
});

test('the server’s standard output is touched in exactly one file', () => {
    const writers = sources.filter((file) => /^(protocol|lsp)\//.test(file) && /\bstdout\b|\bSTDOUT_FILENO\b|\bputs\(|\bprintf\(/.test(
        read(file).replace(/\/\*.*?\*\//gs, '').replace(/"(\\.|[^"\\])*"/g, '""')));
    const passesItOn = linesWhere(writers.filter((file) => file !== 'lsp/output.c'), (line) => /\bstdout\b|STDOUT_FILENO|\bputs\(|\bprintf\(/.test(line));
    assert.deepEqual(passesItOn, []);
    assert.deepEqual(writers, ['lsp/output.c']);
});
