#include "index/lang/toml.h"

#include "base/array.h"
#include "index/pool.h"

#include <stdlib.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_toml(void);

typedef struct {
    Str source;
    TomlReader reader;
    StrBuf key;              /* of the place reached, dotted */
    Array(uint32_t) lengths; /* of `key`, one per node on the way down */
} Walk;

static bool is_type(TSNode node, const char *type) { return strcmp(ts_node_type(node), type) == 0; }

static Str source_of(const Walk *self, TSNode node) {
    return str_slice(self->source, ts_node_start_byte(node), ts_node_end_byte(node));
}

/* Appends the meaning of the escape at s[0] == '\\' and returns the bytes it takes. */
static size_t append_escape(Str s, StrBuf *out) {
    static const char from[] = "btnfr\"\\e", to[] = "\b\t\n\f\r\"\\\x1B";
    char c = s.len > 1 ? s.data[1] : '\\';
    const char *simple = memchr(from, c, sizeof from - 1);
    size_t digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (simple) {
        buf_append_byte(out, to[simple - from]);
        return s.len > 1 ? 2 : 1;
    }
    if (digits && s.len >= 2 + digits) {
        char hex[9] = {0};
        memcpy(hex, s.data + 2, digits);
        buf_append_cp(out, (uint32_t)strtoul(hex, NULL, 16));
        return 2 + digits;
    }
    size_t end = 1; /* at the end of a line: the white space that follows is left out */
    while (end < s.len && strchr(" \t\r\n", s.data[end])) end++;
    return end;
}

/* Appends the value of a string or quoted key. */
static void append_string(Str literal, StrBuf *out) {
    bool raw = literal.len && literal.data[0] == '\'';
    size_t quote =
        literal.len >= 6 && literal.data[1] == literal.data[0] && literal.data[2] == literal.data[0] ? 3 : 1;
    if (literal.len < 2 * quote) return;
    Str body = str_slice(literal, quote, literal.len - quote);
    if (quote == 3 && str_starts_with(body, STR("\r\n")))
        body = str_from(body, 2);
    else if (quote == 3 && str_starts_with(body, STR("\n")))
        body = str_from(body, 1);
    while (body.len) {
        size_t run = raw ? body.len : str_find_byte(body, '\\');
        buf_append(out, str_slice(body, 0, run));
        if (run >= body.len) break;
        body = str_from(body, run);
        body = str_from(body, append_escape(body, out));
    }
}

/* Appends one part of a key to the path. */
static void push_key(Walk *self, TSNode part) {
    if (self->key.len) buf_append_byte(&self->key, '.');
    if (is_type(part, "quoted_key"))
        append_string(source_of(self, part), &self->key);
    else
        buf_append(&self->key, source_of(self, part));
}

static int64_t integer_value(Str source) {
    char digits[72] = "";
    size_t len = 0;
    for (size_t i = 0; i < source.len && len < sizeof digits - 1; i++) {
        if (source.data[i] != '_') digits[len++] = source.data[i];
    }
    digits[len] = '\0';
    if (digits[0] == '0' && (digits[1] == 'o' || digits[1] == 'b'))
        return strtoll(digits + 2, NULL, digits[1] == 'o' ? 8 : 2);
    return strtoll(digits, NULL, digits[1] == 'x' ? 16 : 10);
}

static void report_value(Walk *self, TSNode node) {
    StrBuf text;
    buf_init(&text);
    Str source = source_of(self, node);
    TomlValue value = {.kind = TOML_OTHER, .source = source};
    if (is_type(node, "string")) {
        append_string(source, &text);
        value = (TomlValue){.kind = TOML_STRING, .source = source, .text = buf_str(&text)};
    } else if (is_type(node, "integer")) {
        value = (TomlValue){.kind = TOML_INTEGER, .source = source, .number = integer_value(source)};
    } else if (is_type(node, "boolean")) {
        value = (TomlValue){.kind = TOML_BOOLEAN, .source = source, .flag = str_eq(source, STR("true"))};
    }
    self->reader.value(self->reader.context, buf_str(&self->key), &value, ts_node_start_point(node).row);
    buf_release(&text);
}

/* Whether the children of the node are to be looked at. */
static bool enter(Walk *self, TSNode node) {
    static const char *const inner[] = {"document", "table",      "table_array_element",
                                        "pair",     "dotted_key", "inline_table"};
    if (ts_node_is_error(node) || ts_node_is_missing(node)) {
        self->reader.error(self->reader.context, ts_node_start_point(node).row);
        return false;
    }
    if (!ts_node_is_named(node) || is_type(node, "comment")) return false;
    for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
        if (is_type(node, inner[i])) return true;
    }
    if (is_type(node, "bare_key") || is_type(node, "quoted_key"))
        push_key(self, node);
    else
        report_value(self, node);
    return false;
}

/* Behind a node, the path is what it was before, but for keys: what they name follows them. */
static void leave(Walk *self, TSNode node) {
    uint32_t length = ARRAY_POP(&self->lengths);
    if (!is_type(node, "bare_key") && !is_type(node, "quoted_key") && !is_type(node, "dotted_key"))
        buf_truncate(&self->key, length);
}

static void walk(Walk *self, TSNode root) {
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    for (bool more = true; more;) {
        TSNode node = ts_tree_cursor_current_node(&cursor);
        ARRAY_PUSH(&self->lengths, (uint32_t)self->key.len);
        if (enter(self, node) && ts_tree_cursor_goto_first_child(&cursor)) continue;
        leave(self, node);
        while (more && !ts_tree_cursor_goto_next_sibling(&cursor)) {
            more = ts_tree_cursor_goto_parent(&cursor);
            if (more) leave(self, ts_tree_cursor_current_node(&cursor));
        }
    }
}

void toml_read(Str text, TomlReader reader) {
    Walk self = {.source = text, .reader = reader};
    buf_init(&self.key);
    Pool *pool = pool_new();
    pool_enter(pool);
    TSParser *parser = ts_parser_new();
    ts_parser_set_language(parser, tree_sitter_toml());
    TSTree *tree = ts_parser_parse_string(parser, NULL, text.data ? text.data : "", (uint32_t)text.len);
    walk(&self, ts_tree_root_node(tree));
    pool_leave(pool);
    pool_free(pool);
    buf_release(&self.key);
    ARRAY_FREE(&self.lengths);
}
