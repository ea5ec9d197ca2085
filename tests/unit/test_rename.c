/* Each case: "$" stands before the name that is to become "neu", "«»" around all that has to change; or why
 * it cannot be. */
#include "fixture.h"

#include "index/rename.h"

static void check(const char *files) {
    Fixture f = fixture(files);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    Rename found;
    bool ok = rename_find(f.index, f.cursor.file, occurrence, STR("neu"), &found);
    assert_string_equal(found.why.data, "");
    assert_true(ok);
    assert_int_equal(found.sure.len, f.wanted_count);
    assert_int_equal(found.unsure.len, 0);
    for (uint32_t i = 0; i < f.wanted_count; i++) {
        assert_int_equal(found.sure.items[i].file, f.wanted[i].file);
        assert_int_equal(found.sure.items[i].range.start, f.wanted[i].offset);
    }
    rename_release(&found);
    fixture_release(&f);
}

static void check_refused(const char *files, Str to, const char *why) {
    Fixture f = fixture(files);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    Rename found;
    bool ok = rename_find(f.index, f.cursor.file, occurrence, to, &found);
    assert_string_equal(found.why.data, why);
    assert_false(ok);
    rename_release(&found);
    fixture_release(&f);
}

#define CASE(name, ...)                                                                                      \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__);                                                                                  \
    }
#define REFUSED(name, why, ...)                                                                              \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check_refused(__VA_ARGS__, STR("neu"), why);                                                         \
    }

CASE(function, "== a.py\n__all__ = ['«f»']\ndef «$f»(): 'é🚀'\n== b.py\nfrom a import «f»\n«f»()\n== "
               "c.py\nimport a\na.«f»()\n")
CASE(alias, "== a.py\ndef f(): ...\n== b.py\nfrom a import f as «g»\n'é🚀', «$g»()\n== c.py\nfrom a import f "
            "as g\ng()\n")
CASE(original_of_an_alias, "== a.py\ndef «$f»(): ...\n== b.py\nfrom a import «f» as g\ng()\n")
CASE(alias_of_an_unknown_module, "import numpy as «$np»\ndef f(): return «np».x\ndef g(np): return np\n")
CASE(parameter, "def f(«$é»):\n    return '🚀', «é»\nf(«é»=1)\n")
CASE(overrides,
     "class A:\n    def «go»(self): ...\nclass B(A):\n    def «$go»(self): super().«go»()\nclass C(A):\n"
     "    def «go»(self): 'é🚀'\nclass D:\n    def go(self): ...\nC().«go»()\nD().go()\n")
CASE(
    joined_by_a_class_below,
    "class A:\n    def «$go»(self): ...\nclass B:\n    def «go»(self): ...\nclass C(A, B): 'é'\nC().«go»()\n")
CASE(attribute_of_several_methods,
     "class A:\n    def f(self): self.«$é» = 1\n    def g(self): self.«é» = '🚀'\nclass B(A):\n"
     "    «é» = 0\n    def h(self): return self.«é»\n")
CASE(property, "class A:\n    @property\n    def «x»(self): ...\n    @«x».setter\n    def «$x»(self, v): "
               "...\nA().«x» = 1\n")
CASE(fallback_of_an_import,
     "== a.py\ndef «f»(): ...\n== b.py\ntry:\n    from a import «f»\nexcept ImportError:\n"
     "    def «$f»(): 'é🚀'\n«f»()\n")
CASE(both_of_a_stub_and_its_source,
     "== m.py\n'é🚀'\ndef «$f»(x): ...\n«f»(1)\n== m.pyi\ndef «f»(x: int) -> int: ...\n")
CASE(parameters_of_overrides,
     "class A:\n    def m(self, «$a»): 'é🚀'\n    def n(self, a): ...\nclass B(A):\n    def m(self, «a», "
     "b=1): return "
     "«a»\nclass C:\n    def m(self, a): ...\ndef f(x: A): x.m(«a»=1)\nB().m(«a»=2)\nC().m(a=3)\n")
