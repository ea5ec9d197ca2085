/* Which state a file is in, for telling later whether it still is what was read.
 *
 * Times alone do not tell of a change that follows another within the grain of the file system's clock. A
 * stamp of a file that changed just now, or in the future, therefore equals none: whoever asks has to look at
 * the bytes again. */
#ifndef HEADWORD_INDEX_DISK_STAMP_H
#define HEADWORD_INDEX_DISK_STAMP_H

#include "index/facts.h"

#include <sys/stat.h>

/* The stamp of a regular file or folder, without a hash; false when there is none. To be taken before the
 * file is read: a change in between then shows. */
bool stamp_take(const char *path, FileStamp *out);

/* The same of what stat told, at a time in nanoseconds since 1970. */
FileStamp stamp_of(const struct stat *info, int64_t now);

/* Whether two stamps, hashes aside, are of the same state for sure. */
bool stamp_equals(const FileStamp *a, const FileStamp *b);

uint64_t stamp_hash(Str bytes);

#endif
