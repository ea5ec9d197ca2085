#include "index/disk/sweep.h"

#include "base/intern.h"
#include "index/disk/scan.h"
#include "index/disk/stamp.h"
#include "index/parse.h"

typedef struct {
    char *path;
    Facts *facts;
    FileStamp stamp;
    bool same; /* `stamp` counts, else `facts` */
} Finding;

/* While one runs, all from `roots` on belongs to its thread. */
struct Sweep {
    bool running;
    uv_work_t work;
    SweepHandler handler;
    uint64_t max_file_bytes;
    Paths roots;
    KnownFiles known;
    Interner paths;     /* of `known`, by number there */
    Array(bool) walked; /* by number in `known` */
    Parser *parser;
    Array(Finding) findings;
};

Sweep *sweep_new(void) {
    Sweep *self = mem_calloc(1, sizeof *self);
    self->work.data = self;
    return self;
}

void sweep_free(Sweep *self) {
    ARRAY_FREE(&self->findings);
    parser_free(self->parser);
    mem_free(self);
}

static void add_finding(Sweep *self, Str path, Facts *facts, const FileStamp *same) {
    Finding finding = {.path = str_dup(path), .facts = facts, .same = same != NULL};
    if (same) finding.stamp = *same;
    ARRAY_PUSH(&self->findings, finding);
}

static void look_at_known(Sweep *self, const char *path, uint32_t number) {
    const KnownFile *known = &self->known.items[number];
    FileStamp stamp;
    self->walked.items[number] = true;
    if (known->hidden || (stamp_take(path, &stamp) && stamp_equals(&stamp, &known->stamp))) return;
    stamp = known->stamp;
    Facts *facts = scan_file_anew(self->parser, path, self->max_file_bytes, &stamp, &(ScanSkips){0});
    add_finding(self, known->path, facts, stamp.hash ? &stamp : NULL);
}

/* No walk comes by it. */
static void look_at_apart(Sweep *self, uint32_t number) {
    char *path = str_dup(self->known.items[number].path);
    look_at_known(self, path, number);
    mem_free(path);
}

static void look_at(Sweep *self, const char *path) {
    if (!parser_reads(str_of(path))) return;
    uint32_t number = intern_find(&self->paths, str_of(path));
    if (number != INTERN_NONE) {
        look_at_known(self, path, number);
        return;
    }
    Facts *facts = scan_file(self->parser, path, self->max_file_bytes, &(ScanSkips){0});
    if (facts) add_finding(self, str_of(path), facts, NULL);
}

static void number_known(Sweep *self) {
    intern_init(&self->paths);
    for (uint32_t i = 0; i < self->known.len; i++) {
        intern_id(&self->paths, self->known.items[i].path);
        ARRAY_PUSH(&self->walked, false);
    }
}

static void run(uv_work_t *work) {
    Sweep *self = work->data;
    if (self->parser == NULL) self->parser = parser_new();
    number_known(self);
    for (uint32_t r = 0; r < self->roots.len; r++) {
        Paths paths = {0};
        walk_files(self->roots.items[r], &paths);
        for (uint32_t i = 0; i < paths.len; i++) look_at(self, paths.items[i]);
        paths_release(&paths);
    }
    for (uint32_t i = self->known.len; i-- > 0;) { /* the last one is taken away most easily */
        if (self->known.items[i].apart) look_at_apart(self, i);
        if (!self->walked.items[i]) add_finding(self, self->known.items[i].path, NULL, NULL);
    }
}

static void after(uv_work_t *work, int status) {
    (void)status;
    Sweep *self = work->data;
    self->running = false;
    for (uint32_t i = 0; i < self->findings.len; i++) {
        Finding *finding = &self->findings.items[i];
        if (finding->same)
            self->handler.same(self->handler.context, str_of(finding->path), finding->stamp);
        else
            self->handler.facts(self->handler.context, str_of(finding->path), finding->facts);
        mem_free(finding->path);
    }
    self->findings.len = 0;
    paths_release(&self->roots);
    ARRAY_FREE(&self->known);
    ARRAY_FREE(&self->walked);
    intern_release(&self->paths);
    self->handler.finished(self->handler.context);
}

bool sweep_start(Sweep *self, uv_loop_t *loop, Paths roots, KnownFiles known, uint64_t max_file_bytes,
                 SweepHandler handler) {
    if (self->running || (roots.len == 0 && known.len == 0)) {
        paths_release(&roots);
        ARRAY_FREE(&known);
        return false;
    }
    self->running = true;
    self->handler = handler;
    self->max_file_bytes = max_file_bytes;
    self->roots = roots;
    self->known = known;
    uv_queue_work(loop, &self->work, run, after);
    return true;
}

bool sweep_is_running(const Sweep *self) { return self->running; }
