// textDocument/selectionRange: from a word outwards.
import assert from 'node:assert/strict';

import { ErrorCode, failure, session } from './client.mjs';
import { offsetAt } from './fixture.mjs';

const isBefore = (a, b) => a.line < b.line || (a.line === b.line && a.character <= b.character);

/** Checks that each range lies in its parent, which is larger; returns the texts from the inside out. */
function texts(s, name, selection) {
    const { text } = s.documents.get(s.uri(name));
    const found = [];
    for (let at = selection; at; at = at.parent) {
        const { start, end } = at.range;
        found.push(text.slice(offsetAt(text, start, s.encoding), offsetAt(text, end, s.encoding)));
        if (!at.parent) break;
        assert.ok(isBefore(at.parent.range.start, start) && isBefore(end, at.parent.range.end));
        assert.notDeepEqual(at.parent.range, at.range);
    }
    assert.equal(found.at(-1), text);
    return found;
}

async function select(s, name, ...marks) {
    const positions = marks.map((mark) => s.position(name, mark));
    const found = await s.request('textDocument/selectionRange', { ...s.document(name), positions });
    assert.equal(found.length, positions.length);
    return found.map((selection) => texts(s, name, selection));
}

const files = { 'é🚀.py': '' };

session('expression, statement, suite, definition', { files }, async (s) => {
    s.open('é🚀.py', `"é🚀"
class A:
    @property
    def f(self):
        é = g("🚀", «x»x + 1)
        return é
`);
    const statement = 'é = g("🚀", x + 1)';
    const body = `${statement}\n        return é`;
    const whole = `def f(self):\n        ${body}`;
    const [found] = await select(s, 'é🚀.py', 'x');
    assert.deepEqual(found.slice(0, -1), [
        'x', 'x + 1', '"🚀", x + 1', '("🚀", x + 1)', 'g("🚀", x + 1)', statement, body, whole,
        `@property\n    ${whole}`, `class A:\n    @property\n    ${whole}`,
    ]);
});

session('words of strings and comments, several places at once, behind a name', { files }, async (s) => {
    s.open('é🚀.py', 'é = "one tw«string»ö three"  # a «comment»cömment 🚀\nfoo«behind».bar«end»');
    const [string, comment, behind, end] = await select(s, 'é🚀.py', 'string', 'comment', 'behind', 'end');
    assert.deepEqual(string.slice(0, 4), ['twö', 'one twö three', '"one twö three"', 'é = "one twö three"']);
    assert.deepEqual(comment.slice(0, 3), ['cömment', 'a cömment 🚀', '# a cömment 🚀']);
    assert.deepEqual(behind.slice(0, 2), ['foo', 'foo.bar']);
    assert.deepEqual(end.slice(0, 2), ['bar', 'foo.bar']);
});

session('white space, an empty text, beyond the end, broken code', { files }, async (s) => {
    s.open('é🚀.py', 'def f():\n    é\n\n«blank»\n    "🚀"\nfoo(«open»');
    const [blank, open] = await select(s, 'é🚀.py', 'blank', 'open');
    assert.ok(blank.length >= 1 && open.length >= 1);
    s.change('é🚀.py', '');
    const position = { line: 9, character: 9 };
    const found = await s.request('textDocument/selectionRange', { ...s.document('é🚀.py'), positions: [position] });
    assert.deepEqual(found, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }]);
});

session('nesting deeper than any client can read is cut', { files }, async (s) => {
    const depth = 5000;
    s.open('é🚀.py', `${'('.repeat(depth)}«x»é🚀${')'.repeat(depth)}`);
    const [found] = await select(s, 'é🚀.py', 'x');
    assert.ok(found.length <= 128, `${found.length} levels`);
});

session('a document that is not open has none; bad positions are refused', { files }, async (s) => {
    const positions = [{ line: 0, character: 0 }];
    assert.equal(await s.request('textDocument/selectionRange', { ...s.document('é🚀.py'), positions }), null);
    s.open('é🚀.py', 'é🚀');
    const error = await failure(s.request('textDocument/selectionRange', { ...s.document('é🚀.py'), positions: [{ line: 0 }] }));
    assert.equal(error.code, ErrorCode.InvalidParams);
    assert.match(error.message, /positions/);
});
