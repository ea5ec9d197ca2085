/* Code Patterns, Security: what the table of rules finds, and shapes of classes and functions. */
#include "markdown/markup.h"
#include "markdown/rule_hits.h"

#include <stdio.h>

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
            if (method != NONE) rules_list_place(page, &count, label, s, method);
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
            rules_list_place(page, &count, "asynchronous functions", s, s);
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
        count += rules_write_hits(page, PAGE_SECTION_patterns);
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

void section_security(Page *page) {
    writer_heading(&page->out, 3, STR("Security Considerations"));
    writer_open(&page->out, BLOCK_BULLETS);
    uint32_t count = rules_write_hits(page, PAGE_SECTION_security);
    writer_close(&page->out);
    rules_write_looked_for(page, PAGE_SECTION_security, count);
}
