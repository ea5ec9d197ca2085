// Calls to the system fail: a part of what `./dev test hunt` tries.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { available, hunt, scenarios } from './faults.mjs';

const options = { outcomesOf: (list) => list.filter((what, i) => i === 0 || what === 'kill'), most: 2, mostAllocations: 8 };

test('calls that fail', { skip: !available && 'needs gcc on Linux' }, async (t) => {
    for (const scenario of scenarios()) {
        await t.test(scenario.name, () => assert.deepEqual(hunt(scenario, options).failures, []));
    }
});
