#include "index/lang/python_value.h"

#include "index/lang/python_caught.h"
#include "index/lang/python_comment.h"
#include "index/lang/python_narrow.h"
#include "index/lang/python_pass.h"
#include "index/lang/python_static.h"
#include "index/lang/python_string.h"
#include "index/name.h"

enum { ALL_STEPS = (1 << STEP_BITS * STEPS) - 1 };

/* --- steps ------------------------------------------------------------------------------------- */

static uint32_t step_count(uint32_t steps) {
    uint32_t count = 0;
    for (; steps; steps >>= STEP_BITS) count++;
    return count;
}

static Step step_at(uint32_t steps, uint32_t number) {
    return (Step)(steps >> number * STEP_BITS & ((1u << STEP_BITS) - 1));
}

static bool is_item(Step step) { return step >= STEP_ITEM && step < STEP_IN; }

static bool is_in(Step step) { return step >= STEP_IN && step < STEP_CLASS; }

/* Whether taking `step` out of what the step `last` put something into gives that back. */
static bool undoes(Step step, Step last) {
    if (last == STEP_FUNCTION) return step == STEP_CALL;
    if (step_is_series(last)) return step == STEP_INDEX || step == STEP_ITERATE || is_item(step);
    if (last == STEP_DICT) return step == STEP_INDEX;
    if (!is_in(last)) return false;
    return step == STEP_INDEX || step == STEP_ITERATE || step + TUPLE_ITEMS == last;
}

/* False when the value cannot be told any more. */
static bool add_step(Value *value, Step step) {
    uint32_t count = step_count(value->steps);
    Step last = count ? step_at(value->steps, count - 1) : STEP_NONE;
    bool wrapped = step_puts_in(last) || last == STEP_FUNCTION;
    if (step == STEP_NONE) return true;
    if (count && undoes(step, last)) {
        value->steps = value->steps & ((1u << (count - 1) * STEP_BITS) - 1) & ALL_STEPS;
        return true;
    }
    bool takes = !step_puts_in(step) && step != STEP_FUNCTION;
    if (count == STEPS || (wrapped && takes && step != STEP_CALL && step != STEP_ENTER && last != STEP_DICT))
        return false;
    value->steps = (value->steps | (uint32_t)step << count * STEP_BITS) & ALL_STEPS;
    return true;
}

/* Adds a step to the values [first, end); those that cannot take it go. */
static void add_step_between(Values *values, uint32_t first, uint32_t end, Step step) {
    uint32_t kept = first;
    for (uint32_t i = first; i < values->len; i++) {
        Value value = values->items[i];
        if (i >= end || add_step(&value, step)) values->items[kept++] = value;
    }
    values->len = kept;
}

static void add_step_to(Values *values, uint32_t first, Step step) {
    add_step_between(values, first, values->len, step);
}

static void push(Values *values, ValueKind kind, uint32_t at) {
    ARRAY_PUSH(values, (Value){.at = at, .kind = (unsigned)kind & 15u});
}

/* --- binding ----------------------------------------------------------------------------------- */

static void bind_value(FactsBuilder *b, const Value *target, Value value, Step step) {
    if (!add_step(&value, step)) return;
    for (uint32_t i = step_count(target->steps); i-- > 0;) { /* the outermost tuple was noted last */
        if (!add_step(&value, step_at(target->steps, i))) return;
    }
    value.owner = target->at;
    value.use = VALUE_BOUND;
    ARRAY_PUSH(&b->values, value);
}

/* Notes when the name that is being bound occurs behind its target, in the value. */
static void bind_late(FactsBuilder *b, const Value *target) {
    uint32_t name = b->occurrences.items[target->at].name, end = b->occurrences.len;
    for (uint32_t i = target->at + 1; i < end; i++) {
        Role role = (Role)b->occurrences.items[i].role;
        if (b->occurrences.items[i].name != name || (role != ROLE_READ && role != ROLE_ATTRIBUTE)) continue;
        ARRAY_PUSH(&b->values,
                   (Value){.owner = target->at, .at = end, .kind = VALUE_LATE, .use = VALUE_BOUND});
        return;
    }
}

