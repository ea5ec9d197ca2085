#include "markdown/web_targets.h"

/* The address may stand on the next line. */
void web_targets_read(WebTargets *self, const DocLines *lines) {
    for (uint32_t i = 0; i < lines->len; i++) {
        Str name, url;
        if (!doc_explicit_mark(doc_line(lines, i)->text, &name, &url) || name.data[0] == '[') continue;
        if (url.len == 0 && i + 1 < lines->len) url = doc_line(lines, i + 1)->text;
        if (url.len) ARRAY_PUSH(self, ((WebTarget){name, url}));
    }
}

/* The next character that counts, 0 at the end; blanks in a row are one. */
static char next_folded(Str s, size_t *i) {
    while (*i < s.len && strchr("\\`", s.data[*i])) (*i)++;
    if (*i >= s.len) return 0;
    char c = s.data[(*i)++];
    if (doc_is_space(c)) {
        while (*i < s.len && doc_is_space(s.data[*i])) (*i)++;
        return ' ';
    }
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool are_same(Str a, Str b) {
    for (size_t i = 0, k = 0;;) {
        char c = next_folded(a, &i);
        if (c != next_folded(b, &k)) return false;
        if (c == 0) return true;
    }
}

Str web_targets_find(const WebTargets *self, Str name) {
    for (uint32_t i = 0; i < self->len; i++) {
        if (are_same(self->items[i].name, name)) return self->items[i].url;
    }
    return STR_NONE;
}
