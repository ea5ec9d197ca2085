#include "index/semantics.h"

#include "base/path.h"
#include "index/name.h"
#include "index/query.h"

enum { MOST_WORK = 50000 /* steps for one file; what comes behind them is told by the file alone */ };

/* What a name is, and where names behind its dot are looked up: in a module or class, or (file NONE) nowhere.
 */
typedef struct {
    uint8_t type; /* SemanticType */
    uint16_t modifiers;
    SymbolRef members;
    uint32_t binding; /* the occurrence that declares it in this file, or NONE */
} Meaning;

typedef struct {
    Query query;
    FileId file;
    const Facts *facts;
    Str library; /* the folder of the standard library's stubs */
    Array(Meaning) meanings;
} Teller;

static const SymbolRef nowhere = {NONE, NONE};

static Meaning plain(SemanticType type) {
    return (Meaning){.type = (uint8_t)type, .members = nowhere, .binding = NONE};
}

/* --- symbols ----------------------------------------------------------------------------------- */

/* The last part of a dotted name, arguments left out: "deprecated" of "warnings.deprecated('…')". */
static Str last_part(Str written) {
    Str dotted = str_slice(written, 0, str_find_byte(written, '('));
    return str_trim(str_from(dotted, str_rfind_byte(dotted, '.') + 1));
}

static uint16_t decorator_modifier(Str name) {
    static const struct {
        const char *name;
        uint16_t modifier;
    } known[] = {
        {"staticmethod", SEMANTIC_STATIC},
        {"classmethod", SEMANTIC_STATIC},
        {"abstractmethod", SEMANTIC_ABSTRACT},
        {"deprecated", SEMANTIC_DEPRECATED},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (str_eq(name, str_of(known[i].name))) return known[i].modifier;
    }
    return 0;
}

static bool makes_property(Str decorator) {
    return str_eq(decorator, STR("property")) || str_eq(decorator, STR("cached_property")) ||
           str_eq(decorator, STR("setter")) || str_eq(decorator, STR("deleter"));
}

static void tell_definition(const Facts *facts, const Symbol *symbol, Meaning *out) {
    if (symbol->flags & SYMBOL_ASYNC) out->modifiers |= SEMANTIC_ASYNC;
    for (uint32_t i = 0; i < symbol->decorators.count; i++) {
        Str name = last_part(facts_text(facts, facts->texts.items[symbol->decorators.first + i]));
        out->modifiers |= decorator_modifier(name);
        if (symbol->kind == SYMBOL_METHOD && makes_property(name)) out->type = SEMANTIC_PROPERTY;
    }
}

static bool names_enum_base(const Facts *facts, const Symbol *class) {
    static const char *const names[] = {"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"};
    for (uint32_t b = 0; b < class->bases.count; b++) {
        Str base = last_part(facts_text(facts, facts->texts.items[class->bases.first + b]));
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (str_eq(base, str_of(names[i]))) return true;
        }
    }
    return false;
}

static bool has_enum_base(Teller *self, SymbolRef class) {
    uint32_t known = query_find(&self->query, KEY_TOKEN_ENUM, class.file, class.symbol);
    if (known != NONE) return known;
    const Facts *facts = index_facts(self->query.index, class.file);
    bool has = names_enum_base(facts, &facts->symbols.items[class.symbol]);
    query_keep(&self->query, KEY_TOKEN_ENUM, class.file, class.symbol, has);
    return has;
}

static bool is_enum(Teller *self, SymbolRef class) {
    SymbolRefs order = query_order(&self->query, class);
    bool found = false;
    for (uint32_t i = 0; i < order.len && !found; i++) found = has_enum_base(self, order.items[i]);
    return found;
}

static bool is_capitals(Str name) {
    bool capitals = false;
    for (size_t i = 0; i < name.len; i++) {
        if (name_is_small(name.data[i]) || ((unsigned char)name.data[i] & 0x80)) return false;
        capitals |= name_is_capital(name.data[i]);
    }
    return capitals;
}

static bool is_constant(const Facts *facts, const Symbol *symbol) {
    Str type = facts_text(facts, symbol->type);
    return is_capitals(symbol_name(facts, symbol)) ||
           str_eq(last_part(str_slice(type, 0, str_find_byte(type, '['))), STR("Final"));
}

