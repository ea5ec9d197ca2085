#include "markdown/disk/publish.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "index/disk/walk.h"
#include "markdown/disk/digest.h"
#include "markdown/disk/merge.h"
#include "markdown/disk/orphans.h"
#include "markdown/disk/owner.h"
#include "markdown/disk/page_writer.h"
#include "markdown/disk/record.h"
#include "markdown/disk/runner.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <uv.h>

enum { README_MOST = 1 << 20, MOST_THREADS = 64, PROGRESS_MILLISECONDS = 100 };

/* What one task did, kept apart from the others so that the order of the threads does not show. */
typedef struct {
    PageReports reports; /* path: relative to the out folder */
    uint64_t bytes;
} TaskResult;

/* Tasks are numbered: the book's files, its folders, then what there is once for all. */
typedef struct {
    const Book *book;
    const PublishRequest *request;
    Str out;     /* absolute */
    Owner owner; /* of the pages that were there before */
    Array(uint32_t) tasks;
    TaskResult *results; /* per task */
    uint64_t *digests;   /* of what files and folders are made from; NULL: nothing is remembered */
    atomic_uint next, done;
    uint32_t to_do; /* tasks that render */
    atomic_bool cancelled;
    uv_mutex_t mutex;
    uv_cond_t ended;
    uint32_t running; /* threads; under the mutex */
} Run;

/* A thread's task, as the page sink sees it. */
typedef struct {
    PageWriter writer;
    TaskResult *result;
} Sink;

static void report(TaskResult *result, PageState state, Str path, Str reason) {
    ARRAY_PUSH(&result->reports, ((PageReport){state, str_dup(path), str_dup(reason), NULL, 0}));
}

static void take_page(void *context, Str page_path, Str page) {
    Sink *sink = context;
    sink->result->bytes += page.len;
    page_writer_put(&sink->writer, &sink->result->reports, page_path, page);
}

static void render_file(const Run *run, uint32_t file, Sink *sink) {
    const BookFile *self = &run->book->files.items[file];
    Str source = index_path(run->book->index, self->file);
    StrBuf bytes, text, why, page;
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&why);
    buf_init(&page);
    char *c_path = str_dup(source);
    bool read = file_read(c_path, 0, &bytes, &why);
    Decoded decoded = decode_text(source, buf_str(&bytes), &text);
    if (read && text.len != index_facts(run->book->index, self->file)->lines.len) {
        buf_append(&why, STR("the source changed while its pages were written"));
        read = false;
    }
    if (read) {
        PageText page_text = {buf_str(&bytes), buf_str(&text), decoded};
        page_render_file(run->book, file, &page_text, (PageSink){sink, take_page});
    } else {
        book_page_path(run->book, file, PAGE_DOCS, &page);
        report(sink->result, PAGE_FAILED, buf_str(&page), buf_str(&why));
    }
    mem_free(c_path);
    buf_release(&bytes);
    buf_release(&text);
    buf_release(&why);
    buf_release(&page);
}

static void work(void *context) {
    Run *run = context;
    Sink sink = {.writer = {.request = run->request, .out = run->out}};
    for (;;) {
        uint32_t i = atomic_fetch_add(&run->next, 1);
        if (i >= run->tasks.len || atomic_load(&run->cancelled)) break;
        uint32_t task = run->tasks.items[i];
        uint32_t files = run->book->files.len, site = files + run->book->folders.len;
        sink.result = &run->results[i];
        if (run->results[i].reports.len) continue; /* its pages are as they were */
        if (task < files)
            render_file(run, task, &sink);
        else if (task < site)
            page_render_folder(run->book, task - files, (PageSink){&sink, take_page});
        else
            page_render_site(run->book, task - site, (PageSink){&sink, take_page});
        atomic_fetch_add(&run->done, 1);
    }
    page_writer_finish(&sink.writer);
    uv_mutex_lock(&run->mutex);
    run->running--;
    uv_cond_signal(&run->ended);
    uv_mutex_unlock(&run->mutex);
}

static void tell_progress(Run *run) {
    const PublishRequest *request = run->request;
    if (!request->progress || request->progress(request->context, atomic_load(&run->done), run->to_do))
        return;
    atomic_store(&run->cancelled, true);
}

