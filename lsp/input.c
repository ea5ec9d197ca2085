#include "lsp/input.h"

#include "base/log.h"
#include "index/disk/sandbox.h"
#include "protocol/frame.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    READ_SIZE = 1 << 16,
    MESSAGE_OVERHEAD = 4096, /* bytes of a small message, read */
    REST = 100 * 1000000,    /* ns between looks at whether the client is gone */
};

struct Input {
    int fd;
    int wake[2]; /* a pipe: its end closing tells the thread to stop */
    bool sandboxed;
    uv_thread_t thread;
    uv_mutex_t mutex; /* guards what follows it up to `stopping` */
    uv_cond_t taken;
    RpcMessages messages;
    size_t waiting; /* sizes of the messages */
    bool ended;     /* nothing more will come */
    bool hung_up;   /* the client sends nothing more, but not all of it was read */
    bool stopping;
    uv_async_t async;
    void (*arrived)(void *context);
    void *context;
};

static void push(Input *self, const RpcMessage *message) {
    uv_mutex_lock(&self->mutex);
    ARRAY_PUSH(&self->messages, *message);
    self->waiting += message->size;
    uv_mutex_unlock(&self->mutex);
    uv_async_send(&self->async);
}

static bool is_broken_json(const RpcMessage *message) {
    return message->kind == RPC_INVALID && message->fault.code == RPC_PARSE_ERROR;
}

static void decode(Input *self, FrameDecoder *decoder) {
    Str text;
    for (;;) {
        RpcMessage message = {0};
        switch (frame_decoder_next(decoder, &text)) {
        case FRAME_NONE: return;
        case FRAME_ERROR: rpc_fault(&message, RPC_PARSE_ERROR, text.data); break;
        case FRAME_BODY:
            rpc_parse(text, &message);
            if (is_broken_json(&message)) frame_decoder_reject(decoder);
            break;
        }
        message.size = text.len + MESSAGE_OVERHEAD;
        push(self, &message);
    }
}

static bool has_hung_up(int fd) {
    struct pollfd polled = {.fd = fd};
    return poll(&polled, 1, 0) > 0 && polled.revents & (POLLHUP | POLLERR);
}

/* Waits until there is room for more messages. */
static void wait_taken(Input *self) {
    uv_mutex_lock(&self->mutex);
    if (self->waiting > INPUT_MOST) log_line(LOG_INFO, "reading rests: too many messages wait");
    while (self->waiting > INPUT_MOST && !self->stopping) {
        uv_cond_timedwait(&self->taken, &self->mutex, REST);
        if (!self->hung_up) self->hung_up = has_hung_up(self->fd);
    }
    uv_mutex_unlock(&self->mutex);
}

/* Waits until there is something to read; false when the thread is to stop. */
static bool wait_readable(const Input *self) {
    struct pollfd fds[] = {{.fd = self->fd, .events = POLLIN}, {.fd = self->wake[0], .events = POLLIN}};
    while (poll(fds, 2, -1) < 0) {
        if (errno != EINTR) return false;
    }
    return fds[1].revents == 0;
}

static void read_all(Input *self) {
    FrameDecoder decoder;
    frame_decoder_init(&decoder);
    char *bytes = mem_alloc(READ_SIZE);
    while (wait_readable(self)) {
        ssize_t count = read(self->fd, bytes, READ_SIZE);
        if (count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN)) break;
        if (count < 0) continue;
        frame_decoder_feed(&decoder, str_make(bytes, (size_t)count));
        decode(self, &decoder);
        wait_taken(self);
    }
    mem_free(bytes);
    frame_decoder_release(&decoder);
}

/* The thread needs no files. */
static bool enter_sandbox(void) {
    StrBuf why;
    buf_init(&why);
    bool good = sandbox_enter(&(Paths){0}, &why);
    if (!good) log_line(LOG_ERROR, "%s", why.data);
    buf_release(&why);
    return good;
}

static void run(void *context) {
    Input *self = context;
    if (!self->sandboxed || enter_sandbox()) read_all(self);
    uv_mutex_lock(&self->mutex);
    self->ended = true;
    uv_mutex_unlock(&self->mutex);
    uv_async_send(&self->async);
}

/* A pipe that child processes do not inherit: they would keep it open. */
static bool open_pipe(int ends[2]) {
    return pipe(ends) == 0 && fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 &&
           fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0;
}

static void on_async(uv_async_t *async) {
    Input *self = async->data;
    self->arrived(self->context);
}

Input *input_new(uv_loop_t *loop, int fd, bool sandboxed, void (*arrived)(void *context), void *context) {
    Input *self = mem_calloc(1, sizeof *self);
    self->fd = fd;
    self->sandboxed = sandboxed;
    self->arrived = arrived;
    self->context = context;
    self->async.data = self;
    if (!open_pipe(self->wake) || uv_mutex_init(&self->mutex) != 0 || uv_cond_init(&self->taken) != 0 ||
        uv_async_init(loop, &self->async, on_async) != 0 || uv_thread_create(&self->thread, run, self) != 0) {
        log_line(LOG_ERROR, "cannot start the thread that reads messages");
        exit(2);
    }
    return self;
}

void input_take(Input *self, RpcMessages *out) {
    uv_mutex_lock(&self->mutex);
    for (uint32_t i = 0; i < self->messages.len; i++) ARRAY_PUSH(out, self->messages.items[i]);
    self->messages.len = 0;
    self->waiting = 0;
    uv_cond_signal(&self->taken);
    uv_mutex_unlock(&self->mutex);
}

bool input_is_finished(Input *self) {
    uv_mutex_lock(&self->mutex);
    bool finished = self->ended && self->messages.len == 0;
    uv_mutex_unlock(&self->mutex);
    return finished;
}

bool input_has_ended(Input *self) {
    uv_mutex_lock(&self->mutex);
    bool ended = self->ended || self->hung_up;
    uv_mutex_unlock(&self->mutex);
    return ended;
}

void input_stop(Input *self) {
    uv_mutex_lock(&self->mutex);
    self->stopping = true;
    uv_cond_signal(&self->taken);
    uv_mutex_unlock(&self->mutex);
    /* The byte wakes the thread, and so does the end of the pipe, should one of the calls fail. */
    ssize_t wrote = write(self->wake[1], "", 1);
    (void)wrote;
    close(self->wake[1]);
    uv_thread_join(&self->thread);
    close(self->wake[0]);
    uv_close((uv_handle_t *)&self->async, NULL);
}

void input_free(Input *self) {
    for (uint32_t i = 0; i < self->messages.len; i++) rpc_message_release(&self->messages.items[i]);
    ARRAY_FREE(&self->messages);
    uv_cond_destroy(&self->taken);
    uv_mutex_destroy(&self->mutex);
    mem_free(self);
}
