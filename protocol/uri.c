#include "protocol/uri.h"

#include "base/path.h"

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static void percent_decode(Str s, StrBuf *out) {
    for (size_t i = 0; i < s.len; i++) {
        bool escape = s.data[i] == '%' && i + 2 < s.len;
        int high = escape ? hex_value(s.data[i + 1]) : -1;
        int low = escape ? hex_value(s.data[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            buf_append_byte(out, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_append_byte(out, s.data[i]);
        }
    }
}

/* Cuts "file:" off, whatever its letters' case. */
static bool cut_scheme(Str *uri) {
    static const char scheme[] = "file:";
    for (size_t i = 0; i < sizeof scheme - 1; i++) {
        if (i >= uri->len || (uri->data[i] | 0x20) != (scheme[i] | 0x20)) return false;
    }
    *uri = str_from(*uri, sizeof scheme - 1);
    return true;
}

/* Cuts "//host" off; false when the host is another machine. */
static bool cut_host(Str *uri) {
    if (!str_starts_with(*uri, STR("//"))) return true;
    Str rest = str_from(*uri, 2);
    size_t slash = str_find_byte(rest, '/');
    Str host = str_slice(rest, 0, slash == STR_NPOS ? rest.len : slash);
    *uri = str_from(rest, host.len);
    return host.len == 0 || str_eq(host, STR("localhost"));
}

static Str without_tail(Str uri) {
    for (size_t i = 0; i < uri.len; i++) {
        if (uri.data[i] == '?' || uri.data[i] == '#') return str_slice(uri, 0, i);
    }
    return uri;
}

bool uri_to_path(Str uri, StrBuf *out) {
    if (!cut_scheme(&uri) || !cut_host(&uri)) return false;
    StrBuf decoded;
    buf_init(&decoded);
    percent_decode(without_tail(uri), &decoded);
    Str path = buf_str(&decoded);
    bool usable = str_starts_with(path, STR("/")) && str_find_byte(path, '\0') == STR_NPOS;
    if (usable) path_normalize(out, path);
    buf_release(&decoded);
    return usable;
}

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == '/';
}

void uri_from_path(StrBuf *out, Str path) {
    buf_append(out, STR("file://"));
    for (size_t i = 0; i < path.len; i++) {
        if (is_plain(path.data[i]))
            buf_append_byte(out, path.data[i]);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)path.data[i]);
    }
}
