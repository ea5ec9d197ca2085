#include "index/parse.h"

#include "base/mem.h"
#include "index/facts_builder.h"
#include "index/lang/lang.h"
#include "index/name.h"
#include "index/pool.h"

struct Parser {
    TSParser *parser;
    StrBuf newlines; /* a text whose lone carriage returns became line feeds */
};

Parser *parser_new(void) {
    pool_install();
    Parser *self = mem_alloc(sizeof *self);
    self->parser = ts_parser_new();
    buf_init(&self->newlines);
    return self;
}

void parser_free(Parser *self) {
    if (self == NULL) return;
    ts_parser_delete(self->parser);
    buf_release(&self->newlines);
    mem_free(self);
}

bool parser_reads(Str path) { return lang_of_path(path) != NULL; }

bool parser_may_hold(Str path, Str text, Str name, bool defined) {
    const Lang *lang = lang_of_path(path);
    StrBuf scratch;
    buf_init(&scratch);
    Str normal = name_normal(name, &scratch);
    bool found = false;
    for (size_t at = 0; lang && !found && (at = name_find(text, at, normal)) != STR_NPOS; at += normal.len)
        found = !defined || lang->may_define(text, at, at + normal.len);
    if (lang && !found) found = name_is_respelled(text, normal);
    buf_release(&scratch);
    return found;
}

Str parser_suffix(Str id) {
    const Lang *lang = lang_of_id(id);
    return lang ? str_of(lang->suffixes[0]) : STR_NONE;
}

void parser_suffixes(StrBuf *out) {
    size_t start = out->len;
    for (const Lang *const *lang = langs; *lang; lang++) {
        for (const char *const *suffix = (*lang)->suffixes; *suffix; suffix++) {
            if (out->len > start) buf_append_byte(out, ',');
            buf_append(out, str_from(str_of(*suffix), 1));
        }
    }
}

static bool lone_cr(Str text, size_t at) {
    return text.data[at] == '\r' && (at + 1 == text.len || text.data[at + 1] != '\n');
}

/* Grammars know "\n" and "\r\n" only. A lone "\r" is one byte too, so all offsets stay. */
static Str with_line_feeds(Parser *self, Str text) {
    size_t at = 0;
    for (;; at++) {
        size_t next = str_find_byte(str_from(text, at), '\r');
        if (next == STR_NPOS) return text;
        at += next;
        if (lone_cr(text, at)) break;
    }
    buf_clear(&self->newlines);
    buf_append(&self->newlines, text);
    for (; at < text.len; at++) {
        if (lone_cr(text, at)) self->newlines.data[at] = '\n';
    }
    return buf_str(&self->newlines);
}

static TSTree *parse(Parser *self, const Lang *lang, const TSTree *before, Str source) {
    ts_parser_set_language(self->parser, lang->grammar());
    return ts_parser_parse_string(self->parser, before, source.data ? source.data : "", (uint32_t)source.len);
}

Facts *parser_facts(Parser *self, Str path, Str text) {
    const Lang *lang = lang_of_path(path);
    if (lang == NULL) return facts_new_plain(text);
    Str source = with_line_feeds(self, text);
    TSTree *tree = parse(self, lang, NULL, source);
    Facts *facts = lang->facts(tree, source, NULL, NULL);
    ts_tree_delete(tree);
    return facts;
}

/* --- a text that is being edited --------------------------------------------------------------- */

struct Syntax {
    TSTree *tree;  /* NULL before the first call */
    StrBuf source; /* of `tree` */
    Segments segments;
    const Facts *facts; /* made from `tree`; to be compared only */
};

Syntax *syntax_new(void) {
    Syntax *self = mem_calloc(1, sizeof *self);
    buf_init(&self->source);
    return self;
}

void syntax_free(Syntax *self) {
    if (self == NULL) return;
    ts_tree_delete(self->tree);
    buf_release(&self->source);
    segments_release(&self->segments);
    mem_free(self);
}

static bool continues(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

/* What lies between the longest common start and the longest common end of two texts, in whole characters. */
static TSInputEdit difference(Str before, Str after) {
    size_t shared = before.len < after.len ? before.len : after.len, start = 0, end = 0;
    while (start < shared && before.data[start] == after.data[start]) start++;
    while (start > 0 && ((start < before.len && continues(before.data[start])) ||
                         (start < after.len && continues(after.data[start]))))
        start--;
    while (end < shared - start && before.data[before.len - 1 - end] == after.data[after.len - 1 - end])
        end++;
    while (end > 0 && continues(before.data[before.len - end])) end--;
    return (TSInputEdit){.start_byte = (uint32_t)start,
                         .old_end_byte = (uint32_t)(before.len - end),
                         .new_end_byte = (uint32_t)(after.len - end)};
}

static TSPoint point_at(Str text, uint32_t offset) {
    TSPoint point = {0, 0};
    const char *line = text.data, *end = text.data + offset;
    for (const char *next; line < end && (next = memchr(line, '\n', (size_t)(end - line))); line = next + 1)
        point.row++;
    point.column = (uint32_t)(end - line);
    return point;
}

/* An offset of the new text in the text before; inside the edit, its start or its end. */
static uint32_t offset_before(const TSInputEdit *edit, uint32_t offset, bool is_end) {
    if (offset <= edit->start_byte) return offset;
    if (offset >= edit->new_end_byte) return offset - edit->new_end_byte + edit->old_end_byte;
    return is_end ? edit->old_end_byte : edit->start_byte;
}

/* Everything that is not the same in both trees, in terms of the text before. */
static Range changed_range(const TSTree *before, const TSTree *after, const TSInputEdit *edit) {
    Range changed = {edit->start_byte, edit->old_end_byte};
    uint32_t count;
    TSRange *ranges = ts_tree_get_changed_ranges(before, after, &count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = offset_before(edit, ranges[i].start_byte, false);
        uint32_t end = offset_before(edit, ranges[i].end_byte, true);
        if (start < changed.start) changed.start = start;
        if (end > changed.end) changed.end = end;
    }
    pool_release(ranges);
    return changed;
}

Facts *syntax_facts(Syntax *self, Parser *parser, Str path, Str text, const Facts *last) {
    const Lang *lang = lang_of_path(path);
    if (lang == NULL) return facts_new_plain(text);
    Str source = with_line_feeds(parser, text);
    bool known = self->tree && last && last == self->facts;
    TSInputEdit edit = difference(buf_str(&self->source), source);
    if (known) {
        edit.start_point = point_at(source, edit.start_byte);
        edit.old_end_point = point_at(buf_str(&self->source), edit.old_end_byte);
        edit.new_end_point = point_at(source, edit.new_end_byte);
        ts_tree_edit(self->tree, &edit);
    }
    TSTree *tree = parse(parser, lang, known ? self->tree : NULL, source);
    Reuse reuse = {
        .facts = last, .segments = &self->segments, .shift = edit.new_end_byte - edit.old_end_byte};
    if (known) reuse.changed = changed_range(self->tree, tree, &edit);
    Segments segments = {0};
    Facts *facts = lang->facts(tree, source, known ? &reuse : NULL, &segments);
    segments_release(&self->segments);
    self->segments = segments;
    ts_tree_delete(self->tree);
    self->tree = tree;
    buf_clear(&self->source);
    buf_append(&self->source, source);
    self->facts = facts;
    return facts;
}
