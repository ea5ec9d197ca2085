#include "index/disk/scan.h"

#include "base/intern.h"
#include "base/log.h"
#include "base/path.h"
#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "index/disk/walk.h"
#include "index/facts_builder.h"
#include "index/parse.h"
#include "index/texts.h"

#include <errno.h>
#include <stdlib.h>

enum {
    MOST_JOBS = 64,
    PARSED = 2,    /* files of a job; few, so that what is wanted has its turn soon */
    SEARCHED = 64, /* files of a job */
};

typedef enum { FILE_UNREAD, FILE_TAKEN, FILE_READ } FileState;

struct Want {
    Array(uint32_t) files; /* some may have been read meanwhile */
    Interner names;        /* those asked for, behind a byte that tells `defined` */
    uint32_t searches;     /* of its names, under way */
    Want *after;
};

/* Looks for the files that hold a name, among those that are not read yet. */
typedef struct Search {
    char *name;
    bool defined;
    Want *want;    /* NULL: nobody waits any more */
    uint32_t next; /* the first file that no job was given */
    uint32_t jobs;
    Array(uint32_t) hits;
    struct Search *after;
} Search;

/* One worker's task: some files, and what came of them. */
typedef struct {
    uv_work_t work;
    Scan *scan;
    Parser *parser;
    bool active;
    Search *search; /* NULL: the files are parsed */
    uint32_t count;
    uint32_t files[SEARCHED];
    Facts *facts[PARSED];
    ScanSkips skipped;
    bool hits[SEARCHED];
} Job;

struct Scan {
    uv_loop_t *loop;
    char *root;
    uint64_t max_file_bytes;
    ScanHandler handler;
    Paths paths;            /* in the order of reading; the walk's until `walked` */
    Interner numbers;       /* of the paths, in the same order */
    uint8_t *states;        /* by number: FileState */
    uint32_t next;          /* no file before it is unread */
    Array(uint32_t) wanted; /* to be read before the others, the last one first */
    Search *searches;
    Want *wants;
    ScanProgress progress;
    bool walked, cancelled;
    uv_work_t walk;
    Job *jobs;
    uint32_t job_count;
    uint32_t busy; /* jobs under way, and the walk */
};

/* --- on worker threads -------------------------------------------------------------------------- */

/* Tells of a file that could not be read, by errno and in words. */
static void note_skip(const char *path, int error, Str why, ScanSkips *skips) {
    bool gone = error == ENOENT || error == ENOTDIR;
    ++*(gone ? &skips->gone : error == EFBIG ? &skips->too_large : &skips->unreadable);
    if (!gone) log_once(LOG_WARNING, "skipped %s: %.*s", path, STR_ARG(why));
}

/* Of a file that takes too much to parse, the lines: so that it is not tried again until it changes. */
static Facts *parse_facts(Parser *parser, const char *path, Str text, ScanSkips *skips) {
    Facts *facts = parser_facts(parser, str_of(path), text);
    if (facts) return facts;
    skips->too_complex++;
    log_once(LOG_WARNING, "skipped %s: too complex (parsing it takes too many steps)", path);
    return facts_new_plain(text);
}

static Facts *read_facts(Parser *parser, const char *path, Str bytes, ScanSkips *skips) {
    bool source = parser_reads(str_of(path));
    TextFitness fitness = source ? TEXT_FIT : text_fitness(str_of(path), bytes);
    skips->binary += fitness == TEXT_BINARY;
    skips->generated += fitness == TEXT_GENERATED;
    if (fitness != TEXT_FIT) return NULL;
    StrBuf text;
    buf_init(&text);
    if (decode_text(str_of(path), bytes, &text).lossy)
        log_line(LOG_INFO, "%s: some bytes are not text in its encoding", path);
    Facts *facts =
        source ? parse_facts(parser, path, buf_str(&text), skips) : text_facts(str_of(path), buf_str(&text));
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
            facts = read_facts(parser, path, buf_str(&bytes), skips);
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

static void parse_files(Job *job) {
    for (uint32_t i = 0; i < job->count; i++)
        job->facts[i] = scan_file(job->parser, job->scan->paths.items[job->files[i]],
                                  job->scan->max_file_bytes, &job->skipped);
}

/* Whether the file's bytes say that it may hold the name. What cannot be read is told of when it is parsed.
 */
static bool file_may_hold(const Scan *self, const char *path, const Search *search) {
    StrBuf bytes, text, why;
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&why);
    bool found = file_read(path, self->max_file_bytes, &bytes, &why);
    if (found) {
        decode_text(str_of(path), buf_str(&bytes), &text);
        found = parser_may_hold(str_of(path), buf_str(&text), str_of(search->name), search->defined);
    }
    buf_release(&bytes);
    buf_release(&text);
    buf_release(&why);
    return found;
}

