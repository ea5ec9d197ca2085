#include "index/disk/walk.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"

#include <dirent.h>
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

void paths_release(Paths *self) {
    for (uint32_t i = 0; i < self->len; i++) mem_free(self->items[i]);
    ARRAY_FREE(self);
}

/* Reads all that the program prints; false when it cannot be started or fails. */
static bool run(char *const argv[], StrBuf *out) {
    int ends[2];
    if (pipe(ends) != 0) return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", 0, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    pid_t pid;
    bool started = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    for (bool more = started; more;) {
        buf_reserve(out, 65536);
        ssize_t got = read(ends[0], out->data + out->len, out->cap - out->len - 1);
        if (got > 0)
            out->len += (size_t)got;
        else
            more = got < 0 && errno == EINTR;
    }
    close(ends[0]);
    int status = 1;
    while (started && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return started && status == 0;
}

static char *joined(const char *folder, Str name) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(folder));
    path_join(&path, name);
    return buf_take(&path);
}

/* Takes `path` over: kept among the files or folders, or freed when it is neither. */
static void sort_in(char *path, Paths *files, Paths *folders) {
    struct stat info;
    mode_t kind = lstat(path, &info) == 0 ? info.st_mode & S_IFMT : 0;
    if (kind == S_IFREG)
        ARRAY_PUSH(files, path);
    else if (kind == S_IFDIR)
        ARRAY_PUSH(folders, path);
    else
        mem_free(path);
}

enum { GIT_WORDS = 12, GIT_PATHS = 256 };

/* Runs `git ls-files` for what the walk wants, of `paths` only when there are any (at most GIT_PATHS, below
 * root). Nothing that the checkout configures is run. False when this is no checkout. */
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
    return run(argv, out);
}

static void sort_names(const char *root, Str names, Paths *files, Paths *folders) {
    for (Str name; names.len && str_next_piece(&names, '\0', &name);)
        sort_in(joined(root, name), files, folders);
}

/* Asks git; submodules come back as folders. False when this is no checkout or git knows no file here (a
 * folder that an outer checkout ignores). */
static bool walk_git(const char *root, Paths *files, Paths *folders) {
    StrBuf out;
    buf_init(&out);
    bool good = list_git(root, NULL, 0, &out) && out.len > 0;
    if (good) sort_names(root, buf_str(&out), files, folders);
    buf_release(&out);
    return good;
}

static bool skipped_folder(const char *name) {
    static const char *const names[] = {"node_modules",  "__pycache__",   "__pypackages__",
                                        "site-packages", "dist-packages", "CVS"};
    if (name[0] == '.') return true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) return true;
    }
    return false;
}

static bool is_virtual_environment(const char *folder) {
    char *marker = joined(folder, STR("pyvenv.cfg"));
    bool found = file_exists(marker);
    mem_free(marker);
    return found;
}

static void walk_folder(const char *folder, Paths *files, Paths *folders) {
    DIR *stream = opendir(folder);
    if (stream == NULL) {
        log_line(LOG_WARNING, "skipped folder %s: %s", folder, strerror(errno));
        return;
    }
    for (struct dirent *entry; (entry = readdir(stream));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        uint32_t before = folders->len;
        sort_in(joined(folder, str_of(entry->d_name)), files, folders);
        if (folders->len == before) continue;
        char *found = folders->items[before];
        if (skipped_folder(entry->d_name) || is_virtual_environment(found)) {
            mem_free(found);
            folders->len--;
        }
    }
    closedir(stream);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void walk_files(const char *root, Paths *out) {
    Paths folders = {0};
    uint32_t first = out->len;
    bool git = walk_git(root, out, &folders);
    if (!git) walk_folder(root, out, &folders);
    while (folders.len) {
        char *folder = ARRAY_POP(&folders);
        if (!git || !walk_git(folder, out, &folders)) walk_folder(folder, out, &folders);
        mem_free(folder);
    }
    ARRAY_FREE(&folders);
    if (out->len > first) qsort(out->items + first, out->len - first, sizeof *out->items, by_bytes);
}

/* Whether the walk without git comes by the file. */
static bool is_walked(const char *root, const char *path) {
    bool walked = true;
    Str folder = path_parent(str_of(path)), top = str_of(root);
    for (; walked && folder.len > top.len; folder = path_parent(folder)) {
        char *base = str_dup(folder);
        walked = !skipped_folder(path_name(str_of(base)).data) && !is_virtual_environment(base);
        mem_free(base);
    }
    return walked;
}

static void filter_chunk(const char *root, char *const *paths, uint32_t count, Paths *kept) {
    Paths folders = {0};
    StrBuf out;
    buf_init(&out);
    if (list_git(root, paths, count, &out)) {
        sort_names(root, buf_str(&out), kept, &folders);
    } else {
        for (uint32_t i = 0; i < count; i++) {
            if (is_walked(root, paths[i])) sort_in(str_dup(str_of(paths[i])), kept, &folders);
        }
    }
    paths_release(&folders);
    buf_release(&out);
}

void walk_filter(const char *root, Paths *paths) {
    Paths kept = {0};
    for (uint32_t at = 0; at < paths->len; at += GIT_PATHS) {
        uint32_t rest = paths->len - at;
        filter_chunk(root, paths->items + at, rest < GIT_PATHS ? rest : GIT_PATHS, &kept);
    }
    paths_release(paths);
    *paths = kept;
}

bool walk_find_root(Str path, StrBuf *out) {
    static const char *const marks[] = {"pyproject.toml", "setup.py", "setup.cfg", ".git"};
    for (Str folder = path; folder.len > 1; folder = path_parent(folder)) {
        char *base = str_dup(folder);
        bool found = false;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && !found; i++) {
            char *mark = joined(base, str_of(marks[i]));
            found = file_exists(mark);
            mem_free(mark);
        }
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
