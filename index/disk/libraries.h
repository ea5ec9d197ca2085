/* The libraries that own code imports: stubs of Python's standard library, and what is installed for the
 * project, read as own code comes to need them.
 *
 * What own files import and the roots do not hold is looked for in these folders, parsed by worker threads
 * and added to the index, as files that are not own, in the order in which it was met; from there on, what
 * these files export again from others, inherit from, or (sources) take from their own package, up to a
 * number of bytes. Files that lie in no root and no such folder, as documents may, are followed too, to the
 * modules beside them. The owner thread calls libraries_load between requests; queries never read a file, and
 * no step of it takes longer than adding one file or following one file's imports. What the index holds
 * already is not read again. */
#ifndef HEADWORD_INDEX_DISK_LIBRARIES_H
#define HEADWORD_INDEX_DISK_LIBRARIES_H

#include "index/disk/search_path.h"
#include "index/index.h"

#include <uv.h>

typedef struct Libraries Libraries;

typedef struct {
    uint64_t most_bytes; /* are read before what libraries import themselves is left out */
    uv_loop_t *loop;     /* whose worker threads read */
    void *context;
    void (*ready)(void *context); /* libraries_load should be called again, not from within */
} LibrariesHandler;

/* `stubs`: the folder of the standard library's stubs; STR_NONE: the installed one, else the one of the
 * build, else none. `folders` (copied; or NULL) are those of the environment as they are now. */
Libraries *libraries_new(Str stubs, const LibraryFolders *folders);
/* Also while workers read. */
void libraries_free(Libraries *self);

/* Whether it was made for the same folders, and nothing was installed or removed since. */
bool libraries_are_current(const Libraries *self, const LibraryFolders *folders);

/* Declares the folders to the index, in which others may have been declared, and removes what was read from
 * those or has changed. What a cache filled an empty index with counts as complete if the folders are as they
 * were when it was written. */
void libraries_adopt(Libraries *self, Index *index);

/* Lets the module that a dotted path begins with be read too, though nobody imports it. */
void libraries_want(Libraries *self, const Index *index, Str dotted);

/* Adds what the files that changed since they were looked at import, for about `budget` nanoseconds, and lets
 * workers read what that leads to. Whether there is more to do, once the handler is told that it is `ready`.
 */
bool libraries_load(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget);

/* Wants the module that a question asked for in vain (see index_find_module), ahead of libraries_load. False
 * when it can be in none of the folders. */
bool libraries_ask(Libraries *self, const Index *index, FileId from, Str name, uint32_t level);
/* How many files were wanted so far that are not read yet, or not yet followed to what they lead to. */
uint32_t libraries_left(const Libraries *self);
/* As libraries_load, but only what was asked for, and what that leads to. */
void libraries_load_asked(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget);

/* See search_path_each_module. */
void libraries_each_module(const Libraries *self, Str package, ModuleVisitor *visit, void *context);

#endif
