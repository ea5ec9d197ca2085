// workspace/willRenameFiles, workspace/willDeleteFiles and what follows them: pages go with their sources.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { run } from '../cli/run.mjs';
import { ErrorCode, failure, session } from './client.mjs';
import { like, vscode } from './editors.mjs';
import { Link, Workspace } from './fixture.mjs';

const files = {
    'shop/cart.py': '"""Carts é🚀."""\nclass Cart:\n    "Holds é🚀."\n',
    'shop/é 🚀.py': '"""Pays é🚀."""\n',
    'main.py': '"""Runs é🚀."""\n',
};
const page = (name) => `docs/headword/${name}_docs.md`;
const both = (name) => [page(name), `docs/headword/${name}_kw.md`];

const operations = { didCreate: true, didRename: true, didDelete: true };
/** Takes edits before it renames, and asks about them. */
const early = like(vscode, (c) => {
    c.workspace.fileOperations = { ...operations, willRename: true, willDelete: true };
    c.workspace.workspaceEdit.changeAnnotationSupport = {};
});
const late = like(vscode, (c) => {
    c.workspace.fileOperations = operations;
    c.window.showMessage = {};
});
const silent = like(vscode, (c) => (c.workspace.fileOperations = operations));

async function begin(s) {
    await s.indexed();
    const { status, stderr } = await run(['pages', '--root', s.workspace.root]);
    assert.equal(status, 0, stderr);
}

const renames = (s, from, to) => ({ files: [{ oldUri: s.uri(from), newUri: s.uri(to) }] });
const deletions = (s, name) => ({ files: [{ uri: s.uri(name) }] });

function move(s, from, to) {
    fs.mkdirSync(path.dirname(s.workspace.path(to)), { recursive: true });
    fs.renameSync(s.workspace.path(from), s.workspace.path(to));
}

/** Does what the edit says, as editors do. */
function apply(edit) {
    for (const { kind, uri, oldUri, newUri } of edit.documentChanges) {
        if (kind === 'delete') fs.rmSync(fileURLToPath(uri));
        if (kind !== 'rename') continue;
        fs.mkdirSync(path.dirname(fileURLToPath(newUri)), { recursive: true });
        fs.renameSync(fileURLToPath(oldUri), fileURLToPath(newUri));
    }
}

const there = (s, names) => names.map((name) => s.workspace.exists(name));

