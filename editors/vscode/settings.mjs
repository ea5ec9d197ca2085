// Keeps the settings in package.json equal to the server's own table.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const types = { TEXT: 'string', NUMBER: 'integer', FLAG: 'boolean' };
const own = ['headword.server.path', 'headword.trace.server'];

const table = new URL('../../index/disk/settings.def', import.meta.url);
const manifest = new URL('package.json', import.meta.url);

function valueOf(type, text) {
  return type === 'FLAG' ? text === '1' : JSON.parse(text);
}

/** The values that a description ends with, "a, b or c", when the default is one of them. */
function choicesOf(fallback, description) {
  const [, list] = /(?:^|: )((?:[\w-]+, )+[\w-]+ or [\w-]+)$/.exec(description) ?? [];
  const choices = list?.split(/, | or /);
  return choices?.includes(fallback) ? { enum: choices } : {};
}

function propertyOf(type, text, description) {
  const value = valueOf(type, text);
  const range = type === 'NUMBER' ? { minimum: 0 } : choicesOf(value, description);
  return { type: types[type], ...range, default: value, description };
}

/** The properties that the rows of settings.def ask for. */
export function serverSettings() {
  const rows = readFileSync(table, 'utf8').matchAll(/^SETTING\(\w+, (\w+), "(\S+)", ("[^"]*"|\d+),\s+"([^"]*)"\)/gm);
  return Object.fromEntries([...rows].map(([, type, key, value, text]) => [`headword.${key}`, propertyOf(type, value, text)]));
}

/** package.json with the server's settings, and the extension's own, in it. */
export function updatedManifest() {
  const json = JSON.parse(readFileSync(manifest, 'utf8'));
  const { configuration } = json.contributes;
  const kept = own.map((key) => [key, configuration.properties[key]]);
  configuration.properties = { ...Object.fromEntries(kept), ...serverSettings() };
  return `${JSON.stringify(json, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(manifest, updatedManifest());
