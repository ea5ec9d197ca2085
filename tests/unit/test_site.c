/* Pages about a whole root that are too long for one page, and what only some roots have. */
#include "fixture.h"

#include "base/intern.h"
#include "markdown/page.h"

enum { PAGE_LIMIT = 400000 };

typedef struct {
    Interner paths;
    uint32_t pages;
    StrBuf text; /* of all pages */
} Seen;

static void note_page(void *context, Str path, Str bytes) {
    Seen *seen = context;
    assert_true(intern_find(&seen->paths, path) == INTERN_NONE); /* no page is written twice */
    intern_id(&seen->paths, path);
    if (str_ends_with(path, STR(".md"))) assert_true(bytes.len <= PAGE_LIMIT);
    seen->pages++;
    buf_append(&seen->text, bytes);
}

static Seen render(const Index *index) {
    Seen seen = {0};
    intern_init(&seen.paths);
    buf_init(&seen.text);
    PageConfig config = {.root = STR("/w"), .out = STR("docs"), .project = STR("é 🚀")};
    Book *book = book_new(index, &config);
    for (uint32_t i = 0; i < book->folders.len; i++)
        page_render_folder(book, i, (PageSink){&seen, note_page});
    for (uint32_t i = 0; i < PAGE_SITES; i++) page_render_site(book, i, (PageSink){&seen, note_page});
    book_free(book);
    return seen;
}

static void seen_release(Seen *seen) {
    intern_release(&seen->paths);
    buf_release(&seen->text);
}

static bool has_page(const Seen *seen, const char *path) {
    return intern_find(&seen->paths, str_of(path)) != INTERN_NONE;
}

static bool has_text(const Seen *seen, const char *text) {
    return str_find(buf_str(&seen->text), str_of(text)) != STR_NPOS;
}

/* `count` functions in several files, named by first letters that are filed differently. */
static void append_functions(StrBuf *sources, unsigned count) {
    static const char *const starts[] = {"a", "_", "é", "B"};
    for (unsigned i = 0; i < count; i++) {
        if (i % 500 == 0) buf_printf(sources, "== pkg/m%u.py\n", i / 500);
        buf_printf(sources, "def %s_name_%u(): ...\n", starts[i % 4], i);
    }
}

static void test_letters(void **state) {
    (void)state;
    StrBuf sources;
    buf_init(&sources);
    append_functions(&sources, 20000);
    Fixture f = fixture(sources.data);
    Seen seen = render(f.index);
    static const char *const pages[] = {"keywords.md",      "keywords__.md",          "keywords___2.md",
                                        "keywords_a.md",    "keywords_a_2.md",        "keywords_b.md",
                                        "keywords_m.md",    "keywords_other.md",      "sub_other.md",
                                        "pkg/sub_other.md", "comprehensive_book_2.md"};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        if (!has_page(&seen, pages[i])) fail_msg("%s is missing", pages[i]);
    }
    assert_true(has_text(&seen, "- [\\_](keywords__.md), part [2](keywords___2.md): 5000\n") ||
                has_text(&seen, "- [_](keywords__.md), part [2](keywords___2.md): 5000\n"));
    seen_release(&seen);
    fixture_release(&f);
    buf_release(&sources);
}

static void test_folder_of_many_files(void **state) {
    (void)state;
    StrBuf sources, name;
    buf_init(&sources);
    buf_init(&name);
    buf_append_repeated(&name, 'n', 150);
    for (unsigned i = 0; i < 900; i++) buf_printf(&sources, "== é/%s%u.py\nx = 1\n", name.data, i);
    Fixture f = fixture(sources.data);
    Seen seen = render(f.index);
    assert_true(has_page(&seen, "é/index.md") && has_page(&seen, "é/index_2.md"));
    assert_true(has_text(&seen, "… more on the [next page](index_2.md)"));
    seen_release(&seen);
    fixture_release(&f);
    buf_release(&sources);
    buf_release(&name);
}

static void test_entry_points_and_cycles(void **state) {
    (void)state;
    Fixture f = fixture("== pkg/__main__.py\nimport pkg.a\n"
                        "== pkg/a.py\nfrom . import b\nif __name__ == '__main__': b.f()\n"
                        "== pkg/b.py\ndef f():\n    import pkg.a\n    if __name__: return 'é 🚀'\n"
                        "== pkg/c.py\nlog = get(__name__)\nif not __name__: pass\n");
    Seen seen = render(f.index);
    assert_true(has_text(&seen, "- [`pkg/__main__.py`](pkg/__main__.py_docs.md): run by"));
    assert_true(has_text(&seen, "- [`pkg/a.py`](pkg/a.py_docs.md): asks for"));
    assert_false(has_text(&seen, "- [`pkg/b.py`](pkg/b.py_docs.md): asks for"));
    assert_false(has_text(&seen, "- [`pkg/c.py`](pkg/c.py_docs.md): asks for"));
    assert_true(
        has_text(&seen, "- 2 files: [`pkg/a.py`](pkg/a.py_docs.md), [`pkg/b.py`](pkg/b.py_docs.md)\n"));
    seen_release(&seen);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters),
        cmocka_unit_test(test_folder_of_many_files),
        cmocka_unit_test(test_entry_points_and_cycles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
