#include "index/lang/python_rules.h"

/* Nodes that only group: their parts are used as they are used themselves. */
static bool is_transparent(Kind kind) {
    switch (kind) {
    case KIND_TUPLE:
    case KIND_LIST:
    case KIND_EXPRESSION_LIST:
    case KIND_PARENTHESIZED_EXPRESSION:
    case KIND_LIST_SPLAT:
    case KIND_TUPLE_PATTERN:
    case KIND_LIST_PATTERN:
    case KIND_PATTERN_LIST:
    case KIND_LIST_SPLAT_PATTERN:
    case KIND_DICTIONARY_SPLAT_PATTERN:
    case KIND_AS_PATTERN_TARGET:
    case KIND_CASE_PATTERN:
    case KIND_UNION_PATTERN:
    case KIND_SPLAT_PATTERN:
    case KIND_PARAMETERS:
    case KIND_LAMBDA_PARAMETERS:
    case KIND_DELETE_STATEMENT:
    case KIND_GLOBAL_STATEMENT:
    case KIND_NONLOCAL_STATEMENT:
    case KIND_TYPE:
    case KIND_TYPE_PARAMETER:
    case KIND_SPLAT_TYPE:
    case KIND_ARGUMENT_LIST:
    case KIND_WITH_CLAUSE:
    case KIND_DECORATOR: return true;
    default: return false;
    }
}

bool rules_is_comprehension(Kind kind) {
    return kind == KIND_LIST_COMPREHENSION || kind == KIND_SET_COMPREHENSION ||
           kind == KIND_DICTIONARY_COMPREHENSION || kind == KIND_GENERATOR_EXPRESSION;
}

/* Whether storing into the node unpacks a value; `(x)` is but x in parentheses. */
static bool unpacks(TSNode node, Kind kind) {
    switch (kind) {
    case KIND_TUPLE:
    case KIND_TUPLE_PATTERN: return ts_node_child_count(node) != 3 || ts_node_named_child_count(node) != 1;
    case KIND_LIST:
    case KIND_LIST_PATTERN:
    case KIND_PATTERN_LIST:
    case KIND_EXPRESSION_LIST:
    case KIND_LIST_SPLAT:
    case KIND_LIST_SPLAT_PATTERN: return true;
    default: return false;
    }
}

/* The scope around `scope` that an assignment expression binds in (PEP 572). */
static uint32_t walrus_scope(const FactsBuilder *builder, uint32_t scope) {
    const Scope *scopes = builder->scopes.items;
    while (scopes[scope].kind == SCOPE_COMPREHENSION) scope = scopes[scope].parent;
    return scope;
}

static void store(Frame *frame, SymbolVia via, bool makes_symbol) {
    frame->use = USE_STORE;
    frame->via = (uint8_t)via;
    frame->makes_symbol = makes_symbol;
}

/* Rules for the children of definitions and lambdas. */
static void rule_definition(const FactsBuilder *builder, const Frame *above, Field field, Frame *frame) {
    switch (field) {
    case FIELD_NAME:
        frame->use = USE_DEFINITION;
        if (builder->scopes.items[above->scope].kind == SCOPE_TYPE_PARAMS)
            frame->scope = builder->scopes.items[above->scope].parent;
        break;
    case FIELD_TYPE_PARAMETERS: frame->use = USE_TYPE_PARAM; break;
    case FIELD_PARAMETERS: frame->use = USE_PARAM; break;
    case FIELD_SUPERCLASSES: frame->flags = OCCURRENCE_BASE; break;
    case FIELD_BODY:
        frame->scope = above->inner;
        if (above->own_symbol == NONE) break; /* a lambda */
        frame->symbol = above->own_symbol;
        frame->conditional = false;
        break;
    default: break;
    }
}

/* Rules for the children of comprehensions and their clauses: the first iterable is evaluated outside. */
static void rule_comprehension(Frame *above, Field field, Frame *frame) {
    if (above->kind == KIND_FOR_IN_CLAUSE) {
        if (field == FIELD_LEFT) store(frame, VIA_NONE, false);
        if (field == FIELD_RIGHT) frame->scope = above->inner;
        return;
    }
    frame->scope = above->inner;
    if (frame->kind != KIND_FOR_IN_CLAUSE) return;
    if (!above->seen) frame->inner = above->scope;
    above->seen = true;
}

