/* LSP "Server lifecycle": initialize, initialized, shutdown, exit, and what concerns the session as a whole.
 */
#include "base/log.h"
#include "index/disk/loop.h"
#include "lsp/configuration.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/folders.h"
#include "lsp/watch.h"

static json_t *server_info_new(void) {
    json_t *info = json_object();
    json_object_set_new(info, "name", json_string("Headword"));
    json_object_set_new(info, "version", json_string(HEADWORD_VERSION));
    return info;
}

/* Clients that do not negotiate are not told of it, unless a setting made the choice. */
static bool announces_encoding(const Server *self) {
    return self->client.negotiates_encodings || self->encoding != ENCODING_UTF16;
}

/* A server that is to be in a sandbox serves nobody outside of it. */
static bool enclose(Server *self, RpcError *error) {
    if (!self->sandboxed) return true;
    StrBuf why;
    buf_init(&why);
    bool good = folders_enclose(self, &why);
    if (!good) {
        rpc_error_set(error, RPC_INTERNAL_ERROR, "%s", why.data);
        server_stop(self);
    }
    buf_release(&why);
    return good;
}

json_t *lifecycle_initialize(Server *self, const json_t *params, RpcError *error) {
    if (!json_is_object(params)) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "params: an object expected");
        return NULL;
    }
    self->state = STATE_RUNNING;
    client_read_capabilities(&self->client, json_find(params, "capabilities"));
    server_watch_parent(self, json_integer_value(json_find(params, "processId")));
    folders_read(self, params);
    config_set_options(&self->config, json_find(params, "initializationOptions"));
    configuration_apply(self);
    if (!enclose(self, error)) return NULL;
    loop_lower_workers(); /* which makes them, in the sandbox too */
    self->encoding =
        convert_choose_encoding(str_of(self->config.settings.position_encoding),
                                json_find_array(params, "capabilities.general.positionEncodings"));
    json_t *capabilities = dispatch_capabilities(self);
    if (announces_encoding(self)) {
        json_object_set_new(capabilities, "positionEncoding",
                            json_string(convert_encoding_name(self->encoding)));
    }
    json_t *result = json_object();
    json_object_set_new(result, "capabilities", capabilities);
    json_object_set_new(result, "serverInfo", server_info_new());
    return result;
}

void lifecycle_initialized(Server *self, const json_t *params, RpcError *error) {
    (void)params;
    (void)error;
    watch_register(self);
    configuration_begin(self);
    workspace_begin(self);
}

json_t *lifecycle_shutdown(Server *self, const json_t *params, RpcError *error) {
    (void)params;
    (void)error;
    self->state = STATE_DOWN;
    dispatch_cancel_waiting(self);
    workspace_stop(&self->workspace);
    return json_null();
}

void lifecycle_exit(Server *self, const json_t *params, RpcError *error) {
    (void)params;
    (void)error;
    server_stop(self);
}

void lifecycle_set_trace(Server *self, const json_t *params, RpcError *error) {
    (void)self;
    Str value;
    if (params_str(params, "value", &value, error)) log_line(LOG_DEBUG, "trace %.*s", STR_ARG(value));
}

void lifecycle_cancel_progress(Server *self, const json_t *params, RpcError *error) {
    const json_t *token = json_find(params, "token");
    if (token == NULL)
        rpc_error_set(error, RPC_INVALID_PARAMS, "token: a string or number expected");
    else if (progress_has_token(&self->workspace.progress, token))
        workspace_stop(&self->workspace);
}
