#include "lsp/dispatch.h"

#include "base/log.h"
#include "lsp/results.h"

typedef json_t *RequestHandler(Server *self, const json_t *params, RpcError *error);
typedef void TextHandler(Server *self, const json_t *params, StrBuf *result, RpcError *error);
typedef void NotificationHandler(Server *self, const json_t *params, RpcError *error);

typedef struct {
    const char *name;
    RequestHandler *request; /* exactly one of the three is set */
    TextHandler *text_request;
    NotificationHandler *notification;
    int states;
    const char *key;
    json_t *(*capability)(const Server *self);
} Method;

static const Method methods[] = {
#define REQUEST(name, handler, states, key, capability) {name, handler, NULL, NULL, states, key, capability},
#define TEXT_REQUEST(name, handler, states, key, capability)                                                 \
    {name, NULL, handler, NULL, states, key, capability},
#define NOTIFICATION(name, handler, states, key, capability)                                                 \
    {name, NULL, NULL, handler, states, key, capability},
#include "lsp/methods.def"
#undef REQUEST
#undef TEXT_REQUEST
#undef NOTIFICATION
};

enum { METHOD_COUNT = sizeof methods / sizeof methods[0] };

json_t *capability_none(const Server *self) {
    (void)self;
    return NULL;
}

json_t *capability_flag(const Server *self) {
    (void)self;
    return json_true();
}

/* Puts `value` (taken over) at a path of keys; objects on the way are made, but never put in the place of
 * something else. */
static void set_at_path(json_t *object, const char *path, json_t *value) {
    Str rest = str_of(path), key;
    while (str_next_piece(&rest, '.', &key) && rest.data) {
        json_t *inner = json_object_getn(object, key.data, key.len);
        if (inner == NULL) json_object_setn_new(object, key.data, key.len, inner = json_object());
        if (!json_is_object(inner)) {
            json_decref(value);
            return;
        }
        object = inner;
    }
    json_object_setn_new(object, key.data, key.len, value);
}

json_t *dispatch_capabilities(const Server *server) {
    json_t *capabilities = json_object();
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        json_t *value = methods[i].capability(server);
        if (value) set_at_path(capabilities, methods[i].key, value);
    }
    return capabilities;
}

/* The feature that a method belongs to; empty for what may always be asked, as what is resolved was given
 * out. */
static Str feature_of(const Method *method) {
    Str key = str_of(method->key);
    size_t end = str_find(key, STR("Provider"));
    bool always = end == STR_NPOS || str_ends_with(key, STR(".resolveProvider"));
    return always ? STR_NONE : str_slice(key, 0, end);
}

bool dispatch_has_feature(Str name) {
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (name.len && str_eq(feature_of(&methods[i]), name)) return true;
    }
    return false;
}

static bool is_off(const Server *server, const Method *method) {
    Str rest = str_of(server->config.settings.features_off), piece, feature = feature_of(method);
    while (feature.len && str_next_piece(&rest, ',', &piece)) {
        if (str_eq(str_trim(piece), feature)) return true;
    }
    return false;
}

static const Method *method_find(Str name) {
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        if (str_eq(str_of(methods[i].name), name)) return &methods[i];
    }
    return NULL;
}

/* Whether the method may be called now; else sets the error. */
static bool is_allowed(const Server *server, const Method *method, Str name, RpcError *error) {
    if (method && method->states & server->state) return true;
    if (server->state == STATE_NEW)
        rpc_error_set(error, RPC_SERVER_NOT_INITIALIZED, "the first request must be initialize");
    else if (server->state == STATE_DOWN)
        rpc_error_set(error, RPC_INVALID_REQUEST, "%.*s is not allowed after shutdown", STR_ARG(name));
    else if (method == NULL)
        rpc_error_set(error, RPC_METHOD_NOT_FOUND, "no method %.*s", STR_ARG(name));
    else
        rpc_error_set(error, RPC_INVALID_REQUEST, "%s is not allowed now", method->name);
    return false;
}

static bool may_stream(const RpcMessage *message) {
    return json_object_get(message->params, "partialResultToken") != NULL;
}

static json_t *call_method(Server *server, const Method *method, const RpcMessage *message, Want *want,
                           StrBuf *text, RpcError *error) {
    json_t *result = NULL;
    if (want) waiting_listen(server, want);
    server->waiting.enough = server->waiting.asked = false;
    if (method->request)
        result = method->request(server, message->params, error);
    else
        method->text_request(server, message->params, text, error);
    if (want) waiting_listen(server, NULL);
    return result;
}

/* The result as a value, or as text in `text`; what is asked of the index meanwhile is added to `want`,
 * unless that is NULL. */
static json_t *call_request(Server *server, const RpcMessage *message, Want *want, StrBuf *text,
                            RpcError *error) {
    const Method *method = method_find(message->method);
    if (!is_allowed(server, method, message->method, error)) return NULL;
    if (method->notification) {
        rpc_error_set(error, RPC_INVALID_REQUEST, "%s is a notification", method->name);
        return NULL;
    }
    if (is_off(server, method)) return json_null();
    workspace_refresh(server);
    server->waiting.draft &= want || fresh_is_wanted(server);
    bool again = method->states & WAITS && (server->waiting.draft || !may_stream(message));
    if (want || !again) return call_method(server, method, message, want, text, error);
    for (;;) {
        fresh_listen(server);
        json_t *result = call_method(server, method, message, NULL, text, error);
        if (!fresh_read(server)) return result;
        json_decref(result);
        rpc_error_release(error);
        buf_clear(text);
    }
}

