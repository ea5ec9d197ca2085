// A terminal that is typed into, and whose screen is read: tmux, with a server of its own.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterwards, findProgram, temporaryFolder } from './harness.mjs';

const tmux = findProgram('tmux');
const patience = 60_000;

export const reasonWithoutTerminal = !tmux && 'tmux is not on PATH';

export class Terminal {
  /** Runs a command in a terminal of its own, until the test is over. */
  constructor(t, command, { cwd, env }) {
    this.socket = join(temporaryFolder(t), 'tmux');
    const variables = Object.entries({ ...env, TERM: 'screen-256color' }).map(([name, value]) => `${name}=${value}`);
    this.options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd, env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } };
    this.ask('-f', '/dev/null', 'new-session', '-d', '-x', '120', '-y', '40', 'env', ...variables, ...command);
    afterwards(t, () => this.runs() && this.ask('kill-server'));
  }

  ask(...words) {
    return execFileSync(tmux, ['-u', '-S', this.socket, ...words], this.options);
  }

  /** Types text as it is. */
  type(text) {
    this.ask('send-keys', '-l', '--', text);
  }

  /** Presses keys by tmux's names. */
  press(...keys) {
    this.ask('send-keys', '--', ...keys);
  }

  runs() {
    try {
      return this.ask('list-sessions') !== '';
    } catch {
      return false;
    }
  }

  /** Waits until the command has ended. */
  async ends() {
    for (const end = Date.now() + patience; this.runs();) {
      if (Date.now() > end) throw new Error(`it does not end:\n${this.ask('capture-pane', '-p')}`);
      await pause(50);
    }
  }

  /** The screen, once it shows something. */
  async shows(pattern) {
    for (const end = Date.now() + patience; ;) {
      const screen = this.ask('capture-pane', '-p');
      if (pattern.test(screen)) return screen;
      if (Date.now() > end) throw new Error(`the screen never showed ${pattern}:\n${screen}`);
      await pause(50);
    }
  }
}
