/* LSP "workspace/executeCommand": the same pages for clients, or people, that call a command.
 *
 * The answer goes first; the edit follows a little later. Clients that have to deal with both at once lose
 * one. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"

json_t *execute_command_capability(const Server *self) {
    (void)self;
    json_t *commands = json_array();
    for (size_t i = 0; i < PAGE_COMMANDS; i++)
        json_array_append_new(commands, json_string(page_commands[i].command));
    return commands;
}

/* LSP "ShowDocumentParams". */
static json_t *show_params_new(Str uri) {
    json_t *params = json_object();
    json_object_set_new(params, "uri", json_from_str(uri));
    json_object_set_new(params, "takeFocus", json_true());
    return params;
}

static void show_applied(Server *self, const json_t *result, json_t *uri) {
    if (!self->client.shows_documents || !json_find_flag(result, "applied")) return;
    client_request(self, "window/showDocument", show_params_new(json_str(uri)), NULL, NULL);
}

static void apply_later(Server *self, const PageCommand *row, const PageDraft *draft, Str uri) {
    json_t *params = json_object();
    json_object_set_new(params, "label", json_string(row->title));
    json_object_set_new(params, "edit", pages_edit_new(self, draft));
    server_send_later(self, "workspace/applyEdit", params, show_applied, json_from_str(uri));
}

static void write_now(Server *self, const PageDraft *draft, Str uri, RpcError *error) {
    if (!pages_write(draft, error) || !self->client.shows_documents) return;
    server_send_later(self, "window/showDocument", show_params_new(uri), NULL, NULL);
}

static void generate(Server *self, const PageCommand *row, const PageDraft *draft, RpcError *error) {
    StrBuf uri;
    buf_init(&uri);
    convert_uri(&uri, buf_str(&draft->path), &self->documents);
    bool edits = self->client.applies_edits && pages_can_edit(&self->client);
    if (edits)
        apply_later(self, row, draft, buf_str(&uri));
    else
        write_now(self, draft, buf_str(&uri), error);
    buf_release(&uri);
}

json_t *execute_command(Server *self, const json_t *params, RpcError *error) {
    Str name;
    if (!params_str(params, "command", &name, error)) return NULL;
    const PageCommand *row = pages_find_command(name);
    if (row == NULL) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "command: %.*s is not known", STR_ARG(name));
        return NULL;
    }
    const json_t *uri = json_array_get(json_find_array(params, "arguments"), 0);
    if (!json_is_string(uri)) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "arguments: a URI expected");
        return NULL;
    }
    PageDraft draft;
    if (pages_draft(self, json_str(uri), row, &draft, error)) generate(self, row, &draft, error);
    pages_draft_release(&draft);
    return error->code ? NULL : json_null();
}
