// What the protocol says about a method's parameters and results (protocol.json, made by strip_model.mjs): values
// that fit a type, values that nearly do, and the check of a value.
import fs from 'node:fs';

export const { requests, notifications, served, types } = JSON.parse(fs.readFileSync(new URL('protocol.json', import.meta.url), 'utf8'));

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isInteger = (low, high) => (value) => Number.isInteger(value) && value >= low && value <= high;
const isString = (value) => typeof value === 'string';

const base = {
    any: () => true,
    null: (value) => value === null,
    boolean: (value) => typeof value === 'boolean',
    integer: isInteger(-(2 ** 31), 2 ** 31 - 1),
    uinteger: isInteger(0, 2 ** 31 - 1),
    decimal: Number.isFinite,
    string: isString,
    URI: isString,
    DocumentUri: isString,
};

const resolve = (type) => {
    while (isString(type) && types[type]) type = types[type];
    return type;
};
const plain = (key) => key.replace(/\?$/, '');

const composed = {
    or: (closed, value, ...choices) => choices.some((type) => fits(value, type, closed)),
    list: (closed, value, type) => Array.isArray(value) && value.every((item) => fits(item, type, closed)),
    map: (closed, value, type) => isObject(value) && Object.values(value).every((item) => fits(item, type, closed)),
    tuple: (closed, value, ...items) =>
        Array.isArray(value) && value.length === items.length && items.every((type, i) => fits(value[i], type, closed)),
    is: (closed, value, ...values) => values.includes(value),
    object: (closed, value, members) => {
        if (!isObject(value)) return false;
        const types = new Map(Object.entries(members).map(([key, type]) => [plain(key), { type, optional: key.endsWith('?') }]));
        return [...types].every(([key, { type, optional }]) => (value[key] === undefined ? optional : fits(value[key], type, closed))) &&
            (!closed || Object.keys(value).every((key) => types.has(key)));
    },
};

/** Whether a value is of a type; members that the protocol does not know are allowed unless it is to be `closed`. */
export function fits(value, type, closed = false) {
    type = resolve(type);
    if (isString(type)) return base[type](value);
    return composed[type[0]](closed, value, ...type.slice(1));
}

const samples = {
    any: null, null: null, boolean: true, integer: 1, uinteger: 1, decimal: 1, string: 'é🚀', URI: 'untitled:é🚀', DocumentUri: 'untitled:é🚀',
};

const made = {
    or: (known, open, first) => sample(first, known, open),
    list: (known, open, type) => [sample(type, known, open)],
    map: (known, open, type) => ({ 'é🚀': sample(type, known, open) }),
    tuple: (known, open, ...items) => items.map((type) => sample(type, known, open)),
    is: (known, open, first) => first,
    object: (known, open, members) => Object.fromEntries(Object.entries(members)
        .filter(([key, type]) => !key.endsWith('?') || !(open.includes(type) || key.endsWith('Token?')))
        .map(([key, type]) => [plain(key), sample(type, known, open)])),
};

/** A value of a type with all its members, but for tokens; `known` has the values of some types. */
export function sample(type, known = {}, open = []) {
    if (isString(type) && type in known) return known[type];
    const inner = resolve(type);
    if (isString(inner)) return known[inner] ?? samples[inner];
    return made[inner[0]](known, isString(type) ? [...open, type] : open, ...inner.slice(1));
}

const odd = [undefined, null, true, -1, 1.5, 2 ** 53, 'é🚀', '', [], [null], [7], {}, { 'é🚀': 7 }];

/** The members of a value, with their types as far as the protocol says. */
function membersOf(value, type) {
    if (Array.isArray(value)) return value.map((_, i) => [i, type[0] === 'list' ? type[1] : 'any']);
    const members = type[0] === 'object' ? Object.entries(type[1]).map(([key, inner]) => [plain(key), inner]) : [];
    const others = Object.keys(value).filter((key) => !members.some(([known]) => known === key)).map((key) => [key, 'any']);
    return [...members, ...others];
}

function place(container, key, value) {
    const copy = Array.isArray(container) ? [...container] : { ...container };
    if (value === undefined && !Array.isArray(copy)) delete copy[key];
    else copy[key] = value === undefined ? null : value;
    return copy;
}

/**
 * {params, extra, depth} for every member of a value of a type, at every depth: missing, null, of each wrong kind, and
 * objects with one member too many (`extra`), which changes nothing.
 */
export function* spoiled(value, type, depth = 0) {
    for (const params of odd) yield { params, extra: false, depth };
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) yield { params: { ...value, 'é🚀': { line: [7] } }, extra: true, depth };
    let inner = resolve(type);
    if (inner[0] === 'or') inner = resolve(inner.slice(1).find((choice) => fits(value, choice)) ?? 'any');
    for (const [key, member] of membersOf(value, inner)) {
        for (const { params, extra, depth: deeper } of spoiled(value[key], member, depth + 1)) {
            yield { params: place(value, key, params), extra, depth: deeper };
        }
    }
}

/** What a client would announce that can do everything. */
export const everything = sample('ClientCapabilities', { PositionEncodingKind: 'utf-16' });
for (const group of [everything.textDocument.codeAction, everything.workspace.symbol]) {
    group.resolveSupport.properties = ['edit', 'location.range'];
}
everything.workspace.workspaceEdit.resourceOperations = ['create', 'rename', 'delete'];
Object.assign(everything.textDocument.semanticTokens, { tokenTypes: ['class', 'method'], requests: { range: true, full: { delta: true } } });
