#include "index/references.h"

#include "index/query.h"
#include "index/stubs.h"

#include <stdlib.h>

enum {
    WORK_PER_PLACE = 4000,
    WORK_IN_ALL = 200000,
    WORK_WITH_DOUBTS = 100 * WORK_IN_ALL,
    WORK_OF_COUNT = 500,
    OCCURRENCES_OF_COUNT = 40000, /* in the files that are looked at */
};

typedef struct {
    Query query;
    const Index *index;
    FileId only;
    Targets wanted;        /* every place that binds it */
    FileId local;          /* nothing outside of this file can see it, but for `keywords`; else NONE */
    bool keywords;         /* a parameter that calls anywhere may give by name */
    uint32_t scope;        /* of what cannot be resolved: the scope in `local` that binds it; else NONE */
    bool guesses;          /* members of which nothing is known either count, by their name */
    Numbers names;         /* index-wide: what places may be called, those asked about first */
    uint32_t asked;        /* how many of `names` are looked for everywhere; the others stand for imports */
    Array(Posting) places; /* files and names to search */
    Array(uint8_t) scopes; /* of the file that is searched: what a plain name in it refers to (Answer) */
    uint32_t left;         /* work */
    References *out;
    Doubts *doubts; /* NULL: nobody asks */
} Search;

/* --- what is looked for ------------------------------------------------------------------------- */

static int by_name_place(const void *left, const void *right) {
    const Target *a = left, *b = right;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    if (a->name.start != b->name.start) return a->name.start < b->name.start ? -1 : 1;
    return (a->symbol == 0) - (b->symbol == 0); /* a module stands at its start */
}

/* Once all that is wanted is known and sorted. */
static bool is_wanted(const Search *self, const Target *target) {
    return self->wanted.len &&
           bsearch(target, self->wanted.items, self->wanted.len, sizeof *target, by_name_place) != NULL;
}

static bool is_listed(const Search *self, const Target *target) {
    for (uint32_t i = 0; i < self->wanted.len; i++) {
        if (by_name_place(&self->wanted.items[i], target) == 0) return true;
    }
    return false;
}

static void want_bindings(Search *self, FileId file, uint32_t scope, uint32_t name) {
    const Facts *facts = index_facts(self->index, file);
    Numbers bindings = {0};
    scope_bindings(self->index, file, scope, name, &bindings);
    for (uint32_t i = 0; i < bindings.len; i++) {
        if (facts->occurrences.items[bindings.items[i]].role != ROLE_IMPORT)
            ARRAY_PUSH(&self->wanted, query_binding_target(self->index, file, bindings.items[i]));
    }
    ARRAY_FREE(&bindings);
}

static void want_members(Search *self, FileId file, uint32_t class, uint32_t name) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t scope = scope_of_body(facts, class);
    if (scope != NONE) want_bindings(self, file, scope, name);
    Slice attributes = facts_attributes_of(facts, class);
    for (uint32_t s = attributes.first; s < attributes.first + attributes.count; s++) {
        if (facts->symbols.items[s].name == name)
            ARRAY_PUSH(&self->wanted, query_symbol_target(self->index, file, s));
    }
}

/* Whether a call can give a name to a function as a keyword; the receiver of a method cannot be given. */
static bool takes_keyword(const Facts *facts, uint32_t scope, uint32_t name) {
    const Symbol *function = &facts->symbols.items[facts->scopes.items[scope].symbol];
    bool binds_first = function->kind == SYMBOL_METHOD;
    if (facts->scopes.items[scope].kind != SCOPE_FUNCTION) return false;
    for (uint32_t i = 0; i < function->decorators.count; i++) {
        Text decorator = facts->texts.items[function->decorators.first + i];
        binds_first &= !str_eq(facts_text(facts, decorator), STR("staticmethod"));
    }
    for (uint32_t i = binds_first; i < function->params.count; i++) {
        const Param *param = &facts->params.items[function->params.first + i];
        bool named = param->kind == PARAM_POS || param->kind == PARAM_KWONLY;
        if (named && param->name == name) return true;
    }
    return false;
}