static void run_tasks(Run *run) {
    uint32_t jobs = run->request->jobs ? run->request->jobs : uv_available_parallelism();
    if (jobs > MOST_THREADS) jobs = MOST_THREADS;
    if (jobs > run->tasks.len) jobs = run->tasks.len;
    uv_thread_t threads[MOST_THREADS];
    uv_mutex_init(&run->mutex);
    uv_cond_init(&run->ended);
    uv_mutex_lock(&run->mutex);
    for (run->running = 0; run->running < jobs; run->running++) {
        if (uv_thread_create(&threads[run->running], work, run) != 0) break;
    }
    uint32_t started = run->running;
    if (started == 0) { /* there are no threads to be had */
        run->running = 1;
        uv_mutex_unlock(&run->mutex);
        work(run);
        uv_mutex_lock(&run->mutex);
    }
    while (run->running) {
        uv_cond_timedwait(&run->ended, &run->mutex, PROGRESS_MILLISECONDS * 1000000ull);
        uv_mutex_unlock(&run->mutex);
        tell_progress(run);
        uv_mutex_lock(&run->mutex);
    }
    uv_mutex_unlock(&run->mutex);
    for (uint32_t i = 0; i < started; i++) uv_thread_join(&threads[i]);
    uv_mutex_destroy(&run->mutex);
    uv_cond_destroy(&run->ended);
    tell_progress(run);
}

static bool is_wanted(const PublishRequest *request, Str path, bool *hits) {
    if (!request->paths) return true;
    bool wanted = false;
    for (uint32_t i = 0; i < request->path_count; i++) {
        if (!path_is_under(path, request->paths[i])) continue;
        wanted = hits[i] = true;
    }
    return wanted;
}

/* Lists the tasks; false when a path asked for has no pages. */
static bool plan(Run *run, StrBuf *why) {
    const PublishRequest *request = run->request;
    const Book *book = run->book;
    bool *hits = mem_calloc(request->path_count + 1, sizeof *hits), all = true;
    for (uint32_t i = 0; i < book->files.len; i++) {
        if (is_wanted(request, book->files.items[i].path, hits)) ARRAY_PUSH(&run->tasks, i);
    }
    for (uint32_t i = 0; i < book->folders.len; i++) {
        if (is_wanted(request, book->folders.items[i].path, hits))
            ARRAY_PUSH(&run->tasks, book->files.len + i);
    }
    for (uint32_t i = 0; i < PAGE_SITES && !request->paths; i++)
        ARRAY_PUSH(&run->tasks, book->files.len + book->folders.len + i);
    for (uint32_t i = 0; i < request->path_count && all; i++) {
        all = hits[i];
        if (!all) buf_printf(why, "%.*s: no file there that gets pages", STR_ARG(request->paths[i]));
    }
    mem_free(hits);
    return all;
}

typedef struct {
    Run *run;
    TaskResult *result;
} OrphanContext;

static void take_orphan(void *context, Str path, const char *stays) {
    OrphanContext *self = context;
    StrBuf why;
    buf_init(&why);
    PageState state = PAGE_REMOVED;
    if (self->run->owner == OWNER_UNKNOWN)
        stays = "of no source here, and nothing says that it was written for this repository: left alone";
    if (stays) {
        state = PAGE_REFUSED;
        buf_append(&why, str_of(stays));
    } else if (!self->run->request->check && !orphan_remove(self->run->out.data, path, &why)) {
        state = PAGE_FAILED;
    } else {
        buf_append(&why, STR("its source is gone"));
    }
    report(self->result, state, path, buf_str(&why));
    buf_release(&why);
}

/* The pages that belong there; of a source that could not be read, both. */
static void want_rendered(const Run *run, Interner *wanted) {
    StrBuf page;
    buf_init(&page);
    for (uint32_t t = 0; t < run->tasks.len; t++) {
        for (uint32_t i = 0; i < run->results[t].reports.len; i++)
            intern_id(wanted, str_of(run->results[t].reports.items[i].path));
    }
    for (uint32_t i = 0; i < run->book->files.len; i++) {
        buf_clear(&page);
        book_page_path(run->book, i, PAGE_KW, &page);
        intern_id(wanted, buf_str(&page));
    }
    buf_release(&page);
}

static void remove_orphans(Run *run, const Interner *wanted, TaskResult *result) {
    if (run->request->incomplete) return;
    OrphanContext context = {run, result};
    orphans_each(run->out.data, wanted, !run->request->check, take_orphan, &context);
}

