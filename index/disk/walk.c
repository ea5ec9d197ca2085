#include "index/disk/walk.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/process.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

extern char **environ;

void paths_release(Paths *self) {
    for (uint32_t i = 0; i < self->len; i++) mem_free(self->items[i]);
    ARRAY_FREE(self);
}

static char *joined(const char *folder, Str name) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(folder));
    path_join(&path, name);
    return buf_take(&path);
}

static const char *base_name(const char *path) { return strrchr(path, '/') + 1; }

/* The path's kind, one of S_IFMT; 0 when nothing is there, or when that cannot be told: then, with a log
 * line, *whole becomes false. */
static mode_t kind_of(const char *path, bool *whole) {
    struct stat info;
    if (lstat(path, &info) == 0) return info.st_mode & S_IFMT;
    if (errno == ENOENT || errno == ENOTDIR) return 0;
    if (errno == ENAMETOOLONG) { /* all of it would be too long for a message as well */
        log_once(LOG_WARNING, "skipped …/%s: its path is too long for the system", base_name(path));
    } else {
        log_once(LOG_WARNING, "skipped %s: %s", path, strerror(errno));
        *whole = false;
    }
    return 0;
}

/* Takes `path` over: kept among the files or folders, or freed when it is neither. `kind` is one of S_IFMT,
 * or 0 when that is not known. */
static void sort_in(char *path, mode_t kind, Paths *files, Paths *folders, bool *whole) {
    if (kind == 0 || strlen(path) >= PATH_MAX) kind = kind_of(path, whole);
    if (kind == S_IFREG)
        ARRAY_PUSH(files, path);
    else if (kind == S_IFDIR)
        ARRAY_PUSH(folders, path);
    else
        mem_free(path);
}

static bool holds(const char *folder, Str name) {
    char *path = joined(folder, name);
    bool found = file_exists(path);
    mem_free(path);
    return found;
}

/* --- inside of checkouts ------------------------------------------------------------------------ */

bool walk_is_git_folder(Str name) { return name.len == 4 && strncasecmp(name.data, ".git", 4) == 0; }

static bool is_checkout(const char *folder) { return holds(folder, STR(".git")); }

static bool in_checkout(const char *root) {
    bool found = is_checkout(root);
    for (Str folder = path_parent(str_of(root)); !found && folder.len > 1; folder = path_parent(folder)) {
        char *outer = str_dup(folder);
        found = is_checkout(outer);
        mem_free(outer);
    }
    return found;
}

enum {
    GIT_WORDS = 12,
    GIT_PATHS = WALK_FILTER_MOST,
    LIST_PATIENCE = 30000, /* ms for all files; the files of the largest checkouts may not be in memory yet */
    ASK_PATIENCE = 1000,   /* ms for a few: somebody waits */
};

/* Variables that git must not have: they lead it to another checkout than the folder's (a process started by
 * git has them). */
static const char *const misleading[] = {"GIT_DIR",    "GIT_WORK_TREE", "GIT_INDEX_FILE",
                                         "GIT_PREFIX", "GIT_NAMESPACE", "GIT_COMMON_DIR"};

/* Variables that it gets: what it says stands in our log, and objects that a partial clone lacks (a sparse
 * index may need them) are not fetched, which would run or ask what the checkout names. */
