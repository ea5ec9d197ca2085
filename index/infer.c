/* Types, as far as they follow from names, calls and annotations. */
#include "index/query.h"
#include "index/stubs.h"

enum { MOST_TYPES = 8, MOST_BINDINGS = 16, MOST_TARGETS = 256 };

static bool same_type(const Type *a, const Type *b) {
    return a->symbol.file == b->symbol.file && a->symbol.symbol == b->symbol.symbol && a->wraps == b->wraps &&
           a->arguments == b->arguments && a->parameter == b->parameter && a->instance == b->instance &&
           a->receiver.file == b->receiver.file && a->receiver.symbol == b->receiver.symbol &&
           a->receiver_wraps == b->receiver_wraps && a->receiver_arguments == b->receiver_arguments;
}

void query_push_type(Types *out, Type type) {
    for (uint32_t i = 0; i < out->len; i++) {
        if (same_type(&out->items[i], &type)) return;
    }
    if (out->len < MOST_TYPES) ARRAY_PUSH(out, type);
}

static void push_types(Types *out, const Types *types) {
    for (uint32_t i = 0; i < types->len; i++) query_push_type(out, types->items[i]);
}

static Type type_of_symbol(FileId file, uint32_t symbol) {
    return (Type){.symbol = {file, symbol}, .receiver = {NONE, NONE}};
}

/* Whether a decorator ends with the word. */
static bool is_decorated(const Facts *facts, const Symbol *symbol, Str ending) {
    for (uint32_t i = 0; i < symbol->decorators.count; i++) {
        if (str_ends_with(facts_text(facts, facts->texts.items[symbol->decorators.first + i]), ending))
            return true;
    }
    return false;
}

/* --- values ---------------------------------------------------------------------------------------- */

static void value_types(Query *self, FileId file, const Value *value, Types *out);

/* What a function returns, `self` standing for itself. */
static void work_out_returns(Query *self, SymbolRef function, Types *out) {
    const Facts *facts = index_facts(self->index, function.file);
    bool said = facts->symbols.items[function.symbol].type.len > 0;
    SymbolRef typed = said ? function : stubs_typed(self->index, function);
    if (said || index_facts(self->index, typed.file)->symbols.items[typed.symbol].type.len) {
        query_return_annotation(self, typed, out);
        return;
    }
    Slice returns = facts_returns_of(facts, function.symbol);
    for (uint32_t i = 0; i < returns.count && out->len < MOST_TYPES; i++)
        value_types(self, function.file, &facts->returns.items[returns.first + i], out);
}

/* Reserves the place of an answer: until it is there, a question inside that asks the same finds nothing. */
static uint32_t reserve(Query *self, QueryKey key, FileId file, uint32_t number) {
    uint32_t place = self->types.len;
    ARRAY_PUSH(&self->types, (Types){0});
    query_keep(self, key, file, number, place);
    return place;
}

void query_returns(Query *self, Type function, Types *out) {
    SymbolRef ref = function.symbol;
    uint32_t known = query_find(self, KEY_RETURNS, ref.file, ref.symbol);
    if (known == NONE) {
        known = reserve(self, KEY_RETURNS, ref.file, ref.symbol);
        uint32_t cuts = self->cuts;
        Types types = {0};
        if (query_enter(self)) {
            work_out_returns(self, ref, &types);
            query_leave(self);
        }
        self->types.items[known] = types;
        if (self->cuts != cuts) query_forget(self, KEY_RETURNS, ref.file, ref.symbol);
    }
    Type receiver = {.symbol = function.receiver,
                     .receiver = {NONE, NONE},
                     .wraps = function.receiver_wraps,
                     .arguments = function.receiver_arguments,
                     .instance = function.receiver_instance,
                     .own = function.receiver_own};
    for (uint32_t i = 0; i < self->types.items[known].len; i++) {
        Type type = self->types.items[known].items[i];
        if (type.own && !type.parameter && receiver.symbol.file != NONE) {
            type.symbol = receiver.symbol;
            type.arguments = receiver.arguments;
            type.own = receiver.own;
        }
        query_substitute(self, &receiver, type, out);
    }
}

static void step_all(Query *self, Types *types, Step step) {
    Types next = {0};
    for (uint32_t i = 0; i < types->len; i++) query_step(self, types->items[i], step, &next);
    ARRAY_FREE(types);
    *types = next;
}

