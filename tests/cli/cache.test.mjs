// Commands start from a cache, and say the same with and without one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

import { cacheHome } from '../lsp/process.mjs';
import { parseLines, run } from './run.mjs';

const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'headword-é🚀-')));
after(() => fs.rmSync(base, { recursive: true }));

let count = 0;
/** A repository with these files. */
function repository(files) {
    const root = path.join(base, `r${count++}`);
    fs.mkdirSync(root);
    for (const [name, text] of Object.entries(files)) put(root, name, text);
    return root;
}

const put = (root, name, text) => fs.writeFileSync(path.join(root, name), text);
const sources = { 'a.py': "def alpha(): '''🚀'''\n", 'é.py': 'from a import alpha\nbeta = alpha()\n' };

async function find(root, name, ...options) {
    const { status, stdout, stderr } = await run(['find', '--root', root, ...options, name]);
    assert.ok(status < 2, stderr);
    return stdout;
}

/** The rows of `headword cache` for a root. */
const rows = async (root) => parseLines((await run(['cache', '--json', '--root', root])).stdout);

test('the second run starts from what the first one left', async () => {
    const root = repository(sources);
    assert.deepEqual(await rows(root), []);
    const first = await find(root, 'alpha');
    assert.match(first, /^a\.py:1:5: function a\.alpha$/m);
    const [row] = await rows(root);
    assert.equal(row.root, root);
    const { ino } = fs.statSync(row.file);
    assert.equal(row.bytes, fs.statSync(row.file).size);
    assert.equal(await find(root, 'alpha'), first);
    assert.equal(fs.statSync(row.file).ino, ino, 'nothing changed, so it was not written again');
});

test('what changed in between counts', async () => {
    const root = repository(sources);
    await find(root, 'alpha');
    put(root, 'a.py', "def omega(): '''🚀'''\n");
    put(root, 'new.py', 'gamma = 1\n');
    fs.rmSync(path.join(root, 'é.py'));
    assert.equal(await find(root, 'alpha'), '');
    assert.match(await find(root, 'omega'), /a\.omega/);
    assert.match(await find(root, 'gamma'), /new\.gamma/);
    assert.equal(await find(root, 'beta'), '');
});

test('a file that does not belong to the repository any more is not looked at', async () => {
    const root = repository(sources);
    fs.mkdirSync(path.join(root, 'env'));
    put(root, 'env/c.py', 'gamma = 1\n');
    assert.match(await find(root, 'gamma'), /gamma/);
    put(root, 'env/pyvenv.cfg', '');
    assert.equal(await find(root, 'gamma'), '');
    assert.match(await find(root, 'alpha'), /alpha/);
});

test('every command says the same from a cache', async () => {
    const root = repository(sources);
    const commands = [['facts'], ['coverage', '--json'], ['show', 'alpha'], ['find', 'a'], ['pages', '--check']];
    const all = async (...options) => {
        const outputs = [];
        for (const [name, ...rest] of commands) outputs.push((await run([name, '--root', root, ...options, ...rest])).stdout);
        return outputs;
    };
    const without = await all('--no-cache');
    assert.deepEqual(await rows(root), []);
    assert.deepEqual(await all(), without);
    assert.equal((await rows(root)).length, 1);
    assert.deepEqual(await all(), without);
});

test('a setting leaves the cache alone', async () => {
    const root = repository({ ...sources, '.headword.toml': 'cache.maxBytes = 0\n' });
    assert.match(await find(root, 'alpha'), /a\.alpha/);
    assert.deepEqual(await rows(root), []);
});

test('a damaged cache is built anew', async () => {
    const root = repository(sources);
    const whole = await find(root, 'alpha');
    const [{ file, bytes }] = await rows(root);
    for (const place of [8, bytes - 3000, bytes - 100, bytes - 4]) {
        const text = fs.readFileSync(file);
        text[place] ^= 1;
        fs.writeFileSync(file, text);
        assert.equal(await find(root, 'alpha'), whole, `byte ${place}`);
        assert.notDeepEqual(fs.readFileSync(file), text, 'it was written again');
    }
});

test('where nothing can be written the answer is the same', async () => {
    const root = repository(sources);
    put(base, 'no-folder', '');
    const { stdout, status } = await run(['find', '--root', root, 'alpha'], { env: { XDG_CACHE_HOME: path.join(base, 'no-folder') } });
    assert.equal(status, 0);
    assert.match(stdout, /a\.alpha/);
});

test('caches are shown and removed', async () => {
    const roots = [repository(sources), repository(sources)];
    for (const root of roots) await find(root, 'alpha');
    put(path.join(cacheHome, 'headword'), '0123456789abcdef.index', 'é🚀');
    const shown = (await run(['cache'])).stdout;
    for (const root of roots) assert.match(shown, new RegExp(`^ +0\\.0 MB {2}\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d {2}${root}$`, 'm'));
    assert.match(shown, /\(of another version, damaged, or being written\)$/m);
    assert.match(shown, /in \d+ caches below .*\/headword$/m);
    assert.equal((await run(['cache', '--clear', '--root', roots[0]])).status, 0);
    assert.deepEqual((await rows(roots[0])).length, 0);
    assert.deepEqual((await rows(roots[1])).length, 1);
    fs.rmSync(roots[1], { recursive: true });
    assert.equal((await rows(roots[1])).length, 1, 'also of a repository that is gone');
    const records = path.join(cacheHome, 'headword', 'pages');
    assert.equal((await run(['pages', '--root', roots[0]])).status, 0);
    assert.ok(fs.readdirSync(records).length > 0);
    assert.deepEqual(await run(['cache', '--clear']), { status: 0, stdout: '', stderr: '' });
    assert.deepEqual(fs.readdirSync(records), [], 'what is known of pages goes too');
    assert.match((await run(['cache'])).stdout, /^ +0\.0 MB {2}in 0 caches/);
    assert.equal((await run(['cache', 'what'])).status, 2);
});
