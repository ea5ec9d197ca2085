/* LSP "workspace/executeCommand": the same pages for clients, or people, that call a command.
 *
 * The answer goes first; the edit follows a little later. Clients that have to deal with both at once lose
 * one. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"
#include "lsp/previews.h"

json_t *execute_command_capability(const Server *self) {
    (void)self;
    json_t *commands = json_array();
    for (size_t i = 0; i < PAGE_COMMANDS; i++)
        json_array_append_new(commands, json_string(page_commands[i].command));
    return commands;
}

static void show_applied(Server *self, const json_t *result, json_t *uri) {
    if (!json_find_flag(result, "applied")) return;
    pages_note_written(self);
    if (self->client.shows_documents)
        client_request(self, "window/showDocument", pages_show_new(json_str(uri)), NULL, NULL);
}

static void apply_later(Server *self, const PageCommand *row, const PageDraft *draft, Str uri) {
    json_t *params = json_object();
    pages_make_folder(self, draft);
    json_object_set_new(params, "label", json_string(row->title));
    json_object_set_new(params, "edit", pages_edit_new(self, draft));
    server_send_later(self, "workspace/applyEdit", params, show_applied, json_from_str(uri));
}

static void show_later(Server *self, Str uri) {
    if (self->client.shows_documents)
        server_send_later(self, "window/showDocument", pages_show_new(uri), NULL, NULL);
}

static void write_now(Server *self, const PageDraft *draft, Str uri, RpcError *error) {
    if (!pages_write(draft, error)) return;
    pages_note_written(self);
    show_later(self, uri);
}

static json_t *generate(Server *self, const PageCommand *row, Str source, RpcError *error) {
    PageDraft draft;
    if (pages_draft(self, source, row->page, &draft, error)) {
        json_t *uri = pages_uri_new(self, &draft);
        if (self->client.applies_edits && pages_can_edit(&self->client))
            apply_later(self, row, &draft, json_str(uri));
        else
            write_now(self, &draft, json_str(uri), error);
        json_decref(uri);
    }
    pages_draft_release(&draft);
    return error->code ? NULL : json_null();
}

static json_t *open_page(Server *self, const PageCommand *row, Str asked, RpcError *error) {
    (void)row;
    StrBuf path, source, page, uri;
    buf_init(&path);
    buf_init(&source);
    buf_init(&page);
    buf_init(&uri);
    convert_path(&path, asked);
    if (!pages_find_source(self, buf_str(&path), &source, NULL) ||
        !pages_find_docs(self, buf_str(&source), &page)) {
        rpc_error_set(error, RPC_REQUEST_FAILED, "%.*s has no doc page yet", STR_ARG(asked));
    } else {
        convert_uri(&uri, buf_str(&page), &self->documents);
        show_later(self, buf_str(&uri));
    }
    buf_release(&path);
    buf_release(&source);
    buf_release(&page);
    buf_release(&uri);
    return error->code ? NULL : json_null();
}

/* Answers with the preview's URI, for clients that cannot be asked to show it. */
static json_t *preview(Server *self, const PageCommand *row, Str source, RpcError *error) {
    json_t *uri = previews_begin(self, source, row->page, error);
    if (uri) show_later(self, json_str(uri));
    return uri;
}

json_t *execute_command(Server *self, const json_t *params, RpcError *error) {
    static json_t *(*const tasks[])(Server *, const PageCommand *, Str, RpcError *) = {
        [PAGE_TASK_WRITE] = generate, [PAGE_TASK_PREVIEW] = preview, [PAGE_TASK_OPEN] = open_page};
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
    return tasks[row->task](self, row, json_str(uri), error);
}
