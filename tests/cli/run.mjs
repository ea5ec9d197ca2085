// Runs the program once.
import { spawn } from 'node:child_process';

import { cacheHome, program } from '../lsp/process.mjs';

/** {status, stdout, stderr} of the program, or of another `command`, with these arguments. */
export function run(args, { cwd, command = program, env, closeOutput = false } = {}) {
    return new Promise((resolve, reject) => {
        const child = spawn(command, args, { cwd, env: { ...process.env, XDG_CACHE_HOME: cacheHome, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
        const out = [], err = [];
        child.stdout.on('data', (bytes) => out.push(bytes));
        child.stderr.on('data', (bytes) => err.push(bytes));
        if (closeOutput) child.stdout.destroy();
        child.on('error', reject);
        child.on('close', (status, signal) => {
            const stderr = Buffer.concat(err).toString();
            if (/Sanitizer|runtime error:|Assertion .* failed/.test(stderr)) reject(new Error(stderr));
            else resolve({ status: status ?? signal, stdout: Buffer.concat(out).toString(), stderr });
        });
    });
}

/** The objects of JSON Lines. */
export const parseLines = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));
