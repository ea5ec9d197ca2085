// What the protocol's answers look like: predicates, made from smaller ones. Members that a shape does not name must not
// be there.
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const string = (value) => typeof value === 'string';
const word = (value) => string(value) && value.length > 0;
const boolean = (value) => typeof value === 'boolean';
const any = (value) => value !== undefined;
const upTo = (most, least = 0) => (value) => Number.isInteger(value) && value >= least && value <= most;
const integer = upTo(2 ** 31 - 1);
const list = (shape) => (value) => Array.isArray(value) && value.every(shape);
const either = (...shapes) => (value) => shapes.some((shape) => shape(value));
const is = (wanted) => (value) => value === wanted;
const nothing = is(null);
const orNothing = (shape) => either(nothing, shape);

/** An object with these members; those that may be missing end with "?". */
function object(members) {
    const shapes = new Map(Object.entries(members).map(([name, shape]) => [name.replace('?', ''), [shape, name.endsWith('?')]]));
    return (value) =>
        isObject(value) && Object.keys(value).every((name) => shapes.has(name)) &&
        [...shapes].every(([name, [shape, optional]]) => (value[name] === undefined ? optional : shape(value[name])));
}

// --- places ---

const compare = (a, b) => a.line - b.line || a.character - b.character;
const holds = (outer, inner) => compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
const position = object({ line: integer, character: integer });
const ends = object({ start: position, end: position });
const range = (value) => ends(value) && compare(value.start, value.end) <= 0;
const inOrder = (numbers) => numbers.every((number, i) => i === 0 || numbers[i - 1] <= number);

const location = object({ uri: word, range });
const link = object({ 'originSelectionRange?': range, targetUri: word, targetRange: range, targetSelectionRange: range });
const linkHolds = (value) => link(value) && holds(value.targetRange, value.targetSelectionRange);
export const locations = orNothing(either(location, list(location), list(linkHolds)));
export const references = orNothing(list(location));
export const highlights = orNothing(list(object({ range, kind: upTo(3, 1) })));

// --- texts ---

const markup = either(string, object({ kind: either(is('markdown'), is('plaintext')), value: string }));
export const hover = orNothing(object({ contents: markup, 'range?': range }));

const parameter = object({ label: either(string, list(integer)), 'documentation?': markup });
const signature = object({ label: word, 'documentation?': markup, 'parameters?': list(parameter), 'activeParameter?': orNothing(integer) });
export const signatureHelp = orNothing(object({ signatures: list(signature), 'activeSignature?': integer, 'activeParameter?': orNothing(integer) }));

// --- edits ---

const textEdit = object({ range, newText: string, 'annotationId?': string });
/** Its URI is the client's own, which may be anything. */
const textDocument = object({ uri: string, 'version?': orNothing(integer) });
const operation = (value) => isObject(value) && ['create', 'rename', 'delete'].includes(value.kind);
const change = either(object({ textDocument, edits: list(textEdit) }), operation);
const edit = object({
    'documentChanges?': list(change),
    'changes?': (value) => isObject(value) && Object.values(value).every(list(textEdit)),
    'changeAnnotations?': isObject,
});
export const workspaceEdit = orNothing(edit);
export const renamed = orNothing(either(range, object({ range, placeholder: word }), object({ defaultBehavior: boolean })));

const command = object({ title: word, command: word, 'tooltip?': string, 'arguments?': list(any) });
export const action = object({
    title: word, 'kind?': word, 'diagnostics?': list(any), 'isPreferred?': boolean, 'disabled?': object({ reason: word }),
    'edit?': edit, 'command?': command, 'data?': any,
});
export const actions = orNothing(list(either(action, command)));
export const lens = object({ range, 'command?': command, 'data?': any });
export const lenses = orNothing(list(lens));

// --- completion ---

const insertReplace = object({ newText: string, insert: range, replace: range });
export const item = object({
    label: word, 'labelDetails?': object({ 'detail?': string, 'description?': string }), 'kind?': upTo(25, 1), 'tags?': list(is(1)),
    'detail?': string, 'documentation?': markup, 'deprecated?': boolean, 'preselect?': boolean, 'sortText?': string, 'filterText?': string,
    'insertText?': string, 'insertTextFormat?': upTo(2, 1), 'insertTextMode?': upTo(2, 1), 'textEdit?': either(textEdit, insertReplace),
    'additionalTextEdits?': list(textEdit), 'commitCharacters?': list(word), 'command?': command, 'data?': any,
});
export const completion = orNothing(either(list(item), object({ isIncomplete: boolean, 'itemDefaults?': isObject, items: list(item) })));

// --- symbols ---

const kind = upTo(26, 1);
const tags = list(is(1));
const outlined = object({
    name: word, 'detail?': string, kind, 'tags?': tags, 'deprecated?': boolean, range, selectionRange: range, 'children?': Array.isArray,
});
const outline = (value) =>
    outlined(value) && holds(value.range, value.selectionRange) &&
    (value.children ?? []).every((child) => holds(value.range, child.range) && outline(child));
const symbolInformation = object({ name: word, kind, 'tags?': tags, 'deprecated?': boolean, 'containerName?': string, location });
export const outlines = orNothing(either(list(outline), list(symbolInformation)));
export const symbol = object({
    name: word, kind, 'tags?': tags, 'containerName?': string, location: either(location, object({ uri: word })), 'data?': any,
});
export const symbols = orNothing(list(symbol));

const related = object({
    name: word, kind, 'tags?': tags, 'detail?': string, uri: word, range, selectionRange: range, 'data?': any,
});
const hierarchyItem = (value) => related(value) && holds(value.range, value.selectionRange);
const ranges = (value) => list(range)(value) && value.length > 0;
export const hierarchyItems = orNothing(list(hierarchyItem));
export const incoming = orNothing(list(object({ from: hierarchyItem, fromRanges: ranges })));
export const outgoing = orNothing(list(object({ to: hierarchyItem, fromRanges: ranges })));

const unique = (value) => ['document', 'project', 'group', 'scheme', 'global'].includes(value);
const monikerKind = (value) => ['import', 'export', 'local'].includes(value);
export const monikers = orNothing(list(object({ scheme: word, identifier: word, unique, 'kind?': monikerKind })));

// --- the whole text ---

const fold = object({
    startLine: integer, 'startCharacter?': integer, endLine: integer, 'endCharacter?': integer,
    'kind?': (value) => ['comment', 'imports', 'region'].includes(value), 'collapsedText?': string,
});
export const folds = orNothing(list((value) => fold(value) && inOrder([value.startLine, value.endLine])));

const selected = object({ range, 'parent?': isObject });
/** One per position asked about; what it lies in may be many levels, which are not to be recursed into. */
export const selections = orNothing(list((value) => {
    for (let inner = value; inner; inner = inner.parent) {
        if (!selected(inner) || (inner.parent && !holds(inner.parent.range, inner.range))) return false;
    }
    return true;
}));

const numbers = (value) => list(integer)(value) && value.length % 5 === 0;
export const tokens = orNothing(object({ 'resultId?': word, data: numbers }));
const tokenEdit = object({ start: integer, deleteCount: integer, 'data?': list(integer) });
export const tokenEdits = either(tokens, object({ 'resultId?': word, edits: list(tokenEdit) }));

// --- faults ---

const error = (...codes) => object({ code: (value) => codes.includes(value), message: word, 'data?': any });
export const refusal = error(-32803);
export const wrongParams = error(-32602);
export const contentModified = error(-32801);
