// Sessions that start from what an earlier one has left.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { withSession } from './client.mjs';
import { Workspace } from './fixture.mjs';
import { cacheHome } from './process.mjs';

const folder = path.join(cacheHome, 'headword');
const caches = () => (fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : []);

const files = {
    'a.py': '"é🚀"\ndef «alpha»alpha(): "🚀"\n',
    'b.py': '"é🚀"\nfrom a import alpha\nbeta = «use»alpha()\n',
};

/** Runs `body` with a workspace that a session has read as a whole; `first` is what that session does then. */
function cached(name, body, first = async () => {}, options = {}) {
    test(name, async () => {
        const workspace = new Workspace(options.files ?? files);
        try {
            fs.rmSync(folder, { recursive: true, force: true });
            await withSession({ ...options, workspace }, async (s) => {
                await s.indexed();
                await first(s);
            });
            await body(workspace);
        } finally {
            workspace.remove();
        }
    });
}

const has = async (s, name) => (await s.names(name)).includes(name);
const reads = (s) => s.has('window/workDoneProgress/create');

cached('the first answers come from the cache', async (workspace) => {
    assert.equal(caches().length, 1);
    await withSession({ workspace }, async (s) => {
        assert.deepEqual(await s.names('alpha'), ['alpha']);
        const definition = await s.request('textDocument/definition', s.at('b.py', 'use'));
        assert.deepEqual([definition].flat()[0].uri ?? [definition].flat()[0].targetUri, s.uri('a.py'));
        assert.ok(!reads(s));
    });
});

cached('files that changed in between are read before the first answer', async (workspace) => {
    workspace.write('a.py', '"é🚀"\nomega = 1\n');
    workspace.delete('b.py');
    await withSession({ workspace }, async (s) => {
        assert.ok((await has(s, 'omega')) && !(await has(s, 'alpha')) && !(await has(s, 'beta')));
        assert.ok(!reads(s));
    });
});

cached('new files are found a little later', async (workspace) => {
    workspace.write('é🚀/new.py', '"é🚀"\nomega = 1\n');
    await withSession({ workspace }, async (s) => {
        while (!(await has(s, 'omega')));
        assert.ok(await has(s, 'alpha'));
    });
});

cached('new files are found at once where a question needs them', async (workspace) => {
    workspace.write('main.py', '"é🚀"; from é.«module»new import omega\n«omega»omega\n');
    workspace.write('é/new.py', '"é🚀"\nomega = 1\n');
    await withSession({ workspace }, async (s) => {
        s.open('main.py');
        const definition = await s.request('textDocument/definition', s.at('main.py', 'omega'));
        assert.deepEqual([definition].flat().map((it) => it.uri ?? it.targetUri), [s.uri('é/new.py')]);
        assert.ok(!reads(s));
    });
});

cached('what was never saved is not in the cache', async (workspace) => {
    await withSession({ workspace }, async (s) => {
        assert.ok((await has(s, 'alpha')) && !(await has(s, 'unsaved')));
    });
}, async (s) => {
    s.open('a.py', '"é🚀"\nunsaved = 1\n');
    s.open('new.py', '"é🚀"\nunsaved = 2\n');
    assert.deepEqual(await s.names('unsaved'), ['unsaved', 'unsaved']);
});

cached('an open document hides what came from the cache', async (workspace) => {
    await withSession({ workspace }, async (s) => {
        s.open('a.py', '"é🚀"\nomega = 1\n');
        assert.ok((await has(s, 'omega')) && !(await has(s, 'alpha')));
        s.close('a.py');
        assert.ok(!(await has(s, 'omega')) && (await has(s, 'alpha')));
    });
});

const project = { ...files, 'pyproject.toml': '' };

cached('so does one that made its project a root', async (workspace) => {
    await withSession({ workspace, roots: [] }, async (s) => {
        s.open('a.py', '"é🚀"\nomega = 1\n');
        assert.ok((await has(s, 'omega')) && !(await has(s, 'alpha')) && (await has(s, 'beta')));
        s.close('a.py');
        assert.ok(!(await has(s, 'omega')) && (await has(s, 'alpha')));
        assert.ok(!reads(s));
    });
}, undefined, { files: project });

cached('a damaged cache is thrown away, and all files are read', async (workspace) => {
    const [file] = caches();
    const bytes = fs.readFileSync(file);
    bytes[40] ^= 1; // of the first file
    fs.writeFileSync(file, bytes);
    await withSession({ workspace }, async (s) => {
        while (!reads(s)) await s.names('alpha');
        await s.indexed();
        assert.ok((await has(s, 'alpha')) && (await has(s, 'beta')));
        assert.match(s.server.stderr, /a cache is damaged: all files are read again/);
        s.server.stderr = '';
    });
    await withSession({ workspace }, async (s) => {
        assert.ok((await has(s, 'alpha')) && (await has(s, 'beta')));
        assert.ok(!reads(s));
    });
});

cached('a cache cut short is as none', async (workspace) => {
    fs.truncateSync(caches()[0], 1000);
    await withSession({ workspace }, async (s) => {
        await s.indexed();
        assert.ok(await has(s, 'alpha'));
    });
});

cached('two servers on one root', async (workspace) => {
    await withSession({ workspace }, async (one) => {
        await withSession({ workspace }, async (two) => {
            workspace.write('a.py', '"é🚀"\nomega = 1\n');
            for (const s of [one, two]) s.filesChanged(['changed', 'a.py']);
            assert.ok((await has(one, 'omega')) && (await has(two, 'omega')));
        });
        assert.equal(caches().length, 1);
        assert.ok((await has(one, 'omega')) && (await has(one, 'beta')));
    });
    await withSession({ workspace }, async (s) => assert.ok((await has(s, 'omega')) && !reads(s)));
});

const twoRoots = { 'é one/a.py': '"é🚀"\nalpha = 1\n', '🚀 two/b.py': '"é🚀"\nbeta = 1\n' };

cached('each root has its own cache', async (workspace) => {
    assert.equal(caches().length, 2);
    await withSession({ workspace, roots: ['🚀 two'] }, async (s) => {
        assert.ok(!(await has(s, 'alpha')) && (await has(s, 'beta')) && !reads(s));
    });
    await withSession({ workspace, roots: ['é one', '🚀 two'] }, async (s) => {
        assert.ok((await has(s, 'alpha')) && (await has(s, 'beta')) && !reads(s));
    });
}, (s) => s.indexed(), { files: twoRoots, roots: ['é one', '🚀 two'] });

for (const [name, options] of [
    ['the option --no-cache', { process: { args: ['--no-cache'] } }],
    ['the setting cache.maxBytes', { options: { 'cache.maxBytes': 0 } }],
]) {
    cached(`${name} leaves caches alone`, () => assert.deepEqual(caches(), []), undefined, options);
}

cached('a cache folder that cannot be one is told of, and no more', async (workspace) => {
    workspace.write('file', '');
    const process = { env: { XDG_CACHE_HOME: workspace.path('file') } };
    let server;
    await withSession({ workspace, process }, async (s) => {
        server = s.server;
        await s.indexed();
        assert.ok(await has(s, 'alpha'));
    });
    assert.match(server.stderr, /no cache is written, so the next start will read all files: .*Not a directory/);
});
