/* Architecture & Design, Dependencies: how the file hangs together with the rest. */
#include "markdown/page_parts.h"

#include "base/path.h"
#include "index/resolve.h"
#include "markdown/diagram.h"

#include <stdlib.h>

enum { SHOWN_SUBCLASSES = 20 };

/* Modules of the standard library by their first name. */
static const char *const stdlib[] = {
#define STDLIB(name) #name,
#include "markdown/stdlib.def"
#undef STDLIB
};

static int compare_name(const void *key, const void *item) {
    return str_compare(*(const Str *)key, str_of(*(const char *const *)item));
}

static bool is_stdlib(Str module) {
    Str first = str_slice(module, 0, str_find_byte(module, '.'));
    return bsearch(&first, stdlib, sizeof stdlib / sizeof *stdlib, sizeof *stdlib, compare_name) != NULL;
}

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

/* Arrows lead from classes to their bases. Of more than fit, the list above tells. */
static void write_class_diagram(Page *page, const Inheritances *known) {
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

static void write_import_names(Page *page, const Import *import, uint32_t first, uint32_t count) {
    const Facts *facts = page->facts;
    for (uint32_t n = first; n < first + count; n++) {
        const ImportName *name = &facts->import_names.items[import->names.first + n];
        bool from = import->flags & IMPORT_FROM;
        if (n > first) writer_text(&page->out, STR(", "));
        if (from) writer_code(&page->out, facts_text(facts, name->name));
        if (name->alias == NONE) continue;
        writer_text(&page->out, from ? STR(" as ") : STR("as "));
        writer_code(&page->out, facts_name(facts, name->alias));
    }
}

/* Names that a package's __init__ imports from files of the repository: importable from the package too. */
static void write_reexports(Page *page) {
    const Facts *facts = page->facts;
    if (!str_starts_with(path_name(page->book->files.items[page->number].path), STR("__init__.py"))) return;
    uint32_t count = 0;
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (import->scope != 0 || !(import->flags & IMPORT_FROM)) continue;
        FileId target = relations_import_target(page->index, page->file, import, NONE);
        uint32_t number = target == NONE ? NONE : book_find(page->book, target);
        if (number == NONE || number == page->number) continue;
        if (count++ == 0) {
            page_say(page, "Names that it imports from files of the repository, and that can be imported "
                           "from here too:");
            writer_open(&page->out, BLOCK_BULLETS);
        }
        writer_open(&page->out, BLOCK_ITEM);
        page_file(page, number);
        writer_text(&page->out, STR(": "));
        if (import->flags & IMPORT_WILDCARD) writer_text(&page->out, STR("all public names, through "));
        write_import_names(page, import, 0, import->names.count);
        writer_text(&page->out, STR(", "));
        page_lines(page, (Range){import->start, import->start});
        writer_close(&page->out);
    }
    if (count) writer_close(&page->out);
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
    }
}

static const char *const import_columns[] = {"Module", "Names", "Origin", "Line", "Notes"};

/* A file that an import reaches: linked when it has a page. False when the index has no such file. */
static bool write_target(Page *page, FileId target, bool first) {
    uint32_t number = target == NONE ? NONE : book_find(page->book, target);
    if (number == NONE) return false;
    if (!first) writer_text(&page->out, STR(", "));
    page_file(page, number);
    return true;
}

static void write_origin(Page *page, const Import *import, uint32_t name, Str module) {
    FileId target = relations_import_target(page->index, page->file, import, name);
    bool found = write_target(page, target, true);
    if (import->flags & IMPORT_FROM && !(import->flags & IMPORT_WILDCARD)) {
        for (uint32_t n = 0; n < import->names.count; n++) { /* names that are modules themselves */
            FileId submodule = relations_import_target(page->index, page->file, import, n);
            if (submodule != target) found |= write_target(page, submodule, !found);
        }
    }
    if (found) return;
    if (import->level)
        writer_text(&page->out, STR("not found in this repository"));
    else if (is_stdlib(module))
        writer_text(&page->out, STR("standard library"));
    else
        writer_text(&page->out, STR("outside this repository"));
}

static void write_notes(Page *page, const Import *import) {
    const Scope *scope = &page->facts->scopes.items[import->scope];
    bool any = false;
    if (import->flags & IMPORT_CONDITIONAL) {
        writer_text(&page->out, STR("conditional"));
        any = true;
    }
    if (import->flags & IMPORT_WILDCARD) {
        writer_text(&page->out, any ? STR(", wildcard") : STR("wildcard"));
        any = true;
    }
    if (scope->kind != SCOPE_MODULE && scope->symbol != 0) {
        writer_text(&page->out, any ? STR(", in ") : STR("in "));
        page_symbol(page, (SymbolRef){page->file, scope->symbol});
    }
}

/* One row for `from m import a, b`, one for each name of `import a, b`. */
static void write_import(Page *page, Table *table, const Import *import, uint32_t name) {
    const Facts *facts = page->facts;
    bool from = import->flags & IMPORT_FROM;
    StrBuf module;
    buf_init(&module);
    buf_append_repeated(&module, '.', import->level);
    buf_append(&module, facts_text(facts, from ? import->module
                                               : facts->import_names.items[import->names.first + name].name));
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    writer_code(&page->out, buf_str(&module));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    write_import_names(page, import, from ? 0 : name, from ? import->names.count : 1);
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    write_origin(page, import, from ? NONE : name, buf_str(&module));
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    page_lines(page, (Range){import->start, import->start});
    writer_close(&page->out);
    writer_open(&page->out, BLOCK_CELL);
    write_notes(page, import);
    writer_close(&page->out);
    writer_close(&page->out);
    buf_release(&module);
}

/* Tests behind other files. */
static void write_importers(Page *page) {
    const Relations *relations = &page->book->relations;
    Slice importers = relations_importers(relations, page->number);
    uint32_t shown = 0;
    if (!importers.count) {
        page_say(page, "Imported by: no file of this repository.");
        return;
    }
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_print(&page->out, "Imported by %u file%s: ", (unsigned)importers.count,
                 importers.count == 1 ? "" : "s");
    for (int tests = 0; tests < 2; tests++) {
        for (uint32_t i = importers.first; i < importers.first + importers.count; i++) {
            uint32_t from = relations->importers.items[i].from;
            if (page->book->files.items[from].is_test != tests || shown == SHOWN_OTHERS) continue;
            if (shown++) writer_text(&page->out, STR(", "));
            page_file(page, from);
        }
    }
    if (importers.count > SHOWN_OTHERS) {
        writer_text(&page->out, STR(", "));
        page_more(page, importers.count - SHOWN_OTHERS);
    }
    writer_close(&page->out);
}

void section_dependencies(Page *page) {
    const Facts *facts = page->facts;
    writer_heading(&page->out, 3, STR("Import Dependencies"));
    Table table = {.page = page, .columns = import_columns, .column_count = 5};
    for (uint32_t i = 0; i < facts->imports.count && page->detail < DETAIL_LEAST; i++) {
        const Import *import = &facts->imports.items[i];
        uint32_t rows = import->flags & IMPORT_FROM ? 1 : import->names.count;
        for (uint32_t n = 0; n < rows; n++) write_import(page, &table, import, n);
    }
    table_end(&table);
    if (facts->imports.count == 0) page_say(page, "No import statement was found.");
    write_importers(page);
}
