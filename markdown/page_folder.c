/* index.md and doc.md of a folder. */
#include "markdown/page_folder.h"

#include "base/path.h"
#include "index/name.h"
#include "markdown/card.h"

#include <stdlib.h>

enum { SHOWN_CONCEPTS = 15, SHOWN_IMPORTANT = 15, SHOWN_EDGES = 60, SHOWN_TEST_FILES = 30 };

static const BookFolder *folder_at(const Page *page, uint32_t folder) {
    return &page->book->folders.items[folder];
}

static const Facts *facts_of(const Page *page, uint32_t file) {
    return index_facts(page->index, page->book->files.items[file].file);
}

/* The file that says what a folder is for: its __init__.py. */
static uint32_t package_file(const Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    for (uint32_t i = self->first_file; i < self->file_end; i++) {
        if (str_eq(path_name(page->book->files.items[i].path), STR("__init__.py"))) return i;
    }
    return NONE;
}

/* The next folder directly below `parent` after `previous` (NONE: the first), or NONE. */
static uint32_t next_subfolder(const Page *page, uint32_t parent, uint32_t previous) {
    uint32_t next = previous == NONE ? parent + 1 : folder_at(page, previous)->tree_end;
    return next < folder_at(page, parent)->tree_end ? next : NONE;
}

static Str shown_path(const Page *page, uint32_t folder) {
    Str path = folder_at(page, folder)->path;
    return path.len ? path : page->book->project;
}

static void number_cell(Page *page, unsigned number) {
    StrBuf text;
    buf_init(&text);
    page_append_number(&text, number);
    writer_open(&page->out, BLOCK_CELL);
    writer_text(&page->out, buf_str(&text));
    writer_close(&page->out);
    buf_release(&text);
}

static void write_title(Page *page, const char *kind, uint32_t folder) {
    writer_open_heading(&page->out, 1);
    writer_print(&page->out, "%s: ", kind);
    writer_code(&page->out, shown_path(page, folder));
    writer_close(&page->out);
}

static void write_totals(Page *page, uint32_t first, uint32_t end) {
    uint64_t lines = 0, symbols = 0;
    Coverage total = {0, 0};
    for (uint32_t i = first; i < end; i++) {
        const Facts *facts = facts_of(page, i);
        Coverage coverage = docs_coverage(facts);
        lines += page_text_lines(facts);
        symbols += facts->symbols.count - 1;
        total.documented += coverage.documented;
        total.total += coverage.total;
    }
    StrBuf text;
    buf_init(&text);
    page_append_number(&text, end - first);
    buf_append(&text, end - first == 1 ? STR(" Python file, ") : STR(" Python files, "));
    page_append_number(&text, lines);
    buf_append(&text, STR(" lines, "));
    page_append_number(&text, symbols);
    buf_append(&text, STR(" symbols; "));
    page_append_number(&text, total.documented);
    buf_append(&text, STR(" of "));
    page_append_number(&text, total.total);
    buf_append(&text, STR(" public definitions have a docstring."));
    writer_paragraph(&page->out, buf_str(&text));
    buf_release(&text);
}

static void write_role(Page *page, uint32_t folder) {
    uint32_t package = package_file(page, folder);
    if (package != NONE && facts_of(page, package)->symbols.items[0].doc.len) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        page_summary(page, facts_of(page, package), 0);
        writer_text(&page->out, STR(" ("));
        page_file(page, package);
        writer_text(&page->out, STR(")"));
        writer_close(&page->out);
    } else {
        page_say(page, "%s",
                 package == NONE ? "No `__init__.py` here says what this folder is for."
                                 : "The package's `__init__.py` has no docstring that says what it is for.");
    }
}

