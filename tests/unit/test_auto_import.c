/* Each case: the file "main.py", which "$" stands in, once the symbol at "«»" is imported into it; "none"
 * when it cannot be. Then which symbols are offered. */
#include "fixture.h"

#include "index/auto_import.h"

static void check(const char *files, const char *expected) {
    Fixture f = fixture(files);
    StrBuf edit, result;
    buf_init(&edit);
    buf_init(&result);
    const Facts *facts = index_facts(f.index, f.wanted[0].file);
    SymbolRef ref = {f.wanted[0].file, facts_symbol_named_at(facts, f.wanted[0].offset)};
    assert_int_not_equal(ref.symbol, NONE);
    Str text = buf_str(&f.text);
    uint32_t at = auto_import_edit(f.index, f.cursor.file, text, ref, &edit);
    if (at != NONE) {
        buf_append(&result, str_slice(text, 0, at));
        buf_append(&result, buf_str(&edit));
        buf_append(&result, str_from(text, at));
    }
    assert_string_equal(at == NONE ? "none" : result.data, expected);
    buf_release(&edit);
    buf_release(&result);
    fixture_release(&f);
}

#define CASE(name, expected, ...)                                                                            \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__, expected);                                                                        \
    }

#define OWN "== shop/__init__.py\n'é🚀'\n== shop/cart.py\nclass «Cart»: 'é🚀'\nclass Bag: ...\n"
#define LIBRARY "== /lib/json.pyi\ndef «dumps»(): ...\ndef loads(): ...\n"
#define MAIN "== main.py\n"

CASE(an_empty_file, "from shop.cart import Cart\n\nx = 'é🚀'\n", OWN MAIN "x = 'é🚀'$\n")
CASE(behind_comments, "#!/bin/python\n# é🚀\n\nfrom shop.cart import Cart\n\nx = 1\n",
     OWN MAIN "#!/bin/python\n# é🚀\n\nx = 1$\n")
CASE(behind_the_docstring, "'''é\n🚀'''\n\nfrom shop.cart import Cart\n\nx = 1\n",
     OWN MAIN "'''é\n🚀'''\n\nx = 1$\n")
CASE(behind_the_future, "from __future__ import annotations\n\nfrom shop.cart import Cart\nx = 1\n",
     OWN MAIN "$from __future__ import annotations\nx = 1\n")
CASE(in_its_order,
     "import zoo\nfrom shop.bag import B\nfrom shop.cart import Cart\nfrom shop.door import D\n",
     OWN "== shop/bag.py\nB = 1\n== shop/door.py\nD = 1\n== zoo.py\n0\n" MAIN
         "$import zoo\nfrom shop.bag import B\nfrom shop.door import D\n")
CASE(a_library_before_own_code, "from json import dumps\n\nfrom shop.bag import B\n",
     LIBRARY "== shop/bag.py\nB = 1\n" MAIN "$from shop.bag import B\n")
CASE(own_code_behind_a_library, "import json  # é🚀\n\nfrom shop.cart import Cart\n",
     OWN "== /lib/json.pyi\n0\n" MAIN "$import json  # é🚀\n")
CASE(own_code_before_relative_imports, "from shop.cart import Cart\n\nfrom . import a\n",
     OWN MAIN "$from . import a\n")
CASE(without_a_last_line_end, "import json\n\nfrom shop.cart import Cart\n",
     OWN "== /lib/json.pyi\n0\n" MAIN "$import json")
CASE(joining, "from shop.cart import Bag, Cart, Door\n",
     OWN "Door = 1\n" MAIN "$from shop.cart import Bag, Door\n")
CASE(joining_at_the_end, "from shop.cart import (Bag as é, Cart)\n",
     OWN MAIN "$from shop.cart import (Bag as é)\n")
CASE(joining_lines, "from shop.cart import (  # é🚀\n    Bag,\n    Cart,\n    Door,\n)\n",
     OWN "Door = 1\n" MAIN "$from shop.cart import (  # é🚀\n    Bag,\n    Door,\n)\n")
CASE(joining_lines_at_the_end, "from shop.cart import (\n    Bag,\n    Cart,\n)\n",
     OWN MAIN "$from shop.cart import (\n    Bag,\n)\n")
CASE(joining_a_relative_import, "from .cart import Bag, Cart\n",
     OWN "== shop/main.py\n$from .cart import Bag\n")
CASE(conditional_imports_are_passed_over,
     "from shop.cart import Cart\n\nif 'é🚀':\n    from shop.cart import Bag\n",
     OWN MAIN "$if 'é🚀':\n    from shop.cart import Bag\n")
