// Sessions in the real VS Code: one through its API, inside the extension host; one driven as a person would.
import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { bundleExtension, carryServer, copyExtension, packageExtension, reasonWithoutModules } from './extension.mjs';
import { comparePages, findProgram, makeWorkspace, reportBreaches, reportSteps, repository } from './harness.mjs';
import {
  chooseAction, expandRow, findInFile, findSymbols, hoverAtCaret, insist, notification, openFolder, placeCaret, previewFrame, rowsOfTree,
  runAndAnswer, runCommand, tickSetting,
} from './vscode_driven.mjs';
import { addressOf, outputOf, reasonWithoutVscode, runInHost, startVscode } from './vscode_rig.mjs';

const skip = !process.env.HEADWORD ? 'HEADWORD names no program' : reasonWithoutModules || await reasonWithoutVscode();

// A server that knows of previews names their command.
const previews = process.env.HEADWORD && existsSync(process.env.HEADWORD) && readFileSync(process.env.HEADWORD).includes('headword.previewPage');

test('VS Code, by its API', { skip, timeout: 600_000 }, async (t) => {
  const { root, home, results } = makeWorkspace(t);
  const extension = copyExtension(t);
  carryServer(extension);
  await bundleExtension(extension);
  const vscode = await startVscode(t, home, {
    env: { HEADWORD_STEPS: results, HEADWORD_PREVIEWS: previews ? 'yes' : '', HEADWORD_BROKEN: findProgram('false') },
  });
  const outcome = await runInHost(vscode, extension, join(repository, 'tests/editors/vscode_session.cjs'), root);
  const steps = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : [];
  await reportSteps(t, steps, outcome);
  await t.test('the output channel shows no error', () => {
    const said = outputOf(vscode.data, 'Headword');
    // Each line begins with its time. The last step's server cannot be started, and much may be said of that.
    const before = said.split('\n').filter((line) => Date.parse(line.slice(0, 23)) < steps.at(-1).began).join('\n');
    assert.match(before, /started again/);
    assert.doesNotMatch(before.replace(/.*(started again|SIGKILL|connection to server).*/gi, ''), /\[error\]/);
  });
  await reportBreaches(t, home);
  await comparePages(t, root);
});

/** The process that serves the editor at a home, which names it in its variables. */
function serverOf(home) {
  const read = (pid, file) => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1').split('\0');
    } catch {
      return []; // gone, or another user's
    }
  };
  const isServer = (pid) => read(pid, 'cmdline').includes('lsp') && read(pid, 'environ').includes(`HOME=${Buffer.from(home).toString('latin1')}`);
  return Number(readdirSync('/proc').find((pid) => /^\d+$/.test(pid) && isServer(pid)));
}

/** Keeps a picture of the screen where HEADWORD_PICTURES says, for the documentation. */
async function keepPicture(page, name) {
  const folder = process.env.HEADWORD_PICTURES;
  if (folder) await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 60 });
}

test('VS Code, driven', { skip, timeout: 600_000 }, async (t) => {
  const { root, home } = makeWorkspace(t);
  cpSync(join(repository, 'tests/sample'), root, { recursive: true });
  const copy = copyExtension(t);
  // While `held` is there, writing pages takes until it is cancelled.
  const held = join(home, 'held');
  carryServer(copy, `[ "$1" != pages ] || [ ! -e '${held}' ] || { echo 'Writing pages: 3/10 (30 %), 3/s, 2 s left' >&2; exec tail -f /dev/null; }`);
  const vscode = await startVscode(t, home, { vsix: await packageExtension(copy) });
  const { page } = vscode;
  await openFolder(vscode, root, 'orchard/harvest.py');

  await t.test('the packaged extension starts the server that it carries; the status bar counts keywords', async () => {
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
  await t.test('Ctrl+Shift+O shows the outline', async () => {
    const found = await findInFile(page, '', 'pick_ripe');
    for (const name of ['CREW', 'harvest', 'deliver']) assert.ok(found.some((text) => text.includes(name)), name);
    await page.keyboard.press('Escape');
  });
  await t.test('F12 leads to the definition', async () => {
    await placeCaret(page, 46, 25);
    await insist(page.locator('.statusbar-item', { hasText: 'Ln 16, Col 5' }), () => page.keyboard.press('F12'));
  });
  await t.test('a setting that is ticked counts at once', async () => {
    await tickSetting(page, 'headword.codeLens.references');
    await page.locator('.codelens-decoration', { hasText: /\d+ reference/ }).first().waitFor();
  });
  const row = (text) => rowsOfTree(page).filter({ hasText: text }).first();
  await t.test('the keyword index leads from letters over keywords to places', async () => {
    await runCommand(page, 'Headword: Show Keyword Index', row(/^B/));
    await expandRow(row(/^B\d/), row(/^Basket$/));
    await expandRow(row(/^Basket$/), row('basket.py'));
    await keepPicture(page, 'keywords');
  });
  await t.test('the keyword index can be filtered', async () => {
    const clear = page.locator('[aria-label="Clear Filter of Keywords"]');
    await runAndAnswer(page, 'Headword: Filter Keywords', 'that contain', 'asket', clear);
    await row(/^A\d/).waitFor({ state: 'detached' });
    await row(/^Basket$/).waitFor();
    await runCommand(page, 'Headword: Clear Filter', row(/^A\d/));
  });
  await t.test('the light bulb generates the page, and it opens', async () => {
    await placeCaret(page, 1, 6);
    await chooseAction(page, 'Generate doc page', page.locator('.tab', { hasText: 'harvest.py_docs.md' }));
  });
  await t.test('the preview is rendered beside the file, and follows the keys that are typed', async () => {
    const heading = previewFrame(page).locator('h1', { hasText: 'Documentation: orchard/basket.py' });
    await page.goto(addressOf(vscode.port, root, 'orchard/basket.py'));
    await page.locator('.statusbar-item', { hasText: /\d+ keywords/ }).waitFor();
    await runCommand(page, 'Headword: Preview Doc Page', heading);
    await placeCaret(page, 1, 4);
    await page.keyboard.type('Typed. ');
    await previewFrame(page).locator('p', { hasText: 'Typed. Baskets and what lies in them.' }).first().waitFor();
    await page.keyboard.press('Control+z');
  });
  await t.test('the pages of a folder can be cancelled, and progress is shown till then', async () => {
    writeFileSync(held, '');
    const progress = notification(page, 'Doc pages of orchard');
    await runCommand(page, 'Headword: Generate Doc Pages for Folder', progress);
    await progress.filter({ hasText: '3/10 (30 %), 3/s, 2 s left' }).first().waitFor();
    await insist(notification(page, 'were cancelled'), () => progress.getByText('Cancel').first().click({ timeout: 5000 }));
    rmSync(held);
  });
  await t.test('the pages of the workspace are generated', async () => {
    await runCommand(page, 'Headword: Generate Doc Pages for Workspace', notification(page, /created/));
  });
  await t.test('a server that ends is started again, and that is said; the count comes back', async () => {
    process.kill(serverOf(home), 'SIGKILL');
    await notification(page, /ended unexpectedly and is started again/).waitFor();
    await page.locator('.statusbar-item', { hasText: /\d+ keywords/ }).waitFor();
  });
  await reportBreaches(t, home);
});
