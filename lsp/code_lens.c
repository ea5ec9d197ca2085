/* LSP "textDocument/codeLens" and "codeLens/resolve": how often classes and functions are referred to. What
 * is said is counted when a lens is shown. Its command has no name: what a click does is up to the client. */
#include "index/references.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/results.h"
#include "lsp/symbols.h"

json_t *code_lens_capability(const Server *self) {
    (void)self;
    return json_object();
}

static void write_lens(LspRange range, Str uri, StrBuf *out) {
    json_text_raw(out, "{\"range\":");
    json_text_range(out, range);
    json_text_raw(out, ",\"data\":{\"uri\":");
    json_text_str(out, uri);
    json_text_raw(out, "}}");
}

void code_lens(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Place place;
    if (!place_read_file(self, params, &place, error)) return;
    Results results = results_begin(self, params, result);
    bool wanted = place.facts && self->config.settings.code_lens_references;
    for (uint32_t i = 1; wanted && i < place.facts->tree_count; i++) {
        const Symbol *symbol = &place.facts->symbols.items[i];
        bool counts =
            symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        if (!counts || symbol_name(place.facts, symbol).len == 0) continue;
        write_lens(place_range(self, place.file, symbols_name_range(place.facts, symbol)),
                   json_find_str(params, "textDocument.uri"), results_next(&results));
    }
    results_end(&results);
}

static uint32_t count_references(const Server *self, const Place *place) {
    References found = {0};
    uint32_t count = 0;
    references_find(self->workspace.index, place->asked, place->occurrence, NONE, &found);
    for (uint32_t i = 0; i < found.len; i++) count += !found.items[i].declaration;
    ARRAY_FREE(&found);
    return count;
}

json_t *code_lens_resolve(Server *self, const json_t *params, RpcError *error) {
    Place place;
    LspRange range;
    Str uri;
    if (!params_str(params, "data.uri", &uri, error)) return NULL;
    if (!params_range(params, "range", &range, error)) return NULL;
    place_find(self, uri, range.start, &place);
    uint32_t count = place.occurrence == NONE ? 0 : count_references(self, &place);
    json_t *lens = json_copy((json_t *)params), *command = json_object();
    json_object_set_new(command, "title",
                        json_sprintf(count == 1 ? "%u reference" : "%u references", (unsigned)count));
    json_object_set_new(command, "command", json_string(""));
    json_object_set_new(lens, "command", command);
    return lens;
}