static int compare_reports(const void *a, const void *b) {
    return strcmp(((const PageReport *)a)->path, ((const PageReport *)b)->path);
}

/* Moves a task's reports over, their paths relative to the root from now on. */
static void collect_result(const Run *run, TaskResult *from, PublishResult *into) {
    into->bytes += from->bytes;
    for (uint32_t i = 0; i < from->reports.len; i++) {
        PageReport *item = &from->reports.items[i];
        into->counts[item->state]++;
        if (item->state == PAGE_FRESH) {
            mem_free(item->path);
            mem_free(item->reason);
            continue;
        }
        StrBuf path;
        buf_init(&path);
        buf_append(&path, run->request->config.out);
        path_join(&path, str_of(item->path));
        mem_free(item->path);
        item->path = str_dup(buf_str(&path));
        buf_release(&path);
        ARRAY_PUSH(&into->reports, *item);
    }
    ARRAY_FREE(&from->reports);
}

/* The folder of `path` that exists, as the disk names it, links resolved; the caller frees it (free). */
static char *existing_folder(Str path) {
    for (;;) {
        char *c_path = str_dup(path.len ? path : STR("/"));
        char *real = realpath(c_path, NULL);
        mem_free(c_path);
        if (real || path.len <= 1) return real;
        path = path_parent(path);
    }
}

/* Whether the way from `root` to `folder` below it comes by git's own files. */
static bool is_in_git(Str folder, Str root) {
    bool found = false;
    Str rest = path_below(folder, root), piece;
    while (!found && str_next_piece(&rest, '/', &piece)) found = walk_is_git_folder(piece);
    return found;
}

bool publish_stays_inside(const PageConfig *config, Str path, StrBuf *why) {
    if (config->out.len && config->out.data[0] == '/') return true;
    char *root = existing_folder(config->root), *folder = existing_folder(path);
    bool inside = root && folder && path_is_under(str_of(folder), str_of(root)) &&
                  !is_in_git(str_of(folder), str_of(root));
    if (!inside)
        buf_printf(why, "%.*s: a link leads out of the repository, or it is git's; no page was written",
                   STR_ARG(config->out));
    free(root);
    free(folder);
    return inside;
}

static void absolute_out(const PageConfig *config, StrBuf *out) {
    buf_append(out, config->root);
    path_join(out, config->out);
}

/* Finds the root's README; `path` stays empty when there is none. */
static void read_readme(Str root, StrBuf *path, StrBuf *text) {
    static const char *const names[] = {"README.md", "README.rst", "README.txt", "README"};
    StrBuf full, why;
    buf_init(&full);
    buf_init(&why);
    for (size_t i = 0; i < sizeof names / sizeof *names && path->len == 0; i++) {
        buf_clear(&full);
        buf_clear(text);
        buf_append(&full, root);
        path_join(&full, str_of(names[i]));
        if (file_exists(full.data) && file_read(full.data, README_MOST, text, &why))
            buf_append(path, str_of(names[i]));
    }
    buf_release(&full);
    buf_release(&why);
}

/* Whether a run left all pages as they should be. */
static bool is_left_fresh(const Run *run) {
    const PublishRequest *request = run->request;
    bool fresh = !request->paths && !atomic_load(&run->cancelled);
    for (uint32_t t = 0; t < run->tasks.len && fresh; t++) {
        for (uint32_t i = 0; i < run->results[t].reports.len && fresh; i++) {
            PageState state = run->results[t].reports.items[i].state;
            fresh =
                state == PAGE_FRESH || (!request->check && (state == PAGE_CREATED || state == PAGE_UPDATED));
        }
    }
    return fresh;
}

/* 0 for what shows something of everything. */
static uint64_t task_digest(const Run *run, uint32_t task) {
    bool known = run->digests && task < run->book->files.len + run->book->folders.len;
    return known ? run->digests[task] : 0;
}

static void record_run(const Run *run, uint64_t key) {
    Record record = {.key = key};
    for (uint32_t t = 0; t < run->tasks.len; t++) {
        uint64_t digest = task_digest(run, run->tasks.items[t]);
        for (uint32_t i = 0; i < run->results[t].reports.len; i++) {
            const PageReport *item = &run->results[t].reports.items[i];
            record_add(&record, str_of(item->path), item->hash, digest);
        }
    }
    record_write(&run->request->config, run->out, &record);
    record_release(&record);
}

