/* An index as one sequence of bytes, which later processes use where it lies (mapped from a file).
 *
 * What it holds of each file stays in place and is checked at the first look at it (index_facts); the tables
 * behind it (files, names, postings) are checked as a whole when it is read. Only the program that wrote a
 * snapshot can read it: its key says which one that was, on what machine, and what the snapshot is about. It
 * ends with a footer, so that it can be written in one go, and what was cut short is no snapshot. */
#ifndef HEADWORD_INDEX_SNAPSHOT_H
#define HEADWORD_INDEX_SNAPSHOT_H

#include "index/index.h"

/* Takes the next bytes; false when they cannot be kept. */
typedef struct {
    void *context;
    bool (*write)(void *context, Str bytes);
} SnapshotSink;

typedef enum { FREEZE_MORE, FREEZE_DONE, FREEZE_FAILED } FreezeState;
typedef struct Freeze Freeze;

/* What of an index is frozen: the files under `root` and, if so wanted, those of libraries. */
typedef struct {
    Str root;
    bool libraries;
} FreezeScope;

/* Begins to freeze; `key` is copied. The index must outlive it. */
Freeze *freeze_new(const Index *index, FreezeScope scope, Str key, SnapshotSink sink);
void freeze_free(Freeze *self);

/* Goes on: for about `bytes` bytes of facts, or with one table. FREEZE_FAILED: they cannot be kept, or the
 * index has changed since freeze_new. */
FreezeState freeze_step(Freeze *self, size_t bytes);

/* How many files would be frozen, and how many of them were read from files since they were last frozen. */
typedef struct {
    uint32_t files, changed;
} FreezeCount;
FreezeCount freeze_count(const Index *index, FreezeScope scope);

/* The key that a snapshot says it has; STR_NONE for what is none. Looks at its footer only. */
Str snapshot_key(Str bytes);

/* Adds what a snapshot holds to the index, but for files that are there already. `bytes` must be aligned for
 * any object and outlive the index. False, and the index is as before, when it has another key, or is none.
 */
bool snapshot_attach(Str bytes, Str key, Index *index);

#endif
