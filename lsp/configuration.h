/* Keeps the settings in step with the client and puts them into force. */
#ifndef HEADWORD_LSP_CONFIGURATION_H
#define HEADWORD_LSP_CONFIGURATION_H

#include "lsp/server.h"

/* Computes the settings anew, tells the user what is wrong with them, and acts on what changed. */
void configuration_apply(Server *self);

/* The client is initialised: asks for its settings and to be told when they change, where it can. */
void configuration_begin(Server *self);

/* Whether a path is a settings file of a root. */
bool configuration_is_file(const Server *self, Str path);

#endif
