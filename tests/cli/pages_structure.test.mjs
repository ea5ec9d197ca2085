// Whatever sources and docstrings hold, the structure of a page stays the same: its headings are those of a harmless
// file with the same definitions, and the only HTML is Headword's own. GitHub's own parser says so (Debian: cmark-gfm).
// HEADWORD_PAGES says how many files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const count = Number(process.env.HEADWORD_PAGES ?? 60);
const noParser = spawnSync('cmark-gfm', ['--version']).status !== 0 && 'cmark-gfm is not installed';

const pieces = [
    '# heading', '## heading ##', 'Setext', '======', '------', '***', '- - -', '```', '````', '~~~', '```` `', '`', '``', '|', '| a | b |', '|---|---|', ':--|',
    '<script>alert(1)</script>', '<!--', '-->', '<![CDATA[', '<?php', '<div>', '</details>', '<a id="x">', '&lt;', '&#35;', '{{ x }}', '{% raw %}', '$$', '$x$', '[a](b)', '[a]: b', '![', '](',
    '<https://x.y>', '> quote', '>', '1. one', '- item', '* item', '+ item', '    code', '\t', '  ', '\\\\', '\\\\`', '*', '**', '_', '__', '~~', '[^1]', '[^1]: note', ':::', '.. note::', '.. code-block:: c', '::', 'Args:', 'Parameters', '----------',
    'Returns:', '>>> f()', '...', ':param x: y', '@x', 'é', '🚀', '\u200b', '\u202e', '\u2028', '', '', '', '<!-- headword:keep x -->', '<!-- headword:end -->', '<!-- headword format=1 source=0 page=0 -->', '# type: ignore', '\\f', '\\x00',
];

/** Numbers that are the same in every run. */
function* numbers(seed) {
    for (let state = seed >>> 0; ; ) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        yield state >>> 8;
    }
}

function hostile(random) {
    const next = (most) => random.next().value % most;
    const lines = Array.from({ length: next(12) }, () => ' '.repeat(next(5)) + Array.from({ length: 1 + next(3) }, () => pieces[next(pieces.length)]).join(next(2) ? ' ' : ''));
    return lines.join('\n').replaceAll('"""', '"" "');
}

const indent = (text) => text.replaceAll('\n', '\n    ');
const source = (text) => `"""${text()} """
LIMIT = 3
class Cart:
    """${indent(text())} """
    def add(self, item):
        """${indent(text())} """
        return '''${text().replaceAll("'", '')} '''
def f(x=1):
    """${indent(text())} """
    # ${text().replaceAll('\n', '\n    # ')}
    return x
`;

/** The headings of a page, and its HTML, as GitHub's parser reads it. */
function parse(page) {
    const { status, stdout, stderr } = spawnSync('cmark-gfm', ['-t', 'xml', '-e', 'table', '-e', 'strikethrough'], { input: page, encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(status, 0, stderr);
    const texts = (xml) => [...xml.matchAll(/<(?:text|code)[^>]*>([^<]*)</g)].map(([, text]) => text).join('');
    return {
        headings: [...stdout.matchAll(/<heading level="(\d)">([^]*?)<\/heading>/g)].map(([, level, inner]) => `${level} ${texts(inner)}`),
        html: [...stdout.matchAll(/<html_(?:block|inline)[^>]*>([^<]*)</g)].map(([, html]) => html.trim()),
    };
}

const own = /^(&lt;a id=&quot;(?:(?!&quot;).)*&quot;&gt;(&lt;\/a&gt;)?|&lt;\/a&gt;|&lt;!--(?:(?!--&gt;).)*--&gt;)$/;

test(`${count} hostile files`, { skip: noParser }, async () => {
    const random = numbers(7), workspace = new Workspace({ 'plain.py': source(() => 'Plain.') });
    try {
        for (let k = 0; k < count; k++) workspace.write(`m${k}.py`, source(() => hostile(random)));
        const { status, stderr } = await run(['pages', '--root', workspace.root]);
        assert.equal(status, 0, stderr);
        for (const kind of ['docs', 'kw']) {
            const plain = parse(workspace.read(`docs/headword/plain.py_${kind}.md`));
            assert.ok(plain.headings.length > 3);
            for (let k = 0; k < count; k++) {
                const name = `docs/headword/m${k}.py_${kind}.md`;
                const page = parse(workspace.read(name));
                const expected = plain.headings.map((heading) => heading.replaceAll('plain', `m${k}`));
                assert.deepEqual(page.headings, expected, `${name} of\n${workspace.read(`m${k}.py`)}`);
                assert.deepEqual(page.html.filter((html) => !own.test(html)), [], name);
            }
        }
        assert.equal((await run(['pages', '--check', '--root', workspace.root])).status, 0);
    } finally {
        workspace.remove();
    }
});
