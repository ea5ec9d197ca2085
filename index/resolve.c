#include "index/resolve.h"

enum { DEEPEST = 24 }; /* imports followed one behind the other: cycles end here */

typedef Array(uint32_t) Numbers;

static bool binds(Role role) {
    return role == ROLE_WRITE || role == ROLE_DEFINITION || role == ROLE_PARAM || role == ROLE_TYPE_PARAM ||
           role == ROLE_IMPORT;
}

/* --- scopes ------------------------------------------------------------------------------------ */

/* What a scope says about a name: its bindings, and whether a global or nonlocal statement sends elsewhere.
 */
typedef struct {
    Numbers bindings; /* occurrences */
    bool global, nonlocal;
} ScopeEntry;

static ScopeEntry scope_entry(const Index *index, FileId file, uint32_t scope, uint32_t name) {
    const Facts *facts = index_facts(index, file);
    uint32_t id = index_name_id(index, file, name);
    ScopeEntry entry = {0};
    for (uint32_t i = 0; i < facts->occurrences.count; i++) {
        const Occurrence *occurrence = &facts->occurrences.items[i];
        if (index_name_id(index, file, occurrence->name) != id) continue;
        bool binding = binds((Role)occurrence->role);
        if (!binding && occurrence->role != ROLE_GLOBAL && occurrence->role != ROLE_NONLOCAL) continue;
        if (facts_scope_of(facts, i) != scope) continue;
        if (binding) ARRAY_PUSH(&entry.bindings, i);
        entry.global |= occurrence->role == ROLE_GLOBAL;
        entry.nonlocal |= occurrence->role == ROLE_NONLOCAL;
    }
    return entry;
}

/* The scope that a name written in `scope` is bound in, and its bindings there; NONE when the file does not
 * bind it. Class scopes are seen only from directly inside (The Python Language Reference, 4.2.2 "Resolution
 * of names"). */
static uint32_t binding_scope(const Index *index, FileId file, uint32_t scope, uint32_t name,
                              Numbers *bindings) {
    const Facts *facts = index_facts(index, file);
    bool inside = true;
    while (scope != NONE) {
        const Scope *here = &facts->scopes.items[scope];
        if (inside || here->kind != SCOPE_CLASS) {
            ScopeEntry entry = scope_entry(index, file, scope, name);
            bool elsewhere = entry.global || entry.nonlocal;
            if (!elsewhere && entry.bindings.len) {
                *bindings = entry.bindings;
                return scope;
            }
            ARRAY_FREE(&entry.bindings);
            if (entry.global && scope != 0) {
                scope = 0;
                continue;
            }
        }
        inside = here->kind == SCOPE_TYPE_PARAMS && inside;
        scope = here->parent;
    }
    return NONE;
}

/* --- targets ----------------------------------------------------------------------------------- */

static Target symbol_target(const Index *index, FileId file, uint32_t symbol) {
    const Facts *facts = index_facts(index, file);
    const Symbol *s = &facts->symbols.items[symbol];
    if (symbol == 0) return (Target){file, 0, {0, 0}};
    return (Target){file, symbol, {s->name_start, s->name_start + (uint32_t)symbol_name(facts, s).len}};
}

static void push_target(Targets *out, Target target) {
    for (uint32_t i = 0; i < out->len; i++) {
        const Target *known = &out->items[i];
        if (known->file == target.file && known->name.start == target.name.start &&
            known->symbol == target.symbol)
            return;
    }
    ARRAY_PUSH(out, target);
}

static void resolve_member(const Index *index, FileId module, Str name, uint32_t depth, Targets *out);

