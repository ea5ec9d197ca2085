// Finds the server's program.
import * as fs from 'node:fs';
import * as path from 'node:path';

import * as vscode from 'vscode';

const program = process.platform === 'win32' ? 'headword.exe' : 'headword';

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.filter(Boolean).map((folder) => path.join(folder, program));
}

/** The configured program, else the one that came with the extension, else the one on the PATH. */
export function findServer(context: vscode.ExtensionContext): string | undefined {
  const configured = vscode.workspace.getConfiguration('headword').get<string>('server.path');
  if (configured) return isFile(configured) ? configured : undefined;
  const carried = context.asAbsolutePath(path.join('server', 'bin', program));
  return [carried, ...onPath()].find(isFile);
}
