#include "markdown/relations.h"

#include "base/path.h"
#include "index/resolve.h"
#include "index/uses.h"
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

/* --- uses --------------------------------------------------------------------------------------- */

static bool is_told(const Facts *facts, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[number];
    return symbol->kind < SYMBOL_VARIABLE || (symbol->kind == SYMBOL_VARIABLE && symbol->parent == 0);
}

/* Marks, by name id, what definitions of the book may be called: their own names, and those that imports give
 * them. */
static bool *used_names(const Book *book) {
    bool *names = mem_calloc(index_name_end(book->index), sizeof *names);
    for (uint32_t i = 0; i < book->files.len; i++) {
        FileId file = book->files.items[i].file;
        const Facts *facts = index_facts(book->index, file);
        for (uint32_t s = 1; s < facts->tree_count; s++) {
            if (is_told(facts, s))
                names[index_name_id(book->index, file, facts->symbols.items[s].name)] = true;
        }
        for (uint32_t n = 0; n < facts->import_names.count; n++) {
            uint32_t alias = facts->import_names.items[n].alias;
            if (alias != NONE) names[index_name_id(book->index, file, alias)] = true;
        }
    }
    return names;
}

static bool has_name(const Index *index, FileId file, const bool *names) {
    for (uint32_t n = 0; n < index_facts(index, file)->names.count; n++) {
        if (names[index_name_id(index, file, n)]) return true;
    }
    return false;
}

/* Values bound several times are one, at the first place. */
static uint32_t first_place(const Facts *facts, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[number];
    Slice same = facts_symbols_named(facts, symbol->name);
    for (uint32_t n = same.first; symbol->kind == SYMBOL_VARIABLE && n < same.first + same.count; n++) {
        const Symbol *other = &facts->symbols.items[facts->by_name.items[n]];
        if (other->kind == SYMBOL_VARIABLE && other->parent == symbol->parent) return facts->by_name.items[n];
    }
    return number;
}

static void add_use(Relations *self, const Book *book, uint32_t from, const Use *use) {
    uint32_t to = book_find(book, use->target.file);
    const Facts *facts = index_facts(book->index, use->target.file);
    if (to == NONE || !is_told(facts, use->target.symbol)) return;
    SymbolRef target = {use->target.file, first_place(facts, use->target.symbol)};
    ARRAY_PUSH(&self->uses, ((UseEdge){target, from, use->user, use->called}));
    bool tests = use->called && book->files.items[from].is_test && from != to;
    if (tests) ARRAY_PUSH(&self->tests, ((ImportEdge){from, to}));
}

/* The uses of what `only` defines (NONE: of everything). */
static void add_uses(Relations *self, const Book *book, const bool *names, FileId only) {
    UseFinder *finder = uses_new(book->index, names);
    Uses uses = {0};
    for (uint32_t i = 0; i < book->files.len; i++) {
        FileId file = book->files.items[i].file;
        if (only != NONE && !has_name(book->index, file, names)) continue;
        uses.len = 0;
        uses_find(finder, file, &uses);
        for (uint32_t u = 0; u < uses.len; u++) {
            if (only == NONE || uses.items[u].target.file == only) add_use(self, book, i, &uses.items[u]);
        }
    }
    ARRAY_FREE(&uses);
    uses_free(finder);
}

static int compare_uses(const void *a, const void *b, void *context) {
    const UseEdge *x = a, *y = b;
    const Book *book = context;
    int order = compare_refs(x->target, y->target);
    if (order) return order;
    const BookFile *first = &book->files.items[x->from], *second = &book->files.items[y->from];
    if (first->is_test != second->is_test) return first->is_test ? 1 : -1;
    bool here = first->file == x->target.file, there = second->file == x->target.file;
    if (here != there) return here ? 1 : -1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->user > y->user) - (x->user < y->user);
}

/* Leaves each use once. */
static void sort_uses(Relations *self, const Book *book) {
    void *context = (void *)(uintptr_t)book;
    if (self->uses.len) qsort_r(self->uses.items, self->uses.len, sizeof(UseEdge), compare_uses, context);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->uses.len; i++) {
        bool again = kept && compare_uses(&self->uses.items[kept - 1], &self->uses.items[i], context) == 0;
        if (again)
            self->uses.items[kept - 1].called |= self->uses.items[i].called;
        else
            self->uses.items[kept++] = self->uses.items[i];
    }
    self->uses.len = kept;
}

static void sort(Relations *self, const Book *book) {
    for (uint32_t i = 0; i < self->imports.len; i++) ARRAY_PUSH(&self->importers, self->imports.items[i]);
    relations_sort_edges(&self->imports);
    sort_edges(&self->importers, compare_edges_back);
    sort_edges(&self->tests, compare_edges_back);
    if (self->derived.len)
        qsort(self->derived.items, self->derived.len, sizeof(Derivation), compare_derivations);
    sort_uses(self, book);
}

void relations_build(Relations *self, const Book *book) {
    for (uint32_t i = 0; i < book->files.len; i++) {
        add_imports(self, book, i);
        add_derivations(self, book, book->files.items[i].file, NULL);
    }
    bool *names = used_names(book);
    add_uses(self, book, names, NONE);
    sort(self, book);
    mem_free(names);
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
    }
    bool *names = used_names(book);
    for (uint32_t id = 0; id < index_name_end(book->index); id++) names[id] &= spellings.names[id];
    add_uses(self, book, names, book->files.items[file].file);
    sort(self, book);
    mem_free(names);
    spellings_release(&spellings);
    mem_free(marks);
}

void relations_release(Relations *self) {
    ARRAY_FREE(&self->imports);
    ARRAY_FREE(&self->importers);
    ARRAY_FREE(&self->tests);
    ARRAY_FREE(&self->derived);
    ARRAY_FREE(&self->uses);
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

#define COMPARE_TARGET(value) compare_refs(value, target)

Slice relations_uses(const Relations *self, SymbolRef target) {
    EQUAL_RANGE(self->uses, target, COMPARE_TARGET);
}