static const char *const given[] = {"LC_ALL=C", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none"};

enum { MISLEADING = sizeof misleading / sizeof *misleading, GIVEN = sizeof given / sizeof *given };

static Str variable_name(const char *variable) { return str_make(variable, strcspn(variable, "=")); }

static bool is_passed_on(const char *variable) {
    bool passed = true;
    Str name = variable_name(variable);
    for (size_t i = 0; i < MISLEADING && passed; i++) passed = !str_eq(name, str_of(misleading[i]));
    for (size_t i = 0; i < GIVEN && passed; i++) passed = !str_eq(name, variable_name(given[i]));
    return passed;
}

/* Runs git on `root`. When it fails, that is said in the log: its ignore rules do not count then. */
static bool run_git(const char *root, char *const argv[], uint32_t patience, StrBuf *out) {
    Array(char *) environment = {0};
    for (char *const *variable = environ; *variable; variable++) {
        if (is_passed_on(*variable)) ARRAY_PUSH(&environment, *variable);
    }
    for (size_t i = 0; i < GIVEN; i++) ARRAY_PUSH(&environment, (char *)(uintptr_t)given[i]);
    ARRAY_PUSH(&environment, NULL);
    StrBuf why;
    buf_init(&why);
    bool good = process_read(argv, environment.items, patience, out, &why);
    int error = errno;
    if (!good) log_once(LOG_WARNING, "%s: read without git's ignore rules: git: %s", root, why.data);
    buf_release(&why);
    ARRAY_FREE(&environment);
    errno = error;
    return good;
}

/* Runs `git ls-files` for what the walk wants, of `paths` only when there are any (at most GIT_PATHS,
 * below root). Nothing that the checkout configures is run. False when git does not answer. */
static bool list_git(const char *root, char *const *paths, uint32_t count, StrBuf *out) {
    static const char *const words[GIT_WORDS] = {"git",
                                                 "--literal-pathspecs",
                                                 "-c",
                                                 "core.fsmonitor=false",
                                                 "-C",
                                                 NULL,
                                                 "ls-files",
                                                 "-z",
                                                 "--cached",
                                                 "--others",
                                                 "--exclude-standard",
                                                 "--deduplicate"};
    char *argv[GIT_WORDS + 1 + GIT_PATHS + 1];
    size_t len = 0;
    for (; len < GIT_WORDS; len++) argv[len] = (char *)(uintptr_t)(words[len] ? words[len] : root);
    if (count) argv[len++] = "--";
    for (uint32_t i = 0; i < count; i++) argv[len++] = paths[i];
    argv[len] = NULL;
    return run_git(root, argv, count ? ASK_PATIENCE : LIST_PATIENCE, out);
}

/* Whether the way from `root` to the folder `name` below it leads through no symbolic link. */
static bool is_below(const char *root, Str name, bool *whole) {
    bool real = true;
    for (; real && name.len; name = path_parent(name)) {
        char *folder = joined(root, name);
        real = kind_of(folder, whole) == S_IFDIR;
        mem_free(folder);
    }
    return real;
}

/* Whether packages are installed into a folder on the way: they are not own code, though git may list them.
 */
static bool is_installed(Str name) {
    Str piece;
    while (str_next_piece(&name, '/', &piece)) {
        if (str_eq(piece, STR("site-packages")) || str_eq(piece, STR("dist-packages"))) return true;
    }
    return false;
}

/* git may still know files below what has become a symbolic link. */
static void sort_names(const char *root, Str names, Paths *files, Paths *folders, bool *whole) {
    Str name, folder = STR("");
    bool real = true;
    while (str_next_piece(&names, '\0', &name)) {
        if (!str_eq(path_parent(name), folder)) {
            folder = path_parent(name);
            real = is_below(root, folder, whole);
        }
        if (real && name.len && !is_installed(name)) sort_in(joined(root, name), 0, files, folders, whole);
    }
}

/* Asks git; submodules and other checkouts come back as folders. False when git does not answer, then *whole
 * too (it may list what the walk without it passes by), or knows no file here (a folder that an outer
 * checkout ignores). */
static bool walk_git(const char *root, Paths *files, Paths *folders, bool *whole) {
    StrBuf out;
    buf_init(&out);
    *whole = list_git(root, NULL, 0, &out);
    bool good = *whole && (out.len > 0 || is_checkout(root));
    if (good) sort_names(root, buf_str(&out), files, folders, whole);
    buf_release(&out);
    return good;
}

/* --- outside of them ---------------------------------------------------------------------------- */

static bool skipped_folder(const char *name) {
    static const char *const names[] = {"node_modules",  "__pycache__",   "__pypackages__",
                                        "site-packages", "dist-packages", "CVS"};
    if (name[0] == '.') return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) return true;
    }
    return false;
}

