/* Where the docstring of a symbol stands in the text, or where one would stand: read off the text alone, as
 * facts keep docstrings but not their places. */
#ifndef HEADWORD_INDEX_DOC_PLACE_H
#define HEADWORD_INDEX_DOC_PLACE_H

#include "index/facts.h"

typedef struct {
    Range literal;   /* with its prefix and quotes */
    Range value;     /* between the quotes */
    uint32_t quotes; /* on each side: 1 or 3 */
} DocPlace;

/* False when the symbol has no docstring, or not one that is a single literal. `text` is what the facts were
 * read from. */
bool doc_place_find(const Facts *facts, uint32_t symbol, Str text, DocPlace *out);

/* Where the header of a class or function ends (behind its colon), and the first byte of its body, which may
 * be on the same line; their place is the same when nothing stands behind the colon. A module's header is
 * empty. False for a header without a colon, and for what has none. */
bool doc_place_body(const Facts *facts, uint32_t symbol, Str text, uint32_t *header_end, uint32_t *body);

/* One past the line of an offset, without (with) its line end. */
uint32_t doc_place_line_end(Str text, uint32_t at);
uint32_t doc_place_next_line(Str text, uint32_t at);

#endif
