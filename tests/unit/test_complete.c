/* Each case: "$" stands where someone is typing; the words are the first candidates, the best first. "-word":
 * it is none at all; "." at the end: there are no others. */
#include "fixture.h"

#include "index/complete.h"

static bool has(const Completion *completion, Str name) {
    for (uint32_t i = 0; i < completion->items.len; i++) {
        if (str_eq(completion->items.items[i].name, name)) return true;
    }
    return false;
}

static void check_words(const Completion *completion, const char *words) {
    Str rest = str_of(words), word;
    uint32_t next = 0;
    while (rest.len && str_next_piece(&rest, ' ', &word)) {
        if (str_eq(word, STR("."))) {
            assert_int_equal(completion->items.len, next);
        } else if (word.data[0] == '-') {
            assert_false(has(completion, str_from(word, 1)));
        } else {
            assert_true(next < completion->items.len);
            Str name = completion->items.items[next++].name;
            if (!str_eq(name, word)) fail_msg("%.*s instead of %.*s", STR_ARG(name), STR_ARG(word));
        }
    }
}

/* A ModuleSource: "known" and "other" can be imported, and lib is a package with "inner" and "other". */
static void each_module(const void *modules, Str package, ModuleVisitor *visit, void *context) {
    (void)modules;
    if (package.len == 0) visit(context, STR("known"));
    if (str_eq(package, STR("lib"))) visit(context, STR("inner"));
    if (package.len == 0 || str_eq(package, STR("lib"))) visit(context, STR("other"));
    visit(context, STR("_otherprivate"));
}

static const ModuleSource others = {NULL, each_module};

static void check(const char *files, const char *words) {
    Fixture f = fixture(files);
    Completion completion;
    complete(f.index, f.cursor.file, buf_str(&f.text), f.cursor.offset,
             (CompletionOptions){.limit = 100, .others = others}, &completion);
    check_words(&completion, words);
    completion_release(&completion);
    fixture_release(&f);
}

#define CASE(name, words, ...)                                                                               \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(__VA_ARGS__, words);                                                                           \
    }

#define BUILTINS                                                                                             \
    "== builtins.pyi\nclass object:\n    def __init__(self): ...\nclass str(object):\n    def upper(self): " \
    "...\n"                                                                                                  \
    "class list(object):\n    def append(self, x): ...\nclass dict(object):\n    def keys(self): ...\n"      \
    "class BaseException(object): ...\nclass ValueError(BaseException): ...\ndef len(x): ...\n== main.py\n"

/* modules that are not read */
CASE(modules_of_libraries_after_import, "other -_otherprivate .", "'é🚀'\nimport oth$\n")
CASE(modules_of_libraries_after_from, "other .", "'é🚀'\nfrom oth$\n")
CASE(modules_of_a_library_behind_a_dot, "inner other .", "import lib.$\n")
CASE(modules_from_a_library, "inner other .", "from lib import $\n")
CASE(none_behind_a_dot_that_is_relative, "-other", "from .$\n")
CASE(none_of_own_packages, "é -other", "== lib/__init__.py\né = '🚀'\n== main.py\nfrom lib import $\n")
CASE(own_modules_first_whatever_their_names, "zope known other .", "== zope.py\n'é🚀'\n== main.py\nimport $\n")
CASE(each_module_once, "known .", "== known.py\n'é🚀'\n== main.py\nimport kn$\n")

/* names */
CASE(names_from_the_inside_out, "vier vnah vorn vweit",
     "vweit = 'é🚀'\ndef f(vier):\n    vorn = 1\n    def g(): vnah = 1\n    v$\n    vnah = 2\n")
CASE(class_scope_only_inside, "-attr", "class A:\n    attr = 1\n    def f(self):\n        at$\n")
CASE(class_scope_in_its_body, "attr", "class A:\n    attr = 1\n    at$\n")
CASE(nothing_typed_at_a_blank_line_by_its_indentation, "x é f g",
     "def f(x):\n    é = '🚀'\n    return x\n    $\n\ndef g(): ...\n")
