/* Performance: what the table of rules finds, and what the text of functions shows of their cost. */
#include "index/resolve.h"
#include "markdown/code_shape.h"
#include "markdown/markup.h"
#include "markdown/rule_hits.h"

enum { SHOWN_FUNCTIONS = 5 };

/* Functions by a number that they have, largest first. */
typedef struct {
    uint32_t symbols[SHOWN_FUNCTIONS + 1], numbers[SHOWN_FUNCTIONS + 1];
} Ranking;

/* Equal ones stay in source order. */
static void rank(Ranking *self, uint32_t symbol, uint32_t number) {
    uint32_t at = SHOWN_FUNCTIONS;
    for (; at > 0 && self->numbers[at - 1] < number; at--) {
        self->symbols[at] = self->symbols[at - 1];
        self->numbers[at] = self->numbers[at - 1];
    }
    self->symbols[at] = symbol;
    self->numbers[at] = number;
}

/* One item with the functions whose number is `least` or more. */
static void write_ranking(Page *page, const Ranking *ranking, uint32_t least, const char *label,
                          const char *unit) {
    if (ranking->numbers[0] < least) return;
    writer_open(&page->out, BLOCK_ITEM);
    markup_write(&page->out, str_of(label));
    for (int i = 0; i < SHOWN_FUNCTIONS && ranking->numbers[i] >= least; i++) {
        uint32_t number = ranking->numbers[i];
        writer_text(&page->out, i ? STR(", ") : STR(": "));
        page_symbol(page, (SymbolRef){page->file, ranking->symbols[i]});
        writer_print(&page->out, " (%u%s%s, ", (unsigned)number, unit, *unit && number != 1 ? "s" : "");
        page_lines(page, page->facts->symbols.items[ranking->symbols[i]].range);
        writer_text(&page->out, STR(")"));
    }
    writer_close(&page->out);
}

static bool is_function(const Facts *facts, uint32_t symbol) {
    uint8_t kind = facts->symbols.items[symbol].kind;
    return (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) && symbol_is_parsed(facts, symbol);
}

static void write_rankings(Page *page) {
    const Facts *facts = page->facts;
    Ranking longest = {0}, complexity = {0}, loops = {0};
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (!is_function(facts, s)) continue;
        CodeShape shape = code_shape(facts, page->text->text, s);
        rank(&longest, s, page_line_count(facts, facts->symbols.items[s].range));
        rank(&complexity, s, shape.complexity);
        rank(&loops, s, shape.loops);
    }
    write_ranking(page, &longest, 1, "Longest functions", " line");
    write_ranking(page, &complexity, 2,
                  "Highest cyclomatic complexity (1 and each `if`, `elif`, `for`, `while`, `except`, `case`, "
                  "`and`, `or`)",
                  "");
    write_ranking(page, &loops, 2, "Deepest nesting of loops", "");
}

/* Whether a call inside a function is one of that function: by its name, or of a method through its first
 * parameter. */
static bool is_recursion(const Page *page, uint32_t occurrence, uint32_t symbol) {
    const Facts *facts = page->facts;
    const Symbol *function = &facts->symbols.items[symbol];
    const Occurrence *at = &facts->occurrences.items[occurrence];
    if (!(at->flags & OCCURRENCE_CALLEE) || at->flags & OCCURRENCE_DECORATOR || at->name != function->name)
        return false;
    if (function->kind == SYMBOL_METHOD)
        return at->flags & OCCURRENCE_CHAINED && function->params.count && at[-1].role == ROLE_READ &&
               at[-1].name == facts->params.items[function->params.first].name;
    if (at->role != ROLE_READ) return false;
    Targets targets = {0};
    resolve_occurrence(page->index, page->file, occurrence, &targets);
    bool itself =
        targets.len == 1 && targets.items[0].file == page->file && targets.items[0].symbol == symbol;
    ARRAY_FREE(&targets);
    return itself;
}

static bool is_recursive(const Page *page, uint32_t symbol) {
    const Facts *facts = page->facts;
    Range range = facts->symbols.items[symbol].range;
    uint32_t first = facts_first_occurrence(facts, facts->symbols.items[symbol].name_start);
    for (uint32_t o = first; o < facts->occurrences.count && facts->occurrences.items[o].start < range.end;
         o++)
        if (is_recursion(page, o, symbol)) return true;
    return false;
}

static void write_recursion(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (is_function(facts, s) && is_recursive(page, s))
            rules_list_place(page, &count, "Functions that call themselves", s, s);
    }
    if (count) writer_close(&page->out);
}

static void write_slots(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        bool slots = symbol->kind == SYMBOL_VARIABLE && str_eq(symbol_name(facts, symbol), STR("__slots__"));
        if (slots && symbol->parent)
            rules_list_place(page, &count, "Fixed attributes (`__slots__`)", symbol->parent, s);
    }
    if (count) writer_close(&page->out);
}

void section_performance(Page *page) {
    writer_heading(&page->out, 3, STR("Performance Notes"));
    writer_open(&page->out, BLOCK_BULLETS);
    uint32_t count = rules_write_hits(page, PAGE_SECTION_performance);
    write_slots(page);
    write_rankings(page);
    write_recursion(page);
    writer_close(&page->out);
    rules_write_looked_for(page, PAGE_SECTION_performance, count);
}
