#include "index/signatures.h"

#include "index/stubs.h"

static const Symbol *symbol_at(const Index *index, SymbolRef ref) {
    return &index_facts(index, ref.file)->symbols.items[ref.symbol];
}

/* Whether one of the decorators is called so, whatever it is given and wherever it is from. */
static bool has_decorator(const Facts *facts, const Symbol *symbol, const char *const *names) {
    for (uint32_t i = 0; i < symbol->decorators.count; i++) {
        Str text = facts_text(facts, facts->texts.items[symbol->decorators.first + i]);
        text = str_slice(text, 0, str_find_byte(text, '('));
        text = str_from(text, str_rfind_byte(text, '.') + 1);
        for (const char *const *name = names; *name; name++) {
            if (str_eq(text, str_of(*name))) return true;
        }
    }
    return false;
}

static const char *const overload_names[] = {"overload", NULL};
static const char *const static_names[] = {"staticmethod", NULL};
static const char *const class_method_names[] = {"classmethod", NULL};
/* PEP 557 and its kin: their constructors take the fields. */
static const char *const field_class_names[] = {"dataclass", "define", "frozen", "mutable", "attrs", NULL};

/* --- functions ---------------------------------------------------------------------------------- */

/* Whether a call of the method gives it its first parameter. */
static bool is_bound(const Facts *facts, const Symbol *method, bool has_receiver, bool instance) {
    if (method->kind != SYMBOL_METHOD || !has_receiver || has_decorator(facts, method, static_names))
        return false;
    bool class = has_decorator(facts, method, class_method_names);
    return instance || class || str_eq(symbol_name(facts, method), STR("__new__"));
}

void signature_add_params(Signature *self, const Facts *facts, Slice params) {
    for (uint32_t i = params.first; i < params.first + params.count; i++) {
        const Param *param = &facts->params.items[i];
        ARRAY_PUSH(&self->params, ((SignatureParam){.kind = param->kind,
                                                    .has_value = param->has_value,
                                                    .name = facts_name(facts, param->name),
                                                    .type = facts_text(facts, param->type),
                                                    .value = facts_text(facts, param->value)}));
    }
}

static void push_function(const Index *index, SymbolRef called, SymbolRef ref, bool bound, Signatures *out) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(index, ref);
    Signature signature = {.called = called, .function = ref};
    bool first = bound && symbol->params.count && facts->params.items[symbol->params.first].kind <= PARAM_POS;
    Slice params = symbol->params;
    if (first) params = (Slice){params.first + 1, params.count - 1};
    signature_add_params(&signature, facts, params);
    ARRAY_PUSH(out, signature);
}

/* A function's overloads where it has some, else itself. `called` file NONE: the function. */
static void push_overloads(const Index *index, SymbolRef called, SymbolRef ref, bool has_receiver,
                           bool instance, Signatures *out) {
    SymbolRef typed = stubs_typed(index, ref);
    if (typed.file != ref.file && called.file == NONE) called = ref; /* it has the docstring */
    ref = typed;
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = symbol_at(index, ref);
    Slice namesakes = facts_symbols_named(facts, symbol->name);
    uint32_t before = out->len;
    for (uint32_t i = 0; i < namesakes.count; i++) {
        SymbolRef other = {ref.file, facts->by_name.items[namesakes.first + i]};
        const Symbol *it = symbol_at(index, other);
        if (it->parent != symbol->parent || it->kind != symbol->kind ||
            !has_decorator(facts, it, overload_names))
            continue;
        push_function(index, called.file == NONE ? other : called, other,
                      is_bound(facts, it, has_receiver, instance), out);
    }
    if (out->len == before)
        push_function(index, called.file == NONE ? ref : called, ref,
                      is_bound(facts, symbol, has_receiver, instance), out);
}

/* --- classes ------------------------------------------------------------------------------------ */

static bool is_named_tuple(const Index *index, SymbolRef ref) {
    const Symbol *symbol = symbol_at(index, ref);
    const Facts *facts = index_facts(index, ref.file);
    for (uint32_t i = 0; i < symbol->bases.count; i++) {
        Str base = facts_text(facts, facts->texts.items[symbol->bases.first + i]);
        if (str_eq(str_from(base, str_rfind_byte(base, '.') + 1), STR("NamedTuple"))) return true;
    }
    return false;
}

static bool has_fields(const Index *index, SymbolRef ref) {
    return has_decorator(index_facts(index, ref.file), symbol_at(index, ref), field_class_names) ||
           is_named_tuple(index, ref);
}

static void set_field(Signature *out, SignatureParam field) {
    for (uint32_t i = 0; i < out->params.len; i++) {
        if (!str_eq(out->params.items[i].name, field.name)) continue;
        out->params.items[i] = field;
        return;
    }
    ARRAY_PUSH(&out->params, field);
}

