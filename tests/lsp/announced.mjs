// Whether what a server sends uses only what the client announced: checks by method, each with what it found. They say
// nothing of the shape of messages (shapes.mjs does).
const at = (value, path) => path.split('.').reduce((inner, name) => inner?.[name], value);
const all = (value) => (value === null || value === undefined ? [] : [value].flat());
const unless = (fine, breach) => (fine ? [] : [breach]);
const upTo = (most) => Array.from({ length: most }, (_, i) => i + 1);

/** One breach for each of the values that is none of the allowed ones. */
const outside = (values, allowed, what) => values.flatMap((value) => unless(value === undefined || allowed.includes(value), `${what} ${JSON.stringify(value)}`));
const tags = (item, support, what) => outside(all(item.tags), all(support?.valueSet), `a tag of ${what}`);

/** MarkupContent is of a kind that the client shows: plain text where it names none; a string is for all. */
const markup = (content, formats = ['plaintext'], what) => outside(typeof content === 'object' ? all(content?.kind) : [], formats, `${what} as`);

// --- edits ---

function editBreaches(edit, capabilities) {
    const support = capabilities.workspace?.workspaceEdit ?? {};
    const operations = all(support.resourceOperations);
    const changes = all(edit?.documentChanges);
    return [
        ...unless(changes.length === 0 || support.documentChanges || operations.length > 0, 'documentChanges'),
        ...outside(changes.map((change) => change.kind), operations, 'the file operation'),
        ...unless(!edit?.changeAnnotations || support.changeAnnotationSupport, 'changeAnnotations'),
        ...changes.flatMap((change) => all(change.edits)).flatMap((inner) => [
            ...unless(!inner.annotationId || support.changeAnnotationSupport, 'annotationId'),
            ...unless(!inner.snippet || support.snippetEditSupport, 'a snippet in an edit'),
        ]),
    ];
}

const resolves = (support, property) => all(support?.resolveSupport?.properties).includes(property);

function actionBreaches(action, capabilities) {
    const support = capabilities.textDocument?.codeAction ?? {};
    if (typeof action.command === 'string') return []; // a Command
    return [
        ...unless(support.codeActionLiteralSupport, 'a CodeAction'),
        ...unless(!action.isPreferred || support.isPreferredSupport, 'isPreferred'),
        ...unless(!action.disabled || support.disabledSupport, 'disabled'),
        ...unless(action.data === undefined || support.dataSupport, 'data of an action'),
        ...unless(action.edit || action.command || action.disabled || resolves(support, 'edit'), 'an action that does nothing'),
        ...editBreaches(action.edit, capabilities),
    ];
}

// --- symbols ---

const oldKinds = upTo(18); // those that clients without a value set know (LSP, SymbolKind)

function symbolBreaches(symbol, support = {}) {
    return [
        ...outside([symbol.kind], support.symbolKind?.valueSet ?? oldKinds, 'the symbol kind'),
        ...tags(symbol, support.tagSupport, 'a symbol'),
        ...unless(!symbol.selectionRange || support.hierarchicalDocumentSymbolSupport, 'a DocumentSymbol'),
        ...unless(!symbol.location || symbol.location.range || resolves(support, 'location.range'), 'a symbol without range'),
        ...all(symbol.children).flatMap((child) => symbolBreaches(child, support)),
    ];
}

// --- completion ---

const itemFlags = { commitCharacters: 'commitCharactersSupport', preselect: 'preselectSupport', deprecated: 'deprecatedSupport',
    labelDetails: 'labelDetailsSupport', insertTextMode: 'insertTextModeSupport' };

function itemBreaches(item, capabilities) {
    const completion = capabilities.textDocument?.completion ?? {};
    const support = completion.completionItem ?? {};
    return [
        ...outside([item.kind], completion.completionItemKind?.valueSet ?? oldKinds, 'the item kind'),
        ...Object.entries(itemFlags).flatMap(([member, flag]) => unless(item[member] === undefined || support[flag], member)),
        ...unless(item.insertTextFormat !== 2 || support.snippetSupport, 'a snippet'),
        ...unless(!item.textEdit?.insert || support.insertReplaceSupport, 'an InsertReplaceEdit'),
        ...markup(item.documentation, support.documentationFormat, 'documentation'),
        ...tags(item, support.tagSupport, 'an item'),
    ];
}

