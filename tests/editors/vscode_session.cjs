// What happens in a real VS Code, through its API: each step is written to the file that HEADWORD_STEPS names.
const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const vscode = require('vscode');

const root = vscode.workspace.workspaceFolders[0].uri;
const at = (path) => vscode.Uri.joinPath(root, path);
const execute = vscode.commands.executeCommand;
const steps = [];

/** What `ask` gives once that is something. */
async function until(what, ask) {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await ask();
    if (value) return value;
    if (Date.now() > end) throw new Error(`no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function step(name, run) {
  const began = Date.now();
  try {
    await run();
    steps.push({ name, began, ok: true });
  } catch (error) {
    steps.push({ name, began, ok: false, message: error.stack });
  }
}

const open = async (path) => {
  const document = await vscode.workspace.openTextDocument(at(path));
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  return document;
};
const positionOf = (document, text) => document.positionAt(document.getText().indexOf(text));
const symbols = async (query) => (await execute('vscode.executeWorkspaceSymbolProvider', query)) ?? [];
const named = async (name) => (await symbols(name)).filter((symbol) => symbol.name === name);
const read = (path) => fs.existsSync(at(path).fsPath) && fs.readFileSync(at(path).fsPath, 'utf8');
const configure = (key, value) => vscode.workspace.getConfiguration('headword').update(key, value, vscode.ConfigurationTarget.Workspace);

async function edit(document, change) {
  const whole = new vscode.WorkspaceEdit();
  change(whole);
  assert.ok(await vscode.workspace.applyEdit(whole));
}

async function lookups() {
  const app = await open('pkg/app.py');
  const call = positionOf(app, 'greet_politely("you")');
  await step('the extension starts with a Python file', async () => {
    const { isActive } = vscode.extensions.getExtension('headword.headword');
    await until('activation', () => isActive || vscode.extensions.getExtension('headword.headword').isActive);
    await until('symbols', async () => (await named('greet_politely')).length);
  });
  await step('hover shows the signature first', async () => {
    const [{ contents }] = await execute('vscode.executeHoverProvider', app.uri, call);
    assert.match(contents[0].value, /^```python\ndef greet_politely\(/);
    assert.match(contents[0].value, /Greet someone and add a mark/);
  });
  await step('definition leads to another file', async () => {
    const [found] = await execute('vscode.executeDefinitionProvider', app.uri, call);
    assert.equal((found.targetUri ?? found.uri).path, at('pkg/greeting.py').path);
  });
  await step('the outline names what a file defines', async () => {
    const found = await execute('vscode.executeDocumentSymbolProvider', at('pkg/greeting.py'));
    assert.deepEqual(found.map(({ name }) => name), ['ACCENT', 'ROCKET', 'Greeter', 'greet_politely']);
  });
  await step('references, rename, completion and the rest are answered', async () => {
    const ask = (provider, ...more) => execute(`vscode.${provider}`, app.uri, ...more);
    const names = (found) => JSON.stringify(found);
    assert.match(names(await ask('executeReferenceProvider', call)), /greeting\.py/);
    assert.equal((await ask('executeDocumentRenameProvider', call, 'greet_kindly')).size, 2);
    assert.match(names((await ask('executeCompletionItemProvider', call)).items.map(({ label }) => label)), /greet_politely/);
    assert.match((await ask('executeSignatureHelpProvider', positionOf(app, '"you"'))).signatures[0].label, /mark: str/);
    assert.ok((await ask('executeDeclarationProvider', call)).length > 0);
    assert.equal((await ask('prepareCallHierarchy', call))[0].name, 'greet_politely');
    assert.equal((await ask('executeSelectionRangeProvider', [call])).length, 1);
    assert.ok((await ask('provideDocumentSemanticTokens')).data.length > 0);
    await vscode.workspace.openTextDocument(at('pkg/greeting.py'));
    assert.ok((await execute('vscode.executeFoldingRangeProvider', at('pkg/greeting.py'))).length > 0);
  });
  await step('an unsaved edit is found; so is a syntax error', async () => {
    await edit(app, (whole) => whole.insert(app.uri, app.lineAt(app.lineCount - 1).range.end, '\nclass Unsaved: "é🚀"\nfoo = (\n'));
    await until('the new class', async () => (await named('Unsaved')).length === 1);
    await until('the error', () => vscode.languages.getDiagnostics(app.uri).some(({ source }) => /headword/i.test(source)));
    await execute('workbench.action.files.revert');
    await until('its end', async () => (await named('Unsaved')).length === 0);
  });
}

