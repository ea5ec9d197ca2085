/* Each case: "$" stands before a name, and what it is. */
#include "fixture.h"

#include "index/semantics.h"

static void check(const char *files, SemanticType type, uint16_t modifiers) {
    Fixture f = fixture(files);
    SemanticTokens all = {0}, part = {0};
    semantics_read(f.index, f.cursor.file, (Range){0, UINT32_MAX}, &all);
    semantics_read(f.index, f.cursor.file, (Range){f.cursor.offset, f.cursor.offset + 1}, &part);
    assert_true(part.len <= 1);
    assert_int_equal(part.len ? part.items[0].type : SEMANTIC_NONE, type);
    assert_int_equal(part.len ? part.items[0].modifiers : 0, modifiers);
    for (uint32_t i = 0, seen = 0; i < all.len; i++) {
        if (i > 0) assert_true(all.items[i - 1].range.end <= all.items[i].range.start);
        if (all.items[i].range.start != f.cursor.offset) continue;
        assert_int_equal(seen++, 0);
        assert_memory_equal(&all.items[i], &part.items[0], sizeof part.items[0]);
    }
    ARRAY_FREE(&all);
    ARRAY_FREE(&part);
    fixture_release(&f);
}

#define CASE(name, type, modifiers, text)                                                                    \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(text, type, modifiers);                                                                        \
    }

CASE(first_assignment, SEMANTIC_VARIABLE, SEMANTIC_DECLARATION, "'é🚀'; $x = 1; x = 2\n")
CASE(later_assignment, SEMANTIC_VARIABLE, SEMANTIC_MODIFICATION, "'é🚀'; x = 1; $x = 2\n")
CASE(constant, SEMANTIC_VARIABLE, SEMANTIC_READONLY, "MAX_2 = 'é🚀'; $MAX_2\n")
CASE(final, SEMANTIC_VARIABLE, SEMANTIC_READONLY, "import typing\nx: typing.Final[int] = 1; $x\n")
CASE(local_that_hides_a_function, SEMANTIC_PARAMETER, 0, "def é(): ...\ndef f(é): return $é\n")
CASE(definition_before_assignment, SEMANTIC_FUNCTION, 0, "def f(): '🚀'\nf = cache(f)\n$f\n")
CASE(class_of_an_enum_class, SEMANTIC_ENUM, 0,
     "import enum\nclass A(enum.Flag): ...\nclass B(A): é = 1\n$B\n")
CASE(enum_member, SEMANTIC_ENUM_MEMBER, SEMANTIC_READONLY, "class A(IntEnum): é = 1\nA.$é\n")
CASE(through_imports, SEMANTIC_METHOD, SEMANTIC_STATIC,
     "== a.py\nclass A:\n    @classmethod\n    def é(cls): '🚀'\n== b.py\nimport a as é\né.A.$é()\n")
CASE(inherited, SEMANTIC_PROPERTY, SEMANTIC_ABSTRACT,
     "class A:\n    @property\n    @abc.abstractmethod\n    def é(self): ...\nclass B(A):\n    def f(me): "
     "me.$é\n")
CASE(first_parameter_of_a_static_method, SEMANTIC_METHOD, 0,
     "class A:\n    é = '🚀'\n    @staticmethod\n    def f(x): x.$é()\n")
CASE(unknown_receiver, SEMANTIC_PROPERTY, SEMANTIC_MODIFICATION, "f('é🚀').$x = 1\n")
CASE(unknown_module, SEMANTIC_FUNCTION, 0, "import numpy as np\nnp.$array('é🚀')\n")
CASE(unknown_name, SEMANTIC_NONE, 0, "'é🚀'; $x\n")
CASE(unknown_import, SEMANTIC_NONE, 0, "from é import x\n$x\n")
CASE(module_path, SEMANTIC_NAMESPACE, 0, "from é.$m import x\n")
CASE(original_name, SEMANTIC_CLASS, 0, "== a.py\nclass é: '🚀'\n== b.py\nfrom a import $é as b\n")
CASE(type_alias, SEMANTIC_TYPE, 0, "type É = int\nx: $É\n")
CASE(type_parameter, SEMANTIC_TYPE_PARAMETER, 0, "def f[É](x: $É): ...\n")
CASE(keyword_argument, SEMANTIC_PARAMETER, 0, "f($é='🚀')\n")
CASE(decorator, SEMANTIC_DECORATOR, 0, "import é\n@é.$d('🚀')\ndef f(): ...\n")
CASE(module_of_a_decorator, SEMANTIC_NAMESPACE, 0, "import é\n@$é.d('🚀')\ndef f(): ...\n")
CASE(async_function, SEMANTIC_FUNCTION, SEMANTIC_DECLARATION | SEMANTIC_DEFINITION | SEMANTIC_ASYNC,
     "async def $é(): '🚀'\n")
CASE(deprecated, SEMANTIC_CLASS, SEMANTIC_DEPRECATED, "@warnings.deprecated('é🚀')\nclass A: ...\n$A\n")
CASE(global, SEMANTIC_VARIABLE, SEMANTIC_MODIFICATION, "é = 1\ndef f():\n    global é\n    $é = '🚀'\n")
CASE(class_that_is_its_own_base, SEMANTIC_CLASS, 0, "class A(B): 'é🚀'\nclass B(A): ...\n$B\n")
CASE(imports_in_a_circle, SEMANTIC_NONE, 0, "== a.py\nfrom b import é\n== b.py\nfrom a import é\n$é\n")

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_assignment),
        cmocka_unit_test(later_assignment),
        cmocka_unit_test(constant),
        cmocka_unit_test(final),
        cmocka_unit_test(local_that_hides_a_function),
        cmocka_unit_test(definition_before_assignment),
        cmocka_unit_test(class_of_an_enum_class),
        cmocka_unit_test(enum_member),
        cmocka_unit_test(through_imports),
        cmocka_unit_test(inherited),
        cmocka_unit_test(first_parameter_of_a_static_method),
        cmocka_unit_test(unknown_receiver),
        cmocka_unit_test(unknown_module),
        cmocka_unit_test(unknown_name),
        cmocka_unit_test(unknown_import),
        cmocka_unit_test(module_path),
        cmocka_unit_test(original_name),
        cmocka_unit_test(type_alias),
        cmocka_unit_test(type_parameter),
        cmocka_unit_test(keyword_argument),
        cmocka_unit_test(decorator),
        cmocka_unit_test(module_of_a_decorator),
        cmocka_unit_test(async_function),
        cmocka_unit_test(deprecated),
        cmocka_unit_test(global),
        cmocka_unit_test(class_that_is_its_own_base),
        cmocka_unit_test(imports_in_a_circle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