/* The class around the method that holds an occurrence. */
static bool class_around(const Facts *facts, FileId file, uint32_t occurrence, SymbolRef *out) {
    uint32_t scope = facts_scope_of(facts, occurrence);
    for (uint32_t s = facts->scopes.items[scope].symbol; s != 0; s = facts->symbols.items[s].parent) {
        if (facts->symbols.items[s].kind != SYMBOL_METHOD) continue;
        *out = (SymbolRef){file, facts->symbols.items[s].parent};
        return true;
    }
    return false;
}

/* The class that the first argument of `super(…)` names; false when it is none. */
static bool super_argument(Query *self, FileId file, uint32_t occurrence, SymbolRef *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t start = facts->occurrences.items[occurrence].start, argument = occurrence + 1;
    Types types = {0};
    if (argument >= facts->occurrences.count ||
        facts->occurrences.items[argument].start != start + strlen("super("))
        return false;
    while (argument + 1 < facts->occurrences.count &&
           facts->occurrences.items[argument + 1].flags & OCCURRENCE_CHAINED)
        argument++;
    query_types(self, file, argument, &types);
    bool found = types.len && !types.items[0].instance && query_is_class(self->index, types.items[0].symbol);
    if (found) *out = types.items[0].symbol;
    ARRAY_FREE(&types);
    return found;
}

/* `super()`, `super(Class, self)` */
static bool is_super(Query *self, FileId file, const Value *value, Type *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[value->at];
    if (value->steps != STEP_CALL || at->role != ROLE_READ ||
        !str_eq(facts_name(facts, at->name), STR("super")))
        return false;
    *out = type_of_symbol(file, 0);
    out->instance = out->above = true;
    return super_argument(self, file, value->at, &out->symbol) ||
           class_around(facts, file, value->at, &out->symbol);
}

static void literal_types(Query *self, FileId file, LiteralType literal, Types *out) {
    static const char *const names[] = {"str",  "bytes", "int", "float", "bool",
                                        "None", "list",  "set", "dict",  "tuple"};
    query_push_library(self, file, STR("builtins"), str_of(names[literal]), out);
}

/* `d["key"]` of typed dictionaries: what the key stands for. False when nothing before it is one. */
static bool step_key(Query *self, FileId file, const Value *value, Types *types) {
    const Facts *facts = index_facts(self->index, file);
    bool indexes = value->kind == VALUE_NAME && (value->steps & ((1u << STEP_BITS) - 1)) == STEP_INDEX;
    Slice literals = indexes ? facts_literals_of(facts, value->at) : (Slice){0};
    if (literals.count == 0 || facts->literals.items[literals.first].type != TYPE_STR) return false;
    Str key = facts_text(facts, facts->literals.items[literals.first].value);
    Types next = {0};
    bool found = false;
    for (uint32_t i = 0; i < types->len; i++) found |= query_step_key(self, types->items[i], key, &next);
    if (found) types->len = 0;
    if (found) push_types(types, &next);
    ARRAY_FREE(&next);
    return found;
}

static void value_types(Query *self, FileId file, const Value *value, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    Types types = {0};
    Type super;
    if (!query_enter(self)) return;
    if (value->kind == VALUE_TYPE) {
        uint32_t scope = value->use == VALUE_RETURN ? 0 : facts_scope_of(facts, value->owner);
        query_annotation(self, file, scope, facts_text(facts, facts->texts.items[value->at]), &types);
    } else if (value->kind == VALUE_LITERAL) {
        literal_types(self, file, (LiteralType)value->at, &types);
    } else if (is_super(self, file, value, &super)) {
        query_push_type(out, super);
        query_leave(self);
        return;
    } else {
        query_types(self, file, value->at, &types);
    }
    uint32_t keyed = step_key(self, file, value, &types) ? STEP_BITS : 0;
    for (uint32_t steps = value->steps >> keyed; steps; steps >>= STEP_BITS) {
        Step step = (Step)(steps & ((1u << STEP_BITS) - 1));
        if (types.len == 0 && step_puts_in(step))
            query_push_container(self, file, step, &types);
        else
            step_all(self, &types, step);
    }
    push_types(out, &types);
    ARRAY_FREE(&types);
    query_leave(self);
}

