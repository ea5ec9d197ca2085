// What happens to files: many at once, whole folders, odd names and times. The index ends where a fresh one would.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Session, session } from './client.mjs';
import { like, neovim, vscode } from './editors.mjs';
import { Link } from './fixture.mjs';
import { within } from './process.mjs';

/** Asks until the answer is yes; `what` says what was waited for. */
async function until(ask, what) {
    let over = false;
    const asking = (async () => {
        while (!over && !(await ask()));
    })();
    await within(asking, what).finally(() => (over = true));
}

const sorted = async (s, query) => (await s.names(query)).sort();

/** Waits until a query finds just these names. */
const finds = (s, query, ...names) => {
    let found;
    const ask = async () => JSON.stringify((found = await sorted(s, query))) === JSON.stringify(names.sort());
    return until(ask, () => `${names}, not ${found}`);
};

const definition = (name) => `"é🚀"\ndef ${name}(): pass\n`;

const inFolder = { 'a.py': definition('at_top'), 'é 🚀/one.py': definition('at_one'), 'é 🚀/in/two.py': definition('at_two') };

session('a folder is renamed: the client tells of the folder alone', { files: inFolder }, async (s) => {
    await s.indexed();
    fs.renameSync(s.workspace.path('é 🚀'), s.workspace.path('new'));
    s.filesChanged(['deleted', 'é 🚀'], ['created', 'new']);
    await finds(s, 'at_', 'at_top', 'at_one', 'at_two');
    const { location } = (await s.symbols('at_two'))[0];
    await until(async () => (await s.symbols('at_two'))[0]?.location.uri === s.uri('new/in/two.py'), () => location.uri);
});

session('a folder is deleted: the client tells of the folder alone', { files: inFolder }, async (s) => {
    await s.indexed();
    s.workspace.delete('é 🚀');
    s.filesChanged(['deleted', 'é 🚀']);
    await finds(s, 'at_', 'at_top');
});

const tells = like(neovim, (capabilities) => {
    capabilities.workspace.fileOperations = { didRename: true, didCreate: true, didDelete: true };
});

session('the editor renames, deletes and makes files and folders', { editor: tells, files: inFolder }, async (s) => {
    const { didCreate, didRename, didDelete } = s.capabilities.workspace.fileOperations;
    const globs = didRename.filters.map(({ scheme, pattern }) => [scheme, pattern.matches, pattern.glob]);
    assert.deepEqual(globs.map(([scheme, matches]) => `${scheme} ${matches}`), ['file file', 'file file', 'file folder']);
    assert.match(globs[0][2], /py/);
    assert.deepEqual([didCreate, didDelete], [didRename, didRename]);
    await s.indexed();
    fs.renameSync(s.workspace.path('é 🚀'), s.workspace.path('moved é'));
    s.notify('workspace/didRenameFiles', { files: [{ oldUri: s.uri('é 🚀'), newUri: s.uri('moved é') }] });
    await until(async () => (await s.symbols('at_two'))[0]?.location.uri === s.uri('moved é/in/two.py'), () => 'the new place');
    fs.renameSync(s.workspace.path('a.py'), s.workspace.path('🚀.py'));
    s.notify('workspace/didRenameFiles', { files: [{ oldUri: s.uri('a.py'), newUri: s.uri('🚀.py') }] });
    assert.deepEqual((await s.symbols('at_top')).map(({ location }) => location.uri), [s.uri('🚀.py')]);
    s.workspace.write('made.py', definition('at_made'));
    s.notify('workspace/didCreateFiles', { files: [{ uri: s.uri('made.py') }] });
    assert.deepEqual(await s.names('at_made'), ['at_made']);
    s.workspace.delete('moved é');
    s.notify('workspace/didDeleteFiles', { files: [{ uri: s.uri('moved é') }] });
    await finds(s, 'at_', 'at_top', 'at_made');
});

session('no such news is asked for where the editor has none', { files: inFolder }, async (s) => {
    assert.equal(s.capabilities.workspace.fileOperations, undefined);
});

session('a root vanishes and comes back', { files: inFolder }, async (s) => {
    await s.indexed();
    const aside = `${s.workspace.root} aside`;
    fs.renameSync(s.workspace.root, aside);
    s.filesChanged(['deleted', '']);
    await finds(s, 'at_');
    fs.renameSync(aside, s.workspace.root);
    s.filesChanged(['created', '']);
    await finds(s, 'at_', 'at_top', 'at_one', 'at_two');
});

session('50,000 changes in one notification', { files: { 'é🚀.py': definition('at_old') } }, async (s) => {
    await s.indexed();
    const names = Array.from({ length: 50_000 }, (_, i) => `é${i}.py`);
    const there = names.filter((_, i) => i % 500 === 0);
    for (const [i, name] of there.entries()) s.workspace.write(name, definition(`at_${i}`));
    s.workspace.delete('é🚀.py');
    s.filesChanged(...names.map((name) => ['changed', name]), ['deleted', 'é🚀.py']);
    await finds(s, 'at_', ...there.map((_, i) => `at_${i}`));
});

