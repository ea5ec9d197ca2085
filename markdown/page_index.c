/* index.md of a folder; the root's is the index of the whole repository too. */
#include "markdown/folder_parts.h"
#include "markdown/page_folder.h"
#include "markdown/parts.h"

#include "base/path.h"
#include "index/texts.h"

static const char *const folder_columns[] = {"Folder", "Summary", "Files", "Symbols"};

static void write_folder_row(Table *table, uint32_t folder, Str name) {
    Page *page = table->page;
    const BookFolder *self = folder_at(page->book, folder);
    unsigned symbols = 0;
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++)
        symbols += book_facts(page->book, i)->symbols.count - 1;
    for (uint32_t i = self->first_text; i < self->subtree_text_end; i++)
        symbols += book_facts(page->book, i)->symbols.count - 1;
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    page_folder_name(page, name, folder, "index.md");
    writer_close(&page->out);
    folder_summary_cell(page, folder);
    page_number_cell(page,
                     self->subtree_file_end - self->first_file + self->subtree_text_end - self->first_text);
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
    if (table.rows == 0) page_say(&parts->page, "No folder below this one holds files that get pages.");
}

/* Its name with links to both pages, and what it says of itself. */
static void write_file_cells(Page *page, uint32_t file) {
    StrBuf path;
    buf_init(&path);
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
    page_summary(page, book_facts(page->book, file), 0);
    writer_close(&page->out);
    buf_release(&path);
}

static void write_file_row(Table *table, uint32_t file) {
    Page *page = table->page;
    const Facts *facts = book_facts(page->book, file);
    Coverage coverage = book_coverage(page->book, file);
    table_row(table);
    write_file_cells(page, file);
    page_number_cell(page, facts->symbols.count - 1);
    writer_open(&page->out, BLOCK_CELL);
    writer_print(&page->out, "%u/%u", (unsigned)coverage.documented, (unsigned)coverage.total);
    writer_close(&page->out);
    page_number_cell(page, relations_importers(&page->book->relations, file).count);
    writer_close(&page->out);
}

static void write_texts(Parts *parts, uint32_t folder) {
    static const char *const columns[] = {"File", "Summary", "Type"};
    const Book *book = parts->page.book;
    const BookFolder *self = folder_at(book, folder);
    Table table = {.page = &parts->page, .columns = columns, .column_count = 3, .parts = parts};
    for (uint32_t i = self->first_text; i < self->text_end; i++) {
        Page *page = &parts->page;
        table_row(&table);
        write_file_cells(page, i);
        writer_open(&page->out, BLOCK_CELL);
        writer_text(&page->out, str_of(text_kind(book->files.items[i].path)->type));
        writer_close(&page->out);
        writer_close(&page->out);
    }
    table_end(&table);
}

static void write_files(Parts *parts, uint32_t folder) {
    /* nothing that every edit changes, like the number of lines */
    static const char *const columns[] = {"File", "Summary", "Symbols", "Documented", "Imported by"};
    const BookFolder *self = folder_at(parts->page.book, folder);
    Table table = {.page = &parts->page, .columns = columns, .column_count = 5, .parts = parts};
    for (uint32_t i = self->first_file; i < self->file_end; i++) write_file_row(&table, i);
    table_end(&table);
    if (table.rows == 0) page_say(&parts->page, "No Python file lies directly in this folder.");
    write_texts(parts, folder);
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
    Parts parts;
    parts_begin(&parts, book, folder, "index", folder == 0 ? "Repository Index" : "Folder Index",
                folder_shown_path(book, folder), sink);
    Page *page = &parts.page;
    writer_heading(&page->out, 2, STR("Overview"));
    folder_role(page, folder);
    folder_totals(page, folder, true);
    writer_heading(&page->out, 2, STR("Subfolders"));
    write_subfolders(&parts, folder);
    writer_heading(&page->out, 2, STR("Files"));
    write_files(&parts, folder);
    writer_heading(&page->out, 2, STR("Navigation"));
    folder_navigation(page, folder, "index.md");
    if (folder == 0) write_global_index(&parts);
    parts_end(&parts);
}
