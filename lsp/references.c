/* LSP "textDocument/references" and "textDocument/documentHighlight". */
#include "index/references.h"

#include "lsp/dispatch.h"
#include "lsp/place.h"

static json_t *location_new(const Server *self, const Reference *reference) {
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, reference->file, &uri);
    json_t *location =
        json_from_location(buf_str(&uri), place_range(self, reference->file, reference->range));
    buf_release(&uri);
    return location;
}

json_t *references(Server *self, const json_t *params, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE) return json_null();
    bool with_declaration =
        json_is_true(json_object_get(json_object_get(params, "context"), "includeDeclaration"));
    References found = {0};
    references_find(self->workspace.index, place.file, place.occurrence, NONE, &found);
    json_t *result = json_array();
    for (uint32_t i = 0; i < found.len; i++) {
        if (found.items[i].declaration && !with_declaration) continue;
        json_array_append_new(result, location_new(self, &found.items[i]));
    }
    ARRAY_FREE(&found);
    return result;
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
