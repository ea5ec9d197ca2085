// What `cpack` makes: the .deb and the .tar.gz are unpacked, and the program in them runs where it lies.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

import { program } from '../lsp/process.mjs';
import { run } from './run.mjs';

const build = path.dirname(program);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword é 🚀 '));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
// dpkg-shlibdeps takes apart what is called like the folder, and bears no spaces.
const plain = fs.mkdtempSync(path.join(os.tmpdir(), 'headword-'));
process.on('exit', () => fs.rmSync(plain, { recursive: true, force: true }));

const must = async (command, ...args) => {
    const { status, stdout, stderr } = await run(args, { command, cwd: plain });
    assert.equal(status, 0, stdout + stderr);
    return stdout;
};
const reasonWithout = async (command) => run(['--version'], { command }).then(() => false, () => `${command} is not on the PATH`);

/** The package of a kind, as cpack makes it. */
async function makePackage(generator, ending) {
    await must('cpack', '-G', generator, '-B', plain, '--config', path.join(build, 'CPackConfig.cmake'));
    return path.join(plain, fs.readdirSync(plain).find((name) => name.endsWith(ending)));
}

/** The program runs, knows the library of Python from beside it, and its documents are where they are looked for. */
async function isWhole(root, zsh) {
    const headword = (...args) => run(args, { command: path.join(root, 'bin/headword'), cwd: '/' });
    assert.match((await headword('--version')).stdout, /^headword \d/);
    const card = await headword('show', '--root', fs.mkdtempSync(path.join(folder, 'empty-')), '--json', 'len');
    assert.ok(card.stdout.includes(JSON.stringify(path.join(root, 'share/headword/typeshed/builtins.pyi')).slice(1, -1)), card.stdout + card.stderr);
    for (const name of ['man/man1/headword.1', 'bash-completion/completions/headword', `zsh/${zsh}/_headword`,
        'fish/vendor_completions.d/headword.fish', 'doc/headword/LICENSE', 'doc/headword/licences/tree-sitter'])
        assert.ok(fs.existsSync(path.join(root, 'share', name)), name);
}

test('the .tar.gz runs where it is unpacked', { timeout: 300_000 }, async () => {
    const archive = await makePackage('TGZ', '.tar.gz');
    await must('tar', '-xzf', archive, '-C', folder, '--strip-components=1');
    await isWhole(folder, 'site-functions');
});

test('the .deb runs where it is unpacked; it names its libraries, and git as what it would like', {
    skip: await reasonWithout('dpkg-shlibdeps'), timeout: 300_000,
}, async () => {
    const archive = await makePackage('DEB', '.deb');
    const control = await must('dpkg-deb', '--field', archive);
    assert.match(control, /^Recommends: git$/m);
    assert.match(control, /^Depends: .*libc6/m);
    const root = path.join(folder, 'deb');
    await must('dpkg-deb', '--extract', archive, root);
    await isWhole(path.join(root, 'usr'), 'vendor-completions');
});

/** The functions that an archive gives to others. */
async function functionsOf(archive) {
    const listed = await must('nm', '--extern-only', '--defined-only', archive);
    return [...listed.matchAll(/ [TDBR] (\w+)$/gm)].map(([, name]) => name);
}

test('no function of ours is called like one of the libraries that a static program holds', { skip: await reasonWithout('nm') }, async (t) => {
    const dependencies = [];
    for (const [module, name] of [['jansson', 'libjansson.a'], ['libuv', 'libuv_a.a'], ['libxxhash', 'libxxhash.a'], ['libutf8proc', 'libutf8proc.a']]) {
        const { stdout } = await run(['--variable=libdir', module], { command: 'pkg-config' });
        const archive = path.join(stdout.trim(), name);
        if (fs.existsSync(archive)) dependencies.push(archive);
    }
    if (dependencies.length === 0) return t.skip('the libraries have no archives');
    const theirs = new Set((await Promise.all(dependencies.map(functionsOf))).flat());
    const archives = fs.readdirSync(build).filter((name) => /^libheadword_.*\.a$/.test(name)).map((name) => path.join(build, name));
    assert.ok(theirs.has('json_object') && archives.length >= 5);
    const ours = (await Promise.all(archives.map(functionsOf))).flat();
    assert.deepEqual(ours.filter((name) => theirs.has(name)), []);
});
