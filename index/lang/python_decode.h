/* The encoding declaration of a Python file (PEP 263). */
#ifndef HEADWORD_INDEX_LANG_PYTHON_DECODE_H
#define HEADWORD_INDEX_LANG_PYTHON_DECODE_H

#include "base/str.h"

/* The name in a comment `coding[=:]\s*([-\w.]+)` of the first two lines, borrowed from `bytes`; STR_NONE
 * without. */
Str python_declared_encoding(Str bytes);

#endif
