// Other tools on the same corpus, where they are installed. They are measured once: they are no side of a ratio.
import { spawnSync } from 'node:child_process';

import { Client } from './client.mjs';
import { median } from './statistics.mjs';

const isInstalled = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Pyright as an editor would run it: the times of its answers to workspace/symbol, and its memory then. */
async function measurePyright(bench) {
    const session = new Client('pyright-langserver', ['--stdio']);
    try {
        await session.initialize(bench.root);
        const times = [];
        for (const { name } of [...bench.names, ...bench.names]) {
            const { at, time } = await session.request('workspace/symbol', { query: name });
            times.push(times.length ? time : at - session.started);
        }
        return { 'start to workspace/symbol, ms': times[0], 'each later one, ms': median(times.slice(1)), 'resident, MB': session.usage().resident };
    } finally {
        await session.kill();
    }
}

async function measureCtags(bench) {
    return bench.hasCtags ? { 'all tags, ms': await bench.tag() } : null;
}

/** {name: {what: number}, or null where it is not installed}. */
export async function measurePeers(bench) {
    return {
        'universal-ctags': await measureCtags(bench),
        pyright: isInstalled('pyright-langserver') ? await measurePyright(bench) : null,
    };
}
