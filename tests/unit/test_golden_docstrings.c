/* golden/docstrings/<style>-<what>/input.txt is a docstring, or a Python file whose last symbol's card is
 * asked for; expected.md and expected.txt are what must become of it. UPDATE_EXPECT=1 writes what it gives
 * now: read the difference before you commit it. */
#include "fixture.h"
#include "words.h"

#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "markdown/card.h"
#include "markdown/docstring.h"

#include <stdlib.h>

enum { CASES_AT_LEAST = 60, MUTATIONS = 60 };

static bool is_source(Str text) {
    return str_starts_with(text, STR("def ")) || str_starts_with(text, STR("class ")) ||
           str_starts_with(text, STR("import ")) || str_starts_with(text, STR("from ")) ||
           str_starts_with(text, STR("@"));
}

static void render_doc(Str doc, WriterFormat format, StrBuf *out) {
    Writer writer;
    writer_init(&writer, out, format);
    docstring_write(&writer, doc);
}

/* The card of the symbol that ends last: the one a case is about stands at the end of its file. */
static void render_source(Str source, WriterFormat format, StrBuf *out) {
    Index *index = index_new();
    Parser *parser = parser_new();
    index_add_root(index, STR("/w"));
    FileId file =
        index_update(index, STR("/w/orchard.py"), parser_facts(parser, STR("/w/orchard.py"), source));
    const Facts *facts = index_facts(index, file);
    uint32_t last = 0;
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        bool definition = symbol->kind != SYMBOL_VARIABLE && symbol->kind != SYMBOL_MODULE;
        if (definition && !str_eq(symbol_name(facts, symbol), STR("__init__"))) last = s;
    }
    card_hover(index, (SymbolRef){file, last}, format, out);
    index_free(index);
    parser_free(parser);
}

static void render(Str input, WriterFormat format, StrBuf *out) {
    buf_clear(out);
    if (is_source(input))
        render_source(input, format, out);
    else
        render_doc(input, format, out);
}

static void check_output(const char *folder, const char *name, Str output) {
    StrBuf path, expected, why;
    buf_init(&path);
    buf_init(&expected);
    buf_init(&why);
    buf_printf(&path, "%s/%s", folder, name);
    if (getenv("UPDATE_EXPECT")) {
        assert_true(file_write(path.data, output, &why));
    } else {
        if (!file_read(path.data, 0, &expected, &why)) fail_msg("%s: %s", path.data, why.data);
        if (!str_eq(buf_str(&expected), output)) fail_msg("%s differs; UPDATE_EXPECT=1 shows how", path.data);
    }
    buf_release(&path);
    buf_release(&expected);
    buf_release(&why);
}

static const struct {
    WriterFormat format;
    const char *name;
} outputs[] = {{WRITER_MARKDOWN, "expected.md"}, {WRITER_PLAIN, "expected.txt"}};

/* What clients show raw to people's annoyance. */
static void check_clean(const char *folder, Str input, Str output) {
    static const char *const unwanted[] = {"&nbsp;", "<br", "&lt;", "&gt;", "&amp;"};
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
        bool wanted = str_find(input, str_of(unwanted[i])) != STR_NPOS;
        if (!wanted && str_find(output, str_of(unwanted[i])) != STR_NPOS)
            fail_msg("%s: %s", folder, unwanted[i]);
    }
}

static void check_case(const char *folder, Str input) {
    StrBuf output;
    buf_init(&output);
    for (size_t i = 0; i < 2; i++) {
        render(input, outputs[i].format, &output);
        check_output(folder, outputs[i].name, buf_str(&output));
        check_clean(folder, input, buf_str(&output));
    }
    buf_release(&output);
}

