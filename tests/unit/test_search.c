/* What a search finds, and in which order: one case per rule of index/search.h. */
#include "fixture.h"

#include "index/search.h"

typedef void Search(const Index *index, SearchRequest *request, Hits *out);

static void list_hits(const Index *index, const SearchRequest *request, const Hits *hits, StrBuf *out) {
    for (uint32_t i = 0; i < hits->len; i++) {
        if (i) buf_append_byte(out, ' ');
        index_dotted_name(index, hits->items[i].ref, out);
    }
    if (request->more) buf_append(out, STR(" more"));
}

static void assert_finds(Search *search, const Index *index, SearchRequest request, const char *wanted) {
    Hits hits = {0};
    StrBuf found;
    buf_init(&found);
    search(index, &request, &hits);
    list_hits(index, &request, &hits, &found);
    assert_string_equal(found.data, wanted);
    buf_release(&found);
    ARRAY_FREE(&hits);
}

typedef struct {
    const char *query, *wanted;
    uint32_t limit, kinds;
} Case;

static void assert_cases(Search *search, const Index *index, const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        SearchRequest request = {
            .query = str_of(cases[i].query), .limit = cases[i].limit, .kinds = cases[i].kinds};
        assert_finds(search, index, request, cases[i].wanted);
    }
}

static void check(Search *search, const char *files, const Case *cases, size_t count) {
    Fixture f = fixture(files);
    assert_cases(search, f.index, cases, count);
    fixture_release(&f);
}

#define CHECK(search, files, cases) check(search, files, cases, sizeof(cases) / sizeof *(cases))

/* --- names ------------------------------------------------------------------------------------- */

static void exact_then_prefix_then_words_then_a_piece_then_letters(void **state) {
    (void)state;
    static const char files[] = "== é.py\n'''é🚀'''\ndef page(): ...\ndef page_of(): ...\ndef my_page(): ...\n"
                                "def spages(): ...\ndef pxage(): ...\ndef pag(): ...\n";
    static const Case cases[] = {{"page", "é.page é.page_of é.my_page é.spages é.pxage", 0, 0},
                                 {"page", "é.page é.page_of more", 2, 0},
                                 {"zzz", "", 0, 0}};
    CHECK(search_symbols, files, cases);
}

static void words_start_at_underscores_capitals_and_digits(void **state) {
    (void)state;
    static const char files[] = "== m.py\n'''é🚀'''\ndef generate_doc_page(): ...\nclass HttpServer: ...\n"
                                "class URLError: ...\ndef to2d(): ...\ndef größe_É(): ...\n";
    static const Case cases[] = {
        {"gdp", "m.generate_doc_page", 0, 0},
        {"gendocp", "m.generate_doc_page", 0, 0},
        {"genDoc", "m.generate_doc_page", 0, 0},
        {"HS", "m.HttpServer", 0, 0},
        {"hserv", "m.HttpServer", 0, 0},
        {"ue", "m.URLError", 0, 0},
        {"t2", "m.to2d", 0, 0},
        {"GRÖSSE_é", "m.größe_É", 0, 0},
        {"Größe", "m.größe_É", 0, 0},
        {"doc page", "m.generate_doc_page", 0, 0},
        {" http\tserver ", "m.HttpServer", 0, 0},
    };
    CHECK(search_symbols, files, cases);
}

static void letter_case_counts_when_the_query_has_capitals(void **state) {
    (void)state;
    static const char files[] = "== a.py\n'''é🚀'''\nclass Tensor: ...\ntensor = 1\ndef Conv(): ...\ndef "
                                "conv(): ...\n== b.py\ntensor = 2\n"
                                "== c.py\nfrom a import Tensor\n== d.py\nfrom a import Tensor\n";
    static const Case cases[] = {{"tensor", "a.Tensor a.tensor b.tensor", 0, 0},
                                 {"Tensor", "a.Tensor a.tensor b.tensor", 0, 0},
                                 {"TENSOR", "a.Tensor a.tensor b.tensor", 0, 0},
                                 {"conv", "a.conv a.Conv", 0, 0},
                                 {"Conv", "a.Conv a.conv", 0, 0}};
    CHECK(search_symbols, files, cases);
}

