/* Each case: "$" stands before the name asked about, "«»" around all the names it leads to, in this order. */
#include "fixture.h"

#include "index/relatives.h"

typedef void Finder(const Index *index, FileId file, uint32_t occurrence, Targets *out);

static void check(Finder *find, const char *files) {
    Fixture f = fixture(files);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    Targets targets = {0};
    find(f.index, f.cursor.file, occurrence, &targets);
    assert_int_equal(targets.len, f.wanted_count);
    for (uint32_t i = 0; i < targets.len; i++) {
        assert_int_equal(targets.items[i].file, f.wanted[i].file);
        assert_int_equal(targets.items[i].name.start, f.wanted[i].offset);
    }
    ARRAY_FREE(&targets);
    fixture_release(&f);
}

#define DEFINITION(name, ...) CASE(name, relatives_definitions, __VA_ARGS__)
#define DECLARATION(name, ...) CASE(name, relatives_declarations, __VA_ARGS__)
#define TYPE(name, ...) CASE(name, relatives_types, __VA_ARGS__)
#define IMPLEMENTATION(name, ...) CASE(name, relatives_implementations, __VA_ARGS__)
#define CASE(name, find, ...)                                                                                \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(find, __VA_ARGS__);                                                                            \
    }

/* --- declarations --------------------------------------------------------------------------------- */

DECLARATION(import_of_a_name, "== a.py\ndef f(): ...\n== b.py\nfrom a import «f»\n'é🚀'; $f()\n")
DECLARATION(name_after_as, "== a.py\ndef f(): ...\n== b.py\nfrom a import f as «é»\n$é()\n")
DECLARATION(imports_of_which_one_runs,
            "try: from a import «f»\nexcept ImportError: from b import «f»\n$f()\n")
DECLARATION(import_leads_on, "== a.py\ndef «f»(): ...\n== b.py\nfrom a import $f\n")
DECLARATION(import_that_leads_nowhere, "import «os»\n$os.path\n")
DECLARATION(first_binding, "«x» = 'é🚀'\nx = 2\nprint($x)\n")
DECLARATION(parameter_that_is_bound_again, "def f(é, «a»):\n    a = a or 1\n    return $a\n")
DECLARATION(global_statement, "x = 0\ndef f():\n    global «x»\n    $x = 1\n")
DECLARATION(global_statement_leads_on, "«x» = 0\ndef f():\n    global $x\n    x = 1\n")
DECLARATION(nonlocal_statement,
            "def f():\n    x = 0\n    def g():\n        nonlocal «x»\n        return $x\n")
DECLARATION(global_of_another_scope, "«x» = 0\ndef f():\n    global x\n    x = 1\ndef g(): return $x\n")
DECLARATION(wildcard, "== a.py\ndef «f»(): ...\n== b.py\nfrom a import *\n$f()\n")
DECLARATION(declared_attribute,
            "class A:\n    «x»: int\n    def __init__(self): self.x = 1\n    def f(self): self.$x\n")
DEFINITION(source_rather_than_stub, "== m.py\nclass «A»: 'é🚀'\n== m.pyi\nclass A: ...\na: A\n"
                                    "== b.py\nfrom m import a\nfrom m import $A\n")
DEFINITION(source_of_what_a_stub_says, "== m.py\nclass A:\n    def «é»(self): ...\ndef f(): ...\n== m.pyi\n"
                                       "class A:\n    def é(self) -> int: ...\ndef f() -> A: ...\n"
                                       "== b.py\nimport m\nm.f().$é()\n")
DEFINITION(source_from_inside_a_stub, "== m.py\ndef «f»(): 'é🚀'\n== m.pyi\ndef $f() -> int: ...\n")
DEFINITION(stub_where_there_is_no_source, "== m.pyi\ndef «f»() -> int: ...\n== b.py\nimport m\nm.$f()\n")
DECLARATION(stub_of_a_function, "== m.py\ndef $f(a): return 'é🚀'\n== m.pyi\ndef «f»(a: int) -> str: ...\n")
DECLARATION(stub_of_a_method, "== m.py\nclass A:\n    def f(self): ...\nclass B:\n    def f(self): ...\n"
                              "== m.pyi\nclass A:\n    def f(self): ...\nclass B:\n    def «f»(self): ...\n"
                              "== b.py\nimport m\nm.B().$f()\n")
DECLARATION(overloads_of_a_stub, "== m.py\ndef $f(a): ...\n== m.pyi\n@overload\ndef «f»(a: int): ...\n"
                                 "@overload\ndef «f»(a: str): ...\n")
