#include "markdown/relations.h"

#include "base/path.h"
#include "index/resolve.h"
#include "markdown/book.h"
#include "markdown/spellings.h"

#include <stdlib.h>

FileId relations_import_target(const Index *index, FileId file, const Import *import, uint32_t name) {
    const Facts *facts = index_facts(index, file);
    StrBuf path;
    buf_init(&path);
    buf_append(&path, facts_text(facts, import->module));
    if (name != NONE) {
        Str own = facts_text(facts, facts->import_names.items[import->names.first + name].name);
        if (path.len) buf_append_byte(&path, '.');
        buf_append(&path, own);
    }
    FileId found =
        path.len || import->level ? index_find_module(index, file, buf_str(&path), import->level) : NONE;
    buf_release(&path);
    return found;
}

static int compare_edges(const void *a, const void *b) {
    const ImportEdge *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static int compare_edges_back(const void *a, const void *b) {
    const ImportEdge *x = a, *y = b;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return (x->from > y->from) - (x->from < y->from);
}

static int compare_refs(SymbolRef x, SymbolRef y) {
    if (x.file != y.file) return x.file < y.file ? -1 : 1;
    return (x.symbol > y.symbol) - (x.symbol < y.symbol);
}

static int compare_derivations(const void *a, const void *b) {
    const Derivation *x = a, *y = b;
    int order = compare_refs(x->base, y->base);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void add_edge(Relations *self, const Book *book, uint32_t from, FileId target) {
    uint32_t to = target == NONE ? NONE : book_find(book, target);
    if (to != NONE && to != from) ARRAY_PUSH(&self->imports, ((ImportEdge){from, to}));
}

static void add_imports(Relations *self, const Book *book, uint32_t from) {
    FileId file = book->files.items[from].file;
    const Facts *facts = index_facts(book->index, file);
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (import->flags & IMPORT_FROM)
            add_edge(self, book, from, relations_import_target(book->index, file, import, NONE));
        if (import->flags & IMPORT_WILDCARD) continue;
        for (uint32_t n = 0; n < import->names.count; n++) {
            add_edge(self, book, from, relations_import_target(book->index, file, import, n));
        }
    }
}

static void sort_edges(ImportEdges *edges, int (*compare)(const void *, const void *)) {
    if (edges->len) qsort(edges->items, edges->len, sizeof *edges->items, compare);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < edges->len; i++) {
        if (kept == 0 || compare(&edges->items[kept - 1], &edges->items[i]) != 0)
            edges->items[kept++] = edges->items[i];
    }
    edges->len = kept;
}

void relations_sort_edges(ImportEdges *edges) { sort_edges(edges, compare_edges); }

/* The bases that can lead to one of `spellings` (NULL: to anything). */
static void add_derivations(Relations *self, const Book *book, FileId file, const Spellings *spellings) {
    const Facts *facts = index_facts(book->index, file);
    Targets targets = {0};
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        for (uint32_t b = 0; symbol->kind == SYMBOL_CLASS && b < symbol->bases.count; b++) {
            Str base = facts_text(facts, facts->texts.items[symbol->bases.first + b]);
            base = str_slice(base, 0, str_find_byte(base, '['));
            if (spellings && !spellings_hold(spellings, base)) continue;
            targets.len = 0;
            resolve_dotted(book->index, file, base, &targets);
            if (targets.len == 0 || targets.items[0].symbol == NONE) continue;
            SymbolRef to = {targets.items[0].file, targets.items[0].symbol};
            ARRAY_PUSH(&self->derived, ((Derivation){to, {file, s}, self->derived.len}));
        }
    }
    ARRAY_FREE(&targets);
}

static void count_names(Relations *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    uint32_t *uses = mem_calloc(facts->names.count, sizeof *uses);
    uint32_t *imports = mem_calloc(facts->names.count, sizeof *imports);
    for (uint32_t o = 0; o < facts->occurrences.count; o++) {
        const Occurrence *occurrence = &facts->occurrences.items[o];
        uses[occurrence->name]++;
        imports[occurrence->name] += occurrence->role == ROLE_IMPORT || occurrence->role == ROLE_IMPORT_PATH;
    }
    for (uint32_t n = 0; n < facts->names.count; n++) {
        uint32_t id = index_name_id(index, file, n);
        while (id >= self->name_uses.len) ARRAY_PUSH(&self->name_uses, 0);
        while (id >= self->name_imports.len) ARRAY_PUSH(&self->name_imports, 0);
        self->name_uses.items[id] += uses[n];
        self->name_imports.items[id] += imports[n];
    }
    mem_free(uses);
    mem_free(imports);
}

/* Marks the names of the functions and classes that the modules of the book define, by name id. */
static bool *defined_names(const Relations *self, const Book *book) {
    bool *defined = mem_calloc(self->name_uses.len + 1, sizeof *defined);
    for (uint32_t i = 0; i < book->files.len; i++) {
        FileId file = book->files.items[i].file;
        const Facts *facts = index_facts(book->index, file);
        for (uint32_t s = 1; s < facts->tree_count; s = facts->symbols.items[s].after) {
            const Symbol *symbol = &facts->symbols.items[s];
            bool callable = symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION;
            uint32_t id = callable ? index_name_id(book->index, file, symbol->name) : NONE;
            if (id < self->name_uses.len) defined[id] = true;
        }
    }
    return defined;
}

static bool has_name(const Relations *self, const Index *index, FileId file, const bool *names) {
    for (uint32_t n = 0; n < index_facts(index, file)->names.count; n++) {
        uint32_t id = index_name_id(index, file, n);
        if (id < self->name_uses.len && names[id]) return true;
    }
    return false;
}

