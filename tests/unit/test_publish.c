/* Pages on disk, in a folder of their own. */
#include "site.h"

#include "index/disk/stamp.h"
#include "index/texts.h"
#include "markdown/disk/record.h"
#include "markdown/stamp.h"

static void test_second_run_writes_nothing(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    EXPECT(site, 16, 0, 0, 0, 0, 0);
}

static void test_check_writes_nothing(void **state) {
    Site *site = *state;
    site->request.check = true;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    assert_false(there(site, PAGE_PATH));
}

static void test_edit_updates_what_it_touches(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    put_source(site, "pkg/a.py", "def f(x=2):\n    \"\"\"Do é 🚀.\"\"\"\n");
    EXPECT(site, 13, 0, 3, 0, 0, 0); /* its own, and index.json, which has the signature */
}

/* The pages that a run changes, as " path path". */
static void changed_pages(Site *site, StrBuf *out) {
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    buf_clear(out);
    assert_true(publish_pages(site->index, &site->request, &result, &why));
    for (uint32_t i = 0; i < result.reports.len; i++) buf_printf(out, " %s", result.reports.items[i].path);
    publish_result_release(&result);
    buf_release(&why);
}

/* An edit in a body changes the file's own pages, and where it uses something else, what says so. */
static void test_edit_in_a_body(void **state) {
    Site *site = *state;
    StrBuf changed;
    buf_init(&changed);
    put_source(site, "pkg/b.py", "from .a import f\ndef g():\n    return 'é'\n");
    EXPECT(site, 0, 18, 0, 0, 0, 0);
    put_source(site, "pkg/b.py", "from .a import f\ndef g():\n    return '🚀'\n");
    changed_pages(site, &changed);
    assert_string_equal(changed.data, " docs/pkg/b.py_docs.md docs/pkg/b.py_kw.md");
    put_source(site, "pkg/b.py", "from .a import f\ndef g():\n    x = '🚀'; return x\n");
    changed_pages(site, &changed);
    assert_string_equal(changed.data, " docs/pkg/b.py_docs.md docs/pkg/b.py_kw.md");
    put_source(site, "pkg/b.py", "from .a import f\ndef g():\n    return f('🚀')\n");
    changed_pages(site, &changed);
    assert_string_equal(changed.data, " docs/pkg/a.py_docs.md docs/pkg/a.py_kw.md docs/pkg/b.py_docs.md "
                                      "docs/pkg/b.py_kw.md docs/pkg/doc.md");
    put_source(site, "pkg/b.py", "from .a import f\ndef g():\n\n    return f('🚀')\n");
    changed_pages(site, &changed);
    assert_string_equal(changed.data, " docs/pkg/b.py_docs.md docs/pkg/b.py_kw.md");
    buf_release(&changed);
}

static void put_text(const Site *site, const char *path, const char *text) {
    StrBuf full;
    put(site, path, text);
    site_path(site, path, &full);
    index_update(site->index, buf_str(&full), text_facts(buf_str(&full), str_of(text)));
    buf_release(&full);
}

/* What is written in a text is said on its own pages. */
static void test_edit_in_a_text(void **state) {
    Site *site = *state;
    static const char path[] = "pkg/README.md";
    StrBuf changed;
    buf_init(&changed);
    for (int i = 0; i < 2; i++) {
        put_text(site, path, i ? "# é 🚀\n\nSee `f`.\n\nOnce\nmore.\n" : "# é 🚀\n\nSee `f`.\n\nOnce.\n");
        changed_pages(site, &changed);
    }
    assert_string_equal(changed.data, " docs/pkg/README.md_docs.md docs/pkg/README.md_kw.md");
    buf_release(&changed);
}

/* A stub beside a source: the source's page shows the signature as written, and then the stub's, once. */
static void test_signatures_of_stubs(void **state) {
    Site *site = *state;
    put_source(site, "m.py", "class A(dict):\n    def f(self, x, é=3, **kw): '🚀'\n");
    put_source(site, "m.pyi",
               "class A:\n    @overload\n    def f(self, x: int) -> int: ...\n"
               "    @overload\n    def f(self, x: str) -> str: ...\n");
    put_text(site, "README.md", "# é🚀\n\nSee `A.f`.\n");
    EXPECT(site, 0, 22, 0, 0, 0, 0);
    assert_true(page_has(site, "docs/m.py_docs.md",
                         "```python\ndef f(self, x, é=3, **kw)\n```\n\nmethod of [`m.A`](#m.A), "
                         "[`m.py:2`](../m.py#L2)\n\nIn its stub, [`m.pyi:3`](../m.pyi#L3):\n\n```python\n"
                         "def f(self, x: int) -> int\ndef f(self, x: str) -> str\n```\n\n🚀\n"));
    assert_true(page_has(site, "docs/m.pyi_docs.md", "def f(self, x: int) -> int\n```"));
    assert_true(page_has(site, "docs/README.md_docs.md", "[`m.A.f`](m.py_docs.md#m.A.f)"));
}

