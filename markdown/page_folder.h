/* The pages of a folder. Each function writes one page's body; beginning and ending it is the caller's. */
#ifndef HEADWORD_MARKDOWN_PAGE_FOLDER_H
#define HEADWORD_MARKDOWN_PAGE_FOLDER_H

#include "markdown/page_parts.h"

void folder_write_index(Page *page, uint32_t folder);
void folder_write_doc(Page *page, uint32_t folder);

/* sub.md, and when it gets long one page per letter, each continued where it must be. */
void folder_write_symbols(const Book *book, uint32_t folder, PageSink sink);

#endif
