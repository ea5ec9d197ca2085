/* tree-sitter-python's node types and fields as enumerators, and small questions about its nodes. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_SYNTAX_H
#define HEADWORD_INDEX_LANG_PYTHON_SYNTAX_H

#include "base/array.h"
#include "base/str.h"
#include "index/text.h"

#include <tree_sitter/api.h>

typedef enum {
    KIND_TOKEN, /* a node without a name: punctuation, keyword */
    KIND_OTHER, /* a named node that is not in the table */
    KIND_ERROR,
#define KIND(enumerator, type) KIND_##enumerator,
#include "index/lang/python_kinds.def"
#undef KIND
    KIND_COUNT
} Kind;

typedef enum {
#define FIELD(enumerator, name) FIELD_##enumerator,
#include "index/lang/python_fields.def"
#undef FIELD
    FIELD_COUNT,
    FIELD_NONE = FIELD_COUNT
} Field;

const TSLanguage *tree_sitter_python(void);

Kind syntax_kind(TSNode node);

/* The field under which the cursor's node stands in its parent, which is of the kind given. */
Field syntax_field(const TSTreeCursor *cursor, Kind parent);

/* The child in a field; a null node when there is none. */
TSNode syntax_child(TSNode node, Field field);

static inline Range syntax_range(TSNode node) {
    return (Range){ts_node_start_byte(node), ts_node_end_byte(node)};
}

/* Walks over the children of a node, comments left out:
 *     for (bool more = syntax_first(cursor, node); more; more = syntax_next(cursor)) …
 * ts_tree_cursor_current_node */
bool syntax_first(TSTreeCursor *cursor, TSNode node);
bool syntax_next(TSTreeCursor *cursor);

/* The named children that are no comments; the caller frees the array. */
typedef Array(TSNode) Nodes;
Nodes syntax_named_children(TSTreeCursor *cursor, TSNode node);

/* The only named child that is no comment; a null node when there are none or several. */
TSNode syntax_only_child(TSTreeCursor *cursor, TSNode node);

/* The node inside any number of parentheses (and `type` wrappers), as Python's ast would have it. */
TSNode syntax_unwrap(TSTreeCursor *cursor, TSNode node);

/* Whether a node is the first thing in a line that does not go on with the one before, brackets aside. */
bool syntax_begins_line(Str source, TSNode node);

/* Whether the name is but taken into an import by the grammar: behind a half-typed `import `, it begins the
 * next line. */
bool syntax_is_outside_import(Str source, TSNode import, TSNode name);

/* The first character of a binary operator's sign. */
char syntax_operator(TSNode binary);

/* What is stored by the right side of an assignment: of `b = 1` in `a = b = 1`, 1. May be a null node. */
TSNode syntax_assigned(TSNode right);

/* Offset of the end of the last statement inside a definition; comments behind it do not count. */
uint32_t syntax_statements_end(TSNode definition);

#endif
