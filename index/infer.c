/* Types, as far as they follow from names, calls and annotations. */
#include "index/query.h"

enum { MOST_TYPES = 8, WRAP_BITS = STEP_BITS, MOST_BINDINGS = 16, MOST_TARGETS = 256 };

void query_push_type(Types *out, Type type) {
    for (uint32_t i = 0; i < out->len; i++) {
        const Type *known = &out->items[i];
        if (known->symbol.file == type.symbol.file && known->symbol.symbol == type.symbol.symbol &&
            known->wraps == type.wraps && known->instance == type.instance && known->content == type.content)
            return;
    }
    if (out->len < MOST_TYPES) ARRAY_PUSH(out, type);
}

static void push_types(Types *out, const Types *types) {
    for (uint32_t i = 0; i < types->len; i++) query_push_type(out, types->items[i]);
}

static Type type_of_symbol(FileId file, uint32_t symbol) {
    return (Type){.symbol = {file, symbol}, .receiver = {NONE, NONE}};
}

static SymbolKind kind_of(const Index *index, SymbolRef ref) {
    return (SymbolKind)index_facts(index, ref.file)->symbols.items[ref.symbol].kind;
}

static bool is_function(const Index *index, SymbolRef ref) {
    SymbolKind kind = kind_of(index, ref);
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD;
}

/* Whether a decorator ends with the word. */
static bool is_decorated(const Facts *facts, const Symbol *symbol, Str ending) {
    for (uint32_t i = 0; i < symbol->decorators.count; i++) {
        if (str_ends_with(facts_text(facts, facts->texts.items[symbol->decorators.first + i]), ending))
            return true;
    }
    return false;
}

/* --- steps -------------------------------------------------------------------------------------- */

static uint32_t wrap_count(uint32_t wraps) {
    uint32_t count = 0;
    for (; wraps; wraps >>= WRAP_BITS) count++;
    return count;
}

static Step outer_wrap(uint32_t wraps) {
    uint32_t count = wrap_count(wraps);
    return count ? (Step)(wraps >> (count - 1) * WRAP_BITS) : STEP_NONE;
}

static void unwrap(Type *type) {
    uint32_t count = wrap_count(type->wraps);
    type->wraps &= (1u << (count - 1) * WRAP_BITS) - 1;
}

/* Calls the method `name` of an instance. */
static void call_member(Query *self, Type type, Str name, Types *out) {
    Targets targets = {0};
    Types methods = {0};
    query_member(self, type, name, &targets);
    for (uint32_t i = 0; i < targets.len; i++) query_target_types(self, targets.items[i], &type, &methods);
    for (uint32_t i = 0; i < methods.len; i++) {
        if (methods.items[i].wraps || !is_function(self->index, methods.items[i].symbol)) continue;
        query_step(self, methods.items[i], STEP_CALL, out);
    }
    ARRAY_FREE(&methods);
    ARRAY_FREE(&targets);
}

static void value_types(Query *self, FileId file, const Value *value, Types *out);

