/* What a fuzzer's bytes say: pieces between record separators (U+001E), so that seeds stay texts, and numbers
 * made of a few bytes. What has ended gives empty pieces and zeros. */
#ifndef HEADWORD_TESTS_INPUT_H
#define HEADWORD_TESTS_INPUT_H

#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* Like assert, but never compiled out. */
#define MUST(condition)                                                                                      \
    ((condition) ? (void)0                                                                                   \
                 : (fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition), abort()))

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline uint32_t input_number(Str *rest, size_t bytes) {
    uint32_t number = 0;
    for (size_t i = 0; i < bytes && i < rest->len; i++) number = number << 8 | (unsigned char)rest->data[i];
    *rest = str_from(*rest, bytes);
    return number;
}

static inline Str input_piece(Str *rest) {
    Str piece = STR_NONE;
    str_next_piece(rest, '\x1e', &piece);
    return piece;
}

/* Appends `bytes` as well-formed UTF-8. */
static inline void input_text(Str bytes, StrBuf *out) {
    for (size_t i = 0, size; i < bytes.len; i += size)
        buf_append_cp(out, utf8_decode(bytes.data + i, bytes.len - i, &size));
}

/* The start of the character that holds an offset of well-formed text. */
static inline uint32_t input_character(Str text, size_t offset) {
    while (offset > 0 && offset < text.len && ((unsigned char)text.data[offset] & 0xC0) == 0x80) offset--;
    return (uint32_t)offset;
}

#endif
