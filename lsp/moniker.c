/* LSP "textDocument/moniker". */
#include "index/moniker.h"

#include "lsp/dispatch.h"
#include "lsp/place.h"

json_t *moniker(Server *self, const json_t *params, RpcError *error) {
    static const char *const kinds[] = {
        [MONIKER_IMPORT] = "import", [MONIKER_EXPORT] = "export", [MONIKER_LOCAL] = "local"};
    Place place;
    MonikerKind kind;
    StrBuf path;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE) return json_null();
    buf_init(&path);
    json_t *result = json_null();
    if (moniker_find(self->workspace.index, place.asked, place.occurrence, &path, &kind)) {
        json_t *found = json_object();
        json_object_set_new(found, "scheme", json_string("python"));
        json_object_set_new(found, "identifier", json_from_str(buf_str(&path)));
        json_object_set_new(found, "unique", json_string(kind == MONIKER_IMPORT ? "global" : "project"));
        json_object_set_new(found, "kind", json_string(kinds[kind]));
        result = json_array();
        json_array_append_new(result, found);
    }
    buf_release(&path);
    return result;
}

json_t *moniker_capability(const Server *self) { return self->client.monikers ? json_true() : NULL; }
