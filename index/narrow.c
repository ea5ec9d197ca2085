/* What tests and patterns say of a name, and until when. */
#include "index/query.h"

static bool is_written(Role role) {
    return role == ROLE_WRITE || role == ROLE_DELETE || role == ROLE_DEFINITION || role == ROLE_IMPORT ||
           role == ROLE_ATTRIBUTE_WRITE || role == ROLE_ATTRIBUTE_DELETE;
}

static bool is_attribute(const Occurrence *at) {
    return at->role == ROLE_ATTRIBUTE || at->role == ROLE_ATTRIBUTE_WRITE ||
           at->role == ROLE_ATTRIBUTE_DELETE;
}

/* Whether two dotted names are spelled the same. */
static bool same_chain(const Facts *facts, uint32_t a, uint32_t b) {
    for (;; a--, b--) {
        const Occurrence *left = &facts->occurrences.items[a], *right = &facts->occurrences.items[b];
        bool chained = left->flags & OCCURRENCE_CHAINED;
        if (left->name != right->name || chained != (bool)(right->flags & OCCURRENCE_CHAINED)) return false;
        if (!chained) return !is_attribute(left) && !is_attribute(right);
        if (a == 0 || b == 0) return false;
    }
}

/* The scope that the first name of a dotted name is bound in. */
static uint32_t scope_of_head(Query *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t head = resolve_head(facts, occurrence);
    Numbers bindings = {0};
    uint32_t scope = scope_lookup(self->index, file, facts_scope_of(facts, head),
                                  facts->occurrences.items[head].name, &bindings);
    ARRAY_FREE(&bindings);
    return scope;
}

/* Whether a place binds a dotted name, whose head is bound in `scope`, or the start of it anew. */
static bool binds_anew(const Facts *facts, uint32_t place, uint32_t name, uint32_t scope) {
    const Occurrence *at = &facts->occurrences.items[place];
    if (!is_written((Role)at->role)) return false;
    if (!is_attribute(at) && facts_scope_of(facts, place) != scope) return false;
    for (;; name--) {
        const Occurrence *part = &facts->occurrences.items[name];
        if (part->name == at->name && same_chain(facts, place, name)) return true;
        if (name == 0 || !(part->flags & OCCURRENCE_CHAINED)) return false;
    }
}

/* Adds what was bound to the name since the test, nearest first, as far as it may reach the use; true when
 * nothing of what the test said does. */
static bool bound_since(Query *self, FileId file, const Narrowing *test, uint32_t use, uint32_t scope,
                        Types *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t first = facts_first_occurrence(facts, test->range.start);
    if (first <= test->name) first = test->name + 1;
    for (uint32_t i = use; i-- > first;) {
        if (!binds_anew(facts, i, use, scope)) continue;
        Reach reach = scope_reach(facts, i, use);
        if (reach != REACHES_NOT) query_used(self, file, i, VALUE_BOUND, out);
        if (reach == REACHES) return true;
    }
    return false;
}

static bool holds(const Facts *facts, const Narrowing *test, uint32_t use) {
    uint32_t offset = facts->occurrences.items[use].start;
    Role role = (Role)facts->occurrences.items[use].role;
    return test->range.start <= offset && offset < test->range.end && !is_written(role) &&
           role != ROLE_PARAM && same_chain(facts, test->name, use);
}

/* Leaves what is above another of the types out: the classes that were asked for first say less. */
static void keep_lowest(Query *self, Types *types, uint32_t first) {
    uint32_t kept = first;
    for (uint32_t i = first; i < types->len; i++) {
        Type type = types->items[i];
        bool lowest = true;
        for (uint32_t n = first; n < types->len && lowest; n++) {
            Type other = types->items[n];
            bool classes = n != i && other.wraps == 0 && type.wraps == 0 &&
                           query_is_class(self->index, type.symbol) &&
                           query_is_class(self->index, other.symbol);
            bool same = type.symbol.file == other.symbol.file && type.symbol.symbol == other.symbol.symbol;
            lowest = !classes || same || !query_inherits(self, other.symbol, type.symbol);
        }
        if (lowest) types->items[kept++] = type;
    }
    types->len = kept;
}

void query_narrowed(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t scope = NONE, first = out->len;
    for (uint32_t i = facts->narrowings.count; i-- > 0;) {
        const Narrowing *test = &facts->narrowings.items[i];
        if (!holds(facts, test, occurrence)) continue;
        if (scope == NONE) scope = scope_of_head(self, file, occurrence);
        if (scope_of_head(self, file, test->name) != scope) continue;
        Types classes = {0};
        if (!bound_since(self, file, test, occurrence, scope, out))
            query_types(self, file, test->type, &classes);
        for (uint32_t t = 0; t < classes.len; t++) {
            if (test->is_class)
                query_push_type(out, classes.items[t]);
            else
                query_step(self, classes.items[t], STEP_CALL, out);
        }
        ARRAY_FREE(&classes);
    }
    keep_lowest(self, out, first);
}
