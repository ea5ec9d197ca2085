/* The writing half of the connection, and the only file that writes to the protocol's stream.
 *
 * The original stdout is kept for messages; file descriptor 1 is pointed at stderr, so that a stray print can
 * never end up between two frames. */
#ifndef HEADWORD_LSP_OUTPUT_H
#define HEADWORD_LSP_OUTPUT_H

#include "lsp/input.h"

typedef struct {
    int fd;
    Input *input; /* borrowed: a client that has gone on the other side is not waited for */
    bool failed;  /* the client is gone; nothing more is written */
} Output;

/* Takes stdout over; false when that is impossible. */
bool output_init(Output *self, Input *input);
void output_release(Output *self);

/* Writes one message (taken over) as a frame, whole, however long the client takes to read it. */
void output_send(Output *self, json_t *message);

/* The same with the answer to a request, whose result is JSON text already. */
void output_send_result(Output *self, const json_t *id, Str result);

/* The same with a part of a result that goes ahead of the answer (LSP "$/progress"). */
void output_send_partial(Output *self, const json_t *token, Str value);

#endif
