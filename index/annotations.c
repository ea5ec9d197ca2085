/* Annotations: PEP 484 and its kin, read from the text as written. */
#include "index/query.h"

enum { MOST_BINDINGS = 16 /* of one name that count, the last ones */ };

typedef enum {
    FORM_PLAIN, /* the argument's type itself */
    FORM_LIST,  /* what iteration, indexing or a with statement gives is the argument's type */
    FORM_DICT,
    FORM_ITEMS, /* pairs, the argument's type second */
    FORM_UNION, /* any of the arguments */
    FORM_TUPLE,
    FORM_CLASS, /* the argument itself, not an instance */
    FORM_CALL,  /* what a call gives */
    FORM_NOTHING,
} FormKind;

typedef struct {
    const char *name; /* without module; capitals do not count */
    FormKind kind;
    uint32_t argument;
} Form;

static const Form forms[] = {
    {"optional", FORM_PLAIN, 0},
    {"final", FORM_PLAIN, 0},
    {"classvar", FORM_PLAIN, 0},
    {"annotated", FORM_PLAIN, 0},
    {"required", FORM_PLAIN, 0},
    {"notrequired", FORM_PLAIN, 0},
    {"awaitable", FORM_PLAIN, 0},
    {"coroutine", FORM_PLAIN, 2},
    {"union", FORM_UNION, 0},
    {"list", FORM_LIST, 0},
    {"set", FORM_LIST, 0},
    {"frozenset", FORM_LIST, 0},
    {"sequence", FORM_LIST, 0},
    {"mutablesequence", FORM_LIST, 0},
    {"iterable", FORM_LIST, 0},
    {"iterator", FORM_LIST, 0},
    {"collection", FORM_LIST, 0},
    {"generator", FORM_LIST, 0},
    {"asynciterable", FORM_LIST, 0},
    {"asynciterator", FORM_LIST, 0},
    {"asyncgenerator", FORM_LIST, 0},
    {"contextmanager", FORM_LIST, 0},
    {"abstractcontextmanager", FORM_LIST, 0},
    {"deque", FORM_LIST, 0},
    {"abstractset", FORM_LIST, 0},
    {"mutableset", FORM_LIST, 0},
    {"dict", FORM_DICT, 1},
    {"mapping", FORM_DICT, 1},
    {"mutablemapping", FORM_DICT, 1},
    {"defaultdict", FORM_DICT, 1},
    {"ordereddict", FORM_DICT, 1},
    {"dict_values", FORM_LIST, 1},
    {"valuesview", FORM_LIST, 0},
    {"dict_items", FORM_ITEMS, 1},
    {"itemsview", FORM_ITEMS, 1},
    {"tuple", FORM_TUPLE, 0},
    {"type", FORM_CLASS, 0},
    {"callable", FORM_CALL, 1},
    {"counter", FORM_DICT, 1},
    {"chainmap", FORM_DICT, 1},
    {"literal", FORM_NOTHING, 0},
};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static bool equals_lower(Str name, Str wanted) {
    if (name.len != wanted.len) return false;
    for (size_t i = 0; i < name.len; i++) {
        if (lower(name.data[i]) != wanted.data[i]) return false;
    }
    return true;
}

static const Form *find_form(Str dotted) {
    Str name = str_from(dotted, str_rfind_byte(dotted, '.') + 1);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (equals_lower(name, str_of(forms[i].name))) return &forms[i];
    }
    return NULL;
}

bool query_form_class(Query *self, FileId file, Str dotted, SymbolRef *out) {
    static const struct {
        const char *name, *module, *class;
    } classes[] = {
        {"list", "builtins", "list"},
        {"set", "builtins", "set"},
        {"frozenset", "builtins", "frozenset"},
        {"dict", "builtins", "dict"},
        {"tuple", "builtins", "tuple"},
        {"type", "builtins", "type"},
        {"deque", "collections", "deque"},
        {"defaultdict", "collections", "defaultdict"},
        {"ordereddict", "collections", "OrderedDict"},
        {"counter", "collections", "Counter"},
        {"chainmap", "collections", "ChainMap"},
    };
    Str name = str_from(dotted, str_rfind_byte(dotted, '.') + 1);
    Types types = {0};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!equals_lower(name, str_of(classes[i].name))) continue;
        query_push_library(self, file, str_of(classes[i].module), str_of(classes[i].class), &types);
    }
    bool found = types.len > 0;
    if (found) *out = types.items[0].symbol;
    ARRAY_FREE(&types);
    return found;
}

