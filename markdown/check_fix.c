#include "markdown/check_parts.h"

static bool is_inside(const Check *self, Str piece) {
    return piece.data >= self->text.data && piece.data < self->text.data + self->text.len;
}

static uint32_t offset_of(const Check *self, Str piece) { return (uint32_t)(piece.data - self->text.data); }

static void give(const Check *self, Finding *finding, const char *verb, Str what, Range range, Str fix) {
    StrBuf title;
    buf_init(&title);
    buf_printf(&title, "%s %.*s", verb, STR_ARG(what));
    finding->fix_title = arena_str(&self->out->arena, buf_str(&title));
    finding->fix_range = range;
    finding->fix = arena_str(&self->out->arena, fix);
    buf_release(&title);
}

void check_offer(const Check *self, Finding *finding, Str piece, Str fix) {
    Str quotes = str_slice(self->text, self->place.value.end, self->place.literal.end);
    bool plain = str_find_byte(fix, '\n') == STR_NPOS && str_find_byte(fix, '\\') == STR_NPOS &&
                 str_find(fix, quotes) == STR_NPOS;
    if (!finding || !is_inside(self, piece) || !plain) return;
    uint32_t start = offset_of(self, piece);
    give(self, finding, "Write", fix, (Range){start, start + (uint32_t)piece.len}, fix);
}

/* --- removals ---------------------------------------------------------------------------------------- */

/* The end of what is said before the line of an offset, without the line end; blank lines are left out too
 * when `blanks` says so. The start of the docstring when nothing stands there. */
static uint32_t end_before(const Check *self, uint32_t at, bool blanks) {
    uint32_t start = self->place.value.start;
    Str before = str_slice(self->text, start, at);
    while (before.len && strchr(" \t", before.data[before.len - 1])) before.len--;
    if (blanks) return start + (uint32_t)str_trim_end(before).len;
    if (before.len && before.data[before.len - 1] == '\n') before.len--;
    if (before.len && before.data[before.len - 1] == '\r') before.len--;
    return start + (uint32_t)before.len;
}

/* Whether the docstring ends behind an offset at the end of a line, or a blank line follows. */
static bool is_last(const Check *self, uint32_t at) {
    Str rest = str_slice(self->text, at, self->place.value.end), line;
    bool next = str_next_line(&rest, &line) && str_next_line(&rest, &line);
    return !next || str_trim(line).len == 0;
}

static uint32_t end_of_item(const Check *self, const DocItem *item) {
    uint32_t last = (item->end > item->line ? item->end : item->line + 1) - 1;
    while (last > item->line && doc_is_blank(&self->model.lines, last)) last--;
    Str text = doc_line(&self->model.lines, last)->text;
    uint32_t end = doc_place_line_end(self->text, offset_of(self, text));
    return end < self->place.value.end ? end : self->place.value.end;
}

void check_offer_removal(const Check *self, Finding *finding, const DocSection *section,
                         const DocItem *item) {
    bool alone = section->item_count == 1;
    uint32_t first = alone ? docmodel_title_line(&self->model, section) : item->line;
    if (!finding || first == UINT32_MAX || check_goes_on(self, item)) return;
    Range range = {0, end_of_item(self, item)};
    uint32_t line = offset_of(self, doc_line(&self->model.lines, first)->text);
    range.start = end_before(self, line, alone && is_last(self, range.end));
    bool at_quotes = range.end == self->place.value.end;
    if (range.start <= self->place.value.start) return; /* nothing else is said */
    if (at_quotes && strchr("\"'\\", self->text.data[range.start - 1])) return;
    give(self, finding, "Remove", item->name, range, STR(""));
}
