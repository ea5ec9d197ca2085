#include "index/renaming.h"

#include "base/path.h"
#include "index/lang/lang.h"
#include "index/module.h"
#include "index/name.h"
#include "index/query.h"
#include "index/stubs.h"

#include <stdlib.h>

enum { MOST_ROUNDS = 16 };

/* --- reasons ------------------------------------------------------------------------------------ */

static void append_place(const Index *index, FileId file, uint32_t offset, StrBuf *out) {
    Str path = index_relative_path(index, file);
    uint32_t line = lines_line(&index_facts(index, file)->lines, offset);
    buf_printf(out, "%.*s:%u", STR_ARG(path), line + 1);
}

bool renaming_refuse_at(Renaming *self, Str name, FileId file, uint32_t offset, const char *why) {
    buf_printf(&self->out->why, "`%.*s` at ", STR_ARG(name));
    append_place(self->index, file, offset, &self->out->why);
    buf_printf(&self->out->why, " %s", why);
    return false;
}

bool renaming_refuse(Renaming *self, const char *why) {
    buf_printf(&self->out->why, "`%.*s` %s", STR_ARG(self->from), why);
    return false;
}

/* --- names -------------------------------------------------------------------------------------- */

static bool check_names(Renaming *self) {
    const Lang *lang = lang_of_path(index_path(self->index, self->file));
    if (name_is_dunder(self->from)) return renaming_refuse(self, "has a meaning of its own in Python");
    if (self->to.len == 0) return true;
    if (lang && !lang->is_name(self->to)) {
        buf_printf(&self->out->why, "`%.*s` is not a name: it must be an identifier and no keyword",
                   STR_ARG(self->to));
        return false;
    }
    if (name_is_dunder(self->to)) {
        buf_printf(&self->out->why, "`%.*s` has a meaning of its own in Python", STR_ARG(self->to));
        return false;
    }
    return true;
}

/* --- targets ------------------------------------------------------------------------------------ */

bool renaming_may_edit(const Renaming *self, FileId file) {
    return index_is_own(self->index, file) || (file == self->file && !index_is_library(self->index, file));
}

bool rename_move(const Index *index, FileId module, Str to, uint32_t number, StrBuf *from, StrBuf *into) {
    Str path = index_path(index, module), moved = module_is_package(path) ? path_parent(path) : path;
    Str suffix = module_is_package(path) ? STR_NONE : path_suffix(path);
    bool stub = str_eq(suffix, STR(".pyi"));
    buf_append(from, str_slice(moved, 0, moved.len - (number ? suffix.len : 0)));
    if (number) buf_append(from, stub ? STR(".py") : STR(".pyi"));
    buf_append(into, path_parent(moved));
    path_join(into, to);
    buf_append(into, number == 0 ? suffix : stub ? STR(".py") : STR(".pyi"));
    return number == 0 || (number == 1 && suffix.len && index_find_file(index, buf_str(from)) != NONE);
}

/* Whether anything lies where the module would go to: as it would be imported, with whatever suffix. */
static bool is_taken(const Renaming *self, FileId module) {
    StrBuf from, into;
    buf_init(&from);
    buf_init(&into);
    rename_move(self->index, module, self->to, 0, &from, &into);
    Str wanted = buf_str(&into);
    wanted = str_slice(wanted, 0, wanted.len - path_suffix(wanted).len);
    bool taken = false;
    for (FileId file = 0; file < index_file_end(self->index) && !taken; file++) {
        Str path = index_path(self->index, file), stem = str_slice(path, 0, path.len - path_suffix(path).len);
        taken = index_stamp(self->index, file) && (str_eq(stem, wanted) || path_is_under(path, wanted));
    }
    buf_release(&from);
    buf_release(&into);
    return taken;
}

/* Whether the package of a module has something of the new name. */
static bool is_member(Renaming *self, FileId module) {
    Str path = index_path(self->index, module);
    Str folder = path_parent(module_is_package(path) ? path_parent(path) : path);
    StrBuf package;
    Targets found = {0};
    buf_init(&package);
    buf_append(&package, folder);
    path_join(&package, STR("__init__.py"));
    FileId file = index_find_file(self->index, buf_str(&package));
    if (file != NONE) query_module_member(&self->query, file, self->to, &found);
    uint32_t count = found.len;
    ARRAY_FREE(&found);
    buf_release(&package);
    return count > 0;
}

