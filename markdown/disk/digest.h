/* What pages are made from, as numbers: equal ones make equal pages. */
#ifndef HEADWORD_MARKDOWN_DISK_DIGEST_H
#define HEADWORD_MARKDOWN_DISK_DIGEST_H

#include "markdown/book.h"

/* All that all pages are made from: sources, settings, this program. 0 when a source is not known well
 * enough. */
uint64_t digest_of_all(const Index *index, const PageConfig *config);

/* By task: the book's files, then its folders. A page depends on its own source (those below its folder), on
 * what uses it, and on the surfaces of all others (index/surface.h). The caller frees it (mem_free). */
uint64_t *digest_tasks(const Book *book);

#endif
