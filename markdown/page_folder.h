/* The pages of a folder: index.md, which continues on further pages when it gets long; the body of doc.md;
 * sub.md, and when it gets long one page per letter. */
#ifndef HEADWORD_MARKDOWN_PAGE_FOLDER_H
#define HEADWORD_MARKDOWN_PAGE_FOLDER_H

#include "markdown/page_parts.h"

void folder_write_index(const Book *book, uint32_t folder, PageSink sink);
/* Beginning and ending the page is the caller's. */
void folder_write_doc(Page *page, uint32_t folder);
void folder_write_symbols(const Book *book, uint32_t folder, PageSink sink);

#endif
