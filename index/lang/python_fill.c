#include "index/lang/python_fill.h"

#include <ctype.h>

enum { MOST_FILLINGS = 1000 }; /* of one owner */

/* The length of a field's opening, its name and its end at the start of a text; 0 when there is none. */
static size_t field_at(Str text, Str *name) {
    size_t open = str_starts_with(text, STR("{")) ? 1 : str_starts_with(text, STR("%(")) ? 2 : 0, i = open;
    while (i < text.len && (isalnum((unsigned char)text.data[i]) || text.data[i] == '_')) i++;
    *name = str_slice(text, open, i);
    Str end = open == 1 ? STR("}") : STR(")s");
    return open && name->len && str_starts_with(str_from(text, i), end) ? i + end.len : 0;
}

void fill_mark(Str text, bool percent, StrBuf *out) {
    Str name;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool special = percent ? c == '%' : c == '{' || c == '}';
        bool doubled = special && i + 1 < text.len && text.data[i + 1] == c;
        if (doubled)
            i++;
        else if (special && field_at(str_from(text, i), &name))
            buf_append_byte(out, FIELD_MARK);
        buf_append_byte(out, c);
    }
}

void fill_take_marks(Reader *reader, Str marked, uint32_t owner, uint8_t margin, StrBuf *out) {
    FactsBuilder *b = &reader->builder;
    Str name;
    for (size_t i = 0; i < marked.len; i++) {
        if (marked.data[i] != FIELD_MARK || !field_at(str_from(marked, i + 1), &name)) {
            buf_append_byte(out, marked.data[i]);
            continue;
        }
        ARRAY_PUSH(&b->fillings, ((Filling){.owner = owner,
                                            .at = (uint32_t)out->len,
                                            .name = builder_text(b, name),
                                            .kind = FILLING_FIELD,
                                            .margin = margin}));
    }
}

/* --- what fields stand for ---------------------------------------------------------------------- */

static void push_string(Reader *reader, uint32_t owner, FillingKind kind, Text name, TSNode value) {
    Filling filling = {.owner = owner, .name = name, .kind = (uint8_t)kind};
    if (!ts_node_is_null(value) && define_string(reader, value, &filling.text))
        ARRAY_PUSH(&reader->builder.fillings, filling);
}

static void push_entry(Reader *reader, uint32_t owner, TSNode entry) {
    Text name = {0};
    TSNode key = syntax_child(entry, syntax_kind(entry) == KIND_PAIR ? FIELD_KEY : FIELD_NAME);
    if (ts_node_is_null(key)) return;
    if (syntax_kind(key) == KIND_IDENTIFIER)
        name = builder_source(&reader->builder, define_source(reader, key));
    else if (!define_string(reader, key, &name))
        return;
    push_string(reader, owner, FILLING_ENTRY, name, syntax_child(entry, FIELD_VALUE));
}

static void push_name(Reader *reader, uint32_t owner, TSNode name) {
    Text dotted = builder_source(&reader->builder, define_source(reader, name));
    ARRAY_PUSH(&reader->builder.fillings, ((Filling){.owner = owner, .name = dotted, .kind = FILLING_OF}));
}

/* Puts the children on the stack, the first on top. */
static void open_node(Reader *reader, TSNode node, Nodes *left) {
    Nodes children = syntax_named_children(&reader->cursor, node);
    while (children.len) ARRAY_PUSH(left, ARRAY_POP(&children));
    ARRAY_FREE(&children);
}

void fill_read(Reader *reader, TSNode expression, uint32_t owner) {
    Nodes left = {0};
    uint32_t before = reader->builder.fillings.len;
    ARRAY_PUSH(&left, expression);
    while (left.len && reader->builder.fillings.len - before < MOST_FILLINGS) {
        TSNode node = syntax_unwrap(&reader->cursor, ARRAY_POP(&left));
        switch (syntax_kind(node)) {
        case KIND_CALL: ARRAY_PUSH(&left, ts_node_child(node, 1)); break;
        case KIND_ARGUMENT_LIST:
        case KIND_DICTIONARY:
        case KIND_DICTIONARY_SPLAT:
        case KIND_BINARY_OPERATOR: open_node(reader, node, &left); break;
        case KIND_PAIR:
        case KIND_KEYWORD_ARGUMENT: push_entry(reader, owner, node); break;
        case KIND_STRING:
        case KIND_CONCATENATED_STRING: push_string(reader, owner, FILLING_TEXT, (Text){0}, node); break;
        case KIND_IDENTIFIER:
        case KIND_ATTRIBUTE: push_name(reader, owner, node); break;
        default: break;
        }
    }
    ARRAY_FREE(&left);
}

/* Texts for docstrings are long: a string with three quotes is among them. */
static bool has_long_string(Str source) {
    return str_find(source, STR("\"\"\"")) != STR_NPOS || str_find(source, STR("\'\'\'")) != STR_NPOS;
}

void fill_bound(Reader *reader, const Frame *frame) {
    const Frame *value = frame->kind == KIND_ARGUMENT_LIST ? frame - 1 : frame, *assignment = value - 1;
    if (value->field != FIELD_RIGHT || assignment->kind != KIND_ASSIGNMENT || assignment->scope) return;
    TSNode name = syntax_child(assignment->node, FIELD_LEFT);
    Range range = syntax_range(value->node);
    bool plain = !ts_node_is_null(name) && syntax_kind(name) == KIND_IDENTIFIER;
    if (plain && has_long_string(str_slice(reader->builder.source, range.start, range.end)))
        fill_read(reader, value->node, ts_node_start_byte(name));
}
