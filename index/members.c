/* Classes: what they inherit from and what is found behind a dot. */
#include "index/module.h"
#include "index/name.h"
#include "index/query.h"

enum { MOST_CLASSES = 256 /* in one order */, MOST_BINDINGS = 256 /* of one name that count */ };

bool query_is_class(const Index *index, SymbolRef ref) {
    if (ref.file == NONE) return false;
    const Symbol *symbol = &index_facts(index, ref.file)->symbols.items[ref.symbol];
    return symbol->kind == SYMBOL_CLASS || symbol->flags & SYMBOL_MADE;
}

static bool same(SymbolRef a, SymbolRef b) { return a.file == b.file && a.symbol == b.symbol; }

/* --- order -------------------------------------------------------------------------------------- */

void query_push_library(Query *self, FileId file, Str module, Str class, Types *out) {
    Targets targets = {0};
    FileId found = query_find_module(self, file, module, 0);
    if (found != NONE) query_module_member(self, found, class, &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        SymbolRef ref = {targets.items[i].file, targets.items[i].symbol};
        if (ref.symbol == NONE || !query_is_class(self->index, ref)) continue;
        query_push_type(out, (Type){.symbol = ref, .receiver = {NONE, NONE}, .instance = true});
    }
    ARRAY_FREE(&targets);
}

void query_push_container(Query *self, FileId file, Step step, Types *out) {
    static const struct {
        const char *module, *class;
    } holders[STEP_CLASS] = {
        [STEP_CALL] = {"builtins", "function"},     [STEP_LIST] = {"builtins", "list"},
        [STEP_SET] = {"builtins", "set"},           [STEP_DICT] = {"builtins", "dict"},
        [STEP_GENERATOR] = {"typing", "Generator"}, [STEP_IN] = {"builtins", "tuple"},
    };
    if (step > STEP_IN && step < STEP_CLASS) step = STEP_IN;
    query_push_library(self, file, str_of(holders[step].module), str_of(holders[step].class), out);
}

/* The class that a base means: `Class`, `Class[…]`, `typing.Dict[…]`; false when it is not known. Of
 * conditional definitions, one. */
static bool read_base(Query *self, SymbolRef class, Str text, SymbolRef *out) {
    uint32_t scope = scope_around(index_facts(self->index, class.file), class.symbol);
    Str head = str_slice(text, 0, str_find_byte(text, '['));
    Types types = {0};
    bool found = false;
    query_annotation(self, class.file, scope, head, &types);
    for (uint32_t t = 0; t < types.len && !found; t++) {
        *out = types.items[t].symbol;
        found = !types.items[t].wraps && query_is_class(self->index, *out) && !same(*out, class);
    }
    if (types.len == 0) found = query_form_class(self, class.file, head, out) && !same(*out, class);
    ARRAY_FREE(&types);
    return found;
}

/* The class of a library that a class which a call makes inherits from. */
static void made_base(Query *self, SymbolRef class, Str dotted, SymbolRefs *out) {
    size_t dot = str_rfind_byte(dotted, '.');
    Types types = {0};
    query_push_library(self, class.file, str_slice(dotted, 0, dot), str_from(dotted, dot + 1), &types);
    if (types.len) ARRAY_PUSH(out, types.items[0].symbol);
    ARRAY_FREE(&types);
}

void query_bases(Query *self, SymbolRef class, SymbolRefs *out) {
    const Facts *facts = index_facts(self->index, class.file);
    Slice bases = facts->symbols.items[class.symbol].bases;
    if (facts->symbols.items[class.symbol].flags & SYMBOL_MADE) {
        made_base(self, class, facts_text(facts, facts->texts.items[bases.first]), out);
        return;
    }
    for (uint32_t i = 0; i < bases.count; i++) {
        SymbolRef base;
        if (read_base(self, class, facts_text(facts, facts->texts.items[bases.first + i]), &base))
            ARRAY_PUSH(out, base);
    }
}

/* A number of the class, counted from 0 in each question. */
static uint32_t class_number(Query *self, SymbolRef class) {
    uint32_t number = query_find(self, KEY_CLASS, class.file, class.symbol);
    if (number != NONE) return number;
    query_keep(self, KEY_CLASS, class.file, class.symbol, self->classes.len);
    ARRAY_PUSH(&self->classes, class);
    return self->classes.len - 1;
}

/* Lists of classes, by number, of which the items behind the first of each are its tail. */
typedef struct {
    Numbers all;
    Array(Slice) lists;
    uint32_t *tails; /* by class: how often it stands in a tail */
    bool *taken;     /* by class */
} Merge;

