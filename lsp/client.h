/* The other side: what it announced it can do, and our requests to it. */
#ifndef HEADWORD_LSP_CLIENT_H
#define HEADWORD_LSP_CLIENT_H

#include "base/array.h"
#include "lsp/legend.h"
#include "protocol/lsp_types.h"

typedef struct Server Server;

/* Gets the client's answer: the result, or NULL when it failed. `context` is the request's own and stays with
 * the caller. */
typedef void ReplyHandler(Server *server, const json_t *result, json_t *context);

typedef struct {
    json_int_t id;
    ReplyHandler *handle;
    json_t *context; /* owned; may be NULL */
} PendingRequest;

typedef struct {
#define CLIENT_FLAG(field, path) bool field;
#include "lsp/client.def"
#undef CLIENT_FLAG
    bool creates_files;     /* edits may hold CreateFile */
    bool renames_files;     /* edits may hold RenameFile */
    bool annotates_changes; /* edits may ask to be confirmed */
    bool action_literals;   /* takes CodeAction, not only Command */
    bool resolves_edits;    /* asks for an action's edit when it is chosen */
    bool resolves_symbols;  /* asks for a workspace symbol's range when it is chosen */
    uint32_t fold_limit;    /* most folds of one document */
    uint32_t fold_kinds;    /* bit 1 << FoldKind: takes that kind of folds */
    Legend legend;
    bool shows_diagnostics;
    bool call_hierarchies; /* asks for them */
    bool type_hierarchies;
    bool monikers;
    bool moves_pages;          /* moves files by edits that it asks for before it renames others */
    bool removes_pages;        /* the same of deleting */
    bool asks;                 /* shows questions */
    bool text_contents;        /* asks for the texts of schemes */
    bool prefers_markdown;     /* in hovers */
    bool completion_markdown;  /* in the documentation of completion items */
    bool signature_markdown;   /* in that of signatures */
    bool resolves_imports;     /* asks for what a completion item imports when it is chosen */
    bool completion_tags;      /* shows what is deprecated */
    bool negotiates_encodings; /* sent general.positionEncodings */
    json_int_t last_id;        /* of our requests */
    Array(PendingRequest) pending;
} Client;

/* Reads ClientCapabilities; what is missing or of another type is not announced. */
void client_read_capabilities(Client *self, const json_t *capabilities);
void client_release(Client *self);

/* `params` and `context` are taken over; `handle` may be NULL. */
void client_request(Server *server, const char *method, json_t *params, ReplyHandler *handle,
                    json_t *context);
void client_notify(Server *server, const char *method, json_t *params);

/* Hands an answer of the client to whoever asked; answers to nothing are dropped. */
void client_take_answer(Server *server, const RpcMessage *answer);

/* A line for the user (LSP "window/logMessage") and for our own log. */
void client_log(Server *server, MessageType type, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
