// One session in a real Neovim: neovim_session.lua says what happens in it. HEADWORD is the server's program,
// HEADWORD_NVIM another Neovim than the one on PATH.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { comparePages, editorEnvironment, findProgram, makeWorkspace, reportBreaches, reportSteps, repository, run } from './harness.mjs';

const nvim = process.env.HEADWORD_NVIM ?? findProgram('nvim');
const skip = !nvim ? 'nvim is not on PATH' : !process.env.HEADWORD ? 'HEADWORD names no program' : false;

test('Neovim', { skip, timeout: 300_000 }, async (t) => {
  const { root, home, results } = makeWorkspace(t);
  const plugin = join(repository, 'editors/neovim').replaceAll(/[ ,\\]/g, '\\$&');
  const args = ['--headless', '-n', '-i', 'NONE', '-u', 'NORC', '--cmd', `set runtimepath^=${plugin}`];
  const session = join(repository, 'tests/editors/neovim_session.lua');
  const outcome = await run(nvim, [...args, '-c', 'luafile $SESSION', 'pkg/app.py'], {
    cwd: root,
    env: editorEnvironment(home, { RESULTS: results, SESSION: session }),
  });
  const steps = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  await reportSteps(t, steps, outcome);
  await reportBreaches(t, home);
  await comparePages(t, root);
});
