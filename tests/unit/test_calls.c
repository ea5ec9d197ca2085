/* Each case: "$" stands before the name of the symbol asked about (before the first byte of a file: the
 * module), "«»" around the names that are called. `others` lists the symbols on the other side of each call.
 */
#include "fixture.h"

#include "index/calls.h"

typedef void Finder(const Index *index, SymbolRef symbol, Calls *out);

static SymbolRef asked(const Fixture *f) {
    const Facts *facts = index_facts(f->index, f->cursor.file);
    uint32_t symbol = facts_symbol_named_at(facts, f->cursor.offset);
    return (SymbolRef){f->cursor.file, symbol == NONE ? 0 : symbol};
}

static bool is_called(const Calls *calls, uint32_t offset) {
    for (uint32_t i = 0; i < calls->len; i++) {
        if (calls->items[i].range.start == offset) return true;
    }
    return false;
}

static void check(Finder *find, const char *others, const char *files) {
    Fixture f = fixture(files);
    Calls calls = {0};
    StrBuf names;
    buf_init(&names);
    find(f.index, asked(&f), &calls);
    for (uint32_t i = 0; i < calls.len; i++) {
        if (i) buf_append_byte(&names, ' ');
        index_dotted_name(f.index, calls.items[i].symbol, &names);
    }
    assert_string_equal(names.data, others);
    assert_int_equal(calls.len, f.wanted_count);
    for (uint32_t i = 0; i < calls.len; i++) assert_true(is_called(&calls, f.wanted[i].offset));
    buf_release(&names);
    ARRAY_FREE(&calls);
    fixture_release(&f);
}

#define INCOMING(name, ...) CASE(name, calls_incoming, __VA_ARGS__)
#define OUTGOING(name, ...) CASE(name, calls_outgoing, __VA_ARGS__)
#define CASE(name, find, ...)                                                                                \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(find, __VA_ARGS__);                                                                            \
    }

INCOMING(from_functions_and_modules, "main main.g", "def $f(): ...\n«f»()\ndef g(): return 'é🚀', «f»()\n")
INCOMING(from_other_files, "b b.A.go",
         "== a.py\ndef $f(): ...\n== b.py\nfrom a import f as h\nimport a\nx = a.«f»()\n"
         "class A:\n    def go(self): a.«f»()\n")
INCOMING(by_caller, "main.g main.g main.g.h",
         "def $f(): ...\ndef g():\n    «f»()\n    def h(): «f»()\n    «f»()\n")
INCOMING(not_what_is_only_named, "", "def $f(): ...\n__all__ = ['f']\nx = f\nprint(f)\nf.x = 1\n")
INCOMING(to_a_class, "main", "class $A: ...\nclass B(A): ...\ndef g(a: A): ...\nA.x\n«A»()\n")
INCOMING(of_a_constructor, "main main.B.__init__",
         "class A:\n    def $__init__(self): ...\n«A»('é🚀')\nclass B(A):\n"
         "    def __init__(self): super().«__init__»()\n")
INCOMING(of_a_decorator, "main main.A",
         "== m.py\ndef $d(f): ...\n== main.py\nimport m\n@m.«d»\ndef f(): ...\nclass A:\n"
         "    @m.«d»\n    def g(self): ...\n")
INCOMING(not_what_leads_to_a_decorator, "", "class $A:\n    def d(f): ...\n@A.d\ndef f(): 'é🚀'\n")
INCOMING(from_lambdas_and_comprehensions, "main.g main.g",
         "def $f(): ...\ndef g():\n    x = lambda: «f»()\n    return [«f»() for _ in 'é🚀']\n")
INCOMING(from_a_default_value, "main", "def $f(): ...\ndef g(x=«f»()): ...\n")
INCOMING(of_a_method_by_its_receiver, "main",
         "class A:\n    def $go(self): ...\nclass B:\n    def go(self): ...\nA().«go»()\nB().go()\n")
INCOMING(to_a_module, "", "$x = 1\n")

OUTGOING(in_order_of_first_calls, "main.b main.b main.a",
         "def a(): ...\ndef b(): ...\ndef $f():\n    'é🚀', «b»()\n    x = «a»()\n    «b»()\n")
OUTGOING(not_of_functions_inside, "main.f.g", "def a(): ...\ndef $f():\n    def g(): a()\n    «g»()\na()\n")
OUTGOING(of_a_module, "main.a", "$def a(): b()\ndef b(): ...\n«a»()\n")
OUTGOING(of_a_class, "main.a main.b",
         "def a(): ...\ndef b(): ...\nclass $A:\n    x = «a»()\n    def __init__(self): «b»()\n"
         "    def f(self): a()\n")
OUTGOING(of_a_method, "main.A.g main.B",
         "class A:\n    def $f(self):\n        self.«g»()\n        return «B»()\n    def g(self): ...\n"
         "class B: ...\n")
OUTGOING(not_of_what_is_unknown, "", "n = 1\ndef $f(x):\n    n()\n    x()\n    x.y()\n    lost()\n")
OUTGOING(either_of_a_union, "main.A.g main.B.g",
         "class A:\n    def g(self): ...\nclass B:\n    def g(self): ...\ndef $f(x: A | B): x.«»«g»()\n")
OUTGOING(one_of_definitions_in_turn, "main.a",
         "try:\n    def a(): ...\nexcept E:\n    def a(): ...\ndef $f(): «a»()\n")
OUTGOING(all_that_an_import_may_bring, "m.a m.b",
         "== m.py\ndef a(): ...\ndef b(): ...\n== main.py\ntry: from m import a as g\n"
         "except E: from m import b as g\ndef $f(): «»«g»()\n")
OUTGOING(not_of_decorators, "", "def d(f): ...\n@d\ndef $f(x=d(1)): ...\n")
OUTGOING(itself, "main.f", "def $f(): return «f»()\n")

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_functions_and_modules),
        cmocka_unit_test(from_other_files),
        cmocka_unit_test(by_caller),
        cmocka_unit_test(not_what_is_only_named),
        cmocka_unit_test(to_a_class),
        cmocka_unit_test(of_a_constructor),
        cmocka_unit_test(of_a_decorator),
        cmocka_unit_test(not_what_leads_to_a_decorator),
        cmocka_unit_test(from_lambdas_and_comprehensions),
        cmocka_unit_test(from_a_default_value),
        cmocka_unit_test(of_a_method_by_its_receiver),
        cmocka_unit_test(to_a_module),
        cmocka_unit_test(in_order_of_first_calls),
        cmocka_unit_test(not_of_functions_inside),
        cmocka_unit_test(of_a_module),
        cmocka_unit_test(of_a_class),
        cmocka_unit_test(of_a_method),
        cmocka_unit_test(not_of_what_is_unknown),
        cmocka_unit_test(either_of_a_union),
        cmocka_unit_test(one_of_definitions_in_turn),
        cmocka_unit_test(all_that_an_import_may_bring),
        cmocka_unit_test(not_of_decorators),
        cmocka_unit_test(itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
