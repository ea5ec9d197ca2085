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

/* Writes digits in front of `end`; where the first one stands. */
static char *put_digits(char *end, uint32_t number) {
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    return end;
}

enum { MOST_DIGITS = 10 };

void json_text_number(StrBuf *out, uint32_t number) {
    char digits[MOST_DIGITS], *end = digits + sizeof digits, *start = put_digits(end, number);
    buf_append(out, str_make(start, (size_t)(end - start)));
}

static char *put_text(char *end, Str text) { return memcpy(end - text.len, text.data, text.len); }

static char *put_position(char *end, LspPosition position) {
    end = put_text(end, STR("}"));
    end = put_text(put_digits(end, position.character), STR(",\"character\":"));
    return put_text(put_digits(end, position.line), STR("{\"line\":"));
}

/* From the end to the start: that is how digits come. An outline has tens of thousands of these. */
void json_text_range(StrBuf *out, LspRange range) {
    enum { SIGNS = sizeof "{'start':{'line':,'character':},'end':{'line':,'character':}}" };
    char bytes[SIGNS + 4 * MOST_DIGITS];
    char *end = bytes + sizeof bytes, *start = put_text(end, STR("}"));
    start = put_text(put_position(start, range.end), STR(",\"end\":"));
    start = put_text(put_position(start, range.start), STR("{\"start\":"));
    buf_append(out, str_make(start, (size_t)(end - start)));
}

void json_text_location_start(StrBuf *out, Str uri) {
    json_text_raw(out, "{\"uri\":");
    json_text_str(out, uri);
    json_text_raw(out, ",\"range\":");
}

void json_text_location_end(StrBuf *out, LspRange range) {
    json_text_range(out, range);
    json_text_raw(out, "}");
}

void json_text_location(StrBuf *out, Str uri, LspRange range) {
    json_text_location_start(out, uri);
    json_text_location_end(out, range);
}

static int append_bytes(const char *bytes, size_t len, void *out) {
    buf_append(out, str_make(bytes, len));
    return 0;
}

void json_text_value(StrBuf *out, const json_t *value) {
    json_dump_callback(value, append_bytes, out, JSON_COMPACT | JSON_ENCODE_ANY);
}