static void search_files(Job *job) {
    for (uint32_t i = 0; i < job->count; i++)
        job->hits[i] = file_may_hold(job->scan, job->scan->paths.items[job->files[i]], job->search);
}

static void run_job(uv_work_t *work) {
    Job *job = work->data;
    if (job->search)
        search_files(job);
    else
        parse_files(job);
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
    self->progress.skipped.folders = !walk_files(self->root, &all);
    for (uint32_t i = 0; i < all.len; i++) {
        Str path = str_of(all.items[i]);
        bool counts =
            self->handler.reads ? self->handler.reads(self->handler.context, path) : parser_reads(path);
        if (counts)
            ARRAY_PUSH(&self->paths, all.items[i]);
        else
            mem_free(all.items[i]);
    }
    ARRAY_FREE(&all);
    if (self->paths.len) qsort(self->paths.items, self->paths.len, sizeof *self->paths.items, by_tier);
}

/* --- wants --------------------------------------------------------------------------------------- */

static void want_number(Scan *self, Want *want, uint32_t file) {
    if (self->states[file] == FILE_READ) return;
    ARRAY_PUSH(&want->files, file);
    if (self->states[file] == FILE_UNREAD) ARRAY_PUSH(&self->wanted, file);
}

static void search_free(Search *self) {
    if (self->want) self->want->searches--;
    ARRAY_FREE(&self->hits);
    mem_free(self->name);
    mem_free(self);
}

static int descending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

/* Wants what was found; those files are read first that come first. */
static void end_search(Scan *self, Search *search) {
    if (search->hits.len) qsort(search->hits.items, search->hits.len, sizeof *search->hits.items, descending);
    for (uint32_t i = 0; i < search->hits.len && search->want; i++)
        want_number(self, search->want, search->hits.items[i]);
    search_free(search);
}

static void end_searches(Scan *self) {
    for (Search **link = &self->searches; *link;) {
        Search *search = *link;
        if (search->jobs > 0 || search->next < self->paths.len) {
            link = &search->after;
            continue;
        }
        *link = search->after;
        end_search(self, search);
    }
}

/* --- jobs ---------------------------------------------------------------------------------------- */

static bool fill_from_search(Scan *self, Job *job, Search *search) {
    uint32_t end = self->paths.len;
    if (search->want == NULL) search->next = end;
    for (job->count = 0; search->next < end && job->count < SEARCHED; search->next++) {
        if (self->states[search->next] == FILE_UNREAD)
            job->files[job->count++] = search->next;
        else
            want_number(self, search->want, search->next); /* is being parsed: no need to know */
    }
    if (job->count == 0) return false;
    job->search = search;
    search->jobs++;
    return true;
}

/* One search has all jobs; many must not keep the scan from going on. */
static bool may_search(const Scan *self) {
    uint32_t searching = 0;
    for (uint32_t i = 0; i < self->job_count; i++) searching += self->jobs[i].active && self->jobs[i].search;
    bool many = self->searches && self->searches->after;
    return searching < (many ? self->job_count / 2 : self->job_count);
}

static bool fill_with_search(Scan *self, Job *job) {
    if (!may_search(self)) return false;
    for (Search *search = self->searches; search; search = search->after) {
        if (fill_from_search(self, job, search)) return true;
    }
    return false;
}

