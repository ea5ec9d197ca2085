/* Cards of what has its docstring elsewhere. */
#include "card_check.h"

/* The card of what only an attached docstring tells of, asked for at "$" or, without one, by name. */
static void check_attached(const char *files, const char *name, const char *expected) {
    Fixture f = fixture(files);
    DocRef ref;
    StrBuf card;
    buf_init(&card);
    bool found = name ? attached_find_name(f.index, str_of(name), &ref)
                      : attached_find_occurrence(
                            f.index, f.cursor.file,
                            facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset), &ref);
    if (found) card_hover_attached(f.index, ref, WRITER_PLAIN, &card);
    assert_string_equal(card.data, expected);
    buf_release(&card);
    fixture_release(&f);
}

#define COMPILED                                                                                                 \
    "== lib/__init__.py\n"                                                                                       \
    "from lib._c import *\n"                                                                                     \
    "from lib._tensor import Tensor\n"                                                                           \
    "== lib/_tensor.py\n"                                                                                        \
    "import lib\n"                                                                                               \
    "class Tensor(lib._c.Base): pass\n"                                                                          \
    "== lib/_docs.py\n"                                                                                          \
    "import lib._c\n"                                                                                            \
    "from lib._c import _add_docstr as add_docstr\n"                                                             \
    "def add_docstr_all(method, text):\n"                                                                        \
    "    add_docstr(getattr(lib._c.Base, method), text)\n"                                                       \
    "'é🚀'; add_docstr(lib.sum, 'sum(x, *, é=None) -> int\\nsum(x, y)\\n\\nSums 🚀.\\n\\nArgs:\\n  x: An " \
    "é.')\n"                                                                                                    \
    "add_docstr_all('add', 'Adds 🚀.')\n"

#define SUM_CARD                                                                                             \
    "sum(x, *, é=None) -> int\nsum(x, y)\n\nlib.sum, docstring attached in lib/_docs.py:5\n\n"              \
    "Sums 🚀.\n\nArgs\n\n- x – An é.\n"
#define ADD_CARD "lib._c.Base.add\n\nlib._c.Base.add, docstring attached in lib/_docs.py:6\n\nAdds 🚀.\n"

/* Compiled functions that have no stub. */
static void test_attached_alone(void **state) {
    (void)state;
    check_attached(COMPILED, "lib.sum", SUM_CARD);
    check_attached(COMPILED "== main.py\nimport lib as l\n'é'; l.$sum(1)\n", NULL, SUM_CARD);
    check_attached(COMPILED "== main.py\nfrom lib import sum as s\n$s(1)\n", NULL, SUM_CARD);
    check_attached(COMPILED, "lib._c.Base.add", ADD_CARD);
    check_attached(COMPILED, "lib.Tensor.add", ADD_CARD);
    check_attached(COMPILED "== main.py\nimport lib\ndef f(é: lib.Tensor): é.$add(1)\n", NULL, ADD_CARD);
    check_attached(COMPILED "== main.py\nimport lib\nlib.$nothing\n", NULL, "");
    check_attached(COMPILED, "sum", "");
}

/* Stubs beside compiled modules: their signatures, and docstrings from elsewhere. */
static void test_attached_to_stubs(void **state) {
    (void)state;
    check_card(COMPILED "== lib/_c.pyi\n"
                        "def sum(x: int) -> int: ...\n"
                        "class Base:\n"
                        "    def add(self, x): ...\n"
                        "== main.py\n"
                        "import lib\n"
                        "lib.$sum(1)\n",
               "def sum(x: int) -> int\n\nfunction in lib._c, lib/_c.pyi:1\n\n"
               "Docstring attached in lib/_docs.py:5:\n\n"
               "sum(x, *, é=None) -> int\nsum(x, y)\n\nSums 🚀.\n\nArgs\n\n- x (int) – An é.\n");
    check_card(COMPILED "== lib/_c.pyi\n"
                        "class Base:\n"
                        "    def add(self, x): ...\n"
                        "== main.py\n"
                        "import lib\n"
                        "def f(é: lib.Tensor): é.$add(1)\n",
               "def add(self, x)\n\nmethod of lib._c.Base, lib/_c.pyi:2\n\n"
               "Docstring attached in lib/_docs.py:6:\n\nAdds 🚀.\n");
}

static void test_attached_forms(void **state) {
    (void)state;
    check_card("== a.py\n"
               "def f(é): pass\n"
               "'🚀'; f.__doc__ = 'Says é.'\n"
               "$f\n",
               "def f(é)\n\nfunction in a, a.py:1\n\nDocstring attached in a.py:2:\n\nSays é.\n");
    check_card("== a.py\n"
               "class $C:\n"
               "    __doc__ = 'Says é ' + '🚀.'\n",
               "class C\n\nclass in a, a.py:1\n\nDocstring attached in a.py:2:\n\nSays é 🚀.\n");
    check_card("== a.py\n"
               "from c import conv, _add_docstr\n"
               "$conv1d = _add_docstr(conv, 'Convolves é.')\n",
               "conv1d = _add_docstr(conv, 'Convolves é.')\n\nvariable in a, a.py:2\n\n"
               "Docstring attached in a.py:2:\n\nConvolves é.\n");
    check_card("== a.py\n"
               "from c import conv, _add_docstr\n"
               "$conv1d = _add_docstr(conv, 'conv1d(é, 🚀=1) -> Tensor\\n\\nConvolves é.')\n",
               "conv1d(é, 🚀=1) -> Tensor\n\nfunction in a, a.py:2\n\n"
               "Docstring attached in a.py:2:\n\nConvolves é.\n");
    check_attached("== np/docs.py\n"
                   "from np.function_base import add_newdoc\n"
                   "add_newdoc('np.core', 'ndarray', ('T', 'The é, turned.'))\n",
                   "np.core.ndarray.T",
                   "np.core.ndarray.T\n\nnp.core.ndarray.T, docstring attached in np/docs.py:2\n\n"
                   "The é, turned.\n");
}