void query_used(Query *self, FileId file, uint32_t occurrence, ValueUse use, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    Slice values = facts_values_of(facts, occurrence);
    bool declared = false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < values.count; i++) {
            const Value *value = &facts->values.items[values.first + i];
            bool is_type = value->kind == VALUE_TYPE;
            if (value->kind >= VALUE_KEPT) continue;
            if (value->use != (unsigned)use || is_type != (pass == 0) || (pass == 1 && declared)) continue;
            declared |= is_type;
            value_types(self, file, value, out);
        }
    }
}

/* --- parameters --------------------------------------------------------------------------------- */

static bool is_class_method(const Facts *facts, const Symbol *method) {
    static const char *const names[] = {"__new__", "__init_subclass__", "__class_getitem__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(symbol_name(facts, method), str_of(names[i]))) return true;
    }
    return is_decorated(facts, method, STR("classmethod"));
}

static void parameter_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Scope *scope = &facts->scopes.items[facts_scope_of(facts, occurrence)];
    const Symbol *function = &facts->symbols.items[scope->symbol];
    uint32_t start = facts->occurrences.items[occurrence].start;
    for (uint32_t i = 0; i < function->params.count && scope->kind == SCOPE_FUNCTION; i++) {
        const Param *param = &facts->params.items[function->params.first + i];
        if (param->start != start) continue;
        if (param->type.len) {
            Types types = {0};
            query_annotation(self, file, scope->parent, facts_text(facts, param->type), &types);
            if (param->kind == PARAM_ARGS) step_all(self, &types, STEP_LIST);
            if (param->kind == PARAM_KWARGS) step_all(self, &types, STEP_DICT);
            push_types(out, &types);
            ARRAY_FREE(&types);
        } else if (i == 0 && function->kind == SYMBOL_METHOD && param->kind <= PARAM_POS &&
                   !is_decorated(facts, function, STR("staticmethod"))) {
            Type type = type_of_symbol(file, function->parent);
            type.own = true;
            type.instance = !is_class_method(facts, function);
            query_push_type(out, type);
        }
        break;
    }
    if (out->len == 0) query_used(self, file, occurrence, VALUE_BOUND, out);
}

/* --- targets ------------------------------------------------------------------------------------ */

/* What all `self.name = …` in the class set. */
static void attribute_types(Query *self, FileId file, uint32_t symbol, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *first = &facts->occurrences.items[occurrence];
    uint32_t class = facts->symbols.items[symbol].parent, seen = 0;
    uint32_t end = facts->symbols.items[class].range.end;
    uint32_t receiver = occurrence ? first[-1].name : NONE;
    for (uint32_t i = occurrence; i < facts->occurrences.count && seen < MOST_BINDINGS; i++) {
        const Occurrence *at = &facts->occurrences.items[i];
        if (at->start >= end) break;
        if (at->name != first->name || at->role != ROLE_ATTRIBUTE_WRITE || at[-1].name != receiver) continue;
        query_used(self, file, i, VALUE_BOUND, out);
        seen++;
    }
}

/* Descriptors give what their __get__ returns. */
static void push_described(Query *self, const Types *types, const Type *receiver, Types *out) {
    for (uint32_t i = 0; i < types->len; i++) {
        Type type = types->items[i];
        Types described = {0};
        if (receiver && receiver->instance && type.instance && type.wraps == 0)
            query_call_member(self, type, STR("__get__"), &described);
        if (described.len)
            push_types(out, &described);
        else if (receiver)
            query_substitute(self, receiver, type, out);
        else
            query_push_type(out, type);
        ARRAY_FREE(&described);
    }
}

/* The objects that decorators make of a function: `@Registry` gives a Registry. */
static void decorated_types(Query *self, Target target, Types *out) {
    const Facts *facts = index_facts(self->index, target.file);
    const Symbol *symbol = &facts->symbols.items[target.symbol];
    uint32_t scope = scope_around(facts, target.symbol);
    for (uint32_t i = 0; i < symbol->decorators.count; i++) {
        Str text = facts_text(facts, facts->texts.items[symbol->decorators.first + i]);
        Targets targets = {0};
        Types types = {0};
        if (str_find_byte(text, '(') == STR_NPOS) query_dotted(self, target.file, scope, text, &targets);
        for (uint32_t t = 0; t < targets.len; t++) query_target_types(self, targets.items[t], NULL, &types);
        step_all(self, &types, STEP_CALL);
        for (uint32_t t = 0; t < types.len; t++) {
            if (types.items[t].instance && index_is_own(self->index, types.items[t].symbol.file))
                query_push_type(out, types.items[t]);
        }
        ARRAY_FREE(&types);
        ARRAY_FREE(&targets);
    }
}

