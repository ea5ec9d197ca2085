// A short day of work: no answer is lost, and at its end the index is as a fresh one. `node tests/lsp/soak.mjs` is the
// long one, with figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { runDay } from './soak.mjs';

test('a short day of edits, questions, saves, renamed folders and switched branches', async () => {
    const { found, tenths } = await runDay({ edits: 2000, files: 60, documents: 20, seed: 7 });
    assert.ok(found.symbols >= 240, `${found.symbols}`);
    assert.ok(found.references >= 30, `${found.references}`);
    assert.equal(tenths.length, 10);
});
