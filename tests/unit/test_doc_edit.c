/* Docstrings inserted and updated: the text before, with "$" in front of the definition's name, and after. */
#include "fixture.h"
#include "words.h"

#include "markdown/check.h"
#include "markdown/doc_edit.h"

typedef enum { INSERT, UPDATE } Kind;

typedef struct {
    Fixture f;
    const Facts *facts;
    uint32_t symbol;
    DocEdit edit;
    bool made;
} Edited;

static Str text_of(const Edited *self) { return buf_str(&self->f.text); }

/* Fixtures are read line by line, so carriage returns stay. "$" before no name: the module. */
static Edited edited_by(Kind kind, DocStyle style, const char *files) {
    Edited self = {.f = fixture(files)};
    FileId file = self.f.cursor.file;
    self.facts = index_facts(self.f.index, file);
    self.symbol = facts_symbol_named_at(self.facts, self.f.cursor.offset);
    if (self.symbol == NONE) self.symbol = 0;
    DocHabit habit = {style, style == STYLE_NUMPY};
    self.made = kind == INSERT
                    ? doc_edit_insert(self.facts, self.symbol, text_of(&self), habit, false, &self.edit)
                    : doc_edit_update(self.facts, self.symbol, text_of(&self), habit, &self.edit);
    return self;
}

static void apply(const Edited *self, StrBuf *out) {
    buf_append(out, text_of(self));
    if (self->made) buf_replace(out, self->edit.range.start, self->edit.range.end, buf_str(&self->edit.text));
}

static void edited_release(Edited *self) {
    doc_edit_release(&self->edit);
    fixture_release(&self->f);
}

static void check(Kind kind, DocStyle style, const char *before, const char *after) {
    Edited edited = edited_by(kind, style, before);
    StrBuf text;
    buf_init(&text);
    apply(&edited, &text);
    assert_string_equal(text.data, after);
    buf_release(&text);
    edited_release(&edited);
}

#define CASE(name, kind, style, before, after)                                                               \
    static void name(void **state) {                                                                         \
        (void)state;                                                                                         \
        check(kind, style, before, after);                                                                   \
    }

/* --- insert ------------------------------------------------------------------------------------------ */

CASE(insert_google, INSERT, STYLE_GOOGLE,
     "x = 'é🚀'\ndef $f(a: int, b='é', *args, c=None, **kw):\n    if a: raise ValueError('🚀')\n    return b\n",
     "x = 'é🚀'\ndef f(a: int, b='é', *args, c=None, **kw):\n    \"\"\"TODO\n\n    Args:\n        a: TODO\n"
     "        b: TODO\n        *args: TODO\n        c: TODO\n        **kw: TODO\n\n    Returns:\n        "
     "TODO\n\n"
     "    Raises:\n        ValueError: TODO\n    \"\"\"\n    if a: raise ValueError('🚀')\n    return b\n")
CASE(insert_numpy, INSERT, STYLE_NUMPY,
     "class A:\n  async def $f(self, a: int, b: str = 'é') -> int:\n    return a  # 🚀\n",
     "class A:\n  async def f(self, a: int, b: str = 'é') -> int:\n    \"\"\"TODO\n\n    Parameters\n    "
     "----------\n"
     "    a : int\n      TODO\n    b : str, optional\n      TODO\n\n    Returns\n    -------\n    int\n      "
     "TODO\n"
     "    \"\"\"\n    return a  # 🚀\n")
CASE(insert_sphinx, INSERT, STYLE_SPHINX, "@é\ndef $f(a, b):\n\tyield a\n\traise é.E\n",
     "@é\ndef f(a, b):\n\t\"\"\"TODO\n\n\t:param a: TODO\n\t:param b: TODO\n\t:yields: TODO\n\t:raises é.E: "
     "TODO\n"
     "\t\"\"\"\n\tyield a\n\traise é.E\n")
CASE(insert_epytext, INSERT, STYLE_EPYTEXT, "def $f(a):\n    # é🚀\n    return a\n",
     "def f(a):\n    \"\"\"TODO\n\n    @param a: TODO\n    @returns: TODO\n    \"\"\"\n    # é🚀\n    return "
     "a\n")
