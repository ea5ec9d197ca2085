#include "index/lang/python_quoted.h"

#include "index/lang/python_string.h"

static Str source_of(const Reader *reader, TSNode node) {
    Range range = syntax_range(node);
    return str_slice(reader->builder.source, range.start, range.end);
}

/* `Literal["x"]` holds values, and what else `Annotated["T", "x"]` holds is anything. */
static bool holds_values(const Reader *reader, TSNode generic) {
    Str head = source_of(reader, ts_node_child(generic, 0));
    return str_ends_with(head, STR("Literal")) || str_ends_with(head, STR("Annotated"));
}

/* `cast("T", x)` and `TypeVar("T", bound="T")`; `argument` is the string's frame or that of its keyword. */
static bool is_type_argument(const Reader *reader, const Frame *argument) {
    const Frame *list = argument - 1;
    if (argument->kind == KIND_KEYWORD_ARGUMENT)
        return str_eq(source_of(reader, ts_node_child(argument->node, 0)), STR("bound"));
    if (list->kind != KIND_ARGUMENT_LIST || list[-1].kind != KIND_CALL || list->named_count > 0) return false;
    Str callee = source_of(reader, ts_node_child(list[-1].node, 0));
    return str_eq(str_from(callee, str_rfind_byte(callee, '.') + 1), STR("cast"));
}

static bool is_type(const Reader *reader, const Frames *frames) {
    for (const Frame *frame = ARRAY_LAST(frames) - 1; frame > frames->items; frame--) {
        switch ((Kind)frame->kind) {
        case KIND_GENERIC_TYPE:
        case KIND_SUBSCRIPT:
            if (holds_values(reader, frame->node)) return false;
            break;
        case KIND_TYPE:
            if (frame[-1].kind != KIND_TYPE_PARAMETER) return true;
            break;
        case KIND_TYPE_PARAMETER:
        case KIND_UNION_TYPE:
        case KIND_BINARY_OPERATOR:
        case KIND_PARENTHESIZED_EXPRESSION:
        case KIND_LIST:
        case KIND_TUPLE: break;
        case KIND_KEYWORD_ARGUMENT: return is_type_argument(reader, frame);
        default: return is_type_argument(reader, frame + 1);
        }
    }
    return false;
}

/* Whether a pair's key stands above it among the frames. */
static bool is_key(const Frame *pair) {
    return pair->kind == KIND_PAIR && ts_node_eq(pair[1].node, ts_node_child(pair->node, 0));
}

/* Whether the string is listed in `__slots__` or `__match_args__` of a class. */
static bool is_member(const Reader *reader, const Frames *frames) {
    const Frame *frame = ARRAY_LAST(frames) - 1;
    if (reader->builder.scopes.items[ARRAY_LAST(frames)->scope].kind != SCOPE_CLASS) return false;
    while (frame->kind == KIND_TUPLE || frame->kind == KIND_LIST || frame->kind == KIND_SET ||
           frame->kind == KIND_EXPRESSION_LIST || frame->kind == KIND_PARENTHESIZED_EXPRESSION ||
           frame->kind == KIND_BINARY_OPERATOR || frame->kind == KIND_DICTIONARY || is_key(frame))
        frame--;
    if (frame->kind != KIND_ASSIGNMENT && frame->kind != KIND_AUGMENTED_ASSIGNMENT) return false;
    Str name = source_of(reader, syntax_child(frame->node, FIELD_LEFT));
    return str_eq(name, STR("__slots__")) || str_eq(name, STR("__match_args__"));
}

static bool is_name_byte(char c) {
    unsigned char byte = (unsigned char)c;
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* The names in the text [range.start, range.end). */
static void read_names(Reader *reader, Range range, uint32_t scope, bool member) {
    FactsBuilder *b = &reader->builder;
    for (uint32_t at = range.start, end; at < range.end; at = end) {
        for (end = at; end < range.end && is_name_byte(b->source.data[end]);) end++;
        if (end == at) {
            end++;
            continue;
        }
        Str name = str_slice(b->source, at, end);
        if (str_ends_with(name, STR("Literal"))) return;
        bool digit = name.data[0] >= '0' && name.data[0] <= '9';
        bool chained =
            at > range.start + 1 && b->source.data[at - 1] == '.' && is_name_byte(b->source.data[at - 2]);
        if (digit) continue;
        uint32_t number = builder_name(b, (Range){at, end});
        ARRAY_PUSH(&b->quoted, (QuotedName){at, number & 0x3FFFFFFFu, chained, member, scope});
    }
}

void quoted_read(Reader *reader, const Frames *frames) {
    const Frame *frame = ARRAY_LAST(frames);
    Range range = syntax_range(frame->node);
    Str literal = source_of(reader, frame->node);
    StringPrefix prefix = python_string_prefix(literal);
    uint32_t quotes = 1, start = (uint32_t)prefix.len;
    bool member = is_member(reader, frames);
    if (prefix.bytes || prefix.format || literal.len < prefix.len + 2) return;
    if (!member && !is_type(reader, frames)) return;
    if (literal.len >= prefix.len + 6 && literal.data[start] == literal.data[start + 1]) quotes = 3;
    if (str_find_byte(literal, '\\') != STR_NPOS) return;
    read_names(reader, (Range){range.start + start + quotes, range.end - quotes}, frame->scope, member);
}
