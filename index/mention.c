#include "index/mention.h"

#include "index/resolve.h"

typedef struct {
    const Index *index;
    Str name;
    SymbolRefs found;
    StrBuf names; /* their dotted names, a line each: what is defined twice counts once */
    bool tests;   /* whether symbols of tests are wanted */
} Search;

static bool ends_with_name(Str dotted, Str name) {
    if (!str_ends_with(dotted, name)) return false;
    return dotted.len == name.len || dotted.data[dotted.len - name.len - 1] == '.';
}

/* An attribute is called by its class: alone, its name is a word like others. */
static bool counts(const Search *self, SymbolRef ref) {
    const Symbol *symbol = &index_facts(self->index, ref.file)->symbols.items[ref.symbol];
    bool alone = str_find_byte(self->name, '.') == STR_NPOS;
    return index_is_own(self->index, ref.file) && index_is_test(self->index, ref.file) == self->tests &&
           !(alone && symbol->kind == SYMBOL_ATTRIBUTE);
}

static bool is_listed(Str lines, Str wanted) {
    Str line;
    while (str_next_line(&lines, &line)) {
        if (str_eq(line, wanted)) return true;
    }
    return false;
}

static void add(void *context, SymbolRef ref) {
    Search *self = context;
    if (self->found.len > MENTION_MOST || !counts(self, ref)) return;
    StrBuf dotted;
    buf_init(&dotted);
    index_dotted_name(self->index, ref, &dotted);
    if (ends_with_name(buf_str(&dotted), self->name) && !is_listed(buf_str(&self->names), buf_str(&dotted))) {
        buf_printf(&self->names, "%s\n", dotted.data);
        ARRAY_PUSH(&self->found, ref);
    }
    buf_release(&dotted);
}

static bool find_path(const Index *index, Str name, SymbolRefs *out) {
    Targets targets = {0};
    resolve_path(index, name, &targets);
    bool found = targets.len > 0 && targets.items[0].symbol != NONE;
    if (found) ARRAY_PUSH(out, ((SymbolRef){targets.items[0].file, targets.items[0].symbol}));
    ARRAY_FREE(&targets);
    return found;
}

void mention_find(const Index *index, Str name, SymbolRefs *out) {
    if (name.len == 0 || find_path(index, name, out)) return;
    Search search = {.index = index, .name = name};
    Str last = str_from(name, str_rfind_byte(name, '.') + 1);
    buf_init(&search.names);
    index_tell_name(index, last, true);
    index_each_symbol_named(index, last, add, &search);
    search.tests = search.found.len == 0;
    if (search.tests) index_each_symbol_named(index, last, add, &search);
    for (uint32_t i = 0; i < search.found.len && search.found.len <= MENTION_MOST; i++)
        ARRAY_PUSH(out, search.found.items[i]);
    ARRAY_FREE(&search.found);
    buf_release(&search.names);
}

void mention_find_builtin(const Index *index, Str name, SymbolRefs *out) {
    Targets targets = {0};
    if (name.len) resolve_builtin(index, name, &targets);
    if (targets.len && targets.items[0].symbol != NONE)
        ARRAY_PUSH(out, ((SymbolRef){targets.items[0].file, targets.items[0].symbol}));
    ARRAY_FREE(&targets);
}
