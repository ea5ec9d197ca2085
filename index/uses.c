#include "index/uses.h"

#include "index/query.h"

#include <stdlib.h>

enum { WORK_PER_PLACE = 4000, WORK_PER_FILE = 400000, MOST_REMEMBERED = 1 << 20 };

struct UseFinder {
    Query query;
    const Index *index;
    const bool *names;
    uint32_t left;           /* work in this file */
    Array(uint32_t) answers; /* by name of the file, for names that mean the same all over it: in `found`;
                                NONE: not asked yet */
    Array(Targets) found;
};

static void begin_query(UseFinder *self) {
    query_init(&self->query, self->index);
    self->query.own_only = true;
}

UseFinder *uses_new(const Index *index, const bool *names) {
    UseFinder *self = mem_calloc(1, sizeof *self);
    self->index = index;
    self->names = names;
    begin_query(self);
    return self;
}

static void forget_answers(UseFinder *self) {
    for (uint32_t i = 0; i < self->found.len; i++) ARRAY_FREE(&self->found.items[i]);
    self->found.len = self->answers.len = 0;
}

void uses_free(UseFinder *self) {
    if (!self) return;
    forget_answers(self);
    ARRAY_FREE(&self->found);
    ARRAY_FREE(&self->answers);
    query_release(&self->query);
    mem_free(self);
}

/* Memory is bounded: what was found out is forgotten now and then. */
static void begin_file(UseFinder *self, const Facts *facts) {
    if (self->query.known.count > MOST_REMEMBERED) {
        query_release(&self->query);
        begin_query(self);
    }
    forget_answers(self);
    for (uint32_t n = 0; n < facts->names.count; n++) ARRAY_PUSH(&self->answers, NONE);
    self->left = WORK_PER_FILE;
}

static void ask(UseFinder *self, FileId file, uint32_t occurrence, Targets *out) {
    uint32_t allowance = self->left < WORK_PER_PLACE ? self->left : WORK_PER_PLACE;
    self->query.work = allowance;
    query_occurrence(&self->query, file, occurrence, out);
    self->left -= allowance - self->query.work;
}

/* What the name at an occurrence means; borrowed until the next question. */
static const Targets *targets_of(UseFinder *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    bool uniform = at->role == ROLE_READ && scope_is_uniform(self->index, file, at->name);
    if (uniform && self->answers.items[at->name] != NONE)
        return &self->found.items[self->answers.items[at->name]];
    if (uniform) self->answers.items[at->name] = self->found.len;
    Targets found = {0};
    ask(self, file, occurrence, &found);
    ARRAY_PUSH(&self->found, found);
    return ARRAY_LAST(&self->found);
}

/* The class or function around an offset, or the module. */
static uint32_t user_at(const Facts *facts, uint32_t offset) {
    uint32_t symbol = facts_symbol_at(facts, offset);
    while (facts->symbols.items[symbol].kind >= SYMBOL_VARIABLE) symbol = facts->symbols.items[symbol].parent;
    return symbol;
}

/* Whether the user is the definition itself, stands in it, or is another one of that name: `@x.setter`. */
static bool is_itself(const Facts *facts, uint32_t user, uint32_t target) {
    const Symbol *a = &facts->symbols.items[user], *b = &facts->symbols.items[target];
    return (user >= target && user < b->after) || (a->parent == b->parent && a->name == b->name);
}

static bool is_definition(const Facts *facts, uint32_t symbol) {
    return symbol != NONE && symbol != 0 && facts->symbols.items[symbol].kind != SYMBOL_ATTRIBUTE;
}

static void add_targets(UseFinder *self, FileId file, uint32_t occurrence, Uses *out) {
    const Facts *facts = index_facts(self->index, file);
    const Targets *targets = targets_of(self, file, occurrence);
    if (targets->len == 0) return;
    uint32_t user = user_at(facts, facts->occurrences.items[occurrence].start);
    bool called = facts->occurrences.items[occurrence].flags & OCCURRENCE_CALLEE;
    for (uint32_t i = 0; i < targets->len; i++) {
        const Target *target = &targets->items[i];
        if (!is_definition(index_facts(self->index, target->file), target->symbol)) continue;
        if (target->file == file && is_itself(facts, user, target->symbol)) continue;
        ARRAY_PUSH(out, ((Use){{target->file, target->symbol}, user, called}));
    }
}

static int compare_uses(const void *a, const void *b) {
    const Use *x = a, *y = b;
    if (x->target.file != y->target.file) return x->target.file < y->target.file ? -1 : 1;
    if (x->target.symbol != y->target.symbol) return x->target.symbol < y->target.symbol ? -1 : 1;
    return (x->user > y->user) - (x->user < y->user);
}

/* Sorts what was added from `first` on, and leaves each use once. */
static void sort_from(Uses *uses, uint32_t first) {
    uint32_t kept = first;
    if (uses->len > first) qsort(uses->items + first, uses->len - first, sizeof *uses->items, compare_uses);
    for (uint32_t i = first; i < uses->len; i++) {
        if (kept > first && compare_uses(&uses->items[kept - 1], &uses->items[i]) == 0)
            uses->items[kept - 1].called |= uses->items[i].called;
        else
            uses->items[kept++] = uses->items[i];
    }
    uses->len = kept;
}

void uses_find(UseFinder *self, FileId file, Uses *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t first = out->len;
    begin_file(self, facts);
    for (uint32_t o = 0; o < facts->occurrences.count && self->left; o++) {
        const Occurrence *at = &facts->occurrences.items[o];
        if (at->role != ROLE_READ && at->role != ROLE_ATTRIBUTE) continue;
        if (self->names[index_name_id(self->index, file, at->name)]) add_targets(self, file, o, out);
    }
    sort_from(out, first);
}
