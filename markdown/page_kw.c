/* X_kw.md: every name of a file, with its place on the docs page. Long lists continue on further pages. */
#include "markdown/page_parts.h"

#include "base/path.h"
#include "markdown/card.h"
#include "markdown/literals.h"

#include <stdlib.h>

enum { SHOWN_ELSEWHERE = 3, SHOWN_USERS = 8, USERS_PER_ITEM = 100, PAGE_FULL = PAGE_LARGEST - 60000 };

/* The keyword pages of one file: the one being written, and where finished ones go. */
typedef struct {
    Page page;
    StrBuf text, path;
    uint32_t part; /* 1 for X_kw.md itself */
    const char *group;
    uint32_t group_count;
    const uint16_t *mentions; /* what the docs page names where */
    PageSink sink;
} Keywords;

static void part_path(const Keywords *self, uint32_t part, StrBuf *out) {
    buf_append(out, self->page.book->files.items[self->page.number].page);
    if (part == 1)
        buf_append(out, STR("_kw.md"));
    else
        buf_printf(out, "_kw_%u.md", (unsigned)part);
}

static void begin_part(Keywords *self, const Book *book, uint32_t number, const PageText *text) {
    page_begin(&self->page, book, path_parent(book->files.items[number].page), &self->text);
    page_set_file(&self->page, number, text, NULL);
    writer_open_heading(&self->page.out, 1);
    writer_text(&self->page.out, STR("Keyword Index: "));
    writer_code(&self->page.out, book->files.items[number].path);
    if (self->part > 1) writer_print(&self->page.out, " (part %u)", (unsigned)self->part);
    writer_close(&self->page.out);
}

static void end_part(Keywords *self) {
    page_end(&self->page, self->page.text->bytes);
    buf_clear(&self->path);
    part_path(self, self->part, &self->path);
    self->sink.page(self->sink.context, buf_str(&self->path), buf_str(&self->text));
    buf_clear(&self->text);
}

/* Which sections of the docs page name which symbols, as recorded while it was written. */
static void write_map(Keywords *self) {
    Page *page = &self->page;
    const Facts *facts = page->facts;
    writer_heading(&page->out, 2, STR("Keyword → Section Map"));
    writer_open(&page->out, BLOCK_BULLETS);
    StrBuf name;
    buf_init(&name);
    for (int section = 0; section < PAGE_SECTIONS; section++) {
        uint32_t named = 0, shown = 0;
        for (uint32_t s = 1; s < facts->symbols.count; s++) named += self->mentions[s] >> section & 1;
        if (!named) continue;
        writer_open(&page->out, BLOCK_ITEM);
        page_label(page, page_section_heading((PageSection)section));
        bool all = section == PAGE_SECTION_analysis || named > TABLE_ROWS;
        if (all)
            writer_print(&page->out, "%u keyword%s of this file", (unsigned)named, named == 1 ? "" : "s");
        for (uint32_t s = 1; s < facts->symbols.count && !all; s++) {
            if (!(self->mentions[s] >> section & 1)) continue;
            if (shown++) writer_text(&page->out, STR(", "));
            buf_clear(&name);
            facts_qualified_name(facts, s, &name);
            writer_code(&page->out, buf_str(&name));
        }
        writer_close(&page->out);
    }
    writer_close(&page->out);
    if (facts->symbols.count == 1) writer_paragraph(&page->out, STR("The file defines no names."));
    buf_release(&name);
}

/* Groups that docs pages link to: on the first page, whichever page they stand on. */
static const struct {
    const char *heading, *anchor;
} linked_groups[] = {
    {"Used By", PAGE_USED_BY}, {"Imported By", PAGE_IMPORTED_BY}, {"Called By Tests", PAGE_CALLED_BY_TESTS}};

enum { LINKED_GROUPS = sizeof linked_groups / sizeof *linked_groups };

static void write_heading(Keywords *self) {
    for (int i = 0; i < LINKED_GROUPS; i++)
        if (str_eq(str_of(self->group), str_of(linked_groups[i].heading)))
            page_write_anchor(&self->page, str_of(linked_groups[i].anchor));
    writer_heading(&self->page.out, 3, str_of(self->group));
}

