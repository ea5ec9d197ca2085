// The command line: what each subcommand prints, and its exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import zlib from 'node:zlib';
import { test } from 'node:test';

import { Workspace } from '../lsp/fixture.mjs';
import { withVolume, whyNoVolume } from '../lsp/volume.mjs';
import { files, inRepository, oneLine } from './repository.mjs';
import { parseLines, run } from './run.mjs';

// --- find ---

inRepository('find: file, place, kind and name, from any folder of the repository', async (repository, headword) => {
    const { status, stdout, stderr } = await headword('find', 'LIMIT');
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'shop/cart.py:2:11: variable shop.cart.LIMIT\n', stderr: '' });
    const inner = await run(['find', 'LIMIT'], { cwd: repository.path('shop') });
    assert.equal(inner.stdout, stdout);
    const outside = await run(['find', '--root', repository.root, 'LIMIT'], { cwd: '/' });
    assert.equal(outside.stdout, stdout);
});

inRepository('find --json: positions from 0, in UTF-16', async (_, headword) => {
    const { status, stdout } = await headword('find', '--json', 'Cart.add');
    assert.equal(status, 0);
    assert.deepEqual(parseLines(stdout), [{ name: 'shop.cart.Cart.add', kind: 'method', file: 'shop/cart.py', line: 4, character: 8 }]);
});

inRepository('find: the definition comes first', async (_, headword) => {
    const { stdout } = await headword('find', 'cart');
    assert.match(stdout.split('\n')[0], /^shop\/cart\.py:3:7: class shop\.cart\.Cart$|^shop\/cart\.py:1:1: module shop\.cart$/);
});

inRepository('find --limit', async (_, headword) => {
    const all = await headword('find', '--limit', '0', 'a');
    const one = await headword('find', '--limit', '1', 'a');
    assert.ok(all.stdout.split('\n').length > 3);
    assert.equal(one.stdout, all.stdout.split('\n', 1)[0] + '\n');
    assert.match(one.stderr, oneLine);
});

inRepository('find: no match is 1, and the nearest names are told', async (_, headword) => {
    const { status, stdout, stderr } = await headword('find', 'zzzzzz');
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.equal(stderr, 'headword: no symbol is named like that: zzzzzz\n');
    assert.equal((await headword('find', '--json', '🚀')).status, 1);
    assert.match((await headword('find', 'shop.LIMTI')).stderr, /^headword: no symbol .*: shop\.LIMTI\nheadword: the nearest names: LIMIT\n$/);
    assert.match((await headword('find', '--doc', 'zzz é')).stderr, /^headword: no docstring .*: zzz é\n$/);
});

inRepository('find: the nearest names are told when the letters of the query are all that is found', async (repository, headword) => {
    repository.write('far.py', 'def éléiémétéi(): "🚀"\n');
    const { status, stdout, stderr } = await headword('find', 'LIMTI');
    assert.deepEqual({ status, stdout }, { status: 0, stdout: 'far.py:1:5: function far.éléiémétéi\n' });
    assert.equal(stderr, 'headword: the nearest names: LIMIT\n');
    assert.equal((await headword('find', 'LIMIT')).stderr, '');
});

inRepository('find: where there are no sources', async (repository) => {
    const { status, stderr } = await run(['find', '--root', repository.path('é'), 'a']);
    assert.equal(status, 2, stderr);
    repository.write('é/🚀.txt', '');
    const empty = await run(['find', '--root', repository.path('é'), 'a']);
    assert.equal(empty.status, 1);
    assert.match(empty.stderr, /^headword: there are no sources .*é\n$/);
});

inRepository('find --doc: symbols by words of their docstrings, with the line', async (_, headword) => {
    const found = await headword('find', '--doc', 'HOLDS', 'é');
    assert.deepEqual(found, { status: 0, stdout: 'shop/cart.py:3:7: class shop.cart.Cart: Holds é and 🚀.\n', stderr: '' });
    const json = await headword('find', '--doc', '--json', 'cart');
    assert.deepEqual(parseLines(json.stdout), [
        { name: 'shop.cart', kind: 'module', file: 'shop/cart.py', line: 0, character: 0, doc: 'Carts.' },
    ]);
});

