/* From a message to its handler and back: the only place that answers.
 *
 * The table of methods is lsp/methods.def. A handler of a request returns the result (a new reference,
 * json_null() for nothing) or sets the error and returns NULL; what it returns is sent as the one answer. One
 * whose results are large writes them as JSON text instead. `params` is NULL when the message has none. */
#ifndef HEADWORD_LSP_DISPATCH_H
#define HEADWORD_LSP_DISPATCH_H

#include "lsp/server.h"

#define REQUEST(name, handler, states, key, capability)                                                      \
    json_t *handler(Server *self, const json_t *params, RpcError *error);                                    \
    json_t *capability(const Server *self);
#define TEXT_REQUEST(name, handler, states, key, capability)                                                 \
    void handler(Server *self, const json_t *params, StrBuf *result, RpcError *error);                       \
    json_t *capability(const Server *self);
#define NOTIFICATION(name, handler, states, key, capability)                                                 \
    void handler(Server *self, const json_t *params, RpcError *error);                                       \
    json_t *capability(const Server *self);
#include "lsp/methods.def"
#undef REQUEST
#undef TEXT_REQUEST
#undef NOTIFICATION

/* Deals with one message, which is taken over. */
void dispatch_message(Server *server, QueuedMessage item);

/* Files were read: answers those requests that waited for no others. */
void dispatch_waiting(Server *server);
/* Answers all requests that wait with an error. */
void dispatch_cancel_waiting(Server *server);

/* Whether the server has a feature of that name, as the setting features.off may turn off: what
 * ServerCapabilities call without "Provider", as "hover". */
bool dispatch_has_feature(Str name);

/* ServerCapabilities (LSP), computed from the table. */
json_t *dispatch_capabilities(const Server *server);

#endif
