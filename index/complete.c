#include "index/complete.h"

#include "base/path.h"
#include "index/auto_import.h"
#include "index/exports.h"
#include "index/match.h"
#include "index/module.h"
#include "index/name.h"
#include "index/signatures.h"

#include <stdlib.h>

enum {
    MOST_WILDCARDS = 32,
    MOST_GUESSES = 400,
    MOST_IMPORTS = 30,
    FARTHEST = 63,
    TIER_MODULE = 40,
    TIER_LIBRARY = 41,
    TIER_WORD = 45,
    TIER_BUILTIN = 50
};

typedef struct {
    const Index *index;
    FileId file;
    const Facts *facts;
    Cursor cursor;
    Query query;
    Pattern pattern;
    CompletionOptions options;
    Completion *out;
} Completer;

/* --- candidates --------------------------------------------------------------------------------- */

/* What counts most: letters here and there in a name in scope say less than the start of one that is not. */
static uint32_t rank_of(CandidateKind kind, Match match) {
    if (kind == CANDIDATE_GUESS) return 0;
    return match < MATCH_WORDS ? 1 : kind == CANDIDATE_IMPORT ? 2 : 3;
}

/* Higher is better. `tier`: how far away it is, 0 to FARTHEST. */
static uint32_t score_of(const Completer *self, CandidateKind kind, Match match, Str name, uint32_t tier) {
    uint32_t score = rank_of(kind, match);
    score = score << 4 | (uint32_t)match;
    score = score << 1 | (kind == CANDIDATE_ARGUMENT);
    score = score << 2 | str_starts_with(name, self->pattern.text); /* the bit above it: WISHED */
    score = score << 1 | !name_is_dunder(name);
    score = score << 6 | (FARTHEST - tier);
    return score << 1 | name_is_public(name);
}

enum { WISHED = 1 << 9 }; /* it is what is likely meant */

/* Adds a name that answers what was typed; the first one of a name stays. `start`: of its identifier in the
 * file, or NONE. */
static void add(Completer *self, CandidateKind kind, Str name, uint32_t tier, FileId file, uint32_t start) {
    Match match = pattern_match(&self->pattern, name);
    if (match == MATCH_NONE || name.len == 0) return;
    uint32_t id = intern_id(&self->out->names, name);
    if (id < self->out->items.len) return;
    Candidate candidate = {.name = intern_str(&self->out->names, id),
                           .kind = kind,
                           .target = {.file = file, .symbol = NONE, .name = {start, start}},
                           .score = score_of(self, kind, match, name, tier)};
    ARRAY_PUSH(&self->out->items, candidate);
}

/* --- names that a scope binds ------------------------------------------------------------------- */

static bool is_stub(const Index *index, FileId file) {
    return str_ends_with(index_path(index, file), STR(".pyi"));
}

/* Whether a module shows what it binds to others: a stub keeps to itself what it imports under its own name
 * (typing.readthedocs.io, "Distributing type information"), a library what is private. */
static bool is_shown(const Index *index, FileId file, const Occurrence *at) {
    const Facts *facts = index_facts(index, file);
    if (!index_is_own(index, file) && !name_is_public(facts_name(facts, at->name))) return false;
    const ImportName *name;
    if (at->role != ROLE_IMPORT || !is_stub(index, file)) return true;
    return query_import_at(facts, at->start, &name) && name->alias != NONE;
}

typedef struct {
    uint32_t scope, tier;
    bool shown;  /* only what the module shows */
    bool listed; /* only what a wildcard brings */
    bool plain;  /* nothing whose name is mangled */
} ScopeNames;

/* The Python Language Reference, 6.2.1 "Identifiers": in a class, `__name` is the name of no other one. */
static bool is_mangled(Str name) { return str_starts_with(name, STR("__")) && !name_is_dunder(name); }