CASE(outside_by_indentation, "-x", "def f(x):\n    return x\n\n$\n")
CASE(the_word_itself_is_no_candidate, ".", "brandnew$ = 1\n")
CASE(comprehension_target, "item", "y = [it$ for item in z]\n")
CASE(imported_names, "hello",
     "== pkg/a.py\ndef hello(): ...\n== b.py\nfrom pkg.a import *\nimport pkg.a\nhel$\n")
CASE(builtins_last, "length len", BUILTINS "length = 1\nle$\n")
CASE(initials, "generate_doc_page", "def generate_doc_page(): ...\ngdp$\n")
CASE(keywords_at_a_statement, "return", "def f():\n    retu$\n")
CASE(operators_behind_a_value, "and as else for if in is not or .", "x = 1\nx $\n")
CASE(in_the_middle_of_a_word, "hello", "hello = 1\nhe$llo\n")

/* nothing */
CASE(in_a_string, ".", "alpha = 1\nx = 'al$'\n")
CASE(in_a_string_that_nobody_closed, ".", "alpha = 1\nx = 'al$\n")
CASE(in_a_string_of_a_slice, ".", "alpha = 1\nx['al$']\n")
CASE(in_a_literal, ".", "alpha = 1\nx: Literal['al$']\n")
CASE(in_a_default, ".", "alpha = 1\ndef f(x: str = 'al$'): ...\n")
CASE(in_an_argument, ".", "alpha = 1\nf('al$')\n")
CASE(in_a_dictionary, ".", "alpha = 1\n{1: 'al$'}\n")
CASE(in_a_lambda, ".", "alpha = 1\nlambda x: 'al$'\n")

/* strings that stand for types */
CASE(in_a_string_annotation, "Alpha", "class Alpha: 'é🚀'\nx: 'Al$'\n")
CASE(in_a_string_annotation_that_nobody_closed, "Alpha", "class Alpha: 'é🚀'\ndef f(é, x: 'Al$\n")
CASE(in_a_part_of_a_string_annotation, "Alpha", "class Alpha: 'é🚀'\ndef f(x: 'dict[str, Al$]'): ...\n")
CASE(in_a_string_in_an_annotation, "Alpha",
     "class Alpha: 'é🚀'\ndef f() -> tuple[int, Optional['Al$']]: ...\n")
CASE(in_a_string_of_a_union, "Alpha", "class Alpha: 'é🚀'\nx: int | \"Al$\"\n")
CASE(in_a_cast, "Alpha", "class Alpha: 'é🚀'\ny = cast('Al$', x)\n")
CASE(in_a_bound, "Alpha", "class Alpha: 'é🚀'\nT = TypeVar('T', bound='Al$')\n")
CASE(members_in_a_string_annotation, "Alpha beta",
     "== m.py\nclass Alpha: 'é🚀'\nbeta = 1\n== b.py\nimport m\ndef f(x: 'list[m.$]'): ...\n")
CASE(in_a_docstring, ".", "def f():\n    '''é🚀\n    f$\n    '''\n")
CASE(in_a_comment, ".", "alpha = 1  # é🚀 al$\n")
CASE(in_a_number, ".", "e1 = 1\nx = 1e$\n")
CASE(where_a_name_is_made_up, ".", "alpha = 1\nimport os as al$\n")
CASE(a_class_is_made_up, ".", "alpha = 1\nclass a$\n")
CASE(parameters_are_made_up, ".", "alpha = 1\ndef f(al$): ...\n")
CASE(defaults_are_not, "alpha", "alpha = 1\ndef f(a=al$): ...\n")

/* members */
CASE(members_of_self, "go way __del__ .",
     "class A:\n    way = 'é🚀'\n    def __del__(self): ...\n    def go(self):\n        self.$\n")
