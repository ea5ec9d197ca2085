#include "markdown/parts.h"

enum { PART_FULL = PAGE_LARGEST - 40000 };

void parts_path(const Book *book, uint32_t folder, const char *stem, uint32_t part, StrBuf *out) {
    StrBuf name;
    buf_init(&name);
    buf_append(&name, str_of(stem));
    if (part > 1) buf_printf(&name, "_%u", (unsigned)part);
    buf_append(&name, STR(".md"));
    book_folder_page(book, folder, buf_str(&name), out);
    buf_release(&name);
}

static void begin(Parts *self, const Book *book) {
    page_begin(&self->page, book, book->folders.items[self->folder].path, &self->text);
    page_title(&self->page, self->title, self->subject, self->part);
}

static void finish(Parts *self) {
    StrBuf path;
    buf_init(&path);
    parts_path(self->page.book, self->folder, self->stem, self->part, &path);
    page_end(&self->page, STR_NONE);
    self->sink.page(self->sink.context, buf_str(&path), buf_str(&self->text));
    buf_clear(&self->text);
    buf_release(&path);
}

void parts_begin(Parts *self, const Book *book, uint32_t folder, const char *stem, const char *title,
                 Str subject, PageSink sink) {
    *self =
        (Parts){.part = 1, .folder = folder, .stem = stem, .title = title, .subject = subject, .sink = sink};
    buf_init(&self->text);
    begin(self, book);
}

bool parts_is_full(const Parts *self) { return self->text.len >= PART_FULL; }

void parts_turn(Parts *self) {
    Page *page = &self->page;
    StrBuf next;
    buf_init(&next);
    parts_path(page->book, self->folder, self->stem, self->part + 1, &next);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, STR("… more on the "));
    page_link(page, STR("next page"), buf_str(&next));
    writer_close(&page->out);
    buf_release(&next);
    finish(self);
    self->part++;
    begin(self, page->book);
}

void parts_item(Parts *self) {
    if (parts_is_full(self)) {
        writer_close(&self->page.out);
        parts_turn(self);
        writer_open(&self->page.out, BLOCK_BULLETS);
    }
    writer_open(&self->page.out, BLOCK_ITEM);
}

uint32_t parts_end(Parts *self) {
    finish(self);
    buf_release(&self->text);
    return self->part;
}