/* Of several bindings the last one, which is what counts. */
static void add_scope(Completer *self, FileId file, ScopeNames which) {
    const Facts *facts = index_facts(self->index, file);
    const Binding *items = facts->bindings.items;
    ExportSet exports;
    exports_init(&exports, facts);
    for (uint32_t i = 0; i < facts->bindings.count; i++) {
        if (items[i].scope != which.scope) continue;
        const Occurrence *at = &facts->occurrences.items[items[i].occurrence];
        bool last = i + 1 == facts->bindings.count || items[i + 1].scope != which.scope ||
                    facts->occurrences.items[items[i + 1].occurrence].name != at->name;
        bool typed = file == self->file && at->start == self->out->word.start;
        if (!last || typed || at->role == ROLE_GLOBAL || at->role == ROLE_NONLOCAL) continue;
        if (which.shown && !is_shown(self->index, file, at)) continue;
        if (which.plain && is_mangled(facts_name(facts, at->name))) continue;
        if (which.listed && !exports_has(&exports, facts_name(facts, at->name))) continue;
        add(self, CANDIDATE_NAME, facts_name(facts, at->name), which.tier, file, at->start);
    }
    exports_release(&exports);
}

/* What the wildcard imports of a module bring, and those of the modules that they name. */
static void add_wildcards(Completer *self, FileId module, uint32_t tier) {
    FileIds seen = {0};
    ARRAY_PUSH(&seen, module);
    for (uint32_t i = 0; i < seen.len; i++) {
        const Facts *facts = index_facts(self->index, seen.items[i]);
        if (i) add_scope(self, seen.items[i], (ScopeNames){.tier = tier, .shown = true, .listed = true});
        for (uint32_t n = 0; n < facts->imports.count && seen.len < MOST_WILDCARDS; n++) {
            const Import *import = &facts->imports.items[n];
            if (!(import->flags & IMPORT_WILDCARD)) continue;
            FileId found = query_find_module(&self->query, seen.items[i], facts_text(facts, import->module),
                                             import->level);
            bool known = found == NONE;
            for (uint32_t k = 0; k < seen.len && !known; k++) known = seen.items[k] == found;
            if (!known) ARRAY_PUSH(&seen, found);
        }
    }
    ARRAY_FREE(&seen);
}

static void add_builtins(Completer *self) {
    FileId builtins = query_find_module(&self->query, self->file, STR("builtins"), 0);
    if (builtins != NONE && builtins != self->file)
        add_scope(self, builtins, (ScopeNames){.tier = TIER_BUILTIN, .shown = true});
}

/* The Python Language Reference, 4.2.2 "Resolution of names": from the inside out. */
static void add_names(Completer *self) {
    bool inside = true;
    for (uint32_t i = 0; i < self->cursor.params.len; i++)
        add(self, CANDIDATE_NAME, self->cursor.params.items[i].name, 0, NONE, NONE);
    for (uint32_t scope = self->cursor.scope, tier = 0; scope != NONE;
         scope = self->facts->scopes.items[scope].parent) {
        uint32_t kind = self->facts->scopes.items[scope].kind;
        bool seen = inside || kind != SCOPE_CLASS;
        if (seen)
            add_scope(self, self->file, (ScopeNames){.scope = scope, .tier = scope ? tier : TIER_MODULE});
        inside = kind == SCOPE_TYPE_PARAMS && inside;
        if (tier + 1 < TIER_MODULE) tier++;
    }
    add_wildcards(self, self->file, TIER_MODULE + 1);
    add_builtins(self);
}

static const struct {
    const char *word;
    uint32_t places;
} keywords[] = {
#define KEYWORD(word, places) {word, places},
#include "index/keywords.def"
#undef KEYWORD
};

static void add_keywords(Completer *self) {
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (keywords[i].places & self->cursor.place)
            add(self, CANDIDATE_KEYWORD, str_of(keywords[i].word), TIER_WORD, NONE, NONE);
    }
}

/* --- modules ------------------------------------------------------------------------------------ */

typedef struct {
    Completer *completer;
    Str path; /* dotted, below the folder */
} ModuleFolder;

/* The module that a file or folder directly below a folder is; empty when it cannot be imported. */
static Str module_of(Str below) {
    size_t slash = str_find_byte(below, '/');
    Str name = str_slice(below, 0, slash);
    if (slash == STR_NPOS) name = str_slice(name, 0, name.len - path_suffix(name).len);
    for (size_t i = 0; i < name.len; i++) {
        if (!token_in_name(name.data[i])) return STR_NONE;
    }
    return str_eq(name, STR("__init__")) || str_eq(name, STR("__pycache__")) ? STR_NONE : name;
}

/* Modules and packages directly below a folder. */
static void add_modules_below(Completer *self, Str folder) {
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        if (index_facts(self->index, file) == NULL || file == self->file) continue;
        Str path = index_path(self->index, file), below = path_below(path, folder);
        if (below.len == path.len) continue;
        Str name = module_of(below);
        if (name.len == 0 || (!index_is_own(self->index, file) && !name_is_public(name))) continue;
        uint32_t tier = index_is_own(self->index, file) ? TIER_MODULE : TIER_LIBRARY;
        add(self, CANDIDATE_MODULE, name, tier, NONE, NONE);
    }
}