/* All that binds the same name in the same scope or class as a target does. */
static void want(Search *self, const Target *target) {
    const Facts *facts = index_facts(self->index, target->file);
    if (is_listed(self, target)) return; /* with the others of its scope */
    ARRAY_PUSH(&self->wanted, *target);
    if (target->symbol == 0) return;
    uint32_t occurrence = facts_occurrence_at(facts, target->name.start);
    if (occurrence == NONE) return;
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (at->role == ROLE_ATTRIBUTE_WRITE) {
        if (target->symbol != NONE)
            want_members(self, target->file, facts->symbols.items[target->symbol].parent, at->name);
        return;
    }
    uint32_t scope = facts_scope_of(facts, occurrence);
    ScopeKind kind = (ScopeKind)facts->scopes.items[scope].kind;
    if (kind == SCOPE_CLASS)
        want_members(self, target->file, facts->scopes.items[scope].symbol, at->name);
    else
        want_bindings(self, target->file, scope, at->name);
    if (kind == SCOPE_CLASS || kind == SCOPE_MODULE) return;
    self->local = target->file;
    self->keywords |= takes_keyword(facts, scope, at->name);
}

/* A name whose import cannot be followed: what this file binds it by. */
static void want_unresolved(Search *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (at->role >= ROLE_IMPORT_PATH && at->role <= ROLE_KEYWORD) return;
    Numbers bindings = {0};
    self->scope = scope_lookup(self->index, file, facts_scope_of(facts, occurrence), at->name, &bindings);
    self->local = file;
    ARRAY_FREE(&bindings);
}

static bool is_member(Role role) { return role >= ROLE_ATTRIBUTE && role <= ROLE_ATTRIBUTE_DELETE; }

/* A member of what nobody knows: the candidates and the places where nobody knows either, in this file where
 * there are no candidates. */
static void want_guesses(Search *self, FileId file, uint32_t occurrence) {
    Targets targets = {0};
    query_guess(&self->query, file, occurrence, &targets);
    for (uint32_t i = 0; i < targets.len; i++) want(self, &targets.items[i]);
    if (targets.len == 0) self->local = file;
    self->guesses = true;
    ARRAY_FREE(&targets);
}

/* --- candidates --------------------------------------------------------------------------------- */

static bool is_same_unresolved(Search *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (at->role >= ROLE_IMPORT_PATH && at->role <= ROLE_KEYWORD) return false;
    Numbers bindings = {0};
    uint32_t scope = scope_lookup(self->index, file, facts_scope_of(facts, occurrence), at->name, &bindings);
    ARRAY_FREE(&bindings);
    return scope == self->scope;
}

static Reference reference_at(const Index *index, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Range range = {at->start, at->start + (uint32_t)facts_name(facts, at->name).len};
    return (Reference){.file = file, .range = range};
}

static void note_doubts(Search *self, FileId file, uint32_t occurrence, const Targets *targets, bool found) {
    Role role = (Role)index_facts(self->index, file)->occurrences.items[occurrence].role;
    for (uint32_t i = 0; i < targets->len && found; i++) {
        if (!is_wanted(self, &targets->items[i])) query_push_target(&self->doubts->others, targets->items[i]);
    }
    if (targets->len || role < ROLE_ATTRIBUTE || role > ROLE_KEYWORD || !index_is_own(self->index, file))
        return;
    if (role == ROLE_KEYWORD || !query_is_foreign(self->index, file, occurrence))
        ARRAY_PUSH(&self->doubts->unsure, reference_at(self->index, file, occurrence));
}

static bool is_unknown_member(const Index *index, FileId file, uint32_t occurrence) {
    Role role = (Role)index_facts(index, file)->occurrences.items[occurrence].role;
    return is_member(role) && index_is_own(index, file) && !query_is_foreign(index, file, occurrence);
}

