#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "markdown/writer.h"

static void check(StrBuf *out, const char *expected) {
    assert_string_equal(out->data, expected);
    buf_release(out);
}

static void paragraph_is(const char *text, const char *expected) {
    StrBuf out, whole;
    buf_init(&out);
    buf_init(&whole);
    buf_printf(&whole, "%s\n", expected);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_paragraph(&writer, str_of(text));
    check(&out, whole.data);
    buf_release(&whole);
}

/* What reads well raw stays as it is. */
static void test_text_stays_readable(void **state) {
    (void)state;
    static const char *const same[] = {"snake_case_name and *args, **kwargs é 🚀",
                                       "2 * 3 < 4 & 5 > 1",
                                       "a | b",
                                       "_private and f(x)[0]",
                                       "x -> y",
                                       "50 % of $5",
                                       "~/path",
                                       "C:\\dir",
                                       "a # b",
                                       "i.e. this",
                                       "[x] y"};
    for (size_t i = 0; i + 1 < sizeof same / sizeof *same; i++) paragraph_is(same[i], same[i]);
}

static void test_text_cannot_form_structure(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"# heading", "\\# heading"},
        {"a\n===", "a\n\\==="},
        {"a\n---", "a\n\\---"},
        {"> quote", "\\> quote"},
        {"- item", "\\- item"},
        {"+ item", "\\+ item"},
        {"* item", "\\* item"},
        {"***", "\\***"},
        {"1. one", "1\\. one"},
        {"12) one", "12\\) one"},
        {"```", "\\`\\`\\`"},
        {"~~~", "\\~\\~\\~"},
        {"    code", "code"},
        {"<script>é</script> <!-- x", "\\<script>é\\</script> \\<!-- x"},
        {"&amp; &#35;", "\\&amp; \\&#35;"},
        {"*a* and _b_", "*a\\* and _b\\_"},
        {"~~x~~", "~~x\\~\\~"},
        {"$x$ and $$y$$", "$x\\$ and $$y\\$\\$"},
        {"[a](b) [c]: d", "\\[a\\](b) [c\\]: d"},
        {"`a`", "\\`a\\`"},
        {"| a |\n|---|", "\\| a |\n\\|---|"},
        {"a | b\n:-- | --:", "a | b\n\\:-- | --:"},
        {"[ ] todo", "\\[ ] todo"},
        {"a\n\n\nb", "a\nb"},
        {"ends \\", "ends \\\\"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) paragraph_is(cases[i][0], cases[i][1]);
}

static void test_ill_formed_bytes_are_replaced(void **state) {
    (void)state;
    paragraph_is("a\xff z", "a\xEF\xBF\xBD z");
}

/* A bracket at the end of one piece and a parenthesis at the start of the next make no link. */
static void test_pieces_do_not_join(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_text(&writer, STR("[a]"));
    writer_text(&writer, STR("(b) x[0]"));
    writer_close(&writer);
    check(&out, "[a]\\(b) x[0]\n");
}

static void code_is(const char *text, const char *expected) {
    StrBuf out;
    buf_init(&out);
    escape_code(&(Escaper){0}, str_of(text), &out);
    check(&out, expected);
}

static void test_code_spans(void **state) {
    (void)state;
    code_is("x*y", "`x*y`");
    code_is("a`b", "``a`b``");
    code_is("`", "`` ` ``");
    code_is("a``b`c", "```a``b`c```");
    code_is(" x ", "`  x  `");
    code_is("a\nb", "`a b`");
    code_is("", "");
}

/* "[" and code with "]:" in it would define a link, and not show. */
static void test_no_link_is_defined(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_text(&writer, STR("[é "));
    writer_code(&writer, STR("x]: y"));
    writer_close(&writer);
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_link_code(&writer, STR("x]: 🚀"), STR("y"));
    writer_text(&writer, STR(" é!"));
    writer_link_code(&writer, STR("z"), STR("y"));
    writer_close(&writer);
    check(&out, "\\[é `x]: y`\n\n[x\\]: 🚀](y) é\\![`z`](y)\n");
}

/* Readers know runs of backticks up to 80 only. */
static void test_code_spans_have_few_ticks(void **state) {
    (void)state;
    char text[101];
    memset(text, '`', 100);
    text[1] = 'x';
    text[100] = '\0';
    StrBuf out;
    buf_init(&out);
    escape_code(&(Escaper){0}, str_of(text), &out);
    assert_true(str_starts_with(buf_str(&out), STR("`` `x``")));
    assert_true(str_ends_with(buf_str(&out), STR("`` ``")));
    buf_release(&out);
}

static void test_headings_end_with_any_text(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_heading(&writer, 1, STR("é #"));
    writer_heading(&writer, 2, STR("🚀 ## "));
    writer_heading(&writer, 3, STR("C#"));
    check(&out, "# é \\#\n\n## 🚀 #\\# \n\n### C#\n");
}

static void test_text_may_end_with_its_line(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_open(&writer, BLOCK_BULLETS);
    writer_open(&writer, BLOCK_ITEM);
    writer_text(&writer, STR("é\n"));
    writer_close(&writer);
    writer_open(&writer, BLOCK_ITEM);
    writer_link_open(&writer, STR("x"));
    writer_text(&writer, STR("🚀\n"));
    writer_link_close(&writer);
    writer_close(&writer);
    writer_open(&writer, BLOCK_ITEM);
    writer_text(&writer, STR("b"));
    writer_close(&writer);
    writer_close(&writer);
    check(&out, "- é\n- [🚀\n    ](x)\n- b\n");
}

