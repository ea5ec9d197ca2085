// What real clients announce, as far as the server's behaviour depends on it.
const everyKind = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } } };
const signatures = { parameterInformation: { labelOffsetSupport: true }, activeParameterSupport: true };
const markdown = { contentFormat: ['markdown', 'plaintext'] };

const hierarchies = { callHierarchy: {}, typeHierarchy: {} };
const linked = { linkSupport: true };
const links = { definition: linked, declaration: linked, typeDefinition: linked, implementation: linked };

/** VS Code: everything. */
export const vscode = {
    clientInfo: { name: 'Visual Studio Code' },
    capabilities: {
        general: { positionEncodings: ['utf-16'] },
        window: { workDoneProgress: true, showDocument: { support: true } },
        workspace: {
            applyEdit: true,
            configuration: true,
            didChangeConfiguration: { dynamicRegistration: true },
            didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
            workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
            workspaceFolders: true,
        },
        textDocument: {
            codeAction: { ...everyKind, dataSupport: true, resolveSupport: { properties: ['edit'] } },
            completion: {
                completionItem: {
                    documentationFormat: ['markdown', 'plaintext'],
                    insertReplaceSupport: true,
                    labelDetailsSupport: true,
                    snippetSupport: true,
                    tagSupport: { valueSet: [1] },
                },
            },
            signatureHelp: {
                signatureInformation: { ...signatures, documentationFormat: ['markdown', 'plaintext'], noActiveParameterSupport: true },
            },
            ...links,
            ...hierarchies,
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
            hover: markdown,
            publishDiagnostics: { versionSupport: false },
        },
    },
};

/** Neovim: makes files by edits without saying documentChanges; watches no files. */
export const neovim = {
    clientInfo: { name: 'Neovim' },
    capabilities: {
        general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
        window: { workDoneProgress: true, showDocument: { support: true } },
        workspace: {
            applyEdit: true,
            configuration: true,
            didChangeConfiguration: { dynamicRegistration: false },
            didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
            workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
            workspaceFolders: true,
        },
        textDocument: {
            codeAction: { ...everyKind, dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } },
            ...links,
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
            hover: markdown,
            publishDiagnostics: {},
        },
    },
};

/** Emacs with Eglot: fills files by edits, but makes none; utf-32 first; plain text hovers. */
export const eglot = {
    clientInfo: { name: 'Eglot' },
    capabilities: {
        general: { positionEncodings: ['utf-32', 'utf-8', 'utf-16'] },
        window: { workDoneProgress: true, showDocument: { support: true } },
        workspace: {
            applyEdit: true,
            configuration: true,
            didChangeWatchedFiles: { dynamicRegistration: true },
            workspaceEdit: { documentChanges: true },
            workspaceFolders: true,
        },
        textDocument: {
            codeAction: { ...everyKind, dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } },
            completion: { completionItem: { snippetSupport: false, tagSupport: { valueSet: [1] } } },
            signatureHelp: { signatureInformation: { ...signatures, documentationFormat: ['plaintext'] } },
            ...links,
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
            hover: { contentFormat: ['plaintext'] },
            publishDiagnostics: {},
        },
    },
};

/** An older Eglot: no encodings, no progress, no resolving. */
export const oldEglot = {
    capabilities: {
        workspace: {
            applyEdit: true,
            configuration: true,
            didChangeWatchedFiles: { dynamicRegistration: true },
            workspaceEdit: { documentChanges: true },
            workspaceFolders: true,
        },
        textDocument: {
            codeAction: everyKind,
            ...links,
            documentSymbol: { hierarchicalDocumentSymbolSupport: true },
            hover: { contentFormat: ['plaintext'] },
            publishDiagnostics: {},
        },
    },
};

/** Emacs with lsp-mode: offers utf-32 before utf-16, and no utf-8; sends no workspaceFolders. */
export const lspMode = {
    clientInfo: { name: 'emacs' },
    capabilities: {
        ...vscode.capabilities,
        general: { positionEncodings: ['utf-32', 'utf-16'] },
        workspace: { ...vscode.capabilities.workspace, workspaceFolders: undefined },
        textDocument: {
            ...vscode.capabilities.textDocument,
            codeAction: { ...everyKind, dataSupport: true, resolveSupport: { properties: ['edit', 'command'] } },
            publishDiagnostics: { versionSupport: true },
        },
    },
};

/** A client that announces nothing at all. */
export const plain = { capabilities: {} };

/** An editor with some of its capabilities replaced: `replace` gets a copy to change. */
export function like(editor, replace) {
    const copy = structuredClone(editor);
    replace(copy.capabilities);
    return copy;
}
