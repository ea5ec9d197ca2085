/* LSP "textDocument/rename" and "textDocument/prepareRename". */
#include "index/rename.h"

#include "index/decode.h"
#include "index/disk/file.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "protocol/uri.h"

static const char unsure_id[] = "unsure"; /* of the LSP "ChangeAnnotation" */

json_t *rename_capability(const Server *self) {
    return self->client.prepares_renames ? json_object() : json_true();
}

json_t *rename_prepare_capability(const Server *self) {
    return self->client.prepares_renames ? json_true() : NULL;
}

/* --- what can be renamed ------------------------------------------------------------------------ */

/* Places that cannot be told need a client that asks about them. */
static bool check_unsure(const Server *self, const Rename *rename, RpcError *error) {
    if (rename->unsure.len == 0 || self->client.annotates_changes) return true;
    const Reference *first = &rename->unsure.items[0];
    LspRange range = place_range(self, first->file, first->range);
    Str path = index_relative_path(self->workspace.index, first->file);
    rpc_error_set(error, RPC_REQUEST_FAILED,
                  "%u more places may mean it or not, the first at %.*s:%u: what stands before the dot (or "
                  "takes the keyword) there is not known",
                  rename->unsure.len, STR_ARG(path), range.start.line + 1);
    return false;
}

/* A module gets another name by moving its file. */
static bool check_move(const Server *self, const Rename *rename, RpcError *error) {
    if (rename->module == NONE || self->client.renames_files) return true;
    rpc_error_set(error, RPC_REQUEST_FAILED,
                  "cannot rename: this is a module, and the editor does not rename files for a server");
    return false;
}

/* The name at a place and all that a rename changes; release `out` in any case. */
static bool find(Server *self, const Place *place, Str to, Rename *out, RpcError *error) {
    if (place->occurrence == NONE) {
        *out = (Rename){.module = NONE};
        buf_init(&out->why);
        rpc_error_set(error, RPC_REQUEST_FAILED,
                      "no name stands here: variables, parameters, functions, classes and attributes can be "
                      "renamed where code names them");
        return false;
    }
    bool ok = rename_find(self->workspace.index, place->asked, place->occurrence, to, out);
    if (!ok) rpc_error_set(error, RPC_REQUEST_FAILED, "cannot rename: %s", out->why.data);
    return ok && check_move(self, out, error) && check_unsure(self, out, error);
}

static Str asked_name(const Server *self, const Place *place) {
    const Facts *facts = index_facts(self->workspace.index, place->asked);
    return facts_name(facts, facts->occurrences.items[place->occurrence].name);
}

json_t *rename_prepare(Server *self, const json_t *params, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    Rename found;
    bool ok = find(self, &place, STR(""), &found, error);
    rename_release(&found);
    if (!ok) return NULL;
    json_t *result = json_object();
    json_object_set_new(result, "range", json_from_range(place_name_range(self, &place)));
    json_object_set_new(result, "placeholder", json_from_str(asked_name(self, &place)));
    return result;
}

/* --- edits -------------------------------------------------------------------------------------- */

typedef struct {
    Server *server;
    Str from, to;
    const Rename *found;
    uint32_t sure, unsure; /* places that have been dealt with */
    json_t *changes; /* LSP "WorkspaceEdit": documentChanges, or changes where the client knows those alone */
    bool by_document;
} Editing;

static json_t *edit_new(const Editing *self, const Reference *place, bool unsure) {
    json_t *edit = json_object();
    json_object_set_new(edit, "range", json_from_range(place_range(self->server, place->file, place->range)));
    json_object_set_new(edit, "newText", json_from_str(self->to));
    if (unsure) json_object_set_new(edit, "annotationId", json_string(unsure_id));
    return edit;
}

/* Whether the text still has the name at all places: an edit must not hit anything else. */
static bool has_names(const Editing *self, const References *places, uint32_t first, uint32_t end, Str text) {
    for (uint32_t i = first; i < end; i++) {
        Range range = places->items[i].range;
        if (range.end - range.start == self->from.len &&
            !str_eq(str_slice(text, range.start, range.end), self->from))
            return false;
    }
    return true;
}

/* Where the places of a file end that begin at `first`. */
static uint32_t end_of_file(const References *places, uint32_t first, FileId file) {
    while (first < places->len && places->items[first].file == file) first++;
    return first;
}

static bool is_generated(Str text) {
    Str head = str_slice(text, 0, 1024);
    return str_find(head, STR("@generated")) != STR_NPOS || str_find(head, STR("DO NOT EDIT")) != STR_NPOS;
}

/* A file that is not open may have changed since it was read. */
static bool check_text(const Editing *self, FileId file, uint32_t sure_end, uint32_t unsure_end,
                       RpcError *error) {
    Str path = index_path(self->server->workspace.index, file);
    const Document *document = documents_find_path(&self->server->documents, path);
    StrBuf bytes, decoded, why;
    StrBuf *const bufs[] = {&bytes, &decoded, &why};
    for (size_t i = 0; i < 3; i++) buf_init(bufs[i]);
    Str text = document ? buf_str(&document->text) : STR_NONE;
    char *name = str_dup(path);
    if (!document && file_read(name, 0, &bytes, &why)) {
        decode_text(path, buf_str(&bytes), &decoded);
        text = buf_str(&decoded);
    }
    mem_free(name);
    if (why.len)
        rpc_error_set(error, RPC_REQUEST_FAILED, "%.*s: %s", STR_ARG(path), why.data);
    else if (is_generated(text))
        rpc_error_set(error, RPC_REQUEST_FAILED, "%.*s is generated: a rename in it would be lost",
                      STR_ARG(path));
    else if (index_facts(self->server->workspace.index, file)->lines.len != text.len ||
             !has_names(self, &self->found->sure, self->sure, sure_end, text) ||
             !has_names(self, &self->found->unsure, self->unsure, unsure_end, text))
        rpc_error_set(error, RPC_CONTENT_MODIFIED,
                      "%.*s changed on disk and is being read again: try once more", STR_ARG(path));
    for (size_t i = 0; i < 3; i++) buf_release(bufs[i]);
    return error->code == 0;
}

