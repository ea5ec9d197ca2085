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
        assert_false(targets.items[0].guess);
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
CASE(keyword_of_a_function, "def f(é, *, «x»=1): ...\nf('🚀', $x=2)\n")
CASE(keyword_of_a_method, "class A:\n    def go(self, «x»): ...\nA().go($x='é🚀')\n")
CASE(keyword_of_a_constructor,
     "class A:\n    def __init__(self, «x»): self.x = x\nclass B(A): ...\nB($x='é')\n")
CASE(
    keyword_that_is_passed_on,
    "class A:\n    def __init__(self, «x»): ...\nclass B(A):\n    def __init__(self, **more): ...\nB($x=1)\n")
CASE(keyword_that_nobody_takes, "class A:\n    x = 1\n    def __init__(self): ...\nA($x=1)\n")
CASE(keyword_of_a_dataclass, "@dataclass\nclass A:\n    «x»: int\nA($x='é🚀')\n")
CASE(keyword_of_a_class_pattern,
     "class A:\n    «x»: int\n    def __init__(self, x): ...\nmatch '🚀', z:\n    case _, A($x=1): ...\n")
CASE(keyword_of_what_is_not_known, "def f(x): ...\ng($x=1)\n")
CASE(keyword_of_a_class_statement, "metaclass = 1\nclass A($metaclass=M): ...\n")
CASE(unknown_receiver, "def f(x): x.$go()\n")
CASE(identifiers_compare_under_nfkc, "«ﬁ» = 1\n$fi\n")

/* --- members -------------------------------------------------------------------------------------- */

CASE(instance_of_a_constructor_call, "class A:\n    def «go»(self): 'é🚀'\na = A()\na.$go()\n")
CASE(member_of_a_call, "class A:\n    def «go»(self): ...\nA('é🚀').$go()\n")
CASE(super_skips_the_class_itself,
     "class A:\n    def «f»(self): ...\nclass B(A):\n    def f(self): super().$f()\n")
CASE(order_of_bases_is_c3,
     "class O:\n    def f(self): ...\nclass A(O): ...\nclass B(O):\n    def «f»(self): ...\n"
     "class C(A, B): ...\nC().$f()\n")
CASE(base_in_another_module,
     "== p/__init__.py\nfrom .a import A\n== p/a.py\nclass A:\n    def «f»(self): ...\n"
     "== m.py\nimport p\nclass B(p.A):\n    def g(self): self.$f()\n")
CASE(property_gives_what_it_returns, "class A:\n    def «go»(self): ...\nclass B:\n    @property\n"
                                     "    def a(self): return A()\nB().a.$go()\n")
CASE(property_above_outweighs_assignment, "class A:\n    @property\n    def «p»(self): ...\nclass B(A):\n"
                                          "    def f(self):\n        self.p = 1\n        self.$p\n")
CASE(attribute_set_from_a_constructor,
     "class A:\n    def «go»(self): ...\nclass B:\n    def __init__(self):\n"
     "        self.é = A()\n    def f(self): self.é.$go()\n")
CASE(enumeration_member, "from enum import Enum\nclass Color(Enum):\n    «RED» = '🚀'\nColor.$RED\n")
CASE(nested_class, "class A:\n    class B:\n        «x» = 1\nA.B.$x\n")
CASE(attribute_set_after_the_class, "class A: ...\nA.«é» = 1\nA().$é\n")
CASE(factory_class_method,
     "class A:\n    @classmethod\n    def make(cls): return cls()\n    def f(self): ...\n"
     "class B(A):\n    def «f»(self): ...\nB.make().$f()\n")
CASE(method_that_returns_self,
     "class A:\n    def one(self): return self\nclass B(A):\n    def «two»(self): ...\n"
     "B().one().$two()\n")
CASE(cycle_of_bases, "class A(B): ...\nclass B(A):\n    def «f»(self): ...\nA().$f()\n")
CASE(foreign_import_has_no_candidates, "import numpy as np\nclass A:\n    def array(self): ...\nnp.$array\n")

/* --- inference ------------------------------------------------------------------------------------ */

CASE(annotated_parameter, "class A:\n    def «f»(self): ...\ndef g(a: A): a.$f()\n")
CASE(string_annotation, "class A:\n    def «f»(self): ...\ndef g(a: 'A'): a.$f()\n")
CASE(optional_annotation, "from typing import Optional\nclass A:\n    def «f»(self): ...\n"
                          "def g(a: Optional[A]): a.$f()\n")
CASE(union_annotation, "class A:\n    def «f»(self): ...\ndef g(a: None | A): a.$f()\n")
CASE(element_by_index, "class A:\n    def «f»(self): ...\ndef g(a: list[A]): a[0].$f()\n")
CASE(element_by_iteration, "from typing import List\nclass A:\n    def «f»(self): ...\n"
                           "def g(a: List['A']):\n    for x in a: x.$f()\n")
