/* LSP "textDocument/definition", "textDocument/declaration", "textDocument/typeDefinition" and
 * "textDocument/implementation". */
#include "index/mention.h"
#include "index/relatives.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/symbols.h"

/* The whole definition around the name; of a module, or of what is no symbol, the name alone. */
static Range whole_range(const Server *self, const Target *target) {
    if (target->symbol == NONE || target->symbol == 0) return target->name;
    Range range = index_facts(self->workspace.index, target->file)->symbols.items[target->symbol].range;
    bool holds = range.start <= target->name.start && target->name.end <= range.end;
    return holds ? range : target->name;
}

static json_t *link_new(const Server *self, LspRange origin, const Target *target, Str uri) {
    json_t *link = json_object();
    json_object_set_new(link, "originSelectionRange", json_from_range(origin));
    json_object_set_new(link, "targetUri", json_from_str(uri));
    json_object_set_new(link, "targetRange",
                        json_from_range(place_range(self, target->file, whole_range(self, target))));
    json_object_set_new(link, "targetSelectionRange",
                        json_from_range(place_range(self, target->file, target->name)));
    return link;
}

static json_t *location_new(const Server *self, LspRange origin, const Target *target, bool links) {
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, target->file, &uri);
    json_t *location = links
                           ? link_new(self, origin, target, buf_str(&uri))
                           : json_from_location(buf_str(&uri), place_range(self, target->file, target->name));
    buf_release(&uri);
    return location;
}

typedef void Finder(const Index *index, FileId file, uint32_t occurrence, Targets *out);

/* Takes the targets over. */
static json_t *locations_new(const Server *self, LspRange origin, Targets *targets, bool links) {
    json_t *result = json_array();
    for (uint32_t i = 0; i < targets->len; i++)
        json_array_append_new(result, location_new(self, origin, &targets->items[i], links));
    ARRAY_FREE(targets);
    return result;
}

static json_t *answer_place(const Server *self, const Place *place, Finder *find, bool links) {
    Targets targets = {0};
    if (place->occurrence == NONE) return json_null();
    find(self->workspace.index, place->asked, place->occurrence, &targets);
    return locations_new(self, place_name_range(self, place), &targets, links);
}

static json_t *answer(const Server *self, const json_t *params, Finder *find, bool links, RpcError *error) {
    Place place;
    return place_read(self, params, &place, error) ? answer_place(self, &place, find, links) : NULL;
}

/* What a code span of a Markdown document names: clients that ask for no links get there all the same. */
static void find_mentioned(const Index *index, Str name, Targets *out) {
    SymbolRefs symbols = {0};
    mention_find(index, name, &symbols);
    if (symbols.len == 0) mention_find_builtin(index, name, &symbols);
    for (uint32_t i = 0; i < symbols.len; i++) {
        SymbolRef ref = symbols.items[i];
        const Facts *facts = index_facts(index, ref.file);
        Range range = symbols_name_range(facts, &facts->symbols.items[ref.symbol]);
        ARRAY_PUSH(out, ((Target){.file = ref.file, .symbol = ref.symbol, .name = range}));
    }
    ARRAY_FREE(&symbols);
}

json_t *definition(Server *self, const json_t *params, RpcError *error) {
    Place place;
    LspPosition position;
    LspRange span;
    Str name;
    bool links = self->client.definition_links;
    if (!place_read(self, params, &place, error) || !params_position(params, "position", &position, error))
        return NULL;
    if (!place_mention(self, &place, position, &name, &span))
        return answer_place(self, &place, relatives_definitions, links);
    Targets targets = {0};
    find_mentioned(self->workspace.index, name, &targets);
    return locations_new(self, span, &targets, links);
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
