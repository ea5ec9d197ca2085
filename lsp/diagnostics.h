/* What cannot be parsed, what docstrings say that is not so, and stale pages, shown in the editor (LSP
 * "textDocument/publishDiagnostics"). */
#ifndef HEADWORD_LSP_DIAGNOSTICS_H
#define HEADWORD_LSP_DIAGNOSTICS_H

#include "lsp/server.h"

/* A document was opened or changed: reports on it once the client pauses. */
void diagnostics_schedule(Server *self, Document *document);

/* Reports on the documents that wait for it. */
void diagnostics_report(Server *self);

/* Reports on all documents anew (a setting changed). */
void diagnostics_renew(Server *self);

/* A document is about to be closed: takes its diagnostics back. */
void diagnostics_clear(Server *self, const Document *document);

#endif