static void write_subfolders(Page *page, uint32_t folder) {
    static const char *const columns[] = {"Folder", "Summary", "Files", "Symbols"};
    Table table = {page, columns, 4, 0};
    for (uint32_t f = next_subfolder(page, folder, NONE); f != NONE; f = next_subfolder(page, folder, f)) {
        const BookFolder *sub = folder_at(page, f);
        uint32_t package = package_file(page, f);
        unsigned symbols = 0;
        for (uint32_t i = sub->first_file; i < sub->subtree_file_end; i++)
            symbols += facts_of(page, i)->symbols.count - 1;
        table_row(&table);
        writer_open(&page->out, BLOCK_CELL);
        page_folder_name(page, path_name(sub->path), f, "index.md");
        writer_close(&page->out);
        writer_open(&page->out, BLOCK_CELL);
        if (package != NONE) page_summary(page, facts_of(page, package), 0);
        writer_close(&page->out);
        number_cell(page, sub->subtree_file_end - sub->first_file);
        number_cell(page, symbols);
        writer_close(&page->out);
    }
    table_end(&table);
    if (table.rows == 0) page_say(page, "No folder below this one holds Python files.");
}

static void write_file_row(Page *page, Table *table, uint32_t file) {
    const Facts *facts = facts_of(page, file);
    StrBuf path;
    buf_init(&path);
    Coverage coverage = docs_coverage(facts);
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    book_page_path(page->book, file, PAGE_DOCS, &path);
    page_link_name(page, path_name(page->book->files.items[file].path), buf_str(&path));
    writer_text(&page->out, STR(" ("));
    buf_clear(&path);
    book_page_path(page->book, file, PAGE_KW, &path);
    page_link(page, STR("keywords"), buf_str(&path));
    writer_text(&page->out, STR(")"));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    page_summary(page, facts, 0);
    writer_close(&page->out);
    number_cell(page, page_text_lines(facts));
    number_cell(page, facts->symbols.count - 1);
    writer_open(&page->out, BLOCK_CELL);
    writer_print(&page->out, "%u/%u", (unsigned)coverage.documented, (unsigned)coverage.total);
    writer_close(&page->out);
    number_cell(page, relations_importers(&page->book->relations, file).count);
    writer_close(&page->out);
    buf_release(&path);
}

static void write_files(Page *page, uint32_t folder) {
    static const char *const columns[] = {"File", "Summary", "Lines", "Symbols", "Documented", "Imported by"};
    const BookFolder *self = folder_at(page, folder);
    Table table = {page, columns, 6, 0};
    for (uint32_t i = self->first_file; i < self->file_end; i++) write_file_row(page, &table, i);
    table_end(&table);
    if (table.rows == 0) page_say(page, "No Python file lies directly in this folder.");
}

static void write_navigation(Page *page, uint32_t folder, const char *self) {
    static const struct {
        const char *label, *name;
    } pages[] = {{"Folder index", "index.md"},
                 {"Folder documentation", "doc.md"},
                 {"Symbols of the subtree", "sub.md"}};
    writer_open(&page->out, BLOCK_BULLETS);
    for (int i = 0; i < 3; i++) {
        if (strcmp(pages[i].name, self) == 0) continue;
        writer_open(&page->out, BLOCK_ITEM);
        page_folder_link(page, str_of(pages[i].label), folder, pages[i].name);
        writer_close(&page->out);
    }
    uint32_t parent = folder_at(page, folder)->parent;
    if (parent != NONE) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_text(&page->out, STR("Folder above: "));
        page_folder_name(page, shown_path(page, parent), parent, "index.md");
        writer_close(&page->out);
    }
    if (parent != NONE && parent != 0) {
        writer_open(&page->out, BLOCK_ITEM);
        page_folder_link(page, STR("Repository index"), 0, "index.md");
        writer_close(&page->out);
    }
    writer_close(&page->out);
}