static void add_list(Query *self, Merge *merge, SymbolRefs list) {
    ARRAY_PUSH(&merge->lists, ((Slice){merge->all.len, list.len}));
    for (uint32_t i = 0; i < list.len; i++) ARRAY_PUSH(&merge->all, class_number(self, list.items[i]));
}

static void count_tails(const Query *self, Merge *merge) {
    merge->tails = mem_calloc(self->classes.len, sizeof *merge->tails);
    merge->taken = mem_calloc(self->classes.len, sizeof *merge->taken);
    for (uint32_t i = 0; i < merge->lists.len; i++) {
        Slice list = merge->lists.items[i];
        for (uint32_t n = 1; n < list.count; n++) merge->tails[merge->all.items[list.first + n]]++;
    }
}

/* The first head that stands in no tail; where there is no consistent order, the first head. */
static uint32_t next_class(const Merge *merge) {
    uint32_t first = NONE;
    for (uint32_t i = 0; i < merge->lists.len; i++) {
        if (merge->lists.items[i].count == 0) continue;
        uint32_t head = merge->all.items[merge->lists.items[i].first];
        if (merge->tails[head] == 0) return head;
        if (first == NONE) first = head;
    }
    return first;
}

/* Takes the class from all lists. */
static void take_class(Merge *merge, uint32_t class) {
    merge->taken[class] = true;
    for (uint32_t i = 0; i < merge->lists.len; i++) {
        Slice *list = &merge->lists.items[i];
        while (list->count && merge->taken[merge->all.items[list->first]]) {
            list->first++;
            list->count--;
            if (list->count) merge->tails[merge->all.items[list->first]]--;
        }
    }
}

/* Adds what the classes' orders give together. */
static void merge_orders(Query *self, SymbolRefs bases, SymbolRefs *order) {
    Merge merge = {0};
    for (uint32_t i = 0; i < bases.len; i++) add_list(self, &merge, query_order(self, bases.items[i]));
    add_list(self, &merge, bases);
    count_tails(self, &merge);
    SymbolRef class = order->items[0];
    for (uint32_t next; order->len < MOST_CLASSES && (next = next_class(&merge)) != NONE;) {
        take_class(&merge, next);
        if (!same(self->classes.items[next], class)) ARRAY_PUSH(order, self->classes.items[next]);
    }
    ARRAY_FREE(&merge.all);
    ARRAY_FREE(&merge.lists);
    mem_free(merge.tails);
    mem_free(merge.taken);
}

/* "The Python 2.3 Method Resolution Order": merge(L[B1], …, L[Bn], B1 … Bn), which of one base is L[B1]. */
static SymbolRefs merged(Query *self, SymbolRef class) {
    SymbolRefs order = {0}, bases = {0};
    ARRAY_PUSH(&order, class);
    query_bases(self, class, &bases);
    SymbolRefs above = bases.len == 1 ? query_order(self, bases.items[0]) : (SymbolRefs){0};
    for (uint32_t i = 0; i < above.len && order.len < MOST_CLASSES; i++) {
        if (!same(above.items[i], class)) ARRAY_PUSH(&order, above.items[i]);
    }
    if (bases.len > 1) merge_orders(self, bases, &order);
    ARRAY_FREE(&bases);
    return order;
}

SymbolRefs query_order(Query *self, SymbolRef class) {
    uint32_t known = query_find(self, KEY_ORDER, class.file, class.symbol);
    if (known == NONE) {
        SymbolRefs alone = {0};
        ARRAY_PUSH(&alone, class);
        known = self->orders.len;
        ARRAY_PUSH(&self->orders, alone); /* stands while a cycle is being worked out */
        query_keep(self, KEY_ORDER, class.file, class.symbol, known);
        uint32_t cuts = self->cuts;
        if (query_enter(self)) {
            SymbolRefs order = merged(self, class);
            ARRAY_FREE(&self->orders.items[known]);
            self->orders.items[known] = order;
            query_leave(self);
        }
        if (self->cuts != cuts) query_forget(self, KEY_ORDER, class.file, class.symbol);
    }
    return self->orders.items[known];
}

bool query_inherits(Query *self, SymbolRef class, SymbolRef base) {
    SymbolRefs order = query_order(self, class);
    for (uint32_t i = 0; i < order.len; i++) {
        if (same(order.items[i], base)) return true;
    }
    return false;
}

