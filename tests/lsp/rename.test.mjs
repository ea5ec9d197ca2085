// textDocument/rename and textDocument/prepareRename: everywhere that means the same, or a reason.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { failure, session } from './client.mjs';
import { eglot, like, neovim, plain, vscode } from './editors.mjs';

const sample = fileURLToPath(new URL('../sample', import.meta.url));

const files = {
    'shop/__init__.py': '"""é🚀"""\nfrom .cart import «exported»Cart\n__all__ = ["«string»Cart"]\n',
    'shop/cart.py': `é = "🚀"
class «class»Cart:
    def «add»add(self, item): return "é🚀", self.«self»add
class Other:
    def add(self): ...
`,
    'main.py': `é = "🚀"; from shop import «imported»Cart; "«text»é🚀"
"é🚀"; cart = «use»Cart(); cart.«call»add("🚀")
print(«print»len(cart))
`,
};

const confirming = like(vscode, (capabilities) => {
    capabilities.workspace.workspaceEdit.changeAnnotationSupport = { groupsOnLabel: true };
    capabilities.textDocument.rename = { prepareSupport: true };
});

const noMoves = like(confirming, (capabilities) => {
    capabilities.workspace.workspaceEdit.resourceOperations = ['create'];
});

const rename = (s, file, mark, newName) => s.request('textDocument/rename', { ...s.at(file, mark), newName });
const prepare = (s, file, mark) => s.request('textDocument/prepareRename', s.at(file, mark));
const names = Object.keys(files);
const texts = (s) => names.map((name) => s.documents.get(s.uri(name))?.text ?? s.workspace.read(name));

session('rename: a class, there and back', { files, editor: confirming }, async (s) => {
    assert.deepEqual(s.capabilities.renameProvider, { prepareProvider: true });
    await s.indexed();
    await s.open('main.py');
    const before = texts(s);
    const edit = await rename(s, 'main.py', 'use', 'Körb');
    assert.equal(edit.documentChanges.length, 3);
    const versions = Object.fromEntries(edit.documentChanges.map(({ textDocument: d }) => [d.uri, d.version]));
    assert.deepEqual(versions, { [s.uri('main.py')]: 1, [s.uri('shop/__init__.py')]: null, [s.uri('shop/cart.py')]: null });
    s.apply(edit);
    assert.deepEqual(
        texts(s),
        before.map((text) => text.replaceAll('Cart', 'Körb')),
    );
    await s.change('main.py', texts(s)[2]);
    await s.filesChanged(['changed', 'shop/__init__.py'], ['changed', 'shop/cart.py']);
    s.apply(await rename(s, 'main.py', 'imported', 'Cart'));
    assert.deepEqual(texts(s), before);
});

session('prepare: the range and the name', { files, editor: confirming }, async (s) => {
    await s.indexed();
    const { range } = s.location('main.py', 'use');
    assert.deepEqual(await prepare(s, 'main.py', 'use'), { range, placeholder: 'Cart' });
});

session('rename: says why not', { files, editor: confirming }, async (s) => {
    await s.indexed();
    const why = async (promise) => (await failure(promise)).message;
    assert.match(await why(prepare(s, 'main.py', 'text')), /no name stands here/);
    assert.match(await why(prepare(s, 'main.py', 'print')), /`len`.*(belongs to a library|nothing that is known)/);
    assert.match(await why(rename(s, 'main.py', 'use', 'not a name')), /`not a name` is not a name/);
    assert.match(await why(rename(s, 'main.py', 'use', 'cart')), /`cart` at main.py:1 would/);
    assert.match(await why(rename(s, 'main.py', 'use', '')), /newName/);
});

/** The files of a folder as a workspace. */
function filesOf(folder) {
    const found = {};
    for (const name of fs.readdirSync(folder, { recursive: true })) {
        if (name.endsWith('.py')) found[name] = fs.readFileSync(path.join(folder, name), 'utf8');
    }
    return found;
}

