// The code actions "Insert docstring" and "Update docstring", and the diagnostics that they mend.
import assert from 'node:assert/strict';

import { session } from './client.mjs';
import { eglot, like, lspMode, neovim, oldEglot, plain, vscode } from './editors.mjs';

const files = {
    'pyproject.toml': '[tool.headword]\ndiagnostics.docs = "all"\n',
    'a.py': '"""É🚀."""\né = "🚀"; «n»\ndef «f»f(a, b: int = 1):\n    x = 1\n    «body»return x\n'
        + 'class C:\n    """É.\n\n    Args:\n        «gone»gone: é🚀\n        b: x\n    """\n    def __init__(self, a, b): """É🚀."""\n',
};
const inserted = '    """TODO\n\n    Args:\n        a: TODO\n        b: TODO\n\n    Returns:\n        TODO\n    """\n';
const snippets = like(vscode, (capabilities) => { capabilities.workspace.workspaceEdit.snippetEditSupport = true; });
const name = (title) => (action) => action.title === title;
const docActions = (actions) => actions.filter(({ title }) => /docstring/.test(title));
const reports = (s, file) => s.next('textDocument/publishDiagnostics', ({ uri }) => uri === s.uri(file));

/** The actions where a mark stands. */
function actionsAt(s, file, mark, context = {}) {
    const start = s.position(file, mark);
    return s.request('textDocument/codeAction', { ...s.document(file), range: { start, end: start }, context: { diagnostics: [], ...context } });
}

/** The one edit of an action, wherever it stands. */
function editOf(action) {
    const { documentChanges, changes } = action.edit;
    const edits = documentChanges ? documentChanges[0].edits : Object.values(changes)[0];
    assert.equal(edits.length, 1);
    return edits[0];
}

for (const [editor, where] of [[vscode, 'documentChanges'], [eglot, 'documentChanges'], [neovim, 'changes'], [oldEglot, 'documentChanges'], [lspMode, 'documentChanges']]) {
    session(`insert, by ${editor.capabilities.workspace ? editor.clientInfo?.name ?? 'an older client' : 'nobody'}`, { files, editor }, async (s) => {
        s.open('a.py');
        const [action, ...others] = docActions(await actionsAt(s, 'a.py', 'f'));
        assert.deepEqual(others, []);
        assert.equal(action.title, 'Insert docstring');
        assert.equal(action.kind, 'refactor.rewrite.docstring');
        assert.ok(action.edit[where]);
        const edit = editOf(action);
        assert.equal(edit.newText, inserted);
        assert.deepEqual(edit.range, { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } });
    });
}

for (const [title, sample, item] of [
    ['with types', 'x (int): An é🚀, at the very least.', 'a (int): TODO'],
    ['without types', 'x: An é🚀, at the very least.', 'a: TODO'],
]) {
    const typed = `def g(x):\n    """Do something with what is given.\n\n    Args:\n        ${sample}\n        y: Other.\n        ${sample.replace('x', 'z')}\n    """\ndef «f»f(a: int):\n    pass\n`;
    session(`insert ${title}, as the other docstrings of the file`, { files: { 'a.py': typed } }, async (s) => {
        s.open('a.py');
        const edit = editOf((await actionsAt(s, 'a.py', 'f')).find(name('Insert docstring')));
        assert.ok(edit.newText.includes(`        ${item}\n`), edit.newText);
    });
}

session('insert as a snippet', { files, editor: snippets }, async (s) => {
    await s.indexed();
    s.open('a.py');
    const edit = editOf((await actionsAt(s, 'a.py', 'f')).find(name('Insert docstring')));
    assert.equal(edit.newText, undefined);
    assert.equal(edit.snippet.kind, 'snippet');
    assert.ok(edit.snippet.value.startsWith('    """${1:TODO}\n\n    Args:\n        a: ${2:TODO}\n'));
});

session('update, and where there is nothing to do', { files }, async (s) => {
    await s.indexed();
    s.open('a.py');
    const [action, ...others] = docActions(await actionsAt(s, 'a.py', 'gone'));
    assert.deepEqual(others, []);
    assert.equal(action.title, 'Update docstring');
    assert.ok(editOf(action).newText.includes('        gone: (removed) é🚀\n        a: TODO\n        b: x\n'));
    assert.deepEqual(docActions(await actionsAt(s, 'a.py', 'body')), []);
    assert.deepEqual(docActions(await actionsAt(s, 'a.py', 'n')), []);
});