CASE(set_in_init, "size",
     "class A:\n    def __init__(self):\n        self.size = 1\n    def f(self):\n        self.s$\n")
CASE(members_along_the_order, "own base .", "class B:\n    base = 1\nclass A(B):\n    own = 1\nA().$\n")
CASE(members_of_cls, "make .", "class A:\n    @classmethod\n    def make(cls):\n        cls.$\n")
CASE(super_leaves_the_class_out, "base .",
     "class B:\n    def base(self): ...\nclass A(B):\n    own = 1\n    def f(self):\n        super().$\n")
CASE(members_of_a_parameter, "go .", "class A:\n    def go(self): ...\ndef f(a: A):\n    a.$\n")
CASE(members_of_a_call, "go .", "class A:\n    def go(self): ...\ndef make() -> A: ...\nmake().$\n")
CASE(members_in_a_chain, "go .",
     "class A:\n    def go(self): ...\nclass B:\n    def __init__(self):\n        self.a = "
     "A()\nB().a.$.b.c()\n")
CASE(members_of_an_item, "go .", "class A:\n    def go(self): ...\ndef f(a: dict[str, A]):\n    a['é🚀'].$\n")
CASE(members_in_brackets, "go .", "class A:\n    def go(self): ...\nasync def f(a: A):\n    (await (a)).$\n")
CASE(members_of_a_sum_are_not_known, ".", "class A:\n    def go(self): ...\na = A()\n(1 + a).$\n")
CASE(isinstance_narrows, "go .",
     "class A:\n    def go(self): ...\ndef f(a):\n    if isinstance(a, A):\n        a.$\n")
CASE(members_of_a_string, "upper", BUILTINS "'é🚀'.$\n")
CASE(members_of_a_list, "append", BUILTINS "[1, 2].$\n")
CASE(members_of_a_dict, "keys", BUILTINS "{'a': 1}.$\n")
CASE(members_of_a_module, "f v .",
     "== pkg/__init__.py\n'é🚀'\n== pkg/m.py\ndef f(): ...\nv = 1\n== b.py\nimport pkg.m\npkg.m.$\n")
CASE(submodules, "m", "== pkg/__init__.py\n'é🚀'\n== pkg/m.py\ndef f(): ...\n== b.py\nimport pkg\npkg.$\n")
CASE(a_stub_keeps_its_imports, "f .", "== m.pyi\nimport sys\ndef f(): ...\n== b.py\nimport m\nm.$\n")
CASE(guesses_where_nothing_is_known, "known kept",
     "== a.py\nclass A:\n    def kept(self): ...\n== main.py\ndef f(x, y):\n    y.known()\n    x.k$\n")
CASE(no_guesses_for_foreign_modules, ".",
     "import foreign\nclass A:\n    def go(self): ...\n    x.go\nforeign.$\n")

