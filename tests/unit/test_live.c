/* After any sequence of changes the index equals one built from scratch, in all that it can be asked. A
 * failure prints its seed and the fewest acts that still fail. */
#include "fixture.h"

#include "index/name.h"
#include "index/resolve.h"
#include "index/search.h"
#include "index/snapshot.h"

#include <stdlib.h>
#include <sys/mman.h>

static const char *const names[] = {"alpha", "beta", "gamma", "é", "🚀x", "delta", "ﬁ", "fi", "Alpha", "_x"};
static const char *const paths[] = {
    "/w/a.py",           "/w/pkg/__init__.py",    "/w/pkg/alpha.py", "/w/pkg/inner/__init__.py",
    "/w/pkg/inner/é.py", "/w/pkg/inner/beta.pyi", "/w/src/beta.py",  "/w/tests/test_a.py",
    "/v/alpha.py",       "/v/pkg/alpha.py",       "/lib/alpha.pyi",  "/lib/beta/__init__.pyi"};
static const char *const roots[] = {"/w", "/v", "/w/pkg", "/lib/beta"};

enum {
    NAMES = sizeof names / sizeof *names,
    PATHS = sizeof paths / sizeof *paths,
    ROOTS = sizeof roots / sizeof *roots,
    ACTS = 60,
    SEEDS = 60,
};

static uint32_t next_random(uint32_t *state) { return *state = *state * 1664525u + 1013904223u, *state >> 8; }

static const char *random_name(uint32_t *state) { return names[next_random(state) % NAMES]; }

static void append_statement(uint32_t *seed, StrBuf *out) {
    const char *name = random_name(seed);
    switch (next_random(seed) % 7) {
    case 0: buf_printf(out, "def %s(a): return a.%s\n", name, random_name(seed)); break;
    case 1:
        buf_printf(out, "class %s(%s):\n    def %s(self): self.%s = 1\n", name, random_name(seed), name,
                   name);
        break;
    case 2: buf_printf(out, "%s = %s\n", name, random_name(seed)); break;
    case 3: buf_printf(out, "from .%s import %s as %s\n", name, random_name(seed), random_name(seed)); break;
    case 4: buf_printf(out, "class %s(\n", name); break; /* broken */
    case 5: buf_printf(out, "def f():\n    '''%s, %sé🚀'''\n", name, random_name(seed)); break;
    default: buf_printf(out, "import %s\n", name); break;
    }
}

/* --- what happens ------------------------------------------------------------------------------ */

typedef enum { WRITE, APPEND, DELETE, MOVE, RENAME, TOUCH, ROOT, FREEZE, KINDS } Kind;

typedef struct {
    Kind kind;
    uint32_t a, b, seed;
} Act;

/* The files and roots as they should be, and the index that was told of each act. */
typedef struct {
    Index *index;
    Parser *parser;
    StrBuf texts[PATHS];
    bool there[PATHS];
    Array(Str) snapshots;              /* that the index may lie in; mapped */
    uint32_t roots[ROOTS], root_count; /* as they were added: imports look into them in this order */
} World;

static void world_init(World *self, Parser *parser) {
    *self = (World){.index = index_new(), .parser = parser};
    index_add_library(self->index, STR("/lib"), false);
    for (size_t i = 0; i < PATHS; i++) buf_init(&self->texts[i]);
}

static void world_release(World *self) {
    for (size_t i = 0; i < PATHS; i++) buf_release(&self->texts[i]);
    index_free(self->index);
    for (uint32_t i = 0; i < self->snapshots.len; i++) {
        Str bytes = self->snapshots.items[i];
        munmap((void *)(uintptr_t)bytes.data, bytes.len);
    }
    ARRAY_FREE(&self->snapshots);
}

static void tell(World *self, uint32_t path) {
    Str name = str_of(paths[path]);
    index_update(self->index, name,
                 self->there[path] ? parser_facts(self->parser, name, buf_str(&self->texts[path])) : NULL);
}

static void move_file(World *self, uint32_t from, uint32_t to) {
    if (from == to || !self->there[from]) return;
    buf_clear(&self->texts[to]);
    buf_append(&self->texts[to], buf_str(&self->texts[from]));
    self->there[to] = true;
    self->there[from] = false;
    tell(self, from);
    tell(self, to);
}

/* Gives one name another spelling, everywhere. */
static void rename_all(World *self, Str from, Str to) {
    for (uint32_t path = 0; path < PATHS; path++) {
        StrBuf *text = &self->texts[path];
        bool found = false;
        for (size_t at = 0; at + from.len <= text->len; at++) {
            if (!str_starts_with(str_from(buf_str(text), at), from)) continue;
            buf_replace(text, at, at + from.len, to);
            at += to.len;
            found = true;
        }
        if (found && self->there[path]) tell(self, path);
    }
}

