/* Code Patterns, Performance, Security: what the tables of rules find, and shapes of classes and functions.
 */
#include "markdown/markup.h"
#include "markdown/rule_hits.h"

#include <stdio.h>

enum { SHOWN_LONGEST = 5, SHOWN_HITS = 200 };

static const char *const first_words[] = {"", " (literal)", " (dynamic)"};

/* Whether it counts what a call's first argument is. */
static bool tells_first(const Rule *rule) {
    return rule->section == PAGE_SECTION_security && rule->where == RULE_CALL;
}

/* The places of one rule: "`f` L12 (literal), `g` L20 (dynamic)". */
static uint32_t write_places(Page *page, const RuleHits *hits, uint32_t first) {
    uint32_t end = first;
    while (end < hits->len && hits->items[end].rule == hits->items[first].rule) end++;
    for (uint32_t i = first; i < end && i < first + SHOWN_HITS; i++) {
        uint32_t start = hits->items[i].start, symbol = facts_symbol_at(page->facts, start);
        writer_text(&page->out, i == first ? STR(": ") : STR(", "));
        if (symbol) {
            page_symbol(page, (SymbolRef){page->file, symbol});
            writer_text(&page->out, STR(" "));
        }
        page_lines(page, (Range){start, start});
        if (tells_first(hits->items[i].rule))
            writer_text(&page->out, str_of(first_words[hits->items[i].first]));
    }
    if (end - first > SHOWN_HITS) {
        writer_print(&page->out, ", … %u more in the ", (unsigned)(end - first - SHOWN_HITS));
        StrBuf url;
        buf_init(&url);
        if (!page->links.source(page->links.context, page->file, 0, 0, &url)) buf_clear(&url);
        writer_link_open(&page->out, buf_str(&url));
        writer_text(&page->out, STR("source"));
        writer_link_close(&page->out);
        buf_release(&url);
    }
    return end;
}

/* One item per rule that was found. The list must be open. Returns how many there were. */
static uint32_t write_hits(Page *page, PageSection section) {
    RuleHits hits = {0};
    rules_find(page, section, &hits);
    uint32_t count = 0;
    for (uint32_t i = 0; i < hits.len; count++) {
        const Rule *rule = hits.items[i].rule;
        writer_open(&page->out, BLOCK_ITEM);
        rule_write_name(page, rule);
        writer_print(&page->out, " (%s", rule->text);
        if (rule->cwe) writer_print(&page->out, ", CWE-%u", rule->cwe);
        writer_text(&page->out, STR(")"));
        i = write_places(page, &hits, i);
        writer_close(&page->out);
    }
    ARRAY_FREE(&hits);
    return count;
}

/* What a class is by the special methods that it defines itself. */
static const struct {
    const char *text, *first, *second; /* second may be "" */
} shapes[] = {
    {"context manager", "__enter__", "__exit__"},
    {"asynchronous context manager", "__aenter__", "__aexit__"},
    {"iterator", "__iter__", "__next__"},
    {"asynchronous iterator", "__aiter__", "__anext__"},
    {"iterable", "__iter__", ""},
    {"indexable container", "__getitem__", "__len__"},
    {"callable object", "__call__", ""},
    {"descriptor", "__get__", ""},
    {"awaitable", "__await__", ""},
    {"hashable with own equality", "__eq__", "__hash__"},
    {"pickling of its own", "__getstate__", "__setstate__"},
};

static uint32_t find_method(const Facts *facts, uint32_t class, const char *name) {
    for (uint32_t s = facts_next_child(facts, class, NONE); s != NONE && s < facts->tree_count;
         s = facts_next_child(facts, class, s)) {
        const Symbol *symbol = &facts->symbols.items[s];
        if (symbol->kind == SYMBOL_METHOD && str_eq(symbol_name(facts, symbol), str_of(name))) return s;
    }
    return NONE;
}

/* Goes on in an item that lists symbols with their places; the first one opens it. */
static void list_place(Page *page, uint32_t *count, const char *label, uint32_t symbol, uint32_t at) {
    if ((*count)++ == 0) {
        writer_open(&page->out, BLOCK_ITEM);
        markup_write(&page->out, str_of(label));
    }
    writer_text(&page->out, *count == 1 ? STR(": ") : STR(", "));
    page_symbol(page, (SymbolRef){page->file, symbol});
    writer_text(&page->out, STR(" "));
    uint32_t start = page->facts->symbols.items[at].name_start;
    page_lines(page, (Range){start, start});
}

/* The method that makes a class fit the shape, or NONE. */
static uint32_t fitting_method(const Facts *facts, uint32_t class, size_t shape) {
    uint32_t first = find_method(facts, class, shapes[shape].first);
    if (first == NONE || !*shapes[shape].second) return first;
    return find_method(facts, class, shapes[shape].second) == NONE ? NONE : first;
}

static uint32_t write_shapes(Page *page) {
    const Facts *facts = page->facts;
    uint32_t found = 0;
    for (size_t shape = 0; shape < sizeof shapes / sizeof *shapes; shape++) {
        char label[120];
        bool pair = *shapes[shape].second;
        snprintf(label, sizeof label, "%s (defines `%s`%s%s%s)", shapes[shape].text, shapes[shape].first,
                 pair ? " and `" : "", shapes[shape].second, pair ? "`" : "");
        uint32_t count = 0;
        for (uint32_t s = 1; s < facts->tree_count; s++) {
            if (facts->symbols.items[s].kind != SYMBOL_CLASS) continue;
            uint32_t method = fitting_method(facts, s, shape);
            if (method != NONE) list_place(page, &count, label, s, method);
        }
        if (count) writer_close(&page->out);
        found += count;
    }
    return found;
}

