/* Cards of what lies in several files, and of names that are no symbols. */
#include "card_check.h"

#include "index/mention.h"
#include "index/resolve.h"
#include "markdown/card.h"
#include "markdown/code_span.h"

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

/* An override that says nothing, and a function whose docstring stands elsewhere. */
static void test_parameter_documented_elsewhere(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class Base:\n"
               "    def grow(self, days):\n"
               "        \"\"\":param days: Of é 🚀.\"\"\"\n"
               "class Tree(Base):\n"
               "    def grow(self, days): return $days\n",
               "days\n\nparameter of a.Tree.grow, a.py:5\n\nOf é 🚀.\n");
    check_card("== a.py\n"
               "def grow(days): return $days\n"
               "grow.__doc__ = ':param days: Of é 🚀.'\n",
               "days\n\nparameter of a.grow, a.py:1\n\nOf é 🚀.\n");
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

/* What a body raises and its docstring leaves out: classes, each once; values of local names are none. */
static void test_raises(void **state) {
    (void)state;
    check_card("== a.py\n"
               "import errors\n"
               "class Odd(Exception): pass\n"
               "def make(): pass\n"
               "def $pick(é):\n"
               "    \"\"\"Pick 🚀.\n\n"
               "    Raises:\n"
               "        KeyError: if é.\n"
               "    \"\"\"\n"
               "    if é: raise KeyError(é)\n"
               "    if not é: raise Odd\n"
               "    if é is 1: raise Odd('🚀') from é\n"
               "    if é is 2: raise errors.Late()\n"
               "    if é is 3: raise é\n"
               "    if é is 4: raise é.error()\n"
               "    if é is 5: raise make()\n"
               "    try: raise Caught('🚀')\n"
               "    except (Caught, OSError): pass\n"
               "    raise\n"
               "== errors.py\n"
               "class Late(Exception): pass\n",
               "def pick(é)\n\nfunction in a, a.py:4\n\nPick 🚀.\n\nRaises\n\n- KeyError – if é.\n\n"
               "Raises in its body: Odd, errors.Late\n");
}

static void test_generator(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class C:\n"
               "    async def $walk(self):\n"
               "        'é'\n"
               "        yield '🚀'\n",
               "async def walk(self)\n\nasync method, a generator, of a.C, a.py:2\n\né\n");
}

/* What is known of a value without an annotation. */
static void test_types(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class Cart: 'é'\n"
               "def f():\n"
               "    basket = Cart()\n"
               "    return $basket\n",
               "basket\n\nlocal variable of a.f, a.py:3\n\nType: a.Cart\n");
    check_card("== a.py\n"
               "class Cart: 'é'\n"
               "class Shop:\n"
               "    def __init__(self):\n"
               "        self.cart = Cart()\n"
               "        self.$cart\n",
               "cart = Cart()\n\ninstance attribute of a.Shop, a.py:4\n\nType: a.Cart\n");
    check_card("== a.py\n"
               "def f():\n"
               "    é: 'list[int]' = g()\n"
               "    return $é\n",
               "é: 'list[int]'\n\nlocal variable of a.f, a.py:2\n");
}

static void test_another_name(void **state) {
    (void)state;
    check_card("== a.py\n"
               "def _grow(é):\n"
               "    \"\"\"Grows 🚀.\"\"\"\n"
               "class Tree:\n"
               "    $grow = _grow\n",
               "grow = _grow\n\nclass attribute of a.Tree, a.py:4\n\nDocstring of a._grow:\n\nGrows 🚀.\n");
}

