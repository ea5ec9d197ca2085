/* LSP "textDocument/references" and "textDocument/documentHighlight". */
#include "index/references.h"

#include "lsp/client.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/results.h"

static void start_location(const Server *self, FileId file, StrBuf *out) {
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, file, &uri);
    buf_clear(out);
    json_text_location_start(out, buf_str(&uri));
    buf_release(&uri);
}

/* The references as LSP "Location"; they come file by file, in order. */
static void write_locations(const Server *self, const References *found, Results *results) {
    StrBuf start; /* of all locations in one file */
    buf_init(&start);
    FileId file = NONE;
    const Lines *lines = NULL;
    LinesPlace place = {0};
    for (uint32_t i = 0; i < found->len; i++) {
        const Reference *reference = &found->items[i];
        if (reference->file != file) {
            file = reference->file;
            lines = &index_facts(self->workspace.index, file)->lines;
            place = (LinesPlace){0};
            start_location(self, file, &start);
        }
        StrBuf *out = results_next(results);
        buf_append(out, buf_str(&start));
        json_text_location_end(out, convert_range_near(lines, reference->range, self->encoding, &place));
    }
    buf_release(&start);
}

static void leave_out_declarations(References *found) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found->len; i++) {
        if (!found->items[i].declaration) found->items[kept++] = found->items[i];
    }
    found->len = kept;
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
    bool all = references_find(self->workspace.index, place.asked, place.occurrence, NONE, &found);
    if (!with_declaration) leave_out_declarations(&found);
    if (!all)
        client_log(self, MESSAGE_WARNING,
                   "only %u of the references are told: there are more than can be looked at", found.len);
    if (found.len && found.items[0].guess)
        client_log(self, MESSAGE_INFO,
                   "%u references are told by their name: what the member belongs to is not known",
                   found.len);
    Results results = results_begin(self, params, result);
    write_locations(self, &found, &results);
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
