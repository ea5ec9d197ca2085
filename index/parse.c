#include "index/parse.h"

#include "base/mem.h"
#include "index/facts_builder.h"
#include "index/lang/lang.h"
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

Facts *parser_facts(Parser *self, Str path, Str text) {
    const Lang *lang = lang_of_path(path);
    if (lang == NULL) return facts_new_plain(text);
    Str source = with_line_feeds(self, text);
    ts_parser_set_language(self->parser, lang->grammar());
    TSTree *tree =
        ts_parser_parse_string(self->parser, NULL, source.data ? source.data : "", (uint32_t)source.len);
    Facts *facts = lang->facts(tree, source);
    ts_tree_delete(tree);
    return facts;
}
