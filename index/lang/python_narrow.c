#include "index/lang/python_narrow.h"

/* --- where a test holds ------------------------------------------------------------------------- */

/* Whether a suite never runs into what follows it. */
static bool leaves(TSNode suite) {
    uint32_t count = ts_node_is_null(suite) ? 0 : ts_node_named_child_count(suite);
    if (count == 0) return false;
    switch (syntax_kind(ts_node_named_child(suite, count - 1))) {
    case KIND_RETURN_STATEMENT:
    case KIND_RAISE_STATEMENT:
    case KIND_CONTINUE_STATEMENT:
    case KIND_BREAK_STATEMENT: return true;
    default: return false;
    }
}

static Str source_of(const FactsBuilder *b, TSNode node) {
    return ts_node_is_null(node) ? STR_NONE
                                 : str_slice(b->source, ts_node_start_byte(node), ts_node_end_byte(node));
}

/* `if not isinstance(…): return`, `while not isinstance(…): …`: what follows the statement at `frame`, up to
 * the end of what is around it. */
static bool range_behind(const FactsBuilder *b, const Frame *frame, Range *out) {
    bool alone = ts_node_is_null(syntax_child(frame->node, FIELD_ALTERNATIVE)), behind = false;
    if (frame->kind == KIND_IF_STATEMENT)
        behind = alone && leaves(syntax_child(frame->node, FIELD_CONSEQUENCE));
    else if (frame->kind == KIND_WHILE_STATEMENT)
        behind = str_find(source_of(b, syntax_child(frame->node, FIELD_BODY)), STR("break")) == STR_NPOS;
    *out = (Range){ts_node_end_byte(frame->node), ts_node_end_byte(frame[-1].node)};
    return behind;
}

/* `if not isinstance(…): … else:`: the suite behind `else`. */
static bool range_else(const Frame *frame, Range *out) {
    TSNode other = frame->kind == KIND_IF_STATEMENT || frame->kind == KIND_ELIF_CLAUSE
                       ? syntax_child(frame->node, FIELD_ALTERNATIVE)
                       : (TSNode){0};
    if (ts_node_is_null(other) || syntax_kind(other) != KIND_ELSE_CLAUSE) return false;
    *out = syntax_range(other);
    return true;
}

/* Where the statement or expression at `frame` runs only when its condition is true, or (without `holds`)
 * false; empty when nowhere. */
static Range range_of(const FactsBuilder *b, const Frame *frame, uint32_t start, bool holds) {
    TSNode body = {0};
    Range range = {0, 0};
    switch (frame->kind) {
    case KIND_IF_STATEMENT:
    case KIND_ELIF_CLAUSE: body = syntax_child(frame->node, FIELD_CONSEQUENCE); break;
    case KIND_WHILE_STATEMENT: body = syntax_child(frame->node, FIELD_BODY); break;
    case KIND_ASSERT_STATEMENT: body = frame[-1].node; break;
    case KIND_IF_CLAUSE: return holds ? syntax_range(frame[-1].node) : range;
    case KIND_CONDITIONAL_EXPRESSION:
        return frame->named_count == 2 ? syntax_range(ts_node_named_child(frame->node, holds ? 0 : 2))
                                       : range;
    default: return range;
    }
    if (!holds && frame->kind != KIND_ASSERT_STATEMENT) {
        if (!range_behind(b, frame, &range) && !range_else(frame, &range)) range = (Range){0, 0};
    } else if (holds && !ts_node_is_null(body)) {
        range = (Range){start, ts_node_end_byte(body)};
    }
    return range;
}

/* Whether an expression is a call of isinstance for the same name as `test`, or some of them with `or`
 * between. */
static bool asks_alike(const FactsBuilder *b, TSNode expression, Str test) {
    Str head = str_slice(test, 0, str_find_byte(test, ',') + 1);
    if (!str_starts_with(head, STR("isinstance("))) return false;
    while (syntax_kind(expression) == KIND_BOOLEAN_OPERATOR) {
        if (strcmp(ts_node_type(ts_node_child(expression, 1)), "or") != 0) return false;
        if (!str_starts_with(source_of(b, ts_node_child(expression, 2)), head)) return false;
        expression = ts_node_child(expression, 0);
    }
    return str_starts_with(source_of(b, expression), head);
}

typedef struct {
    Range here;      /* in the expression that the test stands in */
    Range statement; /* in or behind the statement */
} Known;

/* Where what `test` says is known to be so, which is what was just read below the top of `frames`, or
 * (`call`) on top. */
static Known known_ranges(const FactsBuilder *b, const Frames *frames, TSNode test, bool call) {
    uint32_t start = ts_node_end_byte(test);
    Known ranges = {{start, start}, {0, 0}};
    bool holds = true; /* whether that is so when the expression is true, or when it is false */
    TSNode below = test;
    for (uint32_t i = frames->len - call; i-- > 0;) {
        const Frame *frame = &frames->items[i];
        if (frame->kind == KIND_NOT_OPERATOR) {
            holds = !holds;
        } else if (frame->kind == KIND_BOOLEAN_OPERATOR) {
            bool both = strcmp(ts_node_type(ts_node_child(frame->node, 1)), "and") == 0;
            TSNode left = ts_node_child(frame->node, 0), right = ts_node_child(frame->node, 2);
            if (both == holds)
                ranges.here.end = ts_node_end_byte(frame->node);
            else if (!both && asks_alike(b, ts_node_eq(left, below) ? right : left, source_of(b, test)))
                start = ts_node_end_byte(frame->node);
            else
                return ranges;
        } else if (frame->kind != KIND_PARENTHESIZED_EXPRESSION) {
            ranges.statement = range_of(b, frame, start, holds);
            return ranges;
        }
        below = frame->node;
    }
    return ranges;
}

