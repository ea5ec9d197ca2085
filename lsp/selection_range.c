/* LSP "textDocument/selectionRange": of open documents. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/results.h"

enum {
    DEEPEST = 100 /* levels of one answer: what nests deeper is left out between the first and the last */
};

/* The ranges from the inside out, each in the "parent" of the one before. */
static void write_ranges(const Server *self, const Lines *lines, const Ranges *ranges, StrBuf *out) {
    uint32_t written = 0;
    for (uint32_t i = ranges->len; i-- > 0;) {
        if (i > 0 && written >= DEEPEST - 1) continue;
        json_text_raw(out, "{\"range\":");
        json_text_range(out, convert_range(lines, ranges->items[i], self->encoding));
        if (i > 0) json_text_raw(out, ",\"parent\":");
        written++;
    }
    buf_append_repeated(out, '}', written);
}

static void write_positions(const Server *self, const Place *place, const Shape *shape,
                            const json_t *positions, Results *results, RpcError *error) {
    Ranges ranges = {0};
    const Lines *lines = &place->facts->lines;
    for (size_t i = 0; i < json_array_size(positions) && error->code == 0; i++) {
        LspPosition position;
        if (!params_read_position(json_array_get(positions, i), "positions[]", &position, error)) break;
        ranges.len = 0;
        uint32_t offset = convert_offset(lines, buf_str(&place->document->text), position, self->encoding);
        shape_enclosing(shape, offset, &ranges);
        write_ranges(self, lines, &ranges, results_next(results));
    }
    ARRAY_FREE(&ranges);
}

void selection_range(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    json_t *positions;
    if (!place_read_file(self, params, &place, error)) return;
    if (!params_array(params, "positions", &positions, error)) return;
    Shape *shape = place_shape(self, &place);
    if (shape == NULL) {
        json_text_raw(result, "null");
        return;
    }
    Results results = results_begin(self, params, result);
    write_positions(self, &place, shape, positions, &results, error);
    results_end(&results);
    shape_free(shape);
}
