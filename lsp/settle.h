/* Reading documents anew as a whole, on worker threads, once the client pauses.
 *
 * What is read edit by edit may differ from what a whole reading gives (see syntax_facts). Those documents
 * are read again from scratch; what comes back counts if the text has not changed meanwhile, else the next
 * pause sees to it. */
#ifndef HEADWORD_LSP_SETTLE_H
#define HEADWORD_LSP_SETTLE_H

#include "lsp/server.h"

/* Begins to read the documents anew that have to be; reports on documents when they are read. */
void settle_start(Server *server);

#endif
