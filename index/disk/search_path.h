/* The folders that libraries are imported from, and what is directly in them, as they were when they were
 * looked at: the standard library's stubs, then those of an environment. */
#ifndef HEADWORD_INDEX_DISK_SEARCH_PATH_H
#define HEADWORD_INDEX_DISK_SEARCH_PATH_H

#include "base/intern.h"
#include "index/disk/environment.h"
#include "index/index.h"

/* A folder that modules are looked for in. */
typedef struct {
    char *path;
    bool installed, standard; /* see LibraryFolder */
    FileStamp stamp;
    Interner names; /* of the modules directly in it, and "package-stubs" (PEP 561) */
} SearchFolder;

typedef struct {
    Array(SearchFolder) items;
    bool stubs; /* the first is the folder of the standard library's stubs */
} SearchPath;

/* Looks at the folders. `stubs`: the folder of the standard library's stubs; STR_NONE: the installed one,
 * else the one of the build, else none. `folders` may be NULL. */
void search_path_init(SearchPath *self, Str stubs, const LibraryFolders *folders);
void search_path_release(SearchPath *self);

/* Whether it was made of the same folders, and nothing was put into them or removed since. */
bool search_path_is_current(const SearchPath *self, const LibraryFolders *folders);

/* Calls back for the modules directly in a package, as its folders are now; for "" for those that can be
 * imported by one name. None has to have been read. */
void search_path_each_module(const SearchPath *self, Str package, ModuleVisitor *visit, void *context);

/* Notes in which state the folders are that packages are installed into. */
void search_path_note(const SearchPath *self, Index *index);
/* Whether that is noted in the index of all of them, and the stubs of builtins are in it. */
bool search_path_is_in(const SearchPath *self, const Index *index);

#endif
