#include "lsp/hierarchy.h"

#include "lsp/convert.h"
#include "lsp/place.h"
#include "lsp/symbols.h"

/* Where the symbol is to be found: its module, and its class in it. */
static void write_detail(const Index *index, SymbolRef ref, StrBuf *out) {
    const Symbol *symbol = &index_facts(index, ref.file)->symbols.items[ref.symbol];
    StrBuf container;
    buf_init(&container);
    if (symbol->parent != NONE) index_dotted_name(index, (SymbolRef){ref.file, symbol->parent}, &container);
    if (container.len) {
        json_text_raw(out, ",\"detail\":");
        json_text_str(out, buf_str(&container));
    }
    buf_release(&container);
}

void hierarchy_write_item(const Server *self, SymbolRef ref, StrBuf *out) {
    const Index *index = self->workspace.index;
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    StrBuf uri;
    buf_init(&uri);
    place_uri(self, ref.file, &uri);
    json_text_raw(out, "{\"name\":");
    symbols_write_name(index, ref, out);
    json_text_raw(out, ",\"kind\":");
    json_text_number(out, (uint32_t)symbols_kind(symbol));
    write_detail(index, ref, out);
    json_text_raw(out, ",\"uri\":");
    json_text_str(out, buf_str(&uri));
    json_text_raw(out, ",\"range\":");
    json_text_range(out, place_range(self, ref.file, symbols_range(facts, symbol)));
    json_text_raw(out, ",\"selectionRange\":");
    json_text_range(out, place_range(self, ref.file, symbols_name_range(facts, symbol)));
    json_text_raw(out, ",\"data\":");
    json_text_number(out, ref.symbol);
    json_text_raw(out, "}");
    buf_release(&uri);
}

void hierarchy_write_items(const Server *self, const SymbolRefs *refs, StrBuf *out) {
    if (refs->len == 0) {
        json_text_raw(out, "null");
        return;
    }
    for (uint32_t i = 0; i < refs->len; i++) {
        if (i == 0)
            json_text_raw(out, "[");
        else
            json_text_raw(out, ",");
        hierarchy_write_item(self, refs->items[i], out);
    }
    json_text_raw(out, "]");
}

bool hierarchy_read_item(const Server *self, const json_t *params, SymbolRef *out, RpcError *error) {
    Str name, uri;
    json_int_t number;
    *out = (SymbolRef){NONE, 0};
    if (!params_str(params, "item.name", &name, error) || !params_str(params, "item.uri", &uri, error) ||
        !params_integer(params, "item.data", &number, error))
        return false;
    StrBuf path;
    buf_init(&path);
    convert_path(&path, uri);
    FileId file = index_find_file(self->workspace.index, buf_str(&path));
    buf_release(&path);
    if (file == NONE) return true;
    uint32_t symbol = symbols_find(index_facts(self->workspace.index, file), number, name);
    if (symbol || number == 0) *out = (SymbolRef){file, symbol};
    return true;
}
