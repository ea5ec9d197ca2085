/* Facts made from edits equal facts made from scratch. */
#include "facts_text.h"
#include "fixture.h"

#include <stdlib.h>

static const char *const statements[] = {
    "def f(a, *b: int = 1, **c) -> str:\n    '''Doc é 🚀'''\n    return a.b\n",
    "class A(B, metaclass=M):\n    x: int = 1\n    def g(self): self.y = lambda z: z + x\n",
    "@deco(1)\nasync def h(): ...\n",
    "import os.path as p, sys\n",
    "from . import (a, b as c)\n",
    "if x:\n    y = 1\nelse:\n    import z\n",
    "# TODO: é\n",
    "__all__ = ['f', 'A']\n",
    "__all__ += ['é']; __all__.remove('f')\n",
    "def r():\n    raise E(1) from é\n    def s(): raise\n    return 1\n",
    "type é[T, *U] = list[T]; type(x).y = -1\n",
    "getenv('A', default=g('b', None))\n",
    "f.__doc__ = 'é' + x\nadd_docstr(a.b, 'é 🚀')\n",
    "x = [i for i in x if (k := i)]\r\n",
    "os.environ['HOME']\n",
    "print(f'{x!r:>{w}}')\n",
    "match x:\n    case [a, *b]: pass\n",
    "try:\n    a\nexcept E as e:\n    b\n",
    "\n",
    "x, (y, z) = 1, é; q += 1\n",
    "with open('🚀') as h, i as (j, k):\n    j.w = 1\n",
    "def r(x: 'A', y=A()):\n    if isinstance(x, A): return [x.a().b]\n    for é, i in y: yield é\n",
    "for a, b in f().g: c: A = d = a or b[0]\n",
    "\"\"\"text\n  more é\n\"\"\"\n",
    "class P:\n    '''é'''\n    a = 1\n    def m(self):\n        self.q = self.y = 1\n\n    # XXX é\n    "
    "@deco\n"
    "    def n(self): self.q = 2\n    class Q[T](A, k=lambda: 1):\n        def o(self): self.y = 1\n        "
    "z = 1\n"
    "    def last(self):\n        return 1\n        # 🚀\n",
    "@deco(lambda: 1)\nclass R:\n    def m(self): self.y = 1\n    def n(self): self.y = [2]\n",
    "    def k(self, é=1):\n        self.y = self.q = 2\n        if isinstance(x, A): return x\n",
    "    b: int = 1  # é\n",
    "        pass\n",
    "    # TODO: 🚀\n",
    "    '''doc'''\n",
    "    import b.c as d; e = 1\n",
    "#: é 🚀\n#: two\nv = 1  #: é\nw: int = (\n)\n\"\"\"of w\"\"\"\n",
    "    v: int  #: é\n    \"\"\"of v\"\"\"\n    #: 🚀\n",
    "        self.y = 1\n        \"\"\"of y\"\"\"\n        #: é\n",
};
static const char *const fragments[] = {
    " ", "    ", "x", "é", "🚀",  "'''", "\"",   "(",  ")",  "[", ":", "\r", "\\\n", "\t", "else:\n    q\n",
    ";", ",",    "=", "@", ".y", "(1)", "def ", "_a", "#:", "",  "",  "",
};
enum {
    STATEMENTS = sizeof statements / sizeof *statements,
    FRAGMENTS = sizeof fragments / sizeof *fragments
};

static uint32_t next_random(uint32_t *state) { return *state = *state * 1664525u + 1013904223u, *state >> 8; }

static size_t character_start(Str text, size_t at) {
    while (at > 0 && at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80) at--;
    return at;
}

static size_t line_start(Str text, size_t at) {
    while (at > 0 && text.data[at - 1] != '\n') at--;
    return at;
}

