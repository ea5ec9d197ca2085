// The VS Code extension in a copy of its own: test files run side by side, and building writes into its folder.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { repository, run, tap, temporaryFolder } from './harness.mjs';

export const extension = join(repository, 'editors/vscode');

const modified = (path) => statSync(join(extension, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Why the extension cannot be built; false where it can. */
export const reasonWithoutModules =
  modified('node_modules/.package-lock.json') < modified('package-lock.json') && 'npm ci was not run in editors/vscode';

const made = ['node_modules', 'dist', 'server', 'LICENSE'];

/** A copy of the extension's folder, with the modules of the real one. */
export function copyExtension(t) {
  const top = temporaryFolder(t);
  const copy = join(top, 'editors/vscode');
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(extension, copy, { recursive: true, filter: (path) => !made.includes(basename(path)) && !path.endsWith('.vsix') });
  cpSync(join(repository, 'LICENSE'), join(top, 'LICENSE'));
  symlinkSync(join(extension, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * Puts what stands in the server's place into a copy, which then carries it; `first` are lines of shell that run before.
 * A setting that names it could come too late: on a busy machine the user's settings may be read after the start.
 */
export function carryServer(copy, first = '') {
  mkdirSync(join(copy, 'server/bin'), { recursive: true });
  writeFileSync(join(copy, 'server/bin/headword'), `#!/bin/sh\n${first}\nexec '${tap}' "$@"\n`, { mode: 0o755 });
}

async function runIn(copy, script, ...args) {
  const { status, output } = await run(process.execPath, [script, ...args], { cwd: copy });
  assert.equal(status, 0, output);
}

export const bundleExtension = (copy) => runIn(copy, 'bundle.mjs');

/** The .vsix that a copy makes. */
export async function packageExtension(copy) {
  const file = join(copy, 'headword.vsix');
  await runIn(copy, 'package.mjs', file);
  return file;
}
