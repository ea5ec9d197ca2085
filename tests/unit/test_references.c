/* Each case: "$" stands before the name asked about, "«»" around all that mean the same. */
#include "fixture.h"

#include "index/references.h"

static void check(const char *files) {
    Fixture f = fixture(files);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    References found = {0};
    references_find(f.index, f.cursor.file, occurrence, NONE, &found);
    assert_int_equal(found.len, f.wanted_count);
    for (uint32_t i = 0; i < found.len; i++) {
        assert_int_equal(found.items[i].file, f.wanted[i].file);
        assert_int_equal(found.items[i].range.start, f.wanted[i].offset);
    }
    ARRAY_FREE(&found);
    fixture_release(&f);
}

#define CASE(name, ...)                                                                                      \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__);                                                                                  \
    }

CASE(function, "é = '🚀'\ndef «$f»(): ...\n«f»()\nclass A:\n    def f(self): ...\n")
CASE(through_imports,
     "== a.py\ndef «$f»(): ...\n== b.py\nfrom a import «f»\n«f»()\n== c.py\nimport a\na.«f»()\n")
CASE(name_of_an_alias, "== a.py\ndef «f»(): 'é🚀'\n== b.py\nfrom a import «$f» as «g»\n«g»(lambda g: g)\n")
CASE(aliases_from_the_definition,
     "== a.py\ndef «$f»(): 'é🚀'\ng = 1\n== b.py\nfrom a import «f» as «g»\nlen(«g»)\n== c.py\nfrom b import "
     "«g»\n«g»()\n== d.py\nfrom b import «g» as «h»\ndef k(): «h»()\n== e.py\nfrom a import g\ng\n")
CASE(from_an_alias, "== a.py\ndef «f»(): 'é🚀'\n== b.py\nfrom a import «f» as «g»\n«$g»()\nf = 1\n== "
                    "c.py\nfrom a import «f»\n")
CASE(both_of_a_stub_and_its_source, "== m.py\ndef «$f»(): 'é🚀'\n== m.pyi\ndef «f»() -> int: ...\n")
CASE(other_binding_of_the_name, "def f(«x»): return «$x»\nx = 1\nprint(x)\n")
CASE(all_bindings_of_a_variable, "«x» = 'é🚀'\n«x» = 2\nprint(«$x»)\n")
CASE(strings_added_to_all, "__all__ = ['🚀']\n__all__ += ('«f»',)\n__all__.append('«f»')\ndef «$f»(): ...\n")
CASE(strings_of_all, "__all__ = ['«f»', '🚀']\ndef «$f»(): ...\n")
CASE(strings_of_all_where_it_is_exported_again,
     "== a.py\ndef «$f»(): ...\n== b.py\nfrom a import «f»\n__all__ = ['«f»']\n")
CASE(method,
     "class A:\n    def «$go»(self): ...\n    def f(self): self.«go»()\nclass B:\n    def go(self): ...\n"
     "A().«go»()\nB().go()\n")
CASE(attribute,
     "class A:\n    def f(self):\n        self.«é» = 1\n    def g(self):\n        self.«é» = self.«$é»\n")
CASE(unknown_receivers_do_not_count, "class A:\n    def «$go»(self): ...\ndef f(x): x.go()\n")
CASE(members_of_unknown_receivers,
     "== a.py\nclass A:\n    def «go»(self): 'é🚀'\nclass B(A):\n    def go(self): super().«go»()\n"
     "def f(x): x.«$go», A().«go»(), B().go()\n== b.py\nimport nowhere\ndef g(y): y.«go» = "
     "nowhere.go, len(y=go)\n")
CASE(members_that_nobody_defines, "== a.py\ndef f(x): x.«$é», é, x.y.«é»\n== b.py\ndef f(x): x.é\n")
CASE(strings_of_slots, "class A:\n    __slots__ = 'é🚀', '«x»'\n    def f(self): self.«$x» = 'x'\n"
                       "def g(a: A): a.«x»\n")
CASE(keywords_of_a_parameter,
     "== a.py\ndef f(é, «$x»):\n    «x» = '🚀', «x»\n== b.py\nfrom a import f\nx = 1\nf('🚀', «x»=x)\ng(x=1)\n")
CASE(parameter_of_a_keyword, "class A:\n    def __init__(self, «x»): self.x = «x»\nA(«$x»='é🚀')\nlen(x=1)\n")
CASE(receiver_is_no_keyword,
     "== a.py\nclass A:\n    def go(«$self»): «self»\n== b.py\nfrom a import A\nA.go(self=1)\n")
CASE(global_names, "«n» = '🚀'\ndef f():\n    global «n»\n    «n» = «$n»\n")
CASE(nonlocal_names,
     "def f(n):\n    def g(«n»):\n        def h():\n            nonlocal «n»\n            «$n» = 1\n")