static void random_edit(uint32_t *seed, StrBuf *text) {
    if (next_random(seed) % 2) { /* whole lines */
        size_t line = line_start(buf_str(text), next_random(seed) % (text->len + 1));
        buf_replace(text, line, line, str_of(statements[next_random(seed) % STATEMENTS]));
        return;
    }
    size_t start = character_start(buf_str(text), next_random(seed) % (text->len + 1)), end = start;
    if (next_random(seed) % 3 == 0)
        end = character_start(buf_str(text), start + next_random(seed) % (text->len - start + 1) % 40);
    if (end < start) end = start;
    buf_replace(text, start, end, str_of(fragments[next_random(seed) % FRAGMENTS]));
}

/* A text that is edited, what is read of it edit by edit, and what is read of it from scratch. */
typedef struct {
    StrBuf text, live, fresh;
    Parser *parser;
    Syntax *syntax;
    Facts *last;
    bool exact;
    uint32_t compared;
} Session;

static void session_init(Session *self) {
    *self = (Session){.parser = parser_new(), .exact = true};
    buf_init(&self->text);
    buf_init(&self->live);
    buf_init(&self->fresh);
}

static void session_forget(Session *self) {
    facts_free(self->last);
    syntax_free(self->syntax);
    self->last = NULL;
    self->syntax = syntax_new();
    self->exact = true;
    buf_clear(&self->text);
}

static void session_release(Session *self) {
    facts_free(self->last);
    syntax_free(self->syntax);
    parser_free(self->parser);
    buf_release(&self->text);
    buf_release(&self->live);
    buf_release(&self->fresh);
}

static void check_places(const Facts *facts, size_t len) {
    for (uint32_t i = 0; i < facts->symbols.count; i++) {
        Range range = facts->symbols.items[i].range;
        assert_true(range.start <= range.end && range.end <= len);
        assert_true(facts->symbols.items[i].name_start <= len);
    }
    for (uint32_t i = 0; i < facts->occurrences.count; i++) {
        assert_true(facts->occurrences.items[i].start <= len);
        assert_true(i == 0 || facts->occurrences.items[i - 1].start <= facts->occurrences.items[i].start);
    }
    assert_int_equal(facts->lines.len, len);
}

/* Reads the text as it is now; what claims to be exact is compared. False when the text is broken. */
static bool session_read(Session *self, bool whole) {
    Str text = buf_str(&self->text);
    bool exact;
    Facts *now =
        syntax_facts(self->syntax, self->parser, STR("x.py"), text, whole ? NULL : self->last, &exact);
    self->exact = whole || (self->exact && exact);
    facts_free(self->last);
    self->last = now;
    check_places(now, text.len);
    Facts *wanted = parser_facts(self->parser, STR("x.py"), text);
    bool broken = wanted->errors.count > 0;
    if (self->exact) {
        facts_describe(now, &self->live);
        facts_describe(wanted, &self->fresh);
        if (strcmp(self->live.data, self->fresh.data) != 0) fprintf(stderr, "%.*s\n", STR_ARG(text));
        assert_string_equal(self->live.data, self->fresh.data);
        self->compared++;
    }
    facts_free(wanted);
    return !broken;
}

static void edits_lead_to_the_facts_of_the_text(void **state) {
    (void)state;
    StrBuf undo;
    buf_init(&undo);
    Session session;
    session_init(&session);
    for (uint32_t round = 1; round <= 25; round++) {
        uint32_t seed = round * 7919;
        session_forget(&session);
        for (int i = 0; i < 12; i++)
            buf_append(&session.text, str_of(statements[next_random(&seed) % STATEMENTS]));
        session_read(&session, true);
        for (int edit = 0; edit < 60; edit++) {
            buf_clear(&undo);
            buf_append(&undo, buf_str(&session.text));
            random_edit(&seed, &session.text);
            if (session_read(&session, false)) continue;
            buf_clear(&session.text); /* the edit broke the syntax: take it back */
            buf_append(&session.text, buf_str(&undo));
            session_read(&session, false);
            if (!session.exact) session_read(&session, true); /* a pause */
        }
    }
    assert_true(session.compared > 1000);
    session_release(&session);
    buf_release(&undo);
}