/* half-typed code */
#define A "class A:\n    def go(self): ...\n"
CASE(a_dot_at_the_end_of_a_body, "go .", A "def f(a: A):\n    a.$\n")
CASE(a_dot_before_a_statement, "go .", A "def f(a: A):\n    a.$\n    b.c()\n")
CASE(a_missing_colon, "go .", A "def f(a: A):\n    if a.$\n    return 1\n")
CASE(an_open_parenthesis, "go .", A "def f(a: A):\n    print(a.$\n\ndef g(): ...\n")
CASE(open_parentheses_above, "go .", A "def g():\n    print((1,\n\ndef f(a: A):\n    a.$\n")
CASE(in_an_f_string_that_nobody_closed, "go .", A "def f(a: A):\n    print(f'é🚀 {a.$\n\ndef g(): ...\n")
CASE(in_a_one_line_function, "go .", A "def f(é, *, a: A = None): a.$\n")
CASE(parameters_of_a_function_that_is_lost, "argument", "def f(é, argument='🚀'): (arg$\n")
CASE(self_of_a_method_on_one_line, "go x .", "class A:\n    go = 1\n    def x(self): self.$\n")
CASE(behind_isinstance_at_the_end, "go .", A "def f(a):\n    return isinstance(a, A) and a.$")
CASE(behind_isinstance_of_the_module, "go .", A "a = q()\nisinstance(a, A) and a.$")
CASE(in_a_branch_without_a_colon, "go .", A "def f(a):\n    if isinstance(a, A)\n        a.$\n")
CASE(below_a_header_without_a_colon, "go .", A "def f(é, a: A)\n    '🚀'\n    b = a\n    b.$\n")
CASE(below_a_header_that_is_open, "go .", A "def f(a: A):\n    def g(\n    é = a\n    é.$\n")
CASE(an_error_above, "go .", A "x = = 3 ]\ndef f(a: A):\n    for in y\n    a.$\n")
CASE(in_an_f_string, "go .", A "def f(a: A):\n    print(f'é🚀 {a.$} {{}}')\n")
CASE(behind_an_f_string_that_nobody_closed, "return", "def f():\n    x = f'{(1\n    retu$\n")
CASE(in_the_text_of_an_f_string, ".", A "def f(a: A):\n    print(f'{a} a.$')\n")
CASE(in_the_format_of_a_field, "wide", "wide = 1\nx = f'{1:{wi$}}'\n")
CASE(in_a_list_of_many_lines, "go .", A "a = A()\nx = [\n    1,\n    a.$\n]\n")
CASE(behind_a_backslash, "go .", A "a = A()\nx = 1 + \\\n    a.$\n")
CASE(behind_a_colon, "go .", A "a = A()\nif a: a.$\n")
CASE(dots_of_nothing, ".", "x = ...$\n")

/* imports */
#define PACKAGE                                                                                              \
    "== pkg/__init__.py\nfrom .m import f\n== pkg/m.py\ndef f(): ...\n== pkg/sub/__init__.py\ng = 1\n"
CASE(modules, "pkg", PACKAGE "== b.py\nimport p$\n")
CASE(modules_behind_a_dot, "m sub .", PACKAGE "== b.py\nimport pkg.$\n")
CASE(the_second_module, "pkg", PACKAGE "== b.py\nimport os, p$\n")
CASE(modules_behind_from, "pkg", PACKAGE "== b.py\nfrom p$\n")
CASE(relative_modules, "m .", PACKAGE "== pkg/n.py\nfrom .m$\n")
CASE(relative_modules_above, "m sub .", PACKAGE "== pkg/sub/n.py\nfrom ..$\n")
CASE(the_word_import, "import .", PACKAGE "== b.py\nfrom pkg $\n")
CASE(names_of_a_module, "f m sub .", PACKAGE "== b.py\nfrom pkg import $\n")
CASE(names_in_parentheses, "g .", PACKAGE "== b.py\nfrom pkg.sub import (\n    a,\n    $\n")
CASE(names_of_the_package, "f m sub .", PACKAGE "== pkg/n.py\nfrom . import $\n")
CASE(an_alias_is_made_up, ".", PACKAGE "== b.py\nfrom pkg import f as $\n")

/* calls */
#define F "def call(one, two, /, three, *args, four=4, **rest): ...\n"
CASE(keyword_arguments, "three= four= call", F "call($\n")
CASE(those_given_are_left_out, "four= call", F "call(1, 2, three=3, $)\n")
CASE(those_given_behind_are_left_out, "three= call", F "call($, four=4)\n")
CASE(in_the_value_of_an_argument, "call", F "call(four=$\n")
CASE(of_a_constructor, "size= A", "class A:\n    def __init__(self, size): ...\nA($)\n")
CASE(of_a_dataclass, "x= y= P",
     "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n    y: int = 2\n    é = "
     "'🚀'\nP($)\n")
