#include "lsp/folders.h"

#include "base/path.h"
#include "index/disk/cache.h"
#include "index/disk/file.h"
#include "index/disk/sandbox.h"
#include "index/disk/walk.h"
#include "lsp/configuration.h"
#include "lsp/dispatch.h"
#include "lsp/pages.h"
#include "lsp/watch.h"
#include "protocol/uri.h"

#include <stdlib.h>

/* Calls `act` with the path of a folder's URI; other schemes have no files for us. */
static void with_folder(Server *self, Str uri, void (*act)(Server *self, Str path)) {
    StrBuf path;
    buf_init(&path);
    if (uri_to_path(uri, &path)) act(self, buf_str(&path));
    buf_release(&path);
}

static void with_folders(Server *self, const json_t *folders, void (*act)(Server *self, Str path)) {
    size_t i;
    json_t *folder;
    json_array_foreach((json_t *)folders, i, folder) with_folder(self, json_find_str(folder, "uri"), act);
}

void folders_read(Server *self, const json_t *params) {
    const json_t *folders = json_find_array(params, "workspaceFolders");
    Str root_path = json_find_str(params, "rootPath");
    if (json_array_size(folders))
        with_folders(self, folders, workspace_add_folder);
    else
        with_folder(self, json_find_str(params, "rootUri"), workspace_add_folder);
    if (self->workspace.folders.len == 0 && str_starts_with(root_path, STR("/"))) {
        StrBuf uri;
        buf_init(&uri);
        uri_from_path(&uri, root_path);
        with_folder(self, buf_str(&uri), workspace_add_folder);
        buf_release(&uri);
    }
    self->workspace.given = self->workspace.folders.len > 0;
}

/* A stray file in the home folder does not make all of it a project. */
static bool is_too_wide(Str folder) { return folder.len == 1 || str_eq(folder, str_of(getenv("HOME"))); }

void folders_adopt(Server *self, Str path) {
    if (self->workspace.given || !str_starts_with(path, STR("/"))) return;
    StrBuf root;
    buf_init(&root);
    bool found = workspace_root_of(&self->workspace, path, &root);
    if (found && !is_too_wide(buf_str(&root))) workspace_add_folder(self, buf_str(&root));
    buf_release(&root);
}

/* The caches' folder, which is made if it is to be used and not there. */
static void append_cache_folder(const Server *self, StrBuf *out) {
    if (!cache_folder(out) || self->workspace.no_cache) return;
    StrBuf why;
    buf_init(&why);
    size_t len = out->len;
    path_join(out, STR("file"));
    file_make_private_parents(out->data, &why); /* what cannot be made is not used */
    buf_truncate(out, len);
    buf_release(&why);
}

bool folders_enclose(const Server *self, StrBuf *why) {
    Paths folders = {0};
    StrBuf path;
    buf_init(&path);
    append_cache_folder(self, &path);
    ARRAY_PUSH(&folders, str_dup(buf_str(&path)));
    for (uint32_t i = 0; i < self->workspace.folders.len; i++) {
        Str root = self->workspace.folders.items[i].path;
        buf_clear(&path);
        pages_path(self, root, NULL, &path);
        ARRAY_PUSH(&folders, str_dup(root));
        ARRAY_PUSH(&folders, str_dup(buf_str(&path)));
    }
    bool good = sandbox_enter(&folders, why);
    paths_release(&folders);
    buf_release(&path);
    return good;
}

json_t *folders_capability(const Server *self) {
    if (!self->client.workspace_folders) return NULL;
    json_t *capability = json_object();
    json_object_set_new(capability, "supported", json_true());
    json_object_set_new(capability, "changeNotifications", json_true());
    return capability;
}

void folders_change(Server *self, const json_t *params, RpcError *error) {
    json_t *added, *removed;
    if (!params_array(params, "event.added", &added, error)) return;
    if (!params_array(params, "event.removed", &removed, error)) return;
    with_folders(self, removed, workspace_remove_folder);
    with_folders(self, added, workspace_add_folder);
    self->workspace.given =
        self->workspace.folders.len > 0 && (self->workspace.given || json_array_size(added));
    watch_register(self);
    configuration_apply(self);
}
