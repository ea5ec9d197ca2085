#include "markdown/book.h"

#include "base/intern.h"
#include "base/path.h"
#include "markdown/card.h"
#include "markdown/escape.h"

#include <stdlib.h>
#include <utf8proc.h>

bool page_source_parse(Str name, PageSource *out) {
    static const char *const names[] = {"full", "excerpt", "link"};
    for (int i = 0; i < 3; i++) {
        if (str_eq(name, str_of(names[i]))) {
            *out = (PageSource)i;
            return true;
        }
    }
    return false;
}

int book_compare_folders(Str a, Str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < shared; i++) {
        if (a.data[i] == b.data[i]) continue;
        if (a.data[i] == '/' || b.data[i] == '/') return a.data[i] == '/' ? -1 : 1;
        return (unsigned char)a.data[i] < (unsigned char)b.data[i] ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int compare_files(const void *a, const void *b) {
    const BookFile *x = a, *y = b;
    Str first = x->path, second = y->path;
    if (x->is_text != y->is_text) return x->is_text - y->is_text;
    int order = book_compare_folders(path_parent(first), path_parent(second));
    return order ? order : str_compare(path_name(first), path_name(second));
}

static Str stem_of(Str path) {
    Str name = path_name(path);
    return str_slice(name, 0, name.len - path_suffix(name).len);
}

static bool is_test_name(Str name, Str stem) {
    return str_starts_with(name, STR("test_")) || str_ends_with(stem, STR("_test")) ||
           str_eq(name, STR("conftest.py"));
}

/* The path of a file that gets pages, below the root; "" of any other. */
static Str documented_path(const Book *self, FileId file) {
    if (!index_facts(self->index, file) || !index_is_own(self->index, file)) return STR("");
    Str path = index_path(self->index, file);
    if (!path_is_under(path, self->config.root)) return STR("");
    path = path_below(path, self->config.root);
    bool out_inside = self->config.out.len && self->config.out.data[0] != '/';
    return out_inside && path_is_under(path, self->config.out) ? STR("") : path;
}

static void collect_files(Book *self) {
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        Str path = documented_path(self, file), stem = stem_of(path);
        if (path.len == 0) continue;
        bool is_text = index_facts(self->index, file)->symbols.items[0].kind == SYMBOL_DOCUMENT;
        ARRAY_PUSH(&self->files, ((BookFile){.file = file,
                                             .path = path,
                                             .page = path,
                                             .stem = stem,
                                             .is_test = !is_text && is_test_name(path_name(path), stem),
                                             .is_text = is_text}));
        self->sources += !is_text;
    }
    if (self->files.len) qsort(self->files.items, self->files.len, sizeof *self->files.items, compare_files);
    for (uint32_t i = 0; i < self->sources; i++) {
        if (self->files.items[i].is_test) ARRAY_PUSH(&self->tests, i);
    }
}

static uint32_t add_folder(Book *self, Str path, uint32_t parent) {
    ARRAY_PUSH(&self->folders, ((BookFolder){.path = path, .parent = parent}));
    return self->folders.len - 1;
}

/* Ends the folders from `folder` up that `path` does not lie in; returns the innermost that it lies in. */
static uint32_t leave_folders(Book *self, uint32_t folder, Str path) {
    while (folder != NONE && !path_is_under(path, self->folders.items[folder].path)) {
        self->folders.items[folder].tree_end = self->folders.len;
        folder = self->folders.items[folder].parent;
    }
    return folder;
}

static int compare_parents(const void *a, const void *b) {
    return book_compare_folders(*(const Str *)a, *(const Str *)b);
}

