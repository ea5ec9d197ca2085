/* What becomes of a page that is already there. Pure. */
#ifndef HEADWORD_MARKDOWN_DISK_MERGE_H
#define HEADWORD_MARKDOWN_DISK_MERGE_H

#include "markdown/disk/publish.h"

/* Decides about `page`, freshly rendered, where `existing` stands (data NULL: nothing does). Appends to
 * `merged` what is to be written, kept blocks included, and to `why` the reason for every state but
 * PAGE_FRESH and PAGE_CREATED. *edited: the existing page was changed by hand outside of kept blocks (without
 * `force` that is PAGE_REFUSED). */
PageState merge_page(Str existing, Str page, bool force, StrBuf *merged, StrBuf *why, bool *edited);

#endif