void folder_write_index(Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    write_title(page, folder == 0 ? "Repository Index" : "Folder Index", folder);
    writer_heading(&page->out, 2, STR("Overview"));
    write_role(page, folder);
    write_totals(page, self->first_file, self->subtree_file_end);
    writer_heading(&page->out, 2, STR("Subfolders"));
    write_subfolders(page, folder);
    writer_heading(&page->out, 2, STR("Files"));
    write_files(page, folder);
    writer_heading(&page->out, 2, STR("Navigation"));
    write_navigation(page, folder, "index.md");
}

typedef struct {
    SymbolRef ref;
    uint32_t imports, uses, order;
} Concept;

static int compare_concepts(const void *a, const void *b) {
    const Concept *x = a, *y = b;
    if (x->imports != y->imports) return x->imports < y->imports ? 1 : -1;
    if (x->uses != y->uses) return x->uses < y->uses ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

/* The classes and functions of the folder's own files whose names are imported, or occur, most often. */
static void write_concepts(Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    const Relations *relations = &page->book->relations;
    Array(Concept) concepts = {0};
    for (uint32_t i = self->first_file; i < self->file_end; i++) {
        const Facts *facts = facts_of(page, i);
        FileId file = page->book->files.items[i].file;
        if (page->book->files.items[i].is_test) continue;
        for (uint32_t s = facts_next_child(facts, 0, NONE); s != NONE; s = facts_next_child(facts, 0, s)) {
            const Symbol *symbol = &facts->symbols.items[s];
            bool definition = symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION;
            if (!definition || !name_is_public(symbol_name(facts, symbol))) continue;
            uint32_t id = index_name_id(page->index, file, symbol->name);
            bool counted = id < relations->name_uses.len;
            uint32_t imports = counted ? relations->name_imports.items[id] : 0;
            uint32_t uses = counted ? relations->name_uses.items[id] : 0;
            ARRAY_PUSH(&concepts, ((Concept){{file, s}, imports, uses, concepts.len}));
        }
    }
    if (concepts.len) {
        qsort(concepts.items, concepts.len, sizeof(Concept), compare_concepts);
        page_say(page,
                 "Public classes and functions defined directly in this folder, by how often the repository "
                 "imports "
                 "such a name, then by how often it occurs (heuristic: names, not resolved references):");
    } else {
        page_say(page, "No public class or function is defined directly in this folder.");
    }
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < concepts.len && i < SHOWN_CONCEPTS; i++) {
        SymbolRef ref = concepts.items[i].ref;
        writer_open(&page->out, BLOCK_ITEM);
        page_symbol(page, ref);
        const Facts *facts = index_facts(page->index, ref.file);
        writer_print(&page->out, " (%s, %u in imports, %u in all)", card_kind(facts, ref.symbol),
                     (unsigned)concepts.items[i].imports, (unsigned)concepts.items[i].uses);
        if (facts->symbols.items[ref.symbol].doc.len) writer_text(&page->out, STR(": "));
        page_summary(page, facts, ref.symbol);
        writer_close(&page->out);
    }
    if (concepts.len > SHOWN_CONCEPTS) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_print(&page->out, "… %u more in ", (unsigned)(concepts.len - SHOWN_CONCEPTS));
        page_folder_link(page, STR("sub.md"), folder, "sub.md");
        writer_close(&page->out);
    }
    writer_close(&page->out);
    ARRAY_FREE(&concepts);
}

/* The child of `folder` that a file belongs to: itself, or the subfolder above it, counted behind the files.
 * NONE when it lies elsewhere. */
static uint32_t child_of(const Page *page, uint32_t folder, uint32_t file) {
    const BookFolder *self = folder_at(page, folder);
    if (file < self->first_file || file >= self->subtree_file_end) return NONE;
    if (file < self->file_end) return file;
    uint32_t sub = page->book->files.items[file].folder;
    while (folder_at(page, sub)->parent != folder) sub = folder_at(page, sub)->parent;
    return page->book->files.len + sub;
}