CASE(insert_on_one_line, INSERT, STYLE_GOOGLE, "class A:\n    def $f(self, a): return 'é🚀'  # a\n",
     "class A:\n    def f(self, a):\n        \"\"\"TODO\n\n        Args:\n            a: TODO\n\n        "
     "Returns:\n"
     "            TODO\n        \"\"\"\n        return 'é🚀'  # a\n")
CASE(insert_stub, INSERT, STYLE_GOOGLE, "def $é(): ...\n", "def é():\n    \"\"\"TODO\"\"\"\n    ...\n")
CASE(insert_class, INSERT, STYLE_NUMPY, "class $é(dict[str, '🚀']):\n    pass\n",
     "class é(dict[str, '🚀']):\n    \"\"\"TODO\"\"\"\n    pass\n")
CASE(insert_module, INSERT, STYLE_GOOGLE, "#!/bin/é\n# 🚀\n$import os\n",
     "#!/bin/é\n# 🚀\n\"\"\"TODO\"\"\"\n\nimport os\n")
CASE(
    insert_nested, INSERT, STYLE_GOOGLE, "def f():\n    '''é'''\n    def $g(a=[':']): # 🚀:\n        pass\n",
    "def f():\n    '''é'''\n    def g(a=[':']): # 🚀:\n        '''TODO\n\n        Args:\n            a: TODO\n"
    "        '''\n        pass\n")
CASE(insert_below_long_headers, INSERT, STYLE_GOOGLE,
     "class A:\n    def $é(self,\n             x='🚀'):\n        pass\n",
     "class A:\n    def é(self,\n             x='🚀'):\n        \"\"\"TODO\n\n        Args:\n            x: "
     "TODO\n        \"\"\"\n        pass\n")
CASE(insert_half_typed, INSERT, STYLE_GOOGLE, "é = 1\ndef $f():\n", "é = 1\ndef f():\n    \"\"\"TODO\"\"\"\n")
CASE(insert_nothing, INSERT, STYLE_GOOGLE, "def $f():\n    'é🚀'\n", "def f():\n    'é🚀'\n")
CASE(insert_crlf, INSERT, STYLE_GOOGLE, "é = '🚀'\r\ndef $f(a):\r\n    pass\r\n",
     "é = '🚀'\r\ndef f(a):\r\n    \"\"\"TODO\r\n\r\n    Args:\r\n        a: TODO\r\n    \"\"\"\r\n    "
     "pass\r\n")
CASE(insert_below_the_quotes, INSERT, STYLE_GOOGLE, "def f():\n    '''\n    é🚀\n    '''\ndef $g(a): pass\n",
     "def f():\n    '''\n    é🚀\n    '''\ndef g(a):\n    '''\n    TODO\n\n    Args:\n        a: TODO\n    "
     "'''\n    pass\n")

/* --- update ------------------------------------------------------------------------------------------ */

CASE(
    update_google, UPDATE, STYLE_GOOGLE,
    "def $f(a, b: int, c=1):\n    \"\"\"É🚀.\n\n    Args:\n        c (int): the é\n            goes on\n"
    "        old: is gone\n        a (str): first\n\n    Returns:\n        🚀\n    \"\"\"\n",
    "def f(a, b: int, c=1):\n    \"\"\"É🚀.\n\n    Args:\n        a (str): first\n        b (int): TODO\n"
    "        c (int): the é\n            goes on\n        old: (removed) is gone\n\n    Returns:\n        🚀\n"
    "    \"\"\"\n")
CASE(update_numpy, UPDATE, STYLE_GOOGLE,
     "def $f(a, b: int = 2):\n    '''É🚀.\n\n    Parameters\n    ----------\n    old : int\n        gone\n    "
     "older\n"
     "        gone too\n    a : str\n        é\n    '''\n",
     "def f(a, b: int = 2):\n    '''É🚀.\n\n    Parameters\n    ----------\n    old : int, removed\n        "
     "gone\n"
     "    older : removed\n        gone too\n    a : str\n        é\n    b : int, optional\n        TODO\n   "
     " '''\n")
CASE(update_sphinx, UPDATE, STYLE_GOOGLE,
     "def $f(a, b: int, c):\n    \"\"\"É.\n\n    :param c: 🚀\n    :param a: é\n    :type a: str\n    "
     ":returns: x\n"
     "    \"\"\"\n",
     "def f(a, b: int, c):\n    \"\"\"É.\n\n    :param a: é\n    :type a: str\n    :param b: TODO\n    :type "
     "b: int\n"
     "    :param c: 🚀\n    :returns: x\n    \"\"\"\n")