/* A FolderVisitor. */
static bool visit_folder(void *context, Str folder) {
    ModuleFolder *self = context;
    StrBuf path;
    buf_init(&path);
    buf_append(&path, folder);
    Str rest = self->path, part;
    while (rest.len && str_next_piece(&rest, '.', &part)) path_join(&path, part);
    add_modules_below(self->completer, buf_str(&path));
    buf_release(&path);
    return false;
}

/* A ModuleVisitor: one of a library. */
static void add_other_module(void *context, Str name) {
    if (name_is_public(name)) add(context, CANDIDATE_MODULE, name, TIER_LIBRARY, NONE, NONE);
}

static void add_other_modules(Completer *self, Str package) {
    const ModuleSource *others = &self->options.others;
    if (others->each) others->each(others->modules, package, add_other_module, self);
}

static void add_modules(Completer *self, Str path, uint32_t level) {
    ModuleFolder context = {.completer = self, .path = path};
    if (level == 0) {
        index_each_import_folder(self->index, self->file, visit_folder, &context);
        add_other_modules(self, path);
        return;
    }
    Str folder = path_parent(index_path(self->index, self->file));
    for (; level > 1; level--) folder = path_parent(folder);
    visit_folder(&context, folder);
}

static bool is_package(const Index *index, FileId file) { return module_is_package(index_path(index, file)); }

static void add_module_members(Completer *self, FileId module) {
    add_scope(self, module, (ScopeNames){.shown = true});
    add_wildcards(self, module, 1);
    if (is_package(self->index, module))
        add_modules_below(self, path_parent(index_path(self->index, module)));
}

static void add_imported(Completer *self) {
    Str path = buf_str(&self->cursor.path);
    FileId module = query_find_module(&self->query, self->file, path, self->cursor.level);
    if (module == NONE || module == self->file) {
        add_modules(self, path, self->cursor.level);
        return;
    }
    add_module_members(self, module);
    if (index_is_library(self->index, module) && is_package(self->index, module))
        add_other_modules(self, path);
}

/* --- members ------------------------------------------------------------------------------------ */

static bool is_class_around(const Completer *self, SymbolRef class) {
    const Scope *scopes = self->facts->scopes.items;
    bool found = false;
    for (uint32_t scope = self->cursor.scope; scope != NONE && !found; scope = scopes[scope].parent)
        found = scopes[scope].kind == SCOPE_CLASS && scopes[scope].symbol == class.symbol;
    return found && class.file == self->file;
}

static void add_class_members(Completer *self, SymbolRef class, bool above) {
    SymbolRefs order = query_order(&self->query, class);
    for (uint32_t i = above ? 1 : 0; i < order.len; i++) {
        FileId file = order.items[i].file;
        const Facts *facts = index_facts(self->index, file);
        uint32_t scope = scope_of_body(facts, order.items[i].symbol), tier = i < FARTHEST ? i : FARTHEST;
        bool plain = !is_class_around(self, order.items[i]);
        if (scope != NONE) add_scope(self, file, (ScopeNames){.scope = scope, .tier = tier, .plain = plain});
        Slice attributes = facts_attributes_of(facts, order.items[i].symbol);
        for (uint32_t s = attributes.first; s < attributes.first + attributes.count; s++) {
            const Symbol *symbol = &facts->symbols.items[s];
            bool typed = file == self->file && symbol->name_start == self->out->word.start;
            if (!typed && !(plain && is_mangled(symbol_name(facts, symbol))))
                add(self, CANDIDATE_NAME, symbol_name(facts, symbol), tier, file, symbol->name_start);
        }
    }
}

/* What holds values. */
static void add_container_members(Completer *self, uint32_t wraps) {
    Types containers = {0};
    query_push_container(&self->query, self->file, query_outer_wrap(wraps), &containers);
    if (containers.len) add_class_members(self, containers.items[0].symbol, false);
    ARRAY_FREE(&containers);
}