inRepository('find --kind', async (_, headword) => {
    const { stdout } = await headword('find', '--kind', 'class,method', 'a');
    const kinds = stdout.trimEnd().split('\n').map((line) => line.split(' ')[1]);
    assert.deepEqual(kinds.sort(), ['class', 'method']);
    assert.equal((await headword('find', '--doc', '--kind', 'module', 'holds')).status, 1);
});

inRepository('find: no colours where there is no terminal', async (_, headword) => {
    assert.ok(!(await headword('find', 'LIMIT')).stdout.includes('\u001b'));
});

inRepository('search.limit of the repository counts', async (repository, headword) => {
    repository.write('.headword.toml', 'search.limit = 1\n');
    assert.match((await headword('find', 'a')).stdout, oneLine);
});

inRepository('an unknown setting is warned of on stderr, and all goes on', async (repository, headword) => {
    repository.write('.headword.toml', '"é🚀" = 1\n');
    const { status, stderr } = await headword('find', 'LIMIT');
    assert.equal(status, 0);
    assert.match(stderr, /^\.headword\.toml:1: .*é🚀.*\n$/);
});

// --- show ---

inRepository('files that are not read are told of on stderr, each and in number', async (repository, headword) => {
    const large = `# é🚀${'.'.repeat(2000)}\n`;
    for (const name of ['é/large.py', '🚀.py']) repository.write(name, large);
    repository.write('.headword.toml', 'index.maxFileBytes = 1000\n');
    const asRoot = process.getuid?.() === 0; // reads everything
    repository.write('closed é.py', 'x = 1\n');
    if (!asRoot) fs.chmodSync(repository.path('closed é.py'), 0);
    const { status, stdout, stderr } = await headword('find', 'Cart');
    assert.equal(status, 0);
    assert.ok(stdout.includes('shop/cart.py'));
    const wanted = ['é/large.py', '🚀.py'].map((name) =>
        `headword: warning: skipped ${repository.path(name)}: too large (${Buffer.byteLength(large)} bytes, the limit is 1000)`);
    if (!asRoot) wanted.push(`headword: warning: skipped ${repository.path('closed é.py')}: open: Permission denied`);
    wanted.push(`headword: warning: ${repository.root}: skipped ${asRoot ? 2 : 3} files: 2 too large (setting index.maxFileBytes)${asRoot ? '' : ', 1 unreadable'}`);
    assert.deepEqual(stderr.trimEnd().split('\n').sort(), wanted.sort());
});

inRepository('show: the card, as a hover shows it', async (_, headword) => {
    const { status, stdout } = await headword('show', 'Cart');
    assert.equal(status, 0);
    assert.match(stdout, /class Cart/);
    assert.match(stdout, /Holds é and 🚀\./);
});

for (const [args, told] of [
    [['pages', '--root'], 'headword: pages: --root wants a value\n'],
    [['pages', '--check=yes'], 'headword: pages: --check takes no value\n'],
]) {
    inRepository(`${args.join(' ')}: 2, one line`, async (_, headword) => {
        const { status, stderr } = await headword(...args);
        assert.deepEqual({ status, stderr }, { status: 2, stderr: told });
    });
}

inRepository('pages --check --json: one object for each page that is not fresh', async (_, headword) => {
    const { status, stdout } = await headword('pages', '--check', '--json', 'main.py');
    assert.equal(status, 1);
    assert.deepEqual(parseLines(stdout), [
        { state: 'missing', path: 'docs/headword/main.py_docs.md', reason: '' },
        { state: 'missing', path: 'docs/headword/main.py_kw.md', reason: '' },
    ]);
});