/* Cuts the piece up to the next separator outside of brackets off; false when nothing is left. */
static bool next_part(Str *rest, char separator, Str *out) {
    if (rest->data == NULL) return false;
    int depth = 0;
    size_t end = 0;
    char quote = 0;
    for (; end < rest->len; end++) {
        char c = rest->data[end];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '[' || c == '(')
            depth++;
        else if (c == ']' || c == ')')
            depth--;
        else if (c == separator && depth == 0)
            break;
    }
    *out = str_trim(str_slice(*rest, 0, end));
    *rest = end < rest->len ? str_from(*rest, end + 1) : STR_NONE;
    return true;
}

bool query_next_argument(Str *rest, Str *out) { return next_part(rest, ',', out); }

/* Without the quotes of a string annotation. */
static Str unquoted(Str text) {
    while (text.len >= 2 && (text.data[0] == '"' || text.data[0] == '\'') &&
           text.data[text.len - 1] == text.data[0])
        text = str_trim(str_slice(text, 1, text.len - 1));
    return text;
}

static void add_wrapped(const Types *types, Step step, Types *out) {
    for (uint32_t i = 0; i < types->len; i++) {
        Type type = types->items[i];
        uint32_t count = query_wrap_count(type.wraps);
        if (step != STEP_NONE && count == 32 / STEP_BITS) continue;
        if (step != STEP_NONE) type.wraps |= (uint32_t)step << count * STEP_BITS;
        query_push_type(out, type);
    }
}

static void read_tuple(Query *self, FileId file, uint32_t scope, Str arguments, Types *out) {
    Str rest = arguments, argument, second;
    bool uniform = query_next_argument(&rest, &argument) && query_next_argument(&rest, &second) &&
                   str_eq(second, STR("..."));
    rest = arguments;
    for (uint32_t i = 0; i < TUPLE_ITEMS && query_next_argument(&rest, &argument); i++) {
        Types types = {0};
        query_annotation(self, file, scope, argument, &types);
        add_wrapped(&types, uniform ? STEP_LIST : (Step)(STEP_IN + i), out);
        ARRAY_FREE(&types);
        if (uniform) break;
    }
}

static void read_form(Query *self, FileId file, uint32_t scope, const Form *form, Str arguments, Types *out) {
    Str rest = arguments, argument;
    if (form->kind == FORM_TUPLE) {
        read_tuple(self, file, scope, arguments, out);
        return;
    }
    for (uint32_t i = 0; query_next_argument(&rest, &argument); i++) {
        if (form->kind == FORM_NOTHING || (form->kind != FORM_UNION && i != form->argument)) continue;
        Types types = {0};
        query_annotation(self, file, scope, argument, &types);
        for (uint32_t t = 0; t < types.len && form->kind == FORM_CLASS; t++) types.items[t].instance = false;
        if (form->kind == FORM_ITEMS) {
            Types pairs = {0};
            add_wrapped(&types, STEP_IN + 1, &pairs);
            add_wrapped(&pairs, STEP_LIST, out);
            ARRAY_FREE(&pairs);
        } else {
            static const Step steps[FORM_NOTHING] = {
                [FORM_LIST] = STEP_LIST, [FORM_DICT] = STEP_DICT, [FORM_CALL] = STEP_CALL};
            add_wrapped(&types, steps[form->kind], out);
        }
        ARRAY_FREE(&types);
    }
}

/* The last name of what is called. */
static Str callee_of(Str call) {
    Str callee = str_slice(call, 0, str_find_byte(call, '('));
    return str_from(callee, str_rfind_byte(callee, '.') + 1);
}

/* What a call of typing's says that a name stands for: `NewType("N", Class)`, `TypeVar("T", bound=Class)`;
 * empty when nothing. */
static Str named_type(Str value) {
    size_t open = str_find_byte(value, '(');
    if (open == STR_NPOS || value.data[value.len - 1] != ')') return STR_NONE;
    Str rest = str_slice(value, open + 1, value.len - 1), name = callee_of(value), argument;
    bool new_type = str_eq(name, STR("NewType"));
    if (!new_type && !str_eq(name, STR("TypeVar"))) return STR_NONE;
    for (uint32_t i = 0; query_next_argument(&rest, &argument); i++) {
        if (new_type && i == 1) return argument;
        if (!new_type && str_starts_with(argument, STR("bound="))) return str_from(argument, 6);
    }
    return STR_NONE;
}

