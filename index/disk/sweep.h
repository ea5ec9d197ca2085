/* Finds out what changed under roots, by the size and times of every file.
 *
 * Events can get lost, and some clients send none: a sweep walks the roots, compares what it comes by with
 * what is known, and reads what is new or changed, all on a worker thread. All callbacks run on the loop's
 * thread. */
#ifndef HEADWORD_INDEX_DISK_SWEEP_H
#define HEADWORD_INDEX_DISK_SWEEP_H

#include "index/disk/walk.h"
#include "index/facts.h"

#include <uv.h>

typedef struct Sweep Sweep;

/* A file, and the state in which it was read. */
typedef struct {
    Str path; /* borrowed until the sweep has ended */
    FileStamp stamp;
    bool hidden; /* it is not to be read: only whether it is there counts */
    bool apart;  /* it lies under none of the roots */
} KnownFile;
typedef Array(KnownFile) KnownFiles;

typedef struct {
    void *context;
    /* One file that is new or changed. The facts are taken over by the callee; NULL: a known one is gone, or
     * cannot be read any more. */
    void (*facts)(void *context, Str path, Facts *facts);
    /* A known one that holds the same bytes, now with that stamp. */
    void (*same)(void *context, Str path, FileStamp stamp);
    /* Once, at the end. */
    void (*finished)(void *context);
} SweepHandler;

Sweep *sweep_new(void);
/* None may be running. */
void sweep_free(Sweep *self);

/* Starts to look; false when there is nothing to look at, or one runs already. `roots` and `known` are taken
 * over in any case. */
bool sweep_start(Sweep *self, uv_loop_t *loop, Paths roots, KnownFiles known, uint64_t max_file_bytes,
                 SweepHandler handler);
bool sweep_is_running(const Sweep *self);

#endif