static void test_thread_count_does_not_show(void **state) {
    Site *site = *state;
    site->request.jobs = 1;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    site->request.jobs = 7;
    EXPECT(site, 16, 0, 0, 0, 0, 0);
}

static void test_hand_edits_are_refused(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    replace_in(site, PAGE_PATH, "Do é 🚀.", "Mine.");
    EXPECT(site, 15, 0, 0, 0, 1, 0);
    assert_true(page_has(site, PAGE_PATH, "Mine."));
    site->request.force = true;
    EXPECT(site, 15, 0, 1, 0, 0, 0);
    assert_true(page_has(site, "docs/pkg/a.py_docs.md.orig", "Mine."));
    assert_false(page_has(site, PAGE_PATH, "Mine."));
}

/* Copies are never replaced: neither by a later one nor where somebody else keeps one. */
static void test_copies_of_hand_edits_stay(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    put(site, "docs/pkg/a.py_docs.md.orig", "Another's: é 🚀.\n");
    site->request.force = true;
    replace_in(site, PAGE_PATH, "Do é 🚀.", "First.");
    EXPECT(site, 15, 0, 1, 0, 0, 0);
    replace_in(site, PAGE_PATH, "Do é 🚀.", "Second.");
    EXPECT(site, 15, 0, 1, 0, 0, 0);
    assert_true(page_has(site, "docs/pkg/a.py_docs.md.orig", "Another's: é 🚀.\n"));
    assert_true(page_has(site, "docs/pkg/a.py_docs.md.orig.2", "First."));
    assert_true(page_has(site, "docs/pkg/a.py_docs.md.orig.3", "Second."));
}

static void test_kept_blocks_survive(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    static const char kept[] = "## File Purpose\n\n<!-- headword:keep why -->\nBy hand: é 🚀\n\n# even this\n"
                               "<!-- headword:end -->\n";
    replace_in(site, PAGE_PATH, "## File Purpose\n", kept);
    EXPECT(site, 16, 0, 0, 0, 0, 0);
    put_source(site, "pkg/a.py", "def g(y):\n    pass\n");
    EXPECT(site, 4, 0, 12, 0, 0, 0);
    assert_true(page_has(site, PAGE_PATH, kept));
    assert_true(page_has(site, PAGE_PATH, "def g(y)"));
    EXPECT(site, 16, 0, 0, 0, 0, 0);
}

/* A block that is never ended swallows the stamp. */
static void test_a_kept_block_without_an_end_is_told(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    replace_in(site, PAGE_PATH, "## File Purpose\n", "## File Purpose\n\n<!-- headword:keep é -->\nMine.\n");
    site->request.force = true;
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    assert_true(publish_pages(site->index, &site->request, &result, &why));
    assert_int_equal(result.counts[PAGE_REFUSED], 1);
    assert_string_equal(
        result.reports.items[0].reason,
        "<!-- headword:keep é --> has no <!-- headword:end --> behind it, on a line of its own: "
        "left alone");
    assert_true(page_has(site, PAGE_PATH, "Mine."));
    publish_result_release(&result);
    buf_release(&why);
}

/* What is behind the stamp in its line belongs to no hash. */
static void test_the_line_of_the_stamp_is_not_replaced(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    replace_in(site, PAGE_PATH, " -->\n\n*Generated", " --> Mine: é 🚀.\n\n*Generated");
    EXPECT(site, 15, 0, 0, 0, 1, 0);
    assert_true(page_has(site, PAGE_PATH, "Mine: é 🚀."));
}

static void test_foreign_files_stay(void **state) {
    Site *site = *state;
    put(site, PAGE_PATH, "# My own page\n");
    put(site, "docs/notes.md", "# Notes\n");
    site->request.force = true;
    EXPECT(site, 0, 15, 0, 0, 1, 0);
    assert_true(page_has(site, PAGE_PATH, "# My own page\n"));
    assert_true(there(site, "docs/notes.md"));
}

/* Gives the sources' facts the stamps that they have when they are read from the disk. */
static void stamp_sources(const Site *site, uint64_t salt) {
    for (FileId file = 0; file < index_file_end(site->index); file++)
        index_restamp(site->index, file, (FileStamp){.changed = 1, .hash = file + 1 + salt});
}

static bool note_work(void *context, uint32_t done, uint32_t total) {
    (void)done, (void)total;
    *(bool *)context = true;
    return true;
}

