#include "lsp/page_moves.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/page_saves.h"
#include "lsp/pages.h"
#include "lsp/watch.h"
#include "markdown/disk/orphans.h"

#include <errno.h>
#include <stdio.h>

static const char annotation_id[] = "headword.pages";

/* A list of operations on pages: LSP "RenameFile" and "DeleteFile". */
static void add_operation(json_t *list, const char *kind, Str from, Str to) {
    StrBuf uri, target;
    Documents none = {0};
    buf_init(&uri);
    buf_init(&target);
    convert_uri(&uri, from, &none);
    convert_uri(&target, to, &none);
    json_t *operation = json_object();
    json_object_set_new(operation, "kind", json_string(kind));
    json_object_set_new(operation, to.len ? "oldUri" : "uri", json_from_str(buf_str(&uri)));
    if (to.len) json_object_set_new(operation, "newUri", json_from_str(buf_str(&target)));
    json_array_append_new(list, operation);
    buf_release(&uri);
    buf_release(&target);
}

/* Where the page of a source or folder lies, or would; false, and said, where it must not be touched. */
static bool find_page(const Server *self, Str source, const PageKind *kind, StrBuf *page) {
    StrBuf why;
    buf_init(&why);
    buf_clear(page);
    bool good = pages_path(self, source, kind, page) && pages_stay_inside(self, source, buf_str(page), &why);
    if (why.len) log_once(LOG_WARNING, "%s", why.data);
    buf_release(&why);
    return good;
}

static bool both_paths(const Server *self, Str from, Str to, const PageKind *kind, StrBuf *old, StrBuf *new) {
    return find_page(self, from, kind, old) && (!to.len || find_page(self, to, kind, new));
}

/* `stays`: why the page must not be removed, which is told, or NULL. */
static void add_removal(Server *self, const char *path, const char *stays, json_t *list) {
    if (stays)
        client_log(self, MESSAGE_WARNING, "%s: %s", path, stays);
    else
        add_operation(list, "delete", str_of(path), STR(""));
}

typedef struct {
    Server *server;
    json_t *list;
    Str folder;
} Removal;

static void remove_page(void *context, Str path, const char *stays) {
    Removal *self = context;
    StrBuf full;
    buf_init(&full);
    path_join(&full, self->folder);
    path_join(&full, path);
    add_removal(self->server, full.data, stays, self->list);
    buf_release(&full);
}

static void add_folder(Server *self, Str from, Str to, json_t *list) {
    StrBuf old, new;
    buf_init(&old);
    buf_init(&new);
    if (both_paths(self, from, to, NULL, &old, &new) && file_is_folder(old.data)) {
        Interner nothing;
        Removal removal = {self, list, buf_str(&old)};
        intern_init(&nothing);
        if (!to.len)
            orphans_each(old.data, &nothing, false, remove_page, &removal);
        else if (!file_exists(new.data))
            add_operation(list, "rename", buf_str(&old), buf_str(&new));
        intern_release(&nothing);
    }
    buf_release(&old);
    buf_release(&new);
}

static void add_file(Server *self, Str from, Str to, json_t *list) {
    StrBuf old, new;
    buf_init(&old);
    buf_init(&new);
    for (PageKind kind = PAGE_DOCS; kind <= PAGE_KW; kind++) {
        const char *stays;
        if (!both_paths(self, from, to, &kind, &old, &new) || !orphan_look(old.data, &stays)) continue;
        if (!to.len) add_removal(self, old.data, stays, list);
        if (to.len && !file_exists(new.data)) add_operation(list, "rename", buf_str(&old), buf_str(&new));
    }
    buf_release(&old);
    buf_release(&new);
}

/* What has to be done about the pages of files that are, or were, renamed or deleted. */
static json_t *operations_new(Server *self, const json_t *files) {
    json_t *list = json_array(), *file;
    size_t i;
    StrBuf from, to;
    buf_init(&from);
    buf_init(&to);
    json_array_foreach((json_t *)files, i, file) {
        bool renamed = json_find(file, "newUri") != NULL;
        buf_clear(&from);
        buf_clear(&to);
        convert_path(&from, json_find_str(file, renamed ? "oldUri" : "uri"));
        if (renamed) convert_path(&to, json_find_str(file, "newUri"));
        add_folder(self, buf_str(&from), buf_str(&to), list);
        add_file(self, buf_str(&from), buf_str(&to), list);
    }
    buf_release(&from);
    buf_release(&to);
    return list;
}

/* --- before ------------------------------------------------------------------------------------- */

/* LSP "ChangeAnnotation": the client asks. */
static json_t *annotations_new(bool rename) {
    return json_pack("{s:{s:s,s:b}}", annotation_id, "label",
                     rename ? "Move the doc pages too" : "Remove the doc pages too", "needsConfirmation", 1);
}

static json_t *will_change(Server *self, const json_t *params, bool rename, RpcError *error) {
    json_t *files, *operation;
    size_t i;
    if (!params_array(params, "files", &files, error)) return NULL;
    json_t *list = operations_new(self, files);
    if (json_array_size(list) == 0) {
        json_decref(list);
        return json_null();
    }
    json_t *edit = json_object();
    if (self->client.annotates_changes) {
        json_array_foreach(list, i, operation) {
            json_object_set_new(operation, "annotationId", json_string(annotation_id));
        }
        json_object_set_new(edit, "changeAnnotations", annotations_new(rename));
    }
    json_object_set_new(edit, "documentChanges", list);
    return edit;
}

