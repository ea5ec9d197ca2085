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
        bool bare = str_find(line, STR("headword format=")) != STR_NPOS || str_find_byte(line, 0) != STR_NPOS;
        if (!self->untold && !self->scan.kept && !bare && str_trim(line).len) return true;
    }
    self->scan.line = STR_NONE;
    return false;
}

static bool is_digit(Str s, size_t i) { return i < s.len && s.data[i] >= '0' && s.data[i] <= '9'; }

/* Whether a number at `i` is that of a line: "L12", "mod.py:12". */
static bool follows_place(Str s, size_t i) {
    char before = i > 0 ? s.data[i - 1] : '\0', first = i > 1 ? s.data[i - 2] : '\0';
    return before == 'L' || (before == ':' && first >= 'a' && first <= 'z');
}

/* Up to where two lines say the same, but for the numbers of lines in sources. */
static size_t shared_length(Str a, Str b, size_t *in_b) {
    size_t i = 0, j = 0;
    while (i < a.len && j < b.len) {
        bool place = follows_place(a, i) && follows_place(b, j);
        if (place && is_digit(a, i) && is_digit(b, j)) {
            while (is_digit(a, i)) i++;
            while (is_digit(b, j)) j++;
        } else if (a.data[i] == b.data[j]) {
            i++, j++;
        } else {
            break;
        }
    }
    *in_b = j;
    return i;
}

static bool tells_same(Str a, Str b) {
    size_t in_b;
    return a.len && shared_length(a, b, &in_b) == a.len && in_b == b.len;
}

static bool is_inside_character(Str s, size_t i) {
    return i > 0 && i < s.len && ((unsigned char)s.data[i] & 0xc0) == 0x80;
}

/* The line in quotes, shortened around what differs at `at`, without what a terminal would obey. */
static void append_quoted(Str line, size_t at, StrBuf *out) {
    enum { LONGEST = 120, AHEAD = 40 };
    size_t start = line.len > LONGEST && at > AHEAD ? at - AHEAD : 0;
    size_t end = line.len - start < LONGEST ? line.len : start + LONGEST;
    while (is_inside_character(line, start)) start--;
    while (is_inside_character(line, end)) end--;
    buf_append(out, start ? STR("\"…") : STR("\""));
    for (size_t i = start; i < end; i++)
        buf_append_byte(
            out, (line.data[i] >= 0 && line.data[i] < ' ') || line.data[i] == 0x7f ? ' ' : line.data[i]);
    buf_append(out, end < line.len ? STR("…\"") : STR("\""));
}

static bool comes_later(const Telling *telling, Str line) {
    Telling rest = *telling;
    while (next_told(&rest)) {
        if (tells_same(rest.scan.line, line)) return true;
    }
    return false;
}

void page_scan_change(Str old, Str new, StrBuf *out) {
    Telling before = {.scan = {.rest = old}}, after = {.scan = {.rest = new}};
    bool more, moved = false;
    do {
        bool first = next_told(&before), second = next_told(&after);
        more = first || second;
        moved |= !str_eq(before.scan.line, after.scan.line);
    } while (more && tells_same(before.scan.line, after.scan.line));
    if (!more) {
        if (moved) buf_append(out, STR("only line numbers changed"));
        return;
    }
    Str was = before.scan.line, is = after.scan.line;
    size_t in_is = 0, in_was = shared_length(was, is, &in_is);
    bool added = was.len == 0 || (is.len && comes_later(&after, was));
    bool removed = !added && (is.len == 0 || comes_later(&before, is));
    Str heading = removed ? before.heading : after.heading;
    size_t hashes = 0;
    while (hashes < heading.len && heading.data[hashes] == '#') hashes++;
    if (heading.len) buf_printf(out, "under %.*s: ", STR_ARG(str_trim(str_from(heading, hashes))));
    if (!added) append_quoted(was, added || removed ? 0 : in_was, out);
    if (!added && !removed) buf_append(out, STR(" is now "));
    if (!removed) append_quoted(is, added || removed ? 0 : in_is, out);
    if (added || removed) buf_append(out, added ? STR(" is new") : STR(" is gone"));
}
