/* What the front end reads off statements: raises, yields, literals, attached docstrings, exports, roles. */
#include "fixture.h"

typedef struct {
    Parser *parser;
    Facts *facts;
    StrBuf out;
} Reading;

static Reading reading(const char *text) {
    Reading self = {.parser = parser_new()};
    self.facts = parser_facts(self.parser, STR("é.py"), str_of(text));
    buf_init(&self.out);
    return self;
}

static void expect(Reading *self, const char *wanted) {
    assert_string_equal(self->out.len ? self->out.data : "", wanted);
    facts_free(self->facts);
    parser_free(self->parser);
    buf_release(&self->out);
}

static Str occurrence_name(const Facts *facts, uint32_t occurrence) {
    return occurrence == NONE ? STR("-") : facts_name(facts, facts->occurrences.items[occurrence].name);
}

/* Each function: its name, "yields", "returns", and what it raises with the line. */
static void check_flow(const char *text, const char *wanted) {
    Reading r = reading(text);
    for (uint32_t s = 1; s < r.facts->tree_count; s++) {
        const Symbol *symbol = &r.facts->symbols.items[s];
        if (symbol->kind != SYMBOL_FUNCTION && symbol->kind != SYMBOL_METHOD) continue;
        buf_append(&r.out, symbol_name(r.facts, symbol));
        if (symbol->flags & SYMBOL_YIELDS) buf_append(&r.out, STR(" yields"));
        if (symbol->flags & SYMBOL_RETURNS) buf_append(&r.out, STR(" returns"));
        Slice raises = facts_raises_of(r.facts, s);
        for (uint32_t i = raises.first; i < raises.first + raises.count; i++) {
            const Raise *raise = &r.facts->raises.items[i];
            buf_printf(&r.out, " %.*s:%u", STR_ARG(occurrence_name(r.facts, raise->exception)),
                       lines_line(&r.facts->lines, raise->start));
        }
        buf_append_byte(&r.out, '\n');
    }
    expect(&r, wanted);
}

static void functions_raise(void **state) {
    (void)state;
    check_flow("def f(é='🚀'):\n"
               "    if é: raise ValueError(é) from None\n"
               "    raise errors.Bad\n"
               "    raise\n"
               "    raise make()[0]\n"
               "    raise (KeyError if é else IndexError)('🚀')\n"
               "    raise A or B\n"
               "    raise (E, F)\n",
               "f ValueError:1 Bad:2 -:3 -:4 KeyError:5 IndexError:5 A:6 B:6 -:7\n");
}

static void with_traceback_gives_its_receiver(void **state) {
    (void)state;
    check_flow("def f():\n"
               "    raise é.Bad('🚀').with_traceback(t)\n"
               "    raise e.with_traceback(t) from x\n"
               "    raise '🚀'.with_traceback(t)\n",
               "f Bad:1 e:2 -:3\n");
}

static void raises_belong_to_the_innermost_function(void **state) {
    (void)state;
    check_flow("raise Module\n"
               "class é:\n"
               "    raise Body\n"
               "    def f(self):\n"
               "        def g(): raise Inner('🚀')\n"
               "        class C:\n"
               "            raise Local\n"
               "        raise Outer\n",
               "f Outer:7\ng Inner:4\n");
}

static void functions_yield_and_return(void **state) {
    (void)state;
    check_flow("def a(): yield '🚀'\n"
               "def b(): x = [(yield from é)]\n"
               "def c(): return lambda: (yield é)\n"
               "def d():\n    return\n    return None\n"
               "async def e():\n    def f(x=(yield)): return x\n    class é: y = [1]\n"
               "def g(): return x + 1\n",
               "a yields\nb yields\nc returns\nd\ne yields\nf returns\ng returns\n");
}

