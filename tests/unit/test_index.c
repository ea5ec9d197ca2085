#include "fixture.h"

#include "index/search.h"

#include <stdlib.h>

/* --- the index equals one built from scratch --------------------------------------------------- */

static const char *const names[] = {"alpha", "beta", "gamma", "é", "🚀x", "delta", "ﬁ", "fi"};
enum { NAMES = sizeof names / sizeof *names, PATHS = 12 };

static uint32_t next_random(uint32_t *state) { return *state = *state * 1664525u + 1013904223u, *state >> 8; }

static void random_source(uint32_t *seed, StrBuf *out) {
    buf_clear(out);
    for (uint32_t n = next_random(seed) % 6; n-- > 0;) {
        const char *name = names[next_random(seed) % NAMES];
        switch (next_random(seed) % 4) {
        case 0: buf_printf(out, "def %s(a): return a.%s\n", name, names[next_random(seed) % NAMES]); break;
        case 1: buf_printf(out, "class %s:\n    def %s(self): self.%s = 1\n", name, name, name); break;
        case 2: buf_printf(out, "%s = %s\n", name, names[next_random(seed) % NAMES]); break;
        default: buf_printf(out, "import %s\n", name); break;
        }
    }
}

static void collect(void *context, SymbolRef ref) {
    StrBuf *out = context;
    buf_printf(out, "  %u:%u\n", ref.file, ref.symbol);
}

/* Everything that can be asked of an index about the names, by path. */
static void describe(const Index *index, StrBuf *out) {
    for (FileId f = 0; f < index_file_end(index); f++) {
        const Facts *facts = index_facts(index, f);
        buf_printf(out, "%.*s %u\n", STR_ARG(index_path(index, f)), facts ? facts->symbols.count : 0);
    }
    for (size_t n = 0; n < NAMES; n++) {
        Postings postings = index_postings(index, str_of(names[n]));
        buf_printf(out, "%s:", names[n]);
        for (uint32_t i = 0; i < postings.count; i++)
            buf_printf(
                out, " %u=%.*s", postings.items[i].file,
                STR_ARG(facts_name(index_facts(index, postings.items[i].file), postings.items[i].name)));
        buf_append_byte(out, '\n');
        index_each_symbol_named(index, str_of(names[n]), collect, out);
    }
    IndexStats stats = index_stats(index);
    buf_printf(out, "%u %u %u\n", stats.files, stats.symbols, stats.occurrences);
}

static void updates_leave_what_a_fresh_index_has(void **state) {
    (void)state;
    uint32_t seed = 20;
    Parser *parser = parser_new();
    for (int round = 0; round < 30; round++) {
        Index *live = index_new(), *fresh = index_new();
        StrBuf sources[PATHS], a, b, path;
        buf_init(&a);
        buf_init(&b);
        buf_init(&path);
        bool there[PATHS] = {0};
        for (int p = 0; p < PATHS; p++) buf_init(&sources[p]);
        for (int edit = 0; edit < 200; edit++) {
            uint32_t p = next_random(&seed) % PATHS;
            buf_clear(&path);
            buf_printf(&path, "/w/%u.py", p);
            there[p] = next_random(&seed) % 5 != 0;
            if (there[p]) random_source(&seed, &sources[p]);
            index_update(live, buf_str(&path),
                         there[p] ? parser_facts(parser, buf_str(&path), buf_str(&sources[p])) : NULL);
        }
        for (FileId f = 0; f < index_file_end(live); f++) { /* the same ids */
            uint32_t p = (uint32_t)atoi(index_path(live, f).data + 3);
            Str known = index_path(live, f);
            index_update(fresh, known, parser_facts(parser, known, buf_str(&sources[p])));
            if (!there[p]) index_update(fresh, known, NULL);
        }
        describe(live, &a);
        describe(fresh, &b);
        assert_string_equal(a.data, b.data);
        for (int p = 0; p < PATHS; p++) buf_release(&sources[p]);
        buf_release(&a);
        buf_release(&b);
        buf_release(&path);
        index_free(live);
        index_free(fresh);
    }
    parser_free(parser);
}

static void removing_what_is_not_there_is_nothing(void **state) {
    (void)state;
    Index *index = index_new();
    assert_int_equal(index_update(index, STR("/w/é.py"), NULL), NONE);
    assert_int_equal(index_file_end(index), 0);
    index_free(index);
}

