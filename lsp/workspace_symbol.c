/* LSP "workspace/symbol". */
#include "index/search.h"
#include "lsp/dispatch.h"
#include "lsp/symbols.h"

/* Docstrings are searched where the names leave room, for words that are worth it. */
static void search(const Server *self, Str query, Hits *hits) {
    uint64_t limit = self->config.settings.search_limit;
    SearchRequest request = {.query = query, .limit = limit > UINT32_MAX ? 0 : (uint32_t)limit};
    search_symbols(self->workspace.index, &request, hits);
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
        symbols_write_information(self, ref, name, results_next(&results));
    }
    results_end(&results);
    ARRAY_FREE(&hits);
}