/* Binds the targets [first, split) to the values from `split` on, after one more step. */
static void bind(FactsBuilder *b, const Values *values, uint32_t first, uint32_t split, Step step) {
    bool late = step == STEP_NONE || step == STEP_ITERATE; /* the value stands behind the target */
    assert(first == split || (split <= values->len && values->items));
    for (uint32_t t = first; t < split; t++) {
        if (values->items[t].kind != VALUE_NAME) continue;
        if (late) bind_late(b, &values->items[t]);
        for (uint32_t v = split; v < values->len && v < split + MOST_VALUES; v++)
            bind_value(b, &values->items[t], values->items[v], step);
    }
}

/* Keeps of the values from `first` on those from `from` on. */
static void keep_from(Values *values, uint32_t first, uint32_t from) {
    if (first == from) return;
    memmove(values->items + first, values->items + from, (values->len - from) * sizeof *values->items);
    values->len -= from - first;
}

static void bind_annotation(Reader *reader, const Values *values, const Frame *frame) {
    TSNode type = syntax_child(frame->node, FIELD_TYPE);
    bool alone = frame->split == frame->values + 1; /* else a comment tells the types of several */
    Str written = STR("");
    if (!ts_node_is_null(type))
        written = define_source(reader, type);
    else if (alone)
        written = comment_type(reader->builder.source, frame->node);
    if (written.len == 0 || frame->values == frame->split) return;
    Text text = builder_source(&reader->builder, written);
    ARRAY_PUSH(&reader->builder.texts, text);
    ARRAY_PUSH(&reader->builder.values, (Value){.owner = values->items[frame->values].at,
                                                .at = reader->builder.texts.len - 1,
                                                .kind = VALUE_TYPE,
                                                .use = VALUE_BOUND});
}

/* `T: Class` among type parameters. */
static void bind_constraint(Reader *reader, const Frame *frame) {
    FactsBuilder *b = &reader->builder;
    uint32_t occurrence = builder_occurrence_at(b, ts_node_start_byte(frame->node));
    bool parameter =
        occurrence < b->occurrences.len && b->occurrences.items[occurrence].role == ROLE_TYPE_PARAM;
    if (!parameter || ts_node_named_child_count(frame->node) < 2) return;
    Text text = builder_source(b, define_source(reader, ts_node_named_child(frame->node, 1)));
    ARRAY_PUSH(&b->texts, text);
    ARRAY_PUSH(&b->values,
               (Value){.owner = occurrence, .at = b->texts.len - 1, .kind = VALUE_TYPE, .use = VALUE_BOUND});
}

static void bind_exception(FactsBuilder *b, Values *values, uint32_t first, uint32_t split) {
    for (uint32_t v = split; v < values->len; v++) {
        Value *value = &values->items[v];
        uint32_t count = step_count(value->steps);
        if (count && is_in(step_at(value->steps, count - 1))) add_step(value, STEP_ITERATE);
    }
    bind(b, values, first, split, STEP_CALL);
}

/* `value as target`, target last on the stack. */
static void bind_alias(FactsBuilder *b, Values *values, const Frame *frame, bool with) {
    uint32_t targets = values->len - frame->split;
    Values turned = {0}; /* targets first */
    for (uint32_t i = frame->split; i < values->len; i++) ARRAY_PUSH(&turned, values->items[i]);
    for (uint32_t i = frame->values; i < frame->split; i++) ARRAY_PUSH(&turned, values->items[i]);
    if (with)
        bind(b, &turned, 0, targets, STEP_ENTER);
    else
        bind_exception(b, &turned, 0, targets);
    ARRAY_FREE(&turned);
}

