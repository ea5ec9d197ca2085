// Generates the pages of a folder or of everything, as "headword pages" does in a terminal.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import * as vscode from 'vscode';

interface Outcome {
  status: number | null;
  said: string;
}

type Progress = vscode.Progress<{ message?: string; increment?: number }>;

/** Shows the lines that tell how far the program is. */
function tellProgress(stream: NodeJS.ReadableStream, progress: Progress): void {
  let shown = 0;
  createInterface(stream).on('line', (line) => {
    const [, message, percentage] = /^Writing pages: (.*\((\d+) %\).*)$/.exec(line) ?? [];
    if (message === undefined) return;
    progress.report({ message, increment: Number(percentage) - shown });
    shown = Number(percentage);
  });
}

/** Runs the program to its end, or until it is cancelled; pages are replaced whole, so that harms none. */
function runPages(program: string, args: string[], cwd: string, progress: Progress, token: vscode.CancellationToken): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['pages', '--progress', ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    tellProgress(child.stderr, progress);
    token.onCancellationRequested(() => child.kill());
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, said: said.trim() }));
  });
}

/** What runs the program: where it is, and what the user has set. */
export interface Program {
  path: string | undefined;
  settings: (scope: vscode.Uri) => Record<string, unknown>;
}

function argumentsFor({ settings }: Program, folder: vscode.WorkspaceFolder, below?: vscode.Uri): string[] {
  const set = Object.entries(settings(folder.uri)).map(([key, value]) => `--set=${key}=${String(value)}`);
  const whole = !below || below.fsPath === folder.uri.fsPath;
  return ['--root', folder.uri.fsPath, ...set, ...(whole ? [] : ['--', below.fsPath])];
}

async function tell(name: string, { status, said }: Outcome, cancelled: boolean): Promise<void> {
  const last = said.split('\n').at(-1) ?? '';
  if (cancelled) void vscode.window.showInformationMessage(`Headword: the pages of ${name} were cancelled; those written stay.`);
  else if (status === 0) void vscode.window.showInformationMessage(`Headword, pages of ${name}: ${last}`);
  else void vscode.window.showErrorMessage(`Headword could not write all pages of ${name}: ${last}`);
}

async function generate(program: Program, folder: vscode.WorkspaceFolder, below?: vscode.Uri): Promise<void> {
  const { path } = program;
  if (!path) {
    void vscode.window.showErrorMessage('Headword: the server was not found.');
    return;
  }
  const name = below ? vscode.workspace.asRelativePath(below) : folder.name;
  const options = { location: vscode.ProgressLocation.Notification, title: `Doc pages of ${name}`, cancellable: true };
  await vscode.window.withProgress(options, async (progress, token) => {
    const outcome = await runPages(path, argumentsFor(program, folder, below), folder.uri.fsPath, progress, token);
    await tell(name, outcome, token.isCancellationRequested);
  });
}

/** Generates the pages of all files below a folder, the active editor's by default. */
export async function generateBelow(program: Program, uri?: vscode.Uri): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const below = uri ?? (active && vscode.Uri.joinPath(active, '..'));
  const folder = below && vscode.workspace.getWorkspaceFolder(below);
  if (folder) await generate(program, folder, below);
  else void vscode.window.showInformationMessage('Open a folder, and a file in it, to generate pages.');
}

/** Generates all pages of all folders that are open. */
export async function generateWorkspace(program: Program): Promise<void> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) await generate(program, folder);
}