/* Rules for the children of match patterns. */
static void rule_pattern(const Frame *above, Field field, Frame *frame) {
    bool first = above->named_count == 0;
    switch (above->kind) {
    case KIND_CLASS_PATTERN: frame->use = first ? USE_READ : USE_STORE; break;
    case KIND_KEYWORD_PATTERN: frame->use = first ? USE_KEYWORD : USE_STORE; break;
    case KIND_DICT_PATTERN: frame->use = field == FIELD_KEY ? USE_READ : USE_STORE; break;
    case KIND_CASE_CLAUSE: frame->use = frame->kind == KIND_CASE_PATTERN ? USE_STORE : USE_READ; break;
    default: break;
    }
}

/* Rules for the children of imports. */
static void rule_import(const Frame *above, Field field, Frame *frame) {
    bool aliased = above->kind == KIND_ALIASED_IMPORT;
    bool binds = aliased ? field == FIELD_ALIAS : field == FIELD_NAME;
    frame->use = binds ? USE_IMPORT : USE_IMPORT_PATH;
}

/* Rules for the parts of a dotted name. */
static void rule_dotted_name(Frame *above, Frame *frame) {
    bool first = !above->seen;
    above->seen = true;
    switch (above->use) {
    case USE_IMPORT: frame->use = first ? USE_IMPORT : USE_IMPORT_PATH; break;
    case USE_IMPORT_PATH: frame->use = USE_IMPORT_PATH; break;
    case USE_STORE: /* a match pattern: a lone name captures, a dotted one is a value */
        if (ts_node_child_count(above->node) == 1)
            frame->use = USE_STORE;
        else
            frame->use = first ? USE_READ : USE_ATTRIBUTE;
        break;
    default: frame->use = first ? USE_READ : USE_ATTRIBUTE; break;
    }
}

/* Rules for the children of expressions. */
static void rule_expression(const Frame *above, Field field, Frame *frame) {
    enum { PLACE = OCCURRENCE_DECORATOR | OCCURRENCE_BASE };
    switch (above->kind) {
    case KIND_CALL:
        if (field == FIELD_FUNCTION) frame->flags = (above->flags & PLACE) | OCCURRENCE_CALLEE;
        break;
    case KIND_ATTRIBUTE:
        if (field == FIELD_ATTRIBUTE) frame->use = USE_ATTRIBUTE;
        frame->flags = field == FIELD_ATTRIBUTE ? above->flags : above->flags & PLACE;
        break;
    case KIND_SUBSCRIPT:
        if (field == FIELD_VALUE) frame->flags = above->flags & PLACE;
        if (field == FIELD_VALUE && above->via == VIA_TYPE) store(frame, VIA_TYPE, above->makes_symbol);
        break;
    case KIND_KEYWORD_ARGUMENT:
        if (field == FIELD_NAME) frame->use = USE_KEYWORD;
        break;
    case KIND_AS_PATTERN:
        if (field == FIELD_ALIAS)
            store(frame, above->via, above->via == VIA_WITH);
        else if (above->use == USE_STORE)
            frame->use = USE_STORE; /* in a match pattern */
        break;
    case KIND_MEMBER_TYPE:
        if (frame->kind == KIND_IDENTIFIER) frame->use = USE_ATTRIBUTE;
        break;
    case KIND_GENERIC_TYPE:
    case KIND_CONSTRAINED_TYPE:
        if (above->named_count > 0 && above->via == VIA_TYPE) { /* type name[parameters] */
            frame->use = USE_TYPE_PARAM;
            frame->scope = above->inner;
        }
        if (above->named_count > 0) break;
        frame->use = above->use;
        frame->via = above->via;
        frame->makes_symbol = above->makes_symbol;
        break;
    default: break;
    }
}

