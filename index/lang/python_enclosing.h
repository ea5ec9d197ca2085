/* What a place in a Python file lies in: word, expression, statement, suite, definition. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_ENCLOSING_H
#define HEADWORD_INDEX_LANG_PYTHON_ENCLOSING_H

#include "index/text.h"

#include <tree_sitter/api.h>

/* From the outside in: the first is the whole text, each other one lies in the one before and is shorter.
 * Appended to `out`. */
void python_enclosing(const TSTree *tree, Str text, uint32_t offset, Ranges *out);

#endif
