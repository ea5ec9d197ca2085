// The methods that look something up: how each is asked, and what shape its answer has.
import * as shapes from './shapes.mjs';

/** Asks on with what an answer lists; two of it are enough. */
const each = (method, shape, { items = (result) => result ?? [], params = (item) => item } = {}) => (result) =>
    items(result).slice(0, 2).map((item) => ({ method, params: params(item), shape }));
const both = (...thens) => (result) => thens.flatMap((then) => then(result));
const asItem = { params: (item) => ({ item }) };
const completed = { items: (result) => result?.items ?? result ?? [] };

const followsNothing = () => [];

/** A method: how it is asked about a place, {textDocument, position}, and what is asked next. Only renaming may refuse. */
const about = (method, shape, more = {}, then = followsNothing) => ({
    method, shape, refuses: /ename$/.test(method), then: () => then, params: (place) => ({ ...place, ...more }),
});

export const byPosition = [
    about('textDocument/hover', shapes.hover),
    about('textDocument/definition', shapes.locations),
    about('textDocument/declaration', shapes.locations),
    about('textDocument/typeDefinition', shapes.locations),
    about('textDocument/implementation', shapes.locations),
    about('textDocument/references', shapes.references, { context: { includeDeclaration: true } }),
    about('textDocument/documentHighlight', shapes.highlights),
    about('textDocument/moniker', shapes.monikers),
    about('textDocument/prepareRename', shapes.renamed),
    about('textDocument/rename', shapes.workspaceEdit, { newName: 'frésh' }),
    about('textDocument/completion', shapes.completion, {}, each('completionItem/resolve', shapes.item, completed)),
    about('textDocument/signatureHelp', shapes.signatureHelp),
    about('textDocument/prepareCallHierarchy', shapes.hierarchyItems, {}, both(
        each('callHierarchy/incomingCalls', shapes.incoming, asItem), each('callHierarchy/outgoingCalls', shapes.outgoing, asItem))),
    about('textDocument/prepareTypeHierarchy', shapes.hierarchyItems, {}, both(
        each('typeHierarchy/supertypes', shapes.hierarchyItems, asItem), each('typeHierarchy/subtypes', shapes.hierarchyItems, asItem))),
    {
        ...about('textDocument/selectionRange', shapes.selections),
        params: ({ textDocument, position }) => ({ textDocument, positions: [position, position] }),
    },
];

const whole = (position) => ({ start: { line: 0, character: 0 }, end: position });
const delta = ({ textDocument }) => (result) => (result?.resultId === undefined ? [] : [{
    method: 'textDocument/semanticTokens/full/delta', params: { textDocument, previousResultId: result.resultId }, shape: shapes.tokenEdits,
}]);

/** Those that are asked of a document, or of what it has before a position. */
export const byDocument = [
    about('textDocument/documentSymbol', shapes.outlines),
    about('textDocument/foldingRange', shapes.folds),
    { ...about('textDocument/semanticTokens/full', shapes.tokens), then: delta },
    {
        ...about('textDocument/semanticTokens/range', shapes.tokens),
        params: ({ textDocument, position }) => ({ textDocument, range: whole(position) }),
    },
    about('textDocument/codeLens', shapes.lenses, {}, each('codeLens/resolve', shapes.lens)),
    {
        ...about('textDocument/codeAction', shapes.actions, {}, each('codeAction/resolve', shapes.action, { items: (all) => (all ?? []).filter(({ data }) => data) })),
        params: ({ textDocument, position }) => ({ textDocument, range: whole(position), context: { diagnostics: [] } }),
    },
];

export const byQuery = [
    { ...about('workspace/symbol', shapes.symbols, {}, each('workspaceSymbol/resolve', shapes.symbol)), params: (query) => ({ query }) },
];

/** The requests of some methods about one place, or query: {method, params, shape, refuses, then(result)}. */
export const requestsAt = (methods, place) => methods.map(({ method, shape, refuses, params, then }) => (
    { method, shape, refuses, params: params(place), then: then(place) }));
