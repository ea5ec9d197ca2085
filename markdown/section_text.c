/* The sections of text files that are no sources. What a section of sources looks for does not apply to them.
 */
#include "markdown/card.h"
#include "markdown/markup.h"
#include "markdown/page_parts.h"
#include "markdown/text_links.h"

#include "base/path.h"
#include "index/texts.h"

enum { SHOWN_ROWS = 300, SHOWN_FEW = 50 };

static const BookFile *file_of(const Page *page) { return &page->book->files.items[page->number]; }

static const TextKind *kind_of(const Page *page) { return text_kind(file_of(page)->path); }

static const Symbol *symbol_at(const Page *page, uint32_t symbol) {
    return &page->facts->symbols.items[symbol];
}

/* What a file is by its name. */
static const struct {
    const char *start, *role;
} roles[] = {
    {"README", "Introduces the folder that it lies in"},
    {"CHANGE", "Tells what has changed"},
    {"NEWS", "Tells what has changed"},
    {"CONTRIBUTING", "Tells how to contribute"},
    {"LICEN", "Holds a licence"},
    {"COPYING", "Holds a licence"},
    {"pyproject.toml", "Configures the project, its build and its tools"},
    {"setup.cfg", "Configures the project, its build and its tools"},
    {"requirements", "Lists packages to be installed"},
};

static const char *role_of(Str name) {
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        if (str_starts_with(name, str_of(roles[i].start))) return roles[i].role;
    }
    return NULL;
}

void section_text_purpose(Page *page) {
    const Symbol *document = symbol_at(page, 0);
    const char *role = role_of(path_name(file_of(page)->path));
    if (document->doc.len) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        page_summary(page, page->facts, 0);
        writer_close(&page->out);
    } else {
        page_say(page, "%s",
                 text_is_read(file_of(page)->path)
                     ? "No text or comment at its start says it; what its name shows:"
                     : "Nothing was read that says it; what its name shows:");
    }
    writer_open(&page->out, BLOCK_BULLETS);
    writer_open(&page->out, BLOCK_ITEM);
    writer_print(&page->out, "%s (the file's name)", kind_of(page)->type);
    writer_close(&page->out);
    if (role) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_print(&page->out, "%s (the file's name)", role);
        writer_close(&page->out);
    }
    writer_close(&page->out);
}

/* --- what it holds ------------------------------------------------------------------------------ */

static const struct {
    uint8_t kind;
    const char *one, *many;
} holdings[] = {
    {SYMBOL_HEADING, "heading", "headings"},
    {SYMBOL_KEY, "key", "keys"},
    {SYMBOL_TARGET, "target", "targets"},
    {SYMBOL_ROUTINE, "function", "functions"},
    {SYMBOL_INSTRUCTION, "instruction", "instructions"},
};

static uint32_t count_kind(const Page *page, uint8_t kind) {
    uint32_t count = 0;
    for (uint32_t s = 1; s < page->facts->tree_count; s++) count += symbol_at(page, s)->kind == kind;
    return count;
}

static void write_counts(Page *page) {
    uint32_t shown = 0;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    for (size_t i = 0; i < sizeof holdings / sizeof *holdings; i++) {
        uint32_t count = count_kind(page, holdings[i].kind);
        if (count == 0) continue;
        writer_print(&page->out, "%s%u %s", shown++ ? ", " : "Holds ", (unsigned)count,
                     count == 1 ? holdings[i].one : holdings[i].many);
    }
    if (!shown) {
        writer_text(&page->out,
                    text_is_read(file_of(page)->path)
                        ? STR("Holds no headings, keys, targets or functions")
                        : STR("Only the lines of such a file are counted; what they mean is not read"));
    }
    writer_text(&page->out, STR("."));
    if (page->facts->symbols.count >= TEXT_SYMBOLS)
        writer_print(&page->out, " Only the first %d of them were read.", TEXT_SYMBOLS - 1);
    writer_close(&page->out);
}

static void write_markup(Page *page, Str text) {
    writer_open(&page->out, BLOCK_PARAGRAPH);
    markup_write(&page->out, text);
    writer_close(&page->out);
}

void section_text_overview(Page *page) {
    const Symbol *document = symbol_at(page, 0);
    if (document->doc.len && page->detail < DETAIL_SUMMARIES)
        write_markup(page, facts_text(page->facts, document->doc));
    write_counts(page);
}

/* How many symbols the page has room for. */
static uint32_t room(const Page *page) {
    return page->detail < DETAIL_NAMES ? TEXT_SYMBOLS : page->detail == DETAIL_NAMES ? SHOWN_ROWS : SHOWN_FEW;
}

static void write_more(Page *page, uint32_t more) {
    StrBuf path;
    buf_init(&path);
    book_page_path(page->book, page->number, PAGE_KW, &path);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_print(&page->out, "… %u more on the ", (unsigned)more);
    page_link(page, STR("keyword page"), buf_str(&path));
    writer_close(&page->out);
    buf_release(&path);
}