/* What a file attached goes with it; of two that document the same, the first path counts. */
static void test_attached_by_updates(void **state) {
    (void)state;
    Fixture f = fixture("== b.py\nimport c\nc.f.__doc__ = 'é of b'\n"
                        "== a.py\nimport c\nc.f.__doc__ = '🚀 of a'\n"
                        "== c.py\nimport c\nc.f.__doc__ = 'é of c'\n");
    static const char *const texts[] = {"🚀 of a", "é of b", "é of c"};
    StrBuf path;
    DocRef ref;
    buf_init(&path);
    for (size_t i = 0; i < 3; i++) {
        assert_true(attached_find_name(f.index, STR("c.f"), &ref));
        assert_true(str_eq(attached_text(f.index, ref), str_of(texts[i])));
        buf_clear(&path);
        buf_append(&path, index_path(f.index, ref.file));
        index_update(f.index, buf_str(&path), NULL);
    }
    assert_false(attached_find_name(f.index, STR("c.f"), &ref));
    buf_release(&path);
    fixture_release(&f);
}

static void test_attached_lists(void **state) {
    (void)state;
    check_attached("== np/docs.py\n"
                   "from np.core import add_newdoc\n"
                   "add_newdoc('np.core', 'ndarray', [('T', 'The é, turned.'), ('size', 'How many 🚀.')])\n",
                   "np.core.ndarray.size",
                   "np.core.ndarray.size\n\nnp.core.ndarray.size, docstring attached in np/docs.py:2\n\n"
                   "How many 🚀.\n");
    check_card("== sci/__init__.py\nfrom ._ufuncs import *\n"
               "== sci/_docs.py\n"
               "é = {}\n"
               "def add_newdoc(name, doc): é[name] = doc\n"
               "add_newdoc('airy', 'Functions é🚀.')\n"
               "== sci/_ufuncs.pyi\ndef airy(é): ...\n"
               "== use.py\nfrom sci import $airy\n",
               "def airy(é)\n\nfunction in sci._ufuncs, sci/_ufuncs.pyi:1\n\n"
               "Docstring attached in sci/_docs.py:3:\n\nFunctions é🚀.\n");
}

#define FILLED_HEAD "conv(é)\n\nm.conv, docstring attached in docs.py:"

static void test_filled_fields(void **state) {
    (void)state;
    check_attached("== common.py\n"
                   "é = '🚀'; common = parse_kwargs('''\n"
                   "    input (é): the input;\n"
                   "        more of it.\n"
                   "    dim (int): none of these.\n"
                   "''')\n"
                   "both = merge(common, {'note': '''Mind the 🚀.\n"
                   "      And é.'''}, parse_kwargs('''\n"
                   "    dim (int): the dimension.\n"
                   "'''))\n"
                   "== docs.py\n"
                   "from common import both as all\n"
                   "import m\n"
                   "m.add_docstr(m.conv, r'''conv(é)\n\n"
                   "    {note} {{input}} {nobody} {{1}}\n"
                   "    {own}\n\n"
                   "    Args:\n"
                   "        {input}\n"
                   "        {dim}\n"
                   "    '''.format(**all, own='Own.') + 'And {dim}')\n",
                   "m.conv",
                   FILLED_HEAD "3\n\n"
                               "Mind the 🚀.\nAnd é. {input} {nobody} {1}\nOwn.\n\n"
                               "Args\n\n"
                               "- input (é) – the input;\n  more of it.\n"
                               "- dim (int) – the dimension.\n\nAnd {dim}\n");
    check_attached("== docs.py\n"
                   "é = {'a': '''🚀''', **other}\n"
                   "m.add_docstr(m.conv, 'conv(é)\\n\\n%(a)s 100 %% %(b)s %(c)s' % {**é, 'b': 'bé'})\n",
                   "m.conv", FILLED_HEAD "2\n\n🚀 100 % bé %(c)s\n");
    check_card("== a.py\n"
               "é = {'note': '''🚀 is\n    meant'''}\n"
               "class $C:\n"
               "    __doc__ = '''Says so.\n\n    {note}'''.format(**é)\n",
               "class C\n\nclass in a, a.py:3\n\nDocstring attached in a.py:4:\n\nSays so.\n\n🚀 is\nmeant\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attached_alone), cmocka_unit_test(test_attached_to_stubs),
        cmocka_unit_test(test_attached_forms), cmocka_unit_test(test_attached_by_updates),
        cmocka_unit_test(test_attached_lists), cmocka_unit_test(test_filled_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
