/* golden/pages/<case>/in/ holds a small repository, out/ the pages that it must give; the sample package is a
 * case too. UPDATE_EXPECT=1 writes what it gives now: read the difference before you commit it. */
#include "fixture.h"

#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/texts.h"
#include "markdown/card.h"
#include "markdown/page.h"
#include "markdown/rule_hits.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct {
    char in[512], out[512];
    bool update;
    uint32_t compared;
} Golden;

static void check_page(void *context, Str path, Str bytes) {
    Golden *golden = context;
    StrBuf full, expected, why;
    buf_init(&full);
    buf_init(&expected);
    buf_init(&why);
    buf_printf(&full, "%s/%.*s", golden->out, STR_ARG(path));
    if (golden->update) {
        assert_true(file_write(full.data, bytes, &why));
    } else {
        if (!file_read(full.data, 0, &expected, &why)) fail_msg("%s: %s", full.data, why.data);
        if (!str_eq(buf_str(&expected), bytes)) fail_msg("%s differs; UPDATE_EXPECT=1 shows how", full.data);
    }
    golden->compared++;
    buf_release(&full);
    buf_release(&expected);
    buf_release(&why);
}

/* The repository lies at /w whatever its place on this machine. */
static Index *read_repository(const char *in, Parser *parser, Interner *all) {
    Index *index = index_new();
    index_add_root(index, STR("/w"));
    Paths paths = {0};
    walk_files(in, &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        Str path = str_of(paths.items[i]);
        StrBuf bytes, text, why, name;
        buf_init(&bytes);
        buf_init(&text);
        buf_init(&why);
        buf_init(&name);
        assert_true(file_read(paths.items[i], 0, &bytes, &why));
        decode_text(path, buf_str(&bytes), &text);
        fixture_path(path_below(path, str_of(in)), &name);
        intern_id(all, buf_str(&name));
        if (parser_reads(path))
            index_update(index, buf_str(&name), parser_facts(parser, buf_str(&name), buf_str(&text)));
        else if (text_fitness(path, buf_str(&bytes)) == TEXT_FIT)
            index_update(index, buf_str(&name), text_facts(buf_str(&name), buf_str(&text)));
        buf_release(&bytes);
        buf_release(&text);
        buf_release(&why);
        buf_release(&name);
    }
    paths_release(&paths);
    return index;
}

static void render_file(Golden *golden, const Book *book, uint32_t file) {
    StrBuf path, bytes, text, why;
    buf_init(&path);
    buf_init(&bytes);
    buf_init(&text);
    buf_init(&why);
    buf_printf(&path, "%s/%.*s", golden->in, STR_ARG(book->files.items[file].path));
    assert_true(file_read(path.data, 0, &bytes, &why));
    Decoded decoded = decode_text(buf_str(&path), buf_str(&bytes), &text);
    PageText page_text = {buf_str(&bytes), buf_str(&text), decoded};
    page_render_file(book, file, &page_text, (PageSink){golden, check_page});
    buf_release(&path);
    buf_release(&bytes);
    buf_release(&text);
    buf_release(&why);
}

static void check_case(const char *in, const char *out) {
    Golden golden = {.update = getenv("UPDATE_EXPECT") != NULL};
    snprintf(golden.in, sizeof golden.in, "%s/%s", TEST_DATA_DIR, in);
    snprintf(golden.out, sizeof golden.out, "%s/%s", TEST_DATA_DIR, out);
    Parser *parser = parser_new();
    Interner paths;
    intern_init(&paths);
    Index *index = read_repository(golden.in, parser, &paths);
    PageConfig config = {.root = STR("/w"),
                         .paths = &paths,
                         .out = STR("docs"),
                         .project = STR("Sample"),
                         .readme_path = STR("README.md"),
                         .readme = STR("# Sämple 🚀\n\n```sh\nheadword pages\n```\n")};
    Book *book = book_new(index, &config);
    assert_true(book->files.len > 0);
    for (uint32_t i = 0; i < book->files.len; i++) render_file(&golden, book, i);
    for (uint32_t i = 0; i < book->folders.len; i++)
        page_render_folder(book, i, (PageSink){&golden, check_page});
    for (uint32_t i = 0; i < PAGE_SITES; i++) page_render_site(book, i, (PageSink){&golden, check_page});
    book_free(book);
    index_free(index);
    intern_release(&paths);
    parser_free(parser);
}

static void test_sample(void **state) {
    (void)state;
    check_case("sample", "golden/pages/sample/out");
}

