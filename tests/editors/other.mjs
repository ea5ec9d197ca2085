#!/usr/bin/env node
// Another language server for Python, which knows the same hovers and completions for every place.
import { Frames, frame } from '../lsp/frames.mjs';

const results = {
  'initialize': { capabilities: { hoverProvider: true, completionProvider: {}, textDocumentSync: 1 } },
  'textDocument/hover': { contents: { kind: 'markdown', value: 'The other server says é🚀.' } },
  'textDocument/completion': [{ label: 'greet_politely', kind: 3 }],
};

const frames = new Frames(({ id, method }) => {
  if (id !== undefined) process.stdout.write(frame({ jsonrpc: '2.0', id, result: results[method] ?? null }));
  if (method === 'exit') process.exit();
});
process.stdin.on('data', (bytes) => frames.arrive(bytes));
process.stdin.on('end', () => process.exit());
