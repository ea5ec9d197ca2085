/* Keeps the settings in step with the client and puts them into force. */
#ifndef HEADWORD_LSP_CONFIGURATION_H
#define HEADWORD_LSP_CONFIGURATION_H

#include "lsp/server.h"

/* Computes the settings anew, tells the user what is wrong with them, and acts on what changed. */
void configuration_apply(Server *self);

/* The client is initialised: asks for its settings and to be told when they change, where it can. */
void configuration_begin(Server *self);

/* A file was made, changed or deleted. True when its settings are Headword's, which are read anew; those that
 * ruff has in other folders count for docstrings. */
bool configuration_take_file(Server *self, Str path);

#endif
