#include "lsp/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static json_t *parse(const char *text) { return json_loads(text, JSON_DECODE_ANY, NULL); }

static void set_options(Config *config, const char *text, bool differs) {
    json_t *options = parse(text);
    assert_int_equal(config_set_options(config, options), differs);
    json_decref(options);
}

static void set_configured(Config *config, const char *text, bool differs) {
    json_t *section = parse(text);
    assert_int_equal(config_set_configured(config, section), differs);
    json_decref(section);
}

static void test_spellings(void **state) {
    (void)state;
    static const char *const spellings[] = {
        "{\"pages\":{\"out\":\"é\"},\"search\":{\"limit\":7}}",
        "{\"pages.out\":\"é\",\"search.limit\":7}",
        "{\"headword\":{\"pages\":{\"out\":\"é\"},\"search.limit\":7}}",
        "{\"pages\":{\"out\":\"é\",\"source\":null},\"search.limit\":7}",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        Config config;
        config_init(&config);
        set_options(&config, spellings[i], true);
        assert_false(config_load(&config, STR("")));
        assert_string_equal(config.settings.pages_out, "é");
        assert_int_equal(config.settings.search_limit, 7);
        config_release(&config);
    }
}

static void test_layers(void **state) {
    (void)state;
    Config config;
    config_init(&config);
    set_options(&config, "{\"search.limit\":1,\"pages.out\":\"a\"}", true);
    set_configured(&config, "{\"search\":{\"limit\":2}}", true);
    config_load(&config, STR(""));
    assert_int_equal(config.settings.search_limit, 2);
    assert_string_equal(config.settings.pages_out, "a");
    set_configured(&config, "{\"search\":{\"limit\":2}}", false); /* the same again */
    set_configured(&config, "null", true);
    config_load(&config, STR(""));
    assert_int_equal(config.settings.search_limit, 1);
    set_options(&config, "5", true);
    config_load(&config, STR(""));
    assert_string_equal(config.settings.pages_out, "docs/headword");
    config_release(&config);
}

static void test_warnings(void **state) {
    (void)state;
    Config config;
    config_init(&config);
    set_options(&config, "{\"pages\":{\"out\":5,\"otu\":\"x\"},\"search.limit\":{\"a\":{\"b\":{\"c\":{}}}}}",
                true);
    assert_true(config_load(&config, STR("")));
    assert_non_null(strstr(config.warnings.data, "pages.out"));
    assert_non_null(strstr(config.warnings.data, "pages.otu"));
    assert_string_equal(config.settings.pages_out, "docs/headword");
    assert_false(config_load(&config, STR(""))); /* said before */
    set_options(&config, "{}", true);
    assert_true(config_load(&config, STR("")));
    assert_int_equal(config.warnings.len, 0);
    config_release(&config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_layers),
        cmocka_unit_test(test_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
