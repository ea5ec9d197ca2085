#include "fixture.h"

#include "index/search.h"

/* --- updates ------------------------------------------------------------------------------------ */

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
        cmocka_unit_test(removing_what_is_not_there_is_nothing),
        cmocka_unit_test(modules_are_named_as_python_imports_them),
        cmocka_unit_test(better_matches_come_first),
        cmocka_unit_test(words_and_subsequences_match),
        cmocka_unit_test(qualified_queries_look_at_containers),
        cmocka_unit_test(the_empty_query_lists_the_most_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
