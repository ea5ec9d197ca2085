#include "base/utf8.h"

#include <string.h>

static bool continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

size_t utf8_sequence(const char *text, size_t len) {
    const unsigned char *s = (const unsigned char *)text;
    if (len == 0) return 0;
    if (s[0] < 0x80) return 1;
    if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
    size_t want = utf8_lead_length(s[0]);
    if (len < want) return 0;
    for (size_t i = 1; i < want; i++) {
        if (!continuation(s[i])) return 0;
    }
    if (s[0] == 0xE0 && s[1] < 0xA0) return 0; /* over-long */
    if (s[0] == 0xED && s[1] > 0x9F) return 0; /* surrogate */
    if (s[0] == 0xF0 && s[1] < 0x90) return 0; /* over-long */
    if (s[0] == 0xF4 && s[1] > 0x8F) return 0; /* above U+10FFFF */
    return want;
}

uint32_t utf8_decode(const char *text, size_t len, size_t *size) {
    const unsigned char *s = (const unsigned char *)text;
    switch (utf8_sequence(text, len)) {
    case 1: *size = 1; return s[0];
    case 2: *size = 2; return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
    case 3: *size = 3; return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
    case 4:
        *size = 4;
        return (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 | (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
    default: *size = 1; return UTF8_REPLACEMENT;
    }
}

size_t utf8_write(uint32_t cp, char out[4]) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = UTF8_REPLACEMENT;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    size_t size = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (cp & 0x3F));
        cp >>= 6;
    }
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[size] | cp);
    return size;
}

bool utf8_is_ascii(const char *s, size_t len) {
    uint64_t seen = 0;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t word;
        memcpy(&word, s + i, 8);
        seen |= word;
    }
    for (; i < len; i++) seen |= (unsigned char)s[i];
    return (seen & 0x8080808080808080u) == 0;
}

size_t utf8_ascii_prefix(const char *s, size_t len) {
    size_t i = 0;
    while (i < len) {
        size_t run = len - i < 64 ? len - i : 64;
        if (!utf8_is_ascii(s + i, run)) break;
        i += run;
    }
    while (i < len && (unsigned char)s[i] < 0x80) i++;
    return i;
}

size_t utf8_valid_prefix(const char *s, size_t len) {
    size_t i = 0;
    while (i < len) {
        size_t run = len - i < 64 ? len - i : 64;
        if (utf8_is_ascii(s + i, run)) {
            i += run;
            continue;
        }
        size_t size = utf8_sequence(s + i, len - i);
        if (size == 0) return i;
        i += size;
    }
    return len;
}

bool utf8_is_command(uint32_t cp) {
    return (cp < ' ' && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}
