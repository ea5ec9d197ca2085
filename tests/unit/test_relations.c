#include "fixture.h"
#include "markdown/book.h"

static const char sources[] = "== pkg/__init__.py\n"
                              "from . import é, mod\n"
                              "from .mod import Base as Root\n"
                              "== pkg/é.py\n"
                              "from .mod import *\n"
                              "class Wild(Base): ...\n"
                              "== pkg/mod.py\n"
                              "class Base: ...\n"
                              "def run(): ...\n"
                              "Other = Base\n"
                              "== pkg/user.py\n"
                              "from pkg import Root as Again\n"
                              "import pkg.mod as m\n"
                              "class Far(Again[int]): ...\n"
                              "class Near(m.Base): ...\n"
                              "class Assigned(m.Other): ...\n"
                              "== tests/test_mod.py\n"
                              "import pkg.mod\n"
                              "from pkg.mod import run as go\n"
                              "def run(): ...\n"
                              "def test(): pkg.mod.run(); go()\n"
                              "== tests/test_root.py\n"
                              "from pkg import Root\n"
                              "def Root_(): ...\n"
                              "def test(): Root()\n";

static void assert_same_edges(const ImportEdges *a, Slice first, const ImportEdges *b, Slice second) {
    assert_int_equal(first.count, second.count);
    for (uint32_t i = 0; i < first.count; i++)
        assert_memory_equal(&a->items[first.first + i], &b->items[second.first + i], sizeof *a->items);
}

static void assert_same_derived(const Relations *all, const Relations *one, SymbolRef class) {
    Slice first = relations_derived(all, class), second = relations_derived(one, class);
    assert_int_equal(first.count, second.count);
    for (uint32_t i = 0; i < first.count; i++) {
        assert_memory_equal(&all->derived.items[first.first + i].derived,
                            &one->derived.items[second.first + i].derived, sizeof(SymbolRef));
    }
}

/* What a book for one file says of it is what the whole book says. */
static void test_one_file_equals_all(void **state) {
    (void)state;
    Fixture f = fixture(sources);
    PageConfig config = {.root = STR("/w"), .out = STR("docs")};
    Book *all = book_new(f.index, &config);
    assert_int_equal(all->files.len, 6);
    uint32_t derived = 0;
    for (uint32_t i = 0; i < all->files.len; i++) {
        FileId file = all->files.items[i].file;
        Book *one = book_new_for(f.index, &config, file);
        const Relations *a = &all->relations, *b = &one->relations;
        assert_same_edges(&a->imports, relations_imports(a, i), &b->imports, relations_imports(b, i));
        assert_same_edges(&a->importers, relations_importers(a, i), &b->importers, relations_importers(b, i));
        assert_same_edges(&a->tests, relations_tests(a, i), &b->tests, relations_tests(b, i));
        for (uint32_t s = 1; s < index_facts(f.index, file)->tree_count; s++) {
            assert_same_derived(a, b, (SymbolRef){file, s});
            derived += relations_derived(a, (SymbolRef){file, s}).count;
        }
        book_free(one);
    }
    assert_true(derived >= 3);
    book_free(all);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_file_equals_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
