/* Each case: "$" stands before the name asked about, "«»" around the names it may lead to, the best first. */
#include "fixture.h"

#include "index/resolve.h"

static void check(const char *files) {
    Fixture f = fixture(files);
    const Facts *facts = index_facts(f.index, f.cursor.file);
    uint32_t occurrence = facts_occurrence_at(facts, f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    Targets targets = {0};
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    if (f.wanted_count) {
        assert_true(targets.len > 0);
        assert_int_equal(targets.items[0].file, f.wanted[0].file);
        assert_int_equal(targets.items[0].name.start, f.wanted[0].offset);
    } else {
        assert_int_equal(targets.len, 0);
    }
    ARRAY_FREE(&targets);
    fixture_release(&f);
}

#define CASE(name, ...)                                                                                      \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__);                                                                                  \
    }

CASE(function_in_the_same_file, "é = '🚀'\ndef «hello»(): ...\n$hello()\n")
CASE(parameter, "def f(é, «a»):\n    return '🚀', $a\n")
CASE(default_is_read_outside, "«a» = 1\ndef f(a=$a): ...\n")
CASE(nearest_assignment_before_the_use, "x = 1\n«x» = 2\nprint('é🚀', $x)\nx = 3\n")
CASE(class_scope_is_not_seen_in_methods, "«x» = 0\nclass A:\n    x = 1\n    def f(self): return $x\n")
CASE(class_scope_is_seen_in_its_body, "x = 0\nclass A:\n    «x» = 1\n    y = $x\n")
CASE(comprehension_target, "x = 0\ny = [$x for «x» in z]\n")
CASE(first_iterable_is_outside, "«x» = []\ny = [x for x in $x]\n")
CASE(walrus_binds_outside_the_comprehension,
     "def f():\n    any((«last» := x) for x in z)\n    return $last\n")
CASE(global_statement, "«n» = 0\ndef f():\n    global n\n    n = 1\n    return $n\n")
CASE(nonlocal_statement, "def f():\n    «n» = 0\n    def g():\n        nonlocal n\n        return $n\n")
CASE(lambda_parameter, "a = 1\nf = lambda «a»: $a\n")
CASE(match_capture, "match z:\n    case [«first», *rest]:\n        print($first)\n")
CASE(except_alias, "try: ...\nexcept E as «e»:\n    print($e)\n")
CASE(type_parameter, "def f[«T»](x: $T): ...\n")
CASE(imported_function,
     "== pkg/__init__.py\n'é🚀'\n== pkg/a.py\ndef «hello»(): ...\n== b.py\nfrom pkg.a import $hello\n")
CASE(use_of_an_import, "== pkg/a.py\ndef «hello»(): ...\n== b.py\nfrom pkg.a import hello as hi\n$hi()\n")
CASE(relative_import, "== pkg/__init__.py\n0\n== pkg/a.py\nclass «A»: ...\n== pkg/sub/__init__.py\n0\n== "
                      "pkg/sub/b.py\nfrom ..a import $A\n")
CASE(re_export, "== p/__init__.py\nfrom .a import f\n== p/a.py\ndef «f»(): ...\n== c.py\nfrom p import $f\n")
CASE(wildcard, "== p.py\ndef «f»(): ...\n== c.py\nfrom p import *\n$f()\n")
CASE(import_cycle, "== a.py\nfrom b import x\n== b.py\nfrom a import x\n$x\n")
CASE(src_layout,
     "== src/pkg/__init__.py\n0\n== src/pkg/m.py\n«v» = 1\n== tests/test_m.py\nfrom pkg.m import $v\n")
CASE(attribute_of_a_module,
     "== pkg/__init__.py\n0\n== pkg/m.py\ndef «f»(): ...\n== b.py\nimport pkg.m\npkg.m.$f()\n")
CASE(method_through_self, "class A:\n    def «go»(self): ...\n    def run(self): self.$go()\n")
CASE(attribute_set_in_init,
     "class A:\n    def __init__(self):\n        self.«é» = '🚀'\n    def f(self): return self.$é\n")
CASE(inherited_method, "class A:\n    def «go»(self): ...\nclass B(A):\n    def run(self): self.$go()\n")
CASE(class_attribute, "class A:\n    «limit» = 3\nprint(A.$limit)\n")
CASE(class_that_is_its_own_base, "class A(A):\n    def run(self): self.$go()\n")
CASE(unknown_receiver, "def f(x): x.$go()\n")
CASE(identifiers_compare_under_nfkc, "«ﬁ» = 1\n$fi\n")

static void check_module(const char *files, const char *wanted) {
    Fixture f = fixture(files);
    Targets targets = {0};
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_true(targets.len > 0);
    assert_int_equal(targets.items[0].symbol, 0);
    assert_int_equal(targets.items[0].file, fixture_file(&f, wanted));
    ARRAY_FREE(&targets);
    fixture_release(&f);
}

static void imports_lead_to_modules(void **state) {
    (void)state;
    check_module("== p/__init__.py\n0\n== p/m.py\n0\n== c.py\nimport $p.m\n", "p/__init__.py");
    check_module("== p/__init__.py\n0\n== p/m.py\n0\n== c.py\nimport p.$m\n", "p/m.py");
    check_module("== p/__init__.py\n0\n== p/m.py\n0\n== c.py\nfrom p import $m\n", "p/m.py");
    check_module("== p/__init__.py\n0\n== p/m.py\nfrom . import $n\n== p/n.py\n0\n", "p/n.py");
    check_module("== p/m.pyi\n0\n== c.py\nimport p.m as q\n$q\n", "p/m.pyi");
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(function_in_the_same_file),
        cmocka_unit_test(parameter),
        cmocka_unit_test(default_is_read_outside),
        cmocka_unit_test(nearest_assignment_before_the_use),
        cmocka_unit_test(class_scope_is_not_seen_in_methods),
        cmocka_unit_test(class_scope_is_seen_in_its_body),
        cmocka_unit_test(comprehension_target),
        cmocka_unit_test(first_iterable_is_outside),
        cmocka_unit_test(walrus_binds_outside_the_comprehension),
        cmocka_unit_test(global_statement),
        cmocka_unit_test(nonlocal_statement),
        cmocka_unit_test(lambda_parameter),
        cmocka_unit_test(match_capture),
        cmocka_unit_test(except_alias),
        cmocka_unit_test(type_parameter),
        cmocka_unit_test(imported_function),
        cmocka_unit_test(use_of_an_import),
        cmocka_unit_test(relative_import),
        cmocka_unit_test(re_export),
        cmocka_unit_test(wildcard),
        cmocka_unit_test(import_cycle),
        cmocka_unit_test(src_layout),
        cmocka_unit_test(attribute_of_a_module),
        cmocka_unit_test(method_through_self),
        cmocka_unit_test(attribute_set_in_init),
        cmocka_unit_test(inherited_method),
        cmocka_unit_test(class_attribute),
        cmocka_unit_test(class_that_is_its_own_base),
        cmocka_unit_test(unknown_receiver),
        cmocka_unit_test(identifiers_compare_under_nfkc),
        cmocka_unit_test(imports_lead_to_modules),
        cmocka_unit_test(names_have_qualified_paths),
        cmocka_unit_test(importers_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