session('a rename that is announced: the pages move with it, to be confirmed, and say the new name', { files, editor: early }, async (s) => {
    await begin(s);
    const edit = await s.request('workspace/willRenameFiles', renames(s, 'shop/cart.py', 'new é/basket.py'));
    assert.deepEqual(edit.documentChanges.map(({ kind, oldUri, newUri, annotationId }) => [kind, oldUri, newUri, annotationId]),
        both('shop/cart.py').map((old, i) => ['rename', s.uri(old), s.uri(both('new é/basket.py')[i]), 'headword.pages']));
    assert.equal(edit.changeAnnotations['headword.pages'].needsConfirmation, true);
    apply(edit);
    move(s, 'shop/cart.py', 'new é/basket.py');
    await s.notify('workspace/didRenameFiles', renames(s, 'shop/cart.py', 'new é/basket.py'));
    await s.symbols('x');
    assert.match(s.workspace.read(page('new é/basket.py')), /^# Documentation: `new é\/basket\.py`/m);
    assert.deepEqual(there(s, both('shop/cart.py')), [false, false]);
});

session('a rename whose pages are to stay: nothing is done or asked afterwards', { files, editor: early }, async (s) => {
    await begin(s);
    await s.request('workspace/willRenameFiles', renames(s, 'main.py', 'start.py'));
    move(s, 'main.py', 'start.py');
    await s.notify('workspace/didRenameFiles', renames(s, 'main.py', 'start.py'));
    await s.symbols('x');
    assert.deepEqual(there(s, [page('main.py'), page('start.py')]), [true, false]);
    assert.ok(!s.has('window/showMessageRequest'));
});

session('folders', { files, editor: early }, async (s) => {
    await begin(s);
    const { documentChanges } = await s.request('workspace/willRenameFiles', renames(s, 'shop', 'store é'));
    assert.deepEqual(documentChanges.map(({ oldUri, newUri }) => [oldUri, newUri]), [[s.uri('docs/headword/shop'), s.uri('docs/headword/store é')]]);
    const removal = await s.request('workspace/willDeleteFiles', deletions(s, 'shop'));
    assert.deepEqual(removal.documentChanges.map(({ uri }) => uri).sort(), s.workspace.list('docs/headword/shop').map((name) => s.uri(name)).sort());
});

session('a deletion that is announced: what a person edited stays', { files, editor: early }, async (s) => {
    await begin(s);
    const kept = page('shop/é 🚀.py');
    fs.writeFileSync(s.workspace.path(kept), s.workspace.read(kept).replace('Pays', 'Mine'));
    const edit = await s.request('workspace/willDeleteFiles', deletions(s, 'shop/é 🚀.py'));
    assert.deepEqual(edit.documentChanges.map(({ kind, uri }) => [kind, uri]), [['delete', s.uri(both('shop/é 🚀.py')[1])]]);
});

session('a deletion: a page with text that somebody wanted to keep stays, which is said', { files, editor: early }, async (s) => {
    await begin(s);
    const kept = '## File Purpose\n\n<!-- headword:keep é -->\nMine 🚀\n<!-- headword:end -->\n';
    s.workspace.write(page('main.py'), s.workspace.read(page('main.py')).replace('## File Purpose\n', kept));
    const edit = await s.request('workspace/willDeleteFiles', deletions(s, 'main.py'));
    assert.deepEqual(edit.documentChanges.map(({ uri }) => uri), [s.uri(both('main.py')[1])]);
    assert.match((await s.next('window/logMessage', ({ type }) => type === 2)).message, /main\.py_docs\.md: .*headword:keep/);
});

session('nothing to do', { files: { ...files, [page('main.py')]: '# Mine é🚀\n' }, editor: early }, async (s) => {
    await s.indexed();
    assert.equal(await s.request('workspace/willRenameFiles', renames(s, 'main.py', 'start.py')), null);
    assert.equal(await s.request('workspace/willDeleteFiles', deletions(s, 'main.py')), null);
    assert.equal(await s.request('workspace/willRenameFiles', renames(s, page('main.py'), 'x.md')), null);
    for (const params of [{}, { files: 7 }]) {
        assert.equal((await failure(s.request('workspace/willDeleteFiles', params))).code, ErrorCode.InvalidParams);
    }
    assert.equal(await s.request('workspace/willDeleteFiles', { files: [7, {}, { uri: 'é🚀:' }, { oldUri: 1, newUri: [] }] }), null);
});

session('a page that is in the way is not replaced', { files, editor: early }, async (s) => {
    await begin(s);
    assert.equal(await s.request('workspace/willRenameFiles', renames(s, 'main.py', 'shop/cart.py')), null);
});

session('pages behind a link that leads out of the repository are neither moved nor removed', { files, editor: early }, async (s) => {
    await begin(s);
    const outside = new Workspace({});
    fs.renameSync(s.workspace.path('docs/headword/shop'), outside.path('shop'));
    s.workspace.write('docs/headword/shop', new Link(outside.path('shop')));
    try {
        assert.equal(await s.request('workspace/willRenameFiles', renames(s, 'shop/cart.py', 'basket é🚀.py')), null);
        assert.equal(await s.request('workspace/willDeleteFiles', deletions(s, 'shop/cart.py')), null);
        assert.equal(await s.request('workspace/willRenameFiles', renames(s, 'main.py', 'shop/é🚀.py')), null);
    } finally {
        outside.remove();
    }
});

for (const [what, editor, asked] of [['asks first', late, true], ['just does it where it cannot ask', silent, false]]) {
    session(`afterwards, the server ${what}`, { files, editor }, async (s) => {
        assert.equal(s.capabilities.workspace.fileOperations.willRename, undefined);
        await begin(s);
        s.answers = { 'window/showMessageRequest': ({ actions }) => actions[0] };
        move(s, 'shop/cart.py', 'new é/basket.py');
        await s.notify('workspace/didRenameFiles', renames(s, 'shop/cart.py', 'new é/basket.py'));
        if (asked) assert.match((await s.next('window/showMessageRequest')).message, /Move the doc pages/);
        await s.symbols('x');
        await s.symbols('x'); // the answer came before this
        assert.match(s.workspace.read(page('new é/basket.py')), /^# Documentation: `new é\/basket\.py`/m);
        assert.deepEqual(there(s, both('shop/cart.py')), [false, false]);
        s.workspace.delete('new é');
        await s.notify('workspace/didDeleteFiles', deletions(s, 'new é/basket.py'));
        if (asked) assert.match((await s.next('window/showMessageRequest')).message, /Remove the doc pages/);
        await s.symbols('x');
        await s.symbols('x');
        assert.ok(!s.workspace.exists('docs/headword/new é'), 'nor is an empty folder left');
        assert.ok(s.workspace.exists(page('main.py')));
    });
}

session('who says no is left alone', { files, editor: late }, async (s) => {
    await begin(s);
    s.answers = { 'window/showMessageRequest': ({ actions }) => actions[1] };
    s.workspace.delete('main.py');
    await s.notify('workspace/didDeleteFiles', deletions(s, 'main.py'));
    await s.next('window/showMessageRequest');
    await s.symbols('x');
    await s.symbols('x');
    assert.deepEqual(there(s, both('main.py')), [true, true]);
});

session('a file that is created changes nothing', { files, editor: silent }, async (s) => {
    await begin(s);
    await s.notify('workspace/didCreateFiles', deletions(s, 'main.py'));
    await s.symbols('x');
    assert.deepEqual(there(s, both('main.py')), [true, true]);
});
