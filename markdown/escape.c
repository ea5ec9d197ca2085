#include "markdown/escape.h"

#include "base/utf8.h"

/* Characters that pair up, and the bit each has in Escaper.openers. */
enum { OPENER_STAR = 1, OPENER_UNDERSCORE = 2, OPENER_TILDE = 4, OPENER_DOLLAR = 8 };

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
static bool is_punct(char c) { return c > ' ' && c < 0x7f && !is_alnum(c); }

/* The character at `i`; 0 past the end, where what follows is not known. */
static char at(Str s, size_t i) { return i < s.len ? s.data[i] : '\0'; }

static size_t run_length(Str s, size_t start) {
    size_t end = start;
    while (end < s.len && s.data[end] == s.data[start]) end++;
    return end - start;
}

/* Whether nothing but `c` and blanks stands in the line. */
static bool is_only(Str line, char c) {
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] != c && !is_blank(line.data[i])) return false;
    }
    return true;
}

/* Whether the line would be a thematic break of underscores. */
static bool is_rule(Str line) {
    uint32_t count = 0;
    for (size_t i = 0; i < line.len; i++) count += line.data[i] == '_';
    return count > 2 && is_only(line, '_');
}

static void append_escaped_run(StrBuf *out, char c, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buf_append_byte(out, '\\');
        buf_append_byte(out, c);
    }
}

/* Appends one multi-byte character, or U+FFFD for an ill-formed byte; returns its length in the input. */
static size_t append_wide(Str s, size_t i, StrBuf *out) {
    size_t len = utf8_sequence(s.data + i, s.len - i);
    if (len)
        buf_append(out, str_slice(s, i, i + len));
    else
        buf_append_cp(out, UTF8_REPLACEMENT);
    return len ? len : 1;
}

/* Bytes that text may hold unescaped wherever they stand, so that runs of them are copied at once. */
static bool is_plain(char c) {
    switch (c) {
    case '\\':
    case '*':
    case '_':
    case '`':
    case '[':
    case ']':
    case '<':
    case '&':
    case '~':
    case '$':
    case '|': return false;
    default: return c >= ' ' && c < 0x7f;
    }
}

/* How many characters from the start of a line would open a block and need a backslash each. A number before
 * "." is told by *marker: the place of the dot. */
static size_t line_start_escapes(Str line, size_t *marker) {
    char c = at(line, 0), next = at(line, 1);
    size_t run = line.len ? run_length(line, 0) : 0;
    bool next_ends = next == '\0' || is_blank(next);
    *marker = 0;
    switch (c) {
    case '>':
    case '|': return 1;
    case '#': return run <= 6 && (run == line.len || is_blank(at(line, run))) ? 1 : 0;
    case '+': return next_ends;
    case '-': return !is_alnum(next);
    case '*': return next_ends || run > 1 ? 1 : 0;
    case '_': return next_ends || is_rule(line) ? 1 : 0;
    case '=': return is_only(line, '=');
    case '~': return run > 2 ? run : 0;
    case ':': return next == '-' || next == ':' ? 1 : 0;
    case '[': {
        size_t end = str_find_byte(line, ']'); /* "]:" behind it, in code for instance, would define a link */
        bool closed = end != STR_NPOS && at(line, end + 1) != '(' && at(line, end + 1) != ':' &&
                      at(line, end + 1) != '[';
        return !closed || ((next == ' ' || next == 'x' || next == 'X') && end == 2);
    }
    default: break;
    }
    while (*marker < line.len && is_digit(line.data[*marker])) ++*marker;
    bool is_marker = *marker > 0 && (at(line, *marker) == '.' || at(line, *marker) == ')') &&
                     (*marker + 1 >= line.len || is_blank(at(line, *marker + 1)));
    if (!is_marker) *marker = 0;
    return 0;
}

static uint8_t opener_bit(char c) {
    return c == '*' ? OPENER_STAR : c == '_' ? OPENER_UNDERSCORE : c == '~' ? OPENER_TILDE : OPENER_DOLLAR;
}

/* A run of delimiters is escaped when it could close what an earlier one opens. A run that can only open
 * stays: alone it means nothing. */
static size_t append_delimiters(Escaper *self, Str s, size_t i, StrBuf *out) {
    size_t run = run_length(s, i);
    char c = s.data[i], before = i ? s.data[i - 1] : out->len ? out->data[out->len - 1] : ' ';
    char after = at(s, i + run);
    bool intraword = c == '_' && is_alnum(before) && is_alnum(after);
    bool can_close = !is_blank(before) && !(self->line_start && i == 0);
    bool can_open = !is_blank(after);
    if (self->in_span ? !intraword : !intraword && can_close && (self->openers & opener_bit(c))) {
        append_escaped_run(out, c, run);
        return run;
    }
    if (can_open && !intraword) self->openers |= opener_bit(c);
    buf_append_repeated(out, c, run);
    return run;
}

/* Whether "&" at `i` begins an entity. */
static bool is_entity(Str s, size_t i) {
    size_t end = i + 1;
    if (at(s, end) == '#') end++;
    while (is_alnum(at(s, end))) end++;
    return end == s.len || s.data[end] == ';';
}

static bool needs_backslash(const Escaper *self, Str s, size_t i) {
    char next = at(s, i + 1);
    switch (s.data[i]) {
    case '\\': return next == '\0' || is_punct(next);
    case '`': return true;
    case '[': return self->in_link;
    case ']': return self->in_link || next == '(' || next == ':' || next == '[';
    case '<': return next == '\0' || is_alpha(next) || next == '/' || next == '!' || next == '?';
    case '&': return is_entity(s, i);
    case '|': return self->in_cell;
    default: return false;
    }
}

