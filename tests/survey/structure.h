/* What is written, and what cmark-gfm, GitHub's reader, finds in it: headings, fences with their texts,
 * tables, items of lists and rules, in their order, as one line each.
 *
 * The calls of the writer are recorded on their way (the linker's --wrap). */
#ifndef HEADWORD_TESTS_SURVEY_STRUCTURE_H
#define HEADWORD_TESTS_SURVEY_STRUCTURE_H

#include "base/str.h"

/* What is written from now on is recorded in `out`; NULL: no longer. */
void structure_record(StrBuf *out);
/* Appends what stands in a text, HTML and quotations too, of which there must be none; false where there is
 * no reader. */
bool structure_read(Str markdown, StrBuf *out);

#endif
