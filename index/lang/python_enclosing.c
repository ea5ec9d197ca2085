#include "index/lang/python_enclosing.h"

#include "index/lang/python_syntax.h"

/* A place between two bytes belongs to what holds the byte at `at`. */
typedef struct {
    Str text;
    uint32_t offset, at;
    Ranges *out;
} Finder;

static void add(Finder *self, Range range) {
    Range around = *ARRAY_LAST(self->out);
    bool inside = around.start <= range.start && range.end <= around.end;
    bool shorter = range.end - range.start < around.end - around.start;
    bool holds = range.start <= self->offset && self->offset <= range.end;
    if (inside && shorter && holds) ARRAY_PUSH(self->out, range);
}

/* Letters, digits, "_", and everything that is not ASCII. */
static bool is_word(Str text, uint32_t at) {
    if (at >= text.len) return false;
    unsigned char c = (unsigned char)text.data[at];
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The word at the place, in strings and comments. */
static void add_word(Finder *self) {
    Range word = {self->offset, self->offset};
    while (word.start > 0 && is_word(self->text, word.start - 1)) word.start--;
    while (is_word(self->text, word.end)) word.end++;
    if (word.start < word.end) add(self, word);
}

/* A comment without its sign. */
static void add_comment(Finder *self, Range range) {
    while (range.start < range.end && str_find_byte(STR("# \t"), self->text.data[range.start]) != STR_NPOS)
        range.start++;
    add(self, range);
    add_word(self);
}

static bool is_token(TSNode node, const char *tokens) {
    const char *type = ts_node_type(node);
    return !ts_node_is_named(node) && type[0] && type[1] == 0 &&
           str_find_byte(str_of(tokens), type[0]) != STR_NPOS;
}

/* What stands between the quotes or brackets around a node's children. */
static void add_inside(Finder *self, TSNode node, Kind kind) {
    uint32_t count = ts_node_child_count(node);
    if (count < 2) return;
    TSNode first = ts_node_child(node, 0), last = ts_node_child(node, count - 1);
    bool brackets = is_token(first, "([{") && is_token(last, ")]}");
    if (brackets || kind == KIND_STRING)
        add(self, (Range){ts_node_end_byte(first), ts_node_start_byte(last)});
}

static void visit(Finder *self, TSNode node) {
    Kind kind = syntax_kind(node);
    add(self, syntax_range(node));
    if (kind == KIND_COMMENT) {
        add_comment(self, syntax_range(node));
    } else if (kind != KIND_TOKEN) {
        add_inside(self, node, kind);
    }
}

/* Goes down to the child that holds the byte. */
static bool descend(Finder *self, TSTreeCursor *cursor) {
    if (ts_tree_cursor_goto_first_child_for_byte(cursor, self->at) < 0) return false;
    TSNode node = ts_tree_cursor_current_node(cursor);
    return ts_node_start_byte(node) <= self->at && self->at < ts_node_end_byte(node);
}

void python_enclosing(const TSTree *tree, Str text, uint32_t offset, Ranges *out) {
    TSNode root = ts_tree_root_node(tree);
    uint32_t len = (uint32_t)text.len;
    Finder self = {.text = text, .offset = offset < len ? offset : len, .out = out};
    bool behind_word = self.offset > 0 && is_word(text, self.offset - 1) && !is_word(text, self.offset);
    self.at = self.offset - (behind_word ? 1 : 0);
    ARRAY_PUSH(out, (Range){0, len});
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    Kind innermost = KIND_OTHER, above = KIND_OTHER;
    while (descend(&self, &cursor)) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        above = innermost;
        innermost = syntax_kind(node);
        visit(&self, node);
    }
    if (innermost == KIND_STRING || above == KIND_STRING) add_word(&self);
}
