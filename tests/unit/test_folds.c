/* What can be folded away, and what a place lies in. */
#include "fixture.h"

#include <string.h>

typedef struct {
    Parser *parser;
    Shape *shape;
    Facts *facts;
    Folds folds;
} Read;

static Read read_text(const char *text) {
    Read self = {.parser = parser_new()};
    self.shape = shape_new(self.parser, STR("/w/é.py"), str_of(text));
    self.facts = parser_facts(self.parser, STR("/w/é.py"), str_of(text));
    assert_non_null(self.shape);
    shape_folds(self.shape, &self.folds);
    return self;
}

static void release(Read *self) {
    ARRAY_FREE(&self->folds);
    facts_free(self->facts);
    shape_free(self->shape);
    parser_free(self->parser);
}

/* "first-last" of each fold, lines counted from 0, and a letter for its kind. */
static void check_folds(const char *text, uint32_t limit, const char *wanted) {
    Read read = read_text(text);
    StrBuf said;
    buf_init(&said);
    folds_limit(&read.folds, limit);
    for (uint32_t i = 0; i < read.folds.len; i++) {
        const Fold *fold = &read.folds.items[i];
        buf_printf(&said, "%s%u-%u%.1s", i ? " " : "", lines_line(&read.facts->lines, fold->range.start),
                   fold_last_line(fold, &read.facts->lines, str_of(text)), &" cir"[fold->kind]);
    }
    assert_string_equal(said.data, wanted);
    buf_release(&said);
    release(&read);
}

#define FOLDS(name, ...)                                                                                     \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check_folds(__VA_ARGS__);                                                                            \
    }

FOLDS(nothing, "é = '🚀'\n", NONE, "")
FOLDS(suites, "if é:\n    '🚀'\nelse:\n    1\n", NONE, "0-1  2-3 ")
FOLDS(closing_brackets_stay, "f(é, [\n    '🚀',\n])\n", NONE, "0-1  0-1 ")
FOLDS(closing_brackets_behind_something, "f(é,\n    '🚀')\n", NONE, "0-1 ")
FOLDS(brackets_that_do_not_match, "é = [(\n]\nf(\n)\n", NONE, "0-0  2-2 ")
FOLDS(runs, "# é\n# 🚀\n\n# a\n  # b\nimport a\nimport b\nif x:\n  import c\nimport d\n", NONE,
      "0-1c 5-6i 7-8 ")
FOLDS(documentation, "def f():\n    '''é\n    🚀'''\n    x = '''\n    '''\n", NONE, "0-4  1-2c 3-4 ")
FOLDS(regions, "# region é\n#region\n# endregion\n# endregion\n# endregion\n# regions\n", NONE, "0-3r 1-2r")
FOLDS(outermost_levels, "class A:\n def f():\n  if é:\n   1\n def g():\n  '🚀'\nclass B:\n x\n", 3,
      "0-5  1-3  6-7 ")
FOLDS(no_room, "class A:\n é\n", 0, "")

static void places_lie_in_ever_larger_ranges(void **state) {
    (void)state;
    const char *text = "def f(é):\n    return g(\"one 🚀two\", [é])  # three\nclass (:\n  x = f'{é}'\n";
    Read read = read_text(text);
    Ranges ranges = {0};
    for (uint32_t offset = 0; offset <= strlen(text) + 1; offset++) {
        ranges.len = 0;
        shape_enclosing(read.shape, offset, &ranges);
        assert_int_equal(ranges.items[0].start, 0);
        assert_int_equal(ranges.items[0].end, strlen(text));
        for (uint32_t i = 1; i < ranges.len; i++) {
            Range outer = ranges.items[i - 1], inner = ranges.items[i];
            assert_true(outer.start <= inner.start && inner.end <= outer.end);
            assert_true(inner.end - inner.start < outer.end - outer.start);
            assert_true(inner.start <= offset && offset <= inner.end);
        }
    }
    ARRAY_FREE(&ranges);
    release(&read);
}

static void a_text_that_no_front_end_reads(void **state) {
    (void)state;
    Parser *parser = parser_new();
    assert_null(shape_new(parser, STR("/w/é.txt"), STR("é = (\n)\n")));
    parser_free(parser);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing),
        cmocka_unit_test(suites),
        cmocka_unit_test(closing_brackets_stay),
        cmocka_unit_test(closing_brackets_behind_something),
        cmocka_unit_test(brackets_that_do_not_match),
        cmocka_unit_test(runs),
        cmocka_unit_test(documentation),
        cmocka_unit_test(regions),
        cmocka_unit_test(outermost_levels),
        cmocka_unit_test(no_room),
        cmocka_unit_test(places_lie_in_ever_larger_ranges),
        cmocka_unit_test(a_text_that_no_front_end_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
