#include "lsp/watch.h"

#include "index/parse.h"
#include "lsp/configuration.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/page_moves.h"
#include "protocol/uri.h"

static const char registration_id[] = "headword.watch";

/* The patterns are narrow: with all files, a client would watch virtual environments too. */
static void add_watcher(json_t *watchers, json_t *pattern) {
    json_t *watcher = json_object();
    json_object_set_new(watcher, "globPattern", pattern);
    json_array_append_new(watchers, watcher);
}

static json_t *relative_pattern_new(Str folder, const json_t *pattern) {
    StrBuf uri;
    buf_init(&uri);
    uri_from_path(&uri, folder);
    json_t *relative = json_object();
    json_object_set_new(relative, "baseUri", json_from_str(buf_str(&uri)));
    json_object_set_new(relative, "pattern", json_copy((json_t *)pattern));
    buf_release(&uri);
    return relative;
}

static json_t *patterns_new(void) {
    StrBuf sources;
    buf_init(&sources);
    buf_append(&sources, STR("**/*.{"));
    parser_suffixes(&sources);
    buf_append_byte(&sources, '}');
    json_t *patterns = json_array();
    json_array_append_new(patterns, json_from_str(buf_str(&sources)));
    json_array_append_new(patterns, json_string("**/{pyproject.toml,.headword.toml,ruff.toml,.ruff.toml}"));
    buf_release(&sources);
    return patterns;
}

static json_t *watchers_new(const Server *self) {
    json_t *watchers = json_array(), *patterns = patterns_new(), *pattern;
    size_t i;
    json_array_foreach(patterns, i, pattern) {
        if (!self->client.relative_patterns) add_watcher(watchers, json_incref(pattern));
        for (uint32_t k = 0; self->client.relative_patterns && k < self->workspace.folders.len; k++) {
            const Folder *folder = &self->workspace.folders.items[k];
            if (!folder->nested) add_watcher(watchers, relative_pattern_new(folder->path, pattern));
        }
    }
    json_decref(patterns);
    return watchers;
}

static json_t *registration_new(void) {
    json_t *registration = json_object();
    json_object_set_new(registration, "id", json_string(registration_id));
    json_object_set_new(registration, "method", json_string("workspace/didChangeWatchedFiles"));
    return registration;
}

static void send_list(Server *self, const char *method, const char *key, json_t *item) {
    json_t *list = json_array(), *params = json_object();
    json_array_append_new(list, item);
    json_object_set_new(params, key, list);
    client_request(self, method, params, NULL, NULL);
}

void watch_register(Server *self) {
    if (!self->client.registers_watchers) return;
    if (self->watching) {
        send_list(self, "client/unregisterCapability", "unregisterations",
                  registration_new()); /* sic, in LSP */
    }
    json_t *registration = registration_new(), *options = json_object();
    json_object_set_new(options, "watchers", watchers_new(self));
    json_object_set_new(registration, "registerOptions", options);
    send_list(self, "client/registerCapability", "registrations", registration);
    self->watching = true;
}

void watch_file_changed(Server *self, Str path) {
    if (!configuration_take_file(self, path)) workspace_file_changed(self, path);
}

/* Adds the file that a URI names, unless it is one with settings: those are read. */
static void take_file(Server *self, Str uri, Paths *paths) {
    StrBuf path;
    buf_init(&path);
    if (uri_to_path(uri, &path) && !configuration_take_file(self, buf_str(&path)))
        ARRAY_PUSH(paths, buf_take(&path));
    else
        buf_release(&path);
}

static void take_changes(Server *self, const json_t *changes) {
    static const char *const keys[] = {"uri", "oldUri", "newUri"};
    Paths paths = {0};
    size_t i;
    json_t *change;
    json_array_foreach((json_t *)changes, i, change) {
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            take_file(self, json_find_str(change, keys[k]), &paths);
    }
    workspace_files_changed(self, &paths);
    paths_release(&paths);
}

void watch_change(Server *self, const json_t *params, RpcError *error) {
    json_t *changes;
    if (params_array(params, "changes", &changes, error)) take_changes(self, changes);
}

void watch_operation(Server *self, const json_t *params, RpcError *error) {
    json_t *files;
    if (!params_array(params, "files", &files, error)) return;
    take_changes(self, files);
    page_moves_follow(self, files);
}

static json_t *operation_filter_new(json_t *glob, const char *matches) {
    json_t *filter = json_object(), *pattern = json_object();
    json_object_set_new(pattern, "glob", glob);
    json_object_set_new(pattern, "matches", json_string(matches));
    json_object_set_new(filter, "scheme", json_string("file"));
    json_object_set_new(filter, "pattern", pattern);
    return filter;
}

json_t *watch_operation_capability(const Server *self) {
    if (!self->client.file_operations) return NULL;
    json_t *filters = json_array(), *patterns = patterns_new(), *pattern, *capability = json_object();
    size_t i;
    json_array_foreach(patterns, i, pattern) {
        json_array_append_new(filters, operation_filter_new(json_incref(pattern), "file"));
    }
    json_array_append_new(filters, operation_filter_new(json_string("**"), "folder"));
    json_object_set_new(capability, "filters", filters);
    json_decref(patterns);
    return capability;
}
