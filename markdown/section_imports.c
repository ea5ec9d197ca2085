/* Dependencies: what the file imports, and who imports it. */
#include "markdown/page_parts.h"

#include "markdown/suite_text.h"

#include <stdlib.h>

enum { SHOWN_CYCLES = 20 };

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

static const char *const import_columns[] = {"Module", "Names", "Origin", "Line", "Notes"};

/* A file that an import reaches: linked when it has a page. False when the index has no such file. */
static bool write_target(Page *page, FileId target, bool first) {
    uint32_t number = target == NONE ? NONE : book_find(page->book, target);
    if (number == NONE) return false;
    writer_text(&page->out, first ? STR("first-party: ") : STR(", "));
    page_file(page, number);
    return true;
}

/* Whether the first part of a module's name is a package of this repository. */
static bool is_own_package(const Page *page, Str module) {
    FileId file =
        index_find_module(page->index, page->file, str_slice(module, 0, str_find_byte(module, '.')), 0);
    return file != NONE && book_find(page->book, file) != NONE;
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
        writer_text(&page->out,
                    is_own_package(page, module) ? STR("first-party, not found") : STR("third-party"));
}

static bool catches_import_error(Str head) {
    static const char *const caught[] = {"ImportError", "ModuleNotFoundError", "except:", "Exception"};
    for (size_t i = 0; i < sizeof caught / sizeof *caught; i++)
        if (str_find(head, str_of(caught[i])) != STR_NPOS) return str_starts_with(head, STR("except"));
    return false;
}

/* Under which condition a suite's imports are made. */
static const char *condition_of(const Page *page, uint32_t suite) {
    Str head = suite_head(page->facts, page->text->text, suite);
    if (str_starts_with(head, STR("try")))
        return catches_import_error(suite_next_head(page->facts, page->text->text, suite)) ? "optional"
                                                                                           : NULL;
    if (catches_import_error(head)) return "when another import fails";
    bool typing = str_find(head, STR("TYPE_CHECKING")) != STR_NPOS && str_find(head, STR("not ")) == STR_NPOS;
    return typing ? "for type checkers only" : NULL;
}

/* The innermost condition that can be told. */
static const char *import_condition(const Page *page, const Import *import) {
    const char *found = NULL;
    uint32_t suite = facts_suite_at(page->facts, import->start);
    for (; suite != NONE && !found; suite = page->facts->suites.items[suite].parent)
        found = condition_of(page, suite);
    return found ? found : "conditional";
}

static void write_notes(Page *page, const Import *import) {
    const Scope *scope = &page->facts->scopes.items[import->scope];
    const char *between = "";
    if (import->flags & IMPORT_CONDITIONAL) {
        writer_text(&page->out, str_of(import_condition(page, import)));
        between = ", ";
    }
    if (import->flags & IMPORT_WILDCARD) {
        writer_print(&page->out, "%swildcard", between);
        between = ", ";
    }
    if (scope->kind != SCOPE_MODULE && scope->symbol != 0) {
        writer_print(&page->out, "%s%s", between, scope->kind == SCOPE_CLASS ? "in " : "lazy, in ");
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
    page_import_names(page, import, from ? 0 : name, from ? import->names.count : 1);
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
        page_more(page, importers.count - SHOWN_OTHERS, PAGE_IMPORTED_BY);
    }
    writer_close(&page->out);
}

/* Files that import each other. Longer ways round depend on files that have nothing to do with this one: the
 * book tells them. */
static void write_cycles(Page *page) {
    const Relations *relations = &page->book->relations;
    Slice imports = relations_imports(relations, page->number);
    Slice importers = relations_importers(relations, page->number);
    uint32_t count = 0, back = importers.first;
    for (uint32_t i = imports.first; i < imports.first + imports.count; i++) {
        uint32_t to = relations->imports.items[i].to;
        while (back < importers.first + importers.count && relations->importers.items[back].from < to) back++;
        if (back == importers.first + importers.count || relations->importers.items[back].from != to)
            continue;
        if (count == 0) {
            writer_open(&page->out, BLOCK_PARAGRAPH);
            writer_text(&page->out, STR("Import cycle with "));
        } else if (count < SHOWN_CYCLES) {
            writer_text(&page->out, STR(", "));
        }
        if (count++ < SHOWN_CYCLES) page_file(page, to);
    }
    if (count > SHOWN_CYCLES) {
        writer_print(&page->out, ", … %u more in the ", (unsigned)(count - SHOWN_CYCLES));
        page_folder_link(page, STR("book"), 0, "comprehensive_book.md");
    }
    if (count) writer_text(&page->out, STR(": each imports the other."));
    if (count) writer_close(&page->out);
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
    write_cycles(page);
}
