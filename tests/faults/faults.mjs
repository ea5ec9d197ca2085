// The program while the system's calls fail, one after the other (inject.c), and what must hold then: it ends by
// itself, a page is the old one or the new one, whole, sources and what a person wrote stay, nothing wrong is said
// without a warning, and the next run is as if nothing had happened.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { program } from '../lsp/process.mjs';

// A release, which has none of its own, takes that of another build without sanitizers.
const built = ['.', '../valgrind'].map((build) => path.join(path.dirname(program), build, 'tests/inject.so')).find((file) => fs.existsSync(file));
export const available = built !== undefined;

const sample = fileURLToPath(new URL('../sample', import.meta.url));
const session = fileURLToPath(new URL('session.mjs', import.meta.url));
const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'headword-é🚀-')));
process.on('exit', () => fs.rmSync(base, { recursive: true, force: true }));

const library = path.join(base, 'inject.so'); // the loader takes a space in a path for the end of it
if (available) fs.copyFileSync(built, library);

/** What each call can end with; the first is tried by the short suite. */
export const outcomes = {
    open: ['EMFILE', 'EACCES', 'EIO', 'EINTR'], read: ['EIO', 'EINTR', 'EISDIR', 'short'],
    write: ['ENOSPC', 'EIO', 'EINTR', 'EDQUOT', 'short', 'kill'], close: ['EIO', 'EINTR'], fsync: ['EIO', 'ENOSPC', 'kill'],
    rename: ['ENOSPC', 'EXDEV', 'EACCES', 'kill'], unlink: ['EACCES', 'kill'], mkdir: ['ENOSPC', 'EACCES', 'kill'],
    stat: ['EIO', 'EACCES', 'ELOOP'], mmap: ['ENOMEM', 'EACCES'], opendir: ['EMFILE', 'EACCES'], readdir: ['EIO'],
    thread: ['EAGAIN'], pipe: ['EMFILE'], spawn: ['EAGAIN', 'ENOENT'], waitpid: ['ECHILD'], alloc: ['ENOMEM'],
};
/** Those after which all must be as without them. */
const harmless = new Set(['read EINTR', 'read short', 'write EINTR', 'write short']);

const number = (what) => ({ short: what, kill: what })[what] ?? os.constants.errno[what];

/** {path: bytes} of all files below a folder. */
function files(folder) {
    const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return new Map(entries.map((entry) => path.join(entry.parentPath ?? entry.path, entry.name)).sort()
        .map((file) => [path.relative(folder, file), fs.readFileSync(file).toString('latin1')]));
}

const isPage = (name) => name.startsWith('docs' + path.sep);
const isUnfinished = (name) => path.basename(name).startsWith('.headword-');

export class Scenario {
    /** `prepare(root, run)` makes the repository; then `args` are run with faults. */
    constructor(name, args, prepare = () => {}) {
        this.name = name;
        this.args = args;
        this.folder = path.join(base, name);
        this.template = path.join(this.folder, 'template');
        fs.mkdirSync(path.join(this.folder, 'environment'), { recursive: true });
        fs.writeFileSync(path.join(this.folder, 'environment', 'pyvenv.cfg'), '');
        fs.cpSync(sample, path.join(this.template, 'root'), { recursive: true });
        fs.mkdirSync(path.join(this.template, 'cache'));
        this.place = path.join(this.folder, 'run');
        this.reset();
        prepare(path.join(this.place, 'root'), (...args) => this.run(args));
        fs.rmSync(this.template, { recursive: true });
        this.copy(this.place, this.template);
        this.before = files(path.join(this.template, 'root'));
        this.reference = this.run(args, { HEADWORD_FAULT_COUNT: path.join(this.folder, 'counts') });
        assert.equal(this.reference.status, 0, this.reference.stderr);
        this.after = files(path.join(this.place, 'root'));
        const counts = fs.readFileSync(path.join(this.folder, 'counts'), 'utf8').trim().split('\n');
        this.found = this.run(['find', 'Tree']).stdout;
        this.counts = Object.fromEntries(counts.map((line) => line.split(' ')).map(([call, count]) => [call, Number(count)]));
    }

    /** With their times: caches go by them. */
    copy(from, to) {
        fs.cpSync(from, to, { recursive: true, preserveTimestamps: true });
    }

    reset() {
        fs.rmSync(this.place, { recursive: true, force: true });
        this.copy(this.template, this.place);
    }

    run(args, env = {}) {
        const faulty = Object.keys(env).length ? { LD_PRELOAD: library, ...env } : {}, root = path.join(this.place, 'root');
        const [command, given, own] = args[0] === 'lsp'
            ? [process.execPath, [session, program, root], { HEADWORD_SESSION: JSON.stringify(faulty) }]
            : [program, [...args, '--root', root], faulty];
        return spawnSync(command, given, {
            encoding: 'utf8', timeout: 60_000, cwd: this.place,
            env: {
                ...process.env, ...own, ASAN_OPTIONS: 'verify_asan_link_order=0:detect_leaks=0',
                XDG_CACHE_HOME: path.join(this.place, 'cache'), VIRTUAL_ENV: path.join(this.folder, 'environment'),
            },
        });
    }

