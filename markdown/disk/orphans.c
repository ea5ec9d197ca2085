#include "markdown/disk/orphans.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "markdown/disk/owner.h"
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

static bool may_be_page(Str name) {
    static const char *const others[] = {"index.json", "objects.inv", "llms.txt", ".nojekyll"};
    bool may = str_ends_with(name, STR(".md"));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) may |= str_eq(name, str_of(others[i]));
    return may;
}

/* Whether a folder holds the pages of another project than `out` does. */
static bool is_others(const char *out, Str folder) {
    StrBuf path, own, there;
    buf_init(&path);
    buf_init(&own);
    buf_init(&there);
    join(&path, str_of(out), folder);
    bool others = folder.len && owner_read(path.data, &there) &&
                  !(owner_read(out, &own) && str_eq(buf_str(&own), buf_str(&there)));
    buf_release(&path);
    buf_release(&own);
    buf_release(&there);
    return others;
}

static mode_t kind_of(int folder, const struct dirent *entry) {
    struct stat info;
    if (entry->d_type != DT_UNKNOWN) return DTTOIF(entry->d_type);
    return fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info.st_mode & S_IFMT : 0;
}

/* Sorts what is in one folder into pages and folders still to be read. */
static void read_entries(DIR *dir, Str folder, bool sweep, Names *folders, Names *pages) {
    StrBuf path;
    buf_init(&path);
    for (struct dirent *entry; (entry = readdir(dir)); errno = 0) {
        Str name = str_of(entry->d_name);
        mode_t kind = kind_of(dirfd(dir), entry);
        if (str_eq(name, STR(".")) || str_eq(name, STR(".."))) continue;
        join(&path, folder, name);
        if (kind == S_IFDIR)
            ARRAY_PUSH(folders, str_dup(buf_str(&path)));
        else if (kind == S_IFREG && may_be_page(name))
            ARRAY_PUSH(pages, str_dup(buf_str(&path)));
        else if (kind == S_IFREG && sweep && file_is_stray(name))
            unlinkat(dirfd(dir), entry->d_name, 0);
    }
    buf_release(&path);
}

static void read_folder(const char *out, Str folder, bool sweep, Names *folders, Names *pages) {
    StrBuf path;
    buf_init(&path);
    join(&path, str_of(out), folder);
    DIR *dir = opendir(path.data);
    bool missing = !dir && errno == ENOENT;
    if (dir) errno = 0; /* to tell the end from a failure */
    if (dir) read_entries(dir, folder, sweep, folders, pages);
    if (errno && !missing)
        log_once(LOG_WARNING, "not all pages in %s could be looked at: %s", out, strerror(errno));
    if (dir) closedir(dir);
    buf_release(&path);
}

/* Why a page of ours must stay although its source is gone; NULL when it may go. */
static const char *reason_to_stay(Str page, bool intact) {
    if (!intact) return "its source is gone, but it was edited by hand: left alone";
    Str kept;
    bool ended;
    if (!stamp_find_kept(page, &kept, &ended)) return NULL;
    return "its source is gone, but it holds text kept by <!-- headword:keep NAME -->: move that to another "
           "page, then delete this one";
}

bool orphan_look(const char *path, const char **stays) {
    StrBuf bytes, why;
    Stamp stamp;
    bool intact;
    buf_init(&bytes);
    buf_init(&why);
    bool ours = file_read(path, 0, &bytes, &why) && stamp_read(buf_str(&bytes), &stamp, &intact);
    if (ours) *stays = reason_to_stay(buf_str(&bytes), intact);
    buf_release(&bytes);
    buf_release(&why);
    return ours;
}

void orphans_each(const char *out, const Interner *wanted, bool sweep, OrphanVisitor *visit, void *context) {
    Names folders = {0}, pages = {0};
    ARRAY_PUSH(&folders, str_dup(STR("")));
    while (folders.len) {
        char *folder = ARRAY_POP(&folders);
        if (!is_others(out, str_of(folder))) read_folder(out, str_of(folder), sweep, &folders, &pages);
        mem_free(folder);
    }
    if (pages.len) qsort(pages.items, pages.len, sizeof *pages.items, compare_names);
    StrBuf path;
    buf_init(&path);
    for (uint32_t i = 0; i < pages.len; i++) {
        Str page = str_of(pages.items[i]);
        const char *stays;
        join(&path, str_of(out), page);
        if (intern_find(wanted, page) == INTERN_NONE && orphan_look(path.data, &stays))
            visit(context, page, stays);
        mem_free(pages.items[i]);
    }
    buf_release(&path);
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
