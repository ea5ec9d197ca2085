#include "base/str.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdio.h>

int str_compare(Str a, Str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts_with(Str s, Str prefix) {
    return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends_with(Str s, Str suffix) {
    return s.len >= suffix.len && str_eq(str_from(s, s.len - suffix.len), suffix);
}

Str str_slice(Str s, size_t start, size_t end) {
    if (end > s.len) end = s.len;
    if (start >= end) return (Str){s.data ? s.data + (start < s.len ? start : s.len) : NULL, 0};
    return (Str){s.data + start, end - start};
}

size_t str_find(Str s, Str needle) {
    if (needle.len == 0) return 0;
    if (s.len < needle.len) return STR_NPOS;
    const char *hit = memmem(s.data, s.len, needle.data, needle.len);
    return hit ? (size_t)(hit - s.data) : STR_NPOS;
}

size_t str_find_byte(Str s, char c) {
    const char *hit = s.len ? memchr(s.data, c, s.len) : NULL;
    return hit ? (size_t)(hit - s.data) : STR_NPOS;
}

size_t str_rfind_byte(Str s, char c) {
    for (size_t i = s.len; i-- > 0;) {
        if (s.data[i] == c) return i;
    }
    return STR_NPOS;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Str str_trim_end(Str s) {
    while (s.len && is_space(s.data[s.len - 1])) s.len--;
    return s;
}

Str str_trim(Str s) {
    while (s.len && is_space(s.data[0])) s = str_from(s, 1);
    return str_trim_end(s);
}

bool str_next_piece(Str *rest, char sep, Str *piece) {
    if (rest->data == NULL) return false;
    size_t end = str_find_byte(*rest, sep);
    if (end == STR_NPOS) {
        *piece = *rest;
        *rest = STR_NONE;
    } else {
        *piece = str_slice(*rest, 0, end);
        *rest = str_from(*rest, end + 1);
    }
    return true;
}

bool str_next_line(Str *rest, Str *line) {
    if (rest->len == 0) return false;
    return str_next_piece(rest, '\n', line);
}

char *str_dup(Str s) {
    char *copy = mem_alloc(s.len + 1);
    if (s.len) memcpy(copy, s.data, s.len);
    copy[s.len] = '\0';
    return copy;
}

static char empty[1]; /* what an unused buffer points to, so that data is never NULL; never written */

void buf_init(StrBuf *self) { *self = (StrBuf){.data = empty}; }

void buf_release(StrBuf *self) {
    if (self->cap) mem_free(self->data);
    buf_init(self);
}

void buf_clear(StrBuf *self) { buf_truncate(self, 0); }

void buf_reserve(StrBuf *self, size_t more) {
    size_t need = self->len + more + 1;
    if (need <= self->cap) return;
    size_t cap = self->cap ? self->cap * 2 : 64;
    if (cap < need) cap = need;
    char *data = mem_realloc(self->cap ? self->data : NULL, cap);
    data[self->len] = '\0';
    self->data = data;
    self->cap = cap;
}

void buf_append(StrBuf *self, Str s) {
    if (s.len == 0) return;
    buf_reserve(self, s.len);
    memcpy(self->data + self->len, s.data, s.len);
    self->len += s.len;
    self->data[self->len] = '\0';
}

void buf_append_visible(StrBuf *self, Str text) {
    for (size_t i = 0, size; i < text.len; i += size) {
        uint32_t cp = utf8_decode(text.data + i, text.len - i, &size);
        buf_append_cp(self, utf8_is_command(cp) ? UTF8_REPLACEMENT : cp);
    }
}

void buf_append_repeated(StrBuf *self, char c, size_t count) {
    if (count == 0) return;
    buf_reserve(self, count);
    memset(self->data + self->len, c, count);
    self->len += count;
    self->data[self->len] = '\0';
}

void buf_append_cp(StrBuf *self, uint32_t code_point) {
    char bytes[4];
    buf_append(self, (Str){bytes, utf8_write(code_point, bytes)});
}

void buf_vprintf(StrBuf *self, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    size_t room = self->cap ? self->cap - self->len : 0;
    int len = vsnprintf(room ? self->data + self->len : NULL, room, format, args);
    assert(len >= 0);
    if ((size_t)len >= room) {
        buf_reserve(self, (size_t)len);
        vsnprintf(self->data + self->len, (size_t)len + 1, format, again);
    }
    self->len += (size_t)len;
    va_end(again);
}

StrBuf buf_formatted(const char *format, va_list args) {
    StrBuf text;
    buf_init(&text);
    buf_vprintf(&text, format, args);
    return text;
}

void buf_printf(StrBuf *self, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_vprintf(self, format, args);
    va_end(args);
}

void buf_truncate(StrBuf *self, size_t len) {
    assert(len <= self->len);
    if (len == self->len) return;
    self->len = len;
    self->data[len] = '\0';
}

void buf_replace(StrBuf *self, size_t start, size_t end, Str s) {
    assert(start <= end && end <= self->len);
    buf_reserve(self, s.len);
    memmove(self->data + start + s.len, self->data + end, self->len - end);
    if (s.len) memcpy(self->data + start, s.data, s.len);
    self->len = self->len - (end - start) + s.len;
    self->data[self->len] = '\0';
}

char *buf_take(StrBuf *self) {
    char *data = self->cap ? self->data : str_dup(STR_NONE);
    buf_init(self);
    return data;
}
