// Neovim and Emacs in a terminal: typed keys, and what the screen shows.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { editorEnvironment, findProgram, makeWorkspace, reasonWithoutServer, reportBreaches, repository } from './harness.mjs';
import { Terminal, reasonWithoutTerminal } from './terminal.mjs';

const without = (program) => reasonWithoutTerminal || reasonWithoutServer || (!program && 'it is not on PATH');

const nvim = process.env.HEADWORD_NVIM ?? findProgram('nvim');

const init = `
vim.opt.runtimepath:prepend(vim.env.PLUGIN)
require('headword').setup({
  cmd = { vim.env.SERVER, 'lsp' },
  on_attach = function(_, bufnr)
    vim.bo[bufnr].omnifunc = 'v:lua.vim.lsp.omnifunc'
    vim.keymap.set('n', 'K', vim.lsp.buf.hover, { buffer = bufnr })
    vim.keymap.set('n', 'gd', vim.lsp.buf.definition, { buffer = bufnr })
  end,
})
vim.opt.statusline = "%f %{luaeval('require(\\"headword\\").status()')}|"
`;

test('Neovim, typed', { skip: without(nvim), timeout: 300_000 }, async (t) => {
  const { root, home } = makeWorkspace(t);
  const file = join(home, 'init.lua');
  const env = editorEnvironment(home, { PLUGIN: join(repository, 'editors/neovim') });
  writeFileSync(file, init);
  const screen = new Terminal(t, [nvim, '-n', '-i', 'NONE', '-u', file, 'pkg/app.py'], { cwd: root, env });
  await t.test('the statusline says that the server runs', () => screen.shows(/pkg\/app\.py Headword\|/));
  await t.test('K shows a card behind é and 🚀', async () => {
    screen.type('/greet_politely("');
    screen.press('Enter');
    screen.type('K');
    await screen.shows(/def greet_politely\(name: str, mark: str = "🚀"\) -> str[^]*Greet someone and add a mark\./);
  });
  await t.test('gd leads to the definition', async () => {
    screen.type('gd');
    await screen.shows(/pkg\/greeting\.py Headword\|/);
  });
  await t.test('CTRL-X CTRL-O offers what is in scope', async () => {
    screen.type('Go');
    screen.type('greet_p');
    screen.press('C-x', 'C-o');
    await screen.shows(/^greet_politely/m);
    screen.press('Escape');
    screen.type('u');
  });
  await t.test('the preview follows the keys that are typed', async () => {
    screen.type(':Headword preview');
    screen.press('Enter');
    await screen.shows(/Documentation: `pkg\/greeting\.py`/);
    screen.type('ggO"""Typed: é🚀."""');
    await screen.shows(/^Typed: é🚀\./m);
    screen.press('Escape');
  });
  screen.type(':qa!');
  screen.press('Enter');
  await screen.ends();
  await reportBreaches(t, home);
});

const emacs = process.env.HEADWORD_EMACS ?? findProgram('emacs');

const elisp = `
(setq native-comp-async-report-warnings-errors nil)
(package-activate-all)
(add-to-list 'load-path (getenv "PLUGIN"))
(require 'headword)
(setq headword-command (list (getenv "SERVER") "lsp"))
(headword-setup)
(add-hook 'python-mode-hook #'eglot-ensure)
`;

test('Emacs, typed', { skip: without(emacs), timeout: 300_000 }, async (t) => {
  const { root, home } = makeWorkspace(t);
  const file = join(home, 'init.el');
  const env = editorEnvironment(home, { PLUGIN: join(repository, 'editors/emacs') });
  writeFileSync(file, elisp);
  const screen = new Terminal(t, [emacs, '-nw', '-q', '-l', file, 'pkg/app.py'], { cwd: root, env });
  await t.test('the mode line says that the server runs', () => screen.shows(/\[eglot:/));
  await t.test('the echo area shows the signature of the name at point', async () => {
    screen.press('C-s');
    screen.type('Greeter, greet');
    screen.press('Enter', 'C-f');
    await screen.shows(/\n *(def )?greet_politely\(name: str, mark: str = "🚀"\) -> str/);
  });
  await t.test('M-. leads to the definition, M-, back', async () => {
    screen.press('M-.');
    await screen.shows(/ greeting\.py .* L14 /);
    screen.press('M-,');
    await screen.shows(/ app\.py .* L3 /);
  });
  await t.test('M-x imenu leads to a name of the outline', async () => {
    screen.press('C-x', 'C-f');
    screen.type('greeting.py');
    screen.press('Enter');
    screen.press('M-<');
    await screen.shows(/ greeting\.py .* L1 .*\[eglot:/);
    screen.press('M-x');
    screen.type('imenu');
    screen.press('Enter');
    await screen.shows(/Index item/);
    screen.type('Function'); // Eglot groups by kind
    screen.press('Enter');
    await screen.shows(/Index item[^\n]*: *\n*$/);
    screen.type('greet_politely');
    screen.press('Enter');
    await screen.shows(/ greeting\.py .* L14 /);
  });
  screen.press('C-x', 'C-c');
  await screen.ends();
  await reportBreaches(t, home);
});
