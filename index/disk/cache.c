#include "index/disk/cache.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/source_key.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#define SUFFIX ".index"
#define SUFFIX_UNFINISHED ".part"

enum {
    STALE_SHARE = 64, /* a cache is due when one file in so many changed */
    ABANDONED = 3600, /* seconds after which what is unfinished stays so */
    HASH_DIGITS = 16,
};

static bool fail(StrBuf *why, const char *what) {
    buf_printf(why, "%s: %s", what, strerror(errno));
    return false;
}

/* --- names and keys ----------------------------------------------------------------------------- */

/* What others may write to tells nothing of the user's. */
static bool is_foreign(const char *folder) {
    struct stat info;
    return stat(folder, &info) == 0 && (info.st_uid != geteuid() || info.st_mode & S_IWOTH);
}

bool cache_folder(StrBuf *out) {
#ifdef __APPLE__
    static const char below_home[] = "Library/Caches";
#else
    static const char below_home[] = ".cache";
#endif
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    bool given = cache && cache[0] == '/'; /* others are to be ignored, says the XDG specification */
    if (!given && (home == NULL || home[0] != '/')) return false;
    buf_append(out, str_of(given ? cache : home));
    if (!given) path_join(out, str_of(below_home));
    path_join(out, STR("headword"));
    return !is_foreign(out->data);
}

static bool file_of(Str root, StrBuf *out) {
    if (!cache_folder(out)) return false;
    buf_printf(out, "/%016llx" SUFFIX, (unsigned long long)XXH3_64bits(root.data, root.len));
    return true;
}

/* What wrote it, and on what kind of machine; behind it, the root. */
static void append_key(StrBuf *out, Str root) {
    const uint32_t order = 0x01020304;
    buf_printf(out, "%s %zu %zu %d\n", HEADWORD_SOURCE_KEY, sizeof(void *), sizeof(Facts),
               *(const unsigned char *)&order);
    buf_append(out, root);
}

static Str root_in(Str key) {
    size_t end = str_find_byte(key, '\n');
    return end == STR_NPOS ? STR_NONE : str_from(key, end + 1);
}

/* --- reading ------------------------------------------------------------------------------------ */

/* Maps a file that is ours alone; STR_NONE with a reason, or without when there is no file. */
static Str map_file(const char *path, StrBuf *why) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat info;
    void *bytes = MAP_FAILED;
    if (fd < 0) {
        if (errno != ENOENT && errno != ENOTDIR) fail(why, "open");
        return STR_NONE;
    }
    if (fstat(fd, &info) != 0)
        fail(why, "stat");
    else if (!S_ISREG(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & (S_IWGRP | S_IWOTH)))
        buf_append(why, STR("not a file that the user alone can write"));
    else if (info.st_size == 0)
        buf_append(why, STR("empty"));
    else if ((bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0)) == MAP_FAILED)
        fail(why, "map");
    close(fd);
    return bytes == MAP_FAILED ? STR_NONE : str_make(bytes, (size_t)info.st_size);
}

static void unmap(Str bytes) {
    if (bytes.data) munmap((void *)(uintptr_t)bytes.data, bytes.len);
}

bool cache_open(Cache *self, Str root, Index *index, StrBuf *why) {
    StrBuf path, key;
    buf_init(&path);
    buf_init(&key);
    append_key(&key, root);
    self->bytes = file_of(root, &path) ? map_file(path.data, why) : STR_NONE;
    bool mapped = self->bytes.data != NULL,
         good = mapped && snapshot_attach(self->bytes, buf_str(&key), index);
    if (good) {
        utimensat(AT_FDCWD, path.data, NULL, 0); /* used last: now; of no importance when it fails */
    } else if (mapped) {
        buf_append(why, STR("another version's, or damaged"));
        cache_close(self);
    }
    buf_release(&path);
    buf_release(&key);
    return good;
}

void cache_close(Cache *self) {
    unmap(self->bytes);
    self->bytes = STR_NONE;
}

void cache_rest(const Cache *self) {
    madvise((void *)(uintptr_t)self->bytes.data, self->bytes.len, MADV_DONTNEED);
}

/* --- the folder --------------------------------------------------------------------------------- */

static int last_used_first(const void *left, const void *right) {
    const CacheEntry *a = left, *b = right;
    return a->used != b->used ? (a->used < b->used ? 1 : -1) : strcmp(a->path, b->path);
}

/* Whether a file of that name is a cache, finished or not. */
static bool is_ours(Str name) {
    size_t digits = 0;
    while (digits < name.len && strchr("0123456789abcdef", name.data[digits])) digits++;
    return digits == HASH_DIGITS && str_starts_with(str_from(name, digits), STR(SUFFIX));
}

static char *root_of_file(const char *path) {
    StrBuf why;
    buf_init(&why);
    Str bytes = map_file(path, &why);
    Str root = bytes.data ? root_in(snapshot_key(bytes)) : STR_NONE;
    char *copy = root.len ? str_dup(root) : NULL;
    unmap(bytes);
    buf_release(&why);
    return copy;
}

static void list_files(CacheEntries *out) {
    StrBuf path;
    buf_init(&path);
    bool known = cache_folder(&path);
    size_t folder = path.len;
    DIR *stream = known ? opendir(path.data) : NULL;
    for (struct dirent *entry; stream && (entry = readdir(stream)); buf_truncate(&path, folder)) {
        struct stat info;
        path_join(&path, str_of(entry->d_name));
        if (!is_ours(str_of(entry->d_name)) || lstat(path.data, &info) != 0) continue;
        ARRAY_PUSH(out, ((CacheEntry){.path = str_dup(buf_str(&path)),
                                      .bytes = (uint64_t)info.st_size,
                                      .used = info.st_mtime}));
    }
    if (stream) closedir(stream);
    buf_release(&path);
    if (out->len) qsort(out->items, out->len, sizeof *out->items, last_used_first);
}