static void open_group(Keywords *self) {
    write_heading(self);
    writer_open(&self->page.out, BLOCK_BULLETS);
}

/* Goes on to a further page when this one is full; the list of the group goes on there. */
static void turn_page(Keywords *self) {
    if (self->text.len < PAGE_FULL) return;
    Page old = self->page;
    StrBuf next;
    buf_init(&next);
    part_path(self, self->part + 1, &next);
    writer_open(&self->page.out, BLOCK_ITEM);
    for (int i = 0; i < LINKED_GROUPS; i++) page_write_anchor(&self->page, str_of(linked_groups[i].anchor));
    writer_text(&self->page.out, STR("… more on the "));
    page_link(&self->page, STR("next page"), buf_str(&next));
    writer_close(&self->page.out);
    writer_close(&self->page.out);
    buf_release(&next);
    if (self->part == 1) write_map(self);
    end_part(self);
    self->part++;
    begin_part(self, old.book, old.number, old.text);
    open_group(self);
}

static void begin_group(Keywords *self, const char *heading) {
    self->group = heading;
    self->group_count = 0;
}

/* Opens the item of the next keyword; the group's heading comes with its first one. */
static void begin_entry(Keywords *self) {
    if (self->group_count++ == 0)
        open_group(self);
    else
        turn_page(self);
    writer_open(&self->page.out, BLOCK_ITEM);
}

static void end_group(Keywords *self, const char *nothing) {
    if (self->group_count) {
        writer_close(&self->page.out);
        return;
    }
    write_heading(self);
    writer_paragraph(&self->page.out, str_of(nothing));
}

static void write_strong_code(Page *page, Str name) {
    writer_strong(&page->out, true);
    writer_code(&page->out, name);
    writer_strong(&page->out, false);
}

typedef struct {
    Str path;
    SymbolRef ref;
} Place;

typedef Array(Place) Places;

/* The classes and functions of a name in other files; a file may have thousands of one name. */
static void find_elsewhere(const Page *page, Str name, Places *out) {
    Postings postings = index_postings(page->index, name);
    index_tell_name(page->index, name, true);
    for (uint32_t i = 0; i < postings.count; i++) {
        FileId file = postings.items[i].file;
        if (file == page->file || !index_is_own(page->index, file)) continue;
        const Facts *facts = index_facts(page->index, file);
        Slice symbols = index_posting_symbols(page->index, postings.items[i]);
        for (uint32_t s = symbols.first; s < symbols.first + symbols.count; s++) {
            uint32_t symbol = facts->by_name.items[s];
            uint8_t kind = facts->symbols.items[symbol].kind;
            if (kind == SYMBOL_CLASS || kind == SYMBOL_FUNCTION)
                ARRAY_PUSH(out, ((Place){index_path(page->index, file), {file, symbol}}));
        }
    }
}

static int compare_places(const void *a, const void *b) {
    const Place *x = a, *y = b;
    int order = str_compare(x->path, y->path);
    return order ? order : (x->ref.symbol > y->ref.symbol) - (x->ref.symbol < y->ref.symbol);
}

/* Where a class or function of the same name is defined too. */
static void write_elsewhere(Page *page, uint32_t symbol) {
    const Symbol *definition = &page->facts->symbols.items[symbol];
    if (definition->kind != SYMBOL_CLASS && definition->kind != SYMBOL_FUNCTION) return;
    Places found = {0};
    find_elsewhere(page, symbol_name(page->facts, definition), &found);
    if (found.len) qsort(found.items, found.len, sizeof(Place), compare_places);
    for (uint32_t i = 0; i < found.len && i < SHOWN_ELSEWHERE; i++) {
        writer_text(&page->out, i ? STR(", ") : STR(" Also defined: "));
        page_symbol(page, found.items[i].ref);
    }
    if (found.len > SHOWN_ELSEWHERE) {
        writer_print(&page->out, ", … %u more in the ", (unsigned)(found.len - SHOWN_ELSEWHERE));
        page_folder_link(page, STR("symbol index"), 0, "sub.md");
    }
    if (found.len) writer_text(&page->out, STR("."));
    ARRAY_FREE(&found);
}

