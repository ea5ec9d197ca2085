#include "lsp/idle.h"

#include "lsp/diagnostics.h"
#include "lsp/page_saves.h"
#include "lsp/previews.h"
#include "lsp/settle.h"
#include "lsp/warm.h"

enum {
    LULL = 400,     /* ms without a message, after which work of ours is in nobody's way */
    PAUSE = 150,    /* ms without a change of a document */
    REST = 3000,    /* ms without a message, after which files are looked at */
    ABSENCE = 5000, /* ms without a message, after which the client may have come back from elsewhere */
};

void idle_init(Server *self) {
    uv_timer_init(&self->loop, &self->pause_timer);
    uv_timer_init(&self->loop, &self->rest_timer);
    uv_timer_init(&self->loop, &self->library_timer);
    uv_timer_init(&self->loop, &self->sweep_timer);
    uv_timer_init(&self->loop, &self->cache_timer);
    self->pause_timer.data = self->rest_timer.data = self->library_timer.data = self;
    self->sweep_timer.data = self->cache_timer.data = self;
}

void idle_close(Server *self) {
    uv_close((uv_handle_t *)&self->pause_timer, NULL);
    uv_close((uv_handle_t *)&self->rest_timer, NULL);
    uv_close((uv_handle_t *)&self->library_timer, NULL);
    uv_close((uv_handle_t *)&self->sweep_timer, NULL);
    uv_close((uv_handle_t *)&self->cache_timer, NULL);
}

void idle_report(Server *self) {
    diagnostics_report(self);
    previews_renew(self);
    page_saves_write(self);
}

static void on_pause(uv_timer_t *timer) {
    Server *self = timer->data;
    settle_start(self);
    idle_report(self);
}

void idle_await(Server *self) { uv_timer_start(&self->pause_timer, on_pause, PAUSE, 0); }

static void on_libraries(uv_timer_t *timer) {
    workspace_load_libraries(timer->data);
    warm_save(timer->data);
}

void idle_continue(Server *self) { uv_timer_start(&self->library_timer, on_libraries, 0, 0); }

static void on_sweep(uv_timer_t *timer) { workspace_sweep(timer->data); }

void idle_sweep_soon(Server *self) { uv_timer_start(&self->sweep_timer, on_sweep, LULL, 0); }

static void on_cache(uv_timer_t *timer) { warm_write(timer->data); }

void idle_continue_writing(Server *self) { uv_timer_start(&self->cache_timer, on_cache, 0, 0); }

bool idle_is_resting(const Server *self) { return uv_now(&self->loop) - self->last_message >= REST; }

static void on_rest(uv_timer_t *timer) {
    workspace_sweep(timer->data);
    warm_save(timer->data);
}

static void on_lull(uv_timer_t *timer) {
    warm_rest(timer->data);
    uv_timer_start(timer, on_rest, REST - LULL, 0);
}

void idle_note_message(Server *self) {
    uint64_t now = uv_now(&self->loop);
    if (now - self->last_message >= ABSENCE) workspace_sweep(self);
    self->last_message = now;
    uv_timer_start(&self->rest_timer, on_lull, LULL, 0);
}
