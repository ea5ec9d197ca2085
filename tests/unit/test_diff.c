#include "fixture.h"
#include "markdown/diff.h"

static void check(const char *old, const char *new, const char *expected) {
    StrBuf out;
    buf_init(&out);
    diff_append(STR("é.md"), str_of(old), str_of(new), &out);
    assert_string_equal(out.data, expected);
    buf_release(&out);
}

#define HEAD "--- a/é.md\n+++ b/é.md\n"

static void test_hunks(void **state) {
    (void)state;
    check("a\n", "a\n", "");
    check("", "a\n", HEAD "@@ -0,0 +1,1 @@\n+a\n");
    check("a\n", "", HEAD "@@ -1,1 +0,0 @@\n-a\n");
    check("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n🚀\n6\n7\n8\n9\n",
          HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+🚀\n 6\n 7\n 8\n");
    check("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
          HEAD "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
    check("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
          HEAD "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

/* Of "abcabba" and "cbabac", the example of the paper, four lines stay. */
static void test_least_edits(void **state) {
    (void)state;
    check("a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n",
          HEAD "@@ -1,7 +1,6 @@\n-a\n-b\n c\n+b\n a\n b\n-b\n a\n+c\n");
}

static void test_texts_with_nothing_in_common(void **state) {
    (void)state;
    StrBuf old, new, out;
    buf_init(&old);
    buf_init(&new);
    buf_init(&out);
    for (unsigned i = 0; i < 3000; i++) {
        buf_printf(&old, "old %u\n", i);
        buf_printf(&new, "new %u\n", i);
    }
    diff_append(STR("x"), buf_str(&old), buf_str(&new), &out);
    assert_true(str_starts_with(buf_str(&out), STR("--- a/x\n+++ b/x\n@@ -1,3000 +1,3000 @@\n-old 0\n")));
    assert_true(str_ends_with(buf_str(&out), STR("\n+new 2999\n")));
    buf_release(&old);
    buf_release(&new);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hunks),
        cmocka_unit_test(test_least_edits),
        cmocka_unit_test(test_texts_with_nothing_in_common),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
