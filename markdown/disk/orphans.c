#include "markdown/disk/orphans.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "markdown/stamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef Array(char *) Names;

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void join(StrBuf *out, Str folder, Str name) {
    buf_clear(out);
    buf_append(out, folder);
    path_join(out, name);
}

/* Sorts what is in one folder into pages and folders still to be read. */
static void read_folder(const char *out, Str folder, bool sweep, Names *folders, Names *pages) {
    StrBuf path;
    buf_init(&path);
    join(&path, str_of(out), folder);
    DIR *dir = opendir(path.data);
    bool missing = !dir && errno == ENOENT;
    if (dir) errno = 0; /* to tell the end from a failure */
    for (struct dirent *entry; dir && (entry = readdir(dir)); errno = 0) {
        Str name = str_of(entry->d_name);
        struct stat info;
        if (str_eq(name, STR(".")) || str_eq(name, STR(".."))) continue;
        if (fstatat(dirfd(dir), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) continue;
        join(&path, folder, name);
        if (S_ISDIR(info.st_mode))
            ARRAY_PUSH(folders, str_dup(buf_str(&path)));
        else if (S_ISREG(info.st_mode) && str_ends_with(name, STR(".md")))
            ARRAY_PUSH(pages, str_dup(buf_str(&path)));
        else if (S_ISREG(info.st_mode) && sweep && file_is_stray(name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (errno && !missing)
        log_once(LOG_WARNING, "not all pages in %s could be looked at: %s", out, strerror(errno));
    if (dir) closedir(dir);
    buf_release(&path);
}

void orphans_each(const char *out, const Interner *wanted, bool sweep, OrphanVisitor *visit, void *context) {
    Names folders = {0}, pages = {0};
    ARRAY_PUSH(&folders, str_dup(STR("")));
    while (folders.len) {
        char *folder = ARRAY_POP(&folders);
        read_folder(out, str_of(folder), sweep, &folders, &pages);
        mem_free(folder);
    }
    if (pages.len) qsort(pages.items, pages.len, sizeof *pages.items, compare_names);
    StrBuf path, bytes, why;
    buf_init(&path);
    buf_init(&bytes);
    buf_init(&why);
    for (uint32_t i = 0; i < pages.len; i++) {
        Str page = str_of(pages.items[i]);
        Stamp stamp;
        bool intact;
        buf_clear(&bytes);
        join(&path, str_of(out), page);
        if (intern_find(wanted, page) == INTERN_NONE && file_read(path.data, 0, &bytes, &why) &&
            stamp_read(buf_str(&bytes), &stamp, &intact)) {
            visit(context, page, intact);
        }
        mem_free(pages.items[i]);
    }
    buf_release(&path);
    buf_release(&bytes);
    buf_release(&why);
    ARRAY_FREE(&folders);
    ARRAY_FREE(&pages);
}

bool orphan_remove(const char *out, Str path, StrBuf *why) {
    StrBuf full;
    buf_init(&full);
    join(&full, str_of(out), path);
    bool removed = unlink(full.data) == 0;
    if (!removed) buf_append(why, str_of(strerror(errno)));
    while (removed && path.len) {
        path = path_parent(path);
        join(&full, str_of(out), path);
        if (path.len == 0 || rmdir(full.data) != 0) break;
    }
    buf_release(&full);
    return removed;
}