/* --- modules ----------------------------------------------------------------------------------- */

static void assert_module(const Fixture *f, const char *path, const char *wanted) {
    StrBuf name;
    buf_init(&name);
    index_module_name(f->index, fixture_file(f, path), &name);
    assert_string_equal(name.data, wanted);
    buf_release(&name);
}

static void modules_are_named_as_python_imports_them(void **state) {
    (void)state;
    Fixture f =
        fixture("== p/__init__.py\n0\n== p/q/__init__.py\n0\n== p/q/m.py\n0\n== src/lib/__init__.py\n0\n"
                "== src/lib/x.py\n0\n== tools/run.py\n0\n== top.py\n0\n== deep/app/__init__.py\n0\n== "
                "deep/app/é.py\n0\n");
    assert_module(&f, "p/__init__.py", "p");
    assert_module(&f, "p/q/__init__.py", "p.q");
    assert_module(&f, "p/q/m.py", "p.q.m");
    assert_module(&f, "src/lib/x.py", "lib.x");
    assert_module(&f, "tools/run.py", "tools.run");
    assert_module(&f, "top.py", "top");
    assert_module(&f, "deep/app/é.py", "app.é");
    fixture_release(&f);
}

/* --- search ------------------------------------------------------------------------------------ */

static const char searched[] =
    "== lib/conv.py\n'''é🚀'''\nclass Conv2d:\n    def forward(self): ...\n    def _reset(self): ...\n"
    "def conv2d(): ...\nconv2d_weight = 1\ndef generate_doc_page(): ...\nclass HttpServer: ...\ndef "
    "größe_É(): ...\n"
    "== tests/test_conv.py\ndef conv2d(): ...\ndef test_conv2d(): ...\n";

static void assert_search(const char *query, uint32_t limit, const char *wanted) {
    Fixture f = fixture(searched);
    SearchRequest request = {str_of(query), limit, false};
    Hits hits = {0};
    StrBuf found;
    buf_init(&found);
    search_symbols(f.index, &request, &hits);
    for (uint32_t i = 0; i < hits.len; i++) {
        if (i) buf_append_byte(&found, ' ');
        index_dotted_name(f.index, hits.items[i].ref, &found);
    }
    if (request.more) buf_append(&found, STR(" more"));
    assert_string_equal(found.data, wanted);
    buf_release(&found);
    ARRAY_FREE(&hits);
    fixture_release(&f);
}

static void better_matches_come_first(void **state) {
    (void)state;
    assert_search("conv2d", 0,
                  "lib.conv.conv2d tests.test_conv.conv2d lib.conv.Conv2d lib.conv.conv2d_weight "
                  "tests.test_conv.test_conv2d");
    assert_search("Conv2d", 2, "lib.conv.Conv2d lib.conv.conv2d more");
}

static void words_and_subsequences_match(void **state) {
    (void)state;
    assert_search("gdp", 0, "lib.conv.generate_doc_page");
    assert_search("gendocp", 0, "lib.conv.generate_doc_page");
    assert_search("HS", 0, "lib.conv.HttpServer");
    assert_search("hserv", 0, "lib.conv.HttpServer");
    assert_search("ttpsr", 0, "lib.conv.HttpServer");
    assert_search("GRÖSSE_é", 0, "lib.conv.größe_É");
    assert_search("Größe", 0, "lib.conv.größe_É");
    assert_search("zzz", 0, "");
}

static void qualified_queries_look_at_containers(void **state) {
    (void)state;
    assert_search("Conv2d.forward", 0, "lib.conv.Conv2d.forward");
    assert_search("lib.conv.conv2d", 1, "lib.conv.conv2d more");
    assert_search("lib.forward", 0, "lib.conv.Conv2d.forward");
    assert_search("tests.conv2d", 1, "tests.test_conv.conv2d more");
    assert_search("other.forward", 0, "");
}

static void the_empty_query_lists_the_most_used(void **state) {
    (void)state;
    assert_search("", 1, "lib.conv.conv2d more");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(updates_leave_what_a_fresh_index_has),
        cmocka_unit_test(removing_what_is_not_there_is_nothing),
        cmocka_unit_test(modules_are_named_as_python_imports_them),
        cmocka_unit_test(better_matches_come_first),
        cmocka_unit_test(words_and_subsequences_match),
        cmocka_unit_test(qualified_queries_look_at_containers),
        cmocka_unit_test(the_empty_query_lists_the_most_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