/* Publishes; whether anything was rendered. */
static bool renders(Site *site, const uint32_t (*counts)[PAGE_STATES]) {
    bool worked = false;
    site->request.context = &worked;
    site->request.progress = note_work;
    expect(site, counts);
    return worked;
}
#define RENDERS(site, ...) renders(site, &(const uint32_t[PAGE_STATES]){__VA_ARGS__})

static void remember(Site *site) {
    setenv("XDG_CACHE_HOME", site->root, 1);
    site->request.remembers = true;
    stamp_sources(site, 0);
    assert_true(RENDERS(site, 0, 16, 0, 0, 0, 0));
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
}

static void test_remembered_pages_are_not_rendered(void **state) {
    Site *site = *state;
    remember(site);
    site->request.check = true;
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
    record_forget(str_of(site->root));
    assert_true(RENDERS(site, 16, 0, 0, 0, 0, 0));
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
}

static void test_what_changed_is_rendered(void **state) {
    Site *site = *state;
    remember(site);
    put_source(site, "pkg/a.py", "def f(x=2):\n    \"\"\"Do é 🚀.\"\"\"\n");
    stamp_sources(site, 7);
    assert_true(RENDERS(site, 13, 0, 3, 0, 0, 0));
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
    site->request.config.project = STR("other");
    assert_true(RENDERS(site, 4, 0, 12, 0, 0, 0));
    put(site, "README.md", "é 🚀\n");
    assert_true(RENDERS(site, 15, 0, 1, 0, 0, 0));
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
}

static bool note_total(void *context, uint32_t done, uint32_t total) {
    (void)done;
    *(uint32_t *)context = total;
    return true;
}

/* Gives the source its stamp, publishes by the record, and checks that nothing else would be written without
 * it. Returns how many files, folders and pages about everything were rendered. */
static uint32_t edit(Site *site, const char *path, const char *text) {
    StrBuf full;
    put_source(site, path, text);
    site_path(site, path, &full);
    FileStamp stamp = {.changed = 1, .hash = stamp_hash(str_of(text))};
    index_restamp(site->index, index_find_file(site->index, buf_str(&full)), stamp);
    buf_release(&full);
    uint32_t rendered = 0;
    site->request.context = &rendered;
    site->request.progress = note_total;
    PublishResult result;
    StrBuf why, changed;
    buf_init(&why);
    buf_init(&changed);
    assert_true(publish_pages(site->index, &site->request, &result, &why));
    publish_result_release(&result);
    site->request.progress = NULL;
    site->request.remembers = false;
    changed_pages(site, &changed);
    assert_string_equal(changed.data, "");
    site->request.remembers = true;
    buf_release(&changed);
    buf_release(&why);
    return rendered;
}

/* Six files, two folders, and what is written once. */
static void test_only_what_is_affected_is_rendered(void **state) {
    Site *site = *state;
    enum { ONCE = PAGE_SITES, FOLDERS = 2, ALL = 6 + FOLDERS + ONCE };
    setenv("XDG_CACHE_HOME", site->root, 1);
    site->request.remembers = true;
    stamp_sources(site, 0);
    edit(site, "pkg/b.py", "from . import a\nclass é:\n    def m(self):\n        return a.f()\n");
    edit(site, "pkg/c.py", "from .b import é\nx = é()\ny = x\ndef g():\n    return y\n");
    edit(site, "pkg/d.py", "import pkg.c\ndef h():\n    pkg.c.y.m()\n");
    edit(site, "pkg/e.py", "from .b import é\nclass 🚀(é): pass\nclass D(é):\n    def m(self): 1\n");
    static const struct {
        const char *path, *text;
        uint32_t rendered;
    } edits[] = {
        {"pkg/d.py", "import pkg.c\ndef h():\n    print('é 🚀', 2)\n    pkg.c.y.m()\n", 1 + FOLDERS + ONCE},
        {"pkg/d.py", "import pkg.c\ndef h():\n    pkg.c.y\n", 2 + FOLDERS + ONCE}, /* no longer of b */
        {"pkg/d.py", "import pkg.c\ndef h():\n    pkg.c.y.m()\n", 2 + FOLDERS + ONCE},
        {"pkg/c.py", "from .b import é\nx = é()\ny = z\ndef g():\n    return y\n", ALL},
        {"pkg/c.py", "from .b import é\nx = é()\ny = x\ndef g(n=1):\n    return y\n", ALL},
        {"pkg/c.py", "from .b import é\nx = é()\ny = x\ndef g(n=1):\n    return x\n", ALL},
        {"pkg/b.py", "from . import a\nclass é:\n    def m(self):\n        \"\"\"🚀.\"\"\"\n", ALL},
        {"pkg/b.py", "from . import a\nclass é:\n\n    def m(self):\n        \"\"\"🚀.\"\"\"\n",
         1 + FOLDERS + ONCE},
    };
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        uint32_t rendered = edit(site, edits[i].path, edits[i].text);
        if (rendered != edits[i].rendered)
            fail_msg("edit %zu: %u rendered, not %u", i, rendered, edits[i].rendered);
    }
}