static bool refers(Search *self, FileId file, uint32_t occurrence) {
    if (self->scope != NONE) return is_same_unresolved(self, file, occurrence);
    Targets targets = {0};
    bool found = false;
    uint32_t allowance = self->left < WORK_PER_PLACE ? self->left : WORK_PER_PLACE;
    self->query.work = allowance;
    query_occurrence(&self->query, file, occurrence, &targets);
    self->left -= allowance - self->query.work;
    for (uint32_t i = 0; i < targets.len && !found; i++) found = is_wanted(self, &targets.items[i]);
    if (self->guesses && targets.len == 0) found = is_unknown_member(self->index, file, occurrence);
    if (self->doubts) note_doubts(self, file, occurrence, &targets, found);
    ARRAY_FREE(&targets);
    return found;
}

typedef enum { ANSWER_UNKNOWN, ANSWER_NO, ANSWER_YES } Answer;

/* All plain names in a scope mean the same, but in the body of a class. */
static bool name_refers(Search *self, FileId file, uint32_t occurrence, bool uniform) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t scope = uniform ? 0 : facts_scope_of(facts, occurrence);
    if (facts->scopes.items[scope].kind == SCOPE_CLASS) return refers(self, file, occurrence);
    uint8_t *known = &self->scopes.items[scope];
    if (*known == ANSWER_UNKNOWN) *known = refers(self, file, occurrence) ? ANSWER_YES : ANSWER_NO;
    return *known == ANSWER_YES;
}

static void forget_scopes(Search *self, const Facts *facts) {
    self->scopes.len = 0;
    while (self->scopes.len < facts->scopes.count) ARRAY_PUSH(&self->scopes, ANSWER_UNKNOWN);
}

static bool writes(Role role) {
    return role == ROLE_WRITE || role == ROLE_DELETE || role == ROLE_DEFINITION || role == ROLE_PARAM ||
           role == ROLE_TYPE_PARAM || role == ROLE_IMPORT || role == ROLE_ATTRIBUTE_WRITE ||
           role == ROLE_ATTRIBUTE_DELETE;
}

static void add(Search *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    Role role = (Role)facts->occurrences.items[occurrence].role;
    Reference found = reference_at(self->index, file, occurrence);
    Target itself = {.file = file, .symbol = NONE, .name = found.range};
    found.write = writes(role);
    found.guess = self->guesses;
    found.declaration = found.write && (self->scope == NONE ? is_wanted(self, &itself) : role != ROLE_DELETE);
    ARRAY_PUSH(self->out, found);
}

/* The strings of __all__. */
static void search_all(Search *self, FileId file, Str name) {
    const Facts *facts = index_facts(self->index, file);
    for (uint32_t i = 0; i < facts->exports.count; i++) {
        uint32_t start = facts->exports.items[i].start;
        if (start == NONE || !str_eq(facts_text(facts, facts->exports.items[i].name), name)) continue;
        Targets targets = {0};
        bool found = false;
        self->query.work = WORK_PER_PLACE;
        query_module_member(&self->query, file, name, &targets);
        for (uint32_t t = 0; t < targets.len && !found; t++) found = is_wanted(self, &targets.items[t]);
        if (found)
            ARRAY_PUSH(self->out, (Reference){.file = file, .range = {start, start + (uint32_t)name.len}});
        ARRAY_FREE(&targets);
    }
}

/* Whether a name in a string annotation means it. */
static bool quoted_refers(Search *self, FileId file, uint32_t quoted) {
    Targets targets = {0};
    bool found = false;
    self->query.work = WORK_PER_PLACE;
    query_quoted(&self->query, file, quoted, &targets);
    for (uint32_t t = 0; t < targets.len && !found; t++) found = is_wanted(self, &targets.items[t]);
    ARRAY_FREE(&targets);
    return found;
}

