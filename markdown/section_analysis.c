/* Detailed Analysis: the card of every definition. */
#include "markdown/card.h"
#include "markdown/page_parts.h"

enum { LONGEST_VALUE = 100 }; /* bytes */

static const char *const value_columns[] = {"Name", "Kind", "Annotation", "Value", "Line"};

static bool is_value(const Symbol *symbol) {
    return symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_ATTRIBUTE;
}

/* Whether a class's annotated name is a field, as a decorator of the class says. */
static bool is_field(const Facts *facts, const Symbol *symbol) {
    const Symbol *class = &facts->symbols.items[symbol->parent];
    bool candidate = class->kind == SYMBOL_CLASS && symbol->kind == SYMBOL_VARIABLE && symbol->type.len &&
                     !str_starts_with(facts_text(facts, symbol->type), STR("ClassVar"));
    for (uint32_t d = 0; candidate && d < class->decorators.count; d++) {
        Str name = facts_text(facts, facts->texts.items[class->decorators.first + d]);
        name = str_slice(name, 0, str_find_byte(name, '('));
        if (str_eq(str_from(name, str_rfind_byte(name, '.') + 1), STR("dataclass"))) return true;
    }
    return false;
}

/* The value as written, when it is one short line. */
static Str short_value(const Facts *facts, const Symbol *symbol) {
    Str value = facts_text(facts, symbol->value);
    return value.len <= LONGEST_VALUE && str_find_byte(value, '\n') == STR_NPOS ? value : STR_NONE;
}

/* A member of a class that a call makes is told by both names, as it stands among the variables. */
static void write_value_name(Page *page, const Symbol *symbol) {
    const Symbol *parent = &page->facts->symbols.items[symbol->parent];
    StrBuf name;
    buf_init(&name);
    if (parent->flags & SYMBOL_MADE) buf_printf(&name, "%.*s.", STR_ARG(symbol_name(page->facts, parent)));
    buf_append(&name, symbol_name(page->facts, symbol));
    writer_code(&page->out, buf_str(&name));
    buf_release(&name);
}

static void write_value_row(Page *page, Table *table, uint32_t number) {
    const Facts *facts = page->facts;
    const Symbol *symbol = &facts->symbols.items[number];
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    page_anchor(page, number);
    write_value_name(page, symbol);
    if (page->mentions) page->mentions[number] |= (uint16_t)(1u << page->section);
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    writer_text(&page->out, str_of(is_field(facts, symbol) ? "dataclass field" : card_kind(facts, number)));
    writer_close(&page->out);
    page_code_cell(page, facts_text(facts, symbol->type));
    page_code_cell(page, short_value(facts, symbol));
    writer_open(&page->out, BLOCK_CELL);
    page_lines(page, symbol->range);
    writer_close(&page->out);
    writer_close(&page->out);
}

/* What the docstrings of values say, in full; their first sentences where the page is to be short. */
static void write_value_docs(Page *page, uint32_t parent) {
    const Facts *facts = page->facts;
    bool any = false;
    for (uint32_t s = facts_next_child(facts, parent, NONE); s != NONE;
         s = facts_next_child(facts, parent, s)) {
        if (!is_value(&facts->symbols.items[s]) || facts->symbols.items[s].doc.len == 0) continue;
        if (!any) writer_open(&page->out, BLOCK_BULLETS);
        any = true;
        writer_open(&page->out, BLOCK_ITEM);
        page_symbol(page, (SymbolRef){page->file, s});
        writer_text(&page->out, STR(":"));
        if (page->detail >= DETAIL_SUMMARIES)
            page_summary_behind(page, " ", facts, s);
        else
            card_write_docs(&page->out, page->index, (SymbolRef){page->file, s}, &page->links);
        writer_close(&page->out);
    }
    if (any) writer_close(&page->out);
}

/* The variables of a module or class, and the attributes that its methods set. */
static void write_values(Page *page, uint32_t parent, const char *title) {
    const Facts *facts = page->facts;
    Table table = {.page = page, .columns = value_columns, .column_count = 5};
    for (uint32_t s = facts_next_child(facts, parent, NONE); s != NONE;
         s = facts_next_child(facts, parent, s)) {
        if (!is_value(&facts->symbols.items[s])) continue;
        if (table.rows == 0) page_say(page, "%s:", title);
        write_value_row(page, &table, s);
        Slice members = facts_attributes_of(facts, s);
        for (uint32_t i = 0; i < members.count; i++) write_value_row(page, &table, members.first + i);
    }
    table_end(&table);
    write_value_docs(page, parent);
}

