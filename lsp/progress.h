/* Work-done progress on the server's own initiative (LSP "Server Initiated Progress").
 *
 * Nothing is sent to a client that did not announce it, or that refused the token. */
#ifndef HEADWORD_LSP_PROGRESS_H
#define HEADWORD_LSP_PROGRESS_H

#include "base/str.h"

#include <jansson.h>

typedef struct Server Server;

typedef struct {
    uint32_t serial;  /* part of the token */
    bool running;     /* between start and finish */
    bool accepted;    /* the client took the token: `begin` was sent */
    uint32_t percent; /* last sent */
    char title[32];
} Progress;

/* Asks the client for a token; `title` is cut to fit. */
void progress_start(Server *server, const char *title);

/* Sends a report when the percentage has changed. */
void progress_report(Server *server, uint32_t done, uint32_t total);

void progress_finish(Server *server, const char *message);

/* Whether `token` is the one of the running progress. */
bool progress_has_token(const Progress *self, const json_t *token);

#endif
