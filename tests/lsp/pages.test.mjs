// Doc pages that live with their sources: previews, pages that follow saves, their state in lenses and diagnostics,
// and the links in them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { run } from '../cli/run.mjs';
import { ErrorCode, failure, session } from './client.mjs';
import { eglot, like, oldEglot, vscode } from './editors.mjs';
import { Link, Workspace } from './fixture.mjs';

const files = {
    'shop/cart.py': `"""Carts é🚀."""
class «class»Cart:
    """Holds é and 🚀."""
    def add(self, item): "é🚀"
`,
    'shop/pay.py': '"""Pays é🚀."""\nfrom shop.cart import Cart\ndef pay(cart: Cart):\n    "Pays for é🚀."\n    return cart.add(1)\n',
};
const source = 'shop/cart.py';
const page = 'docs/headword/shop/cart.py_docs.md';
const keywords = 'docs/headword/shop/cart.py_kw.md';

const reading = like(vscode, (c) => {
    c.workspace.textDocumentContent = {};
    c.workspace.codeLens = { refreshSupport: true };
});

const execute = (s, command, ...args) => s.request('workspace/executeCommand', { command, arguments: args });
const content = async (s, uri) => (await s.request('workspace/textDocumentContent', { uri })).text;

/** Writes the pages as the program does. */
async function writePages(s) {
    const { status, stderr } = await run(['pages', '--root', s.workspace.root]);
    assert.equal(status, 0, stderr);
}

const edit = (s, from, to) => s.change(source, { range: s.find(source, from), text: to });

// --- previews ---

session('a preview is asked for by its own scheme', { files, editor: reading }, async (s) => {
    assert.deepEqual(s.capabilities.workspace.textDocumentContent, { schemes: ['headword'] });
    await s.indexed();
    const uri = await execute(s, 'headword.previewPage', s.uri(source));
    assert.match(uri, /^headword:\/.*\/shop\/cart\.py_docs\.md$/);
    assert.equal((await s.next('window/showDocument')).uri, uri);
    assert.match(await content(s, uri), /^# Documentation: `shop\/cart\.py`/m);
    assert.match(await content(s, uri.replace('_docs.md', '_kw.md')), /^# Keyword Index: `shop\/cart\.py`/m);
    assert.ok(!s.workspace.exists('docs'), 'nothing is written');
});

session('a preview follows what is typed', { files, editor: reading }, async (s) => {
    await s.indexed();
    s.open(source);
    const uri = await execute(s, 'headword.previewPage', s.uri(source));
    await content(s, uri);
    edit(s, 'Holds é', 'Unsaved é');
    assert.deepEqual(await s.next('workspace/textDocumentContent/refresh'), { uri });
    assert.match(await content(s, uri), /Unsaved é and 🚀\./);
    await s.close(source);
    await s.next('workspace/textDocumentContent/refresh');
    assert.match(await content(s, uri), /Holds é and 🚀\./);
});

for (const editor of [vscode, eglot]) {
    session(`${editor.clientInfo.name} is shown a file, which is renewed`, { files, editor }, async (s) => {
        assert.equal(s.capabilities.workspace?.textDocumentContent, undefined);
        s.open(source);
        const uri = await execute(s, 'headword.previewPage', s.uri(source));
        assert.equal((await s.next('window/showDocument')).uri, uri);
        const file = fileURLToPath(uri);
        assert.match(fs.readFileSync(file, 'utf8'), /Holds é and 🚀\./);
        const renewed = new Promise((resolve) => {
            const watcher = fs.watch(file.replace(/[^/]*$/, ''), { persistent: false }, () => {
                if (!fs.readFileSync(file, 'utf8').includes('Unsaved é')) return;
                watcher.close();
                resolve();
            });
        });
        edit(s, 'Holds é', 'Unsaved é');
        await renewed;
    });
}

session('a client that can be shown nothing gets the address', { files, editor: oldEglot }, async (s) => {
    s.open(source);
    const uri = await execute(s, 'headword.previewPage', s.uri(source));
    assert.match(fs.readFileSync(fileURLToPath(uri), 'utf8'), /Holds é/);
    assert.ok(!s.has('window/showDocument'));
});

session('what is no preview', { files, editor: reading }, async (s) => {
    await s.indexed();
    for (const uri of ['headword:/é🚀_docs.md', 'headword:', 'x', s.uri(source), `headword:${s.workspace.root}/shop/cart.py`]) {
        const error = await failure(content(s, uri));
        assert.equal(error.code, ErrorCode.InvalidParams, uri);
        assert.match(error.message, /uri/);
    }
    assert.equal((await failure(execute(s, 'headword.previewPage', s.uri('é🚀.py')))).code, ErrorCode.RequestFailed);
});

session('a page edited by hand is previewed as it would be', { files, editor: reading }, async (s) => {
    await s.indexed();
    await writePages(s);
    fs.writeFileSync(s.workspace.path(page), s.workspace.read(page).replace('Holds é', 'Mine é'));
    assert.match(await content(s, await execute(s, 'headword.previewPage', s.uri(source))), /Holds é and 🚀\./);
});

/** What a card says, but for where its links lead. */
const unlinked = (text) => text.replace(/\]\([^)]*\)/g, ']');

