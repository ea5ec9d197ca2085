// VS Code's window, driven as a person would: keys, clicks, and what is on the screen.
import { addressOf } from './vscode_rig.mjs';

const patience = 60_000; // machines that run other tests too are slow

/** Opens a folder with a file in it and waits until Headword has read it. */
export async function openFolder({ page, port }, folder, file) {
  await page.goto(addressOf(port, folder, file));
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: patience });
  await page.locator('.statusbar-item', { hasText: /\d+ keywords/ }).waitFor({ timeout: patience });
}

/** Does something again until `locator` is there: keys that come too early are lost. */
async function insist(locator, act) {
  for (let tries = 0; ; tries++) {
    await act();
    try {
      return await locator.first().waitFor({ timeout: 5000 });
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

export async function placeCaret(page, line, column) {
  const input = page.locator('.quick-input-widget:visible input');
  await page.keyboard.press('Control+1'); // the first group: a preview beside it may have the focus
  await insist(input, () => page.keyboard.press('Control+g'));
  await input.first().fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor({ timeout: patience });
}

export async function hoverAtCaret(page) {
  const hover = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible', { hasText: 'def ' });
  await insist(hover, async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
  });
  return hover.first().innerText();
}

export async function runCommand(page, title) {
  const input = page.locator('.quick-input-widget:visible input');
  await insist(input, () => page.keyboard.press('F1'));
  await input.first().fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
}

/** The rows that Ctrl+T shows for a query, once one of them has `text`. */
export async function findSymbols(page, query, text) {
  const input = page.locator('.quick-input-widget:visible input');
  await insist(input, () => page.keyboard.press('Control+t'));
  await input.first().fill(`#${query}`);
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: text }).first().waitFor({ timeout: patience });
  return rows.allInnerTexts();
}

/** Chooses an action at the light bulb. */
export async function chooseAction(page, title) {
  await page.locator('.monaco-editor .lightBulbWidget:visible').first().waitFor({ timeout: patience });
  const row = page.locator('.action-widget .monaco-list-row', { hasText: title });
  await insist(row, () => page.keyboard.press('Control+.'));
  await row.first().click();
}

export const rowsOfTree = (page) => page.locator('.pane-body .monaco-list-row:visible');
export const notification = (page, text) => page.locator('.notification-toast', { hasText: text });