/* Whether a decorator makes a function what `__get__` gives, as property does. */
static bool is_described(Query *self, Target target) {
    const Facts *facts = index_facts(self->index, target.file);
    Slice decorators = facts->symbols.items[target.symbol].decorators;
    uint32_t scope = scope_around(facts, target.symbol), found = 0;
    for (uint32_t i = 0; i < decorators.count && found == 0; i++) {
        Str text = facts_text(facts, facts->texts.items[decorators.first + i]);
        Targets classes = {0}, members = {0};
        if (str_find_byte(text, '(') == STR_NPOS) query_dotted(self, target.file, scope, text, &classes);
        for (uint32_t t = 0; t < classes.len; t++) {
            SymbolRef class = {classes.items[t].file, classes.items[t].symbol};
            if (class.symbol == NONE || !index_is_own(self->index, class.file)) continue;
            if (query_is_class(self->index, class))
                query_class_member(self, class, STR("__get__"), false, &members);
        }
        found = members.len;
        ARRAY_FREE(&classes);
        ARRAY_FREE(&members);
    }
    return found > 0;
}

static void function_types(Query *self, Target target, const Type *receiver, Types *out) {
    const Facts *facts = index_facts(self->index, target.file);
    const Symbol *symbol = &facts->symbols.items[target.symbol];
    Type type = type_of_symbol(target.file, target.symbol);
    if (is_decorated(facts, symbol, STR(".setter")) || is_decorated(facts, symbol, STR(".deleter"))) return;
    if (receiver && receiver->symbol.symbol != 0) {
        type.receiver = receiver->symbol;
        type.receiver_wraps = receiver->wraps;
        type.receiver_arguments = receiver->arguments;
        type.receiver_instance = receiver->instance;
        type.receiver_own = receiver->own;
    }
    if (receiver && (is_decorated(facts, symbol, STR("property")) || is_described(self, target)))
        query_step(self, type, STEP_CALL, out);
    else
        query_push_type(out, type);
    if (symbol->decorators.count) decorated_types(self, target, out);
}

void query_target_types(Query *self, Target target, const Type *receiver, Types *out) {
    const Facts *facts = index_facts(self->index, target.file);
    SymbolKind kind =
        target.symbol == NONE ? SYMBOL_VARIABLE : (SymbolKind)facts->symbols.items[target.symbol].kind;
    bool class =
        target.symbol != NONE && query_is_class(self->index, (SymbolRef){target.file, target.symbol});
    if (kind == SYMBOL_MODULE || class) {
        query_push_type(out, type_of_symbol(target.file, target.symbol));
        return;
    }
    if (!query_enter(self)) return;
    uint32_t occurrence = facts_occurrence_at(facts, target.name.start);
    Types types = {0};
    if (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD)
        function_types(self, target, receiver, &types);
    else if (occurrence != NONE && kind == SYMBOL_ATTRIBUTE)
        attribute_types(self, target.file, target.symbol, occurrence, &types);
    else if (occurrence != NONE && facts->occurrences.items[occurrence].role == ROLE_PARAM)
        parameter_types(self, target.file, occurrence, &types);
    else if (!query_new_type(self, target, &types) && occurrence != NONE)
        query_used(self, target.file, occurrence, VALUE_BOUND, &types);
    bool made = kind == SYMBOL_ATTRIBUTE &&
                facts->symbols.items[facts->symbols.items[target.symbol].parent].kind == SYMBOL_VARIABLE;
    if ((kind == SYMBOL_VARIABLE || made) && receiver && query_is_enumeration(self, receiver))
        query_push_type(out, (Type){.symbol = receiver->symbol, .receiver = {NONE, NONE}, .instance = true});
    if (kind == SYMBOL_VARIABLE || kind == SYMBOL_ATTRIBUTE)
        push_described(self, &types, receiver, out);
    else
        push_types(out, &types);
    ARRAY_FREE(&types);
    query_leave(self);
}

/* --- names -------------------------------------------------------------------------------------- */