async function cardsAt(document, position) {
  const hovers = await execute('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join('\n');
}

async function features() {
  const softly = await open('pkg/softly.py');
  const base = positionOf(softly, 'hush(self):');
  const places = async (provider, document, position) => {
    const found = await execute(`vscode.${provider}`, document.uri, position);
    return found.map((place) => `${(place.targetUri ?? place.uri).path.split('/').at(-1)}:${(place.targetSelectionRange ?? place.range).start.line + 1}`);
  };
  await step('declaration leads to the import, type definition to the class of a value, implementation to what overrides', async () => {
    const app = await vscode.workspace.openTextDocument(at('pkg/app.py'));
    assert.deepEqual(await places('executeDeclarationProvider', app, positionOf(app, 'greet_politely("')), ['app.py:3']);
    assert.deepEqual(await places('executeTypeDefinitionProvider', softly, positionOf(softly, 'softly.hush')), ['softly.py:11']);
    assert.deepEqual(await places('executeImplementationProvider', softly, base), ['softly.py:12']);
  });
  await step('the places of a name are highlighted', async () => {
    const greeting = await vscode.workspace.openTextDocument(at('pkg/greeting.py'));
    assert.equal((await execute('vscode.executeDocumentHighlights', greeting.uri, positionOf(greeting, 'ACCENT'))).length, 2);
  });
  await step('who calls a function, and what stands below a class', async () => {
    const app = await vscode.workspace.openTextDocument(at('pkg/app.py'));
    const [called] = await execute('vscode.prepareCallHierarchy', app.uri, positionOf(app, 'greet_politely("'));
    const callers = await execute('vscode.provideIncomingCalls', called);
    assert.ok(callers.some(({ from }) => from.name === 'greet_loudly'));
    const [type] = await execute('vscode.prepareTypeHierarchy', softly.uri, positionOf(softly, 'Hush:'));
    assert.deepEqual((await execute('vscode.provideSubtypes', type)).map(({ name }) => name), ['Softly']);
  });
  await step('code lenses count references, and list them', async () => {
    await configure('codeLens.references', true);
    const find = async () => (await execute('vscode.executeCodeLensProvider', softly.uri, 10)).find(({ command }) => /reference/.test(command?.title));
    const { command } = await until('a lens', find);
    await execute(command.command, ...command.arguments);
    await configure('codeLens.references', undefined);
  });
  await step('definitions without docstring are among the problems where the settings say so', async () => {
    await configure('diagnostics.docs', 'undocumented');
    const found = () => vscode.languages.getDiagnostics(softly.uri).find(({ code }) => (code?.value ?? code) === 'undocumented');
    assert.equal((await until('the problem', found)).range.start.line, 10);
    await configure('diagnostics.docs', undefined);
    await until('its end', () => !found());
  });
  await step('a docstring is inserted', async () => {
    const bare = softly.positionAt(softly.getText().lastIndexOf('hush(self)'));
    const actions = await execute('vscode.executeCodeActionProvider', softly.uri, new vscode.Range(bare, bare), 'refactor.rewrite', 9);
    const action = actions.find(({ title }) => title === 'Insert docstring');
    assert.ok(await vscode.workspace.applyEdit(action.edit));
    assert.match(softly.getText(), /def hush\(self\):\n {8}"""(?!Hush)/);
    await open('pkg/softly.py');
    await execute('workbench.action.files.revert');
  });
  await step('in Markdown, code that names a definition has a card, and leads there', async () => {
    fs.writeFileSync(at('notes.md').fsPath, '# é🚀\n\nCall `pkg.greeting.greet_politely` 🚀.\n');
    const notes = await open('notes.md');
    const span = positionOf(notes, 'greet_politely');
    await until('a card', async () => (await cardsAt(notes, span)).includes('Greet someone and add a mark'));
    assert.deepEqual(await places('executeDefinitionProvider', notes, span), ['greeting.py:14']);
    const links = await execute('vscode.executeLinkProvider', notes.uri);
    assert.ok(links.some(({ target }) => target?.path.endsWith('/greeting.py')));
    await execute('workbench.action.closeActiveEditor');
    fs.rmSync(at('notes.md').fsPath);
  });
}

async function beside() {
  const other = [
    vscode.languages.registerHoverProvider('python', { provideHover: () => new vscode.Hover('The other server says é🚀.') }),
    vscode.languages.registerCompletionItemProvider('python', { provideCompletionItems: () => [new vscode.CompletionItem('greet_politely')] }),
  ];
  await step('beside another server: both say what they know, and completions come once where the settings say so', async () => {
    const app = await open('pkg/app.py');
    const call = positionOf(app, 'greet_politely("');
    const cards = await cardsAt(app, call);
    for (const part of ['Greet someone and add a mark', 'The other server says é🚀.']) assert.ok(cards.includes(part), cards);
    const count = async () => {
      const { items } = await execute('vscode.executeCompletionItemProvider', app.uri, call.translate(0, 3));
      return items.filter(({ label }) => (label.label ?? label) === 'greet_politely').length;
    };
    assert.equal(await count(), 2);
    await configure('features.off', 'completion');
    await until('each completion once', async () => (await count()) === 1);
    await configure('features.off', undefined);
  });
  for (const provider of other) provider.dispose();
}

async function pages() {
  await step('a command makes, saves and shows a page', async () => {
    await open('pkg/app.py');
    await execute('headword.editor.generatePage');
    assert.match(read('docs/headword/pkg/app.py_docs.md'), /app\.py/);
    assert.ok(vscode.window.visibleTextEditors.some(({ document }) => document.uri.path.endsWith('app.py_docs.md') && !document.isDirty));
  });
  await step('a page is made of a file that is not open', async () => {
    await execute('headword.editor.generateKeywords', at('pkg/greeting.py'));
    assert.match(read('docs/headword/pkg/greeting.py_kw.md'), /greet_politely/);
    await execute('headword.editor.generatePage', at('pkg/greeting.py'));
    assert.match(read('docs/headword/pkg/greeting.py_docs.md'), /greet_politely/);
  });
  await step('a changed setting counts without restart', async () => {
    await configure('pages.out', 'docs/other');
    await until('the page elsewhere', async () => {
      await execute('headword.editor.generateKeywords', at('pkg/app.py'));
      return read('docs/other/pkg/app.py_kw.md');
    });
  });
  await step('the pages of a folder, where and as the settings say', async () => {
    await configure('pages.source', 'link');
    await execute('headword.editor.generateFolder', at('pkg'));
    assert.match(read('docs/other/pkg/__init__.py_docs.md'), /Greets/);
    assert.doesNotMatch(read('docs/other/pkg/__init__.py_docs.md'), /```python/);
    await configure('pages.source', undefined);
    assert.ok(!read('docs/other/keywords.md'));
  });
  await step('all pages of the workspace', async () => {
    fs.rmSync(at('docs/other').fsPath, { recursive: true });
    await execute('headword.editor.generateWorkspace');
    assert.match(read('docs/other/pkg/__init__.py_docs.md'), /Greets/);
    assert.ok(read('docs/other/keywords.md'));
    await configure('pages.out', undefined);
  });
}

async function preview() {
  await step('the page opens that was written', async () => {
    await execute('workbench.action.closeAllEditors');
    await execute('headword.editor.openPage', at('pkg/app.py'));
    await until('the page', () => vscode.window.activeTextEditor?.document.uri.path.endsWith('pkg/app.py_docs.md'));
  });
  const uri = at('pkg/greeting.py').with({ scheme: 'headword', path: `${at('pkg/greeting.py').path}_docs.md` });
  await step('a preview follows what is typed', async () => {
    const greeting = await open('pkg/greeting.py');
    await execute('headword.editor.previewPage');
    const shown = await vscode.workspace.openTextDocument(uri);
    assert.match(shown.getText(), /greet_politely/);
    await edit(greeting, (whole) => whole.insert(greeting.uri, new vscode.Position(0, 0), '"""é🚀"""\n\n\ndef freshly_typed(): pass\n\n\n'));
    await until('the new function', () => shown.getText().includes('freshly_typed'));
    await open('pkg/greeting.py');
    await execute('workbench.action.files.revert');
    await until('its end', () => !shown.getText().includes('freshly_typed'));
  });
}

/** The server's process: a child of the extension host, whose children /proc lists. */
function serverProcess() {
  const children = fs.readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return children.find((pid) => pid && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes('lsp'));
}

async function restarts() {
  await step('a server that crashed is started again', async () => {
    const before = await until('the server', serverProcess);
    execFileSync('kill', ['-9', before]);
    await until('another server', () => ![undefined, before].includes(serverProcess()));
    await until('symbols', async () => (await named('greet_politely').catch(() => [])).length);
  });
  await step('the server is restarted by command', async () => {
    const before = await until('the server', serverProcess);
    await execute('headword.editor.restartServer');
    await until('another server', () => ![undefined, before].includes(serverProcess()));
    await until('symbols', async () => (await named('greet_politely')).length);
  });
}

async function broken() {
  await step('a server that cannot be started can be replaced by one that can', async () => {
    const before = await until('the server', serverProcess);
    await configure('server.path', process.env.HEADWORD_BROKEN);
    await until('its end', () => serverProcess() !== before);
    await execute('headword.editor.restartServer');
    await configure('server.path', undefined);
    await until('symbols', async () => (await named('greet_politely').catch(() => [])).length);
  });
}

exports.run = async () => {
  await lookups();
  await features();
  await beside();
  await pages();
  if (process.env.HEADWORD_PREVIEWS) await preview();
  await restarts();
  await broken();
  fs.writeFileSync(process.env.HEADWORD_STEPS, JSON.stringify(steps));
};
