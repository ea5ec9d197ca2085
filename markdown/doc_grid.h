/* Tables in docstrings: reST's simple tables and grids, and Markdown's. */
#ifndef HEADWORD_MARKDOWN_DOC_GRID_H
#define HEADWORD_MARKDOWN_DOC_GRID_H

#include "markdown/doc_lines.h"
#include "markdown/markup.h"

/* One past the table that begins at line `i`. */
uint32_t doc_grid_end(const DocLines *lines, uint32_t i, uint32_t end);

/* Writes lines [first, end) as a table; false when its cells span others, or it is none: then nothing is
 * written. */
bool doc_grid_write(Writer *out, const DocLines *lines, uint32_t first, uint32_t end,
                    const NameFinder *names);

#endif
