/* UTF-8 as The Unicode Standard, table 3-7, defines it: no surrogates, no over-long forms, at most U+10FFFF.
 */
#ifndef HEADWORD_BASE_UTF8_H
#define HEADWORD_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_REPLACEMENT 0xFFFDu

/* Length in bytes (1-4) of the well-formed sequence at s, or 0 when there is none; `len` bytes are readable.
 */
size_t utf8_sequence(const char *s, size_t len);

/* The code point at s and its length in *size. An ill-formed byte gives U+FFFD and size 1. len must not be 0.
 */
uint32_t utf8_decode(const char *s, size_t len, size_t *size);

/* Writes cp as 1-4 bytes and returns how many; surrogates and values above U+10FFFF are written as U+FFFD. */
size_t utf8_write(uint32_t cp, char out[4]);

/* Offset of the first ill-formed byte, or len when all is well-formed. */
size_t utf8_valid_prefix(const char *s, size_t len);

/* How many bytes at the start are below 0x80; whether all are. */
size_t utf8_ascii_prefix(const char *s, size_t len);
bool utf8_is_ascii(const char *s, size_t len);

/* Whether a character commands a terminal (control characters but line ends and tabs) or turns the direction
 * of what is read (Unicode's bidirectional formatting). */
bool utf8_is_command(uint32_t cp);

/* Length of the sequence that a lead byte of well-formed text announces. */
static inline size_t utf8_lead_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

#endif
