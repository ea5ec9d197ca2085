#include "protocol/lsp_types.h"

#include "base/utf8.h"

#include <stdio.h>

Str json_str(const json_t *json) { return str_make(json_string_value(json), json_string_length(json)); }

json_t *json_find(const json_t *json, const char *path) {
    Str rest = str_of(path), key;
    while (json && str_next_piece(&rest, '.', &key)) json = json_object_getn(json, key.data, key.len);
    return json_is_null(json) ? NULL : (json_t *)json;
}

Str json_find_str(const json_t *json, const char *path) {
    const json_t *value = json_find(json, path);
    return json_is_string(value) ? json_str(value) : STR_NONE;
}

bool json_find_flag(const json_t *json, const char *path) { return json_is_true(json_find(json, path)); }

json_t *json_find_object(const json_t *json, const char *path) {
    json_t *value = json_find(json, path);
    return json_is_object(value) ? value : NULL;
}

json_t *json_find_array(const json_t *json, const char *path) {
    json_t *value = json_find(json, path);
    return json_is_array(value) ? value : NULL;
}

bool json_find_in_array(const json_t *json, const char *path, const char *item) {
    size_t i;
    json_t *value;
    json_array_foreach(json_find_array(json, path), i, value) {
        if (json_is_string(value) && str_eq(json_str(value), str_of(item))) return true;
    }
    return false;
}

static bool unless_bad(bool ok, const char *path, const char *wanted, RpcError *error) {
    if (!ok) rpc_error_set(error, RPC_INVALID_PARAMS, "%s: %s expected", path, wanted);
    return ok;
}

bool params_str(const json_t *params, const char *path, Str *out, RpcError *error) {
    const json_t *value = json_find(params, path);
    if (!unless_bad(json_is_string(value), path, "a string", error)) return false;
    *out = json_str(value);
    return true;
}

bool params_integer(const json_t *params, const char *path, json_int_t *out, RpcError *error) {
    const json_t *value = json_find(params, path);
    if (!unless_bad(json_is_integer(value), path, "an integer", error)) return false;
    *out = json_integer_value(value);
    return true;
}

bool params_array(const json_t *params, const char *path, json_t **out, RpcError *error) {
    *out = json_find_array(params, path);
    return unless_bad(*out != NULL, path, "an array", error);
}

bool params_object(const json_t *params, const char *path, json_t **out, RpcError *error) {
    *out = json_find_object(params, path);
    return unless_bad(*out != NULL, path, "an object", error);
}

static bool read_uint(const json_t *object, const char *key, const char *path, uint32_t *out,
                      RpcError *error) {
    const json_t *value = json_object_get(object, key);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0) {
        rpc_error_set(error, RPC_INVALID_PARAMS, "%s.%s: a number from 0 on expected", path, key);
        return false;
    }
    *out = number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
    return true;
}

bool params_read_position(const json_t *object, const char *path, LspPosition *out, RpcError *error) {
    return read_uint(object, "line", path, &out->line, error) &&
           read_uint(object, "character", path, &out->character, error);
}

bool params_position(const json_t *params, const char *path, LspPosition *out, RpcError *error) {
    json_t *object;
    return params_object(params, path, &object, error) && params_read_position(object, path, out, error);
}

bool params_range(const json_t *params, const char *path, LspRange *out, RpcError *error) {
    char start[64], end[64];
    snprintf(start, sizeof start, "%s.start", path);
    snprintf(end, sizeof end, "%s.end", path);
    return params_position(params, start, &out->start, error) &&
           params_position(params, end, &out->end, error);
}

json_t *json_from_str(Str s) {
    if (s.len == 0) return json_string("");
    json_t *json = json_stringn(s.data, s.len);
    if (json) return json;
    StrBuf lossy;
    buf_init(&lossy);
    while (s.len) {
        size_t size;
        buf_append_cp(&lossy, utf8_decode(s.data, s.len, &size));
        s = str_from(s, size);
    }
    json = json_stringn(lossy.data, lossy.len);
    buf_release(&lossy);
    return json;
}

json_t *json_from_position(LspPosition position) {
    json_t *json = json_object();
    json_object_set_new(json, "line", json_integer(position.line));
    json_object_set_new(json, "character", json_integer(position.character));
    return json;
}

json_t *json_from_range(LspRange range) {
    json_t *json = json_object();
    json_object_set_new(json, "start", json_from_position(range.start));
    json_object_set_new(json, "end", json_from_position(range.end));
    return json;
}

json_t *json_from_location(Str uri, LspRange range) {
    json_t *json = json_object();
    json_object_set_new(json, "uri", json_from_str(uri));
    json_object_set_new(json, "range", json_from_range(range));
    return json;
}
