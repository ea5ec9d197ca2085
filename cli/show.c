/* `headword show`: prints the card of the symbol that a name fits best. */
#include "cli/command.h"

#include "index/search.h"
#include "markdown/card.h"

#include <jansson.h>
#include <stdio.h>

static void print_card(const Index *index, SymbolRef ref) {
    StrBuf card;
    buf_init(&card);
    card_hover(index, ref, WRITER_PLAIN, &card);
    fwrite(card.data, 1, card.len, stdout);
    buf_release(&card);
}

static void print_json(const Index *index, SymbolRef ref) {
    const Facts *facts = index_facts(index, ref.file);
    Position place =
        lines_position(&facts->lines, facts->symbols.items[ref.symbol].name_start, ENCODING_UTF16);
    Str path = index_relative_path(index, ref.file);
    StrBuf name, markdown, plain;
    buf_init(&name);
    buf_init(&markdown);
    buf_init(&plain);
    index_dotted_name(index, ref, &name);
    card_hover(index, ref, WRITER_MARKDOWN, &markdown);
    card_hover(index, ref, WRITER_PLAIN, &plain);
    json_t *row = json_pack("{s:s%, s:s, s:s%, s:i, s:i, s:s%, s:s%}", "name", name.data, name.len, "kind",
                            card_kind(facts, ref.symbol), "file", path.data, path.len, "line",
                            (int)place.line, "character", (int)place.column, "markdown", markdown.data,
                            markdown.len, "plain", plain.data, plain.len);
    json_dumpf(row, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(row);
    buf_release(&name);
    buf_release(&markdown);
    buf_release(&plain);
}

int command_show(int argc, char **argv) {
    static const struct option options[] = {REPOSITORY_OPTIONS, {"json", no_argument, NULL, 'j'}, {0}};
    RepositoryOptions where = {0};
    bool as_json = false;
    for (int c; (c = command_option(argc, argv, options)) != -1;) {
        if (c == 'j')
            as_json = true;
        else if (!repository_option(&where, c))
            return EXIT_TROUBLE;
    }
    if (optind + 1 != argc) return command_usage("show");
    Repository repository;
    if (!repository_open(&repository, &where)) return EXIT_TROUBLE;
    SearchRequest request = {.query = str_of(argv[optind]), .limit = 1};
    Hits hits = {0};
    search_symbols(repository.index, &request, &hits);
    if (hits.len == 0)
        fprintf(stderr, "headword: %s: no symbol of such a name\n", argv[optind]);
    else if (as_json)
        print_json(repository.index, hits.items[0].ref);
    else
        print_card(repository.index, hits.items[0].ref);
    int status = hits.len ? EXIT_FINE : EXIT_FINDINGS;
    ARRAY_FREE(&hits);
    repository_close(&repository);
    return status;
}
