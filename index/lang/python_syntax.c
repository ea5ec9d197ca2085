#include "index/lang/python_syntax.h"

#include <string.h>
#include <pthread.h>

enum { LARGEST_SYMBOL = 512, LARGEST_FIELD = 64 };

/* Written once, before first use; the same for every thread. */
static uint8_t kinds[LARGEST_SYMBOL];
static TSFieldId field_ids[FIELD_COUNT];
static uint8_t fields[LARGEST_FIELD];
static pthread_once_t tables_made = PTHREAD_ONCE_INIT;

static Kind kind_of_type(const char *type) {
    static const char *const types[] = {
#define KIND(enumerator, type) type,
#include "index/lang/python_kinds.def"
#undef KIND
    };
    for (uint32_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i], type) == 0) return (Kind)(KIND_ERROR + 1 + i);
    }
    return KIND_OTHER;
}

static void make_tables(void) {
    static const char *const names[] = {
#define FIELD(enumerator, name) name,
#include "index/lang/python_fields.def"
#undef FIELD
    };
    const TSLanguage *language = tree_sitter_python();
    uint32_t count = ts_language_symbol_count(language);
    for (uint32_t symbol = 0; symbol < count && symbol < LARGEST_SYMBOL; symbol++) {
        bool named = ts_language_symbol_type(language, (TSSymbol)symbol) == TSSymbolTypeRegular;
        kinds[symbol] =
            named ? (uint8_t)kind_of_type(ts_language_symbol_name(language, (TSSymbol)symbol)) : KIND_TOKEN;
    }
    memset(fields, FIELD_NONE, sizeof fields);
    for (uint32_t i = 0; i < FIELD_COUNT; i++) {
        field_ids[i] = ts_language_field_id_for_name(language, names[i], (uint32_t)strlen(names[i]));
        if (field_ids[i] < LARGEST_FIELD) fields[field_ids[i]] = (uint8_t)i;
    }
}

Kind syntax_kind(TSNode node) {
    pthread_once(&tables_made, make_tables);
    TSSymbol symbol = ts_node_symbol(node);
    return symbol < LARGEST_SYMBOL ? (Kind)kinds[symbol] : KIND_ERROR;
}

/* False for kinds whose children stand in no field that the front end looks at; they have most of all nodes.
 */
static bool has_fields(Kind kind) {
    switch (kind) {
    case KIND_OTHER: /* a module among them */
    case KIND_BLOCK:
    case KIND_EXPRESSION_STATEMENT:
    case KIND_ARGUMENT_LIST:
    case KIND_PARAMETERS:
    case KIND_TUPLE:
    case KIND_LIST:
    case KIND_SET:
    case KIND_DICTIONARY:
    case KIND_EXPRESSION_LIST:
    case KIND_PATTERN_LIST:
    case KIND_PARENTHESIZED_EXPRESSION:
    case KIND_DOTTED_NAME:
    case KIND_CONCATENATED_STRING:
    case KIND_STRING:
    case KIND_RETURN_STATEMENT: return false;
    default: return true;
    }
}

Field syntax_field(const TSTreeCursor *cursor, Kind parent) {
    if (!has_fields(parent)) return FIELD_NONE;
    pthread_once(&tables_made, make_tables);
    TSFieldId id = ts_tree_cursor_current_field_id(cursor);
    return id && id < LARGEST_FIELD ? (Field)fields[id] : FIELD_NONE;
}

TSNode syntax_child(TSNode node, Field field) {
    pthread_once(&tables_made, make_tables);
    return ts_node_child_by_field_id(node, field_ids[field]);
}

static bool on_comment(const TSTreeCursor *cursor) {
    return syntax_kind(ts_tree_cursor_current_node(cursor)) == KIND_COMMENT;
}

bool syntax_next(TSTreeCursor *cursor) {
    while (ts_tree_cursor_goto_next_sibling(cursor)) {
        if (!on_comment(cursor)) return true;
    }
    return false;
}

