#include "lsp/fresh.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/parse.h"
#include "lsp/server.h"

enum { MOST_ASKED = 20000 /* a file system may be slow */ };

void fresh_init(Fresh *self) {
    *self = (Fresh){0};
    intern_init(&self->asked);
}

void fresh_release(Fresh *self) {
    intern_release(&self->asked);
    paths_release(&self->found);
}

void fresh_begin(Server *server) { server->fresh.wanted = true; }

void fresh_end(Server *server) {
    fresh_release(&server->fresh);
    fresh_init(&server->fresh);
}

static bool is_in_folder(const Server *server, Str path) {
    for (uint32_t i = 0; i < server->workspace.folders.len; i++) {
        if (path_is_under(path, server->workspace.folders.items[i].path)) return true;
    }
    return false;
}

static void look_for(void *context, Str path) {
    Server *server = context;
    Fresh *self = &server->fresh;
    uint32_t count = intern_count(&self->asked);
    if (!self->wanted || count == MOST_ASKED || !is_in_folder(server, path) || !parser_reads(path)) return;
    if (intern_id(&self->asked, path) < count) return;
    char *name = str_dup(path);
    if (file_exists(name))
        ARRAY_PUSH(&self->found, name);
    else
        mem_free(name);
}

static void ignore_name(void *context, Str name, bool defined) {
    (void)context, (void)name, (void)defined; /* a sweep brings these */
}

bool fresh_is_wanted(const Server *server) { return server->fresh.wanted || server->workspace.changed; }

void fresh_listen(Server *server) {
    Fresh *self = &server->fresh;
    self->listener = (IndexListener){server, look_for, ignore_name, waiting_ask_module};
    if (fresh_is_wanted(server)) index_listen(server->workspace.index, &self->listener);
}

bool fresh_read(Server *server) {
    Paths found = server->fresh.found;
    server->fresh.found = (Paths){0};
    index_listen(server->workspace.index, NULL);
    if (found.len) workspace_files_changed(server, &found);
    bool any = found.len > 0;
    paths_release(&found);
    return any;
}