static bool is_root(const Index *index, Str folder) {
    for (uint32_t i = 0; i < index_root_count(index); i++) {
        if (path_is_under(index_root(index, i), folder) || str_eq(index_root(index, i), folder)) return true;
    }
    return false;
}

/* A module gets the name by moving its file. */
static bool check_module(Renaming *self, FileId module) {
    Str path = index_path(self->index, module), stem = module_stem(path);
    if (!index_is_own(self->index, module))
        return renaming_refuse(self, "is a module of a library or of Python itself");
    if (!str_eq(stem, self->from)) {
        buf_printf(&self->out->why, "`%.*s` is another name of the module `%.*s`", STR_ARG(self->from),
                   STR_ARG(stem));
        return false;
    }
    if (module_is_package(path) && is_root(self->index, path_parent(path)))
        return renaming_refuse(self, "is a folder of the workspace itself");
    if (self->out->module != NONE && self->out->module != module)
        return renaming_refuse(self, "may be one of several modules");
    self->out->module = module;
    if (self->to.len == 0 || str_eq(self->to, self->from)) return true;
    if (is_taken(self, module) || is_member(self, module)) {
        buf_printf(&self->out->why, "`%.*s` is there already, beside the module", STR_ARG(self->to));
        return false;
    }
    return true;
}

static bool check_target(Renaming *self, const Target *target) {
    const Facts *facts = index_facts(self->index, target->file);
    if (target->symbol == 0) return check_module(self, target->file);
    if (!renaming_may_edit(self, target->file))
        return renaming_refuse_at(self, self->from, target->file, target->name.start,
                                  "belongs to a library or to Python itself");
    uint32_t occurrence = facts_occurrence_at(facts, target->name.start);
    if (occurrence == NONE) return renaming_refuse(self, "has no definition that can be changed");
    if (target->symbol == NONE && facts->occurrences.items[occurrence].role == ROLE_ATTRIBUTE_WRITE)
        return renaming_refuse_at(self, self->from, target->file, target->name.start,
                                  "is set from outside of its class: who else has it cannot be told");
    return true;
}

bool renaming_add_targets(Renaming *self, const Targets *found) {
    for (uint32_t i = 0; i < found->len; i++) {
        if (!check_target(self, &found->items[i])) return false;
        query_push_target(&self->targets, found->items[i]);
    }
    return true;
}

static bool refuse_unknown(Renaming *self) {
    Role role = (Role)index_facts(self->index, self->file)->occurrences.items[self->occurrence].role;
    switch (role) {
    case ROLE_ATTRIBUTE:
    case ROLE_ATTRIBUTE_WRITE:
    case ROLE_ATTRIBUTE_DELETE:
        return renaming_refuse(self, "cannot be told: what stands before the dot is not known");
    case ROLE_KEYWORD: return renaming_refuse(self, "cannot be told: what takes this keyword is not known");
    case ROLE_IMPORT:
    case ROLE_IMPORT_PATH: return renaming_refuse(self, "is imported from a module that is not known");
    default: return renaming_refuse(self, "is bound by nothing that is known");
    }
}

/* --- places ------------------------------------------------------------------------------------- */

/* Whether the callee of a keyword is named as what would take it is: only then it is worth a doubt. */
static bool may_take(Renaming *self, FileId file, uint32_t keyword) {
    const Facts *facts = index_facts(self->index, file);
    Slice values = facts_values_of(facts, keyword);
    for (uint32_t t = 0; t < self->targets.len; t++) {
        const Target *target = &self->targets.items[t];
        if (target->symbol == 0) continue;
        const Facts *there = index_facts(self->index, target->file);
        uint32_t at = facts_occurrence_at(there, target->name.start);
        uint32_t taker = there->scopes.items[facts_scope_of(there, at)].symbol;
        const Symbol *symbol = &there->symbols.items[taker];
        if (str_eq(symbol_name(there, symbol), STR("__init__")))
            symbol = &there->symbols.items[symbol->parent];
        for (uint32_t i = values.first; i < values.first + values.count; i++) {
            const Value *value = &facts->values.items[i];
            if (value->kind == VALUE_NAME &&
                str_eq(facts_name(facts, facts->occurrences.items[value->at].name),
                       symbol_name(there, symbol)))
                return true;
        }
    }
    return false;
}

