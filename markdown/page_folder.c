/* doc.md of a folder. */
#include "markdown/page_folder.h"

#include "base/path.h"
#include "index/name.h"
#include "markdown/card.h"
#include "markdown/diagram.h"
#include "markdown/folder_parts.h"
#include "markdown/run_command.h"

#include <stdlib.h>

enum { SHOWN_CONCEPTS = 15, SHOWN_IMPORTANT = 15, SHOWN_TEST_FILES = 30 };

typedef struct {
    SymbolRef ref;
    uint32_t users, order;
} Concept;

static int compare_concepts(const void *a, const void *b) {
    const Concept *x = a, *y = b;
    if (x->users != y->users) return x->users < y->users ? 1 : -1;
    return (x->order > y->order) - (x->order < y->order);
}

/* How many other files use the symbol. */
static uint32_t count_users(const Page *page, SymbolRef ref) {
    const Relations *relations = &page->book->relations;
    Slice uses = relations_uses(relations, ref);
    uint32_t count = 0, last = NONE;
    for (uint32_t i = uses.first; i < uses.first + uses.count; i++) {
        uint32_t from = relations->uses.items[i].from;
        count += from != last && page->book->files.items[from].file != ref.file;
        last = from;
    }
    return count;
}

typedef Array(Concept) Concepts;

static void collect_concepts(const Page *page, uint32_t folder, Concepts *out) {
    const BookFolder *self = folder_at(page->book, folder);
    for (uint32_t i = self->first_file; i < self->file_end; i++) {
        const Facts *facts = book_facts(page->book, i);
        if (page->book->files.items[i].is_test) continue;
        for (uint32_t s = facts_next_child(facts, 0, NONE); s != NONE; s = facts_next_child(facts, 0, s)) {
            const Symbol *symbol = &facts->symbols.items[s];
            SymbolRef ref = {page->book->files.items[i].file, s};
            bool definition = symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION;
            if (definition && name_is_public(symbol_name(facts, symbol)))
                ARRAY_PUSH(out, ((Concept){ref, count_users(page, ref), out->len}));
        }
    }
    if (out->len) qsort(out->items, out->len, sizeof(Concept), compare_concepts);
}

static void write_concept(Page *page, const Concept *concept) {
    const Facts *facts = index_facts(page->index, concept->ref.file);
    writer_open(&page->out, BLOCK_ITEM);
    page_symbol(page, concept->ref);
    writer_print(&page->out, " (%s", card_kind(facts, concept->ref.symbol));
    if (concept->users)
        writer_print(&page->out, ", used by %u other file%s", (unsigned)concept->users,
                     concept->users == 1 ? "" : "s");
    writer_text(&page->out, STR(")"));
    if (facts->symbols.items[concept->ref.symbol].doc.len) writer_text(&page->out, STR(": "));
    page_summary(page, facts, concept->ref.symbol);
    writer_close(&page->out);
}

/* The classes and functions of the folder's own files that most other files use. */
static void write_concepts(Page *page, uint32_t folder) {
    Concepts concepts = {0};
    collect_concepts(page, folder, &concepts);
    page_say(page, "%s",
             concepts.len ? "Public classes and functions defined directly in this folder, by how many other "
                            "files of the repository use them:"
                          : "No public class or function is defined directly in this folder.");
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < concepts.len && i < SHOWN_CONCEPTS; i++) write_concept(page, &concepts.items[i]);
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
    const BookFolder *self = folder_at(page->book, folder);
    if (file < self->first_file || file >= self->subtree_file_end) return NONE;
    if (file < self->file_end) return file;
    uint32_t sub = page->book->files.items[file].folder;
    while (folder_at(page->book, sub)->parent != folder) sub = folder_at(page->book, sub)->parent;
    return page->book->files.len + sub;
}

/* The imports between a folder's children, each once. */
static void collect_edges(const Page *page, uint32_t folder, ImportEdges *out) {
    const BookFolder *self = folder_at(page->book, folder);
    const Relations *relations = &page->book->relations;
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++) {
        Slice imports = relations_imports(relations, i);
        uint32_t from = child_of(page, folder, i);
        for (uint32_t e = imports.first; e < imports.first + imports.count; e++) {
            uint32_t to = child_of(page, folder, relations->imports.items[e].to);
            if (to != NONE && to != from) ARRAY_PUSH(out, ((ImportEdge){from, to}));
        }
    }
    relations_sort_edges(out);
}

