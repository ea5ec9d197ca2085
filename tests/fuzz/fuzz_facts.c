/* A Python text and edits of it -> facts. What is read edit by edit, and called exact, is what is read from
 * scratch; a whole reading at the end is exact.
 *
 * The first piece is the text. Each other one is an edit: two bytes for its place, one for how much it
 * removes, and what it puts there. */
#include "input.h"

#include "index/parse.h"

#include "../unit/facts_text.h"

#include <string.h>

enum { LONGEST = 4096 };

typedef struct {
    Parser *parser;
    Syntax *syntax;
    Facts *facts;
    StrBuf text, live, fresh;
    bool exact;
} Session;

static void check_ranges(const Facts *facts, size_t len) {
    for (uint32_t i = 0; i < facts->symbols.count; i++) {
        const Symbol *symbol = &facts->symbols.items[i];
        MUST(symbol->range.start <= symbol->range.end && symbol->range.end <= len);
        MUST(symbol->name_start <= len);
    }
    for (uint32_t i = 1; i < facts->occurrences.count; i++)
        MUST(facts->occurrences.items[i - 1].start <= facts->occurrences.items[i].start);
    MUST(facts->lines.len == len);
}

static void read_text(Session *self, bool whole) {
    Str path = STR("x.py"), text = buf_str(&self->text);
    bool exact;
    Facts *now = syntax_facts(self->syntax, self->parser, path, text, whole ? NULL : self->facts, &exact);
    facts_free(self->facts);
    self->facts = now;
    self->exact = whole || (self->exact && exact);
    check_ranges(now, text.len);
    Facts *fresh = parser_facts(self->parser, path, text);
    if (fresh && self->exact) {
        facts_describe(now, &self->live);
        facts_describe(fresh, &self->fresh);
        MUST(str_eq(buf_str(&self->live), buf_str(&self->fresh)));
    }
    if (fresh) facts_free(fresh);
}

static void edit(Session *self, Str piece) {
    StrBuf inserted;
    buf_init(&inserted);
    Str text = buf_str(&self->text);
    uint32_t start = input_character(text, input_number(&piece, 2) % (text.len + 1));
    uint32_t end = input_character(text, start + input_number(&piece, 1) % 64);
    input_text(piece, &inserted);
    if (end > text.len) end = (uint32_t)text.len;
    if (end < start) end = start;
    buf_replace(&self->text, start, end, buf_str(&inserted));
    buf_release(&inserted);
    read_text(self, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > LONGEST) return 0;
    Str rest = str_make((const char *)data, size), piece;
    Session session = {.parser = parser_new(), .syntax = syntax_new()};
    buf_init(&session.text);
    buf_init(&session.live);
    buf_init(&session.fresh);
    input_text(input_piece(&rest), &session.text);
    read_text(&session, true);
    while ((piece = input_piece(&rest)).data) edit(&session, piece);
    read_text(&session, true);
    facts_free(session.facts);
    syntax_free(session.syntax);
    parser_free(session.parser);
    buf_release(&session.text);
    buf_release(&session.live);
    buf_release(&session.fresh);
    return 0;
}
