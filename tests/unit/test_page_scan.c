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

/* A line that is put in above changes where all others stand, and that is the least interesting. */
static void test_numbers_of_lines(void **state) {
    (void)state;
    check("## A\n\n[`é`](#é) [L2-L9](m.py#L2-L9)\n\n`m.py:9` 1\n",
          "## A\n\n[`é`](#é) [L3-L10](m.py#L3-L10)\n\n`m.py:10` 2\n",
          "under A: \"`m.py:9` 1\" is now \"`m.py:10` 2\"");
    check("## A\n\n[L2](m.py#L2)\n", "## A\n\n[L13](m.py#L13)\n", "only line numbers changed");
}

/* What is far behind in a long line is shown, not the line's start. */
static void test_late_changes_of_long_lines(void **state) {
    (void)state;
    StrBuf old, new, out;
    StrBuf *const bufs[] = {&old, &new, &out};
    for (int i = 0; i < 3; i++) buf_init(bufs[i]);
    for (int i = 0; i < 100; i++) buf_append(&old, STR("é"));
    buf_append(&new, buf_str(&old));
    buf_append(&old, STR("one"));
    buf_append(&new, STR("two"));
    page_scan_change(buf_str(&old), buf_str(&new), &out);
    assert_true(str_starts_with(buf_str(&out), STR("\"…éé")));
    assert_non_null(strstr(out.data, "éone\" is now \"…é"));
    assert_true(str_ends_with(buf_str(&out), STR("étwo\"")));
    for (int i = 0; i < 3; i++) buf_release(bufs[i]);
}

/* The stamps of what is no Markdown say nothing, and neither does what is no text. */
static void test_data(void **state) {
    (void)state;
    check("{\"stamp\":\"headword format=1 page=1\",\n{\"é\":1},\n",
          "{\"stamp\":\"headword format=1 page=2\",\n{\"é\":2},\n", "\"{\"é\":1},\" is now \"{\"é\":2},\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_change),
        cmocka_unit_test(test_sources_and_kept_blocks_do_not_count),
        cmocka_unit_test(test_long_lines_and_control_characters),
        cmocka_unit_test(test_numbers_of_lines),
        cmocka_unit_test(test_late_changes_of_long_lines),
        cmocka_unit_test(test_data),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