/* Whether the frame stands in the body of a function itself. */
static bool in_function(const FactsBuilder *b, const Frame *frame) {
    SymbolKind kind = (SymbolKind)b->symbols.items[frame->symbol].kind;
    return (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) &&
           b->scopes.items[frame->scope].kind == SCOPE_FUNCTION;
}

static void note_results(FactsBuilder *b, const Values *values, const Frame *frame, uint8_t flag) {
    if (!in_function(b, frame)) return;
    b->symbols.items[frame->symbol].flags |= flag;
    for (uint32_t v = frame->values; v < values->len && v < frame->values + MOST_VALUES; v++) {
        Value value = values->items[v];
        value.owner = frame->symbol;
        value.use = VALUE_RETURN;
        ARRAY_PUSH(&b->returns, value);
    }
}

/* What makes an exception is called, or it is there already; `with_traceback` gives its receiver. */
static uint32_t exception_of(const FactsBuilder *b, const Frame *frame, const Value *value) {
    bool made = value->steps == STEP_NONE || value->steps == STEP_CALL;
    if (value->kind != VALUE_NAME || !made) return NONE;
    uint32_t name = b->occurrences.items[value->at].name;
    if (!str_eq(intern_str(&b->spellings, name), STR("with_traceback"))) return value->at;
    if (b->occurrences.items[value->at].flags & OCCURRENCE_CHAINED) return value->at - 1;
    for (uint32_t v = b->values.len; v-- > 0 && b->values.items[v].owner >= frame->occurrences;) {
        const Value *receiver = &b->values.items[v];
        if (receiver->owner == value->at) return receiver->kind == VALUE_NAME ? receiver->at : NONE;
    }
    return NONE;
}

static void note_raises(FactsBuilder *b, const Values *values, const Frames *frames, const Frame *frame) {
    if (!in_function(b, frame)) return;
    Raise raise = {frame->symbol, ts_node_start_byte(frame->node), NONE};
    bool known = false;
    for (uint32_t v = frame->values; v < values->len && v < frame->values + MOST_VALUES; v++) {
        uint32_t exception = exception_of(b, frame, &values->items[v]);
        if (exception == NONE) continue;
        known = true;
        raise.exception = exception;
        Str name = intern_str(&b->spellings, b->occurrences.items[exception].name);
        if (!caught_inside(b->source, frames, name)) ARRAY_PUSH(&b->raises, raise);
    }
    if (!known) ARRAY_PUSH(&b->raises, raise);
}

/* --- calls ------------------------------------------------------------------------------------- */

/* Of `table[key]()` no occurrence tells. */
static void note_unnamed_call(Reader *reader, const Frame *call) {
    Symbol *symbol = &reader->builder.symbols.items[call->symbol];
    if (symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD)
        symbol->flags |= SYMBOL_CALLS_UNNAMED;
}

/* Whether a call has one argument besides keywords. */
static bool is_alone(TSNode arguments) {
    return ts_node_named_child_count(arguments) < 2 ||
           syntax_kind(ts_node_named_child(arguments, 1)) == KIND_KEYWORD_ARGUMENT;
}

/* `cast(Class, …)` */
static void cast(Reader *reader, Values *values, const Frame *arguments) {
    FactsBuilder *b = &reader->builder;
    TSNode type = ts_node_named_child(arguments->node, 0);
    values->len = arguments->values;
    if (ts_node_is_null(type)) return;
    ARRAY_PUSH(&b->texts, builder_source(b, define_source(reader, type)));
    push(values, VALUE_TYPE, b->texts.len - 1);
}

