// What the editors' sessions share: a Python workspace, an environment without the user's own settings, a bounded run.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export const reasonWithoutServer = !process.env.HEADWORD && 'HEADWORD names no program';

const sources = {
  'pyproject.toml': '[project]\nname = "café"\n',
  'pkg/__init__.py': '"""Greets."""\n',
  'pkg/lone/lone.py': '"""é🚀"""\n', // in a folder that has no pages yet
  'pkg/softly.py': `"""Hushes é and 🚀."""


class Hush:
    """Hushes in one way."""

    def hush(self):
        """Hush."""


class Softly(Hush):
    def hush(self):
        return "é🚀"


é = "🚀"; softly = Softly()
softly.hush()
`,
  'pkg/greeting.py': `"""Greetings with é and 🚀."""

ACCENT = "é"; ROCKET = "🚀"


class Greeter:
    """Greets in one way."""

    def greet_loudly(self, name: str) -> str:
        """Greet at the top of one's voice."""
        return greet_politely(name, "🚀").upper()


def greet_politely(name: str, mark: str = "🚀") -> str:
    """Greet someone and add a mark.

    Args:
        name: Who is greeted.
        mark: What follows.
    """
    return f"{ACCENT}{name}{mark}"
`,
  'pkg/app.py': `"""Says é and 🚀."""

from pkg.greeting import Greeter, greet_politely

print("é🚀", greet_politely("you"), Greeter().greet_loudly("é"))
`,
};

/** The absolute path of a program on PATH, or undefined. */
export function findProgram(name) {
  const candidates = process.env.PATH.split(delimiter).map((folder) => join(folder, name));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const endings = new WeakMap();

/** Has something done after a test, before what was to be done after it already: programs end before their folders. */
export function afterwards(t, act) {
  if (endings.has(t)) {
    endings.get(t).unshift(act);
    return;
  }
  const acts = [act];
  endings.set(t, acts);
  t.after(async () => {
    for (const each of acts) await each();
  });
}

/** Removes a folder that programs which are about to end may still write to. */
async function removeFolder(folder) {
  for (let tries = 0; ; tries++) {
    try {
      return rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (tries === 100) throw error;
      await pause(100);
    }
  }
}

/** A temporary folder that goes with the test. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), 'headword '));
  afterwards(t, () => removeFolder(folder));
  return folder;
}

/** A Python workspace in a temporary folder, and a home beside it. */
export function makeWorkspace(t, name = 'é 🚀') {
  const folder = temporaryFolder(t);
  const root = join(folder, name);
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, home: join(folder, 'home'), results: join(folder, 'results') };
}

/** What stands in the server's place, and its report. */
export const tap = join(repository, 'tests/editors/tap.mjs');
const breachesOf = (home) => join(dirname(home), 'breaches');

/** The variables of an editor that must neither read nor write the user's own settings. */
export function isolatedEnvironment(home, more = {}) {
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', TERM: 'dumb', HOME: home };
  for (const name of ['CONFIG', 'DATA', 'STATE', 'CACHE']) {
    env[`XDG_${name}_HOME`] = join(home, name.toLowerCase());
    mkdirSync(env[`XDG_${name}_HOME`], { recursive: true });
  }
  return { ...env, ...more };
}

/** The same for an editor whose server, `SERVER`, is watched by tap.mjs; `HEADWORD` is the program itself. */
export function editorEnvironment(home, more = {}) {
  const watched = { HEADWORD: process.env.HEADWORD, SERVER: tap, HEADWORD_TAP: breachesOf(home) };
  return isolatedEnvironment(home, { ...watched, ...more });
}

/** Nothing that the server said in an editor is against the protocol, or more than the editor announced. */
export async function reportBreaches(t, home) {
  await t.test('the server keeps to the protocol and to what the editor announced', () =>
    assert.equal(readFileSync(breachesOf(home), 'utf8'), ''));
}

/** Runs a program to its end, or kills it after `timeout` milliseconds. */
export function run(program, args, { timeout = 240_000, ...options } = {}) {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout, killSignal: 'SIGKILL', ...options }, (error, stdout, stderr) => {
      const status = child.exitCode ?? `${child.signalCode ?? error.code} after at most ${timeout / 1000} s`;
      resolve({ status, output: stdout + stderr });
    });
    child.stdin?.end();
  });
}

/** Reports each step of a session as a test of its own. */
export async function reportSteps(t, steps, { status, output }) {
  for (const { name, ok, message } of steps) {
    await t.test(name, () => assert.ok(ok, message));
  }
  assert.ok(steps.length > 0, `no step was run; status ${status}\n${output}`);
  assert.equal(status, 0, output);
}

function readPages(root) {
  const folder = join(root, 'docs/headword/pkg');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The pages that an editor saved are, byte for byte, those that `headword pages` writes. */
export async function comparePages(t, root) {
  await t.test('the pages saved are those of "headword pages"', async () => {
    const saved = readPages(root);
    rmSync(join(root, 'docs'), { recursive: true });
    const { status, output } = await run(process.env.HEADWORD, ['pages', '--root', root], { cwd: root });
    assert.equal(status, 0, output);
    const written = readPages(root);
    for (const [name, text] of Object.entries(saved)) assert.equal(text, written[name], name);
    assert.ok(Object.keys(saved).length >= 3);
  });
}
