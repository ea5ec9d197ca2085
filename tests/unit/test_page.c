/* What no golden page shows: pages too large for viewers, names that clash, links that must hold. */
#include "fixture.h"

#include "base/intern.h"
#include "markdown/page.h"
#include "markdown/stamp.h"

enum { PAGE_LIMIT = 400000 };

typedef struct {
    Interner anchors, links;
    uint32_t pages;
    size_t largest;
    StrBuf names;
} Seen;

/* Notes every `id="…"` and every "(…#fragment)". */
static void note_page(void *context, Str path, Str bytes) {
    Seen *seen = context;
    seen->pages++;
    if (bytes.len > seen->largest) seen->largest = bytes.len;
    buf_append(&seen->names, path);
    buf_append_byte(&seen->names, '\n');
    if (str_ends_with(path, STR("_kw.md"))) assert_true(str_find(bytes, STR("id=\"used-by\"")) != STR_NPOS);
    for (size_t i = 0; i + 4 < bytes.len; i++) {
        Str rest = str_from(bytes, i);
        if (str_starts_with(rest, STR("id=\""))) {
            Str id = str_slice(rest, 4, 4 + str_find_byte(str_from(rest, 4), '"'));
            intern_id(&seen->anchors, id);
        }
        if (str_starts_with(rest, STR(".py_docs.md#"))) {
            Str fragment = str_slice(rest, 12, str_find_byte(rest, ')'));
            intern_id(&seen->links, fragment);
        }
    }
}

static void seen_init(Seen *seen) {
    *seen = (Seen){0};
    intern_init(&seen->anchors);
    intern_init(&seen->links);
    buf_init(&seen->names);
}

static void seen_release(Seen *seen) {
    intern_release(&seen->anchors);
    intern_release(&seen->links);
    buf_release(&seen->names);
}

static void render(const Index *index, Str text, Seen *seen) {
    PageConfig config = {.root = STR("/w"), .out = STR("docs"), .project = STR("w")};
    Book *book = book_new(index, &config);
    PageText page_text = {text, text, {.encoding = "utf-8"}};
    for (uint32_t i = 0; i < book->files.len; i++)
        page_render_file(book, i, &page_text, (PageSink){seen, note_page});
    for (uint32_t i = 0; i < book->folders.len; i++) page_render_folder(book, i, (PageSink){seen, note_page});
    book_free(book);
}

/* A file of `count` functions, each with a docstring of `lines` lines. */
static void check_large(unsigned count, unsigned lines) {
    StrBuf text, unit;
    buf_init(&text);
    buf_init(&unit);
    buf_append(&unit, STR("== big.py\n"));
    for (unsigned f = 0; f < count; f++) {
        buf_printf(&text, "def function_%u(é: int = %u):\n    \"\"\"Function %u. 🚀\n\n", f, f, f);
        for (unsigned l = 0; l < lines; l++) buf_printf(&text, "    Line %u of what it does.\n", l);
        buf_append(&text, STR("    \"\"\"\n\n\n"));
    }
    buf_append(&unit, buf_str(&text));
    Fixture f = fixture(unit.data);
    Seen seen;
    seen_init(&seen);
    render(f.index, buf_str(&text), &seen);
    assert_true(seen.largest <= PAGE_LIMIT);
    assert_true(intern_count(&seen.links) >= (count < BOOK_ANCHORED ? count : BOOK_ANCHORED - 1));
    for (uint32_t i = 0; i < intern_count(&seen.links); i++) {
        Str link = intern_str(&seen.links, i);
        if (intern_find(&seen.anchors, link) == INTERN_NONE) fail_msg("no anchor: %.*s", STR_ARG(link));
    }
    seen_release(&seen);
    fixture_release(&f);
    buf_release(&text);
    buf_release(&unit);
}

static void test_large_pages_are_cut_down(void **state) {
    (void)state;
    check_large(10, 3);
    check_large(300, 40);
    check_large(700, 20);
    check_large(1900, 10);
    check_large(9000, 2);
}

