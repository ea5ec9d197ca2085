// What the user has set, for the server. Defaults are left out: they would hide what stands in pyproject.toml.
import * as vscode from 'vscode';

const ofTheEditor = new Set(['headword.server.path', 'headword.trace.server']);

interface Manifest {
  contributes: { configuration: { properties: Record<string, unknown> } };
}

function keys(extension: vscode.Extension<unknown>): string[] {
  const manifest = extension.packageJSON as Manifest;
  return Object.keys(manifest.contributes.configuration.properties).filter((key) => !ofTheEditor.has(key));
}

function isSet(configuration: vscode.WorkspaceConfiguration, key: string): boolean {
  const found = configuration.inspect(key);
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some((value) => value !== undefined);
}

/** The server's settings that have a value: {"pages.out": "docs"}. */
export function userSettings(extension: vscode.Extension<unknown>, scope?: vscode.Uri): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(undefined, scope);
  const set = keys(extension).filter((key) => isSet(configuration, key));
  return Object.fromEntries(set.map((key) => [key.slice('headword.'.length), configuration.get(key)]));
}
