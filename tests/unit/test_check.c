/* What docstrings say and the code does not: each case lists the findings as "code place message" lines,
 * where place is the text of the range. */
#include "fixture.h"

#include "markdown/check.h"

enum { ALL = (1 << RULES) - 1 };

static void check(RuleSet rules, const char *files, const char *wanted) {
    Fixture f = fixture(files);
    StrBuf found;
    buf_init(&found);
    Findings findings;
    findings_init(&findings);
    check_docs(f.index, f.cursor.file, buf_str(&f.text), rules, &findings);
    for (uint32_t i = 0; i < findings.items.len; i++) {
        const Finding *it = &findings.items.items[i];
        Str place = str_slice(buf_str(&f.text), it->range.start, it->range.end);
        buf_printf(&found, "%s [%.*s] %.*s\n", rule_row(it->rule)->code, STR_ARG(place),
                   STR_ARG(it->message));
    }
    assert_string_equal(found.data, wanted);
    buf_release(&found);
    findings_release(&findings);
    fixture_release(&f);
}

#define CASE(name, rule, text, wanted)                                                                       \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(RULE_BIT(RULE_##rule), text, wanted);                                                          \
    }

CASE(unknown, unknown_parameter,
     "def $f(a):\n    '''É🚀.\n\n    Args:\n        a: x\n        bé (int): x\n    '''\n"
     "def g(a):\n    '''É🚀.\n\n    :param a: x\n    :param c: x\n    '''\n"
     "def h(a):\n    '''É🚀.\n\n    Parameters\n    ----------\n    a, \\*d : int\n        x\n    '''\n"
     "class C:\n    '''É🚀.\n\n    @param e: x\n    '''\n    def __init__(self, a): pass\n",
     "unknown-parameter [bé] There is no parameter bé.\nunknown-parameter [c] There is no parameter c.\n"
     "unknown-parameter [d] There is no parameter d.\nunknown-parameter [e] There is no parameter e.\n")
CASE(
    unknown_but_possible, unknown_parameter,
    "def $f(a, **kw):\n    '''É🚀.\n\n    Args:\n        b: x\n    '''\n"
    "def g(*a):\n    '''É🚀.\n\n    Args:\n        b: x\n    '''\n"
    "def h(args=()):\n    '''É🚀.\n\n    Args:\n        b: x\n    '''\n"
    "class C:\n    '''É🚀.\n\n    Args:\n        b: x\n    '''\n"
    "    @property\n    def p(self):\n        '''É🚀.\n\n        Args:\n            b: x\n        '''\n"
    "    @typing.overload\n    def o(self):\n        '''É🚀.\n\n        Args:\n            b: x\n        '''\n"
    "def i(a):\n    '''É🚀.\n\n    Args:\n        b: (removed) x\n        a: x\n    '''\n",
    "")
CASE(
    missing, missing_parameter,
    "class C:\n    def $f(self, é, b, _c, *d, e=1, **k):\n        '''É🚀.\n\n        Args:\n            b: x\n"
    "        '''\n    @staticmethod\n    def g(x, y):\n        '''É🚀.\n\n        Args:\n            y: x's\n "
    "       '''\n",
    "missing-parameter [é] Not documented: é, e.\n")
CASE(missing_but_spoken_of, missing_parameter,
     "def $f(a, b, c):\n    '''É🚀.\n\n    Args:\n        a: like b\n        the c: x\n    '''\n"
     "def g(a):\n    '''É🚀.\n\n    Args:\n        k: x\n    '''\ndef h(a):\n    '''É🚀.'''\n",
     "")
CASE(
    wrong_default, wrong_default,
    "def $f(a=1, b='é', c=None, d=True, e=1e-3, g='deprecated', h=[]):\n    '''É🚀.\n\n    Parameters\n    "
    "----------\n"
    "    a : int, default 2\n    b : str, optional (default: 'è')\n    c : int, default=1\n    d : bool, "
    "default False\n"
    "    e : float, default 0.001\n    g : str, default None\n    h : list, default None\n    '''\n"
    "def k(a=1.0, b='é', c=2):\n    '''É🚀.\n\n    Parameters\n    ----------\n    a : float, default ``1.``\n"
    "    b : str, default é\n    c : int, default ``None``\n    '''\n",
    "wrong-default [2] The default of a is 1, not 2.\nwrong-default ['è'] The default of b is 'é', not 'è'.\n"
    "wrong-default [False] The default of d is True, not False.\n"
    "wrong-default [``None``] The default of c is 2, not None.\n")
