// Requests that come before the files were read: their answers are those that come afterwards, only sooner.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import protocol from 'vscode-languageserver-protocol/node';

import { ErrorCode, Session, failure } from './client.mjs';

const { CancellationTokenSource, ProgressType } = protocol;

/** A `git` that lists nothing, but only once it is told to; until then the server does not know what files there are. */
class Gate {
    constructor() {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'headword gate '));
        this.fifo = path.join(this.folder, 'gate');
        execFileSync('mkfifo', [this.fifo]);
        fs.writeFileSync(path.join(this.folder, 'git'), `#!/bin/sh\n[ -e "$GATE" ] && read -r _ <"$GATE"\nexit 1\n`, { mode: 0o755 });
        this.env = { PATH: `${this.folder}:${process.env.PATH}`, GATE: this.fifo };
    }

    async open() {
        if (!fs.existsSync(this.fifo)) return;
        const file = await fs.promises.open(this.fifo, 'w'); // when the server reads it
        fs.rmSync(this.fifo);
        await file.write('\n');
        await file.close();
    }

    remove() {
        fs.rmSync(this.folder, { recursive: true, force: true });
    }
}

const fillers = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`filler/f${i}.py`, `é${i} = "🚀"\n`]));

// What comes last by itself: tests come after sources.
const files = {
    '.git/HEAD': '', // so that git is asked
    ...fillers,
    'tests/pkg/__init__.py': '"é🚀"\nfrom .deep import *\nfrom .makers import make\n',
    'tests/pkg/deep/__init__.py': '"é🚀"\nfrom .inner import *\n',
    'tests/pkg/deep/inner.py': 'é = "🚀"; from ._impl import größe\n',
    'tests/pkg/deep/_impl.py': 'é = "🚀"\ndef «size»größe():\n    """Wie groß 🚀."""\n',
    'tests/pkg/makers.py': 'from .kinds import Maker\ndef make(): return Maker()\n',
    'tests/pkg/kinds.py': 'from .base import Base\nclass Maker(Base): "é🚀"\n',
    'tests/pkg/base.py': 'class Base:\n    é = "🚀"\n    def «run»run(self): "Läuft 🚀"\n',
    'tests/pkg/other.py': 'from pkg.base import Base\nclass Other(Base):\n    "é🚀"\n    def run(self): super().run()\n',
    'tests/pkg/many.py': 'def voll(): "é🚀"\n'.repeat(200),
    'tests/main.py': 'from pkg import *\né = "🚀"; «call»größe()\nfrom pkg import make\nmake().«method»run()\nx.«guess»run()\n',
};

function gated(name, body, given = {}) {
    test(name, async () => {
        const gate = new Gate();
        const session = new Session({ ...given, files: { ...files, ...given.files }, process: { env: gate.env } });
        try {
            await session.start();
            await body(session, gate);
            await gate.open();
            if (session.server.running) await session.stop();
            session.server.expectClean();
        } finally {
            const opened = gate.open();
            await session.destroy();
            await Promise.race([opened, new Promise(setImmediate)]);
            gate.remove();
        }
    });
}