/* What a base's member is another name for, a property of a base, an attached docstring of it. */
static void test_inherited_from_what_is_no_method(void **state) {
    (void)state;
    const char *const of_base = "== a.py\n"
                                "def _no(self, *é):\n"
                                "    'Computes 🚀.'\n"
                                "class Base:\n"
                                "    forward = _no\n"
                                "    @property\n"
                                "    def size(self):\n"
                                "        'How many é.'\n"
                                "    @size.setter\n"
                                "    def size(self, é): pass\n"
                                "    def far(self): pass\n"
                                "Base.far.__doc__ = 'How far é.'\n";
    static const char *const rests[][2] = {
        {"class C(Base):\n    def $forward(self, x): '🚀'.e\n",
         "def forward(self, x)\n\nmethod of a.C, a.py:13\n\n"
         "Docstring inherited from a.Base.forward:\n\nComputes 🚀.\n"},
        {"class C(Base):\n    $size = 2\n", "size = 2\n\nclass attribute of a.C, a.py:13\n\n"
                                            "Docstring inherited from a.Base.size:\n\nHow many é.\n"},
        {"class C(Base):\n    'é'\n    def $far(self): pass\n",
         "def far(self)\n\nmethod of a.C, a.py:14\n\n"
         "Docstring inherited from a.Base.far:\n\nHow far é.\n"},
    };
    for (size_t i = 0; i < sizeof rests / sizeof *rests; i++) {
        StrBuf files;
        buf_init(&files);
        buf_printf(&files, "%s%s", of_base, rests[i][0]);
        check_card(files.data, rests[i][1]);
        buf_release(&files);
    }
}

static void test_attribute_of_documented_class(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class Tree:\n"
               "    \"\"\"A tree.\n\n"
               "    Attributes:\n"
               "        age (int): Of é 🚀.\n"
               "    \"\"\"\n"
               "    $age = 3\n",
               "age = 3\n\nclass attribute of a.Tree, a.py:7\n\nint – Of é 🚀.\n");
}

/* What stands beside the variables of a grove, and the card that becomes of it. */
static void test_docs_of_variables(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"", "$depth = 3  #: How deep: é 🚀.\n", "depth = 3\n\nvariable in a, a.py:1\n\nHow deep: é 🚀.\n"},
        {"", "#: How deep\n#: it is: é.\n$depth = 3\n",
         "depth = 3\n\nvariable in a, a.py:3\n\nHow deep\nit is: é.\n"},
        {"", "$depth: int = 3  # é\n\n# 🚀\n\"\"\"How deep.\n\n    Or not.\n    \"\"\"\n",
         "depth: int = 3\n\nvariable in a, a.py:1\n\nHow deep.\n\nOr not.\n"},
        {"", "é = '🚀'; $depth = 3\npass\n\"\"\"Not of it.\"\"\"\n", "depth = 3\n\nvariable in a, a.py:1\n"},
        {"", "if é:\n    $depth = 3\n\"\"\"Not of it.\"\"\"\n", "depth = 3\n\nvariable in a, a.py:2\n"},
        {"", "#: Not of it.\n\n$depth = 3\n#: Of é.\né = 1\n", "depth = 3\n\nvariable in a, a.py:3\n"},
        {"class Grove:\n    'é'\n", "    $name: str\n    'What it is called.'\n",
         "name: str\n\nclass attribute of a.Grove, a.py:3\n\nWhat it is called.\n"},
        {"class Grove:\n    def é(self):\n        self.deep = 1\n",
         "        self.$deep: int = 2\n        'How deep.'\n",
         "deep = 1\n\ninstance attribute of a.Grove, a.py:3\n\nHow deep.\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf files;
        buf_init(&files);
        buf_printf(&files, "== a.py\n%s%s", cases[i][0], cases[i][1]);
        check_card(files.data, cases[i][2]);
        buf_release(&files);
    }
}

static void test_attribute_of_documented_base(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class Tree:\n"
               "    \"\"\"A tree.\n\n"
               "    Attributes:\n"
               "        age (int): Of é 🚀.\n"
               "    \"\"\"\n"
               "class Oak(Tree):\n"
               "    $age = 3\n",
               "age = 3\n\nclass attribute of a.Oak, a.py:8\n\nDocstring inherited from a.Tree:\n\n"
               "int – Of é 🚀.\n");
}