/* Keeps the docs page. */
static void keep_docs(void *context, Str path, Str bytes) {
    if (str_ends_with(path, STR("_docs.md"))) buf_append(context, bytes);
}

/* A file of 3,273 bytes, as the reference system shows one. */
static void test_metadata(void **state) {
    (void)state;
    StrBuf text, unit, page;
    buf_init(&text);
    buf_init(&unit);
    buf_init(&page);
    buf_append(&text, STR("# Größe 🚀\n\n"));
    buf_append_repeated(&text, 'x', 3273 - 1 - text.len);
    buf_append_byte(&text, '\n');
    buf_printf(&unit, "== guide/size.md\n%s", text.data);
    Fixture f = fixture(unit.data);
    PageConfig config = {.root = STR("/w"), .out = STR("docs"), .project = STR("w")};
    Book *book = book_new(f.index, &config);
    PageText page_text = {buf_str(&text), buf_str(&text), {.encoding = "utf-8"}};
    page_render_file(book, 0, &page_text, (PageSink){&page, keep_docs});
    assert_non_null(strstr(page.data, "- **Path**: `guide/size.md`\n- **Size**: 3,273 bytes (3.20 KB)\n"
                                      "- **Type**: Markdown Documentation\n- **Extension**: `.md`\n"));
    book_free(book);
    fixture_release(&f);
    buf_release(&text);
    buf_release(&unit);
    buf_release(&page);
}

static void test_names_that_differ_by_case(void **state) {
    (void)state;
    Fixture f = fixture("== a/Case.py\nx = 1\n== a/case.py\nx = 1\n== a/CASE.py\nx = 1\n");
    Seen seen;
    seen_init(&seen);
    render(f.index, STR("x = 1\n"), &seen);
    assert_string_equal(seen.names.data,
                        "a/CASE.py_docs.md\na/CASE.py_kw.md\na/Case.py~1_docs.md\na/Case.py~1_kw.md\n"
                        "a/case.py~2_docs.md\na/case.py~2_kw.md\nindex.md\ndoc.md\nsub.md\na/index.md\n"
                        "a/doc.md\na/sub.md\n");
    seen_release(&seen);
    fixture_release(&f);
}

static void test_folders_that_differ_by_case(void **state) {
    (void)state;
    Fixture f = fixture("== Case/a.py\nx = 1\n== case/b.py\nx = 1\n");
    Seen seen;
    seen_init(&seen);
    render(f.index, STR("x = 1\n"), &seen);
    assert_non_null(strstr(seen.names.data, "Case/index.md\nCase/doc.md\nCase/sub.md\n"));
    assert_non_null(strstr(seen.names.data, "case/index~1.md\ncase/doc~1.md\ncase/sub~1.md\n"));
    seen_release(&seen);
    fixture_release(&f);
}

static void test_stamp(void **state) {
    (void)state;
    StrBuf page;
    buf_init(&page);
    buf_append(&page, STR("# É\n\n```\n<!-- headword format=1 source=0 page=0 -->\n```\n\n"));
    StrBuf stamp;
    buf_init(&stamp);
    stamp_append(&stamp, STR("source"), buf_str(&page));
    buf_printf(&page, "<!-- %s -->\n\n*Generated by Headword*\n", stamp.data);
    Stamp read;
    bool intact;
    assert_true(stamp_read(buf_str(&page), &read, &intact));
    assert_true(intact);
    page.data[3] ^= 1;
    assert_true(stamp_read(buf_str(&page), &read, &intact));
    assert_false(intact);
    page.data[3] ^= 1;
    buf_append(&page, STR("\nbelow\n"));
    assert_true(stamp_read(buf_str(&page), &read, &intact));
    assert_false(intact);
    assert_false(stamp_read(STR("# Mine\n"), &read, &intact));
    buf_release(&page);
    buf_release(&stamp);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large_pages_are_cut_down),
        cmocka_unit_test(test_metadata),
        cmocka_unit_test(test_names_that_differ_by_case),
        cmocka_unit_test(test_folders_that_differ_by_case),
        cmocka_unit_test(test_stamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
