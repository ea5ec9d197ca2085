#include "lsp/progress.h"

#include "lsp/server.h"

#include <stdio.h>

static json_t *token_new(const Progress *self) { return json_sprintf("headword/%u", (unsigned)self->serial); }

bool progress_has_token(const Progress *self, const json_t *token) {
    json_t *own = token_new(self);
    bool same = self->running && json_equal(own, token);
    json_decref(own);
    return same;
}

static void send_value(Server *server, json_t *token, json_t *value) {
    json_t *params = json_object();
    json_object_set_new(params, "token", token);
    json_object_set_new(params, "value", value);
    client_notify(server, "$/progress", params);
}

static json_t *value_new(const char *kind) {
    json_t *value = json_object();
    json_object_set_new(value, "kind", json_string(kind));
    return value;
}

/* The client has answered the request for a token: it now waits for an end, even when the work is over
 * already. */
static void on_created(Server *server, const json_t *result, json_t *token) {
    Progress *self = &server->workspace.progress;
    if (result == NULL) return;
    bool running = progress_has_token(self, token);
    json_t *value = value_new("begin");
    json_object_set_new(value, "title", json_string(self->title));
    json_object_set_new(value, "cancellable", json_true());
    json_object_set_new(value, "percentage", json_integer(running ? self->percent : 100));
    send_value(server, json_incref(token), value);
    if (running)
        self->accepted = true;
    else
        send_value(server, json_incref(token), value_new("end"));
}

void progress_start(Server *server, const char *title) {
    Progress *self = &server->workspace.progress;
    *self = (Progress){.serial = self->serial + 1, .running = true};
    snprintf(self->title, sizeof self->title, "%s", title);
    if (!server->client.progress) return;
    json_t *params = json_object();
    json_object_set_new(params, "token", token_new(self));
    client_request(server, "window/workDoneProgress/create", params, on_created, token_new(self));
}

void progress_report(Server *server, uint32_t done, uint32_t total) {
    Progress *self = &server->workspace.progress;
    uint32_t percent = total ? (uint32_t)((uint64_t)done * 100 / total) : 0;
    if (percent == self->percent) return;
    self->percent = percent;
    if (!self->accepted) return;
    json_t *value = value_new("report");
    json_object_set_new(value, "message", json_sprintf("%u of %u files", (unsigned)done, (unsigned)total));
    json_object_set_new(value, "percentage", json_integer(percent));
    send_value(server, token_new(self), value);
}

void progress_finish(Server *server, const char *message) {
    Progress *self = &server->workspace.progress;
    if (self->accepted) {
        json_t *value = value_new("end");
        json_object_set_new(value, "message", json_string(message));
        send_value(server, token_new(self), value);
    }
    self->running = self->accepted = false;
}
