#include "index/lang/python_comment.h"

/* What a comment that begins a text says of types, up to the end of its line and without what follows behind
 * another "#"; "" when it says nothing. */
static Str said(Str text) {
    Str rest = str_trim(str_slice(text, 0, str_find_byte(text, '\n')));
    if (!str_starts_with(rest, STR("#"))) return STR("");
    rest = str_trim(str_from(rest, 1));
    if (!str_starts_with(rest, STR("type:"))) return STR("");
    rest = str_trim(str_from(rest, strlen("type:")));
    if (str_starts_with(rest, STR("ignore"))) return STR("");
    return str_trim(str_slice(rest, 0, str_find_byte(rest, '#')));
}

Str comment_type(Str source, TSNode statement) { return said(str_from(source, ts_node_end_byte(statement))); }

/* The comment behind the colon of a header, or on the next line. */
static Str signature_of(Str source, TSNode definition) {
    TSNode last = syntax_child(definition, FIELD_RETURN_TYPE);
    if (ts_node_is_null(last)) last = syntax_child(definition, FIELD_PARAMETERS);
    Str rest = str_from(source, ts_node_end_byte(last));
    size_t colon = str_find_byte(rest, ':'), line = str_find_byte(rest, '\n');
    if (colon == STR_NPOS || line == STR_NPOS || colon > line) return STR("");
    Str behind = str_from(rest, colon + 1), here = said(behind);
    bool alone = str_trim(str_slice(rest, colon + 1, line)).len == 0;
    return here.len || !alone ? here : said(str_from(rest, line + 1));
}

/* Cuts the next type of a list off; false when none is left. */
static bool next_type(Str *rest, Str *type) {
    uint32_t depth = 0;
    size_t end = 0;
    if (rest->len == 0) return false;
    for (; end < rest->len; end++) {
        char c = rest->data[end];
        if (c == '[' || c == '(') depth++;
        if ((c == ']' || c == ')') && depth > 0) depth--;
        if (c == ',' && depth == 0) break;
    }
    *type = str_trim(str_slice(*rest, 0, end));
    while (type->len && type->data[0] == '*') *type = str_from(*type, 1);
    *rest = end < rest->len ? str_from(*rest, end + 1) : STR_NONE;
    return true;
}

static void push(FactsBuilder *b, uint32_t owner, ValueUse use, Str type) {
    ARRAY_PUSH(&b->texts, builder_text(b, type));
    Value value = {.owner = owner, .at = b->texts.len - 1, .kind = VALUE_TYPE, .use = (unsigned)use & 7u};
    if (use == VALUE_RETURN)
        ARRAY_PUSH(&b->returns, value);
    else
        ARRAY_PUSH(&b->values, value);
}

static uint32_t count_types(Str list) {
    Str type;
    uint32_t count = 0;
    while (next_type(&list, &type)) count++;
    return count;
}

void comment_signature(Reader *reader, TSNode definition, uint32_t function) {
    FactsBuilder *b = &reader->builder;
    Str signature = signature_of(b->source, definition), type;
    size_t arrow = str_find(signature, STR("->")), close = arrow;
    if (arrow == STR_NPOS || signature.data[0] != '(') return;
    while (close > 0 && signature.data[close] != ')') close--;
    Str list = str_slice(signature, 1, close);
    Slice params = b->symbols.items[function].params;
    uint32_t count = count_types(list), first = params.count - count; /* `self` may be left out */
    if (count <= params.count && first <= 1 && !str_eq(str_trim(list), STR("..."))) {
        for (uint32_t i = params.first + first; next_type(&list, &type); i++) {
            uint32_t occurrence = builder_occurrence_at(b, b->params.items[i].start);
            if (occurrence != NONE && type.len) push(b, occurrence, VALUE_BOUND, type);
        }
    }
    push(b, function, VALUE_RETURN, str_trim(str_from(signature, arrow + 2)));
}
