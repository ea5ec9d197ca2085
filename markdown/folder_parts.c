#include "markdown/folder_parts.h"

#include "base/path.h"

const BookFolder *folder_at(const Book *book, uint32_t folder) { return &book->folders.items[folder]; }

uint32_t folder_package(const Book *book, uint32_t folder) {
    const BookFolder *self = folder_at(book, folder);
    for (uint32_t i = self->first_file; i < self->file_end; i++) {
        if (str_eq(path_name(book->files.items[i].path), STR("__init__.py"))) return i;
    }
    return NONE;
}

uint32_t folder_next_below(const Book *book, uint32_t parent, uint32_t previous) {
    uint32_t next = previous == NONE ? parent + 1 : folder_at(book, previous)->tree_end;
    return next < folder_at(book, parent)->tree_end ? next : NONE;
}

Str folder_shown_path(const Book *book, uint32_t folder) {
    Str path = folder_at(book, folder)->path;
    return path.len ? path : book->project;
}

void folder_totals(Page *page, uint32_t folder, bool all) {
    const BookFolder *self = folder_at(page->book, folder);
    uint32_t first = self->first_file, end = all ? self->subtree_file_end : self->file_end;
    uint32_t texts = (all ? self->subtree_text_end : self->text_end) - self->first_text;
    uint64_t symbols = 0;
    Coverage total = {0, 0};
    for (uint32_t i = first; i < end; i++) {
        const Facts *facts = book_facts(page->book, i);
        Coverage coverage = book_coverage(page->book, i);
        symbols += facts->symbols.count - 1;
        total.documented += coverage.documented;
        total.total += coverage.total;
    }
    StrBuf text;
    buf_init(&text);
    page_append_number(&text, end - first);
    buf_append(&text, end - first == 1 ? STR(" Python file, ") : STR(" Python files, "));
    page_append_number(&text, symbols);
    buf_append(&text, STR(" symbols; "));
    page_append_number(&text, total.documented);
    buf_append(&text, STR(" of "));
    page_append_number(&text, total.total);
    buf_append(&text, STR(" public definitions have a docstring."));
    if (texts) buf_append_byte(&text, ' ');
    if (texts) page_append_number(&text, texts);
    if (texts) buf_append(&text, texts == 1 ? STR(" other text file.") : STR(" other text files."));
    writer_paragraph(&page->out, buf_str(&text));
    buf_release(&text);
}

/* The file whose first sentence says what the folder is for: its __init__.py, else its README. NONE when
 * neither does. */
static uint32_t speaker(const Book *book, uint32_t folder) {
    uint32_t package = folder_package(book, folder);
    if (package != NONE && book_facts(book, package)->symbols.items[0].doc.len) return package;
    const BookFolder *self = folder_at(book, folder);
    for (uint32_t i = self->first_text; i < self->text_end; i++) {
        bool readme = str_starts_with(path_name(book->files.items[i].path), STR("README"));
        if (readme && book_facts(book, i)->symbols.items[0].doc.len) return i;
    }
    return NONE;
}

void folder_role(Page *page, uint32_t folder) {
    uint32_t package = folder_package(page->book, folder), said = speaker(page->book, folder);
    if (said != NONE) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        page_summary(page, book_facts(page->book, said), 0);
        writer_text(&page->out, STR(" ("));
        page_file(page, said);
        writer_text(&page->out, STR(")"));
        writer_close(&page->out);
    } else {
        page_say(page, "%s",
                 package == NONE ? "No `__init__.py` and no README here says what this folder is for."
                                 : "The package's `__init__.py` has no docstring that says what it is for.");
    }
}

void folder_summary_cell(Page *page, uint32_t folder) {
    uint32_t said = speaker(page->book, folder);
    writer_open(&page->out, BLOCK_CELL);
    if (said != NONE) page_summary(page, book_facts(page->book, said), 0);
    writer_close(&page->out);
}

void folder_navigation(Page *page, uint32_t folder, const char *self) {
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
    uint32_t parent = folder_at(page->book, folder)->parent;
    if (parent != NONE) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_text(&page->out, STR("Folder above: "));
        page_folder_name(page, folder_shown_path(page->book, parent), parent, "index.md");
        writer_close(&page->out);
    }
    if (parent != NONE && parent != 0) {
        writer_open(&page->out, BLOCK_ITEM);
        page_folder_link(page, STR("Repository index"), 0, "index.md");
        writer_close(&page->out);
    }
    writer_close(&page->out);
}