/* What a function returns, `self` standing for itself. */
static void work_out_returns(Query *self, SymbolRef function, Types *out) {
    const Facts *facts = index_facts(self->index, function.file);
    const Symbol *symbol = &facts->symbols.items[function.symbol];
    if (symbol->type.len) {
        query_return_annotation(self, function, out);
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

/* Sets what the receiver holds in the place of `content`; false when that is not known. */
static bool put_content(Type *type, const Type *function) {
    Type held = {.wraps = function->receiver_wraps};
    if (held.wraps == 0) return false;
    unwrap(&held);
    uint32_t inner = wrap_count(held.wraps);
    if (inner + wrap_count(type->wraps) > 32 / WRAP_BITS) return false;
    type->symbol = function->receiver;
    type->wraps = type->wraps << inner * WRAP_BITS | held.wraps;
    type->instance = function->receiver_instance;
    type->content = false;
    return true;
}

static void function_returns(Query *self, Type function, Types *out) {
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
    for (uint32_t i = 0; i < self->types.items[known].len; i++) {
        Type type = self->types.items[known].items[i];
        if (type.content && !put_content(&type, &function)) continue;
        if (type.own && function.receiver.file != NONE) {
            type.symbol = function.receiver;
            type.own = false;
        }
        query_push_type(out, type);
    }
}

static void call(Query *self, Type type, Types *out) {
    if (type.wraps || type.symbol.symbol == 0) return;
    if (type.instance) {
        call_member(self, type, STR("__call__"), out);
    } else if (query_is_class(self->index, type.symbol)) {
        type.instance = true;
        query_push_type(out, type);
    } else if (is_function(self->index, type.symbol)) {
        function_returns(self, type, out);
    }
}

static void iterate(Query *self, Type type, Types *out) {
    Types iterators = {0};
    call_member(self, type, STR("__iter__"), &iterators);
    if (iterators.len == 0) call_member(self, type, STR("__aiter__"), &iterators);
    if (iterators.len == 0) call_member(self, type, STR("__getitem__"), out);
    for (uint32_t i = 0; i < iterators.len; i++) {
        Type iterator = iterators.items[i];
        if (outer_wrap(iterator.wraps) == STEP_LIST) {
            unwrap(&iterator);
            query_push_type(out, iterator);
        } else if (iterator.wraps == 0) {
            call_member(self, iterator, STR("__next__"), out);
            call_member(self, iterator, STR("__anext__"), out);
        }
    }
    ARRAY_FREE(&iterators);
}

static void enter_block(Query *self, Type type, Types *out) {
    uint32_t before = out->len;
    call_member(self, type, STR("__enter__"), out);
    if (out->len == before) call_member(self, type, STR("__aenter__"), out);
}

static void step_into_instance(Query *self, Type type, Step step, Types *out) {
    if (step == STEP_ENTER) {
        enter_block(self, type, out);
    } else if (step == STEP_CLASS) {
        type.instance = false;
        query_push_type(out, type);
    } else if (step == STEP_ITERATE) {
        iterate(self, type, out);
    } else {
        call_member(self, type, STR("__getitem__"), out);
    }
}

static void step_into_wrap(Type type, Step step, Types *out) {
    Step last = outer_wrap(type.wraps);
    bool item = step >= STEP_ITEM && step < STEP_IN;
    if (step == STEP_CLASS) return;
    if (last == STEP_DICT && step != STEP_INDEX && !item) return;
    if (last >= STEP_IN && item && step + TUPLE_ITEMS != last) return;
    if (last >= STEP_IN && step == STEP_ENTER) return;
    unwrap(&type);
    query_push_type(out, type);
}

void query_step(Query *self, Type type, Step step, Types *out) {
    if (!query_enter(self)) return;
    if (step == STEP_CALL) {
        call(self, type, out);
    } else if (step == STEP_LIST || step == STEP_DICT || (step >= STEP_IN && step < STEP_CLASS)) {
        uint32_t count = wrap_count(type.wraps);
        if (count < 32 / WRAP_BITS) {
            type.wraps |= (uint32_t)step << count * WRAP_BITS;
            query_push_type(out, type);
        }
    } else if (type.wraps) {
        step_into_wrap(type, step, out);
    } else if (type.instance) {
        step_into_instance(self, type, step, out);
    } else if (step == STEP_INDEX || (step >= STEP_ITEM && step < STEP_IN)) {
        if (query_is_class(self->index, type.symbol)) query_push_type(out, type); /* Class[…] */
    } else if (step == STEP_ITERATE && query_is_class(self->index, type.symbol)) {
        type.instance = true; /* the members of an enumeration */
        query_push_type(out, type);
    }
    query_leave(self);
}

static void step_all(Query *self, Types *types, Step step) {
    Types next = {0};
    for (uint32_t i = 0; i < types->len; i++) query_step(self, types->items[i], step, &next);
    ARRAY_FREE(types);
    *types = next;
}

/* --- values ------------------------------------------------------------------------------------- */

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

/* `super()`, whatever its arguments: they always name the class around. */
static bool is_super(const Facts *facts, FileId file, const Value *value, Type *out) {
    const Occurrence *at = &facts->occurrences.items[value->at];
    if (value->steps != STEP_CALL || at->role != ROLE_READ ||
        !str_eq(facts_name(facts, at->name), STR("super")))
        return false;
    *out = type_of_symbol(file, 0);
    out->instance = out->above = true;
    return class_around(facts, file, value->at, &out->symbol);
}

static void literal_types(Query *self, FileId file, LiteralType literal, Types *out) {
    static const char *const names[] = {"str", "bytes", "int", "float", "bool", "None"};
    Targets targets = {0};
    FileId builtins = query_find_module(self, file, STR("builtins"), 0);
    if (builtins != NONE) query_module_member(self, builtins, str_of(names[literal]), &targets);
    for (uint32_t i = 0; i < targets.len; i++) {
        Type type = type_of_symbol(targets.items[i].file, targets.items[i].symbol);
        type.instance = true;
        if (targets.items[i].symbol != NONE && query_is_class(self->index, type.symbol))
            query_push_type(out, type);
    }
    ARRAY_FREE(&targets);
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
    } else if (is_super(facts, file, value, &super)) {
        query_push_type(out, super);
        query_leave(self);
        return;
    } else {
        query_types(self, file, value->at, &types);
    }
    for (uint32_t steps = value->steps; steps && types.len; steps >>= STEP_BITS)
        step_all(self, &types, (Step)(steps & ((1u << STEP_BITS) - 1)));
    push_types(out, &types);
    ARRAY_FREE(&types);
    query_leave(self);
}

/* The values that an occurrence is used with; a declared type outweighs what is assigned. */
static void used_types(Query *self, FileId file, uint32_t occurrence, ValueUse use, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    Slice values = facts_values_of(facts, occurrence);
    bool declared = false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < values.count; i++) {
            const Value *value = &facts->values.items[values.first + i];
            bool is_type = value->kind == VALUE_TYPE;
            if (value->kind == VALUE_LATE) continue;
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
            query_annotation(self, file, scope_around(facts, scope->symbol), facts_text(facts, param->type),
                             &types);
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
    if (out->len == 0) used_types(self, file, occurrence, VALUE_BOUND, out);
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
        used_types(self, file, i, VALUE_BOUND, out);
        seen++;
    }
}

