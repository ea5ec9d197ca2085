/* Architecture & Design: how the file hangs together with the rest, and what importing it does. */
#include "markdown/page_parts.h"

#include "base/path.h"
#include "index/name.h"
#include "index/resolve.h"
#include "markdown/call_arguments.h"
#include "markdown/diagram.h"
#include "markdown/rule_hits.h"
#include "markdown/suite_text.h"

#include <stdlib.h>

enum { SHOWN_SUBCLASSES = 20, SHOWN_CALLS = 30, SHOWN_PLACES = 5 };

/* "no file", "1 file", "2 files". */
static void write_file_count(Page *page, uint32_t count) {
    if (count == 0)
        writer_text(&page->out, STR("no file"));
    else
        writer_print(&page->out, "%u file%s", (unsigned)count, count == 1 ? "" : "s");
}

static void write_position(Page *page) {
    const BookFile *file = &page->book->files.items[page->number];
    writer_open(&page->out, BLOCK_PARAGRAPH);
    bool package = str_starts_with(path_name(file->path), STR("__init__.py"));
    writer_text(&page->out, package ? STR("Package ") : STR("Module "));
    writer_code(&page->out, file->module);
    writer_text(&page->out, STR(" in "));
    page_folder_of(page, "doc.md");
    Slice out = relations_imports(&page->book->relations, page->number);
    Slice in = relations_importers(&page->book->relations, page->number);
    writer_text(&page->out, STR(". It imports "));
    write_file_count(page, out.count);
    writer_text(&page->out, STR(" of this repository and is imported by "));
    write_file_count(page, in.count);
    writer_text(&page->out, STR("."));
    writer_close(&page->out);
}

typedef struct {
    SymbolRef derived, base;
} Inheritance;
typedef Array(Inheritance) Inheritances;

/* What a base class is: a definition in the repository (linked), or where its name comes from. */
static void write_base(Page *page, SymbolRef class, Str base, Inheritances *known) {
    Targets targets = {0};
    size_t bracket = str_find_byte(base, '[');
    resolve_dotted(page->index, page->file, str_slice(base, 0, bracket), &targets);
    SymbolRef ref =
        targets.len ? (SymbolRef){targets.items[0].file, targets.items[0].symbol} : (SymbolRef){NONE, NONE};
    if (ref.symbol != NONE && book_find(page->book, ref.file) != NONE) {
        page_symbol(page, ref);
        ARRAY_PUSH(known, ((Inheritance){class, ref}));
    } else {
        writer_code(&page->out, base);
        writer_text(&page->out, STR(" (external)"));
    }
    ARRAY_FREE(&targets);
}

static void write_subclasses(Page *page, SymbolRef class, Inheritances *known) {
    const Relations *relations = &page->book->relations;
    Slice derived = relations_derived(relations, class);
    for (uint32_t i = 0; i < derived.count; i++) {
        SymbolRef ref = relations->derived.items[derived.first + i].derived;
        if (ref.file != page->file) ARRAY_PUSH(known, ((Inheritance){ref, class}));
        if (i >= SHOWN_SUBCLASSES) continue;
        writer_text(&page->out, i ? STR(", ") : STR("; known subclasses: "));
        page_symbol(page, ref);
    }
    if (derived.count <= SHOWN_SUBCLASSES) return;
    writer_print(&page->out, ", … %u more in the ", (unsigned)(derived.count - SHOWN_SUBCLASSES));
    page_folder_link(page, STR("symbol index"), 0, "sub.md");
}

/* The number of a class's node; with its definition when it is new. */
static unsigned node_of(const Page *page, SymbolRef class, SymbolRefs *nodes, StrBuf *out) {
    for (uint32_t i = 0; i < nodes->len; i++) {
        if (nodes->items[i].file == class.file && nodes->items[i].symbol == class.symbol) return i + 1;
    }
    StrBuf name;
    buf_init(&name);
    if (class.file == page->file)
        facts_qualified_name(page->facts, class.symbol, &name);
    else
        book_dotted_name(page->book, class, &name);
    ARRAY_PUSH(nodes, class);
    diagram_node(out, nodes->len, buf_str(&name));
    buf_release(&name);
    return nodes->len;
}

static void write_class_table(Page *page, const Inheritances *known) {
    static const char *const columns[] = {"Class", "Base"};
    Table table = {.page = page, .columns = columns, .column_count = 2};
    for (uint32_t i = 0; i < known->len; i++) {
        table_row(&table);
        writer_open(&page->out, BLOCK_CELL);
        page_symbol(page, known->items[i].derived);
        writer_close(&page->out);
        writer_open(&page->out, BLOCK_CELL);
        page_symbol(page, known->items[i].base);
        writer_close(&page->out);
        writer_close(&page->out);
    }
    table_end(&table);
}