static void own_code_then_sources_then_public_names(void **state) {
    (void)state;
    static const char files[] = "== m.py\n'''é🚀'''\ndef _load(): ...\ndef load_all(): ...\n"
                                "== tests/t.py\ndef load(): ...\ndef load_x(): ...\n"
                                "== n/load.py\ndef load(): ...\ndef _load_y(): ...\ndef is_loaded(): ...\n";
    static const Case cases[] = {
        {"load", "n.load.load tests.t.load m.load_all tests.t.load_x n.load.is_loaded m._load n.load._load_y",
         0, 0},
        {"_load", "m._load n.load._load_y n.load.is_loaded", 0, 0},
    };
    Fixture f = fixture(files);
    index_add_library(f.index, STR("/lib"), false);
    index_update(f.index, STR("/lib/l.py"),
                 parser_facts(f.parser, STR("/lib/l.py"), STR("def load(): ...\n")));
    index_update(f.index, STR("/x/é.py"), parser_facts(f.parser, STR("/x/é.py"), STR("def load(): ...\n")));
    SearchRequest request = {.query = STR("load"), .limit = 3};
    assert_finds(search_symbols, f.index, request, "n.load.load tests.t.load é.load more");
    index_update(f.index, STR("/x/é.py"), NULL);
    assert_cases(search_symbols, f.index, cases, sizeof cases / sizeof *cases);
    fixture_release(&f);
}

static void definitions_and_names_in_use_come_before_the_rest(void **state) {
    (void)state;
    static const char files[] = "== a.py\n'''é🚀'''\nsend = 1\ndef send_1(): ...\ndef send_2(): ...\n"
                                "class C:\n    def send_m(self): self.send_a = 1\n"
                                "== b.py\nfrom a import send_2\n== c.py\nfrom a import send_2\n";
    static const Case cases[] = {
        {"send_", "a.send_2 a.send_1 a.C.send_m a.C.send_a", 0, 0},
        {"send_", "a.send_2 a.send_1 more", 2, 0},
        {"send", "a.C.send_m", 0, 1u << SYMBOL_METHOD},
        {"send", "a.send a.C.send_a", 0, 1u << SYMBOL_VARIABLE | 1u << SYMBOL_ATTRIBUTE},
        {"", "a.send_2 a.C more", 2, 0},
    };
    CHECK(search_symbols, files, cases);
}

static void shorter_names_and_shallower_places_come_first(void **state) {
    (void)state;
    static const char files[] =
        "== p/q/a.py\n'''é🚀'''\ndef run(): ...\ndef run_long(): ...\n== p/z.py\ndef run(): ...\n"
        "def runs(): ...\n== p/y.py\ndef outer():\n    def run(): ...\n";
    static const Case cases[] = {{"run", "p.z.run p.q.a.run p.y.outer.run p.z.runs p.q.a.run_long", 0, 0}};
    CHECK(search_symbols, files, cases);
}

/* What a library has built in is used everywhere, but not what shares its name. */
static void names_of_builtins_are_not_in_use(void **state) {
    (void)state;
    Fixture f = fixture(
        "== a.py\n'''é🚀'''\ndef isinstance(): ...\ndef send(): ...\nsend()\n== b.py\nisinstance\nsend\n"
        "== c.py\nisinstance\n== d.py\nisinstance\n== e.py\nisinstance\n== g.py\nisinstance\n== "
        "h.py\nisinstance\n");
    SearchRequest request = {.limit = 1};
    assert_finds(search_symbols, f.index, request, "a.isinstance more");
    index_add_library(f.index, STR("/lib"), false);
    index_update(f.index, STR("/lib/builtins.pyi"),
                 parser_facts(f.parser, STR("/lib/builtins.pyi"), STR("def isinstance(): ...\n")));
    assert_finds(search_symbols, f.index, request, "a.send more");
    fixture_release(&f);
}