DECLARATION(stub_of_a_module, "== m.py\nx = 1\n== m.pyi\n«»x: int\n== b.py\nimport $m\n")
DECLARATION(what_the_stub_lacks, "== m.py\ndef «$f»(a): ...\n== m.pyi\nx: int\n")

/* --- types ---------------------------------------------------------------------------------------- */

TYPE(of_an_instance, "class «A»: 'é🚀'\na = A()\nprint($a)\n")
TYPE(of_a_parameter, "class «A»: ...\ndef f(é, $a: 'A'): ...\n")
TYPE(of_an_attribute, "class «A»: ...\nclass B:\n    def __init__(self): self.x = A()\nB().$x\n")
TYPE(of_a_union, "class «A»: ...\nclass «B»: ...\ndef f(a: A | B): $a\n")
TYPE(of_a_list, "class «A»: ...\ndef f(a: list[A]): $a\n")
TYPE(of_a_class, "class «A»: ...\n$A\n")
TYPE(of_what_is_returned, "class «A»: ...\ndef f() -> A: ...\n$f()\n")
TYPE(of_a_module, "== m.py\n«»x = 1\n== b.py\nimport m\n$m.x\n")
TYPE(of_who_knows_what, "def f(a): $a\n")
TYPE(of_a_function_that_returns_itself, "def f(): return f\n$f()\n")

/* --- implementations ------------------------------------------------------------------------------ */

IMPLEMENTATION(subclasses, "class $A: 'é🚀'\nclass «B»(A): ...\nclass Other: ...\nclass «C»(A): ...\n")
IMPLEMENTATION(subclasses_of_subclasses,
               "== a.py\nclass $A: ...\n== b.py\nfrom a import A\nclass «B»(A): ...\n"
               "== c.py\nimport b\nclass «C»(b.B): ...\n")
IMPLEMENTATION(nearer_ones_first,
               "== z.py\nclass $A: ...\nclass «B»(A): ...\n== c.py\nfrom z import B\nclass «C»(B): ...\n")
IMPLEMENTATION(by_path_where_equally_near,
               "== z.py\nfrom c import A\nclass Z(A): ...\n== c.py\nclass $A: ...\n== b.py\n"
               "from c import A\nclass «B»(A): ...\n== z.py\nfrom c import A\nclass «Z»(A): ...\n")
IMPLEMENTATION(through_an_alias, "== a.py\nclass $A: ...\n== b.py\nfrom a import A as B\nclass «C»(B): ...\n"
                                 "== c.py\nfrom b import B as Base\nclass «D»(Base): ...\n")
IMPLEMENTATION(through_a_variable, "class $A: ...\nBase = A\nclass «B»(Base): ...\n")
IMPLEMENTATION(through_a_variable_of_a_module,
               "== a.py\nclass $A: ...\n== b.py\nimport a\nBase = a.A\nOther = a.A()\nclass «B»(Base): ...\n")
IMPLEMENTATION(of_generic_classes, "class $A[T]: ...\nclass «B»(A[int]): ...\nclass C(list[A]): ...\n")
IMPLEMENTATION(another_class_of_that_name, "== a.py\nclass $A: ...\n== b.py\nclass A: ...\nclass B(A): ...\n")
IMPLEMENTATION(inherited_twice, "class $A: ...\nclass «B»(A): ...\nclass «C»(A): ...\nclass «D»(B, C): ...\n")
IMPLEMENTATION(class_below_itself, "class $A(B): ...\nclass «B»(A): ...\n")
IMPLEMENTATION(overrides,
               "class A:\n    def $f(self): ...\nclass B(A):\n    def «f»(self): 'é🚀'\nclass C(A): ...\n"
               "class D(C):\n    def «f»(self): ...\nclass Other:\n    def f(self): ...\n")
IMPLEMENTATION(override_by_assignment, "class A:\n    def $f(self): ...\nclass B(A):\n    «f» = None\n")
IMPLEMENTATION(call_of_what_is_overridden,
               "class A:\n    def «f»(self): ...\nclass B(A):\n    def «f»(self): ...\nA().$f()\n")
IMPLEMENTATION(call_of_an_abstract_method,
               "import abc\nclass A(abc.ABC):\n    @abc.abstractmethod\n    def f(self): ...\nclass B(A):\n"
               "    def «f»(self): ...\ndef g(a: A): a.$f()\n")
