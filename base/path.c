#include "base/path.h"

Str path_parent(Str path) {
    size_t slash = str_rfind_byte(path, '/');
    if (slash == STR_NPOS) return STR("");
    return str_slice(path, 0, slash == 0 ? 1 : slash);
}

Str path_name(Str path) {
    size_t slash = str_rfind_byte(path, '/');
    return slash == STR_NPOS ? path : str_from(path, slash + 1);
}

Str path_suffix(Str path) {
    Str name = path_name(path);
    size_t dot = str_rfind_byte(name, '.');
    return dot == STR_NPOS || dot == 0 ? STR("") : str_from(name, dot);
}

bool path_is_under(Str path, Str folder) {
    if (!str_starts_with(path, folder)) return false;
    return path.len == folder.len || folder.len == 0 || folder.data[folder.len - 1] == '/' ||
           path.data[folder.len] == '/';
}

Str path_below(Str path, Str folder) {
    if (!path_is_under(path, folder)) return path;
    Str rest = str_from(path, folder.len);
    return folder.len && rest.len && rest.data[0] == '/' ? str_from(rest, 1) : rest;
}

void path_join(StrBuf *out, Str name) {
    if (name.len && name.data[0] == '/')
        buf_clear(out);
    else if (out->len && out->data[out->len - 1] != '/' && name.len)
        buf_append_byte(out, '/');
    buf_append(out, name);
}

void path_normalize(StrBuf *out, Str path) {
    bool absolute = path.len && path.data[0] == '/';
    if (absolute) buf_append_byte(out, '/');
    size_t base = out->len; /* what ".." may not take away */
    Str piece;
    while (str_next_piece(&path, '/', &piece)) {
        if (piece.len == 0 || str_eq(piece, STR("."))) continue;
        Str last = path_name(str_from(buf_str(out), base));
        if (str_eq(piece, STR("..")) && (absolute || (last.len && !str_eq(last, STR(".."))))) {
            size_t slash = str_rfind_byte(str_from(buf_str(out), base), '/');
            buf_truncate(out, slash == STR_NPOS ? base : base + slash);
            continue;
        }
        if (out->len > base) buf_append_byte(out, '/');
        buf_append(out, piece);
    }
}

void path_relative(StrBuf *out, Str from, Str to) {
    Str a, b, rest_from = from, rest_to = to;
    for (;;) { /* drop the shared folders */
        Str next_from = rest_from, next_to = rest_to;
        if (from.len == 0 || !str_next_piece(&next_from, '/', &a) || !str_next_piece(&next_to, '/', &b))
            break;
        if (!str_eq(a, b)) break;
        rest_from = next_from;
        rest_to = next_to;
    }
    size_t start = out->len;
    while (from.len && rest_from.data && str_next_piece(&rest_from, '/', &a)) {
        if (a.len) buf_append(out, out->len > start ? STR("/..") : STR(".."));
    }
    if (rest_to.len) {
        if (out->len > start) buf_append_byte(out, '/');
        buf_append(out, rest_to);
    }
    if (out->len == start) buf_append_byte(out, '.');
}
