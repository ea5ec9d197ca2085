// The pages of a file: generated through the server's code actions, opened, and previewed.
import * as vscode from 'vscode';

/** The code action of a kind, with its edit. */
async function findAction(document: vscode.TextDocument, kind: string): Promise<vscode.CodeAction | undefined> {
  const start = new vscode.Range(0, 0, 0, 0);
  const found = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider', document.uri, start, kind, 1);
  return found.find((action) => action.kind?.value === kind);
}

function pagesOf(action: vscode.CodeAction): vscode.Uri[] {
  return action.edit?.entries().map(([page]) => page) ?? [];
}

/** Has VS Code show the page that an action made once it is there; the protocol's edits cannot ask for it. */
export function showAfterwards(action: vscode.CodeAction): vscode.CodeAction {
  const [page] = pagesOf(action);
  if (page && !action.command) action.command = { title: 'Show the page', command: 'vscode.open', arguments: [page] };
  return action;
}

async function saveAndShow(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await document.save();
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** Generates, saves and shows the page that code actions of `kind` make for a file, the active editor's by default. */
export async function generatePage(kind: string, uri = vscode.window.activeTextEditor?.document.uri): Promise<void> {
  if (!uri) {
    void vscode.window.showInformationMessage('Open a Python file to generate its page.');
    return;
  }
  const action = await findAction(await vscode.workspace.openTextDocument(uri), kind);
  if (!action) {
    void vscode.window.showWarningMessage('No page belongs to this file.');
    return;
  }
  const pages = pagesOf(action);
  if (!action.edit || pages.length === 0) {
    void vscode.window.showInformationMessage('The page is up to date.');
    return;
  }
  await vscode.workspace.applyEdit(action.edit);
  for (const page of pages) await saveAndShow(page);
}

/** Pages that are not written; the server gives their text. */
export const previewScheme = 'headword';

export async function showPreview(uri: vscode.Uri): Promise<boolean> {
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  return true;
}

/** Shows the page of a file beside it, following what is typed. */
export async function previewPage(uri = vscode.window.activeTextEditor?.document.uri): Promise<void> {
  if (uri) await showPreview(uri.with({ scheme: previewScheme, path: `${uri.path}_docs.md` }));
  else void vscode.window.showInformationMessage('Open a Python file to preview its page.');
}

/** Opens the doc page that was written of a file. */
export async function openPage(uri = vscode.window.activeTextEditor?.document.uri): Promise<void> {
  if (uri) await vscode.commands.executeCommand('headword.openPage', uri.toString());
  else void vscode.window.showInformationMessage('Open a Python file to open its page.');
}
