#include "cli/command.h"

#include "index/search.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const kind_names[SYMBOL_KINDS] = {"module", "class",    "function",
                                                     "method", "variable", "attribute"};

typedef struct {
    RepositoryOptions where;
    bool docs, as_json, limited;
    uint32_t limit, kinds;
    StrBuf query;
} Options;

/* --- options ----------------------------------------------------------------------------------- */

static bool read_number(const char *text, uint32_t *out) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value > UINT32_MAX) return false;
    *out = (uint32_t)value;
    return true;
}

/* Adds the kinds of "class,method" to the bits. */
static bool read_kinds(const char *text, uint32_t *bits) {
    Str rest = str_of(text), name;
    while (str_next_piece(&rest, ',', &name)) {
        uint32_t kind = 0;
        while (kind < SYMBOL_KINDS && !str_eq(name, str_of(kind_names[kind]))) kind++;
        if (kind == SYMBOL_KINDS) return false;
        *bits |= (uint32_t)1 << kind;
    }
    return *bits != 0;
}

/* False after a message. */
static bool read_option(Options *self, int option) {
    switch (option) {
    case 'j': self->as_json = true; return true;
    case 'd': self->docs = true; return true;
    case 'l':
        self->limited = read_number(optarg, &self->limit);
        if (!self->limited) command_fail("--limit wants a whole number, not %s", optarg);
        return self->limited;
    case 'k':
        if (read_kinds(optarg, &self->kinds)) return true;
        command_fail("--kind wants some of module, class, function, method, variable, attribute, joined by "
                     "commas, not %s",
                     optarg);
        return false;
    default: return repository_option(&self->where, option);
    }
}

/* A name is one word; the words of docstrings may be many. */
static bool read_options(Options *self, int argc, char **argv) {
    static const struct option options[] = {REPOSITORY_OPTIONS,
                                            {"limit", required_argument, NULL, 'l'},
                                            {"kind", required_argument, NULL, 'k'},
                                            {"doc", no_argument, NULL, 'd'},
                                            {"json", no_argument, NULL, 'j'},
                                            {0}};
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        if (!read_option(self, c)) return false;
    }
    if (optind == argc || (optind + 1 < argc && !self->docs)) {
        command_usage("find");
        return false;
    }
    for (int i = optind; i < argc; i++) {
        if (i > optind) buf_append_byte(&self->query, ' ');
        buf_append(&self->query, str_of(argv[i]));
    }
    return true;
}

/* --- what is printed --------------------------------------------------------------------------- */

static void print_json(Str path, Position place, const char *kind, Str name, Str line) {
    json_t *row = json_pack("{s:s%, s:s, s:s%, s:i, s:i}", "name", name.data, name.len, "kind", kind, "file",
                            path.data, path.len, "line", (int)place.line, "character", (int)place.column);
    if (line.len) json_object_set_new(row, "doc", json_stringn(line.data, line.len));
    command_print_json(row);
}

/* As compilers print places, so that editors find them. */
static void print_text(Str path, Position place, const char *kind, Str name, Str line) {
    const char *no_color = getenv("NO_COLOR"); /* see no-color.org */
    bool color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
    if (color) fputs("\033[35m", stdout);
    command_print(stdout, "%.*s", STR_ARG(path));
    printf("%s:%u:%u: %s %s", color ? "\033[m" : "", place.line + 1, place.column + 1, kind,
           color ? "\033[1m" : "");
    command_print(stdout, "%.*s", STR_ARG(name));
    if (color) fputs("\033[m", stdout);
    command_print(stdout, line.len ? ": %.*s\n" : "%.*s\n", STR_ARG(line));
}

static void print_hit(const Index *index, SymbolRef ref, const Options *options) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Position place = lines_position(&facts->lines, symbol->name_start, ENCODING_UTF16);
    Str doc = facts_text(facts, symbol->doc);
    Str line = options->docs ? search_doc_line(doc, buf_str(&options->query)) : STR_NONE;
    StrBuf name;
    buf_init(&name);
    index_dotted_name(index, ref, &name);
    (options->as_json ? print_json : print_text)(index_relative_path(index, ref.file), place,
                                                 kind_names[symbol->kind], buf_str(&name), line);
    buf_release(&name);
}

/* What the query may have been meant to be. */
static void print_nearest(const Index *index, const Options *options) {
    uint32_t near[SEARCH_NEAREST];
    uint32_t count = search_nearest(index, buf_str(&options->query), near);
    for (uint32_t i = 0; i < count; i++)
        command_print(stderr, "%s%.*s",
                      i ? ", " : "headword: the nearest names: ", STR_ARG(index_name(index, near[i])));
    if (count) fputc('\n', stderr);
}

static void print_nothing(const Repository *repository, const Options *options) {
    if (index_stats(repository->index).files == 0)
        fprintf(stderr, "headword: there are no sources to search in %s\n", repository->root);
    else
        fprintf(stderr, "headword: no %s: %s\n",
                options->docs ? "docstring has these words" : "symbol is named like that",
                options->query.data);
}

static int find(Options *options) {
    Repository repository;
    if (!repository_open(&repository, &options->where)) return EXIT_TROUBLE;
    SearchRequest request = {.query = buf_str(&options->query),
                             .limit = options->limited ? options->limit
                                                       : (uint32_t)repository.settings.search_limit,
                             .kinds = options->kinds};
    Hits hits = {0};
    (options->docs ? search_docs : search_symbols)(repository.index, &request, &hits);
    for (uint32_t i = 0; i < hits.len; i++) print_hit(repository.index, hits.items[i].ref, options);
    if (request.more)
        fprintf(stderr, "headword: only the first %u are shown; --limit 0 shows all\n", hits.len);
    if (hits.len == 0) print_nothing(&repository, options);
    if (!options->docs && (hits.len == 0 || request.loose)) print_nearest(repository.index, options);
    int status = hits.len ? EXIT_FINE : EXIT_FINDINGS;
    ARRAY_FREE(&hits);
    repository_close(&repository);
    return status;
}

int command_find(int argc, char **argv) {
    Options options = {0};
    buf_init(&options.query);
    int status = read_options(&options, argc, argv) ? find(&options) : EXIT_TROUBLE;
    buf_release(&options.query);
    return status;
}
