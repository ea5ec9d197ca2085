#include "index/lang/python_decode.h"

static bool name_byte(char c) {
    return c == '-' || c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* PEP 263: ^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+) */
static Str encoding_in(Str comment) {
    for (size_t at; (at = str_find(comment, STR("coding"))) != STR_NPOS;) {
        comment = str_from(comment, at + 6);
        if (comment.len == 0 || (comment.data[0] != ':' && comment.data[0] != '=')) continue;
        size_t start = 1, end;
        while (start < comment.len && (comment.data[start] == ' ' || comment.data[start] == '\t')) start++;
        for (end = start; end < comment.len && name_byte(comment.data[end]); end++) {
        }
        if (end > start) return str_slice(comment, start, end);
    }
    return STR_NONE;
}

Str python_declared_encoding(Str bytes) {
    bytes = str_slice(bytes, 0, 1024);
    for (int i = 0; i < 2; i++) {
        size_t end = 0;
        while (end < bytes.len && bytes.data[end] != '\n' && bytes.data[end] != '\r') end++;
        Str line = str_trim(str_slice(bytes, 0, end));
        bool crlf = end + 1 < bytes.len && bytes.data[end] == '\r' && bytes.data[end + 1] == '\n';
        bytes = str_from(bytes, end + (crlf ? 2 : 1));
        if (line.len && line.data[0] != '#') return STR_NONE; /* code: the second line no longer counts */
        Str found = encoding_in(line);
        if (found.len) return found;
    }
    return STR_NONE;
}