static void toggle_root(World *self, uint32_t root) {
    for (uint32_t i = 0; i < self->root_count; i++) {
        if (self->roots[i] != root) continue;
        memmove(&self->roots[i], &self->roots[i + 1], (--self->root_count - i) * sizeof *self->roots);
        index_remove_root(self->index, str_of(roots[root]));
        return;
    }
    self->roots[self->root_count++] = root;
    index_add_root(self->index, str_of(roots[root]));
}

static bool take_bytes(void *context, Str bytes) {
    buf_append(context, bytes);
    return true;
}

/* A copy that nobody can write to. */
static Str mapped(const StrBuf *bytes) {
    void *copy = mmap(NULL, bytes->len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(copy, MAP_FAILED);
    memcpy(copy, bytes->data, bytes->len);
    assert_int_equal(mprotect(copy, bytes->len, PROT_READ), 0);
    return str_make(copy, bytes->len);
}

/* The process ends, and the next one goes on with what it left. */
static void freeze(World *self) {
    StrBuf bytes;
    buf_init(&bytes);
    Freeze *freeze =
        freeze_new(self->index, (FreezeScope){STR("/"), true}, STR("é🚀"), (SnapshotSink){&bytes, take_bytes});
    FreezeState state;
    while ((state = freeze_step(freeze, 100)) == FREEZE_MORE) {
    }
    assert_int_equal(state, FREEZE_DONE);
    freeze_free(freeze);
    index_free(self->index);
    self->index = index_new();
    index_add_library(self->index, STR("/lib"), false);
    for (uint32_t i = 0; i < self->root_count; i++)
        index_add_root(self->index, str_of(roots[self->roots[i]]));
    ARRAY_PUSH(&self->snapshots, mapped(&bytes));
    assert_true(snapshot_attach(*ARRAY_LAST(&self->snapshots), STR("é🚀"), self->index));
    buf_release(&bytes);
}

static void take_act(World *self, Act act) {
    uint32_t path = act.a % PATHS, seed = act.seed;
    StrBuf *text = &self->texts[path];
    switch (act.kind) {
    case WRITE: buf_clear(text); /* fall through */
    case APPEND:
        for (uint32_t n = next_random(&seed) % 5; n-- > 0;) append_statement(&seed, text);
        self->there[path] = true;
        tell(self, path);
        break;
    case DELETE: self->there[path] = false; /* fall through */
    case TOUCH: tell(self, path); break;
    case MOVE: move_file(self, path, act.b % PATHS); break;
    case RENAME: rename_all(self, str_of(names[act.a % NAMES]), str_of(names[act.b % NAMES])); break;
    case ROOT: toggle_root(self, act.a % ROOTS); break;
    case FREEZE: freeze(self); break;
    case KINDS: break;
    }
}

static Act random_act(uint32_t *state) {
    Act act = {.kind = next_random(state) % KINDS};
    act.a = next_random(state);
    act.b = next_random(state);
    act.seed = next_random(state);
    return act;
}

static void print_act(Act act) {
    static const char *const kinds[] = {"write",  "append", "delete", "move",
                                        "rename", "touch",  "root",   "freeze"};
    const char *object = act.kind == ROOT     ? roots[act.a % ROOTS]
                         : act.kind == RENAME ? names[act.a % NAMES]
                                              : paths[act.a % PATHS];
    const char *to = act.kind == MOVE ? paths[act.b % PATHS] : act.kind == RENAME ? names[act.b % NAMES] : "";
    print_message("  %s %s %s", kinds[act.kind], object, to);
    if (act.kind == WRITE || act.kind == APPEND) print_message("(text %u)", act.seed);
    print_message("\n");
}

/* --- what the index says ------------------------------------------------------------------------ */

/* One line an answer; what has no order is put into one by sorting the lines. */
typedef struct {
    const Index *index;
    Array(char *) lines;
} Answers;

static void add(Answers *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(Answers *self, const char *format, ...) {
    va_list args;
    va_start(args, format);
    StrBuf line = buf_formatted(format, args);
    va_end(args);
    ARRAY_PUSH(&self->lines, buf_take(&line));
}

static Str path_of(const Answers *self, FileId file) {
    return file == NONE ? STR("-") : index_path(self->index, file);
}

static void add_file(Answers *self, FileId file) {
    const Index *index = self->index;
    const Facts *facts = index_facts(index, file);
    Str path = index_path(index, file);
    StrBuf dotted;
    buf_init(&dotted);
    for (uint32_t s = 0; s < facts->symbols.count; s++) {
        buf_clear(&dotted);
        index_dotted_name(index, (SymbolRef){file, s}, &dotted);
        add(self, "symbol %.*s %u %s", STR_ARG(path), s, dotted.data);
    }
    for (uint32_t local = 0; local < facts->names.count; local++) {
        buf_clear(&dotted);
        Str normal = name_normal(facts_name(facts, local), &dotted);
        add(self, "name %.*s %u %s", STR_ARG(path), local,
            str_eq(index_name(index, index_name_id(index, file, local)), normal) ? "its own" : "another");
    }
    add(self, "file %.*s %.*s own %d test %d library %d found %d", STR_ARG(path),
        STR_ARG(index_relative_path(index, file)), index_is_own(index, file), index_is_test(index, file),
        index_is_library(index, file), index_find_file(index, path) == file);
    buf_release(&dotted);
}

static void add_targets(Answers *self, FileId file) {
    for (uint32_t o = 0; o < index_facts(self->index, file)->occurrences.count; o++) {
        Targets targets = {0};
        StrBuf found;
        buf_init(&found);
        resolve_occurrence(self->index, file, o, &targets);
        for (uint32_t i = 0; i < targets.len; i++)
            buf_printf(&found, " %.*s:%u%s", STR_ARG(path_of(self, targets.items[i].file)),
                       targets.items[i].name.start, targets.items[i].guess ? "?" : "");
        add(self, "target %.*s %u:%s", STR_ARG(path_of(self, file)), o, found.data);
        ARRAY_FREE(&targets);
        buf_release(&found);
    }
}

static void add_modules(Answers *self, FileId from) {
    static const char *const dotted[] = {"",          "alpha",       "beta",       "pkg",
                                         "pkg.inner", "pkg.inner.é", "inner.beta", "tests.test_a"};
    for (size_t i = 0; i < sizeof dotted / sizeof *dotted; i++) {
        for (uint32_t level = 0; level < 4; level++) {
            FileId found = index_find_module(self->index, from, str_of(dotted[i]), level);
            add(self, "module %.*s %u %s: %.*s", STR_ARG(path_of(self, from)), level, dotted[i],
                STR_ARG(path_of(self, found)));
        }
    }
}

static void on_symbol(void *context, SymbolRef ref) {
    Answers *self = context;
    Str name = symbol_name(index_facts(self->index, ref.file),
                           &index_facts(self->index, ref.file)->symbols.items[ref.symbol]);
    add(self, "named %.*s %.*s %u", STR_ARG(name), STR_ARG(path_of(self, ref.file)), ref.symbol);
}

static void add_name(Answers *self, uint32_t name) {
    Str text = index_name(self->index, name);
    Postings postings = index_name_postings(self->index, name);
    uint32_t symbols = index_name_symbols(self->index, name);
    bool defined = index_name_mask(self->index, name) & MASK_DEFINED;
    for (uint32_t i = 0; i < postings.count; i++) {
        Posting posting = postings.items[i];
        bool before =
            i == 0 || postings.items[i - 1].file < posting.file ||
            (postings.items[i - 1].file == posting.file && postings.items[i - 1].name < posting.name);
        add(self, "posting %.*s %.*s %u %d%s", STR_ARG(text), STR_ARG(path_of(self, posting.file)),
            posting.name, posting.kind, before ? "" : " out of order");
    }
    assert_int_equal(defined, symbols > 0);
    /* names that no file has any more stay, but count for nothing */
    if (postings.count || symbols || defined)
        add(self, "count %.*s %u symbols, defined %d, mask %llx", STR_ARG(text), symbols, defined,
            (unsigned long long)index_name_mask(self->index, name));
    index_each_symbol_of_name(self->index, name, on_symbol, self);
}

typedef void Search(const Index *index, SearchRequest *request, Hits *out);

static void add_search(Answers *self, Search *search, const char *query, uint32_t limit) {
    SearchRequest request = {.query = str_of(query), .limit = limit};
    Hits hits = {0};
    StrBuf found;
    buf_init(&found);
    search(self->index, &request, &hits);
    for (uint32_t i = 0; i < hits.len; i++)
        buf_printf(&found, " %.*s:%u", STR_ARG(path_of(self, hits.items[i].ref.file)),
                   hits.items[i].ref.symbol);
    add(self, "%s %s:%s%s", search == search_docs ? "docs" : "search", query, found.data,
        request.more ? " more" : "");
    ARRAY_FREE(&hits);
    buf_release(&found);
}

/* Which files may have docstrings with a word. */
static void add_filter(Answers *self, const char *query) {
    DocQuery words;
    doc_query_init(&words, str_of(query));
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        if (index_facts(self->index, file) == NULL) continue;
        bool may = doc_filter_may_have(index_doc_filter(self->index), file, &words);
        add(self, "filter %s %.*s %d", query, STR_ARG(path_of(self, file)), may);
    }
    doc_query_release(&words);
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static Answers ask(const Index *index) {
    static const char *const queries[] = {"",  "a",         "alpha",      "ALPHA", "fi",
                                          "é", "pkg.alpha", "alpha.beta", "x",     "dl"};
    Answers self = {.index = index};
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (index_facts(index, file) == NULL) continue;
        add_file(&self, file);
        add_modules(&self, file);
        add_targets(&self, file);
    }
    for (uint32_t name = 0; name < index_name_end(index); name++) add_name(&self, name);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        add_search(&self, search_symbols, queries[i], 0);
        add_search(&self, search_symbols, queries[i], 3);
        add_search(&self, search_docs, queries[i], 0);
        add_filter(&self, queries[i]);
    }
    IndexStats stats = index_stats(index);
    add(&self, "%u files, %u symbols, %u occurrences, %llu lines, %llu bytes", stats.files, stats.symbols,
        stats.occurrences, (unsigned long long)stats.lines, (unsigned long long)stats.source_bytes);
    if (self.lines.len) qsort(self.lines.items, self.lines.len, sizeof *self.lines.items, by_bytes);
    return self;
}

