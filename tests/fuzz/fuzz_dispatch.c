/* Messages of a whole session -> answers. Every request is answered exactly once, with a result or an error;
 * what the client is sent are frames and JSON.
 *
 * The first piece is the client: a byte for the encoding of positions, one for what it lacks of the
 * capabilities. Each other piece is a message. Its first byte is the method; numbers for the document, the
 * positions and for what is odd about the parameters follow, and a text. All parameters that any method looks
 * for are there, so that each finds its own. */
#include "input.h"

#include "lsp/dispatch.h"
#include "lsp/idle.h"
#include "lsp/page_saves.h"
#include "lsp/previews.h"
#include "protocol/frame.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

enum { LONGEST = 2048, MOST_MESSAGES = 64 };

static const char *const methods[] = {
#define REQUEST(name, handler, states, key, capability) name,
#define TEXT_REQUEST(name, handler, states, key, capability) name,
#define NOTIFICATION(name, handler, states, key, capability) name,
#include "lsp/methods.def"
#undef REQUEST
#undef TEXT_REQUEST
#undef NOTIFICATION
    "é/none",
};
enum { METHODS = sizeof methods / sizeof *methods };

static bool is_request(const char *name) {
#define REQUEST(row, handler, states, key, capability)                                                       \
    if (strcmp(name, row) == 0) return true;
#define TEXT_REQUEST REQUEST
#define NOTIFICATION(row, handler, states, key, capability)
#include "lsp/methods.def"
#undef REQUEST
#undef TEXT_REQUEST
#undef NOTIFICATION
    return strcmp(name, methods[METHODS - 1]) == 0;
}

/* Nothing can be made there: whatever the session asks for, no file is written. */
static const char *const uris[] = {"file:///proc/headword/%C3%A9.py", "file:///proc/headword/a.pyi",
                                   "untitled:é", "file:///proc/headword/pyproject.toml", ""};
static const char *const encodings[] = {"utf-8", "utf-16", "utf-32", "é"};

/* Capabilities, each of which a client may lack. */
static const struct {
    const char *group, *name, *value;
} capabilities[] = {
    {"workspace", "workspaceEdit",
     "{\"documentChanges\":true,\"resourceOperations\":[\"create\",\"rename\",\"delete\"]}"},
    {"textDocument", "hover", "{\"contentFormat\":[\"markdown\"]}"},
    {"textDocument", "codeAction",
     "{\"codeActionLiteralSupport\":{\"codeActionKind\":{\"valueSet\":[]}},"
     "\"resolveSupport\":{\"properties\":[\"edit\"]}}"},
    {"textDocument", "publishDiagnostics", "{\"relatedInformation\":true}"},
    {"textDocument", "completion",
     "{\"completionItem\":{\"snippetSupport\":true,\"documentationFormat\":[\"markdown\"],"
     "\"insertReplaceSupport\":true,"
     "\"resolveSupport\":{\"properties\":[\"documentation\",\"additionalTextEdits\"]}}}"},
    {"textDocument", "documentSymbol", "{\"hierarchicalDocumentSymbolSupport\":true}"},
    {"textDocument", "definition", "{\"linkSupport\":true}"},
    {"textDocument", "foldingRange", "{\"lineFoldingOnly\":true,\"rangeLimit\":3}"},
};
enum { CAPABILITIES = sizeof capabilities / sizeof *capabilities };

typedef struct {
    Server server;
    FrameDecoder decoder;
    off_t read;   /* bytes of the output that were looked at */
    json_t *last; /* the last result; owned */
    uint32_t asked, answers[MOST_MESSAGES + 3];
} Session;

/* --- what the server says ------------------------------------------------------------------------- */

static void take_message(Session *self, Str body) {
    json_t *message = json_loadb(body.data, body.len, JSON_DECODE_ANY, NULL);
    MUST(message);
    json_t *id = json_object_get(message, "id"), *result = json_object_get(message, "result");
    if (json_is_integer(id) && !json_object_get(message, "method")) {
        json_int_t number = json_integer_value(id);
        MUST(number > 0 && (uint64_t)number <= self->asked);
        MUST(!result != !json_object_get(message, "error"));
        self->answers[number - 1]++;
    }
    if (result) {
        json_decref(self->last);
        self->last = json_incref(result);
    }
    json_decref(message);
}

static void take_output(Session *self) {
    char bytes[4096];
    ssize_t count;
    while ((count = pread(self->server.output.fd, bytes, sizeof bytes, self->read)) > 0) {
        self->read += count;
        frame_decoder_feed(&self->decoder, str_make(bytes, (size_t)count));
    }
    Str body;
    for (FrameResult found; (found = frame_decoder_next(&self->decoder, &body)) != FRAME_NONE;) {
        MUST(found == FRAME_BODY);
        take_message(self, body);
    }
}

static void tell(Session *self, json_t *message) {
    char *dumped = json_dumps(message, JSON_COMPACT);
    MUST(dumped);
    QueuedMessage item = {0};
    rpc_parse(str_of(dumped), &item.message);
    dispatch_message(&self->server, item);
    free(dumped);
    json_decref(message);
    take_output(self);
}

static void ask(Session *self, const char *method, json_t *params) {
    MUST(self->asked < sizeof self->answers / sizeof *self->answers);
    tell(self, rpc_request_new(++self->asked, method, params));
}

/* --- what the client says ------------------------------------------------------------------------- */

static json_t *position(uint32_t number) {
    return json_pack("{s:i,s:i}", "line", number >> 4, "character", number & 15);
}

