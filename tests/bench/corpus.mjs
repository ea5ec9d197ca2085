// What is measured on: PyTorch's source or Python's own library, as the machine's package manager brings them. They are
// kept in the user's cache folder; nothing of the system is changed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export class Missing extends Error {}

const store = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'headword-bench');

const runs = (command, args, options) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options });

/** The sources that apt is configured with, each for packages of the given type. */
export function sourceLists(texts, type) {
    return texts.map(({ name, text }) => {
        if (name.endsWith('.sources')) return { name, text: text.replace(/^Types:.*$/gim, `Types: ${type}`) };
        const lines = text.split('\n').filter((line) => /^\s*deb(-src)?\s/.test(line));
        return { name, text: [...new Set(lines.map((line) => line.replace(/^\s*deb(-src)?/, type)))].join('\n') + '\n' };
    });
}

function configuredSources() {
    const folder = '/etc/apt/sources.list.d';
    const names = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => /\.(list|sources)$/.test(name)) : [];
    return ['/etc/apt/sources.list', ...names.map((name) => path.join(folder, name))]
        .filter((file) => fs.existsSync(file))
        .map((file) => ({ name: path.basename(file), text: fs.readFileSync(file, 'utf8') }));
}

/** Runs `body(apt)` in an empty folder, where apt(...words) knows packages of that type and keeps its state. */
function withApt(type, body) {
    fs.mkdirSync(store, { recursive: true });
    const folder = fs.mkdtempSync(path.join(store, 'apt-'));
    try {
        const parts = path.join(folder, 'parts');
        for (const part of ['parts', 'lists/partial', 'cache/archives/partial']) fs.mkdirSync(path.join(folder, part), { recursive: true });
        for (const { name, text } of sourceLists(configuredSources(), type)) fs.writeFileSync(path.join(parts, name), text);
        const options = [
            `Dir::Etc::sourcelist=/dev/null`, `Dir::Etc::sourceparts=${parts}`, `Dir::State::lists=${folder}/lists`,
            `Dir::Cache=${folder}/cache`, 'Acquire::Languages=none', 'APT::Sandbox::User=', // the folder is the user's own
        ].flatMap((option) => ['-o', option]);
        const apt = (command, ...words) => runs(command, [...options, ...words], { cwd: folder });
        console.error('Fetching with apt-get; once only');
        apt('apt-get', '-qq', 'update');
        return body(apt, folder);
    } catch (error) {
        throw new Missing(error.code === 'ENOENT' ? `there is no ${error.path} here to fetch it with` : 'it could not be fetched, as said above');
    } finally {
        fs.rmSync(folder, { recursive: true, force: true });
    }
}

/** The folder `name` of the store, filled by `fill(folder)` unless it was before; never half full. */
function keep(name, fill) {
    const folder = path.join(store, name);
    if (fs.existsSync(folder)) return folder;
    fs.mkdirSync(store, { recursive: true });
    const half = fs.mkdtempSync(path.join(store, 'half-'));
    try {
        fill(half);
        fs.renameSync(half, folder);
    } finally {
        fs.rmSync(half, { recursive: true, force: true });
    }
    return folder;
}

/** PyTorch's source as Debian's source package has it. */
export function pytorch() {
    return keep('pytorch', (folder) => withApt('deb-src', (apt, from) => {
        apt('apt-get', '-qq', 'source', '--download-only', '--tar-only', 'pytorch');
        const archive = fs.readdirSync(from).find((name) => /\.orig\.tar\.\w+$/.test(name));
        runs('tar', ['-xf', path.join(from, archive), '-C', folder, '--strip-components=1']);
    }));
}

function pythonsOwn() {
    try {
        const library = runs('python3', ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { stdio: ['ignore', 'pipe', 'ignore'] });
        return fs.realpathSync(library.trim());
    } catch {
        return null;
    }
}

/** The machine's standard library of Python, else Debian's. */
export function standardLibrary() {
    return pythonsOwn() ?? keep('standard-library', (folder) => withApt('deb', (apt, from) => {
        const needs = apt('apt-cache', 'depends', 'libpython3-stdlib');
        apt('apt-get', '-qq', 'download', /libpython3\.\d+-stdlib/.exec(needs)[0]);
        const archive = fs.readdirSync(from).find((name) => name.endsWith('.deb'));
        runs('dpkg-deb', ['-x', path.join(from, archive), folder]);
    }));
}