CASE(imports_in_functions_are_passed_over,
     "from shop.cart import Cart\n\ndef f():\n    from shop.cart import Bag\n",
     OWN MAIN "$def f():\n    from shop.cart import Bag\n")
CASE(late_imports_are_passed_over,
     "import zoo\n\nfrom shop.cart import Cart\ndef f(): ...\nfrom shop import a\n",
     OWN MAIN "$import zoo\ndef f(): ...\nfrom shop import a\n")
CASE(windows_line_ends, "import json\r\n\r\nfrom shop.cart import Cart\r\nx = 1\r\n",
     OWN "== /lib/json.pyi\n0\n" MAIN "$import json\r\nx = 1\r\n")
CASE(the_outermost_package_that_has_it, "from shop import Cart\n\nx = 1\n",
     "== shop/__init__.py\nfrom .cart import *\n== shop/cart.py\nclass «Cart»: 'é🚀'\n" MAIN "$x = 1\n")
CASE(what_cannot_be_imported, "none", "== /lib/cart.pyi\nclass «Cart»: 'é🚀'\n== cart.py\n0\n" MAIN "$x\n")

static void check_found(const char *files, const char *typed, const char *expected) {
    Fixture f = fixture(files);
    SymbolRefs found = {0};
    Pattern pattern;
    StrBuf names;
    buf_init(&names);
    pattern_init(&pattern, str_of(typed));
    auto_import_find(f.index, f.cursor.file, &pattern, &found);
    for (uint32_t i = 0; i < found.len; i++) index_dotted_name(f.index, found.items[i], &names);
    assert_string_equal(names.len ? names.data : "", expected);
    pattern_release(&pattern);
    ARRAY_FREE(&found);
    buf_release(&names);
    fixture_release(&f);
}

#define FOUND(name, typed, expected, ...)                                                                    \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check_found(__VA_ARGS__, typed, expected);                                                           \
    }

FOUND(too_little_is_typed, "ca", "", OWN MAIN "$")
FOUND(a_class, "car", "shop.cart.Cart", OWN MAIN "$")
FOUND(a_variable_of_own_code, "lim", "a.limit", "== a.py\nlimit = 'é🚀'\n" MAIN "$")
FOUND(no_variables_of_libraries, "lim", "", "== /lib/a.pyi\nlimit = 'é🚀'\n" MAIN "$")
FOUND(no_private_names, "_ca", "", "== a.py\nclass _Cart: 'é🚀'\n" MAIN "$")
FOUND(no_private_modules_of_libraries, "car", "", "== /lib/_a.pyi\nclass Cart: 'é🚀'\n" MAIN "$")
FOUND(no_members, "car", "", "== a.py\nclass A:\n    def cart(self): ...\n    card = 'é🚀'\n" MAIN "$")
FOUND(nothing_of_tests, "car", "", "== test_a.py\nclass Cart: 'é🚀'\n" MAIN "$")
FOUND(tests_in_tests, "car", "test_a.Cart", "== test_a.py\nclass Cart: 'é🚀'\n== test_b.py\n$")

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_empty_file),
    cmocka_unit_test(behind_comments),
    cmocka_unit_test(behind_the_docstring),
    cmocka_unit_test(behind_the_future),
    cmocka_unit_test(in_its_order),
    cmocka_unit_test(a_library_before_own_code),
    cmocka_unit_test(own_code_behind_a_library),
    cmocka_unit_test(own_code_before_relative_imports),
    cmocka_unit_test(without_a_last_line_end),
    cmocka_unit_test(joining),
    cmocka_unit_test(joining_at_the_end),
    cmocka_unit_test(joining_lines),
    cmocka_unit_test(joining_lines_at_the_end),
    cmocka_unit_test(joining_a_relative_import),
    cmocka_unit_test(conditional_imports_are_passed_over),
    cmocka_unit_test(imports_in_functions_are_passed_over),
    cmocka_unit_test(late_imports_are_passed_over),
    cmocka_unit_test(windows_line_ends),
    cmocka_unit_test(the_outermost_package_that_has_it),
    cmocka_unit_test(what_cannot_be_imported),
    cmocka_unit_test(too_little_is_typed),
    cmocka_unit_test(a_class),
    cmocka_unit_test(a_variable_of_own_code),
    cmocka_unit_test(no_variables_of_libraries),
    cmocka_unit_test(no_private_names),
    cmocka_unit_test(no_private_modules_of_libraries),
    cmocka_unit_test(no_members),
    cmocka_unit_test(nothing_of_tests),
    cmocka_unit_test(tests_in_tests),
};

int main(void) { return cmocka_run_group_tests(tests, NULL, NULL); }
