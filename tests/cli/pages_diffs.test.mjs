// Small edits make small diffs: of a body, that file's two pages and what is true of the definitions that it uses.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const sample = path.join(path.dirname(fileURLToPath(import.meta.url)), '../sample');
const both = (name) => [`${name}_docs.md`, `${name}_kw.md`];

const files = {
    'é/a.py': '"""Counts é 🚀."""\n\ndef one():\n    """One."""\n    return 1\n\ndef two():\n    """Two."""\n    return 2\n',
    'é/b.py': '"""Uses é 🚀."""\nfrom é.a import one\n\ndef use():\n    """Use."""\n    return one()\n',
    'README.md': '# é 🚀\n\n`é.b.use`\n',
};

test('the body of one function', async () => {
    const workspace = new Workspace(files);
    fs.cpSync(sample, workspace.path('sample'), { recursive: true });
    const pages = () => new Map(workspace.list('docs').map((name) => [name.slice('docs/headword/'.length), workspace.read(name)]));
    const edit = async (name, from, to) => {
        const before = pages(), text = workspace.read(name);
        assert.ok(text.includes(from), from);
        workspace.write(name, text.replace(from, to));
        const { status, stderr } = await run(['pages', '--root', workspace.root]);
        assert.equal(status, 0, stderr);
        return [...pages()].filter(([page, bytes]) => before.get(page) !== bytes).map(([page]) => page).sort();
    };
    try {
        await run(['pages', '--root', workspace.root]);
        assert.deepEqual(await edit('é/b.py', 'return one()', 'print("é 🚀")\n    return one()'), both('é/b.py'));
        assert.deepEqual(await edit('é/a.py', 'return 1\n', 'x = "é 🚀"\n    return 1\n'), both('é/a.py'));
        assert.deepEqual(await edit('sample/orchard/harvest.py', '    return ', '    é = "🚀"\n    return '), both('sample/orchard/harvest.py'));
        const used = await edit('é/b.py', 'return one()', 'return one() + one()');
        assert.deepEqual(used, both('é/b.py'), 'it used that before');
        const fewer = await edit('é/b.py', 'return one() + one()', 'return 3');
        assert.deepEqual(fewer.filter((page) => /_(docs|kw)\.md$/.test(page)), [...both('é/a.py'), ...both('é/b.py')]);
    } finally {
        workspace.remove();
    }
});