static void write_keyword(Keywords *self, uint32_t symbol) {
    Page *page = &self->page;
    const Facts *facts = page->facts;
    begin_entry(self);
    writer_strong(&page->out, true);
    page_symbol(page, (SymbolRef){page->file, symbol});
    writer_strong(&page->out, false);
    writer_print(&page->out, ": %s, ", card_kind(facts, symbol));
    page_lines(page, facts->symbols.items[symbol].range);
    uint32_t users = relations_uses(&page->book->relations, (SymbolRef){page->file, symbol}).count;
    if (users)
        writer_print(&page->out, "; used in %u function%s, class%s or module%s", (unsigned)users,
                     users == 1 ? "" : "s", users == 1 ? "" : "es", users == 1 ? "" : "s");
    writer_text(&page->out, STR("."));
    page_summary_behind(page, " ", facts, symbol);
    write_elsewhere(page, symbol);
    writer_close(&page->out);
}

/* Values bound several times are one keyword, at the first place. */
static bool is_first_value(const Facts *facts, uint32_t symbol) {
    const Symbol *value = &facts->symbols.items[symbol];
    uint32_t count = 0;
    for (uint32_t s = symbol; s > value->parent && count < 5000; count++) {
        s--;
        const Symbol *other = &facts->symbols.items[s];
        if (other->parent == value->parent && other->name == value->name) return false;
    }
    return true;
}

static void write_symbols(Keywords *self, const char *heading, uint8_t first, uint8_t last,
                          const char *nothing) {
    const Facts *facts = self->page.facts;
    begin_group(self, heading);
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        uint8_t kind = facts->symbols.items[s].kind;
        if (kind < first || kind > last) continue;
        bool value = kind == SYMBOL_VARIABLE || kind == SYMBOL_ATTRIBUTE;
        if (!value || is_first_value(facts, s)) write_keyword(self, s);
    }
    end_group(self, nothing);
}

/* Something that several symbols have: a parameter's name, a decorator. */
typedef struct {
    Str text;
    uint32_t symbol;
} Use;
typedef Array(Use) Uses;

static int compare_uses(const void *a, const void *b) {
    const Use *x = a, *y = b;
    int order = str_compare(x->text, y->text);
    return order ? order : (x->symbol > y->symbol) - (x->symbol < y->symbol);
}

static void write_users(Keywords *self, Uses *uses, Str prefix) {
    Page *page = &self->page;
    StrBuf name;
    buf_init(&name);
    if (uses->len) qsort(uses->items, uses->len, sizeof *uses->items, compare_uses);
    for (uint32_t i = 0; i < uses->len;) {
        uint32_t end = i;
        while (end < uses->len && str_eq(uses->items[end].text, uses->items[i].text)) end++;
        begin_entry(self);
        buf_clear(&name);
        buf_append(&name, prefix);
        buf_append(&name, uses->items[i].text);
        write_strong_code(page, buf_str(&name));
        for (uint32_t u = i; u < end && u < i + SHOWN_USERS; u++) {
            writer_text(&page->out, u == i ? STR(": ") : STR(", "));
            page_symbol(page, (SymbolRef){page->file, uses->items[u].symbol});
        }
        if (end - i > SHOWN_USERS) {
            StrBuf path;
            buf_init(&path);
            book_page_path(page->book, page->number, PAGE_DOCS, &path);
            writer_print(&page->out, ", … %u more on the ", (unsigned)(end - i - SHOWN_USERS));
            page_link(page, STR("docs page"), buf_str(&path));
            buf_release(&path);
        }
        writer_close(&page->out);
        i = end;
    }
    buf_release(&name);
    ARRAY_FREE(uses);
}

static void write_parameters(Keywords *self) {
    const Facts *facts = self->page.facts;
    Uses uses = {0};
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        for (uint32_t p = 0; p < symbol->params.count; p++) {
            Str name = facts_name(facts, facts->params.items[symbol->params.first + p].name);
            bool receiver = p == 0 && symbol->kind == SYMBOL_METHOD &&
                            (str_eq(name, STR("self")) || str_eq(name, STR("cls")));
            if (!receiver) ARRAY_PUSH(&uses, ((Use){name, s}));
        }
    }
    begin_group(self, "Parameters");
    write_users(self, &uses, STR(""));
    end_group(self, "No function here has parameters.");
}

