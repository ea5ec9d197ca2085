/* What Markdown documents refer to and is not there. */
#ifndef HEADWORD_MARKDOWN_DISK_PROSE_CHECK_H
#define HEADWORD_MARKDOWN_DISK_PROSE_CHECK_H

#include "markdown/check.h"

/* Finds, by place, the relative links of a document that no file answers to, and the code spans that name
 * what own code does not have (markdown/dangling.h): paths into packages, and calls behind a dot. In pages of
 * Headword's and in lists of changes, which may speak of what was, only the links. `path` is absolute. */
void prose_check(const Index *index, Str path, Str text, Findings *out);

#endif
