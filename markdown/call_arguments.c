#include "markdown/call_arguments.h"

static char byte_at(Str text, size_t i) { return i < text.len ? text.data[i] : '\0'; }

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

static bool is_quote(char c) { return c == '"' || c == '\''; }

/* Of a name or a number. */
static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* One past the string literal whose quote stands at `i`. */
static size_t skip_string(Str text, size_t i) {
    char quote = text.data[i];
    bool triple = byte_at(text, i + 1) == quote && byte_at(text, i + 2) == quote;
    if (triple) i += 2;
    for (i++; i < text.len; i++) {
        if (text.data[i] == '\\')
            i++;
        else if (text.data[i] == '\n' && !triple)
            return i;
        else if (text.data[i] == quote && !triple)
            return i + 1;
        else if (text.data[i] == quote && byte_at(text, i + 1) == quote && byte_at(text, i + 2) == quote)
            return i + 3;
    }
    return text.len;
}

static size_t skip_word(Str text, size_t i) {
    while (is_word(byte_at(text, i))) i++;
    return i;
}

size_t skip_token(Str text, size_t i) {
    char c = byte_at(text, i);
    if (is_quote(c)) return skip_string(text, i);
    if (c == '#') {
        size_t end = str_find_byte(str_from(text, i), '\n');
        return end == STR_NPOS ? text.len : i + end;
    }
    return is_word(c) ? skip_word(text, i) : i + 1;
}

int bracket_depth(char c) {
    if (c == '(' || c == '[' || c == '{') return 1;
    return c == ')' || c == ']' || c == '}' ? -1 : 0;
}

Arguments arguments_of(Str text, size_t end) {
    while (is_blank(byte_at(text, end)) || byte_at(text, end) == ')') end++; /* as in `(f)(x)` */
    return (Arguments){text, byte_at(text, end) == '(' ? end + 1 : text.len};
}

/* Whether the "=" at `i` stands between a keyword and its value. */
static bool is_assignment(Str text, size_t i) {
    char before = i ? text.data[i - 1] : '\0';
    return byte_at(text, i + 1) != '=' && before != '=' && before != '<' && before != '>' && before != '!' &&
           before != ':';
}

/* Blanks and comments around it aside. */
static Str trim_argument(Str value) {
    value = str_trim(value);
    while (byte_at(value, 0) == '#') value = str_trim(str_from(value, skip_token(value, 0)));
    return value;
}

bool arguments_next(Arguments *self, Argument *out) {
    size_t first = self->at, value = first, i = first;
    int depth = 0;
    *out = (Argument){0};
    for (char c; i < self->text.len; i = skip_token(self->text, i)) {
        c = self->text.data[i];
        if (depth == 0 && (c == ',' || bracket_depth(c) < 0)) break;
        depth += bracket_depth(c);
        if (c != '=' || depth || value != first || !is_assignment(self->text, i)) continue;
        out->name = trim_argument(str_slice(self->text, first, i));
        value = i + 1;
    }
    out->value = trim_argument(str_slice(self->text, value, i));
    self->at = byte_at(self->text, i) == ',' ? i + 1 : self->text.len;
    return out->value.len > 0;
}

/* Whether the word [i, end) is no name: a number, a constant, or what stands before a string other than an
 * f-string. */
static bool is_literal_word(Str value, size_t i, size_t end) {
    Str word = str_slice(value, i, end);
    if (is_quote(byte_at(value, end)))
        return str_find_byte(word, 'f') == STR_NPOS && str_find_byte(word, 'F') == STR_NPOS &&
               str_find_byte(word, 't') == STR_NPOS && str_find_byte(word, 'T') == STR_NPOS;
    return is_digit(word.data[0]) || str_eq(word, STR("True")) || str_eq(word, STR("False")) ||
           str_eq(word, STR("None"));
}

bool is_literal_expression(Str value) {
    for (size_t i = 0, end; i < value.len; i = end) {
        end = skip_token(value, i);
        if (is_word(value.data[i]) && !is_literal_word(value, i, end)) return false;
        if (value.data[i] == '*') return false; /* as in `*args` */
    }
    return value.len > 0;
}

/* Whether `i` is where the statement ends: at a line's end, a comment or a semicolon. */
static bool is_end(Str text, size_t i) {
    char c = byte_at(text, i);
    return c == '\0' || c == '\n' || c == '#' || c == ';';
}

Str assigned_value(Str text, size_t end) {
    size_t i = end;
    while (byte_at(text, i) == ' ') i++;
    bool annotated = byte_at(text, i) == ':';
    for (int depth = 0; annotated && (depth || !is_end(text, i)) && i < text.len; i = skip_token(text, i)) {
        depth += bracket_depth(text.data[i]);
        if (depth == 0 && text.data[i] == '=') break;
    }
    if (byte_at(text, i) != '=' || byte_at(text, i + 1) == '=') return STR_NONE;
    size_t first = ++i;
    for (int depth = 0; i < text.len && (depth || !is_end(text, i)); i = skip_token(text, i))
        depth += bracket_depth(text.data[i]);
    return str_trim(str_slice(text, first, i));
}