static bool is_virtual_environment(const char *folder) { return holds(folder, STR("pyvenv.cfg")); }

/* False when not all of the folder could be read. */
static bool walk_folder(const char *folder, Paths *files, Paths *folders) {
    DIR *stream = opendir(folder);
    if (stream == NULL) {
        log_once(LOG_WARNING, "skipped folder %s: %s", folder, strerror(errno));
        return false;
    }
    bool whole = true;
    errno = 0; /* to tell the end from a failure */
    for (struct dirent *entry; (entry = readdir(stream)); errno = 0) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        uint32_t before = folders->len;
        sort_in(joined(folder, str_of(entry->d_name)), DTTOIF(entry->d_type), files, folders, &whole);
        if (folders->len == before) continue;
        char *found = folders->items[before];
        if (skipped_folder(entry->d_name) || is_virtual_environment(found)) {
            mem_free(found);
            folders->len--;
        }
    }
    int error = errno;
    if (error) log_once(LOG_WARNING, "folder %s is read in part: %s", folder, strerror(error));
    closedir(stream);
    return whole && error == 0;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* --- both ---------------------------------------------------------------------------------------- */

static bool visit(const char *folder, bool checkout, Paths *files, Paths *folders) {
    bool whole = true;
    if (checkout && walk_git(folder, files, folders, &whole)) return whole;
    return walk_folder(folder, files, folders) && whole;
}

bool walk_files(const char *root, Paths *out) {
    Paths folders = {0};
    uint32_t first = out->len;
    bool whole = visit(root, in_checkout(root), out, &folders);
    while (folders.len) {
        char *folder = ARRAY_POP(&folders);
        whole &= visit(folder, is_checkout(folder), out, &folders);
        mem_free(folder);
    }
    ARRAY_FREE(&folders);
    if (out->len > first) qsort(out->items + first, out->len - first, sizeof *out->items, by_bytes);
    return whole;
}

/* Whether the walk without git comes by the file; in a checkout below root that would be git's to say. */
static bool is_walked(const char *root, const char *path, bool *whole) {
    bool walked = true;
    Str folder = path_parent(str_of(path)), top = str_of(root);
    for (; walked && folder.len > top.len; folder = path_parent(folder)) {
        char *base = str_dup(folder);
        walked = !skipped_folder(path_name(str_of(base)).data) && !is_virtual_environment(base) &&
                 !is_checkout(base);
        mem_free(base);
    }
    return walked && is_below(root, path_below(path_parent(str_of(path)), top), whole);
}

bool walk_filter(const char *root, Paths *paths) {
    assert(paths->len <= WALK_FILTER_MOST);
    Paths kept = {0}, folders = {0};
    StrBuf out;
    buf_init(&out);
    bool checkout = in_checkout(root), git = checkout && list_git(root, paths->items, paths->len, &out);
    bool answered = git || !checkout || errno != ETIMEDOUT,
         whole = true; /* what cannot be looked at stays out */
    if (git) sort_names(root, buf_str(&out), &kept, &folders, &whole);
    for (uint32_t i = 0; !git && answered && i < paths->len; i++) {
        if (is_walked(root, paths->items[i], &whole))
            sort_in(str_dup(str_of(paths->items[i])), 0, &kept, &folders, &whole);
    }
    paths_release(&folders);
    paths_release(paths);
    buf_release(&out);
    *paths = kept;
    return answered;
}

bool walk_find_root(Str path, StrBuf *out) {
    static const char *const marks[] = {"pyproject.toml", "setup.py", "setup.cfg", ".git"};
    for (Str folder = path; folder.len > 1; folder = path_parent(folder)) {
        char *base = str_dup(folder);
        bool found = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !found; i++)
            found = holds(base, str_of(marks[i]));
        mem_free(base);
        if (found) {
            buf_append(out, folder);
            return true;
        }
    }
    char *base = str_dup(path);
    buf_append(out, file_is_folder(base) ? path : path_parent(path));
    mem_free(base);
    return false;
}
