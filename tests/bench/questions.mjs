// What is asked of a server, made from the corpus by fixed rules: the same corpus gives the same questions.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { positionAt } from '../lsp/fixture.mjs';

const keywords = new Set(
    ('False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
        'lambda nonlocal not or pass raise return try while with yield').split(' '));

/** Numbers from [0, 1) that look like random ones; the same seed gives the same. (mulberry32) */
export function random(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

/** The offsets of a Python text's identifiers, those in comments and strings left out. */
export function identifiers(text) {
    const pattern = /#.*|[bfru]{0,2}(?:("""|''')(?:\\[^]|[^\\])*?\1|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*')|[\p{ID_Start}_][\p{ID_Continue}]*|\d[\w.]*/giu;
    return [...text.matchAll(pattern)].filter(([word]) => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(word) && !keywords.has(word)).map(({ index }) => index);
}

/** The functions and classes of a text: {name, owner}; of methods the owner is their class, else the module. */
function definitions(text, module) {
    const all = [];
    let owner = module;
    for (const [, indent, kind, name] of text.matchAll(/^([ \t]*)(?:async )?(class|def) +(\w+)/gm)) {
        if (!indent) owner = module;
        all.push({ name, owner, own: !indent });
        if (!indent && kind === 'class') owner = name;
    }
    return all;
}

/** The names that lines of a text import from the corpus's own modules, of which `tops` are the first parts. */
function imported(text, tops) {
    const lines = [...text.matchAll(/^from (\.|\w+).* import (.*)$/gm)].filter(([, top]) => top === '.' || tops.has(top));
    return new Set(lines.flatMap(([, , names]) => names.match(/\w+/g) ?? []));
}

/** The corpus as the questions need it: its files with their sizes, its definitions, and how many files import a name. */
export function readCorpus(root, paths) {
    const stem = (file) => file.replace(/\.\w+$/, '');
    const tops = new Set(paths.map((file) => stem(path.relative(root, file).split(path.sep)[0])));
    const files = [], defined = [], importers = new Map();
    for (const file of paths) {
        const text = fs.readFileSync(file, 'utf8');
        files.push({ file, size: Buffer.byteLength(text) });
        for (const definition of definitions(text, stem(path.basename(file)))) defined.push(definition);
        for (const name of imported(text, tops)) importers.set(name, (importers.get(name) ?? 0) + 1);
    }
    return { files, defined, importers, tops };
}

const initials = (name) => name.split(/_|(?<=[a-z\d])(?=[A-Z])/).map((word) => word.slice(0, 1)).join('').toLowerCase();

/** As people type them; the first four want the name that they were made from. */
const shapes = {
    exact: ({ name }) => name,
    'lower case': ({ name }) => name.toLowerCase(),
    prefix: ({ name }) => name.slice(0, Math.max(3, name.length >> 1)),
    qualified: ({ name, owner }) => `${owner}.${name}`,
    initials: ({ name }) => initials(name),
    subsequence: ({ name }) => [...name].filter((_, i) => i % 2 === 0).join(''),
    'two letters': ({ name }) => name.slice(0, 2),
    'one letter': ({ name }) => name.slice(0, 1),
    'no hit': ({ name }) => `${name}zqj`,
    empty: () => '',
};

/** That many queries for workspace/symbol, of each shape in turn. */
export function makeQueries({ defined }, count = 100) {
    const next = random(1);
    const all = Object.entries(shapes);
    return Array.from({ length: count }, (_, i) => {
        const [shape, make] = all[i % all.length];
        return { shape, query: make(defined[Math.floor(next() * defined.length)]) };
    });
}

export const behindDot = (text, offset) => text[offset - 1] === '.';

/** That many places of identifiers for which `is(text, offset)` holds, spread over the files by their size, as
 *  TextDocumentPositionParams. */
export function makePlaces({ files }, count, is = () => true) {
    const next = random(2);
    const total = files.reduce((sum, { size }) => sum + size, 0);
    const places = [];
    for (let tries = 0; places.length < count && tries < 20 * count; tries++) {
        let rest = next() * total;
        const { file } = files.find(({ size }) => (rest -= size) < 0) ?? files[0];
        const text = fs.readFileSync(file, 'utf8');
        const offsets = text.includes('\ufffd') ? [] : identifiers(text).filter((at) => is(text, at)); // of other encodings columns are unknown here
        if (offsets.length === 0) continue;
        const offset = offsets[Math.floor(next() * offsets.length)];
        places.push({ textDocument: { uri: pathToFileURL(file).href }, position: positionAt(text, offset) });
    }
    return places;
}

/** Where a file imports the name: {uri, text, position}; undefined where none does. */
function findUse({ files, tops }, name) {
    const pattern = new RegExp(`^from .* import .*\\b(${name})\\b`, 'md');
    for (const { file } of files) {
        const text = fs.readFileSync(file, 'utf8');
        const offset = imported(text, tops).has(name) && pattern.exec(text)?.indices[1][0];
        if (offset) return { uri: pathToFileURL(file).href, text, position: positionAt(text, offset) };
    }
    return undefined;
}

/** Names from rare to common, each with a place where it is imported: of those that are defined once, on the top level
 *  of a module, the ones that the fewest files import, a middling number and the most; of all names that are imported the
 *  one that is defined most often; and of all names that one. */
export function makeNames(corpus) {
    const count = new Map();
    for (const { name } of corpus.defined) count.set(name, (count.get(name) ?? 0) + 1);
    const known = corpus.defined.filter(({ name, own }) => own && corpus.importers.has(name) && name.length >= 4);
    const by = (number) => (a, b) => number.get(a) - number.get(b) || (a < b ? -1 : 1);
    const once = known.filter(({ name }) => count.get(name) === 1).map(({ name }) => name).sort(by(corpus.importers));
    const often = known.map(({ name }) => name).sort(by(count));
    const most = [...count.keys()].filter((name) => !name.startsWith('__')).sort(by(count)).at(-1);
    const chosen = [once[0], once[once.length >> 1], once.at(-1), often.at(-1), most].filter(Boolean);
    return [...new Set(chosen)].map((name) => ({
        name, importers: corpus.importers.get(name) ?? 0, definitions: count.get(name), use: findUse(corpus, name),
    }));
}
