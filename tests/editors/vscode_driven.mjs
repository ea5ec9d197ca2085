// VS Code's window, driven as a person would: keys, clicks, and what is on the screen.
import { addressOf, patience } from './vscode_rig.mjs';

const brief = { timeout: 5000 };

/** Opens a folder with a file in it and waits until Headword has read it. */
export async function openFolder({ page, port }, folder, file) {
  await page.goto(addressOf(port, folder, file));
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await page.locator('.statusbar-item', { hasText: /\d+ keywords/ }).waitFor();
}

/**
 * Does the whole of an action, which must do no harm twice, until `effect` is there: on a busy machine keys that come
 * too early are lost, at any step.
 */
export async function insist(effect, act) {
  const end = Date.now() + patience;
  for (;;) {
    let failure;
    await act().catch((error) => (failure = error));
    try {
      return await effect.first().waitFor(brief);
    } catch (error) {
      if (Date.now() > end) throw failure ?? error;
    }
  }
}

const quickInput = (page) => page.locator('.quick-input-widget:visible input').first();

/** Opens the box for names with a key and types into it. */
async function ask(page, key, text) {
  await page.keyboard.press(key);
  await quickInput(page).fill(text, brief);
}

export async function placeCaret(page, line, column) {
  await insist(page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }), async () => {
    await page.keyboard.press('Control+1'); // the first group: a preview beside it may have the focus
    await ask(page, 'Control+g', `:${line}:${column}`);
    await page.keyboard.press('Enter');
  });
}

export async function hoverAtCaret(page) {
  const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible', { hasText: 'def ' });
  await insist(hover, async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
  });
  return hover.first().innerText();
}

async function choose(page, title) {
  await ask(page, 'F1', `>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click(brief);
}

/** Runs a command of the palette, again until its effect shows. */
export const runCommand = (page, title, effect) => insist(effect, () => choose(page, title));

/** Runs a command that asks for something, and answers it. */
export async function runAndAnswer(page, title, prompt, text, effect) {
  await insist(effect, async () => {
    await choose(page, title);
    await page.locator('.quick-input-widget:visible', { hasText: prompt }).waitFor(brief);
    await quickInput(page).fill(text, brief);
    await page.keyboard.press('Enter');
  });
}

/** The rows that Ctrl+T shows for a query, once one of them has `text`. */
export async function findSymbols(page, query, text) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await insist(rows.filter({ hasText: text }), () => ask(page, 'Control+t', `#${query}`));
  return rows.allInnerTexts();
}

/** The rows that Ctrl+Shift+O shows for a name in the file, once one of them has `text`. */
export async function findInFile(page, query, text) {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await insist(rows.filter({ hasText: text }), () => ask(page, 'Control+Shift+o', `@${query}`));
  return rows.allInnerTexts();
}

/** Ticks the box of a setting in the settings editor, until `effect` shows, then closes the editor. */
export async function tickSetting(page, key) {
  const box = page.locator('.settings-editor [role="checkbox"]').first();
  await runCommand(page, 'Preferences: Open Settings (UI)', page.locator('.settings-editor'));
  await insist(page.locator('.settings-editor .setting-item', { hasText: key.split('.').at(-1) }), async () => {
    await page.locator('.settings-editor .suggest-input-container').click(brief);
    await page.keyboard.press('Control+a');
    await page.keyboard.type(`@id:${key}`);
  });
  await insist(page.locator('.settings-editor [role="checkbox"][aria-checked="true"]'), async () => {
    if (await box.getAttribute('aria-checked', brief) !== 'true') await box.click(brief);
  });
  await insist(page.locator('.monaco-editor .view-line'), () => page.keyboard.press('Control+w'));
}

/** The document in the frames of a rendered preview. */
export const previewFrame = (page) => page.frameLocator('iframe.webview').frameLocator('#active-frame');

/** Chooses an action at the light bulb, again until its effect shows. */
export async function chooseAction(page, title, effect) {
  const row = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  await insist(effect, async () => {
    await page.locator('.monaco-editor .lightBulbWidget:visible').first().waitFor(brief);
    await insist(row, () => page.keyboard.press('Control+.'));
    await row.click(brief);
  });
}

/** Opens a row of a tree, which then has `child`. */
export async function expandRow(row, child) {
  await insist(child, async () => {
    if (await row.getAttribute('aria-expanded', brief) !== 'true') await row.click(brief);
  });
}

export const rowsOfTree = (page) => page.locator('.pane-body .monaco-list-row:visible');
export const notification = (page, text) => page.locator('.notification-toast', { hasText: text });
