/* What of a Python file can be folded away. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_FOLDS_H
#define HEADWORD_INDEX_LANG_PYTHON_FOLDS_H

#include "index/folds.h"

#include <tree_sitter/api.h>

/* Appended to `out`, in no order. */
void python_folds(const TSTree *tree, Str text, Folds *out);

#endif
