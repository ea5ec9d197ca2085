#include "index/calls.h"

#include "index/query.h"
#include "index/references.h"

#include <stdlib.h>

enum { WORK_PER_PLACE = 4000, WORK_IN_ALL = 200000 };

bool calls_has(const Index *index, SymbolRef symbol) {
    return symbol.symbol != NONE &&
           index_facts(index, symbol.file)->symbols.items[symbol.symbol].kind <= SYMBOL_METHOD;
}

/* Whether the dotted name that ends with an occurrence is called, be it as a decorator. */
static bool is_call(const Facts *facts, uint32_t occurrence) {
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (at->flags & OCCURRENCE_CALLEE) return true;
    bool last = occurrence + 1 == facts->occurrences.count || !(at[1].flags & OCCURRENCE_CHAINED);
    return at->flags & OCCURRENCE_DECORATOR && last;
}

/* The function, class or module that runs what stands at an occurrence. */
static uint32_t runner_of(const Facts *facts, uint32_t occurrence) {
    return facts->scopes.items[facts_scope_of(facts, occurrence)].symbol;
}

/* Whether a symbol is a method that runs when its class is called. */
static bool is_constructor(const Facts *facts, uint32_t symbol) {
    const Symbol *method = &facts->symbols.items[symbol];
    if (method->kind != SYMBOL_METHOD) return false;
    Str name = symbol_name(facts, method);
    return str_eq(name, STR("__init__")) || str_eq(name, STR("__new__"));
}

static int by_symbol_place(const void *left, const void *right) {
    const Call *a = left, *b = right;
    if (a->symbol.file != b->symbol.file) return a->symbol.file < b->symbol.file ? -1 : 1;
    if (a->symbol.symbol != b->symbol.symbol) return a->symbol.symbol < b->symbol.symbol ? -1 : 1;
    return (a->range.start > b->range.start) - (a->range.start < b->range.start);
}

static void sort(Calls *calls, uint32_t first) {
    if (calls->len - first > 1)
        qsort(calls->items + first, calls->len - first, sizeof(Call), by_symbol_place);
}

/* --- incoming ----------------------------------------------------------------------------------- */

static void add_callers(const Index *index, SymbolRef symbol, Calls *out) {
    const Facts *facts = index_facts(index, symbol.file);
    uint32_t name = facts_occurrence_at(facts, facts->symbols.items[symbol.symbol].name_start);
    if (symbol.symbol == 0 || name == NONE) return;
    References found = {0};
    references_find(index, symbol.file, name, NONE, &found);
    for (uint32_t i = 0; i < found.len; i++) {
        FileId file = found.items[i].file;
        const Facts *there = index_facts(index, file);
        uint32_t occurrence = facts_occurrence_at(there, found.items[i].range.start);
        if (occurrence == NONE || !is_call(there, occurrence)) continue; /* a string of __all__ is none */
        ARRAY_PUSH(out, (Call){{file, runner_of(there, occurrence)}, found.items[i].range});
    }
    ARRAY_FREE(&found);
}

void calls_incoming(const Index *index, SymbolRef symbol, Calls *out) {
    const Facts *facts = index_facts(index, symbol.file);
    uint32_t first = out->len;
    add_callers(index, symbol, out);
    if (is_constructor(facts, symbol.symbol))
        add_callers(index, (SymbolRef){symbol.file, facts->symbols.items[symbol.symbol].parent}, out);
    sort(out, first);
}

/* --- outgoing ----------------------------------------------------------------------------------- */

/* Whether what `runner` runs counts as run by `symbol`. */
static bool runs(const Facts *facts, uint32_t symbol, uint32_t runner) {
    if (runner == symbol) return true;
    return facts->symbols.items[runner].parent == symbol && is_constructor(facts, runner);
}

/* Whether the call has been added for another definition of the same name: of definitions in turn, and of
 * overloads, the nearest counts. */
static bool is_known(const Index *index, const Calls *calls, const Call *call) {
    const Facts *facts = index_facts(index, call->symbol.file);
    const Symbol *symbol = &facts->symbols.items[call->symbol.symbol];
    for (uint32_t i = calls->len; i-- > 0 && calls->items[i].range.start == call->range.start;) {
        SymbolRef known = calls->items[i].symbol;
        if (known.file != call->symbol.file) continue;
        const Symbol *other = &facts->symbols.items[known.symbol];
        if (other->name == symbol->name && other->parent == symbol->parent) return true;
    }
    return false;
}

static void add_callees(Query *query, FileId file, uint32_t occurrence, Calls *out) {
    const Facts *facts = index_facts(query->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Range range = {at->start, at->start + (uint32_t)facts_name(facts, at->name).len};
    Targets targets = {0};
    query_occurrence(query, file, occurrence, &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        Call call = {{targets.items[i].file, targets.items[i].symbol}, range};
        if (calls_has(query->index, call.symbol) && !is_known(query->index, out, &call))
            ARRAY_PUSH(out, call);
    }
    ARRAY_FREE(&targets);
}

static void add_calls(const Index *index, SymbolRef symbol, Calls *out) {
    const Facts *facts = index_facts(index, symbol.file);
    Range range = facts->symbols.items[symbol.symbol].range;
    uint32_t left = WORK_IN_ALL;
    Query query;
    query_init(&query, index);
    for (uint32_t i = facts_first_occurrence(facts, range.start); i < facts->occurrences.count && left; i++) {
        if (facts->occurrences.items[i].start >= range.end) break;
        if (!is_call(facts, i) || !runs(facts, symbol.symbol, runner_of(facts, i))) continue;
        uint32_t allowance = left < WORK_PER_PLACE ? left : WORK_PER_PLACE;
        query.work = allowance;
        add_callees(&query, symbol.file, i, out);
        left -= allowance - query.work;
    }
    query_release(&query);
}

typedef struct {
    Call call;
    uint32_t first; /* where the same is called first */
} Ordered;

static int by_first_call(const void *left, const void *right) {
    const Ordered *a = left, *b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return by_symbol_place(&a->call, &b->call);
}

/* From by callee to by first call. */
static void order_by_first_call(Calls *calls, uint32_t from) {
    Array(Ordered) ordered = {0};
    for (uint32_t i = from; i < calls->len; i++) {
        const Call *call = &calls->items[i], *before = i > from ? call - 1 : call;
        bool other = i == from || before->symbol.file != call->symbol.file ||
                     before->symbol.symbol != call->symbol.symbol;
        uint32_t first = other ? call->range.start : ARRAY_LAST(&ordered)->first;
        ARRAY_PUSH(&ordered, (Ordered){*call, first});
    }
    if (ordered.len > 1) qsort(ordered.items, ordered.len, sizeof(Ordered), by_first_call);
    for (uint32_t i = 0; i < ordered.len; i++) calls->items[from + i] = ordered.items[i].call;
    ARRAY_FREE(&ordered);
}

void calls_outgoing(const Index *index, SymbolRef symbol, Calls *out) {
    uint32_t first = out->len;
    add_calls(index, symbol, out);
    sort(out, first);
    order_by_first_call(out, first);
}