static void test_hostile(void **state) {
    (void)state;
    check_case("golden/pages/hostile/in", "golden/pages/hostile/out");
}

static void test_broken(void **state) {
    (void)state;
    check_case("golden/pages/broken/in", "golden/pages/broken/out");
}

static void test_texts(void **state) {
    (void)state;
    check_case("golden/pages/texts/in", "golden/pages/texts/out");
}

static void test_shapes(void **state) {
    (void)state;
    check_case("golden/pages/shapes/in", "golden/pages/shapes/out");
}

static void read_data(const char *path, StrBuf *out) {
    StrBuf why;
    buf_init(&why);
    buf_init(out);
    if (!file_read(path, 0, out, &why)) fail_msg("%s: %s", path, why.data);
    buf_release(&why);
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= '0' && c <= '9');
}

/* Whether a text holds a name by itself, or with "*" behind it one that begins so. */
static bool holds_name(Str text, Str name) {
    bool prefix = str_ends_with(name, STR("*"));
    if (prefix) name.len--;
    for (size_t at = 0, next; (next = str_find(str_from(text, at), name)) != STR_NPOS; at++) {
        at += next;
        size_t end = at + name.len;
        if (at && is_letter(text.data[at - 1])) continue;
        if (prefix || end == text.len || !is_letter(text.data[end])) return true;
    }
    return false;
}

/* Of every rule, the case holds what it finds and what bears the name but must not be found. */
static void test_rules(void **state) {
    (void)state;
    check_case("golden/pages/rules/in", "golden/pages/rules/out");
    StrBuf hits, misses, source, item;
    read_data(TEST_DATA_DIR "/golden/pages/rules/out/hits.py_docs.md", &hits);
    read_data(TEST_DATA_DIR "/golden/pages/rules/out/misses.py_docs.md", &misses);
    read_data(TEST_DATA_DIR "/golden/pages/rules/in/misses.py", &source);
    buf_init(&item);
    for (uint32_t r = 0; r < rule_count; r++) {
        const Rule *rule = &rules[r];
        buf_clear(&item);
        buf_printf(&item, "\n- `%.*s`", STR_ARG(rule->name));
        if (str_find(buf_str(&hits), buf_str(&item)) == STR_NPOS) fail_msg("not found:%s", item.data);
        if (str_find(buf_str(&misses), buf_str(&item)) != STR_NPOS) fail_msg("found:%s", item.data);
        Str last = str_from(rule->name, str_rfind_byte(rule->name, '.') + 1);
        if (!holds_name(buf_str(&source), last)) fail_msg("no case without:%s", item.data);
        buf_clear(&item);
        buf_printf(&item, " (%s", rule->text);
        if (str_find(buf_str(&hits), buf_str(&item)) == STR_NPOS) fail_msg("not found:%s", item.data);
    }
    buf_release(&hits);
    buf_release(&misses);
    buf_release(&source);
    buf_release(&item);
}

/* The hover card of a symbol without links is what stands on its page, but for the links. */
static void test_card_is_on_the_page(void **state) {
    (void)state;
    Parser *parser = parser_new();
    Interner paths;
    intern_init(&paths);
    Index *index = read_repository(TEST_DATA_DIR "/sample", parser, &paths);
    StrBuf card, page, why;
    buf_init(&card);
    buf_init(&page);
    buf_init(&why);
    assert_true(
        file_read(TEST_DATA_DIR "/golden/pages/sample/out/orchard/harvest.py_docs.md", 0, &page, &why));
    FileId file = index_find_file(index, STR("/w/orchard/harvest.py"));
    const Facts *facts = index_facts(index, file);
    for (uint32_t s = 1; s < facts->tree_count; s++) {
        if (facts->symbols.items[s].kind != SYMBOL_FUNCTION) continue;
        buf_clear(&card);
        card_hover(index, (SymbolRef){file, s}, WRITER_MARKDOWN, &card);
        Str rest = buf_str(&card), line;
        while (str_next_line(&rest, &line)) {
            bool linked = str_find(line, STR("file://")) != STR_NPOS;
            if (!linked && str_find(buf_str(&page), line) == STR_NPOS)
                fail_msg("not on the page: %.*s", STR_ARG(line));
        }
    }
    buf_release(&card);
    buf_release(&page);
    buf_release(&why);
    index_free(index);
    intern_release(&paths);
    parser_free(parser);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sample),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_card_is_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
