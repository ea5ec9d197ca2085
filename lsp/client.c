#include "lsp/client.h"

#include "base/log.h"
#include "lsp/server.h"

/* The first format that we write decides; without a list it is Markdown, as LSP's older clients expect. */
static bool prefers_markdown(const json_t *formats) {
    size_t i;
    json_t *format;
    json_array_foreach((json_t *)formats, i, format) {
        if (!json_is_string(format)) continue;
        if (str_eq(json_str(format), STR("markdown"))) return true;
        if (str_eq(json_str(format), STR("plaintext"))) return false;
    }
    return formats == NULL;
}

/* Where plain text is all that can be taken for granted. */
static bool takes_markdown(const json_t *formats) { return formats && prefers_markdown(formats); }
/* LSP "FoldingRangeClientCapabilities". Clients that list no kinds know those of the protocol. */
static void read_folds(Client *self, const json_t *capabilities) {
    static const struct {
        FoldKind kind;
        const char *name;
    } kinds[] = {{FOLD_COMMENT, "comment"}, {FOLD_IMPORTS, "imports"}, {FOLD_REGION, "region"}};
    const char *listed = "textDocument.foldingRange.foldingRangeKind.valueSet";
    bool all = json_find_array(capabilities, listed) == NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (all || json_find_in_array(capabilities, listed, kinds[i].name))
            self->fold_kinds |= 1u << kinds[i].kind;
    }
    json_int_t limit = json_integer_value(json_find(capabilities, "textDocument.foldingRange.rangeLimit"));
    self->fold_limit = limit > 0 && limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX;
}

void client_read_capabilities(Client *self, const json_t *capabilities) {
#define CLIENT_FLAG(field, path) self->field = json_find_flag(capabilities, path);
#include "lsp/client.def"
#undef CLIENT_FLAG
    self->creates_files =
        json_find_in_array(capabilities, "workspace.workspaceEdit.resourceOperations", "create");
    self->renames_files =
        self->document_changes &&
        json_find_in_array(capabilities, "workspace.workspaceEdit.resourceOperations", "rename");
    self->annotates_changes =
        self->document_changes &&
        json_find_object(capabilities, "workspace.workspaceEdit.changeAnnotationSupport");
    self->action_literals =
        json_find_object(capabilities, "textDocument.codeAction.codeActionLiteralSupport");
    self->resolves_edits =
        self->action_data &&
        json_find_in_array(capabilities, "textDocument.codeAction.resolveSupport.properties", "edit");
    self->resolves_symbols =
        json_find_in_array(capabilities, "workspace.symbol.resolveSupport.properties", "location.range");
    read_folds(self, capabilities);
    legend_read(&self->legend, capabilities);
    self->shows_diagnostics = json_find_object(capabilities, "textDocument.publishDiagnostics");
    self->call_hierarchies = json_find_object(capabilities, "textDocument.callHierarchy");
    self->type_hierarchies = json_find_object(capabilities, "textDocument.typeHierarchy");
    self->monikers = json_find_object(capabilities, "textDocument.moniker");
    self->moves_pages =
        self->document_changes && json_find_flag(capabilities, "workspace.fileOperations.willRename") &&
        json_find_in_array(capabilities, "workspace.workspaceEdit.resourceOperations", "rename");
    self->removes_pages =
        self->document_changes && json_find_flag(capabilities, "workspace.fileOperations.willDelete") &&
        json_find_in_array(capabilities, "workspace.workspaceEdit.resourceOperations", "delete");
    self->asks = json_find_object(capabilities, "window.showMessage");
    self->text_contents = json_find_object(capabilities, "workspace.textDocumentContent");
    self->prefers_markdown =
        prefers_markdown(json_find_array(capabilities, "textDocument.hover.contentFormat"));
    self->completion_markdown = takes_markdown(
        json_find_array(capabilities, "textDocument.completion.completionItem.documentationFormat"));
    self->signature_markdown = takes_markdown(
        json_find_array(capabilities, "textDocument.signatureHelp.signatureInformation.documentationFormat"));
    self->resolves_imports =
        json_find_in_array(capabilities, "textDocument.completion.completionItem.resolveSupport.properties",
                           "additionalTextEdits");
    self->completion_tags =
        json_find_object(capabilities, "textDocument.completion.completionItem.tagSupport");
    self->negotiates_encodings = json_find_array(capabilities, "general.positionEncodings");
}

void client_release(Client *self) {
    for (uint32_t i = 0; i < self->pending.len; i++) json_decref(self->pending.items[i].context);
    ARRAY_FREE(&self->pending);
}

void client_request(Server *server, const char *method, json_t *params, ReplyHandler *handle,
                    json_t *context) {
    Client *self = &server->client;
    ARRAY_PUSH(&self->pending, (PendingRequest){++self->last_id, handle, context});
    log_line(LOG_DEBUG, "-> %s %lld", method, (long long)self->last_id);
    output_send(&server->output, rpc_request_new(self->last_id, method, params));
}

void client_notify(Server *server, const char *method, json_t *params) {
    log_line(LOG_DEBUG, "-> %s", method);
    output_send(&server->output, rpc_notification_new(method, params));
}

static bool take_pending(Client *self, const json_t *id, PendingRequest *out) {
    for (uint32_t i = 0; json_is_integer(id) && i < self->pending.len; i++) {
        if (self->pending.items[i].id != json_integer_value(id)) continue;
        *out = self->pending.items[i];
        self->pending.items[i] = ARRAY_POP(&self->pending);
        return true;
    }
    return false;
}

void client_take_answer(Server *server, const RpcMessage *answer) {
    PendingRequest request;
    if (!take_pending(&server->client, answer->id, &request)) {
        log_line(LOG_INFO, "an answer to nothing");
        return;
    }
    if (answer->error) {
        Str why = json_find_str(answer->error, "message");
        log_line(LOG_INFO, "the client refused request %lld: %.*s", (long long)request.id, STR_ARG(why));
    }
    if (request.handle) request.handle(server, answer->error ? NULL : answer->result, request.context);
    json_decref(request.context);
}

void client_log(Server *server, MessageType type, const char *format, ...) {
    static const LogLevel levels[] = {[MESSAGE_ERROR] = LOG_ERROR,
                                      [MESSAGE_WARNING] = LOG_WARNING,
                                      [MESSAGE_INFO] = LOG_INFO,
                                      [MESSAGE_LOG] = LOG_DEBUG};
    va_list args;
    va_start(args, format);
    StrBuf line = buf_formatted(format, args);
    va_end(args);
    log_line(levels[type], "%s", line.data);
    json_t *params = json_object();
    json_object_set_new(params, "type", json_integer(type));
    json_object_set_new(params, "message", json_from_str(buf_str(&line)));
    client_notify(server, "window/logMessage", params);
    buf_release(&line);
}
