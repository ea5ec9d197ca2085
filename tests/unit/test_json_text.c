#include "protocol/json_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* What was written must read back as what went in. */
static void test_strings(void **state) {
    (void)state;
    static const Str strings[] = {
        {"", 0},         {"plain", 5},        {"é🚀", 6},           {"\"\\/\b\f\n\r\t", 8},
        {"a\0b\x1f", 4}, {"\xE2\x80\xA8", 3}, {"\x7f\xC3\xA9", 3},
    };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        StrBuf text;
        buf_init(&text);
        json_text_str(&text, strings[i]);
        json_t *read = json_loadb(text.data, text.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_true(json_is_string(read));
        assert_true(str_eq(json_str(read), strings[i]));
        json_decref(read);
        buf_release(&text);
    }
}

static void test_ill_formed(void **state) {
    (void)state;
    StrBuf text;
    buf_init(&text);
    json_text_str(&text, STR("a\xFFz"));
    assert_string_equal(text.data, "\"a\xEF\xBF\xBDz\"");
    buf_release(&text);
}

static void test_values(void **state) {
    (void)state;
    StrBuf text;
    buf_init(&text);
    json_text_range(&text, (LspRange){{0, 10}, {4294967295u, 907}});
    assert_string_equal(
        text.data,
        "{\"start\":{\"line\":0,\"character\":10},\"end\":{\"line\":4294967295,\"character\":907}}");
    buf_clear(&text);
    json_t *id = json_string("é");
    json_text_value(&text, id);
    assert_string_equal(text.data, "\"é\"");
    json_decref(id);
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_ill_formed),
        cmocka_unit_test(test_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