function completionBreaches(list, capabilities) {
    const support = capabilities.textDocument?.completion?.completionList;
    return [
        ...outside(Object.keys(list?.itemDefaults ?? {}), all(support?.itemDefaults), 'the item default'),
        ...all(list?.items ?? list).flatMap((item) => itemBreaches(item, capabilities)),
    ];
}

/** What a resolved item has beside the one that was asked about was announced as resolvable. */
export function resolvedBreaches(before, after, capabilities) {
    const support = capabilities.textDocument?.completion?.completionItem;
    const added = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
    // Before there was resolveSupport, these two could be resolved (LSP 3.15).
    const known = support?.resolveSupport ? all(support.resolveSupport.properties) : ['documentation', 'detail'];
    return [...outside(added, known, 'a resolved'), ...itemBreaches(after, capabilities)];
}

function signatureBreaches(help, capabilities) {
    const support = capabilities.textDocument?.signatureHelp?.signatureInformation ?? {};
    const places = [help, ...all(help?.signatures)];
    return [
        ...unless(places.every((place) => place?.activeParameter !== null) || support.noActiveParameterSupport, 'no active parameter'),
        ...all(help?.signatures).flatMap((signature) => [
            ...unless(signature.activeParameter === undefined || support.activeParameterSupport, 'activeParameter of a signature'),
            ...markup(signature.documentation, support.documentationFormat, 'documentation of a signature'),
            ...all(signature.parameters).flatMap((parameter) => [
                ...unless(typeof parameter.label === 'string' || support.parameterInformation?.labelOffsetSupport, 'offsets for a label'),
                ...markup(parameter.documentation, support.documentationFormat, 'documentation of a parameter'),
            ]),
        ]),
    ];
}

// --- the rest ---

const links = (name) => (result, capabilities) =>
    unless(all(result).every((item) => !item.targetUri) || at(capabilities, `textDocument.${name}.linkSupport`), 'a LocationLink');

function foldBreaches(folds, capabilities) {
    const support = capabilities.textDocument?.foldingRange ?? {};
    return [
        ...unless(all(folds).length <= (support.rangeLimit ?? Infinity), 'more folds than wanted'),
        ...all(folds).flatMap((fold) => [
            ...unless(!fold.collapsedText || support.foldingRange?.collapsedText, 'collapsedText'),
            ...unless(fold.startCharacter === undefined || !support.lineFoldingOnly, 'a fold inside lines'),
            ...(support.foldingRangeKind ? outside([fold.kind], support.foldingRangeKind.valueSet, 'the fold kind') : []),
        ]),
    ];
}

function diagnosticBreaches(params, capabilities) {
    const support = capabilities.textDocument?.publishDiagnostics;
    return [
        ...unless(support, 'diagnostics'),
        ...unless(params.version === undefined || support?.versionSupport, 'the version of diagnostics'),
        ...all(params.diagnostics).flatMap((diagnostic) => [
            ...tags(diagnostic, support?.tagSupport, 'a diagnostic'),
            ...unless(!diagnostic.relatedInformation || support?.relatedInformation, 'relatedInformation'),
            ...unless(!diagnostic.codeDescription || support?.codeDescriptionSupport, 'codeDescription'),
            ...unless(diagnostic.data === undefined || support?.dataSupport, 'data of a diagnostic'),
        ]),
    ];
}

/** Registrations are of methods that the client lets be registered, and patterns of kinds that it knows. */
function registrationBreaches({ registrations }, capabilities) {
    return registrations.flatMap(({ method, registerOptions }) => [
        ...unless(at(capabilities, method.replace('/', '.'))?.dynamicRegistration, `the registration of ${method}`),
        ...unless(all(registerOptions?.watchers).every((watcher) => typeof watcher.globPattern === 'string') ||
            capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport, 'a RelativePattern'),
    ]);
}