CASE(update_sphinx_inside, UPDATE, STYLE_GOOGLE,
     "def $f(a, b: int):\n    \"\"\"É.\n\n    :arg str a: é🚀\n    :arg gone:\n    \"\"\"\n",
     "def f(a, b: int):\n    \"\"\"É.\n\n    :arg str a: é🚀\n    :arg gone: (removed)\n    :arg int b: "
     "TODO\n    \"\"\"\n")
CASE(update_epytext, UPDATE, STYLE_GOOGLE,
     "def $f(a, b):\n    \"\"\"É.\n\n    @param b: 🚀\n    @return: x\"\"\"\n",
     "def f(a, b):\n    \"\"\"É.\n\n    @param a: TODO\n    @param b: 🚀\n    @return: x\"\"\"\n")
CASE(update_tabs_and_crlf, UPDATE, STYLE_GOOGLE,
     "def $f(a, b):\r\n\tu'''É.\r\n\r\n\tArgs:\r\n\t\tb: 🚀\r\n\t'''\r\n",
     "def f(a, b):\r\n\tu'''É.\r\n\r\n\tArgs:\r\n\t\ta: TODO\r\n\t\tb: 🚀\r\n\t'''\r\n")
CASE(update_raw, UPDATE, STYLE_GOOGLE,
     "def $f(a, b):\n    r'''É.\n\n    Args:\n        b: \\d🚀\n        a: \\e'''\n",
     "def f(a, b):\n    r'''É.\n\n    Args:\n        a: \\e\n        b: \\d🚀'''\n")
CASE(update_keeps_quotes_apart, UPDATE, STYLE_GOOGLE,
     "def $f(a, b):\n    '''É🚀.\n\n    Args:\n        b: a 'word'\n        a: é'''\n",
     "def f(a, b):\n    '''É🚀.\n\n    Args:\n        b: a 'word'\n        a: é'''\n")
CASE(update_init_of_class, UPDATE, STYLE_GOOGLE,
     "class $A:\n    '''É🚀.\n\n    Args:\n        a: é\n    '''\n    def __init__(self, a, b): pass\n",
     "class A:\n    '''É🚀.\n\n    Args:\n        a: é\n        b: TODO\n    '''\n    def __init__(self, a, "
     "b): pass\n")
CASE(update_new_section, UPDATE, STYLE_GOOGLE, "def $f(a):\n    '''É🚀.'''\n",
     "def f(a):\n    '''É🚀.\n\n    Args:\n        a: TODO\n    '''\n")
CASE(update_new_section_before_others, UPDATE, STYLE_GOOGLE,
     "def $f(a: int):\n    '''É🚀.\n\n    Returns\n    -------\n    int\n        é\n    '''\n",
     "def f(a: int):\n    '''É🚀.\n\n    Parameters\n    ----------\n    a : int\n        TODO\n\n    "
     "Returns\n    -------\n"
     "    int\n        é\n    '''\n")
CASE(update_new_fields_before_others, UPDATE, STYLE_GOOGLE,
     "def $f(a):\n    '''É🚀.\n\n    :returns: é\n    '''\n",
     "def f(a):\n    '''É🚀.\n\n    :param a: TODO\n    :returns: é\n    '''\n")
CASE(update_nothing, UPDATE, STYLE_GOOGLE, "def $f(a, *b):\n    '''É🚀.\n\n    Args:\n        a: é\n    '''\n",
     "def f(a, *b):\n    '''É🚀.\n\n    Args:\n        a: é\n    '''\n")
CASE(insert_into_empty, INSERT, STYLE_GOOGLE, "é = 1\ndef $f(a):\n    \"\"\"  \"\"\"\n    x('🚀')\n",
     "é = 1\ndef f(a):\n    \"\"\"TODO\n\n    Args:\n        a: TODO\n    \"\"\"\n    x('🚀')\n")
CASE(insert_into_empty_inline_not, INSERT, STYLE_GOOGLE, "def $é(a): \"\"\"\"\"\"  # 🚀\n",
     "def é(a): \"\"\"\"\"\"  # 🚀\n")
