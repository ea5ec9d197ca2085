/* Testing & Usage, Related Files, Cross-References: the way on to other files. */
#include "markdown/page_parts.h"

#include "base/path.h"
#include "markdown/docstring.h"
#include "markdown/run_command.h"

#include <stdlib.h>

enum { SHOWN_RELATED = 10, SHOWN_DOCTESTS = 50 };

static Str path_of(const Page *page, uint32_t number) { return page->book->files.items[number].path; }

/* Whether the test file is called "test_x.py" or "x_test.py", and the page's "x.py". */
static bool is_named_test(const Page *page, uint32_t number) {
    const BookFile *file = &page->book->files.items[number];
    Str test = file->stem, stem = page->book->files.items[page->number].stem;
    if (test.len != stem.len + 5) return false;
    return (str_starts_with(test, STR("test_")) && str_ends_with(test, stem)) ||
           (str_ends_with(test, STR("_test")) && str_starts_with(test, stem));
}

typedef Array(uint32_t) Shown;

/* Once, though a file may stand in several lists. */
static void note_shown(Shown *shown, uint32_t number) {
    for (uint32_t i = 0; i < shown->len; i++)
        if (shown->items[i] == number) return;
    ARRAY_PUSH(shown, number);
}

static uint32_t write_named_tests(Page *page, Shown *shown) {
    uint32_t count = 0;
    for (uint32_t t = 0; t < page->book->tests.len; t++) {
        uint32_t i = page->book->tests.items[t];
        if (!is_named_test(page, i)) continue;
        if (count++ == 0) {
            page_say(page, "Test files named after this one (heuristic):");
            writer_open(&page->out, BLOCK_BULLETS);
        }
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, i);
        writer_close(&page->out);
        note_shown(shown, i);
    }
    if (count) writer_close(&page->out);
    return count;
}

/* Test files among the ones that edges come from, behind a line that says how they are known; `group` of the
 * keyword page lists all. */
static uint32_t write_testers(Page *page, const ImportEdges *edges, Slice slice, const char *group,
                              const char *how, Shown *shown) {
    uint32_t count = 0;
    for (uint32_t i = slice.first; i < slice.first + slice.count; i++) {
        uint32_t from = edges->items[i].from;
        if (!page->book->files.items[from].is_test) continue;
        if (count == 0) {
            page_say(page, "%s", how);
            writer_open(&page->out, BLOCK_BULLETS);
        }
        if (count++ >= SHOWN_OTHERS) continue;
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, from);
        writer_close(&page->out);
        note_shown(shown, from);
    }
    if (count > SHOWN_OTHERS) {
        writer_open(&page->out, BLOCK_ITEM);
        page_more(page, count - SHOWN_OTHERS, group);
        writer_close(&page->out);
    }
    if (count) writer_close(&page->out);
    return count;
}

static void write_tests(Page *page) {
    const Relations *relations = &page->book->relations;
    Shown shown = {0};
    uint32_t count =
        write_testers(page, &relations->tests, relations_tests(relations, page->number), PAGE_CALLED_BY_TESTS,
                      "Test files that call what is defined here:", &shown);
    count += write_testers(page, &relations->importers, relations_importers(relations, page->number),
                           PAGE_IMPORTED_BY, "Test files that import this module:", &shown);
    if (count == 0) count = write_named_tests(page, &shown);
    run_command_write_files(page, shown.items, shown.len);
    ARRAY_FREE(&shown);
    if (count) return;
    page_say(page,
             "None found: no test file (`test_*.py`, `*_test.py`, `conftest.py`) imports this module, calls "
             "what it defines, or is named after it.");
}

static void write_own_tests(Page *page) {
    const Facts *facts = page->facts;
    if (!page->book->files.items[page->number].is_test) return;
    uint32_t count = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        bool callable = symbol->kind == SYMBOL_FUNCTION || symbol->kind == SYMBOL_METHOD;
        count += callable && str_starts_with(symbol_name(facts, symbol), STR("test"));
    }
    page_say(page,
             "This file is named like a test file and defines %u function%s whose names begin with \"test\".",
             (unsigned)count, count == 1 ? "" : "s");
    if (count) run_command_write_files(page, &page->number, 1);
}

static void write_doctests(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        if (!docstring_has_doctest(facts_text(facts, facts->symbols.items[s].doc))) continue;
        if (count == 0) {
            writer_open(&page->out, BLOCK_PARAGRAPH);
            writer_text(&page->out, STR("Docstrings with doctests: "));
        } else if (count < SHOWN_DOCTESTS) {
            writer_text(&page->out, STR(", "));
        }
        if (count++ < SHOWN_DOCTESTS) page_symbol(page, (SymbolRef){page->file, s});
    }
    if (count > SHOWN_DOCTESTS) {
        writer_print(&page->out, ", … %u more under ", (unsigned)(count - SHOWN_DOCTESTS));
        writer_link_open(&page->out, STR("#section-analysis"));
        writer_text(&page->out, STR("Detailed Analysis"));
        writer_link_close(&page->out);
    }
    if (count)
        writer_close(&page->out);
    else
        page_say(page, "No docstring of this file holds a doctest.");
}

