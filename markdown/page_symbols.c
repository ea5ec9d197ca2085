/* sub.md and keywords.md: the symbols below a folder in the order of a dictionary, with a page per letter
 * when they are many. */
#include "markdown/page_folder.h"

#include "markdown/card.h"
#include "markdown/parts.h"
#include "markdown/site.h"

#include <stdlib.h>

enum { LONGEST_SINGLE = 256 * 1024 };

typedef struct {
    Str name;
    SymbolRef ref;
    uint32_t file; /* in the book */
    uint8_t group; /* number in `groups` */
} Entry;

typedef struct {
    const Book *book;
    uint32_t folder;
    const char *stem, *title;
    const char *all_of, *scope; /* around the number of symbols */
    bool all;                   /* modules, variables and attributes too */
    Array(Entry) entries;
    PageSink sink;
} SymbolList;

/* What names begin with, in the order of the pages. */
static const char *const groups[] = {"_", "a", "b", "c", "d", "e", "f", "g",    "h", "i",
                                     "j", "k", "l", "m", "n", "o", "p", "q",    "r", "s",
                                     "t", "u", "v", "w", "x", "y", "z", "other"};
enum { GROUP_UNDERSCORE = 0, GROUP_A = 1, GROUP_OTHER = sizeof groups / sizeof *groups - 1 };

static char folded(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static uint8_t group_of(Str name) {
    char c = name.len ? folded(name.data[0]) : ' ';
    if (c == '_') return GROUP_UNDERSCORE;
    return c >= 'a' && c <= 'z' ? (uint8_t)(GROUP_A + (c - 'a')) : GROUP_OTHER;
}

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
    int order = x->group - y->group;
    if (!order) order = compare_folded(x->name, y->name);
    if (!order) order = str_compare(x->name, y->name);
    if (order) return order;
    if (x->file != y->file) return x->file < y->file ? -1 : 1;
    return (x->ref.symbol > y->ref.symbol) - (x->ref.symbol < y->ref.symbol);
}

static void add_entry(SymbolList *self, Str name, SymbolRef ref, uint32_t file) {
    ARRAY_PUSH(&self->entries, ((Entry){name, ref, file, group_of(name)}));
}

/* By the last part of its name. */
static void add_module(SymbolList *self, uint32_t number) {
    const BookFile *file = &self->book->files.items[number];
    char dot = file->is_text ? '/' : '.';
    add_entry(self, str_from(file->module, str_rfind_byte(file->module, dot) + 1), (SymbolRef){file->file, 0},
              number);
}

/* A value bound several times is one keyword, at the first place: whether the entry is a later one. */
static bool is_repeated(const SymbolList *self, uint32_t entry) {
    const Entry *at = &self->entries.items[entry];
    const Symbol *symbols = index_facts(self->book->index, at->ref.file)->symbols.items;
    if (symbols[at->ref.symbol].kind < SYMBOL_VARIABLE) return false;
    for (uint32_t i = entry; i > 0 && self->entries.items[i - 1].file == at->file; i--) {
        const Entry *before = &self->entries.items[i - 1];
        if (!str_eq(before->name, at->name)) return false;
        if (symbols[before->ref.symbol].parent == symbols[at->ref.symbol].parent) return true;
    }
    return false;
}

static void drop_repeated(SymbolList *self) {
    bool *repeated = mem_calloc(self->entries.len, sizeof *repeated);
    for (uint32_t i = 0; i < self->entries.len; i++) repeated[i] = is_repeated(self, i);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < self->entries.len; i++) {
        if (!repeated[i]) self->entries.items[kept++] = self->entries.items[i];
    }
    self->entries.len = kept;
    mem_free(repeated);
}

/* Of the files [first, end) of the book. */
static void collect_files(SymbolList *self, uint32_t first, uint32_t end) {
    for (uint32_t i = first; i < end; i++) {
        FileId file = self->book->files.items[i].file;
        const Facts *facts = index_facts(self->book->index, file);
        if (self->all) add_module(self, i);
        for (uint32_t s = 1; s < (self->all ? facts->symbols.count : facts->tree_count); s++) {
            const Symbol *symbol = &facts->symbols.items[s];
            if (self->all ? symbol->kind != SYMBOL_INSTRUCTION : symbol->kind < SYMBOL_VARIABLE)
                add_entry(self, symbol_name(facts, symbol), (SymbolRef){file, s}, i);
        }
    }
}

static void collect(SymbolList *self) {
    const BookFolder *folder = &self->book->folders.items[self->folder];
    collect_files(self, folder->first_file, folder->subtree_file_end);
    if (self->all) collect_files(self, folder->first_text, folder->subtree_text_end);
    if (self->entries.len)
        qsort(self->entries.items, self->entries.len, sizeof *self->entries.items, compare_entries);
    drop_repeated(self);
}