CASE(a_receiver, "class A:\n    def m(«$me»): «me».x\nclass B(A):\n    def m(me): 'é🚀'\n")
CASE(a_private_member,
     "class A:\n    def «$__p»(self): self.«__p»(), 'é🚀'\nclass B(A):\n    def __p(self): self.__p()\n")
CASE(a_slot,
     "class A:\n    __slots__ = ('é🚀', \"«x»\", 'xy')\n    __match_args__ = ['«x»']\n    def __init__(self): "
     "self.«$x» = 1\n")
CASE(fields_of_a_named_tuple_in_a_string, "from collections import namedtuple\nP = namedtuple('P', 'é "
                                          "«x»')\np = P('🚀', «x»=1)\np.«$x»\n")
CASE(fields_of_a_data_class_in_strings, "from dataclasses import make_dataclass\nP = make_dataclass('P', "
                                        "[('é', int), '«$x»'])\np = P('🚀', «x»=1)\np.«x» = 2\n")
CASE(slots_on_several_lines,
     "class A:\n    __slots__ = [\n        'é🚀',\n        '«x»',\n    ] + [\"«x»\"]\n    __match_args__ = (\n"
     "        'y',\n        '«x»',\n    )\n    def __init__(self): self.«$x» = 'x', ['x']\n"
     "class B:\n    __slots__ = (\n        'x',\n    )\n    def __init__(self): self.x = 1\n")
CASE(slots_with_documentation,
     "class A:\n    __slots__ = {\n        '«x»': 'x',\n        'é🚀': \"x\"\n    }\n    def __init__(self): "
     "self.«$x» = 1\n")
CASE(string_annotation, "class «$A»: 'é🚀'\nx: 'list[«A»]' = 'A'\n")
CASE(global_name, "«n» = 'é🚀'\ndef f():\n    global «n»\n    «n» = «$n»\ndef g():\n    n = 1\n")
CASE(union_of_classes,
     "class A:\n    def «$go»(self): ...\nclass B:\n    def «go»(self): ...\ndef f(x: A | B): x.«go»()\n")
CASE(inner_name_that_is_not_seen,
     "«$x» = 1\ndef f():\n    neu = 2\n    return neu\nclass A:\n    neu = 'é'\n")

CASE(a_module, "== c.py\nimport p.«$m»\np.«m».x\nx: 'p.«m».A🚀'\n== d.py\nfrom p import «m»\n«m».f\n== e.py\n"
               "from p import «m» as é\nfrom p.«m» import *\n== p/__init__.py\n'é🚀'\n== p/f.py\n"
               "from .«m» import f\nfrom . import «m»\n== p/m.py\n0\n")
CASE(
    a_package,
    "== c.py\nimport «$p».m\n«p».m.x\nfrom «p» import m\n== p/__init__.py\n'é🚀'\n== p/f.py\nfrom . import m\n"
    "from «p».m import x\n== p/m.py\nx = 1\n")

static void check_move(const char *files, uint32_t number, const char *from, const char *into) {
    Fixture f = fixture(files);
    StrBuf old, new;
    buf_init(&old);
    buf_init(&new);
    assert_int_equal(rename_move(f.index, f.cursor.file, STR("neu"), number, &old, &new), from != NULL);
    if (from) assert_string_equal(old.data, from);
    if (from) assert_string_equal(new.data, into);
    buf_release(&old);
    buf_release(&new);
    fixture_release(&f);
}

static void files_that_move(void **state) {
    (void)state;
    const char *package = "== é/p/__init__.py\n$'🚀'\n== é/p/m.py\n0\n", *module = "== p/m.py\n$'🚀'\n";
    const char *both = "== p/m.pyi\n'🚀'\n== p/m.py\n$'🚀'\n";
    check_move(package, 0, "/w/é/p", "/w/é/neu");
    check_move(package, 1, NULL, NULL);
    check_move(module, 0, "/w/p/m.py", "/w/p/neu.py");
    check_move(module, 1, NULL, NULL);
    check_move(both, 1, "/w/p/m.pyi", "/w/p/neu.pyi");
    check_move(both, 2, NULL, NULL);
}

REFUSED(own_meaning, "`__init__` has a meaning of its own in Python",
        "class A:\n    def $__init__(self): ...\n")
