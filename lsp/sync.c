/* LSP "Text Document Synchronization": open, change, save, close. */
#include "lsp/diagnostics.h"
#include "lsp/dispatch.h"
#include "lsp/folders.h"
#include "lsp/idle.h"
#include "lsp/page_saves.h"
#include "lsp/watch.h"

enum { SYNC_INCREMENTAL = 2 };

json_t *sync_kind(const Server *self) {
    (void)self;
    return json_integer(SYNC_INCREMENTAL);
}

void sync_open(Server *self, const json_t *params, RpcError *error) {
    Str uri, text;
    if (!params_str(params, "textDocument.uri", &uri, error)) return;
    if (!params_str(params, "textDocument.text", &text, error)) return;
    Str language = json_find_str(params, "textDocument.languageId");
    json_int_t version = json_integer_value(json_find(params, "textDocument.version"));
    bool again = documents_find(&self->documents, uri) != NULL;
    Document *document = documents_open(&self->documents, uri, language, version, text);
    if (!again) workspace_cover(self, document);
    if (workspace_reads(document)) folders_adopt(self, document->path);
    diagnostics_schedule(self, document);
}

static Document *find_open(Server *self, const json_t *params, RpcError *error) {
    Str uri;
    if (!params_str(params, "textDocument.uri", &uri, error)) return NULL;
    Document *document = documents_find(&self->documents, uri);
    if (document == NULL) rpc_error_set(error, RPC_INVALID_PARAMS, "%.*s is not open", STR_ARG(uri));
    return document;
}

static bool change(Server *self, Document *document, const json_t *item, RpcError *error) {
    Str text;
    LspRange range;
    bool whole = json_find(item, "range") == NULL;
    if (!params_str(item, "text", &text, error)) return false;
    if (!whole && !params_range(item, "range", &range, error)) return false;
    if (document_change(document, whole ? NULL : &range, self->encoding, text)) return true;
    rpc_error_set(error, RPC_REQUEST_FAILED, "the text becomes too long");
    return false;
}

void sync_change(Server *self, const json_t *params, RpcError *error) {
    Document *document = find_open(self, params, error);
    json_t *changes, *item;
    if (document == NULL || !params_array(params, "contentChanges", &changes, error)) return;
    document->version = json_integer_value(json_find(params, "textDocument.version"));
    size_t i;
    json_array_foreach(changes, i, item) {
        if (change(self, document, item, error)) continue;
        client_log(self, MESSAGE_ERROR, "%.*s: a change cannot be applied: %s", STR_ARG(document->uri),
                   error->message);
        break;
    }
    diagnostics_schedule(self, document);
}

void sync_save(Server *self, const json_t *params, RpcError *error) {
    const Document *document = find_open(self, params, error);
    if (document == NULL) return;
    watch_file_changed(self, document->path);
    page_saves_note(self, document->path);
    page_saves_write(self);
    workspace_sweep(self); /* who saves here may have changed files elsewhere */
}

void sync_close(Server *self, const json_t *params, RpcError *error) {
    Document *document = find_open(self, params, error);
    if (document == NULL) return;
    diagnostics_clear(self, document);
    workspace_uncover(self, document);
    documents_close(&self->documents, document);
    idle_await(self);
}
