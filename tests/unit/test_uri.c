#include "protocol/uri.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* NULL: no path. */
static void check_path(const char *uri, const char *expected) {
    StrBuf path;
    buf_init(&path);
    assert_int_equal(uri_to_path(str_of(uri), &path), expected != NULL);
    assert_string_equal(path.data, expected ? expected : "");
    buf_release(&path);
}

static void check_uri(const char *path, const char *expected) {
    StrBuf uri;
    buf_init(&uri);
    uri_from_path(&uri, str_of(path));
    assert_string_equal(uri.data, expected);
    check_path(uri.data, path);
    buf_release(&uri);
}

static void test_spellings(void **state) {
    (void)state;
    check_path("file:///a/b.py", "/a/b.py");
    check_path("file:///a/%c3%a9/%F0%9F%9A%80.py", "/a/é/🚀.py");
    check_path("file:///a/é.py", "/a/é.py");
    check_path("file:///a%5bx%5D%3A:", "/a[x]::");
    check_path("FILE://localhost/a", "/a");
    check_path("file:/a", "/a");
}

static void test_tolerates(void **state) {
    (void)state;
    check_path("file:///100%%20ws/%zz%4", "/100% ws/%zz%4");
    check_path("file:///100%", "/100%");
    check_path("file:///a/../b//./c/", "/b/c");
    check_path("file:///a.py?x=1#L10", "/a.py");
    check_path("file:///a%3Fx%23y", "/a?x#y");
}

static void test_no_files(void **state) {
    (void)state;
    check_path("untitled:Untitled-1", NULL);
    check_path("file://server/share/a.py", NULL);
    check_path("file:///a%00b", NULL);
    check_path("file:relative", NULL);
    check_path("file://", NULL);
    check_path("", NULL);
}

static void test_writing(void **state) {
    (void)state;
    check_uri("/a/b-c_d.e~f", "file:///a/b-c_d.e~f");
    check_uri("/é/🚀", "file:///%C3%A9/%F0%9F%9A%80");
    check_uri("/a b[1]:#?%@+,", "file:///a%20b%5B1%5D%3A%23%3F%25%40%2B%2C");
    check_uri("/\xff", "file:///%FF");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_tolerates),
        cmocka_unit_test(test_no_files),
        cmocka_unit_test(test_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
