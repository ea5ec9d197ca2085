// The manual page names everything that `headword help` does.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';

import { run } from './run.mjs';

const manual = fs.readFileSync(new URL('../../cmake/headword.1', import.meta.url), 'utf8');
const plain = manual.replaceAll('\\-', '-').replace(/\\f[A-Z]/g, '');
const { stdout: overview } = await run(['help']);
const listed = [...overview.matchAll(/^ {2}(\S+)/gm)].map((match) => match[1]);
const settings = [...overview.slice(overview.indexOf('Settings')).matchAll(/^ {2}(\S+)/gm)].map((match) => match[1]);
const commands = listed.filter((name) => !settings.includes(name));

test('there are commands and settings to compare', () => {
    assert.ok(commands.includes('pages') && settings.includes('pages.out'));
});

for (const command of commands) {
    test(`${command}: named, with all its options`, async () => {
        const { stdout } = await run(['help', command]);
        const start = plain.indexOf(`headword ${command}"`);
        assert.notEqual(start, -1);
        const next = plain.indexOf('"headword ', start + 1);
        const text = plain.slice(start, next < 0 ? undefined : next);
        for (const option of stdout.match(/--[A-Za-z]+/g) ?? []) assert.ok(text.includes(option), option);
    });
}

for (const setting of settings) {
    test(`${setting}: named`, () => {
        assert.ok(plain.includes(`.B ${setting}\n`));
    });
}
