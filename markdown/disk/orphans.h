/* Pages without a source: those under the out folder that nobody renders any more. */
#ifndef HEADWORD_MARKDOWN_DISK_ORPHANS_H
#define HEADWORD_MARKDOWN_DISK_ORPHANS_H

#include "base/intern.h"
#include "markdown/disk/publish.h"

/* Whether a file is a page of ours. `stays`: why it must not be removed although its source is gone, or NULL.
 */
bool orphan_look(const char *path, const char **stays);

/* Calls back for every file under `out` (absolute) that bears a stamp of ours, may be a page by its name, and
 * whose path relative to `out` is not in `wanted`, in byte order. Links are not followed, nor folders that
 * hold the pages of another project. `sweep`: what runs that were killed left half written is removed. */
typedef void OrphanVisitor(void *context, Str path, const char *stays);
void orphans_each(const char *out, const Interner *wanted, bool sweep, OrphanVisitor *visit, void *context);

/* Removes the page, and the folders above it up to `out` that are empty then. False with the reason in `why`.
 */
bool orphan_remove(const char *out, Str path, StrBuf *why);

#endif
