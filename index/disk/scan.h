/* Reads and parses the files of a root on worker threads; the owner of the loop gets the facts.
 *
 * Workers are pure functions of bytes. All callbacks run on the loop's thread. */
#ifndef HEADWORD_INDEX_DISK_SCAN_H
#define HEADWORD_INDEX_DISK_SCAN_H

#include "index/facts.h"

#include <uv.h>

typedef struct Scan Scan;

/* How many files were not read, and whether there are folders that were not, or not to their end. */
typedef struct {
    uint32_t too_large, too_complex, unreadable;
    uint32_t binary, generated; /* text files by name, but not to be read by people; without log lines */
    uint32_t gone;              /* no longer there; without a log line */
    bool folders;
} ScanSkips;

typedef struct {
    uint32_t done, total; /* files; total is 0 until the walk is over */
    ScanSkips skipped;    /* of `done` */
} ScanProgress;

typedef struct {
    void *context;
    /* Whether a file counts, for a scan of other text files too (index/texts.h): called on a worker thread.
     * NULL: those that front ends read do. */
    bool (*reads)(void *context, Str path);
    /* Whether a file need not be read; asked once for each, after the walk. May be NULL. */
    bool (*knows)(void *context, Str path);
    /* One file's facts, taken over by the callee. */
    void (*facts)(void *context, Str path, Facts *facts);
    /* After each batch; may be NULL. */
    void (*progress)(void *context, ScanProgress progress);
    /* Once, at the end, also after scan_cancel. The scan is freed when this returns. */
    void (*finished)(void *context, ScanProgress progress, bool cancelled);
} ScanHandler;

/* Starts reading every file under `root` that counts. `root` is copied. Sources come before stubs
 * and tests, so that the first answers are the most useful ones; what is wanted comes before all. */
Scan *scan_start(uv_loop_t *loop, Str root, uint64_t max_file_bytes, ScanHandler handler);

/* No further facts are delivered; `finished` follows from the loop. */
void scan_cancel(Scan *self);

/* What somebody waits for: files, and names, of which all files count that may hold them. Is known to its
 * scan only; freed with the scan at the latest. */
typedef struct Want Want;

Want *scan_want(Scan *self);
/* Nobody waits any more. */
void scan_want_end(Scan *self, Want *want);

/* Adds a file to what is wanted; nothing when the scan does not read it, or has done so. */
void scan_want_file(Scan *self, Want *want, Str path);
/* Adds the files whose bytes say that they may hold the identifier (`defined`: a symbol of that name); they
 * are searched on the worker threads. The same name again adds nothing. */
void scan_want_name(Scan *self, Want *want, Str name, bool defined);

/* Whether the walk is over and the facts of all that is wanted were delivered. */
bool scan_has(Scan *self, Want *want);

/* Reads and parses one file now, on this thread. NULL when it cannot be read: counted in `skips`, and logged
 * once; so are files that take too much to parse, of which only the lines are told. */
struct Parser;
Facts *scan_file(struct Parser *parser, const char *path, uint64_t max_file_bytes, ScanSkips *skips);

/* The same, but parses nothing when the bytes are those that `known` is of: then NULL, and `known` becomes
 * the present stamp. In all other cases it becomes that of no file, whose hash is 0. */
Facts *scan_file_anew(struct Parser *parser, const char *path, uint64_t max_file_bytes, FileStamp *known,
                      ScanSkips *skips);

#endif
