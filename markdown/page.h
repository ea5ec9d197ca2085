/* Index -> Markdown pages. Pure: may run on many threads at once over one book. */
#ifndef HEADWORD_MARKDOWN_PAGE_H
#define HEADWORD_MARKDOWN_PAGE_H

#include "index/decode.h"
#include "markdown/book.h"

/* The source of a file, as the pages show it. */
typedef struct {
    Str bytes;       /* as on disk (or the buffer's UTF-8): its size and hash */
    Str text;        /* decoded; what the file's facts were read from */
    Decoded decoded; /* {.encoding = "utf-8"} for a buffer */
} PageText;

/* Gets the finished pages one by one: the path relative to the out folder, and the bytes, valid during the
 * call. */
typedef struct {
    void *context;
    void (*page)(void *context, Str path, Str bytes);
} PageSink;

/* The docs page and the keyword page of a file; a long keyword page continues on further ones. */
void page_render_file(const Book *book, uint32_t file, const PageText *text, PageSink sink);

/* index.md, doc.md and sub.md (with one page per letter when it is long) of a folder. */
void page_render_folder(const Book *book, uint32_t folder, PageSink sink);

/* What is written once for the whole root, besides the root folder's pages: rows of markdown/site.def. */
enum {
#define SITE(name) PAGE_SITE_##name,
#include "markdown/site.def"
#undef SITE
    PAGE_SITES
};
void page_render_site(const Book *book, uint32_t number, PageSink sink);

#endif
