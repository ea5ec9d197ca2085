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

/* Asks git; submodules come back as folders. False when this is no checkout or git knows no file here (a
 * folder that an outer checkout ignores). Nothing that the checkout configures is run. */
static bool walk_git(const char *root, Paths *files, Paths *folders) {
    char *argv[] = {"git",
                    "-c",
                    "core.fsmonitor=false",
                    "-C",
                    (char *)(uintptr_t)root,
                    "ls-files",
                    "-z",
                    "--cached",
                    "--others",
                    "--exclude-standard",
                    "--deduplicate",
                    NULL};
    StrBuf out;
    buf_init(&out);
    bool good = run(argv, &out) && out.len > 0;
    Str rest = buf_str(&out), name;
    while (good && rest.len && str_next_piece(&rest, '\0', &name))
        sort_in(joined(root, name), files, folders);
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

void walk_find_root(Str path, StrBuf *out) {
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
            return;
        }
    }
    char *base = str_dup(path);
    buf_append(out, file_is_folder(base) ? path : path_parent(path));
    mem_free(base);
}