const git = (s, ...args) => execFileSync('git', ['-C', s.workspace.root, '-c', 'user.name=é', '-c', 'user.email=e@x', ...args], { stdio: 'pipe' });

for (const [told, editor, count] of [['told of', vscode, 300], ['found by itself', neovim, 30]]) {
    session(`git switches branches, ${told}`, {
        editor,
        settings: { search: { limit: 0 } },
        files: Object.fromEntries(Array.from({ length: count }, (_, i) => [`é${i % 7}/m${i}.py`, definition(`on_main_${i % 3}`)])),
    }, async (s) => {
        git(s, 'init', '-q', '-b', 'first');
        git(s, 'add', '.');
        git(s, 'commit', '-q', '-m', 'x');
        git(s, 'checkout', '-q', '-b', 'other');
        git(s, 'rm', '-q', '-r', 'é3');
        for (let i = 0; i < count; i += 2) s.workspace.write(`é${i % 6}/m${i}.py`, definition(`on_other_${i}`));
        s.workspace.write('.gitignore', '🚀/\n');
        git(s, 'add', '.');
        git(s, 'commit', '-q', '-m', 'x');
        git(s, 'checkout', '-q', 'first');
        await s.indexed();
        s.open('é1/m1.py');
        const inFiles = (branch) => git(s, 'ls-tree', '-z', '-r', '--name-only', branch).toString().split('\0')
            .filter((name) => name.endsWith('.py')).map((name) => s.uri(name)).sort();
        const changed = git(s, 'diff', '-z', '--name-only', 'other').toString().split('\0').filter(Boolean);
        const isAt = (branch) => until(async () => {
            if (editor === neovim) s.save('é1/m1.py');
            const uris = (await s.symbols(branch === 'other' ? 'on_' : 'on_main')).map(({ location }) => location.uri);
            return JSON.stringify(uris.sort()) === JSON.stringify(inFiles(branch));
        }, () => branch);
        for (const branch of ['first', 'other', 'first']) {
            git(s, 'checkout', '-q', branch);
            if (editor === vscode) s.filesChanged(...changed.map((name) => ['changed', name]));
            await isAt(branch);
        }
    });
}

session('each root has its own ignore rules', {
    roots: ['one é', 'two 🚀'],
    files: { 'one é/.gitignore': 'kept/\n', 'two 🚀/.gitignore': 'built/\n' },
}, async (s) => {
    for (const root of s.given.roots) execFileSync('git', ['init', '-q', s.workspace.path(root)]);
    await s.indexed();
    const names = ['one é/new.py', 'two 🚀/built/é.py', 'two 🚀/kept/é.py'];
    for (const [i, name] of names.entries()) s.workspace.write(name, definition(`at_${i}`));
    s.filesChanged(...names.map((name) => ['created', name]));
    assert.deepEqual(await sorted(s, 'at_'), ['at_0', 'at_2']);
});

session('files become what is no file, and files again', { files: inFolder }, async (s) => {
    await s.indexed();
    const become = async (name, make) => {
        s.workspace.delete(name);
        make(s.workspace.path(name));
        s.filesChanged(['changed', name]);
    };
    const write = (path) => fs.writeFileSync(path, definition('at_again'));
    await become('a.py', (path) => fs.mkdirSync(path));
    await finds(s, 'at_', 'at_one', 'at_two');
    await become('a.py', write);
    await finds(s, 'at_', 'at_one', 'at_two', 'at_again');
    await become('a.py', (path) => execFileSync('mkfifo', [path]));
    await finds(s, 'at_', 'at_one', 'at_two');
    await become('a.py', write);
    await become('é 🚀', write);
    await finds(s, 'at_', 'at_again');
    await become('a.py', (path) => fs.symlinkSync(path, path));
    await finds(s, 'at_');
});

session('clocks that jump: times in the future, in the past, the same', { editor: neovim, files: { 'a.py': definition('at_0'), 'b.py': '"é🚀"\n' } }, async (s) => {
    await s.indexed();
    s.open('b.py');
    const path = s.workspace.path('a.py');
    for (const [i, time] of [4e9, 0, 1, 1, 4e9, 4e9, 1e9].entries()) {
        fs.writeFileSync(path, definition(`at_${i + 1}`)); // always of the same size
        fs.utimesSync(path, time, time);
        await until(async () => {
            s.save('b.py');
            return (await s.names('at_')).join() === `at_${i + 1}`;
        }, () => `round ${i}`);
    }
});

