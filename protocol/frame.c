#include "protocol/frame.h"

enum { HEADER_LARGEST = 4096, LARGE = 1 << 20 };

static const Str length_name = {"content-length:", 15};

void frame_decoder_init(FrameDecoder *self) {
    *self = (FrameDecoder){0};
    buf_init(&self->bytes);
}

void frame_decoder_release(FrameDecoder *self) {
    buf_release(&self->bytes);
    *self = (FrameDecoder){0};
}

/* Used-up bytes are dropped when they outweigh the rest, so that each byte is moved at most about once. The
 * room that one huge message needed is not kept. */
static void drop_used(FrameDecoder *self) {
    if (self->at == 0 || self->at < self->bytes.len / 2) return;
    if (self->at == self->bytes.len && self->bytes.cap > LARGE)
        buf_release(&self->bytes);
    else
        buf_replace(&self->bytes, 0, self->at, STR_NONE);
    self->at = self->body = 0;
}

void frame_decoder_feed(FrameDecoder *self, Str bytes) {
    drop_used(self);
    buf_append(&self->bytes, bytes);
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

/* Whether `s` is the beginning of the header's name and colon, or all of it. */
static bool begins_length_name(Str s) {
    if (s.len > length_name.len) return false;
    for (size_t i = 0; i < s.len; i++) {
        if (lower(s.data[i]) != length_name.data[i]) return false;
    }
    return true;
}

static bool is_length_name(Str s) { return s.len == length_name.len && begins_length_name(s); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The number that `digits` is; false for anything else. Numbers beyond FRAME_LARGEST stop growing there. */
static bool read_length(Str digits, size_t *length) {
    digits = str_trim(digits);
    *length = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!is_digit(digits.data[i])) return false;
        if (*length <= FRAME_LARGEST) *length = *length * 10 + (size_t)(digits.data[i] - '0');
    }
    return digits.len > 0;
}

static bool is_token_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-';
}

static bool is_header_line(Str line) {
    size_t colon = str_find_byte(line, ':');
    if (colon == STR_NPOS || colon == 0) return false;
    for (size_t i = 0; i < colon; i++) {
        if (!is_token_char(line.data[i])) return false;
    }
    return true;
}

typedef enum { HEADER_WHOLE, HEADER_PARTIAL, HEADER_BROKEN } HeaderState;

typedef struct {
    size_t size;     /* bytes of the header, blank line included */
    size_t length;   /* of the body */
    const char *why; /* what is wrong with a broken header */
} Header;

static HeaderState broken(Header *header, const char *why) {
    header->why = why;
    return HEADER_BROKEN;
}

/* Reads the header at the start of `s`. */
static HeaderState read_header(Str s, Header *header) {
    *header = (Header){0};
    bool found = false;
    for (;;) {
        Str rest = str_from(s, header->size);
        size_t end = str_find_byte(rest, '\n');
        if (end == STR_NPOS) {
            return s.len > HEADER_LARGEST ? broken(header, "header without end") : HEADER_PARTIAL;
        }
        Str line = str_trim_end(str_slice(rest, 0, end));
        header->size += end + 1;
        if (line.len == 0) break;
        if (!is_header_line(line)) return broken(header, "not a header");
        if (!is_length_name(str_slice(line, 0, length_name.len))) continue;
        found = true;
        if (!read_length(str_from(line, length_name.len), &header->length)) {
            return broken(header, "Content-Length is not a number");
        }
    }
    if (!found) return broken(header, "header without Content-Length");
    if (header->length > FRAME_LARGEST) return broken(header, "Content-Length is too large");
    return HEADER_WHOLE;
}

/* Moves on to the next Content-Length header, or to what may become one; false when there is none yet. */
static bool find_header(FrameDecoder *self) {
    Str all = buf_str(&self->bytes);
    for (; self->at < all.len; self->at++) {
        Str start = str_slice(all, self->at, self->at + length_name.len);
        if (begins_length_name(start)) return is_length_name(start);
    }
    return false;
}

FrameResult frame_decoder_next(FrameDecoder *self, Str *out) {
    if (self->lost && !find_header(self)) return FRAME_NONE;
    self->lost = false;
    Str rest = str_from(buf_str(&self->bytes), self->at);
    if (rest.len == 0) return FRAME_NONE;
    Header header;
    switch (read_header(rest, &header)) {
    case HEADER_PARTIAL: return FRAME_NONE;
    case HEADER_BROKEN:
        self->lost = true;
        self->at++;
        *out = str_of(header.why);
        return FRAME_ERROR;
    case HEADER_WHOLE: break;
    }
    if (rest.len - header.size < header.length) return FRAME_NONE;
    *out = str_slice(rest, header.size, header.size + header.length);
    self->body = self->at + header.size;
    self->at = self->body + header.length;
    return FRAME_BODY;
}

void frame_decoder_reject(FrameDecoder *self) {
    self->at = self->body;
    self->lost = true;
}

void frame_append_header(StrBuf *out, size_t length) {
    buf_printf(out, "Content-Length: %zu\r\n\r\n", length);
}
