/* What waits until the client pauses: reports on documents, and looking for files that changed without a
 * word. */
#ifndef HEADWORD_LSP_IDLE_H
#define HEADWORD_LSP_IDLE_H

#include "lsp/server.h"

void idle_init(Server *self);
void idle_close(Server *self);

/* A document was opened or changed: once that has not happened for a moment, it is read anew as a whole if it
 * has to be, and reported on. */
void idle_await(Server *self);

/* Loads more of the libraries once the messages that have arrived are answered. */
void idle_continue(Server *self);

/* The client sent something. */
void idle_note_message(Server *self);

#endif