/* Hands the edits of one document over: LSP "TextDocumentEdit", or a member of `changes`. */
static void add_document(Editing *self, FileId file, json_t *edits) {
    Str path = index_path(self->server->workspace.index, file);
    const Document *document = documents_find_path(&self->server->documents, path);
    StrBuf uri;
    buf_init(&uri);
    place_uri(self->server, file, &uri);
    if (self->by_document) {
        json_t *change = json_object(), *id = json_object();
        json_object_set_new(id, "uri", json_from_str(buf_str(&uri)));
        json_object_set_new(id, "version", document ? json_integer(document->version) : json_null());
        json_object_set_new(change, "textDocument", id);
        json_object_set_new(change, "edits", edits);
        json_array_append_new(self->changes, change);
    } else {
        json_object_setn_new(self->changes, uri.data, uri.len, edits);
    }
    buf_release(&uri);
}

/* The edits of the file whose places come next; false with an error. */
static bool add_file(Editing *self, RpcError *error) {
    const References *sure = &self->found->sure, *unsure = &self->found->unsure;
    FileId file = self->sure < sure->len ? sure->items[self->sure].file : NONE;
    if (self->unsure < unsure->len && unsure->items[self->unsure].file < file)
        file = unsure->items[self->unsure].file;
    uint32_t sure_end = end_of_file(sure, self->sure, file);
    uint32_t unsure_end = end_of_file(unsure, self->unsure, file);
    if (!check_text(self, file, sure_end, unsure_end, error)) return false;
    json_t *edits = json_array();
    for (; self->sure < sure_end; self->sure++)
        json_array_append_new(edits, edit_new(self, &sure->items[self->sure], false));
    for (; self->unsure < unsure_end; self->unsure++)
        json_array_append_new(edits, edit_new(self, &unsure->items[self->unsure], true));
    add_document(self, file, edits);
    return true;
}

/* LSP "RenameFile": what a module is in moves last, as edits name files by where they were. */
static void add_moves(Editing *self) {
    const Index *index = self->server->workspace.index;
    StrBuf from, into, uri;
    StrBuf *const bufs[] = {&from, &into, &uri};
    for (size_t i = 0; i < 3; i++) buf_init(bufs[i]);
    for (uint32_t i = 0; self->found->module != NONE; i++) {
        if (!rename_move(index, self->found->module, self->to, i, &from, &into)) break;
        json_t *move = json_object();
        json_object_set_new(move, "kind", json_string("rename"));
        uri_from_path(&uri, buf_str(&from));
        json_object_set_new(move, "oldUri", json_from_str(buf_str(&uri)));
        buf_clear(&uri);
        uri_from_path(&uri, buf_str(&into));
        json_object_set_new(move, "newUri", json_from_str(buf_str(&uri)));
        json_array_append_new(self->changes, move);
        for (size_t b = 0; b < 3; b++) buf_clear(bufs[b]);
    }
    for (size_t i = 0; i < 3; i++) buf_release(bufs[i]);
}

/* LSP "ChangeAnnotation" for the places that cannot be told. */
static json_t *annotations_new(void) {
    json_t *annotations = json_object(), *annotation = json_object();
    json_object_set_new(annotation, "label", json_string("May be something else"));
    json_object_set_new(annotation, "description",
                        json_string("What stands before the dot, or takes the keyword, is not known."));
    json_object_set_new(annotation, "needsConfirmation", json_true());
    json_object_set_new(annotations, unsure_id, annotation);
    return annotations;
}

static json_t *workspace_edit_new(Editing *self, RpcError *error) {
    self->by_document = self->server->client.document_changes || self->server->client.creates_files;
    self->changes = self->by_document ? json_array() : json_object();
    while (self->sure < self->found->sure.len || self->unsure < self->found->unsure.len) {
        if (add_file(self, error)) continue;
        json_decref(self->changes);
        return NULL;
    }
    if (!str_eq(self->from, self->to)) add_moves(self);
    json_t *result = json_object();
    json_object_set_new(result, self->by_document ? "documentChanges" : "changes", self->changes);
    if (self->found->unsure.len) json_object_set_new(result, "changeAnnotations", annotations_new());
    return result;
}

json_t *rename_symbol(Server *self, const json_t *params, RpcError *error) {
    Place place;
    Str to;
    if (!place_read(self, params, &place, error) || !params_str(params, "newName", &to, error)) return NULL;
    if (to.len == 0) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "newName: a name is needed");
        return NULL;
    }
    Rename found;
    json_t *result = NULL;
    if (find(self, &place, to, &found, error)) {
        Editing editing = {.server = self, .from = asked_name(self, &place), .to = to, .found = &found};
        result = workspace_edit_new(&editing, error);
    }
    rename_release(&found);
    return result;
}