session('hover, preview and committed page say the same in the same bytes', { files, editor: reading }, async (s) => {
    await s.indexed();
    await writePages(s);
    const preview = await content(s, await execute(s, 'headword.previewPage', s.uri(source)));
    assert.equal(preview, s.workspace.read(page));
    const hover = (await s.hover(source, 'class')).contents.value;
    const card = unlinked(hover).replace(/\n\d+ references? · \[Doc page\]\s*$/, '').trim();
    assert.ok(card.includes('Holds é and 🚀.'));
    assert.ok(unlinked(preview).includes(card), `${card}\n--- is not in\n${unlinked(preview)}`);
});

// --- on save ---

for (const [setting, expected] of [['off', []], ['existing', [page]], ['all', [page, keywords]]]) {
    session(`pages.onSave ${setting}`, { files, options: { 'pages.onSave': setting } }, async (s) => {
        await s.indexed();
        await writePages(s);
        s.workspace.delete(keywords);
        const before = s.workspace.read(page);
        s.open(source);
        edit(s, 'Holds é', 'Saved é');
        await s.save(source);
        await s.symbols('x');
        const changed = [page, keywords].filter((name) => s.workspace.exists(name) && s.workspace.read(name) !== before);
        assert.deepEqual(changed, expected);
        if (expected.length) assert.match(s.workspace.read(page), /Saved é and 🚀\./);
        const { stdout } = await run(['pages', '--check', '--root', s.workspace.root]);
        assert.equal(stdout.includes(`stale: ${page}`), setting === 'off');
    });
}

session('saving a file renews the pages of what it imports: they say who uses it', { files, editor: reading, options: { 'pages.onSave': 'existing' } }, async (s) => {
    await s.indexed();
    await writePages(s);
    s.workspace.delete(keywords);
    const before = s.workspace.read(page);
    s.open('shop/pay.py');
    s.change('shop/pay.py', { range: s.find('shop/pay.py', 'cart.add(1)'), text: 'Cart() and cart.add(1)' });
    await s.save('shop/pay.py');
    while (s.workspace.read(page) === before) await s.next('workspace/codeLens/refresh');
    const { stdout } = await run(['pages', '--check', '--root', s.workspace.root, source]);
    assert.equal(stdout, `missing: ${keywords}\n`, 'what was not there is not made');
});

const chain = {
    'pkg/__init__.py': '"""É🚀."""\nfrom pkg.deep import Tool\n',
    'pkg/deep.py': '"""Deep é🚀."""\nclass Tool:\n    """Works é🚀."""\n    def run(self): "é🚀"\n',
    'pkg/other.py': '"""Apart é🚀."""\ndef alone(): "é🚀"\n',
    'main.py': '"""Runs é🚀."""\nfrom pkg import Tool\ndef main():\n    "é🚀"\n    return 1\n',
};

session('saving a file renews all pages of files but for what only the whole run does', { files: chain, editor: reading, options: { 'pages.onSave': 'all' } }, async (s) => {
    const pages = () => new Map(s.workspace.list('docs').map((name) => [name, s.workspace.read(name)]));
    await s.indexed();
    await writePages(s);
    s.open('main.py');
    s.change('main.py', { range: s.find('main.py', 'return 1'), text: 'return Tool().run()' });
    await s.save('main.py');
    const deep = 'docs/headword/pkg/deep.py_docs.md';
    while (!s.workspace.read(deep).includes('`main.main`')) await s.next('workspace/codeLens/refresh');
    await s.symbols('x');
    const saved = pages();
    await writePages(s);
    const renewed = [...pages()].filter(([name, text]) => saved.get(name) !== text).map(([name]) => name);
    assert.deepEqual(renewed.filter((name) => /_(docs|kw)\.md$/.test(name)), []);
});

