#include "index/disk/scan.h"

#include "base/log.h"
#include "base/path.h"
#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "index/disk/walk.h"
#include "index/parse.h"

#include <errno.h>
#include <stdlib.h>

enum { BATCH = 8, JOBS = 32 };

/* One worker's task: the files [first, first + count), and what came of them. */
typedef struct {
    uv_work_t work;
    Scan *scan;
    Parser *parser;
    uint32_t first, count;
    Facts *facts[BATCH];
    ScanSkips skipped;
} Job;

struct Scan {
    uv_loop_t *loop;
    char *root;
    uint64_t max_file_bytes;
    ScanHandler handler;
    Paths paths;
    uint32_t next; /* the first path not yet given to a job */
    ScanProgress progress;
    bool cancelled;
    uv_work_t walk;
    Job jobs[JOBS];
    uint32_t busy; /* jobs under way, and the walk */
};

/* Tells of a file that could not be read, by errno and in words. */
static void note_skip(const char *path, int error, Str why, ScanSkips *skips) {
    bool gone = error == ENOENT || error == ENOTDIR;
    ++*(gone ? &skips->gone : error == EFBIG ? &skips->too_large : &skips->unreadable);
    if (!gone) log_once(LOG_WARNING, "skipped %s: %.*s", path, STR_ARG(why));
}

static Facts *read_facts(Parser *parser, const char *path, Str bytes) {
    StrBuf text;
    buf_init(&text);
    if (decode_text(str_of(path), bytes, &text).lossy)
        log_line(LOG_INFO, "%s: some bytes are not text in its encoding", path);
    Facts *facts = parser_facts(parser, str_of(path), buf_str(&text));
    buf_release(&text);
    return facts;
}

Facts *scan_file_anew(Parser *parser, const char *path, uint64_t max_file_bytes, FileStamp *known,
                      ScanSkips *skips) {
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    Facts *facts = NULL;
    FileStamp stamp, same = {0};
    stamp_take(path, &stamp);
    if (file_read(path, max_file_bytes, &bytes, &why)) {
        stamp.hash = stamp_hash(buf_str(&bytes));
        if (known->hash == stamp.hash && known->size == stamp.size)
            same = stamp;
        else
            facts = read_facts(parser, path, buf_str(&bytes));
        if (facts) facts->stamp = stamp;
    } else {
        note_skip(path, errno, buf_str(&why), skips);
    }
    *known = same;
    buf_release(&bytes);
    buf_release(&why);
    return facts;
}

Facts *scan_file(Parser *parser, const char *path, uint64_t max_file_bytes, ScanSkips *skips) {
    return scan_file_anew(parser, path, max_file_bytes, &(FileStamp){0}, skips);
}

static void run_job(uv_work_t *work) {
    Job *job = work->data;
    for (uint32_t i = 0; i < job->count; i++)
        job->facts[i] = scan_file(job->parser, job->scan->paths.items[job->first + i],
                                  job->scan->max_file_bytes, &job->skipped);
}

/* "/w: skipped 3 files: 1 too large, 2 unreadable" */
static void log_skips(const char *root, ScanSkips skips) {
    uint32_t all = skips.too_large + skips.unreadable;
    StrBuf why;
    buf_init(&why);
    if (skips.too_large) buf_printf(&why, ", %u too large (setting index.maxFileBytes)", skips.too_large);
    if (skips.unreadable) buf_printf(&why, ", %u unreadable", skips.unreadable);
    if (all) log_line(LOG_WARNING, "%s: skipped %u file%s: %s", root, all, all == 1 ? "" : "s", why.data + 2);
    buf_release(&why);
}

static void finish_if_idle(Scan *self) {
    if (self->busy > 0) return;
    log_skips(self->root, self->progress.skipped);
    self->handler.finished(self->handler.context, self->progress, self->cancelled);
    for (uint32_t i = 0; i < JOBS; i++) parser_free(self->jobs[i].parser);
    paths_release(&self->paths);
    mem_free(self->root);
    mem_free(self);
}

