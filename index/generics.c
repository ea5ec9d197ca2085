/* Type parameters: PEP 484 "Generics", PEP 695. */
#include "index/query.h"
#include "index/tokens.h"

static bool same(SymbolRef a, SymbolRef b) { return a.file == b.file && a.symbol == b.symbol; }

/* --- what a class has --------------------------------------------------------------------------- */

typedef struct {
    Str items[TYPE_ARGUMENTS];
    uint32_t len;
} Parameters;

static void push_name(Parameters *out, Str name) {
    for (uint32_t i = 0; i < out->len; i++) {
        if (str_eq(out->items[i], name)) return;
    }
    if (out->len < TYPE_ARGUMENTS) out->items[out->len++] = name;
}

/* The scope of the type parameters that a class declares itself, or NONE. */
static uint32_t declared_scope(const Facts *facts, SymbolRef class) {
    uint32_t body = scope_of_body(facts, class.symbol);
    uint32_t around = body == NONE ? NONE : facts->scopes.items[body].parent;
    return around != NONE && facts->scopes.items[around].kind == SCOPE_TYPE_PARAMS ? around : NONE;
}

/* `class Box[T]:` */
static void read_declared(const Facts *facts, SymbolRef class, Parameters *out) {
    uint32_t body = scope_of_body(facts, class.symbol), around = declared_scope(facts, class);
    if (around == NONE) return;
    uint32_t first = facts_first_occurrence(facts, facts->symbols.items[class.symbol].name_start);
    for (uint32_t i = first; i < facts->occurrences.count; i++) {
        const Occurrence *at = &facts->occurrences.items[i];
        uint32_t scope = facts_scope_of(facts, i);
        if (scope == body || at->start >= facts->scopes.items[around].range.end) return;
        if (scope == around && at->role == ROLE_TYPE_PARAM) push_name(out, facts_name(facts, at->name));
    }
}

/* What stands in the brackets of a base; empty without. */
static Str arguments_of(Str base) {
    size_t open = str_find_byte(base, '[');
    return open != STR_NPOS && base.data[base.len - 1] == ']' ? str_slice(base, open + 1, base.len - 1)
                                                              : STR_NONE;
}

/* Cuts the next identifier off; false when there is none left. */
static bool next_name(Str *rest, Str *out) {
    size_t start = 0, end;
    while (start < rest->len && !token_in_name(rest->data[start])) start++;
    for (end = start; end < rest->len && token_in_name(rest->data[end]);) end++;
    *out = str_slice(*rest, start, end);
    *rest = str_from(*rest, end);
    return out->len > 0;
}

/* `Generic[T, U]` lists them all; else they are the type variables in the order of the text. */
static void read_bases(Query *self, SymbolRef class, Parameters *out) {
    const Facts *facts = index_facts(self->index, class.file);
    Slice bases = facts->symbols.items[class.symbol].bases;
    uint32_t scope = scope_around(facts, class.symbol);
    for (uint32_t i = 0; i < bases.count; i++) {
        Str base = facts_text(facts, facts->texts.items[bases.first + i]), rest = arguments_of(base), name;
        Str head = str_slice(base, 0, str_find_byte(base, '['));
        bool lists = str_ends_with(head, STR("Generic")) || str_ends_with(head, STR("Protocol"));
        if (lists && rest.len) out->len = 0;
        while (next_name(&rest, &name)) {
            if (lists || query_is_type_variable(self, class.file, scope, name)) push_name(out, name);
        }
        if (lists && out->len) return;
    }
}

static Parameters parameters_of(Query *self, SymbolRef class) {
    Parameters names = {0};
    read_declared(index_facts(self->index, class.file), class, &names);
    if (names.len == 0) read_bases(self, class, &names);
    return names;
}

/* Whether a class may have a type parameter of the name: most have none. */
static bool may_have(const Facts *facts, SymbolRef class, Str name) {
    Slice bases = facts->symbols.items[class.symbol].bases;
    for (uint32_t i = 0; i < bases.count; i++) {
        if (str_find(arguments_of(facts_text(facts, facts->texts.items[bases.first + i])), name) != STR_NPOS)
            return true;
    }
    return declared_scope(facts, class) != NONE;
}

uint32_t query_type_parameter(Query *self, SymbolRef class, Str name) {
    if (!may_have(index_facts(self->index, class.file), class, name)) return NONE;
    Parameters names = parameters_of(self, class);
    for (uint32_t i = 0; i < names.len; i++) {
        if (str_eq(names.items[i], name)) return i;
    }
    return NONE;
}

void query_bound(Query *self, Type parameter, Types *out) {
    if (!query_enter(self)) return;
    SymbolRef class = parameter.symbol;
    const Facts *facts = index_facts(self->index, class.file);
    Parameters names = parameters_of(self, class);
    uint32_t declared = declared_scope(facts, class);
    uint32_t scope = declared == NONE ? scope_around(facts, class.symbol) : declared;
    Types types = {0};
    if (parameter.parameter <= names.len)
        query_annotation(self, class.file, scope, names.items[parameter.parameter - 1], &types);
    for (uint32_t i = 0; i < types.len; i++) {
        types.items[i].instance = parameter.instance;
        query_push_type(out, types.items[i]);
    }
    ARRAY_FREE(&types);
    query_leave(self);
}