session('a page edited by hand is left alone when its source is saved', { files, options: { 'pages.onSave': 'all' } }, async (s) => {
    await s.indexed();
    await writePages(s);
    const mine = s.workspace.read(page).replace('Holds é', 'Mine é');
    fs.writeFileSync(s.workspace.path(page), mine);
    s.open(source);
    edit(s, 'Holds é', 'Saved é');
    await s.save(source);
    const { message } = await s.next('window/logMessage', ({ message }) => message.includes('edited by hand'));
    assert.match(message, /cart\.py_docs\.md/);
    assert.equal(s.workspace.read(page), mine);
});

session('a page that is open is changed through the editor', { files, options: { 'pages.onSave': 'existing' } }, async (s) => {
    await s.indexed();
    await writePages(s);
    s.open(source);
    const text = s.workspace.read(page), note = '<!-- headword:keep é -->\nMine é🚀\n<!-- headword:end -->\n';
    s.open(page, text.replace('\n## File Purpose\n', `\n## File Purpose\n\n${note}`), { languageId: 'markdown' });
    edit(s, 'Holds é', 'Saved é');
    await s.save(source);
    await s.next('workspace/applyEdit');
    assert.match(s.documents.get(s.uri(page)).text, /Saved é and 🚀\./);
    assert.ok(s.documents.get(s.uri(page)).text.includes(note));
    assert.equal(s.workspace.read(page), text, 'the file is the editor’s');
});

const elsewhere = new Workspace({ 'é🚀.txt': '' });
after(() => elsewhere.remove());

for (const [what, own, told] of [
    ['a setting of the repository', { 'pyproject.toml': `[tool.headword]\npages.out = ${JSON.stringify(elsewhere.root)}\n` }, /^pyproject\.toml:2: setting pages\.out must be inside the repository/],
    ['a link of the repository', { docs: new Link(elsewhere.root) }, /leads out of the repository/],
]) {
    session(`${what} leads no page out of it`, { files: { ...files, ...own }, options: { 'pages.onSave': 'all' } }, async (s) => {
        await s.indexed();
        s.open(source);
        edit(s, 'Holds é', 'Saved é');
        await s.save(source);
        await s.next('window/logMessage', ({ message }) => told.test(message));
        await s.symbols('x');
        assert.deepEqual(elsewhere.list(), ['é🚀.txt']);
    });
}

session('saved while files are being read: afterwards', { files, options: { 'pages.onSave': 'all' } }, async (s) => {
    s.open(source);
    await s.save(source);
    await s.indexed();
    await s.symbols('x');
    const { stdout } = await run(['pages', '--check', '--root', s.workspace.root, source]);
    assert.equal(stdout, '');
});

// --- the state ---

session('a lens says how the page is, and leads on', { files, editor: reading, options: { 'codeLens.pages': true } }, async (s) => {
    const say = async () => {
        const [lens] = await s.request('textDocument/codeLens', s.document(source));
        const { command } = await s.request('codeLens/resolve', lens);
        return [command.title, command.command, ...command.arguments];
    };
    await s.indexed();
    s.open(source);
    assert.deepEqual(await say(), ['No doc page', 'headword.generatePage', s.uri(source)]);
    await execute(s, 'headword.generatePage', s.uri(source));
    await s.next('workspace/applyEdit');
    await s.next('workspace/codeLens/refresh');
    assert.deepEqual(await say(), ['Doc page is up to date', 'headword.openPage', s.uri(source)]);
    edit(s, 'Holds é', 'Unsaved é');
    assert.deepEqual(await say(), ['Doc page is stale', 'headword.generatePage', s.uri(source)]);
    fs.appendFileSync(s.workspace.path(page), 'é🚀');
    fs.writeFileSync(s.workspace.path(page), s.workspace.read(page).replace('Holds é', 'Mine é'));
    assert.deepEqual(await say(), ['Doc page was edited by hand', 'headword.openPage', s.uri(source)]);
    assert.equal(await execute(s, 'headword.openPage', s.uri(source)), null);
    assert.equal((await s.next('window/showDocument', ({ uri }) => uri.includes('cart.py_docs'))).uri, s.uri(page));
});

