/* The stubs of Python's standard library, read as own code comes to need them.
 *
 * What own files import and the roots do not hold is looked for in the stubs' folder, parsed by worker
 * threads and added to the index, as files that are not own, in the order in which it was met; from there on,
 * what these files export again from others. The owner thread calls libraries_load between requests; queries
 * never read a file, and no step of it takes longer than adding one stub or following one file's imports.
 * What the index holds already is not read again. */
#ifndef HEADWORD_INDEX_DISK_LIBRARIES_H
#define HEADWORD_INDEX_DISK_LIBRARIES_H

#include "index/index.h"

#include <uv.h>

typedef struct Libraries Libraries;

typedef struct {
    uv_loop_t *loop; /* whose worker threads read */
    void *context;
    void (*ready)(void *context); /* libraries_load should be called again, not from within */
} LibrariesHandler;

/* `stubs`: the folder of the stubs; STR_NONE: the installed one, else the one of the build, else none. */
Libraries *libraries_new(Str stubs);
/* Also while workers read. */
void libraries_free(Libraries *self);

/* The index was empty before a cache filled it: if that holds stubs, all that its files import was loaded
 * when it was written. */
void libraries_adopt(Libraries *self, Index *index);

/* Adds what the files that changed since they were looked at import, for about `budget` nanoseconds, and lets
 * workers read what that leads to. Whether there is more to do, once the handler is told that it is `ready`.
 */
bool libraries_load(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget);

#endif