static void note(FactsBuilder *b, uint32_t name, uint32_t type, bool is_class, Range range) {
    if (range.end <= range.start || name >= b->occurrences.len || type >= b->occurrences.len) return;
    ARRAY_PUSH(&b->narrowings, (Narrowing){name, type, is_class, range});
}

/* --- tests -------------------------------------------------------------------------------------- */

void narrow_call(Reader *reader, const Values *values, const Frames *frames, uint32_t first) {
    FactsBuilder *b = &reader->builder;
    const Frame *call = ARRAY_LAST(frames);
    if (values->len < first + 2 || first == call->values) return;
    const Value *callee = &values->items[first - 1], *name = &values->items[first];
    if (callee->kind != VALUE_NAME || name->kind != VALUE_NAME || name->steps) return;
    Str test = intern_str(&b->spellings, b->occurrences.items[callee->at].name);
    bool is_class = str_eq(test, STR("issubclass"));
    if (!is_class && !str_eq(test, STR("isinstance"))) return;
    Known ranges = known_ranges(b, frames, call->node, true);
    for (uint32_t v = first + 1; v < values->len; v++) {
        if (values->items[v].kind != VALUE_NAME) continue;
        note(b, name->at, values->items[v].at, is_class, ranges.here);
        note(b, name->at, values->items[v].at, is_class, ranges.statement);
    }
}

/* The occurrence that ends a plain or dotted name; NONE for other expressions. */
static uint32_t name_of(const FactsBuilder *b, TSNode node) {
    Kind kind = ts_node_is_null(node) ? KIND_OTHER : syntax_kind(node);
    if (kind == KIND_ATTRIBUTE) node = ts_node_child(node, ts_node_child_count(node) - 1);
    bool named = kind == KIND_ATTRIBUTE || kind == KIND_IDENTIFIER;
    return named ? builder_occurrence_at(b, ts_node_start_byte(node)) : NONE;
}

void narrow_comparison(Reader *reader, const Frames *frames, const Frame *frame) {
    const FactsBuilder *b = &reader->builder;
    if (!str_starts_with(source_of(b, frame->node), STR("type(")) || ts_node_child_count(frame->node) != 3)
        return;
    const char *sign = ts_node_type(ts_node_child(frame->node, 1));
    TSNode call = ts_node_child(frame->node, 0);
    TSNode arguments = syntax_kind(call) == KIND_CALL ? ts_node_child(call, 1) : (TSNode){0};
    if (ts_node_is_null(arguments) || ts_node_named_child_count(arguments) != 1) return;
    if (strcmp(sign, "is") != 0 && strcmp(sign, "==") != 0) return;
    uint32_t name = name_of(b, ts_node_named_child(arguments, 0));
    uint32_t type = name_of(b, ts_node_child(frame->node, 2));
    if (name == NONE || type == NONE) return;
    Known ranges = known_ranges(b, frames, frame->node, false);
    note(&reader->builder, name, type, false, ranges.here);
    note(&reader->builder, name, type, false, ranges.statement);
}

/* --- patterns ----------------------------------------------------------------------------------- */

uint32_t narrow_class_of(const FactsBuilder *builder, TSNode pattern) {
    TSNode class = ts_node_child(pattern, 0);
    TSNode last = ts_node_child(class, ts_node_child_count(class) - 1);
    return builder_occurrence_at(builder, ts_node_start_byte(last));
}

void narrow_subject(Reader *reader, const Frames *frames, const Frame *frame) {
    const FactsBuilder *b = &reader->builder;
    uint32_t i = frames->len - 1;
    while (i > 2 && (frames->items[i].kind == KIND_CASE_PATTERN || frames->items[i].kind == KIND_AS_PATTERN ||
                     frames->items[i].kind == KIND_UNION_PATTERN))
        i--;
    const Frame *clause = &frames->items[i];
    if (clause->kind != KIND_CASE_CLAUSE || i < 2 || clause[-2].kind != KIND_MATCH_STATEMENT) return;
    uint32_t name = name_of(b, syntax_child(clause[-2].node, FIELD_SUBJECT));
    TSNode pattern = i + 1 < frames->len ? clause[1].node : frame->node;
    Range range = {ts_node_end_byte(pattern), ts_node_end_byte(clause->node)};
    if (name != NONE) note(&reader->builder, name, narrow_class_of(b, frame->node), false, range);
}

static TSNode without_wrapping(TSNode pattern) {
    while (syntax_kind(pattern) == KIND_CASE_PATTERN) pattern = ts_node_child(pattern, 0);
    return pattern;
}

void narrow_alias(Reader *reader, const Frame *frame) {
    FactsBuilder *b = &reader->builder;
    uint32_t count = ts_node_named_child_count(frame->node);
    if (count < 2) return;
    uint32_t alias = name_of(b, ts_node_named_child(frame->node, count - 1));
    TSNode pattern = without_wrapping(ts_node_named_child(frame->node, 0));
    bool alternatives = syntax_kind(pattern) == KIND_UNION_PATTERN;
    uint32_t patterns = alternatives ? ts_node_named_child_count(pattern) : 1;
    for (uint32_t i = 0; i < patterns && i < MOST_VALUES && alias != NONE; i++) {
        TSNode class = alternatives ? without_wrapping(ts_node_named_child(pattern, i)) : pattern;
        if (syntax_kind(class) != KIND_CLASS_PATTERN) continue;
        ARRAY_PUSH(&b->values, (Value){.owner = alias,
                                       .at = narrow_class_of(b, class),
                                       .steps = STEP_CALL,
                                       .kind = VALUE_NAME,
                                       .use = VALUE_BOUND});
    }
}
