#include "fixture.h"

/* --- updates ------------------------------------------------------------------------------------ */

static void what_files_had_does_not_pile_up(void **state) {
    (void)state;
    Parser *parser = parser_new();
    Index *index = index_new();
    Str path = STR("/w/é.py"), source = STR("'''Some words of docstrings, é🚀.'''\n");
    index_update(index, path, parser_facts(parser, path, source));
    uint64_t held = index_stats(index).held_bytes;
    for (int i = 0; i < 1000; i++) index_update(index, path, parser_facts(parser, path, source));
    assert_true(index_stats(index).held_bytes <= held + 1000);
    index_free(index);
    parser_free(parser);
}

/* Its number in the file stays the same, so the posting is kept. */
static void a_name_that_is_only_used_any_more_names_no_symbol(void **state) {
    (void)state;
    Parser *parser = parser_new();
    Index *index = index_new();
    Str path = STR("/w/é.py");
    index_update(index, path, parser_facts(parser, path, STR("é = 1\ndef é(): ...\n")));
    assert_int_equal(index_postings(index, STR("é")).items[0].kind, SYMBOL_FUNCTION);
    index_update(index, path, parser_facts(parser, path, STR("é\n")));
    assert_int_equal(index_postings(index, STR("é")).count, 1);
    assert_int_equal(index_postings(index, STR("é")).items[0].kind, 0);
    index_free(index);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_files_had_does_not_pile_up),
        cmocka_unit_test(a_name_that_is_only_used_any_more_names_no_symbol),
        cmocka_unit_test(removing_what_is_not_there_is_nothing),
        cmocka_unit_test(modules_are_named_as_python_imports_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
