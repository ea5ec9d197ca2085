#include "lsp/output.h"

#include "base/log.h"
#include "protocol/frame.h"
#include "protocol/json_text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
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

/* Writes as much as there is room for. Clients that are node programs give sockets as pipes. */
static ssize_t write_some(const Output *self, Str bytes) {
    ssize_t count = send(self->fd, bytes.data, bytes.len, MSG_DONTWAIT);
    if (count >= 0 || errno != ENOTSOCK) return count;
    return write(self->fd, bytes.data, bytes.len < PIPE_BUF ? bytes.len : PIPE_BUF);
}

static bool write_all(Output *self, Str bytes) {
    while (bytes.len) {
        if (!wait_writable(self)) return false;
        ssize_t count = write_some(self, bytes);
        if (count < 0 && errno != EINTR && errno != EAGAIN) return false;
        if (count > 0) bytes = str_from(bytes, (size_t)count);
    }
    return true;
}

static void send_body(Output *self, Str body) {
    if (self->failed) return;
    StrBuf header;
    buf_init(&header);
    frame_append_header(&header, body.len);
    self->failed = !write_all(self, buf_str(&header)) || !write_all(self, body);
    if (self->failed) log_line(LOG_INFO, "the client does not read any more");
    buf_release(&header);
}

void output_send(Output *self, json_t *message) {
    StrBuf body;
    buf_init(&body);
    json_text_value(&body, message);
    send_body(self, buf_str(&body));
    buf_release(&body);
    json_decref(message);
}

/* A message in which `value` stands behind `head`, and JSON text between `middle` and `tail`. */
static void send_parts(Output *self, Str head, const json_t *value, Str middle, Str text, Str tail) {
    StrBuf body;
    buf_init(&body);
    buf_append(&body, head);
    json_text_value(&body, value);
    buf_append(&body, middle);
    buf_append(&body, text);
    buf_append(&body, tail);
    send_body(self, buf_str(&body));
    buf_release(&body);
}

void output_send_result(Output *self, const json_t *id, Str result) {
    send_parts(self, STR("{\"jsonrpc\":\"2.0\",\"id\":"), id, STR(",\"result\":"), result, STR("}"));
}

void output_send_partial(Output *self, const json_t *token, Str value) {
    send_parts(self, STR("{\"jsonrpc\":\"2.0\",\"method\":\"$/progress\",\"params\":{\"token\":"), token,
               STR(",\"value\":"), value, STR("}}"));
}