/* Places that cannot be told count where they can mean it. */
static void keep_unsure(Renaming *self, const References *unsure) {
    for (uint32_t i = 0; i < unsure->len; i++) {
        const Reference *place = &unsure->items[i];
        const Facts *facts = index_facts(self->index, place->file);
        uint32_t occurrence = facts_occurrence_at(facts, place->range.start);
        bool keyword = facts->occurrences.items[occurrence].role == ROLE_KEYWORD;
        if (keyword ? may_take(self, place->file, occurrence) : self->has_owners)
            ARRAY_PUSH(&self->out->unsure, *place);
    }
}

/* Finds all places; what some of them mean besides gets the new name too, until nothing is left out. */
static bool find_places(Renaming *self) {
    uint32_t name = index_facts(self->index, self->file)->occurrences.items[self->occurrence].name;
    for (uint32_t round = 0; round < MOST_ROUNDS; round++) {
        Doubts doubts = {0};
        self->out->sure.len = 0;
        bool ok = renaming_join_overrides(self) && renaming_join_params(self);
        uint32_t before = self->targets.len;
        if (ok) {
            references_find_targets(self->index, self->file, name, &self->targets, &self->out->sure, &doubts);
            ok = renaming_add_targets(self, &doubts.others);
        }
        bool settled = self->targets.len == before && !doubts.cut;
        if (ok && settled) keep_unsure(self, &doubts.unsure);
        doubts_release(&doubts);
        if (!ok) return false;
        if (!settled) continue;
        return renaming_check_private(self);
    }
    return renaming_refuse(self, "stands in too many places to be sure of all");
}

static bool check_places(Renaming *self) {
    for (uint32_t i = 0; i < self->out->sure.len; i++) {
        const Reference *place = &self->out->sure.items[i];
        const Facts *facts = index_facts(self->index, place->file);
        if (!renaming_may_edit(self, place->file))
            return renaming_refuse_at(self, self->from, place->file, place->range.start,
                                      "is used by a library");
        if (facts->errors.count)
            return renaming_refuse_at(
                self, self->from, place->file, place->range.start,
                "stands in a file with a syntax error: what it means there is not certain");
    }
    return self->out->sure.len > 0 || renaming_refuse(self, "stands nowhere that can be changed");
}

/* --- collisions --------------------------------------------------------------------------------- */

/* Whether a name in a file is looked up through scopes: not behind a dot, not as a keyword, not in the path
 * of an import. */
static bool is_looked_up(const Facts *facts, uint32_t occurrence) {
    Role role = (Role)facts->occurrences.items[occurrence].role;
    return role < ROLE_IMPORT_PATH || role > ROLE_KEYWORD;
}

static uint32_t scope_binding(Renaming *self, FileId file, uint32_t scope, uint32_t name) {
    Numbers bindings = {0};
    uint32_t found = scope_lookup(self->index, file, scope, name, &bindings);
    ARRAY_FREE(&bindings);
    return found;
}

/* What is renamed in one file. */
typedef struct {
    FileId file;
    const Facts *facts;
    uint32_t to;  /* the new name's number in the file, or NONE */
    bool *places; /* by occurrence */
    bool *scopes; /* that bind it */
} FileRenaming;

/* The new name at a place that is renamed must not mean what has that name already. Scopes around a scope
 * have lower numbers. */
static bool check_renamed(Renaming *self, FileRenaming *in, uint32_t occurrence) {
    if (!is_looked_up(in->facts, occurrence)) return true;
    const Occurrence *at = &in->facts->occurrences.items[occurrence];
    uint32_t scope = facts_scope_of(in->facts, occurrence);
    uint32_t own = scope_binding(self, in->file, scope, at->name);
    if (own != NONE) in->scopes[own] = true;
    uint32_t taken = in->to == NONE ? NONE : scope_binding(self, in->file, scope, in->to);
    if (taken == NONE || (own != NONE && taken < own)) return true;
    return renaming_refuse_at(self, self->to, in->file, at->start,
                              "would mean something else that has that name");
}