static Str child_name(const Page *page, uint32_t child) {
    uint32_t files = page->book->files.len;
    return path_name(child < files ? page->book->files.items[child].path
                                   : folder_at(page->book, child - files)->path);
}

/* The number of a child in its folder's diagrams: it must not change when files elsewhere come and go. */
static unsigned node_number(const Page *page, uint32_t folder, uint32_t child) {
    const BookFolder *self = folder_at(page->book, folder);
    uint32_t files = page->book->files.len;
    return child < files ? child - self->first_file + 1
                         : self->file_end - self->first_file + (child - files - folder);
}

static void append_node(const Page *page, uint32_t folder, uint32_t child, StrBuf *out) {
    StrBuf label;
    buf_init(&label);
    buf_append(&label, child_name(page, child));
    if (child >= page->book->files.len) buf_append_byte(&label, '/');
    diagram_node(out, node_number(page, folder, child), buf_str(&label));
    buf_release(&label);
}

static void write_diagram(Page *page, uint32_t folder, const ImportEdges *edges) {
    const BookFolder *self = folder_at(page->book, folder);
    uint32_t files = page->book->files.len;
    bool *used = mem_calloc(files + page->book->folders.len, sizeof *used);
    for (uint32_t i = 0; i < edges->len; i++) used[edges->items[i].from] = used[edges->items[i].to] = true;
    StrBuf text;
    buf_init(&text);
    diagram_begin(&text, "LR");
    for (uint32_t c = self->first_file; c < self->file_end; c++) {
        if (used[c]) append_node(page, folder, c, &text);
    }
    for (uint32_t f = folder_next_below(page->book, folder, NONE); f != NONE;
         f = folder_next_below(page->book, folder, f)) {
        if (used[files + f]) append_node(page, folder, files + f, &text);
    }
    for (uint32_t i = 0; i < edges->len; i++) {
        diagram_edge(&text, node_number(page, folder, edges->items[i].from),
                     node_number(page, folder, edges->items[i].to));
    }
    writer_fence(&page->out, "mermaid", buf_str(&text));
    buf_release(&text);
    mem_free(used);
}

static void write_edge_table(Page *page, const ImportEdges *edges) {
    static const char *const columns[] = {"Importing", "Imported"};
    Table table = {.page = page, .columns = columns, .column_count = 2};
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
    ImportEdges edges = {0};
    collect_edges(page, folder, &edges);
    if (edges.len == 0) {
        page_say(page, "No import leads from one child of this folder to another.");
    } else {
        page_say(page, "Imports between the files and folders here:");
        if (edges.len <= DIAGRAM_EDGES)
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
    const BookFolder *self = folder_at(page->book, folder);
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
    const BookFolder *self = folder_at(page->book, folder);
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
    if (count) {
        writer_close(&page->out);
        run_command_write_folder(page, folder);
    } else
        page_say(
            page,
            "No test file was found here or below (looked for `test_*.py`, `*_test.py` and `conftest.py`).");
}

void folder_write_doc(Page *page, uint32_t folder) {
    page_title(page, "Folder Documentation", folder_shown_path(page->book, folder), 1);
    writer_open_heading(&page->out, 2);
    writer_text(&page->out, STR("Role in "));
    writer_text(&page->out, page->book->project);
    writer_close(&page->out);
    folder_role(page, folder);
    writer_heading(&page->out, 2, STR("Contents Overview"));
    page_say(page, "Directly here:");
    folder_totals(page, folder, false);
    page_say(page, "With everything below:");
    folder_totals(page, folder, true);
    writer_heading(&page->out, 2, STR("Key Concepts"));
    write_concepts(page, folder);
    writer_heading(&page->out, 2, STR("Architecture & Organization"));
    write_architecture(page, folder);
    writer_heading(&page->out, 2, STR("Important Files"));
    write_important(page, folder);
    writer_heading(&page->out, 2, STR("Working with This Folder"));
    write_tests(page, folder);
    writer_heading(&page->out, 2, STR("Cross-References"));
    folder_navigation(page, folder, "doc.md");
}
