/* LSP "textDocument/references" and "textDocument/documentHighlight". */
#include "index/references.h"

#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/results.h"

/* The references as LSP "Location"; they come file by file. */
static void write_locations(const Server *self, const References *found, bool with_declaration,
                            Results *out) {
    StrBuf uri;
    buf_init(&uri);
    FileId file = NONE;
    for (uint32_t i = 0; i < found->len; i++) {
        const Reference *reference = &found->items[i];
        if (reference->declaration && !with_declaration) continue;
        if (reference->file != file) {
            buf_clear(&uri);
            place_uri(self, reference->file, &uri);
            file = reference->file;
        }
        json_text_location(results_next(out), buf_str(&uri),
                           place_range(self, reference->file, reference->range));
    }
    buf_release(&uri);
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
    references_find(self->workspace.index, place.asked, place.occurrence, NONE, &found);
    Results results = results_begin(self, params, result);
    write_locations(self, &found, with_declaration, &results);
    results_end(&results);
    ARRAY_FREE(&found);
}

json_t *document_highlight(Server *self, const json_t *params, RpcError *error) {
    enum { READ = 2, WRITE = 3 }; /* LSP "DocumentHighlightKind" */
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE) return json_null();
    References found = {0};
    references_find(self->workspace.index, place.asked, place.occurrence, place.file, &found);
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
