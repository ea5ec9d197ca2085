/* Scopes and names: The Python Language Reference, 4.2 "Naming and binding". */
#include "index/query.h"

enum { MOST_BINDINGS = 256 }; /* of one name in one scope that are looked at */

/* Where the postings of a file begin, or would. */
static uint32_t first_in_file(Postings postings, FileId file) {
    uint32_t low = 0, high = postings.count;
    LOWER_BOUND(low, high, postings.items[middle].file < file);
    return low;
}

uint32_t scope_name(const Index *index, FileId file, Str name) {
    Postings postings = index_postings(index, name);
    uint32_t low = first_in_file(postings, file);
    return low < postings.count && postings.items[low].file == file ? postings.items[low].name : NONE;
}

/* What a scope says about a name: its bindings, and whether a global or nonlocal statement sends elsewhere.
 */
typedef struct {
    Numbers bindings; /* occurrences */
    bool global, nonlocal;
} ScopeEntry;

/* The entry for one spelling of the name. */
static void read_spelling(const Facts *facts, uint32_t scope, uint32_t name, ScopeEntry *entry) {
    Slice slice = facts_bindings_of(facts, name);
    const Binding *items = facts->bindings.items;
    uint32_t low = slice.first, end = slice.first + slice.count, high = end;
    LOWER_BOUND(low, high, items[middle].scope < scope);
    for (; low < end && items[low].scope == scope; low++) {
        Role role = (Role)facts->occurrences.items[items[low].occurrence].role;
        entry->global |= role == ROLE_GLOBAL;
        entry->nonlocal |= role == ROLE_NONLOCAL;
        if (role != ROLE_GLOBAL && role != ROLE_NONLOCAL) ARRAY_PUSH(&entry->bindings, items[low].occurrence);
    }
}

static void sort_numbers(Numbers *numbers) {
    for (uint32_t i = 1; i < numbers->len; i++) {
        uint32_t number = numbers->items[i], place = i;
        for (; place > 0 && numbers->items[place - 1] > number; place--)
            numbers->items[place] = numbers->items[place - 1];
        numbers->items[place] = number;
    }
}

/* The postings of a name in one file: one for each of its spellings there. In ASCII there is but one, which
 * needs no search. */
static Postings spellings(const Index *index, FileId file, uint32_t name) {
    if (index_facts(index, file)->lines.wide_count == 0) return (Postings){0};
    Postings postings = index_name_postings(index, index_name_id(index, file, name));
    uint32_t first = first_in_file(postings, file), end = first;
    while (end < postings.count && postings.items[end].file == file) end++;
    return (Postings){postings.items + first, end - first};
}

static ScopeEntry scope_entry(const Index *index, FileId file, uint32_t scope, uint32_t name) {
    const Facts *facts = index_facts(index, file);
    Postings all = spellings(index, file, name);
    ScopeEntry entry = {0};
    if (all.count <= 1) {
        read_spelling(facts, scope, name, &entry);
        return entry;
    }
    for (uint32_t i = 0; i < all.count; i++) read_spelling(facts, scope, all.items[i].name, &entry);
    sort_numbers(&entry.bindings);
    return entry;
}

void scope_bindings(const Index *index, FileId file, uint32_t scope, uint32_t name, Numbers *out) {
    ScopeEntry entry = scope_entry(index, file, scope, name);
    if (entry.global || entry.nonlocal) entry.bindings.len = 0;
    *out = entry.bindings;
}

/* `inside`: directly in the scope; only then class scopes are seen. */
static uint32_t look_up(const Index *index, FileId file, uint32_t scope, uint32_t name, bool inside,
                        Numbers *bindings) {
    const Facts *facts = index_facts(index, file);
    while (scope != NONE) {
        const Scope *here = &facts->scopes.items[scope];
        if (inside || here->kind != SCOPE_CLASS) {
            ScopeEntry entry = scope_entry(index, file, scope, name);
            bool elsewhere = entry.global || entry.nonlocal;
            if (!elsewhere && entry.bindings.len) {
                *bindings = entry.bindings;
                return scope;
            }
            ARRAY_FREE(&entry.bindings);
            if (entry.global && scope != 0) {
                scope = 0;
                continue;
            }
        }
        inside = here->kind == SCOPE_TYPE_PARAMS && inside;
        scope = here->parent;
    }
    return NONE;
}

uint32_t scope_lookup(const Index *index, FileId file, uint32_t scope, uint32_t name, Numbers *bindings) {
    return look_up(index, file, scope, name, true, bindings);
}

uint32_t scope_lookup_around(const Index *index, FileId file, uint32_t scope, uint32_t name,
                             Numbers *bindings) {
    uint32_t parent = index_facts(index, file)->scopes.items[scope].parent;
    return look_up(index, file, parent, name, false, bindings);
}