IMPLEMENTATION(abstract_class, "class A(metaclass=abc.ABCMeta): ...\nclass «B»(A): ...\n$A\n")
IMPLEMENTATION(abstract_by_its_base, "import abc\nclass A(abc.ABC): ...\nclass «B»(A): ...\n$A\n")
IMPLEMENTATION(member_of_a_protocol, "class P(Protocol[T]):\n    def f(self): ...\nclass B(P):\n"
                                     "    def «f»(self): ...\ndef g(a: P): a.$f()\n")
IMPLEMENTATION(class_that_has_what_a_protocol_asks_for,
               "class $P(Protocol):\n    x: int\n    def f(self): ...\n"
               "class «A»:\n    def f(self): ...\n    def __init__(self): self.x = 'é🚀'\n"
               "class B:\n    def f(self): ...\nclass «C»(B):\n    x = 1\nclass D:\n    x = 1\n"
               "class «F»(D):\n    def f(self): ...\n"
               "class E(Protocol):\n    x: int\n    def f(self): ...\n")
IMPLEMENTATION(subclass_of_a_protocol_is_listed_once,
               "class $P(Protocol):\n    def f(self): ...\nclass «A»(P):\n    def f(self): ...\n")
IMPLEMENTATION(member_that_a_protocol_asks_for,
               "class P(typing.Protocol):\n    def $f(self): ...\nclass A:\n    def «f»(self): 'é🚀'\n")
IMPLEMENTATION(protocol_that_asks_for_nothing, "class $P(Protocol): ...\nclass A: ...\n")
IMPLEMENTATION(function, "def «f»(): ...\n$f()\n")
IMPLEMENTATION(source_of_a_stub, "== m.py\ndef «f»(a): ...\n== m.pyi\ndef $f(a: int): ...\n")

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(import_of_a_name),
        cmocka_unit_test(name_after_as),
        cmocka_unit_test(imports_of_which_one_runs),
        cmocka_unit_test(import_leads_on),
        cmocka_unit_test(import_that_leads_nowhere),
        cmocka_unit_test(first_binding),
        cmocka_unit_test(parameter_that_is_bound_again),
        cmocka_unit_test(global_statement),
        cmocka_unit_test(global_statement_leads_on),
        cmocka_unit_test(nonlocal_statement),
        cmocka_unit_test(global_of_another_scope),
        cmocka_unit_test(wildcard),
        cmocka_unit_test(declared_attribute),
        cmocka_unit_test(source_rather_than_stub),
        cmocka_unit_test(source_of_what_a_stub_says),
        cmocka_unit_test(source_from_inside_a_stub),
        cmocka_unit_test(stub_where_there_is_no_source),
        cmocka_unit_test(stub_of_a_function),
        cmocka_unit_test(stub_of_a_method),
        cmocka_unit_test(overloads_of_a_stub),
        cmocka_unit_test(stub_of_a_module),
        cmocka_unit_test(what_the_stub_lacks),
        cmocka_unit_test(of_an_instance),
        cmocka_unit_test(of_a_parameter),
        cmocka_unit_test(of_an_attribute),
        cmocka_unit_test(of_a_union),
        cmocka_unit_test(of_a_list),
        cmocka_unit_test(of_a_class),
        cmocka_unit_test(of_what_is_returned),
        cmocka_unit_test(of_a_module),
        cmocka_unit_test(of_who_knows_what),
        cmocka_unit_test(of_a_function_that_returns_itself),
        cmocka_unit_test(subclasses),
        cmocka_unit_test(subclasses_of_subclasses),
        cmocka_unit_test(nearer_ones_first),
        cmocka_unit_test(by_path_where_equally_near),
        cmocka_unit_test(through_an_alias),
        cmocka_unit_test(through_a_variable),
        cmocka_unit_test(through_a_variable_of_a_module),
        cmocka_unit_test(of_generic_classes),
        cmocka_unit_test(another_class_of_that_name),
        cmocka_unit_test(inherited_twice),
        cmocka_unit_test(class_below_itself),
        cmocka_unit_test(overrides),
        cmocka_unit_test(override_by_assignment),
        cmocka_unit_test(call_of_what_is_overridden),
        cmocka_unit_test(call_of_an_abstract_method),
        cmocka_unit_test(abstract_class),
        cmocka_unit_test(abstract_by_its_base),
        cmocka_unit_test(member_of_a_protocol),
        cmocka_unit_test(class_that_has_what_a_protocol_asks_for),
        cmocka_unit_test(subclass_of_a_protocol_is_listed_once),
        cmocka_unit_test(member_that_a_protocol_asks_for),
        cmocka_unit_test(protocol_that_asks_for_nothing),
        cmocka_unit_test(function),
        cmocka_unit_test(source_of_a_stub),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