CASE(wrong_default_in_prose, wrong_default,
     "def $f(a=1, b=1, c=1, d='é', e=1, g=1, h=1):\n    '''É🚀.\n\n    Args:\n        a: é. Defaults to 2.\n"
     "        b: é\n            🚀 (default: ``3``)\n        c: The default is 4 if é, else 5.\n"
     "        d: default: 'è'\n        e: Defaults to 1.\n        g: Default: 1e-3, or 2.\n        h: no "
     "default: 7x\n"
     "    '''\n",
     "wrong-default [2] The default of a is 1, not 2.\nwrong-default [``3``] The default of b is 1, not 3.\n"
     "wrong-default ['è'] The default of d is 'é', not 'è'.\n")
CASE(
    wrong_type, wrong_type,
    "def $f(a: str, b: Optional[int], c: list[str], d: 'Path', e: float, g: int | None):\n    '''É🚀.\n\n    "
    "Args:\n"
    "        a (int): x\n        b (str or None): x\n        c (dict of str): x\n        d (str): x\n        "
    "e (int): x\n"
    "        g (str, optional): x\n    '''\n"
    "def h(a: Union[int, str], b: List[int], c: str, d: None):\n    '''É🚀.\n\n    Args:\n        a (str): x\n"
    "        b (list): x\n        c (array-like or int): x\n        d (int): x\n    '''\n",
    "wrong-type [int] a is annotated as str, not int.\nwrong-type [str or None] b is annotated as "
    "Optional[int], not "
    "str or None.\nwrong-type [dict of str] c is annotated as list[str], not dict of str.\n"
    "wrong-type [str] g is annotated as int | None, not str.\n")
CASE(not_raised, exception_not_raised,
     "def $f(a):\n    '''É🚀.\n\n    Raises:\n        ValueError: x\n        é.Own: x\n        TypeError: x\n "
     "   '''\n"
     "    if isinstance(a, int): raise ValueError(a)\n    return a\n"
     "def g(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    return a\n",
     "exception-not-raised [é.Own] Nothing here raises Own.\n"
     "exception-not-raised [ValueError] Nothing here raises ValueError.\n")
CASE(on_the_first_line, unknown_parameter,
     "def $f(a):\n    '''Parameters\n    ----------\n    é : int\n        🚀\n    '''\n",
     "unknown-parameter [é] There is no parameter é.\n")
CASE(joined_lines, unknown_parameter,
     "def $f(a):\n    '''É🚀.\n\n    Parameters\n    ----------\n    a : {'b'}, \\\n    c='b'\n        x\n    "
     "'''\n",
     "")
CASE(perhaps_raised, exception_not_raised,
     "def $f(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    return int(a)\n"
     "def g(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    raise a\n"
     "def h(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    raise Below(a)\n"
     "def i(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    raise NotImplementedError\n"
     "def j(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n"
     "@é\ndef k(a):\n    '''É🚀.\n\n    :raises ValueError: x\n    '''\n    return a\n",
     "")
CASE(raised_by_what_is_called, exception_not_raised,
     "== b.py\ndef deep(a):\n    if a: raise OSError(a)\n    return [loop(é) for é in a]\n"
     "def loop(a):\n    return deep(a)\n"
     "== main.py\nfrom b import deep\ntable = {}\n"
     "def own(a):\n    if a: raise ValueError('🚀')\n    return a\n"
     "def $f(a):\n    '''É🚀.\n\n    Raises:\n        ValueError: x\n        Own: x\n    '''\n"
     "    return own(a)\n"
     "def g(a):\n    '''É🚀.\n\n    Raises:\n        OSError: x\n        ValueError: x\n    '''\n"
     "    if a: raise RuntimeError\n    return own(a), deep(a)\n"
     "def h(a):\n    '''É🚀.\n\n    Raises:\n        LookUp: x\n    '''\n    return own(a), table[a]()\n"
     "class C:\n    def m(self, a):\n        '''É🚀.\n\n        Raises:\n            ValueError: x\n        "
     "'''\n"
     "        return self.only(a)\n"
     "    def n(self, a):\n        '''É🚀.\n\n        Raises:\n            ValueError: x\n        '''\n"
     "        return self.several(a)\n"
     "    def only(self, a): return a\n    def several(self, a): return a\n"
     "class D(C):\n    def several(self, a): raise ValueError\n",
     "exception-not-raised [Own] Nothing here raises Own.\n"
     "exception-not-raised [ValueError] Nothing here raises ValueError.\n")