/* Keeps of the arguments' values those that the call gives back. */
static void pass_arguments(Reader *reader, Values *values, const Frame *above, const Frame *frame) {
    FactsBuilder *b = &reader->builder;
    uint32_t first = frame->values, end = values->len, call = above->values;
    const Value *callee = above->kind == KIND_CALL && call < first ? &values->items[call] : NULL;
    values->len = first;
    if (callee == NULL || callee->kind != VALUE_NAME || callee->steps) return;
    Str name = intern_str(&b->spellings, b->occurrences.items[callee->at].name);
    if (str_eq(name, STR("cast"))) {
        cast(reader, values, frame);
        return;
    }
    if (first == end) return;
    bool alone = is_alone(frame->node);
    for (uint32_t i = first; i < end; i++) {
        Value value = values->items[i];
        const Step *steps = pass_steps(name, value.owner, alone);
        bool passes = steps != NULL;
        for (size_t s = 0; s < PASS_STEPS && passes; s++) passes = add_step(&value, steps[s]);
        if (passes) values->items[values->len++] = value;
    }
}

/* --- the walk ---------------------------------------------------------------------------------- */

/* The values [first, end) stand before the dot of an occurrence, or are called with it. */
static void note_receiver(FactsBuilder *b, const Values *values, uint32_t first, uint32_t end,
                          uint32_t occurrence) {
    for (uint32_t v = first; v < end && v < first + MOST_VALUES; v++) {
        Value value = values->items[v];
        value.owner = occurrence;
        value.use = VALUE_RECEIVER;
        ARRAY_PUSH(&b->values, value);
    }
}

/* What a keyword argument is given to: the callee's values stand before those of the arguments. */
static void note_callee(FactsBuilder *b, const Values *values, const Frame *frame, uint32_t occurrence) {
    const Frame *arguments = frame - 2;
    if (arguments->kind != KIND_ARGUMENT_LIST || arguments[-1].kind != KIND_CALL) return;
    note_receiver(b, values, arguments[-1].values, arguments->values, occurrence);
}

/* What a keyword of a class pattern belongs to: an instance of the class. */
static void note_matched(FactsBuilder *b, const Frame *frame, uint32_t occurrence) {
    const Frame *pattern = frame - 1;
    while (pattern->kind == KIND_KEYWORD_PATTERN || pattern->kind == KIND_CASE_PATTERN) pattern--;
    if (pattern->kind != KIND_CLASS_PATTERN) return;
    ARRAY_PUSH(&b->values, (Value){.owner = occurrence,
                                   .at = narrow_class_of(b, pattern->node),
                                   .steps = STEP_CALL,
                                   .kind = VALUE_NAME,
                                   .use = VALUE_RECEIVER});
}

void value_identifier(Reader *reader, Values *values, const Frame *frame, uint32_t occurrence) {
    FactsBuilder *b = &reader->builder;
    const Frame *above = frame - 1;
    if (frame->use == USE_KEYWORD) {
        if (above->kind == KIND_KEYWORD_PATTERN)
            note_matched(b, frame, occurrence);
        else
            note_callee(b, values, frame, occurrence);
    }
    if (frame->use == USE_KEYWORD || frame->use >= USE_GLOBAL) return;
    if (frame->use == USE_ATTRIBUTE) {
        bool chained = b->occurrences.items[occurrence].flags & OCCURRENCE_CHAINED;
        if (!chained) note_receiver(b, values, above->values, values->len, occurrence);
        values->len = above->values;
    }
    push(values, VALUE_NAME, occurrence);
}

static Step index_step(const FactsBuilder *b, const Frame *subscript) {
    Range range = syntax_range(subscript->node);
    char digit = b->source.data[range.start];
    bool small = subscript->kind == KIND_INTEGER && range.end == range.start + 1 && digit < '0' + TUPLE_ITEMS;
    if (subscript->kind == KIND_SLICE) return STEP_NONE;
    return small ? (Step)(STEP_ITEM + (digit - '0')) : STEP_INDEX;
}