/* Notes which files a test file calls into: each name is looked up where it is called first. */
static void add_tests(Relations *self, const Book *book, uint32_t from, const bool *names) {
    FileId file = book->files.items[from].file;
    const Facts *facts = index_facts(book->index, file);
    if (!has_name(self, book->index, file, names)) return;
    bool *seen = mem_calloc(facts->names.count, sizeof *seen);
    Targets targets = {0};
    for (uint32_t o = 0; o < facts->occurrences.count; o++) {
        const Occurrence *occurrence = &facts->occurrences.items[o];
        if (!(occurrence->flags & OCCURRENCE_CALLEE) || seen[occurrence->name]) continue;
        seen[occurrence->name] = true;
        uint32_t id = index_name_id(book->index, file, occurrence->name);
        if (id >= self->name_uses.len || !names[id]) continue;
        targets.len = 0;
        resolve_occurrence(book->index, file, o, &targets);
        uint32_t to = targets.len ? book_find(book, targets.items[0].file) : NONE;
        if (to != NONE && to != from) ARRAY_PUSH(&self->tests, ((ImportEdge){from, to}));
    }
    ARRAY_FREE(&targets);
    mem_free(seen);
}

static void add_all_tests(Relations *self, const Book *book, const Spellings *spellings) {
    bool *names = defined_names(self, book);
    for (uint32_t id = 0; spellings && id < self->name_uses.len; id++)
        names[id] = names[id] && spellings->names[id];
    for (uint32_t i = 0; i < book->files.len; i++) {
        if (book->files.items[i].is_test) add_tests(self, book, i, names);
    }
    mem_free(names);
}

static void sort(Relations *self) {
    for (uint32_t i = 0; i < self->imports.len; i++) ARRAY_PUSH(&self->importers, self->imports.items[i]);
    relations_sort_edges(&self->imports);
    sort_edges(&self->importers, compare_edges_back);
    sort_edges(&self->tests, compare_edges_back);
    if (self->derived.len)
        qsort(self->derived.items, self->derived.len, sizeof(Derivation), compare_derivations);
}

void relations_build(Relations *self, const Book *book) {
    for (uint32_t i = 0; i < book->files.len; i++) {
        add_imports(self, book, i);
        add_derivations(self, book, book->files.items[i].file, NULL);
        count_names(self, book->index, book->files.items[i].file);
    }
    add_all_tests(self, book, NULL);
    sort(self);
}

/* Marks the files that can have an import of `file`: those that name it, and those that can mean its package
 * by dots alone. */
static void mark_importers(const Book *book, uint32_t file, bool *marks) {
    Str path = index_path(book->index, book->files.items[file].file), name = path_name(path);
    Str stem = str_slice(name, 0, name.len - path_suffix(name).len);
    if (str_eq(stem, STR("__init__"))) {
        const BookFolder *folder = &book->folders.items[book->files.items[file].folder];
        for (uint32_t i = folder->first_file; i < folder->subtree_file_end; i++) marks[i] = true;
        stem = path_name(path_parent(path));
    }
    Postings postings = index_postings(book->index, stem);
    for (uint32_t i = 0; i < postings.count; i++) {
        uint32_t number = book_find(book, postings.items[i].file);
        if (number != NONE) marks[number] = true;
    }
}

void relations_build_for(Relations *self, const Book *book, uint32_t file) {
    bool *marks = mem_calloc(book->files.len, sizeof *marks);
    mark_importers(book, file, marks);
    marks[file] = true;
    Spellings spellings;
    spellings_init(&spellings, book->index, book->files.items[file].file);
    for (uint32_t i = 0; i < book->files.len; i++) {
        if (marks[i]) add_imports(self, book, i);
        add_derivations(self, book, book->files.items[i].file, &spellings);
        count_names(self, book->index, book->files.items[i].file);
    }
    add_all_tests(self, book, &spellings);
    sort(self);
    spellings_release(&spellings);
    mem_free(marks);
}

void relations_release(Relations *self) {
    ARRAY_FREE(&self->imports);
    ARRAY_FREE(&self->importers);
    ARRAY_FREE(&self->tests);
    ARRAY_FREE(&self->derived);
    ARRAY_FREE(&self->name_uses);
    ARRAY_FREE(&self->name_imports);
}

/* The items of a sorted array whose key equals `key`. */
#define EQUAL_RANGE(array, field, compare_key)                                                               \
    uint32_t low = 0, high = (array).len;                                                                    \
    while (low < high) {                                                                                     \
        uint32_t middle = low + (high - low) / 2;                                                            \
        if ((compare_key((array).items[middle].field)) < 0)                                                  \
            low = middle + 1;                                                                                \
        else                                                                                                 \
            high = middle;                                                                                   \
    }                                                                                                        \
    Slice found = {low, 0};                                                                                  \
    while (low + found.count < (array).len && (compare_key((array).items[low + found.count].field)) == 0)    \
        found.count++;                                                                                       \
    return found

#define COMPARE_FILE(value) ((value) < file ? -1 : (value) > file)
#define COMPARE_BASE(value) compare_refs(value, base)

Slice relations_imports(const Relations *self, uint32_t file) {
    EQUAL_RANGE(self->imports, from, COMPARE_FILE);
}

Slice relations_importers(const Relations *self, uint32_t file) {
    EQUAL_RANGE(self->importers, to, COMPARE_FILE);
}

Slice relations_tests(const Relations *self, uint32_t file) { EQUAL_RANGE(self->tests, to, COMPARE_FILE); }

Slice relations_derived(const Relations *self, SymbolRef base) {
    EQUAL_RANGE(self->derived, base, COMPARE_BASE);
}