inRepository('show --json', async (_, headword) => {
    const { status, stdout } = await headword('show', '--json', 'shop.cart.Cart');
    assert.equal(status, 0);
    const [card, ...more] = parseLines(stdout);
    assert.deepEqual(more, []);
    assert.deepEqual({ name: card.name, kind: card.kind, file: card.file, line: card.line }, { name: 'shop.cart.Cart', kind: 'class', file: 'shop/cart.py', line: 2 });
    assert.match(card.markdown, /^```python\nclass Cart\n```/);
    assert.match(card.plain, /^class Cart\n/);
});

inRepository('show: a path that leads through imports, and what only an attached docstring tells of', async (repository, headword) => {
    repository.write('bazaar/__init__.py', 'from shop.cart import Cart as Basket\n');
    repository.write('bazaar/docs.py', 'import bazaar\nbazaar.add_docstr(bazaar.sum, "sum(é) -> int\\n\\nSums 🚀.")\n');
    assert.match((await headword('show', 'bazaar.Basket')).stdout, /^class Cart\n/);
    const { stdout } = await headword('show', '--json', 'bazaar.sum');
    const [{ name, kind, file, line, plain }] = parseLines(stdout);
    assert.deepEqual({ name, kind, file, line }, { name: 'bazaar.sum', kind: 'attached docstring', file: 'bazaar/docs.py', line: 1 });
    assert.equal(plain, 'sum(é) -> int\n\nbazaar.sum, docstring attached in bazaar/docs.py:2\n\nSums 🚀.\n');
});

inRepository('show: builtins, the standard library, and what is inherited from them, as a hover shows them', async (repository, headword) => {
    repository.write('é🚀.py', 'class Map(dict):\n    "é🚀"\n    def get(self, key): return "é🚀"\nclass Line:\n    def len(self): "é🚀"\n');
    for (const [name, shown] of [
        ['len', /^def len\(obj: Sized, \/\) -> int\n\nfunction in builtins, builtins\.pyi:\d+\n\nReturn the number of items/],
        ['Line.len', /^def len\(self\)\n/],
        ['int', /^class int\n/],
        ['dict.get', /method of builtins\.dict,/],
        ['os.path.join', /^def join\(.*function in posixpath,.*Join two or more pathname/s],
        ['re.compile', /^def compile\(.*Compile a regular expression pattern/s],
        ['Map.get', /^def get\(self, key\)\n.*Docstring inherited from builtins\.dict\.get:/s],
    ]) {
        const { status, stdout, stderr } = await headword('show', name);
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
        assert.match(stdout, shown);
    }
});

inRepository('show: builtins and the standard library in a folder without Python files', async (repository, headword) => {
    repository.write('leer é🚀/note.md', 'é🚀\n');
    for (const name of ['len', 'os.path.join']) {
        const { stdout, stderr } = await headword('show', '--root', repository.path('leer é🚀'), name);
        assert.match(stdout, new RegExp(`^def ${name.split('.').at(-1)}\\(`), stderr);
    }
});

inRepository('show: a member of a module is no builtin', async (repository, headword) => {
    repository.write('bazaar/__init__.py', '"é🚀"\ndef use(x): return sum(x)\n');
    repository.write('bazaar/docs.py', 'import bazaar\nbazaar.add_docstr(bazaar.sum, "sum(é) -> int\\n\\nSums 🚀.")\n');
    assert.match((await headword('show', 'bazaar.sum')).stdout, /^sum\(é\) -> int\n/);
});

inRepository('show: that it is only the closest name is said', async (_, headword) => {
    const { status, stdout, stderr } = await headword('show', 'crt');
    assert.match(stdout, /^class Cart\n/);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: 'headword: no symbol is named like that: crt; the closest is shop.cart.Cart\n' });
});

inRepository('show: no such symbol is 1', async (_, headword) => {
    const { status, stdout, stderr } = await headword('show', 'zzzzzz');
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.match(stderr, oneLine);
});

// --- coverage ---

