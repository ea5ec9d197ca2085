#include "index/module.h"
#include "index/query.h"

uint32_t resolve_head(const Facts *facts, uint32_t occurrence) {
    while (occurrence > 0 && facts->occurrences.items[occurrence].flags & OCCURRENCE_CHAINED) occurrence--;
    return occurrence;
}

bool query_is_foreign(const Index *index, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(index, file);
    occurrence = resolve_head(facts, occurrence);
    const Occurrence *head = &facts->occurrences.items[occurrence];
    if (head->role != ROLE_READ) return false;
    Numbers bindings = {0};
    scope_lookup(index, file, facts_scope_of(facts, occurrence), head->name, &bindings);
    bool foreign = bindings.len > 0;
    for (uint32_t i = 0; i < bindings.len; i++)
        foreign &= facts->occurrences.items[bindings.items[i]].role == ROLE_IMPORT;
    ARRAY_FREE(&bindings);
    return foreign;
}

/* --- occurrences -------------------------------------------------------------------------------- */

static void resolve_attribute(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    uint32_t own = at->role == ROLE_ATTRIBUTE_WRITE ? facts_symbol_named_at(facts, at->start) : NONE;
    uint32_t before = out->len;
    Types receivers = {0};
    query_receiver(self, file, occurrence, &receivers);
    for (uint32_t i = 0; i < receivers.len; i++)
        query_member(self, receivers.items[i], facts_name(facts, at->name), out);
    if (receivers.len == 0) query_namespace(self, file, occurrence, out);
    if (own != NONE && out->len == before)
        query_push_target(out, query_symbol_target(self->index, file, own));
    ARRAY_FREE(&receivers);
}

static bool is_function(const Facts *facts, uint32_t symbol) {
    return symbol != NONE && (facts->symbols.items[symbol].kind == SYMBOL_FUNCTION ||
                              facts->symbols.items[symbol].kind == SYMBOL_METHOD);
}

/* The parameter that takes a keyword; false when the function takes no such keyword at all. */
static bool resolve_parameter(Query *self, SymbolRef function, Str keyword, Targets *out) {
    const Facts *facts = index_facts(self->index, function.file);
    Slice params = facts->symbols.items[function.symbol].params;
    bool any = false;
    for (uint32_t i = params.first; i < params.first + params.count; i++) {
        const Param *param = &facts->params.items[i];
        any |= param->kind == PARAM_KWARGS;
        if (!param_takes_keyword(param->kind) || !str_eq(facts_name(facts, param->name), keyword)) continue;
        uint32_t occurrence = facts_occurrence_at(facts, param->start);
        if (occurrence != NONE)
            query_push_target(out, query_binding_target(self->index, function.file, occurrence));
        return true;
    }
    return any;
}

typedef enum { MAKER_NONE, MAKER_TAKES, MAKER_PASSES, MAKER_REFUSES } Maker;

/* What the class's own `maker` does with a keyword. */
static Maker ask_maker(Query *self, SymbolRef class, Str maker, Str keyword, Targets *out) {
    Targets found = {0};
    uint32_t before = out->len;
    Maker result = MAKER_NONE;
    query_own_class_member(self, class, maker, &found);
    SymbolRef function = found.len ? (SymbolRef){found.items[0].file, found.items[0].symbol} : (SymbolRef){0};
    if (found.len && is_function(index_facts(self->index, function.file), function.symbol)) {
        bool takes = resolve_parameter(self, function, keyword, out);
        result = out->len > before ? MAKER_TAKES : takes ? MAKER_PASSES : MAKER_REFUSES;
    }
    ARRAY_FREE(&found);
    return result;
}

/* A keyword of `Class(…)`: of the methods that make an instance, as far up as they pass on what they do not
 * know; where none of own code does, the field of that name. */
