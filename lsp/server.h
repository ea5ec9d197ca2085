/* The language server: one struct that holds its state, and the loop that serves one client.
 *
 * Everything runs on the loop's thread except reading (lsp/input.h) and the scan's workers
 * (index/disk/scan.h), which share nothing with it. */
#ifndef HEADWORD_LSP_SERVER_H
#define HEADWORD_LSP_SERVER_H

#include "lsp/client.h"
#include "lsp/config.h"
#include "lsp/documents.h"
#include "lsp/output.h"
#include "lsp/queue.h"
#include "lsp/fresh.h"
#include "lsp/waiting.h"
#include "lsp/workspace.h"
#include "markdown/book.h"

#include <uv.h>

/* Where in its life the server is (LSP "Server lifecycle"); a method's row says where it is allowed. */
enum {
    STATE_NEW = 1,     /* before initialize */
    STATE_RUNNING = 2, /* after initialize */
    STATE_DOWN = 4,    /* after shutdown */
    STATE_ANY = STATE_NEW | STATE_RUNNING | STATE_DOWN,
    WAITS = 8,    /* no state: in a row, the request waits for what its answer needs */
    LIMITED = 16, /* likewise: but not for more than its answer has room for */
};

typedef struct Delayed Delayed;

/* A page that the client shows although it is not written (lsp/previews.h). */
typedef struct {
    Str uri, source; /* owned; the source is a path */
    PageKind kind;
    char *file;        /* it is shown from, or NULL; owned */
    uint64_t revision; /* of the document that it was made from; 0: it was not open */
    uint64_t shown;    /* hash of the text */
} Preview;
typedef Array(Preview) Previews;

/* A file whose pages are due (lsp/page_saves.h). */
typedef struct {
    char *path; /* owned */
    bool all;   /* those too that are not there yet */
    bool saved; /* the pages of what it uses will be due too */
} PageSave;
typedef Array(PageSave) PageSaves;

struct Server {
    uv_loop_t loop;
    Input *input;
    Output output;
    RpcMessages arrived; /* being moved from input to queue; kept for its storage */
    Queue queue;
    WaitingList waiting;
    Fresh fresh;
    int state; /* one of STATE_… */
    bool stopping;
    Client client;
    Config config;
    Encoding encoding;
    Documents documents;
    Workspace workspace;
    Previews previews;
    PageSaves page_saves;
    uv_timer_t parent_timer; /* looks whether the client's process lives */
    uv_timer_t pause_timer;  /* this and what follows up to last_message: of lsp/idle.c */
    uv_timer_t rest_timer;
    uv_timer_t library_timer;
    uv_timer_t sweep_timer, cache_timer;
    uint64_t last_message;   /* ms of the loop's clock */
    Delayed *delayed;        /* of server_send_later; newest first */
    uint32_t last_tokens_id; /* of what clients were told of semantic tokens */
    bool watching;           /* the client watches files for us */
    int64_t parent;          /* process id of the client, or 0 */
    bool sandboxed;          /* once it is initialized, it writes below its folders only */
};

typedef struct {
    int64_t parent; /* the client's process id, or 0 */
    bool no_cache, sandboxed;
} ServerOptions;

/* Serves the client on stdin and stdout until it is gone; returns the exit status. Where there is no sandbox,
 * it must not be asked for. */
int server_run(ServerOptions options);

/* Ends the loop after the message at hand. */
void server_stop(Server *self);

/* Ends the server when that process ends. */
void server_watch_parent(Server *self, int64_t parent);

/* Sends a request to the client a little later: behind the answer to the request at hand, once the client has
 * dealt with that. Arguments as for client_request. */
void server_send_later(Server *self, const char *method, json_t *params, ReplyHandler *handle,
                       json_t *context);

#endif