/* Members of classes that calls make move with what is typed before and in them. */
static void members_in_strings_move_with_edits(void **state) {
    (void)state;
    static const struct {
        const char *behind, *typed;
    } edits[] = {
        {"a = ", "2"}, {"'P', 'é", " y"}, {"'Q', [", "('z', A), "}, {"🚀", "\nb = 1\n"}, {"'RED'", ", 'é'"},
    };
    Session session;
    session_init(&session);
    session_forget(&session);
    buf_append(&session.text,
               STR("a = 1\nP = namedtuple('P', 'é x')\nQ = NamedTuple('Q', [('x', int)])\n# 🚀\n"
                   "R = Enum('R', ['RED'])\nclass A:\n    S = TypedDict('S', {'x': A})\n"));
    session_read(&session, true);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        Str behind = str_of(edits[i].behind);
        size_t at = str_find(buf_str(&session.text), behind) + behind.len;
        buf_replace(&session.text, at, at, str_of(edits[i].typed));
        session_read(&session, false);
        assert_true(session.exact);
    }
    session_release(&session);
}

static void delete (Session *self, const char *piece) {
    size_t at = str_find(buf_str(&self->text), str_of(piece));
    buf_replace(&self->text, at, at + strlen(piece), STR(""));
    session_read(self, false);
}

/* What stands before a string says whether it is a docstring, and what stands beside a variable documents it.
 */
static void strings_document_what_stands_before_them(void **state) {
    (void)state;
    Session session;
    session_init(&session);
    session_forget(&session);
    buf_append(&session.text,
               STR("# é\n\"\"\"Doc 🚀\"\"\"\nx = 1\ny = 2\n\"\"\"Of é.\"\"\"\n#: Of z.\nz = 3\n"));
    session_read(&session, true);
    delete (&session, "# é\n");
    assert_string_equal(session.last->symbols.items[0].doc.len ? "kept" : "lost", "kept");
    delete (&session, "y = 2\n");
    delete (&session, "#: Of z.\n");
    delete (&session, "\"\"\"Of é.\"\"\"\n");
    delete (&session, "\"\"\"Doc 🚀\"\"\"\n");
    assert_true(session.exact && session.compared == 6);
    session_release(&session);
}

/* What a small edit decides about what is far from it. */
static void edits_that_look_small(void **state) {
    (void)state;
    static const struct {
        const char *before, *after;
    } cases[] = {
        {"class P:\n    def m():vé\n    '''of v'''\n    #", "class P:\n    def m():v#:'\n    #"},
        {"class P:\n    é=1def m(self):\n        self.q = self.y\n    #", "class P:\n    é=1#:\n    #"},
        {"class P:\n    def m():\n    #", "class P:\n    def m():\n# é 🚀\n    #"},
        {"#\n", "#\n'''é\n  🚀\n'''\n"},
        {"class A():\\\nx\n", "class A():\\\nx\nclass é(B):\n    x = 1\n"},
        {"class A():\n \\\nx\n    def g():", "class A():\n \\\nx\nclass é:\n    a = 1\n    def g():"},
        {"'''é'''\n    \\\n'''🚀'''", "'''é'''\nwith a as h:\n    j.w = 1\n    \\\n'''🚀'''"},
        {"n\n import é\".c as d\n[]=[]().y", "n\n import é\".c as d\n[]=[]().\ry"},
        {"x\n''''''class é:\n    v#é\n    '''of '''\n    #", "x\n''''''class é:\n    v#'''\n    #"},
    };
    Session session;
    session_init(&session);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        session_forget(&session);
        buf_append(&session.text, str_of(cases[i].before));
        session_read(&session, true);
        buf_clear(&session.text);
        buf_append(&session.text, str_of(cases[i].after));
        session_read(&session, false);
    }
    session_release(&session);
}

