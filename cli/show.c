/* `headword show`: prints the card of the symbol that a name fits best. */
#include "cli/command.h"

#include "index/attached.h"
#include "index/references.h"
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
    bool is_other; /* it is not called as was asked */
    SymbolRef symbol;
    DocRef attached;
} Shown;

typedef void PathFinder(const Index *index, Str path, Targets *out);

/* The symbol that a dotted path leads to, through imports too. */
static bool find_path(const Index *index, PathFinder *find, Str path, SymbolRef *out) {
    Targets targets = {0};
    find(index, path, &targets);
    bool found = targets.len > 0 && targets.items[0].symbol != NONE;
    if (found) {
        const Target *first = &targets.items[0];
        *out = (SymbolRef){first->file, card_getter(index_facts(index, first->file), first->symbol)};
    }
    ARRAY_FREE(&targets);
    return found;
}

/* Whether the dotted name ends with what was asked for. */
static bool is_called(const Index *index, SymbolRef ref, Str query) {
    StrBuf name;
    buf_init(&name);
    index_dotted_name(index, ref, &name);
    Str full = buf_str(&name);
    bool called =
        str_ends_with(full, query) && (full.len == query.len || full.data[full.len - query.len - 1] == '.');
    buf_release(&name);
    return called;
}

/* A name without a dot means no member where a builtin bears it. */
static bool comes_before_builtins(const Index *index, SymbolRef ref, Str query) {
    const Facts *facts = index_facts(index, ref.file);
    uint32_t parent = facts->symbols.items[ref.symbol].parent;
    bool member = parent != NONE && parent != 0;
    return index_is_own(index, ref.file) && (!member || str_find_byte(query, '.') != STR_NPOS);
}

/* What bears the whole name comes before what the name may be short for: own code, builtins, what is like it.
 */
static bool find_shown(const Index *index, Str query, Shown *out) {
    SearchRequest request = {.query = query, .limit = 1};
    Hits hits = {0};
    *out = (Shown){0};
    if (find_path(index, resolve_path, query, &out->symbol)) return true;
    out->is_attached = attached_find_name(index, query, &out->attached);
    if (out->is_attached) return true;
    search_symbols(index, &request, &hits);
    bool found = hits.len > 0;
    if (found) out->symbol = hits.items[0].ref;
    ARRAY_FREE(&hits);
    bool called = found && is_called(index, out->symbol, query);
    if (called && comes_before_builtins(index, out->symbol, query)) return true;
    if (find_path(index, resolve_builtin, query, &out->symbol)) return true;
    out->is_other = found && !called;
    return found;
}

static void append_card(const Index *index, const Shown *shown, WriterFormat format, StrBuf *out) {
    if (shown->is_attached) {
        card_hover_attached(index, shown->attached, format, out);
        return;
    }
    bool more;
    uint32_t count = references_count(index, shown->symbol, &more);
    card_hover(index, shown->symbol, format, out);
    card_hover_uses(count, more, STR_NONE, format, out);
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
    command_print_json(row);
    buf_release(&name);
    buf_release(&markdown);
    buf_release(&plain);
}

static void print_other(const Index *index, const Shown *shown, const char *query) {
    StrBuf name;
    buf_init(&name);
    index_dotted_name(index, shown->symbol, &name);
    command_print(stderr, "headword: no symbol is named like that: %s; the closest is %s\n", query,
                  name.data);
    buf_release(&name);
}

static int show(const Index *index, const char *query, bool as_json) {
    Shown shown;
    if (!find_shown(index, str_of(query), &shown)) {
        command_print(stderr, "headword: %s: no symbol of such a name\n", query);
        return EXIT_FINDINGS;
    }
    if (shown.is_other) print_other(index, &shown, query);
    (as_json ? print_json : print_card)(index, &shown);
    return EXIT_FINE;
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
    where.library_path = argv[optind];
    Repository repository;
    if (!repository_open(&repository, &where)) return EXIT_TROUBLE;
    int status = show(repository.index, argv[optind], as_json);
    repository_close(&repository);
    return status;
}