bool syntax_first(TSTreeCursor *cursor, TSNode node) {
    ts_tree_cursor_reset(cursor, node);
    if (!ts_tree_cursor_goto_first_child(cursor)) return false;
    return !on_comment(cursor) || syntax_next(cursor);
}

Nodes syntax_named_children(TSTreeCursor *cursor, TSNode node) {
    Nodes nodes = {0};
    for (bool more = syntax_first(cursor, node); more; more = syntax_next(cursor)) {
        TSNode child = ts_tree_cursor_current_node(cursor);
        if (ts_node_is_named(child)) ARRAY_PUSH(&nodes, child);
    }
    return nodes;
}

TSNode syntax_only_child(TSTreeCursor *cursor, TSNode node) {
    TSNode only = {0};
    for (bool more = syntax_first(cursor, node); more; more = syntax_next(cursor)) {
        TSNode child = ts_tree_cursor_current_node(cursor);
        if (!ts_node_is_named(child)) continue;
        if (!ts_node_is_null(only)) return (TSNode){0};
        only = child;
    }
    return only;
}

TSNode syntax_unwrap(TSTreeCursor *cursor, TSNode node) {
    for (;;) {
        Kind kind = syntax_kind(node);
        if (kind != KIND_PARENTHESIZED_EXPRESSION && kind != KIND_TYPE) return node;
        TSNode inner = syntax_only_child(cursor, node);
        if (ts_node_is_null(inner)) return node;
        node = inner;
    }
}

bool syntax_begins_line(Str source, TSNode node) {
    size_t start = ts_node_start_byte(node), line = start;
    while (line > 0 && source.data[line - 1] != '\n') line--;
    if (line == 0 || str_trim(str_slice(source, line, start)).len) return false;
    return !str_ends_with(str_trim_end(str_slice(source, 0, line)), STR("\\"));
}

bool syntax_is_outside_import(Str source, TSNode import, TSNode name) {
    if (!syntax_begins_line(source, name)) return false;
    for (uint32_t i = ts_node_child_count(import); i-- > 0;) {
        TSNode child = ts_node_child(import, i);
        if (ts_node_start_byte(child) < ts_node_start_byte(name) && *ts_node_type(child) == '(') return false;
    }
    return true;
}

char syntax_operator(TSNode binary) { return *ts_node_type(syntax_child(binary, FIELD_OPERATOR)); }

TSNode syntax_assigned(TSNode right) {
    while (!ts_node_is_null(right) && syntax_kind(right) == KIND_ASSIGNMENT)
        right = syntax_child(right, FIELD_RIGHT);
    return right;
}

/* The last child that is neither a comment nor a token. */
static TSNode last_named(TSNode node) {
    for (uint32_t i = ts_node_child_count(node); i-- > 0;) {
        TSNode child = ts_node_child(node, i);
        if (ts_node_is_named(child) && syntax_kind(child) != KIND_COMMENT) return child;
    }
    return (TSNode){0};
}

static bool holds_statements(Kind kind) {
    switch (kind) {
    case KIND_BLOCK:
    case KIND_FUNCTION_DEFINITION:
    case KIND_CLASS_DEFINITION:
    case KIND_DECORATED_DEFINITION:
    case KIND_IF_STATEMENT:
    case KIND_FOR_STATEMENT:
    case KIND_WHILE_STATEMENT:
    case KIND_TRY_STATEMENT:
    case KIND_WITH_STATEMENT:
    case KIND_MATCH_STATEMENT:
    case KIND_ELIF_CLAUSE:
    case KIND_ELSE_CLAUSE:
    case KIND_EXCEPT_CLAUSE:
    case KIND_FINALLY_CLAUSE:
    case KIND_CASE_CLAUSE: return true;
    default: return false;
    }
}

uint32_t syntax_statements_end(TSNode definition) {
    TSNode node = definition;
    while (holds_statements(syntax_kind(node))) {
        TSNode last = last_named(node);
        if (ts_node_is_null(last)) break;
        node = last;
    }
    return ts_node_end_byte(node);
}
