/* LSP "textDocument/foldingRange" of open documents; others have none. */
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/results.h"

/* LSP "FoldingRangeKind" by FoldKind; "" for plain code. */
static const char *const kinds[] = {"", "comment", "imports", "region"};

static void write_fold(const Server *self, const Fold *fold, uint32_t first, uint32_t last,
                       const Position *end, StrBuf *out) {
    json_text_raw(out, "{\"startLine\":");
    json_text_number(out, first);
    json_text_raw(out, ",\"endLine\":");
    json_text_number(out, last);
    if (end) {
        json_text_raw(out, ",\"endCharacter\":");
        json_text_number(out, end->column);
    }
    if (fold->kind != FOLD_CODE && self->client.fold_kinds & (1u << fold->kind)) {
        json_text_raw(out, ",\"kind\":");
        json_text_str(out, str_of(kinds[fold->kind]));
    }
    json_text_raw(out, "}");
}

/* Whole lines, for clients that hide no less. Of the folds that begin in one line, the outermost remains. */
static void keep_lines(Folds *folds, const Lines *lines, Str text) {
    uint32_t kept = 0, before = NONE;
    for (uint32_t i = 0; i < folds->len; i++) {
        uint32_t first = lines_line(lines, folds->items[i].range.start);
        if (first == before || fold_last_line(&folds->items[i], lines, text) <= first) continue;
        folds->items[kept++] = folds->items[i];
        before = first;
    }
    folds->len = kept;
}

static void write_folds(const Server *self, const Folds *folds, const Lines *lines, Str text,
                        Results *results) {
    for (uint32_t i = 0; i < folds->len; i++) {
        const Fold *fold = &folds->items[i];
        uint32_t first = lines_line(lines, fold->range.start);
        Position end = lines_position(lines, fold->range.end, self->encoding);
        bool whole = self->client.whole_line_folds;
        write_fold(self, fold, first, whole ? fold_last_line(fold, lines, text) : end.line,
                   whole ? NULL : &end, results_next(results));
    }
}

void folding_range(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    if (!place_read_file(self, params, &place, error)) return;
    Folds folds = {0};
    Results results = results_begin(self, params, result);
    Shape *shape = place_shape(self, &place);
    if (shape) {
        Str text = buf_str(&place.document->text);
        const Lines *lines = &place.facts->lines;
        shape_folds(shape, &folds);
        if (self->client.whole_line_folds) keep_lines(&folds, lines, text);
        folds_limit(&folds, self->client.fold_limit);
        write_folds(self, &folds, lines, text, &results);
    }
    results_end(&results);
    ARRAY_FREE(&folds);
    shape_free(shape);
}
