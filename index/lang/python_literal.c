#include "index/lang/python_literal.h"

enum { LONGEST_NAME = 64, LONGEST_VALUE = 256 }; /* bytes */

/* Where a literal stands. */
typedef struct {
    const Frame *owner; /* the list of arguments or the subscript */
    uint8_t argument;   /* see Literal */
} Place;

static bool find_place(const Frame *frame, Place *out) {
    const Frame *above = frame - 1;
    bool grouped = above->kind == KIND_PARENTHESIZED_EXPRESSION;
    while (above->kind == KIND_PARENTHESIZED_EXPRESSION) above--;
    bool keyword = above->kind == KIND_KEYWORD_ARGUMENT;
    if (keyword) above--;
    uint32_t number = above->named_count - (grouped && !keyword); /* a group was counted when it began */
    *out = (Place){above, keyword || number >= LITERAL_KEYWORD ? LITERAL_KEYWORD : (uint8_t)number};
    if (above->kind == KIND_SUBSCRIPT) out->argument = 0;
    return above->kind == KIND_SUBSCRIPT ||
           (above->kind == KIND_ARGUMENT_LIST && above[-1].kind == KIND_CALL &&
            (keyword || number < LITERAL_KEYWORD));
}

/* Whether an expression ends with the name of the last occurrence. */
static bool ends_with_last(const FactsBuilder *b, TSNode expression) {
    if (b->occurrences.len == 0) return false;
    const Occurrence *last = ARRAY_LAST(&b->occurrences);
    return ts_node_end_byte(expression) == last->start + (uint32_t)intern_str(&b->spellings, last->name).len;
}

/* The first literal of the call whose arguments begin with occurrence number `callee` + 1, or NULL. */
static const Literal *first_literal(const FactsBuilder *b, const Frame *list) {
    uint32_t callee = list->occurrences - 1; /* NONE when there is none */
    for (uint32_t i = b->literals.len; i-- > 0 && b->literals.items[i].occurrence + 1 >= callee + 1;) {
        const Literal *literal = &b->literals.items[i];
        if (literal->occurrence == callee && literal->argument == 0)
            return literal->start > ts_node_start_byte(list->node) ? literal : NULL;
    }
    return NULL;
}

static void keep(Reader *reader, const Frame *frame, LiteralType type, uint32_t occurrence,
                 uint8_t argument) {
    FactsBuilder *b = &reader->builder;
    Range range = syntax_range(frame->node);
    Text value;
    if (type != TYPE_STR)
        value = builder_text(b, str_slice(b->source, range.start, range.end));
    else if (!define_string(reader, frame->node, &value) || (argument == 0 && value.len == 0))
        return;
    ARRAY_PUSH(&b->literals, (Literal){occurrence, range.start, value, (uint8_t)type, argument});
}

void literal_read(Reader *reader, const Frame *frame, LiteralType type) {
    FactsBuilder *b = &reader->builder;
    Place place;
    if (!find_place(frame, &place)) return;
    Range range = syntax_range(frame->node);
    uint32_t size = range.end - range.start;
    if (place.argument == 0) {
        bool names = type == TYPE_STR && size <= LONGEST_NAME &&
                     str_find_byte(str_slice(b->source, range.start, range.end), ' ') == STR_NPOS;
        const Frame *whole = place.owner->kind == KIND_SUBSCRIPT ? place.owner : place.owner - 1;
        if (names && ends_with_last(b, ts_node_child(whole->node, 0)))
            keep(reader, frame, type, b->occurrences.len - 1, 0);
        return;
    }
    const Literal *first = size <= LONGEST_VALUE ? first_literal(b, place.owner) : NULL;
    if (first) keep(reader, frame, type, first->occurrence, place.argument);
}
