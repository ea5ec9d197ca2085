#include "index/disk/sweep.h"

#include "base/intern.h"
#include "base/path.h"
#include "index/disk/scan.h"
#include "index/disk/walk.h"
#include "index/parse.h"

#include <sys/stat.h>
#include <time.h>

/* Clocks of file systems are coarse, and may be those of other machines. */
enum { SLACK = 3 /* seconds */ };

typedef struct {
    char *path;
    int64_t added; /* nanoseconds */
    bool known;    /* was looked at before */
} SweptRoot;
typedef Array(SweptRoot) SweptRoots;

/* How a file was when it was looked at last. */
typedef struct {
    int64_t modified, changed; /* nanoseconds */
    int64_t size;
    uint32_t round; /* of that look */
} Stamp;

typedef struct {
    char *path;
    Facts *facts;
} Finding;

/* While a sweep runs, all from `job_roots` on belongs to its thread. */
struct Sweep {
    SweptRoots roots;
    bool running;
    uv_work_t work;
    SweepHandler handler;
    uint64_t max_file_bytes;
    SweptRoots job_roots; /* copies */
    Parser *parser;
    Interner paths;
    Array(Stamp) stamps; /* by number of the path */
    uint32_t round;
    Array(Finding) findings;
};

Sweep *sweep_new(void) {
    Sweep *self = mem_calloc(1, sizeof *self);
    self->work.data = self;
    intern_init(&self->paths);
    return self;
}

static void roots_clear(SweptRoots *roots) {
    for (uint32_t i = 0; i < roots->len; i++) mem_free(roots->items[i].path);
    roots->len = 0;
}

void sweep_free(Sweep *self) {
    roots_clear(&self->roots);
    ARRAY_FREE(&self->roots);
    ARRAY_FREE(&self->job_roots);
    ARRAY_FREE(&self->stamps);
    ARRAY_FREE(&self->findings);
    intern_release(&self->paths);
    parser_free(self->parser);
    mem_free(self);
}

static int64_t nanoseconds(struct timespec time) {
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_nsec;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return nanoseconds(time);
}

void sweep_remove_root(Sweep *self, Str root) {
    for (uint32_t i = 0; i < self->roots.len; i++) {
        if (!str_eq(str_of(self->roots.items[i].path), root)) continue;
        mem_free(self->roots.items[i].path);
        self->roots.items[i] = ARRAY_POP(&self->roots);
        return;
    }
}

void sweep_add_root(Sweep *self, Str root) {
    sweep_remove_root(self, root);
    ARRAY_PUSH(&self->roots, ((SweptRoot){str_dup(root), now(), false}));
}

/* The file's stamp from earlier, or a new one that no look has made. */
static Stamp *stamp_of(Sweep *self, Str path) {
    uint32_t number = intern_id(&self->paths, path);
    while (self->stamps.len <= number) ARRAY_PUSH(&self->stamps, (Stamp){0});
    return &self->stamps.items[number];
}

/* Whether the file has to be read; remembers how it is now. */
static bool is_news(Sweep *self, const SweptRoot *root, Str path, const struct stat *info) {
    Stamp *last = stamp_of(self, path);
    Stamp stamp = {nanoseconds(info->st_mtim), nanoseconds(info->st_ctim), info->st_size, self->round};
    bool was_there = last->round && last->round + 1 == self->round;
    bool differs =
        last->modified != stamp.modified || last->changed != stamp.changed || last->size != stamp.size;
    int64_t newest = stamp.modified > stamp.changed ? stamp.modified : stamp.changed;
    *last = stamp;
    if (!root->known) return newest >= root->added - SLACK * 1000000000ll;
    return !was_there || differs;
}

static void look_at(Sweep *self, const SweptRoot *root, char *path) {
    struct stat info;
    if (!parser_reads(str_of(path)) || lstat(path, &info) != 0) return;
    if (!is_news(self, root, str_of(path), &info)) return;
    Facts *facts = scan_file(self->parser, path, self->max_file_bytes, &(ScanSkips){0});
    ARRAY_PUSH(&self->findings, ((Finding){str_dup(str_of(path)), facts}));
}

static void run(uv_work_t *work) {
    Sweep *self = work->data;
    self->round++;
    if (self->parser == NULL) self->parser = parser_new();
    for (uint32_t r = 0; r < self->job_roots.len; r++) {
        Paths paths = {0};
        walk_files(self->job_roots.items[r].path, &paths);
        for (uint32_t i = 0; i < paths.len; i++) look_at(self, &self->job_roots.items[r], paths.items[i]);
        paths_release(&paths);
    }
}

/* Roots that are still those that were looked at are known from now on. */
static void note_known(Sweep *self) {
    for (uint32_t i = 0; i < self->roots.len; i++) {
        SweptRoot *root = &self->roots.items[i];
        for (uint32_t k = 0; k < self->job_roots.len; k++) {
            const SweptRoot *done = &self->job_roots.items[k];
            root->known |= root->added == done->added && strcmp(root->path, done->path) == 0;
        }
    }
}

static void after(uv_work_t *work, int status) {
    (void)status;
    Sweep *self = work->data;
    self->running = false;
    note_known(self);
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = &self->findings.items[i];
        self->handler.facts(self->handler.context, str_of(finding->path), finding->facts);
        mem_free(finding->path);
    }
    self->findings.len = 0;
    self->handler.finished(self->handler.context);
    roots_clear(&self->job_roots);
}

bool sweep_start(Sweep *self, uv_loop_t *loop, uint64_t max_file_bytes, SweepHandler handler) {
    if (self->running || self->roots.len == 0) return false;
    self->running = true;
    self->handler = handler;
    self->max_file_bytes = max_file_bytes;
    for (uint32_t i = 0; i < self->roots.len; i++) {
        SweptRoot *root = &self->roots.items[i];
        ARRAY_PUSH(&self->job_roots, ((SweptRoot){str_dup(str_of(root->path)), root->added, root->known}));
    }
    uv_queue_work(loop, &self->work, run, after);
    return true;
}

bool sweep_is_running(const Sweep *self) { return self->running; }

bool sweep_misses(const Sweep *self, Str path) {
    bool looked = false;
    for (uint32_t i = 0; i < self->job_roots.len && !looked; i++)
        looked = path_is_under(path, str_of(self->job_roots.items[i].path));
    if (!looked) return false;
    uint32_t number = intern_find(&self->paths, path);
    return number == INTERN_NONE || self->stamps.items[number].round != self->round;
}
