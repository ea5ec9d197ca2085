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

/* What documents hold is known for sure as far as it can be: renews what is shown and written of it. */
void idle_report(Server *self);

/* Loads more of the libraries once the messages that have arrived are answered. */
void idle_continue(Server *self);

/* Looks for changed files once the first requests are answered, whether the client pauses or not. */
void idle_sweep_soon(Server *self);

/* Writes more of a cache once the messages that have arrived are answered. */
void idle_continue_writing(Server *self);

/* Whether the client has not sent anything for a while. */
bool idle_is_resting(const Server *self);

/* The client sent something. */
void idle_note_message(Server *self);

#endif
