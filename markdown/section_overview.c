/* High-Level Overview: the module's docstring, counts, the public interface, docstring coverage. */
#include "index/exports.h"
#include "index/name.h"
#include "index/resolve.h"
#include "markdown/card.h"
#include "markdown/page_parts.h"

typedef struct {
    const char *one, *many;
    uint32_t count;
} Tally;

enum {
    TALLY_CLASSES,
    TALLY_FUNCTIONS,
    TALLY_METHODS,
    TALLY_INNER,
    TALLY_VARIABLES,
    TALLY_ATTRIBUTES,
    TALLIES
};

static int tally_of(const Facts *facts, const Symbol *symbol) {
    switch ((SymbolKind)symbol->kind) {
    case SYMBOL_MODULE: return -1;
    case SYMBOL_CLASS: return TALLY_CLASSES;
    case SYMBOL_METHOD: return TALLY_METHODS;
    case SYMBOL_ATTRIBUTE: return TALLY_ATTRIBUTES;
    case SYMBOL_FUNCTION: return symbol->parent == 0 ? TALLY_FUNCTIONS : TALLY_INNER;
    case SYMBOL_VARIABLE:
        return facts->symbols.items[symbol->parent].kind == SYMBOL_CLASS ? TALLY_ATTRIBUTES : TALLY_VARIABLES;
    }
    return -1;
}

static void write_counts(Page *page) {
    Tally tallies[TALLIES] = {
        {"class", "classes", 0},
        {"function", "functions", 0},
        {"method", "methods", 0},
        {"function inside functions", "functions inside functions", 0},
        {"assignment to module-level names", "assignments to module-level names", 0},
        {"attribute assignment", "attribute assignments", 0},
    };
    const Facts *facts = page->facts;
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        int tally = symbol_is_parsed(facts, s) ? tally_of(facts, &facts->symbols.items[s]) : -1;
        if (tally >= 0) tallies[tally].count++;
    }
    uint32_t shown = 0;
    writer_open(&page->out, BLOCK_PARAGRAPH);
    writer_text(&page->out, STR("Defines "));
    for (int t = 0; t < TALLIES; t++) {
        if (tallies[t].count == 0) continue;
        if (shown++) writer_text(&page->out, STR(", "));
        writer_print(&page->out, "%u %s", (unsigned)tallies[t].count,
                     tallies[t].count == 1 ? tallies[t].one : tallies[t].many);
    }
    if (shown == 0) writer_text(&page->out, STR("no names"));
    writer_print(&page->out, "; %u import statement%s.", (unsigned)facts->imports.count,
                 facts->imports.count == 1 ? "" : "s");
    writer_close(&page->out);
}

static const char *const api_columns[] = {"Name", "Kind", "Summary", "Line"};

/* The import of this file's module scope that binds the name, or NULL. */
static const Import *find_import(const Facts *facts, Str name) {
    for (uint32_t i = facts->imports.count; i-- > 0;) {
        const Import *import = &facts->imports.items[i];
        for (uint32_t n = 0; n < import->names.count && import->scope == 0; n++) {
            const ImportName *bound = &facts->import_names.items[import->names.first + n];
            Str own = bound->alias != NONE ? facts_name(facts, bound->alias) : facts_text(facts, bound->name);
            if (str_eq(own, name)) return import;
        }
    }
    return NULL;
}

/* Where a name is imported that is defined elsewhere. */
static void write_reexport(Page *page, SymbolRef ref, Str name) {
    const Import *import = find_import(page->facts, name);
    writer_text(&page->out, STR("re-exported"));
    if (import) {
        writer_text(&page->out, STR(", "));
        page_lines(page, (Range){import->start, import->start});
    }
    writer_text(&page->out, STR(", from "));
    page_symbol(page, ref);
}