static uint32_t write_async(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (facts->symbols.items[s].flags & SYMBOL_ASYNC)
            list_place(page, &count, "asynchronous functions", s, s);
    }
    if (count) writer_close(&page->out);
    return count;
}

static uint32_t write_metaclasses(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        for (uint32_t k = 0; symbol->kind == SYMBOL_CLASS && k < symbol->keywords.count; k++) {
            Str keyword = facts_text(facts, facts->texts.items[symbol->keywords.first + k]);
            if (!str_starts_with(keyword, STR("metaclass"))) continue;
            writer_open(&page->out, BLOCK_ITEM);
            writer_text(&page->out, STR("metaclass: "));
            page_symbol(page, (SymbolRef){page->file, s});
            writer_text(&page->out, STR(" with "));
            writer_code(&page->out, keyword);
            writer_text(&page->out, STR(", "));
            page_lines(page, (Range){symbol->name_start, symbol->name_start});
            writer_close(&page->out);
            count++;
        }
    }
    return count;
}

void section_patterns(Page *page) {
    writer_heading(&page->out, 3, STR("Common Patterns"));
    uint32_t count = 0;
    if (page->detail < DETAIL_NAMES) {
        writer_open(&page->out, BLOCK_BULLETS);
        count += write_hits(page, PAGE_SECTION_patterns);
        count += write_shapes(page);
        count += write_async(page);
        count += write_metaclasses(page);
        writer_close(&page->out);
    }
    if (count) return;
    if (page->detail >= DETAIL_NAMES)
        page_say(page, "Left out: the page would be too long for viewers.");
    else
        page_say(
            page,
            "None found. Looked for: dataclasses and attrs classes, context managers, iterators, "
            "enumerations, "
            "protocols and abstract classes, named tuples, properties, class and static methods, overloads, "
            "wrappers, async functions, metaclasses, and classes that define pairs of special methods.");
}

static void insert_longest(const Facts *facts, uint32_t *longest, uint32_t symbol) {
    uint32_t lines = page_line_count(facts, facts->symbols.items[symbol].range);
    for (int i = 0; i < SHOWN_LONGEST; i++) {
        uint32_t other = longest[i] ? page_line_count(facts, facts->symbols.items[longest[i]].range) : 0;
        if (lines <= other) continue;
        memmove(longest + i + 1, longest + i, (size_t)(SHOWN_LONGEST - i - 1) * sizeof *longest);
        longest[i] = symbol;
        return;
    }
}

static void write_longest(Page *page) {
    const Facts *facts = page->facts;
    uint32_t longest[SHOWN_LONGEST] = {0};
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        uint8_t kind = facts->symbols.items[s].kind;
        if (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) insert_longest(facts, longest, s);
    }
    if (!longest[0]) return;
    writer_open(&page->out, BLOCK_ITEM);
    writer_text(&page->out, STR("Longest functions: "));
    for (int i = 0; i < SHOWN_LONGEST && longest[i]; i++) {
        if (i) writer_text(&page->out, STR(", "));
        uint32_t lines = page_line_count(facts, facts->symbols.items[longest[i]].range);
        page_symbol(page, (SymbolRef){page->file, longest[i]});
        writer_print(&page->out, " (%u line%s, ", (unsigned)lines, lines == 1 ? "" : "s");
        page_lines(page, facts->symbols.items[longest[i]].range);
        writer_text(&page->out, STR(")"));
    }
    writer_close(&page->out);
}

static void write_slots(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        bool slots = symbol->kind == SYMBOL_VARIABLE && str_eq(symbol_name(facts, symbol), STR("__slots__"));
        if (slots && symbol->parent)
            list_place(page, &count, "Fixed attributes (`__slots__`)", symbol->parent, s);
    }
    if (count) writer_close(&page->out);
}

/* What a section looks for, whether it was found or not. */
static void write_looked_for(Page *page, PageSection section, uint32_t found) {
    uint32_t shown = 0;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, found ? STR("Looked for uses, resolved through imports and aliases, of")
                                  : STR("No use was found, resolved through imports and aliases, of"));
    for (uint32_t r = 0; r < rule_count; r++) {
        bool repeated = r && str_eq(rules[r].name, rules[r - 1].name);
        if (rules[r].section != section || repeated) continue;
        writer_text(&page->out, shown++ ? STR(", ") : STR(" "));
        rule_write_name(page, &rules[r]);
    }
    writer_text(&page->out, STR("."));
    if (found && section == PAGE_SECTION_security)
        writer_text(&page->out, STR(" Behind a call stands whether its first argument is a literal."));
    writer_close(&page->out);
}

void section_performance(Page *page) {
    writer_heading(&page->out, 3, STR("Performance Notes"));
    writer_open(&page->out, BLOCK_BULLETS);
    uint32_t count = write_hits(page, PAGE_SECTION_performance);
    write_slots(page);
    write_longest(page);
    writer_close(&page->out);
    write_looked_for(page, PAGE_SECTION_performance, count);
}

void section_security(Page *page) {
    writer_heading(&page->out, 3, STR("Security Considerations"));
    writer_open(&page->out, BLOCK_BULLETS);
    uint32_t count = write_hits(page, PAGE_SECTION_security);
    writer_close(&page->out);
    write_looked_for(page, PAGE_SECTION_security, count);
}
