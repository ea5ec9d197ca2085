#include "fixture.h"

/* é is 2 bytes, 1 UTF-16 unit; 🚀 is 4 bytes, 2 UTF-16 units */
static const char sample[] = "a\n\xC3\xA9=1\r\n\xF0\x9F\x9A\x80 x\rend";

static Lines build(Arena *arena) {
    arena_init(arena);
    return lines_build(arena, str_of(sample));
}

static void lines_end_as_in_the_protocol(void **state) {
    (void)state;
    Arena arena;
    Lines lines = build(&arena);
    assert_int_equal(lines.count, 4);
    assert_true(str_eq(lines_text(&lines, str_of(sample), 1), STR("\xC3\xA9=1")));
    assert_true(str_eq(lines_text(&lines, str_of(sample), 2), STR("\xF0\x9F\x9A\x80 x")));
    assert_true(str_eq(lines_text(&lines, str_of(sample), 3), STR("end")));
    arena_release(&arena);
}

/* Long runs are passed over in large steps: what matters may stand anywhere in a step. */
static void no_place_is_passed_over(void **state) {
    (void)state;
    static const char *const pieces[] = {"\n", "\r", "\r\n", "\xC3\xA9", "\xF0\x9F\x9A\x80"};
    for (uint32_t before = 0; before < 20; before++) {
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
            for (uint32_t after = 0; after < 20; after += 9) {
                Arena arena;
                StrBuf text;
                arena_init(&arena);
                buf_init(&text);
                buf_append_repeated(&text, 'x', before);
                buf_append(&text, str_of(pieces[p]));
                buf_append_repeated(&text, '\x7F', after);
                Lines lines = lines_build(&arena, buf_str(&text));
                assert_int_equal(lines.count, p < 3 ? 2 : 1);
                assert_int_equal(lines.wide_count, p < 3 ? 0 : 1);
                if (p < 3)
                    assert_int_equal(lines.starts[1], before + strlen(pieces[p]));
                else
                    assert_int_equal(lines.wide[0].at, before);
                buf_release(&text);
                arena_release(&arena);
            }
        }
    }
}

static void columns_count_what_the_encoding_says(void **state) {
    (void)state;
    Arena arena;
    Lines lines = build(&arena);
    uint32_t x = (uint32_t)str_find(str_of(sample), STR("x"));
    assert_int_equal(lines_position(&lines, x, ENCODING_UTF8).column, 5);
    assert_int_equal(lines_position(&lines, x, ENCODING_UTF16).column, 3);
    assert_int_equal(lines_position(&lines, x, ENCODING_UTF32).column, 2);
    assert_int_equal(lines_position(&lines, x, ENCODING_UTF16).line, 2);
    arena_release(&arena);
}

static void every_offset_survives_the_round_trip(void **state) {
    (void)state;
    Arena arena;
    Lines lines = build(&arena);
    Str text = str_of(sample);
    for (int encoding = ENCODING_UTF8; encoding <= ENCODING_UTF32; encoding++) {
        for (uint32_t offset = 0; offset <= text.len; offset++) {
            bool inside = offset < text.len && ((unsigned char)text.data[offset] & 0xC0) == 0x80;
            bool in_line_end = offset > 0 && text.data[offset - 1] == '\r' && text.data[offset] == '\n';
            if (inside || in_line_end) continue;
            Position position = lines_position(&lines, offset, (Encoding)encoding);
            assert_int_equal(lines_offset(&lines, text, position, (Encoding)encoding), offset);
        }
    }
    arena_release(&arena);
}

static void positions_out_of_range_are_clamped(void **state) {
    (void)state;
    Arena arena;
    Lines lines = build(&arena);
    Str text = str_of(sample);
    assert_int_equal(lines_offset(&lines, text, (Position){0, 99}, ENCODING_UTF16), 1);
    assert_int_equal(lines_offset(&lines, text, (Position){1, 99}, ENCODING_UTF16),
                     str_find(text, STR("\r\n")));
    assert_int_equal(lines_offset(&lines, text, (Position){99, 0}, ENCODING_UTF16), text.len);
    /* the middle of a surrogate pair is the character's start */
    assert_int_equal(lines_offset(&lines, text, (Position){2, 1}, ENCODING_UTF16),
                     str_find(text, STR("\xF0")));
    assert_int_equal(lines_position(&lines, 9999, ENCODING_UTF8).line, 3);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_as_in_the_protocol),
        cmocka_unit_test(no_place_is_passed_over),
        cmocka_unit_test(columns_count_what_the_encoding_says),
        cmocka_unit_test(every_offset_survives_the_round_trip),
        cmocka_unit_test(positions_out_of_range_are_clamped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