/* What the public name means. */
static void write_api_row(Page *page, Table *table, SymbolRef ref, Str name) {
    Writer *out = &page->out;
    const Facts *facts = index_facts(page->index, ref.file);
    StrBuf url;
    buf_init(&url);
    table_row(table);
    writer_open(out, BLOCK_CELL);
    if (!page->links.symbol(page->links.context, ref, &url)) buf_clear(&url);
    if (ref.file == page->file)
        page_symbol(page, ref);
    else
        writer_link_code(out, name, buf_str(&url));
    writer_close(out);
    writer_open(out, BLOCK_CELL);
    writer_text(out, str_of(card_kind(facts, ref.symbol)));
    writer_close(out);
    writer_open(out, BLOCK_CELL);
    page_summary(page, facts, ref.symbol);
    writer_close(out);
    writer_open(out, BLOCK_CELL);
    if (ref.file == page->file)
        page_lines(page, facts->symbols.items[ref.symbol].range);
    else
        write_reexport(page, ref, name);
    writer_close(out);
    writer_close(out);
    buf_release(&url);
}

/* A name of __all__ that leads nowhere the index knows. */
static void write_unknown_row(Page *page, Table *table, Str name) {
    Writer *out = &page->out;
    table_row(table);
    for (int cell = 0; cell < 4; cell++) {
        writer_open(out, BLOCK_CELL);
        if (cell == 0) writer_code(out, name);
        if (cell == 1) writer_text(out, STR("not found"));
        writer_close(out);
    }
    writer_close(out);
}

static void write_exports(Page *page, Table *table) {
    Targets targets = {0};
    ExportSet exports;
    exports_init(&exports, page->facts);
    for (uint32_t i = facts_current_exports(page->facts).first; i < page->facts->exports.count; i++) {
        Str name = facts_text(page->facts, page->facts->exports.items[i].name);
        if (name.len == 0 || !exports_has(&exports, name)) continue;
        targets.len = 0;
        resolve_dotted(page->index, page->file, name, &targets);
        if (targets.len && targets.items[0].symbol != NONE) {
            write_api_row(page, table, (SymbolRef){targets.items[0].file, targets.items[0].symbol}, name);
        } else {
            write_unknown_row(page, table, name);
        }
    }
    exports_release(&exports);
    ARRAY_FREE(&targets);
}

static void write_public_names(Page *page, Table *table) {
    const Facts *facts = page->facts;
    Interner seen;
    intern_init(&seen);
    for (uint32_t s = facts_next_child(facts, 0, NONE); s != NONE; s = facts_next_child(facts, 0, s)) {
        const Symbol *symbol = &facts->symbols.items[s];
        Str name = symbol_name(facts, symbol);
        if (!name_is_public(name) || !symbol_is_parsed(facts, s)) continue;
        bool repeated = intern_find(&seen, name) != INTERN_NONE;
        intern_id(&seen, name);
        if (!repeated || symbol->kind != SYMBOL_VARIABLE)
            write_api_row(page, table, (SymbolRef){page->file, s}, name);
    }
    intern_release(&seen);
}

static void write_coverage(Page *page) {
    Coverage coverage = coverage_of(page->index, page->file);
    bool module = coverage_counts(page->index, page->file, 0);
    page_say(page, "Docstrings: %u of %u public definitions (%u %%)%s.", (unsigned)coverage.documented,
             (unsigned)coverage.total,
             coverage.total ? (unsigned)(coverage.documented * 100ull / coverage.total) : 100u,
             module ? ", the module included" : "");
}

void section_overview(Page *page) {
    const Facts *facts = page->facts;
    const Symbol *module = &facts->symbols.items[0];
    if (page->detail >= DETAIL_SUMMARIES || !module->doc.len) {
        if (!module->doc.len) page_say(page, "The module has no docstring.");
    } else {
        card_write_docs(&page->out, page->index, (SymbolRef){page->file, 0}, &page->links);
    }
    if (facts->errors.count) page_say(page, "What begins in a region that did not parse is left out here.");
    write_counts(page);
    if (page->detail < DETAIL_NAMES) {
        page_say(page, "Public names, %s:",
                 facts_lists_exports(facts) ? "as `__all__` lists them"
                                            : "those without a leading underscore");
        Table table = {.page = page, .columns = api_columns, .column_count = 4};
        if (facts_lists_exports(facts))
            write_exports(page, &table);
        else
            write_public_names(page, &table);
        table_end(&table);
        if (table.rows == 0) page_say(page, "None.");
    }
    write_coverage(page);
}
