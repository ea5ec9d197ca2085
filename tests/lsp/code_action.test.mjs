// textDocument/codeAction, codeAction/resolve and workspace/executeCommand: doc pages from the editor.
import assert from 'node:assert/strict';
import fs from 'node:fs';

import { ErrorCode, failure, session } from './client.mjs';
import { eglot, like, lspMode, neovim, oldEglot, plain, vscode } from './editors.mjs';

const files = {
    'shop/cart.py': `"""Carts é🚀."""
class Cart:
    """Holds é and 🚀."""
    def add(self, item): "é🚀"
`,
};
const source = 'shop/cart.py';
const page = 'docs/headword/shop/cart.py_docs.md';
const keywords = 'docs/headword/shop/cart.py_kw.md';
const title = 'Generate doc page';

/** The action of that title, as chosen in an editor: resolved where it has to be. */
async function choose(s, name, wanted = title) {
    const action = (await s.codeActions(name)).find((item) => item.title === wanted);
    assert.ok(action, wanted);
    if (action.edit || typeof action.command === 'string' || action.command) return action;
    return s.request('codeAction/resolve', action);
}

/** Executes a command and waits until the editor was asked to apply its edit. */
async function execute(s, command, ...args) {
    assert.equal(await s.request('workspace/executeCommand', { command, arguments: args }), null);
    await s.next('workspace/applyEdit');
}

const isPage = (text) => {
    assert.match(text, /^# Documentation: `shop\/cart\.py`/m);
    assert.match(text, /Holds é and 🚀\./);
};

session('the actions of a source file', { files }, async (s) => {
    await s.indexed();
    const actions = await s.codeActions(source);
    assert.deepEqual(actions.map(({ title, kind }) => [title, kind]), [
        ['Generate doc page', 'headword.page'], // at VS Code's light bulb, where source actions are not
        ['Generate keyword page', 'headword.keywords'],
        ['Preview doc page', 'headword.preview'],
    ]);
    const asked = await s.codeActions(source, { only: ['source'] });
    assert.deepEqual(asked.map(({ kind }) => kind), ['source.headword.page', 'source.headword.keywords', 'source.headword.preview']);
});

session('a resolved action names the page, also when it needs no edit', { files, capabilities: vscode }, async (s) => {
    await s.indexed();
    const [action] = await s.codeActions(source);
    const { edit, data } = await s.request('codeAction/resolve', action);
    assert.ok(data.page.endsWith('cart.py_docs.md'));
    assert.ok(edit.documentChanges.some((change) => change.textDocument?.uri === data.page));
});

for (const [only, count] of [
    [['source'], 3],
    [['source.headword'], 3],
    [['source.headword.page'], 1],
    [['headword'], 3],
    [['source.headword.keywords', 'quickfix'], 1],
    [[''], 0],
    [['quickfix'], 0],
    [['source.organizeImports'], 0],
    [['source.head'], 0],
    [[], 0],
]) {
    session(`context.only ${JSON.stringify(only)}: ${count} actions`, { files }, async (s) => {
        await s.indexed();
        const actions = await s.codeActions(source, { only });
        if (only[0] !== '') assert.equal(actions.length, count); // "" is every kind, or none: clients differ
    });
}

session('no actions where no page can be', { files: { ...files, 'é🚀.lock': 'é🚀' } }, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.codeActions('missing é🚀.py'), []);
    s.open('é🚀.lock', undefined, { languageId: 'plaintext' });
    assert.deepEqual(await s.codeActions('é🚀.lock'), []);
});

// --- edits in actions ---

for (const editor of [vscode, neovim, eglot, lspMode, oldEglot]) {
    const name = editor.clientInfo?.name ?? 'an older Eglot';
    const folder = editor === oldEglot ? { 'docs/headword/shop/é.md': '' } : {}; // see below
    session(`${name}: the page arrives as an edit`, { files: { ...files, ...folder }, editor }, async (s) => {
        s.open(source);
        const action = await choose(s, source);
        assert.equal(action.command, undefined);
        const kinds = action.edit.documentChanges.map((change) => change.kind ?? 'edit');
        const creates = editor.capabilities.workspace.workspaceEdit.resourceOperations?.includes('create');
        assert.deepEqual(kinds, creates ? ['create', 'edit'] : ['edit']);
        assert.equal(action.edit.documentChanges.at(-1).textDocument.version, null);
        s.apply(action.edit);
        isPage(s.workspace.read(page));
    });
}

session('CreateFile has no options: with ignoreIfExists Neovim makes nothing', { files, editor: neovim }, async (s) => {
    s.open(source);
    const [create] = (await choose(s, source)).edit.documentChanges;
    assert.equal(create.options, undefined);
});

session('the folder is there where the client cannot make it', { files, editor: eglot }, async (s) => {
    s.open(source);
    await choose(s, source);
    assert.ok(fs.statSync(s.workspace.path('docs/headword/shop')).isDirectory());
    assert.ok(!s.workspace.exists(page));
});

