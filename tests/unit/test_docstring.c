#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markdown/docstring.h"

static void render(const char *doc, WriterFormat format, StrBuf *out) {
    Writer writer;
    buf_init(out);
    writer_init(&writer, out, format);
    docstring_write(&writer, str_of(doc));
}

static const char *const markdown_cases[][2] = {
    {"Text with é 🚀 and ``code``, `name` and :func:`~pkg.f`.",
     "Text with é 🚀 and `code`, `name` and `pkg.f`.\n"},
    {"A *word* and **two words**, *args, **kwargs, __init__.",
     "A *word* and **two words**, *args, **kwargs, `__init__`.\n"},
    {"**Nodes:**\n\n(*) and (*)", "**Nodes:**\n\n(*) and (\\*)\n"},
    {"`text <https://x.org/a>`_ and [b](https://x.org/c)",
     "[text](https://x.org/a) and [b](https://x.org/c)\n"},
    {"S.\n\nArgs:\n    x (int): The é.\n        More.\n    *args: Rest.\n",
     "S.\n\n**Args**\n\n- **`x`** (`int`) – The é.\n    More.\n- **`*args`** – Rest.\n"},
    {"S.\n\nParameters\n----------\nx : int, optional\n    The x.\n\n    More.\ny\n    Bare.\n",
     "S.\n\n**Parameters**\n\n- **`x`** (`int`, optional) – The x.\n\n    More.\n- **`y`** – Bare.\n"},
    {":param int x: The x.\n:param y: The y\n    goes on.\n:returns: It.\n:rtype: str\n:odd one: z",
     "**Parameters**\n\n- **`x`** (`int`) – The x.\n- **`y`** – The y\n    goes on.\n\n**Returns**\n\n- "
     "`str` – "
     "It.\n\n**Fields**\n\n- odd one – z\n"},
    {"Ex:\n\n>>> f(\"```\")\n1\n\n>>> g()\n2\n\nEnd.",
     "Ex:\n\n````python\n>>> f(\"```\")\n1\n\n>>> g()\n2\n````\n\nEnd.\n"},
    {"Like so::\n\n    if x:\n        y\n\nEnd.", "Like so:\n\n```python\nif x:\n    y\n```\n\nEnd.\n"},
    {"- one\n  two\n- three\n\n  1. x\n  2. y\n", "- one\n    two\n- three\n    1. x\n    2. y\n"},
    {".. note:: é\n   text\n\n.. code-block:: c\n\n   int x;\n", "**Note:** é\ntext\n\n```c\nint x;\n```\n"},
    {"====  ===\na     b\n====  ===\n", "|  |  |\n| --- | --- |\n| a | b |\n"},
    {"```\nopen\n# never closed", "```\nopen\n# never closed\n```\n"},
    {"x\n\n        indented(*text*)\n", "x\n\n```\nindented(*text*)\n```\n"},
    {"S.\n\nParameters :\n------------\nx : int\n    The é.",
     "S.\n\n**Parameters**\n\n- **`x`** (`int`) – The é.\n"},
    {":returns: It é.\n:return:\n", "**Returns**\n\nIt é.\n"},
    {":return:\n:returns: It é.\n", "**Returns**\n\nIt é.\n"},
    {"# Heading\n<script>\n{{ x }}\n\nTitle\n=====\ntext",
     "**Heading**\n\n\\<script>\n{{ x }}\n\n**Title**\n\ntext\n"},
};

static void test_markdown(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof markdown_cases / sizeof *markdown_cases; i++) {
        StrBuf out;
        render(markdown_cases[i][0], WRITER_MARKDOWN, &out);
        assert_string_equal(out.data, markdown_cases[i][1]);
        buf_release(&out);
    }
}

