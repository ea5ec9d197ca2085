#include "lsp/results.h"

Results results_begin(Server *server, const json_t *params, StrBuf *out) {
    const json_t *token = json_object_get(params, "partialResultToken");
    bool valid = json_is_string(token) || json_is_integer(token);
    if (server->waiting.draft) valid = false;
    json_text_raw(out, "[");
    return (Results){.server = server, .token = valid ? token : NULL, .out = out};
}

static void send_piece(Results *self) {
    json_text_raw(self->out, "]");
    output_send_partial(&self->server->output, self->token, buf_str(self->out));
    buf_clear(self->out);
    json_text_raw(self->out, "[");
    self->sent = true;
}

StrBuf *results_next(Results *self) {
    if (self->token && self->out->len >= RESULTS_PIECE) send_piece(self);
    if (self->out->len > 1) json_text_raw(self->out, ",");
    return self->out;
}

void results_end(Results *self) {
    if (self->sent && self->out->len > 1) send_piece(self);
    json_text_raw(self->out, "]");
}