/** A package whose modules name the same things in every way that counts. */
function generated(size) {
    const made = { 'pkg/__init__.py': '' };
    for (let i = 0; i < size; i++) {
        const base = i ? `from .m${i - 1} import make${i - 1}, Thing${i - 1} as Base\n` : 'class Base: pass\n';
        made[`pkg/m${i}.py`] = `"""é🚀"""
${base}__all__ = ["make${i}", "Thing${i}"]
limit: "Thing${i}" = "🚀"
class Thing${i}(Base):
    size = ${i}
    def grow(self, *, by${i}=1): self.total${i} = by${i}; return "é", self.total${i}
def make${i}(é${i}, count${i}=1) -> "Thing${i}":
    global limit
    limit = [count${i} for item${i} in é${i} if item${i}]
    return Thing${i}().grow(by${i}=count${i})
make${i}(é${i}="🚀", count${i}=2)
`;
    }
    return made;
}

/** Every place of a word outside of comments and strings that is worth trying. */
function* placesOf(text) {
    for (const [row, line] of text.split('\n').entries()) {
        for (const match of line.matchAll(/(?<![\p{L}\p{N}_"'])\p{L}[\p{L}\p{N}_]*/gu)) {
            yield { position: { line: row, character: match.index }, name: match[0] };
        }
    }
}

for (const [what, all] of [['the sample', filesOf(sample)], ['a generated package', generated(4)]]) {
    session(`rename: there and back gives the same bytes: ${what}`, { files: all, editor: noMoves }, async (s) => {
        const list = Object.keys(all);
        await s.indexed();
        for (const name of list) await s.open(name);
        const now = () => list.map((name) => s.documents.get(s.uri(name)).text);
        const edit = async (at, newName) => {
            const answer = await s.request('textDocument/rename', { ...at, newName });
            const before = now();
            s.apply(answer);
            for (const [i, name] of list.entries()) {
                const { text } = s.documents.get(s.uri(name));
                if (text !== before[i]) await s.change(name, text);
            }
            return answer.documentChanges.flatMap((change) => change.edits).length;
        };
        const tried = new Set();
        let renamed = 0;
        for (const file of list) {
            for (const { position, name } of [...placesOf(all[file])]) {
                if (tried.has(file + name)) continue;
                tried.add(file + name);
                const at = { ...s.document(file), position };
                const before = now();
                // the same length, so that places stay where they are
                const other = [...name].map((letter, i) => (i ? letter : 'ẑ')).join('');
                let count;
                try {
                    count = await edit(at, other);
                } catch (error) {
                    assert.match(error.message, /^cannot rename: |^no name stands here/);
                    continue;
                }
                renamed++;
                assert.equal(await edit(at, name), count, `${file}: ${name}`);
                assert.deepEqual(now(), before, `${file}: ${name}`);
            }
        }
        assert.ok(renamed > 20, `${renamed} renames`);
    });
}

const unsure = { 'main.py': 'class A:\n    def «go»go(self): ...\ndef f(x): "é🚀"; x.«call»go()\n' };

session('rename: places that cannot be told are to be confirmed', { files: unsure, editor: confirming }, async (s) => {
    await s.indexed();
    const edit = await rename(s, 'main.py', 'go', 'run');
    assert.equal(edit.changeAnnotations.unsure.needsConfirmation, true);
    assert.deepEqual(edit.documentChanges[0].edits, [
        { range: s.word('main.py', 'go'), newText: 'run' },
        { range: s.word('main.py', 'call'), newText: 'run', annotationId: 'unsure' },
    ]);
});

session('rename: refused where the client cannot ask', { files: unsure, editor: eglot }, async (s) => {
    assert.equal(s.capabilities.renameProvider, true);
    await s.indexed();
    const error = await failure(rename(s, 'main.py', 'go', 'run'));
    assert.match(error.message, /^1 more places may mean it or not, the first at main.py:3: /);
});

for (const [name, editor, member] of [['Neovim', neovim, 'documentChanges'], ['a plain client', plain, 'changes']]) {
    session(`rename: in ${name}`, { files: { 'main.py': '«x»x = "é🚀"\n' }, editor }, async (s) => {
        await s.open('main.py');
        const edit = await rename(s, 'main.py', 'x', 'y');
        assert.deepEqual(Object.keys(edit), [member]);
        const edits = edit.changes?.[s.uri('main.py')] ?? edit.documentChanges[0].edits;
        assert.deepEqual(edits, [{ range: s.word('main.py', 'x'), newText: 'y' }]);
    });
}

session('rename: not over what changed on the disk', { files, editor: confirming }, async (s) => {
    await s.indexed();
    await s.open('main.py');
    const file = s.workspace.path('shop/cart.py');
    fs.writeFileSync(file, `# é🚀\n${fs.readFileSync(file, 'utf8')}`);
    let edit;
    try {
        edit = await rename(s, 'main.py', 'use', 'Basket');
    } catch (error) {
        assert.match(error.message, /cart.py changed on disk/);
        return;
    }
    s.apply(edit); // the server has read it again by itself, meanwhile
    assert.match(s.workspace.read('shop/cart.py'), /class Basket:/);
});

const unwritable = { 'main.py': '# Generated: DO NOT EDIT\n«x»x = "é🚀"\n' };
session('rename: not in generated files', { files: unwritable, editor: confirming }, async (s) => {
    await s.indexed();
    assert.match((await failure(rename(s, 'main.py', 'x', 'y'))).message, /main.py is generated/);
});

session('rename: from a string annotation', { files: { 'a.py': 'class Cart: "é🚀"\n', 'b.py': 'é = "🚀"\nfrom a import Cart\nx: "list[«string»Cart]"\n' } }, async (s) => {
    await s.indexed();
    await s.open('b.py');
    assert.deepEqual((await prepare(s, 'b.py', 'string')).range, s.word('b.py', 'string'));
    s.apply(await rename(s, 'b.py', 'string', 'Körb'));
    assert.equal(s.documents.get(s.uri('b.py')).text, 'é = "🚀"\nfrom a import Körb\nx: "list[Körb]"\n');
    assert.equal(s.workspace.read('a.py'), 'class Körb: "é🚀"\n');
});

session('rename: an alias in string annotations', { files: { 'b.py': 'é = "🚀"\nfrom a import Cart as «alias»C\nx: "list[«string»C]" = C()\ny: "m.C"\n' } }, async (s) => {
    await s.indexed();
    await s.open('b.py');
    const text = 'é = "🚀"\nfrom a import Cart as Körb\nx: "list[Körb]" = Körb()\ny: "m.C"\n';
    s.apply(await rename(s, 'b.py', 'string', 'Körb'));
    assert.equal(s.documents.get(s.uri('b.py')).text, text);
});

const modules = {
    'é/__init__.py': '"é🚀"\n',
    'é/cart.py': 'x = "é🚀"\n',
    'é/cart.pyi': 'x: str\n',
    'main.py': 'é_ = "🚀"; import é.«module»cart; "🚀", é.cart.x\nfrom «package»é import cart as c\n',
};

session('rename: a module and the stub beside it', { files: modules }, async (s) => {
    await s.indexed();
    await s.open('main.py');
    const same = await rename(s, 'main.py', 'module', 'cart');
    assert.deepEqual(same.documentChanges.map(({ kind }) => kind), [undefined]);
    const edit = await rename(s, 'main.py', 'module', 'körb');
    assert.deepEqual(edit.documentChanges.slice(1), [
        { kind: 'rename', oldUri: s.uri('é/cart.py'), newUri: s.uri('é/körb.py') },
        { kind: 'rename', oldUri: s.uri('é/cart.pyi'), newUri: s.uri('é/körb.pyi') },
    ]);
    s.apply(edit);
    const text = 'é_ = "🚀"; import é.körb; "🚀", é.körb.x\nfrom é import körb as c\n';
    assert.equal(s.documents.get(s.uri('main.py')).text, text);
    assert.equal(s.workspace.read('é/körb.py'), modules['é/cart.py']);
});

session('rename: a package', { files: modules }, async (s) => {
    await s.indexed();
    await s.open('main.py');
    const edit = await rename(s, 'main.py', 'package', 'laden');
    assert.deepEqual(edit.documentChanges.slice(1), [{ kind: 'rename', oldUri: s.uri('é'), newUri: s.uri('laden') }]);
    s.apply(edit);
    const text = 'é_ = "🚀"; import laden.cart; "🚀", laden.cart.x\nfrom laden import cart as c\n';
    assert.equal(s.documents.get(s.uri('main.py')).text, text);
    assert.equal(s.workspace.read('laden/cart.py'), modules['é/cart.py']);
});

session('rename: a module, where the editor does not rename files', { files: modules, editor: noMoves }, async (s) => {
    await s.indexed();
    await s.open('main.py');
    for (const asked of [prepare(s, 'main.py', 'module'), rename(s, 'main.py', 'module', 'körb')])
        assert.match((await failure(asked)).message, /does not rename files/);
});

session('rename: a client that cannot prepare is not told of it', { files, editor: plain }, (s) => {
    assert.equal(s.capabilities.renameProvider, true);
});
