#include "index/decode.h"

#include "base/utf8.h"
#include "index/lang/lang.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

/* Appends UTF-8 bytes; U+FFFD for each that is ill-formed. Returns whether there were any. */
static bool append_utf8(Str bytes, StrBuf *out) {
    bool lossy = false;
    for (;;) {
        size_t good = utf8_valid_prefix(bytes.data, bytes.len);
        buf_append(out, str_slice(bytes, 0, good));
        if (good == bytes.len) return lossy;
        buf_append_cp(out, UTF8_REPLACEMENT);
        bytes = str_from(bytes, good + 1);
        lossy = true;
    }
}

/* Appends bytes converted by iconv; U+FFFD for what it cannot read. */
static bool append_converted(iconv_t converter, Str bytes, StrBuf *out) {
    bool lossy = false;
    char *in = (char *)(uintptr_t)bytes.data; /* iconv does not write to it */
    size_t left = bytes.len;
    while (left > 0) {
        buf_reserve(out, left * 2 + 16);
        char *to = out->data + out->len;
        size_t room = out->cap - out->len - 1;
        size_t status = iconv(converter, &in, &left, &to, &room);
        out->len = (size_t)(to - out->data);
        out->data[out->len] = '\0';
        if (status != (size_t)-1 || errno == E2BIG) continue;
        buf_append_cp(out, UTF8_REPLACEMENT);
        lossy = true;
        in++;
        left--;
    }
    return lossy;
}

/* Python's codec names that iconv does not know: lower case, "-" for "_". */
static const char *iconv_name(const char *name) {
    static const char *const known[][2] = {
        {"latin-1", "iso-8859-1"},  {"latin1", "iso-8859-1"},   {"iso-latin-1", "iso-8859-1"},
        {"mac-roman", "macintosh"}, {"shift-jis", "shift_jis"}, {"euc-jis-2004", "euc-jisx0213"},
        {"windows-1252", "cp1252"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], name) == 0) return known[i][1];
    }
    return name;
}

static bool is_utf8_name(const char *name) {
    return strcmp(name, "utf-8") == 0 || strcmp(name, "utf8") == 0 || strcmp(name, "utf-8-sig") == 0 ||
           strcmp(name, "u8") == 0 || strcmp(name, "ascii") == 0 || strcmp(name, "us-ascii") == 0;
}

static void copy_name(Str declared, char *out, size_t size) {
    size_t len = declared.len < size - 1 ? declared.len : size - 1;
    for (size_t i = 0; i < len; i++) {
        char c = declared.data[i];
        out[i] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    out[len] = '\0';
}

/* The declared encoding of the file, as iconv names it; "" for UTF-8 and when none is declared. */
static void find_encoding(Str path, Str bytes, char *out, size_t size) {
    const Lang *lang = lang_of_path(path);
    char name[32];
    copy_name(lang ? lang->declared_encoding(bytes) : STR_NONE, name, sizeof name);
    snprintf(out, size, "%s", is_utf8_name(name) ? "" : iconv_name(name));
}

Decoded decode_text(Str path, Str bytes, StrBuf *out) {
    Decoded result = {.encoding = "utf-8", .bom = str_starts_with(bytes, STR("\xEF\xBB\xBF"))};
    if (result.bom) bytes = str_from(bytes, 3);
    char declared[sizeof result.encoding] = "";
    if (!result.bom) find_encoding(path, bytes, declared, sizeof declared);
    if (declared[0] == '\0') {
        result.lossy = append_utf8(bytes, out);
        return result;
    }
    iconv_t converter = iconv_open("UTF-8", declared);
    if (converter == (iconv_t)-1) {
        append_utf8(bytes, out);
        result.lossy = true; /* what the declaration meant is not known */
        return result;
    }
    memcpy(result.encoding, declared, sizeof declared);
    result.lossy = append_converted(converter, bytes, out);
    iconv_close(converter);
    return result;
}
