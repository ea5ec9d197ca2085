// Rules of the house that no compiler checks.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { exists, files, linesWhere, noCheckout, read, size, sources } from './tree.mjs';

const texts = files.filter((file) => /\.(c|h|def|md|mjs|js|ts|json|sh|py|lua|el|cmake|toml|txt|yml)$|^dev$|^\.ci\/|CMakeLists/.test(file));
const handWritten = texts.filter((file) => !/package-lock\.json$|^tests\/golden\//.test(file));

test('there are files to look at', { skip: noCheckout }, () => assert.ok(sources.length > 50 && texts.length > 80));

test('a file of ours has at most 600 lines', () => {
    const long = handWritten.filter((file) => /\.(c|h|def|mjs|js|ts|py|lua|el)$|^dev$/.test(file))
        .map((file) => [file, read(file).split('\n').length - 1]).filter(([, lines]) => lines > 600);
    assert.deepEqual(long, []);
});

test('no tabs in C files', () => {
    assert.deepEqual(linesWhere(files.filter((file) => /\.(c|h|def)$/.test(file)), (line) => line.includes('\t')), []);
});

test('no spaces at the ends of lines, and each file ends with a line end', () => {
    assert.deepEqual(linesWhere(handWritten.filter((file) => !file.startsWith('tests/sample/')), (line) => / $/.test(line)), []);
    assert.deepEqual(handWritten.filter((file) => size(file) && !read(file).endsWith('\n')), []);
});

test('no paths of somebody’s machine', () => {
    const home = /(^|[\s"'(=`])\/(home\/\w|Users\/\w|root\/|work\/|tmp\/wt)/;
    assert.deepEqual(linesWhere(texts, (line, file) => home.test(line) && !file.startsWith('tests/tidy/')), []);
});

test('no addresses of package registries: downloads follow the user’s configuration', () => {
    const hosts = /registry\.(npmjs|yarnpkg)|files\.pythonhosted|"resolved"\s*:/;
    assert.deepEqual(linesWhere(texts, (line, file) => hosts.test(line) && !file.startsWith('tests/tidy/')), []);
});

test('locked packages have their integrity', () => {
    for (const file of files.filter((name) => name.endsWith('package-lock.json'))) {
        for (const [name, entry] of Object.entries(JSON.parse(read(file)).packages)) {
            if (name && !entry.link) assert.match(entry.integrity ?? '', /^sha512-/, `${file}: ${name}`);
        }
    }
});

test('scripts do with Node 18, which Debian 12 has', () => {
    const newer = /\.(toSorted|toReversed|toSpliced)\(|import\.meta\.(dirname|filename)|(Object|Map)\.groupBy|Array\.fromAsync|Promise\.withResolvers/;
    assert.deepEqual(linesWhere(files.filter((file) => /\.m?js$/.test(file) && !file.startsWith('tests/tidy/')), (line) => newer.test(line)), []);
});

test('no committed file is larger than 200 KB', () => {
    assert.deepEqual(files.filter((file) => size(file) > 200_000), []);
});

test('every method of the server is named in a protocol session', () => {
    const methods = [...read('lsp/methods.def').matchAll(/^(?:\w*REQUEST|NOTIFICATION)\("([^"]+)"/gm)].map(([, name]) => name);
    const sessions = files.filter((file) => /^tests\/lsp\/.*\.mjs$/.test(file)).map(read).join('\n');
    assert.ok(methods.length > 10);
    assert.deepEqual(methods.filter((name) => !sessions.includes(name)), []);
});

test('every subcommand is named in a test of the command line', () => {
    const commands = [...read('cli/commands.def').matchAll(/^COMMAND\((\w+)/gm)].map(([, name]) => name);
    const tests = files.filter((file) => /^tests\/(cli|lsp)\/.*\.mjs$/.test(file)).map(read).join('\n');
    assert.deepEqual(commands.filter((name) => !new RegExp(`'${name}'`).test(tests)), []);
});

const settings = [...read('index/disk/settings.def').matchAll(/^SETTING\(\w+,\s*\w+,\s*"([^"]+)"/gm)].map(([, key]) => key);

test('every setting is in README', { skip: !exists('README.md') && 'there is no README.md yet' }, () => {
    const readme = read('README.md');
    assert.ok(settings.length > 5);
    assert.deepEqual(settings.filter((key) => !readme.includes(`\`${key}\``)), []);
});

test('every rule for docstrings is explained under its code', () => {
    const codes = [...read('markdown/doc_rules.def').matchAll(/^RULE\(\w+,\s*"([^"]+)"/gm)].map(([, code]) => code);
    assert.ok(codes.length > 5);
    assert.deepEqual([...read('docs/rules.md').matchAll(/^## (.+)$/gm)].map(([, code]) => code), codes);
});

const extension = 'editors/vscode/package.json';

test('every setting is one of the VS Code extension’s', { skip: !exists(extension) && 'there is no VS Code extension yet' }, () => {
    const configuration = [JSON.parse(read(extension)).contributes.configuration].flat();
    const known = configuration.flatMap((section) => Object.keys(section.properties));
    assert.deepEqual(settings.filter((key) => !known.includes(`headword.${key}`)), []);
});

test('README’s two commands are the chores, and the gate calls nothing that README does not say', {
    skip: !exists('README.md') && 'there is no README.md yet',
}, () => {
    const blocks = [...read('README.md').matchAll(/^```\w*\n(.*?)^```/gms)].map(([, body]) => body);
    const commands = blocks.find((body) => /^\.\/dev demo\b/m.test(body) && /^\.\/dev test\b/m.test(body));
    assert.ok(commands, 'README.md has one block with ./dev demo and ./dev test');
    const called = read('.ci/run').split('\n').filter((line) => /^\.\/dev /.test(line));
    assert.ok(called.includes('./dev test'));
    for (const line of called) assert.ok(read('README.md').includes(line.trim()), `${line} is not in README.md`);
});

test('README’s chores are the ones that ./dev has', { skip: !exists('README.md') && 'there is no README.md yet' }, () => {
    const known = [...read('dev').matchAll(/^ {4}(\w+)[^()\n]*\) /gm)].map(([, name]) => name);
    const named = [...read('README.md').matchAll(/\.\/dev (\w+)/g)].map(([, name]) => name);
    assert.deepEqual(named.filter((name) => !known.includes(name)), []);
});