static void test_changed_pages_are_seen(void **state) {
    Site *site = *state;
    remember(site);
    replace_in(site, PAGE_PATH, "Do é 🚀.", "Du é 🚀.");
    assert_true(RENDERS(site, 15, 0, 0, 0, 1, 0));
    replace_in(site, PAGE_PATH, "Du é 🚀.", "Do é 🚀.");
    assert_false(RENDERS(site, 16, 0, 0, 0, 0, 0));
    StrBuf page;
    assert_true(get(site, PAGE_PATH, &page));
    put(site, "docs/pkg/gone.py_docs.md", page.data);
    assert_false(RENDERS(site, 16, 0, 0, 1, 0, 0));
    assert_false(there(site, "docs/pkg/gone.py_docs.md"));
    site->request.remembers = false;
    assert_true(RENDERS(site, 16, 0, 0, 0, 0, 0));
    buf_release(&page);
}

/* What is no Markdown bears a stamp too. */
static void test_foreign_and_edited_data_stay(void **state) {
    Site *site = *state;
    put(site, "docs/objects.inv", "mine: é 🚀\n");
    EXPECT(site, 0, 15, 0, 0, 1, 0);
    assert_true(page_has(site, "docs/objects.inv", "mine"));
    replace_in(site, "docs/index.json", "Do é 🚀.", "Mine.");
    EXPECT(site, 14, 0, 0, 0, 2, 0);
    assert_true(page_has(site, "docs/index.json", "Mine."));
}

static void test_own_pages_are_not_documented(void **state) {
    Site *site = *state;
    put_source(site, "docs/conf.py", "x = 1\n");
    EXPECT(site, 0, 16, 0, 0, 0, 0);
}

/* The page of an unsaved buffer, and the same rules for what is on disk. */
static void no_page(void *context, Str path, StrBuf *bytes) { (void)context, (void)path, (void)bytes; }

static void this_page(void *context, Str path, StrBuf *bytes) {
    (void)path;
    buf_append(bytes, str_of(context));
}

static void test_one_page(void **state) {
    Site *site = *state;
    StrBuf full, path, page, again, why;
    site_path(site, "pkg/a.py", &full);
    buf_init(&path);
    buf_init(&page);
    buf_init(&again);
    buf_init(&why);
    Str text = STR("def f(x=1):\n    \"\"\"Do é 🚀.\"\"\"\n");
    PageText source = {text, text, {.encoding = "utf-8"}};
    FileId file = index_find_file(site->index, buf_str(&full));
    const PageConfig *config = &site->request.config;
    PublishOne request = {file, PAGE_DOCS, &source, NULL, no_page};
    PageState created = publish_one(site->index, config, &request, &path, &page, &why);
    assert_int_equal(created, PAGE_CREATED);
    assert_true(str_ends_with(buf_str(&path), str_of(PAGE_PATH)));
    request.context = page.data;
    request.existing = this_page;
    PageState fresh = publish_one(site->index, config, &request, &path, &again, &why);
    assert_int_equal(fresh, PAGE_FRESH);
    assert_true(str_eq(buf_str(&page), buf_str(&again)));
    PublishOne foreign = {file, PAGE_KW, &source, "mine", this_page};
    PageState refused = publish_one(site->index, config, &foreign, &path, &again, &why);
    assert_int_equal(refused, PAGE_REFUSED);
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    StrBuf written;
    assert_true(get(site, PAGE_PATH, &written));
    assert_string_equal(written.data, page.data);
    buf_release(&written);
    buf_release(&full);
    buf_release(&path);
    buf_release(&page);
    buf_release(&again);
    buf_release(&why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_second_run_writes_nothing),
        TEST(test_check_writes_nothing),
        TEST(test_edit_updates_what_it_touches),
        TEST(test_edit_in_a_body),
        TEST(test_edit_in_a_text),
        TEST(test_signatures_of_stubs),
        TEST(test_thread_count_does_not_show),
        TEST(test_hand_edits_are_refused),
        TEST(test_copies_of_hand_edits_stay),
        TEST(test_kept_blocks_survive),
        TEST(test_a_kept_block_without_an_end_is_told),
        TEST(test_the_line_of_the_stamp_is_not_replaced),
        TEST(test_foreign_files_stay),
        TEST(test_remembered_pages_are_not_rendered),
        TEST(test_what_changed_is_rendered),
        TEST(test_only_what_is_affected_is_rendered),
        TEST(test_changed_pages_are_seen),
        TEST(test_foreign_and_edited_data_stay),
        TEST(test_own_pages_are_not_documented),
        TEST(test_one_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