static void test_summary(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"One é. Two.", "One é."},
        {"Goes on\nto here\n\nnot here", "Goes on to here"},
        {"Has e.g. this. Next.", "Has e.g. this."},
        {"Version 1.2 of x.y", "Version 1.2 of x.y"},
        {"=====\nTitle\n=====\n\ntext", "Title"},
        {"Args:\n    x: y", ""},
        {">>> f()", ""},
        {"f(é) -> int\nf(é, b)\n\nCounts 🚀. More.", "Counts 🚀."},
        {"f(é) is a call.", "f(é) is a call."},
        {"-----\ntext", "text"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        StrBuf out;
        buf_init(&out);
        docstring_summary(str_of(cases[i][0]), &out);
        assert_string_equal(out.data, cases[i][1]);
        buf_release(&out);
    }
}

/* Deep nesting is shown verbatim, not followed. */
static void test_deep_nesting(void **state) {
    (void)state;
    StrBuf doc, out;
    buf_init(&doc);
    for (size_t i = 0; i < 2000; i++) {
        buf_append_repeated(&doc, ' ', i * 2);
        buf_append(&doc, STR("- é\n"));
    }
    render(doc.data, WRITER_MARKDOWN, &out);
    assert_true(out.len > doc.len / 2);
    buf_release(&doc);
    buf_release(&out);
}

/* Sixteen times the text takes about sixteen times as long: what would take 256 times does not end here. */
static void test_long_docstrings(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "Args:\n",
        "Args:\n    x (int): é\n",
        ":param x: é\n:type x: int\n",
        "```\n",
        "*a ",
        "`a ",
        "[a",
        "- a\n  ",
        "x\n-\n",
        "(((",
        "::\n\n ",
        ".. note::\n  ",
        "====  ====\n",
        "| a |\n",
        "a\n    b\n",
        "{C{",
        "<http://",
        "__a",
        ":a:`b`",
        "\\*",
        ">>> a\n",
        "\n",
        "1. a\n",
        "@note: a\n",
        "+---+---+\n",
        "Returns\n-------\na : b\n",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        StrBuf doc, out;
        buf_init(&doc);
        while (doc.len < 200000) buf_append(&doc, str_of(pieces[i]));
        render(doc.data, WRITER_MARKDOWN, &out);
        buf_release(&doc);
        buf_release(&out);
    }
}

/* The styles that the sections of a docstring are in. */
static void test_style(void **state) {
    (void)state;
    static const struct {
        const char *doc;
        DocStyle style;
    } cases[] = {
        {"é", STYLE_PLAIN},
        {"é\n\nArgs:\n    x: y", STYLE_GOOGLE},
        {"é\n\nReturns\n-------\nint", STYLE_NUMPY},
        {":param x: y", STYLE_SPHINX},
        {"@param x: y", STYLE_EPYTEXT},
        {"Title\n=====\n\nArgs:\n    x: y", STYLE_GOOGLE},
        {"Returns\n-------\nint\n\nRaises\n------\nE\n\n:param x: y", STYLE_NUMPY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        DocModel model;
        docmodel_read(&model, str_of(cases[i].doc));
        assert_int_equal(model.style, cases[i].style);
        docmodel_release(&model);
    }
}

/* What items are made of, whatever the style. */
static void test_items(void **state) {
    (void)state;
    static const char *const docs[] = {
        "Args:\n    é (int, optional, default: 3): Text.",
        "Parameters\n----------\né : int, optional (default=3)\n    Text.",
        ":param é: Text.\n:type é: int, optional, default 3",
        "@type é: int, optional, default=3\n@param é: Text.",
    };
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++) {
        DocModel model;
        docmodel_read(&model, str_of(docs[i]));
        assert_int_equal(model.sections.len, 1);
        assert_int_equal(model.sections.items[0].kind, DOC_PARAMETERS);
        assert_int_equal(model.items.len, 1);
        const DocItem *item = &model.items.items[0];
        assert_true(str_eq(item->name, STR("é")) && str_eq(item->type, STR("int")));
        assert_true(item->optional && str_eq(item->value, STR("3")));
        docmodel_release(&model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown),     cmocka_unit_test(test_summary),
        cmocka_unit_test(test_deep_nesting), cmocka_unit_test(test_long_docstrings),
        cmocka_unit_test(test_style),        cmocka_unit_test(test_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
