#include "markdown/disk/page_writer.h"

#include "base/path.h"
#include "index/disk/stamp.h"
#include "markdown/diff.h"
#include "markdown/disk/merge.h"

#include <errno.h>
#include <sys/stat.h>

enum { BATCH_PAGES = 512, BATCH_BYTES = 32 << 20 };

static void set_reason(PageReport *report, PageState state, Str why) {
    mem_free(report->reason);
    report->state = state;
    report->reason = str_dup(why);
}

static bool same_state(const FileStamp *a, const FileStamp *b) {
    return a->size == b->size && a->modified == b->modified;
}

/* A page that somebody else has written meanwhile stays. */
static void commit(PendingPage *page, bool flushed, StrBuf *why) {
    FileStamp now = {0};
    stamp_take(page->file.path, &now);
    bool replace = flushed && same_state(&now, &page->replaces);
    if (flushed && !replace) buf_append(why, STR("it was changed while its page was written"));
    if (!file_commit_prepared(&page->file, replace, why))
        set_reason(&page->reports->items[page->report], PAGE_FAILED, buf_str(why));
}

void page_writer_finish(PageWriter *self) {
    StrBuf flush_why, why;
    buf_init(&flush_why);
    buf_init(&why);
    Array(PreparedFile) files = {0};
    for (uint32_t i = 0; i < self->pending.len; i++) ARRAY_PUSH(&files, self->pending.items[i].file);
    bool flushed = file_flush_prepared(files.items, files.len, &flush_why);
    for (uint32_t i = 0; i < self->pending.len; i++) {
        buf_clear(&why);
        buf_append(&why, buf_str(&flush_why));
        commit(&self->pending.items[i], flushed, &why);
    }
    ARRAY_FREE(&files);
    ARRAY_FREE(&self->pending);
    mem_free(self->folder);
    self->folder = NULL;
    self->bytes = 0;
    buf_release(&flush_why);
    buf_release(&why);
}

/* Keeps what a person made of a page before it is replaced, under a name that nothing has. */
static bool keep_copy(Str path, Str existing, StrBuf *why) {
    enum { MOST_COPIES = 1000 };
    StrBuf copy;
    buf_init(&copy);
    bool kept = false, exists = true;
    for (int number = 1; number <= MOST_COPIES && exists; number++) {
        buf_clear(&copy);
        buf_clear(why);
        buf_append(&copy, path);
        buf_append(&copy, STR(".orig"));
        if (number > 1) buf_printf(&copy, ".%d", number);
        kept = file_write_new(copy.data, existing, &exists, why);
    }
    buf_release(&copy);
    return kept;
}

/* A page as it is to be, and what stands there. */
typedef struct {
    Str path, existing, page;
    FileStamp stamp; /* of what stands there */
} Change;

static void append_diff(const PageWriter *self, const Change *change, PageReport *report) {
    StrBuf diff;
    buf_init(&diff);
    diff_append(path_below(change->path, self->request->config.root), change->existing, change->page, &diff);
    report->diff = buf_take(&diff);
}

static bool prepare(PageWriter *self, const Change *change, bool edited, PageReports *reports, StrBuf *why) {
    PendingPage pending = {.replaces = change->stamp, .reports = reports, .report = reports->len - 1};
    if (edited && !keep_copy(change->path, change->existing, why)) return false;
    if (!file_prepare(change->path.data, change->page, &pending.file, why)) return false;
    ARRAY_PUSH(&self->pending, pending);
    self->bytes += change->page.len;
    return true;
}

/* Also tells the hash of the bytes that belong there, and how they differ. */
static void merge(PageWriter *self, Change change, PageReports *reports) {
    PageReport *report = ARRAY_LAST(reports);
    const PublishRequest *request = self->request;
    StrBuf merged, why, trouble;
    buf_init(&merged);
    buf_init(&why);
    buf_init(&trouble);
    bool edited, force = request->force;
    PageState state = merge_page(change.existing, change.page, force, &merged, &why, &edited);
    bool changes = state == PAGE_CREATED || state == PAGE_UPDATED;
    change.page = buf_str(&merged);
    report->hash = stamp_hash(change.page);
    set_reason(report, state, buf_str(&why));
    if (request->diff && state == PAGE_UPDATED) append_diff(self, &change, report);
    if (changes && !request->check && !prepare(self, &change, edited, reports, &trouble))
        set_reason(report, PAGE_FAILED, buf_str(&trouble));
    buf_release(&merged);
    buf_release(&why);
    buf_release(&trouble);
}

/* Whether a folder, or one that it lies in below the out folder, is a link: it may lead anywhere. */
static bool is_linked(const PageWriter *self, Str folder) {
    StrBuf path;
    buf_init(&path);
    bool linked = false;
    for (; folder.len && !linked; folder = path_parent(folder)) {
        struct stat info;
        buf_clear(&path);
        buf_append(&path, self->out);
        path_join(&path, folder);
        linked = lstat(path.data, &info) == 0 && S_ISLNK(info.st_mode);
    }
    buf_release(&path);
    return linked;
}

/* Pages come folder by folder. */
static bool lies_behind_link(PageWriter *self, Str page) {
    Str folder = path_parent(page);
    if (!self->folder || !str_eq(str_of(self->folder), folder)) {
        mem_free(self->folder);
        self->folder = str_dup(folder);
        self->is_linked = is_linked(self, folder);
    }
    return self->is_linked;
}

void page_writer_put(PageWriter *self, PageReports *reports, Str page_path, Str page) {
    StrBuf path, existing, why;
    buf_init(&path);
    buf_init(&existing);
    buf_init(&why);
    buf_append(&path, self->out);
    path_join(&path, page_path);
    Change change = {.path = buf_str(&path), .page = page};
    ARRAY_PUSH(reports, ((PageReport){.state = PAGE_FAILED, .path = str_dup(page_path)}));
    stamp_take(path.data, &change.stamp);
    if (lies_behind_link(self, page_path)) {
        set_reason(ARRAY_LAST(reports), PAGE_FAILED, STR("its folder is a link, which is not followed"));
    } else if (!file_read(path.data, 0, &existing, &why) && errno != ENOENT) {
        set_reason(ARRAY_LAST(reports), PAGE_FAILED, buf_str(&why));
    } else {
        change.existing = buf_str(&existing);
        merge(self, change, reports);
    }
    if (self->pending.len >= BATCH_PAGES || self->bytes >= BATCH_BYTES) page_writer_finish(self);
    buf_release(&path);
    buf_release(&existing);
    buf_release(&why);
}