static int compare_edge(const void *a, const void *b) {
    const ImportEdge *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

typedef Array(ImportEdge) Edges;

/* The imports between a folder's children, each once. */
static void collect_edges(const Page *page, uint32_t folder, Edges *out) {
    const BookFolder *self = folder_at(page, folder);
    const Relations *relations = &page->book->relations;
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++) {
        Slice imports = relations_imports(relations, i);
        uint32_t from = child_of(page, folder, i);
        for (uint32_t e = imports.first; e < imports.first + imports.count; e++) {
            uint32_t to = child_of(page, folder, relations->imports.items[e].to);
            if (to != NONE && to != from) ARRAY_PUSH(out, ((ImportEdge){from, to}));
        }
    }
    if (out->len) qsort(out->items, out->len, sizeof *out->items, compare_edge);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->len; i++) {
        if (kept == 0 || compare_edge(&out->items[kept - 1], &out->items[i]) != 0)
            out->items[kept++] = out->items[i];
    }
    out->len = kept;
}

static Str child_name(const Page *page, uint32_t child) {
    uint32_t files = page->book->files.len;
    return path_name(child < files ? page->book->files.items[child].path
                                   : folder_at(page, child - files)->path);
}

/* The number of a child in its folder's diagrams: it must not change when files elsewhere come and go. */
static unsigned node_number(const Page *page, uint32_t folder, uint32_t child) {
    const BookFolder *self = folder_at(page, folder);
    uint32_t files = page->book->files.len;
    return child < files ? child - self->first_file + 1
                         : self->file_end - self->first_file + (child - files - folder);
}

/* A node's definition; its label is quoted so that nothing in it means anything. */
static void append_node(const Page *page, uint32_t folder, uint32_t child, StrBuf *out) {
    buf_printf(out, "    n%u[\"", node_number(page, folder, child));
    Str name = child_name(page, child);
    for (size_t i = 0; i < name.len; i++) {
        if (name.data[i] == '"')
            buf_append(out, STR("#quot;"));
        else if (name.data[i] == '#')
            buf_append(out, STR("#35;"));
        else
            buf_append_byte(out, name.data[i] >= 0 && name.data[i] < ' ' ? ' ' : name.data[i]);
    }
    if (child >= page->book->files.len) buf_append_byte(out, '/');
    buf_append(out, STR("\"]\n"));
}

static void write_diagram(Page *page, uint32_t folder, const Edges *edges) {
    const BookFolder *self = folder_at(page, folder);
    uint32_t files = page->book->files.len;
    bool *used = mem_calloc(files + page->book->folders.len, sizeof *used);
    for (uint32_t i = 0; i < edges->len; i++) used[edges->items[i].from] = used[edges->items[i].to] = true;
    StrBuf text;
    buf_init(&text);
    buf_append(&text, STR("graph LR\n"));
    for (uint32_t c = self->first_file; c < self->file_end; c++) {
        if (used[c]) append_node(page, folder, c, &text);
    }
    for (uint32_t f = next_subfolder(page, folder, NONE); f != NONE; f = next_subfolder(page, folder, f)) {
        if (used[files + f]) append_node(page, folder, files + f, &text);
    }
    for (uint32_t i = 0; i < edges->len; i++) {
        buf_printf(&text, "    n%u --> n%u\n", node_number(page, folder, edges->items[i].from),
                   node_number(page, folder, edges->items[i].to));
    }
    writer_fence(&page->out, "mermaid", buf_str(&text));
    buf_release(&text);
    mem_free(used);
}

static void write_edge_table(Page *page, const Edges *edges) {
    static const char *const columns[] = {"Importing", "Imported"};
    Table table = {page, columns, 2, 0};
    for (uint32_t i = 0; i < edges->len; i++) {
        table_row(&table);
        for (int side = 0; side < 2; side++) {
            writer_open(&page->out, BLOCK_CELL);
            writer_code(&page->out, child_name(page, side ? edges->items[i].to : edges->items[i].from));
            writer_close(&page->out);
        }
        writer_close(&page->out);
    }
    table_end(&table);
}

