// Sessions in the real VS Code: one through its API, inside the extension host; one driven as a person would.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { comparePages, makeWorkspace, reportSteps, repository, run } from './harness.mjs';
import { outputOf, reasonWithoutVscode, runInHost, startVscode } from './vscode_rig.mjs';

const extension = join(repository, 'editors/vscode');
const skip = process.env.HEADWORD ? await reasonWithoutVscode() : 'HEADWORD names no program';

async function bundle() {
  const { status, output } = await run(process.execPath, ['bundle.mjs'], { cwd: extension });
  assert.equal(status, 0, output);
}

test('VS Code, by its API', { skip, timeout: 180_000 }, async (t) => {
  const { root, home, results } = makeWorkspace(t);
  await bundle();
  const vscode = await startVscode(t, home, {
    env: { HEADWORD_STEPS: results },
    settings: { 'headword.server.path': process.env.HEADWORD },
  });
  const outcome = await runInHost(vscode, extension, join(repository, 'tests/editors/vscode_session.cjs'), root);
  await reportSteps(t, existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : [], outcome);
  await t.test('the output channel shows no error', () => {
    const said = outputOf(vscode.data, 'Headword');
    assert.match(said, /started again/);
    assert.doesNotMatch(said.replace(/.*(started again|SIGKILL|Connection to server).*/g, ''), /\[error\]/);
  });
  await comparePages(t, root);
});
