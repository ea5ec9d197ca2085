// Starts the language server; what it offers by protocol comes by protocol.
import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

import { generatePage, showAfterwards } from './page';
import { openReferences, showReferences } from './references';
import { findServer } from './server';
import { userSettings } from './settings';

let client: LanguageClient | undefined;

function clientOptions({ extension }: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: 'file', language: 'python' },
      { scheme: 'untitled', language: 'python' },
      { scheme: 'file', language: 'markdown' },
    ],
    outputChannel: log,
    middleware: {
      resolveCodeAction: async (action, token, next) => {
        const resolved = await next(action, token);
        return resolved ? showAfterwards(resolved) : resolved;
      },
      resolveCodeLens: async (lens, token, next) => {
        const resolved = await next(lens, token);
        return resolved ? openReferences(resolved) : resolved;
      },
      workspace: {
        configuration: ({ items }) =>
          items.map(({ scopeUri }) => userSettings(extension, scopeUri ? vscode.Uri.parse(scopeUri) : undefined)),
      },
    },
  };
}

async function sayThatServerIsMissing(): Promise<void> {
  const set = 'Set its path';
  const chosen = await vscode.window.showErrorMessage(
    'Headword: the server was not found. Install `headword` on the PATH, or say where it is.', set);
  if (chosen === set) await vscode.commands.executeCommand('workbench.action.openSettings', 'headword.server.path');
}

async function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<void> {
  const command = findServer(context);
  if (!command) {
    void sayThatServerIsMissing();
    return;
  }
  const server: ServerOptions = { command, args: ['lsp'] };
  client = new LanguageClient('headword', 'Headword', server, clientOptions(context, log));
  await client.start();
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  await stopped?.dispose();
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Headword', { log: true });
  const restart = async (): Promise<void> => {
    await stop();
    await start(context, log);
  };
  const register = (id: string, run: (uri?: vscode.Uri) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`headword.editor.${id}`, run));
  };
  register('generatePage', (uri) => generatePage('source.headword.page', uri));
  register('generateKeywords', (uri) => generatePage('source.headword.keywords', uri));
  register('restartServer', restart);
  context.subscriptions.push(vscode.commands.registerCommand('headword.editor.showReferences', showReferences));
  register('showLog', () => log.show());
  context.subscriptions.push(log, vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('headword.server.path')) void restart();
  }));
  await start(context, log);
}

export function deactivate(): Promise<void> {
  return stop();
}
