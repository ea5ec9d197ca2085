#include "lsp/symbols.h"

#include "base/path.h"
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

Range symbols_range(const Facts *facts, const Symbol *symbol) {
    Range name = symbols_name_range(facts, symbol), range = symbol->range;
    if (name.start < range.start) range.start = name.start;
    if (name.end > range.end) range.end = name.end;
    return range;
}

uint32_t symbols_find(const Facts *facts, json_int_t number, Str name) {
    uint32_t count = facts->symbols.count;
    if (number > 0 && number < count && str_eq(symbol_name(facts, &facts->symbols.items[number]), name))
        return (uint32_t)number;
    for (uint32_t s = 1; s < count && number != 0; s++) { /* the module's name is not in its text */
        if (str_eq(symbol_name(facts, &facts->symbols.items[s]), name)) return s;
    }
    return 0;
}

void symbols_write_name(const Index *index, SymbolRef ref, StrBuf *out) {
    const Facts *facts = index_facts(index, ref.file);
    StrBuf module;
    buf_init(&module);
    if (ref.symbol == 0) index_module_name(index, ref.file, &module);
    if (module.len == 0) buf_append(&module, path_name(index_path(index, ref.file))); /* the root's own */
    json_text_str(out, ref.symbol ? symbol_name(facts, &facts->symbols.items[ref.symbol]) : buf_str(&module));
    buf_release(&module);
}

static void write_container(const Index *index, SymbolRef container, StrBuf *out, StrBuf *scratch) {
    buf_clear(scratch);
    index_dotted_name(index, container, scratch);
    if (scratch->len == 0) return;
    json_text_raw(out, ",\"containerName\":");
    json_text_str(out, buf_str(scratch));
}

static void write_location(const Server *self, SymbolRef ref, Str uri, const Range *range, StrBuf *out) {
    if (range) {
        json_text_location(out, uri, place_range(self, ref.file, *range));
        return;
    }
    json_text_raw(out, "{\"uri\":");
    json_text_str(out, uri);
    json_text_raw(out, "},\"data\":");
    json_text_number(out, ref.symbol);
}

void symbols_write_information(const Server *self, SymbolRef ref, const Range *range, StrBuf *out) {
    const Index *index = self->workspace.index;
    const Symbol *symbol = &index_facts(index, ref.file)->symbols.items[ref.symbol];
    StrBuf scratch;
    buf_init(&scratch);
    json_text_raw(out, "{\"name\":");
    symbols_write_name(index, ref, out);
    json_text_raw(out, ",\"kind\":");
    json_text_number(out, (uint32_t)symbols_kind(symbol));
    json_text_raw(out, ",\"location\":");
    buf_clear(&scratch);
    place_uri(self, ref.file, &scratch);
    write_location(self, ref, buf_str(&scratch), range, out);
    if (symbol->parent != NONE) write_container(index, (SymbolRef){ref.file, symbol->parent}, out, &scratch);
    json_text_raw(out, "}");
    buf_release(&scratch);
}
