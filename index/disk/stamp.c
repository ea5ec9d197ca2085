#include "index/disk/stamp.h"

#include <time.h>
#include <xxhash.h>

/* Clocks of file systems are coarse, and may be those of other machines. */
enum { SLACK = 3 /* seconds */ };

static const int64_t SECOND = 1000000000;

static int64_t nanoseconds(struct timespec time) { return (int64_t)time.tv_sec * SECOND + time.tv_nsec; }

FileStamp stamp_of(const struct stat *info, int64_t now) {
    FileStamp stamp = {nanoseconds(info->st_mtim), nanoseconds(info->st_ctim), info->st_size, 0};
    int64_t newest = stamp.modified > stamp.changed ? stamp.modified : stamp.changed;
    if (newest > now - SLACK * SECOND) stamp.changed = 0;
    return stamp;
}

bool stamp_take(const char *path, FileStamp *out) {
    struct stat info;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    bool good = lstat(path, &info) == 0 && (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
    *out = good ? stamp_of(&info, nanoseconds(now)) : (FileStamp){0};
    return good;
}

bool stamp_equals(const FileStamp *a, const FileStamp *b) {
    return a->changed != 0 && a->changed == b->changed && a->modified == b->modified && a->size == b->size;
}

uint64_t stamp_hash(Str bytes) { return XXH3_64bits(bytes.data, bytes.len); }