/* The names in string annotations. */
static void search_quoted(Search *self, Posting posting) {
    const Facts *facts = index_facts(self->index, posting.file);
    for (uint32_t i = 0; i < facts->quoted.count; i++) {
        const QuotedName *quoted = &facts->quoted.items[i];
        if (quoted->name != posting.name || !quoted_refers(self, posting.file, i)) continue;
        Range range = {quoted->start, quoted->start + (uint32_t)facts_name(facts, posting.name).len};
        ARRAY_PUSH(self->out, (Reference){.file = posting.file, .range = range});
    }
}

static void search_file(Search *self, Posting posting) {
    const Facts *facts = index_facts(self->index, posting.file);
    bool elsewhere = self->local != NONE && self->local != posting.file;
    if (elsewhere && !self->keywords) return;
    if (self->only != NONE && self->only != posting.file) return;
    bool uniform = scope_is_uniform(self->index, posting.file, posting.name);
    forget_scopes(self, facts);
    for (uint32_t i = 0; i < facts->occurrences.count && self->left; i++) {
        const Occurrence *at = &facts->occurrences.items[i];
        if (at->name != posting.name || (elsewhere && at->role != ROLE_KEYWORD)) continue;
        bool plain = at->role == ROLE_READ || at->role == ROLE_WRITE || at->role == ROLE_DELETE;
        if (plain ? name_refers(self, posting.file, i, uniform) : refers(self, posting.file, i))
            add(self, posting.file, i);
    }
    if (!elsewhere) search_quoted(self, posting);
    if (self->local == NONE) search_all(self, posting.file, facts_name(facts, posting.name));
}

static int by_path(const void *left, const void *right, void *context) {
    const Posting *a = left, *b = right;
    const Index *index = context;
    if (a->file == b->file) return (a->name > b->name) - (a->name < b->name);
    return str_compare(index_path(index, a->file), index_path(index, b->file));
}

/* The file of the definition comes first, should the work not do for all. */
static int by_interest(const void *left, const void *right, void *context) {
    const Search *self = context;
    const Posting *a = left, *b = right;
    FileId first = self->wanted.len ? self->wanted.items[0].file : NONE;
    if (a->file != b->file && (a->file == first || b->file == first)) return a->file == first ? -1 : 1;
    return by_path(left, right, (void *)(uintptr_t)self->index);
}

static int by_start(const void *left, const void *right) {
    const Reference *a = left, *b = right;
    return (a->range.start > b->range.start) - (a->range.start < b->range.start);
}

/* Puts the places in one file, all from `first` on, in order. They mostly are: only strings and other
 * spellings of a name come after what stands behind them. */
static void sort_from(References *found, uint32_t first) {
    uint32_t sorted = first + 1;
    while (sorted < found->len && by_start(&found->items[sorted - 1], &found->items[sorted]) <= 0) sorted++;
    if (sorted < found->len) qsort(found->items + first, found->len - first, sizeof *found->items, by_start);
}

static void search_files(Search *self, const Posting *postings, uint32_t count) {
    for (uint32_t i = 0, first = self->out->len; i < count; i++) {
        search_file(self, postings[i]);
        if (i + 1 < count && postings[i + 1].file == postings[i].file) continue;
        sort_from(self->out, first);
        first = self->out->len;
    }
}

/* --- names -------------------------------------------------------------------------------------- */

static void add_name(Search *self, FileId file, uint32_t name) {
    uint32_t id = index_name_id(self->index, file, name);
    for (uint32_t i = 0; i < self->names.len; i++) {
        if (self->names.items[i] == id) return;
    }
    ARRAY_PUSH(&self->names, id);
}

/* The name at hand, and those by which what is wanted is defined. */
static void add_asked_names(Search *self, FileId file, uint32_t name) {
    add_name(self, file, name);
    for (uint32_t i = 0; i < self->wanted.len && self->local == NONE; i++) {
        const Target *target = &self->wanted.items[i];
        if (target->symbol == 0) continue;
        const Facts *facts = index_facts(self->index, target->file);
        uint32_t occurrence = facts_occurrence_at(facts, target->name.start);
        if (occurrence != NONE) add_name(self, target->file, facts->occurrences.items[occurrence].name);
    }
    self->asked = self->names.len;
}

