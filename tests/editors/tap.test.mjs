// What stands between editors and the server finds what it is there to find.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Checker } from './tap.mjs';

const ask = (method, params = {}, id = 1) => ({ jsonrpc: '2.0', id, method, params });
const answer = (result, id = 1) => ({ jsonrpc: '2.0', id, result });
const hover = { contents: { kind: 'plaintext', value: 'é🚀' } };

/** What is said of a server's messages after the editor's. */
function breaches(editor, server) {
  const said = [];
  const checker = new Checker((breach) => said.push(breach.replace(/: \{.*/s, '')));
  checker.client(ask('initialize', { capabilities: { window: {} } }, 0));
  checker.server(answer({ capabilities: {} }, 0));
  for (const message of editor) checker.client(message);
  for (const message of server) checker.server(message);
  checker.end();
  return said;
}

const cases = [
  ['a good answer', [ask('textDocument/hover')], [answer(hover)], []],
  ['a member that is not the protocol\'s', [ask('textDocument/hover')], [answer({ ...hover, more: 1 })], ['textDocument/hover, a result that does not fit']],
  ['what was not announced', [ask('textDocument/hover')], [answer({ contents: { kind: 'markdown', value: '' } })], ['textDocument/hover, a hover as "markdown"']],
  ['two answers', [ask('textDocument/hover')], [answer(hover), answer(hover)], ['an answer to nothing']],
  ['neither result nor error', [ask('textDocument/hover')], [{ jsonrpc: '2.0', id: 1 }], ['not an answer']],
  ['no answer', [ask('textDocument/hover'), ask('shutdown', undefined, 2)], [answer(null, 2)], ['textDocument/hover, 1, was never answered']],
  ['a request of the editor\'s', [], [ask('textDocument/hover')], ['not the server\'s to send']],
  ['params of another shape', [], [{ jsonrpc: '2.0', method: 'window/logMessage', params: { type: 9, message: '' } }], ['params that do not fit']],
  ['progress that was not announced', [], [ask('window/workDoneProgress/create', { token: 1 })], ['a request that needs window.workDoneProgress']],
];

for (const [name, editor, server, wanted] of cases) {
  test(name, () => assert.deepEqual(breaches(editor, server), wanted));
}
