/* LSP "textDocument/semanticTokens": full, full/delta, range. */
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "protocol/json_text.h"

#include <inttypes.h>
#include <string.h>

enum { FIELDS = 5 /* numbers of one token */ };

static const Range whole = {0, UINT32_MAX};

json_t *semantic_tokens_capability(const Server *self) {
    if (!self->client.legend.usable) return NULL;
    json_t *options = json_object();
    json_object_set_new(options, "legend", legend_json(&self->client.legend));
    json_object_set_new(options, "full", json_object());
    return options;
}

json_t *semantic_tokens_delta_capability(const Server *self) {
    return self->client.legend.usable && self->client.token_deltas ? json_true() : NULL;
}

json_t *semantic_tokens_range_capability(const Server *self) {
    return self->client.legend.usable && self->client.token_ranges ? json_true() : NULL;
}

/* --- encoding ---------------------------------------------------------------------------------- */

/* Each token's place counts from the one before. */
static void encode(const Server *self, const Lines *lines, const SemanticTokens *tokens, TokenData *out) {
    const Legend *legend = &self->client.legend;
    Position before = {0, 0};
    for (uint32_t i = 0; i < tokens->len; i++) {
        const SemanticToken *token = &tokens->items[i];
        if (legend->types[token->type] == LEGEND_NONE) continue;
        Position at = lines_position(lines, token->range.start, self->encoding);
        uint32_t length = token->range.end - token->range.start;
        if (lines->wide_count)
            length = lines_position(lines, token->range.end, self->encoding).column - at.column;
        ARRAY_PUSH(out, at.line - before.line);
        ARRAY_PUSH(out, at.line == before.line ? at.column - before.column : at.column);
        ARRAY_PUSH(out, length);
        ARRAY_PUSH(out, legend->types[token->type]);
        ARRAY_PUSH(out, legend_modifiers(legend, token->modifiers));
        before = at;
    }
}

static void read_tokens(const Server *self, const Place *place, Range range, TokenData *out) {
    if (place->facts == NULL) return;
    SemanticTokens tokens = {0};
    semantics_read(self->workspace.index, place->file, range, &tokens);
    encode(self, &place->facts->lines, &tokens, out);
    ARRAY_FREE(&tokens);
}

static void write_data(const uint32_t *items, uint32_t count, StrBuf *out) {
    json_text_raw(out, "\"data\":[");
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0) json_text_raw(out, ",");
        json_text_number(out, items[i]);
    }
    json_text_raw(out, "]");
}

/* --- the whole document ------------------------------------------------------------------------ */

static Document *open_document(const Server *self, const Place *place) {
    return place->document ? documents_find_path(&self->documents, place->document->path) : NULL;
}

/* Makes `data` (taken over) what the client knows of a document, if it is open (not NULL). */
static void keep(Document *document, TokenData *data) {
    if (document) {
        ARRAY_FREE(&document->tokens);
        document->tokens = *data;
    } else {
        ARRAY_FREE(data);
    }
}

/* The number under which the client knows what follows. */
static void write_id(Server *self, Document *document, StrBuf *out) {
    if (document == NULL) return;
    document->tokens_id = ++self->last_tokens_id;
    json_text_raw(out, "\"resultId\":\"");
    json_text_number(out, document->tokens_id);
    json_text_raw(out, "\",");
}

static void write_full(Server *self, Document *document, const TokenData *data, StrBuf *out) {
    json_text_raw(out, "{");
    write_id(self, document, out);
    write_data(data->items, data->len, out);
    json_text_raw(out, "}");
}

void semantic_tokens_full(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    TokenData data = {0};
    if (!place_read_file(self, params, &place, error)) return;
    Document *document = open_document(self, &place);
    read_tokens(self, &place, whole, &data);
    write_full(self, document, &data, result);
    keep(document, &data);
}

/* How many numbers, in whole tokens, are the same from the first (`back`: from the last) on. */
static uint32_t same_numbers(const TokenData *a, const TokenData *b, uint32_t most, bool back) {
    uint32_t same = 0;
    while (same < most) {
        const uint32_t *x = a->items + (back ? a->len - same - FIELDS : same);
        const uint32_t *y = b->items + (back ? b->len - same - FIELDS : same);
        if (memcmp(x, y, FIELDS * sizeof *x) != 0) break;
        same += FIELDS;
    }
    return same;
}

/* One edit: what lies between the first and the last difference. */
static void write_edits(const TokenData *before, const TokenData *after, StrBuf *out) {
    uint32_t shorter = before->len < after->len ? before->len : after->len;
    uint32_t start = same_numbers(before, after, shorter, false);
    uint32_t end = same_numbers(before, after, shorter - start, true);
    json_text_raw(out, "\"edits\":[");
    if (start + end < before->len || start + end < after->len) {
        json_text_raw(out, "{\"start\":");
        json_text_number(out, start);
        json_text_raw(out, ",\"deleteCount\":");
        json_text_number(out, before->len - start - end);
        json_text_raw(out, ",");
        write_data(after->len > start ? after->items + start : NULL, after->len - start - end, out);
        json_text_raw(out, "}");
    }
    json_text_raw(out, "]");
}

static bool is_known(const Document *document, Str id) {
    char known[16];
    snprintf(known, sizeof known, "%" PRIu32, document->tokens_id);
    return document->tokens_id > 0 && str_eq(str_of(known), id);
}

void semantic_tokens_delta(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    Str previous;
    TokenData data = {0};
    if (!place_read_file(self, params, &place, error)) return;
    if (!params_str(params, "previousResultId", &previous, error)) return;
    Document *document = open_document(self, &place);
    read_tokens(self, &place, whole, &data);
    if (document && is_known(document, previous)) {
        json_text_raw(result, "{");
        write_id(self, document, result);
        write_edits(&document->tokens, &data, result);
        json_text_raw(result, "}");
    } else {
        write_full(self, document, &data, result);
    }
    keep(document, &data);
}

/* --- a part ------------------------------------------------------------------------------------ */

void semantic_tokens_range(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    LspRange range;
    TokenData data = {0};
    if (!place_read_file(self, params, &place, error)) return;
    if (!params_range(params, "range", &range, error)) return;
    if (place.facts) {
        Str text = place.document ? buf_str(&place.document->text) : STR_NONE;
        const Lines *lines = &place.facts->lines;
        Range bytes = {convert_offset(lines, text, range.start, self->encoding),
                       convert_offset(lines, text, range.end, self->encoding)};
        read_tokens(self, &place, bytes, &data);
    }
    write_full(self, NULL, &data, result);
    ARRAY_FREE(&data);
}
