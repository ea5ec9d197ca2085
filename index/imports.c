/* What imports bind: The Python Language Reference, 7.11 "The import statement". */
#include "index/module.h"
#include "index/query.h"
#include "index/stubs.h"

enum {
    MOST_BINDINGS = 256, /* of one name that count */
    MOST_PARTS = 64      /* of a dotted name that leads to a module */
};

const Import *query_import_at(const Facts *facts, uint32_t offset, const ImportName **name) {
    uint32_t low = 0, high = facts->import_names.count;
    /* the last name that starts at or before the offset */
    LOWER_BOUND(low, high, facts->import_names.items[middle].start <= offset);
    *name =
        low && offset < facts->import_names.items[low - 1].end ? &facts->import_names.items[low - 1] : NULL;
    if (*name == NULL) return NULL;
    uint32_t first = 0, end = facts->imports.count;
    while (end - first > 1) { /* the last import that starts at or before the name */
        uint32_t middle = first + (end - first) / 2;
        if (facts->imports.items[middle].start <= (*name)->start)
            first = middle;
        else
            end = middle;
    }
    return facts->imports.count ? &facts->imports.items[first] : NULL;
}

/* The part of a dotted name up to the identifier at `offset`, when the dotted name starts at `start`. */
static Str dotted_up_to(Str dotted, uint32_t start, uint32_t offset, Str identifier) {
    uint32_t before = offset > start ? offset - start : 0;
    size_t end = before + identifier.len;
    return end <= dotted.len && str_eq(str_slice(dotted, before, end), identifier) ? str_slice(dotted, 0, end)
                                                                                   : dotted;
}

static void push_module(Query *self, FileId file, Str dotted, uint32_t level, Targets *out) {
    FileId module = query_find_module(self, file, dotted, level);
    if (module != NONE) query_push_target(out, query_symbol_target(self->index, module, 0));
}

/* `from module import name`: what the module binds so, else a submodule. */
static void import_from(Query *self, FileId file, const Import *import, Str name, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    Str path = facts_text(facts, import->module);
    FileId module = query_find_module(self, file, path, import->level);
    uint32_t before = out->len;
    if (module != NONE && module != file) query_module_member(self, module, name, out);
    if (out->len > before) return;
    StrBuf dotted;
    buf_init(&dotted);
    buf_append(&dotted, path);
    if (path.len) buf_append_byte(&dotted, '.');
    buf_append(&dotted, name);
    push_module(self, file, buf_str(&dotted), import->level, out);
    buf_release(&dotted);
}

void query_import(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const ImportName *name;
    const Import *import = query_import_at(facts, at->start, &name);
    if (import == NULL) return;
    Str dotted = facts_text(facts, name->name), identifier = facts_name(facts, at->name);
    if (import->flags & IMPORT_FROM) {
        import_from(self, file, import, dotted, out);
        return;
    }
    bool alias = name->alias != NONE && at->role == ROLE_IMPORT;
    push_module(self, file, alias ? dotted : dotted_up_to(dotted, name->start, at->start, identifier), 0,
                out);
}

/* The last import that starts at or before the offset. */
static const Import *import_before(const Facts *facts, uint32_t offset) {
    uint32_t low = 0, high = facts->imports.count;
    LOWER_BOUND(low, high, facts->imports.items[middle].start <= offset);
    return low ? &facts->imports.items[low - 1] : NULL;
}

void query_from_path(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    const Import *import = import_before(facts, at->start);
    if (import == NULL) return;
    uint32_t first = occurrence; /* the path's first identifier */
    while (first > 0 && (facts->occurrences.items[first].flags & OCCURRENCE_CHAINED)) first--;
    uint32_t start = facts->occurrences.items[first].start;
    Str path = facts_text(facts, import->module);
    push_module(self, file, dotted_up_to(path, start, at->start, facts_name(facts, at->name)), import->level,
                out);
}

/* The module at the end of a dotted name behind `first`, below the module `from` or (NONE) as `import` finds
 * it. */
static FileId chained_module(Query *self, FileId file, uint32_t first, uint32_t last, FileId from) {
    const Facts *facts = index_facts(self->index, file);
    StrBuf dotted;
    buf_init(&dotted);
    for (uint32_t i = first; i <= last; i++) {
        if (dotted.len) buf_append_byte(&dotted, '.');
        buf_append(&dotted, facts_name(facts, facts->occurrences.items[i].name));
    }
    FileId found = query_find_module(self, from == NONE ? file : from, buf_str(&dotted), from != NONE);
    buf_release(&dotted);
    return found;
}