/* Arrows lead from classes to their bases. More than fit are told by a table. */
static void write_class_diagram(Page *page, const Inheritances *known) {
    if (known->len > DIAGRAM_EDGES) write_class_table(page, known);
    if (known->len == 0 || known->len > DIAGRAM_EDGES) return;
    SymbolRefs nodes = {0};
    StrBuf text;
    buf_init(&text);
    diagram_begin(&text, "BT");
    for (uint32_t i = 0; i < known->len; i++) {
        unsigned derived = node_of(page, known->items[i].derived, &nodes, &text);
        unsigned base = node_of(page, known->items[i].base, &nodes, &text);
        diagram_edge(&text, derived, base);
    }
    writer_fence(&page->out, "mermaid", buf_str(&text));
    buf_release(&text);
    ARRAY_FREE(&nodes);
}

static void write_classes(Page *page) {
    const Facts *facts = page->facts;
    Inheritances known = {0};
    bool any = false;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        SymbolRef class = {page->file, s};
        if (symbol->kind != SYMBOL_CLASS) continue;
        if (!any) {
            page_say(page, "Classes, their bases as far as the index knows them, and who derives from them:");
            writer_open(&page->out, BLOCK_BULLETS);
        }
        any = true;
        writer_open(&page->out, BLOCK_ITEM);
        page_symbol(page, class);
        for (uint32_t b = 0; b < symbol->bases.count; b++) {
            writer_text(&page->out, b ? STR(", ") : STR(" derives from "));
            write_base(page, class, facts_text(facts, facts->texts.items[symbol->bases.first + b]), &known);
        }
        write_subclasses(page, class, &known);
        writer_close(&page->out);
    }
    if (any)
        writer_close(&page->out);
    else
        page_say(page, "No class is defined here.");
    write_class_diagram(page, &known);
    ARRAY_FREE(&known);
}

/* A file that names can be imported from, and in this module those of an import. */
static void write_reexport(Page *page, uint32_t number, const Import *import, uint32_t first,
                           uint32_t count) {
    writer_open(&page->out, BLOCK_ITEM);
    page_file(page, number);
    writer_text(&page->out, STR(": "));
    if (import->flags & IMPORT_WILDCARD) writer_text(&page->out, STR("all public names, through "));
    page_import_names(page, import, first, count);
    writer_text(&page->out, STR(", "));
    page_lines(page, (Range){import->start, import->start});
    writer_close(&page->out);
}

/* Another file of the book that the import reaches, or NONE. */
static uint32_t imported_file(const Page *page, const Import *import, uint32_t name) {
    FileId target = relations_import_target(page->index, page->file, import, name);
    uint32_t number = target == NONE ? NONE : book_find(page->book, target);
    return number == page->number ? NONE : number;
}

/* Names that a package's __init__ imports from files of the repository, and files: importable from the
 * package too. The list must be open. */
static void write_reexports_of(Page *page, const Import *import) {
    uint32_t module = imported_file(page, import, NONE);
    if (module != NONE) write_reexport(page, module, import, 0, import->names.count);
    for (uint32_t n = 0; n < import->names.count && module == NONE; n++) {
        uint32_t submodule = imported_file(page, import, n);
        if (submodule != NONE) write_reexport(page, submodule, import, n, 1);
    }
}

static bool is_reexport(const Page *page, const Import *import) {
    if (import->scope != 0 || !(import->flags & IMPORT_FROM)) return false;
    bool found = imported_file(page, import, NONE) != NONE;
    for (uint32_t n = 0; n < import->names.count && !found; n++)
        found = imported_file(page, import, n) != NONE;
    return found;
}

static void write_reexports(Page *page) {
    const Facts *facts = page->facts;
    if (!str_starts_with(path_name(page->book->files.items[page->number].path), STR("__init__.py"))) return;
    uint32_t count = 0;
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (!is_reexport(page, import)) continue;
        if (count++ == 0) {
            page_say(page, "Names that it imports from files of the repository, and that can be imported "
                           "from here too:");
            writer_open(&page->out, BLOCK_BULLETS);
        }
        write_reexports_of(page, import);
    }
    if (count) writer_close(&page->out);
}

/* --- what a module keeps, and does when it is imported ------------------------------------------- */

static bool is_changeable(Str value) {
    static const char *const makers[] = {"list",
                                         "dict",
                                         "set",
                                         "bytearray",
                                         "defaultdict",
                                         "deque",
                                         "Counter",
                                         "OrderedDict",
                                         "WeakKeyDictionary",
                                         "WeakSet",
                                         "WeakValueDictionary"};
    if (str_starts_with(value, STR("[")) || str_starts_with(value, STR("{"))) return true;
    Str maker = str_slice(value, 0, str_find_byte(value, '('));
    maker = str_from(maker, str_rfind_byte(maker, '.') + 1);
    for (size_t i = 0; i < sizeof makers / sizeof *makers && maker.len < value.len; i++)
        if (str_eq(maker, str_of(makers[i]))) return true;
    return false;
}

/* Lists, dictionaries and sets that the module's names are bound to. */
static uint32_t write_changeable(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t s = facts_next_child(facts, 0, NONE); s != NONE; s = facts_next_child(facts, 0, s)) {
        const Symbol *symbol = &facts->symbols.items[s];
        Str name = symbol_name(facts, symbol);
        if (symbol->kind != SYMBOL_VARIABLE || name_is_dunder(name)) continue;
        if (is_changeable(assigned_value(page->text->text, symbol->name_start + name.len)))
            rules_list_place(page, &count, "lists, dictionaries and sets", s, s);
    }
    if (count) writer_close(&page->out);
    return count;
}

