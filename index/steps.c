/* What an expression's value gives when it is called, indexed, iterated over or entered. */
#include "index/query.h"

static bool is_function(const Index *index, SymbolRef ref) {
    uint8_t kind = index_facts(index, ref.file)->symbols.items[ref.symbol].kind;
    return kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD;
}

uint32_t query_wrap_count(uint32_t wraps) {
    uint32_t count = 0;
    for (; wraps; wraps >>= STEP_BITS) count++;
    return count;
}

Step query_outer_wrap(uint32_t wraps) {
    uint32_t count = query_wrap_count(wraps);
    return count ? (Step)(wraps >> (count - 1) * STEP_BITS) : STEP_NONE;
}

uint32_t query_unwrapped(uint32_t wraps) {
    uint32_t inner = query_wrap_count(wraps) - 1;
    assert(inner < 32 / STEP_BITS);
    return wraps & ((1u << inner * STEP_BITS) - 1);
}

/* Whether a method takes a slice only: subscripts are items here. */
static bool takes_slice(const Index *index, SymbolRef ref) {
    const Facts *facts = index_facts(index, ref.file);
    Slice params = facts->symbols.items[ref.symbol].params;
    if (params.count < 2) return false;
    Str type = facts_text(facts, facts->params.items[params.first + 1].type);
    Str rest = str_from(type, str_rfind_byte(type, ']') + 1);
    return str_starts_with(type, STR("slice")) && str_find_byte(rest, '|') == STR_NPOS;
}

/* Calls the method `name` of an instance. */
void query_call_member(Query *self, Type type, Str name, Types *out) {
    Targets targets = {0};
    Types methods = {0};
    query_member(self, type, name, &targets);
    query_targets_types(self, &targets, &type, &methods);
    for (uint32_t i = 0; i < methods.len; i++) {
        SymbolRef method = methods.items[i].symbol;
        if (methods.items[i].wraps || !is_function(self->index, method)) continue;
        if (takes_slice(self->index, method)) continue;
        query_step(self, methods.items[i], STEP_CALL, out);
    }
    ARRAY_FREE(&methods);
    ARRAY_FREE(&targets);
}

static void call(Query *self, Type type, Types *out) {
    if (query_outer_wrap(type.wraps) == STEP_CALL) {
        type.wraps = query_unwrapped(type.wraps);
        query_push_type(out, type);
    } else if (query_outer_wrap(type.wraps) >= STEP_IN && !type.instance) {
        type.wraps = query_unwrapped(type.wraps); /* a tuple of classes stands for any of them */
        call(self, type, out);
    } else if (type.wraps || type.symbol.symbol == 0) {
        return;
    } else if (type.instance) {
        query_call_member(self, type, STR("__call__"), out);
    } else if (query_is_class(self->index, type.symbol)) {
        type.instance = true;
        query_push_type(out, type);
    } else if (is_function(self->index, type.symbol)) {
        query_returns(self, type, out);
    }
}

static void iterate(Query *self, Type type, Types *out) {
    Types iterators = {0};
    query_call_member(self, type, STR("__iter__"), &iterators);
    if (iterators.len == 0) query_call_member(self, type, STR("__aiter__"), &iterators);
    if (iterators.len == 0) query_call_member(self, type, STR("__getitem__"), out);
    for (uint32_t i = 0; i < iterators.len; i++) {
        Type iterator = iterators.items[i];
        if (step_is_series(query_outer_wrap(iterator.wraps))) {
            iterator.wraps = query_unwrapped(iterator.wraps);
            query_push_type(out, iterator);
        } else if (iterator.wraps == 0) {
            query_call_member(self, iterator, STR("__next__"), out);
            query_call_member(self, iterator, STR("__anext__"), out);
        }
    }
    ARRAY_FREE(&iterators);
}

static void enter_block(Query *self, Type type, Types *out) {
    uint32_t before = out->len;
    query_call_member(self, type, STR("__enter__"), out);
    if (out->len == before) query_call_member(self, type, STR("__aenter__"), out);
    if (out->len == before) iterate(self, type, out); /* what a function with @contextmanager yields */
}

/* Without `__getitem__`, what is unpacked is iterated over. */
static void take_item(Query *self, Type type, Step step, Types *out) {
    uint32_t before = out->len;
    query_call_member(self, type, STR("__getitem__"), out);
    if (out->len == before && step != STEP_INDEX) iterate(self, type, out);
}