/* --- qualified names --------------------------------------------------------------------------- */

static void qualifiers_are_answered_by_what_is_around(void **state) {
    (void)state;
    static const char files[] =
        "== torch/__init__.py\n'''é🚀'''\n== torch/nn/__init__.py\n0\n== torch/nn/modules/__init__.py\n0\n"
        "== torch/nn/modules/conv.py\nclass Conv2d:\n    def forward(self): ...\n"
        "== torch/nn/modules/module.py\nclass Module:\n    def forward(self): ...\n"
        "== torch/nn/functional.py\ndef relu(): ...\n"
        "== torch/nn/modules/act.py\nclass Tanh: ...\n== tests/nn.py\nclass Tanh: ...\n"
        "== torch/nn/quant/modules/conv.py\nclass Conv2d:\n    def forward(self): ...\n"
        "== maße.py\nclass Größe:\n    class ﬁx: ...\n    def messen(self): ...\n";
    static const Case cases[] = {
        {"größe.messen", "maße.Größe.messen", 0, 0},
        {"maße.messen", "maße.Größe.messen", 0, 0},
        {"maße.Grö.m", "maße.Größe.messen", 0, 0},
        {"große.messen", "", 0, 0},
        {"nn.Conv2d", "torch.nn.modules.conv.Conv2d torch.nn.quant.modules.conv.Conv2d", 0, 0},
        {"conv.Conv2d", "torch.nn.modules.conv.Conv2d torch.nn.quant.modules.conv.Conv2d", 0, 0},
        {"nn.Tanh", "tests.nn.Tanh torch.nn.modules.act.Tanh", 0, 0},
        {"Module.forward",
         "torch.nn.modules.module.Module.forward torch.nn.modules.conv.Conv2d.forward "
         "torch.nn.quant.modules.conv.Conv2d.forward",
         0, 0},
        {"torch.nn.functional.relu", "torch.nn.functional.relu", 0, 0},
        {"F.relu", "torch.nn.functional.relu", 0, 0},
        {"t.n.f.relu", "torch.nn.functional.relu", 0, 0},
        {"torch nn . relu", "", 0, 0},
        {"c2d.forward", "torch.nn.modules.conv.Conv2d.forward torch.nn.quant.modules.conv.Conv2d.forward", 0,
         0},
        {"Conv2d.", "torch.nn.modules.conv.Conv2d.forward torch.nn.quant.modules.conv.Conv2d.forward", 0, 0},
        {"conv.torch.Conv2d", "", 0, 0},
        {"other.forward", "", 0, 0},
        {"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.relu", "", 0, 0},
        {"..relu", "torch.nn.functional.relu", 0, 0},
    };
    CHECK(search_symbols, files, cases);
}

/* --- docstrings -------------------------------------------------------------------------------- */

static const char documented[] = "== a.py\n'''Reads things, é🚀.'''\ndef one():\n    '''Decays the rate.\n\n  "
                                 "  The LEARNING_RATE, in é🚀.\n    '''\n"
                                 "def two():\n    '''Sets the learning rate.'''\n"
                                 "def _three():\n    '''Sets the learning rate.'''\n"
                                 "class C:\n    '''Décroît ﬁnement.\n\n    The sum of its parts.'''\n"
                                 "== tests/b.py\ndef four():\n    '''Learning rates\\n\\nare tested.'''\n";