/* Each literal: the callee, its argument's number or keyword, type and value. */
static void check_literals(const char *text, const char *wanted) {
    Reading r = reading(text);
    for (uint32_t i = 0; i < r.facts->literals.count; i++) {
        const Literal *literal = &r.facts->literals.items[i];
        buf_printf(&r.out, "%.*s ", STR_ARG(occurrence_name(r.facts, literal->occurrence)));
        if (literal->argument == LITERAL_KEYWORD) {
            uint32_t keyword = r.facts->occurrences.count;
            while (r.facts->occurrences.items[keyword - 1].start > literal->start) keyword--;
            buf_append(&r.out, occurrence_name(r.facts, keyword - 1));
        } else {
            buf_printf(&r.out, "%u", literal->argument);
        }
        buf_printf(&r.out, " %u %.*s\n", literal->type, STR_ARG(facts_text(r.facts, literal->value)));
    }
    expect(&r, wanted);
}

static void literals_name_things(void **state) {
    (void)state;
    check_literals(
        "os.environ['é🚀']\nenv[x, 'no']\ngetenv('HOME')\nf(1, 'no')\nf(g(), 'no')\nf('two words')\n"
        "f('')\nf(*'no')\nx[y]('no')\nclass A('no'): pass\nf(b'no')\nf(f'{no}')\n"
        "f('0123456789012345678901234567890123456789012345678901234567890123456789')\n",
        "environ 0 0 é🚀\ngetenv 0 0 HOME\n");
}

static void calls_have_literal_arguments(void **state) {
    (void)state;
    check_literals("é('🚀', g('inner', 2), '', default=-1, low=-.5, help=('a '\n  'b'), other=x, n=None, "
                   "t=True, f=1.5, i=3)\n"
                   "h(z, 'no', k='no')\n"
                   "d['é']('no', 1)\nk(('é'), (2))\n",
                   "é 0 0 🚀\né 2 0 \né default 2 -1\né low 3 -.5\né help 0 a b\né n 5 None\né t 4 True\né f "
                   "3 1.5\né i 2 3\n"
                   "g 0 0 inner\ng 1 2 2\nd 0 0 é\nk 0 0 é\nk 1 2 2\n");
}

/* Each attached docstring: what is documented, the member that a string names, the text. */
static void check_docs(const char *text, const char *wanted) {
    Reading r = reading(text);
    for (uint32_t i = 0; i < r.facts->docs.count; i++) {
        const AttachedDoc *doc = &r.facts->docs.items[i];
        buf_printf(&r.out, "%.*s <%.*s> <%.*s>\n", STR_ARG(occurrence_name(r.facts, doc->target)),
                   STR_ARG(facts_text(r.facts, doc->name)), STR_ARG(facts_text(r.facts, doc->doc)));
    }
    expect(&r, wanted);
}

static void docstrings_are_assigned(void **state) {
    (void)state;
    check_docs("m.é.__doc__ = '''\n    Sums 🚀.\n      More.\n    '''\n"
               "class C:\n    __doc__ = r'Of C.' + x + '\\n'\n"
               "a.__doc__ = b.__doc__ = 'Both'\n"
               "def f():\n    __doc__ = 'a local name'\n    g.__doc__ = 'G'\n"
               "c.__doc__ = d.__doc__\n"
               "x[0].__doc__ = 'unnamed'\n"
               "a.__doc__ += 'no'\n",
               "é <> <Sums 🚀.\n  More.>\n__doc__ <> <Of C.>\na <> <Both>\nb <> <Both>\ng <> <G>\n");
}

static void docstrings_are_added_by_calls(void **state) {
    (void)state;
    check_docs("add_docstr(torch.é, r'''\nsum(x) 🚀\n''' + '''{{x}} {y}'''.format(**a))\n"
               "m._add_docstr(t, dedent('  Text').strip() % b)\n"
               "add_docstr_all('new', 'Of new.')\n"
               "add_newdoc('numpy.core', 'array', ('T', 'Transposed.'))\n"
               "add_docstr(getattr(_C, 'named'), 'Named.')\n"
               "def add_docstr_all(method, text): add_docstr(getattr(_C.Base, method), text)\n"
               "add_docstr(f, text)\nadd_docstr('alone')\nadd_docstr()\nadds_docstr(f, 'no')\n",
               "é <> <sum(x) 🚀\n{x} {y}>\nt <> <Text>\nadd_docstr_all <new> <Of new.>\n"
               "add_newdoc <numpy.core.array.T> <Transposed.>\n_C <named> <Named.>\nBase <> <>\n");
}

