/* Each case: "$" stands before the name asked about; `wanted` is its moniker's kind and path, or "". */
#include "fixture.h"

#include "index/moniker.h"

static void check(const char *wanted, const char *files) {
    static const char *const kinds[] = {
        [MONIKER_IMPORT] = "import ", [MONIKER_EXPORT] = "export ", [MONIKER_LOCAL] = "local "};
    Fixture f = fixture(files);
    index_add_library(f.index, STR("/lib"), false);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    StrBuf path, found;
    MonikerKind kind;
    buf_init(&path);
    buf_init(&found);
    if (moniker_find(f.index, f.cursor.file, occurrence, &path, &kind)) {
        buf_append(&found, str_of(kinds[kind]));
        buf_append(&found, buf_str(&path));
    }
    assert_string_equal(found.data, wanted);
    buf_release(&path);
    buf_release(&found);
    fixture_release(&f);
}

#define CASE(name, ...)                                                                                      \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__);                                                                                  \
    }

CASE(use_of_own_code, "export p.m.A.é",
     "== p/__init__.py\n'é🚀'\n== p/m.py\nclass A:\n    def é(self): ...\n== b.py\nfrom p.m import A as "
     "B\nB().$é()\n")
CASE(module, "export p.m", "== p/__init__.py\n'é🚀'\n== p/m.py\n0\n== b.py\nimport p.$m\n")
CASE(private_name, "local main._f", "def $_f(): ...\n")
CASE(member_of_a_private_class, "local main._A.f", "class _A:\n    def $f(self): ...\n")
CASE(special_method, "export main.A.__call__", "class A:\n    def $__call__(self): ...\n")
CASE(class_in_a_function, "local main.f.A", "def f():\n    class $A: ...\n")
CASE(local_variable, "", "def f(a):\n    return $a\n")
CASE(library, "import lib.inner.f",
     "== /lib/lib/__init__.py\nfrom .inner import f\n== /lib/lib/inner.py\ndef f(): ...\n"
     "== b.py\nfrom lib import f\n$f()\n")
CASE(missing_library, "import numpy.linalg.norm", "import numpy as np\nnp.linalg.$norm('é🚀')\n")
CASE(import_of_a_missing_library, "import numpy.array", "from numpy import array as $a\n")
CASE(what_an_own_module_lacks, "", "== m.py\nx = 1\n== b.py\nimport m\nm.$lost\n")
CASE(unknown_receiver, "", "class A:\n    def go(self): ...\ndef f(x): x.$go()\n")
CASE(unbound_name, "", "$lost\n")

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(use_of_own_code),
        cmocka_unit_test(module),
        cmocka_unit_test(private_name),
        cmocka_unit_test(member_of_a_private_class),
        cmocka_unit_test(special_method),
        cmocka_unit_test(class_in_a_function),
        cmocka_unit_test(local_variable),
        cmocka_unit_test(library),
        cmocka_unit_test(missing_library),
        cmocka_unit_test(import_of_a_missing_library),
        cmocka_unit_test(what_an_own_module_lacks),
        cmocka_unit_test(unknown_receiver),
        cmocka_unit_test(unbound_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
