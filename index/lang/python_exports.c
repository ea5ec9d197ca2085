#include "index/lang/python_exports.h"

#include "index/lang/python_string.h"

static void push(Reader *reader, ExportKind kind, Text name, uint32_t start) {
    ARRAY_PUSH(&reader->builder.exports, (Export){name, start, (uint8_t)kind});
}

/* Where the value of a string literal starts in the text, or NONE. */
static uint32_t value_start(Reader *reader, TSNode node) {
    if (syntax_kind(node) != KIND_STRING) return NONE;
    Range range = syntax_range(node);
    Str literal = str_slice(reader->builder.source, range.start, range.end);
    size_t start = python_string_prefix(literal).len;
    bool triple = start + 3 < literal.len && literal.data[start] == literal.data[start + 1] &&
                  literal.data[start] == literal.data[start + 2];
    return range.start + (uint32_t)start + (triple ? 3 : 1);
}

static void read_name(Reader *reader, TSNode node, ExportKind kind) {
    Text name;
    if (define_string(reader, node, &name))
        push(reader, kind, name, value_start(reader, node));
    else if (kind != EXPORTS_REMOVED)
        push(reader, EXPORTS_OPEN, (Text){0}, NONE);
}

/* `module.__all__` */
static bool read_module(Reader *reader, TSNode node) {
    if (syntax_kind(node) != KIND_ATTRIBUTE) return false;
    Range name = syntax_range(syntax_child(node, FIELD_ATTRIBUTE));
    if (!str_eq(str_slice(reader->builder.source, name.start, name.end), STR("__all__"))) return false;
    Str module = define_source(reader, ts_node_named_child(node, 0));
    push(reader, EXPORTS_OF, builder_source(&reader->builder, module), NONE);
    return true;
}

static bool is_display(Kind kind) {
    return kind == KIND_LIST || kind == KIND_TUPLE || kind == KIND_EXPRESSION_LIST;
}

/* Reads the names of a display, or of several joined by "+". */
static void read_names(Reader *reader, TSNode node, ExportKind kind) {
    Nodes left = {0};
    ARRAY_PUSH(&left, node);
    while (left.len) {
        TSNode next = syntax_unwrap(&reader->cursor, ARRAY_POP(&left));
        Nodes parts = syntax_named_children(&reader->cursor, next);
        if (syntax_kind(next) == KIND_BINARY_OPERATOR && syntax_operator(next) == '+') {
            while (parts.len) ARRAY_PUSH(&left, ARRAY_POP(&parts));
        } else if (is_display(syntax_kind(next))) {
            for (uint32_t i = 0; i < parts.len; i++) read_name(reader, parts.items[i], kind);
        } else if (kind == EXPORTS_REMOVED || !read_module(reader, next)) {
            push(reader, EXPORTS_OPEN, (Text){0}, NONE);
        }
        ARRAY_FREE(&parts);
    }
    ARRAY_FREE(&left);
}

/* `__all__ = …` in the module's own body. */
static void read_assignment(Reader *reader, const Frame *above, TSNode value) {
    uint32_t first = reader->builder.exports.len;
    push(reader, EXPORTS_ANEW, (Text){0}, NONE);
    read_names(reader, value, EXPORTS_LISTED);
    bool alone = above[-1].kind != KIND_ASSIGNMENT &&
                 ts_node_eq(syntax_child(above->node, FIELD_RIGHT), value) &&
                 ts_node_is_null(syntax_child(above->node, FIELD_TYPE));
    bool literal = alone && is_display(syntax_kind(syntax_unwrap(&reader->cursor, value)));
    for (uint32_t i = first; i < reader->builder.exports.len; i++)
        literal &= reader->builder.exports.items[i].kind < EXPORTS_OF;
    if (literal) reader->builder.exports.items[first].kind = EXPORTS_LITERAL;
}

/* `__all__.extend(…)` and its kin; `attribute` is what is called. */
static void read_call(Reader *reader, TSNode attribute, TSNode call) {
    static const struct {
        const char *method;
        ExportKind kind;
        bool several;
    } methods[] = {{"extend", EXPORTS_ADDED, true},
                   {"append", EXPORTS_ADDED, false},
                   {"remove", EXPORTS_REMOVED, false}};
    Range range = syntax_range(syntax_child(attribute, FIELD_ATTRIBUTE));
    Str method = str_slice(reader->builder.source, range.start, range.end);
    TSNode argument = syntax_only_child(&reader->cursor, ts_node_child(call, 1));
    for (uint32_t i = 0; i < sizeof methods / sizeof *methods && !ts_node_is_null(argument); i++) {
        if (!str_eq(method, str_of(methods[i].method))) continue;
        if (methods[i].several)
            read_names(reader, argument, methods[i].kind);
        else
            read_name(reader, argument, methods[i].kind);
    }
}

void exports_read(Reader *reader, const Frame *frame) {
    const Frame *above = frame - 1;
    bool own = frame->symbol == 0 && frame->scope == 0;
    if (above->kind == KIND_ATTRIBUTE && above->field == FIELD_FUNCTION) {
        read_call(reader, above->node, above[-1].node);
        return;
    }
    bool assigns = above->kind == KIND_ASSIGNMENT || above->kind == KIND_AUGMENTED_ASSIGNMENT;
    if (!assigns || !own || frame->field != FIELD_LEFT) return;
    TSNode value = syntax_assigned(syntax_child(above->node, FIELD_RIGHT));
    if (ts_node_is_null(value)) return;
    if (above->kind == KIND_ASSIGNMENT && !frame->conditional)
        read_assignment(reader, above, value);
    else
        read_names(reader, value, EXPORTS_ADDED);
}