CASE(update_one_quote, UPDATE, STYLE_GOOGLE, "def $é(a):\n    r'Do \\\\d 🚀.'\n    x()\n",
     "def é(a):\n    r\"\"\"Do \\\\d 🚀.\n\n    Args:\n        a: TODO\n    \"\"\"\n    x()\n")
CASE(update_inline, UPDATE, STYLE_NUMPY, "class A:\n  def $é(self, a: int): \"\"\"Do 🚀.\"\"\"\n  x = 1\n",
     "class A:\n  def é(self, a: int):\n    \"\"\"Do 🚀.\n\n    Parameters\n    ----------\n    a : int\n"
     "      TODO\n    \"\"\"\n  x = 1\n")
CASE(update_inline_one_quote, UPDATE, STYLE_SPHINX, "def $é(a): 'Do 🚀.'\n",
     "def é(a):\n    \"\"\"Do 🚀.\n\n    :param a: TODO\n    \"\"\"\n")
CASE(update_inline_not, UPDATE, STYLE_GOOGLE, "def $é(a): \"\"\"Do 🚀.\"\"\"; x()\n",
     "def é(a): \"\"\"Do 🚀.\"\"\"; x()\n")
CASE(update_quotes_inside_not, UPDATE, STYLE_GOOGLE, "def $é(a):\n    'Do \"\"\" 🚀.'\n",
     "def é(a):\n    'Do \"\"\" 🚀.'\n")
CASE(update_spaced, UPDATE, STYLE_GOOGLE,
     "def $f(a, b, c):\n    '''É.\n\n    Args:\n        a: é\n\n        c: 🚀\n    '''\n",
     "def f(a, b, c):\n    '''É.\n\n    Args:\n        a: é\n\n        b: TODO\n\n        c: 🚀\n    '''\n")
CASE(update_joined_lines_not, UPDATE, STYLE_GOOGLE,
     "def $f(a):\n    '''É🚀.\n\n        long \\\nline\n    '''\n",
     "def f(a):\n    '''É🚀.\n\n        long \\\nline\n    '''\n")
CASE(update_joined_strings_not, UPDATE, STYLE_GOOGLE, "def $f(a):\n    '''É🚀.''' 'x'\n",
     "def f(a):\n    '''É🚀.''' 'x'\n")

CASE(
    update_joint, UPDATE, STYLE_NUMPY,
    "def $f(x, z, y):\n    '''É🚀.\n\n    Parameters\n    ----------\n    z : int\n        é\n    x, y : int\n"
    "        both\n    '''\n",
    "def f(x, z, y):\n    '''É🚀.\n\n    Parameters\n    ----------\n    x, y : int\n        both\n    z : "
    "int\n"
    "        é\n    '''\n")
CASE(update_joint_partly_gone, UPDATE, STYLE_NUMPY,
     "def $f(x):\n    '''É🚀.\n\n    Parameters\n    ----------\n    w, x, *y : int\n        all é\n    '''\n",
     "def f(x):\n    '''É🚀.\n\n    Parameters\n    ----------\n    x : int\n        all é\n    w, *y : int, "
     "removed\n"
     "        all é\n    '''\n")
CASE(
    update_joint_google, UPDATE, STYLE_GOOGLE,
    "def $f(x):\r\n    '''É🚀.\r\n\r\n    Args:\r\n        x, `y` (int): é'''\r\n",
    "def f(x):\r\n    '''É🚀.\r\n\r\n    Args:\r\n        x (int): é\r\n        `y` (int): (removed) é'''\r\n")
CASE(update_stars, UPDATE, STYLE_NUMPY,
     "def $f(a, *args, b=1, **kwargs):\n    '''É🚀.\n\n    Parameters\n    ----------\n    *args, **kwargs\n"
     "        é\n    a : int\n        x\n    '''\n",
     "def f(a, *args, b=1, **kwargs):\n    '''É🚀.\n\n    Parameters\n    ----------\n    a : int\n        x\n"
     "    *args, **kwargs\n        é\n    b\n        TODO\n    '''\n")
CASE(update_stars_google, UPDATE, STYLE_GOOGLE,
     "def $f(a, *args, **kwargs):\n    '''É🚀.\n\n    Args:\n        *args, **kwargs: é\n    '''\n",
     "def f(a, *args, **kwargs):\n    '''É🚀.\n\n    Args:\n        a: TODO\n        *args, **kwargs: é\n    "
     "'''\n")