/* The import that holds the name at an offset, and that name. */
static const Import *import_at(const Facts *facts, uint32_t offset, const ImportName **name) {
    uint32_t low = 0, high = facts->import_names.count;
    while (low < high) { /* the last name that starts at or before the offset */
        uint32_t middle = low + (high - low) / 2;
        if (facts->import_names.items[middle].start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    *name =
        low && offset < facts->import_names.items[low - 1].end ? &facts->import_names.items[low - 1] : NULL;
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        Slice names = import->names;
        if (*name && low - 1 >= names.first && low - 1 < names.first + names.count) return import;
    }
    return NULL;
}

/* The part of a dotted name up to the identifier at `offset`, when the dotted name starts at `start`. */
static Str dotted_up_to(Str dotted, uint32_t start, uint32_t offset, Str identifier) {
    uint32_t before = offset > start ? offset - start : 0;
    size_t end = before + identifier.len;
    return end <= dotted.len && str_eq(str_slice(dotted, before, end), identifier) ? str_slice(dotted, 0, end)
                                                                                   : dotted;
}

static void import_module(const Index *index, FileId file, Str dotted, uint32_t level, Targets *out) {
    FileId module = index_find_module(index, file, dotted, level);
    if (module != NONE) push_target(out, symbol_target(index, module, 0));
}

/* `from module import name`: what the module binds so, else a submodule. */
static void import_from(const Index *index, FileId file, const Import *import, Str name, uint32_t depth,
                        Targets *out) {
    const Facts *facts = index_facts(index, file);
    Str path = facts_text(facts, import->module);
    FileId module = index_find_module(index, file, path, import->level);
    uint32_t before = out->len;
    if (module != NONE && module != file) resolve_member(index, module, name, depth + 1, out);
    if (out->len > before) return;
    StrBuf dotted;
    buf_init(&dotted);
    buf_append(&dotted, path);
    if (path.len) buf_append_byte(&dotted, '.');
    buf_append(&dotted, name);
    import_module(index, file, buf_str(&dotted), import->level, out);
    buf_release(&dotted);
}

/* What the name bound (or passed through) by an import at an occurrence means. */
static void resolve_import(const Index *index, FileId file, uint32_t occurrence, uint32_t depth,
                           Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const ImportName *name;
    const Import *import = import_at(facts, at->start, &name);
    if (import == NULL) return;
    Str dotted = facts_text(facts, name->name), identifier = facts_name(facts, at->name);
    if (import->flags & IMPORT_FROM) {
        import_from(index, file, import, dotted, depth, out);
        return;
    }
    bool alias = name->alias != NONE && at->role == ROLE_IMPORT;
    import_module(index, file, alias ? dotted : dotted_up_to(dotted, name->start, at->start, identifier), 0,
                  out);
}

/* A part of the module path in `from a.b import c`. */
static void resolve_from_path(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        uint32_t end =
            import->names.count ? facts->import_names.items[import->names.first].start : import->start;
        if (at->start < import->start || at->start >= end) continue;
        Str path = facts_text(facts, import->module);
        uint32_t first = occurrence; /* the path's first identifier */
        while (first > 0 && (facts->occurrences.items[first].flags & OCCURRENCE_CHAINED)) first--;
        uint32_t start = facts->occurrences.items[first].start;
        import_module(index, file, dotted_up_to(path, start, at->start, facts_name(facts, at->name)),
                      import->level, out);
        return;
    }
}

static void resolve_binding(const Index *index, FileId file, uint32_t occurrence, uint32_t depth,
                            Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    Range range = {at->start, at->start + (uint32_t)facts_name(facts, at->name).len};
    if (at->role == ROLE_IMPORT) {
        if (depth < DEEPEST) resolve_import(index, file, occurrence, depth, out);
        return;
    }
    push_target(out, (Target){file, facts_symbol_named_at(facts, at->start), range});
}

/* Adds what the bindings mean: those before the use from the nearest back, then those behind it. */
static void resolve_bindings(const Index *index, FileId file, const Numbers *bindings, uint32_t use,
                             uint32_t depth, Targets *out) {
    uint32_t before = 0;
    while (before < bindings->len && bindings->items[before] <= use) before++;
    for (uint32_t i = before; i-- > 0;) resolve_binding(index, file, bindings->items[i], depth, out);
    for (uint32_t i = before; i < bindings->len; i++)
        resolve_binding(index, file, bindings->items[i], depth, out);
}

/* Number of an identifier among a file's names, or NONE. */
static uint32_t local_name(const Index *index, FileId file, Str name) {
    Postings postings = index_postings(index, name);
    uint32_t low = 0, high = postings.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (postings.items[middle].file < file)
            low = middle + 1;
        else
            high = middle;
    }
    return low < postings.count && postings.items[low].file == file ? postings.items[low].name : NONE;
}

/* Names that `from x import *` brings into a module. */
static void resolve_wildcards(const Index *index, FileId file, Str name, uint32_t depth, Targets *out) {
    const Facts *facts = index_facts(index, file);
    if (depth >= DEEPEST) return;
    for (uint32_t i = facts->imports.count; i-- > 0 && out->len == 0;) {
        const Import *import = &facts->imports.items[i];
        if (!(import->flags & IMPORT_WILDCARD)) continue;
        FileId module = index_find_module(index, file, facts_text(facts, import->module), import->level);
        if (module != NONE && module != file) resolve_member(index, module, name, depth + 1, out);
    }
}