static void resolve_field(Query *self, SymbolRef class, Str keyword, Targets *out) {
    static const char *const makers[] = {"__init__", "__new__"};
    for (size_t m = 0; m < sizeof makers / sizeof *makers; m++) {
        for (uint32_t i = 0; i < query_order(self, class).len; i++) {
            SymbolRef base = query_order(self, class).items[i];
            Maker maker = ask_maker(self, base, str_of(makers[m]), keyword, out);
            bool refuses = maker == MAKER_REFUSES && index_is_own(self->index, base.file);
            if (maker == MAKER_TAKES || refuses) return;
            if (maker == MAKER_REFUSES) break;
        }
    }
    query_class_member(self, class, keyword, false, out);
}

/* Whether it is what named tuples have to change fields. */
static bool is_replace(const Index *index, const Type *type) {
    const Facts *facts = index_facts(index, type->symbol.file);
    return type->receiver.file != NONE && !index_is_own(index, type->symbol.file) &&
           str_eq(symbol_name(facts, &facts->symbols.items[type->symbol.symbol]), STR("_replace"));
}

/* What a keyword given to something names. */
static void resolve_given(Query *self, Type type, Str keyword, Targets *out) {
    if (type.wraps || type.parameter || type.symbol.symbol == 0) return;
    if (!type.instance && is_function(index_facts(self->index, type.symbol.file), type.symbol.symbol)) {
        if (is_replace(self->index, &type))
            query_class_member(self, type.receiver, keyword, false, out);
        else
            resolve_parameter(self, type.symbol, keyword, out);
    } else if (!query_is_class(self->index, type.symbol)) {
        return;
    } else if (!type.instance) {
        resolve_field(self, type.symbol, keyword, out);
    } else {
        Targets calls = {0};
        uint32_t before = out->len;
        query_class_member(self, type.symbol, STR("__call__"), false, &calls);
        for (uint32_t i = 0; i < calls.len; i++) {
            SymbolRef call = {calls.items[i].file, calls.items[i].symbol};
            if (is_function(index_facts(self->index, call.file), call.symbol))
                resolve_parameter(self, call, keyword, out);
        }
        ARRAY_FREE(&calls);
        if (out->len == before) query_class_member(self, type.symbol, keyword, false, out);
    }
}

static void resolve_keyword(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    Str keyword = facts_name(facts, facts->occurrences.items[occurrence].name);
    Types types = {0};
    query_receiver(self, file, occurrence, &types);
    for (uint32_t i = 0; i < types.len; i++) resolve_given(self, types.items[i], keyword, out);
    ARRAY_FREE(&types);
}

void query_occurrence(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const ImportName *name;
    switch ((Role)at->role) {
    case ROLE_DEFINITION:
    case ROLE_IMPORT: query_binding(self, file, occurrence, out); break;
    case ROLE_ATTRIBUTE:
    case ROLE_ATTRIBUTE_WRITE:
    case ROLE_ATTRIBUTE_DELETE: resolve_attribute(self, file, occurrence, out); break;
    case ROLE_IMPORT_PATH:
        if (query_import_at(facts, at->start, &name))
            query_import(self, file, occurrence, out);
        else
            query_from_path(self, file, occurrence, out);
        break;
    case ROLE_KEYWORD: resolve_keyword(self, file, occurrence, out); break;
    default: query_name(self, file, occurrence, out); break;
    }
}

void resolve_occurrence(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    uint32_t before = out->len;
    Query query;
    query_init(&query, index);
    query_occurrence(&query, file, occurrence, out);
    if (out->len == before && at->role == ROLE_ATTRIBUTE && !query_is_foreign(index, file, occurrence))
        query_guess(&query, file, occurrence, out);
    query_release(&query);
}

/* --- string annotations ------------------------------------------------------------------------- */

/* What binds a name in its own file: the last binding, as strings are read late; NONE when nothing does. */
static uint32_t quoted_binding(const Index *index, FileId file, const QuotedName *quoted) {
    Numbers bindings = {0};
    if (!quoted->chained && !quoted->member)
        scope_lookup(index, file, quoted->scope, quoted->name, &bindings);
    uint32_t last = bindings.len ? *ARRAY_LAST(&bindings) : NONE;
    ARRAY_FREE(&bindings);
    return last;
}

