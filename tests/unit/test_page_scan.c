/* What is said about a page that is stale. */
#include "fixture.h"
#include "markdown/page_scan.h"

#define HEAD                                                                                                 \
    "# Page\n\n## File Metadata\n\n- Size: 1\n\n## Original Source\n\n```\nx = 1\n## no heading\n```\n\n"
#define FOOT "\n<!-- headword format=1 source=0 page=1 -->\n"

static void check(const char *old, const char *new, const char *expected) {
    StrBuf out;
    buf_init(&out);
    page_scan_change(str_of(old), str_of(new), &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

static void test_first_change(void **state) {
    (void)state;
    static const char page[] = HEAD "## Analysis é\n\n#### `f`\n\nOne.\n\nTwo.\n" FOOT;
    check(page, page, "");
    check(page, HEAD "## Analysis é\n\n#### `f`\n\nOne 🚀.\n\nTwo.\n" FOOT,
          "under `f`: \"One.\" is now \"One 🚀.\"");
    check(page, HEAD "## Analysis é\n\nNew\n\n#### `f`\n\nOne.\n\nTwo.\n" FOOT,
          "under Analysis é: \"New\" is new");
    check(page, HEAD "## Analysis é\n\n#### `f`\n\nTwo.\n" FOOT, "under `f`: \"One.\" is gone");
    check(page, HEAD "## Analysis é\n\n#### `f`\n\nOne.\n" FOOT, "under `f`: \"Two.\" is gone");
}

static void test_sources_and_kept_blocks_do_not_count(void **state) {
    (void)state;
    check("## File Metadata\n\n- Size: 1\n\n## Original Source\n\n```\nx\n```\n" FOOT,
          "## File Metadata\n\n- Size: 2\n\n## Original Source\n\n```\ny\n```\n", "");
    check("## A\n\none\n", "## A\n\n<!-- headword:keep x -->\nmine\n<!-- headword:end -->\n\none\n", "");
}

static void test_long_lines_and_control_characters(void **state) {
    (void)state;
    StrBuf old, out;
    buf_init(&old);
    buf_init(&out);
    buf_append(&old, STR("a\x1b[2Jb"));
    for (int i = 0; i < 100; i++) buf_append(&old, STR("é"));
    page_scan_change(buf_str(&old), STR("x\n"), &out);
    assert_true(str_starts_with(buf_str(&out), STR("\"a [2Jbéé")));
    assert_true(str_ends_with(buf_str(&out), STR("é…\" is now \"x\"")));
    buf_release(&old);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_change),
        cmocka_unit_test(test_sources_and_kept_blocks_do_not_count),
        cmocka_unit_test(test_long_lines_and_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
