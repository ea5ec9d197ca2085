#include "markdown/book_parts.h"

#include "base/path.h"
#include "index/resolve.h"
#include "markdown/folder_parts.h"
#include "markdown/graph.h"
#include "markdown/literals.h"

#include <stdlib.h>

enum { SHOWN_NAMES = 10, SHOWN_CYCLE = 20, SHOWN_READERS = 5 };

static void begin_chapter(Parts *parts, const char *heading) {
    if (parts_is_full(parts)) parts_turn(parts);
    writer_heading(&parts->page.out, 2, str_of(heading));
}

/* Whether `if __name__ …` stands at module level; `name` is the number of `__name__` in the file. */
static bool has_main_guard(const Facts *facts, uint32_t name) {
    for (uint32_t i = 0; i < facts->suites.count; i++) {
        const Suite *suite = &facts->suites.items[i];
        if (suite->statement == NONE || suite->parent != NONE) continue;
        uint32_t first = facts_first_occurrence(facts, suite->statement);
        if (first == facts->occurrences.count || facts_scope_of(facts, first) != 0) continue;
        const Occurrence *at = &facts->occurrences.items[first];
        if (at->name == name && at->start == suite->statement + 3) return true;
    }
    return false;
}

static void write_entry_point(Parts *parts, uint32_t file, const char *how) {
    Page *page = &parts->page;
    parts_item(parts);
    page_file(page, file);
    writer_print(&page->out, ": %s", how);
    writer_close(&page->out);
}

/* Names below which settings list commands with the functions that they run. */
static const char *const script_tables[] = {"project.scripts.", "project.gui-scripts.",
                                            "tool.poetry.scripts."};

/* The command that a key of settings declares, or an empty name. */
static Str command_of(const Facts *facts, const Symbol *symbol) {
    Str key = symbol_name(facts, symbol);
    for (size_t i = 0; symbol->kind == SYMBOL_KEY && i < sizeof script_tables / sizeof *script_tables; i++)
        if (str_starts_with(key, str_of(script_tables[i]))) return str_from(key, strlen(script_tables[i]));
    return STR_NONE;
}

static bool find_function(const Book *book, Str object, SymbolRef *out) {
    StrBuf name;
    buf_init(&name);
    buf_append(&name, str_slice(object, 0, str_find_byte(object, ' '))); /* extras may follow */
    for (size_t i = 0; i < name.len; i++)
        if (name.data[i] == ':') name.data[i] = '.';
    Targets targets = {0};
    resolve_path(book->index, buf_str(&name), &targets);
    bool found =
        targets.len && targets.items[0].symbol != NONE && book_find(book, targets.items[0].file) != NONE;
    if (found) *out = (SymbolRef){targets.items[0].file, targets.items[0].symbol};
    ARRAY_FREE(&targets);
    buf_release(&name);
    return found;
}

/* The commands that settings files declare. The list must be open. Returns how many there are. */
static uint32_t write_scripts(Parts *parts) {
    const Book *book = parts->page.book;
    uint32_t count = 0;
    for (uint32_t i = book->sources; i < book->files.len; i++) {
        const Facts *facts = book_facts(book, i);
        for (uint32_t s = 1; s < facts->tree_count; s++) {
            Str command = command_of(facts, &facts->symbols.items[s]);
            if (!command.len) continue;
            Str value = facts_text(facts, facts->symbols.items[s].value);
            Str object = value.len > 2 ? str_slice(value, 1, value.len - 1) : value; /* without quotes */
            SymbolRef function;
            Page *page = &parts->page;
            parts_item(parts);
            writer_code(&page->out, command);
            writer_text(&page->out, STR(" runs "));
            if (find_function(book, object, &function))
                page_symbol(page, function);
            else
                writer_code(&page->out, object);
            writer_text(&page->out, STR(", as "));
            page_file(page, i);
            writer_text(&page->out, STR(" says"));
            writer_close(&page->out);
            count++;
        }
    }
    return count;
}

