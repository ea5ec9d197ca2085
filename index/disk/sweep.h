/* Finds out what changed under roots since the last look, by the size and times of every file.
 *
 * Events can get lost, and some clients send none: a sweep walks the roots, compares and reads what is new or
 * changed, all on a worker thread. The first look at a root takes it that everything was read when the root
 * was added, or later. All callbacks run on the loop's thread. */
#ifndef HEADWORD_INDEX_DISK_SWEEP_H
#define HEADWORD_INDEX_DISK_SWEEP_H

#include "index/facts.h"

#include <uv.h>

typedef struct Sweep Sweep;

typedef struct {
    void *context;
    /* One file that is new or changed. The facts are taken over by the callee; NULL: it cannot be read. */
    void (*facts)(void *context, Str path, Facts *facts);
    /* Once, at the end; sweep_misses tells what is gone. */
    void (*finished)(void *context);
} SweepHandler;

Sweep *sweep_new(void);
/* None may be running. */
void sweep_free(Sweep *self);

/* From now on `root` is looked at too; its files are about to be read by others. */
void sweep_add_root(Sweep *self, Str root);
void sweep_remove_root(Sweep *self, Str root);

/* Starts to look; false when there is nothing to look at, or one runs already. */
bool sweep_start(Sweep *self, uv_loop_t *loop, uint64_t max_file_bytes, SweepHandler handler);
bool sweep_is_running(const Sweep *self);

/* In `finished`: whether the path lies under a root that was looked at, but was not there. */
bool sweep_misses(const Sweep *self, Str path);

#endif
