// Writes protocol.json: what the Language Server Protocol's model says about the methods that clients call,
// and, below "served", about those that servers call.
//
//     node tests/lsp/strip_model.mjs metaModel.json > tests/lsp/protocol.json
//
// A type is the name of a base type, a structure or an enumeration, or a list: ["or", type …], ["list", type],
// ["map", value], ["tuple", type …], ["is", value …] or ["object", members]. Members that may be missing end with "?".
import fs from 'node:fs';

const model = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const named = (rows, key = 'name') => Object.fromEntries(rows.map((row) => [row[key], row]));
const structures = named(model.structures);
const aliases = named(model.typeAliases);
const enumerations = named(model.enumerations);
const types = {};

const members = (properties) => Object.fromEntries(properties.map(({ name, type, optional }) => [optional ? `${name}?` : name, strip(type)]));

function structure({ extends: bases = [], mixins = [], properties }) {
    const inherited = [...bases, ...mixins].map(({ name }) => structure(structures[name])[1]);
    return ['object', Object.assign({}, ...inherited, members(properties))];
}

const enumeration = ({ type, values, supportsCustomValues }) => (supportsCustomValues ? type.name : ['is', ...values.map(({ value }) => value)]);

/** The name of a type of the model, which is put into `types`. */
function use(name) {
    if (name.startsWith('LSPA') || name === 'LSPObject') return 'any';
    if (name in types) return name;
    types[name] = null; // types may hold themselves
    if (structures[name]) types[name] = structure(structures[name]);
    else types[name] = enumerations[name] ? enumeration(enumerations[name]) : strip(aliases[name].type);
    return name;
}

const kinds = {
    base: ({ name }) => name,
    reference: ({ name }) => use(name),
    array: ({ element }) => ['list', strip(element)],
    map: ({ value }) => ['map', strip(value)],
    tuple: ({ items }) => ['tuple', ...items.map(strip)],
    or: ({ items }) => ['or', ...items.map(strip)],
    and: ({ items }) => ['object', Object.assign({}, ...items.map(({ name }) => structure(structures[name])[1]))],
    stringLiteral: ({ value }) => ['is', value],
    literal: ({ value }) => ['object', members(value.properties)],
};

function strip(type) {
    return kinds[type.kind](type);
}

const rowOf = ({ params, result, serverCapability }) => ({
    params: params ? strip(params) : 'null',
    ...(result && { result: strip(result), capability: serverCapability }),
});
const rowsFrom = (list, sender) => Object.fromEntries(
    list.filter(({ messageDirection }) => [sender, 'both'].includes(messageDirection)).map((row) => [row.method, rowOf(row)]));

const requests = rowsFrom(model.requests, 'clientToServer');
const notifications = rowsFrom(model.notifications, 'clientToServer');
const served = { ...rowsFrom(model.requests, 'serverToClient'), ...rowsFrom(model.notifications, 'serverToClient') };

const rows = (table) => `{\n${Object.keys(table).sort().map((key) => `${JSON.stringify(key)}: ${JSON.stringify(table[key])}`).join(',\n')}\n}`;
console.log(`{"requests": ${rows(requests)},\n"notifications": ${rows(notifications)},\n"served": ${rows(served)},\n"types": ${rows(types)}}`);