static void test_table(void **state) {
    (void)state;
    static const char *const columns[] = {"A", "B"};
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_open_table(&writer, columns, 2);
    writer_open(&writer, BLOCK_ROW);
    writer_open(&writer, BLOCK_CELL);
    writer_text(&writer, STR("a | é\nb"));
    writer_close(&writer);
    writer_open(&writer, BLOCK_CELL);
    writer_code(&writer, STR("int | None"));
    writer_close(&writer);
    writer_close(&writer);
    writer_close(&writer);
    check(&out, "| A | B |\n| --- | --- |\n| a \\| é b | `int \\| None` |\n");
}

static void test_fence_is_longer_than_its_text(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_fence(&writer, "python", STR("a\r\n````\n🚀"));
    check(&out, "`````python\na\n````\n🚀\n`````\n");
}

static void test_lists_nest(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_paragraph(&writer, STR("before"));
    writer_open(&writer, BLOCK_BULLETS);
    writer_open(&writer, BLOCK_ITEM);
    writer_text(&writer, STR("one\nmore"));
    writer_open_numbers(&writer, 3);
    writer_open(&writer, BLOCK_ITEM);
    writer_text(&writer, STR("inner"));
    writer_close(&writer);
    writer_close(&writer);
    writer_fence(&writer, "", STR("x\n\ny"));
    writer_close(&writer);
    writer_open(&writer, BLOCK_ITEM);
    writer_fence(&writer, "", STR("z"));
    writer_close(&writer);
    writer_close(&writer);
    writer_open(&writer, BLOCK_BULLETS); /* an empty list leaves no trace */
    writer_close(&writer);
    writer_paragraph(&writer, STR("after"));
    check(&out,
          "before\n\n- one\n    more\n\n    3. inner\n\n    ```\n    x\n\n    y\n    ```\n- \n    ```\n  "
          "  z\n    ```\n\n"
          "after\n");
}

static void test_links_and_anchors(void **state) {
    (void)state;
    StrBuf out, url;
    buf_init(&out);
    buf_init(&url);
    url_append_path(STR("../a b/é#%(x)[y]?.md"), &url);
    Writer writer;
    writer_init(&writer, &out, WRITER_MARKDOWN);
    writer_anchor(&writer, STR("a\"<&"));
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_link_open(&writer, buf_str(&url));
    writer_text(&writer, STR("x](y) [z"));
    writer_link_close(&writer);
    writer_link_open(&writer, STR(""));
    writer_text(&writer, STR(" none"));
    writer_link_close(&writer);
    writer_close(&writer);
    buf_release(&url);
    check(&out, "<a id=\"a&quot;&lt;&amp;\"></a>\n\n"
                "[x\\](y) \\[z](../a%20b/%C3%A9%23%25%28x%29%5By%5D%3F.md) none\n");
}

static void test_plain_text(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_PLAIN);
    writer_anchor(&writer, STR("x"));
    writer_heading(&writer, 2, STR("Title é"));
    writer_fence(&writer, "python", STR("x = `1`"));
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_strong(&writer, true);
    writer_text(&writer, STR("*a*"));
    writer_strong(&writer, false);
    writer_link_code(&writer, STR(" b_"), STR("u:v"));
    writer_close(&writer);
    check(&out, "Title é\n\nx = `1`\n\n*a* b_ (u:v)\n");
}

static void test_terminal(void **state) {
    (void)state;
    StrBuf out;
    buf_init(&out);
    Writer writer;
    writer_init(&writer, &out, WRITER_TERMINAL);
    writer_fence(&writer, "python", STR("é = 1"));
    writer_open(&writer, BLOCK_PARAGRAPH);
    writer_strong(&writer, true);
    writer_text(&writer, STR("*a*"));
    writer_strong(&writer, false);
    writer_emphasis(&writer, true);
    writer_text(&writer, STR(" 🚀 "));
    writer_emphasis(&writer, false);
    writer_code(&writer, STR("b_"));
    writer_close(&writer);
    check(&out, "\033[36mé = 1\033[39m\n\n"
                "\033[1m*a*\033[22m\033[3m 🚀 \033[23m\033[36mb_\033[39m\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_stays_readable),
        cmocka_unit_test(test_text_cannot_form_structure),
        cmocka_unit_test(test_ill_formed_bytes_are_replaced),
        cmocka_unit_test(test_pieces_do_not_join),
        cmocka_unit_test(test_code_spans),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_fence_is_longer_than_its_text),
        cmocka_unit_test(test_lists_nest),
        cmocka_unit_test(test_no_link_is_defined),
        cmocka_unit_test(test_code_spans_have_few_ticks),
        cmocka_unit_test(test_headings_end_with_any_text),
        cmocka_unit_test(test_text_may_end_with_its_line),
        cmocka_unit_test(test_links_and_anchors),
        cmocka_unit_test(test_plain_text),
        cmocka_unit_test(test_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
