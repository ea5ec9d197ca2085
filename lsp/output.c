#include "lsp/output.h"

#include "base/log.h"
#include "protocol/frame.h"
#include "protocol/json_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
    PATIENCE = 1000,     /* ms between looks at whether the client is still there */
    PIPE_SIZE = 1 << 20, /* holds most answers, so that they need not wait for the client to read them */
};

bool output_init(Output *self, Input *input) {
    *self = (Output){.fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), .input = input};
#ifdef F_SETPIPE_SZ
    fcntl(self->fd, F_SETPIPE_SZ, PIPE_SIZE); /* in vain where stdout is no pipe */
#endif
    return self->fd >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
}

void output_release(Output *self) {
    if (self->fd >= 0) close(self->fd);
    self->fd = -1;
}

/* Waits until a write of PIPE_BUF bytes cannot block; false when the client will not read any more. */
static bool wait_writable(Output *self) {
    struct pollfd fd = {.fd = self->fd, .events = POLLOUT};
    for (;;) {
        int ready = poll(&fd, 1, PATIENCE);
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
        if (ready == 0 && input_has_ended(self->input)) return false;
    }
}

/* Writes as much of the parts as there is room for. Clients that are node programs give sockets as pipes. */
static ssize_t write_some(const Output *self, struct iovec *parts, size_t count) {
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    ssize_t written = sendmsg(self->fd, &message, MSG_DONTWAIT);
    if (written >= 0 || errno != ENOTSOCK) return written;
    return write(self->fd, parts->iov_base, parts->iov_len < PIPE_BUF ? parts->iov_len : PIPE_BUF);
}

static bool write_all(Output *self, struct iovec *parts, size_t count) {
    while (count) {
        if (parts->iov_len == 0) {
            parts++;
            count--;
            continue;
        }
        if (!wait_writable(self)) return false;
        ssize_t written = write_some(self, parts, count);
        if (written < 0 && errno != EINTR && errno != EAGAIN) return false;
        for (size_t i = 0; i < count && written > 0; i++) {
            size_t part = (size_t)written < parts[i].iov_len ? (size_t)written : parts[i].iov_len;
            parts[i].iov_base = (char *)parts[i].iov_base + part;
            parts[i].iov_len -= part;
            written -= (ssize_t)part;
        }
    }
    return true;
}

static struct iovec part_of(Str bytes) { return (struct iovec){(void *)(uintptr_t)bytes.data, bytes.len}; }

/* Writes a frame of what stands in `head`, `text` and `tail`; the text may be long. */
static void send_frame(Output *self, Str head, Str text, Str tail) {
    if (self->failed) return;
    StrBuf start;
    buf_init(&start);
    frame_append_header(&start, head.len + text.len + tail.len);
    buf_append(&start, head);
    struct iovec parts[] = {part_of(buf_str(&start)), part_of(text), part_of(tail)};
    self->failed = !write_all(self, parts, sizeof parts / sizeof *parts);
    if (self->failed) log_line(LOG_INFO, "the client does not read any more");
    buf_release(&start);
}

void output_send(Output *self, json_t *message) {
    StrBuf body;
    buf_init(&body);
    json_text_value(&body, message);
    send_frame(self, STR_NONE, buf_str(&body), STR_NONE);
    buf_release(&body);
    json_decref(message);
}

/* A message in which `value` stands behind `head`, and JSON text between `middle` and `tail`. */
static void send_parts(Output *self, Str head, const json_t *value, Str middle, Str text, Str tail) {
    StrBuf start;
    buf_init(&start);
    buf_append(&start, head);
    json_text_value(&start, value);
    buf_append(&start, middle);
    send_frame(self, buf_str(&start), text, tail);
    buf_release(&start);
}

void output_send_result(Output *self, const json_t *id, Str result) {
    send_parts(self, STR("{\"jsonrpc\":\"2.0\",\"id\":"), id, STR(",\"result\":"), result, STR("}"));
}

void output_send_partial(Output *self, const json_t *token, Str value) {
    send_parts(self, STR("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":"), token,
               STR(",\"value\":"), value, STR("}}"));
}
