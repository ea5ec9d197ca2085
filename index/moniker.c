#include "index/moniker.h"

#include "index/query.h"

static bool is_private(Str name) {
    return str_starts_with(name, STR("_")) && !(name.len > 4 && str_ends_with(name, STR("__")));
}

/* Whether a symbol, or one around it, is not for others. */
static bool is_local(const Facts *facts, uint32_t symbol) {
    for (; symbol != 0; symbol = facts->symbols.items[symbol].parent) {
        const Symbol *here = &facts->symbols.items[symbol];
        const Symbol *parent = &facts->symbols.items[here->parent];
        if (is_private(symbol_name(facts, here))) return true;
        if (parent->kind == SYMBOL_FUNCTION || parent->kind == SYMBOL_METHOD) return true;
    }
    return false;
}

/* The one thing that an occurrence leads to for sure. */
static bool find_target(const Index *index, FileId file, uint32_t occurrence, Target *out) {
    Targets targets = {0};
    resolve_occurrence(index, file, occurrence, &targets);
    bool known = targets.len > 0 && !targets.items[0].guess;
    if (known) *out = targets.items[0];
    ARRAY_FREE(&targets);
    return known;
}

/* The path below a module that is not there. */
static bool append_missing(const Index *index, FileId file, uint32_t occurrence, StrBuf *out) {
    const Facts *facts = index_facts(index, file);
    uint32_t head = resolve_head(facts, occurrence);
    Target module;
    bool imported = facts->occurrences.items[head].role == ROLE_IMPORT || query_is_foreign(index, file, head);
    if (!imported || find_target(index, file, head, &module)) return false;
    return resolve_qualified(index, file, occurrence, out);
}

bool moniker_find(const Index *index, FileId file, uint32_t occurrence, StrBuf *out, MonikerKind *kind) {
    Target target;
    *kind = MONIKER_IMPORT;
    if (!find_target(index, file, occurrence, &target)) return append_missing(index, file, occurrence, out);
    if (target.symbol == NONE) return false;
    if (index_is_own(index, target.file))
        *kind = is_local(index_facts(index, target.file), target.symbol) ? MONIKER_LOCAL : MONIKER_EXPORT;
    index_dotted_name(index, (SymbolRef){target.file, target.symbol}, out);
    return true;
}
