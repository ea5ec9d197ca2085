#include "index/stubs.h"

#include "base/path.h"
#include "index/query.h"

bool stubs_is_stub(const Index *index, FileId file) {
    return str_ends_with(index_path(index, file), STR(".pyi"));
}

static FileId find(const Index *index, Str folder, Str name, const char *ending) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, folder);
    path_join(&path, name);
    buf_append(&path, str_of(ending));
    FileId found = index_find_file(index, buf_str(&path));
    buf_release(&path);
    return found;
}

typedef struct {
    const Index *index;
    Str path; /* without its suffix */
    bool stub;
    FileId found;
} Search;

/* A FolderVisitor: the file's counterpart, where the folder holds the file. */
static bool look_below(void *context, Str folder) {
    static const char suffix[] = "-stubs";
    Search *self = context;
    Str below = path_below(self->path, folder);
    if (below.len == self->path.len || below.len == 0) return false;
    Str top = str_slice(below, 0, str_find_byte(below, '/')), rest = str_from(below, top.len);
    bool marked = str_ends_with(top, str_of(suffix));
    if (marked != self->stub) return false;
    StrBuf name;
    buf_init(&name);
    buf_append(&name, marked ? str_slice(top, 0, top.len - strlen(suffix)) : top);
    if (!marked) buf_append(&name, str_of(suffix));
    buf_append(&name, rest);
    self->found = find(self->index, folder, buf_str(&name), marked ? ".py" : ".pyi");
    if (self->found == NONE && rest.len == 0) /* a package of stubs for a single module */
        self->found = find(self->index, folder, buf_str(&name), "/__init__.pyi");
    if (self->found == NONE && marked && str_eq(rest, STR("/__init__")))
        self->found = find(self->index, folder, str_slice(buf_str(&name), 0, name.len - rest.len), ".py");
    buf_release(&name);
    return self->found != NONE;
}

FileId stubs_other(const Index *index, FileId file) {
    Str path = index_path(index, file), suffix = path_suffix(path);
    bool stub = str_eq(suffix, STR(".pyi"));
    if (!stub && !str_eq(suffix, STR(".py"))) return NONE;
    Str stem = str_slice(path, 0, path.len - suffix.len);
    FileId found = find(index, STR(""), stem, stub ? ".py" : ".pyi");
    if (found != NONE || !index_is_library(index, file)) return found;
    Search search = {index, stem, stub, NONE};
    index_each_import_folder(index, file, look_below, &search);
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
    uint32_t before = out->len;
    if (target->symbol == 0) query_push_target(out, query_symbol_target(index, other, 0));
    uint32_t name = scope_name(index, other, symbol_name(facts, &facts->symbols.items[target->symbol]));
    Slice symbols = name == NONE || target->symbol == 0 ? (Slice){0} : facts_symbols_named(there, name);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        uint32_t symbol = there->by_name.items[i];
        if (same_path(facts, target->symbol, there, symbol))
            query_push_target(out, query_symbol_target(index, other, symbol));
    }
    return out->len > before;
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
