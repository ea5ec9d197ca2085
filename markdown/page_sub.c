/* sub.md: every definition below a folder, in the order of a dictionary. */
#include "markdown/page_folder.h"

#include "base/path.h"
#include "markdown/card.h"

#include <stdlib.h>

enum { LONGEST_SINGLE = 256 * 1024, PART_FULL = PAGE_LARGEST - 20000 };

typedef struct {
    Str name;
    SymbolRef ref;
    uint32_t file; /* in the book */
} Entry;
typedef Array(Entry) Entries;

static char folded(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static int compare_folded(Str a, Str b) {
    size_t shared = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < shared; i++) {
        unsigned char x = (unsigned char)folded(a.data[i]), y = (unsigned char)folded(b.data[i]);
        if (x != y) return x < y ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int compare_entries(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    int order = compare_folded(x->name, y->name);
    if (!order) order = str_compare(x->name, y->name);
    if (order) return order;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return (x->ref.symbol > y->ref.symbol) - (x->ref.symbol < y->ref.symbol);
}

static void collect(const Book *book, uint32_t folder, Entries *out) {
    const BookFolder *self = &book->folders.items[folder];
    for (uint32_t i = self->first_file; i < self->subtree_file_end; i++) {
        FileId file = book->files.items[i].file;
        const Facts *facts = index_facts(book->index, file);
        for (uint32_t s = 1; s < facts->tree_count; s++) {
            const Symbol *symbol = &facts->symbols.items[s];
            if (symbol->kind == SYMBOL_VARIABLE) continue;
            ARRAY_PUSH(out, ((Entry){symbol_name(facts, symbol), {file, s}, i}));
        }
    }
    if (out->len) qsort(out->items, out->len, sizeof *out->items, compare_entries);
}

/* 'a' to 'z', '_' for everything else. */
static char letter_of(Str name) {
    char c = name.len ? folded(name.data[0]) : '_';
    return c >= 'a' && c <= 'z' ? c : '_';
}

static void write_entry(Page *page, const Entry *entry) {
    const Facts *facts = index_facts(page->index, entry->ref.file);
    const Symbol *symbol = &facts->symbols.items[entry->ref.symbol];
    StrBuf url;
    buf_init(&url);
    if (!page->links.symbol(page->links.context, entry->ref, &url)) buf_clear(&url);
    writer_open(&page->out, BLOCK_ITEM);
    writer_link_code(&page->out, entry->name, buf_str(&url));
    writer_print(&page->out, " %s", card_kind(facts, entry->ref.symbol));
    if (symbol->parent) {
        buf_clear(&url);
        facts_qualified_name(facts, symbol->parent, &url);
        writer_text(&page->out, STR(" of "));
        writer_code(&page->out, buf_str(&url));
    }
    writer_text(&page->out, STR(", "));
    writer_code(&page->out, page->book->files.items[entry->file].path);
    writer_close(&page->out);
    buf_release(&url);
}

static void page_path(const Book *book, uint32_t folder, char letter, uint32_t part, StrBuf *out) {
    StrBuf name;
    buf_init(&name);
    buf_append(&name, STR("sub"));
    if (letter) buf_printf(&name, "_%s", letter == '_' ? "other" : (const char[]){letter, '\0'});
    if (part > 1) buf_printf(&name, "_%u", (unsigned)part);
    buf_append(&name, STR(".md"));
    book_folder_page(book, folder, buf_str(&name), out);
    buf_release(&name);
}

static void write_head(Page *page, uint32_t folder, uint32_t count) {
    Str path = page->book->folders.items[folder].path;
    writer_open_heading(&page->out, 1);
    writer_text(&page->out, STR("Symbols Below: "));
    writer_code(&page->out, path.len ? path : page->book->project);
    writer_close(&page->out);
    writer_heading(&page->out, 2, STR("Scope"));
    page_say(
        page,
        "The %u classes, functions and methods of all Python files here and below, by name. Variables and "
        "attributes are on the files' keyword pages.",
        (unsigned)count);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    page_folder_link(page, STR("Folder index"), folder, "index.md");
    writer_close(&page->out);
    writer_heading(&page->out, 2, STR("Keywords"));
}

static void write_entries(Page *page, const Entry *entries, uint32_t count) {
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < count; i++) write_entry(page, &entries[i]);
    writer_close(&page->out);
    if (count == 0) page_say(page, "None.");
}

/* What the page's stamp calls its source: the names on it. */
static void finish(Page *page, const Book *book, uint32_t folder, char letter, uint32_t part, StrBuf *text,
                   PageSink sink) {
    StrBuf path;
    buf_init(&path);
    page_end(page, STR_NONE);
    page_path(book, folder, letter, part, &path);
    sink.page(sink.context, buf_str(&path), buf_str(text));
    buf_clear(text);
    buf_release(&path);
}

/* The pages of one letter. Returns how many there are. */
static uint32_t write_letter(const Book *book, uint32_t folder, char letter, const Entry *entries,
                             uint32_t count, PageSink sink) {
    StrBuf text;
    buf_init(&text);
    uint32_t part = 0;
    for (uint32_t i = 0; i < count;) {
        Page page;
        page_begin(&page, book, book->folders.items[folder].path, &text);
        writer_open_heading(&page.out, 1);
        writer_print(&page.out, "Symbols: %s", letter == '_' ? "other" : (const char[]){letter, '\0'});
        if (part) writer_print(&page.out, " (part %u)", (unsigned)part + 1);
        writer_close(&page.out);
        writer_open(&page.out, BLOCK_PARAGRAPH);
        page_folder_link(&page, STR("All letters"), folder, "sub.md");
        writer_close(&page.out);
        writer_open(&page.out, BLOCK_BULLETS);
        for (; i < count && text.len < PART_FULL; i++) write_entry(&page, &entries[i]);
        writer_close(&page.out);
        finish(&page, book, folder, letter, ++part, &text, sink);
    }
    buf_release(&text);
    return part;
}

static void link_letter(Page *page, uint32_t folder, char letter, uint32_t count, uint32_t parts) {
    StrBuf path;
    buf_init(&path);
    writer_open(&page->out, BLOCK_ITEM);
    for (uint32_t part = 1; part <= parts; part++) {
        buf_clear(&path);
        page_path(page->book, folder, letter, part, &path);
        if (part > 1) writer_text(&page->out, STR(", "));
        if (part > 1) writer_print(&page->out, "part ");
        const char name[] = {letter, '\0'};
        StrBuf label;
        buf_init(&label);
        if (part > 1)
            buf_printf(&label, "%u", (unsigned)part);
        else
            buf_append(&label, letter == '_' ? STR("other") : str_of(name));
        page_link(page, buf_str(&label), buf_str(&path));
        buf_release(&label);
    }
    writer_print(&page->out, ": %u", (unsigned)count);
    writer_close(&page->out);
    buf_release(&path);
}

/* sub.md as a list of letters, and their pages. */
static void write_letters(const Book *book, uint32_t folder, const Entries *entries, PageSink sink) {
    StrBuf text;
    buf_init(&text);
    Page page;
    page_begin(&page, book, book->folders.items[folder].path, &text);
    write_head(&page, folder, entries->len);
    writer_open(&page.out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < entries->len;) {
        char letter = letter_of(entries->items[i].name);
        uint32_t end = i;
        while (end < entries->len && letter_of(entries->items[end].name) == letter) end++;
        uint32_t parts = write_letter(book, folder, letter, &entries->items[i], end - i, sink);
        link_letter(&page, folder, letter, end - i, parts);
        i = end;
    }
    writer_close(&page.out);
    finish(&page, book, folder, 0, 1, &text, sink);
    buf_release(&text);
}

void folder_write_symbols(const Book *book, uint32_t folder, PageSink sink) {
    Entries entries = {0};
    collect(book, folder, &entries);
    StrBuf text;
    buf_init(&text);
    Page page;
    page_begin(&page, book, book->folders.items[folder].path, &text);
    write_head(&page, folder, entries.len);
    write_entries(&page, entries.items, entries.len);
    if (text.len <= LONGEST_SINGLE) {
        finish(&page, book, folder, 0, 1, &text, sink);
    } else {
        intern_release(&page.anchors);
        write_letters(book, folder, &entries, sink);
    }
    buf_release(&text);
    ARRAY_FREE(&entries);
}
