// Bundles the extension into dist/, with the licences of what the bundle contains.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));

function licenceOf(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${file ? readFileSync(join(folder, file), 'utf8').trim() : 'no licence text'}\n`;
}

const { metafile } = await build({
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  bundle: true,
  minify: true,
  metafile: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  logLevel: 'warning',
});
const folders = Object.keys(metafile.inputs).map((path) => path.match(/^.*node_modules\/(@[^/]+\/)?[^/]+/)?.[0]);
const licences = [...new Set(folders)].filter(Boolean).sort().map(licenceOf);
writeFileSync('dist/LICENSES.txt', licences.join(`\n${'-'.repeat(80)}\n\n`));