CASE(value_of_a_dictionary, "class A:\n    def «f»(self): ...\nd: dict[str, A] = {}\nd['é'].$f()\n")
CASE(annotated_return, "class A:\n    def «f»(self): ...\ndef g() -> A: ...\ng().$f()\n")
CASE(unannotated_return, "class A:\n    def «f»(self): ...\ndef g():\n    a = A()\n    return a\ng().$f()\n")
CASE(returned_class, "class A:\n    def «f»(self): ...\ndef g(): return A\ng()().$f()\n")
CASE(items_of_a_tuple, "class A: ...\nclass B:\n    def «f»(self): ...\na, b = A(), B()\nb.$f()\n")
CASE(returned_tuple,
     "class A: ...\nclass B:\n    def «f»(self): ...\ndef g(): return A(), B()\na, b = g()\nb.$f()\n")
CASE(with_statement, "class A:\n    def __enter__(self): return self\n    def «f»(self): ...\n"
                     "with A() as é: é.$f()\n")
CASE(context_manager_function, "from contextlib import contextmanager\nclass A:\n    def «f»(self): ...\n"
                               "@contextmanager\ndef g(): yield A()\nwith g() as a: a.$f()\n")
CASE(caught_exception, "class E(Exception):\n    def «f»(self): ...\ntry: ...\nexcept (E, E) as e: e.$f()\n")
CASE(isinstance_in_the_same_branch, "class A:\n    def «f»(self): ...\ndef g(x):\n"
                                    "    if isinstance(x, A): x.$f()\n")
CASE(isinstance_before_and,
     "class A:\n    def «f»(self): ...\ndef g(x): return isinstance(x, A) and x.$f()\n")
CASE(unless_isinstance_raise, "class A:\n    def «f»(self): ...\ndef g(x):\n    if not isinstance(x, A):\n"
                              "        raise E\n    x.$f()\n")
CASE(new_value_from_the_old, "class A:\n    def «f»(self): return B()\nclass B:\n    def f(self): ...\n"
                             "x = A()\nx = x.$f()\n")
CASE(other_branch_does_not_count,
     "class A:\n    def f(self): ...\nclass B:\n    def «f»(self): ...\nx = B()\n"
     "if 'é':\n    x = A()\nelse:\n    x.$f()\n")
CASE(default_of_a_parameter, "class A:\n    def «f»(self): ...\ndef g(a=A()): a.$f()\n")
CASE(choice_of_values, "class A:\n    def «f»(self): ...\nx = None or A()\nx.$f()\n")
CASE(element_of_a_comprehension, "class A:\n    def «f»(self): ...\nx = [A() for _ in y]\nx[0].$f()\n")
CASE(generator, "class A:\n    def «f»(self): ...\ndef g():\n    yield A()\nfor a in g(): a.$f()\n")
CASE(call_of_an_instance,
     "class A:\n    def «f»(self): ...\nclass B:\n    def __call__(self): return A()\nB()().$f()\n")
CASE(descriptor, "class A:\n    def «f»(self): ...\nclass D:\n    def __get__(self, o, t): return A()\n"
                 "class B:\n    d = D()\nB().d.$f()\n")
CASE(alias_of_a_type,
     "class A:\n    def «f»(self): ...\nclass C: ...\nT = Union[A, C]\ndef g(x: T): x.$f()\n")
CASE(cycle_of_returns, "def f(): return g()\ndef g(): return f()\nf().$x\n")
CASE(value_of_itself, "x = x\nx.$y\n")

/* --- imports -------------------------------------------------------------------------------------- */

CASE(wildcard_leaves_underscores, "== p.py\ndef _f(): ...\n== c.py\nfrom p import *\n$_f()\n")
CASE(wildcard_follows_all, "== p.py\n__all__ = ['_f']\ndef «_f»(): ...\n== c.py\nfrom p import *\n$_f()\n")
CASE(wildcard_brings_only_all, "== p.py\n__all__ = ['g']\ndef f(): ...\n== c.py\nfrom p import *\n$f()\n")
CASE(wildcard_follows_all_as_it_grows,
     "== p.py\n__all__ = []\n__all__ += ['_f']\ndef «_f»(): ...\n== c.py\nfrom p import *\n$_f()\n")
CASE(wildcard_follows_all_as_it_shrinks,
     "== p.py\n__all__ = ['f', 'é']\n__all__.remove('f')\ndef f(): ...\n== c.py\nfrom p import *\n$f()\n")
CASE(wildcard_past_all_that_cannot_be_read,
     "== p.py\n__all__ = ['é'] + names()\ndef «f»(): ...\n== c.py\nfrom p import *\n$f()\n")
CASE(type_alias_parameter, "T = 1\ntype é[«T»] = list[$T]\n")
CASE(wildcard_cycle, "== a.py\nfrom b import *\n== b.py\nfrom a import *\n$x\n")
CASE(conditional_import, "== a.py\ndef «f»(): ...\n== c.py\ntry:\n    from zzz import f\nexcept E:\n"
                         "    from a import f\n$f()\n")
CASE(namespace_package, "== n/p/m.py\n«v» = 1\n== c.py\nfrom n.p.m import $v\n")
CASE(global_set_in_a_function, "== a.py\ndef f():\n    global v\n    «v» = 1\n== c.py\nimport a\na.$v\n")

