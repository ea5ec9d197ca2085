#include "markdown/markup.h"

/* Bytes; they keep the search for a closing mark linear. */
enum { LONGEST_SPAN = 2000, LONGEST_NAME = 200 };

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

/* A text being written: what stands before `from` is written already. */
typedef struct {
    Writer *out;
    const NameFinder *names;
    Str s;
    size_t from;
} Markup;

/* Writes the text that stands before position i; `next` is where the text behind goes on. */
static void flush(Markup *self, size_t i, size_t next) {
    writer_text(self->out, str_slice(self->s, self->from, i));
    self->from = next;
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
    while (i + 2 < end && strchr(".+-", s.data[i])) i++;
    return s.data[i] == ':' && i + 2 < end ? i : end;
}

bool markup_is_python_role(Str role) {
    static const char *const roles[] = {"any",      "attr",     "attribute", "class", "const",     "constant",
                                        "data",     "deco",     "decorator", "exc",   "exception", "func",
                                        "function", "meth",     "method",    "mod",   "module",    "obj",
                                        "object",   "property", "type"};
    if (str_starts_with(role, STR("py:"))) role = str_from(role, strlen("py:"));
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (str_eq(role, str_of(roles[i]))) return true;
    }
    return false;
}

/* "text <target>" of a reST link or role: false when there is no target. Behind a role the blank may be
 * missing. */
