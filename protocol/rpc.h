/* JSON-RPC 2.0 envelopes (LSP "Abstract Message", "Request Message", "Response Message", "Notification
 * Message"). */
#ifndef HEADWORD_PROTOCOL_RPC_H
#define HEADWORD_PROTOCOL_RPC_H

#include "base/str.h"

#include <jansson.h>

/* Error codes (LSP "ErrorCodes"). */
enum {
    RPC_PARSE_ERROR = -32700,
    RPC_INVALID_REQUEST = -32600,
    RPC_METHOD_NOT_FOUND = -32601,
    RPC_INVALID_PARAMS = -32602,
    RPC_INTERNAL_ERROR = -32603,
    RPC_SERVER_NOT_INITIALIZED = -32002,
    RPC_REQUEST_FAILED = -32803,
    RPC_CONTENT_MODIFIED = -32801,
    RPC_REQUEST_CANCELLED = -32800,
};

/* Why a request failed; zero-initialised when it did not. */
typedef struct {
    int code;      /* 0: no error */
    char *message; /* owned */
} RpcError;

/* Sets the error, unless one is set already: the first is the cause. */
void rpc_error_set(RpcError *self, int code, const char *format, ...) __attribute__((format(printf, 3, 4)));
void rpc_error_release(RpcError *self);

typedef enum { RPC_INVALID, RPC_REQUEST, RPC_NOTIFICATION, RPC_RESPONSE } RpcKind;

typedef struct {
    RpcKind kind;
    json_t *root; /* owned; what follows is borrowed from it */
    json_t *id;   /* a string or number; NULL when there is none */
    Str method;
    json_t *params; /* NULL when missing or null */
    json_t *result; /* of a response */
    json_t *error;  /* of a response, NULL when it succeeded */
    RpcError fault; /* RPC_INVALID: what to answer */
    size_t size;    /* about what it takes while it waits, in bytes; 0: not reckoned */
} RpcMessage;

/* Reads one message. Never fails: what is no message is RPC_INVALID with its `fault`. Ill-formed UTF-8 and
 * escaped lone surrogates, which some clients send for half an emoji, become U+FFFD. The caller releases the
 * message. */
void rpc_parse(Str body, RpcMessage *out);

/* An RPC_INVALID message. */
void rpc_fault(RpcMessage *out, int code, const char *why);

void rpc_message_release(RpcMessage *self);

/* New envelopes. `params` and `result` are taken over, `id` is not; a NULL id is written as null, NULL params
 * are left out. */
json_t *rpc_request_new(json_int_t id, const char *method, json_t *params);
json_t *rpc_notification_new(const char *method, json_t *params);
json_t *rpc_result_new(json_t *id, json_t *result);
json_t *rpc_failure_new(json_t *id, const RpcError *error);

#endif
