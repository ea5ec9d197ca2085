// textDocument/foldingRange: what an editor can fold away.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { like, vscode } from './editors.mjs';

const folding = (capabilities) => like(vscode, (c) => (c.textDocument.foldingRange = capabilities));
const lines = folding({ lineFoldingOnly: true });

/** The folds of a text, as "first-last kind", lines counted from 0. */
async function folds(s, text, name = 'é🚀.py') {
    s.open(name, text);
    const found = await s.request('textDocument/foldingRange', s.document(name));
    for (const fold of found) assert.ok(fold.startLine < fold.endLine);
    return found.map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`);
}

const files = { 'é🚀.py': '' };

session('suites, each with its clauses', { files, editor: lines }, async (s) => {
    const text = `class A:  # é🚀
    def f(self):
        if "🚀":
            é = 1
            # the last comment of a suite belongs to it
        elif x:
            pass
        else:
            pass
# this one does not
async def g():
    try:
        with a as b:
            pass
    except E:
        pass
    finally:
        for x in y:
            pass
        while x:
            pass
    match x:
        case 1:
            pass
one = "line"
if one: pass
`;
    assert.deepEqual(await folds(s, text), [
        '0-8', '1-8', '2-4', '5-6', '7-8', '10-23', '11-13', '12-13', '14-15', '16-20', '17-18', '19-20', '21-23', '22-23',
    ]);
});

session('brackets, strings, imports, comments, regions', { files, editor: lines }, async (s) => {
    const text = `"""é🚀
docstring"""
import a
from b import (
    c,
)
# import d

import e
# é
# 🚀
#region Näme
x = [
    f(1, {
        "é": "🚀",
    }),
]
text = '''
é🚀'''
# endregion
# regional
def f(
    a,
): # é
    # one

    # another
    "only"  # beside
    # code
`;
    assert.deepEqual(await folds(s, text), [
        '0-1 comment', '2-8 imports', '3-4', '9-10 comment', '11-19 region', '12-15', '13-14', '17-18', '21-22', '23-28',
    ]);
});

session('no more than the client wants: the outermost', { files, editor: folding({ lineFoldingOnly: true, rangeLimit: 3 }) }, async (s) => {
    const text = 'class A:\n    def f():\n        if x:\n            é\nclass B:\n    def f():\n        "🚀"\n';
    assert.deepEqual(await folds(s, text), ['0-3', '1-3', '4-6']);
});

session('only kinds that the client knows', { files, editor: folding({ lineFoldingOnly: true, foldingRangeKind: { valueSet: ['comment'] } }) }, async (s) => {
    assert.deepEqual(await folds(s, '# é\n# 🚀\nimport a\nimport b\n'), ['0-1 comment', '2-3']);
});

session('characters for clients that fold them', { files, editor: folding({}) }, async (s) => {
    s.open('é🚀.py', 'é🚀 = f("é🚀", [\n    "é🚀"«list»],\n«call»)\n');
    const found = await s.request('textDocument/foldingRange', s.document('é🚀.py'));
    const end = ({ line, character }) => ({ endLine: line, endCharacter: character });
    assert.deepEqual(found, [
        { startLine: 0, ...end(s.position('é🚀.py', 'call')) },
        { startLine: 0, ...end(s.position('é🚀.py', 'list')) },
    ]);
});

session('unsaved edits, half-typed code, other line ends', { files, editor: lines }, async (s) => {
    assert.deepEqual(await folds(s, 'def f():\r\n    é\r\n    "🚀"\r\n'), ['0-2']);
    assert.deepEqual(await folds(s, 'def f():\r    é\r    "🚀"\r'), ['0-2']);
    const broken = await folds(s, 'def f():\n    é\n    "🚀"\nclass A:\n    x = (\n    def g(self):\n        é\n');
    assert.ok(broken.includes('0-2'), `${broken}`);
    s.change('é🚀.py', 'x = 1\n');
    assert.deepEqual(await s.request('textDocument/foldingRange', s.document('é🚀.py')), []);
});

session('documents without a file, and none', { files, editor: lines }, async (s) => {
    const textDocument = { uri: 'untitled:é🚀', languageId: 'python', version: 0, text: 'def f():\n    "é🚀"\n' };
    await s.notify('textDocument/didOpen', { textDocument });
    assert.equal((await s.request('textDocument/foldingRange', { textDocument })).length, 1);
    assert.deepEqual(await s.request('textDocument/foldingRange', s.document('missing.py')), []);
});

session('brackets as deep as they come', { files, editor: lines }, async (s) => {
    const depth = 20000;
    assert.equal((await folds(s, '(\n'.repeat(depth) + ')\n'.repeat(depth))).length, depth - 1); // the innermost hides nothing
});
