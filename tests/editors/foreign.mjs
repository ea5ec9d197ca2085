// Editors of other Debian suites than the machine's, unpacked below the user's cache folder with all they need, and run
// there by a loader of their own. Nothing of the system is changed.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { run } from './harness.mjs';

const store = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'headword-tests/editors');

/** Where the machine's apt fetches Debian from, and the key: from its sources, in either of their formats. */
function machineSource() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(existsSync(folder) ? readdirSync(folder).sort().map((name) => join(folder, name)) : [])];
  for (const file of files.filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8');
    const stanza = text.split(/\n\s*\n/).find((part) => /^URIs:.*\/debian\/?$/m.test(part));
    if (stanza) return { uri: /^URIs:\s*(\S+)/m.exec(stanza)[1], key: /^Signed-By:\s*(\/\S+)/m.exec(stanza)?.[1] };
    const line = /^\s*deb\s+(\[.*\]\s+)?(\S+\/debian\/?)\s/m.exec(text);
    if (line) return { uri: line[2], key: /signed-by=([^\s\]]+)/.exec(line[1] ?? '')?.[1] };
  }
  throw new Error('the machine has no apt source of Debian');
}

async function must(program, args) {
  const { status, output } = await run(program, args, { timeout: 600_000 });
  if (status !== 0) throw new Error(`${program} ${args.at(-1)}: ${output.trim().slice(-800)}`);
}

/** Options that keep apt in a folder, where it knows the given suites. Nothing counts as installed. */
function aptIn(folder, suites) {
  const { uri, key } = machineSource();
  for (const part of ['lists/partial', 'archives/partial', 'parts', 'root']) mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'sources.list'), suites.map((suite) => `deb ${key ? `[signed-by=${key}] ` : ''}${uri} ${suite} main\n`).join(''));
  writeFileSync(join(folder, 'status'), '');
  const options = {
    'Dir::Etc::sourcelist': 'sources.list', 'Dir::Etc::sourceparts': 'parts', 'Dir::Etc::preferencesparts': 'parts',
    'Dir::State': '', 'Dir::State::lists': 'lists', 'Dir::State::status': 'status', 'Dir::Cache': '', 'Dir::Cache::archives': 'archives',
  };
  const own = Object.entries(options).map(([name, path]) => `${name}=${join(folder, path)}`);
  return [...own, 'Acquire::Languages=none', 'APT::Sandbox::User=', 'APT::Install-Recommends=0', 'APT::Keep-Downloaded-Packages=1',
    'Debug::NoLocking=1', `APT::Default-Release=${suites.at(-1)}`].flatMap((option) => ['-o', option]);
}

/** Fetches a package of the last of the suites, with all that it depends on, and unpacks them into root/. */
async function unpack({ suites, name, wrapper }, folder) {
  const options = aptIn(folder, suites);
  await must('apt-get', [...options, '-qq', 'update']);
  await must('apt-get', [...options, '-qq', '--yes', '--download-only', 'install', name]);
  const archives = join(folder, 'archives');
  const files = readdirSync(archives).filter((file) => file.endsWith('.deb'));
  for (const file of files) await must('dpkg-deb', ['-x', join(archives, file), join(folder, 'root')]);
  for (const part of ['lists', 'archives']) rmSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'run'), start + wrapper, { mode: 0o755 });
}

const start = `#!/bin/sh
root=$(dirname "$0")/root
loader=$(ls "$root"/lib/*-linux-gnu/ld-linux-*.so.* "$root"/usr/lib/*-linux-gnu/ld-linux-*.so.* 2>/dev/null | head -n 1)
triple=$(basename "$(dirname "$loader")")
libraries=$root/lib/$triple:$root/usr/lib/$triple
`;

const editors = {
  'Neovim': {
    suites: ['sid'],
    name: 'neovim',
    wrapper: `export VIMRUNTIME="$root/usr/share/nvim/runtime"
exec "$loader" --library-path "$libraries" "$root/usr/bin/nvim" --cmd "set runtimepath+=$root/usr/lib/nvim" "$@"
`,
  },
  'Emacs': {
    suites: ['bookworm', 'bookworm-backports'],
    name: 'emacs-nox',
    wrapper: `share=$(echo "$root"/usr/share/emacs/[0-9]*)
libexec=$(echo "$root"/usr/libexec/emacs/*/*)
export EMACSLOADPATH="$share/lisp" EMACSDATA="$share/etc" EMACSDOC="$share/etc" EMACSPATH="$libexec"
exec "$loader" --library-path "$libraries" "$root/usr/bin/emacs-nox" --dump-file="$(echo "$libexec"/*.pdmp)" "$@"
`,
  },
};

/** A recent version of an editor: {program}, or {reason} why it cannot be had. It is fetched once. */
export async function recent(editor) {
  if (process.platform !== 'linux') return { reason: 'Debian\'s packages run on Linux only' };
  const folder = join(store, editors[editor].name);
  const program = join(folder, 'run');
  if (existsSync(program)) return { program };
  mkdirSync(store, { recursive: true });
  const half = mkdtempSync(join(store, 'half-'));
  try {
    await unpack(editors[editor], half);
    if (!existsSync(program)) renameSync(half, folder);
    return { program };
  } catch (error) {
    return { reason: `${editor} could not be fetched: ${error.message}` };
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}
