/* "headword/keywords" and "headword/places", this server's own: what an editor needs to show the keyword
 * index as a tree. Announced as `experimental.keywords`.
 *
 *     headword/keywords  {}                -> string[]: each name that symbols of own code bear, once
 *     headword/places    { name: string }  -> SymbolInformation[]: those symbols */
#include "lsp/dispatch.h"
#include "lsp/symbols.h"

static bool is_defined_here(const Index *index, uint32_t name_id) {
    Postings postings = index_name_postings(index, name_id);
    for (uint32_t i = 0; i < postings.count; i++) {
        if (postings.items[i].kind && index_is_own(index, postings.items[i].file)) return true;
    }
    return false;
}

void keywords(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    (void)error;
    const Index *index = self->workspace.index;
    Results results = results_begin(self, params, result);
    for (uint32_t i = 0; i < index_name_end(index); i++) {
        if (index_name_symbols(index, i) && is_defined_here(index, i))
            json_text_str(results_next(&results), index_name(index, i));
    }
    results_end(&results);
}

typedef struct {
    const Server *server;
    Results results;
} Places;

static void write_place(void *context, SymbolRef ref) {
    Places *self = context;
    const Index *index = self->server->workspace.index;
    if (!index_is_own(index, ref.file)) return;
    const Facts *facts = index_facts(index, ref.file);
    Range name = symbols_name_range(facts, &facts->symbols.items[ref.symbol]);
    symbols_write_information(self->server, ref, &name, results_next(&self->results));
}

void keyword_places(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    Str name;
    if (!params_str(params, "name", &name, error)) return;
    Places places = {self, results_begin(self, params, result)};
    index_each_symbol_named(self->workspace.index, name, write_place, &places);
    results_end(&places.results);
}

json_t *keywords_capability(const Server *self) {
    (void)self;
    json_t *experimental = json_object();
    json_object_set_new(experimental, "keywords", json_true());
    return experimental;
}
