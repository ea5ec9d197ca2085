/* `headword coverage`: how many definitions have a docstring, by file and by kind; the same count as on
 * pages.
 */
#include "cli/command.h"

#include "markdown/coverage.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNTED_KINDS = SYMBOL_METHOD + 1 };

static const char *const kind_names[COUNTED_KINDS] = {"module", "class", "function", "method"};

typedef struct {
    Coverage all, by_kind[COUNTED_KINDS];
} Count;

typedef struct {
    const Index *index;
    bool as_json, list_missing;
    Count total;
} Report;

static void count_symbol(Count *self, const Facts *facts, uint32_t symbol) {
    Coverage *kind = &self->by_kind[facts->symbols.items[symbol].kind];
    bool documented = coverage_is_documented(facts, symbol);
    self->all.total++;
    self->all.documented += documented;
    kind->total++;
    kind->documented += documented;
}

static Count count_file(const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    Count count = {0};
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        if (coverage_counts(index, file, s)) count_symbol(&count, facts, s);
    }
    return count;
}

static void add(Count *self, const Count *other) {
    self->all.total += other->all.total;
    self->all.documented += other->all.documented;
    for (size_t k = 0; k < COUNTED_KINDS; k++) {
        self->by_kind[k].total += other->by_kind[k].total;
        self->by_kind[k].documented += other->by_kind[k].documented;
    }
}

static double percent(Coverage coverage) {
    return coverage.total ? 100.0 * coverage.documented / coverage.total : 100.0;
}

static json_t *pair(Coverage coverage) {
    return json_pack("{s:i, s:i}", "documented", (int)coverage.documented, "total", (int)coverage.total);
}

static void print_json(Str path, const Count *count, json_t *missing) {
    json_t *row = path.len ? json_pack("{s:s%}", "file", path.data, path.len) : json_object();
    json_object_update_new(row, pair(count->all));
    json_t *kinds = json_object();
    for (size_t k = 0; k < COUNTED_KINDS; k++)
        if (count->by_kind[k].total) json_object_set_new(kinds, kind_names[k], pair(count->by_kind[k]));
    json_object_set_new(row, "kinds", kinds);
    if (missing) json_object_set_new(row, "missing", missing);
    command_print_json(row);
}

static void print_row(Coverage coverage, Str what) {
    command_print(stdout, "%6u / %-6u %5.1f %%  %.*s\n", (unsigned)coverage.documented,
                  (unsigned)coverage.total, percent(coverage), STR_ARG(what));
}

static void print_missing(const Report *self, SymbolRef ref) {
    const Facts *facts = index_facts(self->index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Str path = index_relative_path(self->index, ref.file);
    StrBuf name;
    buf_init(&name);
    index_dotted_name(self->index, ref, &name);
    command_print(stdout, "%.*s:%u: %s %s\n", STR_ARG(path),
                  (unsigned)lines_line(&facts->lines, symbol->name_start) + 1, kind_names[symbol->kind],
                  name.data);
    buf_release(&name);
}

/* Every definition of the file that should have a docstring and has none: printed, or their names in `list`.
 */
static void each_missing(const Report *self, FileId file, json_t *list) {
    const Facts *facts = index_facts(self->index, file);
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        if (!coverage_counts(self->index, file, s) || coverage_is_documented(facts, s)) continue;
        if (!list) {
            print_missing(self, (SymbolRef){file, s});
            continue;
        }
        StrBuf name;
        buf_init(&name);
        index_dotted_name(self->index, (SymbolRef){file, s}, &name);
        json_array_append_new(list, json_stringn(name.data, name.len));
        buf_release(&name);
    }
}

static void report_file(Report *self, FileId file) {
    Count count = count_file(self->index, file);
    Str path = index_relative_path(self->index, file);
    add(&self->total, &count);
    json_t *missing = self->as_json && self->list_missing ? json_array() : NULL;
    if (self->list_missing) each_missing(self, file, missing);
    if (self->as_json)
        print_json(path, &count, missing);
    else if (!self->list_missing)
        print_row(count.all, path);
}

static void report_total(const Report *self) {
    if (self->as_json) {
        print_json(STR_NONE, &self->total, NULL);
        return;
    }
    for (size_t k = 0; k < COUNTED_KINDS; k++) print_row(self->total.by_kind[k], str_of(kind_names[k]));
    print_row(self->total.all, STR("all"));
}

static bool read_percentage(const char *text, double *out) {
    char *end;
    *out = strtod(text, &end);
    return *text >= '0' && *text <= '9' && *end == '\0' && *out <= 100.0;
}

int command_coverage(int argc, char **argv) {
    static const struct option options[] = {REPOSITORY_OPTIONS,
                                            {"fail-under", required_argument, NULL, 'f'},
                                            {"missing", no_argument, NULL, 'm'},
                                            {"json", no_argument, NULL, 'j'},
                                            {0}};
    RepositoryOptions where = {0};
    double least = 0;
    Report report = {0};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        switch (c) {
        case 'm': report.list_missing = true; break;
        case 'j': report.as_json = true; break;
        case 'f':
            if (!read_percentage(optarg, &least))
                return command_fail("--fail-under wants a percentage, not %s", optarg);
            break;
        default:
            if (!repository_option(&where, c)) return EXIT_TROUBLE;
        }
    }
    if (optind != argc) return command_usage("coverage");
    Repository repository;
    if (!repository_open(&repository, &where)) return EXIT_TROUBLE;
    report.index = repository.index;
    FileIds files = {0};
    repository_files(&repository, &files);
    for (uint32_t i = 0; i < files.len; i++) report_file(&report, files.items[i]);
    ARRAY_FREE(&files);
    report_total(&report);
    repository_close(&repository);
    return percent(report.total.all) < least ? EXIT_FINDINGS : EXIT_FINE;
}