static void tell_variable(Teller *self, SymbolRef ref, const Facts *facts, Meaning *out) {
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    SymbolRef parent = {ref.file, symbol->parent};
    out->type = SEMANTIC_VARIABLE;
    if (symbol->via == VIA_TYPE)
        out->type = SEMANTIC_TYPE;
    else if (query_is_class(self->query.index, parent))
        out->type = is_enum(self, parent) && !symbol->type.len ? SEMANTIC_ENUM_MEMBER : SEMANTIC_PROPERTY;
    if (out->type == SEMANTIC_ENUM_MEMBER || is_constant(facts, symbol)) out->modifiers |= SEMANTIC_READONLY;
}

static Meaning tell_symbol(Teller *self, SymbolRef ref) {
    const Facts *facts = index_facts(self->query.index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Meaning meaning = plain(SEMANTIC_NONE);
    switch ((SymbolKind)symbol->kind) {
    case SYMBOL_MODULE: meaning.type = SEMANTIC_NAMESPACE; break;
    case SYMBOL_CLASS: meaning.type = is_enum(self, ref) ? SEMANTIC_ENUM : SEMANTIC_CLASS; break;
    case SYMBOL_FUNCTION: meaning.type = SEMANTIC_FUNCTION; break;
    case SYMBOL_METHOD: meaning.type = SEMANTIC_METHOD; break;
    case SYMBOL_ATTRIBUTE: meaning.type = SEMANTIC_PROPERTY; break;
    case SYMBOL_VARIABLE: tell_variable(self, ref, facts, &meaning); break;
    }
    tell_definition(facts, symbol, &meaning);
    if (symbol->kind <= SYMBOL_CLASS) meaning.members = ref;
    bool standard =
        self->library.len && str_starts_with(index_path(self->query.index, ref.file), self->library);
    if (standard && ref.file != self->file) meaning.modifiers |= SEMANTIC_DEFAULT_LIBRARY;
    return meaning;
}

/* --- names ------------------------------------------------------------------------------------- */

static Meaning tell_targets(Teller *self, const Targets *targets) {
    if (targets->len == 0) return plain(SEMANTIC_NONE);
    Target first = targets->items[0];
    return first.symbol == NONE ? plain(SEMANTIC_VARIABLE)
                                : tell_symbol(self, (SymbolRef){first.file, first.symbol});
}

/* Members of the class whose method's first parameter it is. */
static Meaning tell_parameter(const Teller *self, uint32_t occurrence) {
    const Facts *facts = self->facts;
    Meaning meaning = plain(SEMANTIC_PARAMETER);
    uint32_t function = facts->scopes.items[facts_scope_of(facts, occurrence)].symbol;
    const Symbol *method = &facts->symbols.items[function];
    if (method->kind != SYMBOL_METHOD || method->params.count == 0) return meaning;
    bool first =
        facts->params.items[method->params.first].start == facts->occurrences.items[occurrence].start;
    bool is_static = false;
    for (uint32_t i = 0; i < method->decorators.count; i++)
        is_static |=
            str_eq(facts_text(facts, facts->texts.items[method->decorators.first + i]), STR("staticmethod"));
    if (first && !is_static) meaning.members = (SymbolRef){self->file, method->parent};
    return meaning;
}

static Meaning tell_import(Teller *self, uint32_t occurrence) {
    const Occurrence *at = &self->facts->occurrences.items[occurrence];
    const ImportName *name;
    const Import *import = query_import_at(self->facts, at->start, &name);
    Targets targets = {0};
    if (import && query_enter(&self->query)) {
        query_import(&self->query, self->file, occurrence, &targets);
        query_leave(&self->query);
    }
    Meaning meaning = tell_targets(self, &targets);
    if (meaning.type == SEMANTIC_NONE && !(import && import->flags & IMPORT_FROM))
        meaning.type = SEMANTIC_NAMESPACE;
    ARRAY_FREE(&targets);
    return meaning;
}

static Meaning tell_binding(Teller *self, uint32_t occurrence) {
    const Occurrence *at = &self->facts->occurrences.items[occurrence];
    uint32_t symbol;
    switch ((Role)at->role) {
    case ROLE_PARAM: return tell_parameter(self, occurrence);
    case ROLE_TYPE_PARAM: return plain(SEMANTIC_TYPE_PARAMETER);
    case ROLE_IMPORT: return tell_import(self, occurrence);
    default: break;
    }
    symbol = facts_symbol_named_at(self->facts, at->start);
    return symbol == NONE ? plain(SEMANTIC_VARIABLE) : tell_symbol(self, (SymbolRef){self->file, symbol});
}

/* Of several bindings, a definition says most, then an import. */
static uint32_t best_binding(const Facts *facts, const Numbers *bindings) {
    uint32_t best = bindings->items[0];
    for (uint32_t i = 0; i < bindings->len; i++) {
        Role role = (Role)facts->occurrences.items[bindings->items[i]].role;
        if (role == ROLE_DEFINITION) return bindings->items[i];
        if (role == ROLE_IMPORT && facts->occurrences.items[best].role != ROLE_IMPORT)
            best = bindings->items[i];
    }
    return best;
}

static Meaning work_out_name(Teller *self, uint32_t scope, uint32_t name) {
    Numbers bindings = {0};
    Meaning meaning;
    if (scope_lookup(self->query.index, self->file, scope, name, &bindings) == NONE) {
        Targets targets = {0};
        query_wildcards(&self->query, self->file, facts_name(self->facts, name), &targets);
        meaning = tell_targets(self, &targets);
        ARRAY_FREE(&targets);
    } else {
        meaning = tell_binding(self, best_binding(self->facts, &bindings));
        meaning.binding = bindings.items[0];
    }
    ARRAY_FREE(&bindings);
    return meaning;
}

static Meaning remember(Teller *self, QueryKey key, FileId file, uint64_t number, Meaning meaning) {
    query_keep(&self->query, key, file, number, self->meanings.len);
    ARRAY_PUSH(&self->meanings, meaning);
    return meaning;
}

static Meaning tell_name(Teller *self, uint32_t scope, uint32_t name) {
    uint64_t number = (uint64_t)scope << 32 | name;
    uint32_t known = query_find(&self->query, KEY_TOKEN_NAME, self->file, number);
    if (known != NONE) return self->meanings.items[known];
    return remember(self, KEY_TOKEN_NAME, self->file, number, work_out_name(self, scope, name));
}

/* --- attributes -------------------------------------------------------------------------------- */

static Meaning tell_member(Teller *self, SymbolRef owner, uint32_t name) {
    uint64_t number = (uint64_t)owner.symbol << 32 | index_name_id(self->query.index, self->file, name);
    uint32_t known = query_find(&self->query, KEY_TOKEN_MEMBER, owner.file, number);
    if (known != NONE) return self->meanings.items[known];
    Targets targets = {0};
    query_member(&self->query, (Type){.symbol = owner, .receiver = nowhere}, facts_name(self->facts, name),
                 &targets);
    Meaning meaning = tell_targets(self, &targets);
    ARRAY_FREE(&targets);
    return remember(self, KEY_TOKEN_MEMBER, owner.file, number, meaning);
}

static Meaning tell_attribute(Teller *self, const Meaning *receiver, const Occurrence *at) {
    Meaning meaning = plain(SEMANTIC_NONE);
    bool chained = at->flags & OCCURRENCE_CHAINED, called = at->flags & OCCURRENCE_CALLEE;
    if (chained && receiver->members.file != NONE) meaning = tell_member(self, receiver->members, at->name);
    if (meaning.type != SEMANTIC_NONE) return meaning;
    bool of_module = chained && receiver->type == SEMANTIC_NAMESPACE;
    if (of_module) return plain(called ? SEMANTIC_FUNCTION : SEMANTIC_VARIABLE);
    return plain(called ? SEMANTIC_METHOD : SEMANTIC_PROPERTY);
}

/* --- the file ---------------------------------------------------------------------------------- */

static Meaning tell_path(Teller *self, uint32_t occurrence) {
    const ImportName *name;
    const Import *import =
        query_import_at(self->facts, self->facts->occurrences.items[occurrence].start, &name);
    bool original = import && import->flags & IMPORT_FROM;
    return original ? tell_import(self, occurrence) : plain(SEMANTIC_NAMESPACE);
}

static Meaning tell(Teller *self, uint32_t occurrence, uint32_t scope, const Meaning *before) {
    const Occurrence *at = &self->facts->occurrences.items[occurrence];
    switch ((Role)at->role) {
    case ROLE_KEYWORD: return plain(SEMANTIC_PARAMETER);
    case ROLE_IMPORT_PATH: return tell_path(self, occurrence);
    case ROLE_ATTRIBUTE:
    case ROLE_ATTRIBUTE_WRITE:
    case ROLE_ATTRIBUTE_DELETE: return tell_attribute(self, before, at);
    case ROLE_DEFINITION:
    case ROLE_IMPORT:
    case ROLE_PARAM:
    case ROLE_TYPE_PARAM: return tell_binding(self, occurrence);
    default: return tell_name(self, scope, at->name);
    }
}

static uint16_t place_modifiers(const Meaning *meaning, const Occurrence *at, uint32_t occurrence) {
    switch ((Role)at->role) {
    case ROLE_DEFINITION: return SEMANTIC_DECLARATION | SEMANTIC_DEFINITION;
    case ROLE_PARAM:
    case ROLE_TYPE_PARAM: return SEMANTIC_DECLARATION;
    case ROLE_WRITE: return meaning->binding == occurrence ? SEMANTIC_DECLARATION : SEMANTIC_MODIFICATION;
    case ROLE_ATTRIBUTE_WRITE: return SEMANTIC_MODIFICATION;
    default: return 0;
    }
}

/* The name that a decorator is: the last one of a dotted name. */
static bool is_decorator(const Facts *facts, uint32_t occurrence) {
    if (!(facts->occurrences.items[occurrence].flags & OCCURRENCE_DECORATOR)) return false;
    uint32_t next = occurrence + 1;
    return next == facts->occurrences.count || !(facts->occurrences.items[next].flags & OCCURRENCE_CHAINED);
}

static void push_token(const Facts *facts, const Meaning *meaning, uint32_t occurrence, SemanticTokens *out) {
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Range range = {at->start, at->start + (uint32_t)facts_name(facts, at->name).len};
    if (meaning->type == SEMANTIC_NONE || (out->len && ARRAY_LAST(out)->range.end > range.start)) return;
    uint8_t type = is_decorator(facts, occurrence) ? SEMANTIC_DECORATOR : meaning->type;
    ARRAY_PUSH(out,
               (SemanticToken){range, type, meaning->modifiers | place_modifiers(meaning, at, occurrence)});
}

/* The first occurrence behind `start`, or the one that begins its dotted name. */
static uint32_t first_shown(const Facts *facts, uint32_t start) {
    uint32_t low = facts_first_occurrence(facts, start);
    while (low > 0 && low < facts->occurrences.count &&
           facts->occurrences.items[low].flags & OCCURRENCE_CHAINED)
        low--;
    return low;
}

static void read_range(Teller *self, Range range, SemanticTokens *out) {
    const Facts *facts = self->facts;
    uint32_t i = first_shown(facts, range.start),
             run = i < facts->occurrences.count ? facts_run_of(facts, i) : 0;
    Meaning meaning = plain(SEMANTIC_NONE);
    for (; i < facts->occurrences.count && facts->occurrences.items[i].start < range.end; i++) {
        while (run + 1 < facts->runs.count && facts->runs.items[run + 1].first <= i) run++;
        meaning = tell(self, i, facts->runs.items[run].scope, &meaning);
        if (facts->occurrences.items[i].start >= range.start) push_token(facts, &meaning, i, out);
    }
}

void semantics_read(const Index *index, FileId file, Range range, SemanticTokens *out) {
    Teller self = {.file = file, .facts = index_facts(index, file)};
    query_init(&self.query, index);
    self.query.work = MOST_WORK;
    FileId builtins = query_find_module(&self.query, file, STR("builtins"), 0);
    if (builtins != NONE && index_is_library(index, builtins))
        self.library = path_parent(index_path(index, builtins));
    read_range(&self, range, out);
    ARRAY_FREE(&self.meanings);
    query_release(&self.query);
}
