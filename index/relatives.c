#include "index/relatives.h"

#include "index/hierarchy.h"
#include "index/query.h"
#include "index/stubs.h"

enum { MOST_SEARCHES = 4 /* for subclasses, in one answer */ };

/* --- declarations ------------------------------------------------------------------------------- */

/* The global or nonlocal statement that an occurrence's scope has for its name; NONE also when it is that. */
static uint32_t find_statement(const Facts *facts, uint32_t occurrence) {
    uint32_t scope = facts_scope_of(facts, occurrence);
    Slice bindings = facts_bindings_of(facts, facts->occurrences.items[occurrence].name);
    for (uint32_t i = bindings.first; i < bindings.first + bindings.count; i++) {
        Binding binding = facts->bindings.items[i];
        Role role = (Role)facts->occurrences.items[binding.occurrence].role;
        if (binding.scope == scope && (role == ROLE_GLOBAL || role == ROLE_NONLOCAL))
            return binding.occurrence == occurrence ? NONE : binding.occurrence;
    }
    return NONE;
}

/* What the file itself binds the name by: imports, else the first binding. */
static void push_bindings(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(index, file);
    uint32_t statement = find_statement(facts, occurrence), before = out->len;
    Numbers bindings = {0};
    if (statement != NONE)
        ARRAY_PUSH(&bindings, statement);
    else
        scope_lookup(index, file, facts_scope_of(facts, occurrence),
                     facts->occurrences.items[occurrence].name, &bindings);
    for (uint32_t i = 0; i < bindings.len; i++) {
        if (facts->occurrences.items[bindings.items[i]].role == ROLE_IMPORT)
            query_push_target(out, query_binding_target(index, file, bindings.items[i]));
    }
    if (out->len == before && bindings.len)
        query_push_target(out, query_binding_target(index, file, bindings.items[0]));
    ARRAY_FREE(&bindings);
}

/* Whether an occurrence names something of its own scope, other than by importing it. */
static bool is_plain(Role role) {
    return role <= ROLE_TYPE_PARAM || role == ROLE_GLOBAL || role == ROLE_NONLOCAL;
}

void relatives_definitions(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    Targets found = {0};
    resolve_occurrence(index, file, occurrence, &found);
    for (uint32_t i = 0; i < found.len; i++) {
        if (!stubs_counterparts(index, &found.items[i], false, out)) query_push_target(out, found.items[i]);
    }
    ARRAY_FREE(&found);
}

void relatives_declarations(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    Targets found = {0};
    if (is_plain((Role)index_facts(index, file)->occurrences.items[occurrence].role))
        push_bindings(index, file, occurrence, &found);
    if (found.len == 0) resolve_occurrence(index, file, occurrence, &found);
    for (uint32_t i = 0; i < found.len; i++) {
        if (!stubs_counterparts(index, &found.items[i], true, out)) query_push_target(out, found.items[i]);
    }
    ARRAY_FREE(&found);
}

/* --- types -------------------------------------------------------------------------------------- */

static bool is_shown(const Index *index, const Type *type) {
    return type->symbol.symbol == 0 || query_is_class(index, type->symbol);
}

/* Functions make way for what they return. */
static Types values_of(Query *self, FileId file, uint32_t occurrence) {
    Types types = {0}, values = {0};
    query_types(self, file, occurrence, &types);
    query_bind_parameters(self, &types);
    for (uint32_t i = 0; i < types.len; i++) {
        if (is_shown(self->index, &types.items[i]))
            query_push_type(&values, types.items[i]);
        else
            query_step(self, types.items[i], STEP_CALL, &values);
    }
    ARRAY_FREE(&types);
    return values;
}

void relatives_types(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    Query query;
    query_init(&query, index);
    Types types = values_of(&query, file, occurrence);
    for (uint32_t i = 0; i < types.len; i++) {
        SymbolRef ref = types.items[i].symbol;
        if (is_shown(index, &types.items[i]))
            query_push_target(out, query_symbol_target(index, ref.file, ref.symbol));
    }
    ARRAY_FREE(&types);
    query_release(&query);
}

/* --- implementations ---------------------------------------------------------------------------- */

static bool is_protocol(const Facts *facts, const Symbol *class) {
    return hierarchy_any_called(facts, class->bases, STR("Protocol"));
}