session('nothing is written before an action is chosen', { files, editor: vscode }, async (s) => {
    s.open(source);
    await s.codeActions(source);
    assert.ok(!s.workspace.exists('docs'));
});

session('actions are light where edits are resolved, whole where they are not', { files }, async (s) => {
    s.open(source);
    for (const action of await s.codeActions(source)) assert.equal(action.edit, undefined);
});

session('an older Eglot gets whole edits where the folder is there', { files: { ...files, 'docs/headword/shop/é.md': '' }, editor: oldEglot }, async (s) => {
    s.open(source);
    for (const action of await s.codeActions(source)) assert.ok(action.edit);
    assert.ok(!(await s.codeActions(source)).some(({ title }) => title.startsWith('Preview')), 'it could not be shown');
});

session('an older Eglot that only looks gets no folder; one that chooses does', { files, editor: oldEglot }, async (s) => {
    s.open(source);
    const [{ command }] = await s.codeActions(source);
    assert.ok(!s.workspace.exists('docs'));
    await s.request('workspace/executeCommand', command);
    await s.next('workspace/applyEdit');
    isPage(s.workspace.read(page));
});

session('resolving an action that has its edit, as Neovim does, returns it unchanged', { files, editor: neovim }, async (s) => {
    s.open(source);
    const action = await choose(s, source);
    const { data, ...bare } = action;
    assert.deepEqual(await s.request('codeAction/resolve', action), action);
    assert.deepEqual(await s.request('codeAction/resolve', bare), bare);
    assert.deepEqual(await s.request('codeAction/resolve', { title: 'é🚀' }), { title: 'é🚀' });
});

session('resolving nonsense fails and names the field', { files }, async (s) => {
    for (const [data, field] of [[{}, /data\.command/], [{ command: 'é🚀', uri: 'x' }, /data\.command/], [{ command: 'headword.generatePage' }, /data\.uri/]]) {
        const error = await failure(s.request('codeAction/resolve', { title, data }));
        assert.equal(error.code, ErrorCode.InvalidParams);
        assert.match(error.message, field);
    }
});

session('the page shows what is in the buffer, not what is on disk', { files }, async (s) => {
    s.open(source);
    s.change(source, { range: s.find(source, 'Holds é'), text: 'Unsaved é' });
    s.apply((await choose(s, source)).edit);
    assert.match(s.workspace.read(page), /Unsaved é and 🚀\./);
    assert.doesNotMatch(s.workspace.read(page), /Holds é/);
});

session('the keyword page', { files }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source, 'Generate keyword page')).edit);
    assert.match(s.workspace.read(keywords), /^# Keyword Index: `shop\/cart\.py`/m);
});

session('a page that is fresh needs no edit', { files }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source)).edit);
    assert.deepEqual((await choose(s, source)).edit, { documentChanges: [] });
});

session('a stale page is replaced as a whole', { files }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source)).edit);
    const before = s.workspace.read(page);
    s.change(source, { range: s.find(source, 'Holds é'), text: 'Fresh é' });
    const { edit } = await choose(s, source, 'Update stale doc page');
    assert.deepEqual(edit.documentChanges.map((change) => change.kind), [undefined]);
    s.apply(edit);
    const after = s.workspace.read(page);
    assert.notEqual(after, before);
    assert.match(after, /Fresh é and 🚀\./);
    assert.equal(after.match(/^# Documentation/gm).length, 1);
});

session('the text that counts as the old page is the open buffer’s', { files }, async (s) => {
    s.open(source);
    const { edit } = await choose(s, source);
    s.apply(edit);
    s.open(page, s.workspace.read(page), { languageId: 'markdown' });
    s.change(source, { range: s.find(source, 'Holds é'), text: 'Fresh é' });
    s.apply((await choose(s, source, 'Update stale doc page')).edit);
    assert.match(s.documents.get(s.uri(page)).text, /Fresh é and 🚀\./);
});

session('a page edited by hand is refused, with the reason', { files }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source)).edit);
    const edited = s.workspace.read(page).replace('Holds é', 'Mine é');
    fs.writeFileSync(s.workspace.path(page), edited);
    const error = await failure(choose(s, source));
    assert.equal(error.code, ErrorCode.RequestFailed);
    assert.match(error.message, /cart\.py_docs\.md/);
    assert.equal(s.workspace.read(page), edited);
});

session('a file that Headword did not write is never replaced', { files: { ...files, [page]: '# Mine é🚀\n' } }, async (s) => {
    s.open(source);
    assert.equal((await failure(choose(s, source))).code, ErrorCode.RequestFailed);
    const command = { command: 'headword.generatePage', arguments: [s.uri(source)] };
    assert.equal((await failure(s.request('workspace/executeCommand', command))).code, ErrorCode.RequestFailed);
    assert.equal(s.workspace.read(page), '# Mine é🚀\n');
});