bool query_is_type_variable(Query *self, FileId file, uint32_t scope, Str name) {
    Targets targets = {0};
    bool found = false;
    query_dotted(self, file, scope, name, &targets);
    for (uint32_t i = 0; i < targets.len && !found; i++) {
        const Facts *facts = index_facts(self->index, targets.items[i].file);
        uint32_t symbol = targets.items[i].symbol;
        Str value = symbol == NONE ? STR_NONE : facts_text(facts, facts->symbols.items[symbol].value);
        Str callee = str_slice(value, 0, str_find_byte(value, '('));
        found = callee.len < value.len && str_ends_with(callee, STR("TypeVar"));
    }
    ARRAY_FREE(&targets);
    return found;
}

/* `T` of `def f[T: Class]`: what it is bound to is known. */
static bool is_type_parameter(const Index *index, const Target *target) {
    const Facts *facts = index_facts(index, target->file);
    uint32_t at = target->symbol == NONE ? facts_occurrence_at(facts, target->name.start) : NONE;
    return at != NONE && facts->occurrences.items[at].role == ROLE_TYPE_PARAM;
}

/* An instance of what a name means; of a name for an annotation, of that. */
static void push_instances(Query *self, const Targets *targets, Types *out) {
    for (uint32_t i = 0; i < targets->len; i++) {
        Target target = targets->items[i];
        Types types = {0};
        query_target_types(self, target, NULL, &types);
        for (uint32_t t = 0; t < types.len; t++) {
            Type type = types.items[t];
            bool class = !type.instance && !type.wraps && query_is_class(self->index, type.symbol);
            type.instance |= class;
            if (class || is_type_parameter(self->index, &target)) query_push_type(out, type);
        }
        ARRAY_FREE(&types);
        const Facts *facts = index_facts(self->index, target.file);
        if (target.symbol == NONE || target.symbol == 0) continue;
        const Symbol *symbol = &facts->symbols.items[target.symbol];
        Str value = facts_text(facts, symbol->value), named = named_type(value);
        bool alias = str_ends_with(facts_text(facts, symbol->type), STR("TypeAlias"));
        if (named.len || alias || str_find_byte(value, '[') != STR_NPOS)
            query_annotation(self, target.file, 0, named.len ? named : value, out);
    }
}

bool query_new_type(Query *self, Target target, Types *out) {
    if (target.symbol == NONE || !query_enter(self)) return false;
    const Facts *facts = index_facts(self->index, target.file);
    Str value = facts_text(facts, facts->symbols.items[target.symbol].value);
    bool made = str_eq(callee_of(value), STR("NewType"));
    uint32_t first = out->len;
    if (made) query_annotation(self, target.file, scope_around(facts, target.symbol), named_type(value), out);
    for (uint32_t i = first; i < out->len; i++) out->items[i].instance = false;
    query_leave(self);
    return made;
}

/* The class around a scope, or that it is the scope of; symbol NONE when there is none. */
static SymbolRef class_of_scope(const Facts *facts, FileId file, uint32_t scope) {
    while (scope != NONE && facts->scopes.items[scope].kind != SCOPE_CLASS)
        scope = facts->scopes.items[scope].parent;
    return (SymbolRef){file, scope == NONE ? NONE : facts->scopes.items[scope].symbol};
}

/* `Self`: what the class around the scope is. */
static void push_self(Query *self, FileId file, uint32_t scope, Types *out) {
    SymbolRef class = class_of_scope(index_facts(self->index, file), file, scope);
    if (class.symbol == NONE) return;
    query_push_type(out, (Type){.symbol = class, .receiver = {NONE, NONE}, .instance = true, .own = true});
}

static bool all_libraries(const Index *index, const Targets *targets) {
    for (uint32_t i = 0; i < targets->len; i++) {
        if (index_is_own(index, targets->items[i].file)) return false;
    }
    return true;
}

/* A type parameter of the class around. */
static bool push_parameter(Query *self, FileId file, uint32_t scope, Str name, Types *out) {
    SymbolRef class = class_of_scope(index_facts(self->index, file), file, scope);
    uint32_t number = class.symbol == NONE ? NONE : query_type_parameter(self, class, name);
    if (number == NONE) return false;
    query_push_type(out, (Type){.symbol = class,
                                .receiver = {NONE, NONE},
                                .parameter = (uint8_t)(number + 1),
                                .instance = true});
    return true;
}

