/* What is read of texts that do not parse. */
#include "facts_text.h"
#include "fixture.h"

/* The names of classes and functions, with how many parameters each has, in brackets behind what they lie in.
 */
static void put_nested(const Facts *facts, StrBuf *out) {
    uint32_t around = 0;
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        if (symbol->kind < SYMBOL_CLASS) continue;
        for (; around > symbol->parent; around = facts->symbols.items[around].parent)
            buf_append_byte(out, ')');
        buf_printf(out, "%.*s/%u(", STR_ARG(symbol_name(facts, symbol)), symbol->params.count);
        around = s;
    }
    for (; around; around = facts->symbols.items[around].parent) buf_append_byte(out, ')');
}

static void what_a_statement_lacks_is_put_in(void **state) {
    (void)state;
    static const struct {
        const char *text, *nested;
    } cases[] = {
        {"def f(é, b: int = 1)\n    '🚀'\n    def g(): ...\ndef h(): ...\n", "f/2(g/0())h/0()"},
        {"def f(é)  # 🚀\n    def g(): ...\n", "f/1(g/0())"},
        {"def f(é) -> 'é🚀'\n\n    def g(): ...\n", "f/1(g/0())"},
        {"async def f(é)\n    def g(): ...\n", "f/1(g/0())"},
        {"def f\n    def g(é): ...\n", "f/0(g/1())"},
        {"def f(é)", "f/1()"},
        {"class A(B)\n    'é🚀'\n    def m(self)\n        pass\n    def n(self): ...\n", "A/0(m/1()n/1())"},
        {"class A\n    def m(self,\n    def n(é): ...\ndef h(): ...\n", "A/0(m/1()n/1())h/0()"},
        {"def f(é):\n    def g(\n    y = é\n    def h(): ...\n    return y\n", "f/1(g/0()h/0())"},
        {"def f(é):\n    def g(a, b\n        return a\n    def h(): ...\n", "f/1(g/2()h/0())"},
        {"def f(é):\n    if é\n        pass\n    for i in é\n        pass\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    try\n        pass\n    finally\n        pass\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    match é\n        case '🚀'\n            pass\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    print(é.\n    x = [é,\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    if isinstance(é, A) and é.\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    print(é.)\n    def h(): ...\n", "f/1(h/0())"},
        {"def f(é):\n    é(\n    é(1)\n    é(2)\n    def h(): ...\n", "f/1(h/0())"},
    };
    Parser *parser = parser_new();
    StrBuf nested;
    buf_init(&nested);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Facts *facts = parser_facts(parser, STR("a.py"), str_of(cases[i].text));
        buf_clear(&nested);
        put_nested(facts, &nested);
        if (facts->errors.count == 0) fail_msg("%s: it parses", cases[i].text);
        if (!str_eq(buf_str(&nested), str_of(cases[i].nested)))
            fail_msg("%s: %s", cases[i].text, nested.data);
        facts_free(facts);
    }
    buf_release(&nested);
    parser_free(parser);
}

/* Whether a text's facts have that many symbols when so many steps are allowed. */
static bool is_read(Str text, uint64_t steps, uint32_t symbols) {
    Parser *parser = parser_new();
    parser_limit(parser, steps);
    Facts *facts = parser_facts(parser, STR("x.py"), text);
    bool read = facts && facts->symbols.count >= symbols;
    if (facts) facts_free(facts);
    parser_free(parser);
    return read;
}

/* Of a text that does not parse, only its parts are read to their ends. */
static void an_open_quote_costs_little(void **state) {
    (void)state;
    enum { FUNCTIONS = 300, ALLOWED = 1500 /* a tenth of what all of it takes */ };
    StrBuf text;
    buf_init(&text);
    buf_append(&text, STR("\"\"\"\n"));
    for (int i = 0; i < FUNCTIONS; i++)
        buf_printf(&text, "def f%d(é):\n    \"\"\"🚀\"\"\"\n    return é\n\n", i);
    assert_true(is_read(buf_str(&text), ALLOWED, FUNCTIONS - 1));
    buf_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_statement_lacks_is_put_in),
        cmocka_unit_test(an_open_quote_costs_little),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
