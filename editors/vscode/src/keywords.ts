// The view "Keyword Index": letters, below them the names that own code defines, below those their places.
import * as vscode from 'vscode';
import type { LanguageClient, SymbolInformation } from 'vscode-languageclient/node';

interface Letter {
  letter: string;
  names: string[];
}
interface Keyword {
  name: string;
}
interface Place {
  place: SymbolInformation;
}
type Node = Letter | Keyword | Place;

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const expandedUpTo = 100;
const byName = new Intl.Collator('en', { sensitivity: 'base' });
const icons: Record<number, string> = { 5: 'class', 6: 'method', 8: 'field', 12: 'function', 13: 'variable' };

function letterOf(name: string): string {
  const [first = '_'] = name.replace(/^_+/, '').normalize('NFD');
  return first.toUpperCase();
}

/** The names by their first letters, underscores aside. */
function byLetter(names: string[]): Letter[] {
  const letters = new Map<string, string[]>();
  for (const name of names) {
    const letter = letterOf(name);
    const listed = letters.get(letter);
    if (listed) listed.push(name);
    else letters.set(letter, [name]);
  }
  return [...letters].map(([letter, listed]) => ({ letter, names: listed })).sort((a, b) => byName.compare(a.letter, b.letter));
}

function placeItem({ name, kind, location, containerName }: SymbolInformation): vscode.TreeItem {
  const uri = vscode.Uri.parse(location.uri);
  const { line, character } = location.range.start;
  const item = new vscode.TreeItem(containerName ?? name, None);
  item.description = `${vscode.workspace.asRelativePath(uri)}:${line + 1}`;
  item.tooltip = `${containerName ? `${containerName}.` : ''}${name}`;
  item.iconPath = new vscode.ThemeIcon(`symbol-${icons[kind] ?? 'misc'}`);
  const selection = new vscode.Range(line, character, line, character + name.length);
  item.command = { title: 'Open', command: 'vscode.open', arguments: [uri, { selection }] };
  return item;
}

export class KeywordIndex implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view = vscode.window.createTreeView<Node>('headword.keywords', { treeDataProvider: this, showCollapseAll: true });
  private client: LanguageClient | undefined;
  private names: string[] = [];
  private filter = '';

  get count(): number {
    return this.names.length;
  }

  /** Asks the server anew; what went wrong leaves the view empty. */
  async reload(client: LanguageClient | undefined): Promise<void> {
    this.client = client;
    this.names = (await client?.sendRequest<string[]>('headword/keywords', {}).catch(() => [])) ?? [];
    this.changed.fire();
  }

  setFilter(filter: string): void {
    this.filter = filter.toLowerCase();
    this.view.description = filter && `containing “${filter}”`;
    void vscode.commands.executeCommand('setContext', 'headword.filtered', filter !== '');
    this.changed.fire();
  }

  async askForFilter(): Promise<void> {
    const filter = await vscode.window.showInputBox({ prompt: 'Show keywords that contain', value: this.filter });
    if (filter !== undefined) this.setFilter(filter);
  }

  private letters(): Letter[] {
    const shown = this.filter ? this.names.filter((name) => name.toLowerCase().includes(this.filter)) : this.names;
    this.view.message = this.filter && shown.length === 0 ? 'No keyword contains that.' : '';
    return byLetter(shown);
  }

  private async places(name: string): Promise<Place[]> {
    const found = await this.client?.sendRequest<SymbolInformation[]>('headword/places', { name });
    return (found ?? []).map((place) => ({ place }));
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return this.letters();
    if ('letter' in node) return node.names.sort(byName.compare).map((name) => ({ name }));
    return 'name' in node ? this.places(node.name) : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if ('place' in node) return placeItem(node.place);
    if ('name' in node) return new vscode.TreeItem(node.name, Collapsed);
    const open = this.filter && node.names.length <= expandedUpTo;
    const item = new vscode.TreeItem(node.letter, open ? Expanded : Collapsed);
    item.id = `${node.letter} ${this.filter}`;
    item.description = String(node.names.length);
    return item;
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }
}