/* --- fallbacks ---------------------------------------------------------------------------------- */

bool scope_is_fallback_at(const Facts *facts, uint32_t offset) {
    uint32_t suite = facts_suite_at(facts, offset);
    while (suite != NONE && !facts->suites.items[suite].fallback) suite = facts->suites.items[suite].parent;
    return suite != NONE;
}

bool scope_is_fallback(const Facts *facts, uint32_t binding) {
    return scope_is_fallback_at(facts, facts->occurrences.items[binding].start);
}

/* --- what reaches a use ------------------------------------------------------------------------- */

bool scope_is_late(const Facts *facts, uint32_t binding, uint32_t use) {
    Slice values = facts_values_of(facts, binding);
    for (uint32_t i = 0; i < values.count; i++) {
        const Value *value = &facts->values.items[values.first + i];
        if (value->kind == VALUE_LATE && use < value->at) return true;
    }
    return false;
}

/* Whether what was bound before still says what the name is. */
static bool keeps(const Facts *facts, uint32_t binding) {
    Slice values = facts_values_of(facts, binding);
    for (uint32_t i = 0; i < values.count; i++) {
        if (facts->values.items[values.first + i].kind == VALUE_KEPT) return true;
    }
    return false;
}

static bool holds(Range range, uint32_t offset) { return range.start <= offset && offset < range.end; }

Reach scope_reach(const Facts *facts, uint32_t binding, uint32_t use) {
    uint32_t place = facts->occurrences.items[binding].start, offset = facts->occurrences.items[use].start;
    Reach result = keeps(facts, binding) ? REACHES_MAYBE : REACHES;
    if (scope_is_late(facts, binding, use)) return REACHES_NOT;
    for (uint32_t s = facts_suite_at(facts, place); s != NONE; s = facts->suites.items[s].parent) {
        const Suite *suite = &facts->suites.items[s];
        if (holds(suite->range, offset)) break;
        result = REACHES_MAYBE;
        for (uint32_t u = facts_suite_at(facts, offset); u != NONE && suite->statement != NONE;
             u = facts->suites.items[u].parent) {
            const Suite *other = &facts->suites.items[u];
            if (other->statement == suite->statement && !holds(other->range, place)) return REACHES_NOT;
        }
    }
    return result;
}

void scope_reaching(const Facts *facts, Numbers *bindings, uint32_t use) {
    Numbers reaching = {0};
    uint32_t before = 0, looked = 0;
    while (before < bindings->len && bindings->items[before] < use) before++;
    for (uint32_t i = before; i-- > 0 && looked++ < MOST_BINDINGS;) {
        Reach how = scope_reach(facts, bindings->items[i], use);
        if (how != REACHES_NOT) ARRAY_PUSH(&reaching, bindings->items[i]);
        if (how == REACHES) break;
    }
    if (reaching.len == 0) { /* in a loop: from the round before */
        for (uint32_t i = before; i < bindings->len && i < before + MOST_BINDINGS; i++)
            ARRAY_PUSH(&reaching, bindings->items[i]);
    }
    bindings->len = 0;
    for (int fallback = 0; fallback < 2; fallback++) {
        for (uint32_t i = 0; i < reaching.len; i++) {
            if (scope_is_fallback(facts, reaching.items[i]) == fallback)
                ARRAY_PUSH(bindings, reaching.items[i]);
        }
    }
    ARRAY_FREE(&reaching);
}

/* --- symbols' scopes ---------------------------------------------------------------------------- */

uint32_t scope_of_body(const Facts *facts, uint32_t symbol) {
    uint32_t low = 0, high = facts->scopes.count, start = facts->symbols.items[symbol].range.start;
    /* the first that starts in the symbol */
    LOWER_BOUND(low, high, facts->scopes.items[middle].range.start < start);
    for (; low < facts->scopes.count; low++) {
        const Scope *scope = &facts->scopes.items[low];
        bool own = scope->kind <= SCOPE_FUNCTION && scope->symbol == symbol;
        if (own) return low;
    }
    return symbol == 0 ? 0 : NONE;
}

uint32_t scope_around(const Facts *facts, uint32_t symbol) {
    if (symbol == 0) return 0;
    uint32_t occurrence = facts_occurrence_at(facts, facts->symbols.items[symbol].name_start);
    return occurrence == NONE ? 0 : facts_scope_of(facts, occurrence);
}

bool scope_is_uniform(const Index *index, FileId file, uint32_t name) {
    const Facts *facts = index_facts(index, file);
    Slice bindings = facts_bindings_of(facts, name);
    if (bindings.count && facts->bindings.items[bindings.first + bindings.count - 1].scope != 0) return false;
    return spellings(index, file, name).count <= 1;
}
