/* Chapters of the comprehensive book about the repository as a whole; each with its heading. */
#ifndef HEADWORD_MARKDOWN_BOOK_PARTS_H
#define HEADWORD_MARKDOWN_BOOK_PARTS_H

#include "markdown/parts.h"

void book_write_entry_points(Parts *parts);
void book_write_configuration(Parts *parts);
void book_write_cycles(Parts *parts);
void book_write_coverage(Parts *parts);
void book_write_undocumented(Parts *parts);

#endif
