#include "markdown/disk/record.h"

#include "base/path.h"
#include "index/disk/cache.h"
#include "index/disk/file.h"
#include "index/disk/stamp.h"
#include "markdown/source_key.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

void record_release(Record *self) {
    for (uint32_t i = 0; i < self->pages.len; i++) mem_free(self->pages.items[i].path);
    ARRAY_FREE(&self->pages);
}

static uint64_t hash_with(Str bytes, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data ? bytes.data : "", bytes.len, seed);
}

/* --- the file ----------------------------------------------------------------------------------- */

enum { MOST_BYTES = 1 << 28 };

static bool folder_of(StrBuf *out) {
    if (!cache_folder(out)) return false;
    path_join(out, STR("pages"));
    return true;
}

static void append_root(Str root, StrBuf *out) {
    buf_printf(out, "%016llx-", (unsigned long long)hash_with(root, 0));
}

static bool file_of(const PageConfig *config, StrBuf *path) {
    if (!folder_of(path)) return false;
    buf_append_byte(path, '/');
    append_root(config->root, path);
    buf_printf(path, "%016llx", (unsigned long long)hash_with(config->out, 0));
    return true;
}

/* One page in the file; its path follows. */
typedef struct {
    FileStamp stamp;
    uint64_t digest, path_len;
} Row;

static void append_bytes(StrBuf *out, const void *data, size_t size) {
    buf_append(out, str_make(data, size));
}

static bool take_bytes(Str *rest, void *data, size_t size) {
    if (rest->len < size) return false;
    memcpy(data, rest->data, size);
    *rest = str_from(*rest, size);
    return true;
}

/* Other programs may write other rows. */
static uint64_t checksum(Str body) { return hash_with(body, hash_with(STR(HEADWORD_SOURCE_KEY), 0)); }

/* "checksum key rows"; whatever else is in a file makes a wrong checksum. */
static void decode(Str bytes, Record *out) {
    uint64_t check;
    Row row;
    if (!take_bytes(&bytes, &check, sizeof check) || check != checksum(bytes)) return;
    if (!take_bytes(&bytes, &out->key, sizeof out->key)) return;
    while (take_bytes(&bytes, &row, sizeof row)) {
        ARRAY_PUSH(&out->pages,
                   ((RecordedPage){str_dup(str_slice(bytes, 0, row.path_len)), row.digest, row.stamp}));
        bytes = str_from(bytes, row.path_len);
    }
}

static int compare_digests(const void *a, const void *b) {
    const RecordedPage *x = a, *y = b;
    if (x->digest != y->digest) return x->digest < y->digest ? -1 : 1;
    return strcmp(x->path, y->path);
}

void record_read(const PageConfig *config, Record *out) {
    *out = (Record){0};
    StrBuf path, bytes, why;
    buf_init(&path);
    buf_init(&bytes);
    buf_init(&why);
    if (file_of(config, &path) && file_read(path.data, MOST_BYTES, &bytes, &why))
        decode(buf_str(&bytes), out);
    if (out->pages.len) qsort(out->pages.items, out->pages.len, sizeof(RecordedPage), compare_digests);
    buf_release(&path);
    buf_release(&bytes);
    buf_release(&why);
}

static void page_path(Str out, const char *page, StrBuf *path) {
    buf_clear(path);
    buf_append(path, out);
    path_join(path, str_of(page));
}

/* What changed within the grain of the clock is looked at. */
static bool is_as_recorded(Record *self, RecordedPage *page, const char *path) {
    FileStamp now;
    if (!stamp_take(path, &now) || now.size != page->stamp.size) return false;
    if (stamp_equals(&now, &page->stamp)) return true;
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    bool same = file_read(path, 0, &bytes, &why) && stamp_hash(buf_str(&bytes)) == page->stamp.hash;
    if (same && now.changed) self->renewed = true;
    buf_release(&bytes);
    buf_release(&why);
    return same;
}

bool record_holds(Record *self, Str out) {
    StrBuf path;
    buf_init(&path);
    bool holds = true;
    for (uint32_t i = 0; i < self->pages.len && holds; i++) {
        page_path(out, self->pages.items[i].path, &path);
        holds = is_as_recorded(self, &self->pages.items[i], path.data);
    }
    buf_release(&path);
    return holds;
}

Slice record_find(Record *self, uint64_t digest, Str out) {
    uint32_t low = 0, high = digest ? self->pages.len : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->pages.items[middle].digest < digest)
            low = middle + 1;
        else
            high = middle;
    }
    Slice found = {low, 0};
    StrBuf path;
    buf_init(&path);
    for (uint32_t i = low; digest && i < self->pages.len && self->pages.items[i].digest == digest; i++) {
        page_path(out, self->pages.items[i].path, &path);
        if (!is_as_recorded(self, &self->pages.items[i], path.data)) {
            found.count = 0;
            break;
        }
        found.count++;
    }
    buf_release(&path);
    return found;
}

void record_add(Record *self, Str path, uint64_t hash, uint64_t digest) {
    ARRAY_PUSH(&self->pages, ((RecordedPage){str_dup(path), digest, {.hash = hash}}));
}

void record_write(const PageConfig *config, Str out, Record *self) {
    StrBuf path, body, file, why;
    buf_init(&path);
    buf_init(&body);
    buf_init(&file);
    buf_init(&why);
    append_bytes(&body, &self->key, sizeof self->key);
    for (uint32_t i = 0; i < self->pages.len; i++) {
        RecordedPage *page = &self->pages.items[i];
        uint64_t hash = page->stamp.hash;
        page_path(out, page->path, &path);
        if (!stamp_take(path.data, &page->stamp)) page->stamp = (FileStamp){0};
        page->stamp.hash = hash;
        Row row = {page->stamp, page->digest, strlen(page->path)};
        append_bytes(&body, &row, sizeof row);
        buf_append(&body, str_of(page->path));
    }
    uint64_t check = checksum(buf_str(&body));
    append_bytes(&file, &check, sizeof check);
    buf_append(&file, buf_str(&body));
    buf_clear(&path);
    if (file_of(config, &path)) file_write_private(path.data, buf_str(&file), &why);
    buf_release(&path);
    buf_release(&body);
    buf_release(&file);
    buf_release(&why);
}

void record_forget(Str root) {
    StrBuf path, prefix;
    buf_init(&path);
    buf_init(&prefix);
    if (root.data) append_root(root, &prefix);
    bool known = folder_of(&path);
    size_t folder = path.len;
    DIR *stream = known ? opendir(path.data) : NULL;
    for (struct dirent *entry; stream && (entry = readdir(stream)); buf_truncate(&path, folder)) {
        path_join(&path, str_of(entry->d_name));
        if (str_starts_with(str_of(entry->d_name), buf_str(&prefix))) unlink(path.data); /* folders stay */
    }
    if (stream) closedir(stream);
    buf_release(&path);
    buf_release(&prefix);
}
