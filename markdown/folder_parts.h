/* What the pages of a folder share: index.md, doc.md and the pages about the whole root. */
#ifndef HEADWORD_MARKDOWN_FOLDER_PARTS_H
#define HEADWORD_MARKDOWN_FOLDER_PARTS_H

#include "markdown/page_parts.h"

const BookFolder *folder_at(const Book *book, uint32_t folder);

/* The file that says what a folder is for, its __init__.py, or NONE. */
uint32_t folder_package(const Book *book, uint32_t folder);

/* The next folder directly below `parent` after `previous` (NONE: the first), or NONE. */
uint32_t folder_next_below(const Book *book, uint32_t parent, uint32_t previous);

/* Its path; the root's is the project's name. */
Str folder_shown_path(const Book *book, uint32_t folder);

/* Paragraphs: what the folder is for; how much its files hold, or with `all` those below too. */
void folder_role(Page *page, uint32_t folder);
void folder_totals(Page *page, uint32_t folder, bool all);

/* A cell with the first sentence about the folder. */
void folder_summary_cell(Page *page, uint32_t folder);

/* Links to the folder's other pages than `self`, and to the folder above. */
void folder_navigation(Page *page, uint32_t folder, const char *self);

#endif
