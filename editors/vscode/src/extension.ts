// Starts the language server; what it offers by protocol comes by protocol.
import * as vscode from 'vscode';
import { CloseAction, LanguageClient, State, type ErrorHandler, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';

import { generateBelow, generateWorkspace, type Program } from './batch';
import { KeywordIndex } from './keywords';
import { generatePage, openPage, previewPage, previewScheme, showAfterwards, showPreview } from './page';
import { openReferences, showReferences } from './references';
import { findServer } from './server';
import { userSettings } from './settings';
import { Status } from './status';

let client: LanguageClient | undefined;

interface Parts {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  status: Status;
  keywords: KeywordIndex;
}

async function refresh({ status, keywords }: Parts): Promise<void> {
  await keywords.reload(client);
  status.showCount(keywords.count);
}

function clientOptions(parts: Parts): LanguageClientOptions {
  return {
    documentSelector: [
      { scheme: 'file', language: 'python' },
      { scheme: 'untitled', language: 'python' },
      { scheme: 'file', language: 'markdown' },
    ],
    outputChannel: parts.log,
    middleware: {
      handleWorkDoneProgress: (token, value, next) => {
        next(token, value);
        if (parts.status.showProgress(value)) void refresh(parts);
      },
      resolveCodeAction: async (action, token, next) => {
        const resolved = await next(action, token);
        return resolved ? showAfterwards(resolved) : resolved;
      },
      resolveCodeLens: async (lens, token, next) => {
        const resolved = await next(lens, token);
        return resolved ? openReferences(resolved) : resolved;
      },
      window: {
        showDocument: async (params, token, next) => {
          const uri = vscode.Uri.parse(params.uri);
          return uri.scheme === previewScheme ? { success: await showPreview(uri) } : next(params, token);
        },
      },
      workspace: {
        configuration: ({ items }) =>
          items.map(({ scopeUri }) => userSettings(parts.context.extension, scopeUri ? vscode.Uri.parse(scopeUri) : undefined)),
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

/** As the client library does it, but saying what happened in words of ours. */
function sayThatItRestarts(created: LanguageClient): ErrorHandler {
  const usual = created.createDefaultErrorHandler();
  const message = 'Headword: the server ended unexpectedly and is started again.';
  return {
    error: (error, of, count) => usual.error(error, of, count),
    closed: async () => {
      const outcome = await usual.closed();
      // The library says it in the log only.
      if (outcome.action === CloseAction.Restart) void vscode.window.showWarningMessage(message);
      return { message, ...outcome };
    },
  };
}

async function start(parts: Parts): Promise<void> {
  const command = findServer(parts.context);
  if (!command) {
    parts.status.showStopped('The server was not found');
    void sayThatServerIsMissing();
    return;
  }
  const server: ServerOptions = { command, args: ['lsp'] };
  const created = new LanguageClient('headword', 'Headword', server, clientOptions(parts));
  created.clientOptions.errorHandler = sayThatItRestarts(created);
  created.onDidChangeState(({ newState }) => {
    parts.status.showState(newState);
    if (newState === State.Running) void refresh(parts);
  });
  client = created;
  await created.start().catch(() => parts.status.showStopped('The server could not be started')); // the library says why
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  await stopped?.dispose().catch(() => undefined); // one that is not running throws
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('Headword', { log: true });
  const parts: Parts = { context, log, status: new Status(), keywords: new KeywordIndex() };
  const restart = async (): Promise<void> => {
    await stop();
    await start(parts);
  };
  const program = (): Program => ({ path: findServer(context), settings: (scope) => userSettings(context.extension, scope) });
  const register = (id: string, run: (uri?: vscode.Uri) => unknown): void => {
    context.subscriptions.push(vscode.commands.registerCommand(`headword.editor.${id}`, run));
  };
  register('generatePage', (uri) => generatePage('source.headword.page', uri));
  register('generateKeywords', (uri) => generatePage('source.headword.keywords', uri));
  register('generateFolder', (uri) => generateBelow(program(), uri));
  register('generateWorkspace', () => generateWorkspace(program()));
  register('previewPage', previewPage);
  register('openPage', openPage);
  register('showKeywords', () => vscode.commands.executeCommand('headword.keywords.focus'));
  register('filterKeywords', () => parts.keywords.askForFilter());
  register('clearFilter', () => parts.keywords.setFilter(''));
  register('refreshKeywords', () => refresh(parts));
  register('restartServer', restart);
  register('showLog', () => log.show());
  context.subscriptions.push(
    log,
    parts.status,
    parts.keywords,
    vscode.commands.registerCommand('headword.editor.showReferences', showReferences),
    vscode.workspace.onDidSaveTextDocument(({ languageId }) => {
      if (languageId === 'python') void refresh(parts);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('headword.server.path')) void restart();
    }));
  await start(parts);
}

export function deactivate(): Promise<void> {
  return stop();
}
