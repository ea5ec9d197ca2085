#include "markdown/page_folder.h"

#include "markdown/docstring.h"
#include "markdown/site.h"
#include "base/path.h"

typedef void WriteSection(Page *page);
typedef struct {
    WriteSection *source, *text;
} Writers;
static const Writers writers[] = {
#define SECTION(name, heading, of_texts) {section_##name, section_##of_texts},
#include "markdown/sections.def"
#undef SECTION
};

/* What links to a section's heading: its slug would differ from viewer to viewer. */
static void append_section_id(StrBuf *out, PageSection section) {
    static const char *const names[] = {
#define SECTION(name, heading, of_texts) #name,
#include "markdown/sections.def"
#undef SECTION
    };
    buf_printf(out, "section-%s", names[section]);
}

static void write_contents(Page *page) {
    StrBuf url;
    buf_init(&url);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    for (int s = 0; s < PAGE_SECTIONS; s++) {
        writer_text(&page->out, s ? STR(" · ") : STR("Contents: "));
        buf_clear(&url);
        buf_append_byte(&url, '#');
        append_section_id(&url, (PageSection)s);
        writer_link_open(&page->out, buf_str(&url));
        writer_text(&page->out, str_of(page_section_heading((PageSection)s)));
        writer_link_close(&page->out);
    }
    writer_close(&page->out);
    buf_release(&url);
}

static void write_title(Page *page) {
    page_anchor(page, 0);
    writer_open_heading(&page->out, 1);
    writer_text(&page->out, STR("Documentation: "));
    writer_code(&page->out, page->book->files.items[page->number].path);
    writer_close(&page->out);
    if (!page->facts->symbols.items[0].doc.len) return;
    StrBuf summary;
    buf_init(&summary);
    docstring_summary(facts_text(page->facts, page->facts->symbols.items[0].doc), &summary);
    if (summary.len) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        page_summary(page, page->facts, 0);
        writer_close(&page->out);
    }
    buf_release(&summary);
}

static void write_docs(const Book *book, uint32_t number, const PageText *text, PageDetail detail,
                       uint16_t *mentions, StrBuf *out) {
    StrBuf id;
    buf_init(&id);
    Page page;
    page_begin(&page, book, path_parent(book->files.items[number].page), out);
    page_set_file(&page, number, text, mentions);
    page.detail = detail;
    write_title(&page);
    write_contents(&page);
    for (int s = 0; s < PAGE_SECTIONS; s++) {
        page.section = (PageSection)s;
        buf_clear(&id);
        append_section_id(&id, page.section);
        page_heading(&page, 2, id.data, page_section_heading(page.section));
        (page_is_text(&page) ? writers[s].text : writers[s].source)(&page);
    }
    page_end(&page, text->bytes);
    buf_release(&id);
}

void page_render_file(const Book *book, uint32_t number, const PageText *text, PageSink sink) {
    const Facts *facts = index_facts(book->index, book->files.items[number].file);
    uint16_t *mentions = mem_calloc(facts->symbols.count, sizeof *mentions);
    StrBuf page, path;
    buf_init(&page);
    buf_init(&path);
    for (int detail = DETAIL_ALL; detail <= DETAIL_LEAST; detail++) {
        buf_clear(&page);
        memset(mentions, 0, facts->symbols.count * sizeof *mentions);
        write_docs(book, number, text, (PageDetail)detail, mentions, &page);
        if (page.len <= PAGE_LARGEST) break;
    }
    book_page_path(book, number, PAGE_DOCS, &path);
    sink.page(sink.context, buf_str(&path), buf_str(&page));
    page_write_keywords(book, number, text, mentions, sink);
    buf_release(&page);
    buf_release(&path);
    mem_free(mentions);
}

static void write_doc(const Book *book, uint32_t folder, PageSink sink) {
    StrBuf text, path;
    buf_init(&text);
    buf_init(&path);
    Page page;
    page_begin(&page, book, book->folders.items[folder].path, &text);
    folder_write_doc(&page, folder);
    page_end(&page, STR_NONE);
    book_folder_page(book, folder, STR("doc.md"), &path);
    sink.page(sink.context, buf_str(&path), buf_str(&text));
    buf_release(&text);
    buf_release(&path);
}

void page_render_folder(const Book *book, uint32_t folder, PageSink sink) {
    folder_write_index(book, folder, sink);
    write_doc(book, folder, sink);
    folder_write_symbols(book, folder, sink);
}

typedef void WriteSite(const Book *book, PageSink sink);
static WriteSite *const site_writers[] = {
#define SITE(name) site_##name,
#include "markdown/site.def"
#undef SITE
};
static_assert(sizeof site_writers / sizeof *site_writers == PAGE_SITES, "as many as page.h says");

void page_render_site(const Book *book, uint32_t number, PageSink sink) { site_writers[number](book, sink); }
