/* A small repository in a folder of its own, and its pages, for tests: `PublishRequest` says what is done. */
#ifndef HEADWORD_TESTS_SITE_H
#define HEADWORD_TESTS_SITE_H

#include "fixture.h"

#include "index/disk/file.h"
#include "markdown/disk/publish.h"

#include <stdlib.h>
#include <unistd.h>

#define PAGE_PATH "docs/pkg/a.py_docs.md"

typedef struct {
    char root[64];
    Parser *parser;
    Index *index;
    PublishRequest request;
} Site;

static inline void site_path(const Site *site, const char *path, StrBuf *out) {
    buf_init(out);
    buf_printf(out, "%s/%s", site->root, path);
}

static inline void put(const Site *site, const char *path, const char *text) {
    StrBuf full, why;
    site_path(site, path, &full);
    buf_init(&why);
    assert_true(file_write(full.data, str_of(text), &why));
    buf_release(&full);
    buf_release(&why);
}

static inline void put_source(Site *site, const char *path, const char *text) {
    StrBuf full;
    put(site, path, text);
    site_path(site, path, &full);
    index_update(site->index, buf_str(&full), parser_facts(site->parser, buf_str(&full), str_of(text)));
    buf_release(&full);
}

static inline bool get(const Site *site, const char *path, StrBuf *out) {
    StrBuf full, why;
    site_path(site, path, &full);
    buf_init(&why);
    buf_init(out);
    bool read = file_read(full.data, 0, out, &why);
    buf_release(&full);
    buf_release(&why);
    return read;
}

static inline bool there(const Site *site, const char *path) {
    StrBuf bytes;
    bool read = get(site, path, &bytes);
    buf_release(&bytes);
    return read;
}

static inline int set_up(void **state) {
    Site *site = mem_calloc(1, sizeof *site);
    snprintf(site->root, sizeof site->root, "/tmp/headword-publish-XXXXXX");
    if (!mkdtemp(site->root)) return -1;
    site->parser = parser_new();
    site->index = index_new();
    index_add_root(site->index, str_of(site->root));
    site->request.config =
        (PageConfig){.root = str_of(site->root), .out = STR("docs"), .project = STR("é 🚀")};
    put_source(site, "pkg/__init__.py", "\"\"\"A package: é 🚀.\"\"\"\nfrom .a import f\n");
    put_source(site, "pkg/a.py", "def f(x=1):\n    \"\"\"Do é 🚀.\"\"\"\n");
    *state = site;
    return 0;
}

static inline int tear_down(void **state) {
    Site *site = *state;
    StrBuf command;
    buf_init(&command);
    buf_printf(&command, "rm -rf '%s'", site->root);
    int status = system(command.data);
    buf_release(&command);
    index_free(site->index);
    parser_free(site->parser);
    mem_free(site);
    return status;
}

/* Publishes and checks how many pages ended in each state, in the order of PageState. */
static inline void expect(Site *site, const uint32_t (*counts)[PAGE_STATES]) {
    PublishResult result;
    StrBuf why;
    buf_init(&why);
    assert_true(publish_pages(site->index, &site->request, &result, &why));
    for (int s = 0; s < PAGE_STATES; s++) {
        if (result.counts[s] != (*counts)[s])
            fail_msg("state %d: %u pages, not %u", s, result.counts[s], (*counts)[s]);
    }
    publish_result_release(&result);
    buf_release(&why);
}
#define EXPECT(site, ...) expect(site, &(const uint32_t[PAGE_STATES]){__VA_ARGS__})

static inline void replace_in(Site *site, const char *path, const char *old, const char *new) {
    StrBuf page;
    assert_true(get(site, path, &page));
    size_t at = str_find(buf_str(&page), str_of(old));
    assert_true(at != STR_NPOS);
    buf_replace(&page, at, at + strlen(old), str_of(new));
    put(site, path, page.data);
    buf_release(&page);
}

static inline bool page_has(const Site *site, const char *path, const char *text) {
    StrBuf page;
    bool has = get(site, path, &page) && str_find(buf_str(&page), str_of(text)) != STR_NPOS;
    buf_release(&page);
    return has;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
