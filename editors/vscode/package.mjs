// Makes the .vsix: `npm run package [-- FILE]`. It carries the server for this platform if server/ holds one.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = process.argv[2] && resolve(process.argv[2]);
process.chdir(fileURLToPath(new URL('.', import.meta.url)));
copyFileSync('../../LICENSE', 'LICENSE');
await import('./bundle.mjs');

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const platform = `${process.platform}-${process.arch}`;
const carries = existsSync('server/bin');
const out = wanted ?? (carries ? `headword-${platform}-${version}.vsix` : `headword-${version}.vsix`);
const target = carries ? ['--target', platform] : [];
const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', out, ...target];
execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', ...args], { stdio: 'inherit' });