static size_t append_special(Escaper *self, Str s, size_t i, StrBuf *out) {
    char c = s.data[i];
    if ((unsigned char)c >= 0x80) return append_wide(s, i, out);
    if (c == '\0') {
        buf_append_cp(out, UTF8_REPLACEMENT);
        return 1;
    }
    if (c == '*' || c == '_' || c == '~' || c == '$') return append_delimiters(self, s, i, out);
    if (needs_backslash(self, s, i)) buf_append_byte(out, '\\');
    buf_append_byte(out, is_blank(c) ? ' ' : c);
    return 1;
}

void escape_text(Escaper *self, Str line, StrBuf *out) {
    if (self->line_start) {
        while (line.len && is_blank(line.data[0])) line = str_from(line, 1);
    }
    if (line.len == 0) return;
    size_t i = 0, marker = 0;
    bool behind_bracket = out->len && out->data[out->len - 1] == ']';
    if (behind_bracket && (line.data[0] == '(' || line.data[0] == ':'))
        append_escaped_run(out, line.data[i++], 1);
    if (self->line_start) {
        i = line_start_escapes(line, &marker);
        append_escaped_run(out, line.data[0], i);
    }
    while (i < line.len) {
        size_t end = i;
        while (end < line.len && is_plain(line.data[end]) && !(marker && end == marker)) end++;
        buf_append(out, str_slice(line, i, end));
        i = end;
        if (i == line.len) break;
        if (marker && i == marker) {
            append_escaped_run(out, line.data[i++], 1);
            marker = 0;
        } else {
            i += append_special(self, line, i, out);
        }
    }
    self->line_start = false;
}

size_t longest_backticks(Str text) {
    size_t longest = 0;
    for (size_t i = 0; i < text.len;) {
        size_t next = str_find_byte(str_from(text, i), '`');
        if (next == STR_NPOS) break;
        size_t run = run_length(text, i + next);
        if (run > longest) longest = run;
        i += next + run;
    }
    return longest;
}

/* The least length that no run of backticks has: readers know runs up to some length only. */
static size_t free_backticks(Str text) {
    uint64_t used = 1;
    for (size_t i = 0; i < text.len;) {
        size_t next = str_find_byte(str_from(text, i), '`');
        if (next == STR_NPOS) break;
        size_t run = run_length(text, i + next);
        if (run < 64) used |= (uint64_t)1 << run;
        i += next + run;
    }
    size_t length = 1;
    while (length < 64 && used >> length & 1) length++;
    return length;
}

/* Of what stands in code spans as it is. */
static bool is_plain_code(char c) { return c >= ' ' && c != '|' && c < 0x7f; }

void escape_code(const Escaper *self, Str text, StrBuf *out) {
    if (text.len == 0) return;
    size_t ticks = free_backticks(text);
    char first = text.data[0], last = text.data[text.len - 1];
    bool pad = first == '`' || last == '`' || (first == ' ' && last == ' ');
    buf_append_repeated(out, '`', ticks);
    if (pad) buf_append_byte(out, ' ');
    for (size_t i = 0; i < text.len;) {
        size_t start = i;
        while (i < text.len && is_plain_code(text.data[i])) i++;
        buf_append(out, str_slice(text, start, i));
        if (i == text.len) break;
        char c = text.data[i];
        if ((unsigned char)c >= 0x80) {
            i += append_wide(text, i, out);
            continue;
        }
        if (c == '|' && self->in_cell) buf_append_byte(out, '\\');
        if (c == '\0')
            buf_append_cp(out, UTF8_REPLACEMENT);
        else
            buf_append_byte(out, is_blank(c) ? ' ' : c);
        i++;
    }
    if (pad) buf_append_byte(out, ' ');
    buf_append_repeated(out, '`', ticks);
}

void escape_verbatim(Str line, StrBuf *out) {
    if (utf8_valid_prefix(line.data, line.len) == line.len && str_find_byte(line, '\0') == STR_NPOS) {
        buf_append(out, line);
        return;
    }
    for (size_t i = 0; i < line.len;) {
        if (line.data[i] == '\0') {
            buf_append_cp(out, UTF8_REPLACEMENT);
            i++;
        } else {
            i += append_wide(line, i, out);
        }
    }
}

void escape_attribute(Str value, StrBuf *out) {
    for (size_t i = 0; i < value.len;) {
        char c = value.data[i];
        if (c == '"')
            buf_append(out, STR("&quot;"));
        else if (c == '&')
            buf_append(out, STR("&amp;"));
        else if (c == '<')
            buf_append(out, STR("&lt;"));
        else if ((unsigned char)c < ' ')
            buf_append_byte(out, ' ');
        else {
            i += append_wide(value, i, out);
            continue;
        }
        i++;
    }
}

static bool is_path_byte(char c) {
    return is_alnum(c) || c == '_' || c == '.' || c == '/' || (c != '\0' && strchr("-~!$&',;=@+", c));
}

void url_append_path(Str path, StrBuf *out) {
    for (size_t i = 0; i < path.len; i++) {
        size_t start = i;
        while (i < path.len && is_path_byte(path.data[i])) i++;
        buf_append(out, str_slice(path, start, i));
        if (i < path.len) buf_printf(out, "%%%02X", (unsigned char)path.data[i]);
    }
}

void url_append_address(Str address, StrBuf *out) {
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.data[i];
        if (c <= ' ' || c == 0x7f || strchr("()<>\"\\`|", c))
            buf_printf(out, "%%%02X", c);
        else
            buf_append_byte(out, (char)c);
    }
}