/* `Class[…]`, which `head` means. */
static void push_generic(Query *self, FileId file, uint32_t scope, Str head, const Targets *targets,
                         Str arguments, Types *out) {
    TypeArguments given = {0};
    Types types = {0};
    Str rest = arguments, argument;
    SymbolRef class;
    push_instances(self, targets, &types);
    if (types.len == 0 && all_libraries(self->index, targets) && query_form_class(self, file, head, &class))
        query_push_type(&types, (Type){.symbol = class, .receiver = {NONE, NONE}, .instance = true});
    for (uint32_t i = 0; i < TYPE_ARGUMENTS && types.len && arguments.len; i++) {
        if (query_next_argument(&rest, &argument))
            query_annotation(self, file, scope, argument, &given.of[i]);
    }
    uint32_t number = query_keep_arguments(self, &given);
    for (uint32_t i = 0; i < types.len; i++) {
        Type type = types.items[i];
        if (type.arguments == 0 && type.wraps == 0) type.arguments = number;
        query_push_type(out, type);
    }
    ARRAY_FREE(&types);
}

/* Whether a value of the form is something that holds values. */
static bool holds_values(const Form *form) {
    return form->kind == FORM_LIST || form->kind == FORM_DICT || form->kind == FORM_ITEMS ||
           form->kind == FORM_TUPLE;
}

/* Whether its own class says what such a value has, where that is known. Of what lies in lists and tuples
 * more is known than their class tells. */
static bool has_members(const Form *form) {
    return holds_values(form) && form->kind != FORM_TUPLE && strcmp(form->name, "list") != 0;
}

/* One annotation that is no union with "|". */
static void read_annotation(Query *self, FileId file, uint32_t scope, Str text, Types *out) {
    size_t bracket = str_find_byte(text, '[');
    Str head = str_trim(str_slice(text, 0, bracket));
    Str arguments = STR_NONE;
    if (bracket != STR_NPOS && text.data[text.len - 1] == ']')
        arguments = str_slice(text, bracket + 1, text.len - 1);
    if (head.len == 0 || str_find_byte(head, '(') != STR_NPOS || str_eq(head, STR("None"))) return;
    if (str_eq(str_from(head, str_rfind_byte(head, '.') + 1), STR("Self"))) {
        push_self(self, file, scope, out);
        return;
    }
    if (arguments.len == 0 && push_parameter(self, file, scope, head, out)) return;
    Targets targets = {0};
    query_dotted(self, file, scope, head, &targets);
    const Form *form = arguments.len && all_libraries(self->index, &targets) ? find_form(head) : NULL;
    uint32_t before = out->len;
    if (form == NULL || has_members(form)) push_generic(self, file, scope, head, &targets, arguments, out);
    if (form && out->len == before) read_form(self, file, scope, form, arguments, out);
    if (form && holds_values(form) && out->len == before)
        push_generic(self, file, scope, head, &targets, STR_NONE, out);
    ARRAY_FREE(&targets);
}

void query_annotation(Query *self, FileId file, uint32_t scope, Str text, Types *out) {
    Str rest = unquoted(str_trim(text)), part;
    if (!query_enter(self)) return;
    while (next_part(&rest, '|', &part)) {
        part = unquoted(part);
        if (part.len) read_annotation(self, file, scope, part, out);
    }
    query_leave(self);
}

/* `def f(self: T) -> T`, `def f(cls: type[T]) -> T`. */
static bool returns_own(const Facts *facts, const Symbol *function) {
    if (function->kind != SYMBOL_METHOD || function->params.count == 0) return false;
    Str first = facts_text(facts, facts->params.items[function->params.first].type);
    Str wanted = facts_text(facts, function->type);
    size_t bracket = str_find_byte(first, '[');
    if (bracket != STR_NPOS && first.data[first.len - 1] == ']') {
        const Form *form = find_form(str_slice(first, 0, bracket));
        if (form == NULL || form->kind != FORM_CLASS) return false;
        first = str_slice(first, bracket + 1, first.len - 1);
    }
    return first.len && str_eq(first, wanted);
}

