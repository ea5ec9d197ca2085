#include "index/hierarchy.h"

#include "index/query.h"

#include <stdlib.h>

enum {
    WORK_PER_PLACE = 4000,
    WORK_IN_ALL = 200000,
    WORK_PER_CANDIDATE = 32,   /* for the order of its bases */
    OCCURRENCES_PER_WORK = 64, /* that are passed over; likewise bindings */
};

typedef struct {
    Query query;
    const Index *index;
    SymbolRef class;
    Numbers names; /* index-wide: what it may be called in a list of bases */
    uint32_t left; /* work */
    SymbolRefs *out;
} Search;

static void spend(Search *self, uint32_t work) { self->left -= work < self->left ? work : self->left; }

static bool same(SymbolRef a, SymbolRef b) { return a.file == b.file && a.symbol == b.symbol; }

/* --- other names -------------------------------------------------------------------------------- */

static void add_name(Search *self, uint32_t name) {
    for (uint32_t i = 0; i < self->names.len; i++) {
        if (self->names.items[i] == name) return;
    }
    ARRAY_PUSH(&self->names, name);
}

static bool means_class(Search *self, FileId file, uint32_t occurrence) {
    Targets targets = {0};
    bool found = false;
    query_occurrence(&self->query, file, occurrence, &targets);
    for (uint32_t i = 0; i < targets.len && !found; i++)
        found = same((SymbolRef){targets.items[i].file, targets.items[i].symbol}, self->class);
    ARRAY_FREE(&targets);
    return found;
}

/* The variable that is bound to the dotted name ending with an occurrence, and to nothing more: `B = m.A`. */
static uint32_t variable_of(const Facts *facts, uint32_t occurrence) {
    uint32_t head = occurrence;
    while (head > 0 && facts->occurrences.items[head].flags & OCCURRENCE_CHAINED) head--;
    if (head == 0 || facts->occurrences.items[head - 1].role != ROLE_WRITE) return NONE;
    Slice values = facts_values_of(facts, head - 1);
    for (uint32_t i = 0; i < values.count; i++) {
        const Value *value = &facts->values.items[values.first + i];
        if (value->use == VALUE_BOUND && value->kind == VALUE_NAME && value->at == occurrence &&
            value->steps == 0)
            return facts->occurrences.items[head - 1].name;
    }
    return NONE;
}

/* The file's name for what an occurrence names: `import A as B`, `B = A`. */
static uint32_t other_name(const Facts *facts, uint32_t occurrence) {
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const ImportName *name;
    if (at->role == ROLE_READ || at->role == ROLE_ATTRIBUTE) return variable_of(facts, occurrence);
    if (at->role != ROLE_IMPORT_PATH) return NONE;
    query_import_at(facts, at->start, &name);
    return name ? name->alias : NONE;
}

/* --- search ------------------------------------------------------------------------------------- */

/* The class whose list of bases holds an occurrence: no other definition's name stands between. */
static uint32_t class_before(const Facts *facts, uint32_t occurrence) {
    while (occurrence > 0 && facts->occurrences.items[occurrence].role != ROLE_DEFINITION) occurrence--;
    uint32_t symbol = facts_symbol_named_at(facts, facts->occurrences.items[occurrence].start);
    bool is_class = symbol != NONE && facts->symbols.items[symbol].kind == SYMBOL_CLASS;
    return is_class ? symbol : NONE;
}

/* The class whose list of bases holds an occurrence is below, unless it is known to be. */
static void add_class(Search *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    SymbolRef below = {file, class_before(facts, occurrence)};
    if (below.symbol == NONE || same(below, self->class)) return;
    if (query_find(&self->query, KEY_FOUND, file, below.symbol) != NONE) return;
    SymbolRefs bases = {0};
    bool found = false;
    query_bases(&self->query, below, &bases);
    for (uint32_t i = 0; i < bases.len && !found; i++) found = same(bases.items[i], self->class);
    ARRAY_FREE(&bases);
    if (!found) return;
    query_keep(&self->query, KEY_FOUND, file, below.symbol, 0);
    ARRAY_PUSH(self->out, below);
}

static void look_at(Search *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    bool base = facts->occurrences.items[occurrence].flags & OCCURRENCE_BASE;
    uint32_t other = base ? NONE : other_name(facts, occurrence);
    if (!base && other == NONE) return;
    uint32_t allowance = self->left < WORK_PER_PLACE ? self->left : WORK_PER_PLACE;
    self->query.work = allowance;
    if (base)
        add_class(self, file, occurrence);
    else if (means_class(self, file, occurrence))
        add_name(self, index_name_id(self->index, file, other));
    uint32_t bindings = facts_bindings_of(facts, facts->occurrences.items[occurrence].name).count;
    spend(self, allowance - self->query.work + bindings / OCCURRENCES_PER_WORK);
}

static void search_file(Search *self, Posting posting) {
    const Facts *facts = index_facts(self->index, posting.file);
    spend(self, facts->occurrences.count / OCCURRENCES_PER_WORK + 1);
    for (uint32_t i = 0; i < facts->occurrences.count && self->left; i++) {
        if (facts->occurrences.items[i].name == posting.name) look_at(self, posting.file, i);
    }
}