    checkEnd(end, call, what) {
        if (call === 'alloc' && /in __asan::AsanThread::Init/.test(end.stderr)) return true; // the sanitizer's own
        assert.doesNotMatch(end.stderr, /Sanitizer|runtime error:|Assertion .* failed/);
        const killed = what === 'kill' && end.signal === 'SIGKILL', starved = call === 'alloc' && end.signal === 'SIGABRT';
        const threadless = call === 'thread' && end.signal === 'SIGABRT'; // libuv ends the process
        assert.ok(end.signal === null || killed || starved || threadless, `ended by ${end.signal}: ${end.stderr}`);
        if (starved && end.stderr) // libuv says nothing without memory for its threads, or its signals
            assert.match(end.stderr, /^headword: out of memory \(\d+ bytes wanted\)$/m);
        if (harmless.has(`${call} ${what}`)) assert.deepEqual([end.status, end.stdout], [0, this.reference.stdout], end.stderr);
        if (end.status === 0) assert.ok(end.stdout === this.reference.stdout || end.stderr, `said without a warning: ${end.stdout}`);
        if (end.status > 0) assert.ok(end.stderr || end.stdout, 'it failed without a word');
        return killed || starved || threadless;
    }

    /** Each file is what it was before, or what it is to become; after a `warning`, a page may also lack what could not be read. */
    checkFiles(died, call, all, warning = false) {
        const found = files(path.join(this.place, 'root'));
        for (const [name, bytes] of found) {
            if (isUnfinished(name) && (died || call === 'unlink')) continue;
            if (isPage(name) && name.endsWith('.md')) assert.match(bytes, /\n<!-- headword format=1 .* -->\n\n?\*Generated by Headword\*\n$/, name);
            if (isPage(name) && this.before.get(name)?.includes('by hand')) assert.match(bytes, /by hand/, name);
            assert.ok(isPage(name) && warning || bytes === this.before.get(name) || bytes === this.after.get(name), `${name} is neither the old one nor the new one`);
        }
        for (const name of this.before.keys()) assert.ok(found.has(name) || !this.after.has(name), `${name} is gone`);
        for (const [name, bytes] of all ? this.after : []) assert.equal(found.get(name), bytes, name);
    }

    /** A session that starts from a cache hears of files that it lacks from the first sweep; others look for them. */
    checkCache() {
        if (this.args[0] !== 'lsp') return;
        assert.equal(this.run(['find', 'Tree']).stdout, this.found, 'from the cache that a session left');
        fs.rmSync(path.join(this.place, 'cache'), { recursive: true });
        fs.mkdirSync(path.join(this.place, 'cache'));
    }

    /** Lets the `nth` call of a kind go wrong. */
    try(call, nth, what) {
        this.reset();
        try {
            const end = this.run(this.args, { HEADWORD_FAULT: `${call}:${nth}:${number(what)}` });
            const died = this.checkEnd(end, call, what);
            this.checkFiles(died, call, end.status === 0 && !end.stderr, end.stderr !== '');
            this.checkCache();
            const again = this.run(this.args);
            assert.equal(again.status, 0, again.stderr);
            assert.equal(again.signal, null);
            if (!this.reference.stdout.includes('created')) assert.equal(again.stdout.replace(/\d+ \w+, /g, ''), this.reference.stdout.replace(/\d+ \w+, /g, ''));
            this.checkFiles(died, call, true);
        } catch (error) {
            error.message = `${this.name}: ${call} ${nth} ${what}: ${error.message}`;
            throw error;
        }
    }

    /** Numbers from 1 to how often the call was made, at most `most` of them, and once "from the start on" where that can be. */
    places(call, what, most) {
        const count = this.counts[call], step = Math.max(1, count / most);
        const some = Array.from({ length: Math.min(count, most) }, (_, i) => 1 + Math.floor(i * step));
        return count && call !== 'alloc' && what !== 'EINTR' ? [...some, '1+'] : some;
    }
}

export const scenarios = () => [
    new Scenario('find', ['find', 'Tree']),
    new Scenario('find from a cache', ['find', 'Tree'], (root, run) => {
        run('find', 'Tree');
        fs.appendFileSync(path.join(root, 'orchard/harvest.py'), "\nclass Treetop: '''é 🚀'''\n");
    }),
    new Scenario('find in a checkout', ['find', 'Tree'], (root) => {
        fs.writeFileSync(path.join(root, '.gitignore'), 'é🚀.py\n');
        execFileSync('git', ['init', '-q', root]);
    }),
    new Scenario('session', ['lsp']),
    new Scenario('session from a cache', ['lsp'], (root, run) => {
        run('find', 'Tree');
        fs.appendFileSync(path.join(root, 'orchard/basket.py'), '\nclass Treetop: "é 🚀"\n');
    }),
    new Scenario('pages', ['pages']),
    new Scenario('pages again', ['pages'], (root, run) => {
        run('pages');
        const page = path.join(root, 'docs', fs.readdirSync(path.join(root, 'docs'), { recursive: true }).find((name) => name.endsWith('harvest.py_docs.md')));
        fs.writeFileSync(page, fs.readFileSync(page, 'utf8').replace('\n## ', '\n<!-- headword:keep é -->\nby hand 🚀\n<!-- headword:end -->\n\n## '));
        fs.appendFileSync(path.join(root, 'orchard/harvest.py'), "\nclass Crop: '''é 🚀'''\n");
        fs.rmSync(path.join(root, 'orchard/basket.py'));
    }),
];

/** Runs what is to be tried; returns how many faults were injected, and what did not hold. */
export function hunt(scenario, { outcomesOf = (list) => list, most = Infinity, mostAllocations = most, report = () => {} } = {}) {
    const failures = [];
    let count = 0;
    for (const [call, list] of Object.entries(outcomes)) {
        for (const what of outcomesOf(list)) {
            for (const nth of scenario.places(call, what, call === 'alloc' ? mostAllocations : most)) {
                count++;
                try {
                    scenario.try(call, nth, what);
                } catch (error) {
                    failures.push(error.message);
                    report(error.message);
                }
            }
        }
    }
    return { count, failures };
}
