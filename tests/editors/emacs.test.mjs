// A session in a real Emacs: emacs-session.el says what happens in it. HEADWORD is the server's program,
// HEADWORD_EMACS another Emacs than the one on PATH; a recent one comes from Debian.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { recent } from './foreign.mjs';
import {
  comparePages, editorEnvironment, findProgram, isolatedEnvironment, makeWorkspace, reasonWithoutServer, reportBreaches, reportSteps,
  repository, run, temporaryFolder,
} from './harness.mjs';

const source = join(repository, 'editors/emacs/headword.el');
const batch = ['--batch', '-f', 'package-activate-all'];

/** Why a library of Emacs cannot be used; false where it can. */
function reasonWithout(emacs, library) {
  if (!emacs) return 'emacs is not on PATH';
  const found = spawnSync(emacs, [...batch, '--eval', `(kill-emacs (if (locate-library "${library}") 0 1))`]);
  return found.status !== 0 && `emacs has no ${library} (Debian: elpa-${library})`;
}

/** Steps out of what ERT prints: "   passed  1/9  name", "   FAILED  2/9  name". */
function stepsOf(output) {
  const lines = output.matchAll(/^ +(passed|FAILED) +\d+\/\d+ +(\S+)/gm);
  return [...lines].map(([, state, name]) => ({ name, ok: state === 'passed', message: output }));
}

async function session(t, emacs) {
  const { root, home } = makeWorkspace(t);
  execFileSync('git', ['init', '--quiet', root]);
  const script = join(repository, 'tests/editors/emacs-session.el');
  const outcome = await run(emacs, [...batch, '-l', source, '-l', script, '-f', 'ert-run-tests-batch-and-exit'], {
    cwd: root,
    env: editorEnvironment(home),
  });
  await reportSteps(t, stepsOf(outcome.output), outcome);
  await reportBreaches(t, home);
  await comparePages(t, root);
}

async function compiles(t, emacs) {
  const folder = temporaryFolder(t);
  const compile = `(progn (setq byte-compile-error-on-warn t
                                byte-compile-dest-file-function (lambda (_) ${JSON.stringify(join(folder, 'headword.elc'))}))
                          (kill-emacs (if (byte-compile-file ${JSON.stringify(source)}) 0 1)))`;
  const { status, output } = await run(emacs, [...batch, '--eval', compile], { env: isolatedEnvironment(folder) });
  assert.equal(status, 0, output);
}

async function isDocumented(t, emacs) {
  const check = `(progn (require 'checkdoc) (checkdoc-file ${JSON.stringify(source)}))`;
  const { output } = await run(emacs, [...batch, '--eval', check], { env: isolatedEnvironment(temporaryFolder(t)) });
  assert.doesNotMatch(output, /headword\.el:\d+/);
}

/** What package-lint finds but for the address that the package has none of, and the Emacsen that it is too old to know. */
async function isPackaged(t, emacs) {
  const lint = `(progn (require 'package-lint)
    (setq package-archive-contents (list (list 'eglot (package-desc-create :name 'eglot :version '(1 9)))))
    (with-current-buffer (find-file-noselect ${JSON.stringify(source)})
      (dolist (found (package-lint-buffer)) (princ (format "found %s: %s\\n" (car found) (nth 3 found))))
      (princ "looked through")))`;
  const { output } = await run(emacs, [...batch, '--eval', lint], { env: isolatedEnvironment(temporaryFolder(t)) });
  assert.match(output, /looked through/);
  const found = output.match(/^found .*/gm) ?? [];
  assert.deepEqual(found.filter((line) => !/Homepage or URL|uninstallable in all released Emacs versions/.test(line)), []);
}

async function lspModeSession(t, emacs) {
  const { root, home } = makeWorkspace(t);
  const script = join(repository, 'tests/editors/lsp-mode-session.el');
  const outcome = await run(emacs, [...batch, '-l', source, '-l', script, '-f', 'ert-run-tests-batch-and-exit'], {
    cwd: root,
    env: editorEnvironment(home),
  });
  await reportSteps(t, stepsOf(outcome.output), outcome);
  await reportBreaches(t, home);
}

const { program, reason } = process.env.HEADWORD ? await recent('Emacs') : {};
const onPath = process.env.HEADWORD_EMACS ?? findProgram('emacs');
const versions = [
  ['Emacs', onPath, reasonWithout(onPath, 'eglot')],
  ['a recent Emacs', program, reason],
];
for (const [name, emacs, missing] of versions) {
  test(name, { skip: reasonWithoutServer || missing, timeout: 300_000 }, (t) => session(t, emacs));
  test(`${name}: headword.el compiles without a warning`, { skip: !emacs || missing }, (t) => compiles(t, emacs));
  test(`${name}: headword.el is documented as checkdoc wants it`, { skip: !emacs || missing }, (t) => isDocumented(t, emacs));
}
test('Emacs: headword.el is what package-lint wants of a package', { skip: reasonWithout(onPath, 'package-lint') }, (t) => isPackaged(t, onPath));
const withoutLspMode = reasonWithoutServer || reasonWithout(onPath, 'lsp-mode');
test('Emacs, lsp-mode', { skip: withoutLspMode, timeout: 300_000 }, (t) => lspModeSession(t, onPath));
