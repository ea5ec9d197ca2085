#include "lsp/idle.h"

#include "lsp/diagnostics.h"

enum { PAUSE = 150 /* ms without a change of a document */ };

void idle_init(Server *self) {
    uv_timer_init(&self->loop, &self->pause_timer);
    self->pause_timer.data = self;
}

void idle_close(Server *self) { uv_close((uv_handle_t *)&self->pause_timer, NULL); }

static void on_pause(uv_timer_t *timer) {
    Server *self = timer->data;
    workspace_settle(self);
    diagnostics_report(self);
}

void idle_await(Server *self) { uv_timer_start(&self->pause_timer, on_pause, PAUSE, 0); }