/* Attributes that the file itself names, the nearest use first: likelier than any other of unknown values. */
static void guess_from_file(Completer *self) {
    for (uint32_t i = self->facts->occurrences.count; i-- > 0;) {
        const Occurrence *at = &self->facts->occurrences.items[i];
        Str name = facts_name(self->facts, at->name);
        bool attribute = at->role == ROLE_ATTRIBUTE || at->role == ROLE_ATTRIBUTE_WRITE;
        if (attribute && at->start != self->out->word.start && name_is_public(name))
            add(self, CANDIDATE_GUESS, name, 0, NONE, NONE);
    }
}

/* Whether a class of own code has a member of the name. */
static bool is_own_member(const Index *index, uint32_t name) {
    Postings postings = index_name_postings(index, name);
    for (uint32_t i = 0; i < postings.count && i < MOST_WILDCARDS; i++) {
        bool member = postings.items[i].kind == SYMBOL_METHOD || postings.items[i].kind == SYMBOL_ATTRIBUTE;
        if (member && index_is_own(index, postings.items[i].file)) return true;
    }
    return false;
}

/* Members of own classes that begin with what was typed, once something is. */
static void guess_from_index(Completer *self) {
    uint64_t letters = self->pattern.letters | MASK_DEFINED, start = self->pattern.start;
    uint32_t before = self->out->items.len;
    for (uint32_t id = 0; id < index_name_end(self->index) && self->pattern.folded.len; id++) {
        uint64_t mask = index_name_mask(self->index, id);
        if (letters & ~mask || (mask & start) != start) continue;
        Str name = index_name(self->index, id);
        if (pattern_match(&self->pattern, name) < MATCH_PREFIX || !is_own_member(self->index, id)) continue;
        add(self, CANDIDATE_GUESS, name, 1, NONE, NONE);
        if (self->out->items.len - before == MOST_GUESSES) break;
    }
    self->out->more = true;
}

static void add_members(Completer *self) {
    uint32_t dot = self->cursor.tokens.before - 1;
    Types types = {0};
    expression_types(&self->query, self->file, &self->cursor, dot, &types);
    query_bind_parameters(&self->query, &types);
    for (uint32_t i = 0; i < types.len; i++) {
        Type type = types.items[i];
        if (type.wraps)
            add_container_members(self, type.wraps);
        else if (type.symbol.symbol == 0)
            add_module_members(self, type.symbol.file);
        else if (query_is_class(self->index, type.symbol))
            add_class_members(self, type.symbol, type.above);
    }
    if (types.len == 0 && !expression_is_foreign(&self->query, self->file, &self->cursor, dot)) {
        guess_from_file(self);
        guess_from_index(self);
    }
    ARRAY_FREE(&types);
}

/* --- arguments and overrides -------------------------------------------------------------------- */

static bool is_given(const Call *call, const Signature *signature, uint32_t param) {
    Str name = signature->params.items[param].name;
    for (uint32_t i = 0; i < call->given.len; i++) {
        if (str_eq(call->given.items[i], name)) return true;
    }
    return param < call->position && signature->params.items[param].kind == PARAM_POS;
}

static void add_arguments(Completer *self, const Signature *signature, const Call *call, StrBuf *scratch) {
    for (uint32_t i = 0; i < signature->params.len; i++) {
        const SignatureParam *param = &signature->params.items[i];
        if (!param_takes_keyword(param->kind) || is_given(call, signature, i)) continue;
        buf_clear(scratch);
        buf_append(scratch, param->name);
        buf_append_byte(scratch, '=');
        add(self, CANDIDATE_ARGUMENT, buf_str(scratch), i < FARTHEST ? i : FARTHEST, NONE, NONE);
    }
}

/* Keyword arguments of the call at hand, where one may begin. */
static void add_call(Completer *self) {
    const Cursor *cursor = &self->cursor;
    uint32_t bracket = cursor_bracket(cursor, cursor->tokens.before), last = cursor->tokens.before - 1;
    if (cursor->tokens.before == 0 || bracket == NONE || !cursor_is_call(cursor, bracket)) return;
    if (last != bracket && !token_is(cursor->text, cursor->tokens.items.items[last], ",")) return;
    Call call;
    Signatures signatures = {0};
    StrBuf scratch;
    buf_init(&scratch);
    cursor_read_call(cursor, bracket, &call);
    signatures_find(&self->query, self->file, cursor, bracket, &signatures);
    signatures_add_passed(&self->query, &signatures);
    for (uint32_t i = 0; i < signatures.len; i++) add_arguments(self, &signatures.items[i], &call, &scratch);
    signatures_release(&signatures);
    call_release(&call);
    buf_release(&scratch);
}

