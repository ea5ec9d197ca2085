#include "index/renaming.h"

#include "index/name.h"

/* The Python Language Reference, 6.2.1 "Identifiers": in a class, `__name` is the name of no other one. */
static bool is_private(Str name) { return str_starts_with(name, STR("__")) && !name_is_dunder(name); }

/* --- members ------------------------------------------------------------------------------------ */

/* The class that a target is a member of; false when it is none. */
static bool class_of(const Index *index, const Target *target, SymbolRef *out) {
    const Facts *facts = index_facts(index, target->file);
    if (target->symbol == NONE || target->symbol == 0) return false;
    *out = (SymbolRef){target->file, facts->symbols.items[target->symbol].parent};
    return query_is_class(index, *out);
}

/* What is known of a class. */
typedef enum {
    CLASS_OWNER = 1,   /* a target is a member of it */
    CLASS_RELATED = 2, /* it is in `related` */
    CLASS_JOINED = 4,  /* its own members of the name are targets */
} ClassMark;

static bool is_marked(const Renaming *self, SymbolRef class, ClassMark mark) {
    uint32_t marks = query_find(&self->query, KEY_FOUND, class.file, class.symbol);
    return marks != NONE && marks & mark;
}

/* False when it has the mark already. */
static bool mark_class(Renaming *self, SymbolRef class, ClassMark mark) {
    uint32_t marks = query_find(&self->query, KEY_FOUND, class.file, class.symbol);
    if (marks == NONE) marks = 0;
    query_keep(&self->query, KEY_FOUND, class.file, class.symbol, marks | mark);
    return (marks & mark) == 0;
}

static void collect_owners(Renaming *self) {
    SymbolRef class;
    for (uint32_t i = 0; i < self->targets.len; i++) {
        if (!class_of(self->index, &self->targets.items[i], &class)) continue;
        mark_class(self, class, CLASS_OWNER);
        self->has_owners = true;
    }
}

static SymbolRefs order_of(Renaming *self, SymbolRef class) {
    self->query.work = RENAMING_WORK;
    return query_order(&self->query, class);
}

static void relate(Renaming *self, SymbolRef class) {
    if (is_marked(self, class, CLASS_RELATED)) return;
    SymbolRefs order = order_of(self, class);
    bool related = false;
    for (uint32_t i = 0; i < order.len && !related; i++)
        related = is_marked(self, order.items[i], CLASS_OWNER);
    if (!related) return;
    mark_class(self, class, CLASS_RELATED);
    const Facts *facts = index_facts(self->index, class.file);
    index_tell_name(self->index, symbol_name(facts, &facts->symbols.items[class.symbol]), false);
    ARRAY_PUSH(&self->related, class);
}

static void collect_related(Renaming *self) {
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        const Facts *facts = index_facts(self->index, file);
        if (facts == NULL || !renaming_may_edit(self, file)) continue;
        for (uint32_t s = 1; s < facts->tree_count; s++) {
            if (facts->symbols.items[s].kind == SYMBOL_CLASS) relate(self, (SymbolRef){file, s});
        }
    }
}

/* All members of the name in one class and those above it: who overrides whom must stay so. */
static bool join_members(Renaming *self, SymbolRef class) {
    SymbolRefs order = order_of(self, class);
    Targets found = {0};
    for (uint32_t i = 0; i < order.len; i++) {
        SymbolRef owner = order_of(self, class).items[i];
        if (!mark_class(self, owner, CLASS_JOINED)) continue;
        self->query.work = RENAMING_WORK;
        query_own_class_member(&self->query, owner, self->from, &found);
    }
    bool ok = renaming_add_targets(self, &found);
    ARRAY_FREE(&found);
    return ok;
}

/* Whether every base that a class names leads somewhere. */
static bool check_bases(Renaming *self, SymbolRef class) {
    const Facts *facts = index_facts(self->index, class.file);
    const Symbol *symbol = &facts->symbols.items[class.symbol];
    for (uint32_t i = 0; i < symbol->bases.count; i++) {
        Str base = facts_text(facts, facts->texts.items[symbol->bases.first + i]);
        size_t end = 0;
        while (end < base.len && base.data[end] != '[' && base.data[end] != '(') end++;
        Targets found = {0};
        self->query.work = RENAMING_WORK;
        query_dotted(&self->query, class.file, scope_around(facts, class.symbol),
                     str_trim(str_slice(base, 0, end)), &found);
        uint32_t count = found.len;
        ARRAY_FREE(&found);
        if (count == 0 && !str_eq(base, STR("object")))
            return renaming_refuse_at(self, base, class.file, symbol->range.start,
                                      "is a base that is not known: it may have a member of that name");
    }
    return true;
}

/* What is joined may bring further classes. */
bool renaming_join_overrides(Renaming *self) {
    for (uint32_t joined = NONE; joined != self->targets.len;) {
        joined = self->targets.len;
        collect_owners(self);
        if (!self->has_owners) return true;
        collect_related(self);
        if (is_private(self->from)) return true; /* it is the name of no other class's member */
        for (uint32_t i = 0; i < self->related.len; i++) {
            if (!join_members(self, self->related.items[i]) || !check_bases(self, self->related.items[i]))
                return false;
        }
    }
    return true;
}

