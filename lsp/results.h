/* An answer that is a list, written as JSON text, item by item. To a client that sent a `partialResultToken`
 * long ones go piece by piece (LSP "Partial Result Progress"); the answer itself is then empty. */
#ifndef HEADWORD_LSP_RESULTS_H
#define HEADWORD_LSP_RESULTS_H

#include "lsp/server.h"
#include "protocol/json_text.h"

enum { RESULTS_PIECE = 16384 /* bytes after which a piece goes; some 60 symbols */ };

typedef struct {
    Server *server;
    const json_t *token; /* borrowed; NULL: everything in the answer */
    StrBuf *out;         /* of the answer */
    bool sent;           /* items went ahead */
} Results;

/* `params` are the request's and must outlive the list. */
Results results_begin(Server *server, const json_t *params, StrBuf *out);
/* Where to write the next item. */
StrBuf *results_next(Results *self);
void results_end(Results *self);

#endif
