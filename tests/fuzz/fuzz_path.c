/* URIs and paths: what was normalised stays as it is, a path survives the way to its URI and back, and the
 * way from one folder to another leads there. The pieces are a URI and two paths. */
#include "input.h"

#include "base/path.h"
#include "protocol/uri.h"

static void check_round_trip(Str path) {
    StrBuf uri, back;
    buf_init(&uri);
    buf_init(&back);
    uri_from_path(&uri, path);
    MUST(utf8_is_ascii(uri.data, uri.len));
    MUST(uri_to_path(buf_str(&uri), &back) && str_eq(buf_str(&back), path));
    buf_release(&uri);
    buf_release(&back);
}

static void check_uri(Str uri) {
    StrBuf path;
    buf_init(&path);
    if (uri_to_path(uri, &path)) {
        MUST(path.data[0] == '/' && strlen(path.data) == path.len);
        check_round_trip(buf_str(&path));
    } else {
        MUST(path.len == 0);
    }
    buf_release(&path);
}

/* Appends "/" and the piece, normalised. */
static void absolute(Str piece, StrBuf *out) {
    StrBuf whole, again;
    buf_init(&whole);
    buf_init(&again);
    buf_append_byte(&whole, '/');
    for (size_t i = 0; i < piece.len; i++) buf_append_byte(&whole, piece.data[i] ? piece.data[i] : 'x');
    path_normalize(out, buf_str(&whole));
    path_normalize(&again, buf_str(out));
    MUST(str_eq(buf_str(out), buf_str(&again)));
    buf_release(&whole);
    buf_release(&again);
}

static void check_way(Str from, Str to) {
    StrBuf way, joined, there;
    buf_init(&way);
    buf_init(&joined);
    buf_init(&there);
    path_relative(&way, from, to);
    buf_append(&joined, from);
    path_join(&joined, buf_str(&way));
    path_normalize(&there, buf_str(&joined));
    MUST(str_eq(buf_str(&there), to));
    buf_release(&way);
    buf_release(&joined);
    buf_release(&there);
}

static void check_parts(Str path, Str folder) {
    StrBuf joined;
    buf_init(&joined);
    buf_append(&joined, path_parent(path));
    path_join(&joined, path_name(path));
    MUST(str_eq(buf_str(&joined), path));
    buf_clear(&joined);
    if (path_is_under(path, folder)) {
        buf_append(&joined, folder);
        Str below = path_below(path, folder);
        if (below.len) path_join(&joined, below);
        MUST(str_eq(buf_str(&joined), path));
    }
    buf_release(&joined);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str rest = str_make((const char *)data, size);
    StrBuf a, b;
    buf_init(&a);
    buf_init(&b);
    check_uri(input_piece(&rest));
    absolute(input_piece(&rest), &a);
    absolute(input_piece(&rest), &b);
    check_round_trip(buf_str(&a));
    check_way(buf_str(&a), buf_str(&b));
    check_parts(buf_str(&a), buf_str(&b));
    check_parts(buf_str(&b), buf_str(&a));
    buf_release(&a);
    buf_release(&b);
    return 0;
}