static void write_decorators(Keywords *self) {
    const Facts *facts = self->page.facts;
    Uses uses = {0};
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        Slice decorators = facts->symbols.items[s].decorators;
        for (uint32_t d = 0; d < decorators.count; d++) {
            ARRAY_PUSH(&uses, ((Use){facts_text(facts, facts->texts.items[decorators.first + d]), s}));
        }
    }
    begin_group(self, "Decorators");
    write_users(self, &uses, STR("@"));
    end_group(self, "No decorator is used.");
}

static void write_import_name(Keywords *self, const Import *import, const ImportName *name) {
    Page *page = &self->page;
    const Facts *facts = page->facts;
    StrBuf full;
    buf_init(&full);
    buf_append_repeated(&full, '.', import->level);
    buf_append(&full, facts_text(facts, import->module));
    if (import->module.len) buf_append_byte(&full, '.');
    buf_append(&full, facts_text(facts, name->name));
    begin_entry(self);
    write_strong_code(page, buf_str(&full));
    if (name->alias != NONE) {
        writer_text(&page->out, STR(" as "));
        writer_code(&page->out, facts_name(facts, name->alias));
    }
    writer_text(&page->out, STR(", "));
    page_lines(page, (Range){name->start, name->start});
    writer_close(&page->out);
    buf_release(&full);
}

static void write_imports(Keywords *self) {
    const Facts *facts = self->page.facts;
    begin_group(self, "Imports");
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        for (uint32_t n = 0; n < import->names.count; n++) {
            write_import_name(self, import, &facts->import_names.items[import->names.first + n]);
        }
    }
    end_group(self, "Nothing is imported.");
}

static void write_edges(Keywords *self, const char *heading, const ImportEdges *edges, Slice slice,
                        const char *nothing) {
    begin_group(self, heading);
    for (uint32_t i = slice.first; i < slice.first + slice.count; i++) {
        begin_entry(self);
        page_file(&self->page, edges->items[i].from);
        writer_close(&self->page.out);
    }
    end_group(self, nothing);
}

/* Who uses a symbol, a part of the list at a time: each item must fit on a page. */
static void write_users_of(Keywords *self, uint32_t symbol) {
    Page *page = &self->page;
    Slice uses = relations_uses(&page->book->relations, (SymbolRef){page->file, symbol});
    for (uint32_t i = 0; i < uses.count; i++) {
        const UseEdge *use = &page->book->relations.uses.items[uses.first + i];
        if (i % USERS_PER_ITEM == 0) {
            if (i) writer_close(&page->out);
            begin_entry(self);
            page_symbol(page, (SymbolRef){page->file, symbol});
            writer_text(&page->out, i ? STR(" (continued): ") : STR(": "));
        } else {
            writer_text(&page->out, STR(", "));
        }
        page_symbol(page, (SymbolRef){page->book->files.items[use->from].file, use->user});
    }
    if (uses.count) writer_close(&page->out);
}

static void write_all_users(Keywords *self) {
    begin_group(self, "Used By");
    for (uint32_t s = 1; s < self->page.facts->tree_count; s++) write_users_of(self, s);
    end_group(self, "No use of what is defined here was found in this repository.");
}

static void write_importers(Keywords *self) {
    const Relations *relations = &self->page.book->relations;
    uint32_t file = self->page.number;
    write_edges(self, "Imported By", &relations->importers, relations_importers(relations, file),
                "No file of this repository imports this one.");
    write_edges(self, "Called By Tests", &relations->tests, relations_tests(relations, file),
                "No test file calls what is defined here.");
}

static void write_literal(Keywords *self, const Literal *literal, const char *note) {
    Page *page = &self->page;
    begin_entry(self);
    write_strong_code(page, facts_text(page->facts, literal->value));
    writer_text(&page->out, STR(", "));
    page_lines(page, (Range){literal->start, literal->start});
    writer_text(&page->out, str_of(note));
    writer_close(&page->out);
}

static void write_environment(Keywords *self) {
    const Facts *facts = self->page.facts;
    begin_group(self, "Environment Variables");
    for (uint32_t i = 0; i < facts->literals.count; i++) {
        const Literal *literal = &facts->literals.items[i];
        if (literal_is_environment(self->page.index, self->page.file, literal))
            write_literal(self, literal, "");
    }
    end_group(self, "None found: looked for literal names given to os.environ and os.getenv.");
}

