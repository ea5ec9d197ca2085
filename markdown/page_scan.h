/* Reads a page line by line, and tells what stands in a fence or in a kept block (`<!-- headword:keep NAME
 * -->` up to `<!-- headword:end -->`). */
#ifndef HEADWORD_MARKDOWN_PAGE_SCAN_H
#define HEADWORD_MARKDOWN_PAGE_SCAN_H

#include "base/str.h"

typedef struct {
    Str rest;     /* set to the page before the first line */
    size_t fence; /* backticks of the open fence, or 0 */
    bool keeping;
    Str line;
    bool in_fence, kept; /* of `line` */
} PageScan;

/* False behind the last line. */
bool page_scan_next(PageScan *self);
bool page_scan_is_heading(const PageScan *self);

/* Appends what the first difference between two pages is that says more than their sources' text and where in
 * them things stand: the heading it stands under, and the lines. One line; nothing when there is none. */
void page_scan_change(Str old, Str new, StrBuf *out);

#endif
