/* LSP "textDocument/prepareTypeHierarchy", "typeHierarchy/supertypes" and "typeHierarchy/subtypes". */
#include "index/hierarchy.h"
#include "index/relatives.h"
#include "lsp/dispatch.h"
#include "lsp/hierarchy.h"
#include "lsp/place.h"

/* The class that is named, else those of the value. */
void type_hierarchy_prepare(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    const Index *index = self->workspace.index;
    Place place;
    Targets targets = {0};
    SymbolRefs classes = {0};
    if (!place_read(self, params, &place, error)) return;
    if (place.occurrence != NONE) relatives_types(index, place.asked, place.occurrence, &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        SymbolRef ref = {targets.items[i].file, targets.items[i].symbol};
        bool is_class = index_facts(index, ref.file)->symbols.items[ref.symbol].kind == SYMBOL_CLASS;
        if (is_class) ARRAY_PUSH(&classes, ref);
    }
    hierarchy_write_items(self, &classes, result);
    ARRAY_FREE(&classes);
    ARRAY_FREE(&targets);
}

static void find_subclasses(const Index *index, SymbolRef class, SymbolRefs *out) {
    hierarchy_subclasses(index, class, SUBCLASSES_DIRECT, out);
}

typedef void Finder(const Index *index, SymbolRef class, SymbolRefs *out);

static void answer(Server *self, const json_t *params, Finder *find, StrBuf *result, RpcError *error) {
    SymbolRef item;
    SymbolRefs found = {0};
    if (!hierarchy_read_item(self, params, &item, error)) return;
    if (item.file != NONE) find(self->workspace.index, item, &found);
    Results results = results_begin(self, params, result);
    for (uint32_t i = 0; i < found.len; i++)
        hierarchy_write_item(self, found.items[i], results_next(&results));
    results_end(&results);
    ARRAY_FREE(&found);
}

void type_hierarchy_supertypes(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    answer(self, params, hierarchy_bases, result, error);
}

void type_hierarchy_subtypes(Server *self, const json_t *params, StrBuf *result, RpcError *error) {
    answer(self, params, find_subclasses, result, error);
}

json_t *type_hierarchy_capability(const Server *self) {
    return self->client.type_hierarchies ? json_true() : NULL;
}