/* Functions that bind the module's names anew. */
static uint32_t write_globals(Page *page) {
    const Facts *facts = page->facts;
    uint32_t count = 0;
    for (uint32_t o = 0; o < facts->occurrences.count; o++) {
        const Occurrence *at = &facts->occurrences.items[o];
        uint32_t function = at->role == ROLE_GLOBAL ? facts_symbol_at(facts, at->start) : 0;
        if (function == 0) continue;
        if (count++ == 0) {
            writer_open(&page->out, BLOCK_ITEM);
            writer_text(&page->out, STR("bound anew through global statements: "));
        } else {
            writer_text(&page->out, STR(", "));
        }
        writer_code(&page->out, facts_name(facts, at->name));
        writer_text(&page->out, STR(" in "));
        page_symbol(page, (SymbolRef){page->file, function});
        writer_text(&page->out, STR(" "));
        page_lines(page, (Range){at->start, at->start});
    }
    if (count) writer_close(&page->out);
    return count;
}

static void write_state(Page *page) {
    page_say(page, "State of the module:");
    writer_open(&page->out, BLOCK_BULLETS);
    uint32_t count = write_changeable(page);
    count += write_globals(page);
    if (count == 0) {
        writer_open(&page->out, BLOCK_ITEM);
        writer_text(&page->out,
                    STR("none found: looked for module-level names bound to lists, dictionaries and "
                        "sets, and for global statements"));
        writer_close(&page->out);
    }
    writer_close(&page->out);
}

typedef struct {
    Str name;
    uint32_t start;
} ModuleCall;
typedef Array(ModuleCall) ModuleCalls;

static int compare_calls(const void *a, const void *b) {
    const ModuleCall *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order ? order : (x->start > y->start) - (x->start < y->start);
}

/* The calls in the module's own statements; names are kept in `names`. */
static void find_module_calls(const Page *page, Interner *names, ModuleCalls *out) {
    const Facts *facts = page->facts;
    StrBuf name;
    buf_init(&name);
    for (uint32_t o = 0; o < facts->occurrences.count; o++) {
        const Occurrence *at = &facts->occurrences.items[o];
        if (!(at->flags & OCCURRENCE_CALLEE) || at->flags & OCCURRENCE_DECORATOR) continue;
        if (facts_scope_of(facts, o) != 0 || suite_is_main(facts, page->text->text, at->start)) continue;
        buf_clear(&name);
        if (!resolve_qualified(page->index, page->file, o, &name)) {
            buf_clear(&name);
            buf_append(&name, facts_name(facts, at->name));
        }
        ARRAY_PUSH(out, ((ModuleCall){intern_str(names, intern_id(names, buf_str(&name))), at->start}));
    }
    if (out->len) qsort(out->items, out->len, sizeof *out->items, compare_calls);
    buf_release(&name);
}

/* The calls of one name: "`f` L1, L2". Returns where those of the next one begin. */
static uint32_t write_module_call(Page *page, const ModuleCalls *calls, uint32_t first) {
    uint32_t end = first;
    writer_code(&page->out, calls->items[first].name);
    for (; end < calls->len && str_eq(calls->items[end].name, calls->items[first].name); end++) {
        if (end - first >= SHOWN_PLACES) continue;
        writer_text(&page->out, end > first ? STR(", ") : STR(" "));
        page_lines(page, (Range){calls->items[end].start, calls->items[end].start});
    }
    if (end - first > SHOWN_PLACES) {
        writer_text(&page->out, STR(", "));
        page_more_in_source(page, end - first - SHOWN_PLACES);
    }
    return end;
}

static void write_module_calls(Page *page) {
    Interner names;
    ModuleCalls calls = {0};
    intern_init(&names);
    find_module_calls(page, &names, &calls);
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, calls.len ? STR("Importing it calls: ")
                                      : STR("Importing it calls nothing in the module's own statements."));
    uint32_t shown = 0, next = 0;
    while (next < calls.len && shown < SHOWN_CALLS) {
        if (shown++) writer_text(&page->out, STR("; "));
        next = write_module_call(page, &calls, next);
    }
    if (next < calls.len) {
        writer_text(&page->out, STR("; "));
        page_more_in_source(page, calls.len - next);
    }
    writer_close(&page->out);
    ARRAY_FREE(&calls);
    intern_release(&names);
}

void section_architecture(Page *page) {
    writer_open_heading(&page->out, 3);
    writer_text(&page->out, STR("Role in "));
    writer_text(&page->out, page->book->project);
    writer_text(&page->out, STR(" Architecture"));
    writer_close(&page->out);
    write_position(page);
    if (page->detail < DETAIL_NAMES) {
        write_classes(page);
        write_reexports(page);
        write_state(page);
        write_module_calls(page);
    }
}