session('what a person kept stays', { files }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source)).edit);
    const kept = '<!-- headword:keep notes -->\nMine é🚀\n<!-- headword:end -->\n';
    const text = s.workspace.read(page).replace(/^## File Purpose\n/m, (heading) => `${heading}\n${kept}`);
    assert.ok(text.includes('Mine é🚀'));
    fs.writeFileSync(s.workspace.path(page), text);
    s.change(source, { range: s.find(source, 'Holds é'), text: 'Fresh é' });
    s.apply((await choose(s, source, 'Update stale doc page')).edit);
    assert.match(s.workspace.read(page), /Fresh é and 🚀\./);
    assert.ok(s.workspace.read(page).includes(kept));
});

session('pages.out says where', { files, options: { 'pages.out': 'é 🚀/pages' } }, async (s) => {
    s.open(source);
    s.apply((await choose(s, source)).edit);
    isPage(s.workspace.read('é 🚀/pages/shop/cart.py_docs.md'));
});

// --- commands ---

session('a client without action literals gets commands', { files, editor: plain }, async (s) => {
    s.open(source);
    const actions = await s.codeActions(source);
    assert.deepEqual(actions, [
        { title: 'Generate doc page', command: 'headword.generatePage', arguments: [s.uri(source)] },
        { title: 'Generate keyword page', command: 'headword.generateKeywords', arguments: [s.uri(source)] },
    ]);
});

session('the commands are announced', { files }, async (s) => {
    assert.deepEqual(s.capabilities.executeCommandProvider.commands, [
        'headword.generatePage', 'headword.generateKeywords', 'headword.previewPage', 'headword.openPage',
    ]);
});

for (const editor of [vscode, neovim, eglot, oldEglot]) {
    const name = editor.clientInfo?.name ?? 'an older Eglot';
    session(`${name}: a command is answered first, then its edit comes`, { files, editor }, async (s) => {
        s.open(source);
        const command = { command: 'headword.generatePage', arguments: [s.uri(source)] };
        assert.equal(await s.request('workspace/executeCommand', command), null);
        const { edit } = await s.next('workspace/applyEdit');
        assert.ok(edit.documentChanges.length > 0);
        isPage(s.workspace.read(page));
    });
}

session('the page is shown when it was applied', { files }, async (s) => {
    s.open(source);
    await execute(s, 'headword.generatePage', s.uri(source));
    const { uri } = await s.next('window/showDocument');
    assert.equal(uri, s.uri(page));
});

session('the page is not shown when the editor refused it', { files, applies: false }, async (s) => {
    s.open(source);
    await execute(s, 'headword.generatePage', s.uri(source));
    await s.symbols('x'); // the refusal came before this
    assert.ok(!s.has('window/showDocument'));
    assert.ok(!s.workspace.exists(page));
});

for (const [what, editor] of [
    ['announces nothing', plain],
    ['cannot apply edits', like(vscode, (c) => (c.workspace.applyEdit = false))],
    ['applies edits, but to open files only', like(vscode, (c) => (c.workspace.workspaceEdit = {}))],
]) {
    session(`the server writes the page itself where the client ${what}`, { files, editor }, async (s) => {
        s.open(source);
        const command = { command: 'headword.generatePage', arguments: [s.uri(source)] };
        assert.equal(await s.request('workspace/executeCommand', command), null);
        isPage(s.workspace.read(page));
        assert.deepEqual(s.workspace.list('docs'), [page], 'nothing is left beside it');
    });
}

session('the same page from an edit, a command and the disk', { files, editor: lspMode }, async (s) => {
    s.open(source);
    const edit = (await choose(s, source)).edit.documentChanges.at(-1).edits[0].newText;
    await execute(s, 'headword.generatePage', s.uri(source));
    assert.equal(s.workspace.read(page), edit);
});

session('wrong commands fail and say why', { files }, async (s) => {
    for (const [params, field] of [
        [{ command: 'headword.é🚀' }, /command/],
        [{ command: 7 }, /command/],
        [{ command: 'headword.generatePage' }, /arguments/],
        [{ command: 'headword.generatePage', arguments: [] }, /arguments/],
        [{ command: 'headword.generatePage', arguments: [7] }, /arguments/],
        [{ command: 'headword.generatePage', arguments: 'é🚀' }, /arguments/],
    ]) {
        const error = await failure(s.request('workspace/executeCommand', params));
        assert.equal(error.code, ErrorCode.InvalidParams);
        assert.match(error.message, field);
    }
    const missing = { command: 'headword.generatePage', arguments: [s.uri('missing é🚀.py')] };
    assert.equal((await failure(s.request('workspace/executeCommand', missing))).code, ErrorCode.RequestFailed);
});

// --- the card and the page ---

session('what a hover says of a class, its page says too', { files: { [source]: files[source].replace('Cart:', '«class»Cart:') } }, async (s) => {
    s.open(source);
    const hover = (await s.hover(source, 'class')).contents.value;
    s.apply((await choose(s, source)).edit);
    const text = s.workspace.read(page);
    for (const line of hover.split('\n').filter((line) => line && !line.includes('file://'))) assert.ok(text.includes(line), line);
});
