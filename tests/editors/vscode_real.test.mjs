// Sessions in the real VS Code: one through its API, inside the extension host; one driven as a person would.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { comparePages, makeWorkspace, reportSteps, repository, run } from './harness.mjs';
import {
  chooseAction, findSymbols, hoverAtCaret, notification, openFolder, placeCaret, rowsOfTree, runCommand,
} from './vscode_driven.mjs';
import { outputOf, reasonWithoutVscode, runInHost, startVscode } from './vscode_rig.mjs';

const extension = join(repository, 'editors/vscode');
const skip = process.env.HEADWORD ? await reasonWithoutVscode() : 'HEADWORD names no program';

// A server that knows of previews names their command.
const previews = process.env.HEADWORD && existsSync(process.env.HEADWORD) && readFileSync(process.env.HEADWORD).includes('headword.previewPage');

async function bundle() {
  const { status, output } = await run(process.execPath, ['bundle.mjs'], { cwd: extension });
  assert.equal(status, 0, output);
}

test('VS Code, by its API', { skip, timeout: 300_000 }, async (t) => {
  const { root, home, results } = makeWorkspace(t);
  await bundle();
  const vscode = await startVscode(t, home, {
    env: { HEADWORD_STEPS: results, HEADWORD_PREVIEWS: previews ? 'yes' : '' },
    settings: { 'headword.server.path': process.env.HEADWORD },
  });
  const outcome = await runInHost(vscode, extension, join(repository, 'tests/editors/vscode_session.cjs'), root);
  await reportSteps(t, existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : [], outcome);
  await t.test('the output channel shows no error', () => {
    const said = outputOf(vscode.data, 'Headword');
    assert.match(said, /started again/);
    assert.doesNotMatch(said.replace(/.*(started again|SIGKILL|Connection to server).*/g, ''), /\[error\]/);
  });
  await comparePages(t, root);
});

/** Keeps a picture of the screen where HEADWORD_PICTURES says, for the documentation. */
async function keepPicture(page, name) {
  const folder = process.env.HEADWORD_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 60 });
}

test('VS Code, driven', { skip, timeout: 300_000 }, async (t) => {
  const { root, home } = makeWorkspace(t);
  cpSync(join(repository, 'tests/sample'), root, { recursive: true });
  const vsix = join(dirname(home), 'headword.vsix');
  const { status, output } = await run(process.execPath, ['package.mjs', vsix], { cwd: extension });
  assert.equal(status, 0, output);
  const vscode = await startVscode(t, home, { vsix, settings: { 'headword.server.path': process.env.HEADWORD } });
  const { page } = vscode;
  await openFolder(vscode, root, 'orchard/harvest.py');

  await t.test('the packaged extension starts; the status bar counts keywords', async () => {
    assert.match(await page.locator('.statusbar-item', { hasText: 'keywords' }).innerText(), /\d+ keywords/);
  });
  await t.test('hover shows a card', async () => {
    await placeCaret(page, 46, 25);
    assert.match(await hoverAtCaret(page), /def /);
    await keepPicture(page, 'hover');
    await page.keyboard.press('Escape');
  });
  await t.test('Ctrl+T finds a symbol of the workspace', async () => {
    const [first] = await findSymbols(page, 'Basket', 'Basket');
    assert.match(first, /Basket/);
    await page.keyboard.press('Escape');
  });
  await t.test('the keyword index leads from letters over keywords to places', async () => {
    await runCommand(page, 'Headword: Show Keyword Index');
    await rowsOfTree(page).filter({ hasText: /^B/ }).first().click();
    await rowsOfTree(page).filter({ hasText: /^Basket$/ }).first().click();
    await rowsOfTree(page).filter({ hasText: 'basket.py' }).first().waitFor({ timeout: 30_000 });
    await keepPicture(page, 'keywords');
  });
  await t.test('the keyword index can be filtered', async () => {
    await runCommand(page, 'Headword: Filter Keywords');
    await page.locator('.quick-input-widget:visible input').first().fill('asket');
    await page.keyboard.press('Enter');
    await rowsOfTree(page).filter({ hasText: /^Apple/ }).first().waitFor({ state: 'detached' });
    await rowsOfTree(page).filter({ hasText: /^Basket$/ }).first().waitFor();
    await runCommand(page, 'Headword: Clear Filter');
  });
  await t.test('the light bulb generates the page, and it opens', async () => {
    await placeCaret(page, 1, 6);
    await chooseAction(page, 'Generate doc page');
    await page.locator('.tab', { hasText: 'harvest.py_docs.md' }).first().waitFor({ timeout: 30_000 });
  });
  await t.test('the pages of the workspace are generated', async () => {
    await runCommand(page, 'Headword: Generate Doc Pages for Workspace');
    await notification(page, /created/).waitFor({ timeout: 30_000 });
  });
});
