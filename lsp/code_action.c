/* LSP "textDocument/codeAction" and "codeAction/resolve": what can be done about a docstring, and about the
 * pages of a file.
 *
 * VS Code shows actions of kind `source` in a menu of their own only, not at the light bulb. So each page
 * goes by two kinds: "source.headword.…" for clients that ask for source actions, "headword.…" for those that
 * ask for any. */
#include "base/log.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/doc_actions.h"
#include "lsp/pages.h"

static const char *short_kind(const PageCommand *row) { return row->kind + strlen("source."); }

json_t *code_action_capability(const Server *self) {
    if (!self->client.action_literals) return json_true();
    json_t *kinds = json_array(), *options = json_object();
    for (size_t i = 0; i < PAGE_COMMANDS; i++) {
        json_array_append_new(kinds, json_string(page_commands[i].kind));
        json_array_append_new(kinds, json_string(short_kind(&page_commands[i])));
    }
    json_array_append_new(kinds, json_string(DOC_ACTION_KIND));
    json_array_append_new(kinds, json_string("quickfix"));
    json_object_set_new(options, "codeActionKinds", kinds);
    return options;
}

json_t *code_action_resolve_capability(const Server *self) {
    return self->client.resolves_edits ? json_true() : NULL;
}

/* Whether a kind is one that the client names, or one below it. */
static bool is_named(const json_t *only, const char *kind_name) {
    Str kind = str_of(kind_name);
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)only, i, item) {
        Str name = json_is_string(item) ? json_str(item) : STR_NONE;
        if (name.len == 0 || !str_starts_with(kind, name)) continue;
        if (name.len == kind.len || str_starts_with(str_from(kind, name.len), STR("."))) return true;
    }
    return false;
}

/* The kind by which the client wants the action, or NULL. */
static const char *wanted_kind(const json_t *only, const PageCommand *row) {
    if (only == NULL) return short_kind(row);
    if (is_named(only, row->kind)) return row->kind;
    return is_named(only, short_kind(row)) ? short_kind(row) : NULL;
}

/* LSP "Command". */
static json_t *command_new(const PageCommand *row, const char *title, Str uri) {
    json_t *arguments = json_array(), *command = json_object();
    json_array_append_new(arguments, json_from_str(uri));
    json_object_set_new(command, "title", json_string(title));
    json_object_set_new(command, "command", json_string(row->command));
    json_object_set_new(command, "arguments", arguments);
    return command;
}

static json_t *data_new(const PageCommand *row, Str uri) {
    json_t *data = json_object();
    json_object_set_new(data, "command", json_string(row->command));
    json_object_set_new(data, "uri", json_from_str(uri));
    return data;
}

/* The edit that makes the page, and the page's URI; NULL with an error when there can be none. */
static json_t *chosen_edit_new(Server *self, const PageCommand *row, Str uri, json_t **page,
                               RpcError *error) {
    PageDraft draft;
    json_t *edit = NULL;
    if (pages_draft(self, uri, row->page, &draft, error)) {
        pages_make_folder(self, &draft);
        edit = pages_edit_new(self, &draft);
        *page = pages_uri_new(self, &draft);
    }
    pages_draft_release(&draft);
    return edit;
}

/* The edit for an action that may never be chosen; NULL when it could not be applied as things are. */
static json_t *offered_edit_new(Server *self, const PageCommand *row, Str uri) {
    PageDraft draft;
    RpcError error = {0};
    json_t *edit = NULL;
    if (pages_draft(self, uri, row->page, &draft, &error) && !pages_lacks_folder(self, &draft))
        edit = pages_edit_new(self, &draft);
    pages_draft_release(&draft);
    rpc_error_release(&error);
    return edit;
}

/* An action carries its edit, or what resolve needs to make it; where that cannot be, a command. */
static json_t *action_new(Server *self, const PageCommand *row, const char *title, const char *kind,
                          Str uri) {
    if (!self->client.action_literals) return command_new(row, title, uri);
    json_t *action = json_object(), *edit = NULL;
    json_object_set_new(action, "title", json_string(title));
    json_object_set_new(action, "kind", json_string(kind));
    bool edits = row->task == PAGE_TASK_WRITE && pages_can_edit(&self->client);
    if (edits && self->client.resolves_edits) {
        json_object_set_new(action, "data", data_new(row, uri));
        return action;
    }
    if (edits) edit = offered_edit_new(self, row, uri);
    if (edit)
        json_object_set_new(action, "edit", edit);
    else
        json_object_set_new(action, "command", command_new(row, title, uri)); /* which may say why it fails */
    return action;
}

/* What the action is called as things stand, or NULL when it is none. */
static const char *title_of(const Server *self, const PageCommand *row, Str source) {
    PageLook look = pages_look(self, source, row->page);
    if (row->task == PAGE_TASK_OPEN)
        return look != PAGE_LOOK_MISSING && self->client.shows_documents ? row->title : NULL;
    if (row->task == PAGE_TASK_PREVIEW) return self->client.shows_documents ? row->title : NULL;
    return look == PAGE_LOOK_CHANGED ? row->update : row->title;
}

static void append_pages(Server *self, Str uri, Str source, const json_t *only, json_t *actions) {
    for (size_t i = 0; i < PAGE_COMMANDS; i++) {
        const PageCommand *row = &page_commands[i];
        const char *kind = wanted_kind(only, row), *title = kind ? title_of(self, row, source) : NULL;
        if (title) json_array_append_new(actions, action_new(self, row, title, kind, uri));
    }
}

json_t *code_action(Server *self, const json_t *params, RpcError *error) {
    Str uri;
    if (!params_str(params, "textDocument.uri", &uri, error)) return NULL;
    json_t *actions = json_array();
    if (!doc_actions_append(self, params, actions, error)) {
        json_decref(actions);
        return NULL;
    }
    StrBuf path, source, page;
    buf_init(&path);
    buf_init(&source);
    buf_init(&page);
    convert_path(&path, uri);
    static const PageKind docs = PAGE_DOCS;
    if (pages_find_source(self, buf_str(&path), &source, NULL) &&
        pages_path(self, buf_str(&source), &docs, &page))
        append_pages(self, uri, buf_str(&source), json_find_array(params, "context.only"), actions);
    buf_release(&path);
    buf_release(&source);
    buf_release(&page);
    return actions;
}

json_t *code_action_resolve(Server *self, const json_t *params, RpcError *error) {
    Str title, name, uri;
    if (!params_str(params, "title", &title, error)) return NULL;
    const json_t *data = json_find(params, "data");
    if (data == NULL || json_find(params, "edit"))
        return json_copy((json_t *)params); /* clients ask anyway */
    if (!params_str(params, "data.command", &name, error) || !params_str(params, "data.uri", &uri, error))
        return NULL;
    const PageCommand *row = pages_find_command(name);
    if (row == NULL || row->task != PAGE_TASK_WRITE) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "data.command: %.*s is not known", STR_ARG(name));
        return NULL;
    }
    json_t *page, *edit = chosen_edit_new(self, row, uri, &page, error);
    if (edit == NULL) return NULL;
    json_t *action = json_copy((json_t *)params), *told = json_copy((json_t *)data);
    json_object_set_new(told, "page",
                        page); /* for clients that want to show it, also when it needs no edit */
    json_object_set_new(action, "data", told);
    json_object_set_new(action, "edit", edit);
    return action;
}