static void write_symbol(Page *page, uint32_t symbol) {
    page_anchor(page, symbol);
    if (symbol_at(page, symbol)->kind == SYMBOL_HEADING)
        markup_write(&page->out, symbol_name(page->facts, symbol_at(page, symbol)));
    else
        writer_code(&page->out, symbol_name(page->facts, symbol_at(page, symbol)));
    if (page->mentions) page->mentions[symbol] |= (uint16_t)(1u << page->section);
}

/* Headings as lists in lists, by their levels. */
static void write_headings(Page *page) {
    uint8_t levels[8] = {0};
    uint32_t depth = 0, shown = 0, all = count_kind(page, SYMBOL_HEADING);
    if (all == 0) return;
    page_say(page, "Outline:");
    for (uint32_t s = 1; s < page->facts->tree_count && shown < room(page); s++) {
        const Symbol *symbol = symbol_at(page, s);
        if (symbol->kind != SYMBOL_HEADING) continue;
        while (depth && levels[depth - 1] >= symbol->via) {
            writer_close(&page->out);
            if (depth == 1 || levels[depth - 2] < symbol->via) break;
            writer_close(&page->out);
            depth--;
        }
        if (depth == 0 || levels[depth - 1] < symbol->via) {
            writer_open(&page->out, BLOCK_BULLETS);
            depth++;
        }
        levels[depth - 1] = symbol->via;
        writer_open(&page->out, BLOCK_ITEM);
        write_symbol(page, s);
        writer_text(&page->out, STR(", "));
        page_lines(page, symbol->range);
        shown++;
    }
    for (; depth; depth--) {
        writer_close(&page->out);
        writer_close(&page->out);
    }
    if (shown < all) write_more(page, all - shown);
}

static const char *const item_columns[] = {"Name", "Kind", "Value", "Summary", "Line"};

static void write_item(Page *page, Table *table, uint32_t number) {
    const Symbol *symbol = symbol_at(page, number);
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    write_symbol(page, number);
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    writer_text(&page->out, str_of(card_kind(page->facts, number)));
    writer_close(&page->out);
    page_code_cell(page, page->detail < DETAIL_SUMMARIES ? facts_text(page->facts, symbol->value) : STR_NONE);
    writer_open(&page->out, BLOCK_CELL);
    if (page->detail < DETAIL_SUMMARIES) page_summary(page, page->facts, number);
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    page_lines(page, symbol->range);
    writer_close(&page->out);
    writer_close(&page->out);
}

static void write_items(Page *page) {
    Table table = {.page = page, .columns = item_columns, .column_count = 5};
    uint32_t all = page->facts->tree_count - 1 - count_kind(page, SYMBOL_HEADING);
    for (uint32_t s = 1; s < page->facts->tree_count && table.rows < room(page); s++) {
        if (symbol_at(page, s)->kind != SYMBOL_HEADING) write_item(page, &table, s);
    }
    table_end(&table);
    if (table.rows < all) write_more(page, all - table.rows);
}

void section_text_analysis(Page *page) {
    writer_heading(&page->out, 3, STR("Code Structure"));
    if (page->facts->tree_count == 1) {
        page_say(page, "Does not apply: the file has no structure that is read.");
        return;
    }
    write_headings(page);
    write_items(page);
}

/* --- what it speaks of -------------------------------------------------------------------------- */

void section_text_architecture(Page *page) {
    writer_open_heading(&page->out, 3);
    writer_text(&page->out, STR("Role in "));
    writer_text(&page->out, page->book->project);
    writer_text(&page->out, STR(" Architecture"));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_print(&page->out, "%s in ", kind_of(page)->type);
    page_folder_of(page, "doc.md");
    writer_text(&page->out, STR("."));
    writer_close(&page->out);
}

static bool is_link(const Mention *mention) {
    return mention->kind == MENTION_LINK || mention->kind == MENTION_FILE;
}

static bool is_name(const Mention *mention) {
    return mention->kind == MENTION_NAME || mention->kind == MENTION_OBJECT;
}

static void write_target(Page *page, const LinkTarget *target) {
    switch (target->state) {
    case LINK_UNCHECKED: writer_text(&page->out, STR("not checked: leads out of what is known")); break;
    case LINK_FILE:
        if (target->symbol) {
            page_symbol(page, (SymbolRef){page->book->files.items[target->file].file, target->symbol});
            writer_text(&page->out, STR(" in "));
        }
        page_file(page, target->file);
        break;
    case LINK_FOLDER:
        page_folder_name(page, page->book->folders.items[target->folder].path, target->folder, "index.md");
        break;
    case LINK_NO_PAGE: writer_text(&page->out, STR("a file without page")); break;
    case LINK_NO_FILE:
        writer_strong(&page->out, true);
        writer_text(&page->out, STR("leads nowhere"));
        writer_strong(&page->out, false);
        break;
    case LINK_NO_HEADING:
        writer_text(&page->out, STR("no heading of that name in "));
        page_file(page, target->file);
        break;
    }
}