/* Literals put their type on the stack. */
static bool literal_type(Reader *reader, const Frame *frame, LiteralType *out) {
    switch (frame->kind) {
    case KIND_CONCATENATED_STRING:
    case KIND_STRING: {
        uint32_t start = ts_node_start_byte(frame->node);
        StringPrefix prefix = python_string_prefix(str_slice(reader->builder.source, start, start + 3));
        *out = prefix.bytes ? TYPE_BYTES : TYPE_STR;
        return true;
    }
    case KIND_INTEGER: *out = TYPE_INT; return true;
    case KIND_FLOAT: *out = TYPE_FLOAT; return true;
    case KIND_TRUE:
    case KIND_FALSE: *out = TYPE_BOOL; return true;
    default: return false;
    }
}

/* Whether a name is spelled as classes are: `Name`, not `NAMES`. */
static bool is_class_name(Str name) {
    bool small = false;
    for (size_t i = 0; i < name.len; i++) small |= name.data[i] >= 'a' && name.data[i] <= 'z';
    return small && name_is_capital(name.data[0]);
}

/* `Class[…](…)`: what an annotation `Class[…]` means. */
static bool make_generic(Reader *reader, Values *values, const Frame *call) {
    FactsBuilder *b = &reader->builder;
    Value *value = call->values < values->len ? &values->items[call->values] : NULL;
    if (call->first != KIND_SUBSCRIPT || call->split != call->values + 1) return false;
    if (value == NULL || value->kind != VALUE_NAME || value->steps != STEP_INDEX) return false;
    if (!is_class_name(intern_str(&b->spellings, b->occurrences.items[value->at].name))) return false;
    TSNode callee = syntax_child(call->node, FIELD_FUNCTION);
    ARRAY_PUSH(&b->texts, builder_source(b, define_source(reader, callee)));
    *value = (Value){.at = b->texts.len - 1, .kind = VALUE_TYPE};
    return true;
}

/* What lies in a display, or, where nothing is known of that, the display alone. */
static void display(Values *values, uint32_t first, Step step, LiteralType type) {
    add_step_to(values, first, step);
    if (values->len == first) push(values, VALUE_LITERAL, type);
}

/* What the finished node itself does with the values of its parts. */
static void finish(Reader *reader, Values *values, const Frames *frames, const Frame *frame) {
    FactsBuilder *b = &reader->builder;
    bool stores = frame->use == USE_STORE;
    uint32_t first = frame->values;
    switch (frame->kind) {
    case KIND_CALL:
        if (!make_generic(reader, values, frame))
            add_step_between(values, first, frame->split ? frame->split : values->len, STEP_CALL);
        break;
    case KIND_SUBSCRIPT:
        if (stores)
            values->len = first;
        else
            add_step_to(values, first, (Step)frame->step);
        break;
    case KIND_LIST:
        if (!stores) display(values, first, STEP_LIST, TYPE_LIST);
        break;
    case KIND_LIST_COMPREHENSION: display(values, first, STEP_LIST, TYPE_LIST); break;
    case KIND_SET:
    case KIND_SET_COMPREHENSION: display(values, first, STEP_SET, TYPE_SET); break;
    case KIND_DICTIONARY:
    case KIND_DICTIONARY_COMPREHENSION: display(values, first, STEP_DICT, TYPE_DICT); break;
    case KIND_TUPLE:
    case KIND_EXPRESSION_LIST: /* the items have their steps */
        if (!stores) display(values, first, STEP_NONE, TYPE_TUPLE);
        break;
    case KIND_GENERATOR_EXPRESSION: add_step_to(values, first, STEP_GENERATOR); break;
    case KIND_LAMBDA: add_step_to(values, first, STEP_FUNCTION); break;
    case KIND_ASSIGNMENT:
        bind_annotation(reader, values, frame);
        bind(b, values, first, frame->split, STEP_NONE);
        keep_from(values, first, frame->split);
        break;
    case KIND_AUGMENTED_ASSIGNMENT:
        if (values->len > first)
            ARRAY_PUSH(&b->values, (Value){.owner = values->items[first].at, .kind = VALUE_KEPT});
        values->len = first;
        break;
    case KIND_NAMED_EXPRESSION:
    case KIND_DEFAULT_PARAMETER:
    case KIND_TYPED_DEFAULT_PARAMETER:
        bind(b, values, first, frame->split, STEP_NONE);
        keep_from(values, first, frame->split);
        break;
    case KIND_FOR_IN_CLAUSE:
        bind(b, values, first, frame->split, STEP_ITERATE);
        values->len = first;
        break;
    case KIND_AS_PATTERN:
        if (stores)
            narrow_alias(reader, frame);
        else
            bind_alias(b, values, frame, frame->via == VIA_WITH);
        values->len = first;
        break;
    case KIND_CLASS_PATTERN: narrow_subject(reader, frames, frame); break;
    case KIND_COMPARISON_OPERATOR: narrow_comparison(reader, frames, frame); break;
    case KIND_CONSTRAINED_TYPE: bind_constraint(reader, frame); break;
    case KIND_EXCEPT_CLAUSE: values->len = first; break;
    case KIND_YIELD:
        if (ts_node_child_count(frame->node) == 3) add_step_to(values, first, STEP_ITERATE);
        add_step_to(values, first, STEP_GENERATOR);
        note_results(b, values, frame, SYMBOL_YIELDS);
        values->len = first;
        break;
    case KIND_RETURN_STATEMENT: note_results(b, values, frame, frame->seen ? SYMBOL_RETURNS : 0); break;
    case KIND_RAISE_STATEMENT:
        note_raises(b, values, frames, frame);
        values->len = first;
        break;
    case KIND_ARGUMENT_LIST:
        narrow_call(reader, values, frames, first);
        pass_arguments(reader, values, ARRAY_LAST(frames), frame);
        break;
    default: break;
    }
}