/* The next file to be parsed, NONE when there is none left. */
static uint32_t take_file(Scan *self) {
    uint32_t file = NONE;
    while (self->wanted.len && file == NONE) {
        file = ARRAY_POP(&self->wanted);
        if (self->states[file] != FILE_UNREAD) file = NONE;
    }
    while (file == NONE && self->next < self->paths.len) {
        file = self->next++;
        if (self->states[file] != FILE_UNREAD) file = NONE;
    }
    if (file != NONE) self->states[file] = FILE_TAKEN;
    return file;
}

static bool fill_with_files(Scan *self, Job *job) {
    job->search = NULL;
    for (job->count = 0; job->count < PARSED; job->count++) {
        uint32_t file = take_file(self);
        if (file == NONE) break;
        job->files[job->count] = file;
    }
    if (job->count && job->parser == NULL) job->parser = parser_new();
    return job->count > 0;
}

static void take_skips(ScanSkips *all, ScanSkips *some) {
    all->too_large += some->too_large;
    all->too_complex += some->too_complex;
    all->unreadable += some->unreadable;
    all->gone += some->gone;
    all->binary += some->binary;
    all->generated += some->generated;
    *some = (ScanSkips){0};
}

static void take_facts(Scan *self, Job *job) {
    take_skips(&self->progress.skipped, &job->skipped);
    for (uint32_t i = 0; i < job->count; i++) {
        self->states[job->files[i]] = FILE_READ;
        self->progress.done++;
        if (self->cancelled)
            facts_free(job->facts[i]);
        else if (job->facts[i])
            self->handler.facts(self->handler.context, str_of(self->paths.items[job->files[i]]),
                                job->facts[i]);
    }
}

static void take_hits(Job *job) {
    Search *search = job->search;
    search->jobs--;
    for (uint32_t i = 0; i < job->count && search->want; i++) {
        if (job->hits[i]) ARRAY_PUSH(&search->hits, job->files[i]);
    }
}

static void scan_free(Scan *self) {
    for (uint32_t i = 0; i < self->job_count; i++) parser_free(self->jobs[i].parser);
    while (self->wants) scan_want_end(self, self->wants);
    ARRAY_FREE(&self->wanted);
    paths_release(&self->paths);
    intern_release(&self->numbers);
    mem_free(self->states);
    mem_free(self->jobs);
    mem_free(self->root);
    mem_free(self);
}

static void after_job(uv_work_t *work, int status);

/* Gives idle jobs what there is to do: first to search, then to parse. */
static void start_jobs(Scan *self) {
    end_searches(self);
    for (uint32_t i = 0; i < self->job_count && !self->cancelled; i++) {
        Job *job = &self->jobs[i];
        if (job->active) continue;
        if (!fill_with_search(self, job) && !fill_with_files(self, job)) break;
        job->active = true;
        self->busy++;
        uv_queue_work(self->loop, &job->work, run_job, after_job);
    }
    end_searches(self);
}

/* "/w: skipped 3 files: 1 too large, 2 unreadable" */
static void log_skips(const char *root, ScanSkips skips) {
    uint32_t trouble = skips.too_large + skips.too_complex + skips.unreadable;
    uint32_t all = trouble + skips.binary + skips.generated;
    StrBuf why;
    buf_init(&why);
    if (skips.too_large) buf_printf(&why, ", %u too large (setting index.maxFileBytes)", skips.too_large);
    if (skips.too_complex) buf_printf(&why, ", %u too complex", skips.too_complex);
    if (skips.unreadable) buf_printf(&why, ", %u unreadable", skips.unreadable);
    if (skips.binary) buf_printf(&why, ", %u binary", skips.binary);
    if (skips.generated) buf_printf(&why, ", %u generated", skips.generated);
    if (all)
        log_line(trouble ? LOG_WARNING : LOG_INFO, "%s: skipped %u file%s: %s", root, all,
                 all == 1 ? "" : "s", why.data + 2);
    buf_release(&why);
}

static void finish_if_idle(Scan *self) {
    if (self->busy > 0) return;
    while (self->searches) { /* cancelled */
        Search *search = self->searches;
        self->searches = search->after;
        search_free(search);
    }
    log_skips(self->root, self->progress.skipped);
    self->handler.finished(self->handler.context, self->progress, self->cancelled);
    scan_free(self);
}

