// What `cmake --install` puts where, and the completions of shells among it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { program } from '../lsp/process.mjs';
import { run } from './run.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword é 🚀 '));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
const installed = (name) => path.join(folder, name);
const bash = installed('share/bash-completion/completions/headword');
const { status, stderr } = await run(['--install', path.dirname(program), '--prefix', folder], { command: 'cmake' });

test('it installs', () => assert.equal(status, 0, stderr));

test('the program, its manual, its stubs and the completions are there, and the program runs from any folder', async () => {
    for (const name of ['share/man/man1/headword.1', 'share/headword/typeshed/builtins.pyi', 'share/headword/typeshed/LICENSE',
        'share/zsh/site-functions/_headword', 'share/fish/vendor_completions.d/headword.fish']) assert.ok(fs.existsSync(installed(name)), name);
    const { stdout } = await run(['--version'], { command: installed('bin/headword'), cwd: '/' });
    assert.match(stdout, /^headword \d/);
});

/** What bash offers for the last of these words. */
async function complete(...words) {
    const script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _headword; printf "%s\\n" "${COMPREPLY[@]}"';
    const { stdout } = await run(['-c', script, 'bash', bash, 'headword', ...words], { command: 'bash' });
    return stdout.split('\n').filter(Boolean);
}

const { stdout: overview } = await run(['help']);
const commands = [...overview.slice(0, overview.indexOf('Settings')).matchAll(/^ {2}(\S+)/gm)].map((match) => match[1]);

test('bash completes the commands', async () => {
    assert.deepEqual((await complete('')).filter((word) => !word.startsWith('--')).sort(), [...commands].sort());
    assert.deepEqual(await complete('cov'), ['coverage']);
    assert.deepEqual(await complete('pages', ''), []); // files
});

for (const command of commands) {
    test(`${command}: all shells complete its options`, async () => {
        const { stdout } = await run(['help', command]);
        const options = [...new Set(stdout.match(/--[A-Za-z-]+/g) ?? [])].sort();
        assert.deepEqual((await complete(command, '--')).sort(), options);
        const zsh = fs.readFileSync(installed('share/zsh/site-functions/_headword'), 'utf8').match(new RegExp(`^    ${command}\\) (.*)$`, 'm'))[1];
        const fish = fs.readFileSync(installed('share/fish/vendor_completions.d/headword.fish'), 'utf8');
        for (const option of options) {
            assert.ok(zsh.includes(`'${option}`), option);
            assert.ok(fish.includes(`__fish_seen_subcommand_from ${command}' -l ${option.slice(2)}`), option);
        }
    });
}