static json_t *params_new(const Session *self, Str *rest) {
    const char *uri = uris[input_number(rest, 1) % (sizeof uris / sizeof *uris)];
    uint32_t start = input_number(rest, 1), end = input_number(rest, 1), nth = input_number(rest, 1);
    StrBuf text;
    buf_init(&text);
    input_text(*rest, &text);
    json_t *range = json_pack("{s:o,s:o}", "start", position(start), "end", position(end));
    json_t *value = json_stringn(text.data, text.len), *params = json_object(), *item = NULL;
    if (json_is_object(self->last)) item = json_deep_copy(self->last);
    if (json_array_size(self->last))
        item = json_deep_copy(json_array_get(self->last, nth % json_array_size(self->last)));
    if (json_is_object(item)) json_object_update_new(params, json_deep_copy(item)); /* to be resolved */
    if (item) json_object_set_new(params, "item", item);
    json_object_set_new(
        params, "textDocument",
        json_pack("{s:s,s:i,s:s,s:O}", "uri", uri, "version", nth, "languageId", "python", "text", value));
    json_object_set_new(params, "position", position(start));
    json_object_set(params, "range", range);
    json_object_set_new(params, "positions", json_pack("[o,o]", position(start), position(end)));
    json_object_set_new(params, "context",
                        json_pack("{s:[],s:b}", "diagnostics", "includeDeclaration", nth & 1));
    json_object_set_new(params, "contentChanges", json_pack("[{s:o,s:O}]", "range", range, "text", value));
    json_object_set_new(params, "changes", json_pack("[{s:s,s:i}]", "uri", uri, "type", nth % 4));
    json_object_set_new(params, "files", json_pack("[{s:s,s:s}]", "oldUri", uri, "newUri", uris[0]));
    json_object_set_new(params, "arguments", json_pack("[s]", uri));
    json_object_set(params, "query", value);
    json_object_set(params, "newName", value);
    json_object_set(params, "command", value);
    json_object_set(params, "previousResultId", value);
    json_object_set_new(params, "id", json_integer(nth));
    json_decref(value);
    buf_release(&text);
    return params;
}

/* Takes a member away, or puts something else in its place. */
static void distort(json_t *params, uint32_t how) {
    if (how < 128) return;
    const char *key = NULL;
    json_t *value;
    uint32_t n = (how >> 2) % 16;
    json_object_foreach(params, key, value) {
        if (n-- == 0) break;
    }
    if (key == NULL) return;
    char copy[64];
    snprintf(copy, sizeof copy, "%s", key);
    json_t *odd[] = {NULL, json_null(), json_integer(-1), json_array()};
    if (how % 4 == 0)
        json_object_del(params, copy);
    else
        json_object_set(params, copy, odd[how % 4]);
    json_decref(odd[2]);
    json_decref(odd[3]);
}

static void play(Session *self, Str piece) {
    const char *method = methods[input_number(&piece, 1) % METHODS];
    if (strcmp(method, "initialized") == 0) return; /* it starts scans */
    uint32_t how = input_number(&piece, 1);
    json_t *params = params_new(self, &piece);
    distort(params, how);
    if (is_request(method))
        ask(self, method, params);
    else
        tell(self, rpc_notification_new(method, params));
}

static json_t *capabilities_new(Str client) {
    const char *encoding = encodings[input_number(&client, 1) % (sizeof encodings / sizeof *encodings)];
    uint32_t lacks = input_number(&client, 1);
    json_t *result = json_pack("{s:{s:[s]},s:{},s:{}}", "general", "positionEncodings", encoding, "workspace",
                               "textDocument");
    for (uint32_t i = 0; i < CAPABILITIES; i++) {
        if (lacks >> i & 1) continue;
        json_t *group = json_object_get(result, capabilities[i].group);
        json_object_set_new(group, capabilities[i].name, json_loads(capabilities[i].value, 0, NULL));
    }
    return result;
}

static void session_open(Session *self, Str client) {
    *self = (Session){.server = {.state = STATE_NEW, .encoding = ENCODING_UTF16}};
    Server *server = &self->server;
    uv_loop_init(&server->loop);
    uv_timer_init(&server->loop, &server->parent_timer);
    server->parent_timer.data = server;
    idle_init(server);
    config_init(&server->config);
    workspace_init(&server->workspace);
    server->workspace.no_cache = true;
    server->output.fd = memfd_create("output", MFD_CLOEXEC);
    MUST(server->output.fd >= 0);
    frame_decoder_init(&self->decoder);
    ask(self, "initialize", json_pack("{s:o}", "capabilities", capabilities_new(client)));
}

static void session_close(Session *self) {
    Server *server = &self->server;
    if (server->state == STATE_RUNNING) ask(self, "shutdown", NULL);
    for (uint32_t i = 0; i < self->asked; i++) MUST(self->answers[i] == 1);
    idle_close(server);
    uv_close((uv_handle_t *)&server->parent_timer, NULL);
    MUST(server->delayed == NULL);
    uv_run(&server->loop, UV_RUN_NOWAIT); /* which `exit` ends at once */
    uv_run(&server->loop, UV_RUN_DEFAULT);
    uv_loop_close(&server->loop);
    output_release(&server->output);
    waiting_release(&server->waiting);
    client_release(&server->client);
    config_release(&server->config);
    documents_release(&server->documents);
    previews_release(&server->previews);
    page_saves_release(&server->page_saves);
    workspace_release(&server->workspace);
    frame_decoder_release(&self->decoder);
    json_decref(self->last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size > LONGEST) return 0;
    Session *session = mem_alloc(sizeof *session);
    Str rest = str_make((const char *)data, size), piece;
    session_open(session, input_piece(&rest));
    for (uint32_t i = 0; i < MOST_MESSAGES && (piece = input_piece(&rest)).data; i++) play(session, piece);
    session_close(session);
    mem_free(session);
    return 0;
}
