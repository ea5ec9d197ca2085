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

bool name_is_public(Str name) {
    if (name.len == 0 || name.data[0] != '_') return true;
    return name.len > 4 && str_starts_with(name, STR("__")) && str_ends_with(name, STR("__"));
}

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
