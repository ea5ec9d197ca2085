// Every call to the system fails, each with every error that fits; of allocations HUNT_ALLOCATIONS, by default all.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { available, hunt, scenarios } from '../faults/faults.mjs';

const mostAllocations = Number(process.env.HUNT_ALLOCATIONS ?? Infinity);

test('calls that fail', { skip: !available && 'needs gcc on Linux' }, async (t) => {
    for (const scenario of scenarios()) {
        await t.test(scenario.name, (t) => {
            const { count, failures } = hunt(scenario, { mostAllocations, report: (message) => t.diagnostic(message) });
            t.diagnostic(`${count} faults`);
            assert.deepEqual(failures, []);
        });
    }
});
