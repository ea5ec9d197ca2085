/* The stubs of Python's standard library, read as own code comes to need them.
 *
 * What own files import and the roots do not hold is looked for in the stubs' folder, parsed and added to the
 * index, as files that are not own; from there on, what these files export again from others. The owner
 * thread calls libraries_load between requests; queries never read a file. */
#ifndef HEADWORD_INDEX_DISK_LIBRARIES_H
#define HEADWORD_INDEX_DISK_LIBRARIES_H

#include "index/index.h"
#include "index/parse.h"

typedef struct Libraries Libraries;

/* `stubs`: the folder of the stubs; STR_NONE: the installed one, else the one of the build, else none. */
Libraries *libraries_new(Str stubs);
void libraries_free(Libraries *self);

/* Adds what the files that changed since they were looked at import, for about `budget` nanoseconds. Whether
 * there is more to do. */
bool libraries_load(Libraries *self, Index *index, Parser *parser, uint64_t budget);

#endif
