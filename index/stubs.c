#include "index/stubs.h"

#include "base/path.h"
#include "index/query.h"

bool stubs_is_stub(const Index *index, FileId file) {
    return str_ends_with(index_path(index, file), STR(".pyi"));
}

static FileId find(const Index *index, Str stem, const char *ending) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, stem);
    buf_append(&path, str_of(ending));
    FileId found = index_find_file(index, buf_str(&path));
    buf_release(&path);
    return found;
}

typedef struct {
    const Index *index;
    Str module; /* dotted */
    bool stub;  /* what is looked for */
    FileId found;
} Search;

/* Looks for the module below a folder, in which its first part has `mark` behind it. */
static void look_for(Search *self, Str folder, const char *mark) {
    const char *const endings[] = {self->stub ? "/__init__.pyi" : "/__init__.py",
                                   self->stub ? ".pyi" : ".py"};
    StrBuf path;
    buf_init(&path);
    buf_append(&path, folder);
    Str rest = self->module, part;
    for (; rest.len && str_next_piece(&rest, '.', &part); mark = "") {
        path_join(&path, part);
        buf_append(&path, str_of(mark));
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings && self->found == NONE; i++)
        self->found = find(self->index, buf_str(&path), endings[i]);
    if (self->found != NONE && !index_is_library(self->index, self->found)) self->found = NONE;
    buf_release(&path);
}

/* A FolderVisitor. */
static bool look_below(void *context, Str folder) {
    Search *self = context;
    if (self->stub) look_for(self, folder, "-stubs");
    if (self->found == NONE) look_for(self, folder, "");
    return self->found != NONE;
}

FileId stubs_other(const Index *index, FileId file) {
    Str path = index_path(index, file), suffix = path_suffix(path);
    bool stub = str_eq(suffix, STR(".pyi"));
    if (!stub && !str_eq(suffix, STR(".py"))) return NONE;
    FileId found = find(index, str_slice(path, 0, path.len - suffix.len), stub ? ".py" : ".pyi");
    if (found != NONE || !index_is_library(index, file)) return found;
    StrBuf module;
    buf_init(&module);
    index_module_name(index, file, &module);
    Search search = {index, buf_str(&module), !stub, NONE};
    index_each_import_folder(index, file, look_below, &search);
    buf_release(&module);
    return search.found;
}

static bool same_path(const Facts *a, uint32_t left, const Facts *b, uint32_t right) {
    StrBuf one, other;
    buf_init(&one);
    buf_init(&other);
    facts_qualified_name(a, left, &one);
    facts_qualified_name(b, right, &other);
    bool same = str_eq(buf_str(&one), buf_str(&other));
    buf_release(&one);
    buf_release(&other);
    return same;
}

bool stubs_counterparts(const Index *index, const Target *target, bool stub, Targets *out) {
    if (target->symbol == NONE || stubs_is_stub(index, target->file) == stub) return false;
    FileId other = stubs_other(index, target->file);
    if (other == NONE) return false;
    const Facts *facts = index_facts(index, target->file), *there = index_facts(index, other);
    bool any = target->symbol == 0;
    if (any) query_push_target(out, query_symbol_target(index, other, 0));
    uint32_t name = scope_name(index, other, symbol_name(facts, &facts->symbols.items[target->symbol]));
    Slice symbols = name == NONE || target->symbol == 0 ? ((Slice){0}) : facts_symbols_named(there, name);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        uint32_t symbol = there->by_name.items[i];
        if (!same_path(facts, target->symbol, there, symbol)) continue;
        query_push_target(out, query_symbol_target(index, other, symbol)); /* once for all overloads */
        any = true;
    }
    return any;
}

void stubs_add_counterparts(const Index *index, Targets *targets) {
    for (uint32_t i = 0, count = targets->len; i < count; i++) {
        Target target = targets->items[i];
        if (target.symbol == 0 || target.symbol == NONE) continue;
        stubs_counterparts(index, &target, !stubs_is_stub(index, target.file), targets);
    }
}

SymbolRef stubs_counterpart(const Index *index, SymbolRef ref) {
    Targets found = {0};
    SymbolRef result = {NONE, NONE};
    Target target = {.file = ref.file, .symbol = ref.symbol};
    uint32_t kind = index_facts(index, ref.file)->symbols.items[ref.symbol].kind;
    stubs_counterparts(index, &target, !stubs_is_stub(index, ref.file), &found);
    for (uint32_t i = 0; i < found.len && result.file == NONE; i++) {
        SymbolRef other = {found.items[i].file, found.items[i].symbol};
        if (index_facts(index, other.file)->symbols.items[other.symbol].kind == kind) result = other;
    }
    ARRAY_FREE(&found);
    return result;
}

SymbolRef stubs_typed(const Index *index, SymbolRef ref) {
    if (ref.symbol == 0 || stubs_is_stub(index, ref.file)) return ref;
    SymbolRef other = stubs_counterpart(index, ref);
    return other.file == NONE ? ref : other;
}