static bool split_target(Str inner, bool role, Str *label, Str *target) {
    if (inner.len < 4 || is_blank(inner.data[0]) || inner.data[inner.len - 1] != '>') return false;
    size_t open = str_rfind_byte(inner, '<');
    if (open == STR_NPOS || open == 0 || (!role && !is_blank(inner.data[open - 1]))) return false;
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

/* "pkg.mod.Class", also "~pkg.Class", ".method" and "function()": the dotted name itself, or nothing. */
static Str dotted_name(Str text) {
    while (text.len && strchr("~!.", text.data[0])) text = str_from(text, 1);
    if (str_ends_with(text, STR("()"))) text.len -= 2;
    if (text.len == 0 || text.len > LONGEST_NAME || (text.data[0] >= '0' && text.data[0] <= '9'))
        return STR_NONE;
    for (size_t i = 0; i < text.len; i++) {
        bool dot = text.data[i] == '.' && i + 1 < text.len && text.data[i + 1] != '.';
        if (!is_word(text.data[i]) && !dot) return STR_NONE;
    }
    return text;
}

static bool find_url(const NameFinder *names, Str name, StrBuf *url) {
    name = dotted_name(name);
    return names && names->find && name.len && names->find(names->context, name, url);
}

/* The part of a type that names something: "Node" of "Node[int] | None". */
static Str type_head(Str type) {
    size_t end = 0;
    while (end < type.len && (is_word(type.data[end]) || strchr("~!.", type.data[end]))) end++;
    return str_slice(type, 0, end);
}

void markup_write_name(Writer *out, Str name, const NameFinder *names) {
    StrBuf url;
    buf_init(&url);
    if (!find_url(names, type_head(name), &url)) buf_clear(&url);
    writer_link_code(out, name, buf_str(&url));
    buf_release(&url);
}

/* Where what a role holds may lead. */
static const NameFinder *names_of(const Markup *self, Str role) {
    return role.len == 0 || markup_is_python_role(role) ? self->names : NULL;
}

/* What the number of a document is called in print: "PEP 8" of :pep:`8`. */
static Str document_series(Str role) {
    return str_eq(role, STR("pep")) ? STR("PEP ") : str_eq(role, STR("rfc")) ? STR("RFC ") : STR_NONE;
}

/* Text with a link behind it, or with the name of what it refers to; `role` may be empty. */
static void write_target(Markup *self, Str role, Str label, Str target) {
    Str series = document_series(role);
    if (is_url(target)) {
        writer_link_open(self->out, target);
        writer_text(self->out, label);
        writer_link_close(self->out);
        return;
    }
    writer_text(self->out, label);
    writer_text(self->out, STR(" ("));
    writer_text(self->out, series);
    if (series.len)
        writer_text(self->out, target);
    else
        markup_write_name(self->out, target, names_of(self, role));
    writer_text(self->out, STR(")"));
}

/* What a pair of backticks holds. A name in one pair, or behind a role, is a reference; in two it is literal,
 * but dotted names may lead somewhere all the same. */
static void write_code(Markup *self, Str inner, size_t run, Str role) {
    Str label, target, series = document_series(role);
    if (run == 1 && split_target(inner, role.len, &label, &target)) {
        write_target(self, role, label, target);
        return;
    }
    if (series.len) {
        writer_text(self->out, series);
        writer_text(self->out, inner);
        return;
    }
    bool reference = role.len || run == 1 || str_find_byte(inner, '.') != STR_NPOS;
    while (role.len && inner.len > 1 && strchr("~!", inner.data[0])) inner = str_from(inner, 1);
    markup_write_name(self->out, inner, reference ? names_of(self, role) : NULL);
}

/* Text that is the name of a place on the web. False when it is none. */
static bool write_reference(Markup *self, Str text, size_t start, size_t next) {
    Str url = self->names && self->names->targets ? web_targets_find(self->names->targets, text) : STR_NONE;
    if (!is_url(url)) return false;
    flush(self, start, next);
    writer_link_open(self->out, url);
    writer_text(self->out, text);
    writer_link_close(self->out);
    return true;
}

/* `code`, ``code``, :role:`code`, `text <url>`_. Returns where to go on, or 0 when the run opens nothing. */
static size_t write_backticks(Markup *self, size_t i) {
    Str s = self->s;
    size_t run = run_length(s, i), open = i + run;
    size_t close = find_run(s, open, '`', run);
    if (close == STR_NPOS || close == open) return 0;
    size_t next = close + run;
    while (next < s.len && s.data[next] == '_' && next < close + run + 2) next++;
    if (is_word(at(s, next))) next = close + run;
    size_t start = role_start(s, self->from, i);
    Str inner = str_slice(s, open, close), label, target;
    Str role = start < i ? str_slice(s, start + 1, i - 1) : STR_NONE;
    if (run == 1 && inner.len > 2 && str_ends_with(inner, STR("\\ ")))
        inner.len -= 2;                                         /* what follows is joined */
    bool phrase = run == 1 && start == i && next > close + run; /* `see there`_ */
    if (phrase && write_reference(self, inner, start, next)) return next;
    flush(self, start, next);
    if (phrase && !split_target(inner, false, &label, &target))
        writer_text(self->out, inner);
    else
        write_code(self, inner, run, role);
    return next;
}

/* What may stand before the closing mark: not an opening bracket or operator, as in "(*) and (*)". */
static bool ends_emphasis(char c) { return is_word(c) || (c != '\0' && strchr(".:!?)]`\"'", c)); }

/* The end of what a run of stars opens, or 0; a blank line ends the search. */
static size_t closing_stars(Str s, size_t open, size_t run) {
    size_t close = open;
    while (close < s.len && close < open + LONGEST_SPAN && s.data[close] != '*') {
        if (s.data[close] == '\n' && is_blank(at(s, close + 1))) return 0;
        close++;
    }
    if (at(s, close) != '*' || run_length(s, close) != run || is_blank(before(s, close))) return 0;
    return is_word(at(s, close + run)) || !ends_emphasis(before(s, close)) ? 0 : close;
}

void markup_write_codes(Writer *out, Str text, const NameFinder *names) {
    Markup inner = {out, names, text, 0};
    for (size_t i = 0; i < text.len;) {
        size_t next = text.data[i] == '`' ? write_backticks(&inner, i) : 0;
        i = next ? next : i + (text.data[i] == '`' ? run_length(text, i) : 1);
    }
    flush(&inner, text.len, text.len);
}

/* *emphasis* and **strong** */
static size_t write_stars(Markup *self, size_t i) {
    Str s = self->s;
    size_t run = run_length(s, i), open = i + run;
    if (run > 2 || is_word(before(s, i)) || !(is_word(at(s, open)) || at(s, open) == '`')) return 0;
    size_t close = closing_stars(s, open, run);
    if (close == 0) return 0;
    void (*span)(Writer *, bool) = run == 2 ? writer_strong : writer_emphasis;
    flush(self, i, close + run);
    span(self->out, true);
    markup_write_codes(self->out, str_slice(s, open, close), self->names);
    span(self->out, false);
    return close + run;
}

/* A dunder name reads best as code. */
static size_t write_dunder(Markup *self, size_t i) {
    Str s = self->s;
    if (run_length(s, i) != 2 || is_word(before(s, i))) return 0;
    size_t end = i;
    while (end < s.len && is_word(s.data[end])) end++;
    if (end < i + 5 || s.data[end - 1] != '_' || s.data[end - 2] != '_') return 0;
    flush(self, i, end);
    writer_code(self->out, str_slice(s, i, end));
    return end;
}

/* name_ */
static size_t write_word_reference(Markup *self, size_t i) {
    Str s = self->s;
    if (run_length(s, i) != 1 || is_word(at(s, i + 1))) return 0;
    size_t start = i;
    while (start > self->from && is_word(s.data[start - 1])) start--;
    return start < i && write_reference(self, str_slice(s, start, i), start, i + 1) ? i + 1 : 0;
}

static size_t write_underscores(Markup *self, size_t i) {
    size_t next = write_dunder(self, i);
    return next ? next : write_word_reference(self, i);
}

static Str without_backticks(Str text) {
    bool quoted = text.len > 2 && text.data[0] == '`' && text.data[text.len - 1] == '`';
    return quoted ? str_slice(text, 1, text.len - 1) : text;
}

/* What follows "[text]": "(https://…)", "[name]", or nothing, when the text itself is a name. */
static size_t write_bracket_link(Markup *self, size_t i, size_t close) {
    Str s = self->s, text = str_slice(s, i + 1, close), target = text;
    size_t next = close + 1;
    if (at(s, next) == '(') {
        size_t end = str_find_byte(str_slice(s, close, close + LONGEST_SPAN), ')');
        if (end == STR_NPOS || !is_url(str_slice(s, next + 1, close + end))) return 0;
        flush(self, i, close + end + 1);
        write_target(self, STR_NONE, text, str_slice(s, next + 1, close + end));
        return close + end + 1;
    }
    if (at(s, next) == '[') {
        size_t end = str_find_byte(str_slice(s, next, next + LONGEST_NAME), ']');
        if (end == STR_NPOS) return 0;
        if (end > 1) target = str_slice(s, next + 1, next + end);
        next += end + 1;
    }
    StrBuf url;
    buf_init(&url);
    bool found = at(s, next) != '_' && find_url(self->names, without_backticks(target), &url);
    if (found) {
        flush(self, i, next);
        if (!str_eq(target, text))
            write_target(self, STR_NONE, text, target);
        else
            writer_link_code(self->out, without_backticks(text), buf_str(&url));
    }
    buf_release(&url);
    return found ? next : 0;
}

/* [text](https://…), [Name], [text][Name], and [1]_ for a footnote. */
static size_t write_bracket(Markup *self, size_t i) {
    Str s = self->s;
    size_t close = i + 1, limit = i + LONGEST_SPAN;
    while (close < s.len && close < limit && !strchr("[]\n", s.data[close])) close++;
    if (at(s, close) != ']' || close == i + 1 || is_word(before(s, i))) return 0;
    if (at(s, close + 1) == '_' && !is_word(at(s, close + 2))) {
        flush(self, close + 1, close + 2);
        return close + 2;
    }
    return write_bracket_link(self, i, close);
}

/* The backslash of "\*args" only kept the star from being markup. Behind markup it, also with a blank, is
 * where a word goes on: "`Tensor`\s", "L\ `n`-norm". */
static size_t write_escaped(Markup *self, size_t i) {
    char next = at(self->s, i + 1), last = before(self->s, i);
    bool behind = last == '`' || last == '*';
    if (next == ' ' && (behind || strchr("`*:", at(self->s, i + 2)))) {
        flush(self, i, i + 2);
        return i + 2;
    }
    if (behind && is_word(next)) {
        flush(self, i, i + 1);
        return i + 2;
    }
    if (next != '*' && next != '_' && next != '`' && next != '|') return 0;
    flush(self, i, i + 1);
    return i + 2;
}

/* Epytext: C{code}, B{strong}, I{emphasis}, M{math}, L{name}, U{address}. */
static size_t write_braces(Markup *self, size_t i) {
    Str s = self->s;
    char letter = before(s, i);
    if (i == 0 || i <= self->from || letter == '\0' || !strchr("CBIMLUX", letter)) return 0;
    if (i > 1 && (is_word(s.data[i - 2]) || s.data[i - 2] == '\\')) return 0;
    size_t close = str_find_byte(str_slice(s, i, i + LONGEST_SPAN), '}');
    if (close == STR_NPOS || close == 1 || is_word(at(s, i + close + 1))) return 0;
    Str inner = str_slice(s, i + 1, i + close);
    if (str_find_byte(inner, '{') != STR_NPOS) return 0;
    flush(self, i - 1, i + close + 1);
    void (*span)(Writer *, bool) = letter == 'B' ? writer_strong : letter == 'I' ? writer_emphasis : NULL;
    if (span) {
        span(self->out, true);
        writer_text(self->out, inner);
        span(self->out, false);
    } else if (letter == 'U' || letter == 'X') {
        writer_text(self->out, inner);
    } else {
        write_code(self, inner, 1, letter == 'L' ? STR("obj") : STR_NONE);
    }
    return i + close + 1;
}

/* <https://…>: bare addresses are links by themselves. */
static size_t write_autolink(Markup *self, size_t i) {
    Str rest = str_slice(self->s, i, i + LONGEST_SPAN);
    size_t close = str_find_byte(rest, '>');
    if (close == STR_NPOS || !is_url(str_slice(rest, 1, close)) || is_word(at(rest, close + 1)) ||
        is_word(before(self->s, i)))
        return 0;
    flush(self, i, i + 1);
    flush(self, i + close, i + close + 1);
    return i + close + 1;
}

static const struct {
    char mark;
    size_t (*write)(Markup *self, size_t i); /* returns where to go on, or 0 when it means nothing here */
} spans[] = {
    {'`', write_backticks}, {'*', write_stars},  {'_', write_underscores}, {'[', write_bracket},
    {'\\', write_escaped},  {'{', write_braces}, {'<', write_autolink},
};

static size_t write_span(Markup *self, size_t i) {
    for (size_t m = 0; m < sizeof spans / sizeof *spans; m++) {
        if (spans[m].mark != self->s.data[i]) continue;
        size_t next = spans[m].write(self, i);
        return next ? next : i + run_length(self->s, i);
    }
    return i + 1;
}

void markup_write_names(Writer *out, Str text, const NameFinder *names) {
    Markup self = {out, names, text, 0};
    for (size_t i = 0; i < text.len;) i = write_span(&self, i);
    flush(&self, text.len, text.len);
}