inRepository('coverage: files by path; what overrides another method needs no docstring', async (repository, headword) => {
    for (const name of ['z', 'é', 'a/b', 'a-b', 'B']) repository.write(`${name}.py`, 'from typing import override\nclass é:\n    @override\n    def f(self): "🚀".x\n');
    const { stdout } = await headword('coverage', '--missing');
    const lines = stdout.split('\n').filter((line) => /: (module|class|method) /.test(line));
    assert.ok(!stdout.includes(' method '), stdout);
    assert.deepEqual(lines.map((line) => line.split(':', 1)[0]), ['B.py', 'B.py', 'a-b.py', 'a-b.py', 'a/b.py', 'a/b.py', 'z.py', 'z.py', 'é.py', 'é.py']);
});

inRepository('coverage: every file, every kind, all', async (_, headword) => {
    const { status, stdout } = await headword('coverage');
    assert.equal(status, 0);
    const rows = stdout.trimEnd().split('\n').map((line) => line.trim().split(/\s+/));
    assert.deepEqual(rows.find((row) => row.at(-1) === 'shop/cart.py'), ['3', '/', '3', '100.0', '%', 'shop/cart.py']);
    assert.deepEqual(rows.find((row) => row.at(-1) === 'function'), ['0', '/', '1', '0.0', '%', 'function']);
    assert.deepEqual(rows.at(-1), ['5', '/', '6', '83.3', '%', 'all']);
});

inRepository('coverage: what __all__ names counts, whatever its name; overloads, setters and nested functions do not', async (repository, headword) => {
    repository.write('public.py', `"""é🚀"""
from typing import overload
__all__ = ['_odd', 'Shop']
def hidden(): pass
def _odd():
    def inner(): pass
class Shop:
    def add(self): pass
    def _own(self): pass
    @property
    def size(self): 'é'
    @size.setter
    def size(self, value): pass
    @overload
    def pick(self, a: int): ...
    @overload
    def pick(self, a: str): ...
    def pick(self, a): '🚀'
`);
    const { stdout } = await headword('coverage', '--json', '--missing');
    const row = parseLines(stdout).find(({ file }) => file === 'public.py');
    assert.deepEqual(row.missing, ['public._odd', 'public.Shop', 'public.Shop.add']);
    assert.deepEqual(row.kinds, {
        module: { documented: 1, total: 1 },
        class: { documented: 0, total: 1 },
        function: { documented: 0, total: 1 },
        method: { documented: 2, total: 3 },
    });
});

inRepository('coverage: what is defined several times counts once, and stubs beside their sources not at all', async (repository, headword) => {
    repository.write('several.py', `"""é🚀"""
import sys
if sys.platform == 'é':
    def arm(): pass
else:
    def arm(): '🚀'
try:
    class Late: pass
except ImportError:
    class Late: pass
class Size:
    'é'
    @property
    def size(self): pass
    @size.setter
    def size(self, value): 'no getter'
`);
    repository.write('several.pyi', 'def arm(): ...\ndef more(): ...\n');
    repository.write('compiled.pyi', 'from typing import overload\n@overload\ndef f(é: int): ...\n@overload\ndef f(é: str): ...\n');
    repository.write('_private.py', 'def public(): pass\ndef _own(): pass\n');
    const rows = parseLines((await headword('coverage', '--json', '--missing')).stdout);
    const row = (name) => rows.find(({ file }) => file === name);
    assert.deepEqual([row('several.py').documented, row('several.py').total], [3, 5]);
    assert.deepEqual(row('several.py').missing, ['several.Late', 'several.Size.size']);
    assert.equal(row('several.pyi').total, 0);
    assert.deepEqual(row('compiled.pyi').missing, ['compiled', 'compiled.f']);
    assert.deepEqual(row('_private.py').missing, ['_private.public']);
    assert.match((await headword('check', '--rules', 'undocumented')).stdout, /^several\.py:8:11: undocumented: Late has no docstring\.$/m);
    await headword('pages', '--out', 'pages');
    const { files } = JSON.parse(fs.readFileSync(repository.path('pages/index.json'), 'utf8'));
    for (const { path, documented, public: total } of files.filter(({ path }) => /\.pyi?$/.test(path)))
        assert.deepEqual([path, documented, total], [path, row(path).documented, row(path).total]);
});