static void test_class_with_constructor(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class $Tree:\n"
               "    'A tree.'\n"
               "    def __init__(self, é, *, age: int = 3):\n"
               "        '''Plant it.\n\n"
               "        Args:\n"
               "            é: What 🚀.\n"
               "        '''\n"
               "        self.é = é\n"
               "        'What it is.'\n",
               "class Tree\nTree(é, *, age: int = 3)\n\nclass in a, a.py:1\n\nA tree.\n\n"
               "__init__\n\nPlant it.\n\nArgs\n\n- é – What 🚀.\n\nNot documented: age\n\n"
               "Attributes\n\n- é – What it is.\n");
}

static void test_class_with_fields(void **state) {
    (void)state;
    check_card("== a.py\n"
               "@dataclass\n"
               "class $Tree(Exception):\n"
               "    '''A tree.\n\n"
               "    Attributes:\n"
               "        é: What it is.\n"
               "    '''\n"
               "    é: str\n"
               "    age: int = field(\n"
               "        default=3,\n"
               "    )\n"
               "    'How old 🚀.'\n"
               "    _far = 1\n"
               "    'Not public.'\n",
               "class Tree(Exception)\nTree(é: str, age: int = field(default=3))\n\nclass in a, a.py:2\n\n"
               "A tree.\n\nAttributes\n\n- é – What it is.\n\nMore attributes\n\n- age (int) – How old 🚀.\n\n"
               "Bases: Exception\n\nDecorators: @dataclass\n");
}

static void test_parameters_are_the_sources_and_types_the_stubs(void **state) {
    (void)state;
    check_card("== a.pyi\n"
               "def f(é: int, age: int = ...) -> None: ...\n"
               "== a.py\n"
               "def $f(é, age=3, *, far=1):\n"
               "    '''Plant it.\n\n"
               "    Args:\n"
               "        é: What 🚀.\n"
               "        age: How old.\n"
               "        far: How far.\n"
               "    '''\n",
               "def f(é: int, age: int = ...) -> None\n\nfunction in a, a.py:1\n\nPlant it.\n\nArgs\n\n"
               "- é (int) – What 🚀.\n- age (int, default 3) – How old.\n- far (default 1) – How far.\n");
}

/* Two overloads of many lines are enough; the third is but counted. */
static void test_long_overloads_are_folded(void **state) {
    (void)state;
    static const char *const long_params = "first_é: int, second: int, third: int, fourth: int, fifth: int, "
                                           "sixth: int, seventh: int";
    static const char *const wrapped =
        "    first_é: int,\n    second: int,\n    third: int,\n    fourth: int,\n"
        "    fifth: int,\n    sixth: int,\n    seventh: int,\n    it: ";
    StrBuf files, card;
    buf_init(&files);
    buf_init(&card);
    buf_append(&files, STR("== a.py\n"));
    for (int i = 0; i < 3; i++)
        buf_printf(&files, "@overload\ndef f(%s, it: %c) -> None: ...\n", long_params, 'A' + i);
    buf_append(&files, STR("def $f(*é, **rest): ...\n"));
    for (int i = 0; i < 2; i++) buf_printf(&card, "def f(\n%s%c,\n) -> None\n", wrapped, 'A' + i);
    buf_append(&card, STR("# … and 1 more\n\nfunction in a, a.py:7\n"));
    check_card(files.data, card.data);
    buf_release(&files);
    buf_release(&card);
}