static void write_entry(Parts *parts, const Entry *entry) {
    Page *page = &parts->page;
    const Facts *facts = index_facts(page->index, entry->ref.file);
    const Symbol *symbol = &facts->symbols.items[entry->ref.symbol];
    StrBuf url;
    buf_init(&url);
    parts_item(parts);
    if (!page->links.symbol(page->links.context, entry->ref, &url)) buf_clear(&url);
    writer_link_code(&page->out, entry->name, buf_str(&url));
    writer_print(&page->out, " %s", card_kind(facts, entry->ref.symbol));
    if (entry->ref.symbol && symbol->parent) {
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

static void begin_list(Parts *parts, const SymbolList *self, PageSink sink) {
    Str path = self->book->folders.items[self->folder].path;
    parts_begin(parts, self->book, self->folder, self->stem, self->title,
                path.len ? path : self->book->project, sink);
    Page *page = &parts->page;
    writer_heading(&page->out, 2, STR("Scope"));
    StrBuf count;
    buf_init(&count);
    page_append_number(&count, self->entries.len);
    page_say(page, "%s %s %s", self->all_of, count.data, self->scope);
    buf_release(&count);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    page_folder_link(page, STR("Folder index"), self->folder, "index.md");
    writer_close(&page->out);
    writer_heading(&page->out, 2, STR("Keywords"));
}

/* Where the entries of the group that begins at `first` end. */
static uint32_t group_end(const SymbolList *self, uint32_t first) {
    uint32_t end = first;
    while (end < self->entries.len && self->entries.items[end].group == self->entries.items[first].group)
        end++;
    return end;
}

static void write_group(Parts *parts, const SymbolList *self, uint32_t first, uint32_t end) {
    writer_open(&parts->page.out, BLOCK_BULLETS);
    for (uint32_t i = first; i < end; i++) write_entry(parts, &self->entries.items[i]);
    writer_close(&parts->page.out);
}

/* Everything on one page. False, and nothing was handed out, when that would be too long. */
static bool write_single(const SymbolList *self, PageSink sink) {
    Parts parts;
    begin_list(&parts, self, sink);
    if (self->entries.len == 0) page_say(&parts.page, "None.");
    for (uint32_t i = 0; i < self->entries.len && parts.text.len <= LONGEST_SINGLE;) {
        uint32_t end = group_end(self, i);
        writer_heading(&parts.page.out, 3, str_of(groups[self->entries.items[i].group]));
        write_group(&parts, self, i, end);
        i = end;
    }
    bool fits = parts.part == 1 && parts.text.len <= LONGEST_SINGLE;
    parts_end(&parts);
    return fits;
}

/* The pages of one letter. Returns how many there are. */
static uint32_t write_letter(const SymbolList *self, const char *stem, uint32_t first, uint32_t end) {
    Parts parts;
    StrBuf all;
    buf_init(&all);
    parts_begin(&parts, self->book, self->folder, stem, self->title,
                str_of(groups[self->entries.items[first].group]), self->sink);
    writer_open(&parts.page.out, BLOCK_PARAGRAPH);
    parts_path(self->book, self->folder, self->stem, 1, &all);
    page_link(&parts.page, STR("All letters"), buf_str(&all));
    writer_close(&parts.page.out);
    write_group(&parts, self, first, end);
    buf_release(&all);
    return parts_end(&parts);
}

static void link_letter(Parts *list, const char *stem, const char *letter, uint32_t count, uint32_t parts) {
    Page *page = &list->page;
    StrBuf path, label;
    buf_init(&path);
    buf_init(&label);
    writer_open(&page->out, BLOCK_ITEM);
    buf_append(&label, str_of(letter));
    for (uint32_t part = 1; part <= parts; part++) {
        buf_clear(&path);
        parts_path(page->book, list->folder, stem, part, &path);
        if (part > 1) writer_text(&page->out, STR(", part "));
        page_link(page, buf_str(&label), buf_str(&path));
        buf_clear(&label);
        buf_printf(&label, "%u", (unsigned)part + 1);
    }
    writer_print(&page->out, ": %u", (unsigned)count);
    writer_close(&page->out);
    buf_release(&path);
    buf_release(&label);
}

/* A list of letters, and their pages. */
static void write_letters(const SymbolList *self) {
    Parts list;
    StrBuf stem;
    buf_init(&stem);
    begin_list(&list, self, self->sink);
    writer_open(&list.page.out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < self->entries.len;) {
        uint32_t end = group_end(self, i);
        const char *letter = groups[self->entries.items[i].group];
        buf_clear(&stem);
        buf_printf(&stem, "%s_%s", self->stem, letter);
        link_letter(&list, stem.data, letter, end - i, write_letter(self, stem.data, i, end));
        i = end;
    }
    writer_close(&list.page.out);
    parts_end(&list);
    buf_release(&stem);
}

/* Keeps the first page it is given. */
static void keep_page(void *context, Str path, Str bytes) {
    (void)path;
    StrBuf *page = context;
    if (page->len == 0) buf_append(page, bytes);
}

static void write_list(SymbolList *self) {
    StrBuf page, path;
    buf_init(&page);
    buf_init(&path);
    collect(self);
    if (write_single(self, (PageSink){&page, keep_page})) {
        parts_path(self->book, self->folder, self->stem, 1, &path);
        self->sink.page(self->sink.context, buf_str(&path), buf_str(&page));
    } else {
        write_letters(self);
    }
    ARRAY_FREE(&self->entries);
    buf_release(&page);
    buf_release(&path);
}

void folder_write_symbols(const Book *book, uint32_t folder, PageSink sink) {
    SymbolList list = {.book = book,
                       .folder = folder,
                       .stem = "sub",
                       .title = "Symbols Below",
                       .all_of = "The",
                       .scope = "classes, functions and methods of all Python files here and below, by "
                                "name. Variables and attributes are on the files' keyword pages.",
                       .sink = sink};
    write_list(&list);
}

void site_keywords(const Book *book, PageSink sink) {
    SymbolList list = {.book = book,
                       .stem = "keywords",
                       .title = "Keywords",
                       .all_of = "All",
                       .scope = "modules, classes, functions, methods, attributes and variables, and of "
                                "other text files headings, keys, targets and functions, by name. "
                                "Parameters and imports are on the files' keyword pages.",
                       .all = true,
                       .sink = sink};
    write_list(&list);
}
