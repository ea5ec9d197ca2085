// What SECURITY.md says of hostile repositories: nothing of them runs, nothing is written elsewhere, nothing is sent.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { Link, Workspace } from '../lsp/fixture.mjs';
import { cacheHome, program } from '../lsp/process.mjs';
import { run } from './run.mjs';

const escapes = '\x1b]8;;http://e\x07\x1b[2J\x9b31m\u202e é🚀';
const trap = '#!/bin/sh\ntouch "$TRAP"\n';
const executables = ['.git/hooks/post-index-change', '.git/hooks/pre-commit', 'trap.sh', '.venv/bin/python', '.venv/bin/python3', 'git', 'python3'];

let workspace, elsewhere, sprung;
before(() => {
    elsewhere = new Workspace({ 'secret.py': '"é🚀"\nsecret = 1\n', 'kept.md': 'é🚀 kept\n' });
    sprung = elsewhere.path('sprung');
    workspace = new Workspace({
        'm.py': `class A:\n    """${escapes}\n\n    <script>alert(1)</script> [a](command:run) [b](javascript:run) <img src=x onerror=run>\n    """\n\n\nb = '${escapes}'\n`,
        'setup.py': `open(${JSON.stringify(sprung)}, 'w')\n`,
        'conftest.py': `open(${JSON.stringify(sprung)}, 'w')\n`,
        '.venv/pyvenv.cfg': 'home = /usr/bin\n',
        '.venv/lib/python3.11/site-packages/run.pth': `import os; open(${JSON.stringify(sprung)}, 'w')\n`,
        '.gitattributes': '*.py diff=trap filter=trap merge=trap\n',
        'link.py': new Link(elsewhere.path('secret.py')),
        'linked': new Link(elsewhere.root),
        'docs/headword/setup.py_docs.md': new Link(elsewhere.path('kept.md')),
    });
    execFileSync('git', ['init', '-q', workspace.root]);
    const script = `'${workspace.path('trap.sh')}'`; // git gives it to a shell
    const configured = {
        'core.fsmonitor': script, 'core.hooksPath': '.git/hooks', 'core.sshCommand': script, 'core.pager': script, 'core.editor': script,
        'diff.trap.textconv': script, 'diff.external': script, 'filter.trap.clean': script, 'filter.trap.smudge': script,
        'filter.trap.process': script, 'alias.ls-files': `!${script}`, 'credential.helper': script, 'pager.ls-files': script,
    };
    for (const [key, value] of Object.entries(configured)) execFileSync('git', ['-C', workspace.root, 'config', key, value]);
    for (const name of executables) {
        workspace.write(name, trap);
        fs.chmodSync(workspace.path(name), 0o755);
    }
});
after(() => (workspace.remove(), elsewhere.remove()));

const commands = [['pages'], ['find', 'A'], ['show', 'm.A'], ['check', '--rules', 'all'], ['coverage'], ['facts'], ['environment']];
const here = (args, env = {}) => run(args, { cwd: workspace.root, env: { TRAP: sprung, VIRTUAL_ENV: undefined, ...env } });

test('nothing of the repository runs, whatever its git configuration, hooks and interpreters', async () => {
    execFileSync('sh', [workspace.path('trap.sh')], { env: { ...process.env, TRAP: sprung } });
    assert.ok(fs.existsSync(sprung), 'the trap works');
    fs.rmSync(sprung);
    for (const args of commands) {
        const { status, stderr } = await here(args);
        assert.ok(status < 2, `${args}: ${stderr}`);
        assert.ok(!fs.existsSync(sprung), `${args}`);
    }
});

