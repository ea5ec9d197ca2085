/* What is read off text files that are no sources; their pages are in golden/pages/texts. */
#include "fixture.h"

#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/texts.h"

static const char *const kinds[] = {"document", "heading", "key", "target", "routine", "instruction"};
static const char *const mentions[] = {"link", "name", "object", "file", "outside"};

/* A line for each symbol and mention: "key 2 a.b = 1", "link 3 x.md"; lines count from 1. */
static void describe(const Facts *facts, StrBuf *out) {
    Text doc = facts->symbols.items[0].doc;
    if (doc.len) buf_printf(out, "says %.*s\n", STR_ARG(facts_text(facts, doc)));
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        buf_printf(out, "%s", kinds[symbol->kind - SYMBOL_DOCUMENT]);
        if (symbol->kind == SYMBOL_HEADING) buf_printf(out, "-%u", symbol->via);
        buf_printf(out, " %u %.*s", lines_line(&facts->lines, symbol->name_start) + 1,
                   STR_ARG(symbol_name(facts, symbol)));
        if (symbol->value.len) buf_printf(out, " = %.*s", STR_ARG(facts_text(facts, symbol->value)));
        if (symbol->doc.len) buf_printf(out, " (%.*s)", STR_ARG(facts_text(facts, symbol->doc)));
        buf_append_byte(out, '\n');
    }
    for (uint32_t m = 0; m < facts->mentions.count; m++) {
        const Mention *mention = &facts->mentions.items[m];
        buf_printf(out, "%s %u %.*s\n", mentions[mention->kind],
                   lines_line(&facts->lines, mention->start) + 1, STR_ARG(facts_text(facts, mention->text)));
    }
}

static void expect(const char *path, const char *text, const char *expected) {
    Facts *facts = text_facts(str_of(path), str_of(text));
    StrBuf found;
    buf_init(&found);
    describe(facts, &found);
    assert_string_equal(found.data, expected);
    buf_release(&found);
    facts_free(facts);
}

static void test_markdown(void **state) {
    (void)state;
    expect("a.md", "é 🚀\n===\n#no\n    # code\n### `Tree` ###\n\n- - -\n",
           "heading-1 1 é 🚀\nheading-3 5 `Tree`\nname 5 Tree\n");
    expect("a.md", "~~~\n# no\n```\n~~~~\n# yes\n```\n# open to the end", "heading-1 5 yes\n");
    expect("a.md", "First é\nparagraph.\n\nSecond.\n", "says First é\nparagraph.\n");
    expect("a.md", "[a](<b c.md> 't') `` x ` `` \\[n](o) [p](q(r)) `f()` `not a name`\n",
           "says a `` x ` `` \\n p) `f()` `not a name`\nlink 1 b c.md\nlink 1 q(r)\nname 1 f()\n");
    expect("a.md", "<!-- # no\n# no\n-->\r\n# yes\r\n", "heading-1 4 yes\n");
}

static void test_rest(void **state) {
    (void)state;
    expect("a.rst", "Örchard 🚀\n==========\n\nTrees.\n\nDeep\n----\n\nToo short\n---\n",
           "says Trees.\nheading-1 1 Örchard 🚀\nheading-2 6 Deep\n");
    expect("a.rst",
           ".. _x: https://e.org\n.. include:: a.txt\n:meth:`~a.B.c` :ref:`x` `t <u.rst>`_ ``a.b()``\n",
           "link 1 https://e.org\nfile 2 a.txt\nname 3 a.B.c\nlink 3 u.rst\nname 3 a.b()\n");
}

static void test_keys(void **state) {
    (void)state;
    expect("a.yaml",
           "é:\n- b: 1 # no\n  c:\n  - d: x\n- b: 2\n\"q: r\": \"#\"\ntext: >\n  a: b\nplain: one\n  two: "
           "three\n",
           "key 1 é\nkey 2 é[].b = 1\nkey 3 é[].c\nkey 4 é[].c[].d = x\nkey 6 q: r = \"#\"\nkey 7 text = >\n"
           "key 9 plain = one\n");
    expect("a.yaml", "a: {b: 1,\n  c: [2,\n 3]}\nd: 4\n", "key 1 a\nkey 4 d = 4\n");
    expect("a.json", "[{\"é\": [1, {\"x\": true}]}, {\"é\": 2, \"y\": \"\\\"\"}]",
           "key 1 [].é\nkey 1 [].é[].x = true\nkey 1 [].y = \"\\\"\"\n");
    expect("a.json", "{\"a\": {\"b\": 1}, /* \"c\": */ \"d\": 2 // \"e\": 3\n}",
           "key 1 a\nkey 1 a.b = 1\nkey 1 d = 2\n");
    expect("a.toml", "# About é 🚀\n\n# not this\n[a.b]\nc = 'x'\n", "says About é 🚀\nkey 5 a.b.c = 'x'\n");
    expect("pyproject.toml", "[project.scripts]\nx = \"a.b:c [d]\"\n",
           "key 2 project.scripts.x = \"a.b:c [d]\"\nobject 2 a.b:c\n");
    expect(
        "setup.cfg", "[options.entry_points]\nconsole_scripts =\n    x = a.b:c [d]\n[é]\nk: v\n  more\n",
        "key 2 options.entry_points.console_scripts\nkey 3 options.entry_points.console_scripts.x = a.b:c\n"
        "key 5 é.k = v\nobject 3 a.b:c\n");
}