static void collect_folders(Book *self) {
    Array(Str) parents = {0};
    for (uint32_t i = 0; i < self->files.len; i++)
        ARRAY_PUSH(&parents, path_parent(self->files.items[i].path));
    if (parents.len) qsort(parents.items, parents.len, sizeof(Str), compare_parents);
    uint32_t folder = add_folder(self, STR(""), NONE);
    for (uint32_t i = 0; i < parents.len; i++) {
        Str parent = parents.items[i];
        folder = leave_folders(self, folder, parent);
        while (self->folders.items[folder].path.len < parent.len) {
            size_t from = self->folders.items[folder].path.len;
            size_t slash = str_find_byte(str_from(parent, from + 1), '/');
            size_t end = slash == STR_NPOS ? parent.len : from + 1 + slash;
            folder = add_folder(self, str_slice(parent, 0, end), folder);
        }
    }
    for (; folder != NONE; folder = self->folders.items[folder].parent)
        self->folders.items[folder].tree_end = self->folders.len;
    ARRAY_FREE(&parents);
}

/* Notes which of the files [file, end) each folder holds, those right in it in the first two lists. */
static void deal_out(Book *self, uint32_t file, uint32_t end, uint32_t *first, uint32_t *own_end) {
    for (uint32_t f = 0; f < self->folders.len; f++) {
        first[f] = file;
        Str path = self->folders.items[f].path;
        for (; file < end && str_eq(path_parent(self->files.items[file].path), path); file++)
            self->files.items[file].folder = f;
        own_end[f] = file;
    }
    first[self->folders.len] = end;
}

static void fill_folders(Book *self) {
    uint32_t count = self->folders.len;
    uint32_t *first = mem_alloc((count + 1) * sizeof *first), *end = mem_alloc(count * sizeof *end);
    deal_out(self, 0, self->sources, first, end);
    for (uint32_t f = 0; f < count; f++) {
        BookFolder *folder = &self->folders.items[f];
        folder->first_file = first[f];
        folder->file_end = end[f];
        folder->subtree_file_end = first[folder->tree_end];
    }
    deal_out(self, self->sources, self->files.len, first, end);
    for (uint32_t f = 0; f < count; f++) {
        BookFolder *folder = &self->folders.items[f];
        folder->first_text = first[f];
        folder->text_end = end[f];
        folder->subtree_text_end = first[folder->tree_end];
    }
    mem_free(first);
    mem_free(end);
}

/* Two paths that differ only by case would be one on many disks: 0 for the first, then 1, 2, … */
static uint32_t clash_number(Interner *seen, Str path) {
    char *c_path = str_dup(path);
    utf8proc_uint8_t *folded = utf8proc_NFKC_Casefold((utf8proc_uint8_t *)c_path);
    const char *stem = folded ? (const char *)folded : c_path;
    uint32_t number = 0;
    StrBuf key;
    buf_init(&key);
    buf_append(&key, str_of(stem));
    while (intern_find(seen, buf_str(&key)) != INTERN_NONE) {
        buf_clear(&key);
        buf_printf(&key, "%s~%u", stem, (unsigned)++number);
    }
    intern_id(seen, buf_str(&key));
    buf_release(&key);
    free(folded);
    mem_free(c_path);
    return number;
}

/* Pages whose paths clash get a number. */
static void part_clashes(Book *self) {
    Interner files, folders;
    intern_init(&files);
    intern_init(&folders);
    for (uint32_t i = 0; i < self->files.len; i++) {
        BookFile *file = &self->files.items[i];
        uint32_t number = clash_number(&files, file->path);
        if (number == 0) continue;
        StrBuf page;
        buf_init(&page);
        buf_printf(&page, "%.*s~%u", STR_ARG(file->path), (unsigned)number);
        file->page = arena_str(&self->arena, buf_str(&page));
        buf_release(&page);
    }
    for (uint32_t i = 0; i < self->folders.len; i++) {
        BookFolder *folder = &self->folders.items[i];
        folder->clash = clash_number(&folders, folder->path);
    }
    intern_release(&files);
    intern_release(&folders);
}