static void after_job(uv_work_t *work, int status);

/* Gives the job its next files; false when there are none left. */
static bool start_job(Scan *self, Job *job) {
    if (self->cancelled || self->next == self->paths.len) return false;
    if (job->parser == NULL) job->parser = parser_new();
    job->first = self->next;
    job->count = self->paths.len - self->next < BATCH ? self->paths.len - self->next : BATCH;
    self->next += job->count;
    self->busy++;
    uv_queue_work(self->loop, &job->work, run_job, after_job);
    return true;
}

static void take_skips(ScanSkips *all, ScanSkips *some) {
    all->too_large += some->too_large;
    all->unreadable += some->unreadable;
    all->gone += some->gone;
    *some = (ScanSkips){0};
}

static void after_job(uv_work_t *work, int status) {
    (void)status;
    Job *job = work->data;
    Scan *self = job->scan;
    self->busy--;
    take_skips(&self->progress.skipped, &job->skipped);
    for (uint32_t i = 0; i < job->count; i++) {
        self->progress.done++;
        if (self->cancelled)
            facts_free(job->facts[i]);
        else if (job->facts[i])
            self->handler.facts(self->handler.context, str_of(self->paths.items[job->first + i]),
                                job->facts[i]);
    }
    if (self->handler.progress && !self->cancelled)
        self->handler.progress(self->handler.context, self->progress);
    start_job(self, job);
    finish_if_idle(self);
}

/* Sources before stubs before tests, each by bytes. */
static int tier(Str path) {
    if (str_find(path, STR("/test")) != STR_NPOS) return 2;
    return str_ends_with(path, STR(".pyi")) ? 1 : 0;
}

static int by_tier(const void *a, const void *b) {
    Str left = str_of(*(char *const *)a), right = str_of(*(char *const *)b);
    int order = tier(left) - tier(right);
    return order ? order : str_compare(left, right);
}

static void run_walk(uv_work_t *work) {
    Scan *self = work->data;
    Paths all = {0};
    walk_files(self->root, &all);
    for (uint32_t i = 0; i < all.len; i++) {
        if (parser_reads(str_of(all.items[i])))
            ARRAY_PUSH(&self->paths, all.items[i]);
        else
            mem_free(all.items[i]);
    }
    ARRAY_FREE(&all);
    if (self->paths.len) qsort(self->paths.items, self->paths.len, sizeof *self->paths.items, by_tier);
}

static void drop_known(Scan *self) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->paths.len; i++) {
        char *path = self->paths.items[i];
        if (self->handler.knows && self->handler.knows(self->handler.context, str_of(path)))
            mem_free(path);
        else
            self->paths.items[kept++] = path;
    }
    self->paths.len = kept;
}

static void after_walk(uv_work_t *work, int status) {
    (void)status;
    Scan *self = work->data;
    self->busy--;
    drop_known(self);
    self->progress.total = self->paths.len;
    for (uint32_t i = 0; i < JOBS && start_job(self, &self->jobs[i]); i++) {
    }
    finish_if_idle(self);
}

Scan *scan_start(uv_loop_t *loop, Str root, uint64_t max_file_bytes, ScanHandler handler) {
    Scan *self = mem_calloc(1, sizeof *self);
    self->loop = loop;
    self->root = str_dup(root);
    self->max_file_bytes = max_file_bytes;
    self->handler = handler;
    self->walk.data = self;
    for (uint32_t i = 0; i < JOBS; i++) {
        self->jobs[i].scan = self;
        self->jobs[i].work.data = &self->jobs[i];
    }
    self->busy = 1;
    uv_queue_work(loop, &self->walk, run_walk, after_walk);
    return self;
}

void scan_cancel(Scan *self) { self->cancelled = true; }
