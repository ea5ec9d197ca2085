// The status bar's item: how far reading is, then how many keywords there are.
import * as vscode from 'vscode';
import { State, type WorkDoneProgressBegin, type WorkDoneProgressEnd, type WorkDoneProgressReport } from 'vscode-languageclient/node';

type Value = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('headword.status', vscode.StatusBarAlignment.Right, 90);
  private files = '';

  constructor() {
    this.item.name = 'Headword';
    this.item.command = 'headword.editor.showKeywords';
    this.item.show();
  }

  private show(icon: string, text: string, tooltip: string): void {
    this.item.text = `$(${icon}) ${text}`;
    this.item.tooltip = tooltip;
    this.item.accessibilityInformation = { label: `Headword: ${tooltip}` };
  }

  /** True when the work is over. */
  showProgress(value: Value): boolean {
    if (value.kind === 'end') {
      this.files = value.message ?? '';
      return true;
    }
    this.show('sync~spin', `Headword ${value.percentage ?? 0}%`, `Reading files: ${value.message ?? ''}`);
    return false;
  }

  showCount(keywords: number): void {
    const count = `${keywords} ${keywords === 1 ? 'keyword' : 'keywords'}`;
    this.show('book', count, [`Headword: ${count}`, this.files].filter(Boolean).join(' in '));
  }

  showState(state: State): void {
    if (state === State.Starting) this.show('sync~spin', 'Headword', 'The server is starting');
    if (state === State.Stopped) this.showStopped('The server has stopped');
  }

  showStopped(why: string): void {
    this.show('error', 'Headword', why);
  }

  dispose(): void {
    this.item.dispose();
  }
}
