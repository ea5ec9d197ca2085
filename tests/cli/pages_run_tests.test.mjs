// How tests are run stands on doc pages where the repository's own files say so.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { run } from './run.mjs';

const files = {
    'é/core.py': '"""Counts é 🚀."""\ndef one(): return 1\n',
    'é/test_core.py': 'from é.core import one\ndef test_one(): assert one() == 1\n',
    "é/it's 🚀/test_more.py": 'from é.core import one\ndef test_two(): assert one()\n',
    'é/conftest.py': '"""É 🚀."""\n',
};
const quoted = "'é/it'\\''s 🚀/test_more.py'";

const commands = (page) => [...page.matchAll(/^To run them: (.*), as (.*) configures it\.$/gm)].map(([, command, config]) => [command, /\[`(.*?)`\]/.exec(config)[1]]);

for (const [what, own, config, folder, ofCore] of [
    ['pytest.ini', { 'pytest.ini': '' }, 'pytest.ini', "`pytest 'é'`", `\`pytest 'é/test_core.py' ${quoted}\``],
    ['pyproject.toml', { 'pyproject.toml': '[tool.pytest.ini_options]\n' }, 'pyproject.toml', "`pytest 'é'`", `\`pytest 'é/test_core.py' ${quoted}\``],
    ['setup.cfg', { 'setup.cfg': '[metadata]\n\n[tool:pytest]\n' }, 'setup.cfg', "`pytest 'é'`", `\`pytest 'é/test_core.py' ${quoted}\``],
    ['manage.py', { 'manage.py': '' }, 'manage.py', "`python manage.py test 'é'`"],
    ['tox.ini', { 'tox.ini': '[tox]\nenvlist = py3\n[testenv]\n' }, 'tox.ini', '`tox`', '`tox`'],
    ['nothing', { 'pyproject.toml': '[tool.é]\nx = "[tool.pytest"\n', 'tox.ini': '# [pytest]\n' }],
]) {
    test(what, async () => {
        const workspace = new Workspace({ ...files, ...own });
        try {
            const page = (name) => workspace.read(`docs/headword/${name}`);
            const write = () => run(['pages', '--root', workspace.root]);
            assert.equal((await write()).status, 0);
            assert.deepEqual(commands(page('é/doc.md')), config ? [[folder, config]] : []);
            if (ofCore) assert.deepEqual(commands(page('é/core.py_docs.md')), [[ofCore, config]]);
            assert.deepEqual(commands(page('é/conftest.py_docs.md')), [], 'holds no test');
            assert.equal(commands(page('é/test_core.py_docs.md')).length, config ? 1 : 0);
            workspace.write('pytest.ini', '# é 🚀\n');
            assert.equal((await write()).status, 0);
            assert.deepEqual(commands(page('é/doc.md')), [["`pytest 'é'`", 'pytest.ini']], 'what was known is not believed');
        } finally {
            workspace.remove();
        }
    });
}