/* Names of the module behind `global`, of functions around behind `nonlocal`. */
static void add_outer(Completer *self) {
    const Scope *scopes = self->facts->scopes.items;
    bool global = token_is(self->cursor.text, self->cursor.tokens.items.items[0], "global");
    uint32_t scope = global ? 0 : scopes[self->cursor.scope].parent;
    for (; scope != NONE; scope = scopes[scope].parent) {
        if (global || scopes[scope].kind == SCOPE_FUNCTION)
            add_scope(self, self->file, (ScopeNames){.scope = scope});
    }
}

/* Methods of classes above that the class around does not define yet, and that a `def` alone overrides. */
static void add_overrides(Completer *self) {
    SymbolRef class = {self->file, self->facts->scopes.items[self->cursor.scope].symbol};
    SymbolRefs order = query_order(&self->query, class);
    for (uint32_t i = 1; i < order.len; i++) {
        const Facts *facts = index_facts(self->index, order.items[i].file);
        uint32_t parent = order.items[i].symbol;
        for (uint32_t s = facts_next_child(facts, parent, NONE); s != NONE;
             s = facts_next_child(facts, parent, s)) {
            const Symbol *symbol = &facts->symbols.items[s];
            Str name = symbol_name(facts, symbol), decorator = STR("abstractmethod");
            if (symbol->decorators.count)
                decorator = facts_text(facts, facts->texts.items[symbol->decorators.first]);
            bool plain = str_ends_with(decorator, STR("abstractmethod"));
            if (symbol->kind == SYMBOL_METHOD && plain && !is_mangled(name))
                add(self, CANDIDATE_OVERRIDE, name, i < FARTHEST ? i : FARTHEST, order.items[i].file,
                    symbol->name_start);
        }
    }
}

/* Takes what the class around defines itself, but for the word at hand, away. */
static void remove_own(Completer *self) {
    uint32_t kept = 0;
    Numbers bindings;
    for (uint32_t i = 0; i < self->out->items.len; i++) {
        uint32_t name = scope_name(self->index, self->file, self->out->items.items[i].name), others = 0;
        if (name != NONE) {
            scope_bindings(self->index, self->file, self->cursor.scope, name, &bindings);
            for (uint32_t b = 0; b < bindings.len; b++)
                others += self->facts->occurrences.items[bindings.items[b]].start != self->out->word.start;
            ARRAY_FREE(&bindings);
        }
        if (others == 0) self->out->items.items[kept++] = self->out->items.items[i];
    }
    self->out->items.len = kept;
}

/* --- the best of them --------------------------------------------------------------------------- */

/* Follows a candidate to what it names. */
static void set_target(Completer *self, Candidate *candidate) {
    uint32_t start = candidate->target.name.start;
    FileId file = candidate->target.file;
    if (file == NONE || candidate->target.symbol != NONE) return;
    uint32_t occurrence = facts_occurrence_at(index_facts(self->index, file), start);
    Targets targets = {0};
    if (occurrence != NONE) query_binding(&self->query, file, occurrence, &targets);
    if (targets.len)
        candidate->target = targets.items[0];
    else
        candidate->target.file = NONE;
    ARRAY_FREE(&targets);
}

static bool is_wished(Completer *self, const Candidate *candidate, SymbolRef exception) {
    SymbolRef ref = {candidate->target.file, candidate->target.symbol};
    if (ref.file == NONE || ref.symbol == NONE || !query_is_class(self->index, ref)) return false;
    return self->cursor.wish == WISH_CLASS || query_inherits(&self->query, ref, exception);
}

/* Classes and exceptions begin with a capital, nearly always: looking at others would take too long. */
static void raise_wished(Completer *self) {
    SymbolRef exception = {NONE, NONE};
    Targets targets = {0};
    FileId builtins = query_find_module(&self->query, self->file, STR("builtins"), 0);
    if (self->cursor.wish == WISH_ANY) return;
    if (builtins != NONE) query_module_member(&self->query, builtins, STR("BaseException"), &targets);
    if (targets.len) exception = (SymbolRef){targets.items[0].file, targets.items[0].symbol};
    for (uint32_t i = 0; i < self->out->items.len; i++) {
        Candidate *candidate = &self->out->items.items[i];
        if (!name_is_capital(candidate->name.data[0])) continue;
        set_target(self, candidate);
        if (is_wished(self, candidate, exception)) candidate->score |= WISHED;
    }
    ARRAY_FREE(&targets);
}