/* Whatever is bound in the same scope by the same name has to go along. */
static bool check_left(Renaming *self, const FileRenaming *in, uint32_t occurrence) {
    const Occurrence *at = &in->facts->occurrences.items[occurrence];
    if (in->places[occurrence] || !is_looked_up(in->facts, occurrence)) return true;
    uint32_t id = index_name_id(self->index, in->file, at->name);
    if (id != index_find_name(self->index, self->from)) return true;
    uint32_t own = scope_binding(self, in->file, facts_scope_of(in->facts, occurrence), at->name);
    if (own == NONE || !in->scopes[own]) return true;
    return renaming_refuse_at(self, self->from, in->file, at->start,
                              "may be something else, which is not known");
}

/* What has the new name already must not come to mean what is renamed. */
static bool check_captured(Renaming *self, const FileRenaming *in, uint32_t occurrence) {
    const Facts *facts = in->facts;
    if (facts->occurrences.items[occurrence].name != in->to || !is_looked_up(facts, occurrence)) return true;
    uint32_t first = facts_scope_of(facts, occurrence), end = scope_binding(self, in->file, first, in->to);
    for (uint32_t scope = first; scope != NONE && scope != end; scope = facts->scopes.items[scope].parent) {
        bool seen = scope == first || facts->scopes.items[scope].kind != SCOPE_CLASS;
        if (seen && in->scopes[scope])
            return renaming_refuse_at(self, self->to, in->file, facts->occurrences.items[occurrence].start,
                                      "would come to mean what is renamed");
    }
    return true;
}

/* The places [first, end) are those of one file. */
static bool check_file(Renaming *self, uint32_t first, uint32_t end) {
    FileRenaming in = {.file = self->out->sure.items[first].file};
    bool ok = true;
    in.facts = index_facts(self->index, in.file);
    in.to = self->to.len ? scope_name(self->index, in.file, self->to) : NONE;
    in.places = mem_calloc(in.facts->occurrences.count, sizeof *in.places);
    in.scopes = mem_calloc(in.facts->scopes.count, sizeof *in.scopes);
    for (uint32_t i = first; i < end && ok; i++) {
        uint32_t start = self->out->sure.items[i].range.start, at = facts_occurrence_at(in.facts, start);
        if (at == NONE || in.facts->occurrences.items[at].start != start) continue; /* in a string */
        in.places[at] = true;
        ok = check_renamed(self, &in, at);
    }
    for (uint32_t i = 0; i < in.facts->occurrences.count && ok; i++)
        ok = check_left(self, &in, i) && (in.to == NONE || check_captured(self, &in, i));
    mem_free(in.places);
    mem_free(in.scopes);
    return ok;
}

static bool check_collisions(Renaming *self) {
    const References *places = &self->out->sure;
    if (str_eq(self->from, self->to)) return true;
    for (uint32_t first = 0, end; first < places->len; first = end) {
        for (end = first; end < places->len && places->items[end].file == places->items[first].file;) end++;
        if (!check_file(self, first, end)) return false;
    }
    return self->to.len == 0 || renaming_check_members(self);
}

/* --- aliases ------------------------------------------------------------------------------------ */

/* The scope in which this file gives an import a name of its own (`as`), that of the question; else NONE. */
static uint32_t alias_scope(Renaming *self) {
    const Facts *facts = index_facts(self->index, self->file);
    const Occurrence *at = &facts->occurrences.items[self->occurrence];
    if (!is_looked_up(facts, self->occurrence)) return NONE;
    Numbers bindings = {0};
    uint32_t scope =
        scope_lookup(self->index, self->file, facts_scope_of(facts, self->occurrence), at->name, &bindings);
    bool alias = bindings.len > 0;
    for (uint32_t i = 0; i < bindings.len && alias; i++) {
        const Occurrence *binding = &facts->occurrences.items[bindings.items[i]];
        const ImportName *name = NULL;
        if (binding->role == ROLE_IMPORT) query_import_at(facts, binding->start, &name);
        alias = name && name->alias != NONE && !str_eq(facts_text(facts, name->name), self->from);
    }
    ARRAY_FREE(&bindings);
    return alias ? scope : NONE;
}