/* Whether the last of several bindings is an overload: these count in the order of the text. */
static bool are_overloads(const Index *index, const Targets *targets) {
    if (targets->len < 2 || targets->items[0].symbol == NONE) return false;
    const Facts *facts = index_facts(index, targets->items[0].file);
    return is_decorated(facts, &facts->symbols.items[targets->items[0].symbol], STR("overload"));
}

void query_targets_types(Query *self, const Targets *targets, const Type *receiver, Types *out) {
    bool reversed = are_overloads(self->index, targets);
    for (uint32_t i = 0; i < targets->len && i < MOST_BINDINGS; i++) {
        uint32_t number = reversed ? targets->len - 1 - i : i;
        query_target_types(self, targets->items[number], receiver, out);
    }
}

/* Whether one of the bindings counts at a use in their scope. */
static bool any_before(const Facts *facts, const Numbers *bindings, uint32_t use) {
    for (uint32_t i = 0; i < bindings->len && bindings->items[i] < use; i++) {
        if (!scope_is_late(facts, bindings->items[i], use)) return true;
    }
    return false;
}

uint32_t query_lookup(Query *self, FileId file, uint32_t occurrence, Numbers *bindings) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    uint32_t own = facts_scope_of(facts, occurrence);
    uint32_t scope = scope_lookup(self->index, file, own, at->name, bindings);
    if (scope != own || at->role != ROLE_READ || facts->scopes.items[own].kind != SCOPE_CLASS ||
        any_before(facts, bindings, occurrence))
        return scope;
    Numbers outer = {0};
    Targets others = {0};
    uint32_t around = scope_lookup_around(self->index, file, own, at->name, &outer);
    if (around == NONE) query_wildcards(self, file, facts_name(facts, at->name), &others);
    if (outer.len || others.len) {
        ARRAY_FREE(bindings);
        *bindings = outer;
        scope = around;
    } else {
        ARRAY_FREE(&outer);
    }
    ARRAY_FREE(&others);
    return scope;
}

/* What a name that was but None is bound to behind its use: in a loop, that comes from the round before. */
static void later_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    Numbers bindings = {0};
    scope_lookup(self->index, file, facts_scope_of(facts, occurrence),
                 facts->occurrences.items[occurrence].name, &bindings);
    for (uint32_t i = 0, count = 0; i < bindings.len && count < MOST_BINDINGS; i++) {
        if (bindings.items[i] < occurrence) continue;
        query_types(self, file, bindings.items[i], out);
        count++;
    }
    ARRAY_FREE(&bindings);
}

/* A name that is not an attribute. */
static void name_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Numbers bindings = {0};
    uint32_t own = facts_scope_of(facts, occurrence);
    uint32_t scope = query_lookup(self, file, occurrence, &bindings);
    if (scope == own) scope_reaching(facts, &bindings, occurrence);
    for (uint32_t i = bindings.len; scope != own && i-- > 0 && bindings.len - i <= MOST_BINDINGS;)
        query_types(self, file, bindings.items[i], out);
    for (uint32_t i = 0; scope == own && i < bindings.len && i < MOST_BINDINGS; i++)
        query_types(self, file, bindings.items[i], out);
    if (scope == own && out->len == 0) later_types(self, file, occurrence, out);
    ARRAY_FREE(&bindings);
    if (scope != NONE && (scope != 0 || scope == own)) return;
    Targets targets = {0};
    if (scope == 0)
        query_global(self, file, at->name, &targets);
    else
        query_wildcards(self, file, facts_name(facts, at->name), &targets);
    query_targets_types(self, &targets, NULL, out);
    ARRAY_FREE(&targets);
}

static void member_types(Query *self, Type receiver, Str name, Types *out) {
    if (str_eq(name, STR("__class__")) && receiver.instance && receiver.wraps == 0) {
        receiver.instance = false;
        query_push_type(out, receiver);
        return;
    }
    Targets targets = {0};
    query_member(self, receiver, name, &targets);
    query_targets_types(self, &targets, &receiver, out);
    ARRAY_FREE(&targets);
}

