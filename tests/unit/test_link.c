#include "fixture.h"
#include "markdown/link.h"

/* Links that editors follow lead to files only: a buffer has no place on the disk. */
static void test_only_files_have_links(void **state) {
    (void)state;
    Fixture f = fixture("== é.py\ndef run(): ...\n");
    Linker links = linker_file(f.index);
    StrBuf url;
    buf_init(&url);
    assert_true(links.symbol(links.context, (SymbolRef){fixture_file(&f, "é.py"), 1}, &url));
    assert_string_equal(url.data, "file:///w/%C3%A9.py#L1");
    buf_clear(&url);
    FileId buffer = index_update(f.index, STR("untitled:Untitled-1"),
                                 parser_facts(f.parser, STR("a.py"), STR("def run(): ...\n")));
    assert_false(links.symbol(links.context, (SymbolRef){buffer, 1}, &url));
    assert_int_equal(url.len, 0);
    buf_release(&url);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_files_have_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