static void answer(Server *server, json_t *id, json_t *result, RpcError *error) {
    if (result == NULL) rpc_error_set(error, RPC_INTERNAL_ERROR, "no result");
    json_t *reply;
    if (error->code) {
        log_line(LOG_INFO, "error %d: %s", error->code, error->message);
        reply = rpc_failure_new(id, error);
        json_decref(result);
    } else {
        reply = rpc_result_new(id, result);
    }
    output_send(&server->output, reply);
    rpc_error_release(error);
}

static void answer_error(Server *server, json_t *id, int code, const char *why) {
    RpcError error = {0};
    rpc_error_set(&error, code, "%s", why);
    answer(server, id, NULL, &error);
}

/* Calls the handler; sends what it returns unless `request` (NULL: never) turns out to lack something: then
 * false. */
static bool run_request(Server *server, const RpcMessage *message, Waiting *request) {
    RpcError error = {0};
    StrBuf text;
    buf_init(&text);
    server->waiting.draft = request && may_stream(message);
    json_t *result = call_request(server, message, request ? request->want : NULL, &text, &error);
    bool draft = server->waiting.draft;
    server->waiting.draft = false;
    if (request) waiting_note_asked(server, request);
    bool complete = request == NULL || server->waiting.enough || !waiting_lacks(server, request);
    bool again = complete && draft && text.len >= RESULTS_PIECE;
    if (!complete || again) {
        json_decref(result);
        rpc_error_release(&error);
    } else if (text.len && error.code == 0) {
        output_send_result(&server->output, message->id, buf_str(&text));
    } else {
        answer(server, message->id, result, &error);
    }
    buf_release(&text);
    if (again) run_request(server, message, NULL); /* now that it is known to be right, it may go in pieces */
    return complete;
}

/* Answers the request if that can be done now. */
static bool try_request(Server *server, Waiting *request) {
    bool limited = method_find(request->message.method)->states & LIMITED;
    bool early = limited && waiting_may_have_enough(server, request);
    if (waiting_lacks(server, request) && !early) return false;
    request->tried = index_file_end(server->workspace.index);
    if (waiting_is_outdated(server, request))
        answer_error(server, request->message.id, RPC_CONTENT_MODIFIED, "the document has changed");
    else if (!run_request(server, &request->message, request))
        return false;
    waiting_end(server, request);
    return true;
}

/* False when the message was kept, to be answered later. */
static bool dispatch_request(Server *server, const QueuedMessage *item) {
    const Method *method = method_find(item->message.method);
    if (item->cancelled) {
        answer_error(server, item->message.id, RPC_REQUEST_CANCELLED, "cancelled");
    } else if (method && method->states & WAITS) {
        Waiting request = waiting_new(server, item->message);
        if (try_request(server, &request)) return true;
        ARRAY_PUSH(&server->waiting.items, request);
        return false;
    } else {
        run_request(server, &item->message, NULL);
    }
    return true;
}

void dispatch_waiting(Server *server) {
    WaitingList *list = &server->waiting;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->items.len; i++) {
        Waiting *request = &list->items.items[i];
        if (try_request(server, request))
            rpc_message_release(&request->message);
        else
            list->items.items[kept++] = *request;
    }
    list->items.len = kept;
}

static void cancel_waiting(Server *server, uint32_t place) {
    WaitingList *list = &server->waiting;
    Waiting *request = &list->items.items[place];
    answer_error(server, request->message.id, RPC_REQUEST_CANCELLED, "cancelled");
    waiting_end(server, request);
    rpc_message_release(&request->message);
    list->items.len--;
    memmove(request, request + 1, (list->items.len - place) * sizeof *request);
}

void dispatch_cancel_waiting(Server *server) {
    while (server->waiting.items.len) cancel_waiting(server, 0);
}

void dispatch_cancel(Server *self, const json_t *params, RpcError *error) {
    (void)error; /* who is answered already cannot be cancelled any more */
    const json_t *id = json_find(params, "id");
    for (uint32_t i = 0; i < self->waiting.items.len; i++) {
        if (!json_equal(self->waiting.items.items[i].message.id, id)) continue;
        cancel_waiting(self, i);
        return;
    }
}

/* Nobody waits for the outcome of a notification: what is wrong with it goes to the log. */
static void dispatch_notification(Server *server, const RpcMessage *message) {
    RpcError error = {0};
    const Method *method = method_find(message->method);
    if (is_allowed(server, method, message->method, &error)) {
        if (method->notification)
            method->notification(server, message->params, &error);
        else
            rpc_error_set(&error, RPC_INVALID_REQUEST, "it is a request and needs an id");
    }
    if (error.code) log_line(LOG_INFO, "%.*s: %s", STR_ARG(message->method), error.message);
    rpc_error_release(&error);
}

static void dispatch_invalid(Server *server, const RpcMessage *message) {
    RpcError error = {0};
    rpc_error_set(&error, message->fault.code, "%s", message->fault.message);
    log_line(LOG_WARNING, "a message that cannot be read: %s", error.message);
    answer(server, message->id, NULL, &error);
}

void dispatch_message(Server *server, QueuedMessage item) {
    RpcMessage *message = &item.message;
    uint64_t start = uv_hrtime();
    bool done = true;
    switch (message->kind) {
    case RPC_REQUEST: done = dispatch_request(server, &item); break;
    case RPC_NOTIFICATION: dispatch_notification(server, message); break;
    case RPC_RESPONSE: client_take_answer(server, message); break;
    case RPC_INVALID: dispatch_invalid(server, message); break;
    }
    log_line(LOG_DEBUG, "<- %.*s %.2f ms%s", STR_ARG(message->method), (double)(uv_hrtime() - start) / 1e6,
             done ? "" : ", waits");
    if (done) rpc_message_release(message);
}
