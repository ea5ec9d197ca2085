/* llms.txt, as llmstxt.org describes it: what a language model reads first; and .nojekyll, which keeps GitHub
 * Pages from leaving files out. */
#include "markdown/folder_parts.h"
#include "markdown/site.h"
#include "markdown/stamp.h"

enum { SHOWN_FOLDERS = 500 };

static void write_entry(Page *page, const char *path, const char *what) {
    writer_open(&page->out, BLOCK_ITEM);
    page_link(page, str_of(path), str_of(path));
    writer_print(&page->out, ": %s", what);
    writer_close(&page->out);
}

static void write_folder(Page *page, uint32_t folder) {
    uint32_t package = folder_package(page->book, folder);
    writer_open(&page->out, BLOCK_ITEM);
    page_folder_link(page, folder_shown_path(page->book, folder), folder, "doc.md");
    if (package != NONE && book_facts(page->book, package)->symbols.items[0].doc.len) {
        writer_text(&page->out, STR(": "));
        page_summary(page, book_facts(page->book, package), 0);
    }
    writer_close(&page->out);
}

static void write_folders(Page *page) {
    uint32_t count = 0;
    writer_heading(&page->out, 2, STR("Folders"));
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t f = 0; f < page->book->folders.len; f++) {
        const BookFolder *folder = folder_at(page->book, f);
        if (folder->first_file == folder->file_end) continue;
        if (count++ < SHOWN_FOLDERS) write_folder(page, f);
    }
    writer_close(&page->out);
    if (count <= SHOWN_FOLDERS) return;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_print(&page->out, "… %u more in the ", (unsigned)(count - SHOWN_FOLDERS));
    page_link(page, STR("repository index"), STR("index.md"));
    writer_close(&page->out);
}

void site_llms(const Book *book, PageSink sink) {
    StrBuf text;
    buf_init(&text);
    Page page;
    page_begin(&page, book, STR_NONE, &text);
    writer_heading(&page.out, 1, book->project);
    page_say(&page,
             "Reference pages about the %u Python files and %u other text files of this repository: for each "
             "file a page that documents it and one that lists its names, for each folder an index.",
             (unsigned)book->sources, (unsigned)(book->files.len - book->sources));
    writer_heading(&page.out, 2, STR("Docs"));
    writer_open(&page.out, BLOCK_BULLETS);
    write_entry(&page, "index.md", "all folders and what they are for");
    write_entry(&page, "comprehensive_book.md",
                "packages in the order of their imports, with their interfaces");
    write_entry(&page, "keywords.md", "every name, from A to Z");
    writer_close(&page.out);
    write_folders(&page);
    writer_heading(&page.out, 2, STR("Optional"));
    writer_open(&page.out, BLOCK_BULLETS);
    write_entry(&page, "index.json", "files, symbols, anchors and imports as JSON");
    writer_close(&page.out);
    page_end(&page, STR_NONE);
    sink.page(sink.context, STR("llms.txt"), buf_str(&text));
    buf_release(&text);
}

void site_nojekyll(const Book *book, PageSink sink) {
    (void)book;
    StrBuf file;
    buf_init(&file);
    stamp_append_above(&file, STR_NONE, STR_NONE, STR_NONE);
    sink.page(sink.context, STR(".nojekyll"), buf_str(&file));
    buf_release(&file);
}
