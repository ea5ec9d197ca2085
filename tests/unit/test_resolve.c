/* golden/resolve/<topic> holds a small package for each rule of the resolver: "=== rule" starts one, see
 * fixture.h for the rest. "$" stands before the name asked about, "«»" around the name that it must lead to
 * first, empty at the start of a module; without one, it must lead nowhere. Under "candidates", all answers
 * must be guesses. */
#include "fixture.h"

#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/resolve.h"

enum { RULES_AT_LEAST = 200 };

/* Why the answers are not the wanted ones; NULL when they are. */
static const char *failure(const Fixture *f, const Targets *targets, bool guesses) {
    if (f->wanted_count == 0) return targets->len ? "an answer where there is none" : NULL;
    if (targets->len == 0) return "no answer";
    const Target *first = &targets->items[0];
    for (uint32_t i = 0; i < targets->len; i++) {
        if (targets->items[i].guess != guesses) return "no guess, or one that should not be";
    }
    bool same = first->file == f->wanted[0].file && first->name.start == f->wanted[0].offset;
    return same ? NULL : "another answer first";
}

static bool check_rule(Str topic, Str rule, const char *files) {
    Fixture f = fixture(files);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    Targets targets = {0};
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    const char *why = failure(&f, &targets, str_eq(topic, STR("candidates")));
    if (why) print_error("%.*s: %.*s: %s\n", STR_ARG(topic), STR_ARG(rule), why);
    ARRAY_FREE(&targets);
    fixture_release(&f);
    return why == NULL;
}

/* Counts the rules that do not hold. */
static uint32_t check_topic(Str topic, Str text, uint32_t *rules) {
    uint32_t failures = 0;
    Str rest = text, line, rule = STR_NONE;
    StrBuf files;
    buf_init(&files);
    for (bool more = true; more;) {
        more = str_next_line(&rest, &line);
        bool starts = more && str_starts_with(line, STR("=== "));
        if (more && !starts) {
            buf_append(&files, line);
            buf_append_byte(&files, '\n');
            continue;
        }
        if (rule.len) {
            failures += !check_rule(topic, rule, files.data);
            ++*rules;
        }
        buf_clear(&files);
        rule = starts ? str_from(line, 4) : STR_NONE;
    }
    buf_release(&files);
    return failures;
}

static void rules(void **state) {
    (void)state;
    Paths paths = {0};
    uint32_t count = 0, failures = 0;
    walk_files(TEST_DATA_DIR "/golden/resolve", &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        StrBuf text, why;
        buf_init(&text);
        buf_init(&why);
        assert_true(file_read(paths.items[i], 0, &text, &why));
        failures += check_topic(path_name(str_of(paths.items[i])), buf_str(&text), &count);
        buf_release(&text);
        buf_release(&why);
    }
    paths_release(&paths);
    assert_int_equal(failures, 0);
    assert_true(count >= RULES_AT_LEAST);
}

static void check_qualified(const char *files, const char *wanted) {
    Fixture f = fixture(files);
    StrBuf out;
    buf_init(&out);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    bool known = resolve_qualified(f.index, f.cursor.file, occurrence, &out);
    assert_string_equal(known ? out.data : "unknown", wanted);
    buf_release(&out);
    fixture_release(&f);
}

static void names_have_qualified_paths(void **state) {
    (void)state;
    check_qualified("$eval('é🚀')\n", "eval");
    check_qualified("def eval(): ...\n$eval()\n", "main.eval");
    check_qualified("import os.path as p\np.$join()\n", "os.path.join");
    check_qualified("from os.path import join as j\n$j()\n", "os.path.join");
    check_qualified("import pickle\ndef f(): pickle.$loads(b'')\n", "pickle.loads");
    check_qualified("model = 1\nmodel.$eval()\n", "unknown");
    check_qualified("== p/__init__.py\n0\n== p/q.py\nfrom .r import s\n$s\n", "p.r.s");
    check_qualified("f().$eval()\n", "unknown");
}

static void importers_are_found(void **state) {
    (void)state;
    Fixture f = fixture("== p/__init__.py\n0\n== p/m.py\n0\n== a.py\nimport p.m\n== b.py\nfrom p import m\n"
                        "== p/c.py\nfrom .m import x\n== d.py\nm = 1\n");
    FileIds files = {0};
    resolve_importers(f.index, fixture_file(&f, "p/m.py"), &files);
    assert_int_equal(files.len, 3);
    assert_int_equal(files.items[0], fixture_file(&f, "a.py"));
    assert_int_equal(files.items[1], fixture_file(&f, "b.py"));
    assert_int_equal(files.items[2], fixture_file(&f, "p/c.py"));
    ARRAY_FREE(&files);
    fixture_release(&f);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(rules),
    cmocka_unit_test(names_have_qualified_paths),
    cmocka_unit_test(importers_are_found),
};

int main(void) { return cmocka_run_group_tests(tests, NULL, NULL); }