const initializeNeeds = {
    'renameProvider.prepareProvider': 'textDocument.rename.prepareSupport',
    'codeActionProvider.codeActionKinds': 'textDocument.codeAction.codeActionLiteralSupport',
    'codeActionProvider.resolveProvider': 'textDocument.codeAction.resolveSupport',
    'workspaceSymbolProvider.resolveProvider': 'workspace.symbol.resolveSupport',
    'semanticTokensProvider.full.delta': 'textDocument.semanticTokens.requests.full.delta',
    'semanticTokensProvider.range': 'textDocument.semanticTokens.requests.range',
    'workspace.workspaceFolders': 'workspace.workspaceFolders',
    'callHierarchyProvider': 'textDocument.callHierarchy',
    'typeHierarchyProvider': 'textDocument.typeHierarchy',
    'semanticTokensProvider': 'textDocument.semanticTokens',
};

function initializeBreaches({ capabilities: offered }, capabilities) {
    const legend = offered.semanticTokensProvider?.legend ?? {};
    const tokens = capabilities.textDocument?.semanticTokens;
    return [
        ...outside([offered.positionEncoding], capabilities.general?.positionEncodings ?? ['utf-16'], 'the position encoding'),
        ...Object.entries(initializeNeeds).flatMap(([ours, theirs]) => unless(!at(offered, ours) || at(capabilities, theirs), ours)),
        ...outside(all(legend.tokenTypes), all(tokens?.tokenTypes), 'the token type'),
        ...outside(all(legend.tokenModifiers), all(tokens?.tokenModifiers), 'the token modifier'),
    ];
}

const needs = (path) => (_, capabilities) => unless(at(capabilities, path), `a request that needs ${path}`);
const symbolsOf = (path) => (result, capabilities) => all(result).flatMap((symbol) => symbolBreaches(symbol, at(capabilities, path)));

/** By method: what is wrong with an answer to it or, where the server sends it, with its params. */
const checks = {
    'initialize': initializeBreaches,
    'textDocument/hover': (hover, capabilities) => markup(hover?.contents, capabilities.textDocument?.hover?.contentFormat, 'a hover'),
    'textDocument/definition': links('definition'),
    'textDocument/declaration': links('declaration'),
    'textDocument/typeDefinition': links('typeDefinition'),
    'textDocument/implementation': links('implementation'),
    'textDocument/documentSymbol': symbolsOf('textDocument.documentSymbol'),
    'workspace/symbol': symbolsOf('workspace.symbol'),
    'textDocument/codeAction': (actions, capabilities) => all(actions).flatMap((action) => actionBreaches(action, capabilities)),
    'codeAction/resolve': actionBreaches,
    'textDocument/completion': completionBreaches,
    'textDocument/signatureHelp': signatureBreaches,
    'textDocument/foldingRange': foldBreaches,
    'textDocument/rename': editBreaches,
    'textDocument/documentLink': (found, capabilities) =>
        unless(all(found).every((link) => !link.tooltip) || capabilities.textDocument?.documentLink?.tooltipSupport, 'the tooltip of a link'),
    'textDocument/publishDiagnostics': diagnosticBreaches,
    'client/registerCapability': registrationBreaches,
    'client/unregisterCapability': () => [],
    'window/logMessage': () => [],
    'window/showMessage': () => [],
    'window/showMessageRequest': needs('window.showMessage'),
    'window/showDocument': needs('window.showDocument.support'),
    'window/workDoneProgress/create': needs('window.workDoneProgress'),
    '$/progress': needs('window.workDoneProgress'),
    'workspace/configuration': needs('workspace.configuration'),
    'workspace/workspaceFolders': needs('workspace.workspaceFolders'),
    'workspace/applyEdit': (params, capabilities) => [...needs('workspace.applyEdit')(params, capabilities), ...editBreaches(params.edit, capabilities)],
    'workspace/codeLens/refresh': needs('workspace.codeLens.refreshSupport'),
    'workspace/textDocumentContent/refresh': needs('workspace.textDocumentContent'),
    'workspace/diagnostic/refresh': needs('workspace.diagnostics.refreshSupport'),
    'workspace/semanticTokens/refresh': needs('workspace.semanticTokens.refreshSupport'),
};

/** What an answer uses that the client did not announce. */
export const answerBreaches = (method, result, capabilities) => (checks[method] ?? (() => []))(result, capabilities);

/** The same of a message that the server sent by itself; every one has to be known here. */
export function messageBreaches({ method, params }, capabilities) {
    return checks[method] ? checks[method](params, capabilities) : [`a message that is not known: ${method}`];
}