static void answers_release(Answers *self) {
    for (uint32_t i = 0; i < self->lines.len; i++) mem_free(self->lines.items[i]);
    ARRAY_FREE(&self->lines);
}

/* Whether both say the same; the first lines that differ are appended to `why`. */
static bool agree(const Answers *live, const Answers *fresh, StrBuf *why) {
    uint32_t end = live->lines.len < fresh->lines.len ? live->lines.len : fresh->lines.len, i = 0;
    while (i < end && strcmp(live->lines.items[i], fresh->lines.items[i]) == 0) i++;
    if (i == live->lines.len && i == fresh->lines.len) return true;
    buf_printf(why, "  live:  %s\n  fresh: %s\n", i < live->lines.len ? live->lines.items[i] : "-",
               i < fresh->lines.len ? fresh->lines.items[i] : "-");
    return false;
}

/* --- the test ----------------------------------------------------------------------------------- */

typedef struct {
    Act items[ACTS];
    uint32_t len;
} Acts;

static bool holds(Parser *parser, const Acts *acts, StrBuf *why) {
    World live, fresh;
    world_init(&live, parser);
    world_init(&fresh, parser);
    for (uint32_t i = 0; i < acts->len; i++) take_act(&live, acts->items[i]);
    for (uint32_t i = 0; i < live.root_count; i++) toggle_root(&fresh, live.roots[i]);
    for (uint32_t path = PATHS; path-- > 0;) { /* in another order than the acts' */
        fresh.there[path] = live.there[path];
        buf_append(&fresh.texts[path], buf_str(&live.texts[path]));
        tell(&fresh, path);
    }
    Answers a = ask(live.index), b = ask(fresh.index);
    bool same = agree(&a, &b, why);
    answers_release(&a);
    answers_release(&b);
    world_release(&live);
    world_release(&fresh);
    return same;
}

