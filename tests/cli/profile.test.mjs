// A release is optimised by what a program that counts its steps was counted to do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { program } from '../lsp/process.mjs';

const profile = path.join(path.dirname(program), '../release/profile');

test('the steps of parsers, index and pages were counted', { skip: !fs.existsSync(profile) && 'no release is built with GCC' }, () => {
    const counted = fs.readdirSync(path.join(profile, 'counts'));
    for (const source of ['tree-sitter#lib#src#lib.c', 'tree-sitter-python#src#parser.c', 'index#lang#python.c', 'markdown#card.c'])
        assert.ok(counted.some((name) => name.endsWith(`#${source}.gcda`)), source);
});
