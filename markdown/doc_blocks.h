/* Lines of a docstring as blocks: paragraphs, lists, doctests, literal blocks, directives, tables. What is
 * none of these is shown as it stands. Nesting is followed a few levels deep, then shown verbatim. */
#ifndef HEADWORD_MARKDOWN_DOC_BLOCKS_H
#define HEADWORD_MARKDOWN_DOC_BLOCKS_H

#include "markdown/doc_lines.h"
#include "markdown/markup.h"

typedef struct {
    Writer *out;
    const DocLines *lines;
    const NameFinder *names; /* may be NULL */
    bool examples;           /* text that reads as code is Python */
} DocBlocks;

void doc_blocks_write(const DocBlocks *self, uint32_t first, uint32_t end);

/* Inside an open item or paragraph: `head` and lines as text. */
void doc_blocks_write_text(const DocBlocks *self, Str head, uint32_t first, uint32_t end);
/* Inside an open item: `head`, the text that goes on with it, then the blocks below. */
void doc_blocks_write_body(const DocBlocks *self, Str head, uint32_t first, uint32_t end);
/* Whether `doc_blocks_write_body` would begin with text. */
bool doc_blocks_begin_with_text(const DocBlocks *self, Str head, uint32_t first, uint32_t end);

/* A paragraph in strong print that says what follows. */
void doc_blocks_write_label(const DocBlocks *self, Str label);

#endif
