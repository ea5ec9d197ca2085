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

static void assert_same_uses(const Relations *all, const Relations *one, SymbolRef symbol) {
    Slice first = relations_uses(all, symbol), second = relations_uses(one, symbol);
    assert_int_equal(first.count, second.count);
    for (uint32_t i = 0; i < first.count; i++) {
        const UseEdge *a = &all->uses.items[first.first + i], *b = &one->uses.items[second.first + i];
        assert_true(a->from == b->from && a->user == b->user && a->called == b->called);
    }
}

/* What a book for one file says of it is what the whole book says. */
static void test_one_file_equals_all(void **state) {
    (void)state;
    Fixture f = fixture(sources);
    PageConfig config = {.root = STR("/w"), .out = STR("docs")};
    Book *all = book_new(f.index, &config);
    assert_int_equal(all->files.len, 6);
    uint32_t derived = 0, uses = 0;
    for (uint32_t i = 0; i < all->files.len; i++) {
        FileId file = all->files.items[i].file;
        Book *one = book_new_for(f.index, &config, file);
        const Relations *a = &all->relations, *b = &one->relations;
        assert_same_edges(&a->imports, relations_imports(a, i), &b->imports, relations_imports(b, i));
        assert_same_edges(&a->importers, relations_importers(a, i), &b->importers, relations_importers(b, i));
        assert_same_edges(&a->tests, relations_tests(a, i), &b->tests, relations_tests(b, i));
        for (uint32_t s = 1; s < index_facts(f.index, file)->tree_count; s++) {
            assert_same_derived(a, b, (SymbolRef){file, s});
            assert_same_uses(a, b, (SymbolRef){file, s});
            uses += relations_uses(a, (SymbolRef){file, s}).count;
            derived += relations_derived(a, (SymbolRef){file, s}).count;
        }
        book_free(one);
    }
    assert_true(derived >= 3);
    assert_true(uses >= 4);
    book_free(all);
    fixture_release(&f);
}

/* "pkg.user, pkg.test_x.f" for a symbol. */
static void users_of(const Book *book, const char *path, const char *name, StrBuf *out) {
    StrBuf full;
    buf_init(&full);
    FileId file = index_find_file(book->index, fixture_path(str_of(path), &full));
    const Facts *facts = index_facts(book->index, file);
    Slice uses = {0, 0};
    for (uint32_t s = 1; s < facts->tree_count && !uses.count; s++) {
        if (str_eq(symbol_name(facts, &facts->symbols.items[s]), str_of(name)))
            uses = relations_uses(&book->relations, (SymbolRef){file, s});
    }
    buf_clear(out);
    for (uint32_t i = uses.first; i < uses.first + uses.count; i++) {
        const UseEdge *use = &book->relations.uses.items[i];
        if (i > uses.first) buf_append(out, STR(", "));
        index_dotted_name(book->index, (SymbolRef){book->files.items[use->from].file, use->user}, out);
        if (use->called) buf_append(out, STR("()"));
    }
    buf_release(&full);
}

static void test_uses(void **state) {
    (void)state;
    Fixture f = fixture("== pkg/a.py\n"
                        "SIZE = 1\n"
                        "SIZE = 2\n"
                        "class Café:\n"
                        "    def pour(self): return self.pour()\n"
                        "    @property\n"
                        "    def cup(self) -> 'Café': return SIZE\n"
                        "    @cup.setter\n"
                        "    def cup(self, value): self.pour()\n"
                        "def brew(): return brew() or Café\n"
                        "== pkg/b.py\n"
                        "from .a import Café as Bar, brew\n"
                        "from . import a\n"
                        "def serve(bar: Bar, other): bar.pour(); bar.pour(); other.pour(); '🚀'; a.brew()\n"
                        "def brew_(): brew = 1; return brew\n"
                        "print(Bar().cup, a.SIZE)\n"
                        "== /lib/maker.py\n"
                        "from pkg.a import Café\n"
                        "def make() -> Café: ...\n"
                        "== pkg/c.py\n"
                        "from maker import make\n"
                        "def made(): make().pour()\n"
                        "== pkg/test_b.py\n"
                        "import pkg.a\n"
                        "def test(): pkg.a.brew()\n");
    PageConfig config = {.root = STR("/w"), .out = STR("docs")};
    Book *book = book_new(f.index, &config);
    static const struct {
        const char *name, *users;
    } expected[] = {
        {"Café", "pkg.b(), pkg.b.serve, pkg.a.brew"},
        {"pour", "pkg.b.serve(), pkg.a.Café.cup()"},
        {"cup", "pkg.b"},
        {"brew", "pkg.b.serve(), pkg.test_b.test()"},
        {"SIZE", "pkg.b, pkg.a.Café.cup"},
    };
    StrBuf users;
    buf_init(&users);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        users_of(book, "pkg/a.py", expected[i].name, &users);
        assert_string_equal(users.data, expected[i].users);
    }
    buf_release(&users);
    book_free(book);
    fixture_release(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_file_equals_all),
        cmocka_unit_test(test_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