bool query_is_enumeration(Query *self, const Type *type) {
    if (type->instance || !query_is_class(self->index, type->symbol)) return false;
    SymbolRefs order = query_order(self, type->symbol);
    for (uint32_t i = 1; i < order.len; i++) {
        const Facts *facts = index_facts(self->index, order.items[i].file);
        if (str_eq(symbol_name(facts, &facts->symbols.items[order.items[i].symbol]), STR("Enum")))
            return true;
    }
    return false;
}

/* --- members ------------------------------------------------------------------------------------ */

/* `Class.name = …` outside of the class, in its file. */
static void find_set_later(Query *self, SymbolRef class, uint32_t name, Targets *out) {
    const Facts *facts = index_facts(self->index, class.file);
    uint32_t of = facts->symbols.items[class.symbol].name;
    for (uint32_t i = 1; i < facts->occurrences.count; i++) {
        const Occurrence *at = &facts->occurrences.items[i];
        if (at->role != ROLE_ATTRIBUTE_WRITE || at->name != name || !(at->flags & OCCURRENCE_CHAINED))
            continue;
        if (at[-1].name != of || at[-1].role != ROLE_READ) continue;
        query_push_target(out, query_binding_target(self->index, class.file, i));
    }
}

/* A MemberFinder: what the class itself binds or its methods set; the last binding first, as that is what
 * counts. */
static void find_own(Query *self, SymbolRef class, Str name, Targets *out) {
    const Facts *facts = index_facts(self->index, class.file);
    uint32_t local = scope_name(self->index, class.file, name), before = out->len;
    if (local == NONE) return;
    Numbers bindings = {0};
    uint32_t scope = scope_of_body(facts, class.symbol);
    if (scope != NONE) scope_bindings(self->index, class.file, scope, local, &bindings);
    for (uint32_t i = bindings.len; i-- > 0 && bindings.len - i <= MOST_BINDINGS;)
        query_binding(self, class.file, bindings.items[i], out);
    ARRAY_FREE(&bindings);
    Slice attributes = facts_attributes_of(facts, class.symbol);
    for (uint32_t s = attributes.first; s < attributes.first + attributes.count; s++) {
        if (facts->symbols.items[s].name == local)
            query_push_target(out, query_symbol_target(self->index, class.file, s));
    }
    if (out->len == before) find_set_later(self, class, local, out);
}

void query_own_class_member(Query *self, SymbolRef class, Str name, Targets *out) {
    query_own_member(self, class, name, find_own, out);
}

/* Whether a place says what the member is: a def, a class, an annotation. */
static bool is_declared(const Index *index, const Target *target) {
    const Facts *facts = index_facts(index, target->file);
    if (target->symbol == NONE) return false;
    const Symbol *symbol = &facts->symbols.items[target->symbol];
    if (symbol->kind < SYMBOL_VARIABLE || symbol->type.len) return true;
    Slice values = facts_values_of(facts, facts_occurrence_at(facts, symbol->name_start));
    for (uint32_t v = 0; v < values.count; v++) {
        if (facts->values.items[values.first + v].kind == VALUE_TYPE) return true;
    }
    return false;
}

/* What is declared outweighs what is but assigned, be it further up: a property above is what a method below
 * sets. */
void query_class_member(Query *self, SymbolRef class, Str name, bool above, Targets *out) {
    Targets assigned = {0}, here = {0};
    SymbolRefs order = query_order(self, class);
    bool declared = false;
    uint32_t end = name_is_mangled(name) ? 1 : order.len; /* each class has its own of those */
    for (uint32_t i = above ? 1 : 0; i < end && !declared; i++) {
        here.len = 0;
        query_own_class_member(self, order.items[i], name, &here);
        for (uint32_t t = 0; t < here.len; t++) {
            if (!is_declared(self->index, &here.items[t])) continue;
            query_push_target(out, here.items[t]);
            declared = true;
        }
        bool first = assigned.len == 0;
        for (uint32_t t = 0; t < here.len && first; t++) ARRAY_PUSH(&assigned, here.items[t]);
    }
    for (uint32_t t = 0; t < assigned.len && !declared; t++) query_push_target(out, assigned.items[t]);
    ARRAY_FREE(&assigned);
    ARRAY_FREE(&here);
}

/* `module.name`: what it binds, else a submodule. */
static void module_member(Query *self, FileId module, Str name, Targets *out) {
    uint32_t before = out->len;
    query_module_member(self, module, name, out);
    if (out->len > before || !module_is_package(index_path(self->index, module))) return;
    FileId inner = query_find_module(self, module, name, 1);
    if (inner != NONE) query_push_target(out, query_symbol_target(self->index, inner, 0));
}