CASE(update_stars_gone, UPDATE, STYLE_GOOGLE,
     "def $f(a):\n    '''É🚀.\n\n    Args:\n        a: é\n        *args, **kwargs: 🚀\n    '''\n",
     "def f(a):\n    '''É🚀.\n\n    Args:\n        a: é\n        *args, **kwargs: (removed) 🚀\n    '''\n")
CASE(insert_dataclass, INSERT, STYLE_NUMPY,
     "@dataclass(frozen=True)\nclass $é:\n    x: int\n    y: list[str] = field(default_factory=list)\n"
     "    _z: int = 1\n    def m(self):\n        self.x = 1\n        self.w = '🚀'\n",
     "@dataclass(frozen=True)\nclass é:\n    \"\"\"TODO\n\n    Attributes\n    ----------\n    x : int\n     "
     "   TODO\n"
     "    y : list[str]\n        TODO\n    w\n        TODO\n    \"\"\"\n    x: int\n"
     "    y: list[str] = field(default_factory=list)\n    _z: int = 1\n    def m(self):\n        self.x = 1\n"
     "        self.w = '🚀'\n")
CASE(insert_attributes, INSERT, STYLE_SPHINX,
     "class $A:\n    é = '🚀'\n    é = 2\n    class B: c = 1\n    def __init__(self, a):\n        self.a, "
     "self.é = a\n",
     "class A:\n    \"\"\"TODO\n\n    :ivar é: TODO\n    :ivar a: TODO\n    \"\"\"\n    é = '🚀'\n    é = 2\n"
     "    class B: c = 1\n    def __init__(self, a):\n        self.a, self.é = a\n")
CASE(insert_members, INSERT, STYLE_GOOGLE, "class $A(Enum):\n    É = '🚀'\n    B = 2\n",
     "class A(Enum):\n    \"\"\"TODO\n\n    Attributes:\n        É: TODO\n        B: TODO\n    \"\"\"\n    É "
     "= '🚀'\n"
     "    B = 2\n")

/* --- snippets ---------------------------------------------------------------------------------------- */

static void snippet(void **state) {
    (void)state;
    Fixture f = fixture("def $f(a: 'é🚀}'):\n    return a\n");
    const Facts *facts = index_facts(f.index, f.cursor.file);
    DocEdit edit;
    assert_true(doc_edit_insert(facts, 1, buf_str(&f.text), (DocHabit){STYLE_NUMPY, true}, true, &edit));
    assert_true(edit.snippet);
    assert_non_null(strstr(edit.text.data, "\"\"\"${1:TODO}\n"));
    assert_non_null(strstr(edit.text.data, "    ${2:TODO}\n"));
    assert_non_null(strstr(edit.text.data, "    a : 'é🚀\\}'\n"));
    doc_edit_release(&edit);
    fixture_release(&f);
}

/* --- what holds for all ------------------------------------------------------------------------------ */

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void append_item(StrBuf *out, DocStyle style, const char *name, uint32_t odd) {
    static const char *const texts[] = {"é word", "🚀 goes\n            on", "default is 3.", "a: b, `c`",
                                        "",       "say \"é\" or 'è'"};
    const char *text = texts[odd % 6];
    switch (style) {
    case STYLE_GOOGLE:
        buf_printf(out, "        %s%s: %s\n", name, odd & 8 ? " (int)" : "", *text ? text : "x");
        break;
    case STYLE_NUMPY:
        buf_printf(out, "    %s%s\n        %s\n", name, odd & 8 ? " : int, optional" : "",
                   *text ? text : "x");
        break;
    case STYLE_SPHINX: buf_printf(out, "    :param %s%s: %s\n", odd & 8 ? "int " : "", name, text); break;
    default: buf_printf(out, "    @param %s: %s\n", name, text);
    }
    if (odd & 16) buf_append(out, STR("\n"));
}

