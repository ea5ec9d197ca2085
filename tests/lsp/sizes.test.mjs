// Sizes that nobody writes by hand: very many definitions of one name, a very deep inheritance.
import assert from 'node:assert/strict';

import { session } from './client.mjs';

const MANY = 10_000, DEEP = 5_000;
const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('');

const files = {
    'methods.py': lines(MANY, (i) => `class É${i}:\n    def same(self): '🚀'\n`),
    'functions.py': lines(MANY, (i) => `def same(): 'é🚀 ${i}'\n`),
    'deep.py': 'class A0:\n    def m(self): "é🚀"\n' + lines(DEEP, (i) => `class A${i + 1}(A${i}): pass\n`),
};

session('ten thousand definitions of one name', { files }, async (s) => {
    s.open('use.py', '"é🚀"\nfrom functions import same\n«call»same()\ndef f(x): x.«member»same()\n');
    const [place] = await s.request('textDocument/definition', s.at('use.py', 'call'));
    assert.equal(place.targetSelectionRange?.start.line ?? place.range.start.line, MANY - 1);
    assert.deepEqual(await s.request('textDocument/definition', s.at('use.py', 'member')), []);
    assert.equal(await s.request('textDocument/hover', s.at('use.py', 'member')), null);
});

session('five thousand classes, each the base of the next', { files }, async (s) => {
    s.open('use.py', `"é🚀"\nfrom deep import A${DEEP}, «base»A0\nA${DEEP}().«use»m()\n`);
    const [place] = await s.request('textDocument/definition', s.at('use.py', 'use'));
    assert.equal(place.targetSelectionRange?.start.line ?? place.range.start.line, 1);
    const [item] = await s.request('textDocument/prepareTypeHierarchy', s.at('use.py', 'base'));
    const below = await s.request('typeHierarchy/subtypes', { item });
    assert.deepEqual(below.map(({ name }) => name), ['A1']);
});