/* docs.python.org/3/library/dataclasses.html: fields behind `_: KW_ONLY` are given by name. */
static bool is_kw_only(Str type) {
    return str_eq(str_from(type, str_rfind_byte(type, '.') + 1), STR("KW_ONLY"));
}

static bool has_argument(Str call, const char *argument) {
    return str_find(call, str_of(argument)) != STR_NPOS;
}

/* The annotated variables of a class body, but those of the class alone. */
static void add_fields(const Index *index, SymbolRef ref, Signature *out) {
    const Facts *facts = index_facts(index, ref.file);
    ParamKind kind = PARAM_POS;
    for (uint32_t s = facts_next_child(facts, ref.symbol, NONE); s != NONE;
         s = facts_next_child(facts, ref.symbol, s)) {
        const Symbol *symbol = &facts->symbols.items[s];
        Str type = facts_text(facts, symbol->type), value = facts_text(facts, symbol->value);
        if (symbol->kind != SYMBOL_VARIABLE || type.len == 0 || str_find(type, STR("ClassVar")) != STR_NPOS ||
            has_argument(value, "init=False"))
            continue;
        if (is_kw_only(type)) {
            kind = PARAM_KWONLY;
            continue;
        }
        set_field(out, (SignatureParam){
                           .kind = (uint8_t)(has_argument(value, "kw_only=True") ? PARAM_KWONLY : kind),
                           .has_value = value.len > 0,
                           .name = symbol_name(facts, symbol),
                           .type = type,
                           .value = value});
    }
}

/* Those that are given by name come last. */
static void order_fields(Signature *self) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->params.len; i++) {
        SignatureParam field = self->params.items[i];
        if (field.kind == PARAM_KWONLY) continue;
        memmove(&self->params.items[kept + 1], &self->params.items[kept], (i - kept) * sizeof field);
        self->params.items[kept++] = field;
    }
}

/* Whether fields make the constructor: the class or one above is made so. */
static bool push_fields(Query *query, SymbolRef class, Signatures *out) {
    Signature signature = {.called = class, .function = class};
    SymbolRefs order = query_order(query, class);
    bool any = false;
    for (uint32_t i = order.len; i-- > 0;) {
        if (!has_fields(query->index, order.items[i])) continue;
        add_fields(query->index, order.items[i], &signature);
        any = true;
    }
    order_fields(&signature);
    if (any) ARRAY_PUSH(out, signature);
    return any;
}

/* The place of the class that has the member in the order of those a class inherits from; their number when
 * none has. */
static uint32_t place_of_member(Query *query, SymbolRef class, Str name, Targets *out) {
    query_class_member(query, class, name, false, out);
    SymbolRefs order = query_order(query, class);
    if (out->len == 0 || out->items[0].symbol == NONE) return order.len;
    uint32_t parent = symbol_at(query->index, (SymbolRef){out->items[0].file, out->items[0].symbol})->parent;
    for (uint32_t i = 0; i < order.len; i++) {
        if (order.items[i].file == out->items[0].file && order.items[i].symbol == parent) return i;
    }
    return order.len;
}

/* `__init__` or `__new__`, whichever is nearer, unless fields are nearer still. */
void signatures_of_class(Query *query, SymbolRef class, Signatures *out) {
    Targets init = {0}, new = {0};
    uint32_t init_place = place_of_member(query, class, STR("__init__"), &init);
    uint32_t new_place = place_of_member(query, class, STR("__new__"), &new);
    const Targets *found = new_place < init_place ? &new : &init;
    uint32_t count = query_order(query, class).len, place = new_place < init_place ? new_place : init_place;
    bool above = place + 1 >= count || place > 0; /* the last class is object */
    if (!(above && push_fields(query, class, out)) && found->len && found->items[0].symbol != NONE) {
        SymbolRef function = {found->items[0].file, found->items[0].symbol};
        if (symbol_at(query->index, function)->kind == SYMBOL_METHOD)
            push_overloads(query->index, class, function, true, true, out);
    }
    ARRAY_FREE(&init);
    ARRAY_FREE(&new);
}

static void push_type(Query *query, Type type, Signatures *out) {
    if (type.wraps || type.symbol.symbol == 0) return;
    SymbolKind kind = (SymbolKind)symbol_at(query->index, type.symbol)->kind;
    if (kind == SYMBOL_CLASS && !type.instance) {
        signatures_of_class(query, type.symbol, out);
    } else if (kind == SYMBOL_CLASS) {
        Types methods = {0};
        expression_member_types(query, type, STR("__call__"), &methods);
        for (uint32_t i = 0; i < methods.len; i++) {
            if (!methods.items[i].instance &&
                symbol_at(query->index, methods.items[i].symbol)->kind == SYMBOL_METHOD)
                push_overloads(query->index, type.symbol, methods.items[i].symbol, true, true, out);
        }
        ARRAY_FREE(&methods);
    } else if (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) {
        push_overloads(query->index, (SymbolRef){NONE, NONE}, type.symbol, type.receiver.file != NONE,
                       type.receiver_instance, out);
    }
}