static void add_place(Search *self, FileId file, uint32_t name) {
    ARRAY_PUSH(&self->places, (Posting){.file = file, .name = name & 0xFFFFFFF});
}

/* The imports in a file that bind what they import under another name, or, where `alias` is wanted
 * everywhere else, under that one. */
static void add_imports(Search *self, Posting posting, bool alias) {
    const Facts *facts = index_facts(self->index, posting.file);
    Str wanted = facts_name(facts, posting.name);
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (!(import->flags & IMPORT_FROM)) continue;
        for (uint32_t n = import->names.first; n < import->names.first + import->names.count; n++) {
            const ImportName *name = &facts->import_names.items[n];
            bool renamed = name->alias != NONE && name->alias != posting.name;
            if (!(renamed || alias) || !str_eq(facts_text(facts, name->name), wanted)) continue;
            uint32_t occurrence = facts_occurrence_at(facts, name->start);
            if (occurrence == NONE || !refers(self, posting.file, occurrence)) continue;
            if (alias) add_place(self, posting.file, posting.name);
            if (renamed) add_place(self, posting.file, name->alias);
            if (renamed && import->scope == 0) add_name(self, posting.file, name->alias);
        }
    }
}

/* What imports rename is searched under its new name, too, there and where that is imported from. A module
 * is not: everybody gives it another one. */
static void add_aliases(Search *self) {
    bool module = self->wanted.len == 0 || self->wanted.items[0].symbol == 0;
    if (module || self->local != NONE || self->doubts) return;
    for (uint32_t n = 0; n < self->names.len; n++) {
        Postings postings = index_name_postings(self->index, self->names.items[n]);
        if (n >= self->asked)
            index_tell_name(self->index, index_name(self->index, self->names.items[n]), false);
        for (uint32_t i = 0; i < postings.count && self->left; i++) {
            if (self->only == NONE || self->only == postings.items[i].file)
                add_imports(self, postings.items[i], n >= self->asked);
        }
    }
}

/* Moves what was found in the first file, [start, end) of the results, to where its path belongs. */
static void order_files(Search *self, uint32_t start, uint32_t end) {
    Reference *items = self->out->items;
    uint32_t to = end, count = end - start;
    if (count == 0) return;
    Str path = index_path(self->index, items[start].file);
    while (to < self->out->len && str_compare(index_path(self->index, items[to].file), path) < 0) to++;
    Reference *moved = mem_alloc(count * sizeof *moved);
    memcpy(moved, items + start, count * sizeof *moved);
    memmove(items + start, items + end, (to - end) * sizeof *items);
    memcpy(items + start + (to - end), moved, count * sizeof *moved);
    mem_free(moved);
}

/* Searches everything once, in each file one name after the other. */
static void search_places(Search *self) {
    uint32_t kept = 0, start = self->out->len, first = 0;
    if (self->places.len)
        qsort_r(self->places.items, self->places.len, sizeof *self->places.items, by_interest, self);
    for (uint32_t i = 0; i < self->places.len; i++) {
        Posting place = self->places.items[i];
        const Posting *last = kept ? &self->places.items[kept - 1] : NULL;
        if (last == NULL || last->file != place.file || last->name != place.name)
            self->places.items[kept++] = place;
    }
    while (first < kept && self->places.items[first].file == self->places.items[0].file) first++;
    search_files(self, self->places.items, first);
    uint32_t end = self->out->len;
    search_files(self, self->places.items + first, kept - first);
    order_files(self, start, end);
}