static bool imports_alias(Renaming *self, FileId file) {
    const Facts *facts = index_facts(self->index, file);
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        bool names = import->flags & IMPORT_WILDCARD;
        for (uint32_t n = import->names.first; n < import->names.first + import->names.count && !names; n++)
            names = str_eq(facts_text(facts, facts->import_names.items[n].name), self->from);
        if (!(import->flags & IMPORT_FROM) || !names) continue;
        if (query_find_module(&self->query, file, facts_text(facts, import->module), import->level) ==
            self->file)
            return true;
    }
    return false;
}

static int by_start(const void *left, const void *right) {
    const Reference *a = left, *b = right;
    return (a->range.start > b->range.start) - (a->range.start < b->range.start);
}

/* An alias in string annotations; then puts all places in order. */
static void find_quoted_aliases(Renaming *self, uint32_t alias, uint32_t name) {
    const Facts *facts = index_facts(self->index, self->file);
    References *found = &self->out->sure;
    for (uint32_t i = 0; i < facts->quoted.count; i++) {
        const QuotedName *quoted = &facts->quoted.items[i];
        if (quoted->name != name || quoted->chained || quoted->member) continue;
        if (scope_binding(self, self->file, quoted->scope, name) != alias) continue;
        Range range = {quoted->start, quoted->start + (uint32_t)self->from.len};
        ARRAY_PUSH(found, (Reference){.file = self->file, .range = range});
    }
    if (found->len) qsort(found->items, found->len, sizeof *found->items, by_start);
}

/* An alias is renamed in its file alone. */
static bool find_alias_places(Renaming *self, uint32_t alias) {
    const Facts *facts = index_facts(self->index, self->file);
    uint32_t name = facts->occurrences.items[self->occurrence].name;
    if (alias == 0) index_tell_name(self->index, self->from, false);
    Postings postings = index_name_postings(self->index, index_name_id(self->index, self->file, name));
    for (uint32_t i = 0; i < postings.count && alias == 0; i++) {
        FileId file = postings.items[i].file;
        if (file != self->file && imports_alias(self, file)) {
            buf_printf(&self->out->why, "`%.*s` is imported from here by %.*s", STR_ARG(self->from),
                       STR_ARG(index_relative_path(self->index, file)));
            return false;
        }
    }
    for (uint32_t i = 0; i < facts->occurrences.count; i++) {
        if (facts->occurrences.items[i].name != name || !is_looked_up(facts, i)) continue;
        if (scope_binding(self, self->file, facts_scope_of(facts, i), name) != alias) continue;
        uint32_t start = facts->occurrences.items[i].start;
        ARRAY_PUSH(&self->out->sure,
                   (Reference){.file = self->file, .range = {start, start + (uint32_t)self->from.len}});
    }
    find_quoted_aliases(self, alias, name);
    return true;
}

/* --- all of it ---------------------------------------------------------------------------------- */

static bool find(Renaming *self) {
    Targets found = {0};
    self->query.work = RENAMING_WORK;
    query_occurrence(&self->query, self->file, self->occurrence, &found);
    stubs_add_counterparts(self->index, &found);
    bool ok = found.len ? renaming_add_targets(self, &found) : refuse_unknown(self);
    ARRAY_FREE(&found);
    return ok && find_places(self);
}

bool rename_find(const Index *index, FileId file, uint32_t occurrence, Str to, Rename *out) {
    const Facts *facts = index_facts(index, file);
    *out = (Rename){.module = NONE};
    buf_init(&out->why);
    Renaming self = {.index = index,
                     .file = file,
                     .occurrence = occurrence,
                     .from = facts_name(facts, facts->occurrences.items[occurrence].name),
                     .to = to,
                     .out = out};
    query_init(&self.query, index);
    uint32_t alias = alias_scope(&self);
    bool ok = check_names(&self) && (alias == NONE ? find(&self) : find_alias_places(&self, alias)) &&
              check_places(&self) && check_collisions(&self);
    query_release(&self.query);
    ARRAY_FREE(&self.targets);
    ARRAY_FREE(&self.related);
    return ok;
}

void rename_release(Rename *self) {
    ARRAY_FREE(&self->sure);
    ARRAY_FREE(&self->unsure);
    buf_release(&self->why);
}
