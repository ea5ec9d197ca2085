// The server as a process: started, watched, and ended with what it owes: its exit code and a clean stderr.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The program under test. */
export const program = process.env.HEADWORD ?? path.join(here, '../../build/dev/headword');

/** The folder that caches go to, one for each file of tests. */
export const cacheHome = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-cache-'));
process.on('exit', () => fs.rmSync(cacheHome, { recursive: true, force: true }));

/** An environment without libraries: what is installed on the machine is none of the tests' business. */
const noLibraries = path.join(cacheHome, 'environment');
fs.mkdirSync(noLibraries);
fs.writeFileSync(path.join(noLibraries, 'pyvenv.cfg'), '');

/** A command to put before the server's, for instance one that checks what passes; split at spaces. */
const wrapper = (process.env.HEADWORD_WRAP ?? '').split(' ').filter(Boolean);

/** How many times longer than usual everything may take. */
const patience = Number(process.env.HEADWORD_PATIENCE ?? 1);

/** Rejects when a promise takes too long; `what` says what was waited for. */
export function within(promise, what, usual = 20_000) {
    const milliseconds = usual * patience;
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`waited ${milliseconds} ms for ${what()}`)), milliseconds);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export class ServerProcess {
    /** `wrapped: false` keeps HEADWORD_WRAP away, for sessions that break the protocol on purpose. */
    constructor({ args = [], cwd, env, wrapped = true, command = program } = {}) {
        const [file, ...rest] = [...(wrapped ? wrapper : []), command, 'lsp', ...args];
        this.child = spawn(file, rest, { cwd, env: { ...process.env, XDG_CACHE_HOME: cacheHome, VIRTUAL_ENV: noLibraries, ...env }, stdio: 'pipe' });
        this.stderr = '';
        this.child.stderr.setEncoding('utf8').on('data', (text) => (this.stderr += text));
        this.child.stdin.on('error', () => {}); // the server may be gone before all is written
        this.exited = new Promise((resolve, reject) => {
            this.child.on('error', reject);
            this.child.on('close', (code, signal) => resolve({ code, signal }));
        });
        this.exited.catch(() => {});
    }

    get running() {
        return this.child.exitCode === null && this.child.signalCode === null;
    }

    /** Waits for the end, which must come by itself, with that exit code and no sanitizer's report. */
    async expectExit(code) {
        const end = await within(this.exited, () => `the server to end; its stderr:\n${this.stderr}`);
        this.expectClean();
        if (end.code !== code) {
            throw new Error(`exit code ${code} expected, not ${end.code ?? end.signal}; stderr:\n${this.stderr}`);
        }
    }

    expectClean() {
        if (/Sanitizer|runtime error:|Assertion .* failed|^==\d+== /m.test(this.stderr)) throw new Error(this.stderr);
    }

    /** Ends it whatever it does. */
    async destroy() {
        if (this.running) this.child.kill('SIGKILL');
        await this.exited.catch(() => {});
    }
}