test('objects that a partial clone lacks are not fetched, which would run what its remote names', async () => {
    const clone = new Workspace({ 'a/é🚀.py': 'x = 1\n', 'b/m.py': 'x = 2\n', 'trap.sh': trap });
    const git = (...args) => execFileSync('git', ['-C', clone.root, '-c', 'user.name=a', '-c', 'user.email=a', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    fs.chmodSync(clone.path('trap.sh'), 0o755);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    git('sparse-checkout', 'init', '--cone', '--sparse-index');
    git('sparse-checkout', 'set', 'a');
    const tree = git('rev-parse', 'HEAD:b');
    const remote = { promisor: 'true', url: '/nowhere', uploadpack: `'${clone.path('trap.sh')}'` };
    for (const [key, value] of Object.entries(remote)) git('config', `remote.origin.${key}`, value);
    git('config', 'core.repositoryformatversion', '1');
    git('config', 'extensions.partialClone', 'origin');
    fs.rmSync(clone.path(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`));
    assert.match((await here(['find', '--no-cache', '--root', clone.root, 'x'])).stdout, /^a\/é🚀\.py:1:1/);
    assert.ok(!fs.existsSync(sprung));
    clone.remove();
});

test('links out of the repository are neither read nor written through', async () => {
    assert.equal((await here(['find', '--no-cache', 'secret'])).stdout, '');
    await here(['pages', '--force']);
    assert.equal(elsewhere.read('kept.md'), 'é🚀 kept\n');
    assert.deepEqual(elsewhere.list(), ['kept.md', 'secret.py']);
});

test('what is shown commands no terminal', async () => {
    const large = `${escapes.replace('\x1b', '')}.py`; // skipped with a warning
    workspace.write('.headword.toml', 'index.maxFileBytes = 4096\n');
    workspace.write(large, `${'#'.repeat(5000)}\n`);
    const told = [['show', 'm.A'], ['show', 'm.b'], ['find', '--doc', 'script'], ['find', 'b'], ['check', '--rules', 'all'], ['pages', '--diff']];
    for (const args of [...told, ...told.slice(0, 5).map(([command, ...rest]) => [command, '--json', ...rest]), ['pages', '--json'], ['facts']]) {
        const { stdout, stderr } = await here(args);
        if (args[0] === 'find') assert.match(stderr, /skipped .*é🚀.py/u);
        assert.doesNotMatch(stdout + stderr, /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/u, `${args}`);
    }
    assert.match((await here(['show', 'm.A'])).stdout, /\ufffd\[2J.*é🚀/u);
    assert.ok(JSON.parse((await here(['show', '--json', 'm.b'])).stdout).markdown.includes('\x9b31m\u202e é🚀'));
    workspace.delete(large);
    workspace.delete('.headword.toml');
});

test('pages and cards hold no HTML of docstrings and no links that act', async () => {
    await here(['pages', '--force']);
    const page = workspace.read('docs/headword/m.py_docs.md').replace(/^(`{3,})[^]*?^\1$/gm, '');
    const { markdown } = JSON.parse((await here(['show', '--json', 'm.A'])).stdout);
    for (const text of [page, markdown]) {
        const active = text.replace(/\\./g, '').replace(/`[^`\n]*`/g, '');
        assert.doesNotMatch(active, /<(script|img)|\]\((command|javascript):/i);
    }
});

// --- the system's side ---

const strace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const traced = { skip: !strace && 'strace is not there, or may not look' };

/** The system calls of these kinds that a command makes, git's included. */
async function calls(kinds, args) {
    const log = elsewhere.path('trace');
    const environment = { TRAP: sprung, ASAN_OPTIONS: 'detect_leaks=0' };
    const { stderr } = await run(['-f', '-s', '4096', '-e', `trace=${kinds}`, '-e', 'signal=none', '-o', log, program, ...args], {
        command: 'strace', cwd: workspace.root, env: environment,
    });
    const text = fs.readFileSync(log, 'latin1');
    fs.rmSync(log);
    assert.ok(text.includes('exited with'), stderr);
    return text.split('\n').filter((line) => /\w\(/.test(line) && !/= -1 E/.test(line));
}

test('no socket is made', traced, async () => {
    for (const args of commands) assert.deepEqual(await calls('network', args), [], `${args}`);
});

test('git is the only program that is started', traced, async () => {
    for (const args of commands) {
        const started = (await calls('execve', args)).map((line) => path.basename(/execve\("([^"]*)"/.exec(line)[1]));
        assert.deepEqual(started.filter((name) => ![path.basename(program), 'git'].includes(name)), [], `${args}`);
    }
});

test('files are written in the folders of pages and caches only', traced, async () => {
    const latin = (text) => Buffer.from(text).toString('latin1');
    // strace writes what is not ASCII as octal numbers
    const unescaped = (line) => line.replace(/\\([0-7]{1,3})/g, (_, digits) => String.fromCharCode(parseInt(digits, 8)));
    const own = [`${cacheHome}/`, `${workspace.path('docs/headword')}`, '/dev/null', '/proc/'].map(latin);
    for (const args of commands) {
        fs.rmSync(path.join(cacheHome, 'headword'), { recursive: true, force: true });
        const changing = (await calls('openat,open,creat,rename,renameat,renameat2,unlink,unlinkat,truncate,symlink,link,chmod,fchmodat', args))
            .filter((line) => !/open(at)?\(/.test(line) || /O_WRONLY|O_RDWR|O_CREAT/.test(line)).map(unescaped);
        assert.deepEqual(changing.filter((line) => !own.some((folder) => line.includes(`"${folder}`))), [], `${args}`);
    }
});

const mode = (file) => fs.statSync(file).mode & 0o777;

test('what is kept of a repository is for its user alone', async () => {
    const folder = path.join(cacheHome, 'headword');
    fs.rmSync(folder, { recursive: true, force: true });
    workspace.delete('docs'); // with the link in it, which is refused: then no record is kept
    await here(['pages']);
    assert.equal(mode(folder), 0o700);
    const kept = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
    assert.ok(kept.filter((entry) => entry.isFile()).length >= 2);
    for (const entry of kept) assert.equal(mode(path.join(entry.path, entry.name)), entry.isFile() ? 0o600 : 0o700, entry.name);
});

test('a folder of caches that everybody may write to, or is another user’s, is left alone', async () => {
    const home = elsewhere.path('cache');
    const folder = path.join(home, 'headword');
    const refused = async (what) => {
        assert.equal((await here(['find', 'A'], { XDG_CACHE_HOME: home })).stdout, 'm.py:1:7: class m.A\n', what);
        assert.deepEqual(fs.readdirSync(folder), [], what);
    };
    fs.mkdirSync(folder, { recursive: true });
    fs.chmodSync(folder, 0o777);
    await refused('everybody’s');
    fs.chmodSync(folder, 0o755);
    if (process.getuid() === 0) {
        fs.chownSync(folder, 12345, 12345);
        await refused('another’s');
        fs.chownSync(folder, 0, 0);
    }
    await here(['find', 'A'], { XDG_CACHE_HOME: home });
    assert.equal(fs.readdirSync(folder).length, 1);
});

// --- the program's side ---

const readelf = (file, option) => execFileSync('readelf', ['-W', option, file], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
const elf = process.platform === 'linux' && spawnSync('readelf', ['-v']).status === 0;
const skipElf = !elf && 'there is no ELF file, or no readelf';

test('the program is position independent, its tables read-only once it runs, its stack not executable', { skip: skipElf }, () => {
    assert.match(readelf(program, '-h'), /Type:\s+DYN/);
    assert.match(readelf(program, '-d'), /BIND_NOW|FLAGS_1.*NOW/);
    assert.match(readelf(program, '-l'), /GNU_RELRO/);
    assert.match(readelf(program, '-l'), /GNU_STACK\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+RW\s/);
});

const release = path.join(path.dirname(program), '../release/headword');

test('a release has stack protectors and checked library calls', { skip: skipElf || (!fs.existsSync(release) && 'no release is built') }, () => {
    const symbols = readelf(release, '--dyn-syms');
    assert.match(symbols, /__stack_chk_fail/);
    assert.match(symbols, /__(vsnprintf|snprintf|memcpy|fprintf|printf)_chk/);
    if (process.arch !== 'x64' || spawnSync('objdump', ['-v']).status !== 0) return;
    // "end branch": where control-flow protection lets indirect jumps go
    const code = execFileSync('objdump', ['-d', '--no-show-raw-insn', release], { encoding: 'utf8', maxBuffer: 1 << 30 });
    assert.ok(code.match(/\bendbr64\b/g).length > 100);
});
