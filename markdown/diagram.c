#include "markdown/diagram.h"

void diagram_begin(StrBuf *out, const char *direction) { buf_printf(out, "graph %s\n", direction); }

void diagram_node(StrBuf *out, unsigned node, Str label) {
    static const Str meaningful = {"\"#&<>`\\;", 8};
    buf_printf(out, "    n%u[\"", node);
    for (size_t i = 0; i < label.len; i++) {
        char c = label.data[i];
        if (str_find_byte(meaningful, c) != STR_NPOS)
            buf_printf(out, "#%d;", c);
        else
            buf_append_byte(out, (c >= 0 && c < ' ') || c == 0x7f ? ' ' : c);
    }
    buf_append(out, STR("\"]\n"));
}

void diagram_edge(StrBuf *out, unsigned from, unsigned to) { buf_printf(out, "    n%u --> n%u\n", from, to); }
