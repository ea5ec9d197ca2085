/* Pages on a disk, and those to be written there -> the folder of pages. What each report says is what has
 * happened to its file, what a person made is never lost, nothing outside of the folder changes, no
 * unfinished file is left, and writing the same pages again changes nothing.
 *
 * The input is a piece of flags ('c': check, 'f': force, 'd': diff), then three pieces a page: its path; what
 * lies there, after one byte that says what it is; and the new body. */
#include "input.h"
#include "page.h"

#include "base/path.h"
#include "index/disk/stamp.h"
#include "markdown/disk/page_writer.h"

#include <dirent.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PAGES = 8 };

typedef struct {
    char root[64];
    StrBuf out;
} Disk;

typedef struct {
    StrBuf path; /* relative to the out folder */
    StrBuf full, page, before, after;
    bool existed;
    bool edited; /* a page of Headword's was, before */
} Case;

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *place) {
    (void)info, (void)kind, (void)place;
    return remove(path);
}

static int must_be_finished(const char *path, const struct stat *info, int kind, struct FTW *place) {
    (void)info, (void)kind, (void)place;
    MUST(!file_is_stray(path_name(str_of(path))));
    return 0;
}

/* The out folder, and beside it one that a link in it leads to. */
static void disk_init(Disk *self) {
    const char *memory = "/dev/shm"; /* flushing costs nothing there */
    snprintf(self->root, sizeof self->root, "%s/headword-fuzz-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    MUST(mkdtemp(self->root));
    buf_init(&self->out);
    buf_printf(&self->out, "%s/outside", self->root);
    MUST(mkdir(self->out.data, 0700) == 0);
    buf_clear(&self->out);
    buf_printf(&self->out, "%s/out/link", self->root);
    StrBuf why;
    buf_init(&why);
    MUST(file_make_parents(self->out.data, &why));
    buf_release(&why);
    MUST(symlink("../outside", self->out.data) == 0);
    buf_clear(&self->out);
    buf_printf(&self->out, "%s/out", self->root);
}

static void disk_release(Disk *self) {
    nftw(self->root, must_be_finished, 16, FTW_PHYS);
    StrBuf outside;
    buf_init(&outside);
    buf_printf(&outside, "%s/outside", self->root);
    MUST(rmdir(outside.data) == 0); /* nothing is in it */
    buf_release(&outside);
    nftw(self->root, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    buf_release(&self->out);
}

static bool read_page(const Case *self, StrBuf *bytes) {
    StrBuf why;
    buf_init(&why);
    buf_clear(bytes);
    bool read = file_read(self->full.data, 0, bytes, &why);
    buf_release(&why);
    return read;
}

/* What lies there: nothing, anything, a page of Headword's, or one that was edited. */
static void put_before(Case *self, Str bytes) {
    uint32_t what = input_number(&bytes, 1) % 4;
    StrBuf page, why;
    buf_init(&page);
    buf_init(&why);
    if (what == 1) buf_append(&page, bytes);
    if (what >= 2) finish_page(bytes, &page);
    self->edited = what == 3;
    if (self->edited) buf_replace(&page, 0, 0, STR("edited\n"));
    bool linked = str_starts_with(buf_str(&self->path), STR("link"));
    if (what && !linked) file_write(self->full.data, buf_str(&page), &why);
    buf_release(&page);
    buf_release(&why);
}

static bool is_page_path(Str path) {
    return path.len > 0 && path.len < 100 && path.data[0] != '/' && !str_starts_with(path, STR("..")) &&
           memchr(path.data, '\0', path.len) == NULL && !file_is_stray(path_name(path));
}

/* False: the input ends, or says nothing that could be a page. */
static bool case_init(Case *self, const Disk *disk, Str *rest) {
    Str path = input_piece(rest), before = input_piece(rest), body = input_piece(rest);
    *self = (Case){0};
    buf_init(&self->path);
    path_normalize(&self->path, path);
    if (!is_page_path(buf_str(&self->path)) || !is_plain(before) || !is_plain(body)) {
        buf_release(&self->path);
        return false;
    }
    buf_init(&self->full);
    buf_init(&self->page);
    buf_init(&self->before);
    buf_init(&self->after);
    buf_append(&self->full, buf_str(&disk->out));
    path_join(&self->full, buf_str(&self->path));
    finish_page(body, &self->page);
    put_before(self, before);
    return true;
}

static void case_release(Case *self) {
    buf_release(&self->path);
    buf_release(&self->full);
    buf_release(&self->page);
    buf_release(&self->before);
    buf_release(&self->after);
}

static void write_pages(const Disk *disk, const PublishRequest *request, const Case *cases, uint32_t count,
                        PageReports *reports) {
    PageWriter writer = {.request = request, .out = buf_str(&disk->out)};
    for (uint32_t i = 0; i < count; i++)
        page_writer_put(&writer, reports, buf_str(&cases[i].path), buf_str(&cases[i].page));
    page_writer_finish(&writer);
    MUST(reports->len == count);
}

/* The copy that is kept of a page that is replaced by force. */
static bool has_copy(const Case *self) {
    Case copy = {0};
    StrBuf bytes;
    buf_init(&copy.full);
    buf_init(&bytes);
    buf_append(&copy.full, buf_str(&self->full));
    buf_append(&copy.full, STR(".orig"));
    bool kept = read_page(&copy, &bytes) && str_eq(buf_str(&bytes), buf_str(&self->before));
    buf_release(&copy.full);
    buf_release(&bytes);
    return kept;
}

static void check_report(Case *self, const PublishRequest *request, const PageReport *report) {
    bool exists = read_page(self, &self->after);
    bool same = exists == self->existed && str_eq(buf_str(&self->after), buf_str(&self->before));
    bool changes = report->state == PAGE_CREATED || report->state == PAGE_UPDATED;
    MUST(str_eq(str_of(report->path), buf_str(&self->path)));
    MUST(report->state != PAGE_REMOVED);
    MUST(report->state != PAGE_CREATED ||
         str_trim(buf_str(&self->before)).len == 0); /* a blank file is none */
    MUST(report->state != PAGE_UPDATED || self->existed);
    MUST(same || (changes && !request->check));
    if (changes && !request->check) MUST(exists && stamp_hash(buf_str(&self->after)) == report->hash);
    if (self->edited && !same) MUST(request->force && has_copy(self));
    if (report->state == PAGE_REFUSED || report->state == PAGE_FAILED) MUST(report->reason[0]);
}

static void reports_release(PageReports *self) {
    for (uint32_t i = 0; i < self->len; i++) {
        mem_free(self->items[i].path);
        mem_free(self->items[i].reason);
        mem_free(self->items[i].diff);
    }
    ARRAY_FREE(self);
}

static void check_pages(const Disk *disk, PublishRequest *request, Case *cases, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) cases[i].existed = read_page(&cases[i], &cases[i].before);
    PageReports reports = {0}, again = {0};
    write_pages(disk, request, cases, count, &reports);
    for (uint32_t i = 0; i < count; i++) check_report(&cases[i], request, &reports.items[i]);
    write_pages(disk, request, cases, count, &again);
    for (uint32_t i = 0; i < count; i++) {
        PageState first = reports.items[i].state, second = again.items[i].state;
        bool written = !request->check && (first == PAGE_CREATED || first == PAGE_UPDATED);
        MUST(second == (written ? PAGE_FRESH : first));
    }
    reports_release(&reports);
    reports_release(&again);
}

static bool is_listed(const Case *cases, uint32_t count, Str path) {
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(buf_str(&cases[i].path), path)) return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str rest = str_make((const char *)data, size), flags = input_piece(&rest);
    Disk disk = {0};
    disk_init(&disk);
    PublishRequest request = {.config = {.root = buf_str(&disk.out)},
                              .check = str_find(flags, STR("c")) != STR_NPOS,
                              .force = str_find(flags, STR("f")) != STR_NPOS,
                              .diff = str_find(flags, STR("d")) != STR_NPOS};
    Case cases[MOST_PAGES];
    uint32_t count = 0;
    while (count < MOST_PAGES && rest.len) {
        if (!case_init(&cases[count], &disk, &rest)) continue;
        if (is_listed(cases, count, buf_str(&cases[count].path))) /* each page is written once */
            case_release(&cases[count]);
        else
            count++;
    }
    check_pages(&disk, &request, cases, count);
    while (count) case_release(&cases[--count]);
    disk_release(&disk);
    return 0;
}