static void test_values(void **state) {
    (void)state;
    check_card("== a.py\n"
               "class É:\n"
               "    $all = [\n"
               "        ('é', 1),\n"
               "        '🚀',\n"
               "    ]\n",
               "all = [\n    ('é', 1),\n    '🚀',\n]\n\nclass attribute of a.É, a.py:2\n");
    check_card("== a.py\n$é = (\n    1 +\n    2\n)\n", "é = (\n    1 +\n    2\n)\n\nvariable in a, a.py:1\n");
    check_card("== a.py\n$é = m.f([\n1,\n2,\n3,\n4,\n5,\n6,\n7,\n8,\n9,\n10,\n11,\n'🚀'])\n",
               "é = m.f(…)\n\nvariable in a, a.py:1\n");
    check_card("== a.py\ntype $É[T] = dict[str, T]\n\"\"\"Of 🚀.\"\"\"\n",
               "type É = dict[str, T]\n\ntype alias in a, a.py:1\n\nOf 🚀.\n");
    check_card("== a.py\nfrom typing import TypeAlias\n$É: TypeAlias = 'dict[str, É]'\n",
               "É: TypeAlias = 'dict[str, É]'\n\ntype alias in a, a.py:2\n");
}

static void test_deprecation(void **state) {
    (void)state;
    check_card("== a.py\n"
               "import warnings\n"
               "@warnings.deprecated('Use `é`. '\n"
               "                     \"It's 🚀.\", category=None)\n"
               "def $f(): pass\n",
               "def f()\n\nfunction in a, a.py:4\n\nDeprecated: Use é. It's 🚀.\n\n"
               "Decorators: @warnings.deprecated('Use `é`. '\n"
               "                     \"It's 🚀.\", category=None)\n");
    Fixture f = fixture(
        "== a.py\n"
        "def f():\n"
        "    \"\"\"É.\n\n    .. deprecated:: 1.2\n        🚀\n    \"\"\"\n"
        "def g():\n"
        "    \"\"\"É.\n\n    Parameters\n    ----------\n    x\n        .. deprecated:: 1.2\n    \"\"\"\n");
    const Facts *facts = index_facts(f.index, fixture_file(&f, "a.py"));
    assert_true(card_is_deprecated(facts, 1));
    assert_false(card_is_deprecated(facts, 2));
    fixture_release(&f);
}

/* A stub has no implementation: its last overload stands for all. Of a library, the path that imports take is
 * shown. */
static void test_overloads_of_stubs(void **state) {
    (void)state;
    static const char stub[] = "== /lib/é/sub.pyi\n"
                               "@overload\n"
                               "def pick(x: int) -> int: 'Picks 🚀.'\n"
                               "@overload\n"
                               "def pick(x: str) -> str: ...\n"
                               "== /lib/é/__init__.pyi\n"
                               "'Of é.'\n"
                               "== main.py\n"
                               "import é.sub\n";
    char files[512];
    snprintf(files, sizeof files, "%sé.sub.$pick(1)\n", stub);
    check_card(
        files,
        "def pick(x: int) -> int\ndef pick(x: str) -> str\n\nfunction in é.sub, é/sub.pyi:4\n\nPicks 🚀.\n");
    snprintf(files, sizeof files, "%s$é\n", stub);
    check_card(files, "module é\n\nmodule, é/__init__.pyi\n\nOf é.\n");
}

static void test_enum_member(void **state) {
    (void)state;
    check_card("== a.py\n"
               "import enum\n"
               "class Colour(str, enum.Enum):\n"
               "    RED = '🚀'\n"
               "'é'; Colour.$RED\n",
               "RED = '🚀'\n\nenum member of a.Colour, a.py:3\n");
}

/* Words of the signature in front of a docstring are its parameters, not builtins. */
static void test_words_of_signatures(void **state) {
    (void)state;
    Fixture f = fixture("== a.py\n"
                        "def size(): pass\n"
                        "class é: pass\n"
                        "b.f.__doc__ = 'f(size)\\n\\nThe `size` of `é`.'\n");
    DocRef ref;
    StrBuf card;
    buf_init(&card);
    assert_true(attached_find_name(f.index, STR("b.f"), &ref));
    card_hover_attached(f.index, ref, WRITER_MARKDOWN, &card);
    assert_non_null(strstr(card.data, "The `size` of [`é`](file:///w/a.py#L2)."));
    buf_release(&card);
    fixture_release(&f);
}