static void unknown_receivers_have_candidates(void **state) {
    (void)state;
    Fixture f = fixture("== a.py\nclass A:\n    def go(self): ...\n== b.py\nclass B:\n    def go(self): ...\n"
                        "== c.py\nimport b\ndef f(é): é.$go()\n");
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    Targets targets = {0};
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_int_equal(targets.len, 2);
    assert_true(targets.items[0].guess && targets.items[1].guess);
    assert_int_equal(targets.items[0].file, fixture_file(&f, "b.py")); /* imported */
    ARRAY_FREE(&targets);
    fixture_release(&f);
}

static void candidates_come_by_path_in_whatever_order_they_were_read(void **state) {
    (void)state;
    Fixture f = fixture("== b.py\nclass B:\n    def go(self): '🚀'\n== a.py\nclass A:\n    def go(self): ...\n"
                        "== c.py\ndef f(é): é.$go()\n");
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    Targets targets = {0};
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_int_equal(targets.len, 2);
    assert_int_equal(targets.items[0].file, fixture_file(&f, "a.py"));
    ARRAY_FREE(&targets);
    fixture_release(&f);
}

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

static const struct CMUnitTest tests[] = {
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
    cmocka_unit_test(keyword_of_a_function),
    cmocka_unit_test(keyword_of_a_method),
    cmocka_unit_test(keyword_of_a_constructor),
    cmocka_unit_test(keyword_that_is_passed_on),
    cmocka_unit_test(keyword_that_nobody_takes),
    cmocka_unit_test(keyword_of_a_dataclass),
    cmocka_unit_test(keyword_of_a_class_pattern),
    cmocka_unit_test(keyword_of_what_is_not_known),
    cmocka_unit_test(keyword_of_a_class_statement),
    cmocka_unit_test(unknown_receiver),
    cmocka_unit_test(identifiers_compare_under_nfkc),
    cmocka_unit_test(instance_of_a_constructor_call),
    cmocka_unit_test(member_of_a_call),
    cmocka_unit_test(super_skips_the_class_itself),
    cmocka_unit_test(order_of_bases_is_c3),
    cmocka_unit_test(base_in_another_module),
    cmocka_unit_test(property_gives_what_it_returns),
    cmocka_unit_test(property_above_outweighs_assignment),
    cmocka_unit_test(attribute_set_from_a_constructor),
    cmocka_unit_test(enumeration_member),
    cmocka_unit_test(nested_class),
    cmocka_unit_test(attribute_set_after_the_class),
    cmocka_unit_test(factory_class_method),
    cmocka_unit_test(method_that_returns_self),
    cmocka_unit_test(cycle_of_bases),
    cmocka_unit_test(foreign_import_has_no_candidates),
    cmocka_unit_test(annotated_parameter),
    cmocka_unit_test(string_annotation),
    cmocka_unit_test(optional_annotation),
    cmocka_unit_test(union_annotation),
    cmocka_unit_test(element_by_index),
    cmocka_unit_test(element_by_iteration),
    cmocka_unit_test(value_of_a_dictionary),
    cmocka_unit_test(annotated_return),
    cmocka_unit_test(unannotated_return),
    cmocka_unit_test(returned_class),
    cmocka_unit_test(items_of_a_tuple),
    cmocka_unit_test(returned_tuple),
    cmocka_unit_test(with_statement),
    cmocka_unit_test(context_manager_function),
    cmocka_unit_test(caught_exception),
    cmocka_unit_test(isinstance_in_the_same_branch),
    cmocka_unit_test(isinstance_before_and),
    cmocka_unit_test(unless_isinstance_raise),
    cmocka_unit_test(new_value_from_the_old),
    cmocka_unit_test(other_branch_does_not_count),
    cmocka_unit_test(default_of_a_parameter),
    cmocka_unit_test(choice_of_values),
    cmocka_unit_test(element_of_a_comprehension),
    cmocka_unit_test(generator),
    cmocka_unit_test(call_of_an_instance),
    cmocka_unit_test(descriptor),
    cmocka_unit_test(alias_of_a_type),
    cmocka_unit_test(cycle_of_returns),
    cmocka_unit_test(value_of_itself),
    cmocka_unit_test(wildcard_leaves_underscores),
    cmocka_unit_test(wildcard_follows_all),
    cmocka_unit_test(wildcard_brings_only_all),
    cmocka_unit_test(wildcard_follows_all_as_it_grows),
    cmocka_unit_test(wildcard_follows_all_as_it_shrinks),
    cmocka_unit_test(wildcard_past_all_that_cannot_be_read),
    cmocka_unit_test(type_alias_parameter),
    cmocka_unit_test(wildcard_cycle),
    cmocka_unit_test(conditional_import),
    cmocka_unit_test(namespace_package),
    cmocka_unit_test(global_set_in_a_function),
    cmocka_unit_test(unknown_receivers_have_candidates),
    cmocka_unit_test(candidates_come_by_path_in_whatever_order_they_were_read),
    cmocka_unit_test(imports_lead_to_modules),
    cmocka_unit_test(names_have_qualified_paths),
    cmocka_unit_test(importers_are_found),
};

int main(void) { return cmocka_run_group_tests(tests, NULL, NULL); }
