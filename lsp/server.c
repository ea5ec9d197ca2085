#include "lsp/server.h"

#include "base/log.h"
#include "index/disk/loop.h"
#include "lsp/dispatch.h"
#include "lsp/idle.h"
#include "lsp/page_saves.h"
#include "lsp/previews.h"
#include "lsp/warm.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    PARENT_INTERVAL = 3000, /* ms between looks at the client's process */
    SEND_LATER = 50,        /* ms that all clients need to deal with an answer */
    PATIENCE = 20,          /* ms that the scan's workers get to finish at the end */
};

/* A request that waits for its time. */
struct Delayed {
    uv_timer_t timer;
    Server *server;
    const char *method;
    json_t *params, *context; /* owned */
    ReplyHandler *handle;
    Delayed *next;
};

static void on_delayed_closed(uv_handle_t *handle) {
    Delayed *delayed = handle->data;
    json_decref(delayed->params);
    json_decref(delayed->context);
    mem_free(delayed);
}

static void unlink_delayed(Delayed **list, const Delayed *delayed) {
    while (*list != delayed) list = &(*list)->next;
    *list = delayed->next;
}

static void on_delayed(uv_timer_t *timer) {
    Delayed *delayed = timer->data;
    Server *self = delayed->server;
    client_request(self, delayed->method, delayed->params, delayed->handle, delayed->context);
    delayed->params = delayed->context = NULL;
    unlink_delayed(&self->delayed, delayed);
    uv_close((uv_handle_t *)timer, on_delayed_closed);
}

void server_send_later(Server *self, const char *method, json_t *params, ReplyHandler *handle,
                       json_t *context) {
    Delayed *delayed = mem_calloc(1, sizeof *delayed);
    delayed->server = self;
    delayed->method = method;
    delayed->params = params;
    delayed->context = context;
    delayed->handle = handle;
    delayed->next = self->delayed;
    self->delayed = delayed;
    delayed->timer.data = delayed;
    uv_timer_init(&self->loop, &delayed->timer);
    uv_timer_start(&delayed->timer, on_delayed, SEND_LATER, 0);
}

static void on_parent_timer(uv_timer_t *timer) {
    Server *self = timer->data;
    if (kill((pid_t)self->parent, 0) == 0 || errno != ESRCH) return;
    log_line(LOG_INFO, "the client's process is gone");
    server_stop(self);
}

void server_watch_parent(Server *self, int64_t parent) {
    if (parent <= 0) return;
    self->parent = parent;
    uv_timer_start(&self->parent_timer, on_parent_timer, 0, PARENT_INTERVAL);
}

void server_stop(Server *self) {
    self->stopping = true;
    uv_stop(&self->loop);
}

static void take_arrived(Server *self) {
    if (self->queue.size > INPUT_MOST) return;
    input_take(self->input, &self->arrived);
    for (uint32_t i = 0; i < self->arrived.len; i++) queue_push(&self->queue, self->arrived.items[i]);
    self->arrived.len = 0;
}

/* Deals with all there is. What arrives meanwhile is looked at before each message: it may cancel it. */
static void on_arrived(void *context) {
    Server *self = context;
    QueuedMessage item;
    idle_note_message(self);
    for (take_arrived(self); !self->stopping && queue_pop(&self->queue, &item); take_arrived(self)) {
        dispatch_message(self, item);
        if (self->output.failed) server_stop(self);
    }
    if (input_is_finished(self->input)) server_stop(self);
}

static void server_init(Server *self) {
    *self = (Server){.state = STATE_NEW, .encoding = ENCODING_UTF16};
    loop_init(&self->loop);
    uv_timer_init(&self->loop, &self->parent_timer);
    self->parent_timer.data = self;
    idle_init(self);
    config_init(&self->config);
    workspace_init(&self->workspace);
    fresh_init(&self->fresh);
}

static void on_patience_over(uv_timer_t *timer) { uv_stop(timer->loop); }

/* Ends the scan; false when workers are still busy after a short while. */
static bool end_scan(Server *self) {
    workspace_stop(&self->workspace);
    bool busy = workspace_is_busy(&self->workspace) || self->workspace.settling;
    if (busy) uv_timer_start(&self->parent_timer, on_patience_over, PATIENCE, 0);
    while (busy && uv_is_active((uv_handle_t *)&self->parent_timer)) {
        uv_run(&self->loop, UV_RUN_ONCE);
        busy = workspace_is_busy(&self->workspace) || self->workspace.settling;
    }
    return !busy;
}

static void close_handles(Server *self) {
    input_stop(self->input);
    uv_close((uv_handle_t *)&self->parent_timer, NULL);
    idle_close(self);
    for (Delayed *delayed = self->delayed; delayed; delayed = delayed->next) {
        uv_close((uv_handle_t *)&delayed->timer, on_delayed_closed);
    }
    uv_run(&self->loop, UV_RUN_DEFAULT);
    uv_loop_close(&self->loop);
}

static void server_release(Server *self) {
    close_handles(self);
    input_free(self->input);
    output_release(&self->output);
    ARRAY_FREE(&self->arrived);
    queue_release(&self->queue);
    waiting_release(&self->waiting);
    fresh_release(&self->fresh);
    client_release(&self->client);
    config_release(&self->config);
    documents_release(&self->documents);
    previews_release(&self->previews);
    page_saves_release(&self->page_saves);
    workspace_release(&self->workspace);
}

int server_run(ServerOptions options) {
    signal(SIGPIPE, SIG_IGN);
    mem_hold();
    json_set_alloc_funcs(mem_alloc, mem_free);
    json_object_seed(0); /* before threads, which may read JSON at the same time */
    Server server;
    server_init(&server);
    server.workspace.no_cache = options.no_cache;
    server.sandboxed = options.sandboxed;
    server.input = input_new(&server.loop, STDIN_FILENO, options.sandboxed, on_arrived, &server);
    if (!output_init(&server.output, server.input)) {
        log_line(LOG_ERROR, "cannot take over standard output");
        exit(EXIT_FAILURE);
    }
    server_watch_parent(&server, options.parent);
    uv_run(&server.loop, UV_RUN_DEFAULT);
    int status = server.state == STATE_DOWN ? EXIT_SUCCESS : EXIT_FAILURE;
    if (server.state == STATE_DOWN) warm_finish(&server);
    if (!end_scan(&server)) _exit(status); /* clients wait for the end; the system frees what is left */
    server_release(&server);
    return status;
}
