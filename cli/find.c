#include "cli/command.h"

#include "index/search.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const kind_names[SYMBOL_KINDS] = {"module", "class",    "function",
                                                     "method", "variable", "attribute"};

static void print_hit(const Index *index, SymbolRef ref, bool as_json) {
    const Facts *facts = index_facts(index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Position place = lines_position(&facts->lines, symbol->name_start, ENCODING_UTF16);
    Str path = index_relative_path(index, ref.file);
    StrBuf name;
    buf_init(&name);
    index_dotted_name(index, ref, &name);
    if (as_json) {
        json_t *row = json_pack("{s:s%, s:s, s:s%, s:i, s:i}", "name", name.data, name.len, "kind",
                                kind_names[symbol->kind], "file", path.data, path.len, "line",
                                (int)place.line, "character", (int)place.column);
        json_dumpf(row, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(row);
    } else {
        printf("%.*s:%u:%u: %s %s\n", STR_ARG(path), place.line + 1, place.column + 1,
               kind_names[symbol->kind], name.data);
    }
    buf_release(&name);
}

static bool read_number(const char *text, uint32_t *out) {
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value > UINT32_MAX) return false;
    *out = (uint32_t)value;
    return true;
}

int command_find(int argc, char **argv) {
    static const struct option options[] = {{"root", required_argument, NULL, 'r'},
                                            {"limit", required_argument, NULL, 'l'},
                                            {"json", no_argument, NULL, 'j'},
                                            {0}};
    const char *root = NULL;
    bool as_json = false, limited = false;
    uint32_t limit = 0;
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        switch (c) {
        case 'r': root = optarg; break;
        case 'j': as_json = true; break;
        case 'l':
            limited = read_number(optarg, &limit);
            if (!limited) return command_fail("--limit wants a whole number, not %s", optarg);
            break;
        default: return EXIT_TROUBLE;
        }
    }
    if (optind + 1 != argc) return command_usage("find");
    Repository repository;
    if (!repository_open(&repository, root)) return EXIT_TROUBLE;
    SearchRequest request = {str_of(argv[optind]),
                             limited ? limit : (uint32_t)repository.settings.search_limit, false};
    Hits hits = {0};
    search_symbols(repository.index, &request, &hits);
    for (uint32_t i = 0; i < hits.len; i++) print_hit(repository.index, hits.items[i].ref, as_json);
    if (request.more)
        fprintf(stderr, "headword: only the first %u are shown; --limit 0 shows all\n", hits.len);
    int status = hits.len ? EXIT_FINE : EXIT_FINDINGS;
    ARRAY_FREE(&hits);
    repository_close(&repository);
    return status;
}
