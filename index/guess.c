/* What a member may be where nothing is known of the value before the dot. */
#include "index/query.h"

#include <stdlib.h>

enum {
    MOST_GUESSES = 5,
    MOST_MEMBERS = 200, /* of one name; more say nothing */
    FOLDER_WORTH = 2,   /* in octaves of files that name the class */
};

typedef enum { NEAR_CLASS, NEAR_FILE, NEAR_IMPORT, NEAR_ELSE } Nearness;

typedef struct {
    Target target;
    SymbolRef class;
    Nearness nearness; /* to the place that asks */
    uint32_t worth;    /* of folders that both are in, and of files that name the class */
} Guess;

typedef Array(Guess) Guesses;

/* The class around an occurrence; file NONE when there is none. */
static SymbolRef class_around(const Facts *facts, FileId file, uint32_t occurrence) {
    uint32_t symbol = facts->scopes.items[facts_scope_of(facts, occurrence)].symbol;
    while (symbol != NONE && facts->symbols.items[symbol].kind != SYMBOL_CLASS)
        symbol = facts->symbols.items[symbol].parent;
    return (SymbolRef){symbol == NONE ? NONE : file, symbol};
}

static Nearness nearness(Query *self, FileId from, SymbolRef around, SymbolRef class) {
    const Facts *facts = index_facts(self->index, from);
    if (around.file != NONE && (query_inherits(self, around, class) || query_inherits(self, class, around)))
        return NEAR_CLASS;
    if (class.file == from) return NEAR_FILE;
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        if (query_imports_module(self->index, from, &facts->imports.items[i], class.file)) return NEAR_IMPORT;
    }
    return NEAR_ELSE;
}

static uint32_t shared_folders(Str a, Str b) {
    uint32_t count = 0;
    for (size_t i = 0; i < a.len && i < b.len && a.data[i] == b.data[i]; i++) count += a.data[i] == '/';
    return count;
}

/* What speaks for a class, seen from a file. */
static uint32_t worth_of(const Index *index, FileId from, SymbolRef class) {
    uint32_t name = index_facts(index, class.file)->symbols.items[class.symbol].name, octaves = 0;
    uint32_t files = index_name_postings(index, index_name_id(index, class.file, name)).count;
    while (files >> octaves > 1) octaves++;
    return octaves + FOLDER_WORTH * shared_folders(index_path(index, from), index_path(index, class.file));
}

/* --- order -------------------------------------------------------------------------------------- */

/* By path and place, in whatever order files were read. */
static int by_place(const void *left, const void *right, void *context) {
    const Guess *a = left, *b = right;
    const Index *index = context;
    int order = a->class.file == b->class.file
                    ? 0
                    : str_compare(index_path(index, a->class.file), index_path(index, b->class.file));
    return order ? order
                 : (a->target.name.start > b->target.name.start) -
                       (a->target.name.start < b->target.name.start);
}

/* The nearest first. */
static int by_likelihood(const void *left, const void *right, void *context) {
    const Guess *a = left, *b = right;
    if (a->nearness != b->nearness) return a->nearness < b->nearness ? -1 : 1;
    if (a->worth != b->worth) return a->worth > b->worth ? -1 : 1;
    return by_place(left, right, context);
}

static void sort(const Index *index, Guesses *guesses, int (*order)(const void *, const void *, void *)) {
    if (guesses->len < 2) return;
    qsort_r(guesses->items, guesses->len, sizeof(Guess), order, (void *)(uintptr_t)index);
}

/* --- members ------------------------------------------------------------------------------------ */

/* Adds the members of that name in one file; false when they become too many. */
static bool add_members(const Index *index, Posting posting, Guesses *out) {
    const Facts *facts = index_facts(index, posting.file);
    Slice symbols = facts_symbols_named(facts, posting.name);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        uint32_t symbol = facts->by_name.items[i], parent = facts->symbols.items[symbol].parent;
        if (parent == NONE || facts->symbols.items[parent].kind != SYMBOL_CLASS) continue;
        if (out->len == MOST_MEMBERS) return false;
        Target target = query_symbol_target(index, posting.file, symbol);
        target.guess = true;
        ARRAY_PUSH(out, (Guess){.target = target, .class = {posting.file, parent}});
    }
    return true;
}

/* The members of own classes; none when they are too many. What tests define is none for other code. */
static void find_members(const Index *index, FileId from, Str name, Guesses *out) {
    Postings postings = index_postings(index, name);
    for (uint32_t i = 0; i < postings.count; i++) {
        Posting posting = postings.items[i];
        bool counts = posting.kind && index_is_own(index, posting.file) &&
                      (index_is_test(index, from) || !index_is_test(index, posting.file));
        if (counts && !add_members(index, posting, out)) {
            out->len = 0;
            return;
        }
    }
    sort(index, out, by_place);
}

/* Whether a builtin class has such a member: that is what values in most places are. */
static bool is_built_in(Query *self, FileId file, Str name) {
    FileId builtins = query_find_module(self, file, STR("builtins"), 0);
    uint32_t local = builtins == NONE ? NONE : scope_name(self->index, builtins, name);
    if (local == NONE) return false;
    const Facts *facts = index_facts(self->index, builtins);
    Slice symbols = facts_symbols_named(facts, local);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        uint32_t parent = facts->symbols.items[facts->by_name.items[i]].parent;
        if (parent != NONE && facts->symbols.items[parent].kind == SYMBOL_CLASS) return true;
    }
    return false;
}

/* Whether the class gets such a member from another's, so that it is an override. */
static bool overrides(Query *self, const Guesses *guesses, const Guess *guess) {
    SymbolRefs order = query_order(self, guess->class);
    for (uint32_t i = 1; i < order.len; i++) {
        for (uint32_t n = 0; n < guesses->len; n++) {
            SymbolRef class = guesses->items[n].class;
            if (class.file == order.items[i].file && class.symbol == order.items[i].symbol) return true;
        }
    }
    return false;
}

/* Leaves overrides out, but for those in the hierarchy around. */
static void keep_roots(Query *self, Guesses *guesses) {
    Guesses kept = {0};
    for (uint32_t i = 0; i < guesses->len; i++) {
        const Guess *guess = &guesses->items[i];
        if (guess->nearness == NEAR_CLASS || !overrides(self, guesses, guess)) ARRAY_PUSH(&kept, *guess);
    }
    ARRAY_FREE(guesses);
    *guesses = kept;
}

void query_guess(Query *self, FileId file, uint32_t occurrence, Targets *out) {
    const Facts *facts = index_facts(self->index, file);
    Str name = facts_name(facts, facts->occurrences.items[occurrence].name);
    SymbolRef around = class_around(facts, file, occurrence);
    Guesses guesses = {0};
    index_tell_name(self->index, name, true);
    if (!is_built_in(self, file, name)) find_members(self->index, file, name, &guesses);
    for (uint32_t i = 0; i < guesses.len; i++) {
        Guess *guess = &guesses.items[i];
        guess->nearness = nearness(self, file, around, guess->class);
        guess->worth = worth_of(self->index, file, guess->class);
    }
    keep_roots(self, &guesses);
    sort(self->index, &guesses, by_likelihood);
    for (uint32_t i = 0; i < guesses.len && i < MOST_GUESSES; i++)
        query_push_target(out, guesses.items[i].target);
    ARRAY_FREE(&guesses);
}
