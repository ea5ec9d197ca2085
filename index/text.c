#include "index/text.h"

#include "base/array.h"
#include "base/utf8.h"

/* How many bytes from `at` on are ASCII and end no line; eight are looked at in one go. The first byte that a
 * set top bit tells of is one that counts; bits above it may be wrong. */
static uint32_t plain_run(Str text, uint32_t at) {
    const uint64_t ones = UINT64_MAX / 255, tops = ones * 0x80;
    uint32_t end = at;
    for (; end + 8 <= text.len; end += 8) {
        uint64_t bytes;
        memcpy(&bytes, text.data + end, 8);
        uint64_t lf = bytes ^ ones * '\n', cr = bytes ^ ones * '\r'; /* a zero byte where there is one */
        uint64_t ends = (bytes | ((lf - ones) & ~lf) | ((cr - ones) & ~cr)) & tops;
        if (!ends) continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        return end + (uint32_t)__builtin_ctzll(ends) / 8 - at;
#else
        break;
#endif
    }
    for (; end < text.len; end++) {
        unsigned char c = (unsigned char)text.data[end];
        if (c >= 0x80 || c == '\n' || c == '\r') break;
    }
    return end - at;
}

Lines lines_build(Arena *arena, Str text) {
    assert(text.len <= TEXT_LARGEST);
    Array(uint32_t) starts = {0};
    Array(WideChar) wide = {0};
    ARRAY_PUSH(&starts, 0);
    for (uint32_t i = plain_run(text, 0); i < text.len; i += plain_run(text, i)) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x80) {
            uint32_t bytes = (uint32_t)utf8_lead_length(c);
            ARRAY_PUSH(&wide, (WideChar){i & TEXT_LARGEST, bytes & 7u});
            i += bytes;
            continue;
        }
        i++;
        bool crlf = c == '\r' && i < text.len && text.data[i] == '\n';
        if (c == '\n' || (c == '\r' && !crlf)) ARRAY_PUSH(&starts, i);
    }
    Lines lines = {
        .starts = arena_copy(arena, starts.items, starts.len * sizeof *starts.items),
        .count = starts.len,
        .wide = arena_copy(arena, wide.items, wide.len * sizeof *wide.items),
        .wide_count = wide.len,
        .len = (uint32_t)text.len,
    };
    ARRAY_FREE(&starts);
    ARRAY_FREE(&wide);
    return lines;
}

uint32_t lines_line(const Lines *self, uint32_t offset) {
    uint32_t low = 0, high = self->count; /* starts[low] <= offset < starts[high] */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (self->starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Index of the first wide character at or behind an offset. */
static uint32_t first_wide(const Lines *self, uint32_t offset) {
    uint32_t low = 0, high = self->wide_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->wide[middle].at < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many columns a character of so many bytes takes. */
static uint32_t units(uint32_t bytes, Encoding encoding) {
    return encoding == ENCODING_UTF8 ? bytes : encoding == ENCODING_UTF16 && bytes == 4 ? 2 : 1;
}

static bool on_line(const Lines *self, uint32_t offset, uint32_t line) {
    return self->starts[line] <= offset && (line + 1 == self->count || offset < self->starts[line + 1]);
}

/* The position of an offset that lies on the line of a place. */
static Position position_on(const Lines *self, uint32_t offset, LinesPlace place, Encoding encoding) {
    Position position = {.line = place.line};
    uint32_t start = self->starts[place.line], saved = 0;
    for (uint32_t i = place.wide; i < self->wide_count && self->wide[i].at < offset; i++) {
        uint32_t at = self->wide[i].at, bytes = self->wide[i].bytes;
        if (at + bytes > offset) {
            offset = at;
            break;
        }
        saved += bytes - units(bytes, encoding);
    }
    position.column = offset - start - saved;
    return position;
}

LinesPlace lines_place(const Lines *self, uint32_t offset) {
    uint32_t line = lines_line(self, offset);
    return (LinesPlace){line, first_wide(self, self->starts[line])};
}

Position lines_position(const Lines *self, uint32_t offset, Encoding encoding) {
    if (offset > self->len) offset = self->len;
    return position_on(self, offset, lines_place(self, offset), encoding);
}

Position lines_position_near(const Lines *self, uint32_t offset, Encoding encoding, LinesPlace *place) {
    enum { NEAR = 8 };
    if (offset > self->len) offset = self->len;
    for (uint32_t i = 0; i < NEAR && place->line + 1 < self->count; i++) {
        uint32_t next = self->starts[place->line + 1];
        if (next > offset) break;
        place->line++;
        while (place->wide < self->wide_count && self->wide[place->wide].at < next) place->wide++;
    }
    if (!on_line(self, offset, place->line)) *place = lines_place(self, offset);
    return position_on(self, offset, *place, encoding);
}

static uint32_t line_end(const Lines *self, Str text, uint32_t line) {
    if (line + 1 == self->count) return self->len;
    uint32_t end = self->starts[line + 1] - 1;
    bool crlf = text.data && end > self->starts[line] && text.data[end] == '\n' && text.data[end - 1] == '\r';
    return crlf ? end - 1 : end;
}

uint32_t lines_offset(const Lines *self, Str text, Position position, Encoding encoding) {
    if (position.line >= self->count) return self->len;
    uint32_t offset = self->starts[position.line], end = line_end(self, text, position.line);
    uint32_t left = position.column;
    for (uint32_t i = first_wide(self, offset); i < self->wide_count; i++) {
        uint32_t at = self->wide[i].at, bytes = self->wide[i].bytes;
        uint32_t columns = units(bytes, encoding);
        if (at >= end || left <= at - offset) break;
        left -= at - offset;
        if (left < columns) return at;
        left -= columns;
        offset = at + bytes;
    }
    return left < end - offset ? offset + left : end;
}

Str lines_text(const Lines *self, Str text, uint32_t line) {
    if (line >= self->count) return STR_NONE;
    return str_slice(text, self->starts[line], line_end(self, text, line));
}