bool renaming_check_members(Renaming *self) {
    for (uint32_t i = 0; i < self->related.len; i++) {
        SymbolRef class = self->related.items[i];
        const Facts *facts = index_facts(self->index, class.file);
        Targets found = {0};
        self->query.work = RENAMING_WORK;
        query_class_member(&self->query, class, self->to, false, &found);
        uint32_t count = found.len;
        ARRAY_FREE(&found);
        const Symbol *symbol = &facts->symbols.items[class.symbol];
        if (count)
            return renaming_refuse_at(self, symbol_name(facts, symbol), class.file, symbol->name_start,
                                      "has a member of the new name already");
    }
    return true;
}

/* --- parameters --------------------------------------------------------------------------------- */

/* The method whose parameter, that a call may give by name, a target is; false when it is none. */
static bool method_of(const Index *index, const Target *target, SymbolRef *out) {
    const Facts *facts = index_facts(index, target->file);
    uint32_t occurrence = target->symbol == 0 ? NONE : facts_occurrence_at(facts, target->name.start);
    if (occurrence == NONE || facts->occurrences.items[occurrence].role != ROLE_PARAM) return false;
    const Scope *scope = &facts->scopes.items[facts_scope_of(facts, occurrence)];
    const Symbol *method = &facts->symbols.items[scope->symbol];
    if (scope->kind != SCOPE_FUNCTION || method->kind != SYMBOL_METHOD) return false;
    const Param *first = &facts->params.items[method->params.first];
    *out = (SymbolRef){target->file, scope->symbol};
    bool is_receiver = method->params.count && first->start == target->name.start;
    return !is_receiver && !name_is_dunder(symbol_name(facts, method));
}

/* Adds the parameter of the name that a method has. */
static bool join_param(Renaming *self, const Target *method) {
    if (method->symbol == NONE || method->symbol == 0) return true;
    const Facts *facts = index_facts(self->index, method->file);
    const Symbol *symbol = &facts->symbols.items[method->symbol];
    Targets found = {0};
    for (uint32_t i = symbol->kind == SYMBOL_METHOD ? 1 : symbol->params.count; i < symbol->params.count;
         i++) {
        const Param *param = &facts->params.items[symbol->params.first + i];
        uint32_t at = facts_occurrence_at(facts, param->start);
        if (param_takes_keyword(param->kind) && at != NONE &&
            str_eq(facts_name(facts, param->name), self->from))
            query_push_target(&found, query_binding_target(self->index, method->file, at));
    }
    bool ok = renaming_add_targets(self, &found);
    ARRAY_FREE(&found);
    return ok;
}

static bool holds(SymbolRefs refs, SymbolRef ref) {
    for (uint32_t i = 0; i < refs.len; i++) {
        if (refs.items[i].file == ref.file && refs.items[i].symbol == ref.symbol) return true;
    }
    return false;
}

/* The methods of the name in a class and those above it, if one of these is `owner`. */
static bool join_methods(Renaming *self, SymbolRef class, SymbolRef owner, Str name) {
    if (!holds(order_of(self, class), owner)) return true;
    bool ok = true;
    for (uint32_t i = 0; ok && i < order_of(self, class).len; i++) {
        Targets found = {0};
        query_own_class_member(&self->query, order_of(self, class).items[i], name, &found);
        for (uint32_t t = 0; t < found.len && ok; t++) ok = join_param(self, &found.items[t]);
        ARRAY_FREE(&found);
    }
    return ok;
}

bool renaming_join_params(Renaming *self) {
    SymbolRef method;
    for (uint32_t i = 0; i < self->targets.len; i++) {
        if (!method_of(self->index, &self->targets.items[i], &method)) continue;
        const Facts *there = index_facts(self->index, method.file);
        const Symbol *symbol = &there->symbols.items[method.symbol];
        SymbolRef owner = {method.file, symbol->parent};
        for (FileId file = 0; file < index_file_end(self->index); file++) {
            const Facts *facts = index_facts(self->index, file);
            for (uint32_t s = 1; facts && renaming_may_edit(self, file) && s < facts->tree_count; s++) {
                if (facts->symbols.items[s].kind == SYMBOL_CLASS &&
                    !join_methods(self, (SymbolRef){file, s}, owner, symbol_name(there, symbol)))
                    return false;
            }
        }
    }
    return true;
}

/* --- names of one class ------------------------------------------------------------------------- */

/* The class in whose body an offset lies, or NONE. */
static uint32_t class_around(const Facts *facts, uint32_t offset) {
    uint32_t occurrence = facts_occurrence_at(facts, offset);
    uint32_t scope = occurrence == NONE ? NONE : facts_scope_of(facts, occurrence);
    while (scope != NONE && facts->scopes.items[scope].kind != SCOPE_CLASS)
        scope = facts->scopes.items[scope].parent;
    return scope == NONE ? NONE : facts->scopes.items[scope].symbol;
}

bool renaming_check_private(Renaming *self) {
    if (!is_private(self->to) || is_private(self->from) || !self->has_owners) return true;
    const References *places = &self->out->sure;
    for (uint32_t i = 0; i < places->len; i++) {
        const Reference *place = &places->items[i];
        uint32_t class = class_around(index_facts(self->index, place->file), place->range.start);
        SymbolRef owner;
        bool one = class_of(self->index, &self->targets.items[0], &owner);
        if (!one || place->file != owner.file || class != owner.symbol)
            return renaming_refuse_at(
                self, self->from, place->file, place->range.start,
                "stands outside of the class, where the new name would mean another one");
    }
    return true;
}