/* Takes the pages that were made from what their tasks would make them from again. */
static void take_unchanged(Run *run, Record *record) {
    for (uint32_t t = 0; t < run->tasks.len; t++) {
        Slice pages = record_find(record, task_digest(run, run->tasks.items[t]), run->out);
        for (uint32_t i = pages.first; i < pages.first + pages.count; i++) {
            const RecordedPage *page = &record->pages.items[i];
            report(&run->results[t], PAGE_FRESH, str_of(page->path), STR(""));
            ARRAY_LAST(&run->results[t].reports)->hash = page->stamp.hash;
            run->results[t].bytes += (uint64_t)page->stamp.size;
        }
        run->to_do += pages.count == 0;
    }
}

/* Nothing has changed since the record was made: only orphans may have come. */
static void take_recorded(Run *run, Record *record, PublishResult *result) {
    Interner wanted;
    TaskResult orphans = {0};
    intern_init(&wanted);
    for (uint32_t i = 0; i < record->pages.len; i++) {
        intern_id(&wanted, str_of(record->pages.items[i].path));
        result->bytes += (uint64_t)record->pages.items[i].stamp.size;
    }
    result->counts[PAGE_FRESH] = record->pages.len;
    remove_orphans(run, &wanted, &orphans);
    collect_result(run, &orphans, result);
    if (record->renewed) record_write(&run->request->config, run->out, record);
    intern_release(&wanted);
}

/* False with the reason in `why` when nothing could be begun. */
static bool render_all(Run *run, const Index *index, const PageConfig *config, Record *record, uint64_t key,
                       PublishResult *result, StrBuf *why) {
    Book *book = book_new(index, config);
    run->book = book;
    if (key) run->digests = digest_tasks(book);
    run->owner = owner_of(book, run->out, why);
    bool begun = run->owner != OWNER_OTHER && plan(run, why);
    if (begun) {
        Interner wanted;
        TaskResult orphans = {0};
        run->results = mem_calloc(run->tasks.len, sizeof *run->results);
        intern_init(&wanted);
        take_unchanged(run, record);
        run_tasks(run);
        result->cancelled = atomic_load(&run->cancelled);
        want_rendered(run, &wanted);
        if (!run->request->paths && !result->cancelled) remove_orphans(run, &wanted, &orphans);
        if (key && is_left_fresh(run)) record_run(run, key);
        for (uint32_t t = 0; t < run->tasks.len; t++) collect_result(run, &run->results[t], result);
        collect_result(run, &orphans, result);
        intern_release(&wanted);
    }
    mem_free(run->results);
    mem_free(run->digests);
    ARRAY_FREE(&run->tasks);
    book_free(book);
    return begun;
}

bool publish_pages(const Index *index, const PublishRequest *request, PublishResult *result, StrBuf *why) {
    *result = (PublishResult){0};
    StrBuf out, readme_path, readme;
    buf_init(&out);
    buf_init(&readme_path);
    buf_init(&readme);
    absolute_out(&request->config, &out);
    read_readme(request->config.root, &readme_path, &readme);
    PageConfig config = request->config;
    config.readme_path = buf_str(&readme_path);
    config.readme = buf_str(&readme);
    config.runner = runner_find(config.root);
    Run run = {.request = request, .out = buf_str(&out)};
    Record record = {0};
    uint64_t key = request->remembers && !request->paths ? digest_of_all(index, &config) : 0;
    if (key) record_read(&config, &record);
    bool begun = publish_stays_inside(&request->config, run.out, why);
    if (begun && key && record.key == key && record_holds(&record, run.out))
        take_recorded(&run, &record, result);
    else if (begun)
        begun = render_all(&run, index, &config, &record, key, result, why);
    if (result->reports.len)
        qsort(result->reports.items, result->reports.len, sizeof(PageReport), compare_reports);
    record_release(&record);
    buf_release(&out);
    buf_release(&readme_path);
    buf_release(&readme);
    return begun;
}

void publish_result_release(PublishResult *self) {
    for (uint32_t i = 0; i < self->reports.len; i++) {
        mem_free(self->reports.items[i].path);
        mem_free(self->reports.items[i].reason);
        mem_free(self->reports.items[i].diff);
    }
    ARRAY_FREE(&self->reports);
}