static void write_architecture(Page *page, uint32_t folder) {
    Edges edges = {0};
    collect_edges(page, folder, &edges);
    if (edges.len == 0) {
        page_say(page, "No import leads from one child of this folder to another.");
    } else {
        page_say(page, "Imports between the files and folders here:");
        if (edges.len <= SHOWN_EDGES)
            write_diagram(page, folder, &edges);
        else
            write_edge_table(page, &edges);
    }
    ARRAY_FREE(&edges);
}

typedef struct {
    uint32_t file, importers;
} Importance;

static int compare_importance(const void *a, const void *b) {
    const Importance *x = a, *y = b;
    if (x->importers != y->importers) return x->importers < y->importers ? 1 : -1;
    return (x->file > y->file) - (x->file < y->file);
}

static void write_important(Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    Array(Importance) files = {0};
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++) {
        uint32_t importers = relations_importers(&page->book->relations, i).count;
        if (importers) ARRAY_PUSH(&files, ((Importance){i, importers}));
    }
    if (files.len)
        qsort(files.items, files.len, sizeof(Importance), compare_importance);
    else
        page_say(page, "No file of this folder or below is imported by another file of the repository.");
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < files.len && i < SHOWN_IMPORTANT; i++) {
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, files.items[i].file);
        writer_print(&page->out, ": imported by %u file%s", (unsigned)files.items[i].importers,
                     files.items[i].importers == 1 ? "" : "s");
        writer_close(&page->out);
    }
    if (files.len > SHOWN_IMPORTANT) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_print(&page->out, "… %u more in ", (unsigned)(files.len - SHOWN_IMPORTANT));
        page_folder_link(page, STR("index.md"), folder, "index.md");
        writer_close(&page->out);
    }
    writer_close(&page->out);
    ARRAY_FREE(&files);
}

static void write_tests(Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    uint32_t count = 0;
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++) {
        if (!page->book->files.items[i].is_test) continue;
        if (count == 0) {
            page_say(page, "Test files here and below:");
            writer_open(&page->out, BLOCK_BULLETS);
        }
        if (count++ >= SHOWN_TEST_FILES) continue;
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, i);
        writer_close(&page->out);
    }
    if (count > SHOWN_TEST_FILES) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_print(&page->out, "… %u more in ", (unsigned)(count - SHOWN_TEST_FILES));
        page_folder_link(page, STR("index.md"), folder, "index.md");
        writer_close(&page->out);
    }
    if (count)
        writer_close(&page->out);
    else
        page_say(
            page,
            "No test file was found here or below (looked for `test_*.py`, `*_test.py` and `conftest.py`).");
}

void folder_write_doc(Page *page, uint32_t folder) {
    const BookFolder *self = folder_at(page, folder);
    write_title(page, "Folder Documentation", folder);
    writer_open_heading(&page->out, 2);
    writer_text(&page->out, STR("Role in "));
    writer_text(&page->out, page->book->project);
    writer_close(&page->out);
    write_role(page, folder);
    writer_heading(&page->out, 2, STR("Contents Overview"));
    page_say(page, "Directly here:");
    write_totals(page, self->first_file, self->file_end);
    page_say(page, "With everything below:");
    write_totals(page, self->first_file, self->subtree_file_end);
    writer_heading(&page->out, 2, STR("Key Concepts"));
    write_concepts(page, folder);
    writer_heading(&page->out, 2, STR("Architecture & Organization"));
    write_architecture(page, folder);
    writer_heading(&page->out, 2, STR("Important Files"));
    write_important(page, folder);
    writer_heading(&page->out, 2, STR("Working with This Folder"));
    write_tests(page, folder);
    writer_heading(&page->out, 2, STR("Cross-References"));
    write_navigation(page, folder, "doc.md");
}
