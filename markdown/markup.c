#include "markdown/markup.h"

enum { LONGEST_SPAN = 2000 }; /* bytes; keeps the search for a closing mark linear */

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static char at(Str s, size_t i) { return i < s.len ? s.data[i] : ' '; }

static char before(Str s, size_t i) { return i ? s.data[i - 1] : ' '; }

static size_t run_length(Str s, size_t i) {
    size_t end = i;
    while (end < s.len && s.data[end] == s.data[i]) end++;
    return end - i;
}

/* The text that stands before position i since `*from`, written; `*from` moves to `next`. */
static void flush(Writer *out, Str s, size_t *from, size_t i, size_t next) {
    writer_text(out, str_slice(s, *from, i));
    *from = next;
}

/* The place of the run of exactly `run` characters `c` at or after `i`, or STR_NPOS; a blank line ends the
 * search. */
static size_t find_run(Str s, size_t i, char c, size_t run) {
    s = str_slice(s, 0, i + LONGEST_SPAN);
    while (i < s.len) {
        if (s.data[i] == '\n' && at(s, i + 1) == '\n') return STR_NPOS;
        if (s.data[i] != c) {
            i++;
            continue;
        }
        size_t found = run_length(s, i);
        if (found == run) return i;
        i += found;
    }
    return STR_NPOS;
}

/* Start of a reST role (":py:func:") that ends at `end`; `end` itself when there is none. */
static size_t role_start(Str s, size_t from, size_t end) {
    if (end < from + 3 || s.data[end - 1] != ':') return end;
    if (end > from + LONGEST_SPAN) from = end - LONGEST_SPAN;
    size_t i = end - 1;
    while (i > from && (is_word(s.data[i - 1]) || strchr(":.+-", s.data[i - 1]))) i--;
    return s.data[i] == ':' && i + 2 < end ? i : end;
}

/* "text <target>" of a reST link or role: false when there is no target. */
static bool split_target(Str inner, Str *label, Str *target) {
    if (inner.len < 4 || inner.data[inner.len - 1] != '>') return false;
    size_t open = str_rfind_byte(inner, '<');
    if (open == STR_NPOS || open == 0 || !is_blank(inner.data[open - 1])) return false;
    *label = str_trim(str_slice(inner, 0, open));
    *target = str_slice(inner, open + 1, inner.len - 1);
    return label->len > 0 && target->len > 0;
}

/* Whether a web address can be a link target as it is. */
static bool is_url(Str s) {
    if (!str_starts_with(s, STR("http://")) && !str_starts_with(s, STR("https://"))) return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] <= ' ' || (unsigned char)s.data[i] >= 0x7f || strchr("()<>\\\"`[]", s.data[i]))
            return false;
    }
    return true;
}

static void write_code(Writer *out, Str inner) {
    Str label, target;
    if (!split_target(inner, &label, &target)) {
        writer_code(out, inner);
        return;
    }
    if (is_url(target)) {
        writer_link_open(out, target);
        writer_text(out, label);
        writer_link_close(out);
        return;
    }
    writer_text(out, label);
    writer_text(out, STR(" ("));
    writer_code(out, target);
    writer_text(out, STR(")"));
}

/* `code`, ``code``, :role:`code`, `text <url>`_. Returns where to go on, or 0 when the run opens nothing. */
static size_t write_backticks(Writer *out, Str s, size_t *from, size_t i) {
    size_t run = run_length(s, i), open = i + run;
    size_t close = find_run(s, open, '`', run);
    if (close == STR_NPOS || close == open) return 0;
    size_t next = close + run;
    while (next < s.len && s.data[next] == '_' && next < close + run + 2) next++;
    if (is_word(at(s, next))) next = close + run;
    flush(out, s, from, role_start(s, *from, i), next);
    write_code(out, str_slice(s, open, close));
    return next;
}

/* What may stand before the closing mark: not an opening bracket or operator, as in "(*) and (*)". */
static bool ends_emphasis(char c) { return is_word(c) || (c != '\0' && strchr(".:!?)]", c)); }

/* *emphasis* and **strong** on one line. */
static size_t write_stars(Writer *out, Str s, size_t *from, size_t i) {
    size_t run = run_length(s, i), open = i + run;
    if (run > 2 || is_word(before(s, i)) || is_blank(at(s, open))) return 0;
    size_t close = open;
    while (close < s.len && s.data[close] != '*' && s.data[close] != '\n' && s.data[close] != '`') close++;
    if (at(s, close) != '*' || run_length(s, close) != run || is_blank(before(s, close))) return 0;
    if (is_word(at(s, close + run)) || !is_word(at(s, open)) || !ends_emphasis(before(s, close))) return 0;
    void (*span)(Writer *, bool) = run == 2 ? writer_strong : writer_emphasis;
    flush(out, s, from, i, close + run);
    span(out, true);
    writer_text(out, str_slice(s, open, close));
    span(out, false);
    return close + run;
}

/* A dunder name reads best as code. */
static size_t write_dunder(Writer *out, Str s, size_t *from, size_t i) {
    if (run_length(s, i) != 2 || is_word(before(s, i))) return 0;
    size_t end = i;
    while (end < s.len && is_word(s.data[end])) end++;
    if (end < i + 5 || s.data[end - 1] != '_' || s.data[end - 2] != '_') return 0;
    flush(out, s, from, i, end);
    writer_code(out, str_slice(s, i, end));
    return end;
}

/* [text](https://…) */
static size_t write_link(Writer *out, Str s, size_t *from, size_t i) {
    size_t close = i + 1;
    while (close < s.len && !strchr("[]\n", s.data[close])) close++;
    if (at(s, close) != ']' || at(s, close + 1) != '(' || close == i + 1) return 0;
    size_t end = str_find_byte(str_slice(s, close, close + LONGEST_SPAN), ')');
    if (end == STR_NPOS || !is_url(str_slice(s, close + 2, close + end))) return 0;
    flush(out, s, from, i, close + end + 1);
    writer_link_open(out, str_slice(s, close + 2, close + end));
    writer_text(out, str_slice(s, i + 1, close));
    writer_link_close(out);
    return close + end + 1;
}

static size_t write_span(Writer *out, Str s, size_t *from, size_t i) {
    switch (s.data[i]) {
    case '`': return write_backticks(out, s, from, i);
    case '*': return write_stars(out, s, from, i);
    case '_': return write_dunder(out, s, from, i);
    case '[': return write_link(out, s, from, i);
    default: return 0;
    }
}

void markup_write(Writer *out, Str text) {
    size_t from = 0, i = 0;
    while (i < text.len) {
        char c = text.data[i];
        if (c != '`' && c != '*' && c != '_' && c != '[') {
            i++;
            continue;
        }
        size_t next = write_span(out, text, &from, i);
        i = next ? next : i + run_length(text, i);
    }
    writer_text(out, str_from(text, from));
}