const byText = (a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
const sorted = (result) => (Array.isArray(result) ? [...result].sort(byText) : result);

/** References are counted only once all files are read. */
const withoutCount = (card) => card.replace(/\n\n(At least )?\d+ references?\n$/, '\n');

const questions = {
    'a name': (s) => s.symbols('größe'),
    'a qualified name': (s) => s.symbols('Base.run'),
    'the definition behind wildcards': (s) => s.definition('tests/main.py', 'call'),
    'the definition behind a call': (s) => s.definition('tests/main.py', 'method'),
    'definitions that are guessed': (s) => s.definition('tests/main.py', 'guess'),
    'the card of a name': async (s) => withoutCount((await s.hover('tests/main.py', 'call')).contents.value),
    'references': (s) => s.request('textDocument/references', { ...s.at('tests/pkg/base.py', 'run'), context: { includeDeclaration: true } }),
    'implementations': (s) => s.request('textDocument/implementation', s.at('tests/pkg/base.py', 'run')),
    'who calls': async (s) => {
        const [item] = await s.request('textDocument/prepareCallHierarchy', s.at('tests/pkg/base.py', 'run'));
        return s.request('callHierarchy/incomingCalls', { item });
    },
    'highlights': (s) => s.request('textDocument/documentHighlight', s.at('tests/main.py', 'method')),
};

/** These depend on what is no own code too: whether `x` is a builtin. That is read beside the scan. */
const needBuiltins = ['definitions that are guessed', 'references', 'who calls', 'highlights'];

for (const [name, ask] of Object.entries(questions)) {
    gated(`asked early: ${name}`, async (s, gate) => {
        await s.open('tests/main.py');
        const asked = ask(s);
        await gate.open();
        const early = await asked;
        const ended = s.has('$/progress', ({ value }) => value.kind === 'end');
        assert.ok(!ended || needBuiltins.includes(name), 'before the end of the indexing');
        await s.indexed();
        const late = await ask(s);
        assert.ok(Array.isArray(late) ? late.length > 0 : late, 'there is an answer');
        assert.deepEqual(sorted(early), sorted(late));
    });
}

const written = {
    'a page': async (s) => (await s.request('codeAction/resolve', {
        title: 'é🚀', data: { command: 'headword.generatePage', uri: s.uri('tests/pkg/base.py') },
    })).edit.documentChanges.at(-1).edits[0].newText,
    'a preview': async (s) => (await s.request('workspace/textDocumentContent', {
        uri: s.uri('tests/pkg/base.py_docs.md').replace(/^file/, 'headword'),
    })).text,
};

for (const [name, ask] of Object.entries(written)) {
    gated(`asked early: ${name} can be had, and names who inherits`, async (s, gate) => {
        const asked = ask(s);
        await gate.open();
        assert.match(await asked, /pkg\.other\.Other/);
    });
}

for (const [name, [mark, card]] of Object.entries({ 'a builtin': ['builtin', /def len|len\(/], 'a module': ['module', /compress\(/], 'what it exports': ['chain', /def join|join\(/] })) {
    gated(`asked early: the card of ${name} of the standard library`, async (s, gate) => {
        await s.open('tests/library.py');
        const asked = s.hover('tests/library.py', mark);
        await gate.open();
        assert.match((await asked)?.contents.value ?? '', card);
    }, { files: { 'tests/library.py': 'é = "🚀"; import os, zlib\n«builtin»len(é); zlib.«module»compress(b""); os.path.«chain»join(é)\n' } });
}

gated('a file that is not open can be asked about before it is read', async (s, gate) => {
    const asked = s.definition('tests/main.py', 'method');
    await gate.open();
    assert.deepEqual((await asked).map(({ targetUri }) => targetUri), [s.uri('tests/pkg/base.py')]);
});

gated('pieces of an answer are not sent before it is known to be right', async (s, gate) => {
    const pieces = [];
    s.connection.onProgress(new ProgressType(), 'é🚀', (piece) => pieces.push(piece));
    const asked = s.request('workspace/symbol', { query: 'voll', partialResultToken: 'é🚀' });
    await gate.open();
    assert.deepEqual(await asked, []);
    assert.ok(pieces.length > 1);
    assert.equal(pieces.flat().length, 200);
});

gated('more places of a name than there is room for are not waited for', async (s, gate) => {
    const asked = s.symbols('oft');
    await gate.open();
    const early = await asked;
    await s.indexed();
    const late = await s.symbols('oft');
    assert.deepEqual([early.length, late.length], [10, 10]);
    assert.ok(early.every(({ name }) => name === 'oft'));
    assert.equal(late[0].location.uri, s.uri('zuletzt.py'), 'the best');
    assert.ok(!early.some(({ location }) => location.uri === s.uri('zuletzt.py')), 'was read last');
}, {
    options: { 'search.limit': 10 },
    files: {
        ...Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`often/f${i}.py`, 'oft = "é🚀"\n'])),
        'zuletzt.py': 'é = "🚀"\nclass oft: ...\n',
    },
});

gated('a request that waits is cancelled', async (s) => {
    const source = new CancellationTokenSource();
    const asked = failure(s.request('workspace/symbol', { query: 'größe' }, source.token));
    await s.documentSymbols('tests/main.py'); // does not wait: what came before it does
    source.cancel();
    assert.equal((await asked).code, ErrorCode.RequestCancelled);
});

gated('the end answers what waits', async (s, gate) => {
    const asked = failure(s.symbols('größe'));
    const stopped = s.request('shutdown');
    assert.equal((await asked).code, ErrorCode.RequestCancelled);
    await stopped;
    await s.notify('exit');
    await gate.open();
    await s.server.expectExit(0);
});

gated('a document that changes outdates what was asked about it, and nothing else', async (s, gate) => {
    await s.open('tests/main.py');
    const position = failure(s.definition('tests/main.py', 'call'));
    const name = s.symbols('später');
    await s.change('tests/main.py', 'def später(): "🚀"\n');
    await gate.open();
    assert.equal((await position).code, ErrorCode.ContentModified);
    assert.deepEqual((await name).map((symbol) => symbol.name), ['später']);
});

gated('wrong params are answered too', async (s, gate) => {
    const asked = failure(s.request('textDocument/hover', { textDocument: {} }));
    await gate.open();
    assert.equal((await asked).code, ErrorCode.InvalidParams);
});