static void check_exports(const char *text, const char *exported, const char *others) {
    Reading r = reading(text);
    for (Str rest = str_of(exported), name; str_next_piece(&rest, ' ', &name);) {
        if (name.len) assert_true(facts_exports(r.facts, name));
    }
    for (Str rest = str_of(others), name; str_next_piece(&rest, ' ', &name);) {
        if (name.len) assert_false(facts_exports(r.facts, name));
    }
    for (uint32_t s = 1; s < r.facts->symbols.count; s++) {
        const Symbol *symbol = &r.facts->symbols.items[s];
        bool noted = symbol->flags & SYMBOL_EXPORTED;
        if (symbol->parent == 0)
            assert_int_equal(noted, facts_exports(r.facts, symbol_name(r.facts, symbol)));
        else
            assert_false(noted);
    }
    expect(&r, "");
}

static void exports_are_followed(void **state) {
    (void)state;
    check_exports("x = 1\n", "x é", "_x");
    check_exports("__all__ = []\n", "", "x _x");
    check_exports("__all__ = 'é', '_🚀'\n", "é _🚀", "x");
    check_exports("__all__ = ['a'] + ('b',) + ['c' 'd']\n__all__ += ['é']\n__all__.extend(('_e', 'f'))\n"
                  "__all__.append('g')\n__all__.remove('a')\n",
                  "b cd é _e f g", "a x");
    check_exports("__all__ = ['old']\n__all__: list = ['é']\n", "é", "old");
    check_exports("if x:\n    __all__ = ['a']\nelse:\n    __all__ = ['b']\n", "a b", "é");
    check_exports("a = __all__ = ['é']\n", "é", "a");
    check_exports("__all__ = ['_a'] + other.__all__\n", "_a é", "_b");
    check_exports("__all__ = ['_a']\n__all__.append(name)\n", "_a é", "_b");
    check_exports("def f():\n    __all__ = ['_b']\n    x.__all__ = ['_b']\nclass A:\n    __all__ = ['_b']\n",
                  "é", "_b");
}

static void exports_are_listed(void **state) {
    (void)state;
    Reading r = reading("__all__ = ['a']\n__all__ = ['é']\n__all__ += ['🚀']\n");
    assert_true(facts_lists_exports(r.facts));
    Slice exports = facts_current_exports(r.facts);
    for (uint32_t i = exports.first; i < exports.first + exports.count; i++) {
        const Export *export = &r.facts->exports.items[i];
        buf_printf(&r.out, "%u %.*s\n", export->start, STR_ARG(facts_text(r.facts, export->name)));
    }
    expect(&r, "28 é\n46 🚀\n");
    r = reading("__all__ = other.__all__\n");
    assert_false(facts_lists_exports(r.facts));
    expect(&r, "");
    r = reading("__all__ = []\n");
    assert_true(facts_lists_exports(r.facts));
    expect(&r, "");
}

/* Each occurrence: its name, role and flags other than CHAINED. */
static void check_roles(const char *text, const char *wanted) {
    static const char *const roles[] = {"read",       "write",   "delete", "definition", "param",
                                        "type-param", "import",  "path",   ".read",      ".write",
                                        ".delete",    "keyword", "global", "nonlocal"};
    Reading r = reading(text);
    assert_int_equal(r.facts->errors.count, 0);
    for (uint32_t i = 0; i < r.facts->occurrences.count; i++) {
        const Occurrence *at = &r.facts->occurrences.items[i];
        buf_printf(&r.out, "%s%.*s %s%s%s%s", i ? ", " : "", STR_ARG(occurrence_name(r.facts, i)),
                   roles[at->role], at->flags & OCCURRENCE_CALLEE ? " called" : "",
                   at->flags & OCCURRENCE_DECORATOR ? " decorator" : "",
                   at->flags & OCCURRENCE_BASE ? " base" : "");
    }
    expect(&r, wanted);
}