static void append_function(StrBuf *out, DocStyle style, uint32_t *seed) {
    static const char *const names[] = {"a", "b", "cc", "d_e", "é"};
    static const char *const joint[] = {"a, b", "cc, d_e", "*args, **kwargs"};
    buf_append(out, STR("def $f(z"));
    for (size_t i = 0; i < 5; i++) {
        if (next_random(seed) % 3) buf_printf(out, ", %s%s", names[i], next_random(seed) % 2 ? ": str" : "");
    }
    buf_append(out, STR("):\n    \"\"\"Says é🚀.\n\n"));
    if (style == STYLE_GOOGLE) buf_append(out, STR("    Args:\n"));
    if (style == STYLE_NUMPY) buf_append(out, STR("    Parameters\n    ----------\n"));
    for (uint32_t i = 0, count = 1 + next_random(seed) % 5; i < count; i++)
        append_item(out, style, names[(next_random(seed) + i) % 5], next_random(seed));
    if (style <= STYLE_NUMPY && next_random(seed) % 2)
        append_item(out, style, joint[next_random(seed) % 3], next_random(seed) & ~16u);
    if (next_random(seed) % 2) buf_append(out, STR("\n    More words here.\n"));
    buf_append(out, STR("    \"\"\"\n"));
}

static void replace_all(StrBuf *text, const char *what, const char *with) {
    for (size_t from = 0, at; (at = str_find(str_from(buf_str(text), from), str_of(what))) != STR_NPOS;) {
        buf_replace(text, from + at, from + at + strlen(what), str_of(with));
        from += at + strlen(with);
    }
}

/* The same definition among others, as files have it: bits of `dress` say how. */
enum { IN_CLASSES = 1, WITH_TABS = 2, WITH_CRLF = 4, RAW = 8, OTHER_QUOTES = 16, DRESSES = 32 };
static void put_on(StrBuf *text, uint32_t dress) {
    if (dress & RAW) replace_all(text, "    \"\"\"Says", "    r\"\"\"Says \\d");
    if (dress & OTHER_QUOTES) replace_all(text, "\"\"\"", "'''");
    if (dress & IN_CLASSES) {
        replace_all(text, "def $f", "@é('🚀')\nasync def $f");
        replace_all(text, "\n", "\n        ");
        buf_replace(text, 0, 0, STR("class É:\n    class Inner:\n        x = '🚀'\n        "));
        buf_append(text, STR("\n    y = 1\n"));
    }
    if (dress & WITH_TABS) replace_all(text, "    ", "\t");
    if (dress & WITH_CRLF) replace_all(text, "\n", "\r\n");
}

/* Whether a line ends otherwise than the others do. */
static bool mixes_line_ends(Str text) {
    size_t ends = 0, returns = 0;
    for (size_t i = 0; i < text.len; i++) {
        ends += text.data[i] == '\n';
        returns += text.data[i] == '\r';
    }
    return returns && returns != ends;
}

static uint32_t disagreements(const Fixture *f) {
    Findings findings;
    findings_init(&findings);
    check_docs(f->index, f->cursor.file, buf_str(&f->text),
               RULE_BIT(RULE_unknown_parameter) | RULE_BIT(RULE_missing_parameter), &findings);
    uint32_t count = findings.items.len;
    findings_release(&findings);
    return count;
}

/* Every word stays, nothing is left to complain of, and a second update changes nothing. */
static void check_update(DocStyle style, const char *source) {
    Edited once = edited_by(UPDATE, style, source);
    StrBuf text, marked, lost;
    buf_init(&text);
    buf_init(&marked);
    buf_init(&lost);
    apply(&once, &text);
    assert_int_equal(words_lost(text_of(&once), buf_str(&text), &lost), 0);
    buf_append(&marked, buf_str(&text));
    size_t name = str_find(buf_str(&marked), STR("f("));
    buf_replace(&marked, name, name, STR("$"));
    Edited twice = edited_by(UPDATE, style, marked.data);
    if (twice.made) print_message("%s\n->\n%s\n->\n%s\n", source, text.data, twice.edit.text.data);
    assert_false(twice.made);
    if (disagreements(&twice.f)) print_message("%s\n->\n%s\n", source, text.data);
    assert_int_equal(disagreements(&twice.f), 0);
    assert_int_equal(twice.facts->errors.count, 0);
    assert_false(mixes_line_ends(buf_str(&text)));
    buf_release(&text);
    buf_release(&marked);
    buf_release(&lost);
    edited_release(&once);
    edited_release(&twice);
}

