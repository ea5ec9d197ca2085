#include "markdown/page_scan.h"

static const Str keep_mark = {"<!-- headword:keep ", 19};
static const Str end_mark = {"<!-- headword:end -->", 21};
static size_t fence_ticks(Str line) {
    size_t i = 0;
    while (i < line.len && line.data[i] == ' ') i++;
    size_t start = i;
    while (i < line.len && line.data[i] == '`') i++;
    return i - start >= 3 ? i - start : 0;
}

bool page_scan_next(PageScan *self) {
    if (!str_next_line(&self->rest, &self->line)) return false;
    size_t ticks = self->keeping ? 0 : fence_ticks(self->line);
    self->in_fence = self->fence > 0;
    if (!self->fence && ticks)
        self->fence = ticks;
    else if (self->fence && ticks >= self->fence && str_trim(self->line).len == ticks)
        self->fence = 0;
    if (!self->in_fence && str_starts_with(self->line, keep_mark)) self->keeping = true;
    self->kept = self->keeping;
    if (self->keeping && str_starts_with(self->line, end_mark)) self->keeping = false;
    return true;
}

bool page_scan_is_heading(const PageScan *self) {
    return !self->in_fence && !self->kept && self->line.len && self->line.data[0] == '#';
}

/* --- changes ------------------------------------------------------------------------------------ */

/* What a page tells, line by line. */
typedef struct {
    PageScan scan;
    Str heading; /* that the line stands under */
    bool untold; /* in a section that repeats the source or only measures it */
} Telling;

static bool is_untold(Str heading) {
    return str_eq(heading, STR("## File Metadata")) || str_eq(heading, STR("## Original Source"));
}

/* The next line that counts; false behind the last. */
static bool next_told(Telling *self) {
    while (page_scan_next(&self->scan)) {
        Str line = self->scan.line;
        if (page_scan_is_heading(&self->scan)) {
            self->heading = line;
            if (str_starts_with(line, STR("## "))) self->untold = is_untold(line);
        }
        bool stamp = str_starts_with(line, STR("<!-- headword format="));
        if (!self->untold && !self->scan.kept && !stamp && str_trim(line).len) return true;
    }
    self->scan.line = STR_NONE;
    return false;
}

/* The line in quotes, shortened, without what a terminal would obey. */
static void append_quoted(Str line, StrBuf *out) {
    enum { LONGEST = 120 };
    size_t end = line.len < LONGEST ? line.len : LONGEST;
    while (end < line.len && end > 0 && ((unsigned char)line.data[end] & 0xc0) == 0x80) end--;
    buf_append_byte(out, '"');
    for (size_t i = 0; i < end; i++)
        buf_append_byte(
            out, (line.data[i] >= 0 && line.data[i] < ' ') || line.data[i] == 0x7f ? ' ' : line.data[i]);
    buf_append(out, end < line.len ? STR("…\"") : STR("\""));
}

static bool comes_later(const Telling *telling, Str line) {
    Telling rest = *telling;
    while (next_told(&rest)) {
        if (str_eq(rest.scan.line, line)) return true;
    }
    return false;
}

void page_scan_change(Str old, Str new, StrBuf *out) {
    Telling before = {.scan = {.rest = old}}, after = {.scan = {.rest = new}};
    bool more;
    do {
        bool first = next_told(&before), second = next_told(&after);
        more = first || second;
    } while (more && str_eq(before.scan.line, after.scan.line));
    if (!more) return;
    Str was = before.scan.line, is = after.scan.line;
    bool added = was.len == 0 || (is.len && comes_later(&after, was));
    bool removed = !added && (is.len == 0 || comes_later(&before, is));
    Str heading = removed ? before.heading : after.heading;
    size_t hashes = 0;
    while (hashes < heading.len && heading.data[hashes] == '#') hashes++;
    if (heading.len) buf_printf(out, "under %.*s: ", STR_ARG(str_trim(str_from(heading, hashes))));
    if (!added) append_quoted(was, out);
    if (!added && !removed) buf_append(out, STR(" is now "));
    if (!removed) append_quoted(is, out);
    if (added || removed) buf_append(out, added ? STR(" is new") : STR(" is gone"));
}