static void after_job(uv_work_t *work, int status) {
    (void)status;
    Job *job = work->data;
    Scan *self = job->scan;
    self->busy--;
    job->active = false;
    if (job->search)
        take_hits(job);
    else
        take_facts(self, job);
    start_jobs(self);
    if (self->handler.progress && !self->cancelled)
        self->handler.progress(self->handler.context, self->progress);
    finish_if_idle(self);
}

/* Leaves out what need not be read, and numbers the rest. */
static void drop_known(Scan *self) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->paths.len; i++) {
        char *path = self->paths.items[i];
        if (self->handler.knows && self->handler.knows(self->handler.context, str_of(path))) {
            mem_free(path);
        } else {
            intern_id(&self->numbers, str_of(path));
            self->paths.items[kept++] = path;
        }
    }
    self->paths.len = kept;
}

static void after_walk(uv_work_t *work, int status) {
    (void)status;
    Scan *self = work->data;
    self->busy--;
    drop_known(self);
    self->walked = true;
    self->progress.total = self->paths.len;
    self->states = mem_calloc(self->paths.len + 1, sizeof *self->states);
    start_jobs(self);
    if (self->handler.progress && !self->cancelled)
        self->handler.progress(self->handler.context, self->progress);
    finish_if_idle(self);
}

Scan *scan_start(uv_loop_t *loop, Str root, uint64_t max_file_bytes, ScanHandler handler) {
    Scan *self = mem_calloc(1, sizeof *self);
    self->loop = loop;
    self->root = str_dup(root);
    self->max_file_bytes = max_file_bytes;
    self->handler = handler;
    self->walk.data = self;
    intern_init(&self->numbers);
    uint32_t jobs = 2 * uv_available_parallelism(); /* one runs, one waits */
    self->job_count = jobs < MOST_JOBS ? jobs : MOST_JOBS;
    self->jobs = mem_calloc(self->job_count, sizeof *self->jobs);
    for (uint32_t i = 0; i < self->job_count; i++) {
        self->jobs[i].scan = self;
        self->jobs[i].work.data = &self->jobs[i];
    }
    self->busy = 1;
    uv_queue_work(loop, &self->walk, run_walk, after_walk);
    return self;
}

void scan_cancel(Scan *self) { self->cancelled = true; }

/* --- what others want ----------------------------------------------------------------------------- */

Want *scan_want(Scan *self) {
    Want *want = mem_calloc(1, sizeof *want);
    intern_init(&want->names);
    want->after = self->wants;
    self->wants = want;
    return want;
}

void scan_want_end(Scan *self, Want *want) {
    for (Search *search = self->searches; search; search = search->after) {
        if (search->want == want) search->want = NULL;
    }
    Want **link = &self->wants;
    while (*link != want) link = &(*link)->after;
    *link = want->after;
    ARRAY_FREE(&want->files);
    intern_release(&want->names);
    mem_free(want);
}

void scan_want_file(Scan *self, Want *want, Str path) {
    uint32_t file = intern_find(&self->numbers, path);
    if (file == INTERN_NONE) return;
    want_number(self, want, file);
    start_jobs(self);
}

/* Whether the name was not asked for yet. */
static bool note_name(Want *self, Str name, bool defined) {
    StrBuf key;
    buf_init(&key);
    buf_append_byte(&key, defined ? 'd' : 'o');
    buf_append(&key, name);
    uint32_t count = intern_count(&self->names);
    bool new = intern_id(&self->names, buf_str(&key)) == count;
    buf_release(&key);
    return new;
}

void scan_want_name(Scan *self, Want *want, Str name, bool defined) {
    if (name.len == 0 || !note_name(want, name, defined)) return;
    Search *search = mem_calloc(1, sizeof *search);
    *search = (Search){.name = str_dup(name), .defined = defined, .want = want, .after = self->searches};
    self->searches = search;
    want->searches++;
    start_jobs(self);
}

bool scan_has(Scan *self, Want *want) {
    if (!self->walked) return false;
    while (want->files.len && self->states[*ARRAY_LAST(&want->files)] == FILE_READ) want->files.len--;
    return want->files.len == 0 && want->searches == 0;
}
