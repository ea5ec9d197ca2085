/* Caches: the index of a root as a file in the user's cache folder, for the next process that wants it.
 *
 * One file per root, mapped read-only and so shared by all processes that use it. It is written beside and
 * renamed: several processes may do so, and the last one wins; who has the old file mapped keeps it. Nothing
 * in a cache is trusted that its checksums do not vouch for, so it is not flushed to the disk: what a crash
 * tore is built anew. Only this very program reads it again (its sources are part of the key), and only files
 * of the user's own that nobody else may write. */
#ifndef HEADWORD_INDEX_DISK_CACHE_H
#define HEADWORD_INDEX_DISK_CACHE_H

#include "index/snapshot.h"

/* Appends the folder: headword/ in $XDG_CACHE_HOME, else in ~/.cache (~/Library/Caches on macOS); false when
 * there is no home, or when it is another user's or everybody may write to it. */
bool cache_folder(StrBuf *out);

/* A mapped file. */
typedef struct {
    Str bytes; /* STR_NONE: there is none */
} Cache;

/* Adds what the cache of `root` holds to the index; see recheck_files for what to do next. The cache must
 * outlive the index. False when there is none; with a reason in `why` when there is one of no use. */
bool cache_open(Cache *self, Str root, Index *index, StrBuf *why);
void cache_close(Cache *self);
/* Gives the memory that the cache's pages take back to the system; they come again when they are needed. */
void cache_rest(const Cache *self);

/* Whether so much in the scope changed that the next process would rather have a new cache. */
bool cache_is_due(const Index *index, FreezeScope scope);

typedef struct CacheWriter CacheWriter;

/* Begins to write the cache of a root; NULL with a reason in `why` when that cannot be. The index must
 * outlive it. `most_bytes`: of the whole folder; the files used longest ago give way. */
CacheWriter *cache_writer_new(const Index *index, FreezeScope scope, uint64_t most_bytes, StrBuf *why);
/* Goes on as freeze_step does. FREEZE_DONE: the file is in place. FREEZE_FAILED: without a reason when
 * the index has changed. */
FreezeState cache_writer_step(CacheWriter *self, size_t bytes, StrBuf *why);
/* Nothing is left behind when it was not done. */
void cache_writer_free(CacheWriter *self);

/* All at once. */
bool cache_write(const Index *index, FreezeScope scope, uint64_t most_bytes, StrBuf *why);

/* A file in the folder. */
typedef struct {
    char *path;
    char *root; /* NULL: another version's, damaged, or being written */
    uint64_t bytes;
    int64_t used; /* seconds since 1970 */
} CacheEntry;
typedef Array(CacheEntry) CacheEntries;

/* Appends the caches there are, the last used first. */
void cache_list(CacheEntries *out);
void cache_entries_release(CacheEntries *self);

/* Removes a cache; false with a reason. */
bool cache_remove(const CacheEntry *entry, StrBuf *why);
/* Removes the cache of a root, if there is one. */
void cache_forget(Str root);

#endif
