// The program itself: its version, its help, and what it says of wrong arguments.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

import { program } from '../lsp/process.mjs';
import { inRepository, oneLine } from './repository.mjs';
import { run } from './run.mjs';

test('--version', async () => {
    const { status, stdout, stderr } = await run(['--version']);
    assert.equal(status, 0);
    assert.match(stdout, /^headword \d+\.\d+\.\d+\n$/);
    assert.equal(stderr, '');
});

for (const args of [['help'], ['--help'], ['-h']]) {
    test(`${args}: every subcommand and every setting`, async () => {
        const { status, stdout } = await run(args);
        assert.equal(status, 0);
        for (const word of ['lsp', 'pages', 'find', 'show', 'coverage', 'facts', 'help', 'search.limit', 'pages.out']) assert.ok(stdout.includes(word), word);
        for (const line of stdout.split('\n')) assert.ok([...line].length <= 120, line);
    });
}

for (const command of ['lsp', 'pages', 'find', 'show', 'coverage', 'facts', 'help']) {
    test(`help ${command}`, async () => {
        const { status, stdout } = await run(['help', command]);
        assert.equal(status, 0);
        assert.ok(stdout.startsWith(`usage: headword ${command} `));
    });

    for (const args of [[command, '--help'], [command, '--root', 'é🚀', '-h']]) {
        test(`${args.join(' ')} says the same`, async () => {
            assert.deepEqual(await run(args), await run(['help', command]));
        });
    }
}

test('behind -- no word is an option', async () => {
    const { status, stdout } = await run(['find', '--', '--help', 'é🚀']);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
});

for (const [what, args] of [
    ['an unknown command', ['é🚀']],
    ['help for an unknown command', ['help', 'é🚀']],
    ['too many arguments of help', ['help', 'find', 'show']],
    ['find without a query', ['find']],
    ['find with two queries', ['find', 'a', 'b']],
    ['find with a limit that is no number', ['find', '--limit', 'é🚀', 'a']],
    ['find with a kind that is none', ['find', '--kind', 'class,é🚀', 'a']],
    ['find with no kind', ['find', '--kind', '', 'a']],
    ['find --doc without words', ['find', '--doc']],
    ['find in what is no folder', ['find', '--root', 'é🚀 nowhere', 'a']],
    ['show without a name', ['show']],
    ['show in what is no folder', ['show', '--root', 'é🚀 nowhere', 'a']],
    ['facts in what is no folder', ['facts', '--root', 'é🚀 nowhere']],
    ['facts of a path that is not there', ['facts', 'é🚀 nowhere']],
    ['coverage with a percentage that is none', ['coverage', '--fail-under', 'é🚀']],
    ['coverage with a word too many', ['coverage', 'é🚀']],
    ['coverage in what is no folder', ['coverage', '--root', 'é🚀 nowhere']],
    ['pages in what is no folder', ['pages', '--root', 'é🚀 nowhere']],
    ['pages with jobs that are no number', ['pages', '--jobs', 'é🚀']],
    ['lsp with a word too many', ['lsp', 'é🚀']],
    ['a setting without a value', ['find', '--set', 'search.limit', 'a']],
    ['a setting that is none', ['find', '--set', 'é🚀=1', 'a']],
    ['a setting with a number that is none', ['pages', '--set', 'search.limit=é🚀']],
    ['a setting that is neither true nor false', ['pages', '--set', 'diagnostics.syntax=1']],
]) {
    inRepository(`${what}: 2, one line on stderr, nothing on stdout`, async (_, headword) => {
        const { status, stdout, stderr } = await headword(...args);
        assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
        assert.match(stderr, oneLine);
    });
}

for (const command of ['pages', 'find', 'show', 'coverage', 'facts', 'lsp']) {
    for (const [option, told] of [['--no-such-é🚀', 'no option'], ['-é', 'no option']]) {
        inRepository(`${command} ${option}: 2, one line that names both`, async (_, headword) => {
            const { status, stdout, stderr } = await headword(command, option, 'x');
            assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
            assert.match(stderr, oneLine);
            assert.ok(stderr.startsWith(`headword: ${command}: ${told} ${option}`), stderr);
        });
    }
}

inRepository('--set wins over the repository, of one key the last, and may name a folder outside', async (repository, headword) => {
    repository.write('.headword.toml', 'pages.out = "docs"\npages.source = "full"\n');
    const { status, stderr } = await headword('pages', '--set', 'pages.source=excerpt', '--set', 'pages.source=link', '--set', 'pages.out=../é 🚀 out');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    const page = fs.readFileSync(repository.path('../é 🚀 out/main.py_docs.md'), 'utf8');
    fs.rmSync(repository.path('../é 🚀 out'), { recursive: true });
    assert.ok(!page.includes('def main(): return Cart()'), page);
    assert.ok(!fs.existsSync(repository.path('docs')));
});

test('without arguments: the overview on stderr, and 2', async () => {
    const { status, stdout, stderr } = await run([]);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /usage: headword COMMAND/);
});

// Shells can close descriptors; the first file that is opened would get the number.
for (const [closed, status] of [['<&-', 0], ['2>&-', 0], ['>&-', 2], ['<&- >&- 2>&-', 2]]) {
    inRepository(`find ${closed}: ${status}`, async (repository) => {
        const end = await run(['-c', `"$0" find LIMIT ${closed}`, program], { command: 'bash', cwd: repository.root });
        assert.deepEqual(end, { status, stdout: status ? '' : 'shop/cart.py:2:11: variable shop.cart.LIMIT\n', stderr: closed === '>&-' ? 'headword: cannot write to the standard output\n' : '' });
    });
}

for (const args of [['--version'], ['--help'], ['find', 'LIMIT']]) {
    inRepository(`${args} to a full device: 2, and why`, async (repository) => {
        const { status, stderr } = await run(['-c', '"$0" "$@" >/dev/full', program, ...args], { command: 'bash', cwd: repository.root });
        assert.deepEqual({ status, stderr }, { status: 2, stderr: 'headword: cannot write to the standard output\n' });
    }, { skip: !fs.existsSync('/dev/full') && 'there is no such device' });
}
