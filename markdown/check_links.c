#include "markdown/check_links.h"

#include "markdown/fence.h"

typedef struct {
    Str text;
    LinkVisitor *visit;
    void *context;
} Links;

static char at(Str text, size_t i) { return i < text.len ? text.data[i] : '\0'; }

static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void append_decoded(Str target, StrBuf *out) {
    for (size_t i = 0; i < target.len; i++) {
        int high = digit(at(target, i + 1)), low = digit(at(target, i + 2));
        bool escape = target.data[i] == '%' && high >= 0 && low >= 0;
        buf_append_byte(out, escape ? (char)(high * 16 + low) : target.data[i]);
        if (escape) i += 2;
    }
}

/* Whether it can only be the path of a file beside this one. */
static bool is_relative(Str target) {
    if (target.len == 0 || strchr("/#\\", target.data[0])) return false;
    for (size_t i = 0; i < target.len; i++) {
        if (strchr(":{}$<>*|\"", target.data[i])) return false; /* a scheme, a template */
    }
    return true;
}

static void tell(const Links *self, size_t start, size_t end) {
    Str target = str_slice(self->text, start, end);
    size_t fragment = str_find_byte(target, '#'), query = str_find_byte(target, '?');
    Str path = str_slice(target, 0, fragment < query ? fragment : query);
    if (!is_relative(path)) return;
    StrBuf decoded;
    buf_init(&decoded);
    append_decoded(path, &decoded);
    self->visit(self->context, (Range){(uint32_t)start, (uint32_t)end}, buf_str(&decoded));
    buf_release(&decoded);
}

/* The end of a target that begins at `i`: a blank, or a bracket that it did not open. */
static size_t target_end(Str text, size_t i, size_t end) {
    for (int depth = 0; i < end; i++) {
        char c = text.data[i];
        if (c == ' ' || c == '\t' || c == '\r') break;
        if (c == '(') depth++;
        if (c == ')' && depth-- == 0) break;
    }
    return i;
}

static void take_target(const Links *self, size_t i, size_t end) {
    if (at(self->text, i) == '<') {
        size_t close = str_find_byte(str_slice(self->text, i, end), '>');
        if (close != STR_NPOS) tell(self, i + 1, i + close);
        return;
    }
    tell(self, i, target_end(self->text, i, end));
}

/* One past the code span that begins with backticks at `i`; past them when it is not closed on its line. */
static size_t skip_code(Str text, size_t i, size_t end) {
    size_t run = i;
    while (run < end && text.data[run] == '`') run++;
    Str mark = str_slice(text, i, run), rest = str_slice(text, run, end);
    size_t close = str_find(rest, mark);
    return close == STR_NPOS ? run : run + close + mark.len;
}

static void read_line(const Links *self, size_t start, size_t end) {
    Str line = str_trim(str_slice(self->text, start, end));
    size_t label = line.len && line.data[0] == '[' ? str_find(line, STR("]: ")) : STR_NPOS;
    if (label != STR_NPOS && label > 1 && line.data[1] != '^') {
        size_t target = (size_t)(line.data - self->text.data) + label + 3;
        while (target < end && self->text.data[target] == ' ') target++;
        take_target(self, target, end);
        return;
    }
    for (size_t i = start; i < end; i++) {
        if (self->text.data[i] == '`')
            i = skip_code(self->text, i, end) - 1;
        else if (self->text.data[i] == '\\')
            i++;
        else if (self->text.data[i] == ']' && at(self->text, i + 1) == '(')
            take_target(self, i + 2, end);
    }
}

void links_each(Str text, LinkVisitor *visit, void *context) {
    Links self = {text, visit, context};
    Str rest = text, line;
    Fence fence = {0};
    bool comment = false, code = false, blank = true;
    while (str_next_line(&rest, &line)) {
        size_t start = (size_t)(line.data - text.data);
        Str trimmed = str_trim(line);
        bool indented = str_starts_with(line, STR("    ")) || str_starts_with(line, STR("\t"));
        code = indented && (code || blank);
        blank = trimmed.len == 0;
        if (code) continue;
        if (!comment && fence_takes(&fence, line)) continue;
        comment |= str_starts_with(trimmed, STR("<!--"));
        if (!comment) read_line(&self, start, start + line.len);
        comment &= str_find(trimmed, STR("-->")) == STR_NPOS;
    }
}