static void name_modules(Book *self) {
    StrBuf name;
    buf_init(&name);
    for (uint32_t i = 0; i < self->files.len; i++) {
        BookFile *file = &self->files.items[i];
        buf_clear(&name);
        index_module_name(self->index, file->file, &name);
        file->module = file->is_text ? file->path : arena_str(&self->arena, buf_str(&name));
    }
    buf_release(&name);
}

/* A book without its relations. */
static Book *new_layout(const Index *index, const PageConfig *config) {
    Book *self = mem_calloc(1, sizeof *self);
    self->index = index;
    arena_init(&self->arena);
    self->config = *config;
    self->config.root = arena_str(&self->arena, config->root);
    self->config.out = arena_str(&self->arena, config->out);
    self->config.source_url = arena_str(&self->arena, config->source_url);
    self->config.readme_path = arena_str(&self->arena, config->readme_path);
    self->config.readme = arena_str(&self->arena, config->readme);
    Str project = config->project.len ? config->project : path_name(config->root);
    self->project = arena_str(&self->arena, project);
    collect_files(self);
    collect_folders(self);
    fill_folders(self);
    part_clashes(self);
    name_modules(self);
    uint32_t end = index_file_end(index);
    self->of_file = mem_alloc((end + 1) * sizeof *self->of_file);
    for (uint32_t i = 0; i < end; i++) self->of_file[i] = NONE;
    for (uint32_t i = 0; i < self->files.len; i++) self->of_file[self->files.items[i].file] = i;
    return self;
}

Book *book_new(const Index *index, const PageConfig *config) {
    Book *self = new_layout(index, config);
    relations_build(&self->relations, self);
    return self;
}

Book *book_new_for(const Index *index, const PageConfig *config, FileId file) {
    Book *self = new_layout(index, config);
    uint32_t number = book_find(self, file);
    if (number != NONE) relations_build_for(&self->relations, self, number);
    return self;
}

void book_free(Book *self) {
    if (!self) return;
    relations_release(&self->relations);
    arena_release(&self->arena);
    ARRAY_FREE(&self->files);
    ARRAY_FREE(&self->tests);
    ARRAY_FREE(&self->folders);
    mem_free(self->of_file);
    mem_free(self);
}

uint32_t book_find(const Book *self, FileId file) {
    return file < index_file_end(self->index) ? self->of_file[file] : NONE;
}

const Facts *book_facts(const Book *self, uint32_t file) {
    return index_facts(self->index, self->files.items[file].file);
}

Coverage book_coverage(const Book *self, uint32_t file) {
    return coverage_of(self->index, self->files.items[file].file);
}

void book_page_path(const Book *self, uint32_t file, PageKind kind, StrBuf *out) {
    buf_append(out, self->files.items[file].page);
    buf_append(out, kind == PAGE_DOCS ? STR("_docs.md") : STR("_kw.md"));
}

void book_folder_page(const Book *self, uint32_t folder, Str name, StrBuf *out) {
    const BookFolder *at = &self->folders.items[folder];
    Str suffix = path_suffix(name);
    buf_append(out, at->path);
    path_join(out, str_slice(name, 0, name.len - suffix.len));
    if (at->clash) buf_printf(out, "~%u", (unsigned)at->clash);
    buf_append(out, suffix);
}

/* Whether two symbols of a file have the same qualified name. */
static bool same_path(const Facts *facts, uint32_t a, uint32_t b) {
    while (a != b && a != NONE && b != NONE) {
        const Symbol *first = &facts->symbols.items[a], *second = &facts->symbols.items[b];
        if (first->name != second->name) return false;
        a = first->parent;
        b = second->parent;
    }
    return a == b;
}

static bool is_value(const Facts *facts, uint32_t symbol) {
    uint8_t kind = facts->symbols.items[symbol].kind;
    return kind == SYMBOL_VARIABLE || kind == SYMBOL_ATTRIBUTE;
}