static void test_builds(void **state) {
    (void)state;
    expect("Makefile",
           "a b: c | d ; cmd\n\tx: y\nV := a:b\nt: V = 1\n.PHONY: a\n%.o: %.c\n-include é.mk f.mk\n",
           "target 1 a = c | d\ntarget 1 b = c | d\ntarget 6 %.o = %.c\nfile 7 é.mk\nfile 7 f.mk\n");
    expect("Dockerfile.dev", "FROM a:1 AS b\n# Runs é\nRUN x \\\n  FROM y\nFROM b\nfrom c\n",
           "target 1 b = a:1\ninstruction 3 RUN = x … (Runs é)\ntarget 5 b = b\ntarget 6 c = c\noutside 1 "
           "a:1\noutside 6 c\n");
    expect("x.cmake",
           "#[[\nfunction(no)\n]]\nMACRO( é 🚀)\nadd_library(\n  \"a b\" c)\noption(O "
           "\"o\")\nadd_subdirectory(d)\ninclude(CTest)\n",
           "routine 4 é = macro\ntarget 5 a b = add_library\nkey 7 O = option\nfile 8 d\n");
    expect("x.sh",
           "#!/bin/sh\n# Says é 🚀.\nset -e\n# Does f.\nf() {\n  g\n}\nfunction g\n{ :; }\ncat <<'E'\nno() { "
           ":; }\nE\nx=(1)\n. \"a b.sh\"\n",
           "says Says é 🚀.\nroutine 5 f (Does f.)\nroutine 8 g\nfile 14 a b.sh\n");
}

/* No text is too odd: every prefix of the fixtures, read as every kind. */
static void test_every_prefix(void **state) {
    (void)state;
    static const char *const names[] = {"a.md",    "a.rst",      "a.toml",   "a.yml", "a.json", "a.ini",
                                        "a.cmake", "Dockerfile", "Makefile", "a.sh",  "a.txt"};
    Paths paths = {0};
    walk_files(TEST_DATA_DIR "/golden/pages/texts/in", &paths);
    assert_true(paths.len > 10);
    for (uint32_t i = 0; i < paths.len; i++) {
        StrBuf bytes, why;
        buf_init(&bytes);
        buf_init(&why);
        assert_true(file_read(paths.items[i], 0, &bytes, &why));
        for (size_t end = 0; end <= bytes.len; end += 3) {
            char *exact = str_dup(str_slice(buf_str(&bytes), 0, end)); /* nothing may be read behind it */
            for (size_t n = 0; n < sizeof names / sizeof *names; n++)
                facts_free(text_facts(str_of(names[n]), str_make(exact, end)));
            mem_free(exact);
        }
        buf_release(&bytes);
        buf_release(&why);
    }
    paths_release(&paths);
}

static void test_many_symbols(void **state) {
    (void)state;
    StrBuf text;
    buf_init(&text);
    for (int i = 0; i < TEXT_SYMBOLS + 10; i++) buf_printf(&text, "k%d = 1\n", i);
    Facts *facts = text_facts(STR("a.ini"), buf_str(&text));
    assert_int_equal(facts->symbols.count, TEXT_SYMBOLS);
    facts_free(facts);
    buf_clear(&text);
    buf_append_repeated(&text, '[', 1000000);
    facts_free(text_facts(STR("a.json"), buf_str(&text)));
    facts_free(text_facts(STR("a.md"), buf_str(&text)));
    buf_release(&text);
}

static void test_kinds(void **state) {
    (void)state;
    static const char *const types[][2] = {
        {"a/b.md", "Markdown Documentation"}, {"a.PY", "Python Source Code"},
        {"x.pyi", "Python Type Stub"},        {"GNUmakefile", "Makefile"},
        {"Dockerfile.é", "Dockerfile"},       {"LICENSE-MIT", "Plain Text"},
        {"x.unknown", "Text File"},           {".clang-format", "YAML Configuration"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        assert_string_equal(text_kind(str_of(types[i][0]))->type, types[i][1]);
    TextKinds set;
    StrBuf why;
    buf_init(&why);
    assert_true(text_kinds_parse(STR("toml, markdown"), &set, &why));
    assert_true(text_kinds_hold(set, STR("a.toml")) && text_kinds_hold(set, STR("a.md")));
    assert_false(text_kinds_hold(set, STR("a.txt")));
    assert_true(text_kinds_parse(STR("none"), &set, &why) && set == 0);
    assert_false(text_kinds_parse(STR("toml,é"), &set, &why));
    assert_true(str_find(buf_str(&why), STR("é")) != STR_NPOS);
    buf_release(&why);
}

static void test_fitness(void **state) {
    (void)state;
    assert_int_equal(text_fitness(STR("/w/a.txt"), STR("é 🚀")), TEXT_FIT);
    assert_int_equal(text_fitness(STR("/w/a.txt"), STR("a\0b")), TEXT_BINARY);
    assert_int_equal(text_fitness(STR("/w/uv.lock"), STR("a")), TEXT_GENERATED);
    assert_int_equal(text_fitness(STR("/w/a.min.js"), STR("a")), TEXT_GENERATED);
    Str page = STR("# x\n\n<!-- headword format=1 source=0 page=0 -->\n\n*Generated by Headword*\n");
    assert_int_equal(text_fitness(STR("/w/old/x_docs.md"), page), TEXT_GENERATED);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown),     cmocka_unit_test(test_rest),
        cmocka_unit_test(test_keys),         cmocka_unit_test(test_builds),
        cmocka_unit_test(test_every_prefix), cmocka_unit_test(test_many_symbols),
        cmocka_unit_test(test_kinds),        cmocka_unit_test(test_fitness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