/* Where targets end and values begin. */
static void split_behind(const Values *values, Frame *above) { above->split = values->len; }

/* Item `above->named_count - 1` of a tuple. */
static void accept_item(Values *values, const Frame *above, const Frame *frame) {
    uint32_t item = above->named_count - 1;
    bool splat = frame->kind == KIND_LIST_SPLAT || frame->kind == KIND_LIST_SPLAT_PATTERN;
    bool stores = above->use == USE_STORE;
    if (splat || item >= TUPLE_ITEMS)
        values->len = frame->values;
    else
        add_step_to(values, frame->values, (Step)((stores ? STEP_ITEM : STEP_IN) + item));
}

/* What the node above makes of a finished child's values: most drop them. */
static void accept(Reader *reader, Values *values, Frame *above, const Frame *frame) {
    bool keep = true;
    Field field = (Field)frame->field;
    switch (above->kind) {
    case KIND_PARENTHESIZED_EXPRESSION:
    case KIND_AWAIT:
    case KIND_BOOLEAN_OPERATOR:
    case KIND_AS_PATTERN_TARGET:
    case KIND_ATTRIBUTE:
    case KIND_YIELD: break;
    case KIND_RETURN_STATEMENT: above->seen = frame->kind != KIND_NONE; break;
    case KIND_RAISE_STATEMENT: keep = above->named_count == 1; break; /* not the cause */
    case KIND_ARGUMENT_LIST:
        keep = values->len < above->values + TUPLE_ITEMS;
        for (uint32_t v = frame->values; v < values->len; v++)
            values->items[v].owner = above->named_count - 1;
        break;
    case KIND_CALL:
        keep = field == FIELD_FUNCTION || frame->kind == KIND_ARGUMENT_LIST;
        if (field != FIELD_FUNCTION) break;
        split_behind(values, above);
        if (frame->kind != KIND_IDENTIFIER && frame->kind != KIND_ATTRIBUTE) note_unnamed_call(reader, above);
        break;
    case KIND_BINARY_OPERATOR: /* most operators keep the type */
        keep = field == FIELD_LEFT || (field == FIELD_RIGHT && syntax_operator(above->node) == '|');
        break;
    case KIND_CONDITIONAL_EXPRESSION: keep = above->named_count != 2; break;
    case KIND_SUBSCRIPT:
        keep = field == FIELD_VALUE;
        if (field == FIELD_SUBSCRIPT) above->step = (uint8_t)index_step(&reader->builder, frame);
        break;
    case KIND_LIST:
    case KIND_SET:
        if (above->use == USE_STORE)
            accept_item(values, above, frame);
        else
            keep = frame->kind != KIND_LIST_SPLAT && values->len <= above->values + MOST_VALUES;
        break;
    case KIND_TUPLE:
    case KIND_EXPRESSION_LIST:
    case KIND_TUPLE_PATTERN:
    case KIND_LIST_PATTERN:
    case KIND_PATTERN_LIST: accept_item(values, above, frame); break;
    case KIND_DICTIONARY:
        keep = frame->kind == KIND_PAIR && values->len <= above->values + MOST_VALUES;
        break;
    case KIND_PAIR: keep = field == FIELD_VALUE; break;
    case KIND_LIST_COMPREHENSION:
    case KIND_SET_COMPREHENSION:
    case KIND_DICTIONARY_COMPREHENSION:
    case KIND_GENERATOR_EXPRESSION:
    case KIND_LAMBDA: keep = field == FIELD_BODY; break;
    case KIND_AUGMENTED_ASSIGNMENT: keep = field == FIELD_LEFT; break;
    case KIND_ASSIGNMENT:
    case KIND_FOR_IN_CLAUSE:
        if (field == FIELD_LEFT) split_behind(values, above);
        keep = field == FIELD_LEFT || field == FIELD_RIGHT;
        break;
    case KIND_NAMED_EXPRESSION:
    case KIND_DEFAULT_PARAMETER:
    case KIND_TYPED_DEFAULT_PARAMETER:
        if (field == FIELD_NAME) split_behind(values, above);
        keep = field == FIELD_NAME || field == FIELD_VALUE;
        break;
    case KIND_AS_PATTERN:
        if (field != FIELD_ALIAS) split_behind(values, above);
        break;
    case KIND_FOR_STATEMENT:
        if (field == FIELD_LEFT) split_behind(values, above);
        if (field == FIELD_RIGHT) {
            bind(&reader->builder, values, above->values, above->split, STEP_ITERATE);
            values->len = above->values;
        }
        keep = field == FIELD_LEFT;
        break;
    default: keep = false; break;
    }
    if (!keep && values->len > frame->values) values->len = frame->values;
}

