/* Pages without a source: those under the out folder that nobody renders any more. */
#ifndef HEADWORD_MARKDOWN_DISK_ORPHANS_H
#define HEADWORD_MARKDOWN_DISK_ORPHANS_H

#include "base/intern.h"
#include "markdown/disk/publish.h"

/* Calls back for every Markdown file under `out` (absolute) that bears an intact or edited stamp and whose
 * path relative to `out` is not in `wanted`, in byte order. Links are not followed. `sweep`: what runs that
 * were killed left half written is removed. */
typedef void OrphanVisitor(void *context, Str path, bool intact);
void orphans_each(const char *out, const Interner *wanted, bool sweep, OrphanVisitor *visit, void *context);

/* Removes the page, and the folders above it up to `out` that are empty then. False with the reason in `why`.
 */
bool orphan_remove(const char *out, Str path, StrBuf *why);

#endif