static void attribute_value_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    Types receivers = {0};
    query_receiver(self, file, occurrence, &receivers);
    for (uint32_t i = 0; i < receivers.len; i++)
        member_types(self, receivers.items[i], facts_name(facts, facts->occurrences.items[occurrence].name),
                     out);
    if (receivers.len == 0) {
        Targets targets = {0};
        query_namespace(self, file, occurrence, &targets);
        query_targets_types(self, &targets, NULL, out);
        ARRAY_FREE(&targets);
    }
    ARRAY_FREE(&receivers);
}

static void evaluate(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Role role = (Role)at->role;
    query_narrowed(self, file, occurrence, out);
    if (out->len) return;
    if (role == ROLE_ATTRIBUTE || role == ROLE_ATTRIBUTE_WRITE || role == ROLE_ATTRIBUTE_DELETE) {
        attribute_value_types(self, file, occurrence, out);
    } else if (role == ROLE_READ) {
        name_types(self, file, occurrence, out);
    } else {
        Targets targets = {0};
        query_binding(self, file, occurrence, &targets);
        query_targets_types(self, &targets, NULL, out);
        ARRAY_FREE(&targets);
    }
}

void query_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    uint32_t known = query_find(self, KEY_OCCURRENCE, file, occurrence);
    if (known == NONE) {
        known = reserve(self, KEY_OCCURRENCE, file, occurrence);
        uint32_t cuts = self->cuts;
        Types types = {0};
        if (query_enter(self)) {
            evaluate(self, file, occurrence, &types);
            query_leave(self);
        }
        self->types.items[known] = types;
        if (self->cuts != cuts) query_forget(self, KEY_OCCURRENCE, file, occurrence);
    }
    Types types = self->types.items[known];
    push_types(out, &types);
}

void query_receiver(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    if (occurrence > 0 && facts->occurrences.items[occurrence].flags & OCCURRENCE_CHAINED)
        query_types(self, file, occurrence - 1, out);
    else
        query_used(self, file, occurrence, VALUE_RECEIVER, out);
}

/* The Python Language Reference, 3.2 "Modules": what every module has. */
static bool is_module_attribute(Str name) {
    static const char *const names[] = {"__name__", "__file__", "__doc__", "__package__", "__spec__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_eq(name, str_of(names[i]))) return true;
    }
    return false;
}

/* One of the bindings of a name, in its turn: fallbacks come last. */
static void push_binding(Query *self, FileId file, const Numbers *bindings, uint32_t number, bool fallback,
                         Targets *out) {
    bool last = scope_is_fallback(index_facts(self->index, file), bindings->items[number]);
    if (last == fallback) query_binding(self, file, bindings->items[number], out);
}

/* Wildcard imports behind the bindings of a name of the module, and before its use: they bind it anew. */
static void push_rebound(Query *self, FileId file, const Numbers *bindings, uint32_t occurrence,
                         uint32_t scope, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *use = &facts->occurrences.items[occurrence];
    bool here = facts_scope_of(facts, occurrence) == 0;
    uint32_t behind = 0;
    if (scope != 0 || use->role != ROLE_READ) return;
    for (uint32_t i = 0; i < bindings->len; i++) {
        uint32_t start = facts->occurrences.items[bindings->items[i]].start;
        if (!scope_is_fallback(facts, bindings->items[i]) && (!here || start < use->start)) behind = start;
    }
    query_wildcards_between(self, file, facts_name(facts, use->name), behind, here ? use->start : NONE, out);
}

void query_name(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t name = facts->occurrences.items[occurrence].name, before = 0, first = out->len;
    Numbers bindings = {0};
    uint32_t scope = query_lookup(self, file, occurrence, &bindings);
    if (scope == NONE)
        query_wildcards(self, file, facts_name(facts, name), out);
    else
        push_rebound(self, file, &bindings, occurrence, scope, out);
    while (before < bindings.len && bindings.items[before] <= occurrence &&
           !scope_is_late(facts, bindings.items[before], occurrence))
        before++;
    for (int fallback = 0; fallback < 2; fallback++) {
        for (uint32_t i = before; i-- > 0 && before - i <= MOST_TARGETS;)
            push_binding(self, file, &bindings, i, fallback, out);
        for (uint32_t i = before; i < bindings.len && i < before + MOST_TARGETS; i++)
            push_binding(self, file, &bindings, i, fallback, out);
    }
    ARRAY_FREE(&bindings);
    if (out->len == first && is_module_attribute(facts_name(facts, name)))
        query_push_target(out, query_symbol_target(self->index, file, 0));
}