inRepository('coverage --json --missing: one object a file, then all', async (_, headword) => {
    const rows = parseLines((await headword('coverage', '--json', '--missing')).stdout);
    const main = rows.find((row) => row.file === 'main.py');
    assert.deepEqual(main, {
        file: 'main.py', documented: 1, total: 2, missing: ['main.main'],
        kinds: { module: { documented: 1, total: 1 }, function: { documented: 0, total: 1 } },
    });
    assert.deepEqual([rows.at(-1).documented, rows.at(-1).total], [5, 6]);
});

inRepository('coverage --missing: where each is', async (_, headword) => {
    assert.match((await headword('coverage', '--missing')).stdout, /^main\.py:2: function main\.main\n/);
});

inRepository('coverage --fail-under: 1 below it', async (_, headword) => {
    assert.equal((await headword('coverage', '--fail-under', '83')).status, 0);
    assert.equal((await headword('coverage', '--fail-under', '84')).status, 1);
});

// --- facts ---

inRepository('facts: one object a file, in path order; paths choose', async (_, headword) => {
    const all = parseLines((await headword('facts')).stdout);
    assert.deepEqual(all.map(({ file }) => file), ['main.py', 'shop/__init__.py', 'shop/cart.py']);
    const some = parseLines((await headword('facts', 'shop')).stdout);
    assert.deepEqual(some, all.slice(1));
    assert.deepEqual(parseLines((await headword('facts', 'main.py')).stdout), [all[0]]);
});

// --- pages ---

inRepository('pages: for each file and folder, then nothing to do', async (repository, headword) => {
    assert.equal((await headword('pages', '--check')).status, 1, 'missing pages');
    assert.ok(!repository.exists('docs'), '--check writes nothing');
    const first = await headword('pages');
    assert.equal(first.status, 0, first.stderr);
    const pages = repository.list('docs/headword');
    for (const page of ['main.py_docs.md', 'main.py_kw.md', 'shop/cart.py_docs.md', 'shop/index.md', 'shop/doc.md', 'shop/sub.md', 'index.md']) {
        assert.ok(pages.includes(`docs/headword/${page}`), `${page} in ${pages}`);
    }
    const state = () => pages.map((page) => fs.statSync(repository.path(page), { bigint: true })).map(({ ino, mtimeNs }) => `${ino} ${mtimeNs}`);
    const before = state();
    assert.equal((await headword('pages')).status, 0);
    assert.deepEqual(state(), before, 'a second run writes nothing');
    assert.deepEqual(repository.list('docs/headword'), pages);
    assert.equal((await headword('pages', '--check')).status, 0);
});