/* The members of the builtin container that a value lies in. */
static void container_member(Query *self, Type type, Str name, Targets *out) {
    Types containers = {0};
    query_push_container(self, type.symbol.file, query_outer_wrap(type.wraps), &containers);
    for (uint32_t i = 0; i < containers.len; i++)
        query_class_member(self, containers.items[i].symbol, name, false, out);
    ARRAY_FREE(&containers);
}

static void bound_member(Query *self, Type type, Str name, Targets *out) {
    Types bounds = {0};
    query_bound(self, type, &bounds);
    for (uint32_t i = 0; i < bounds.len; i++) query_member(self, bounds.items[i], name, out);
    ARRAY_FREE(&bounds);
}

/* What a class's metaclass has. */
static void metaclass_member(Query *self, SymbolRef class, Str name, Targets *out) {
    SymbolRefs order = query_order(self, class);
    uint32_t before = out->len;
    for (uint32_t i = 0; i < order.len && out->len == before; i++) {
        FileId file = order.items[i].file;
        const Facts *facts = index_facts(self->index, file);
        const Symbol *symbol = &facts->symbols.items[order.items[i].symbol];
        for (uint32_t k = 0; k < symbol->keywords.count; k++) {
            Str text = facts_text(facts, facts->texts.items[symbol->keywords.first + k]);
            if (!str_starts_with(text, STR("metaclass="))) continue;
            Types types = {0};
            query_annotation(self, file, scope_around(facts, order.items[i].symbol), str_from(text, 10),
                             &types);
            for (uint32_t t = 0; t < types.len; t++) {
                if (types.items[t].wraps == 0 && query_is_class(self->index, types.items[t].symbol))
                    query_class_member(self, types.items[t].symbol, name, false, out);
            }
            ARRAY_FREE(&types);
        }
    }
}

/* Whether all bases of a class and of those above it are known. */
static bool knows_bases(Query *self, SymbolRef class) {
    SymbolRefs order = query_order(self, class);
    for (uint32_t i = 0; i < order.len; i++) {
        SymbolRefs bases = {0};
        SymbolRef each = query_order(self, class).items[i]; /* may move on the way */
        query_bases(self, each, &bases);
        uint32_t written = index_facts(self->index, each.file)->symbols.items[each.symbol].bases.count;
        bool all = bases.len == written;
        ARRAY_FREE(&bases);
        if (!all) return false;
    }
    return true;
}

static void library_member(Query *self, FileId file, const char *class, Str name, Targets *out) {
    Types types = {0};
    query_push_library(self, file, STR("builtins"), str_of(class), &types);
    for (uint32_t i = 0; i < types.len; i++)
        query_class_member(self, types.items[i].symbol, name, false, out);
    ARRAY_FREE(&types);
}

/* What every object and every class has, unless an unknown base might have it. */
static void common_member(Query *self, const Type *type, Str name, Targets *out) {
    Targets found = {0};
    library_member(self, type->symbol.file, "object", name, &found);
    if (found.len == 0 && !type->instance) library_member(self, type->symbol.file, "type", name, &found);
    bool counts = found.len && knows_bases(self, type->symbol);
    for (uint32_t i = 0; i < found.len && counts; i++) query_push_target(out, found.items[i]);
    ARRAY_FREE(&found);
}

static void member_by_class(Query *self, const Type *type, Str name, Targets *out) {
    uint32_t before = out->len;
    query_class_member(self, type->symbol, name, type->above, out);
    if (out->len == before && !type->instance) metaclass_member(self, type->symbol, name, out);
    if (out->len == before) common_member(self, type, name, out);
}

static bool is_function(const Index *index, SymbolRef ref) {
    uint8_t kind = index_facts(index, ref.file)->symbols.items[ref.symbol].kind;
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD;
}

void query_member(Query *self, Type type, Str name, Targets *out) {
    if (!query_enter(self)) return;
    if (type.wraps) {
        container_member(self, type, name, out);
    } else if (type.parameter) {
        bound_member(self, type, name, out);
    } else if (type.symbol.symbol == 0) {
        module_member(self, type.symbol.file, name, out);
    } else if (query_is_class(self->index, type.symbol)) {
        member_by_class(self, &type, name, out);
    } else if (is_function(self->index, type.symbol)) {
        library_member(self, type.symbol.file, "function", name, out);
    }
    query_leave(self);
}