static void begin_mention(Page *page, Table *table, const Mention *mention) {
    table_row(table);
    page_code_cell(page, facts_text(page->facts, mention->text));
    writer_open(&page->out, BLOCK_CELL);
    page_lines(page, (Range){mention->start, mention->start});
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
}

static void end_mention(Page *page) {
    writer_close(&page->out);
    writer_close(&page->out);
}

static void write_links(Page *page) {
    static const char *const columns[] = {"Link", "Line", "Leads to"};
    Table table = {.page = page, .columns = columns, .column_count = 3};
    uint32_t all = 0;
    for (uint32_t m = 0; m < page->facts->mentions.count; m++) {
        const Mention *mention = &page->facts->mentions.items[m];
        if (!is_link(mention) || all++ >= room(page) || all > SHOWN_ROWS) continue;
        LinkTarget target = text_link_target(page, mention);
        begin_mention(page, &table, mention);
        write_target(page, &target);
        end_mention(page);
    }
    table_end(&table);
    if (table.rows < all) page_say(page, "… %u more links in the source.", (unsigned)(all - table.rows));
    if (all == 0) page_say(page, "Links and included files: none found.");
}

static void write_names(Page *page) {
    static const char *const columns[] = {"Name", "Line", "Means"};
    Table table = {.page = page, .columns = columns, .column_count = 3};
    uint32_t all = 0;
    for (uint32_t m = 0; m < page->facts->mentions.count; m++) {
        const Mention *mention = &page->facts->mentions.items[m];
        SymbolRef ref;
        if (!is_name(mention)) continue;
        bool found = text_find_symbol(page, mention, &ref);
        if ((!found && mention->kind == MENTION_NAME) || all++ >= room(page) || all > SHOWN_ROWS) continue;
        begin_mention(page, &table, mention);
        if (found)
            page_symbol(page, ref);
        else
            writer_text(&page->out, STR("not found in this repository"));
        end_mention(page);
    }
    table_end(&table);
    if (table.rows < all) page_say(page, "… %u more names in the source.", (unsigned)(all - table.rows));
    if (all == 0) page_say(page, "Names of this repository's definitions: none found.");
}

static void write_outside(Page *page) {
    uint32_t count = 0;
    for (uint32_t m = 0; m < page->facts->mentions.count; m++) {
        const Mention *mention = &page->facts->mentions.items[m];
        if (mention->kind != MENTION_OUTSIDE || count++ >= room(page)) continue;
        if (count == 1) writer_open(&page->out, BLOCK_PARAGRAPH);
        writer_text(&page->out, count == 1 ? STR("From outside of the repository: ") : STR(", "));
        writer_code(&page->out, facts_text(page->facts, mention->text));
        writer_text(&page->out, STR(" "));
        page_lines(page, (Range){mention->start, mention->start});
    }
    if (count > room(page))
        writer_print(&page->out, ", … %u more in the source", (unsigned)(count - room(page)));
    if (count) writer_close(&page->out);
}

void section_text_dependencies(Page *page) {
    writer_heading(&page->out, 3, STR("Import Dependencies"));
    if (!text_is_read(file_of(page)->path)) {
        page_say(page, "Does not apply: what such a file refers to is not read.");
        return;
    }
    write_links(page);
    write_names(page);
    write_outside(page);
}

/* --- what is asked of sources only -------------------------------------------------------------- */

static void write_not_applicable(Page *page, const char *heading, const char *what) {
    writer_heading(&page->out, 3, str_of(heading));
    page_say(page, "Does not apply: %s only in Python sources.", what);
}

void section_text_patterns(Page *page) {
    write_not_applicable(page, "Common Patterns", "patterns are looked for");
}

void section_text_performance(Page *page) {
    write_not_applicable(page, "Performance Notes", "caches, pools and long functions are looked for");
}

void section_text_security(Page *page) {
    write_not_applicable(page, "Security Considerations", "calls are looked for");
}

void section_text_testing(Page *page) {
    write_not_applicable(page, "Testing", "tests are looked for");
    write_not_applicable(page, "Usage Examples", "doctests are looked for");
}

void section_text_related(Page *page) {
    uint32_t count = 0;
    bool *seen = mem_calloc(page->book->files.len, sizeof *seen);
    writer_heading(&page->out, 3, STR("Related Files"));
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t m = 0; m < page->facts->mentions.count && count < SHOWN_FEW; m++) {
        const Mention *mention = &page->facts->mentions.items[m];
        LinkTarget target = {LINK_UNCHECKED, NONE, 0, NONE};
        if (is_link(mention)) target = text_link_target(page, mention);
        if (target.file == NONE || target.file == page->number || seen[target.file]) continue;
        seen[target.file] = true;
        count++;
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, target.file);
        writer_text(&page->out, STR(": this file refers to it"));
        writer_close(&page->out);
    }
    writer_close(&page->out);
    if (count == 0) page_say(page, "None found: no link leads from here to another file that has a page.");
    mem_free(seen);
}
