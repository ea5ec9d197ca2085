#include "index/disk/file.h"

#include "base/mem.h"
#include "base/path.h"
#include "index/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fail(StrBuf *why, const char *what) {
    buf_printf(why, "%s: %s", what, strerror(errno));
    return false;
}

static bool read_all(int fd, uint64_t limit, StrBuf *out) {
    size_t start = out->len;
    for (;;) {
        buf_reserve(out, 65536);
        ssize_t got = read(fd, out->data + out->len, out->cap - out->len - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return false;
        if (got == 0) return true;
        out->len += (size_t)got;
        out->data[out->len] = '\0';
        if (out->len - start > limit) return errno = EFBIG, false; /* it grew while being read */
    }
}

static bool check_readable(int fd, uint64_t limit, StrBuf *out, StrBuf *why) {
    struct stat info;
    if (fstat(fd, &info) != 0) return fail(why, "stat");
    if (!S_ISREG(info.st_mode)) return buf_append(why, STR("not a regular file")), errno = EINVAL, false;
    if ((uint64_t)info.st_size > limit) {
        buf_printf(why, "too large (%llu bytes, the limit is %llu)", (unsigned long long)info.st_size,
                   (unsigned long long)limit);
        return errno = EFBIG, false;
    }
    buf_reserve(out, (size_t)info.st_size + 1);
    return true;
}

bool file_read(const char *path, uint64_t limit, StrBuf *out, StrBuf *why) {
    if (limit == 0 || limit > TEXT_LARGEST) limit = TEXT_LARGEST;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe must not block us */
    if (fd < 0) return fail(why, "open");
    size_t start = out->len;
    bool good = check_readable(fd, limit, out, why);
    if (good && !read_all(fd, limit, out)) good = fail(why, "read");
    int error = errno;
    if (!good) buf_truncate(out, start);
    close(fd);
    errno = error;
    return good;
}

enum { ALL = 0666, PRIVATE = 0600 }; /* permissions of files, before the umask */

/* Folders may be looked into by those who may read the files in them. */
static bool make_parents(const char *path, mode_t mode, StrBuf *why) {
    mode |= (mode & 0444) >> 2;
    char *folder = str_dup(path_parent(str_of(path)));
    bool good = true, there = *folder && (mkdir(folder, mode) == 0 || errno == EEXIST);
    for (char *end = folder + 1; good && !there && *folder; end++) {
        if (*end != '/' && *end != '\0') continue;
        char kept = *end;
        *end = '\0';
        if (mkdir(folder, mode) != 0 && errno != EEXIST) good = fail(why, folder);
        *end = kept;
        if (kept == '\0') break;
    }
    mem_free(folder);
    return good;
}

bool file_make_parents(const char *path, StrBuf *why) { return make_parents(path, ALL, why); }

bool file_make_private_parents(const char *path, StrBuf *why) { return make_parents(path, PRIVATE, why); }

static bool write_all(int fd, Str bytes) {
    while (bytes.len) {
        ssize_t wrote = write(fd, bytes.data, bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return false;
        bytes = str_from(bytes, (size_t)wrote);
    }
    return true;
}

static const char beside_prefix[] = ".headword-";

bool file_is_stray(Str name) {
    long process;
    unsigned number;
    char *text = str_dup(name);
    int end = 0;
    bool beside = str_starts_with(name, str_of(beside_prefix)) &&
                  sscanf(text + strlen(beside_prefix), "%ld-%u%n", &process, &number, &end) == 2 &&
                  strlen(beside_prefix) + (size_t)end == name.len;
    mem_free(text);
    return beside && process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

/* A new file in the folder of `path`, which must not be seen under its name before it is whole. Its own name
 * is short: that of `path` may be as long as names can be. */
static int create_beside(const char *path, mode_t mode, StrBuf *name) {
    static atomic_uint counter;
    for (int tries = 0; tries < 100; tries++) {
        buf_clear(name);
        buf_append(name, path_parent(str_of(path)));
        if (name->len) buf_append_byte(name, '/');
        buf_printf(name, "%s%ld-%u", beside_prefix, (long)getpid(), atomic_fetch_add(&counter, 1));
        int fd = open(name->data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (fd >= 0 || errno != EEXIST) return fd;
    }
    return -1;
}

/* Puts `bytes` and the permissions of the file that will be replaced into `fd`. */
static bool fill(int fd, const char *path, Str bytes) {
    struct stat old;
    bool good = write_all(fd, bytes);
    if (good && stat(path, &old) == 0) good = fchmod(fd, old.st_mode & 07777) == 0;
    return good;
}

/* Closes it, down to the disk if `flush`; errno tells why that failed, or what made `good` false before. */
static bool finish(int fd, bool good, bool flush) {
    if (good && flush) good = fsync(fd) == 0;
    int error = errno;
    if (close(fd) != 0 && good) return false;
    errno = error;
    return good;
}

/* Writes beside `path`; on failure nothing is left. */
static bool write_beside(const char *path, Str bytes, mode_t mode, bool flush, StrBuf *beside, StrBuf *why) {
    if (!make_parents(path, mode, why)) return false;
    int fd = create_beside(path, mode, beside);
    if (fd < 0) return fail(why, "write");
    if (finish(fd, fill(fd, path, bytes), flush)) return true;
    fail(why, "write");
    unlink(beside->data);
    return false;
}

static bool move_over(const char *beside, const char *path, StrBuf *why) {
    if (rename(beside, path) == 0) return true;
    fail(why, "write");
    unlink(beside);
    return false;
}

static bool write_file(const char *path, Str bytes, mode_t mode, StrBuf *why) {
    StrBuf beside;
    buf_init(&beside);
    bool good = write_beside(path, bytes, mode, true, &beside, why) && move_over(beside.data, path, why);
    buf_release(&beside);
    return good;
}

bool file_prepare(const char *path, Str bytes, PreparedFile *out, StrBuf *why) {
    StrBuf beside;
    buf_init(&beside);
    bool good = write_beside(path, bytes, ALL, false, &beside, why);
    if (good) *out = (PreparedFile){str_dup(buf_str(&beside)), str_dup(str_of(path))};
    buf_release(&beside);
    return good;
}

/* All that was written to the file system of an open file, where the system can do that. */
static bool flush_all(int fd) {
#ifdef __linux__
    return syncfs(fd) == 0;
#else
    (void)fd;
    return false;
#endif
}

bool file_flush_prepared(const PreparedFile *files, uint32_t count, StrBuf *why) {
    enum { WORTH_IT = 4 };
    struct stat info;
    dev_t flushed = 0;
    bool any = false;
    for (uint32_t i = 0; i < count; i++) {
        if (lstat(files[i].beside, &info) != 0) return fail(why, "write");
        bool done = any && info.st_dev == flushed;
        if (done) continue;
        int fd = open(files[i].beside, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (fd < 0) return fail(why, "write");
        if (count >= WORTH_IT && flush_all(fd)) {
            any = done = true;
            flushed = info.st_dev;
        }
        if (!finish(fd, true, !done)) return fail(why, "write");
    }
    return true;
}

bool file_commit_prepared(PreparedFile *self, bool replace, StrBuf *why) {
    bool good = replace && move_over(self->beside, self->path, why);
    if (!replace) unlink(self->beside);
    mem_free(self->beside);
    mem_free(self->path);
    return good;
}

bool file_write_new(const char *path, Str bytes, bool *exists, StrBuf *why) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, ALL);
    *exists = fd < 0 && errno == EEXIST;
    if (fd < 0) return fail(why, "write");
    if (finish(fd, write_all(fd, bytes), true)) return true;
    fail(why, "write");
    unlink(path);
    return false;
}

bool file_write(const char *path, Str bytes, StrBuf *why) { return write_file(path, bytes, ALL, why); }

bool file_write_private(const char *path, Str bytes, StrBuf *why) {
    return write_file(path, bytes, PRIVATE, why);
}

bool file_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0;
}

bool file_is_folder(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}