REFUSED(unknown_name, "`f` is bound by nothing that is known", "'é'; $f()\n")
REFUSED(unknown_receiver, "`go` cannot be told: what stands before the dot is not known",
        "def f(x): x.$go()\n")
REFUSED(unknown_import, "`f` is imported from a module that is not known", "from nowhere import $f\n")
REFUSED(module_of_a_library, "`m` is a module of a library or of Python itself",
        "== /lib/m.pyi\n0\n== a.py\nimport $m\n")
REFUSED(another_name_of_a_module, "`é` is another name of the module `m`",
        "== p/__init__.py\nfrom . import m as é\n== p/m.py\n0\n== a.py\nfrom p import $é\n")
REFUSED(module_beside_a_module, "`neu` is there already, beside the module",
        "== m.py\n'é🚀'\n== neu.pyi\n0\n== a.py\nimport $m\n")
REFUSED(module_beside_a_package, "`neu` is there already, beside the module",
        "== m.py\n'é🚀'\n== neu/a.py\n0\n== a.py\nimport $m\n")
REFUSED(module_in_a_package_that_has_the_name, "`neu` is there already, beside the module",
        "== p/__init__.py\nneu = 'é🚀'\n== p/m.py\n0\n== a.py\nimport p.$m\n")
REFUSED(
    one_of_several_modules, "`m` may be one of several modules",
    "== m.py\n0\n== p/__init__.py\n0\n== p/m.py\n'é🚀'\n== a.py\ntry:\n    import m\nexcept ImportError:\n    "
    "from p import m\n$m.f\n")
REFUSED(name_taken_where_a_module_is_imported, "`neu` at a.py:2 would mean something else that has that name",
        "== m.py\n'é🚀'\n== a.py\nneu = 1\nimport $m\n")
REFUSED(taken_in_the_scope, "`neu` at main.py:2 would mean something else that has that name",
        "neu = 'é🚀'\n$x = 1\n")
REFUSED(taken_in_a_scope_between, "`neu` at main.py:4 would mean something else that has that name",
        "$x = 'é🚀'\ndef f():\n    neu = 2\n    return neu, x\n")
REFUSED(taken_from_outside, "`neu` at main.py:3 would come to mean what is renamed",
        "neu = 'é🚀'\ndef f($x):\n    return neu, x\n")
REFUSED(member_is_there, "`B` at main.py:3 has a member of the new name already",
        "class A:\n    def $go(self): ...\nclass B(A):\n    neu = 'é'\n")
REFUSED(unknown_base, "`Base` at main.py:1 is a base that is not known: it may have a member of that name",
        "class A(Base):\n    def $go(self): 'é'\n")
REFUSED(half_unknown, "`f` at main.py:2 may be something else, which is not known",
        "try:\n    from nowhere import f\nexcept ImportError:\n    $f = None\nf\n")
REFUSED(alias_that_is_imported, "`g` is imported from here by c.py",
        "== a.py\ndef f(): ...\n== b.py\nfrom a import f as $g\n== c.py\nfrom b import g\n")
REFUSED(broken_file,
        "`f` at main.py:1 stands in a file with a syntax error: what it means there is not certain",
        "def $f(): 'é'\nx = (\n")

static void new_names(void **state) {
    (void)state;
    check_refused("class A:\n    def $p(self): 'é🚀'\nclass B(A):\n    def f(self): self.p()\n", STR("__neu"),
                  "`p` at main.py:4 stands outside of the class, where the new name would mean another one");
    const char *text = "$x = 'é🚀'\n";
    check_refused(text, STR("a b"), "`a b` is not a name: it must be an identifier and no keyword");
    check_refused(text, STR("1a"), "`1a` is not a name: it must be an identifier and no keyword");
    check_refused(text, STR("class"), "`class` is not a name: it must be an identifier and no keyword");
    check_refused(text, STR("🚀"), "`🚀` is not a name: it must be an identifier and no keyword");
    check_refused(text, STR("__x__"), "`__x__` has a meaning of its own in Python");
}

