#include "lsp/symbols.h"

#include "lsp/place.h"

int symbols_kind(const Symbol *symbol) {
    static const int kinds[] = {
        [SYMBOL_MODULE] = 2,    /* Module */
        [SYMBOL_CLASS] = 5,     /* Class */
        [SYMBOL_FUNCTION] = 12, /* Function */
        [SYMBOL_METHOD] = 6,    /* Method */
        [SYMBOL_VARIABLE] = 13, /* Variable */
        [SYMBOL_ATTRIBUTE] = 8, /* Field */
    };
    return kinds[symbol->kind];
}

Range symbols_name_range(const Facts *facts, const Symbol *symbol) {
    return (Range){symbol->name_start, symbol->name_start + (uint32_t)symbol_name(facts, symbol).len};
}

/* A module has no name in its text: it is called by what it is imported as. */
static json_t *name_new(const Server *self, SymbolRef ref, const Facts *facts) {
    if (ref.symbol) return json_from_str(symbol_name(facts, &facts->symbols.items[ref.symbol]));
    StrBuf name;
    buf_init(&name);
    index_module_name(self->workspace.index, ref.file, &name);
    json_t *json = json_from_str(buf_str(&name));
    buf_release(&name);
    return json;
}

static void set_container(json_t *information, const Server *self, SymbolRef container) {
    StrBuf name;
    buf_init(&name);
    index_dotted_name(self->workspace.index, container, &name);
    if (name.len) json_object_set_new(information, "containerName", json_from_str(buf_str(&name)));
    buf_release(&name);
}

json_t *symbols_information_new(const Server *self, SymbolRef ref, Range range) {
    const Facts *facts = index_facts(self->workspace.index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, ref.file, &uri);
    json_t *information = json_object();
    json_object_set_new(information, "name", name_new(self, ref, facts));
    json_object_set_new(information, "kind", json_integer(symbols_kind(symbol)));
    json_object_set_new(information, "location",
                        json_from_location(buf_str(&uri), place_range(self, ref.file, range)));
    if (symbol->parent != NONE) set_container(information, self, (SymbolRef){ref.file, symbol->parent});
    buf_release(&uri);
    return information;
}
