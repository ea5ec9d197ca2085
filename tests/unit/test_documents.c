#include "lsp/convert.h"
#include "lsp/documents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static Document *open_text(Documents *documents, const char *text) {
    return documents_open(documents, STR("file:///a/%C3%A9.py"), STR("python"), 0, str_of(text));
}

typedef struct {
    const char *before;
    LspRange range;
    Encoding encoding;
    const char *text, *after;
} Change;

static void test_change(void **state) {
    (void)state;
    static const Change changes[] = {
        {"aé🚀b", {{0, 4}, {0, 5}}, ENCODING_UTF16, "X", "aé🚀X"},
        {"aé🚀b", {{0, 7}, {0, 8}}, ENCODING_UTF8, "X", "aé🚀X"},
        {"aé🚀b", {{0, 3}, {0, 4}}, ENCODING_UTF32, "X", "aé🚀X"},
        {"aé🚀b", {{0, 2}, {0, 4}}, ENCODING_UTF16, "", "aéb"},
        {"a\r\nb\rc\nd", {{1, 0}, {2, 1}}, ENCODING_UTF16, "é", "a\r\né\nd"},
        {"ab\ncd", {{0, 99}, {1, 0}}, ENCODING_UTF16, "|", "ab|cd"},
        {"ab\ncd", {{99, 0}, {99, 9}}, ENCODING_UTF16, "!", "ab\ncd!"},
        {"ab\ncd", {{1, 1}, {0, 0}}, ENCODING_UTF16, "!", "ab\nc!d"},
        {"", {{0, 0}, {0, 0}}, ENCODING_UTF16, "🚀", "🚀"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const Change *change = &changes[i];
        Documents documents = {0};
        Document *document = open_text(&documents, change->before);
        document->stale = false;
        assert_true(document_change(document, &change->range, change->encoding, str_of(change->text)));
        assert_string_equal(document->text.data, change->after);
        assert_true(document->stale);
        documents_release(&documents);
    }
}

static void test_whole(void **state) {
    (void)state;
    Documents documents = {0};
    Document *document = open_text(&documents, "old");
    assert_true(document_change(document, NULL, ENCODING_UTF16, STR("é\0🚀")));
    assert_true(str_eq(buf_str(&document->text), STR("é\0🚀")));
    documents_release(&documents);
}

static void test_open_twice(void **state) {
    (void)state;
    Documents documents = {0};
    Document *first = open_text(&documents, "one");
    Document *second = documents_open(&documents, STR("file:///a/%c3%a9.py"), STR("markdown"), 4, STR("two"));
    assert_ptr_equal(first, second);
    assert_int_equal(documents.items.len, 1);
    assert_string_equal(second->text.data, "two");
    assert_int_equal(second->version, 4);
    assert_true(str_eq(second->uri, STR("file:///a/%c3%a9.py")));
    assert_true(str_eq(second->path, STR("/a/é.py")));
    assert_ptr_equal(documents_find(&documents, STR("file:///a/é.py")), second);
    documents_close(&documents, second);
    assert_null(documents_find(&documents, STR("file:///a/é.py")));
    documents_release(&documents);
}

static void test_other_schemes(void **state) {
    (void)state;
    Documents documents = {0};
    Document *document = documents_open(&documents, STR("untitled:Untitled-1"), STR("python"), 1, STR("é"));
    assert_true(str_eq(document->path, STR("untitled:Untitled-1")));
    assert_ptr_equal(documents_find(&documents, STR("untitled:Untitled-1")), document);
    documents_release(&documents);
}

static void check_uri(const Documents *documents, const char *path, const char *expected) {
    StrBuf uri;
    buf_init(&uri);
    convert_uri(&uri, str_of(path), documents);
    assert_string_equal(uri.data, expected);
    buf_release(&uri);
}

static void test_uris(void **state) {
    (void)state;
    Documents documents = {0};
    documents_open(&documents, STR("file:///a/%c3%a9.py"), STR("python"), 0, STR(""));
    check_uri(&documents, "/a/é.py", "file:///a/%c3%a9.py"); /* as the client spells it */
    check_uri(&documents, "/b/é.py", "file:///b/%C3%A9.py");
    check_uri(&documents, "untitled:1", "untitled:1");
    documents_release(&documents);
}

static void check_encoding(const char *wanted, const char *offers, Encoding expected) {
    json_t *list = offers ? json_loads(offers, 0, NULL) : NULL;
    assert_int_equal(convert_choose_encoding(str_of(wanted), list), expected);
    json_decref(list);
}

static void test_encodings(void **state) {
    (void)state;
    check_encoding("auto", NULL, ENCODING_UTF16);
    check_encoding("auto", "[]", ENCODING_UTF16);
    check_encoding("auto", "[\"utf-16\"]", ENCODING_UTF16);
    check_encoding("auto", "[\"utf-32\",\"utf-8\",\"utf-16\"]", ENCODING_UTF8);
    check_encoding("auto", "[\"utf-7\",5,\"utf-32\",\"utf-16\"]", ENCODING_UTF32);
    check_encoding("utf-16", "[\"utf-8\"]", ENCODING_UTF16);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_change),        cmocka_unit_test(test_whole), cmocka_unit_test(test_open_twice),
        cmocka_unit_test(test_other_schemes), cmocka_unit_test(test_uris),  cmocka_unit_test(test_encodings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
