#include "index/disk/recheck.h"

#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/disk/stamp.h"
#include "index/parse.h"

#include <stdatomic.h>

enum {
    THREADS = 8,          /* at most */
    CHUNK = 64,           /* files that a thread takes at once */
    PATIENCE = 100000000, /* nanoseconds for what has to be read */
};

typedef enum { FILE_SAME, FILE_TOUCHED, FILE_CHANGED, FILE_GONE, FILE_LEFT } Outcome;

typedef struct {
    Outcome outcome;
    FileStamp stamp; /* of what is FILE_TOUCHED */
    Facts *facts;    /* of what is FILE_CHANGED */
} Result;

typedef struct {
    const Index *index;
    uint64_t max_file_bytes, end; /* of the time */
    Result *results;              /* by FileId */
    atomic_uint next;
} Recheck;

static Result read_again(const Recheck *self, Parser **parser, const char *path, FileStamp stamp) {
    if (uv_hrtime() > self->end) return (Result){.outcome = FILE_LEFT};
    if (*parser == NULL) *parser = parser_new();
    Facts *facts = scan_file_anew(*parser, path, self->max_file_bytes, &stamp, &(ScanSkips){0});
    Outcome outcome = facts ? FILE_CHANGED : stamp.hash ? FILE_TOUCHED : FILE_GONE;
    return (Result){outcome, stamp, facts};
}

/* The limit may have been another one. */
static bool is_too_large(const Recheck *self, FileId file, const FileStamp *stamp) {
    return index_is_own(self->index, file) && (uint64_t)stamp->size > self->max_file_bytes;
}

static Result look_at(const Recheck *self, Parser **parser, FileId file, StrBuf *path) {
    const FileStamp *known = index_stamp(self->index, file);
    FileStamp stamp;
    if (!index_is_frozen(self->index, file)) return (Result){.outcome = FILE_SAME};
    buf_clear(path);
    buf_append(path, index_path(self->index, file));
    if (!stamp_take(path->data, &stamp) || is_too_large(self, file, &stamp))
        return (Result){.outcome = FILE_GONE};
    if (stamp_equals(&stamp, known)) return (Result){.outcome = FILE_SAME};
    if (file_is_folder(path->data)) return (Result){.outcome = FILE_GONE};
    return read_again(self, parser, path->data, *known);
}

static void work(void *context) {
    Recheck *self = context;
    Parser *parser = NULL;
    StrBuf path;
    buf_init(&path);
    uint32_t count = index_file_end(self->index);
    for (uint32_t start; (start = atomic_fetch_add(&self->next, CHUNK)) < count;) {
        for (uint32_t i = start; i < count && i < start + CHUNK; i++)
            self->results[i] = look_at(self, &parser, i, &path);
    }
    buf_release(&path);
    parser_free(parser);
}

static void run(Recheck *self, uint32_t count) {
    uv_thread_t threads[THREADS];
    uint32_t started = 0, wanted = uv_available_parallelism() - 1;
    for (; started < wanted && started < THREADS && started < count / CHUNK; started++) {
        if (uv_thread_create(&threads[started], work, self) != 0) break;
    }
    work(self);
    for (uint32_t i = 0; i < started; i++) uv_thread_join(&threads[i]);
}

static void apply(Index *index, FileId file, const Result *result) {
    if (result->outcome == FILE_SAME) return;
    if (result->outcome == FILE_TOUCHED)
        index_restamp(index, file, result->stamp);
    else
        index_update(index, index_path(index, file), result->facts);
}

bool recheck_files(Index *index, uint64_t max_file_bytes) {
    uint32_t count = index_file_end(index);
    Recheck self = {.index = index,
                    .max_file_bytes = max_file_bytes,
                    .end = uv_hrtime() + PATIENCE,
                    .results = mem_calloc(count, sizeof(Result))};
    run(&self, count);
    bool all = true;
    for (uint32_t i = 0; i < count; i++) {
        apply(index, i, &self.results[i]);
        all &= self.results[i].outcome != FILE_LEFT;
    }
    mem_free(self.results);
    return all;
}
