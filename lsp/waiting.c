#include "lsp/waiting.h"

#include "lsp/idle.h"
#include "lsp/server.h"

enum {
    NO_VERSION = -1,
    NEWS = 32,      /* files worth another try */
    MOST_LEFT = 512 /* files of libraries that are waited for: more take longer than people want to wait */
};

static json_int_t version_of(const Server *server, const RpcMessage *message) {
    const Document *document =
        documents_find(&server->documents, json_find_str(message->params, "textDocument.uri"));
    return document ? document->version : NO_VERSION;
}

Waiting waiting_new(const Server *server, RpcMessage message) {
    Scan *scan = server->workspace.scan;
    return (Waiting){
        .message = message, .version = version_of(server, &message), .want = scan ? scan_want(scan) : NULL};
}

void waiting_end(Server *server, Waiting *self) {
    if (self->want) scan_want_end(server->workspace.scan, self->want);
}

static bool lacks_files(const Server *server, const Waiting *self) {
    if (self->want == NULL) return false;
    return workspace_has_unread_root(&server->workspace) || !scan_has(server->workspace.scan, self->want);
}

void waiting_note_asked(const Server *server, Waiting *self) {
    self->asked = server->waiting.asked && !lacks_files(server, self);
}

bool waiting_lacks(const Server *server, const Waiting *self) {
    uint32_t left = libraries_left(server->workspace.libraries);
    return lacks_files(server, self) || (self->asked && left > 0 && left <= MOST_LEFT);
}

bool waiting_may_have_enough(const Server *server, const Waiting *self) {
    return index_file_end(server->workspace.index) >= self->tried + NEWS;
}

bool waiting_is_outdated(const Server *server, const Waiting *self) {
    return self->version != version_of(server, &self->message);
}

static void want_path(void *context, Str path) {
    Server *server = context;
    scan_want_file(server->workspace.scan, server->waiting.listening, path);
}

static void want_name(void *context, Str name, bool defined) {
    Server *server = context;
    scan_want_name(server->workspace.scan, server->waiting.listening, name, defined);
}

void waiting_ask_module(void *context, FileId from, Str name, uint32_t level) {
    Server *server = context;
    Libraries *libraries = server->workspace.libraries;
    if (!libraries_ask(libraries, server->workspace.index, from, name, level)) return;
    server->waiting.asked = true;
    if (libraries_left(libraries)) idle_continue(server);
}

void waiting_listen(Server *server, Want *want) {
    server->waiting.listening = want;
    server->waiting.listener = (IndexListener){server, want_path, want_name, waiting_ask_module};
    index_listen(server->workspace.index, want ? &server->waiting.listener : NULL);
}

void waiting_forget_scan(Server *server) {
    Scan *next = server->workspace.scan;
    for (uint32_t i = 0; i < server->waiting.items.len; i++)
        server->waiting.items.items[i].want = next ? scan_want(next) : NULL;
}

void waiting_release(WaitingList *self) {
    for (uint32_t i = 0; i < self->items.len; i++) rpc_message_release(&self->items.items[i].message);
    ARRAY_FREE(&self->items);
}