session('names with any byte', { files: { 'a.py': definition('at_top') } }, async (s) => {
    await s.indexed();
    const names = ['new\nline.py', '"quotes\'.py', ' 100% #?;.py', '🚀\\.py', 'folder\t\x01/é.py'];
    for (const [i, name] of names.entries()) s.workspace.write(name, definition(`at_${i}`));
    const broken = Buffer.concat([Buffer.from(`${s.workspace.root}/`), Buffer.from([0xff, 0xc3]), Buffer.from('.py')]);
    fs.writeFileSync(broken, definition('at_broken'));
    s.filesChanged(...names.map((name) => ['created', name]));
    s.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${s.uri('')}/%FF%C3.py`, type: 1 }] });
    await finds(s, 'at_', 'at_top', 'at_broken', ...names.map((_, i) => `at_${i}`));
    for (const [i, name] of names.entries()) assert.equal(fileURLToPath((await s.symbols(`at_${i}`))[0].location.uri), s.workspace.path(name));
    assert.equal((await s.symbols('at_broken'))[0].location.uri, `${s.uri('')}/%FF%C3.py`);
});

// --- any sequence ends where a fresh server does ---

/** Numbers below `end`, the same for the same seed. */
function randomOf(seed) {
    let state = seed;
    return (end) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return (state >>> 8) % end;
    };
}

const folders = ['', 'é', 'é/in', '🚀', 'pkg'];
const bases = ['a.py', 'b.py', '__init__.py', 'é.pyi', 'notes.txt'];

/** One change of the disk: what was done, and the news of it. */
function change(workspace, next) {
    const file = () => `${folders[next(folders.length)]}/${bases[next(bases.length)]}`.replace(/^\//, '');
    const folder = () => folders[1 + next(folders.length - 1)];
    const exists = (name) => workspace.exists(name);
    const act = next(12);
    const [from, to] = act < 8 ? [file(), file()] : [folder(), `${folder()}${next(2) ? '' : '/deep'}`];
    if (act < 5) {
        const isFolder = exists(from) && fs.lstatSync(workspace.path(from)).isDirectory();
        if (isFolder) return ['nothing', []];
        workspace.delete(from);
        const source = Array.from({ length: 1 + next(3) }, () => `def at_${next(20)}(): pass\n`).join('');
        workspace.write(from, `"é🚀"\n${source}`);
        return [`write ${from}`, [['changed', from]]];
    }
    if (act === 5 || act === 8) {
        workspace.delete(from);
        return [`delete ${from}`, [['deleted', from]]];
    }
    if (act === 6) {
        workspace.delete(from);
        workspace.write(from, new Link(['.', '/', 'a.py', '../é'][next(4)]));
        return [`link ${from}`, [['changed', from]]];
    }
    if (!exists(from) || `${to}/`.startsWith(`${from}/`) || `${from}/`.startsWith(`${to}/`)) return ['nothing', []];
    workspace.delete(to);
    fs.mkdirSync(workspace.path(to.replace(/\/?[^/]*$/, '')), { recursive: true });
    fs.renameSync(workspace.path(from), workspace.path(to));
    return [`rename ${from} to ${to}`, [['deleted', from], ['created', to]]];
}

const everything = async (s) => (await s.symbols('')).map(({ name, kind, location, containerName }) =>
    JSON.stringify([name, kind, location, containerName])).sort();

async function fresh(workspace, options) {
    const s = new Session({ ...options, workspace, process: { args: ['--no-cache'] } });
    try {
        await s.start();
        await s.indexed();
        const found = await everything(s);
        await s.stop();
        return found;
    } finally {
        await s.destroy();
    }
}

for (const [told, editor] of [['told of each', vscode], ['told of nothing', neovim]]) {
    for (const [seed, when] of [[1, 'at rest'], [2, 'at rest'], [3, 'while it is read']]) {
        const options = { editor, settings: { search: { limit: 0 } } };
        session(`random changes of the disk ${when}, ${told}, seed ${seed}`, { ...options, files: inFolder }, async (s) => {
            const next = randomOf(seed);
            const steps = [];
            if (when === 'at rest') await s.indexed();
            s.workspace.write('open.py', '"é🚀"\nat_open = 1\n');
            s.open('open.py');
            for (let round = 0; round < 3; round++) {
                for (let i = 0; i < 15; i++) {
                    const [step, news] = change(s.workspace, next);
                    steps.push(step);
                    if (editor === vscode) s.filesChanged(...news);
                }
                const wanted = await fresh(s.workspace, options);
                let found;
                await until(async () => {
                    if (editor === neovim) s.save('open.py');
                    found = await everything(s);
                    return JSON.stringify(found) === JSON.stringify(wanted);
                }, () => `what a fresh server finds; seed ${seed}, steps:\n${steps.join('\n')}\nmissing:\n${wanted.filter((line) => !found.includes(line)).join('\n')}\ntoo many:\n${found.filter((line) => !wanted.includes(line)).join('\n')}`);
            }
        });
    }
}