session('unsaved text, outside of every folder', { files: {} }, async (s) => {
    const uri = 'untitled:é🚀';
    s.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text: 'def f(a):\n    pass\n' } });
    const start = { line: 0, character: 5 };
    const actions = await s.request('textDocument/codeAction', { textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [] } });
    assert.deepEqual(actions.map(({ title }) => title), ['Insert docstring']);
});

session('clients that take no actions get none', { files, editor: plain }, async (s) => {
    s.open('a.py');
    assert.deepEqual(docActions(await actionsAt(s, 'a.py', 'f')), []);
});

session('context.only', { files }, async (s) => {
    await s.indexed();
    s.open('a.py');
    for (const [only, count] of [[['refactor'], 1], [['refactor.rewrite.docstring'], 1], [['refactor.extract'], 0], [['source'], 0], [['quickfix'], 0]])
        assert.equal(docActions(await actionsAt(s, 'a.py', 'f', { only })).length, count, only[0]);
});

session('diagnostics, and their quick fixes', { files }, async (s) => {
    await s.indexed();
    s.open('a.py');
    const { diagnostics } = await reports(s, 'a.py');
    assert.deepEqual(diagnostics.map(({ code, severity, source }) => [code, severity, source]), [
        ['undocumented', 3, 'headword'], ['unknown-parameter', 2, 'headword'], ['missing-parameter', 2, 'headword'],
    ]);
    assert.deepEqual(diagnostics[1].range, s.word('a.py', 'gone'));
    const fixes = await actionsAt(s, 'a.py', 'gone', { diagnostics: [diagnostics[1]], only: ['quickfix'] });
    assert.deepEqual(fixes.map(({ title, kind }) => [title, kind]), [['Update docstring', 'quickfix']]);
    assert.deepEqual(fixes[0].diagnostics, [diagnostics[1]]);
    const [insert] = await actionsAt(s, 'a.py', 'f', { diagnostics: [diagnostics[0]], only: ['quickfix'] });
    assert.equal(insert.title, 'Insert docstring');
});

const wrong = 'def f(a=3, b: str = "é🚀"):\n    """É🚀.\n\n    Args:\n        a: «a»A. Defaults to ``4``.\n        b («b»int): B.\n    """\n'
    + 'def g(c="\\n", d=5):\n    "É🚀. :param c: x. Defaults to 1."\n';
const linking = like(vscode, (capabilities) => { capabilities.textDocument.publishDiagnostics.codeDescriptionSupport = true; });

session('what the signature has in place of a wrong default or type', { files: { ...files, 'w.py': wrong }, editor: linking }, async (s) => {
    await s.indexed();
    s.open('w.py');
    const diagnostics = (await reports(s, 'w.py')).diagnostics.filter(({ code }) => /^wrong/.test(code));
    assert.deepEqual(diagnostics.map(({ code }) => code), ['wrong-default', 'wrong-type']);
    for (const { code, codeDescription } of diagnostics) assert.match(codeDescription.href, new RegExp(`^file://.*/rules\\.md#${code}$`));
    const fixes = (await actionsAt(s, 'w.py', 'a', { diagnostics, only: ['quickfix'] })).map((action) => [action.title, action.kind, action.diagnostics, editOf(action)]);
    const line = (number, start, end) => ({ start: { line: number, character: start }, end: { line: number, character: end } });
    assert.deepEqual(fixes, [
        ['Write 3', 'quickfix', [diagnostics[0]], { range: line(4, 28, 29), newText: '3' }],
        ['Write str', 'quickfix', [diagnostics[1]], { range: line(5, 11, 14), newText: 'str' }],
    ]);
    assert.deepEqual(await actionsAt(s, 'w.py', 'a', { only: ['quickfix'] }), []);
    assert.deepEqual(await actionsAt(s, 'w.py', 'a', { diagnostics, only: ['refactor'] }).then((all) => all.filter(({ title }) => /^Write/.test(title))), []);
});

const unraised = 'def f(a):\n    """É🚀.\n\n    Raises:\n        «own»Own: é🚀\n        TypeError: x\n    """\n    return a\n';