/* Whether an earlier definition has the symbol's name: of an overload's or a setter's namesakes, one counts.
 */
static bool is_repeated(const Facts *facts, uint32_t symbol) {
    const Symbol *at = &facts->symbols.items[symbol];
    Slice same = facts_symbols_named(facts, at->name);
    for (uint32_t i = same.first; i < same.first + same.count; i++) {
        uint32_t other = facts->by_name.items[i];
        if (other >= symbol) return false;
        if (facts->symbols.items[other].parent == at->parent) return true;
    }
    return false;
}

/* Where other files call a definition: "`f` is called by `g`, `h`". Returns whether one does. */
static bool write_callers(Page *page, uint32_t symbol, bool shown) {
    const Relations *relations = &page->book->relations;
    Slice uses = relations_uses(relations, (SymbolRef){page->file, symbol});
    uint32_t count = 0;
    for (uint32_t i = uses.first; i < uses.first + uses.count; i++) {
        const UseEdge *use = &relations->uses.items[i];
        if (!use->called || use->from == page->number || count++ >= SHOWN_OTHERS || !shown) continue;
        if (count == 1) {
            writer_open(&page->out, BLOCK_ITEM);
            page_symbol(page, (SymbolRef){page->file, symbol});
        }
        writer_text(&page->out, count == 1 ? STR(" is called by ") : STR(", "));
        page_symbol(page, (SymbolRef){page->book->files.items[use->from].file, use->user});
    }
    if (shown && count > SHOWN_OTHERS) {
        writer_text(&page->out, STR(", "));
        page_more(page, count - SHOWN_OTHERS, PAGE_USED_BY);
    }
    if (shown && count) writer_close(&page->out);
    return count > 0;
}

static void write_calls(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (symbol_is_public(facts, s) && !is_repeated(facts, s))
            count += write_callers(page, s, count < SHOWN_OTHERS);
    }
    if (count > SHOWN_OTHERS) {
        writer_open(&page->out, BLOCK_ITEM);
        page_more(page, count - SHOWN_OTHERS, PAGE_USED_BY);
        writer_close(&page->out);
    }
    writer_close(&page->out);
    if (count == 0)
        page_say(page, "No other file of this repository was found to call a public definition of this one.");
}

void section_testing(Page *page) {
    writer_heading(&page->out, 3, STR("Testing"));
    write_own_tests(page);
    write_tests(page);
    writer_heading(&page->out, 3, STR("Usage Examples"));
    write_calls(page);
    write_doctests(page);
}

/* Why a file is related, and how much that weighs. */
enum { RELATED_IMPORTS = 1, RELATED_IMPORTED = 2, RELATED_TEST = 4, RELATED_STUB = 8, RELATED_NAME = 16 };
static const struct {
    uint8_t bit, weight;
    const char *reason;
} reasons[] = {
    {RELATED_STUB, 4, "stub or source of the same module"},
    {RELATED_TEST, 3, "is a test file that imports it"},
    {RELATED_NAME, 3, "is a test file named after it (heuristic)"},
    {RELATED_IMPORTS, 3, "is imported by this file"},
    {RELATED_IMPORTED, 3, "imports this file"},
};

typedef struct {
    uint32_t number;
    uint8_t why;
    uint32_t uses; /* how many definitions of the page's file it uses */
} Related;
typedef Array(Related) RelatedList;

static int weight_of(const Related *related) {
    int weight = related->uses > 0;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        weight += related->why & reasons[i].bit ? reasons[i].weight : 0;
    return weight;
}

static int compare_numbers(const void *a, const void *b) {
    const Related *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static int compare_related(const void *a, const void *b) {
    const Related *x = a, *y = b;
    int first = weight_of(x), second = weight_of(y);
    if (first != second) return second - first;
    return x->uses != y->uses ? (x->uses < y->uses ? 1 : -1) : compare_numbers(a, b);
}

/* One entry per file, with all its reasons. */
static void merge(RelatedList *list) {
    if (list->len) qsort(list->items, list->len, sizeof *list->items, compare_numbers);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->len; i++) {
        Related *last = kept ? &list->items[kept - 1] : NULL;
        if (last && last->number == list->items[i].number) {
            last->why |= list->items[i].why;
            last->uses += list->items[i].uses;
        } else {
            list->items[kept++] = list->items[i];
        }
    }
    list->len = kept;
    if (list->len) qsort(list->items, list->len, sizeof *list->items, compare_related);
}

static bool is_stub_pair(Str a, Str b) {
    Str longer = a.len > b.len ? a : b, shorter = a.len > b.len ? b : a;
    return str_eq(path_suffix(longer), STR(".pyi")) && str_eq(str_slice(longer, 0, longer.len - 1), shorter);
}

