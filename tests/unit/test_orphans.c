/* Which pages may be removed, and where pages may be written. */
#include "site.h"

static void test_orphans_go(void **state) {
    Site *site = *state;
    put_source(site, "old/é #1.py", "x = 1\n");
    EXPECT(site, 0, 21, 0, 0, 0, 0);
    replace_in(site, "docs/old/é #1.py_kw.md", "Attributes", "My attributes");
    StrBuf full;
    site_path(site, "old/é #1.py", &full);
    index_update(site->index, buf_str(&full), NULL);
    buf_release(&full);
    site->request.incomplete = true; /* it might be one of the files that could not be read */
    EXPECT(site, 8, 0, 8, 0, 0, 0);
    site->request.incomplete = false;
    EXPECT(site, 16, 0, 0, 4, 1, 0);
    assert_false(there(site, "docs/old/é #1.py_docs.md"));
    assert_true(there(site, "docs/old/é #1.py_kw.md"));
}

static void test_orphans_with_kept_text_stay(void **state) {
    Site *site = *state;
    put_source(site, "old/é.py", "x = 1\n");
    EXPECT(site, 0, 21, 0, 0, 0, 0);
    static const char kept[] =
        "## File Purpose\n\n<!-- headword:keep why -->\nBy hand: é 🚀\n<!-- headword:end -->\n";
    replace_in(site, "docs/old/é.py_docs.md", "## File Purpose\n", kept);
    StrBuf full;
    site_path(site, "old/é.py", &full);
    index_update(site->index, buf_str(&full), NULL);
    buf_release(&full);
    EXPECT(site, 8, 0, 8, 4, 1, 0);
    assert_true(page_has(site, "docs/old/é.py_docs.md", kept));
}

/* A folder of pages that lay below this one before, with all that is no Markdown. */
static void test_a_former_folder_of_pages_goes(void **state) {
    Site *site = *state;
    site->request.config.out = STR("docs/é");
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    site->request.config.out = STR("docs");
    EXPECT(site, 0, 16, 0, 16, 0, 0);
    assert_false(there(site, "docs/é/.nojekyll"));
    assert_false(there(site, "docs/é/index.json"));
}

static void test_pages_of_other_projects_below_stay(void **state) {
    Site *site = *state;
    site->request.config.out = STR("docs/é");
    site->request.config.project = STR("other");
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    site->request.config.out = STR("docs");
    site->request.config.project = STR("é 🚀");
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    EXPECT(site, 16, 0, 0, 0, 0, 0);
    assert_true(there(site, "docs/é/pkg/a.py_docs.md"));
}

static void expect_refused(Site *site, const char *out, const char *reason) {
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    site->request.config.out = str_of(out);
    assert_false(publish_pages(site->index, &site->request, &result, &why));
    if (str_find(buf_str(&why), str_of(reason)) == STR_NPOS) fail_msg("%s: %s", out, why.data);
    publish_result_release(&result);
    buf_release(&why);
}

/* Two repositories in one folder would remove each other's pages. */
static void test_pages_of_other_projects_outside_are_refused(void **state) {
    Site *site = *state;
    char outside[] = "/tmp/headword-outside-XXXXXX";
    assert_non_null(mkdtemp(outside));
    site->request.config.out = str_of(outside);
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    site->request.config.project = STR("other");
    expect_refused(site, outside, "holds the doc pages of \"é 🚀\", not of \"other\"");
    site->request.config.project = STR("é 🚀");
    EXPECT(site, 16, 0, 0, 0, 0, 0);
    StrBuf full;
    site_path(site, "pkg/a.py", &full);
    index_update(site->index, buf_str(&full), NULL);
    buf_clear(&full);
    buf_printf(&full, "%s/index.json", outside);
    assert_int_equal(unlink(full.data), 0); /* now nothing says whose they are */
    EXPECT(site, 2, 1, 11, 0, 2, 0);
    EXPECT(site, 14, 0, 0, 2, 0, 0);
    buf_clear(&full);
    buf_printf(&full, "rm -rf '%s'", outside);
    assert_int_equal(system(full.data), 0);
    buf_release(&full);
}

/* Two repositories may bear one name. */
static void test_pages_of_namesakes_outside_are_refused(void **state) {
    Site *site = *state;
    char outside[] = "/tmp/headword-outside-XXXXXX", command[64];
    assert_non_null(mkdtemp(outside));
    site->request.config.out = str_of(outside);
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    StrBuf full;
    static const char *const gone[] = {"pkg/__init__.py", "pkg/a.py"};
    for (size_t i = 0; i < 2; i++) {
        site_path(site, gone[i], &full);
        index_update(site->index, buf_str(&full), NULL);
        buf_release(&full);
    }
    put_source(site, "é/🚀.py", "x = 1\n");
    expect_refused(site, outside, "another repository that is called \"é 🚀\" too");
    put_source(site, "pkg/a.py", "def f(): pass\n");
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    assert_true(publish_pages(site->index, &site->request, &result, &why)); /* it has only changed */
    publish_result_release(&result);
    buf_release(&why);
    snprintf(command, sizeof command, "rm -rf '%s'", outside);
    assert_int_equal(system(command), 0);
}

static void test_folders_that_hold_the_root_are_refused(void **state) {
    Site *site = *state;
    EXPECT(site, 0, 16, 0, 0, 0, 0);
    expect_refused(site, "", "a folder of their own");
    expect_refused(site, site->root, "a folder of their own");
    expect_refused(site, "/tmp", "a folder of their own");
    assert_true(there(site, PAGE_PATH));
}

static void test_link_out_of_the_root_is_refused(void **state) {
    Site *site = *state;
    StrBuf link, why;
    site_path(site, "docs", &link);
    buf_init(&why);
    assert_int_equal(symlink("/tmp", link.data), 0);
    PublishResult result;
    assert_false(publish_pages(site->index, &site->request, &result, &why));
    assert_true(why.len > 0);
    publish_result_release(&result);
    buf_release(&link);
    buf_release(&why);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_orphans_go),
        TEST(test_orphans_with_kept_text_stay),
        TEST(test_a_former_folder_of_pages_goes),
        TEST(test_pages_of_other_projects_below_stay),
        TEST(test_pages_of_other_projects_outside_are_refused),
        TEST(test_pages_of_namesakes_outside_are_refused),
        TEST(test_folders_that_hold_the_root_are_refused),
        TEST(test_link_out_of_the_root_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