bool resolve_quoted(const Index *index, FileId file, uint32_t quoted, FileId *out, uint32_t *occurrence) {
    *out = file;
    *occurrence = quoted_binding(index, file, &index_facts(index, file)->quoted.items[quoted]);
    if (*occurrence != NONE) return true;
    Query query;
    Targets targets = {0};
    query_init(&query, index);
    query_quoted(&query, file, quoted, &targets);
    bool found = targets.len > 0 && targets.items[0].symbol != 0;
    if (found) {
        *out = targets.items[0].file;
        *occurrence = facts_occurrence_at(index_facts(index, *out), targets.items[0].name.start);
    }
    ARRAY_FREE(&targets);
    query_release(&query);
    return found && *occurrence != NONE;
}

/* The name in `__all__` that holds an offset (its end counts); empty when none does. */
static Str export_at(const Facts *facts, uint32_t offset, Range *out) {
    for (uint32_t i = 0; i < facts->exports.count; i++) {
        Str name = facts_text(facts, facts->exports.items[i].name);
        uint32_t start = facts->exports.items[i].start;
        if (start == NONE || offset < start || offset > start + name.len) continue;
        *out = (Range){start, start + (uint32_t)name.len};
        return name;
    }
    return STR_NONE;
}

bool resolve_exported(const Index *index, FileId file, uint32_t offset, Range *name, FileId *out,
                      uint32_t *occurrence) {
    Str exported = export_at(index_facts(index, file), offset, name);
    Query query;
    Targets targets = {0};
    query_init(&query, index);
    if (exported.len) query_module_member(&query, file, exported, &targets);
    bool found = targets.len > 0 && targets.items[0].symbol != 0;
    if (found) {
        *out = targets.items[0].file;
        *occurrence = facts_occurrence_at(index_facts(index, *out), targets.items[0].name.start);
    }
    ARRAY_FREE(&targets);
    query_release(&query);
    return found && *occurrence != NONE;
}

/* --- dotted paths ------------------------------------------------------------------------------ */

/* The longest module at the start of an absolute path, then its members. */
static void resolve_absolute(Query *self, FileId file, Str dotted, Targets *out) {
    for (Str module = dotted; module.len;) {
        FileId found = query_find_module(self, file, module, 0);
        if (found != NONE) {
            bool whole = module.len == dotted.len;
            query_path(self, found, whole ? STR_NONE : str_from(dotted, module.len + 1), out);
            return;
        }
        size_t dot = str_rfind_byte(module, '.');
        module = dot == STR_NPOS ? STR("") : str_slice(module, 0, dot);
    }
}

void resolve_dotted(const Index *index, FileId file, Str dotted, Targets *out) {
    Query query;
    uint32_t before = out->len;
    query_init(&query, index);
    query_dotted(&query, file, 0, dotted, out);
    if (out->len == before) resolve_absolute(&query, file, dotted, out);
    query_release(&query);
}

/* The first own file, else the first of all. */
static FileId first_file(const Index *index) {
    FileId first = NONE;
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (index_stamp(index, file) == NULL) continue;
        if (index_is_own(index, file)) return file;
        if (first == NONE) first = file;
    }
    return first;
}

void resolve_path(const Index *index, Str dotted, Targets *out) {
    FileId file = first_file(index);
    if (file == NONE) return;
    Query query;
    query_init(&query, index);
    resolve_absolute(&query, file, dotted, out);
    query_release(&query);
}

void resolve_builtin(const Index *index, Str path, Targets *out) {
    StrBuf full;
    buf_init(&full);
    buf_printf(&full, "builtins.%.*s", STR_ARG(path));
    resolve_path(index, buf_str(&full), out);
    buf_release(&full);
}

