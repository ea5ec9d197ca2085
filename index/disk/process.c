#include "index/disk/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUT, ERR, STREAMS, MOST_ERRORS = 4096 /* bytes that are kept of what it says of itself */ };

typedef struct {
    pid_t pid;
    int ends[STREAMS]; /* to read from; -1: closed */
    uint64_t deadline; /* milliseconds of now() */
    int error;         /* that kept us from reading all of it, or from learning how it ended; else 0 */
} Process;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

static void close_end(int *end) {
    if (*end >= 0) close(*end);
    *end = -1;
}

/* No other child may inherit an end: the reader would wait for that one too. */
static bool make_pipe(int ends[2]) {
    if (pipe(ends) != 0) return false;
    return fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

/* In a group of its own, so that it can be killed along with what it starts. Returns an error number or 0. */
static int spawn(Process *self, char *const argv[], char *const environment[], const int writes[STREAMS]) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, writes[OUT], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, writes[ERR], STDERR_FILENO);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    int error = posix_spawnp(&self->pid, argv[0], &actions, &attributes, argv, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static bool start(Process *self, char *const argv[], char *const environment[], StrBuf *why) {
    int pipes[STREAMS][2] = {{-1, -1}, {-1, -1}};
    int error = make_pipe(pipes[OUT]) && make_pipe(pipes[ERR]) ? 0 : errno;
    if (error == 0) error = spawn(self, argv, environment, (int[STREAMS]){pipes[OUT][1], pipes[ERR][1]});
    for (int i = 0; i < STREAMS; i++) {
        close_end(&pipes[i][1]);
        if (error) close_end(&pipes[i][0]);
        self->ends[i] = pipes[i][0];
    }
    if (error) buf_append(why, str_of(strerror(error)));
    return error == 0;
}

/* Appends what there is; closes the end when that was all, or it cannot be read. */
static void read_some(Process *self, int i, StrBuf *out) {
    buf_reserve(out, 65536);
    ssize_t got = read(self->ends[i], out->data + out->len, out->cap - out->len - 1);
    if (got < 0 && errno == EINTR) return;
    if (got < 0) self->error = errno;
    if (got <= 0) {
        close_end(&self->ends[i]);
        return;
    }
    out->len += (size_t)got;
    out->data[out->len] = '\0';
}

/* Reads both streams to their ends; false when the time is over. */
static bool read_streams(Process *self, StrBuf *out, StrBuf *errors) {
    StrBuf *const bufs[STREAMS] = {out, errors};
    while (self->ends[OUT] >= 0 || self->ends[ERR] >= 0) {
        struct pollfd polled[STREAMS] = {{self->ends[OUT], POLLIN, 0}, {self->ends[ERR], POLLIN, 0}};
        uint64_t time = now();
        if (time >= self->deadline) return false;
        if (poll(polled, STREAMS, (int)(self->deadline - time)) <= 0) continue;
        for (int i = 0; i < STREAMS; i++) {
            if (polled[i].revents) read_some(self, i, bufs[i]);
        }
        if (errors->len > MOST_ERRORS) buf_truncate(errors, MOST_ERRORS);
    }
    return true;
}

/* Waits for the end of a process that prints no more; false when the time is over. */
static bool await(Process *self, int *status) {
    static const struct timespec moment = {0, 1000000};
    for (;;) {
        pid_t done = waitpid(self->pid, status, WNOHANG);
        if (done == self->pid) return true;
        if (done < 0 && errno != EINTR) {
            self->error = errno;
            return true;
        }
        if (now() >= self->deadline) return false;
        nanosleep(&moment, NULL);
    }
}

static void kill_all(const Process *self) {
    kill(-self->pid, SIGKILL);
    while (waitpid(self->pid, NULL, 0) < 0 && errno == EINTR) {
    }
}

/* Says why it ended as it did; true when it ended well. */
static bool judge(const Process *self, int status, Str errors, StrBuf *why) {
    Str line;
    if (self->error == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    if (self->error)
        buf_append(why, str_of(strerror(self->error)));
    else if (str_next_line(&errors, &line))
        buf_append(why, line);
    else if (WIFSIGNALED(status))
        buf_printf(why, "was ended by signal %d", WTERMSIG(status));
    else
        buf_printf(why, "ended with status %d", WEXITSTATUS(status));
    return false;
}

bool process_read(char *const argv[], char *const environment[], uint32_t patience, StrBuf *out,
                  StrBuf *why) {
    Process self = {.deadline = now() + patience};
    if (!start(&self, argv, environment, why)) return false;
    StrBuf errors;
    buf_init(&errors);
    int status = 0;
    size_t before = out->len;
    bool over = !read_streams(&self, out, &errors) || !await(&self, &status);
    if (over) {
        kill_all(&self);
        buf_printf(why, "took longer than %u ms", patience);
    }
    bool good = !over && judge(&self, status, buf_str(&errors), why);
    if (!good) buf_truncate(out, before);
    for (int i = 0; i < STREAMS; i++) close_end(&self.ends[i]);
    buf_release(&errors);
    errno = over ? ETIMEDOUT : 0;
    return good;
}