void value_leave(Reader *reader, Values *values, Frames *frames, const Frame *frame) {
    LiteralType type;
    if (literal_type(reader, frame, &type)) {
        values->len = frame->values; /* of format strings' parts */
        push(values, VALUE_LITERAL, type);
    }
    finish(reader, values, frames, frame);
    accept(reader, values, ARRAY_LAST(frames), frame);
}

void value_suite(Reader *reader, const Frames *frames, Frame *frame) {
    const Frame *above = frame - 1, *statement = above;
    uint32_t only = NONE;
    if (above->kind == KIND_FUNCTION_DEFINITION || above->kind == KIND_CLASS_DEFINITION) {
        frame->suite = NONE;
        return;
    }
    while (statement > frames->items &&
           (statement->kind == KIND_ELIF_CLAUSE || statement->kind == KIND_ELSE_CLAUSE ||
            statement->kind == KIND_CASE_CLAUSE))
        statement--;
    if (statement->kind == KIND_BLOCK) statement--; /* a match statement's */
    if (statement->kind == KIND_IF_STATEMENT || statement->kind == KIND_MATCH_STATEMENT)
        only = ts_node_start_byte(statement->node);
    bool fallback = static_is_fallback(reader->builder.source, statement, above);
    ARRAY_PUSH(&reader->builder.suites, (Suite){syntax_range(frame->node), above->suite, only, fallback});
    frame->suite = reader->builder.suites.len - 1;
}