static int compare(const void *a, const void *b, void *context) {
    const Candidate *left = a, *right = b;
    const Index *index = context;
    if (left->score != right->score) return left->score < right->score ? 1 : -1;
    int order = str_compare(left->name, right->name);
    if (order || left->target.file == NONE || right->target.file == NONE) return order;
    return str_compare(index_path(index, left->target.file), index_path(index, right->target.file));
}

/* Puts the candidates from `first` on in order and keeps at most `most` of them; true when there are more. */
static bool sort_from(Completer *self, uint32_t first, uint32_t most) {
    Completion *out = self->out;
    uint32_t count = out->items.len - first;
    if (count)
        qsort_r(out->items.items + first, count, sizeof *out->items.items, compare,
                (void *)(uintptr_t)self->index);
    if (count > most) out->items.len = first + most;
    return count > most;
}

/* Symbols of other modules whose names are not in scope: several may have one name. */
static void add_imports(Completer *self) {
    SymbolRefs found = {0};
    uint32_t known = self->out->items.len;
    self->out->more |= self->pattern.text.len < AUTO_IMPORT_TYPED;
    auto_import_find(self->index, self->file, &self->pattern, &found);
    for (uint32_t i = 0; i < found.len; i++) {
        SymbolRef ref = found.items[i];
        const Facts *facts = index_facts(self->index, ref.file);
        Str name = symbol_name(facts, &facts->symbols.items[ref.symbol]);
        uint32_t id = intern_id(&self->out->names, name), far = !index_is_own(self->index, ref.file);
        if (id < known) continue;
        Match match = pattern_match(&self->pattern, name);
        ARRAY_PUSH(&self->out->items,
                   ((Candidate){.name = intern_str(&self->out->names, id),
                                .kind = CANDIDATE_IMPORT,
                                .target = query_symbol_target(self->index, ref.file, ref.symbol),
                                .score = score_of(self, CANDIDATE_IMPORT, match, name, far)}));
    }
    self->out->more |= sort_from(self, known, MOST_IMPORTS) || found.len == AUTO_IMPORT_MOST;
    ARRAY_FREE(&found);
}

static void keep_best(Completer *self) {
    raise_wished(self);
    Completion *out = self->out;
    out->more |= sort_from(self, 0, self->options.limit);
    for (uint32_t i = 0; i < out->items.len; i++) set_target(self, &out->items.items[i]);
}

static void add_all(Completer *self) {
    switch (self->cursor.kind) {
    case CURSOR_NOTHING: break;
    case CURSOR_NAME:
        if (self->cursor.place & (PLACE_STATEMENT | PLACE_OPERAND)) {
            add_call(self);
            if (self->cursor.in_bases) add(self, CANDIDATE_KEYWORD, STR("metaclass="), FARTHEST, NONE, NONE);
            add_names(self);
        }
        add_keywords(self);
        if (self->options.imports && self->cursor.place & (PLACE_STATEMENT | PLACE_OPERAND))
            add_imports(self);
        break;
    case CURSOR_MEMBER: add_members(self); break;
    case CURSOR_MODULE: add_modules(self, buf_str(&self->cursor.path), self->cursor.level); break;
    case CURSOR_IMPORTED: add_imported(self); break;
    case CURSOR_OUTER: add_outer(self); break;
    case CURSOR_METHOD:
        add_overrides(self);
        remove_own(self);
        break;
    }
}

void complete(const Index *index, FileId file, Str text, uint32_t offset, CompletionOptions options,
              Completion *out) {
    Completer *self = mem_calloc(1, sizeof *self); /* a pattern is too large for the stack */
    *self = (Completer){
        .index = index, .file = file, .facts = index_facts(index, file), .options = options, .out = out};
    *out = (Completion){0};
    intern_init(&out->names);
    query_init(&self->query, index);
    cursor_read(&self->cursor, self->facts, text, offset);
    out->word = self->cursor.word;
    pattern_init(&self->pattern, cursor_typed(&self->cursor));
    add_all(self);
    keep_best(self);
    pattern_release(&self->pattern);
    cursor_release(&self->cursor);
    query_release(&self->query);
    mem_free(self);
}

void completion_release(Completion *self) {
    ARRAY_FREE(&self->items);
    intern_release(&self->names);
}