CASE(fields_of_a_dataclass,
     "class A:\n    «$x»: int = 'é'\nA(«x»=1).«x»\nmatch A():\n    case A(«x»=1): ...\n")
CASE(string_annotations,
     "class «$A»:\n    'A'\n    é: '🚀 | «A» | list[«A»]' = 'A'\ndef f(x: list['«A»'], A: \"«A»\") -> 'm.A':\n"
     "    return cast('A', x), Literal['A'], 'A'\nx: Literal['A']\nT = TypeVar('A', "
     "bound='«A»')\ncast('«A»', x)\n")
CASE(string_annotations_through_modules,
     "== a.py\nclass «$A»: 'é🚀'\n== b.py\nif TYPE_CHECKING:\n    import a\nx: 'a.«A»'\ny: 'b.A'\n")
CASE(spellings_bound_in_an_inner_scope,
     "«$fi» = 'é🚀'\nprint(«fi»)\ndef f():\n    ﬁ = 1\n    print(fi)\ndef g(): print(«ﬁ»)\n")
CASE(import_that_leads_nowhere, "import «$os»\ndef f(): «os».x\ndef g(os): os\n")
CASE(module,
     "== p/__init__.py\n'é🚀'\n== p/m.py\n0\n== c.py\nimport p.«$m»\np.«m»\n== d.py\nfrom p import «m»\n")
CASE(same_import_in_two_packages,
     "== p/__init__.py\n0\n== p/a.py\nfrom .m import «f»\n«f»()\n== p/m.py\ndef «$f»(): ...\n"
     "== q/__init__.py\n0\n== q/m.py\ndef f(): ...\n== q/a.py\nfrom .m import f\nf()\n")
/* What b has of its own is asked for while what a has is being worked out, and needs that. */
CASE(through_wildcards_in_a_circle,
     "== c.py\ndef «$f»(): 'é🚀'\n== d.py\nimport a\na.«f»()\n== a.py\nfrom c import *\nfrom b import *\n"
     "== b.py\nfrom a import *\n== e.py\nimport b\nb.«f»()\n")
CASE(name_that_one_function_binds_too, "== a.py\ndef «$f»(): ...\n== b.py\nfrom a import «f»\ndef g(): "
                                       "«f»()\ndef h():\n    f = 1\n    f()\n«f»()\n")

static void files_come_by_path_in_whatever_order_they_were_read(void **state) {
    (void)state;
    Fixture f = fixture("== c.py\nfrom a import f\n== a.py\ndef $f(): 'é🚀'\n== b.py\nfrom a import f\n");
    References found = {0};
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    references_find(f.index, f.cursor.file, occurrence, NONE, &found);
    static const char *const paths[] = {"a.py", "b.py", "c.py"};
    assert_int_equal(found.len, 3);
    for (uint32_t i = 0; i < 3; i++) assert_int_equal(found.items[i].file, fixture_file(&f, paths[i]));
    ARRAY_FREE(&found);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_by_path_in_whatever_order_they_were_read),
        cmocka_unit_test(function),
        cmocka_unit_test(through_imports),
        cmocka_unit_test(name_of_an_alias),
        cmocka_unit_test(aliases_from_the_definition),
        cmocka_unit_test(from_an_alias),
        cmocka_unit_test(both_of_a_stub_and_its_source),
        cmocka_unit_test(other_binding_of_the_name),
        cmocka_unit_test(all_bindings_of_a_variable),
        cmocka_unit_test(strings_added_to_all),
        cmocka_unit_test(strings_of_all),
        cmocka_unit_test(strings_of_all_where_it_is_exported_again),
        cmocka_unit_test(method),
        cmocka_unit_test(attribute),
        cmocka_unit_test(unknown_receivers_do_not_count),
        cmocka_unit_test(members_of_unknown_receivers),
        cmocka_unit_test(members_that_nobody_defines),
        cmocka_unit_test(strings_of_slots),
        cmocka_unit_test(keywords_of_a_parameter),
        cmocka_unit_test(parameter_of_a_keyword),
        cmocka_unit_test(receiver_is_no_keyword),
        cmocka_unit_test(global_names),
        cmocka_unit_test(nonlocal_names),
        cmocka_unit_test(fields_of_a_dataclass),
        cmocka_unit_test(string_annotations),
        cmocka_unit_test(string_annotations_through_modules),
        cmocka_unit_test(spellings_bound_in_an_inner_scope),
        cmocka_unit_test(import_that_leads_nowhere),
        cmocka_unit_test(module),
        cmocka_unit_test(same_import_in_two_packages),
        cmocka_unit_test(through_wildcards_in_a_circle),
        cmocka_unit_test(name_that_one_function_binds_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