session('a diagnostic on a stale page, with what changed', { files, options: { 'diagnostics.pages': true } }, async (s) => {
    await s.indexed();
    await writePages(s);
    s.open(source);
    assert.deepEqual((await s.next('textDocument/publishDiagnostics')).diagnostics, []);
    edit(s, 'add(self, item)', 'add(self, item, é=1)');
    const [diagnostic] = (await s.next('textDocument/publishDiagnostics')).diagnostics;
    assert.equal(diagnostic.code, 'stale-page');
    assert.equal(diagnostic.severity, 3);
    assert.match(diagnostic.message, /^The doc page is stale: its source changed/);
    const stale = (await s.codeActions(source)).find(({ title }) => title === 'Update stale doc page');
    s.apply((await s.request('codeAction/resolve', stale)).edit);
    edit(s, 'é🚀', 'é 🚀');
    edit(s, 'é 🚀', 'é🚀');
    assert.deepEqual((await s.next('textDocument/publishDiagnostics')).diagnostics, []);
});

// --- texts ---

const texts = {
    ...files,
    'README.md': '# Shop é🚀\n\nSells. See [the cart](shop/cart.py), [a key](conf/é.toml), [a heading](notes/é.md#last-é), [a folder](conf), [none](gone.md) and `shop.cart.Cart`.\n',
    'conf/é.toml': '[tool]\nname = "é🚀"\n',
    'notes/é.md': '# é🚀\n\n## Last é\n',
    'picture.png': 'é\0',
    'z.txt': 'é🚀\n',
    'pytest.ini': '',
    'shop/test_cart.py': 'from shop.cart import Cart\ndef test_é(): Cart()\n',
};
const readme = 'docs/headword/README.md_docs.md';

session('pages of texts are those that the program writes, and nothing stays of the texts', { files: texts, editor: reading }, async (s) => {
    await s.indexed();
    await writePages(s);
    assert.match(s.workspace.read(page), /^To run them: `pytest shop\/test_cart\.py`/m);
    for (const name of ['README.md', 'conf/é.toml', 'notes/é.md', 'z.txt', source]) {
        const uri = await execute(s, 'headword.previewPage', s.uri(name));
        assert.equal(await content(s, uri), s.workspace.read(`docs/headword/${name}_docs.md`), name);
        assert.equal(await content(s, uri.replace('_docs.md', '_kw.md')), s.workspace.read(`docs/headword/${name}_kw.md`), name);
    }
    assert.deepEqual(await s.symbols('Shop é'), []);
    assert.equal((await failure(execute(s, 'headword.previewPage', s.uri('picture.png')))).code, ErrorCode.RequestFailed);
});

session('a preview of a text follows what is typed', { files: texts, editor: reading }, async (s) => {
    await s.indexed();
    s.open('README.md', undefined, { languageId: 'markdown' });
    const uri = await execute(s, 'headword.previewPage', s.uri('README.md'));
    await content(s, uri);
    s.change('README.md', { range: s.find('README.md', 'Sells'), text: 'Unsaved é🚀' });
    assert.deepEqual(await s.next('workspace/textDocumentContent/refresh'), { uri });
    assert.match(await content(s, uri), /^Unsaved é🚀\./m);
});

