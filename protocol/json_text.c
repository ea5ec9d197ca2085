#include "protocol/json_text.h"

#include "base/utf8.h"

/* What JSON does not allow bare inside a string (RFC 8259, 7 "Strings"). */
static void append_escaped(StrBuf *out, unsigned char c) {
    if (c == '"' || c == '\\')
        buf_printf(out, "\\%c", c);
    else
        buf_printf(out, "\\u%04x", c);
}

void json_text_str(StrBuf *out, Str s) {
    buf_append_byte(out, '"');
    while (s.len) {
        size_t plain = 0, size = 1;
        while (plain < s.len && (unsigned char)s.data[plain] >= ' ' && (unsigned char)s.data[plain] < 0x80 &&
               s.data[plain] != '"' && s.data[plain] != '\\')
            plain++;
        buf_append(out, str_slice(s, 0, plain));
        s = str_from(s, plain);
        if (s.len == 0) break;
        if ((unsigned char)s.data[0] < 0x80)
            append_escaped(out, (unsigned char)s.data[0]);
        else
            buf_append_cp(out, utf8_decode(s.data, s.len, &size));
        s = str_from(s, size);
    }
    buf_append_byte(out, '"');
}

void json_text_number(StrBuf *out, uint32_t number) {
    char digits[10];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buf_append(out, str_make(digits + at, sizeof digits - at));
}

static void append_position(StrBuf *out, LspPosition position) {
    json_text_raw(out, "{\"line\":");
    json_text_number(out, position.line);
    json_text_raw(out, ",\"character\":");
    json_text_number(out, position.character);
    json_text_raw(out, "}");
}

void json_text_range(StrBuf *out, LspRange range) {
    json_text_raw(out, "{\"start\":");
    append_position(out, range.start);
    json_text_raw(out, ",\"end\":");
    append_position(out, range.end);
    json_text_raw(out, "}");
}

void json_text_location(StrBuf *out, Str uri, LspRange range) {
    json_text_raw(out, "{\"uri\":");
    json_text_str(out, uri);
    json_text_raw(out, ",\"range\":");
    json_text_range(out, range);
    json_text_raw(out, "}");
}

static int append_bytes(const char *bytes, size_t len, void *out) {
    buf_append(out, str_make(bytes, len));
    return 0;
}

void json_text_value(StrBuf *out, const json_t *value) {
    json_dump_callback(value, append_bytes, out, JSON_COMPACT | JSON_ENCODE_ANY);
}