/* A function, a statement that is too large to be read for each edit, and a class. */
static void large_text(StrBuf *out) {
    buf_append(out, STR("def first(): 'é🚀'\n\nbig = [\n"));
    for (int i = 0; i < 4000; i++) buf_append(out, STR("    'é', 12,\n"));
    buf_append(out, STR("]\n\nclass Last:\n    def é(self): self.x = 1\n    def end(self): ...\n"));
}

static void insert_at(Session *self, const char *piece, size_t behind, const char *text) {
    size_t at = str_find(buf_str(&self->text), str_of(piece)) + behind;
    buf_replace(&self->text, at, at, str_of(text));
    session_read(self, false);
}

/* The parameter below has a name that occurs nowhere else, as what is broken is not read. */
static void names_of_parameters_stay(void **state) {
    (void)state;
    Session session;
    session_init(&session);
    session_forget(&session);
    buf_append(&session.text, STR("class A\n    :\n    def g():\n]def k(é):\nx = 1\n"));
    session_read(&session, true);
    insert_at(&session, "x = ", 4, "2 + ");
    insert_at(&session, "x = ", 4, "3 + ");
    const Facts *facts = session.last;
    assert_int_equal(facts->params.count, 1);
    assert_true(str_eq(facts_name(facts, facts->params.items[0].name), STR("é")));
    session_release(&session);
}

static void assert_outline(const Session *self, const char *wanted) {
    StrBuf names;
    buf_init(&names);
    Str text = buf_str(&self->text);
    for (uint32_t i = 1; i < self->last->tree_count; i++) {
        const Symbol *symbol = &self->last->symbols.items[i];
        Str name = symbol_name(self->last, symbol);
        buf_printf(&names, "%.*s ", STR_ARG(name));
        assert_true(str_eq(str_slice(text, symbol->name_start, symbol->name_start + name.len), name));
    }
    assert_string_equal(names.data, wanted);
    buf_release(&names);
}

static void what_is_too_large_for_an_edit_waits(void **state) {
    (void)state;
    Session session;
    session_init(&session);
    session_forget(&session);
    large_text(&session.text);
    session_read(&session, true);
    insert_at(&session, "12,", 0, "(🚀");
    insert_at(&session, "(🚀", 5, "[");
    assert_false(session.exact);
    assert_outline(&session, "first big Last é end ");
    insert_at(&session, "first", 5, "_é"); /* elsewhere, edits show */
    insert_at(&session, "end", 3, "ing");
    assert_outline(&session, "first_é big Last é ending ");
    session_read(&session, true);
    assert_true(session.exact);
    session_release(&session);
}

static void an_open_quote_leaves_the_outline(void **state) {
    (void)state;
    Session session;
    session_init(&session);
    session_forget(&session);
    large_text(&session.text);
    session_read(&session, true);
    static const char *const typed[] = {"\"", "\"\"", " é 🚀", "\n"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        insert_at(&session, "\nbig", 0, typed[i]);
        assert_outline(&session, "first big Last é end ");
    }
    assert_false(session.exact);
    session_release(&session);
}

/* Whether a method still is what it was: one of the class Last. */
static bool is_in_last(const Facts *facts, Str name) {
    for (uint32_t i = 1; i < facts->tree_count; i++) {
        const Symbol *symbol = &facts->symbols.items[i];
        if (str_eq(symbol_name(facts, symbol), name))
            return str_eq(symbol_name(facts, &facts->symbols.items[symbol->parent]), STR("Last"));
    }
    return false;
}