CASE(of_a_bound_method, "size= A", "class A:\n    def set(self, size): ...\nA().set($)\n")
CASE(of_the_constructor_above, "own= é= A",
     "class A:\n    def __init__(self, a, /, é=1, *, b=2): '🚀'\nclass B(A):\n    def __init__(self, own, "
     "**kw):\n"
     "        super().__init__(1, **kw)\nB(b=1, $)\n")
CASE(of_the_methods_above, "middle= own= é=",
     "class A:\n    def f(self, é='🚀'): ...\nclass B(A):\n    def f(self, middle, **k): return A.f(self, "
     "**k)\n"
     "class C(B):\n    def f(self, own, **kw): super().f(**kw)\nC().f($)\n")
CASE(of_nothing_above, "own= -a=",
     "class A:\n    def f(self, a): 'é🚀'\nclass B(A):\n    def f(self, own): super().f(own)\nB().f($)\n")
CASE(of_the_inner_call, "size= call set", F "def set(size): ...\ncall(set($\n")

/* what is likely meant */
CASE(keywords_before_builtins, "lambda len list", BUILTINS "x = 'é🚀'\ny = l$\n")
CASE(as_it_is_typed_first, "pardir path pass Path .",
     "class Path: 'é🚀'\ndef path(): ...\npardir = 1\ndef f(): pa$\n")
CASE(nothing_mangled_from_outside, "a -__c", "class A:\n    a = 'é🚀'\n    def __c(self): ...\nA().$\n")
CASE(what_is_mangled_inside, "__c", "class A:\n    a = 'é🚀'\n    def __c(self): self.__$\n")
CASE(names_behind_global, "f x -y", "x = 'é🚀'\ndef f():\n    y = 1\n    global $\n")
CASE(names_behind_nonlocal, "g y .", "x = 'é🚀'\ndef f():\n    y = 1\n    def g():\n        nonlocal $\n")
CASE(the_metaclass, "Meta metaclass=", "class Meta: 'é🚀'\nclass A(meta$\n")
CASE(exceptions_first, "Mine BaseException ValueError",
     BUILTINS "class Nothing: ...\nclass Mine(ValueError): ...\ntry: ...\nexcept $\n")
CASE(raise_exceptions_first, "Mine", BUILTINS "class Nothing: ...\nclass Mine(ValueError): ...\nraise $\n")
CASE(classes_first, "Base", "a = 1\nclass Base: ...\nclass Z($): ...\n")
CASE(overrides, "go stay .",
     "class A:\n    def go(self): ...\n    def stay(self): ...\n    def __hidden(self): ...\n    def "
     "own(self): ...\n"
     "class B(A):\n    def own(self): ...\n    def $\n")
CASE(overrides_before_a_method, "go .",
     "class A:\n    def go(self): ...\nclass B(A):\n    def g$\n    def s(self): ...\nx = 1\n")
CASE(overrides_of_an_import, "go .",
     "== a.py\nclass A:\n    def go(self, *a): ...\n== b.py\nfrom a import A\né = 1; c = A(); c.\né = 1; "
     "c.an\nclass B(A):\n    def g$\n    def s(self): ...\nx = 1\n")
CASE(no_overrides_in_functions, ".", A "def $\n")

static void cut_and_said(void **state) {
    (void)state;
    Fixture f = fixture("aa = ab = ac = 1\na$\n");
    Completion completion;
    complete(f.index, f.cursor.file, buf_str(&f.text), f.cursor.offset, (CompletionOptions){.limit = 2},
             &completion);
    assert_int_equal(completion.items.len, 2);
    assert_true(completion.more);
    completion_release(&completion);
    fixture_release(&f);
}

