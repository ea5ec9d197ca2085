/* A library for LD_PRELOAD that lets the calls of a process to the system go wrong.
 *
 * HEADWORD_FAULT=CALL:NTH:WHAT, where WHAT is a number (errno of the call, which is not made), "short" (reads
 * and writes one byte), or "kill" (the process ends there, as by kill -9). "NTH+": all calls from then on.
 * HEADWORD_FAULT_COUNT=FILE: at the end, the number of times that each call was made, as "CALL COUNT" lines.
 * "alloc" are malloc, calloc and realloc; those of threads count too, so NTH means different places there. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLS(CALL)                                                                                          \
    CALL(alloc)                                                                                              \
    CALL(open)                                                                                               \
    CALL(read)                                                                                               \
    CALL(write)                                                                                              \
    CALL(close)                                                                                              \
    CALL(fsync)                                                                                              \
    CALL(rename)                                                                                             \
    CALL(unlink)                                                                                             \
    CALL(mkdir)                                                                                              \
    CALL(stat)                                                                                               \
    CALL(mmap)                                                                                               \
    CALL(opendir)                                                                                            \
    CALL(readdir)                                                                                            \
    CALL(thread)                                                                                             \
    CALL(pipe)                                                                                               \
    CALL(spawn)                                                                                              \
    CALL(waitpid)

enum {
#define CALL(name) CALL_##name,
    CALLS(CALL)
#undef CALL
        CALL_COUNT
};

static const char *const names[] = {
#define CALL(name) #name,
    CALLS(CALL)
#undef CALL
};

enum { FAULT_NONE, FAULT_ERROR, FAULT_SHORT };

static atomic_ulong counts[CALL_COUNT];
static int faulty = -1, fault = FAULT_NONE, fault_errno;
static unsigned long first;
static bool from_there_on, kills, ready;

__attribute__((constructor)) static void begin(void) {
    const char *plan = getenv("HEADWORD_FAULT");
    char call[16] = "", what[16] = "";
    if (plan && sscanf(plan, "%15[a-z]:%lu", call, &first) == 2) {
        const char *rest = strrchr(plan, ':') + 1;
        snprintf(what, sizeof what, "%s", rest);
        from_there_on = rest[-2] == '+';
        for (int i = 0; i < CALL_COUNT; i++) {
            if (strcmp(names[i], call) == 0) faulty = i;
        }
        kills = strcmp(what, "kill") == 0;
        fault = strcmp(what, "short") == 0 ? FAULT_SHORT : FAULT_ERROR;
        fault_errno = atoi(what);
    }
    unsetenv("LD_PRELOAD"); /* of this process alone */
    ready = true;
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("HEADWORD_FAULT_COUNT");
    ready = false;
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file) return;
    for (int i = 0; i < CALL_COUNT; i++) fprintf(file, "%s %lu\n", names[i], atomic_load(&counts[i]));
    fclose(file);
}

/* How a server ends whose workers are busy. */
void _exit(int status) {
    end();
    syscall(SYS_exit_group, status);
    __builtin_unreachable();
}

/* What is to become of a call. */
static int now(int call) {
    if (!ready) return FAULT_NONE;
    unsigned long nth = atomic_fetch_add(&counts[call], 1) + 1;
    bool hit = call == faulty && (from_there_on ? nth >= first : nth == first);
    if (!hit) return FAULT_NONE;
    if (kills) kill(getpid(), SIGKILL);
    errno = fault_errno;
    return fault;
}

/* Finds the function of that name behind ours in `real`. Looking may need memory itself: until it is found, a
 * call fails. */
#define FIND(name)                                                                                           \
    static __typeof__(&name) real;                                                                           \
    static _Thread_local bool looks;                                                                         \
    if (!real && !looks) {                                                                                   \
        looks = true;                                                                                        \
        real = (__typeof__(&name))dlsym(RTLD_NEXT, #name);                                                   \
        looks = false;                                                                                       \
    }

#define WRAP(call, failure, type, name, parameters, ...)                                                     \
    type name parameters {                                                                                   \
        FIND(name)                                                                                           \
        return !real || now(CALL_##call) == FAULT_ERROR ? failure : real(__VA_ARGS__);                       \
    }

WRAP(alloc, NULL, void *, malloc, (size_t size), size)
WRAP(alloc, NULL, void *, calloc, (size_t count, size_t size), count, size)
WRAP(alloc, NULL, void *, realloc, (void *block, size_t size), block, size)
WRAP(close, -1, int, close, (int fd), fd)
WRAP(fsync, -1, int, fsync, (int fd), fd)
WRAP(rename, -1, int, rename, (const char *from, const char *to), from, to)
WRAP(unlink, -1, int, unlink, (const char *path), path)
WRAP(mkdir, -1, int, mkdir, (const char *path, mode_t mode), path, mode)
WRAP(stat, -1, int, stat, (const char *path, struct stat *info), path, info)
WRAP(stat, -1, int, lstat, (const char *path, struct stat *info), path, info)
WRAP(stat, -1, int, fstat, (int fd, struct stat *info), fd, info)
WRAP(mmap, MAP_FAILED, void *, mmap, (void *at, size_t size, int protection, int flags, int fd, off_t offset),
     at, size, protection, flags, fd, offset)
WRAP(opendir, NULL, DIR *, opendir, (const char *path), path)
WRAP(readdir, NULL, struct dirent *, readdir, (DIR * folder), folder)
WRAP(pipe, -1, int, pipe, (int ends[2]), ends)
WRAP(waitpid, -1, pid_t, waitpid, (pid_t pid, int *status, int options), pid, status, options)

/* These return what went wrong, or how much they did. */
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context) {
    FIND(pthread_create)
    return now(CALL_thread) == FAULT_ERROR ? fault_errno : real(thread, attributes, run, context);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
    FIND(posix_spawnp)
    return now(CALL_spawn) == FAULT_ERROR ? fault_errno
                                          : real(pid, file, actions, attributes, arguments, environment);
}

int open(const char *path, int flags, ...) {
    FIND(open)
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return now(CALL_open) == FAULT_ERROR ? -1 : real(path, flags, mode);
}

/* Pipes and the like are the event loop's own. */
static bool is_file(int fd) {
    struct stat info;
    int kept = errno;
    bool file = syscall(SYS_fstat, fd, &info) == 0 && S_ISREG(info.st_mode);
    errno = kept;
    return file;
}

ssize_t read(int fd, void *bytes, size_t size) {
    FIND(read)
    int what = is_file(fd) ? now(CALL_read) : FAULT_NONE;
    return what == FAULT_ERROR ? -1 : real(fd, bytes, what == FAULT_SHORT && size ? 1 : size);
}

ssize_t write(int fd, const void *bytes, size_t size) {
    FIND(write)
    int what = is_file(fd) ? now(CALL_write) : FAULT_NONE;
    return what == FAULT_ERROR ? -1 : real(fd, bytes, what == FAULT_SHORT && size ? 1 : size);
}