/* Every place of the name, once it is known what is wanted. */
static void search(Search *self, FileId file, uint32_t name) {
    if (self->wanted.len) qsort(self->wanted.items, self->wanted.len, sizeof(Target), by_name_place);
    bool known = self->wanted.len > 0 || self->scope != NONE || self->guesses;
    bool everywhere = (self->local == NONE || self->keywords) && self->only == NONE;
    if (!known) return;
    add_asked_names(self, file, name);
    for (uint32_t n = 0; n < self->asked; n++) {
        uint32_t id = self->names.items[n];
        Postings postings = index_name_postings(self->index, id);
        if (everywhere) index_tell_name(self->index, index_name(self->index, id), false);
        for (uint32_t i = 0; i < postings.count; i++) ARRAY_PUSH(&self->places, postings.items[i]);
    }
    add_aliases(self);
    search_places(self);
}

static Search search_new(const Index *index, uint32_t work, References *out) {
    Search self = {.index = index, .only = NONE, .local = NONE, .scope = NONE, .left = work, .out = out};
    query_init(&self.query, index);
    return self;
}

static void search_release(Search *self) {
    query_release(&self->query);
    ARRAY_FREE(&self->wanted);
    ARRAY_FREE(&self->names);
    ARRAY_FREE(&self->places);
    ARRAY_FREE(&self->scopes);
}

bool references_find(const Index *index, FileId file, uint32_t occurrence, FileId only, References *out) {
    Search self = search_new(index, WORK_IN_ALL, out);
    self.only = only;
    Targets targets = {0};
    query_occurrence(&self.query, file, occurrence, &targets);
    stubs_add_counterparts(index, &targets);
    for (uint32_t i = 0; i < targets.len; i++) want(&self, &targets.items[i]);
    if (targets.len == 0 && is_unknown_member(index, file, occurrence))
        want_guesses(&self, file, occurrence);
    else if (targets.len == 0)
        want_unresolved(&self, file, occurrence);
    search(&self, file, index_facts(index, file)->occurrences.items[occurrence].name);
    bool all = self.left > 0;
    search_release(&self);
    ARRAY_FREE(&targets);
    return all;
}

void doubts_release(Doubts *self) {
    ARRAY_FREE(&self->others);
    ARRAY_FREE(&self->unsure);
}

void references_find_targets(const Index *index, FileId file, uint32_t name, const Targets *targets,
                             References *out, Doubts *doubts) {
    Search self = search_new(index, WORK_WITH_DOUBTS, out);
    self.doubts = doubts;
    for (uint32_t i = 0; i < targets->len; i++) want(&self, &targets->items[i]);
    search(&self, file, name);
    doubts->cut = self.left == 0;
    search_release(&self);
}

/* Whether the limits allowed it. */
static bool count_in(Search *self, Posting posting, uint32_t *looked) {
    *looked += index_facts(self->index, posting.file)->occurrences.count;
    if (*looked <= OCCURRENCES_OF_COUNT) search_file(self, posting);
    return *looked <= OCCURRENCES_OF_COUNT && self->left;
}

uint32_t references_count(const Index *index, SymbolRef ref, bool *more) {
    *more = false;
    if (ref.symbol == 0) return 0;
    References found = {0};
    Search self = search_new(index, WORK_OF_COUNT, &found);
    Target target = query_symbol_target(index, ref.file, ref.symbol);
    want(&self, &target);
    qsort(self.wanted.items, self.wanted.len, sizeof(Target), by_name_place);
    uint32_t name = index_facts(index, ref.file)->symbols.items[ref.symbol].name, looked = 0, count = 0;
    Postings postings = index_name_postings(index, index_name_id(index, ref.file, name));
    for (int others = 0; others < 2; others++) { /* its own file first */
        for (uint32_t i = 0; i < postings.count && !*more; i++) {
            bool other = postings.items[i].file != ref.file;
            if (other == others) *more = !count_in(&self, postings.items[i], &looked);
        }
    }
    for (uint32_t i = 0; i < found.len; i++) count += !found.items[i].declaration;
    search_release(&self);
    ARRAY_FREE(&found);
    return count;
}