/* Any place of any text, also one that is past its end, is an ordinary question. */
static void every_place_of_odd_texts(void **state) {
    (void)state;
    static const char *const texts[] = {
        "f'{",
        "f'''{x:{",
        "f'{x!r:>{w}}' '",
        "(((((",
        "]]])",
        "'''",
        "\\",
        "def",
        "class A(",
        "from . import",
        "from ..a.",
        "import",
        "a.b.(c)[",
        "x = f\"{a['b']}\".",
        "@",
        "lambda x: x.",
        "{1: 2}.",
        "1.",
        "...",
        "f\"{",
        "\xc3\xa9.",
        "r'\\",
        "async def f(self): await x.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Fixture f = fixture(texts[i]);
        Str text = str_of(texts[i]);
        for (uint32_t at = 0; at <= text.len + 2; at++) {
            Completion completion;
            complete(f.index, fixture_file(&f, "main.py"), text, at,
                     (CompletionOptions){.limit = 10, .imports = true}, &completion);
            completion_release(&completion);
        }
        fixture_release(&f);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(modules_of_libraries_after_import),
    cmocka_unit_test(modules_of_libraries_after_from),
    cmocka_unit_test(modules_of_a_library_behind_a_dot),
    cmocka_unit_test(modules_from_a_library),
    cmocka_unit_test(none_behind_a_dot_that_is_relative),
    cmocka_unit_test(none_of_own_packages),
    cmocka_unit_test(own_modules_first_whatever_their_names),
    cmocka_unit_test(each_module_once),
    cmocka_unit_test(names_from_the_inside_out),
    cmocka_unit_test(class_scope_only_inside),
    cmocka_unit_test(class_scope_in_its_body),
    cmocka_unit_test(nothing_typed_at_a_blank_line_by_its_indentation),
    cmocka_unit_test(outside_by_indentation),
    cmocka_unit_test(the_word_itself_is_no_candidate),
    cmocka_unit_test(comprehension_target),
    cmocka_unit_test(imported_names),
    cmocka_unit_test(builtins_last),
    cmocka_unit_test(initials),
    cmocka_unit_test(keywords_at_a_statement),
    cmocka_unit_test(operators_behind_a_value),
    cmocka_unit_test(in_the_middle_of_a_word),
    cmocka_unit_test(in_a_string),
    cmocka_unit_test(in_a_string_that_nobody_closed),
    cmocka_unit_test(in_a_string_of_a_slice),
    cmocka_unit_test(in_a_literal),
    cmocka_unit_test(in_a_default),
    cmocka_unit_test(in_an_argument),
    cmocka_unit_test(in_a_dictionary),
    cmocka_unit_test(in_a_lambda),
    cmocka_unit_test(in_a_string_annotation),
    cmocka_unit_test(in_a_string_annotation_that_nobody_closed),
    cmocka_unit_test(in_a_part_of_a_string_annotation),
    cmocka_unit_test(in_a_string_in_an_annotation),
    cmocka_unit_test(in_a_string_of_a_union),
    cmocka_unit_test(in_a_cast),
    cmocka_unit_test(in_a_bound),
    cmocka_unit_test(members_in_a_string_annotation),
    cmocka_unit_test(in_a_docstring),
    cmocka_unit_test(in_a_comment),
    cmocka_unit_test(in_a_number),
    cmocka_unit_test(where_a_name_is_made_up),
    cmocka_unit_test(a_class_is_made_up),
    cmocka_unit_test(parameters_are_made_up),
    cmocka_unit_test(defaults_are_not),
    cmocka_unit_test(members_of_self),
    cmocka_unit_test(set_in_init),
    cmocka_unit_test(members_along_the_order),
    cmocka_unit_test(members_of_cls),
    cmocka_unit_test(super_leaves_the_class_out),
    cmocka_unit_test(members_of_a_parameter),
    cmocka_unit_test(members_of_a_call),
    cmocka_unit_test(members_in_a_chain),
    cmocka_unit_test(members_of_an_item),
    cmocka_unit_test(members_in_brackets),
    cmocka_unit_test(members_of_a_sum_are_not_known),
    cmocka_unit_test(isinstance_narrows),
    cmocka_unit_test(members_of_a_string),
    cmocka_unit_test(members_of_a_list),
    cmocka_unit_test(members_of_a_dict),
    cmocka_unit_test(members_of_a_module),
    cmocka_unit_test(submodules),
    cmocka_unit_test(a_stub_keeps_its_imports),
    cmocka_unit_test(guesses_where_nothing_is_known),
    cmocka_unit_test(no_guesses_for_foreign_modules),
    cmocka_unit_test(a_dot_at_the_end_of_a_body),
    cmocka_unit_test(a_dot_before_a_statement),
    cmocka_unit_test(a_missing_colon),
    cmocka_unit_test(an_open_parenthesis),
    cmocka_unit_test(open_parentheses_above),
    cmocka_unit_test(in_an_f_string_that_nobody_closed),
    cmocka_unit_test(in_a_one_line_function),
    cmocka_unit_test(parameters_of_a_function_that_is_lost),
    cmocka_unit_test(self_of_a_method_on_one_line),
    cmocka_unit_test(behind_isinstance_at_the_end),
    cmocka_unit_test(behind_isinstance_of_the_module),
    cmocka_unit_test(in_a_branch_without_a_colon),
    cmocka_unit_test(below_a_header_without_a_colon),
    cmocka_unit_test(below_a_header_that_is_open),
    cmocka_unit_test(an_error_above),
    cmocka_unit_test(in_an_f_string),
    cmocka_unit_test(behind_an_f_string_that_nobody_closed),
    cmocka_unit_test(in_the_text_of_an_f_string),
    cmocka_unit_test(in_the_format_of_a_field),
    cmocka_unit_test(in_a_list_of_many_lines),
    cmocka_unit_test(behind_a_backslash),
    cmocka_unit_test(behind_a_colon),
    cmocka_unit_test(dots_of_nothing),
    cmocka_unit_test(modules),
    cmocka_unit_test(modules_behind_a_dot),
    cmocka_unit_test(the_second_module),
    cmocka_unit_test(modules_behind_from),
    cmocka_unit_test(relative_modules),
    cmocka_unit_test(relative_modules_above),
    cmocka_unit_test(the_word_import),
    cmocka_unit_test(names_of_a_module),
    cmocka_unit_test(names_in_parentheses),
    cmocka_unit_test(names_of_the_package),
    cmocka_unit_test(an_alias_is_made_up),
    cmocka_unit_test(keyword_arguments),
    cmocka_unit_test(those_given_are_left_out),
    cmocka_unit_test(those_given_behind_are_left_out),
    cmocka_unit_test(in_the_value_of_an_argument),
    cmocka_unit_test(of_a_constructor),
    cmocka_unit_test(of_a_dataclass),
    cmocka_unit_test(of_a_bound_method),
    cmocka_unit_test(of_the_constructor_above),
    cmocka_unit_test(of_the_methods_above),
    cmocka_unit_test(of_nothing_above),
    cmocka_unit_test(of_the_inner_call),
    cmocka_unit_test(keywords_before_builtins),
    cmocka_unit_test(as_it_is_typed_first),
    cmocka_unit_test(nothing_mangled_from_outside),
    cmocka_unit_test(what_is_mangled_inside),
    cmocka_unit_test(names_behind_global),
    cmocka_unit_test(names_behind_nonlocal),
    cmocka_unit_test(the_metaclass),
    cmocka_unit_test(exceptions_first),
    cmocka_unit_test(raise_exceptions_first),
    cmocka_unit_test(classes_first),
    cmocka_unit_test(overrides),
    cmocka_unit_test(overrides_before_a_method),
    cmocka_unit_test(overrides_of_an_import),
    cmocka_unit_test(no_overrides_in_functions),
    cmocka_unit_test(cut_and_said),
    cmocka_unit_test(every_place_of_odd_texts),
};

int main(void) { return cmocka_run_group_tests(tests, NULL, NULL); }
