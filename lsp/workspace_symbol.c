/* LSP "workspace/symbol". */
#include "index/search.h"
#include "lsp/dispatch.h"
#include "lsp/symbols.h"

json_t *workspace_symbol(Server *self, const json_t *params, RpcError *error) {
    Str query;
    if (!params_str(params, "query", &query, error)) return NULL;
    uint64_t limit = self->config.settings.search_limit;
    SearchRequest request = {.query = query, .limit = limit > UINT32_MAX ? 0 : (uint32_t)limit};
    const Index *index = self->workspace.index;
    Hits hits = {0};
    search_symbols(index, &request, &hits);
    json_t *result = json_array();
    for (uint32_t i = 0; i < hits.len; i++) {
        SymbolRef ref = hits.items[i].ref;
        const Facts *facts = index_facts(index, ref.file);
        Range name = symbols_name_range(facts, &facts->symbols.items[ref.symbol]);
        json_array_append_new(result, symbols_information_new(self, ref, name));
    }
    ARRAY_FREE(&hits);
    return result;
}
