/* LSP "textDocument/references" and "textDocument/documentHighlight". */
#include "index/references.h"

#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "protocol/json_text.h"

/* What stands before the range in the "Location" of each of a file's references. */
static void write_head(const Server *self, FileId file, StrBuf *out) {
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, file, &uri);
    buf_clear(out);
    json_text_raw(out, "{\"uri\":");
    json_text_str(out, buf_str(&uri));
    json_text_raw(out, ",\"range\":");
    buf_release(&uri);
}

/* The references as an array of LSP "Location"; they come file by file. */
static void write_locations(const Server *self, const References *found, bool with_declaration, StrBuf *out) {
    StrBuf head;
    buf_init(&head);
    FileId file = NONE;
    json_text_raw(out, "[");
    for (uint32_t i = 0; i < found->len; i++) {
        const Reference *reference = &found->items[i];
        if (reference->declaration && !with_declaration) continue;
        if (file != NONE) json_text_raw(out, ",");
        if (reference->file != file) write_head(self, reference->file, &head);
        file = reference->file;
        buf_append(out, buf_str(&head));
        json_text_range(out, place_range(self, file, reference->range));
        json_text_raw(out, "}");
    }
    json_text_raw(out, "]");
    buf_release(&head);
}

void references(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return;
    if (place.occurrence == NONE) {
        json_text_raw(result, "null");
        return;
    }
    bool with_declaration =
        json_is_true(json_object_get(json_object_get(params, "context"), "includeDeclaration"));
    References found = {0};
    references_find(self->workspace.index, place.file, place.occurrence, NONE, &found);
    write_locations(self, &found, with_declaration, result);
    ARRAY_FREE(&found);
}

json_t *document_highlight(Server *self, const json_t *params, RpcError *error) {
    enum { READ = 2, WRITE = 3 }; /* LSP "DocumentHighlightKind" */
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE) return json_null();
    References found = {0};
    references_find(self->workspace.index, place.file, place.occurrence, place.file, &found);
    json_t *result = json_array();
    for (uint32_t i = 0; i < found.len; i++) {
        json_t *highlight = json_object();
        json_object_set_new(highlight, "range",
                            json_from_range(place_range(self, place.file, found.items[i].range)));
        json_object_set_new(highlight, "kind", json_integer(found.items[i].write ? WRITE : READ));
        json_array_append_new(result, highlight);
    }
    ARRAY_FREE(&found);
    return result;
}