static void what_is_typed_takes_nothing_in_that_follows(void **state) {
    (void)state;
    static const char *const typed =
        "    class Fresh(Base, key=[(1, 2), {3: 4}]):\n        '''Docs.'''\n"
        "        for a, b in c: print(f\"{a!r:>{b}}\", '''\n'''\n            )\n        x: int = (yield)\n\n";
    Session session;
    session_init(&session);
    session_forget(&session);
    large_text(&session.text);
    session_read(&session, true);
    char letter[2] = {0};
    for (const char *at = typed; *at; at++) {
        letter[0] = *at;
        size_t place = str_find(buf_str(&session.text), STR("\n    def é(")) + (at == typed ? 1 : 0);
        if (at == typed) buf_replace(&session.text, place, place, STR("\n"));
        buf_replace(&session.text, place, place, str_of(letter));
        session_read(&session, false);
        assert_true(is_in_last(session.last, STR("é")));
        assert_true(is_in_last(session.last, STR("end")));
    }
    assert_outline(&session, "first big Last Fresh a b x é end ");
    session_release(&session);
}

/* «body», read from scratch in the place of a statement, leaves the outline, to which it adds a class or
 * nothing, and what holds what. */
static void assert_stays(const char *body, const char *adds) {
    Session session;
    session_init(&session);
    session_forget(&session);
    buf_printf(
        &session.text,
        "'''é 🚀'''\nimport q\n\n\ndef helper(é): ...\n\n\nclass First[T](q.é):\n    '''é'''\n\n    @q.w(\n"
        "        1)\n    def user(self, a):\n        %s\n        helper(1)\n        a.cee(2)\n\n    # 🚀\n\n"
        "    async def late(self):\n        helper(3)\n# out\n    class Inner:\n        x = 1\n\n"
        "        def m(self):\n            '''def no(): ...\ndef no(): ...\n'''\n\n        def n(self): "
        "...\n\n"
        "    @property\n    def end(self):\n        self.last = 1\n\n\n@q\n"
        "class After: pass\nif q:\n    def some(): ...\nelse:\n    def other(): ...\n"
        "first = q.w(\na = 1,\nb=2)\ndef tail(): ...\n",
        body);
    session_read(&session, true);
    if (session.last->errors.count == 0) fail_msg("%s: it parses", body);
    StrBuf outline;
    buf_init(&outline);
    buf_printf(&outline, "helper First user %slate Inner x m n end After some other first tail ", adds);
    assert_outline(&session, outline.data);
    buf_release(&outline);
    const Symbol *symbols = session.last->symbols.items;
    for (uint32_t i = 1; i < session.last->symbols.count; i++) {
        const Symbol *around = &symbols[symbols[i].parent];
        Str name = symbol_name(session.last, &symbols[i]), parent = symbol_name(session.last, around);
        if (str_eq(name, STR("user")) || str_eq(name, STR("end")) || str_eq(name, STR("last")))
            assert_true(str_eq(parent, STR("First")));
        if (str_eq(name, STR("n"))) assert_true(str_eq(parent, STR("Inner")));
        bool inside = symbols[i].range.end <= around->range.end && symbols[i].after <= around->after;
        assert_true(inside || symbols[i].parent == 0 || i >= session.last->tree_count);
    }
    session_release(&session);
}

static void what_is_broken_takes_nothing_with_it(void **state) {
    (void)state;
    static const char *const bodies[] = {
        "helper(",          "x = [",
        "x = {'é': ",       "print(",
        "return (",         "if (",
        "for x in (",       "a.cee(",
        "x = f(1, ",        "assert isinstance(a, ",
        "self.equal('🚀', ", "x = '🚀",
        "x = [q, (q.w({",   "é('''abc",
        "\"\"\"abc",        "helper)",
        "from q import (",  "def in(",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) assert_stays(bodies[i], "");
    assert_stays("class In(", "In ");
}