static void docstrings_have_all_words_and_summaries_come_first(void **state) {
    (void)state;
    static const Case cases[] = {
        {"learning rate", "a.two a._three tests.b.four a.one", 0, 0},
        {"RATE learn", "a.two a._three more", 2, 0},
        {"rate things", "", 0, 0},
        {"earning", "", 0, 0},
        {"things", "a", 0, 0},
        {"DÉCROÎT", "a.C", 0, 0},
        {"finement", "a.C", 0, 0},
        {"of", "a.C", 0, 0},
        {"é", "a a.one", 0, 0},
        {"learning", "", 0, 1u << SYMBOL_CLASS},
        {"", "", 0, 0},
        {"...", "", 0, 0},
    };
    CHECK(search_docs, documented, cases);
}

static void docstrings_come_behind_what_is_found(void **state) {
    (void)state;
    Fixture f = fixture(documented);
    SearchRequest request = {.query = STR("two"), .limit = 3};
    Hits hits = {0};
    search_symbols(f.index, &request, &hits);
    assert_int_equal(hits.len, 1);
    request.query = STR("learning");
    search_docs(f.index, &request, &hits);
    StrBuf found;
    buf_init(&found);
    list_hits(f.index, &request, &hits, &found);
    assert_string_equal(found.data, "a.two a._three tests.b.four more");
    buf_release(&found);
    ARRAY_FREE(&hits);
    fixture_release(&f);
}

static void the_line_with_most_words_is_shown(void **state) {
    (void)state;
    Str doc = STR("Sets the rate.\n\n  The learning rate, é🚀.  \nlearning rate");
    assert_true(str_eq(search_doc_line(doc, STR("rate learn")), STR("The learning rate, é🚀.")));
    assert_true(str_eq(search_doc_line(doc, STR("rate")), STR("Sets the rate.")));
    assert_int_equal(search_doc_line(doc, STR("none")).len, 0);
    assert_true(search_docs_is_quick(STR("of rate")));
    assert_false(search_docs_is_quick(STR("of the")));
}

/* --- near misses ------------------------------------------------------------------------------- */

static void assert_nearest(const Index *index, const char *query, const char *wanted) {
    uint32_t near[SEARCH_NEAREST], count = search_nearest(index, str_of(query), near);
    StrBuf found;
    buf_init(&found);
    for (uint32_t i = 0; i < count; i++)
        buf_printf(&found, "%s%.*s", i ? " " : "", STR_ARG(index_name(index, near[i])));
    assert_string_equal(found.data, wanted);
    buf_release(&found);
}

static void misspelled_names_are_near(void **state) {
    (void)state;
    Fixture f = fixture(
        "== a.py\n'''é🚀'''\nclass Tensor: ...\nclass Sensor: ...\nclass tensors: ...\nTensor\nunbound_x\n"
        "def größe(): ...\nclass Denser: ...\n== b.py\nTensor\nTensor\n");
    assert_nearest(f.index, "Tesnor", "Tensor Sensor tensors");
    assert_nearest(f.index, "torch.tensro", "Tensor Sensor tensors");
    assert_nearest(f.index, "grösse", "größe");
    assert_nearest(f.index, "unbound_y", "");
    assert_nearest(f.index, "xy", "");
    assert_nearest(f.index, "", "");
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_then_prefix_then_words_then_a_piece_then_letters),
        cmocka_unit_test(words_start_at_underscores_capitals_and_digits),
        cmocka_unit_test(letter_case_counts_when_the_query_has_capitals),
        cmocka_unit_test(own_code_then_sources_then_public_names),
        cmocka_unit_test(definitions_and_names_in_use_come_before_the_rest),
        cmocka_unit_test(shorter_names_and_shallower_places_come_first),
        cmocka_unit_test(names_of_builtins_are_not_in_use),
        cmocka_unit_test(qualifiers_are_answered_by_what_is_around),
        cmocka_unit_test(docstrings_have_all_words_and_summaries_come_first),
        cmocka_unit_test(docstrings_come_behind_what_is_found),
        cmocka_unit_test(the_line_with_most_words_is_shown),
        cmocka_unit_test(misspelled_names_are_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
