/* The links of a Markdown text that lead to other files. */
#ifndef HEADWORD_MARKDOWN_CHECK_LINKS_H
#define HEADWORD_MARKDOWN_CHECK_LINKS_H

#include "index/text.h"

/* Calls back for each relative target, in order: `[text](target)`, images, and `[label]: target`. Code and
 * comments hold no links; neither do addresses with a scheme, of a site's root or of the same text count.
 * `path` is the target without its fragment, percent-decoded; it is valid during the call. */
typedef void LinkVisitor(void *context, Range target, Str path);
void links_each(Str text, LinkVisitor *visit, void *context);

#endif