/* What `name` means as an attribute of a module: its bindings, the last first, then what wildcards bring. */
static void resolve_member(const Index *index, FileId module, Str name, uint32_t depth, Targets *out) {
    const Facts *facts = index_facts(index, module);
    uint32_t local = local_name(index, module, name), before = out->len;
    if (local != NONE) {
        ScopeEntry entry = scope_entry(index, module, 0, local);
        resolve_bindings(index, module, &entry.bindings, facts->occurrences.count, depth, out);
        ARRAY_FREE(&entry.bindings);
    }
    if (out->len == before) resolve_wildcards(index, module, name, depth, out);
}

/* --- attributes -------------------------------------------------------------------------------- */

/* A member of a class or of the classes it names as bases, the nearest first. */
static void resolve_class_member(const Index *index, SymbolRef class, Str name, uint32_t depth,
                                 Targets *out) {
    const Facts *facts = index_facts(index, class.file);
    uint32_t before = out->len;
    for (uint32_t s = facts_next_child(facts, class.symbol, NONE); s != NONE;
         s = facts_next_child(facts, class.symbol, s)) {
        if (str_eq(symbol_name(facts, &facts->symbols.items[s]), name))
            push_target(out, symbol_target(index, class.file, s));
    }
    Slice bases = facts->symbols.items[class.symbol].bases;
    for (uint32_t i = 0; i < bases.count && out->len == before && depth < DEEPEST; i++) {
        Str base = facts_text(facts, facts->texts.items[bases.first + i]);
        Targets classes = {0};
        resolve_dotted(index, class.file, str_slice(base, 0, str_find_byte(base, '[')), &classes);
        for (uint32_t c = 0; c < classes.len && out->len == before; c++) {
            Target target = classes.items[c];
            bool is_class =
                target.symbol != NONE &&
                index_facts(index, target.file)->symbols.items[target.symbol].kind == SYMBOL_CLASS;
            bool itself = target.file == class.file && target.symbol == class.symbol;
            if (is_class && !itself)
                resolve_class_member(index, (SymbolRef){target.file, target.symbol}, name, depth + 1, out);
        }
        ARRAY_FREE(&classes);
    }
}

/* What `name` means behind a dot after `receiver`. */
static void resolve_attribute_of(const Index *index, Target receiver, Str name, uint32_t depth,
                                 Targets *out) {
    if (receiver.symbol == NONE) return;
    const Facts *facts = index_facts(index, receiver.file);
    if (receiver.symbol == 0) {
        uint32_t before = out->len;
        resolve_member(index, receiver.file, name, depth, out);
        if (out->len == before) import_module(index, receiver.file, name, 1, out);
    } else if (facts->symbols.items[receiver.symbol].kind == SYMBOL_CLASS) {
        resolve_class_member(index, (SymbolRef){receiver.file, receiver.symbol}, name, depth, out);
    }
}

/* The class whose instance (or which itself) a method's first parameter is, when `target` is such a
 * parameter. */
static bool class_of_self(const Index *index, Target target, SymbolRef *class) {
    const Facts *facts = index_facts(index, target.file);
    if (target.symbol != NONE) return false;
    uint32_t symbol = facts_symbol_at(facts, target.name.start);
    const Symbol *method = &facts->symbols.items[symbol];
    if (method->kind != SYMBOL_METHOD || method->params.count == 0) return false;
    if (facts->params.items[method->params.first].start != target.name.start) return false;
    for (uint32_t i = 0; i < method->decorators.count; i++) {
        Text decorator = facts->texts.items[method->decorators.first + i];
        if (str_eq(facts_text(facts, decorator), STR("staticmethod"))) return false;
    }
    *class = (SymbolRef){target.file, method->parent};
    return true;
}

static void resolve_at(const Index *index, FileId file, uint32_t occurrence, uint32_t depth, Targets *out);

static void resolve_attribute(const Index *index, FileId file, uint32_t occurrence, uint32_t depth,
                              Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    uint32_t own = facts_symbol_named_at(facts, at->start);
    if (own != NONE) push_target(out, symbol_target(index, file, own));
    if (!(at->flags & OCCURRENCE_CHAINED) || occurrence == 0 || depth >= DEEPEST) return;
    Targets receivers = {0};
    resolve_at(index, file, occurrence - 1, depth + 1, &receivers);
    for (uint32_t i = 0; i < receivers.len; i++) {
        SymbolRef class;
        if (class_of_self(index, receivers.items[i], &class))
            resolve_class_member(index, class, facts_name(facts, at->name), depth, out);
        else
            resolve_attribute_of(index, receivers.items[i], facts_name(facts, at->name), depth, out);
    }
    ARRAY_FREE(&receivers);
}