/* A file once for each definition that it uses: the uses of one definition come file by file. */
static void collect_users(const Page *page, RelatedList *out) {
    const Relations *relations = &page->book->relations;
    for (uint32_t s = 1; s < page->facts->tree_count; s++) {
        Slice uses = relations_uses(relations, (SymbolRef){page->file, s});
        uint32_t last = page->number;
        for (uint32_t i = uses.first; i < uses.first + uses.count; i++) {
            uint32_t from = relations->uses.items[i].from;
            if (from != last && from != page->number) ARRAY_PUSH(out, ((Related){from, 0, 1}));
            last = from;
        }
    }
}

static void collect_related(const Page *page, RelatedList *out) {
    const Relations *relations = &page->book->relations;
    Slice imports = relations_imports(relations, page->number);
    for (uint32_t i = 0; i < imports.count; i++) {
        ARRAY_PUSH(out, ((Related){relations->imports.items[imports.first + i].to, RELATED_IMPORTS, 0}));
    }
    Slice importers = relations_importers(relations, page->number);
    for (uint32_t i = 0; i < importers.count; i++) {
        uint32_t from = relations->importers.items[importers.first + i].from;
        ARRAY_PUSH(
            out,
            ((Related){from, page->book->files.items[from].is_test ? RELATED_TEST : RELATED_IMPORTED, 0}));
    }
    for (uint32_t t = 0; t < page->book->tests.len; t++) {
        uint32_t test = page->book->tests.items[t];
        if (is_named_test(page, test)) ARRAY_PUSH(out, ((Related){test, RELATED_NAME, 0}));
    }
    for (uint32_t near = page->number ? page->number - 1 : 0; near <= page->number + 1; near++) {
        if (near >= page->book->sources || near == page->number) continue;
        if (is_stub_pair(path_of(page, near), path_of(page, page->number)))
            ARRAY_PUSH(out, ((Related){near, RELATED_STUB, 0}));
    }
    collect_users(page, out);
    merge(out);
}

static void write_related(Page *page, const Related *related) {
    writer_open(&page->out, BLOCK_ITEM);
    page_file(page, related->number);
    bool first = true;
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (!(related->why & reasons[i].bit)) continue;
        writer_text(&page->out, first ? STR(": ") : STR(", "));
        writer_text(&page->out, str_of(reasons[i].reason));
        first = false;
    }
    if (related->uses)
        writer_print(&page->out, "%suses %u of its definitions", first ? ": " : ", ",
                     (unsigned)related->uses);
    writer_close(&page->out);
}

void section_related(Page *page) {
    RelatedList list = {0};
    collect_related(page, &list);
    writer_heading(&page->out, 3, STR("Related Files"));
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < list.len && i < SHOWN_RELATED; i++) write_related(page, &list.items[i]);
    writer_close(&page->out);
    if (list.len == 0) {
        page_say(page, "None found: no import leads from or to another file of this repository, none uses "
                       "what is defined here, and there is no stub.");
    } else if (list.len > SHOWN_RELATED) {
        writer_open(&page->out, BLOCK_PARAGRAPH);
        writer_print(&page->out, "… %u more under ", (unsigned)(list.len - SHOWN_RELATED));
        writer_link_open(&page->out, STR("#section-dependencies"));
        writer_text(&page->out, STR("Dependencies"));
        writer_link_close(&page->out);
        writer_text(&page->out, STR(" and "));
        page_link_group(page, STR("Imported By"), PAGE_IMPORTED_BY);
        writer_close(&page->out);
    }
    ARRAY_FREE(&list);
}

static void open_reference(Page *page, const char *label) {
    writer_open(&page->out, BLOCK_ITEM);
    page_label(page, label);
}

static void write_neighbour(Page *page, const char *label, uint32_t number) {
    const Book *book = page->book;
    if (number >= book->files.len || book->files.items[number].is_text != page_is_text(page)) return;
    open_reference(page, label);
    page_file(page, number);
    writer_close(&page->out);
}

void section_references(Page *page) {
    static const struct {
        const char *label, *page;
    } folder_pages[] = {
        {"Folder Index", "index.md"}, {"Folder Documentation", "doc.md"}, {"Folder Keywords", "sub.md"}};
    uint32_t folder = page->book->files.items[page->number].folder;
    StrBuf path;
    buf_init(&path);
    book_page_path(page->book, page->number, PAGE_KW, &path);
    writer_open(&page->out, BLOCK_BULLETS);
    open_reference(page, "Keyword Index");
    page_link_name(page, path_name(buf_str(&path)), buf_str(&path));
    writer_close(&page->out);
    for (int i = 0; i < 3; i++) {
        open_reference(page, folder_pages[i].label);
        page_folder_link(page, str_of(folder_pages[i].page), folder, folder_pages[i].page);
        writer_close(&page->out);
    }
    open_reference(page, "Repository Index");
    page_folder_link(page, STR("index.md"), 0, "index.md");
    writer_close(&page->out);
    write_neighbour(page, "Previous", page->number - 1);
    write_neighbour(page, "Next", page->number + 1);
    writer_close(&page->out);
    buf_release(&path);
}