void query_bind_parameters(Query *self, Types *types) {
    Types bound = {0};
    for (uint32_t i = 0; i < types->len; i++) {
        if (types->items[i].parameter && types->items[i].wraps == 0)
            query_bound(self, types->items[i], &bound);
        else
            query_push_type(&bound, types->items[i]);
    }
    ARRAY_FREE(types);
    *types = bound;
}

/* --- what it is given --------------------------------------------------------------------------- */

static bool equal(const Types *a, const Types *b) {
    Types both = {0};
    for (uint32_t i = 0; i < a->len; i++) query_push_type(&both, a->items[i]);
    for (uint32_t i = 0; i < b->len; i++) query_push_type(&both, b->items[i]);
    bool result = a->len == b->len && both.len == a->len;
    ARRAY_FREE(&both);
    return result;
}

uint32_t query_keep_arguments(Query *self, TypeArguments *arguments) {
    bool any = false;
    uint32_t number = 0;
    for (uint32_t i = 0; i < TYPE_ARGUMENTS; i++) any |= arguments->of[i].len > 0;
    for (uint32_t k = 0; k < self->arguments.len && any && number == 0; k++) {
        uint32_t i = 0;
        while (i < TYPE_ARGUMENTS && equal(&arguments->of[i], &self->arguments.items[k].of[i])) i++;
        if (i == TYPE_ARGUMENTS) number = k + 1;
    }
    if (any && number == 0) {
        ARRAY_PUSH(&self->arguments, *arguments);
        return self->arguments.len;
    }
    for (uint32_t i = 0; i < TYPE_ARGUMENTS; i++) ARRAY_FREE(&arguments->of[i]);
    return number;
}

/* What lies in a builtin container is what its last type parameter stands for. */
static void held(Query *self, const Type *container, Type parameter, Types *out) {
    if (parameters_of(self, parameter.symbol).len != parameter.parameter) return;
    Type type = *container;
    type.wraps = query_unwrapped(type.wraps);
    query_push_type(out, type);
}

/* What a type parameter of a class stands for in a receiver. */
static void argument_of(Query *self, const Type *receiver, Type parameter, Types *out) {
    if (receiver->wraps) {
        held(self, receiver, parameter, out);
        return;
    }
    if (receiver->symbol.file == NONE || !query_is_class(self->index, receiver->symbol)) return;
    if (same(receiver->symbol, parameter.symbol)) {
        Types none = {0};
        Types given = receiver->arguments
                          ? self->arguments.items[receiver->arguments - 1].of[parameter.parameter - 1]
                          : none;
        for (uint32_t i = 0; i < given.len; i++) query_push_type(out, given.items[i]);
        return;
    }
    if (!query_inherits(self, receiver->symbol, parameter.symbol) || !query_enter(self)) return;
    const Facts *facts = index_facts(self->index, receiver->symbol.file);
    Slice bases = facts->symbols.items[receiver->symbol.symbol].bases;
    uint32_t scope = scope_of_body(facts, receiver->symbol.symbol);
    for (uint32_t i = 0; i < bases.count && out->len == 0; i++) {
        Types read = {0}, types = {0};
        query_annotation(self, receiver->symbol.file, scope,
                         facts_text(facts, facts->texts.items[bases.first + i]), &read);
        for (uint32_t t = 0; t < read.len; t++) query_substitute(self, receiver, read.items[t], &types);
        for (uint32_t t = 0; t < types.len && out->len == 0; t++)
            argument_of(self, &types.items[t], parameter, out);
        ARRAY_FREE(&read);
        ARRAY_FREE(&types);
    }
    query_leave(self);
}

static void substitute_arguments(Query *self, const Type *receiver, Type type, Types *out) {
    TypeArguments given = {0};
    for (uint32_t i = 0; i < TYPE_ARGUMENTS; i++) {
        uint32_t count = self->arguments.items[type.arguments - 1].of[i].len;
        for (uint32_t t = 0; t < count; t++) /* may move on the way */
            query_substitute(self, receiver, self->arguments.items[type.arguments - 1].of[i].items[t],
                             &given.of[i]);
    }
    type.arguments = query_keep_arguments(self, &given);
    query_push_type(out, type);
}

/* In a method of the class itself, parameters stay: what they stand for is known outside. */
static void substitute_parameter(Query *self, const Type *receiver, Type type, Types *out) {
    Types found = {0};
    argument_of(self, receiver, type, &found);
    if (found.len == 0 && receiver->own)
        query_push_type(&found, (Type){.symbol = type.symbol,
                                       .receiver = {NONE, NONE},
                                       .parameter = type.parameter,
                                       .instance = true});
    if (found.len == 0) query_bound(self, type, &found);
    if (found.len == 0 && type.wraps)
        query_push_container(self, type.symbol.file, query_outer_wrap(type.wraps), out);
    for (uint32_t i = 0; i < found.len; i++) {
        Type argument = found.items[i];
        uint32_t inner = query_wrap_count(argument.wraps);
        if (inner + query_wrap_count(type.wraps) > 32 / STEP_BITS) continue;
        if (type.wraps) argument.wraps |= type.wraps << inner * STEP_BITS;
        if (!type.instance) argument.instance = false;
        query_push_type(out, argument);
    }
    ARRAY_FREE(&found);
}

void query_substitute(Query *self, const Type *receiver, Type type, Types *out) {
    if (type.parameter == 0 && type.arguments == 0) {
        query_push_type(out, type);
        return;
    }
    if (!query_enter(self)) return;
    if (type.parameter)
        substitute_parameter(self, receiver, type, out);
    else
        substitute_arguments(self, receiver, type, out);
    query_leave(self);
}