Frame rules_frame_below(const FactsBuilder *builder, uint32_t values, Frame *above, TSNode node, Kind kind,
                        Field field) {
    Frame frame = {.node = node,
                   .kind = (uint8_t)kind,
                   .field = (uint8_t)field,
                   .step = STEP_INDEX,
                   .suite = above->suite,
                   .values = values,
                   .split = values,
                   .occurrences = builder->occurrences.len,
                   .conditional = above->conditional || kind == KIND_BLOCK,
                   .scope = above->scope,
                   .inner = above->inner,
                   .symbol = above->symbol,
                   .own_symbol = NONE};
    if (is_transparent(above->kind)) {
        frame.use = above->use;
        frame.via = above->via;
        frame.flags = above->flags;
        frame.makes_symbol = above->makes_symbol;
    }
    if (rules_is_comprehension(above->kind)) rule_comprehension(above, field, &frame);
    switch (above->kind) {
    case KIND_FUNCTION_DEFINITION:
    case KIND_CLASS_DEFINITION:
    case KIND_LAMBDA: rule_definition(builder, above, field, &frame); break;
    case KIND_FOR_IN_CLAUSE: rule_comprehension(above, field, &frame); break;
    case KIND_CLASS_PATTERN:
    case KIND_KEYWORD_PATTERN:
    case KIND_DICT_PATTERN:
    case KIND_CASE_CLAUSE: rule_pattern(above, field, &frame); break;
    case KIND_IMPORT_STATEMENT:
    case KIND_IMPORT_FROM_STATEMENT:
    case KIND_FUTURE_IMPORT_STATEMENT:
    case KIND_RELATIVE_IMPORT:
    case KIND_ALIASED_IMPORT: rule_import(above, field, &frame); break;
    case KIND_DOTTED_NAME: rule_dotted_name(above, &frame); break;
    case KIND_DEFAULT_PARAMETER:
    case KIND_TYPED_DEFAULT_PARAMETER: frame.use = field == FIELD_NAME ? USE_PARAM : USE_READ; break;
    case KIND_TYPED_PARAMETER: frame.use = field == FIELD_TYPE ? USE_READ : USE_PARAM; break;
    case KIND_ASSIGNMENT:
        if (field == FIELD_LEFT) store(&frame, VIA_NONE, true);
        break;
    case KIND_AUGMENTED_ASSIGNMENT:
        if (field == FIELD_LEFT) store(&frame, VIA_AUG, true);
        break;
    case KIND_FOR_STATEMENT:
        if (field == FIELD_LEFT) store(&frame, VIA_FOR, true);
        break;
    case KIND_TYPE_ALIAS_STATEMENT:
        if (field == FIELD_LEFT) store(&frame, VIA_TYPE, true);
        if (field == FIELD_RIGHT) frame.scope = above->inner;
        break;
    case KIND_NAMED_EXPRESSION:
        if (field != FIELD_NAME) break;
        store(&frame, VIA_NONE, false);
        frame.scope = walrus_scope(builder, above->scope);
        break;
    case KIND_EXCEPT_CLAUSE:
        if (field == FIELD_ALIAS) store(&frame, VIA_NONE, false);
        break;
    case KIND_WITH_ITEM: frame.via = VIA_WITH; break;
    default: rule_expression(above, field, &frame); break;
    }
    switch (kind) {
    case KIND_DELETE_STATEMENT: frame.use = USE_DELETE; break;
    case KIND_GLOBAL_STATEMENT: frame.use = USE_GLOBAL; break;
    case KIND_NONLOCAL_STATEMENT: frame.use = USE_NONLOCAL; break;
    case KIND_DECORATOR: frame.flags = OCCURRENCE_DECORATOR; break;
    case KIND_NAMED_EXPRESSION: /* f"{x:=10}": "=10" says how; an assignment stands in parentheses there */
        if (above->kind == KIND_INTERPOLATION) frame.kind = KIND_OTHER;
        break;
    default: break;
    }
    if (frame.use == USE_STORE && frame.via == VIA_NONE && unpacks(node, kind)) frame.via = VIA_UNPACK;
    return frame;
}
