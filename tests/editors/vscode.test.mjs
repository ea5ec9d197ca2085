// The VS Code extension: it type-checks, its manifest agrees with the server, and its package holds what it should.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { copyExtension, extension, packageExtension, reasonWithoutModules as skip } from './extension.mjs';
import { repository, run } from './harness.mjs';
import { updatedManifest } from '../../editors/vscode/settings.mjs';

const read = (path) => readFileSync(join(extension, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** Names and Unix modes of the files in a zip archive, from its central directory. */
function entriesOf(zip) {
  const entries = {};
  let at = zip.readUInt32LE(zip.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    entries[zip.toString('utf8', at + 46, at + 46 + name)] = zip.readUInt16LE(at + 40) & 0o777;
    at += 46 + name + extra + comment;
  }
  return entries;
}

const packaged = async (copy) => entriesOf(readFileSync(await packageExtension(copy)));

const files = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/README.md',
  'extension/dist/LICENSES.txt',
  'extension/dist/extension.js',
  'extension/media/hover.jpg',
  'extension/media/icon.png',
  'extension/media/keywords.jpg',
  'extension/media/view.svg',
  'extension/package.json',
];

test('the settings are those of settings.def (else: npm run settings)', () => {
  assert.equal(read('package.json'), updatedManifest());
  for (const [key, property] of Object.entries(manifest.contributes.configuration.properties)) {
    assert.match(key, /^headword\./);
    assert.ok('default' in property && (property.description ?? property.markdownDescription), key);
  }
});

test('the commands are registered, and none is named like one of the server', () => {
  const registered = [...read('src/extension.ts').matchAll(/register\('(\w+)'/g)].map(([, id]) => `headword.editor.${id}`);
  const declared = manifest.contributes.commands.map(({ command }) => command);
  assert.deepEqual(declared.sort(), registered.sort());
  const server = readdirSync(join(repository, 'lsp')).map((name) => readFileSync(join(repository, 'lsp', name), 'utf8')).join();
  for (const command of declared) assert.ok(!server.includes(`"${command}"`), command);
});

test('the locks name hashes and no download addresses', () => {
  for (const lock of ['package-lock.json', '../../tests/editors/vscode/package-lock.json']) {
    for (const [path, entry] of Object.entries(JSON.parse(read(lock)).packages)) {
      assert.equal(entry.resolved, undefined, path);
      assert.ok(path === '' || entry.integrity || entry.inBundle, path);
    }
  }
});

test('it type-checks', { skip, timeout: 300_000 }, async () => {
  const { status, output } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit'], { cwd: extension });
  assert.equal(status, 0, output);
});

test('the package holds the bundle and nothing else', { skip, timeout: 300_000 }, async (t) => {
  assert.deepEqual(Object.keys(await packaged(copyExtension(t))).sort(), files);
});

test('the package carries a server that is in server/, ready to run', { skip, timeout: 300_000 }, async (t) => {
  const copy = copyExtension(t);
  const program = join(copy, 'server/bin/headword');
  mkdirSync(dirname(program), { recursive: true });
  writeFileSync(program, '#!/bin/sh\n');
  chmodSync(program, 0o755);
  const entries = await packaged(copy);
  assert.deepEqual(Object.keys(entries).sort(), [...files, 'extension/server/bin/headword'].sort());
  assert.ok(entries['extension/server/bin/headword'] & 0o111, 'the program is executable');
});
