// headword environment: where libraries are found.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { parseLines, run } from './run.mjs';

const site = 'é🚀/lib/python3.12/site-packages';

/** Runs the command for a project of these files on a machine that has nothing else. */
async function environment(files, ...options) {
    const workspace = new Workspace(files);
    try {
        const env = { PATH: '', HOME: workspace.root, VIRTUAL_ENV: '', CONDA_PREFIX: '', PYTHONPATH: '' };
        const { status, stdout, stderr } = await run(['environment', '--root', workspace.root, ...options], { env });
        const relative = (text) => text.replaceAll(workspace.root, '.');
        return { status, stdout: relative(stdout), stderr: relative(stderr) };
    } finally {
        workspace.remove();
    }
}

const files = { 'é🚀/pyvenv.cfg': '', [`${site}/a.pth`]: '../../../../src\n', 'src/a.py': '' };

test('the environment, and its folders in their order', async () => {
    const wanted = `./é🚀 (found in the root)\n  ./${site}\n  ./src\n`;
    assert.deepEqual(await environment(files), { status: 0, stdout: wanted, stderr: '' });
});

test('--json: an object for each folder', async () => {
    const { stdout } = await environment(files, '--json');
    assert.deepEqual(parseLines(stdout), [{ path: `./${site}`, installed: true }, { path: './src', installed: false }]);
});

test('a setting that names no environment is said, and another one is looked for', async () => {
    const { status, stdout, stderr } = await environment({ ...files, '.headword.toml': 'python.environment = "gone"\n' });
    assert.equal(status, 0);
    assert.match(stdout, /found in the root/);
    assert.equal(stderr, 'headword: python.environment: gone is neither a virtual environment nor an interpreter; looking for another\n');
});

test('none: 1, and that is said', async () => {
    const wanted = { status: 1, stdout: '', stderr: "headword: no libraries but Python's own are found for .\n" };
    assert.deepEqual(await environment({ 'a.py': '' }), wanted);
    assert.equal((await run(['environment', path.sep, 'x'])).status, 2);
});