static void identifiers_have_roles(void **state) {
    (void)state;
    check_roles(
        "@é.a(b)\nclass C(m.B, k=x): pass\n",
        "é read decorator, a .read called decorator, b read, C definition, m read base, B .read base, "
        "k keyword, x read");
    check_roles("from a import é as c\nimport d.e\n", "a path, é path, c import, d import, e path");
    check_roles(
        "x = é('🚀', k=y.z)\nx.w = 1\ndel x, y.z\n",
        "x write, é read called, k keyword, y read, z .read, x read, w .write, x delete, y read, z .delete");
    check_roles("def f(a, *b):\n    global c\n    def g():\n        nonlocal a\n",
                "f definition, a param, b param, c global, g definition, a nonlocal");
    check_roles("if (n := é): pass\n", "n write, é read");
}

static void new_syntax_has_roles(void **state) {
    (void)state;
    check_roles("def f[T: é, *Ts, **P](x: T) -> T: ...\n",
                "f definition, T type-param, é read, Ts type-param, P type-param, x param, T read, T read");
    check_roles("type é[K, *L] = dict[K, str]\n",
                "é write, K type-param, L type-param, dict read, K read, str read");
    check_roles("try: pass\nexcept* (é, B) as e: e\n", "é read, B read, e write, e read");
    check_roles(
        "match é:\n    case {'🚀': P(x=y)} | [z, *w]: pass\n    case m.C as c if d: pass\n    case _: pass\n",
        "é read, P read, x keyword, y write, z write, w write, m read, C .read, c write, d read");
    check_roles("f'{a!r:>{w}} {f\"{f'''{b}'''}\"} {c[\"é\"]} {d=}'\n",
                "a read, w read, b read, c read, d read");
    check_roles("t'{é} 🚀'\n", "é read");
    check_roles("match = case = type = _ = é\nmatch(type)\n",
                "match write, case write, type write, _ write, é read, match read called, type read");
    check_roles("async def f():\n    async with é as a: return [await b async for b in a]\n",
                "f definition, é read, a write, b read, b write, a read");
}

static void type_aliases_have_a_scope_for_their_parameters(void **state) {
    (void)state;
    Reading r = reading("type é[T] = list[T]\ntype U = é\n");
    for (uint32_t i = 0; i < r.facts->occurrences.count; i++)
        buf_printf(&r.out, "%.*s:%u ", STR_ARG(occurrence_name(r.facts, i)),
                   r.facts->scopes.items[facts_scope_of(r.facts, i)].kind);
    expect(&r, "é:0 T:5 list:5 T:5 U:0 é:0 ");
}

/* Where the grammar reads something else than Python. */
static void misread_syntax_has_roles(void **state) {
    (void)state;
    check_roles("type(é).x = 1\n", "type read called, é read, x .write");
    check_roles("type [é] = 1\n", "type read, é read");
    check_roles("f'🚀{é:=10}'\n", "é read");
    check_roles("f'{(é:=10)}'\n", "é write");
}

/* How many errors, and each symbol with its line. */
static void check_symbols(const char *text, const char *wanted) {
    Reading r = reading(text);
    buf_printf(&r.out, "%u", r.facts->errors.count);
    for (uint32_t s = 1; s < r.facts->symbols.count; s++) {
        const Symbol *symbol = &r.facts->symbols.items[s];
        buf_printf(&r.out, " %.*s:%u%s", STR_ARG(symbol_name(r.facts, symbol)),
                   lines_line(&r.facts->lines, symbol->name_start),
                   symbol->flags & SYMBOL_CONDITIONAL ? "?" : "");
    }
    expect(&r, wanted);
}

/* The grammar goes on with the next line behind a dot. */
static void a_dot_takes_no_name_of_the_next_line(void **state) {
    (void)state;
    check_roles("é.\nf(a)\n", "é read, f read called, a read");
    check_roles("é.\n\n  # 🚀\nf.b(a)\n", "é read, f read, b .read called, a read");
    check_roles("é.b.\nx: int = 1\n", "é read, b .read, x write, int read");
    check_roles(
        "é. \\\n  b\n(é.\n  b)\nc[é.\nb]\nf(a=é.\n  b())\n",
        "é read, b .read, é read, b .read, c read, é read, b .read, f read called, a keyword, é read, b "
        ".read called");
    check_symbols("x.\ny = 1\nclass A:\n    def é(self):\n        self.\n        self.b = 1\n",
                  "0 y:1 A:2 é:3 b:5");
}

