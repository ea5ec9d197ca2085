/* A client without thoughts of its own: plays a script of messages to a server and times the answers.
 *
 *     bench_replay SCRIPT PROGRAM ARGUMENT...
 *
 * A script is a sequence of lines, some followed by as many bytes as they say:
 *
 *     pause MILLISECONDS
 *     shows BYTES       what the next answer has to hold; there may be several
 *     ask ID BYTES      frames with one request, the last, which has this id; they are written at once
 *
 * For each request a line is printed: the milliseconds until the last byte of the answer was there, and those
 * that the server's first thread has run by then (proc(5)). It ends with status 1 when an answer does not
 * hold what it has to. */
#include "base/mem.h"
#include "base/str.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SHOWN = 8, CHUNK = 1 << 16 };

typedef struct {
    pid_t pid;
    int fd;
    StrBuf input; /* what has arrived, from the start of a frame on */
} Server;

_Noreturn static void fail(const char *what) {
    fprintf(stderr, "bench_replay: %s\n", what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* Over sockets, as libuv does it, by which editors start servers. */
static Server start(char **command) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail("no socket");
    Server self = {.pid = fork(), .fd = ends[0]};
    if (self.pid < 0) fail("no process");
    if (self.pid == 0) {
        dup2(ends[1], STDIN_FILENO);
        dup2(ends[1], STDOUT_FILENO);
        execv(command[0], command);
        _exit(127);
    }
    close(ends[1]);
    buf_init(&self.input);
    return self;
}

static void send_all(const Server *self, Str bytes) {
    while (bytes.len) {
        ssize_t sent = write(self->fd, bytes.data, bytes.len);
        if (sent <= 0) fail("the server has gone");
        bytes = str_from(bytes, (size_t)sent);
    }
}

static void receive(Server *self) {
    StrBuf *input = &self->input;
    buf_reserve(input, CHUNK);
    ssize_t got = read(self->fd, input->data + input->len, CHUNK);
    if (got <= 0) fail("the server has gone");
    input->len += (size_t)got;
}

/* Waits for a message; its body, which stays in the input. */
static Str read_message(Server *self) {
    size_t end, len;
    while ((end = str_find(buf_str(&self->input), STR("\r\n\r\n"))) == STR_NPOS) receive(self);
    if (sscanf(self->input.data, "Content-Length: %zu", &len) != 1) fail("a frame without its length");
    while (self->input.len < end + 4 + len) receive(self);
    return str_slice(buf_str(&self->input), end + 4, end + 4 + len);
}

static bool is_answer(Str body, unsigned id) {
    char start[64];
    int len = snprintf(start, sizeof start, "{\"jsonrpc\":\"2.0\",\"id\":%u,\"", id);
    Str rest = str_from(body, str_starts_with(body, str_make(start, (size_t)len)) ? (size_t)len : body.len);
    return str_starts_with(rest, STR("result")) || str_starts_with(rest, STR("error"));
}

/* Waits for the answer to a request, passing over what comes before; returns when it was there. */
static double await(Server *self, unsigned id, const Str *shown, unsigned shown_count) {
    for (;;) {
        Str body = read_message(self);
        double time = now();
        bool answers = is_answer(body, id);
        for (unsigned i = 0; answers && i < shown_count; i++) {
            if (str_find(body, shown[i]) == STR_NPOS) fail("an answer does not show what it has to");
        }
        size_t end = (size_t)(body.data + body.len - self->input.data);
        buf_replace(&self->input, 0, end, STR(""));
        if (answers) return time;
    }
}

/* The milliseconds that the server's first thread has run. */
static double run_time(pid_t pid) {
    char path[64];
    uint64_t nanoseconds = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", (int)pid, (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) return NAN;
    bool told = fscanf(file, "%" SCNu64, &nanoseconds) == 1;
    fclose(file);
    return told ? (double)nanoseconds / 1e6 : NAN;
}

static Str read_bytes(FILE *script, size_t len) {
    char *bytes = mem_alloc(len);
    if (fread(bytes, 1, len, script) != len) fail("the script ends early");
    return str_make(bytes, len);
}

static void pause_for(unsigned milliseconds) {
    struct timespec time = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
    nanosleep(&time, NULL);
}

static void play(Server *self, FILE *script) {
    char line[64];
    Str shown[MOST_SHOWN];
    unsigned shown_count = 0, id, milliseconds;
    size_t len;
    while (fgets(line, sizeof line, script)) {
        if (sscanf(line, "pause %u", &milliseconds) == 1) {
            pause_for(milliseconds);
        } else if (sscanf(line, "shows %zu", &len) == 1 && shown_count < MOST_SHOWN) {
            shown[shown_count++] = read_bytes(script, len);
        } else if (sscanf(line, "ask %u %zu", &id, &len) == 2) {
            Str frames = read_bytes(script, len);
            double begin = now();
            send_all(self, frames);
            double end = await(self, id, shown, shown_count);
            printf("%.4f %.4f\n", end - begin, run_time(self->pid));
            mem_free((char *)frames.data);
            while (shown_count) mem_free((char *)shown[--shown_count].data);
        } else {
            fail("a line of the script is none of pause, shows, ask");
        }
    }
}

int main(int argc, char **argv) {
    FILE *script = argc > 2 ? fopen(argv[1], "rb") : NULL;
    if (script == NULL) fail("usage: bench_replay SCRIPT PROGRAM ARGUMENT...");
    signal(SIGPIPE, SIG_IGN);
    Server server = start(argv + 2);
    play(&server, script);
    close(server.fd); /* which ends it */
    buf_release(&server.input);
    fclose(script);
    return 0;
}