static bool is_abstract_class(const Facts *facts, const Symbol *class) {
    if (is_protocol(facts, class) || hierarchy_any_called(facts, class->bases, STR("ABC"))) return true;
    for (uint32_t i = 0; i < class->keywords.count; i++) {
        Str keyword = facts_text(facts, facts->texts.items[class->keywords.first + i]);
        if (str_starts_with(keyword, STR("metaclass=")) && str_ends_with(keyword, STR("ABCMeta")))
            return true;
    }
    return false;
}

static bool is_abstract(const Index *index, const Target *target) {
    const Facts *facts = index_facts(index, target->file);
    if (target->symbol == NONE || target->symbol == 0) return false;
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    if (symbol->kind == SYMBOL_CLASS) return is_abstract_class(facts, symbol);
    const Symbol *parent = &facts->symbols.items[symbol->parent];
    return hierarchy_any_called(facts, symbol->decorators, STR("abstractmethod")) ||
           (parent->kind == SYMBOL_CLASS && is_protocol(facts, parent));
}

/* The classes below a class; of a protocol, also those that have what it asks for. */
static SymbolRefs classes_below(const Index *index, SymbolRef class) {
    SymbolRefs below = {0};
    const Facts *facts = index_facts(index, class.file);
    hierarchy_subclasses(index, class, SUBCLASSES_ALL, &below);
    if (is_protocol(facts, &facts->symbols.items[class.symbol])) hierarchy_implementers(index, class, &below);
    return below;
}

/* What the classes below that of a member bind in its place. */
static void push_overrides(const Index *index, SymbolRef class, Str name, Targets *out) {
    SymbolRefs below = classes_below(index, class);
    Query query;
    query_init(&query, index);
    uint32_t allowance = query.work;
    for (uint32_t i = 0; i < below.len; i++) {
        query.work = allowance; /* that of one class; the search has bounded their number */
        query_own_class_member(&query, below.items[i], name, out);
    }
    query_release(&query);
    ARRAY_FREE(&below);
}

static void push_subclasses(const Index *index, SymbolRef class, Targets *out) {
    SymbolRefs below = classes_below(index, class);
    for (uint32_t i = 0; i < below.len; i++)
        query_push_target(out, query_symbol_target(index, below.items[i].file, below.items[i].symbol));
    ARRAY_FREE(&below);
}

/* What stands below a target in the hierarchy of classes. */
static void push_below(const Index *index, const Target *target, Targets *out) {
    const Facts *facts = index_facts(index, target->file);
    if (target->symbol == NONE || target->symbol == 0) return;
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    if (symbol->kind == SYMBOL_CLASS)
        push_subclasses(index, (SymbolRef){target->file, target->symbol}, out);
    else if (facts->symbols.items[symbol->parent].kind == SYMBOL_CLASS)
        push_overrides(index, (SymbolRef){target->file, symbol->parent}, symbol_name(facts, symbol), out);
}

/* Whether an earlier target is a member of the same name in the same class: overloads, an attribute that is
 * set in several places. */
static bool is_repeated(const Index *index, const Targets *targets, uint32_t place) {
    const Target *target = &targets->items[place];
    if (target->symbol == NONE || target->symbol == 0) return false;
    const Facts *facts = index_facts(index, target->file);
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    for (uint32_t i = 0; i < place && symbol->kind != SYMBOL_CLASS; i++) {
        if (targets->items[i].file != target->file || targets->items[i].symbol == NONE) continue;
        const Symbol *other = &facts->symbols.items[targets->items[i].symbol];
        if (other->parent == symbol->parent && other->name == symbol->name) return true;
    }
    return false;
}

void relatives_implementations(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    Targets found = {0};
    resolve_occurrence(index, file, occurrence, &found);
    uint32_t start = index_facts(index, file)->occurrences.items[occurrence].start;
    for (uint32_t i = 0; i < found.len; i++) {
        const Target *target = &found.items[i];
        bool here = target->file == file && target->name.start == start && target->symbol != 0;
        if (!stubs_counterparts(index, target, false, out) && !here && !is_abstract(index, target))
            query_push_target(out, *target);
    }
    for (uint32_t i = 0, searches = 0; i < found.len && searches < MOST_SEARCHES; i++) {
        if (found.items[i].guess || is_repeated(index, &found, i)) continue;
        push_below(index, &found.items[i], out);
        searches++;
    }
    ARRAY_FREE(&found);
}
