/* Requests whose answers need files that a scan has not read yet.
 *
 * Such a request is handled as any other, while what it asks the index is listened to: paths and names that
 * unread files may still bring are wanted from the scan. Once those are read it is handled again, until
 * nothing is missing any more. Only the last result is sent. A LIMITED request is handled now and then
 * meanwhile: its handler may say that it has enough. Likewise with modules of libraries that are still to be
 * read, be it during a scan or after. */
#ifndef HEADWORD_LSP_WAITING_H
#define HEADWORD_LSP_WAITING_H

#include "base/array.h"
#include "index/disk/scan.h"
#include "index/index.h"
#include "protocol/lsp_types.h"

typedef struct Server Server;

typedef struct {
    RpcMessage message; /* owned by the list */
    json_int_t version; /* of the document that it is about, when it came */
    Want *want;         /* from the running scan, or NULL */
    bool asked;     /* nothing but a module that libraries may have was lacking when it was last handled */
    uint32_t tried; /* how many files the index had then */
} Waiting;

typedef struct {
    Array(Waiting) items; /* in the order in which they came */
    IndexListener listener;
    Want *listening; /* whose wants the questions of this moment are */
    bool asked;      /* the questions of this moment lack a module that libraries may have */
    bool enough;     /* the handler found all that it could say, whatever it lacks */
    bool draft;      /* the handler may be called again: nothing may be sent yet */
} WaitingList;

Waiting waiting_new(const Server *server, RpcMessage message);
/* Nothing is wanted any more. The message is still the caller's. */
void waiting_end(Server *server, Waiting *self);

/* It was just handled. */
void waiting_note_asked(const Server *server, Waiting *self);
/* Whether something is known that the request has to wait for. */
bool waiting_lacks(const Server *server, const Waiting *self);
/* Whether so much was read since it was last handled that it may have enough now. */
bool waiting_may_have_enough(const Server *server, const Waiting *self);
/* Whether the document that the request is about has changed since it came. */
bool waiting_is_outdated(const Server *server, const Waiting *self);

/* From now on, what is asked of the index is wanted from the running scan, if there is one; NULL: no more. */
void waiting_listen(Server *server, Want *want);
/* For listeners: a question asked for a module in vain. */
void waiting_ask_module(void *server, FileId from, Str name, uint32_t level);

/* The scan has ended, and all that was wanted from it. */
void waiting_forget_scan(Server *server);

void waiting_release(WaitingList *self);

#endif
