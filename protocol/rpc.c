#include "protocol/rpc.h"

#include "base/mem.h"
#include "base/utf8.h"

void rpc_error_set(RpcError *self, int code, const char *format, ...) {
    if (self->code) return;
    StrBuf message;
    buf_init(&message);
    va_list args;
    va_start(args, format);
    buf_vprintf(&message, format, args);
    va_end(args);
    *self = (RpcError){code, buf_take(&message)};
}

void rpc_error_release(RpcError *self) {
    mem_free(self->message);
    *self = (RpcError){0};
}

/* The value of the four hex digits of a \uXXXX escape at s[i], or -1. */
static int escape_value(Str s, size_t i) {
    if (i + 6 > s.len || s.data[i] != '\\' || s.data[i + 1] != 'u') return -1;
    int value = 0;
    for (size_t k = i + 2; k < i + 6; k++) {
        char c = s.data[k];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
static bool is_low(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

/* Appends the escape at s[i] and returns its length: a surrogate without its partner becomes U+FFFD. */
static size_t repair_escape(Str s, size_t i, StrBuf *out) {
    int unit = escape_value(s, i);
    size_t size = unit < 0 ? 2 : 6;
    if (is_high(unit) && is_low(escape_value(s, i + 6)))
        size = 12;
    else if (is_high(unit) || is_low(unit)) {
        buf_append(out, STR("\\ufffd"));
        return size;
    }
    buf_append(out, str_slice(s, i, i + size));
    return size;
}

/* Appends `body` with U+FFFD for what JSON does not allow in strings: ill-formed UTF-8, lone surrogates. */
static void repair(Str body, StrBuf *out) {
    buf_reserve(out, body.len);
    for (size_t i = 0; i < body.len;) {
        if (body.data[i] == '\\') {
            i += repair_escape(body, i, out);
            continue;
        }
        size_t size;
        uint32_t cp = utf8_decode(body.data + i, body.len - i, &size);
        if (size == 1 && cp == UTF8_REPLACEMENT)
            buf_append_cp(out, cp);
        else
            buf_append(out, str_slice(body, i, i + size));
        i += size;
    }
}

static json_t *load(Str body, json_error_t *error) {
    return json_loadb(body.data, body.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
}

static json_t *load_repaired(Str body, json_error_t *error) {
    json_t *root = load(body, error);
    enum json_error_code code = json_error_code(error);
    if (root || (code != json_error_invalid_utf8 && code != json_error_invalid_syntax)) return root;
    StrBuf repaired;
    buf_init(&repaired);
    repair(body, &repaired);
    if (!str_eq(buf_str(&repaired), body)) root = load(buf_str(&repaired), error);
    buf_release(&repaired);
    return root;
}

void rpc_fault(RpcMessage *out, int code, const char *why) {
    out->kind = RPC_INVALID;
    rpc_error_set(&out->fault, code, "%s", why);
}

static json_t *not_null(json_t *value) { return json_is_null(value) ? NULL : value; }

static void classify(RpcMessage *out) {
    json_t *root = out->root;
    if (!json_is_object(root)) {
        rpc_fault(out, RPC_INVALID_REQUEST,
                  json_is_array(root) ? "batches are not part of LSP" : "not an object");
        return;
    }
    json_t *id = json_object_get(root, "id"), *method = json_object_get(root, "method");
    if (json_is_string(id) || json_is_number(id)) out->id = id;
    out->params = not_null(json_object_get(root, "params"));
    out->result = json_object_get(root, "result");
    out->error = not_null(json_object_get(root, "error"));
    if (json_is_string(method)) {
        out->method = str_make(json_string_value(method), json_string_length(method));
        if (id && out->id == NULL)
            rpc_fault(out, RPC_INVALID_REQUEST, "id: a string or number expected");
        else
            out->kind = out->id ? RPC_REQUEST : RPC_NOTIFICATION;
    } else if (method == NULL && (out->result || out->error)) {
        out->kind = RPC_RESPONSE;
    } else {
        rpc_fault(out, RPC_INVALID_REQUEST, "method: a string expected");
    }
}

void rpc_parse(Str body, RpcMessage *out) {
    *out = (RpcMessage){0};
    json_error_t error;
    out->root = load_repaired(body, &error);
    if (out->root) {
        classify(out);
        return;
    }
    out->kind = RPC_INVALID;
    rpc_error_set(&out->fault, RPC_PARSE_ERROR, "not JSON: %s (byte %d)", error.text, error.position);
}

void rpc_message_release(RpcMessage *self) {
    json_decref(self->root);
    rpc_error_release(&self->fault);
    *self = (RpcMessage){0};
}

static json_t *envelope_new(void) {
    json_t *self = json_object();
    json_object_set_new(self, "jsonrpc", json_string("2.0"));
    return self;
}

json_t *rpc_notification_new(const char *method, json_t *params) {
    json_t *self = envelope_new();
    json_object_set_new(self, "method", json_string(method));
    if (params) json_object_set_new(self, "params", params);
    return self;
}

json_t *rpc_request_new(json_int_t id, const char *method, json_t *params) {
    json_t *self = rpc_notification_new(method, params);
    json_object_set_new(self, "id", json_integer(id));
    return self;
}

static json_t *answer_new(json_t *id) {
    json_t *self = envelope_new();
    json_object_set_new(self, "id", id ? json_incref(id) : json_null());
    return self;
}

json_t *rpc_result_new(json_t *id, json_t *result) {
    json_t *self = answer_new(id);
    json_object_set_new(self, "result", result);
    return self;
}

json_t *rpc_failure_new(json_t *id, const RpcError *error) {
    json_t *self = answer_new(id);
    json_t *detail = json_object();
    json_object_set_new(detail, "code", json_integer(error->code));
    json_t *message = json_string(error->message);
    json_object_set_new(detail, "message", message ? message : json_string("failed"));
    json_object_set_new(self, "error", detail);
    return self;
}