CASE(caught, exception_not_raised,
     "def $f(a):\n    '''É🚀.\n\n    :raises OwnError: x\n    :raises ValueError: x\n    '''\n    try:\n"
     "        if a: raise é.OwnError('🚀')\n        raise ValueError\n"
     "    except (é.OwnError, KeyError) as é:\n        return a\n    except TypeError:\n        return None\n"
     "def g(a):\n    '''É🚀.\n\n    :raises Own: x\n    '''\n    try:\n        raise Own(a)\n"
     "    except Own:\n        print(a)\n        raise\n"
     "def h(a):\n    '''É🚀.\n\n    :raises Own: x\n    '''\n    try:\n        return a\n"
     "    except Own:\n        return 1\n    else:\n        raise Own\n"
     "def i(a):\n    '''É🚀.\n\n    :raises Own: x\n    '''\n    try:\n        raise Own\n"
     "    except:\n        return 1\n",
     "exception-not-raised [OwnError] Nothing here raises OwnError.\n"
     "exception-not-raised [Own] Nothing here raises Own.\n")

/* The text as all fixes leave it. */
static void fixed(RuleSet rules, const char *before, const char *after) {
    Fixture f = fixture(before);
    StrBuf text;
    buf_init(&text);
    buf_append(&text, buf_str(&f.text));
    Findings findings;
    findings_init(&findings);
    check_docs(f.index, f.cursor.file, buf_str(&f.text), rules, &findings);
    for (uint32_t i = findings.items.len; i-- > 0;) {
        const Finding *it = &findings.items.items[i];
        if (it->fix_title.len) buf_replace(&text, it->fix_range.start, it->fix_range.end, it->fix);
    }
    assert_string_equal(text.data, after);
    buf_release(&text);
    findings_release(&findings);
    fixture_release(&f);
}

#define FIXED(name, rule, before, after)                                                                     \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        fixed(RULE_BIT(RULE_##rule), before, after);                                                         \
    }

FIXED(remove_item, exception_not_raised,
      "def $f(a):\n    '''É🚀.\n\n    Raises:\n        Own: x\n            more é\n        TypeError: x\n    "
      "'''\n"
      "    return a\n",
      "def f(a):\n    '''É🚀.\n\n    Raises:\n        TypeError: x\n    '''\n    return a\n")
FIXED(remove_section, exception_not_raised,
      "def $f(a):\r\n    r\"\"\"É🚀.\r\n\r\n    Raises\r\n    ------\r\n    Own\r\n        x\r\n\r\n"
      "    Notes\r\n    -----\r\n    é\r\n    \"\"\"\r\n    return a\r\n",
      "def f(a):\r\n    r\"\"\"É🚀.\r\n\r\n    Notes\r\n    -----\r\n    é\r\n    \"\"\"\r\n    return a\r\n")
FIXED(remove_last, exception_not_raised,
      "def $f(a):\n\t'''É🚀.\n\n\t@raise Own: x'''\n\treturn a\n"
      "def g(a):\n\t'''É🚀.\n\n\t:raises Own: x\n\t:returns: é\n\t'''\n\treturn a\n",
      "def f(a):\n\t'''É🚀.'''\n\treturn a\n"
      "def g(a):\n\t'''É🚀.\n\n\t:returns: é\n\t'''\n\treturn a\n")
FIXED(remove_not, exception_not_raised,
      "def $f(a):\n    '''Say 'é🚀'\n\n    :raises Own: x'''\n    return a\n"
      "def g(a):\n    ''':raises Own: é'''\n    return a\n"
      "def h(a):\n    '''É.\n\n    Raises:\n        Own, Other: é\n    '''\n    return a\n",
      "def f(a):\n    '''Say 'é🚀'\n\n    :raises Own: x'''\n    return a\n"
      "def g(a):\n    ''':raises Own: é'''\n    return a\n"
      "def h(a):\n    '''É.\n\n    Raises:\n        Own, Other: é\n    '''\n    return a\n")
