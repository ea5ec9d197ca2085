/* Byte strings: `Str` borrows, `StrBuf` owns and grows.
 *
 * Bytes plus a length, UTF-8 by convention, NUL bytes allowed. A `Str` never owns its bytes: it is valid as
 * long as what it was cut from. A `StrBuf` always keeps one NUL behind its last byte, so `buf.data` is a C
 * string whenever it holds no NUL itself. */
#ifndef HEADWORD_BASE_STR_H
#define HEADWORD_BASE_STR_H

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    const char *data; /* NULL only when len is 0 */
    size_t len;       /* bytes */
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((Str){NULL, 0})
#define STR_NPOS ((size_t)-1)

/* For printf: printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, ((s).data ? (s).data : "")

static inline Str str_of(const char *c_string) { return (Str){c_string, c_string ? strlen(c_string) : 0}; }
static inline Str str_make(const char *data, size_t len) { return (Str){data, len}; }

static inline bool str_eq(Str a, Str b) {
    if (a.len != b.len || a.len == 0) return a.len == b.len;
    assert(a.data && b.data);
    return memcmp(a.data, b.data, a.len) == 0;
}

/* Byte order; a prefix sorts before what it is a prefix of. */
int str_compare(Str a, Str b);

bool str_starts_with(Str s, Str prefix);
bool str_ends_with(Str s, Str suffix);

/* The bytes [start, end) of s; both are clamped to its length. */
Str str_slice(Str s, size_t start, size_t end);
static inline Str str_from(Str s, size_t start) { return str_slice(s, start, s.len); }

/* Offset of the first (last) occurrence, or STR_NPOS. */
size_t str_find(Str s, Str needle);
size_t str_find_byte(Str s, char c);
size_t str_rfind_byte(Str s, char c);

/* s without the ASCII white space at both ends (at its end). */
Str str_trim(Str s);
Str str_trim_end(Str s);

/* Cuts the next line off *rest, without its "\n"; false when nothing is left. */
bool str_next_line(Str *rest, Str *line);

/* Cuts up to the next `sep` (or the rest) off *rest; false when nothing is left. Empty pieces are returned.
 */
bool str_next_piece(Str *rest, char sep, Str *piece);

/* A copy with a NUL behind it; the caller frees it with mem_free. */
char *str_dup(Str s);

typedef struct {
    char *data; /* never NULL, NUL-terminated */
    size_t len;
    size_t cap;
} StrBuf;

void buf_init(StrBuf *self);
void buf_release(StrBuf *self);
void buf_clear(StrBuf *self);
void buf_reserve(StrBuf *self, size_t more);
void buf_append(StrBuf *self, Str s);
static inline void buf_append_byte(StrBuf *self, char c) {
    if (self->len + 1 >= self->cap) buf_reserve(self, 1);
    self->data[self->len++] = c;
    self->data[self->len] = '\0';
}
void buf_append_repeated(StrBuf *self, char c, size_t count);
void buf_append_cp(StrBuf *self, uint32_t code_point);
/* Text as a terminal may have it: what would command it (utf8_is_command) becomes U+FFFD, as ill-formed bytes
 * do. */
void buf_append_visible(StrBuf *self, Str text);
void buf_printf(StrBuf *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(StrBuf *self, const char *format, va_list args);
/* A new buffer with that text; the caller releases it. */
StrBuf buf_formatted(const char *format, va_list args);
/* Shortens to `len` bytes, which must not exceed the present length. */
void buf_truncate(StrBuf *self, size_t len);
/* Replaces the bytes [start, end) by s. s must not point into the buffer. */
void buf_replace(StrBuf *self, size_t start, size_t end, Str s);
/* Hands the bytes over (mem_free) and leaves the buffer empty. */
char *buf_take(StrBuf *self);

/* Borrowed until the buffer next changes. */
static inline Str buf_str(const StrBuf *self) { return (Str){self->data, self->len}; }

#endif