void book_write_entry_points(Parts *parts) {
    const Book *book = parts->page.book;
    begin_chapter(parts, "Entry Points");
    uint32_t *guard = mem_calloc(book->files.len, sizeof *guard), count = 0;
    Postings postings = index_postings(book->index, STR("__name__"));
    for (uint32_t i = 0; i < postings.count; i++) {
        uint32_t number = book_find(book, postings.items[i].file);
        if (number == NONE) continue;
        guard[number] |= has_main_guard(book_facts(book, number), postings.items[i].name);
    }
    writer_open(&parts->page.out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < book->files.len; i++) {
        bool package = str_eq(book->files.items[i].stem, STR("__main__"));
        if (!package && !guard[i]) continue;
        write_entry_point(parts, i,
                          package ? "run by python -m with its package's name"
                                  : "asks for __name__ in an if statement of the module");
        count++;
    }
    count += write_scripts(parts);
    writer_close(&parts->page.out);
    if (count == 0) {
        page_say(&parts->page,
                 "None found: looked for `__main__.py`, `if __name__ …`, and scripts in settings files.");
    }
    mem_free(guard);
}

/* --- configuration ------------------------------------------------------------------------------ */

typedef struct {
    Str name;
    uint32_t file; /* in the book */
} Setting;
typedef Array(Setting) Settings;

static int compare_settings(const void *a, const void *b) {
    const Setting *x = a, *y = b;
    int order = str_compare(x->name, y->name);
    return order ? order : (x->file > y->file) - (x->file < y->file);
}

static void collect_settings(const Book *book, Settings *environment, Settings *options) {
    for (uint32_t i = 0; i < book->files.len; i++) {
        FileId file = book->files.items[i].file;
        const Facts *facts = book_facts(book, i);
        for (uint32_t l = 0; l < facts->literals.count; l++) {
            const Literal *literal = &facts->literals.items[l];
            Setting setting = {facts_text(facts, literal->value), i};
            if (literal_is_environment(book->index, file, literal))
                ARRAY_PUSH(environment, setting);
            else if (literal_is_option(facts, literal))
                ARRAY_PUSH(options, setting);
        }
    }
}

/* A row for each name: the files that ask for it, each once. */
static void write_settings(Parts *parts, Settings *settings, const char *const *columns) {
    Page *page = &parts->page;
    Table table = {.page = page, .columns = columns, .column_count = 2, .parts = parts};
    if (settings->len) qsort(settings->items, settings->len, sizeof(Setting), compare_settings);
    for (uint32_t i = 0; i < settings->len;) {
        Str name = settings->items[i].name;
        uint32_t shown = 0, last = NONE;
        table_row(&table);
        page_code_cell(page, name);
        writer_open(&page->out, BLOCK_CELL);
        for (; i < settings->len && str_eq(settings->items[i].name, name); i++) {
            if (settings->items[i].file == last) continue;
            last = settings->items[i].file;
            if (shown++ >= SHOWN_READERS) continue;
            if (shown > 1) writer_text(&page->out, STR(", "));
            page_file(page, last);
        }
        if (shown > SHOWN_READERS) writer_print(&page->out, ", … %u more", (unsigned)(shown - SHOWN_READERS));
        writer_close(&page->out);
        writer_close(&page->out);
    }
    table_end(&table);
    ARRAY_FREE(settings);
}

void book_write_configuration(Parts *parts) {
    static const char *const environment_columns[] = {"Environment variable", "Read in"};
    static const char *const option_columns[] = {"Command-line option", "Declared in"};
    Settings environment = {0}, options = {0};
    begin_chapter(parts, "Configuration");
    collect_settings(parts->page.book, &environment, &options);
    if (environment.len + options.len == 0) {
        page_say(&parts->page, "None found: looked for literal names given to os.environ, os.getenv and "
                               "(heuristic) to calls of add_argument, add_option and option.");
    }
    write_settings(parts, &environment, environment_columns);
    write_settings(parts, &options, option_columns);
}

/* --- import cycles ------------------------------------------------------------------------------ */

typedef struct {
    uint32_t component, file;
} Member;
typedef Array(Member) Members;

static int compare_members(const void *a, const void *b) {
    const Member *x = a, *y = b;
    if (x->component != y->component) return x->component < y->component ? -1 : 1;
    return (x->file > y->file) - (x->file < y->file);
}

/* Files that lie on cycles, cycle by cycle; a cycle is called by its first file, so that it keeps its place
 * when others come and go. */
static void collect_cycles(const Book *book, Members *out) {
    uint32_t count = book->files.len;
    uint32_t *component = mem_calloc(count, sizeof *component);
    uint32_t components = graph_components(count, &book->relations.imports, component);
    uint32_t *sizes = mem_calloc(components, sizeof *sizes), *first = mem_calloc(components, sizeof *first);
    for (uint32_t i = 0; i < count; i++) {
        if (sizes[component[i]]++ == 0) first[component[i]] = i;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (sizes[component[i]] > 1) ARRAY_PUSH(out, ((Member){first[component[i]], i}));
    }
    if (out->len) qsort(out->items, out->len, sizeof(Member), compare_members);
    mem_free(component);
    mem_free(sizes);
    mem_free(first);
}

