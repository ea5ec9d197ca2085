#include "base/arena.h"
#include "base/intern.h"
#include "base/path.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void assert_str(Str actual, const char *wanted) {
    char *copy = str_dup(actual);
    assert_string_equal(copy, wanted);
    mem_free(copy);
}

static void strings_are_cut_and_searched(void **state) {
    (void)state;
    Str s = STR("  caf\xC3\xA9 \xF0\x9F\x9A\x80\t\n");
    assert_str(str_trim(s), "caf\xC3\xA9 \xF0\x9F\x9A\x80");
    assert_int_equal(str_find(s, STR("\xF0\x9F\x9A\x80")), 8);
    assert_int_equal(str_find(s, STR("nope")), STR_NPOS);
    assert_int_equal(str_find(STR_NONE, STR("")), 0);
    assert_true(str_starts_with(s, STR("  c")));
    assert_false(str_ends_with(STR("py"), STR(".py")));
    assert_str(str_slice(STR("abc"), 1, 99), "bc");
    assert_str(str_slice(STR("abc"), 5, 9), "");
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("b"), STR("abc")) > 0);
}

static void what_would_command_a_terminal_is_replaced(void **state) {
    (void)state;
    StrBuf buf;
    buf_init(&buf);
    buf_append_visible(&buf, STR("\xC3\xA9\xF0\x9F\x9A\x80\t\n\x1b[31m\r\x7f \xC2\x9B \xFF"));
    buf_append_visible(&buf, STR("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xAF"));
#define REPLACED "\xEF\xBF\xBD"
    assert_str(buf_str(&buf), "\xC3\xA9\xF0\x9F\x9A\x80\t\n" REPLACED "[31m" REPLACED REPLACED " " REPLACED
                              " " REPLACED REPLACED REPLACED "\xE2\x80\xAF");
#undef REPLACED
    buf_release(&buf);
}

static void pieces_keep_the_empty_ones(void **state) {
    (void)state;
    Str rest = STR("a..b"), piece;
    assert_true(str_next_piece(&rest, '.', &piece));
    assert_str(piece, "a");
    assert_true(str_next_piece(&rest, '.', &piece));
    assert_str(piece, "");
    assert_true(str_next_piece(&rest, '.', &piece));
    assert_str(piece, "b");
    assert_false(str_next_piece(&rest, '.', &piece));
}

static void buffers_grow_and_change(void **state) {
    (void)state;
    StrBuf buf;
    buf_init(&buf);
    assert_string_equal(buf.data, "");
    for (int i = 0; i < 1000; i++) buf_printf(&buf, "%d,", i);
    assert_true(str_ends_with(buf_str(&buf), STR("998,999,")));
    buf_truncate(&buf, 4);
    buf_replace(&buf, 2, 4, STR("\xC3\xA9!"));
    assert_string_equal(buf.data, "0,\xC3\xA9!");
    buf_append_cp(&buf, 0x1F680);
    assert_string_equal(buf.data, "0,\xC3\xA9!\xF0\x9F\x9A\x80");
    char *taken = buf_take(&buf);
    assert_string_equal(taken, "0,\xC3\xA9!\xF0\x9F\x9A\x80");
    mem_free(taken);
    assert_int_equal(buf.len, 0);
    buf_release(&buf);
}

static void utf8_follows_the_standard(void **state) {
    (void)state;
    static const char *const bad[] = {"\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                      "\xF8", "\xC3",     "\xE2\x82"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(utf8_sequence(bad[i], strlen(bad[i])), 0);
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
        char bytes[4];
        size_t size, len = utf8_write(cp, bytes);
        bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
        assert_int_equal(utf8_decode(bytes, len, &size), surrogate ? UTF8_REPLACEMENT : cp);
        assert_int_equal(size, len);
    }
    assert_int_equal(utf8_valid_prefix("ab\xC3\xA9\xFFz", 6), 4);
}

static void interned_strings_share_a_number(void **state) {
    (void)state;
    Interner names;
    intern_init(&names);
    char text[16];
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "name%u", i);
        assert_int_equal(intern_id(&names, str_of(text)), i);
    }
    assert_int_equal(intern_id(&names, STR("name42")), 42);
    assert_int_equal(intern_find(&names, STR("name4999")), 4999);
    assert_int_equal(intern_find(&names, STR("other")), INTERN_NONE);
    assert_str(intern_str(&names, 4711), "name4711");
    intern_release(&names);
}