session('actions, lens and diagnostic of a text', { files: texts, editor: reading, options: { 'codeLens.pages': true, 'diagnostics.pages': true } }, async (s) => {
    await s.indexed();
    s.open('README.md', undefined, { languageId: 'markdown' });
    const titles = async () => (await s.codeActions('README.md')).map(({ title }) => title);
    const lens = async () => (await s.request('codeLens/resolve', (await s.request('textDocument/codeLens', s.document('README.md')))[0])).command.title;
    assert.deepEqual(await titles(), ['Generate doc page', 'Generate keyword page', 'Preview doc page']);
    assert.equal(await lens(), 'No doc page');
    await execute(s, 'headword.generatePage', s.uri('README.md'));
    await s.next('workspace/applyEdit');
    assert.match(s.workspace.read(readme), /^# Documentation: `README\.md`/m);
    assert.equal(await lens(), 'Doc page is up to date');
    s.change('README.md', { range: s.find('README.md', 'Sells'), text: 'Buys é🚀' });
    const [diagnostic] = (await s.next('textDocument/publishDiagnostics', ({ diagnostics }) => diagnostics.length)).diagnostics;
    assert.equal(diagnostic.message, 'The doc page is stale: its source changed.');
    assert.equal(await lens(), 'Doc page is stale');
    assert.ok((await titles()).includes('Update stale doc page'));
    assert.ok((await s.codeActions(readme)).some(({ title }) => title === 'Update stale doc page'), 'also on the page');
});

session('saving a text renews its page', { files: texts, options: { 'pages.onSave': 'existing' } }, async (s) => {
    await s.indexed();
    await writePages(s);
    s.open('README.md', undefined, { languageId: 'markdown' });
    s.change('README.md', { range: s.find('README.md', 'Sells'), text: 'Saved é🚀' });
    await s.save('README.md');
    await s.symbols('x');
    const { stdout } = await run(['pages', '--check', '--root', s.workspace.root, 'README.md']);
    assert.equal(stdout, '');
    assert.match(s.workspace.read(readme), /^Saved é🚀\./m);
});

session('texts of kinds that get no pages', { files: texts, options: { 'pages.include': 'toml' } }, async (s) => {
    await s.indexed();
    assert.deepEqual(await s.codeActions('README.md'), []);
    assert.ok((await s.codeActions('conf/é.toml')).length > 0);
});

// --- in pages ---

session('the actions of a page are those of its source', { files }, async (s) => {
    await s.indexed();
    await writePages(s);
    s.open(source);
    edit(s, 'Holds é', 'Unsaved é');
    const titles = (await s.codeActions(page)).map(({ title }) => title);
    assert.deepEqual(titles, ['Update stale doc page', 'Update stale keyword page', 'Preview doc page', 'Open doc page']);
});

session('pages of names that differ by case only', { files: { 'Mod.py': '"""Big é🚀."""\n', 'mod.py': '"""Small é🚀."""\n' } }, async (s) => {
    await s.indexed();
    await writePages(s);
    const clashing = 'docs/headword/mod.py~1_docs.md';
    assert.match(s.workspace.read(clashing), /^Small é🚀\.$/m);
    for (const name of ['mod.py', clashing]) {
        if (name === 'mod.py') s.open(name);
        const titles = (await s.codeActions(name)).map(({ title }) => title);
        assert.ok(titles.includes('Open doc page'), `${name}: ${titles}`);
    }
    await execute(s, 'headword.openPage', s.uri('mod.py'));
    assert.equal(fileURLToPath((await s.next('window/showDocument')).uri), s.workspace.path(clashing));
});

session('links and code spans of a page and of its preview', { files, editor: reading }, async (s) => {
    await s.indexed();
    await writePages(s);
    const links = async (uri, text) => {
        await s.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text } });
        const found = await s.request('textDocument/documentLink', { textDocument: { uri } });
        const lines = text.split('\n');
        return found.map(({ range, target }) => [lines[range.start.line].slice(range.start.character, range.end.character), target]);
    };
    const text = s.workspace.read(page);
    const found = await links(s.uri(page), text);
    assert.ok(found.some(([what, target]) => what.includes('#L2') && target.startsWith(`${s.uri(source)}#L2`)), JSON.stringify(found));
    assert.ok(found.some(([what, target]) => what === 'cart.py_kw.md' && target === s.uri(keywords)));
    for (const [, target] of found) assert.ok(fs.existsSync(fileURLToPath(target)), target);
    const preview = await execute(s, 'headword.previewPage', s.uri(source));
    assert.deepEqual(await links(preview, await content(s, preview)), found);
    const spans = await links(s.uri('é🚀.md'), '# é🚀 `shop.cart.Cart` and `nobody`\n\n````\n```\n`shop.cart.Cart`\n[x](é🚀.md)\n````\n');
    assert.deepEqual(spans.map(([what]) => what), ['shop.cart.Cart']);
    assert.ok(spans[0][1].startsWith(s.uri(source)));
});