void book_write_cycles(Parts *parts) {
    Members members = {0};
    Page *page = &parts->page;
    begin_chapter(parts, "Import Cycles");
    collect_cycles(page->book, &members);
    page_say(page, "%s",
             members.len ? "Files that import each other, directly or through others; imports inside of "
                           "functions and conditions count too."
                         : "No files import each other, directly or through others.");
    writer_open(&page->out, BLOCK_BULLETS);
    for (uint32_t i = 0; i < members.len;) {
        uint32_t end = i;
        while (end < members.len && members.items[end].component == members.items[i].component) end++;
        parts_item(parts);
        writer_print(&page->out, "%u files: ", (unsigned)(end - i));
        for (uint32_t m = i; m < end && m < i + SHOWN_CYCLE; m++) {
            if (m > i) writer_text(&page->out, STR(", "));
            page_file(page, members.items[m].file);
        }
        if (end - i > SHOWN_CYCLE) writer_print(&page->out, ", … %u more", (unsigned)(end - i - SHOWN_CYCLE));
        writer_close(&page->out);
        i = end;
    }
    writer_close(&page->out);
    ARRAY_FREE(&members);
}

/* --- docstrings --------------------------------------------------------------------------------- */

void book_write_coverage(Parts *parts) {
    static const char *const columns[] = {"Folder", "Documented", "Public", "Percent"};
    Page *page = &parts->page;
    Table table = {.page = page, .columns = columns, .column_count = 4, .parts = parts};
    begin_chapter(parts, "Docstring Coverage");
    page_say(page, "Public definitions directly in each folder, modules included.");
    for (uint32_t f = 0; f < page->book->folders.len; f++) {
        const BookFolder *folder = folder_at(page->book, f);
        Coverage all = {0, 0};
        for (uint32_t i = folder->first_file; i < folder->file_end; i++) {
            Coverage coverage = book_coverage(page->book, i);
            all.documented += coverage.documented;
            all.total += coverage.total;
        }
        if (all.total == 0) continue;
        table_row(&table);
        writer_open(&page->out, BLOCK_CELL);
        page_folder_name(page, folder_shown_path(page->book, f), f, "doc.md");
        writer_close(&page->out);
        page_number_cell(page, all.documented);
        page_number_cell(page, all.total);
        page_number_cell(page, all.documented * 100ull / all.total);
        writer_close(&page->out);
    }
    table_end(&table);
}

static void write_undocumented_row(Table *table, uint32_t file, uint32_t count) {
    Page *page = table->page;
    const Facts *facts = book_facts(page->book, file);
    table_row(table);
    writer_open(&page->out, BLOCK_CELL);
    page_file(page, file);
    writer_close(&page->out);
    page_number_cell(page, count);
    writer_open(&page->out, BLOCK_CELL);
    for (uint32_t s = 0, shown = 0; s < facts->tree_count && shown < SHOWN_NAMES; s++) {
        SymbolRef ref = {page->book->files.items[file].file, s};
        if (!coverage_counts(page->index, ref.file, s) || coverage_is_documented(facts, s)) continue;
        if (shown++) writer_text(&page->out, STR(", "));
        page_symbol(page, ref);
    }
    if (count > SHOWN_NAMES) writer_print(&page->out, ", … %u more", (unsigned)(count - SHOWN_NAMES));
    writer_close(&page->out);
    writer_close(&page->out);
}

void book_write_undocumented(Parts *parts) {
    static const char *const columns[] = {"File", "Without docstring", "Names"};
    Page *page = &parts->page;
    Table table = {.page = page, .columns = columns, .column_count = 3, .parts = parts};
    begin_chapter(parts, "Undocumented API");
    for (uint32_t i = 0; i < page->book->files.len; i++) {
        Coverage coverage = book_coverage(page->book, i);
        bool counts = !page->book->files.items[i].is_test && coverage.documented < coverage.total;
        if (counts) write_undocumented_row(&table, i, coverage.total - coverage.documented);
    }
    table_end(&table);
    if (table.rows == 0) page_say(page, "Every public definition outside of tests has a docstring.");
}