json_t *page_moves_will_rename(Server *self, const json_t *params, RpcError *error) {
    return will_change(self, params, true, error);
}

json_t *page_moves_will_delete(Server *self, const json_t *params, RpcError *error) {
    return will_change(self, params, false, error);
}

json_t *page_moves_rename_capability(const Server *self) {
    return self->client.moves_pages ? watch_operation_capability(self) : NULL;
}

json_t *page_moves_delete_capability(const Server *self) {
    return self->client.removes_pages ? watch_operation_capability(self) : NULL;
}

/* --- afterwards --------------------------------------------------------------------------------- */

/* Also the folders that are empty then. */
static bool remove_page_file(const Server *self, Str path, StrBuf *why) {
    StrBuf root, out;
    buf_init(&root);
    buf_init(&out);
    workspace_root_of(&self->workspace, path, &root);
    bool done = pages_path(self, buf_str(&root), NULL, &out) &&
                orphan_remove(out.data, path_below(path, buf_str(&out)), why);
    buf_release(&root);
    buf_release(&out);
    return done;
}

/* Does what the operation says, unless there is nothing to be done any more. */
static void execute(const Server *self, const json_t *operation) {
    bool rename_it = json_find(operation, "newUri") != NULL, done;
    StrBuf from, to, why;
    buf_init(&from);
    buf_init(&to);
    buf_init(&why);
    convert_path(&from, json_find_str(operation, rename_it ? "oldUri" : "uri"));
    if (rename_it) {
        convert_path(&to, json_find_str(operation, "newUri"));
        done = !file_exists(to.data) && file_make_parents(to.data, &why) && rename(from.data, to.data) == 0;
    } else {
        done = remove_page_file(self, buf_str(&from), &why);
    }
    if (!done) log_line(LOG_WARNING, "%s: not moved: %s", from.data, why.len ? why.data : strerror(errno));
    buf_release(&from);
    buf_release(&to);
    buf_release(&why);
}

/* Pages say where their sources are: those that were moved are written anew. */
static void renew_moved(Server *self, const json_t *files) {
    json_t *file;
    size_t i;
    json_array_foreach((json_t *)files, i, file) {
        StrBuf path;
        buf_init(&path);
        convert_path(&path, json_find_str(file, "newUri"));
        if (path.len) page_saves_note_moved(self, buf_str(&path));
        buf_release(&path);
    }
    page_saves_write(self);
}

static void execute_all(Server *self, const json_t *operations, const json_t *files) {
    json_t *operation;
    size_t i;
    json_array_foreach((json_t *)operations, i, operation) execute(self, operation);
    renew_moved(self, files);
}

static void on_answer(Server *self, const json_t *result, json_t *context) {
    if (str_eq(json_find_str(result, "title"), json_find_str(context, "title")))
        execute_all(self, json_find(context, "operations"), json_find(context, "files"));
}

/* LSP "window/showMessageRequest". */
static void ask(Server *self, json_t *operations, const json_t *files) {
    bool move = json_find(json_array_get(operations, 0), "newUri") != NULL;
    const char *title = move ? "Move" : "Remove";
    json_t *params = json_pack("{s:i,s:s,s:[{s:s},{s:s}]}", "type", MESSAGE_INFO, "message",
                               move ? "Move the doc pages of the renamed files too?"
                                    : "Remove the doc pages of the deleted files too?",
                               "actions", "title", title, "title", "Leave them");
    json_t *context = json_pack("{s:s,s:O,s:O}", "title", title, "operations", operations, "files", files);
    client_request(self, "window/showMessageRequest", params, on_answer, context);
}

/* Those of `files` that are not there any more; of created ones too, nothing is to be done. */
static json_t *gone_new(const json_t *files) {
    json_t *gone = json_array(), *file;
    size_t i;
    json_array_foreach((json_t *)files, i, file) {
        StrBuf path;
        buf_init(&path);
        convert_path(&path, json_find_str(file, json_find(file, "newUri") ? "oldUri" : "uri"));
        if (path.len && !file_exists(path.data)) json_array_append(gone, file);
        buf_release(&path);
    }
    return gone;
}

/* What the client was not told before it happened. */
static void follow(Server *self, const json_t *files) {
    json_t *operations = operations_new(self, files);
    if (json_array_size(operations) == 0)
        renew_moved(self, files);
    else if (self->client.asks)
        ask(self, operations, files);
    else
        execute_all(self, operations, files);
    json_decref(operations);
}

void page_moves_follow(Server *self, const json_t *files) {
    json_t *gone = gone_new(files);
    bool renamed = json_find(json_array_get(gone, 0), "newUri") != NULL;
    bool told = renamed ? self->client.moves_pages : self->client.removes_pages;
    if (told)
        renew_moved(self, gone);
    else
        follow(self, gone);
    json_decref(gone);
}
