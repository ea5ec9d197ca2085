#include "index/header.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }
static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

uint32_t header_line_start(Str text, uint32_t at) {
    while (at > 0 && !is_line_end(text.data[at - 1])) at--;
    return at;
}

uint32_t header_indent(Str text, uint32_t at) {
    uint32_t start = header_line_start(text, at), end = start;
    while (end < at && is_blank(text.data[end])) end++;
    return end - start;
}

/* The first byte of a line that is no blank. */
static uint32_t line_text(Str text, uint32_t start) {
    while (start < text.len && is_blank(text.data[start])) start++;
    return start;
}

static bool has_word(Str text, uint32_t at, Str word) {
    Str rest = str_from(text, at);
    return str_starts_with(rest, word) && (rest.len == word.len || !token_in_name(rest.data[word.len]));
}

static bool is_header(Str text, uint32_t at) {
    return has_word(text, at, STR("def")) || has_word(text, at, STR("async")) ||
           has_word(text, at, STR("class"));
}

uint32_t header_around(Str text, uint32_t statement) {
    uint32_t line = header_line_start(text, statement), first = line_text(text, line);
    if (first < statement && is_header(text, first)) return first; /* on its line */
    uint32_t indent = header_indent(text, statement);
    while (line > 0 && indent > 0) {
        line = header_line_start(text, line - 1);
        first = line_text(text, line);
        bool empty = first == text.len || is_line_end(text.data[first]) || text.data[first] == '#';
        if (empty || first - line >= indent) continue;
        if (is_header(text, first)) return first;
        indent = first - line;
    }
    return UINT32_MAX;
}

static bool is_at(Str text, const Tokens *tokens, uint32_t token, uint32_t depth, const char *spelling) {
    Token it = tokens->items.items[token];
    return it.depth == depth && token_is(text, it, spelling);
}

/* Reads the parameter that begins at a token. */
static HeaderParam read_param(Str text, const Tokens *tokens, uint32_t token) {
    const Token *items = tokens->items.items;
    uint32_t depth = items[token].depth, end = token + 1;
    HeaderParam param = {.name = token_text(text, items[token])};
    if (end >= tokens->items.len || !is_at(text, tokens, end, depth, ":")) return param;
    uint32_t start = end + 1;
    for (end = start; end < tokens->items.len && items[end].depth >= depth; end++) {
        if (is_at(text, tokens, end, depth, ",") || is_at(text, tokens, end, depth, "=")) break;
    }
    if (end > start) param.type = str_slice(text, items[start].start, items[end - 1].end);
    return param;
}

void header_params(Str text, uint32_t header, HeaderParams *out) {
    Tokens tokens;
    tokens_read(&tokens, text, header, header);
    uint32_t open = 0;
    while (open < tokens.items.len && !is_at(text, &tokens, open, 0, "(")) open++;
    bool function = open >= 2 && is_at(text, &tokens, open - 2, 0, "def");
    bool first = true;
    for (uint32_t i = open + 1; function && i < tokens.items.len && tokens.items.items[i].depth > 0; i++) {
        if (first && tokens.items.items[i].kind == TOKEN_NAME && tokens.items.items[i].depth == 1) {
            ARRAY_PUSH(out, read_param(text, &tokens, i));
            first = false;
        }
        first |= is_at(text, &tokens, i, 1, ",");
    }
    tokens_release(&tokens);
}