session('what nothing raises, taken out', { files: { ...files, 'r.py': unraised } }, async (s) => {
    await s.indexed();
    s.open('r.py');
    const diagnostics = (await reports(s, 'r.py')).diagnostics.filter(({ code }) => code === 'exception-not-raised');
    assert.deepEqual(diagnostics.map(({ range, severity }) => [range, severity]), [[s.word('r.py', 'own'), 4]]);
    const [fix, ...others] = await actionsAt(s, 'r.py', 'own', { diagnostics, only: ['quickfix'] });
    assert.deepEqual(others, []);
    assert.deepEqual([fix.title, fix.kind, fix.diagnostics], ['Remove Own', 'quickfix', diagnostics]);
    assert.deepEqual(editOf(fix), { range: { start: { line: 3, character: 11 }, end: { line: 4, character: 16 } }, newText: '' });
});

session('clients that show no links get none', { files: { ...files, 'w.py': wrong } }, async (s) => {
    await s.indexed();
    s.open('w.py');
    const { diagnostics } = await reports(s, 'w.py');
    assert.ok(diagnostics.length > 0 && diagnostics.every(({ codeDescription }) => codeDescription === undefined));
});

session('no rule is on unless it is asked for', { files: { ...files, 'pyproject.toml': '' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
});

session('what ruff is told to check is left to it', { files: { ...files, 'ruff.toml': 'lint.select = ["E", "D", "DOC102"]\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
});

session('a rule that is not known is said', { files: { ...files, 'pyproject.toml': '[tool.headword]\ndiagnostics.docs = "é🚀"\n' } }, async (s) => {
    const { message } = await s.next('window/logMessage', ({ message }) => message.includes('é🚀'));
    assert.match(message, /diagnostics\.docs: no rule é🚀/);
});

session('references count when all is read, and anew when files change', { files: { ...files, 'b.py': 'def there(): ...\n',
    'c.py': '"""See :func:`b.there` é🚀 and :func:`«away»b.away`."""\n' } }, async (s) => {
    await s.indexed();
    s.open('c.py');
    for (;;) {
        const { diagnostics } = await reports(s, 'c.py');
        if (diagnostics.length === 0) continue; // before all was read
        assert.deepEqual(diagnostics.map(({ code, message }) => [code, message]), [['dangling-reference', 'b.away is not there.']]);
        assert.deepEqual(diagnostics[0].range.start, s.position('c.py', 'away'));
        break;
    }
});

session('ruff’s settings in a folder count there, and at once', { files: { ...files, 'sub/ruff.toml': 'lint.select = ["D", "DOC"]\n', 'sub/b.py': files['a.py'] } }, async (s) => {
    await s.indexed();
    s.open('sub/b.py');
    assert.deepEqual((await reports(s, 'sub/b.py')).diagnostics, []);
    s.workspace.write('sub/ruff.toml', 'lint.select = ["E"] # é🚀\n');
    s.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: s.uri('sub/ruff.toml'), type: 2 }] });
    assert.equal((await reports(s, 'sub/b.py')).diagnostics.length, 3);
});

session('Markdown documents: links and code spans', { files: { ...files, 'pkg/__init__.py': '"""É."""\n', 'pkg/m.py': '"""É."""\ndef there():\n    """É."""\n',
    'doc.md': 'é🚀 `pkg.m.there` `«span»pkg.m.away` [a](a.py) [b](«link»b.py)\n' } }, async (s) => {
    await s.indexed();
    s.open('doc.md', undefined, { languageId: 'markdown' });
    const { diagnostics } = await reports(s, 'doc.md');
    assert.deepEqual(diagnostics.map(({ code, message, range }) => [code, message, range.start]), [
        ['dangling-reference', 'pkg.m.away is not there.', s.position('doc.md', 'span')],
        ['dangling-reference', 'b.py is not there.', s.position('doc.md', 'link')],
    ]);
    s.change('doc.md', { text: 'é🚀 `pkg.m.there`\n' });
    assert.deepEqual((await reports(s, 'doc.md')).diagnostics, []);
});

session('a change of ruff’s settings counts at once', { files: { ...files, 'ruff.toml': 'lint.select = ["D", "DOC"]\n' } }, async (s) => {
    await s.indexed();
    s.open('a.py');
    assert.deepEqual((await reports(s, 'a.py')).diagnostics, []);
    s.workspace.write('ruff.toml', 'lint.select = ["E"] # é🚀\n');
    s.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: s.uri('ruff.toml'), type: 2 }] });
    assert.equal((await reports(s, 'a.py')).diagnostics.length, 3);
});
