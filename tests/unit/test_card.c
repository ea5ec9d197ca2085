/* Cards of what lies in several files, and of names that are no symbols. */
#include "fixture.h"

#include "index/resolve.h"
#include "markdown/card.h"

/* The card of what the name at "$" means. */
static void check_card(const char *files, const char *expected) {
    Fixture f = fixture(files);
    Targets targets = {0};
    StrBuf card;
    buf_init(&card);
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    assert_int_not_equal(occurrence, NONE);
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_true(targets.len > 0);
    card_hover_target(f.index, targets.items[0], WRITER_PLAIN, &card);
    assert_string_equal(card.data, expected);
    ARRAY_FREE(&targets);
    buf_release(&card);
    fixture_release(&f);
}

static void test_parameter(void **state) {
    (void)state;
    check_card("== a.py\n"
               "def pick(é: int = 3, *rest, **options):\n"
               "    \"\"\"Pick 🚀.\n\n"
               "    Args:\n"
               "        é (int): How many.\n\n"
               "            - at least one\n"
               "    \"\"\"\n"
               "    return $é\n",
               "é: int = 3\n\nparameter of a.pick, a.py:1\n\nint – How many.\n\n- at least one\n");
    check_card("== a.py\n"
               "def pick(*rest):\n"
               "    return $rest\n",
               "*rest\n\nparameter of a.pick, a.py:1\n");
}

/* A class documents what its __init__ takes. */
static void test_parameter_of_init(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class Basket:\n"
               "    \"\"\"A basket é.\n\n"
               "    :param size: In litres 🚀.\n"
               "    \"\"\"\n"
               "    def __init__(self, size=2):\n"
               "        self.size = $size\n",
               "size=2\n\nparameter of a.Basket.__init__, a.py:6\n\nIn litres 🚀.\n");
}

static void test_local_variable(void **state) {
    (void)state;
    check_card("== a.py\n"
               "def pick():\n"
               "    é = '🚀'\n"
               "    return $é\n",
               "é\n\nlocal variable of a.pick, a.py:2\n");
}

static void test_module(void **state) {
    (void)state;
    check_card("== pkg/__init__.py\n"
               "\"\"\"All about é.\"\"\"\n"
               "== main.py\n"
               "import $pkg\n",
               "module pkg\n\nmodule, pkg/__init__.py\n\nAll about é.\n");
}

static void test_inherited_from_another_file(void **state) {
    (void)state;
    check_card("== base.py\n"
               "class Root:\n"
               "    def grow(self):\n"
               "        \"\"\"Grow é.\"\"\"\n"
               "== middle.py\n"
               "import base as b\n"
               "class Middle(b.Root[int]): pass\n"
               "== main.py\n"
               "from middle import Middle\n"
               "class Leaf(Middle):\n"
               "    def $grow(self): pass\n",
               "def grow(self)\n\nmethod of main.Leaf, main.py:3\n\n"
               "Docstring inherited from base.Root.grow:\n\nGrow é.\n");
}

/* Classes that are each other's bases end the search. */
static void test_circular_bases(void **state) {
    (void)state;
    check_card("== main.py\n"
               "class A(B):\n"
               "    def $grow(self): pass\n"
               "class B(A): pass\n",
               "def grow(self)\n\nmethod of main.A, main.py:2\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameter),
        cmocka_unit_test(test_parameter_of_init),
        cmocka_unit_test(test_local_variable),
        cmocka_unit_test(test_module),
        cmocka_unit_test(test_inherited_from_another_file),
        cmocka_unit_test(test_circular_bases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
