#include "index/lang/python_string.h"

#include "base/utf8.h"

#include <utf8proc.h>

StringPrefix python_string_prefix(Str literal) {
    StringPrefix prefix = {0};
    for (; prefix.len < literal.len && prefix.len < 3; prefix.len++) {
        char c = literal.data[prefix.len];
        if (c == '"' || c == '\'') break;
        prefix.raw |= c == 'r' || c == 'R';
        prefix.bytes |= c == 'b' || c == 'B';
        prefix.format |= c == 'f' || c == 'F' || c == 't' || c == 'T';
    }
    return prefix;
}

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
}

/* Reads up to `most` digits of a base behind `at`; returns how many there were. */
static size_t read_digits(Str s, size_t at, size_t most, int base, uint32_t *value) {
    size_t count = 0;
    *value = 0;
    while (count < most && at + count < s.len && digit_value(s.data[at + count]) < base) {
        *value = *value * (uint32_t)base + (uint32_t)digit_value(s.data[at + count]);
        count++;
    }
    return count;
}

/* Appends the meaning of the escape at s[0] == '\\'; returns the bytes it takes. */
static size_t append_escape(Str s, StrBuf *out) {
    static const char from[] = "\\'\"abfnrtv", to[] = "\\'\"\a\b\f\n\r\t\v";
    if (s.len < 2) {
        buf_append(out, s);
        return s.len;
    }
    char c = s.data[1];
    const char *simple = memchr(from, c, sizeof from - 1);
    uint32_t value;
    size_t digits, want = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (c == '\n') return 2;
    if (c == '\r') return s.len > 2 && s.data[2] == '\n' ? 3 : 2;
    if (simple) {
        buf_append_byte(out, to[simple - from]);
        return 2;
    }
    if ((digits = read_digits(s, 1, 3, 8, &value)) > 0) {
        buf_append_cp(out, value);
        return 1 + digits;
    }
    if (want && read_digits(s, 2, want, 16, &value) == want) {
        buf_append_cp(out, value);
        return 2 + want;
    }
    buf_append_byte(out, '\\'); /* an unknown escape stays as it is */
    return 1;
}

void python_string_value(Str literal, StrBuf *out) {
    StringPrefix prefix = python_string_prefix(literal);
    Str body = str_from(literal, prefix.len);
    size_t quote = body.len >= 6 && body.data[1] == body.data[0] && body.data[2] == body.data[0] ? 3 : 1;
    if (body.len < 2 * quote) return;
    body = str_slice(body, quote, body.len - quote);
    while (body.len) {
        size_t run = 0; /* plain bytes up to the next backslash or carriage return */
        while (run < body.len && body.data[run] != '\\' && body.data[run] != '\r') run++;
        buf_append(out, str_slice(body, 0, run));
        body = str_from(body, run);
        if (body.len == 0) break;
        size_t size = 1;
        if (body.data[0] == '\r') {
            buf_append_byte(out, '\n');
            if (body.len > 1 && body.data[1] == '\n') size = 2;
        } else if (prefix.raw) {
            buf_append_byte(out, '\\');
        } else {
            size = append_escape(body, out);
        }
        body = str_from(body, size);
    }
}

/* Length of the white space (as str.isspace knows it) at the start of s, 0 when there is none. */
static size_t space_length(Str s) {
    if (s.len == 0) return 0;
    unsigned char c = (unsigned char)s.data[0];
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
    size_t size;
    uint32_t cp = utf8_decode(s.data, s.len, &size);
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)cp);
    bool space =
        property->category == UTF8PROC_CATEGORY_ZS || property->bidi_class == UTF8PROC_BIDI_CLASS_WS ||
        property->bidi_class == UTF8PROC_BIDI_CLASS_B || property->bidi_class == UTF8PROC_BIDI_CLASS_S;
    return space ? size : 0;
}

/* Bytes and characters of the white space that a line starts with. */
static size_t indentation(Str line, size_t *characters) {
    size_t bytes = 0, size;
    *characters = 0;
    while ((size = space_length(str_from(line, bytes))) > 0) {
        bytes += size;
        ++*characters;
    }
    return bytes;
}

/* str.expandtabs(8): columns count characters and start anew behind "\n" and "\r". */
static void expand_tabs(Str s, StrBuf *out) {
    size_t column = 0;
    for (size_t i = 0; i < s.len;) {
        size_t size = utf8_lead_length((unsigned char)s.data[i]);
        if (s.data[i] == '\t') {
            buf_append_repeated(out, ' ', 8 - column % 8);
            column += 8 - column % 8;
        } else {
            buf_append(out, str_slice(s, i, i + size));
            column = s.data[i] == '\n' || s.data[i] == '\r' ? 0 : column + 1;
        }
        i += size;
    }
}

/* The least indentation, in characters, of the lines behind the first that hold something else. */
static size_t common_margin(Str doc) {
    size_t margin = SIZE_MAX, characters;
    Str line;
    bool first = true;
    for (; str_next_line(&doc, &line); first = false) {
        size_t bytes = indentation(line, &characters);
        if (!first && bytes < line.len && characters < margin) margin = characters;
    }
    return margin;
}

/* line[margin:], counted in characters. */
static Str without_margin(Str line, size_t margin) {
    size_t bytes = 0;
    while (margin-- > 0 && bytes < line.len) bytes += utf8_lead_length((unsigned char)line.data[bytes]);
    return str_from(line, bytes);
}

size_t python_clean_doc(Str doc, StrBuf *out) {
    StrBuf expanded;
    buf_init(&expanded);
    bool has_tabs = str_find_byte(doc, '\t') != STR_NPOS;
    if (has_tabs) expand_tabs(doc, &expanded);
    Str rest = has_tabs ? buf_str(&expanded) : doc, line;
    size_t margin = common_margin(rest), start = out->len, characters;
    bool first = true;
    for (; str_next_line(&rest, &line); first = false) {
        if (first)
            line = str_from(line, indentation(line, &characters));
        else if (margin != SIZE_MAX)
            line = without_margin(line, margin);
        if (line.len == 0 && out->len == start) continue; /* blank lines at the start */
        buf_append(out, line);
        buf_append_byte(out, '\n');
    }
    while (out->len > start && out->data[out->len - 1] == '\n') buf_truncate(out, out->len - 1);
    buf_release(&expanded);
    return margin == SIZE_MAX ? 0 : margin;
}
