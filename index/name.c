#include "index/name.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static Str mapped(Str name, utf8proc_option_t options, StrBuf *scratch) {
    if (utf8_is_ascii(name.data, name.len)) return name;
    utf8proc_uint8_t *result = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)name.data, (utf8proc_ssize_t)name.len, &result,
                     options | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    if (len < 0) return name; /* not well-formed: nothing equals it but itself */
    buf_clear(scratch);
    buf_append(scratch, str_make((const char *)result, (size_t)len));
    free(result);
    return buf_str(scratch);
}

Str name_normal(Str name, StrBuf *scratch) { return mapped(name, 0, scratch); }
Str name_folded(Str name, StrBuf *scratch) { return mapped(name, UTF8PROC_CASEFOLD, scratch); }

static bool in_ascii_name(Str text, size_t at) {
    if (at >= text.len) return false;
    char c = text.data[at];
    return c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool in_any_name(Str text, size_t at) {
    return in_ascii_name(text, at) || (at < text.len && (unsigned char)text.data[at] >= 0x80);
}

size_t name_find(Str text, size_t from, Str name) {
    if (name.len == 0) return STR_NPOS;
    while (from < text.len) {
        size_t found = str_find(str_from(text, from), name);
        if (found == STR_NPOS) break;
        found += from;
        bool starts = found == 0 || !in_ascii_name(text, found - 1);
        if (starts && !in_ascii_name(text, found + name.len)) return found;
        from = found + 1;
    }
    return STR_NPOS;
}

bool name_is_respelled(Str text, Str normal) {
    StrBuf scratch;
    buf_init(&scratch);
    bool found = false;
    for (size_t end = 0; !found;) {
        size_t start = end + utf8_ascii_prefix(text.data + end, text.len - end);
        if (start == text.len) break;
        for (end = start; in_any_name(text, end);) end++;
        while (start > 0 && in_any_name(text, start - 1)) start--;
        Str name = str_slice(text, start, end);
        found = !str_eq(name, normal) && str_eq(name_normal(name, &scratch), normal);
    }
    buf_release(&scratch);
    return found;
}

bool name_is_dunder(Str name) {
    return name.len > 4 && str_starts_with(name, STR("__")) && str_ends_with(name, STR("__"));
}

bool name_is_mangled(Str name) {
    return name.len > 2 && str_starts_with(name, STR("__")) && !str_ends_with(name, STR("__"));
}

bool name_is_public(Str name) { return name.len == 0 || name.data[0] != '_' || name_is_dunder(name); }

enum { CASELESS = 0x1F /* the bits of an ASCII letter that do not tell its case */ };

uint64_t name_letters(Str text) {
    uint64_t mask = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        mask |= c < 0x80 ? (uint64_t)1 << (c & CASELESS) : NAME_BEYOND_ASCII;
    }
    return mask;
}

uint64_t name_start_bit(char c) {
    return name_is_small(c) || name_is_capital(c) ? (uint64_t)1 << (CASELESS + (c & CASELESS)) : 0;
}

uint64_t name_starts(Str text) {
    uint64_t mask = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (name_starts_word(text, i)) mask |= name_start_bit(text.data[i]);
    }
    return mask;
}