static void check_no_word_lost(const char *folder, Str doc) {
    StrBuf output, lost;
    buf_init(&output);
    buf_init(&lost);
    for (size_t i = 0; i < 2; i++) {
        buf_clear(&output);
        render_doc(doc, outputs[i].format, &output);
        if (words_lost(doc, buf_str(&output), &lost))
            fail_msg("%s, %s: lost%s\n--- of\n%.*s\n--- in\n%s", folder, outputs[i].name, lost.data,
                     STR_ARG(doc), output.data);
    }
    buf_release(&output);
    buf_release(&lost);
}

static uint32_t random_below(uint64_t *state, size_t below) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((*state >> 33) % (below ? below : 1));
}

static const char *const snippets[] = {"\n",
                                       "\n\n",
                                       "    ",
                                       "  ",
                                       ":",
                                       "::",
                                       "`",
                                       "``",
                                       "*",
                                       "**",
                                       "- ",
                                       ">>> ",
                                       "_",
                                       "(",
                                       ")",
                                       "[",
                                       "]",
                                       "---\n",
                                       "```",
                                       "|",
                                       ".. note:: ",
                                       "Args:\n",
                                       ":param x: ",
                                       "é",
                                       "\xF0\x9F\x9A\x80",
                                       "\t",
                                       "1. ",
                                       "Returns\n-------\n",
                                       "=====\n",
                                       "{",
                                       "}",
                                       "<",
                                       "\\",
                                       ", "};

/* Moves a place back to where a character begins: docstrings are well-formed UTF-8. */
static size_t character_start(Str s, size_t at) {
    while (at && at < s.len && ((unsigned char)s.data[at] & 0xC0) == 0x80) at--;
    return at;
}

/* Cuts something out, doubles it, or puts in what means something. */
static void mutate(StrBuf *doc, uint64_t *state) {
    size_t at = character_start(buf_str(doc), random_below(state, doc->len));
    Str rest = str_from(buf_str(doc), at),
        piece = str_slice(rest, 0, character_start(rest, random_below(state, 30)));
    char *copy = str_dup(piece);
    switch (random_below(state, 3)) {
    case 0: buf_replace(doc, at, at + piece.len, STR_NONE); break;
    case 1: buf_replace(doc, at, at, str_make(copy, piece.len)); break;
    default:
        buf_replace(doc, at, at, str_of(snippets[random_below(state, sizeof snippets / sizeof *snippets)]));
    }
    mem_free(copy);
}

static void check_mutations(const char *folder, Str doc) {
    uint64_t state = doc.len;
    StrBuf mutant;
    buf_init(&mutant);
    for (uint32_t m = 0; m < MUTATIONS; m++) {
        if (m % 8 == 0) {
            buf_clear(&mutant);
            buf_append(&mutant, doc);
        }
        mutate(&mutant, &state);
        check_no_word_lost(folder, buf_str(&mutant));
    }
    buf_release(&mutant);
}

typedef void Check(const char *folder, Str input);

static void each_case(Check *check) {
    Paths paths = {0};
    uint32_t cases = 0;
    walk_files(TEST_DATA_DIR "/golden/docstrings", &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        Str path = str_of(paths.items[i]);
        if (!str_ends_with(path, STR("/input.txt"))) continue;
        StrBuf input, why;
        buf_init(&input);
        buf_init(&why);
        assert_true(file_read(paths.items[i], 0, &input, &why));
        char *folder = str_dup(path_parent(path));
        check(folder, buf_str(&input));
        mem_free(folder);
        buf_release(&input);
        buf_release(&why);
        cases++;
    }
    paths_release(&paths);
    assert_true(cases >= CASES_AT_LEAST);
}

static void test_golden(void **state) {
    (void)state;
    each_case(check_case);
}

static void test_no_word_is_lost(void **state) {
    (void)state;
    each_case(check_no_word_lost);
}

static void test_no_word_is_lost_in_mutations(void **state) {
    (void)state;
    each_case(check_mutations);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_no_word_is_lost),
        cmocka_unit_test(test_no_word_is_lost_in_mutations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