/* Descriptors give what their __get__ returns. */
static void push_described(Query *self, const Types *types, const Type *receiver, Types *out) {
    for (uint32_t i = 0; i < types->len; i++) {
        Type type = types->items[i];
        Types described = {0};
        if (receiver && receiver->instance && type.instance && type.wraps == 0)
            call_member(self, type, STR("__get__"), &described);
        if (described.len)
            push_types(out, &described);
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

static void function_types(Query *self, Target target, const Type *receiver, Types *out) {
    const Facts *facts = index_facts(self->index, target.file);
    const Symbol *symbol = &facts->symbols.items[target.symbol];
    Type type = type_of_symbol(target.file, target.symbol);
    if (is_decorated(facts, symbol, STR(".setter")) || is_decorated(facts, symbol, STR(".deleter"))) return;
    if (receiver && receiver->symbol.symbol != 0) {
        type.receiver = receiver->symbol;
        type.receiver_wraps = receiver->wraps;
        type.receiver_instance = receiver->instance;
    }
    if (receiver && is_decorated(facts, symbol, STR("property")))
        query_step(self, type, STEP_CALL, out);
    else
        query_push_type(out, type);
    if (symbol->decorators.count) decorated_types(self, target, out);
}

void query_target_types(Query *self, Target target, const Type *receiver, Types *out) {
    const Facts *facts = index_facts(self->index, target.file);
    SymbolKind kind =
        target.symbol == NONE ? SYMBOL_VARIABLE : (SymbolKind)facts->symbols.items[target.symbol].kind;
    if (kind == SYMBOL_MODULE || kind == SYMBOL_CLASS) {
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
    else if (occurrence != NONE)
        used_types(self, target.file, occurrence, VALUE_BOUND, &types);
    if (kind == SYMBOL_VARIABLE && receiver && query_is_enumeration(self, receiver))
        query_push_type(out, (Type){.symbol = receiver->symbol, .receiver = {NONE, NONE}, .instance = true});
    if (kind == SYMBOL_VARIABLE || kind == SYMBOL_ATTRIBUTE)
        push_described(self, &types, receiver, out);
    else
        push_types(out, &types);
    ARRAY_FREE(&types);
    query_leave(self);
}

/* --- names -------------------------------------------------------------------------------------- */

/* Whether two dotted names are spelled the same. */
static bool same_chain(const Facts *facts, uint32_t a, uint32_t b) {
    for (;; a--, b--) {
        const Occurrence *left = &facts->occurrences.items[a], *right = &facts->occurrences.items[b];
        bool chained = left->flags & OCCURRENCE_CHAINED;
        if (left->name != right->name || chained != (bool)(right->flags & OCCURRENCE_CHAINED)) return false;
        if (!chained) return left->role == ROLE_READ && right->role == ROLE_READ;
        if (a == 0 || b == 0) return false;
    }
}

/* What isinstance() says of a name here. */
static void narrowed_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t offset = facts->occurrences.items[occurrence].start;
    for (uint32_t i = 0; i < facts->narrowings.count; i++) {
        const Narrowing *narrowing = &facts->narrowings.items[i];
        if (narrowing->range.start > offset || offset >= narrowing->range.end) continue;
        if (!same_chain(facts, narrowing->name, occurrence)) continue;
        Types classes = {0};
        query_types(self, file, narrowing->type, &classes);
        step_all(self, &classes, STEP_CALL);
        push_types(out, &classes);
        ARRAY_FREE(&classes);
    }
}

static void targets_types(Query *self, const Targets *targets, const Type *receiver, Types *out) {
    for (uint32_t i = 0; i < targets->len && i < MOST_BINDINGS; i++)
        query_target_types(self, targets->items[i], receiver, out);
}

/* A name that is not an attribute. */
static void name_types(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Numbers bindings = {0};
    uint32_t own = facts_scope_of(facts, occurrence);
    uint32_t scope = scope_lookup(self->index, file, own, at->name, &bindings);
    if (scope == own) scope_reaching(facts, &bindings, occurrence);
    for (uint32_t i = bindings.len; scope != own && i-- > 0 && bindings.len - i <= MOST_BINDINGS;)
        query_types(self, file, bindings.items[i], out);
    for (uint32_t i = 0; scope == own && i < bindings.len && i < MOST_BINDINGS; i++)
        query_types(self, file, bindings.items[i], out);
    ARRAY_FREE(&bindings);
    if (scope != NONE && (scope != 0 || scope == own)) return;
    Targets targets = {0};
    if (scope == 0)
        query_global(self, file, at->name, &targets);
    else
        query_wildcards(self, file, facts_name(facts, at->name), &targets);
    targets_types(self, &targets, NULL, out);
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
    targets_types(self, &targets, &receiver, out);
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
        targets_types(self, &targets, NULL, out);
        ARRAY_FREE(&targets);
    }
    ARRAY_FREE(&receivers);
}

static void evaluate(Query *self, FileId file, uint32_t occurrence, Types *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Role role = (Role)at->role;
    narrowed_types(self, file, occurrence, out);
    if (out->len) return;
    if (role == ROLE_ATTRIBUTE || role == ROLE_ATTRIBUTE_WRITE || role == ROLE_ATTRIBUTE_DELETE) {
        attribute_value_types(self, file, occurrence, out);
    } else if (role == ROLE_READ) {
        name_types(self, file, occurrence, out);
    } else {
        Targets targets = {0};
        query_binding(self, file, occurrence, &targets);
        targets_types(self, &targets, NULL, out);
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
        used_types(self, file, occurrence, VALUE_RECEIVER, out);
}

void query_name(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t name = facts->occurrences.items[occurrence].name, before = 0;
    Numbers bindings = {0};
    if (scope_lookup(self->index, file, facts_scope_of(facts, occurrence), name, &bindings) == NONE)
        query_wildcards(self, file, facts_name(facts, name), out);
    while (before < bindings.len && bindings.items[before] <= occurrence &&
           !scope_is_late(facts, bindings.items[before], occurrence))
        before++;
    for (uint32_t i = before; i-- > 0 && before - i <= MOST_TARGETS;)
        query_binding(self, file, bindings.items[i], out);
    for (uint32_t i = before; i < bindings.len && i < before + MOST_TARGETS; i++)
        query_binding(self, file, bindings.items[i], out);
    ARRAY_FREE(&bindings);
}