static void write_options(Keywords *self) {
    const Facts *facts = self->page.facts;
    begin_group(self, "Command-Line Options");
    for (uint32_t i = 0; i < facts->literals.count; i++) {
        const Literal *literal = &facts->literals.items[i];
        if (literal_is_option(facts, literal))
            write_literal(self, literal, " (heuristic: argument of a call to a method of that name)");
    }
    end_group(
        self,
        "None found: looked for calls of add_argument, add_option and option with an argument that begins "
        "with \"-\" (heuristic).");
}

static void write_notes(Keywords *self) {
    const Facts *facts = self->page.facts;
    begin_group(self, "To-Do Notes");
    for (uint32_t i = 0; i < facts->notes.count; i++) {
        const Note *note = &facts->notes.items[i];
        begin_entry(self);
        page_lines(&self->page, (Range){note->start, note->start});
        writer_text(&self->page.out, STR(": "));
        writer_text(&self->page.out, facts_text(facts, note->text));
        writer_close(&self->page.out);
    }
    end_group(self, "None found: looked for comments with TODO, FIXME, XXX or HACK.");
}

static void write_info(Keywords *self) {
    Page *page = &self->page;
    const BookFile *file = &page->book->files.items[page->number];
    StrBuf text;
    buf_init(&text);
    writer_heading(&page->out, 2, STR("File Information"));
    writer_open(&page->out, BLOCK_BULLETS);
    writer_open(&page->out, BLOCK_ITEM);
    page_label(page, "Original File");
    if (!page->links.source(page->links.context, page->file, 0, 0, &text)) buf_clear(&text);
    writer_link_code(&page->out, file->path, buf_str(&text));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_ITEM);
    page_label(page, "Documentation");
    buf_clear(&text);
    book_page_path(page->book, page->number, PAGE_DOCS, &text);
    page_link_name(page, path_name(buf_str(&text)), buf_str(&text));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_ITEM);
    page_label(page, "Folder");
    page_folder_of(page, "index.md");
    writer_close(&page->out);
    writer_close(&page->out);
    buf_release(&text);
}

static void write_source(Keywords *self) {
    write_symbols(self, "Classes", SYMBOL_CLASS, SYMBOL_CLASS, "No class is defined here.");
    write_symbols(self, "Functions", SYMBOL_FUNCTION, SYMBOL_FUNCTION, "No function is defined here.");
    write_symbols(self, "Methods", SYMBOL_METHOD, SYMBOL_METHOD, "No method is defined here.");
    write_symbols(self, "Attributes & Constants", SYMBOL_VARIABLE, SYMBOL_ATTRIBUTE,
                  "No name is assigned here.");
    write_parameters(self);
    write_imports(self);
    write_all_users(self);
    write_importers(self);
    write_decorators(self);
    write_environment(self);
    write_options(self);
    write_notes(self);
}

static void write_text(Keywords *self) {
    write_symbols(self, "Headings", SYMBOL_HEADING, SYMBOL_HEADING, "No heading was found.");
    write_symbols(self, "Keys", SYMBOL_KEY, SYMBOL_KEY, "No key was found.");
    write_symbols(self, "Targets", SYMBOL_TARGET, SYMBOL_TARGET, "No target was found.");
    write_symbols(self, "Functions", SYMBOL_ROUTINE, SYMBOL_ROUTINE, "No function is defined here.");
    write_symbols(self, "Instructions", SYMBOL_INSTRUCTION, SYMBOL_INSTRUCTION, "No instruction was found.");
}

void page_write_keywords(const Book *book, uint32_t number, const PageText *text, const uint16_t *mentions,
                         PageSink sink) {
    Keywords self = {.part = 1, .mentions = mentions, .sink = sink};
    buf_init(&self.text);
    buf_init(&self.path);
    begin_part(&self, book, number, text);
    write_info(&self);
    writer_heading(&self.page.out, 2, STR("Keywords Extracted"));
    (page_is_text(&self.page) ? write_text : write_source)(&self);
    if (self.part == 1) write_map(&self);
    end_part(&self);
    buf_release(&self.text);
    buf_release(&self.path);
}