static void a_text_may_take_too_many_steps(void **state) {
    (void)state;
    Parser *parser = parser_new();
    parser_limit(parser, 1000);
    StrBuf text;
    buf_init(&text);
    large_text(&text);
    assert_null(parser_facts(parser, STR("x.py"), buf_str(&text)));
    Syntax *syntax = syntax_new();
    bool exact;
    Facts *facts = syntax_facts(syntax, parser, STR("x.py"), buf_str(&text), NULL, &exact);
    assert_int_equal(facts->symbols.count, 1);
    assert_int_equal(facts->lines.len, text.len);
    facts_free(facts);
    facts = parser_facts(parser, STR("x.py"), STR("é = 1\n")); /* the parser is as good as before */
    assert_int_equal(facts->symbols.count, 2);
    facts_free(facts);
    syntax_free(syntax);
    buf_release(&text);
    parser_free(parser);
}

static void a_text_without_a_front_end_has_lines(void **state) {
    (void)state;
    Parser *parser = parser_new();
    Facts *facts = parser_facts(parser, STR("notes.txt"), STR("é\n🚀\n"));
    assert_int_equal(facts->lines.count, 3);
    assert_int_equal(facts->symbols.count, 1);
    facts_free(facts);
    parser_free(parser);
}

/* «name» is found to be defined or not. */
static void assert_may_hold(const char *text, bool defined) {
    bool found = parser_may_hold(STR("a.py"), str_of(text), STR("name"), true);
    if (found != defined) fail_msg("%s: %d", text, found);
    assert_true(parser_may_hold(STR("a.py"), str_of(text), STR("name"), false));
}

static void bytes_tell_where_a_name_may_be_defined(void **state) {
    (void)state;
    static const char *const yes[] = {
        "def name(é): '🚀'",
        "class name: pass",
        "class  \\\n name(A): pass",
        "type name[T] = T",
        "name = 1",
        "a = name\t= 1",
        "name: int",
        "name += 1",
        "name //= 1",
        "name >>= 1",
        "a, name = b",
        "(a, name) = b",
        "[a, *name] = b",
        "(a,\n name # é\n) = b",
        "for name in a: pass",
        "with a as name: pass",
        "with (a as name): pass",
        "name \\\n = 1",
        "ｎａｍｅ = 1",
        "class A:\n def f(self):\n  self.name = 1",
        "class A:\n def f(me, b):\n  b, me.name = 1",
        "class A:\n def f(# é\n  me, b):\n  me.name = 1",
        "name\u00A0= 1",
    };
    static const char *const no[] = {
        "name(1)",
        "a = name (1)",
        "name.a = 1",
        "name[0] = 1",
        "a = name == 1",
        "a = name - 1",
        "'name'",
        "a = name if b else c",
        "f(b)\na.b.name = 1",
        "é = nn.name, f(nn.b)",
        "undefine name(1)",
        "a = name inside",
        "from a import name as b",
    };
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) assert_may_hold(yes[i], true);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) assert_may_hold(no[i], false);
    static const char *const none[] = {"names = 1", "a_name = 1", "name1 = 1",
                                       "Name = 1",  "",           "ｎａｍｅｓ = 1"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(parser_may_hold(STR("a.py"), str_of(none[i]), STR("name"), false));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_lead_to_the_facts_of_the_text),
        cmocka_unit_test(members_in_strings_move_with_edits),
        cmocka_unit_test(strings_document_what_stands_before_them),
        cmocka_unit_test(bytes_tell_where_a_name_may_be_defined),
        cmocka_unit_test(edits_that_look_small),
        cmocka_unit_test(names_of_parameters_stay),
        cmocka_unit_test(what_is_too_large_for_an_edit_waits),
        cmocka_unit_test(an_open_quote_leaves_the_outline),
        cmocka_unit_test(what_is_typed_takes_nothing_in_that_follows),
        cmocka_unit_test(what_is_broken_takes_nothing_with_it),
        cmocka_unit_test(a_text_may_take_too_many_steps),
        cmocka_unit_test(a_text_without_a_front_end_has_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
