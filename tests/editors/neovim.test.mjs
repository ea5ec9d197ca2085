// A session in a real Neovim: neovim_session.lua says what happens in it. HEADWORD is the server's program,
// HEADWORD_NVIM another Neovim than the one on PATH; a recent one comes from Debian.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { recent } from './foreign.mjs';
import {
  comparePages, editorEnvironment, findProgram, makeWorkspace, reasonWithoutServer, reportBreaches, reportSteps, repository, run,
} from './harness.mjs';

async function session(t, nvim) {
  const { root, home, results } = makeWorkspace(t);
  const plugin = join(repository, 'editors/neovim').replaceAll(/[ ,\\]/g, '\\$&');
  const args = ['--headless', '-n', '-i', 'NONE', '-u', 'NORC', '--cmd', `set runtimepath^=${plugin}`];
  const script = join(repository, 'tests/editors/neovim_session.lua');
  const outcome = await run(nvim, [...args, '-c', 'luafile $SESSION', 'pkg/app.py'], {
    cwd: root,
    env: editorEnvironment(home, { RESULTS: results, SESSION: script, OTHER: join(repository, 'tests/editors/other.mjs') }),
  });
  const steps = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  await reportSteps(t, steps, outcome);
  await reportBreaches(t, home);
  await comparePages(t, root);
}

const onPath = process.env.HEADWORD_NVIM ?? findProgram('nvim');
const { program, reason } = process.env.HEADWORD ? await recent('Neovim') : {};
const timeout = 300_000;

test('Neovim', { skip: reasonWithoutServer || (!onPath && 'nvim is not on PATH'), timeout }, (t) => session(t, onPath));
test('a recent Neovim', { skip: reasonWithoutServer || reason, timeout }, (t) => session(t, program));
