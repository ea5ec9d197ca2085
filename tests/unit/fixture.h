/* An index from a few lines of text, for unit tests:
 *
 *     Fixture f = fixture("== pkg/a.py\n" "def «hello»(): ...\n" "== b.py\n" "from pkg.a import $hello\n");
 *
 * "== path" starts a file under the root "/w"; "/lib" is a folder of libraries. "$" marks the place of the
 * question, "«…»" the expected answers; the marks are not part of the text. */
#ifndef HEADWORD_TESTS_FIXTURE_H
#define HEADWORD_TESTS_FIXTURE_H

#include "base/path.h"
#include "index/facts_builder.h"
#include "index/index.h"
#include "index/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

typedef struct {
    FileId file;
    uint32_t offset;
} Mark;

typedef struct {
    Index *index;
    Parser *parser;
    Mark cursor;
    StrBuf text; /* of the cursor's file */
    Mark wanted[16];
    uint32_t wanted_count;
} Fixture;

static inline Str fixture_path(Str relative, StrBuf *out) {
    buf_clear(out);
    buf_append(out, STR("/w"));
    path_join(out, relative);
    return buf_str(out);
}

static inline FileId fixture_file(const Fixture *self, const char *relative) {
    StrBuf path;
    buf_init(&path);
    FileId file = index_find_file(self->index, fixture_path(str_of(relative), &path));
    buf_release(&path);
    return file;
}

/* Copies the text without its marks, noting where they stood. */
static inline void fixture_unmark(Fixture *self, Str text, StrBuf *out, FileId file) {
    for (size_t i = 0; i < text.len; i++) {
        Str rest = str_from(text, i);
        if (str_starts_with(rest, STR("$"))) {
            self->cursor = (Mark){file, (uint32_t)out->len};
        } else if (str_starts_with(rest, STR("«"))) {
            self->wanted[self->wanted_count++] = (Mark){file, (uint32_t)out->len};
            i++;
        } else if (str_starts_with(rest, STR("»"))) {
            i++;
        } else {
            buf_append_byte(out, text.data[i]);
        }
    }
}

static inline Fixture fixture(const char *files) {
    Fixture self = {.index = index_new(), .parser = parser_new(), .cursor = {NONE, 0}};
    index_add_root(self.index, STR("/w"));
    index_add_library(self.index, STR("/lib"), false);
    Str rest = str_of(files), line, name = STR("main.py");
    StrBuf text, path, marked;
    buf_init(&text);
    buf_init(&path);
    buf_init(&marked);
    buf_init(&self.text);
    for (bool more = true; more;) {
        more = str_next_line(&rest, &line);
        if (more && !str_starts_with(line, STR("== "))) {
            buf_append(&marked, line);
            buf_append_byte(&marked, '\n');
            continue;
        }
        if (marked.len) {
            /* the id is known once the path is there */
            FileId id = index_update(self.index, fixture_path(name, &path), facts_new_plain(STR("")));
            fixture_unmark(&self, buf_str(&marked), &text, id);
            index_update(self.index, buf_str(&path),
                         parser_facts(self.parser, buf_str(&path), buf_str(&text)));
            if (self.cursor.file == id && self.text.len == 0) buf_append(&self.text, buf_str(&text));
        }
        buf_clear(&text);
        buf_clear(&marked);
        if (more) name = str_from(line, 3);
    }
    buf_release(&text);
    buf_release(&path);
    buf_release(&marked);
    return self;
}

static inline void fixture_release(Fixture *self) {
    index_free(self->index);
    parser_free(self->parser);
    buf_release(&self->text);
}

#endif