static void libraries_stay(void **state) {
    (void)state;
    Fixture f = fixture("class A(lib.L):\n    def $go(self): 'é'\nimport lib\n");
    const char *text = "class L:\n    def go(self): ...\n";
    index_add_library(f.index, STR("/lib"), false);
    index_update(f.index, STR("/lib/lib.py"), parser_facts(f.parser, STR("/lib/lib.py"), str_of(text)));
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    Rename found;
    assert_false(rename_find(f.index, f.cursor.file, occurrence, STR("neu"), &found));
    assert_string_equal(found.why.data, "`go` at /lib/lib.py:2 belongs to a library or to Python itself");
    rename_release(&found);
    fixture_release(&f);
}

/* What may be meant is told apart: by attributes, by keywords of what bears the function's name. */
static void unsure_places(void **state) {
    (void)state;
    Fixture f = fixture("class A:\n    def $go(self): ...\nA().go()\ndef f(x):\n    'é🚀'; x.«go»()\n");
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    Rename found;
    assert_true(rename_find(f.index, f.cursor.file, occurrence, STR("neu"), &found));
    assert_int_equal(found.sure.len, 2);
    assert_int_equal(found.unsure.len, 1);
    assert_int_equal(found.unsure.items[0].range.start, f.wanted[0].offset);
    rename_release(&found);
    fixture_release(&f);
    f = fixture("def go($é): ...\ngo(é=1)\ndef f(x):\n    x.go(«é»='🚀')\n    x.run(é=1)\n");
    occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_true(rename_find(f.index, f.cursor.file, occurrence, STR("neu"), &found));
    assert_int_equal(found.sure.len, 2);
    assert_int_equal(found.unsure.len, 1);
    assert_int_equal(found.unsure.items[0].range.start, f.wanted[0].offset);
    rename_release(&found);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(function),
        cmocka_unit_test(alias),
        cmocka_unit_test(original_of_an_alias),
        cmocka_unit_test(alias_of_an_unknown_module),
        cmocka_unit_test(parameter),
        cmocka_unit_test(overrides),
        cmocka_unit_test(joined_by_a_class_below),
        cmocka_unit_test(attribute_of_several_methods),
        cmocka_unit_test(property),
        cmocka_unit_test(fallback_of_an_import),
        cmocka_unit_test(both_of_a_stub_and_its_source),
        cmocka_unit_test(parameters_of_overrides),
        cmocka_unit_test(a_receiver),
        cmocka_unit_test(a_private_member),
        cmocka_unit_test(a_slot),
        cmocka_unit_test(fields_of_a_named_tuple_in_a_string),
        cmocka_unit_test(fields_of_a_data_class_in_strings),
        cmocka_unit_test(slots_on_several_lines),
        cmocka_unit_test(slots_with_documentation),
        cmocka_unit_test(string_annotation),
        cmocka_unit_test(global_name),
        cmocka_unit_test(union_of_classes),
        cmocka_unit_test(inner_name_that_is_not_seen),
        cmocka_unit_test(own_meaning),
        cmocka_unit_test(unknown_name),
        cmocka_unit_test(unknown_receiver),
        cmocka_unit_test(unknown_import),
        cmocka_unit_test(a_module),
        cmocka_unit_test(a_package),
        cmocka_unit_test(files_that_move),
        cmocka_unit_test(module_of_a_library),
        cmocka_unit_test(another_name_of_a_module),
        cmocka_unit_test(module_beside_a_module),
        cmocka_unit_test(module_beside_a_package),
        cmocka_unit_test(module_in_a_package_that_has_the_name),
        cmocka_unit_test(one_of_several_modules),
        cmocka_unit_test(name_taken_where_a_module_is_imported),
        cmocka_unit_test(taken_in_the_scope),
        cmocka_unit_test(taken_in_a_scope_between),
        cmocka_unit_test(taken_from_outside),
        cmocka_unit_test(member_is_there),
        cmocka_unit_test(unknown_base),
        cmocka_unit_test(half_unknown),
        cmocka_unit_test(alias_that_is_imported),
        cmocka_unit_test(broken_file),
        cmocka_unit_test(new_names),
        cmocka_unit_test(libraries_stay),
        cmocka_unit_test(unsure_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