/* The class of a named tuple whose fields those of `class` are; file NONE when it is none. */
static SymbolRef named_tuple(Query *self, SymbolRef class) {
    SymbolRefs order = query_order(self, class);
    for (uint32_t i = 1; i < order.len; i++) {
        const Facts *facts = index_facts(self->index, order.items[i].file);
        if (str_eq(symbol_name(facts, &facts->symbols.items[order.items[i].symbol]), STR("NamedTuple")))
            return order.items[i - 1];
    }
    return (SymbolRef){NONE, NONE};
}

/* Item `number` of a named tuple is the field that is declared there; false when there is none. */
static bool step_into_field(Query *self, Type type, uint32_t number, Types *out) {
    SymbolRef class = named_tuple(self, type.symbol);
    if (class.file == NONE) return false;
    const Facts *facts = index_facts(self->index, class.file);
    for (uint32_t s = facts_next_child(facts, class.symbol, NONE); s != NONE;
         s = facts_next_child(facts, class.symbol, s)) {
        SymbolKind field =
            facts->symbols.items[class.symbol].flags & SYMBOL_MADE ? SYMBOL_ATTRIBUTE : SYMBOL_VARIABLE;
        if (facts->symbols.items[s].kind != field || number--) continue;
        query_target_types(self, query_symbol_target(self->index, class.file, s), &type, out);
        return true;
    }
    return false;
}

/* Whether a class inherits from TypedDict, which is no class itself. */
static bool is_typed_dict(Query *self, SymbolRef class) {
    SymbolRefs order = query_order(self, class);
    for (uint32_t i = 0; i < order.len; i++) {
        const Facts *facts = index_facts(self->index, order.items[i].file);
        Slice bases = facts->symbols.items[order.items[i].symbol].bases;
        for (uint32_t b = bases.first; b < bases.first + bases.count; b++) {
            if (str_ends_with(facts_text(facts, facts->texts.items[b]), STR("TypedDict"))) return true;
        }
    }
    return false;
}

bool query_step_key(Query *self, Type type, Str key, Types *out) {
    bool keyed = type.instance && type.wraps == 0 && query_is_class(self->index, type.symbol) &&
                 is_typed_dict(self, type.symbol);
    Targets targets = {0};
    if (keyed) query_member(self, type, key, &targets);
    query_targets_types(self, &targets, &type, out);
    ARRAY_FREE(&targets);
    return keyed;
}

static void step_into_instance(Query *self, Type type, Step step, Types *out) {
    if (step == STEP_ENTER) {
        enter_block(self, type, out);
    } else if (step == STEP_CLASS) {
        type.instance = false;
        query_push_type(out, type);
    } else if (step == STEP_ITERATE) {
        iterate(self, type, out);
    } else if (step == STEP_INDEX || !step_into_field(self, type, step - STEP_ITEM, out)) {
        take_item(self, type, step, out);
    }
}

static void step_into_wrap(Type type, Step step, Types *out) {
    Step last = query_outer_wrap(type.wraps);
    bool item = step >= STEP_ITEM && step < STEP_IN;
    if (step == STEP_CLASS || last == STEP_CALL) return;
    if (last == STEP_DICT && step != STEP_INDEX && !item) return;
    if (last >= STEP_IN && item && step + TUPLE_ITEMS != last) return;
    if (last >= STEP_IN && step == STEP_ENTER) return;
    type.wraps = query_unwrapped(type.wraps);
    query_push_type(out, type);
}

/* Puts a type into something, unless that is too deep. */
static void wrap(Type type, Step step, Types *out) {
    uint32_t count = query_wrap_count(type.wraps);
    if (count == 32 / STEP_BITS) return;
    type.wraps |= (uint32_t)step << count * STEP_BITS;
    query_push_type(out, type);
}

void query_step(Query *self, Type type, Step step, Types *out) {
    if (!query_enter(self)) return;
    if (step == STEP_FUNCTION) {
        wrap(type, STEP_CALL, out);
    } else if (type.parameter && type.wraps == 0 && !step_puts_in(step)) {
        Types bounds = {0};
        query_bound(self, type, &bounds);
        for (uint32_t i = 0; i < bounds.len; i++) query_step(self, bounds.items[i], step, out);
        ARRAY_FREE(&bounds);
    } else if (step == STEP_CALL) {
        call(self, type, out);
    } else if (step_puts_in(step)) {
        wrap(type, step, out);
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
