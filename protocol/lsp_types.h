/* The LSP value types that messages are made of <-> JSON.
 *
 * Reading comes in two kinds. `params_…` demands a member: it is named by its path ("textDocument.uri"), and
 * when it is missing or of another type the error says InvalidParams and names it. `json_find_…` asks for an
 * optional one: what is missing or of another type counts as absent. Strings are read with their length and
 * may hold U+0000; they are borrowed from the JSON. Writing returns new references. */
#ifndef HEADWORD_PROTOCOL_LSP_TYPES_H
#define HEADWORD_PROTOCOL_LSP_TYPES_H

#include "protocol/rpc.h"

/* LSP "Position": 0-based; what `character` counts was negotiated (LSP "PositionEncodingKind"). */
typedef struct {
    uint32_t line, character;
} LspPosition;

/* LSP "Range": end exclusive. */
typedef struct {
    LspPosition start, end;
} LspRange;

/* LSP "MessageType". */
typedef enum { MESSAGE_ERROR = 1, MESSAGE_WARNING, MESSAGE_INFO, MESSAGE_LOG } MessageType;

/* The member at a path of keys joined by ".", or NULL; null counts as missing. */
json_t *json_find(const json_t *json, const char *path);
Str json_find_str(const json_t *json, const char *path);
bool json_find_flag(const json_t *json, const char *path);
json_t *json_find_object(const json_t *json, const char *path);
json_t *json_find_array(const json_t *json, const char *path);
/* Whether the array at `path` holds the string. */
bool json_find_in_array(const json_t *json, const char *path, const char *item);

bool params_str(const json_t *params, const char *path, Str *out, RpcError *error);
bool params_integer(const json_t *params, const char *path, json_int_t *out, RpcError *error);
bool params_array(const json_t *params, const char *path, json_t **out, RpcError *error);
bool params_object(const json_t *params, const char *path, json_t **out, RpcError *error);
/* Numbers from 0 on; what does not fit is clamped. */
bool params_position(const json_t *params, const char *path, LspPosition *out, RpcError *error);
/* The same of the object itself, which stands at `path`. */
bool params_read_position(const json_t *object, const char *path, LspPosition *out, RpcError *error);
bool params_range(const json_t *params, const char *path, LspRange *out, RpcError *error);

/* The string a JSON string holds. */
Str json_str(const json_t *json);

/* A JSON string; ill-formed UTF-8 becomes U+FFFD. */
json_t *json_from_str(Str s);
json_t *json_from_position(LspPosition position);
json_t *json_from_range(LspRange range);
/* LSP "Location". */
json_t *json_from_location(Str uri, LspRange range);

#endif
