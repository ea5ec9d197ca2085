/* A server without a client, for unit tests. */
#ifndef HEADWORD_TESTS_SERVER_H
#define HEADWORD_TESTS_SERVER_H

#include "lsp/idle.h"
#include "lsp/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static inline void server_open(Server *self) {
    *self = (Server){.encoding = ENCODING_UTF16};
    config_init(&self->config);
    workspace_init(&self->workspace);
    uv_loop_init(&self->loop);
    idle_init(self);
}

static inline void server_close(Server *self) {
    documents_release(&self->documents);
    workspace_release(&self->workspace);
    config_release(&self->config);
    idle_close(self);
    uv_run(&self->loop, UV_RUN_DEFAULT);
    uv_loop_close(&self->loop);
}

#endif
