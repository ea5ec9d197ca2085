#include "index/doc_place.h"

static char at(Str text, size_t i) { return i < text.len ? text.data[i] : '\0'; }

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

uint32_t doc_place_line_end(Str text, uint32_t at) {
    while (at < text.len && !is_line_end(text.data[at])) at++;
    return at;
}

uint32_t doc_place_next_line(Str text, uint32_t from) {
    uint32_t end = doc_place_line_end(text, from);
    if (at(text, end) == '\r' && at(text, end + 1) == '\n') return end + 2;
    return end < text.len ? end + 1 : end;
}

/* One past the string whose first quote is at `i`; the end of the text when it is not closed. */
static uint32_t string_end(Str text, uint32_t i, uint32_t *quotes) {
    char quote = text.data[i];
    *quotes = at(text, i + 1) == quote && at(text, i + 2) == quote ? 3 : 1;
    for (uint32_t k = i + *quotes; k < text.len; k++) {
        if (text.data[k] == '\\')
            k++;
        else if (text.data[k] == quote &&
                 (*quotes == 1 || (at(text, k + 1) == quote && at(text, k + 2) == quote)))
            return k + *quotes;
    }
    return (uint32_t)text.len;
}

/* Behind blanks, comments and line ends; backslashes join lines. */
static uint32_t skip_blanks(Str text, uint32_t i) {
    while (i < text.len) {
        char c = text.data[i];
        if (c == '#')
            i = doc_place_line_end(text, i);
        else if (c == ' ' || c == '\t' || c == '\f' || is_line_end(c) ||
                 (c == '\\' && is_line_end(at(text, i + 1))))
            i++;
        else
            break;
    }
    return i;
}

/* One past the colon that ends the header with a byte at `i`, or 0. */
static uint32_t header_end_from(Str text, uint32_t i, uint32_t end) {
    uint32_t quotes;
    for (int depth = 0; i < end; i++) {
        char c = text.data[i];
        if (c == '"' || c == '\'')
            i = string_end(text, i, &quotes) - 1;
        else if (c == '#')
            i = doc_place_line_end(text, i) - 1;
        else if (strchr("([{", c))
            depth++;
        else if (strchr(")]}", c))
            depth--;
        else if (c == ':' && depth == 0)
            return i + 1;
    }
    return 0;
}

bool doc_place_body(const Facts *facts, uint32_t symbol, Str text, uint32_t *header_end, uint32_t *body) {
    const Symbol *it = &facts->symbols.items[symbol];
    if (it->kind > SYMBOL_METHOD || it->range.end > text.len) return false;
    *header_end = it->kind == SYMBOL_MODULE ? 0 : header_end_from(text, it->name_start, it->range.end);
    *body = skip_blanks(text, *header_end);
    return it->kind == SYMBOL_MODULE || *header_end > 0;
}

bool doc_place_find(const Facts *facts, uint32_t symbol, Str text, DocPlace *out) {
    uint32_t header, start;
    if (symbol >= facts->tree_count || !(facts->symbols.items[symbol].flags & SYMBOL_HAS_DOC)) return false;
    if (!doc_place_body(facts, symbol, text, &header, &start)) return false;
    uint32_t open = start;
    while (open < start + 2 && at(text, open) && strchr("rRuU", at(text, open))) open++;
    if (at(text, open) != '"' && at(text, open) != '\'') return false;
    uint32_t end = string_end(text, open, &out->quotes), next = end;
    if (end < open + 2 * out->quotes || text.data[end - 1] != text.data[open]) return false;
    while (at(text, next) == ' ' || at(text, next) == '\t' || at(text, next) == '\\') next++;
    bool alone = next == text.len || is_line_end(text.data[next]) || strchr("#;", text.data[next]);
    out->literal = (Range){start, end};
    out->value = (Range){open + out->quotes, end - out->quotes};
    return alone;
}
