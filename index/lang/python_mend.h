/* What half-typed Python lacks to be parsed: the colon behind a header, closing brackets, the name behind a
 * dot. Put in for the parser and taken out of its tree again, it keeps the rest of the statement, and what
 * stands in its body, from being lost. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_MEND_H
#define HEADWORD_INDEX_LANG_PYTHON_MEND_H

#include "index/lang/lang.h"

/* Writes the text with what it lacks to `out`, and where that stands there to `added`, by place. False when
 * it lacks nothing of this kind. */
bool python_mend(Str text, StrBuf *out, Ranges *added);

#endif