CASE(undocumented, undocumented,
     "$é = '🚀'\ndef f(): pass\ndef _g(): pass\nclass C:\n    '''É.'''\n    def m(self): pass\n",
     "undocumented [] The module has no docstring.\nundocumented [f] f has no docstring.\nundocumented [m] m "
     "has no "
     "docstring.\n")
CASE(
    dangling, dangling_reference,
    "== pkg/__init__.py\n'''É.'''\n== pkg/a.py\n'''É.'''\nclass C:\n    def m(self): ...\n== "
    "pkg/open.py\ndef "
    "__getattr__(n): ...\n"
    "== pkg/main.py\ndef $f():\n    '''É🚀 :func:`pkg.a.gone`, :class:`~pkg.a.C`, :meth:`the é "
    "<pkg.a.C.went()>`,\n"
    "    :meth:`pkg.a.C.m`, :func:`pkg.open.any`, :func:`numpy.x.y`, :func:`gone`, :é:`pkg.a.gone`, "
    "`pkg.a.gone`,\n"
    "    :class:`pkg.b.D`, ``pkg.a.lost``, [pkg.a.C.left], `pkg.a.py`, `pkg.gone`, [x](pkg.a.no).\n    '''\n",
    "dangling-reference [pkg.a.gone] pkg.a.gone is not there.\n"
    "dangling-reference [pkg.a.C.went] pkg.a.C.went is not there.\n"
    "dangling-reference [gone] gone is not there.\n"
    "dangling-reference [pkg.a.gone] pkg.a.gone is not there.\n"
    "dangling-reference [pkg.b.D] pkg.b.D is not there.\n"
    "dangling-reference [pkg.a.lost] pkg.a.lost is not there.\n"
    "dangling-reference [pkg.a.C.left] pkg.a.C.left is not there.\n")

/* Wildcards are followed, bases too; what is made up, compiled, or listed to be exported is not known. */
CASE(
    dangling_behind_others, dangling_reference,
    "== pkg/__init__.py\nfrom .a import *\nfrom .a import C\n== pkg/a.py\nfrom .b import *\nclass C(B): ...\n"
    "class D(Far): ...\n== pkg/b.py\nclass B(object): ...\ndef moved(): ...\n"
    "== pkg/open.py\nfrom numpy import *\n== pkg/listed.py\n__all__ = ['é', 'said']\n__all__ += ['🚀']\n"
    "== pkg/made.pyi\ndef x(): ...\n== pkg/both.py\ndef y(): ...\n== pkg/both.pyi\ndef z(): ...\n"
    "== pkg/use.py\nfrom pkg import _ext, D\n"
    "== main.py\nimport pkg\ndef $f():\n    '''É🚀 :func:`pkg.gone`, :func:`pkg.moved`, :meth:`pkg.C.gone`, "
    ":meth:`pkg.a.D.gone`,\n    :func:`pkg.open.any`, :func:`pkg.listed.said`, :func:`pkg.made.y`, "
    ":func:`pkg._ext.any`,\n    :func:`pkg.both.z`, :func:`pkg.both.x`, :func:`pkg.use.moved`.\n    '''\n",
    "dangling-reference [pkg.gone] pkg.gone is not there.\n"
    "dangling-reference [pkg.C.gone] pkg.C.gone is not there.\n"
    "dangling-reference [pkg.both.x] pkg.both.x is not there.\n"
    "dangling-reference [pkg.use.moved] pkg.use.moved is not there.\n")
CASE(dangling_words, dangling_reference,
     "== other.py\nclass There:\n    def meth(self): self.é = 1\nadd_docstr('x.attached', '''🚀''')\n"
     "== main.py\ndef $f(given):\n    '''É🚀 :func:`gone`, :class:`There`, :meth:`.meth`, :meth:`~.left`, "
     ":func:`given`,\n    :exc:`ValueError`, :func:`len`, :attr:`lost`, :obj:`lost`, :func:`attached`, "
     "`lost`.\n\n"
     "    See Also\n    --------\n    f, away : é\n    :func:`gone`\n    other.There.none\n    numpy.fft\n"
     "    some words here\n    '''\n",
     "dangling-reference [gone] gone is not there.\ndangling-reference [left] left is not there.\n"
     "dangling-reference [gone] gone is not there.\ndangling-reference [away] away is not there.\n"
     "dangling-reference [other.There.none] other.There.none is not there.\n")

