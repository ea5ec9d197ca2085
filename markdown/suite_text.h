/* What the text says of the blocks that a place lies in. */
#ifndef HEADWORD_MARKDOWN_SUITE_TEXT_H
#define HEADWORD_MARKDOWN_SUITE_TEXT_H

#include "index/facts.h"

/* The first line of the clause whose block is that suite, trimmed: "if TYPE_CHECKING:"; empty when it is not
 * found. `text` is what the facts were read from. */
Str suite_head(const Facts *facts, Str text, uint32_t suite);

/* The same of the clause that follows the block at its end: "except ImportError:". */
Str suite_next_head(const Facts *facts, Str text, uint32_t suite);

/* Whether a place lies in an `if` that begins with a comparison of `__name__`. */
bool suite_is_main(const Facts *facts, Str text, uint32_t offset);

#endif