/* What a client makes of a snippet whose places are left as they are. */
static void append_filled(Str snippet, StrBuf *out) {
    for (size_t i = 0; i < snippet.len; i++) {
        if (snippet.data[i] == '}') continue;
        if (str_starts_with(str_from(snippet, i), STR("${"))) {
            i += str_find_byte(str_from(snippet, i), ':');
            continue;
        }
        i += snippet.data[i] == '\\';
        buf_append_byte(out, snippet.data[i]);
    }
}

/* As a snippet it comes to the same. */
static void check_snippet(const Edited *self, DocStyle style) {
    DocEdit edit;
    StrBuf filled;
    buf_init(&filled);
    assert_true(doc_edit_insert(self->facts, self->symbol, text_of(self),
                                (DocHabit){style, style == STYLE_NUMPY}, true, &edit));
    append_filled(buf_str(&edit.text), &filled);
    if (edit.snippet) assert_string_equal(filled.data, self->edit.text.data);
    assert_int_equal(edit.range.start, self->edit.range.start);
    doc_edit_release(&edit);
    buf_release(&filled);
}

/* The text stays as it is around what is inserted; the definition has a docstring then, which agrees. */
static void check_insert(DocStyle style, const char *source) {
    Edited once = edited_by(INSERT, style, source);
    assert_true(once.made);
    check_snippet(&once, style);
    StrBuf text, marked, lost;
    buf_init(&text);
    buf_init(&marked);
    buf_init(&lost);
    apply(&once, &text);
    assert_int_equal(words_lost(text_of(&once), buf_str(&text), &lost), 0);
    buf_append(&marked, buf_str(&text));
    size_t name = str_find(buf_str(&marked), STR("f("));
    buf_replace(&marked, name, name, STR("$"));
    Edited twice = edited_by(INSERT, style, marked.data);
    if (twice.made || twice.facts->errors.count) print_message("%s\n->\n%s\n", source, text.data);
    assert_false(twice.made);
    assert_int_equal(twice.facts->errors.count, 0);
    assert_int_equal(twice.facts->tree_count, once.facts->tree_count);
    assert_int_equal(disagreements(&twice.f), 0);
    assert_false(mixes_line_ends(buf_str(&text)));
    buf_release(&text);
    buf_release(&marked);
    buf_release(&lost);
    edited_release(&once);
    edited_release(&twice);
}

static void every_insert(void **state) {
    (void)state;
    static const char *const headers[] = {
        "def $f(a, *, b: 'é🚀' = 1, **kw):", "def $f(\n    a,  # é\n    b=(1, 2),\n):",
        "def $f(self, a) -> dict[str, int]:"};
    static const char *const bodies[] = {" return 'é🚀'\n",
                                         "  # é\n    if a:\n        raise E('🚀')\n    return a\n",
                                         "\n    def g(): return 1\n\n    yield g\n", "\n    ...\n"};
    for (uint32_t i = 0; i < 4 * 3 * 4 * DRESSES; i++) {
        DocStyle style = (DocStyle)(STYLE_GOOGLE + i % 4);
        StrBuf source;
        buf_init(&source);
        buf_printf(&source, "%s%s", headers[i / 4 % 3], bodies[i / 12 % 4]);
        put_on(&source, i / 48 % DRESSES);
        check_insert(style, source.data);
        buf_release(&source);
    }
}

/* What a fix takes out is an entry; the rest of the file stays, and reads as before. */
static void check_removals(const char *source) {
    Fixture f = fixture(source);
    Findings findings;
    findings_init(&findings);
    check_docs(f.index, f.cursor.file, buf_str(&f.text), RULE_BIT(RULE_exception_not_raised), &findings);
    assert_true(findings.items.len > 0);
    for (uint32_t i = 0; i < findings.items.len; i++) {
        const Finding *it = &findings.items.items[i];
        if (it->fix_title.len == 0) continue;
        StrBuf text;
        buf_init(&text);
        buf_append(&text, buf_str(&f.text));
        Str gone = str_slice(buf_str(&text), it->fix_range.start, it->fix_range.end);
        assert_true(str_find(gone, STR("Own")) != STR_NPOS);
        assert_true(str_find(gone, STR("Kept")) == STR_NPOS && str_find(gone, STR("Says")) == STR_NPOS);
        buf_replace(&text, it->fix_range.start, it->fix_range.end, it->fix);
        Facts *facts = parser_facts(f.parser, STR("/w/main.py"), buf_str(&text));
        if (facts->errors.count) print_message("%s\n->\n%s\n", source, text.data);
        assert_int_equal(facts->errors.count, 0);
        assert_int_equal(facts->tree_count, index_facts(f.index, f.cursor.file)->tree_count);
        assert_false(mixes_line_ends(buf_str(&text)));
        facts_free(facts);
        buf_release(&text);
    }
    findings_release(&findings);
    fixture_release(&f);
}

