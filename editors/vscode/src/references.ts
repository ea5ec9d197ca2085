// Makes the counts of references that stand above definitions open the list of them.
import * as vscode from 'vscode';

/** Has a click on a code lens of the server show what it counts. */
export function openReferences(lens: vscode.CodeLens): vscode.CodeLens {
  const { data } = lens as vscode.CodeLens & { data?: { uri?: string } };
  if (lens.command && data?.uri) {
    const place = [vscode.Uri.parse(data.uri), lens.range.start];
    lens.command = { ...lens.command, command: 'headword.editor.showReferences', arguments: place };
  }
  return lens;
}

/** Shows the references of the name at a place. */
export async function showReferences(uri: vscode.Uri, position: vscode.Position): Promise<void> {
  const found = await vscode.commands.executeCommand<vscode.Location[]>(
    'vscode.executeReferenceProvider', uri, position);
  await vscode.commands.executeCommand('editor.action.showReferences', uri, position, found);
}