/* Of a text whose facts are another's nothing is said; nothing is asked for, nothing is said. */
static void nothing(void **state) {
    (void)state;
    check(0, "def $f(): pass\n", "");
    Fixture f = fixture("def $f(): 'é🚀'\n");
    Findings findings;
    findings_init(&findings);
    check_docs(f.index, f.cursor.file, STR("def g(): pass # longer than it was\n"), ALL, &findings);
    assert_int_equal(findings.items.len, 0);
    findings_release(&findings);
    fixture_release(&f);
}

/* However much there is to compare, it takes no time to speak of, and what cannot be known is not said. */
static void very_long(void **state) {
    (void)state;
    StrBuf text;
    buf_init(&text);
    buf_append(&text, STR("def $f(é"));
    for (int i = 0; i < 3000; i++) buf_printf(&text, ", p%d", i);
    buf_append(&text, STR("):\n    '''🚀.\n\n"));
    for (int i = 0; i < 3000; i++) buf_printf(&text, "    :param p%d: x\n", i);
    buf_append(&text, STR("    '''\n"));
    for (int i = 0; i < 3000; i++) buf_append(&text, STR("    if é: raise E(é)\n"));
    check(RULE_BIT(RULE_unknown_parameter) | RULE_BIT(RULE_missing_parameter), text.data,
          "missing-parameter [é] Not documented: é.\n");
    buf_release(&text);
}

static void reads(const char *wanted, const char *linted, RuleSet rules) {
    RuleSet found;
    StrBuf why;
    buf_init(&why);
    assert_true(rules_read(str_of(wanted), str_of(linted), &found, &why));
    assert_int_equal(found, rules);
    assert_string_equal(why.data, "");
    buf_release(&why);
}

static void rules(void **state) {
    (void)state;
    RuleSet missing = RULE_BIT(RULE_missing_parameter), undocumented_ = RULE_BIT(RULE_undocumented),
            unknown_ = RULE_BIT(RULE_unknown_parameter), raised = RULE_BIT(RULE_exception_not_raised);
    reads("", "", 0);
    reads("all", "", ALL);
    reads("all", "E DTZ ", ALL);
    reads(" missing-parameter,undocumented ", "D DOC ", missing | undocumented_);
    reads("all", "D ", ALL & ~missing & ~undocumented_);
    reads("all", "D417 ", ALL & ~missing);
    reads("all", "D100 ", ALL & ~undocumented_);
    reads("all", "DOC ", ALL & ~missing & ~unknown_ & ~raised);
    reads("all, missing-parameter", "ALL ", ALL & ~undocumented_ & ~unknown_ & ~raised);
    reads("all,-wrong-type", "", ALL & ~RULE_BIT(RULE_wrong_type));
    RuleSet found;
    StrBuf why;
    buf_init(&why);
    assert_false(rules_read(STR("all,é🚀"), STR(""), &found, &why));
    assert_string_equal(why.data, "no rule é🚀; `headword check --list` names them");
    buf_release(&why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown),
        cmocka_unit_test(unknown_but_possible),
        cmocka_unit_test(on_the_first_line),
        cmocka_unit_test(joined_lines),
        cmocka_unit_test(missing),
        cmocka_unit_test(missing_but_spoken_of),
        cmocka_unit_test(wrong_default),
        cmocka_unit_test(wrong_default_in_prose),
        cmocka_unit_test(wrong_type),
        cmocka_unit_test(not_raised),
        cmocka_unit_test(perhaps_raised),
        cmocka_unit_test(undocumented),
        cmocka_unit_test(dangling),
        cmocka_unit_test(nothing),
        cmocka_unit_test(very_long),
        cmocka_unit_test(rules),
        cmocka_unit_test(raised_by_what_is_called),
        cmocka_unit_test(caught),
        cmocka_unit_test(remove_item),
        cmocka_unit_test(remove_section),
        cmocka_unit_test(remove_last),
        cmocka_unit_test(remove_not),
        cmocka_unit_test(dangling_behind_others),
        cmocka_unit_test(dangling_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