/* How many anchors of the same name stand before the symbol's own. Values share the first one's. */
static uint32_t anchor_rank(const Facts *facts, uint32_t symbol) {
    Slice same = facts_symbols_named(facts, facts->symbols.items[symbol].name);
    uint32_t rank = 0;
    for (uint32_t n = same.first; n < same.first + same.count && facts->by_name.items[n] < symbol; n++) {
        uint32_t other = facts->by_name.items[n];
        if (!same_path(facts, other, symbol)) continue;
        if (is_value(facts, symbol)) return 0;
        rank += rank == 0 || !is_value(facts, other);
    }
    return rank;
}

void book_dotted_name(const Book *self, SymbolRef ref, StrBuf *out) {
    uint32_t file = book_find(self, ref.file);
    if (file == NONE) {
        index_dotted_name(self->index, ref, out);
        return;
    }
    buf_append(out, self->files.items[file].module);
    if (ref.symbol == 0) return;
    buf_append_byte(out, '.');
    facts_qualified_name(index_facts(self->index, ref.file), ref.symbol, out);
}

bool book_anchor(const Book *self, SymbolRef ref, StrBuf *out) {
    if (ref.symbol >= BOOK_ANCHORED) return false;
    size_t start = out->len;
    const Facts *facts = index_facts(self->index, ref.file);
    if (facts->symbols.items[0].kind == SYMBOL_DOCUMENT) {
        buf_printf(out, "%s%s", card_kind(facts, ref.symbol), ref.symbol ? "-" : "");
        facts_qualified_name(facts, ref.symbol, out);
    } else {
        book_dotted_name(self, ref, out);
    }
    for (size_t i = start; i < out->len;
         i++) { /* module names come from file names, which may hold anything */
        if (out->data[i] <= ' ' && out->data[i] >= 0) out->data[i] = '-';
    }
    uint32_t rank = ref.symbol ? anchor_rank(facts, ref.symbol) : 0;
    if (rank) buf_printf(out, "-%u", (unsigned)rank + 1);
    return true;
}

void book_link_page(Str folder, Str path, StrBuf *url) {
    StrBuf way;
    buf_init(&way);
    path_relative(&way, folder, path);
    url_append_path(buf_str(&way), url);
    buf_release(&way);
}

static bool link_symbol(const void *context, SymbolRef ref, StrBuf *url) {
    const BookPlace *place = context;
    uint32_t file = book_find(place->book, ref.file);
    if (file == NONE) return false;
    StrBuf path, anchor;
    buf_init(&path);
    buf_init(&anchor);
    book_page_path(place->book, file, PAGE_DOCS, &path);
    if (ref.file != place->docs_of) book_link_page(place->folder, buf_str(&path), url);
    if (book_anchor(place->book, ref, &anchor)) {
        buf_append_byte(url, '#');
        url_append_path(buf_str(&anchor), url);
    }
    buf_release(&path);
    buf_release(&anchor);
    return url->len > 0;
}

bool book_link_source(const BookPlace *place, Str path, StrBuf *url) {
    const PageConfig *config = &place->book->config;
    bool outside = config->out.len && config->out.data[0] == '/';
    if (config->source_url.len) {
        url_append_address(config->source_url, url);
        buf_append_byte(url, '/');
        url_append_path(path, url);
    } else if (!outside) {
        StrBuf from;
        buf_init(&from);
        buf_append(&from, config->out);
        path_join(&from, place->folder);
        book_link_page(buf_str(&from), path, url);
        buf_release(&from);
    }
    return config->source_url.len || !outside;
}

static bool link_source(const void *context, FileId id, uint32_t first, uint32_t last, StrBuf *url) {
    const BookPlace *place = context;
    uint32_t file = book_find(place->book, id);
    if (file == NONE || !book_link_source(place, place->book->files.items[file].path, url)) return false;
    if (first) buf_printf(url, "#L%u", (unsigned)first);
    if (first && last > first) buf_printf(url, "-L%u", (unsigned)last);
    return true;
}

Linker book_linker(const BookPlace *place) { return (Linker){link_symbol, link_source, place, false, false}; }
