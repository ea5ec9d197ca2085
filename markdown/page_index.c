/* index.md of a folder; the root's is the index of the whole repository too. */
#include "markdown/folder_parts.h"
#include "markdown/page_folder.h"
#include "markdown/parts.h"

#include "base/path.h"

static const char *const folder_columns[] = {"Folder", "Summary", "Files", "Symbols"};

static void write_folder_row(Table *table, uint32_t folder, Str name) {
    Page *page = table->page;
    const BookFolder *self = folder_at(page->book, folder);
    unsigned symbols = 0;
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++)
        symbols += book_facts(page->book, i)->symbols.count - 1;
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    page_folder_name(page, name, folder, "index.md");
    writer_close(&page->out);
    folder_summary_cell(page, folder);
    page_number_cell(page, self->subtree_file_end - self->first_file);
    page_number_cell(page, symbols);
    writer_close(&page->out);
}

static void write_subfolders(Parts *parts, uint32_t folder) {
    const Book *book = parts->page.book;
    Table table = {.page = &parts->page, .columns = folder_columns, .column_count = 4, .parts = parts};
    for (uint32_t f = folder_next_below(book, folder, NONE); f != NONE;
         f = folder_next_below(book, folder, f)) {
        write_folder_row(&table, f, path_name(folder_at(book, f)->path));
    }
    table_end(&table);
    if (table.rows == 0) page_say(&parts->page, "No folder below this one holds Python files.");
}

static void write_file_row(Table *table, uint32_t file) {
    Page *page = table->page;
    const Facts *facts = book_facts(page->book, file);
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
    page_number_cell(page, page_text_lines(facts));
    page_number_cell(page, facts->symbols.count - 1);
    writer_open(&page->out, BLOCK_CELL);
    writer_print(&page->out, "%u/%u", (unsigned)coverage.documented, (unsigned)coverage.total);
    writer_close(&page->out);
    page_number_cell(page, relations_importers(&page->book->relations, file).count);
    writer_close(&page->out);
    buf_release(&path);
}

static void write_files(Parts *parts, uint32_t folder) {
    static const char *const columns[] = {"File", "Summary", "Lines", "Symbols", "Documented", "Imported by"};
    const BookFolder *self = folder_at(parts->page.book, folder);
    Table table = {.page = &parts->page, .columns = columns, .column_count = 6, .parts = parts};
    for (uint32_t i = self->first_file; i < self->file_end; i++) write_file_row(&table, i);
    table_end(&table);
    if (table.rows == 0) page_say(&parts->page, "No Python file lies directly in this folder.");
}

/* The pages about everything, and all folders whatever their depth. */
static void write_global_index(Parts *parts) {
    static const struct {
        const char *path, *what;
    } pages[] = {{"keywords.md", "every name, from A to Z"},
                 {"sub.md", "every class, function and method"},
                 {"comprehensive_book.md", "the whole repository, package by package"},
                 {"index.json", "the same facts for programs"},
                 {"objects.inv", "a Sphinx inventory of all anchors"},
                 {"llms.txt", "where to begin, for language models"}};
    Page *page = &parts->page;
    writer_heading(&page->out, 2, STR("Global Index"));
    writer_open(&page->out, BLOCK_BULLETS);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        writer_open(&page->out, BLOCK_ITEM);
        page_link_name(page, str_of(pages[i].path), str_of(pages[i].path));
        writer_print(&page->out, ": %s", pages[i].what);
        writer_close(&page->out);
    }
    writer_close(&page->out);
    Table table = {.page = page, .columns = folder_columns, .column_count = 4, .parts = parts};
    for (uint32_t f = 1; f < page->book->folders.len; f++)
        write_folder_row(&table, f, folder_at(page->book, f)->path);
    table_end(&table);
}

void folder_write_index(const Book *book, uint32_t folder, PageSink sink) {
    const BookFolder *self = folder_at(book, folder);
    Parts parts;
    parts_begin(&parts, book, folder, "index", folder == 0 ? "Repository Index" : "Folder Index",
                folder_shown_path(book, folder), sink);
    Page *page = &parts.page;
    writer_heading(&page->out, 2, STR("Overview"));
    folder_role(page, folder);
    folder_totals(page, self->first_file, self->subtree_file_end);
    writer_heading(&page->out, 2, STR("Subfolders"));
    write_subfolders(&parts, folder);
    writer_heading(&page->out, 2, STR("Files"));
    write_files(&parts, folder);
    writer_heading(&page->out, 2, STR("Navigation"));
    folder_navigation(page, folder, "index.md");
    if (folder == 0) write_global_index(&parts);
    parts_end(&parts);
}