inRepository('pages about everything are what their readers expect', async (repository, headword) => {
    repository.write('README.rst', 'Shop é 🚀\n');
    await headword('pages');
    const page = (name) => repository.path(`docs/headword/${name}`);
    const index = JSON.parse(fs.readFileSync(page('index.json'), 'utf8'));
    const cart = index.files.find(({ path }) => path === 'shop/cart.py');
    assert.equal(cart.module, 'shop.cart');
    for (const key of ['docs', 'keywords']) assert.ok(fs.existsSync(page(cart[key])), cart[key]);
    const [, , , , ...rest] = fs.readFileSync(page('objects.inv'), 'latin1').split('\n');
    const inventory = zlib.inflateSync(Buffer.from(rest.join('\n'), 'latin1')).toString();
    for (const { name, anchor } of cart.symbols) assert.ok(anchor && inventory.includes(`shop.cart.${name} py:`), name);
    assert.match(repository.read('docs/headword/comprehensive_book.md'), /Shop é 🚀/);
    assert.match(repository.read('docs/headword/llms.txt'), /^# .*\n\n/);
    assert.ok(fs.existsSync(page('.nojekyll')));
});

inRepository('pages --progress: how far it is, in lines on stderr', async (repository, headword) => {
    const { status, stderr } = await headword('pages', '--progress');
    assert.equal(status, 0);
    assert.match(stderr, /^(Writing pages: \d+\/\d+ \(\d+ %\), \d+\/s, \d+ s left\n)+$/);
});

inRepository('pages: the same bytes whatever the number of jobs', async (repository, headword) => {
    await headword('pages', '--out', 'one é', '--jobs', '1');
    await headword('pages', '--out', 'two 🚀', '--jobs', '2');
    const read = (folder) => repository.list(folder).map((page) => [page.slice(folder.length), repository.read(page).replaceAll(folder, '')]);
    assert.deepEqual(read('two 🚀').map(([page]) => page), read('one é').map(([page]) => page));
    assert.ok(read('one é').length > 8);
});

inRepository('pages --check: a changed source makes its pages stale', async (repository, headword) => {
    await headword('pages');
    repository.write('shop/cart.py', files['shop/cart.py'].replace('Holds', 'Keeps'));
    const { status, stdout, stderr } = await headword('pages', '--check');
    assert.equal(status, 1);
    assert.match(stdout + stderr, /shop\/cart\.py_docs\.md/);
    assert.equal((await headword('pages')).status, 0);
    assert.match(repository.read('docs/headword/shop/cart.py_docs.md'), /Keeps é and 🚀\./);
    assert.equal((await headword('pages', '--check')).status, 0);
});

inRepository('pages --diff: what would change, as git applies it', async (repository, headword) => {
    await headword('pages');
    repository.write('shop/cart.py', files['shop/cart.py'].replace('Holds', 'Keeps'));
    const { status, stdout } = await headword('pages', '--diff');
    assert.equal(status, 1);
    assert.match(stdout, /^-Holds é and 🚀\.$/m);
    assert.match(stdout, /^\+Keeps é and 🚀\.$/m);
    assert.match(repository.read('docs/headword/shop/cart.py_docs.md'), /Holds é/, 'nothing is written');
    repository.write('change.diff', stdout.split('\n').filter((line) => !line.startsWith('stale: ')).join('\n'));
    const applied = spawnSync('git', ['apply', '--unsafe-paths', 'change.diff'], { cwd: repository.root, encoding: 'utf8', env: { ...process.env, GIT_CEILING_DIRECTORIES: repository.root } });
    assert.equal(applied.status, 0, applied.stderr);
    assert.equal((await headword('pages', '--check')).status, 0);
});

inRepository('pages: a deleted source takes its pages along', async (repository, headword) => {
    await headword('pages');
    repository.delete('main.py');
    assert.equal((await headword('pages', '--check')).status, 1);
    await headword('pages');
    assert.ok(!repository.exists('docs/headword/main.py_docs.md'));
    assert.ok(repository.exists('docs/headword/shop/cart.py_docs.md'));
});

inRepository('pages: what a person wrote is refused, and replaced with --force only, keeping a copy', async (repository, headword) => {
    await headword('pages');
    const page = 'docs/headword/main.py_docs.md';
    const edited = repository.read(page).replace('Documentation', 'Mine é🚀');
    fs.writeFileSync(repository.path(page), edited);
    const refused = await headword('pages');
    assert.notEqual(refused.status, 0);
    assert.match(refused.stdout + refused.stderr, /main\.py_docs\.md/);
    assert.equal(repository.read(page), edited);
    await headword('pages', '--force');
    assert.notEqual(repository.read(page), edited);
    assert.ok(repository.list('docs').some((file) => /main\.py_docs\.md.+/.test(file) && repository.read(file) === edited), 'a copy');
});

inRepository('pages of one path', async (repository, headword) => {
    assert.equal((await headword('pages', 'shop/cart.py')).status, 0);
    assert.ok(repository.exists('docs/headword/shop/cart.py_docs.md'));
    assert.ok(!repository.exists('docs/headword/main.py_docs.md'));
    assert.equal((await headword('pages', 'é🚀 nowhere')).status, 2);
});

/** The doc pages by their paths. */
const pagesOf = (repository, out = 'docs/headword') => Object.fromEntries(repository.list(out).map((page) => [page.slice(out.length + 1), repository.read(page)]));

inRepository('pages of other text files: which there are is a setting, and those of sources do not depend on them', async (repository, headword) => {
    repository.write('README.md', '# Shop é 🚀\n\nSells `Cart` and [more](gone.md).\n');
    repository.write('blob.bin', 'a\0b');
    assert.equal((await headword('pages')).status, 0);
    const all = pagesOf(repository);
    assert.match(all['README.md_docs.md'], /\*\*Type\*\*: Markdown Documentation/);
    assert.match(all['README.md_docs.md'], /`gone\.md`.*leads nowhere/);
    assert.match(all['README.md_docs.md'], /\[`shop\.cart\.Cart`\]\(shop\/cart\.py_docs\.md#shop\.cart\.Cart\)/);
    assert.ok('pyproject.toml_kw.md' in all && !('blob.bin_docs.md' in all));
    assert.equal((await headword('find', 'README')).status, 1, 'the symbol index knows sources only');
    repository.write('.headword.toml', 'pages.include = "none"\n');
    assert.equal((await headword('pages', '--check')).status, 1);
    assert.equal((await headword('pages')).status, 0);
    const sources = pagesOf(repository);
    assert.deepEqual(Object.keys(sources).filter((page) => /README|toml/.test(page)), [], 'orphans are gone');
    for (const page of Object.keys(sources).filter((page) => /py_(docs|kw)\.md$/.test(page))) assert.equal(sources[page], all[page], page);
    repository.write('.headword.toml', 'pages.include = "markdown, é"\n');
    const { status, stderr } = await headword('pages');
    assert.equal(status, 2);
    assert.match(stderr, /pages\.include: .* é/);
});

inRepository('pages: a text file that changes makes its pages stale; pages elsewhere are not documented', async (repository, headword) => {
    repository.write('notes.txt', 'é\n');
    await headword('pages', '--out', 'old é');
    await headword('pages');
    assert.ok(!repository.exists('docs/headword/old é'), 'pages are not documented');
    assert.equal((await headword('pages', '--check')).status, 0);
    repository.write('notes.txt', 'é 🚀\n');
    const { status, stdout } = await headword('pages', '--check');
    assert.equal(status, 1);
    assert.match(stdout, /notes\.txt_docs\.md/);
});

test('pages on a full disk: 2, and no page is half there', { skip: whyNoVolume }, () =>
    withVolume(192 * 1024, async (folder) => {
        const repository = new Workspace(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`é${i}.py`, `"""🚀"""\ndef f(): pass\n`])), folder);
        const { status, stderr } = await run(['pages', '--jobs', '2'], { cwd: repository.root });
        assert.equal(status, 2);
        assert.match(stderr, /[Nn]o space/);
        const pages = repository.list('docs');
        for (const page of pages) {
            assert.match(page, /\.md$|\.inv$|\.txt$|\.nojekyll$/, 'nothing but pages');
            if (page.endsWith('.md')) assert.match(repository.read(page), /Generated by Headword\*?\s*$/, `${page} is whole`);
        }
    }));

inRepository('a closed output is an error, not a crash', async (repository) => {
    for (let i = 0; i < 40; i++) repository.write(`f${i}.py`, `x = "é🚀"\n`.repeat(300));
    const { status } = await run(['facts'], { cwd: repository.root, closeOutput: true });
    assert.ok(status === 2 || status === 'SIGPIPE', `${status}`);
});