static Acts without(const Acts *acts, uint32_t first, uint32_t count) {
    Acts rest = *acts;
    if (first + count > rest.len) count = rest.len - first;
    memmove(rest.items + first, rest.items + first + count, (rest.len - first - count) * sizeof *rest.items);
    rest.len -= count;
    return rest;
}

/* Takes away what is not needed to fail. */
static void shrink(Parser *parser, Acts *acts) {
    StrBuf why;
    buf_init(&why);
    for (uint32_t count = ACTS; count > 0; count /= 2) {
        for (uint32_t first = 0; first < acts->len;) {
            Acts fewer = without(acts, first, count);
            if (holds(parser, &fewer, &why))
                first += count;
            else
                *acts = fewer;
        }
    }
    buf_release(&why);
}

static void assert_holds(Parser *parser, uint32_t seed, Acts *acts) {
    StrBuf why;
    buf_init(&why);
    if (!holds(parser, acts, &why)) {
        shrink(parser, acts);
        buf_clear(&why);
        holds(parser, acts, &why);
        print_message("seed %u, acts:\n", seed);
        for (uint32_t i = 0; i < acts->len; i++) print_act(acts->items[i]);
        fail_msg("the index is not what a fresh one is:\n%s", why.data);
    }
    buf_release(&why);
}

static void any_sequence_ends_like_a_fresh_index(void **state) {
    (void)state;
    Parser *parser = parser_new();
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        Acts acts = {.len = ACTS};
        uint32_t random = seed;
        for (uint32_t i = 0; i < ACTS; i++) acts.items[i] = random_act(&random);
        assert_holds(parser, seed, &acts);
    }
    parser_free(parser);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_sequence_ends_like_a_fresh_index)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
