/* The difference between two texts as a unified diff, three lines of context around each change. */
#ifndef HEADWORD_MARKDOWN_DIFF_H
#define HEADWORD_MARKDOWN_DIFF_H

#include "base/str.h"

/* Appends it, with "--- a/path" and "+++ b/path" on top; nothing when the texts are equal. */
void diff_append(Str path, Str old, Str new, StrBuf *out);

#endif
