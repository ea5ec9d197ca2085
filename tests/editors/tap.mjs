#!/usr/bin/env node
// Stands in the server's place, whose program HEADWORD names: bytes pass as they are, and whatever the server says is
// held against the protocol and against what the editor announced. Each breach is a line in the file that HEADWORD_TAP
// names. Other subcommands than "lsp" are simply run.
import { spawn } from 'node:child_process';
import { appendFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { answerBreaches, messageBreaches, resolvedBreaches } from '../lsp/announced.mjs';
import { Frames } from '../lsp/frames.mjs';
import { fits, requests, served } from '../lsp/protocol.mjs';

const isOwn = (method) => method.startsWith('headword/');
const error = ['object', { 'code': 'integer', 'message': 'string', 'data?': 'any' }];
const envelopes = {
  answer: ['object', { jsonrpc: ['is', '2.0'], id: ['or', 'integer', 'string', 'null'], 'result?': 'any', 'error?': error }],
  message: ['object', { 'jsonrpc': ['is', '2.0'], 'id?': ['or', 'integer', 'string'], 'method': 'string', 'params?': 'any' }],
};

/** What an editor announces; the encoding of positions that its options ask for counts among it. */
function announced({ capabilities, initializationOptions }) {
  const encoding = initializationOptions?.positionEncoding;
  return encoding ? { ...capabilities, general: { ...capabilities.general, positionEncodings: [encoding] } } : capabilities;
}

/** Sees both sides of a session; `say` gets each breach. */
export class Checker {
  constructor(say) {
    this.say = say;
    this.asked = new Map(); // id -> the request, until it is answered
    this.capabilities = {};
    this.leaving = false; // the editor has sent "shutdown"
    this.ending = false; // and got its answer
  }

  /** What the editor sends. */
  client(message) {
    if (message.method === 'initialize') this.capabilities = announced(message.params);
    if (message.method !== undefined && message.id !== undefined) this.asked.set(message.id, { ...message, late: this.leaving });
    if (message.method === 'shutdown') this.leaving = true;
  }

  /** What the server sends. */
  server(message) {
    const breaches = message.method === undefined ? this.answered(message) : this.sent(message);
    for (const breach of breaches) this.say(`${breach}: ${JSON.stringify(message).slice(0, 2000)}`);
  }

  sent(message) {
    const known = served[message.method];
    if (!fits(message, envelopes.message, true)) return ['not a message'];
    if (!known) return ['not the server\'s to send'];
    if (!fits(message.params ?? null, known.params, true)) return ['params that do not fit'];
    return messageBreaches(message, this.capabilities);
  }

  answered(message) {
    const request = this.asked.get(message.id);
    this.asked.delete(message.id);
    if (!fits(message, envelopes.answer, true) || (message.result === undefined) === (message.error === undefined)) return ['not an answer'];
    if (!request) return message.id === null ? [] : ['an answer to nothing'];
    if (request.method === 'shutdown') this.ending = true;
    if (message.error || isOwn(request.method)) return [];
    return this.resultBreaches(request, message.result).map((breach) => `${request.method}, ${breach}`);
  }

  resultBreaches({ method, params }, result) {
    if (!requests[method]) return ['a result of an unknown method'];
    if (!fits(result, requests[method].result, true)) return ['a result that does not fit'];
    const resolved = method === 'completionItem/resolve' ? resolvedBreaches(params, result, this.capabilities) : [];
    const announced = answerBreaches(method, result, this.capabilities);
    // The data of an action that is resolved is the editor's own.
    return [...announced.filter((breach) => method !== 'codeAction/resolve' || breach !== 'data of an action'), ...resolved];
  }

  /** The session is over. */
  end() {
    if (!this.ending) return; // the server was not told
    const due = [...this.asked.values()].filter(({ late }) => !late);
    for (const { id, method } of due) this.say(`${method}, ${id}, was never answered`);
  }
}

function pass(from, to, see, say) {
  const frames = new Frames(see);
  let broken = false;
  from.on('data', (bytes) => {
    to.write(bytes);
    try {
      if (!broken) frames.arrive(bytes);
    } catch (fault) {
      broken = true;
      say(`${fault.message}`);
    }
  });
  from.on('end', () => to.end());
  to.on('error', () => {}); // the other side has gone
}

function serve(args) {
  const report = (text) => appendFileSync(process.env.HEADWORD_TAP, text);
  const say = (breach) => report(`${breach}\n`);
  const checker = new Checker(say);
  report(''); // that it ran at all
  const server = spawn(process.env.HEADWORD, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  pass(process.stdin, server.stdin, (message) => checker.client(message), say);
  pass(server.stdout, process.stdout, (message) => checker.server(message), say);
  server.on('close', (status) => {
    checker.end();
    process.exit(status ?? 1);
  });
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  if (args[0] === 'lsp') serve(args);
  else spawn(process.env.HEADWORD, args, { stdio: 'inherit' }).on('close', (status) => process.exit(status ?? 1));
}