/* Reading order of ids depends on how the files came; paths do not. */
typedef struct {
    Str path;
    SymbolRef ref;
} Found;

static int by_path_place(const void *left, const void *right) {
    const Found *a = left, *b = right;
    int order = str_compare(a->path, b->path);
    return order ? order : (a->ref.symbol > b->ref.symbol) - (a->ref.symbol < b->ref.symbol);
}

static void sort_from(Search *self, uint32_t first) {
    Array(Found) found = {0};
    for (uint32_t i = first; i < self->out->len; i++) {
        SymbolRef ref = self->out->items[i];
        ARRAY_PUSH(&found, (Found){index_path(self->index, ref.file), ref});
    }
    if (found.len > 1) qsort(found.items, found.len, sizeof(Found), by_path_place);
    for (uint32_t i = 0; i < found.len; i++) self->out->items[first + i] = found.items[i].ref;
    ARRAY_FREE(&found);
}

static void search_below(Search *self, SymbolRef class) {
    self->class = class;
    self->names.len = 0;
    uint32_t name = index_facts(self->index, class.file)->symbols.items[class.symbol].name;
    add_name(self, index_name_id(self->index, class.file, name));
    for (uint32_t n = 0; n < self->names.len; n++) {
        index_tell_name(self->index, index_name(self->index, self->names.items[n]), false);
        Postings postings = index_name_postings(self->index, self->names.items[n]);
        for (uint32_t i = 0; i < postings.count && self->left; i++) search_file(self, postings.items[i]);
    }
}

void hierarchy_subclasses(const Index *index, SymbolRef class, Subclasses which, SymbolRefs *out) {
    Search self = {.index = index, .left = WORK_IN_ALL, .out = out};
    query_init(&self.query, index);
    query_keep(&self.query, KEY_FOUND, class.file, class.symbol, 0);
    uint32_t next = out->len;
    search_below(&self, class);
    sort_from(&self, next);
    while (which == SUBCLASSES_ALL && next < out->len) {
        uint32_t end = out->len;
        for (; next < end; next++) search_below(&self, out->items[next]);
        sort_from(&self, end);
    }
    query_release(&self.query);
    ARRAY_FREE(&self.names);
}

/* --- protocols ---------------------------------------------------------------------------------- */

static bool is_called(Str dotted, Str name) {
    Str head = str_slice(dotted, 0, str_find_byte(dotted, '['));
    return str_eq(str_from(head, str_rfind_byte(head, '.') + 1), name);
}

bool hierarchy_any_called(const Facts *facts, Slice texts, Str name) {
    for (uint32_t i = 0; i < texts.count; i++) {
        if (is_called(facts_text(facts, facts->texts.items[texts.first + i]), name)) return true;
    }
    return false;
}

static bool has_members(Search *self, SymbolRef class) {
    bool all = true;
    for (uint32_t i = 0; i < self->names.len && all; i++) {
        Targets found = {0};
        query_class_member(&self->query, class, index_name(self->index, self->names.items[i]), false, &found);
        all = found.len > 0;
        ARRAY_FREE(&found);
    }
    return all;
}

/* A SymbolVisitor: something of the name of a member. */
static void add_implementer(void *context, SymbolRef member) {
    Search *self = context;
    const Facts *facts = index_facts(self->index, member.file);
    SymbolRef class = {member.file, facts->symbols.items[member.symbol].parent};
    if (self->left == 0 || !query_is_class(self->index, class)) return;
    if (query_find(&self->query, KEY_FOUND, class.file, class.symbol) != NONE) return;
    if (hierarchy_any_called(facts, facts->symbols.items[class.symbol].bases, STR("Protocol"))) return;
    query_keep(&self->query, KEY_FOUND, class.file, class.symbol, 0);
    uint32_t allowance = self->left < WORK_PER_PLACE ? self->left : WORK_PER_PLACE;
    self->query.work = allowance;
    if (has_members(self, class)) ARRAY_PUSH(self->out, class);
    spend(self, allowance - self->query.work + WORK_PER_CANDIDATE);
}

void hierarchy_implementers(const Index *index, SymbolRef protocol, SymbolRefs *out) {
    Search self = {.index = index, .class = protocol, .left = WORK_IN_ALL, .out = out};
    uint32_t first = out->len;
    query_init(&self.query, index);
    const Facts *facts = index_facts(index, protocol.file);
    for (uint32_t s = NONE; (s = facts_next_child(facts, protocol.symbol, s)) != NONE;)
        add_name(&self, index_name_id(index, protocol.file, facts->symbols.items[s].name));
    for (uint32_t i = 0; i < self.names.len; i++)
        index_each_symbol_named(index, index_name(index, self.names.items[i]), add_implementer, &self);
    sort_from(&self, first);
    query_release(&self.query);
    ARRAY_FREE(&self.names);
}

void hierarchy_bases(const Index *index, SymbolRef class, SymbolRefs *out) {
    Query query;
    query_init(&query, index);
    query_bases(&query, class, out);
    query_release(&query);
}
