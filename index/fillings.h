/* What the fields of a docstring stand for: its text as it is when the program has put it together. */
#ifndef HEADWORD_INDEX_FILLINGS_H
#define HEADWORD_INDEX_FILLINGS_H

#include "index/attached.h"

/* Appends the text of an attached docstring. Fields of which nothing is known, or not within a bounded number
 * of steps, stay as they are written. */
void fillings_append(const Index *index, DocRef ref, StrBuf *out);

#endif