static int heading_level(const Facts *facts, uint32_t symbol) {
    int level = 4;
    for (uint32_t s = facts->symbols.items[symbol].parent; s != 0 && level < 6;
         s = facts->symbols.items[s].parent)
        level++;
    return level;
}

/* One line for a symbol whose card does not fit on the page. */
static void write_short(Page *page, uint32_t symbol) {
    StrBuf name;
    buf_init(&name);
    facts_qualified_name(page->facts, symbol, &name);
    writer_open(&page->out, BLOCK_ITEM);
    page_anchor(page, symbol);
    writer_code(&page->out, buf_str(&name));
    if (page->mentions) page->mentions[symbol] |= (uint16_t)(1u << page->section);
    if (page->detail < DETAIL_LEAST) {
        writer_print(&page->out, " (%s), ", card_kind(page->facts, symbol));
        page_lines(page, page->facts->symbols.items[symbol].range);
    }
    writer_close(&page->out);
    buf_release(&name);
}

static void write_summary_card(Page *page, uint32_t symbol) {
    StrBuf signature;
    buf_init(&signature);
    card_signature(page->facts, symbol, &signature);
    writer_fence(&page->out, "python", buf_str(&signature));
    writer_open(&page->out, BLOCK_PARAGRAPH);
    page_lines(page, page->facts->symbols.items[symbol].range);
    writer_text(&page->out, STR(". "));
    page_summary(page, page->facts, symbol);
    writer_close(&page->out);
    buf_release(&signature);
}

static void write_users(Page *page, uint32_t symbol) {
    Slice uses = relations_uses(&page->book->relations, (SymbolRef){page->file, symbol});
    if (!uses.count) return;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    page_label(page, "Used by");
    page_users(page, uses);
    writer_close(&page->out);
}

static void write_definition(Page *page, uint32_t number) {
    const Facts *facts = page->facts;
    StrBuf name;
    buf_init(&name);
    facts_qualified_name(facts, number, &name);
    page_anchor(page, number);
    writer_open_heading(&page->out, heading_level(facts, number));
    writer_code(&page->out, buf_str(&name));
    writer_close(&page->out);
    if (page->mentions) page->mentions[number] |= (uint16_t)(1u << page->section);
    if (!symbol_is_parsed(facts, number))
        page_say(page, "In a region that did not parse: what is shown may be incomplete.");
    if (page->detail >= DETAIL_SUMMARIES) {
        write_summary_card(page, number);
    } else {
        card_write(&page->out, page->index, (SymbolRef){page->file, number}, &page->links);
        write_users(page, number);
    }
    if (facts->symbols.items[number].kind == SYMBOL_CLASS) write_values(page, number, "Attributes");
    buf_release(&name);
}

static void write_names(Page *page) {
    uint32_t count = page->facts->symbols.count, shown = count < BOOK_ANCHORED ? count : BOOK_ANCHORED;
    page_say(page, "The file defines more than one page can show: only names follow.");
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t s = 1; s < shown; s++) write_short(page, s);
    writer_close(&page->out);
    if (count > shown) {
        StrBuf path;
        buf_init(&path);
        book_page_path(page->book, page->number, PAGE_KW, &path);
        writer_open(&page->out, BLOCK_PARAGRAPH);
        writer_print(&page->out, "… %u more on the ", (unsigned)(count - shown));
        page_link(page, STR("keyword page"), buf_str(&path));
        writer_close(&page->out);
        buf_release(&path);
    }
}

void section_analysis(Page *page) {
    const Facts *facts = page->facts;
    writer_heading(&page->out, 3, STR("Code Structure"));
    if (facts->symbols.count == 1) {
        page_say(page, "No class, function or module-level name is defined in this file.");
        return;
    }
    if (page->detail >= DETAIL_NAMES) {
        write_names(page);
        return;
    }
    if (page->detail == DETAIL_SUMMARIES) {
        page_say(
            page,
            "The file defines more than one page can show in full: signatures and first sentences follow.");
    }
    write_values(page, 0, "Module-level names");
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (!is_value(&facts->symbols.items[s])) write_definition(page, s);
    }
}
