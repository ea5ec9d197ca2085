/* A page of a folder that continues on further pages when it gets long: "index.md", "index_2.md", … */
#ifndef HEADWORD_MARKDOWN_PARTS_H
#define HEADWORD_MARKDOWN_PARTS_H

#include "markdown/page_parts.h"

typedef struct Parts {
    Page page; /* the part being written */
    StrBuf text;
    uint32_t part; /* from 1 */
    uint32_t folder;
    const char *stem;  /* "index" */
    const char *title; /* before the subject in the heading of every part */
    Str subject;
    PageSink sink;
} Parts;

/* Begins the first part with its heading; `stem`, `title` and `subject` are borrowed. */
void parts_begin(Parts *self, const Book *book, uint32_t folder, const char *stem, const char *title,
                 Str subject, PageSink sink);

/* Whether what comes next should stand on a further part. */
bool parts_is_full(const Parts *self);

/* Ends this part with a link to the next one, and begins that. No block may be open. */
void parts_turn(Parts *self);

/* Opens an item of the open list, on a further part when this one is full. */
void parts_item(Parts *self);

/* Ends the last part. Returns how many there are. */
uint32_t parts_end(Parts *self);

/* The path of a part, relative to the out folder. Appended to `out`. */
void parts_path(const Book *book, uint32_t folder, const char *stem, uint32_t part, StrBuf *out);

#endif
