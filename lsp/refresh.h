/* Asks the client for what it shows anew, after the index has changed under it. */
#ifndef HEADWORD_LSP_REFRESH_H
#define HEADWORD_LSP_REFRESH_H

#include "lsp/server.h"

/* LSP "workspace/semanticTokens/refresh" and its kin, of those that the client takes. */
void refresh_views(Server *self);

#endif
