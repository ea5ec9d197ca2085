#include "index/lang/python_target.h"

#include "index/name.h"

static bool is_one_of(char c, const char *chars) { return c && strchr(chars, c); }

static bool in_name(char c) {
    return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* May be a space that is not ASCII. */
static bool is_foreign(char c) { return (unsigned char)c >= 0x80; }

/* The word that ends the text, white space and continued lines aside. */
static Str last_word(Str text) {
    while (text.len && is_one_of(text.data[text.len - 1], " \t\f\r\n\\")) text.len--;
    size_t start = text.len;
    while (start > 0 && in_name(text.data[start - 1])) start--;
    return str_from(text, start);
}

static bool follows_keyword(Str before) {
    Str word = last_word(before);
    return (before.len && is_foreign(before.data[before.len - 1])) || str_eq(word, STR("def")) ||
           str_eq(word, STR("class")) || str_eq(word, STR("type"));
}

/* Whether the text starts as it may behind a target. Brackets may hold line ends and comments. */
static bool follows_target(Str text) {
    size_t at = 0;
    while (at < text.len && is_one_of(text.data[at], " \t\f")) at++;
    text = str_from(text, at);
    if (text.len == 0) return false;
    if (is_one_of(text.data[0], ",:)]#\\\r\n") || is_foreign(text.data[0])) return true;
    if (str_starts_with(text, STR("in"))) return text.len == 2 || !in_name(text.data[2]);
    size_t sign = 0;
    while (sign < text.len && is_one_of(text.data[sign], "+-*/%@&|^<>")) sign++;
    text = str_from(text, sign);
    return str_starts_with(text, STR("=")) && !str_starts_with(text, STR("=="));
}

/* Whether some method may have a first parameter of that name: it stands behind a parenthesis or starts a
 * line, and is not looked into. */
static bool may_be_parameter(Str text, Str name) {
    for (size_t at = 0; (at = name_find(text, at, name)) != STR_NPOS; at += name.len) {
        size_t before = at;
        while (before > 0 && is_one_of(text.data[before - 1], " \t\f")) before--;
        bool first = before > 0 && is_one_of(text.data[before - 1], "(\r\n\\");
        bool looked_into = at + name.len < text.len && text.data[at + name.len] == '.';
        if (first && !looked_into) return true;
    }
    return false;
}

/* Of attributes only those of a method's first parameter are symbols. */
static bool may_be_attribute(Str text, size_t dot) {
    size_t start = dot;
    while (start > 0 && (in_name(text.data[start - 1]) || is_foreign(text.data[start - 1]))) start--;
    if (start == dot) return dot > 0 && is_one_of(text.data[dot - 1], " \t\f\r\n\\");
    bool chained = start > 0 && text.data[start - 1] == '.';
    return !chained && may_be_parameter(text, str_slice(text, start, dot));
}

bool python_may_define(Str text, size_t start, size_t end) {
    if (follows_keyword(str_slice(text, 0, start))) return true;
    if (!follows_target(str_from(text, end))) return false;
    bool attribute = start > 0 && text.data[start - 1] == '.';
    return !attribute || may_be_attribute(text, start - 1);
}