/* Whether a name is bound by `import name.…`. */
static bool is_imported(Query *self, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(self->index, file);
    const ImportName *name = NULL;
    Numbers bindings = {0};
    scope_lookup(self->index, file, facts_scope_of(facts, occurrence),
                 facts->occurrences.items[occurrence].name, &bindings);
    const Occurrence *last = bindings.len ? &facts->occurrences.items[ARRAY_POP(&bindings)] : NULL;
    ARRAY_FREE(&bindings);
    if (last == NULL || last->role != ROLE_IMPORT) return false;
    const Import *import = query_import_at(facts, last->start, &name);
    return import && !(import->flags & IMPORT_FROM) && name->alias == NONE;
}

void query_namespace(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t head = resolve_head(facts, occurrence);
    FileId found = NONE;
    if (occurrence - head >= MOST_PARTS) return;
    for (uint32_t i = occurrence; i-- > head && found == NONE;) {
        Types types = {0};
        query_types(self, file, i, &types);
        for (uint32_t t = 0; t < types.len && found == NONE; t++) {
            FileId module = types.items[t].symbol.file;
            if (types.items[t].symbol.symbol == 0 && module_is_package(index_path(self->index, module)))
                found = chained_module(self, file, i + 1, occurrence, module);
        }
        ARRAY_FREE(&types);
    }
    if (found == NONE && head < occurrence && is_imported(self, file, head))
        found = chained_module(self, file, head, occurrence, NONE);
    if (found != NONE) query_push_target(out, query_symbol_target(self->index, found, 0));
}

void query_binding(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    if (facts->occurrences.items[occurrence].role != ROLE_IMPORT) {
        query_push_target(out, query_binding_target(self->index, file, occurrence));
        return;
    }
    if (!query_enter(self)) return;
    query_import(self, file, occurrence, out);
    query_leave(self);
}

/* --- modules' members --------------------------------------------------------------------------- */

static bool exports(Query *self, FileId module, Str name);

/* Whether one of the modules that a dotted name means exports the name. */
static bool module_exports(Query *self, FileId file, Str dotted, Str name) {
    Targets modules = {0};
    bool found = false;
    query_dotted(self, file, 0, dotted, &modules);
    for (uint32_t i = 0; i < modules.len && !found; i++)
        found = modules.items[i].symbol == 0 && exports(self, modules.items[i].file, name);
    ARRAY_FREE(&modules);
    return found;
}

/* facts_exports, where `__all__` takes in that of other modules. */
static bool exports(Query *self, FileId module, Str name) {
    const Facts *facts = index_facts(self->index, module);
    Slice slice = facts_current_exports(facts);
    bool others = false, plain = false, found = false;
    if (!query_enter(self)) return false;
    for (uint32_t i = slice.first + slice.count; i-- > slice.first && !found && !plain;) {
        const Export *export = &facts->exports.items[i];
        Str text = facts_text(facts, export->name);
        bool said = export->kind < EXPORTS_OF && str_eq(text, name);
        others |= export->kind == EXPORTS_OF;
        plain = said || export->kind == EXPORTS_OPEN;
        found = export->kind == EXPORTS_OF && module_exports(self, module, text, name);
    }
    query_leave(self);
    return found || ((plain || !others) && facts_exports(facts, name));
}

static void bring_wildcard(Query *self, FileId file, const Import *import, Str name, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    FileId module = query_find_module(self, file, facts_text(facts, import->module), import->level);
    if (module == NONE || module == file || !exports(self, module, name)) return;
    query_module_member(self, module, name, out);
}

void query_wildcards_between(Query *self, FileId file, Str name, uint32_t first, uint32_t end, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    uint32_t before = out->len;
    if (!query_enter(self)) return;
    for (int fallback = 0; fallback < 2; fallback++) {
        for (uint32_t i = facts->imports.count; i-- > 0 && out->len == before;) {
            const Import *import = &facts->imports.items[i];
            if (!(import->flags & IMPORT_WILDCARD) || import->start < first || import->start >= end) continue;
            if (scope_is_fallback_at(facts, import->start) == fallback)
                bring_wildcard(self, file, import, name, out);
        }
    }
    query_leave(self);
}

