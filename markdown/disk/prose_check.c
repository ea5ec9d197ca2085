#include "markdown/disk/prose_check.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/texts.h"
#include "markdown/check_links.h"
#include "markdown/code_span.h"
#include "markdown/dangling.h"

#include <stdlib.h>
#include <strings.h>

enum { MOST_NAMES = 2000 /* of one document that are looked up */ };

typedef struct {
    Str path;
    Findings *out;
} Prose;

static void note(Findings *out, Range range, Str what) {
    findings_note(out, RULE_dangling_reference, 0, range, "%.*s is not there.", STR_ARG(what));
}

/* As it is written, or of a source that documentation tools publish without its suffix. */
static bool leads_somewhere(Str from, Str target) {
    static const char *const suffixes[] = {"", ".md", ".rst"};
    bool found = str_ends_with(target, STR(".html")); /* which is made of something else */
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && !found; i++) {
        StrBuf joined, whole;
        buf_init(&joined);
        buf_init(&whole);
        buf_append(&joined, path_parent(from));
        path_join(&joined, target);
        path_normalize(&whole, buf_str(&joined));
        buf_append(&whole, str_of(suffixes[i]));
        found = file_exists(whole.data);
        buf_release(&joined);
        buf_release(&whole);
    }
    return found;
}

static void check_link(void *context, Range range, Str target) {
    const Prose *self = context;
    if (!leads_somewhere(self->path, target)) note(self->out, range, target);
}

/* Whether the file is a list of changes, by its name. */
static bool tells_changes(Str path) {
    static const char *const names[] = {"change", "history", "news", "release"};
    Str name = path_name(path);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t len = strlen(names[i]);
        if (name.len > len && strncasecmp(name.data, names[i], len) == 0) return true;
    }
    return false;
}

static void check_spans(const Index *index, Str text, Findings *out) {
    NameCheck names = {index, NONE, MOST_NAMES};
    CodeSpans spans = {.text = text, .rest = text};
    Range whole, span;
    while (names.lookups && code_span_next(&spans, &whole, &span)) {
        Str code = str_slice(text, span.start, span.end), name = code_span_name(code);
        bool called = str_ends_with(code, STR(")")) && str_find_byte(name, '.') != STR_NPOS;
        if (name.len && (called || dangling_is_path(name)) && dangling_path(&names, name))
            note(out, span, name);
    }
}

static int compare(const void *left, const void *right) {
    const Finding *a = left, *b = right;
    return (a->range.start > b->range.start) - (a->range.start < b->range.start);
}

void prose_check(const Index *index, Str path, Str text, Findings *out) {
    if (text_fitness(path, text) == TEXT_GENERATED) return;
    Prose prose = {path, out};
    size_t first = out->items.len;
    links_each(text, check_link, &prose);
    if (!tells_changes(path)) check_spans(index, text, out);
    if (out->items.len > first)
        qsort(out->items.items + first, out->items.len - first, sizeof *out->items.items, compare);
}
