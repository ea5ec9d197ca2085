#include "lsp/warm.h"

#include "base/log.h"
#include "index/disk/recheck.h"
#include "lsp/idle.h"

enum { SLICE = 1 << 20 /* bytes written between messages */ };

static uint64_t most_bytes(const Server *server) {
    return server->workspace.no_cache ? 0 : server->config.settings.cache_max_bytes;
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool attach(Workspace *self, Str root) {
    StrBuf why;
    buf_init(&why);
    Cache cache;
    bool good = cache_open(&cache, root, self->index, &why);
    if (good) ARRAY_PUSH(&self->caches, cache);
    if (why.len) log_line(LOG_INFO, "%.*s: its cache is of no use: %s", STR_ARG(root), why.data);
    buf_release(&why);
    return good;
}

/* Open documents hide what came from the disk. */
static void hide_files(Server *server) {
    for (uint32_t i = 0; i < server->documents.items.len; i++) {
        Document *document = &server->documents.items.items[i];
        FileId file = index_find_file(server->workspace.index, document->path);
        bool from_disk = file != NONE && index_stamp(server->workspace.index, file)->hash;
        if (!from_disk) continue;
        document->on_disk = true;
        document->stale = true;
        document->read = NULL;
    }
}

bool warm_open(Server *server, Str root) {
    Workspace *self = &server->workspace;
    if (most_bytes(server) == 0 || !attach(self, root)) return false;
    bool all = recheck_files(self->index, server->config.settings.index_max_file_bytes);
    libraries_adopt(self->libraries, self->index);
    hide_files(server);
    self->changed = true;
    fresh_begin(server);
    idle_sweep_soon(server); /* for new files */
    log_line(LOG_INFO, "%.*s: taken from the cache%s", STR_ARG(root), all ? "" : ", but much has changed");
    return all;
}

void warm_rest(Server *server) {
    const Workspace *self = &server->workspace;
    for (uint32_t i = 0; i < self->caches.len; i++) cache_rest(&self->caches.items[i]);
    mem_trim();
}

/* --- a new index -------------------------------------------------------------------------------- */

void warm_release(Workspace *self) {
    cache_writer_free(self->writer);
    index_free(self->index);
    for (uint32_t i = 0; i < self->caches.len; i++) cache_close(&self->caches.items[i]);
    ARRAY_FREE(&self->caches);
}

/* An empty index of the same roots, whose documents are to be read again. */
static void renew_index(Server *server) {
    Workspace *self = &server->workspace;
    warm_release(self);
    self->writer = NULL;
    self->index = index_new();
    libraries_free(self->libraries);
    self->libraries = libraries_new(STR_NONE, NULL);
    self->changed = true;
    for (uint32_t i = 0; i < self->folders.len; i++) {
        if (!self->folders.items[i].nested) index_add_root(self->index, self->folders.items[i].path);
    }
    workspace_find_libraries(server);
    for (uint32_t i = 0; i < server->documents.items.len; i++) {
        server->documents.items.items[i].read = NULL;
        server->documents.items.items[i].stale = true;
    }
}

void warm_recover(Server *server) {
    Workspace *self = &server->workspace;
    if (!index_is_damaged(self->index) || workspace_is_busy(self)) return;
    log_line(LOG_WARNING, "a cache is damaged: all files are read again");
    for (uint32_t i = 0; i < index_root_count(self->index); i++) cache_forget(index_root(self->index, i));
    renew_index(server);
    workspace_rescan(server);
}

/* --- writing ------------------------------------------------------------------------------------ */

/* The next folder whose cache is to be written, or NULL. */
static const Folder *next_due(const Workspace *self, bool libraries) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const Folder *folder = &self->folders.items[i];
        if (folder->complete && cache_is_due(self->index, (FreezeScope){folder->path, libraries}))
            return folder;
    }
    return NULL;
}

/* Whether the whole index is in the cache of its only root, but for what documents say. */
static bool is_replaceable(const Server *server) {
    const Workspace *self = &server->workspace;
    if (index_root_count(self->index) != 1) return false;
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        bool kept = index_is_own(self->index, file) || index_is_library(self->index, file) ||
                    documents_find_path(&server->documents, index_path(self->index, file));
        if (index_stamp(self->index, file) && !kept) return false;
    }
    return true;
}

/* Lets the index lie in the cache that was just written of it. */
static void move_into_cache(Server *server) {
    Workspace *self = &server->workspace;
    if (workspace_is_busy(self) || !is_replaceable(server)) return;
    renew_index(server);
    if (!attach(self, index_root(self->index, 0))) {
        workspace_rescan(server); /* somebody took it away at once */
        return;
    }
    libraries_adopt(self->libraries, self->index);
    workspace_refresh(server);
    mem_trim();
}

/* Not again in this session: it would fail again. */
static void give_up(Workspace *self, const StrBuf *why) {
    log_line(LOG_WARNING, "no cache is written, so the next start will read all files: %s", why->data);
    self->no_cache = true;
}

static void end_writing(Workspace *self) {
    cache_writer_free(self->writer);
    self->writer = NULL;
}

void warm_write(Server *server) {
    Workspace *self = &server->workspace;
    if (self->writer == NULL) return;
    StrBuf why;
    buf_init(&why);
    FreezeState state = cache_writer_step(self->writer, SLICE, &why);
    if (state == FREEZE_MORE) {
        idle_continue_writing(server);
    } else {
        end_writing(self);
        if (why.len) give_up(self, &why);
        if (state == FREEZE_DONE) move_into_cache(server);
    }
    buf_release(&why);
}

void warm_save(Server *server) {
    Workspace *self = &server->workspace;
    bool ready = most_bytes(server) && !self->writer && !self->changed && !workspace_is_busy(self) &&
                 !index_is_damaged(self->index) && idle_is_resting(server);
    const Folder *folder = ready ? next_due(self, true) : NULL;
    if (folder == NULL) return;
    StrBuf why;
    buf_init(&why);
    self->writer = cache_writer_new(self->index, (FreezeScope){folder->path, true}, most_bytes(server), &why);
    if (self->writer)
        idle_continue_writing(server);
    else
        give_up(self, &why);
    buf_release(&why);
}

void warm_finish(Server *server) {
    Workspace *self = &server->workspace;
    bool libraries = !self->changed;
    end_writing(self);
    StrBuf why;
    buf_init(&why);
    for (uint32_t i = 0; i < self->folders.len && most_bytes(server); i++) {
        FreezeScope scope = {self->folders.items[i].path, libraries};
        if (!self->folders.items[i].complete || !cache_is_due(self->index, scope)) continue;
        if (!cache_write(self->index, scope, most_bytes(server), &why) && why.len) give_up(self, &why);
    }
    buf_release(&why);
}