/* The name in the code span at "|", between brackets; "" when there is none. */
static void check_span(const char *marked, const char *expected) {
    StrBuf text, found;
    Range span;
    buf_init(&text);
    buf_init(&found);
    const char *bar = strchr(marked, '|');
    buf_append(&text, str_make(marked, (size_t)(bar - marked)));
    buf_append(&text, str_of(bar + 1));
    if (code_span_at(buf_str(&text), (uint32_t)(bar - marked), &span)) {
        Str code = str_slice(buf_str(&text), span.start, span.end);
        buf_printf(&found, "[%.*s]", STR_ARG(code_span_name(code)));
    }
    assert_string_equal(found.data, expected);
    buf_release(&text);
    buf_release(&found);
}

static void test_code_spans(void **state) {
    (void)state;
    check_span("é `a.b|c` x", "[a.bc]");
    check_span("é |`a.b` x", "[a.b]");
    check_span("é `a.b|` x", "[a.b]");
    check_span("é `a` b| `c`", "");
    check_span("é `` a`b `` `c|`", "[c]");
    check_span("é `` f(`x`)| ``", "[f]");
    check_span("`@é.f(x|)`", "[é.f]");
    check_span("`a + |b`", "[]");
    check_span("`a |", "");
    check_span("```\n`a|`\n```\n", "");
    check_span("```\n```\r\n🚀 `a|`", "[a]");
    check_span("````\n```\n`a|`\n````\n", "");
    check_span("~~~\n```\n~~~\n`a|`\n", "[a]");
    check_span("``` é `` 🚀 `a|`", "[a]");
    check_span("``|``", "");
    check_span("|", "");
}

/* The dotted names of what a name in prose may mean. */
static void check_mention(const char *files, const char *name, const char *expected) {
    Fixture f = fixture(files);
    SymbolRefs symbols = {0};
    StrBuf found;
    buf_init(&found);
    mention_find(f.index, str_of(name), &symbols);
    for (uint32_t i = 0; i < symbols.len; i++) {
        if (i) buf_append_byte(&found, ' ');
        index_dotted_name(f.index, symbols.items[i], &found);
    }
    assert_string_equal(found.data, expected);
    ARRAY_FREE(&symbols);
    buf_release(&found);
    fixture_release(&f);
}

static void test_mentions(void **state) {
    (void)state;
    static const char files[] = "== shop/__init__.py\n"
                                "from shop.cart import Cart as Basket\n"
                                "== shop/cart.py\n"
                                "class Cart:\n"
                                "    def add(self): self.é = 1\n"
                                "class Bag:\n"
                                "    def add(self): pass\n"
                                "def f(): pass\n"
                                "def f(): pass\n"
                                "== tests/test_cart.py\n"
                                "class Cart: pass\n"
                                "def check(): pass\n"
                                "== many.py\n"
                                "class A:\n    def x(): pass\nclass B:\n    def x(): pass\n"
                                "class C:\n    def x(): pass\nclass D:\n    def x(): pass\n";
    check_mention(files, "shop.Basket.add", "shop.cart.Cart.add");
    check_mention(files, "shop.cart", "shop.cart");
    check_mention(files, "Cart", "shop.cart.Cart");
    check_mention(files, "art", "");
    check_mention(files, "Cart.add", "shop.cart.Cart.add");
    check_mention(files, "add", "shop.cart.Cart.add shop.cart.Bag.add");
    check_mention(files, "Cart.é", "shop.cart.Cart.é");
    check_mention(files, "é", "");
    check_mention(files, "f", "shop.cart.f");
    check_mention(files, "check", "tests.test_cart.check");
    check_mention(files, "x", "");
    check_mention(files, "D.x", "many.D.x");
    check_mention(files, "", "");
}

