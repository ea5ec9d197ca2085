// textDocument/codeLens and codeLens/resolve: how often definitions are referred to.
import assert from 'node:assert/strict';

import { ErrorCode, failure, session } from './client.mjs';
import { like, vscode } from './editors.mjs';

const editor = like(vscode, (c) => (c.workspace.codeLens = { refreshSupport: true }));
const options = { codeLens: { references: true } };
const files = {
    'shop.py': `é = "🚀"
class «class»Cart:
    def «add»add(self, item): return "é🚀", self.add
    def «unused»unused(self): ...
def «make»make():
    def «inner»inner(): ...
    return Cart()
`,
    'é🚀.py': 'from shop import Cart as C, make\n"é🚀"; C().add(make())\n',
};

const lenses = (s, name) => s.request('textDocument/codeLens', s.document(name));

/** What each definition's lens says, by its mark. */
async function titles(s, name, ...marks) {
    const said = {};
    for (const lens of await lenses(s, name)) {
        const resolved = await s.request('codeLens/resolve', lens);
        assert.deepEqual({ ...resolved, command: undefined }, { ...lens, command: undefined });
        assert.equal(resolved.command.command, '');
        const mark = marks.find((m) => JSON.stringify(s.word(name, m)) === JSON.stringify(lens.range));
        said[mark] = resolved.command.title;
    }
    return said;
}

session('counted when they are shown, unsaved text included', { files, editor, options }, async (s) => {
    await s.indexed();
    const marks = ['class', 'add', 'unused', 'make', 'inner'];
    const counts = { class: '4 references', add: '2 references', unused: '0 references', make: '2 references', inner: '0 references' };
    assert.deepEqual(await titles(s, 'shop.py', ...marks), counts);
    s.open('é🚀.py', 'from shop import make\n"é🚀"\n');
    assert.deepEqual(await titles(s, 'shop.py', ...marks), { ...counts, class: '1 reference', add: '1 reference', make: '1 reference' });
});

session('only where they are wanted; the editor is told when that changes', { files, editor }, async (s) => {
    await s.indexed();
    await s.next('workspace/codeLens/refresh');
    assert.deepEqual(await lenses(s, 'shop.py'), []);
    s.settings = options;
    await s.notify('workspace/didChangeConfiguration', { settings: null });
    await s.next('workspace/codeLens/refresh');
    assert.equal((await lenses(s, 'shop.py')).length, 5);
});

session('a lens that is outdated, or none', { files, editor, options }, async (s) => {
    await s.indexed();
    const [lens] = await lenses(s, 'shop.py');
    s.open('shop.py', '"é🚀"\n');
    assert.equal((await s.request('codeLens/resolve', lens)).command.title, '0 references');
    assert.deepEqual(await lenses(s, 'shop.py'), []);
    assert.deepEqual(await lenses(s, 'missing.py'), []);
    const error = await failure(s.request('codeLens/resolve', { range: lens.range }));
    assert.equal(error.code, ErrorCode.InvalidParams);
    assert.match(error.message, /data\.uri/);
});
