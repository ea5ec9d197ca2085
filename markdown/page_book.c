/* comprehensive_book.md: the repository from cover to cover. */
#include "markdown/site.h"

#include "base/path.h"
#include "index/name.h"
#include "markdown/book_parts.h"
#include "markdown/card.h"
#include "markdown/folder_parts.h"
#include "markdown/graph.h"
#include "markdown/parts.h"

#include <stdlib.h>

enum { README_BYTES = 30000, LONGEST_DOC = 20000, SHOWN_PACKAGES = 20 };

/* The start of a text, up to a line end. */
static Str excerpt(Str text, size_t most) {
    if (text.len <= most) return text;
    Str head = str_slice(text, 0, most);
    size_t end = str_rfind_byte(head, '\n');
    return end == STR_NPOS ? head : str_slice(head, 0, end + 1);
}

static void write_readme(Parts *parts) {
    Page *page = &parts->page;
    const PageConfig *config = &page->book->config;
    writer_heading(&page->out, 2, STR("README"));
    if (config->readme_path.len == 0) {
        page_say(page, "None found: looked for `README.md`, `README.rst`, `README.txt` and `README`.");
        return;
    }
    StrBuf url;
    buf_init(&url);
    if (!book_link_source(&page->place, config->readme_path, &url)) buf_clear(&url);
    Str shown = excerpt(config->readme, README_BYTES);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_link_code(&page->out, config->readme_path, buf_str(&url));
    if (shown.len < config->readme.len)
        writer_print(&page->out, ", the first %zu of its %zu bytes", shown.len, config->readme.len);
    writer_text(&page->out, STR(":"));
    writer_close(&page->out);
    writer_fence(&page->out, "text", shown);
    buf_release(&url);
}

/* --- packages ----------------------------------------------------------------------------------- */

typedef struct {
    uint32_t folder, level;
} Package;

static int compare_packages(const void *a, const void *b) {
    const Package *x = a, *y = b;
    if (x->level != y->level) return x->level < y->level ? -1 : 1;
    return (x->folder > y->folder) - (x->folder < y->folder);
}

static bool holds_files(const BookFolder *folder) { return folder->first_file < folder->file_end; }

/* The imports between folders. */
static void folder_edges(const Book *book, ImportEdges *out) {
    const ImportEdges *imports = &book->relations.imports;
    for (uint32_t i = 0; i < imports->len; i++) {
        ImportEdge edge = {book->files.items[imports->items[i].from].folder,
                           book->files.items[imports->items[i].to].folder};
        if (edge.from != edge.to) ARRAY_PUSH(out, edge);
    }
    relations_sort_edges(out);
}

static void write_package_docs(Page *page, uint32_t folder) {
    uint32_t file = folder_package(page->book, folder);
    const Facts *facts = file == NONE ? NULL : book_facts(page->book, file);
    if (!facts || !facts->symbols.items[0].doc.len || facts->symbols.items[0].doc.len > LONGEST_DOC)
        folder_role(page, folder);
    else
        card_write_docs(&page->out, page->index, (SymbolRef){page->book->files.items[file].file, 0},
                        &page->links);
}

static void write_package_imports(Page *page, uint32_t folder, const ImportEdges *edges) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < edges->len; i++) {
        if (edges->items[i].from != folder) continue;
        if (count++ == 0) {
            writer_open(&page->out, BLOCK_PARAGRAPH);
            writer_text(&page->out, STR("Imports from: "));
        } else if (count <= SHOWN_PACKAGES) {
            writer_text(&page->out, STR(", "));
        }
        uint32_t to = edges->items[i].to;
        if (count <= SHOWN_PACKAGES) page_folder_name(page, folder_shown_path(page->book, to), to, "doc.md");
    }
    if (count > SHOWN_PACKAGES) {
        writer_print(&page->out, ", … %u more in the ", (unsigned)(count - SHOWN_PACKAGES));
        page_folder_link(page, STR("folder index"), folder, "index.md");
    }
    if (count) writer_close(&page->out);
}

/* Of a symbol in a module's body. */
static bool is_api(const Facts *facts, uint32_t number) {
    const Symbol *symbol = &facts->symbols.items[number];
    return (symbol->kind == SYMBOL_CLASS || symbol->kind == SYMBOL_FUNCTION) &&
           name_is_public(symbol_name(facts, symbol)) && symbol->flags & SYMBOL_EXPORTED;
}

static void write_symbol_row(Table *table, SymbolRef ref) {
    Page *page = table->page;
    const Facts *facts = index_facts(page->index, ref.file);
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    page_symbol(page, ref);
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    writer_text(&page->out, str_of(card_kind(facts, ref.symbol)));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    page_summary(page, facts, ref.symbol);
    writer_close(&page->out);
    writer_close(&page->out);
}

static const char *const symbol_columns[] = {"Name", "Kind", "Summary"};