void query_return_annotation(Query *self, SymbolRef function, Types *out) {
    const Facts *facts = index_facts(self->index, function.file);
    const Symbol *symbol = &facts->symbols.items[function.symbol];
    uint32_t body = scope_of_body(facts, function.symbol);
    uint32_t scope = body == NONE ? scope_around(facts, function.symbol) : facts->scopes.items[body].parent;
    if (returns_own(facts, symbol))
        push_self(self, function.file, scope, out);
    else
        query_annotation(self, function.file, scope, facts_text(facts, symbol->type), out);
}

/* --- dotted names ------------------------------------------------------------------------------- */

/* Replaces the targets by what `name` means behind a dot after each. */
static void step_targets(Query *self, Str name, Targets *targets) {
    Targets next = {0};
    for (uint32_t i = 0; i < targets->len; i++) {
        Types types = {0};
        query_target_types(self, targets->items[i], NULL, &types);
        for (uint32_t t = 0; t < types.len; t++) query_member(self, types.items[t], name, &next);
        ARRAY_FREE(&types);
    }
    ARRAY_FREE(targets);
    *targets = next;
}

static void step_path(Query *self, Str path, Targets *targets) {
    Str part;
    while (targets->len && path.data && str_next_piece(&path, '.', &part)) step_targets(self, part, targets);
}

void query_path(Query *self, FileId module, Str path, Targets *out) {
    Targets found = {0};
    query_push_target(&found, query_symbol_target(self->index, module, 0));
    step_path(self, path, &found);
    for (uint32_t i = 0; i < found.len; i++) query_push_target(out, found.items[i]);
    ARRAY_FREE(&found);
}

/* Whether what a class binds can stand in an annotation: `date: date`, `def list(self) -> list[int]` mean
 * what is bound around. */
static bool may_be_type(const Facts *facts, uint32_t scope, const Numbers *bindings) {
    if (facts->scopes.items[scope].kind != SCOPE_CLASS) return true;
    for (uint32_t i = 0; i < bindings->len; i++) {
        uint32_t symbol = facts_symbol_named_at(facts, facts->occurrences.items[bindings->items[i]].start);
        if (symbol == NONE) return true;
        const Symbol *found = &facts->symbols.items[symbol];
        bool is_value = found->kind == SYMBOL_METHOD ||
                        (found->kind == SYMBOL_VARIABLE && found->type.len &&
                         !str_ends_with(facts_text(facts, found->type), STR("TypeAlias")));
        if (!is_value) return true;
    }
    return false;
}

void query_dotted(Query *self, FileId file, uint32_t scope, Str dotted, Targets *out) {
    Targets found = {0};
    Numbers bindings = {0};
    Str rest = dotted, part;
    if (!str_next_piece(&rest, '.', &part)) return;
    uint32_t local = scope_name(self->index, file, part);
    uint32_t in = local == NONE ? NONE : scope_lookup(self->index, file, scope, local, &bindings);
    if (in == scope && in != NONE && !may_be_type(index_facts(self->index, file), in, &bindings)) {
        ARRAY_FREE(&bindings);
        in = scope_lookup_around(self->index, file, scope, local, &bindings);
    }
    if (in == NONE) query_wildcards(self, file, part, &found);
    for (uint32_t i = bindings.len; i-- > 0 && bindings.len - i <= MOST_BINDINGS;)
        query_binding(self, file, bindings.items[i], &found);
    ARRAY_FREE(&bindings);
    step_path(self, rest, &found);
    for (uint32_t i = 0; i < found.len; i++) query_push_target(out, found.items[i]);
    ARRAY_FREE(&found);
}

void query_quoted(Query *self, FileId file, uint32_t quoted, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const QuotedName *items = facts->quoted.items;
    uint32_t first = quoted;
    if (items[quoted].member) {
        SymbolRef class = {file, facts->scopes.items[items[quoted].scope].symbol};
        query_class_member(self, class, facts_name(facts, items[quoted].name), false, out);
        return;
    }
    while (first > 0 && items[first].chained) first--;
    StrBuf dotted;
    buf_init(&dotted);
    for (uint32_t i = first; i <= quoted; i++) {
        if (i > first) buf_append_byte(&dotted, '.');
        buf_append(&dotted, facts_name(facts, items[i].name));
    }
    query_dotted(self, file, items[quoted].scope, buf_str(&dotted), out);
    buf_release(&dotted);
}