static void resolve_name(const Index *index, FileId file, uint32_t occurrence, uint32_t depth, Targets *out) {
    const Facts *facts = index_facts(index, file);
    uint32_t name = facts->occurrences.items[occurrence].name;
    Numbers bindings = {0};
    if (binding_scope(index, file, facts_scope_of(facts, occurrence), name, &bindings) == NONE)
        resolve_wildcards(index, file, facts_name(facts, name), depth, out);
    else
        resolve_bindings(index, file, &bindings, occurrence, depth, out);
    ARRAY_FREE(&bindings);
}

static void resolve_at(const Index *index, FileId file, uint32_t occurrence, uint32_t depth, Targets *out) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const ImportName *name;
    switch ((Role)at->role) {
    case ROLE_DEFINITION: resolve_binding(index, file, occurrence, depth, out); break;
    case ROLE_ATTRIBUTE:
    case ROLE_ATTRIBUTE_WRITE:
    case ROLE_ATTRIBUTE_DELETE: resolve_attribute(index, file, occurrence, depth, out); break;
    case ROLE_IMPORT: resolve_import(index, file, occurrence, depth, out); break;
    case ROLE_IMPORT_PATH:
        if (import_at(facts, at->start, &name))
            resolve_import(index, file, occurrence, depth, out);
        else
            resolve_from_path(index, file, occurrence, out);
        break;
    case ROLE_KEYWORD: break;
    default: resolve_name(index, file, occurrence, depth, out); break;
    }
}

void resolve_occurrence(const Index *index, FileId file, uint32_t occurrence, Targets *out) {
    resolve_at(index, file, occurrence, 0, out);
}

/* --- dotted paths ------------------------------------------------------------------------------ */

/* Replaces the targets by what `name` means behind a dot after each. */
static void step(const Index *index, Str name, Targets *targets) {
    Targets next = {0};
    for (uint32_t i = 0; i < targets->len; i++)
        resolve_attribute_of(index, targets->items[i], name, 0, &next);
    ARRAY_FREE(targets);
    *targets = next;
}

/* The longest module at the start of an absolute path, then its members. */
static void resolve_absolute(const Index *index, FileId file, Str dotted, Targets *out) {
    for (Str module = dotted; module.len;) {
        FileId found = index_find_module(index, file, module, 0);
        if (found != NONE) {
            push_target(out, symbol_target(index, found, 0));
            Str rest = str_from(dotted, module.len + 1), part;
            if (module.len == dotted.len) return;
            while (rest.data && str_next_piece(&rest, '.', &part)) step(index, part, out);
            return;
        }
        size_t dot = str_rfind_byte(module, '.');
        module = dot == STR_NPOS ? STR("") : str_slice(module, 0, dot);
    }
}

void resolve_dotted(const Index *index, FileId file, Str dotted, Targets *out) {
    Targets found = {0};
    Str rest = dotted, part;
    if (str_next_piece(&rest, '.', &part)) resolve_member(index, file, part, 0, &found);
    while (found.len && rest.data && str_next_piece(&rest, '.', &part)) step(index, part, &found);
    if (found.len == 0) resolve_absolute(index, file, dotted, &found);
    for (uint32_t i = 0; i < found.len; i++) push_target(out, found.items[i]);
    ARRAY_FREE(&found);
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
    const Import *import = import_at(facts, facts->occurrences.items[occurrence].start, &name);
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
    uint32_t scope = binding_scope(index, file, facts_scope_of(facts, occurrence), name, &bindings);
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
    uint32_t head = occurrence;
    while (head > 0 && (facts->occurrences.items[head].flags & OCCURRENCE_CHAINED)) head--;
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

static bool imports_module(const Index *index, FileId file, const Import *import, FileId module) {
    const Facts *facts = index_facts(index, file);
    bool from = import->flags & IMPORT_FROM;
    if (from && index_find_module(index, file, facts_text(facts, import->module), import->level) == module)
        return true;
    bool found = false;
    StrBuf path;
    buf_init(&path);
    for (uint32_t i = 0; i < import->names.count && !found; i++) {
        buf_clear(&path);
        buf_append(&path, facts_text(facts, import->module));
        if (path.len) buf_append_byte(&path, '.');
        buf_append(&path, facts_text(facts, facts->import_names.items[import->names.first + i].name));
        found = index_find_module(index, file, buf_str(&path), import->level) == module;
    }
    buf_release(&path);
    return found;
}

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
            found = imports_module(index, file, &facts->imports.items[n], module);
        if (found) ARRAY_PUSH(out, file);
    }
    buf_release(&name);
}