static void every_removal(void **state) {
    (void)state;
    static const char *const docs[] = {
        "\n\n    Raises:\n        Own: é\n            🚀\n        TypeError: Kept\n    ",
        "\n\n    Raises:\n        Own: é",
        "\n\n    Raises\n    ------\n    Own\n        🚀\n\n    Notes\n    -----\n    Kept\n    ",
        "\n\n    :raises Own: é\n    :returns: Kept\n    ",
        "\n    @raise Own: 🚀",
        "\n\n    Raises:\n\n        TypeError: Kept\n\n        Own: é\n\n    Returns:\n        Kept\n    "};
    for (uint32_t i = 0; i < 6 * DRESSES; i++) {
        StrBuf source;
        buf_init(&source);
        buf_printf(&source, "def $f(a):\n    \"\"\"Says.%s\"\"\"\n    return a\n", docs[i % 6]);
        put_on(&source, i / 6 & ~(uint32_t)IN_CLASSES); /* what is decorated may raise anything */
        check_removals(source.data);
        buf_release(&source);
    }
}

static void every_update(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int i = 0; i < 1600; i++) {
        DocStyle style = (DocStyle)(STYLE_GOOGLE + i % 4);
        StrBuf source;
        buf_init(&source);
        append_function(&source, style, &seed);
        put_on(&source, next_random(&seed) % DRESSES);
        check_update(style, source.data);
        buf_release(&source);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_insert),
        cmocka_unit_test(every_removal),
        cmocka_unit_test(update_joint),
        cmocka_unit_test(update_joint_partly_gone),
        cmocka_unit_test(update_joint_google),
        cmocka_unit_test(update_stars),
        cmocka_unit_test(update_stars_google),
        cmocka_unit_test(update_stars_gone),
        cmocka_unit_test(insert_dataclass),
        cmocka_unit_test(insert_attributes),
        cmocka_unit_test(insert_members),
        cmocka_unit_test(insert_google),
        cmocka_unit_test(insert_numpy),
        cmocka_unit_test(insert_sphinx),
        cmocka_unit_test(insert_epytext),
        cmocka_unit_test(insert_on_one_line),
        cmocka_unit_test(insert_stub),
        cmocka_unit_test(insert_class),
        cmocka_unit_test(insert_module),
        cmocka_unit_test(insert_nested),
        cmocka_unit_test(insert_below_long_headers),
        cmocka_unit_test(insert_half_typed),
        cmocka_unit_test(insert_nothing),
        cmocka_unit_test(insert_crlf),
        cmocka_unit_test(insert_below_the_quotes),
        cmocka_unit_test(update_google),
        cmocka_unit_test(update_numpy),
        cmocka_unit_test(update_sphinx),
        cmocka_unit_test(update_sphinx_inside),
        cmocka_unit_test(update_epytext),
        cmocka_unit_test(update_tabs_and_crlf),
        cmocka_unit_test(update_raw),
        cmocka_unit_test(update_keeps_quotes_apart),
        cmocka_unit_test(update_init_of_class),
        cmocka_unit_test(update_new_section),
        cmocka_unit_test(update_new_section_before_others),
        cmocka_unit_test(update_new_fields_before_others),
        cmocka_unit_test(update_nothing),
        cmocka_unit_test(insert_into_empty),
        cmocka_unit_test(insert_into_empty_inline_not),
        cmocka_unit_test(update_one_quote),
        cmocka_unit_test(update_inline),
        cmocka_unit_test(update_inline_one_quote),
        cmocka_unit_test(update_inline_not),
        cmocka_unit_test(update_quotes_inside_not),
        cmocka_unit_test(update_spaced),
        cmocka_unit_test(update_joined_lines_not),
        cmocka_unit_test(update_joined_strings_not),
        cmocka_unit_test(snippet),
        cmocka_unit_test(every_update),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
