/* LSP "textDocument/definition", "textDocument/declaration", "textDocument/typeDefinition" and
 * "textDocument/implementation". */
#include "index/relatives.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"

/* The whole definition around the name; of a module, or of what is no symbol, the name alone. */
static Range whole_range(const Server *self, const Target *target) {
    if (target->symbol == NONE || target->symbol == 0) return target->name;
    Range range = index_facts(self->workspace.index, target->file)->symbols.items[target->symbol].range;
    bool holds = range.start <= target->name.start && target->name.end <= range.end;
    return holds ? range : target->name;
}

static json_t *link_new(const Server *self, const Place *place, const Target *target, Str uri) {
    json_t *link = json_object();
    json_object_set_new(link, "originSelectionRange", json_from_range(place_name_range(self, place)));
    json_object_set_new(link, "targetUri", json_from_str(uri));
    json_object_set_new(link, "targetRange",
                        json_from_range(place_range(self, target->file, whole_range(self, target))));
    json_object_set_new(link, "targetSelectionRange",
                        json_from_range(place_range(self, target->file, target->name)));
    return link;
}

static json_t *location_new(const Server *self, const Place *place, const Target *target, bool links) {
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, target->file, &uri);
    json_t *location = links
                           ? link_new(self, place, target, buf_str(&uri))
                           : json_from_location(buf_str(&uri), place_range(self, target->file, target->name));
    buf_release(&uri);
    return location;
}

typedef void Finder(const Index *index, FileId file, uint32_t occurrence, Targets *out);

static json_t *answer(const Server *self, const json_t *params, Finder *find, bool links, RpcError *error) {
    Place place;
    if (!place_read(self, params, &place, error)) return NULL;
    if (place.occurrence == NONE) return json_null();
    Targets targets = {0};
    find(self->workspace.index, place.asked, place.occurrence, &targets);
    json_t *result = json_array();
    for (uint32_t i = 0; i < targets.len; i++) {
        json_array_append_new(result, location_new(self, &place, &targets.items[i], links));
    }
    ARRAY_FREE(&targets);
    return result;
}

json_t *definition(Server *self, const json_t *params, RpcError *error) {
    return answer(self, params, relatives_definitions, self->client.definition_links, error);
}

json_t *declaration(Server *self, const json_t *params, RpcError *error) {
    return answer(self, params, relatives_declarations, self->client.declaration_links, error);
}

json_t *type_definition(Server *self, const json_t *params, RpcError *error) {
    return answer(self, params, relatives_types, self->client.type_definition_links, error);
}

json_t *implementation(Server *self, const json_t *params, RpcError *error) {
    return answer(self, params, relatives_implementations, self->client.implementation_links, error);
}