static void write_api(Parts *parts, uint32_t folder) {
    const Book *book = parts->page.book;
    const BookFolder *self = folder_at(book, folder);
    Table table = {.page = &parts->page, .columns = symbol_columns, .column_count = 3, .parts = parts};
    for (uint32_t i = self->first_file; i < self->file_end; i++) {
        const Facts *facts = book_facts(book, i);
        if (book->files.items[i].is_test) continue;
        for (uint32_t s = facts_next_child(facts, 0, NONE); s != NONE; s = facts_next_child(facts, 0, s)) {
            if (is_api(facts, s)) write_symbol_row(&table, (SymbolRef){book->files.items[i].file, s});
        }
    }
    table_end(&table);
    if (table.rows == 0) page_say(&parts->page, "No public class or function is defined directly here.");
}

static void write_package(Parts *parts, uint32_t folder, const ImportEdges *edges) {
    Page *page = &parts->page;
    if (parts_is_full(parts)) parts_turn(parts);
    writer_open_heading(&page->out, 3);
    page_folder_name(page, folder_shown_path(page->book, folder), folder, "doc.md");
    writer_close(&page->out);
    write_package_docs(page, folder);
    write_package_imports(page, folder, edges);
    write_api(parts, folder);
}

/* Folders before those that import from them; by path where neither does, and on cycles. */
static void write_packages(Parts *parts) {
    const Book *book = parts->page.book;
    Array(Package) packages = {0};
    ImportEdges edges = {0};
    folder_edges(book, &edges);
    uint32_t *levels = mem_calloc(book->folders.len, sizeof *levels);
    graph_levels(book->folders.len, &edges, levels);
    for (uint32_t f = 0; f < book->folders.len; f++) {
        if (holds_files(folder_at(book, f))) ARRAY_PUSH(&packages, ((Package){f, levels[f]}));
    }
    if (packages.len) qsort(packages.items, packages.len, sizeof(Package), compare_packages);
    writer_heading(&parts->page.out, 2, STR("Packages"));
    page_say(&parts->page, "%s",
             packages.len ? "Each folder behind those that it imports from, as far as imports form no cycle."
                          : "No folder holds Python files.");
    for (uint32_t i = 0; i < packages.len; i++) write_package(parts, packages.items[i].folder, &edges);
    ARRAY_FREE(&packages);
    ARRAY_FREE(&edges);
    mem_free(levels);
}

/* --- appendices --------------------------------------------------------------------------------- */

static void write_all_files(Parts *parts) {
    static const char *const columns[] = {"File", "Summary", "Documented"};
    Page *page = &parts->page;
    Table table = {.page = page, .columns = columns, .column_count = 3, .parts = parts};
    writer_heading(&page->out, 2, STR("Appendix A: Every File"));
    for (uint32_t i = 0; i < page->book->files.len; i++) {
        const BookFile *file = &page->book->files.items[i];
        Coverage coverage = book_coverage(page->book, i);
        table_row(&table);
        writer_open(&page->out, BLOCK_CELL);
        page_file(page, i);
        writer_close(&page->out);
        writer_open(&page->out, BLOCK_CELL);
        page_summary(page, book_facts(page->book, i), 0);
        writer_close(&page->out);
        writer_open(&page->out, BLOCK_CELL);
        if (!file->is_text)
            writer_print(&page->out, "%u/%u", (unsigned)coverage.documented, (unsigned)coverage.total);
        writer_close(&page->out);
        writer_close(&page->out);
    }
    table_end(&table);
    if (table.rows == 0) page_say(page, "None.");
}

static void write_glossary(Parts *parts) {
    Page *page = &parts->page;
    const Book *book = page->book;
    Table table = {.page = page, .columns = symbol_columns, .column_count = 3, .parts = parts};
    writer_heading(&page->out, 2, STR("Appendix B: Glossary of Public Classes"));
    for (uint32_t i = 0; i < book->files.len; i++) {
        const Facts *facts = book_facts(book, i);
        for (uint32_t s = 1; s < facts->tree_count && !book->files.items[i].is_test; s++) {
            if (facts->symbols.items[s].kind == SYMBOL_CLASS && symbol_is_public(facts, s))
                write_symbol_row(&table, (SymbolRef){book->files.items[i].file, s});
        }
    }
    table_end(&table);
    if (table.rows == 0) page_say(page, "No public class is defined outside of tests.");
}

void site_book(const Book *book, PageSink sink) {
    Parts parts;
    parts_begin(&parts, book, 0, "comprehensive_book", "Comprehensive Book", book->project, sink);
    folder_totals(&parts.page, 0, true);
    write_readme(&parts);
    write_packages(&parts);
    book_write_entry_points(&parts);
    book_write_configuration(&parts);
    book_write_cycles(&parts);
    book_write_coverage(&parts);
    book_write_undocumented(&parts);
    write_all_files(&parts);
    write_glossary(&parts);
    parts_end(&parts);
}
