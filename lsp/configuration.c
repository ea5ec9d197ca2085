#include "lsp/configuration.h"

#include "base/log.h"
#include "base/path.h"
#include "lsp/diagnostics.h"
#include "lsp/dispatch.h"
#include "lsp/refresh.h"

static void set_log_level(const char *name) {
    static const char *const names[] = {"error", "warning", "info", "debug"};
    for (LogLevel level = LOG_ERROR; level <= LOG_DEBUG; level++) {
        if (str_eq(str_of(names[level]), str_of(name))) log_set_level(level);
    }
}

static void show_warnings(Server *self) {
    Str rest = buf_str(&self->config.warnings), line;
    while (str_next_line(&rest, &line)) client_log(self, MESSAGE_WARNING, "%.*s", STR_ARG(line));
}

void configuration_apply(Server *self) {
    Settings *settings = &self->config.settings;
    uint64_t max_file_bytes = settings->index_max_file_bytes;
    bool syntax = settings->diagnostics_syntax, lenses = settings->code_lens_references,
         page_lenses = settings->code_lens_pages, pages = settings->diagnostics_pages;
    bool ruled = asked_rules_any(&self->config.rules);
    char *off = str_dup(str_of(settings->features_off));
    if (config_load(&self->config, workspace_main_root(&self->workspace))) show_warnings(self);
    set_log_level(settings->log_level);
    workspace_find_libraries(self);
    if (settings->index_max_file_bytes != max_file_bytes) workspace_rescan(self);
    if (settings->diagnostics_syntax != syntax || settings->diagnostics_pages != pages || ruled ||
        asked_rules_any(&self->config.rules))
        diagnostics_renew(self);
    if (settings->code_lens_references != lenses || settings->code_lens_pages != page_lenses ||
        !str_eq(str_of(settings->features_off), str_of(off)))
        refresh_views(self);
    mem_free(off);
}

static void on_configuration(Server *self, const json_t *result, json_t *context) {
    (void)context;
    if (result == NULL) return;
    if (config_set_configured(&self->config, json_array_get(result, 0))) configuration_apply(self);
}

/* LSP "workspace/configuration". */
static void pull(Server *self) {
    json_t *item = json_object(), *items = json_array(), *params = json_object();
    json_object_set_new(item, "section", json_string("headword"));
    json_array_append_new(items, item);
    json_object_set_new(params, "items", items);
    client_request(self, "workspace/configuration", params, on_configuration, NULL);
}

static void register_for_changes(Server *self) {
    json_t *options = json_object(), *registration = json_object(), *list = json_array(),
           *params = json_object();
    json_object_set_new(options, "section", json_string("headword"));
    json_object_set_new(registration, "id", json_string("headword.configuration"));
    json_object_set_new(registration, "method", json_string("workspace/didChangeConfiguration"));
    json_object_set_new(registration, "registerOptions", options);
    json_array_append_new(list, registration);
    json_object_set_new(params, "registrations", list);
    client_request(self, "client/registerCapability", params, NULL, NULL);
}

void configuration_begin(Server *self) {
    if (self->client.registers_configuration) register_for_changes(self);
    if (self->client.configuration) pull(self);
}

void configuration_change(Server *self, const json_t *params, RpcError *error) {
    (void)error;
    if (self->client.configuration) {
        pull(self);
    } else if (config_set_configured(&self->config, json_find(params, "settings.headword"))) {
        configuration_apply(self);
    }
}

bool configuration_take_file(Server *self, Str path) {
    Str name = path_name(path);
    static const char *const names[] = {"pyproject.toml", ".headword.toml", "ruff.toml", ".ruff.toml"};
    bool known = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) known |= str_eq(name, str_of(names[i]));
    if (!known) return false;
    bool main = str_eq(path_parent(path), workspace_main_root(&self->workspace));
    if (main) configuration_apply(self);
    asked_rules_forget(&self->config.rules);
    if (!main && asked_rules_any(&self->config.rules)) diagnostics_renew(self);
    return main;
}