/* The absolute dotted path of a module that an import names; relative ones count from this file's package. */
static void append_import_path(const Index *index, FileId file, const Import *import, StrBuf *out) {
    const Facts *facts = index_facts(index, file);
    if (import->level) {
        StrBuf own;
        buf_init(&own);
        index_module_name(index, file, &own);
        Str package = buf_str(&own);
        bool is_package = str_find(index_path(index, file), STR("/__init__.py")) != STR_NPOS;
        for (uint32_t up = is_package ? 1 : 0; up < import->level; up++) {
            size_t dot = str_rfind_byte(package, '.');
            package = dot == STR_NPOS ? STR("") : str_slice(package, 0, dot);
        }
        buf_append(out, package);
        buf_release(&own);
        if (import->module.len && out->len) buf_append_byte(out, '.');
    }
    buf_append(out, facts_text(facts, import->module));
}

/* The path that a name bound by an import stands for. */
static void append_imported(const Index *index, FileId file, uint32_t occurrence, StrBuf *out) {
    const Facts *facts = index_facts(index, file);
    const ImportName *name;
    const Import *import = query_import_at(facts, facts->occurrences.items[occurrence].start, &name);
    if (import == NULL) return;
    Str dotted = facts_text(facts, name->name);
    if (import->flags & IMPORT_FROM) {
        append_import_path(index, file, import, out);
        if (out->len) buf_append_byte(out, '.');
        buf_append(out, dotted);
    } else {
        buf_append(out, name->alias != NONE ? dotted : str_slice(dotted, 0, str_find_byte(dotted, '.')));
    }
}

/* The path of a chain's first name; false when it is not known. */
static bool append_head(const Index *index, FileId file, uint32_t occurrence, StrBuf *out) {
    const Facts *facts = index_facts(index, file);
    uint32_t name = facts->occurrences.items[occurrence].name;
    Numbers bindings = {0};
    uint32_t scope = scope_lookup(index, file, facts_scope_of(facts, occurrence), name, &bindings);
    uint32_t last = bindings.len ? ARRAY_POP(&bindings) : NONE; /* conditional imports agree on the name */
    ARRAY_FREE(&bindings);
    if (scope == NONE) {
        buf_append(out, facts_name(facts, name));
        return true;
    }
    Role role = (Role)facts->occurrences.items[last].role;
    uint32_t symbol = facts_symbol_named_at(facts, facts->occurrences.items[last].start);
    if (role == ROLE_IMPORT)
        append_imported(index, file, last, out);
    else if (role == ROLE_DEFINITION && symbol != NONE)
        index_dotted_name(index, (SymbolRef){file, symbol}, out);
    else
        return false;
    return true;
}

bool resolve_qualified(const Index *index, FileId file, uint32_t occurrence, StrBuf *out) {
    const Facts *facts = index_facts(index, file);
    uint32_t head = resolve_head(facts, occurrence);
    Role role = (Role)facts->occurrences.items[head].role;
    if (role != ROLE_READ && role != ROLE_IMPORT) return false;
    if (!append_head(index, file, head, out)) return false;
    for (uint32_t i = head + 1; i <= occurrence; i++) {
        buf_append_byte(out, '.');
        buf_append(out, facts_name(facts, facts->occurrences.items[i].name));
    }
    return true;
}

/* --- importers --------------------------------------------------------------------------------- */

/* The last part of a module's dotted name: whoever imports it has written that, or stands in its package. */
void resolve_importers(const Index *index, FileId module, FileIds *out) {
    StrBuf name;
    buf_init(&name);
    index_module_name(index, module, &name);
    Postings postings =
        index_postings(index, str_from(buf_str(&name), str_rfind_byte(buf_str(&name), '.') + 1));
    for (uint32_t i = 0; i < postings.count; i++) {
        FileId file = postings.items[i].file;
        const Facts *facts = index_facts(index, file);
        bool found = false;
        for (uint32_t n = 0; n < facts->imports.count && !found && file != module; n++)
            found = query_imports_module(index, file, &facts->imports.items[n], module);
        if (found) ARRAY_PUSH(out, file);
    }
    buf_release(&name);
}