static void bring_wildcards(Query *self, FileId file, Str name, Targets *out) {
    query_wildcards_between(self, file, name, 0, NONE, out);
}

void query_global(Query *self, FileId module, uint32_t name, Targets *out) {
    const Facts *facts = index_facts(self->index, module);
    Slice all = facts_bindings_of(facts, name);
    uint32_t before = out->len;
    for (uint32_t i = 0; i < all.count && out->len == before; i++) {
        Binding declaration = facts->bindings.items[all.first + i];
        if (facts->occurrences.items[declaration.occurrence].role != ROLE_GLOBAL) continue;
        for (uint32_t n = 0; n < all.count; n++) {
            Binding binding = facts->bindings.items[all.first + n];
            if (binding.scope == declaration.scope && binding.occurrence != declaration.occurrence)
                query_binding(self, module, binding.occurrence, out);
        }
    }
}

void query_wildcards(Query *self, FileId file, Str name, Targets *out) {
    uint32_t before = out->len, local = scope_name(self->index, file, name);
    if (local != NONE) query_global(self, file, local, out);
    if (out->len == before) bring_wildcards(self, file, name, out);
    if (out->len > before) return;
    FileId builtins = query_find_module(self, file, STR("builtins"), 0);
    if (builtins != NONE && builtins != file) query_module_member(self, builtins, name, out);
}

/* The module's own bindings of a name, the last first; what may not have run comes with the one before, what
 * wildcards bring behind all but fallbacks before. */
static void own_member(Query *self, FileId module, Str name, Targets *out) {
    const Facts *facts = index_facts(self->index, module);
    uint32_t local = scope_name(self->index, module, name), behind = 0;
    if (local == NONE) return;
    Numbers bindings;
    scope_bindings(self->index, module, 0, local, &bindings);
    for (uint32_t i = 0; i < bindings.len; i++) {
        if (!scope_is_fallback(facts, bindings.items[i]))
            behind = facts->occurrences.items[bindings.items[i]].start;
    }
    if (bindings.len) query_wildcards_between(self, module, name, behind, NONE, out);
    for (int fallback = 0; fallback < 2; fallback++) {
        for (uint32_t i = bindings.len; i-- > 0 && bindings.len - i <= MOST_BINDINGS;) {
            if (scope_is_fallback(facts, bindings.items[i]) == fallback)
                query_binding(self, module, bindings.items[i], out);
        }
    }
    ARRAY_FREE(&bindings);
    query_global(self, module, local, out);
}

/* A MemberFinder. The stub of a source may tell of what the source does not show, e.g. of what is made at run
 * time. */
static void find_member(Query *self, SymbolRef module, Str name, Targets *out) {
    own_member(self, module.file, name, out);
    if (out->len == 0) bring_wildcards(self, module.file, name, out);
    FileId other = out->len == 0 ? stubs_other(self->index, module.file) : NONE;
    if (other != NONE) own_member(self, other, name, out);
}

void query_module_member(Query *self, FileId module, Str name, Targets *out) {
    query_own_member(self, (SymbolRef){module, 0}, name, find_member, out);
}

/* --- importers --------------------------------------------------------------------------------- */

/* Whether a dotted module name in an import of the file means `module`. */
static bool means_module(const Index *index, FileId file, Str dotted, uint32_t level, FileId module) {
    Str last = str_from(dotted, str_rfind_byte(dotted, '.') + 1);
    if (last.len && !str_eq(last, module_stem(index_path(index, module)))) return false;
    return index_find_module(index, file, dotted, level) == module;
}

bool query_imports_module(const Index *index, FileId file, const Import *import, FileId module) {
    const Facts *facts = index_facts(index, file);
    Str package = facts_text(facts, import->module);
    if (import->flags & IMPORT_FROM && means_module(index, file, package, import->level, module)) return true;
    bool found = false;
    StrBuf path;
    buf_init(&path);
    for (uint32_t i = 0; i < import->names.count && !found; i++) {
        buf_clear(&path);
        buf_append(&path, package);
        if (path.len) buf_append_byte(&path, '.');
        buf_append(&path, facts_text(facts, facts->import_names.items[import->names.first + i].name));
        found = means_module(index, file, buf_str(&path), import->level, module);
    }
    buf_release(&path);
    return found;
}