void cache_list(CacheEntries *out) {
    list_files(out);
    for (uint32_t i = 0; i < out->len; i++) out->items[i].root = root_of_file(out->items[i].path);
}

void cache_entries_release(CacheEntries *self) {
    for (uint32_t i = 0; i < self->len; i++) {
        mem_free(self->items[i].path);
        mem_free(self->items[i].root);
    }
    ARRAY_FREE(self);
}

bool cache_remove(const CacheEntry *entry, StrBuf *why) {
    return unlink(entry->path) == 0 || errno == ENOENT || fail(why, entry->path);
}

void cache_forget(Str root) {
    StrBuf path;
    buf_init(&path);
    if (file_of(root, &path)) unlink(path.data);
    buf_release(&path);
}

/* Makes room: what is used least goes, and what somebody began and did not end. `kept` stays. */
static void make_room(const char *kept, uint64_t most_bytes) {
    CacheEntries entries = {0};
    uint64_t bytes = 0;
    list_files(&entries);
    for (uint32_t i = 0; i < entries.len; i++) {
        const CacheEntry *entry = &entries.items[i];
        bool unfinished = !str_ends_with(str_of(entry->path), STR(SUFFIX));
        bool abandoned = unfinished && entry->used < time(NULL) - ABANDONED;
        if (strcmp(entry->path, kept) == 0) continue;
        if (abandoned || (!unfinished && bytes + entry->bytes > most_bytes))
            unlink(entry->path);
        else
            bytes += entry->bytes;
    }
    cache_entries_release(&entries);
}

/* --- writing ------------------------------------------------------------------------------------ */

struct CacheWriter {
    StrBuf path, beside;
    int fd;
    uint64_t bytes, most_bytes;
    StrBuf why; /* what failed */
    Freeze *freeze;
};

bool cache_is_due(const Index *index, FreezeScope scope) {
    FreezeCount count = freeze_count(index, scope);
    return count.changed > count.files / STALE_SHARE;
}

static bool write_bytes(void *context, Str bytes) {
    CacheWriter *self = context;
    self->bytes += bytes.len;
    if (self->bytes > self->most_bytes) {
        buf_append(&self->why, STR("it would be larger than the setting cache.maxBytes allows"));
        return false;
    }
    while (bytes.len) {
        ssize_t wrote = write(self->fd, bytes.data, bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return fail(&self->why, self->beside.data);
        bytes = str_from(bytes, (size_t)wrote);
    }
    return true;
}

/* The new file, which nobody else has: an earlier process of this number may have left one. */
static bool create(CacheWriter *self, StrBuf *why) {
    static atomic_uint counter;
    buf_printf(&self->beside, "%s.%ld-%u" SUFFIX_UNFINISHED, self->path.data, (long)getpid(),
               atomic_fetch_add(&counter, 1));
    unlink(self->beside.data);
    self->fd = open(self->beside.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    return self->fd >= 0 || fail(why, self->beside.data);
}

CacheWriter *cache_writer_new(const Index *index, FreezeScope scope, uint64_t most_bytes, StrBuf *why) {
    CacheWriter *self = mem_calloc(1, sizeof *self);
    self->fd = -1;
    self->most_bytes = most_bytes;
    buf_init(&self->path);
    buf_init(&self->beside);
    buf_init(&self->why);
    if (!file_of(scope.root, &self->path))
        buf_append(why, STR("there is no folder of the user's alone for it"));
    else if (file_make_private_parents(self->path.data, why) && create(self, why)) {
        StrBuf key;
        buf_init(&key);
        append_key(&key, scope.root);
        self->freeze = freeze_new(index, scope, buf_str(&key), (SnapshotSink){self, write_bytes});
        buf_release(&key);
        return self;
    }
    cache_writer_free(self);
    return NULL;
}

/* Puts the file in its place. */
static bool finish(CacheWriter *self) {
    int fd = self->fd;
    self->fd = -1;
    if (close(fd) != 0 || rename(self->beside.data, self->path.data) != 0) {
        fail(&self->why, self->path.data);
        unlink(self->beside.data);
        return false;
    }
    make_room(self->path.data, self->most_bytes - self->bytes);
    return true;
}

FreezeState cache_writer_step(CacheWriter *self, size_t bytes, StrBuf *why) {
    FreezeState state = freeze_step(self->freeze, bytes);
    if (state == FREEZE_DONE && !finish(self)) state = FREEZE_FAILED;
    if (state == FREEZE_FAILED) buf_append(why, buf_str(&self->why));
    return state;
}

void cache_writer_free(CacheWriter *self) {
    if (self == NULL) return;
    if (self->fd >= 0) {
        close(self->fd);
        unlink(self->beside.data);
    }
    freeze_free(self->freeze);
    buf_release(&self->path);
    buf_release(&self->beside);
    buf_release(&self->why);
    mem_free(self);
}

bool cache_write(const Index *index, FreezeScope scope, uint64_t most_bytes, StrBuf *why) {
    CacheWriter *writer = cache_writer_new(index, scope, most_bytes, why);
    FreezeState state = writer ? FREEZE_MORE : FREEZE_FAILED;
    while (state == FREEZE_MORE) state = cache_writer_step(writer, SIZE_MAX / 2, why);
    cache_writer_free(writer);
    return state == FREEZE_DONE;
}