static void assert_normal(const char *path, const char *wanted) {
    StrBuf out;
    buf_init(&out);
    path_normalize(&out, str_of(path));
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void lent_items_are_copied_before_they_change(void **state) {
    (void)state;
    static const uint32_t lent[] = {1, 2, 3};
    Array(uint32_t) grown = {0}, set = {0};
    ARRAY_LEND(&grown, lent, 3);
    ARRAY_LEND(&set, lent, 3);
    assert_ptr_equal(grown.items, lent);
    ARRAY_PUSH(&grown, 4);
    assert_int_equal(grown.items[3], 4);
    ARRAY_OWN(&set);
    set.items[0] = 5;
    assert_int_equal(grown.items[0], 1);
    assert_int_equal(lent[0], 1);
    ARRAY_FREE(&grown);
    ARRAY_FREE(&set);
    ARRAY_LEND(&set, lent, 0);
    ARRAY_OWN(&set);
    ARRAY_PUSH(&set, 6);
    assert_int_equal(set.items[0], 6);
    ARRAY_FREE(&set);
    ARRAY_LEND(&set, lent, 3);
    ARRAY_FREE(&set); /* frees nothing */
}

static void an_interner_goes_on_from_lent_strings(void **state) {
    (void)state;
    Interner first, next;
    StrBuf text;
    Array(uint32_t) ends = {0};
    intern_init(&first);
    intern_init(&next);
    buf_init(&text);
    for (uint32_t i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "é🚀%u", i);
        intern_id(&first, str_of(name));
        buf_append(&text, str_of(name));
        ARRAY_PUSH(&ends, (uint32_t)text.len);
    }
    intern_adopt(&next, text.data, ends.items, first.tags.items, 100, first.slots.items, first.slots.len);
    assert_int_equal(intern_find(&next, STR("é🚀99")), 99);
    assert_int_equal(intern_id(&next, STR("é🚀7")), 7);
    for (uint32_t i = 100; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "é🚀%u", i);
        assert_int_equal(intern_id(&next, str_of(name)), i);
    }
    assert_int_equal(intern_find(&first, STR("é🚀100")), INTERN_NONE);
    assert_str(intern_str(&next, 0), "é🚀0");
    assert_str(intern_str(&next, 99), "é🚀99");
    assert_str(intern_str(&next, 100), "é🚀100");
    assert_int_equal(intern_count(&next), 1000);
    intern_release(&next);
    intern_release(&first);
    buf_release(&text);
    ARRAY_FREE(&ends);
}

static void paths_are_normalised(void **state) {
    (void)state;
    assert_normal("/a/./b//../c/", "/a/c");
    assert_normal("/../..", "/");
    assert_normal("a/../../b", "../b");
    assert_normal("./x", "x");
    assert_normal("/\xC3\xA9/\xF0\x9F\x9A\x80/..", "/\xC3\xA9");
}

static void assert_relative(const char *from, const char *to, const char *wanted) {
    StrBuf out;
    buf_init(&out);
    path_relative(&out, str_of(from), str_of(to));
    assert_string_equal(out.data, wanted);
    buf_release(&out);
}

static void paths_lead_from_one_place_to_another(void **state) {
    (void)state;
    assert_relative("docs/headword/pkg", "pkg/a.py", "../../../pkg/a.py");
    assert_relative("docs", "docs/a.md", "a.md");
    assert_relative("", "a/b", "a/b");
    assert_relative("a/b", "a/b", ".");
    assert_relative("a/bc", "a/b", "../b");
    assert_relative("/a/b", "/", "../..");
}

static void paths_fall_into_parts(void **state) {
    (void)state;
    assert_str(path_parent(STR("/a/b.py")), "/a");
    assert_str(path_parent(STR("/a")), "/");
    assert_str(path_name(STR("/a/b.py")), "b.py");
    assert_str(path_suffix(STR("a.b/c.tar.gz")), ".gz");
    assert_str(path_suffix(STR("a.b/.hidden")), "");
    assert_true(path_is_under(STR("/a/b"), STR("/a")));
    assert_false(path_is_under(STR("/ab"), STR("/a")));
    assert_str(path_below(STR("/a/b/c"), STR("/a")), "b/c");
    assert_str(path_below(STR("/x"), STR("/a")), "/x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_are_cut_and_searched),
        cmocka_unit_test(what_would_command_a_terminal_is_replaced),
        cmocka_unit_test(pieces_keep_the_empty_ones),
        cmocka_unit_test(buffers_grow_and_change),
        cmocka_unit_test(utf8_follows_the_standard),
        cmocka_unit_test(interned_strings_share_a_number),
        cmocka_unit_test(lent_items_are_copied_before_they_change),
        cmocka_unit_test(an_interner_goes_on_from_lent_strings),
        cmocka_unit_test(paths_are_normalised),
        cmocka_unit_test(paths_lead_from_one_place_to_another),
        cmocka_unit_test(paths_fall_into_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
