#include "fixture.h"
#include "markdown/escape.h"
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

/* What a setting says is written into links of every page. */
static void test_addresses_end_no_link(void **state) {
    (void)state;
    StrBuf url;
    buf_init(&url);
    url_append_address(STR("https://é.org/a%20b?c=(d) [x](y)<z>`\n"), &url);
    assert_string_equal(url.data, "https://é.org/a%20b?c=%28d%29%20[x]%28y%29%3Cz%3E%60%0A");
    buf_release(&url);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_files_have_links),
        cmocka_unit_test(test_addresses_end_no_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
