/* `headword show`: prints the card of the symbol that a name fits best. */
#include "cli/command.h"

#include "index/attached.h"
#include "index/resolve.h"
#include "index/search.h"
#include "markdown/card.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What is shown: a symbol, or what only an attached docstring tells of. */
typedef struct {
    bool is_attached;
    SymbolRef symbol;
    DocRef attached;
} Shown;

/* The symbol that a dotted path leads to, through imports too. */
static bool find_path(const Index *index, Str path, SymbolRef *out) {
    Targets targets = {0};
    resolve_path(index, path, &targets);
    bool found = targets.len > 0 && targets.items[0].symbol != NONE;
    if (found) *out = (SymbolRef){targets.items[0].file, targets.items[0].symbol};
    ARRAY_FREE(&targets);
    return found;
}

/* What bears the whole name comes before what the name may be short for. */
static bool find_shown(const Index *index, Str query, Shown *out) {
    SearchRequest request = {.query = query, .limit = 1};
    Hits hits = {0};
    *out = (Shown){0};
    if (find_path(index, query, &out->symbol)) return true;
    out->is_attached = attached_find_name(index, query, &out->attached);
    if (!out->is_attached) search_symbols(index, &request, &hits);
    if (hits.len) out->symbol = hits.items[0].ref;
    bool found = hits.len || out->is_attached;
    ARRAY_FREE(&hits);
    return found;
}

static void append_card(const Index *index, const Shown *shown, WriterFormat format, StrBuf *out) {
    if (shown->is_attached)
        card_hover_attached(index, shown->attached, format, out);
    else
        card_hover(index, shown->symbol, format, out);
}

static void print_card(const Index *index, const Shown *shown) {
    StrBuf card;
    buf_init(&card);
    const char *plain = getenv("NO_COLOR"); /* https://no-color.org */
    bool styled = isatty(STDOUT_FILENO) && !(plain && *plain);
    append_card(index, shown, styled ? WRITER_TERMINAL : WRITER_PLAIN, &card);
    fwrite(card.data, 1, card.len, stdout);
    buf_release(&card);
}

static json_t *place_new(const Index *index, const Shown *shown) {
    if (shown->is_attached) {
        Str path = index_relative_path(index, shown->attached.file);
        return json_pack("{s:s, s:s%, s:i, s:i}", "kind", "attached docstring", "file", path.data, path.len,
                         "line", (int)attached_line(index, shown->attached) - 1, "character", 0);
    }
    const Facts *facts = index_facts(index, shown->symbol.file);
    uint32_t start = facts->symbols.items[shown->symbol.symbol].name_start;
    Position place = lines_position(&facts->lines, start, ENCODING_UTF16);
    Str path = index_relative_path(index, shown->symbol.file);
    return json_pack("{s:s, s:s%, s:i, s:i}", "kind", card_kind(facts, shown->symbol.symbol), "file",
                     path.data, path.len, "line", (int)place.line, "character", (int)place.column);
}

static void print_json(const Index *index, const Shown *shown) {
    StrBuf name, markdown, plain;
    buf_init(&name);
    buf_init(&markdown);
    buf_init(&plain);
    if (shown->is_attached)
        attached_append_name(index, shown->attached, &name);
    else
        index_dotted_name(index, shown->symbol, &name);
    append_card(index, shown, WRITER_MARKDOWN, &markdown);
    append_card(index, shown, WRITER_PLAIN, &plain);
    json_t *row = json_pack("{s:s%}", "name", name.data, name.len);
    json_object_update_new(row, place_new(index, shown));
    json_object_update_new(row, json_pack("{s:s%, s:s%}", "markdown", markdown.data, markdown.len, "plain",
                                          plain.data, plain.len));
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
    Shown shown;
    bool found = find_shown(repository.index, str_of(argv[optind]), &shown);
    if (!found)
        fprintf(stderr, "headword: %s: no symbol of such a name\n", argv[optind]);
    else if (as_json)
        print_json(repository.index, &shown);
    else
        print_card(repository.index, &shown);
    int status = found ? EXIT_FINE : EXIT_FINDINGS;
    repository_close(&repository);
    return status;
}
