/* LSP "workspace/symbol" and "workspaceSymbol/resolve". */
#include "index/search.h"
#include "lsp/convert.h"
#include "lsp/dispatch.h"
#include "lsp/place.h"
#include "lsp/symbols.h"

/* Docstrings are searched where the names leave room, for words that are worth it. */
static void search(Server *self, Str query, Hits *hits) {
    uint64_t limit = self->config.settings.search_limit;
    SearchRequest request = {.query = query, .limit = limit > UINT32_MAX ? 0 : (uint32_t)limit};
    search_symbols(self->workspace.index, &request, hits);
    self->waiting.enough = request.full;
    bool room = request.limit == 0 || hits->len < request.limit;
    bool qualified = str_find_byte(query, '.') != STR_NPOS;
    if (room && !qualified && search_docs_is_quick(query)) search_docs(self->workspace.index, &request, hits);
}

void workspace_symbol(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Str query;
    if (!params_str(params, "query", &query, error)) return;
    Hits hits = {0};
    search(self, query, &hits);
    Results results = results_begin(self, params, result);
    for (uint32_t i = 0; i < hits.len; i++) {
        SymbolRef ref = hits.items[i].ref;
        const Facts *facts = index_facts(self->workspace.index, ref.file);
        Range name = symbols_name_range(facts, &facts->symbols.items[ref.symbol]);
        symbols_write_information(self, ref, self->client.resolves_symbols ? NULL : &name,
                                  results_next(&results));
    }
    results_end(&results);
    ARRAY_FREE(&hits);
}

json_t *workspace_symbol_resolve(Server *self, const json_t *params, RpcError *error) {
    Str name, uri;
    json_int_t number;
    if (!params_str(params, "name", &name, error)) return NULL;
    if (json_find(params, "data") == NULL) return json_deep_copy(params); /* clients ask anyway */
    if (!params_str(params, "location.uri", &uri, error) || !params_integer(params, "data", &number, error))
        return NULL;
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    FileId file = index_find_file(self->workspace.index, buf_str(&path));
    buf_release(&path);
    LspRange range = {0};
    if (file != NONE) {
        const Facts *facts = index_facts(self->workspace.index, file);
        const Symbol *symbol = &facts->symbols.items[symbols_find(facts, number, name)];
        range = place_range(self, file, symbols_name_range(facts, symbol));
    }
    json_t *resolved = json_deep_copy(params);
    json_object_set_new(json_object_get(resolved, "location"), "range", json_from_range(range));
    return resolved;
}

json_t *workspace_symbol_capability(const Server *self) {
    return self->client.resolves_symbols ? json_object() : json_true();
}

json_t *workspace_symbol_resolve_capability(const Server *self) {
    return self->client.resolves_symbols ? json_true() : NULL;
}
