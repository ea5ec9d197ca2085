// The files of the repository, as git lists them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');

function list() {
    try {
        return execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
    } catch {
        return [];
    }
}

/** Relative paths; empty where there is no git checkout. */
export const files = list().filter((file) => fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile());

/** For a test's `skip`. */
export const noCheckout = files.length === 0 && 'not a git checkout';

export const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
export const size = (file) => fs.statSync(path.join(root, file)).size;
export const exists = (file) => fs.existsSync(path.join(root, file));

/** The committed files of our own C code and headers, tables included. */
export const sources = files.filter((file) => /^(base|protocol|index|markdown|lsp|cli)\/.*\.(c|h|def)$/.test(file));

/** Every line of the files for which `isBad` holds, as "file:line: text". */
export function linesWhere(names, isBad) {
    return names.flatMap((name) =>
        read(name).split('\n').flatMap((line, i) => (isBad(line, name) ? [`${name}:${i + 1}: ${line.trim().slice(0, 100)}`] : [])));
}