/* Two types may lead to the same overloads. */
static void remove_repeated(Signatures *self) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->len; i++) {
        bool known = false;
        for (uint32_t n = 0; n < kept && !known; n++)
            known = self->items[n].function.file == self->items[i].function.file &&
                    self->items[n].function.symbol == self->items[i].function.symbol;
        if (known)
            signature_release(&self->items[i]);
        else
            self->items[kept++] = self->items[i];
    }
    self->len = kept;
}

void signatures_find(Query *query, FileId file, const Cursor *cursor, uint32_t bracket, Signatures *out) {
    Types types = {0};
    expression_types(query, file, cursor, bracket, &types);
    query_bind_parameters(query, &types);
    for (uint32_t i = 0; i < types.len; i++) push_type(query, types.items[i], out);
    remove_repeated(out);
    ARRAY_FREE(&types);
}

/* --- what is passed on -------------------------------------------------------------------------- */

static bool takes_rest(const Signature *self) {
    for (uint32_t i = 0; i < self->params.len; i++) {
        if (self->params.items[i].kind == PARAM_KWARGS) return true;
    }
    return false;
}

/* Calls of a method of the same name in a method: `super().__init__(**kw)`. */
static void push_passed(Query *query, SymbolRef called, SymbolRef function, Signatures *out) {
    const Facts *facts = index_facts(query->index, function.file);
    const Symbol *symbol = &facts->symbols.items[function.symbol];
    for (uint32_t i = facts_first_occurrence(facts, symbol->range.start); i < facts->occurrences.count; i++) {
        const Occurrence *at = &facts->occurrences.items[i];
        if (at->start >= symbol->range.end) break;
        if (at->name != symbol->name || at->role != ROLE_ATTRIBUTE || !(at->flags & OCCURRENCE_CALLEE))
            continue;
        Targets targets = {0};
        query_occurrence(query, function.file, i, &targets);
        if (targets.len && targets.items[0].symbol != NONE) {
            SymbolRef next = {targets.items[0].file, targets.items[0].symbol};
            if (symbol_at(query->index, next)->kind == SYMBOL_METHOD)
                push_overloads(query->index, called, next, true, true, out);
        }
        ARRAY_FREE(&targets);
    }
}

void signatures_add_passed(Query *query, Signatures *self) {
    enum { MOST = 16 };
    for (uint32_t i = 0; i < self->len && i < MOST; i++) {
        SymbolRef called = self->items[i].called, function = self->items[i].function;
        uint32_t first = self->len;
        if (!takes_rest(&self->items[i]) || symbol_at(query->index, function)->kind != SYMBOL_METHOD)
            continue;
        push_passed(query, called, function, self);
        for (uint32_t n = first; n < self->len; n++) {
            for (uint32_t p = 0; p < self->items[n].params.len; p++) {
                SignatureParam *param = &self->items[n].params.items[p];
                if (param->kind == PARAM_POS) param->kind = PARAM_KWONLY;
            }
        }
        remove_repeated(self);
    }
}

void signature_release(Signature *self) { ARRAY_FREE(&self->params); }

void signatures_release(Signatures *self) {
    for (uint32_t i = 0; i < self->len; i++) signature_release(&self->items[i]);
    ARRAY_FREE(self);
}

/* --- arguments ---------------------------------------------------------------------------------- */

/* The parameter that takes a keyword, or NONE. */
static uint32_t param_named(const Signature *self, Str name) {
    uint32_t rest = NONE;
    for (uint32_t i = 0; i < self->params.len; i++) {
        const SignatureParam *param = &self->params.items[i];
        if (param->kind == PARAM_KWARGS) rest = i;
        if (param_takes_keyword(param->kind) && str_eq(param->name, name)) return i;
    }
    return rest;
}

/* The parameter that takes an argument by position, or NONE. */
static uint32_t param_numbered(const Signature *self, uint32_t position) {
    for (uint32_t i = 0; i < self->params.len; i++) {
        uint16_t kind = self->params.items[i].kind;
        if (kind == PARAM_ARGS || (kind <= PARAM_POS && i == position)) return i;
    }
    return NONE;
}

uint32_t signature_param_of(const Signature *self, const Call *call) {
    return call->keyword.len ? param_named(self, call->keyword) : param_numbered(self, call->position);
}

bool signature_takes(const Signature *self, const Call *call) {
    bool first = call->position == 0 && call->keyword.len == 0; /* perhaps there is no argument at all */
    if (!first && signature_param_of(self, call) == NONE) return false;
    for (uint32_t i = 0; i < call->given.len; i++) {
        if (param_named(self, call->given.items[i]) == NONE) return false;
    }
    return true;
}
