/* Holds what an index took from a cache against the disk.
 *
 * Files that changed are read again, on all processors, for a tenth of a second; those that are gone, and
 * those for which there was no time, are dropped. What is new is not looked for (see lsp/fresh.h). */
#ifndef HEADWORD_INDEX_DISK_RECHECK_H
#define HEADWORD_INDEX_DISK_RECHECK_H

#include "index/index.h"

/* Looks at the files that are as in a snapshot. Whether there was time for all. Blocks. */
bool recheck_files(Index *index, uint64_t max_file_bytes);

#endif