static void signature_is_the_stubs_and_docstring_the_sources(void **state) {
    (void)state;
    static const char source[] =
        "== m.py\ndef f(a, é=1):\n    \"\"\"Does 🚀.\n\n    Args:\n        a: What é is.\n"
        "    \"\"\"\n== m.pyi\ndef f(a: int, é: str = ...) -> str: ...\n";
    static const char card[] = "def f(a: int, é: str = ...) -> str\n\n";
    for (int from_stub = 0; from_stub < 2; from_stub++) {
        StrBuf text;
        buf_init(&text);
        Fixture f = fixture(source);
        FileId file = fixture_file(&f, from_stub ? "m.pyi" : "m.py");
        card_hover_target(f.index, (Target){.file = file, .symbol = 1}, WRITER_PLAIN, &text);
        assert_true(str_starts_with(buf_str(&text), str_of(card)));
        assert_non_null(strstr(text.data, "Does 🚀."));
        assert_non_null(strstr(text.data, "a (int) – What é is."));
        fixture_release(&f);
        buf_release(&text);
    }
}

static void overloads_of_the_stub_are_shown_for_the_source(void **state) {
    (void)state;
    check_card("== m.py\ndef f(a):\n    'é🚀'\n== m.pyi\n@overload\ndef f(a: int) -> int: ...\n@overload\n"
               "def f(a: str) -> str: ...\n== b.py\nimport m\nm.$f\n",
               "def f(a: int) -> int\ndef f(a: str) -> str\n\nfunction in m, m.py:1\n\né🚀\n");
}

/* What is installed on a machine does not show on pages. */
static void pages_inherit_no_docstring_of_a_library(void **state) {
    (void)state;
    for (int libraries = 0; libraries < 2; libraries++) {
        Fixture f = fixture("import lib\nclass A(lib.B):\n    def $é(self): ...\n");
        Str text = STR("class B:\n    def é(self): '🚀'\n");
        index_update(f.index, STR("/lib/lib.py"), parser_facts(f.parser, STR("/lib/lib.py"), text));
        const Facts *facts = index_facts(f.index, f.cursor.file);
        SymbolRef method = {f.cursor.file, facts_symbol_named_at(facts, f.cursor.offset)};
        Linker links = linker_none();
        links.libraries = libraries;
        StrBuf card;
        Writer writer;
        buf_init(&card);
        writer_init(&writer, &card, WRITER_PLAIN);
        card_write(&writer, f.index, method, &links);
        assert_int_equal(strstr(card.data, "🚀") != NULL, libraries);
        buf_release(&card);
        fixture_release(&f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parameter),
        cmocka_unit_test(test_parameter_of_init),
        cmocka_unit_test(test_parameter_documented_elsewhere),
        cmocka_unit_test(test_local_variable),
        cmocka_unit_test(test_module),
        cmocka_unit_test(test_inherited_from_another_file),
        cmocka_unit_test(test_circular_bases),
        cmocka_unit_test(test_raises),
        cmocka_unit_test(test_generator),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_another_name),
        cmocka_unit_test(test_inherited_from_what_is_no_method),
        cmocka_unit_test(test_attribute_of_documented_class),
        cmocka_unit_test(test_docs_of_variables),
        cmocka_unit_test(test_attribute_of_documented_base),
        cmocka_unit_test(test_class_with_constructor),
        cmocka_unit_test(test_class_with_fields),
        cmocka_unit_test(test_parameters_are_the_sources_and_types_the_stubs),
        cmocka_unit_test(test_long_overloads_are_folded),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_deprecation),
        cmocka_unit_test(test_overloads_of_stubs),
        cmocka_unit_test(test_enum_member),
        cmocka_unit_test(test_words_of_signatures),
        cmocka_unit_test(test_code_spans),
        cmocka_unit_test(test_mentions),
        cmocka_unit_test(signature_is_the_stubs_and_docstring_the_sources),
        cmocka_unit_test(overloads_of_the_stub_are_shown_for_the_source),
        cmocka_unit_test(pages_inherit_no_docstring_of_a_library),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