static void an_import_takes_no_name_of_the_next_line(void **state) {
    (void)state;
    check_roles("import\\\n  é\nfrom a import (\n  é,\n  b)\n", "é import, a path, é import, b import");
    check_roles("from a import \né.b\n", "a path, é read, b .read");
    Reading r = reading("import \n# 🚀\n  é(1)\n");
    assert_int_equal(r.facts->occurrences.items[0].role, ROLE_READ);
    assert_int_equal(r.facts->import_names.count, 0);
    expect(&r, "");
}

static void layout_is_read_as_python_reads_it(void **state) {
    (void)state;
    check_symbols("\fclass A:\n\f    x = 'é'\n\n    \fy = '🚀'\n", "0 A:0 x:1 y:3");
    check_symbols("class A:\n\tdef é(self):\n\t\tpass\n\n        x = '🚀'\n", "0 A:0 é:1 x:4");
    check_symbols("x = 1 + \\\n2\ndef \\\n  é(): pass\n", "0 x:0 é:3");
    check_symbols("def é(\na,\nb\n):\n    return (a\n+ b)\nx = '🚀'\n", "0 é:0 x:6");
    check_symbols("if é:\n    a = 1\n  # odd\n    b = 2\n", "0 a:1? b:3?");
    check_symbols("if TYPE_CHECKING:\n    def é(): ...\nelse:\n    class é: x = '🚀'\n", "0 é:1? é:3? x:3");
    check_symbols("x = 1\r\rclass é:\r    y = 2\r\n", "0 x:0 é:2 y:3");
}

static void type_parameters_with_defaults_break_themselves_only(void **state) {
    (void)state;
    Reading r = reading("class A[T: int = é, *Ts = *🚀]:\n    x = 1\ndef f[T = int](y: T) -> T: ...\n");
    for (uint32_t s = 1; s < r.facts->symbols.count; s++)
        buf_printf(&r.out, "%.*s ", STR_ARG(symbol_name(r.facts, &r.facts->symbols.items[s])));
    expect(&r, "A x f ");
}

/* Known gaps of the grammar, each in its smallest form; when one of these fails, a gap is closed. */
static void python_that_the_grammar_does_not_know(void **state) {
    (void)state;
    static const char *const texts[] = {
        "def é():\n    (a.\nb)\n",    /* a line in brackets that starts left of its block, behind "." or an
                                         operator */
        "x = é, *[]\n",               /* a starred display that is not the first item */
        "from __future__ import *\n", /* Python rejects it only later */
        "class A[T = é]: pass\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Reading r = reading(texts[i]);
        assert_true(r.facts->errors.count > 0);
        expect(&r, "");
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_raise),
        cmocka_unit_test(with_traceback_gives_its_receiver),
        cmocka_unit_test(raises_belong_to_the_innermost_function),
        cmocka_unit_test(functions_yield_and_return),
        cmocka_unit_test(literals_name_things),
        cmocka_unit_test(calls_have_literal_arguments),
        cmocka_unit_test(docstrings_are_assigned),
        cmocka_unit_test(docstrings_are_added_by_calls),
        cmocka_unit_test(exports_are_followed),
        cmocka_unit_test(exports_are_listed),
        cmocka_unit_test(identifiers_have_roles),
        cmocka_unit_test(new_syntax_has_roles),
        cmocka_unit_test(type_aliases_have_a_scope_for_their_parameters),
        cmocka_unit_test(misread_syntax_has_roles),
        cmocka_unit_test(a_dot_takes_no_name_of_the_next_line),
        cmocka_unit_test(an_import_takes_no_name_of_the_next_line),
        cmocka_unit_test(layout_is_read_as_python_reads_it),
        cmocka_unit_test(python_that_the_grammar_does_not_know),
        cmocka_unit_test(type_parameters_with_defaults_break_themselves_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
