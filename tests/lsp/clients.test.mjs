// Sessions with what real clients announce (clients/*.json): whatever is asked, they get only what they announced.
import assert from 'node:assert/strict';
import fs from 'node:fs';

import { answerBreaches, messageBreaches, resolvedBreaches } from './announced.mjs';
import { session } from './client.mjs';
import { byDocument, byPosition, byQuery, requestsAt } from './lookups.mjs';

const folder = new URL('clients/', import.meta.url);
const clients = fs.readdirSync(folder).map((name) => ({ name: name.replace('.json', ''), ...JSON.parse(fs.readFileSync(new URL(name, folder), 'utf8')) }));

const files = {
    'pyproject.toml': '[tool.headword]\ndiagnostics.docs = "all"\ncodeLens.references = true\n',
    'é/__init__.py': '',
    'é/shapes.py': `"""Shapes: é and 🚀."""
from warnings import deprecated

class Shape:
    """What has a size."""
    size: int = 3

    @deprecated("é")
    def old(self): """🚀."""

class «round»Round(Shape):
    """A round one."""
    def grow(self, factor: float, *, mark: str = "🚀") -> "Round":
        """Grow.

        Args:
            «stale»gone: é
        """
        return self
`,
    'app.py': `"""Says é🚀."""
from é.shapes import Round
import os

made = Round()
print("é🚀", made.«call»grow(«argument»2.0, mark="é"))
made.«member»
de
def later(a, b):
    return «import»os.path
`,
};

async function ask(s, requests, capabilities, breaches) {
    for (const { method, params, refuses, then } of requests) {
        let result;
        try {
            result = await s.request(method, params);
        } catch (error) {
            if (!refuses) throw error;
            continue;
        }
        breaches.push(...answerBreaches(method, result, capabilities).map((breach) => `${method}: ${breach}`));
        if (method === 'completionItem/resolve') breaches.push(...resolvedBreaches(params, result, capabilities));
        await ask(s, (then?.(result) ?? []).map((next) => ({ ...next, refuses: true })), capabilities, breaches);
    }
}

/** The text of the page that "Generate doc page" makes, by its edit or by what it executes. */
async function generatePage(s, capabilities) {
    const action = (await s.codeActions('é/shapes.py')).find(({ title }) => title === 'Generate doc page');
    if (action.command) {
        await s.request('workspace/executeCommand', action.command);
        if (!capabilities.workspace?.applyEdit) return s.workspace.read('docs/headword/é/shapes.py_docs.md'); // written for it
        return (await s.next('workspace/applyEdit')).edit.documentChanges.at(-1).edits[0].newText;
    }
    const { edit } = action.edit ? action : await s.request('codeAction/resolve', action);
    return edit.documentChanges.at(-1).edits[0].newText;
}

for (const { name, clientInfo, initializationOptions, capabilities } of clients) {
    session(name, { files, editor: { clientInfo, capabilities }, options: initializationOptions }, async (s) => {
        const breaches = answerBreaches('initialize', { capabilities: s.capabilities }, capabilities);
        for (const file of ['é/shapes.py', 'app.py']) {
            s.open(file);
            const marks = Object.keys(s.workspace.marks[file].marks);
            for (const mark of marks) await ask(s, requestsAt(byPosition, s.at(file, mark)), capabilities, breaches);
            await ask(s, requestsAt(byDocument, s.at(file, marks[0])), capabilities, breaches);
            await s.next('textDocument/publishDiagnostics', (params) => {
                if (params.uri !== s.uri(file)) return false;
                breaches.push(...messageBreaches({ method: 'textDocument/publishDiagnostics', params }, capabilities));
                return params.diagnostics.length > 0;
            });
        }
        await ask(s, requestsAt(byQuery, 'grow'), capabilities, breaches);
        assert.match(JSON.stringify(await s.hover('app.py', 'call')), /Grow\./);
        assert.match(await generatePage(s, capabilities), /# .*shapes\.py/);
        breaches.push(...s.events.flatMap((event) => messageBreaches(event, capabilities)));
        assert.deepEqual([...new Set(breaches)], []);
    });
}
