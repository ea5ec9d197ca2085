/* What own code imports from folders that packages are installed into: read as far as it is needed, as
 * libraries, wherever they lie. */
#include "folder.h"

#include "index/disk/libraries.h"
#include "index/parse.h"
#include "index/relatives.h"
#include "index/resolve.h"
#include "index/stubs.h"
#include "markdown/card.h"

typedef struct {
    Folder *folder;
    Index *index;
    Parser *parser;
    Libraries *libraries;
    uint64_t most_bytes;
} World;

/* A world whose root is "r"; "site" and "r/site" are installed into, "named" is not, "python" has the
 * standard library. */
static LibraryFolders folders_of(Folder *folder) {
    static const struct {
        const char *name;
        bool installed, standard;
    } all[] = {
        {"site", true, false}, {"r/site", true, false}, {"named", false, false}, {"python", true, true}};
    LibraryFolders folders = {0};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ARRAY_PUSH(&folders, ((LibraryFolder){str_dup(str_of(at(folder, all[i].name))), all[i].installed,
                                              all[i].standard, 0, i}));
    return folders;
}

static void folders_release(LibraryFolders *self) {
    for (uint32_t i = 0; i < self->len; i++) mem_free(self->items[i].path);
    ARRAY_FREE(self);
}

static World world_new(Folder *folder) {
    World self = {folder, index_new(), parser_new(), NULL, UINT64_MAX};
    index_add_root(self.index, str_of(at(folder, "r")));
    return self;
}

static void world_release(World *self) {
    libraries_free(self->libraries);
    index_free(self->index);
    parser_free(self->parser);
}

static FileId own(World *self, const char *name, const char *text) {
    const char *path = at(self->folder, name);
    return index_update(self->index, str_of(path), parser_facts(self->parser, str_of(path), str_of(text)));
}

static void on_ready(void *context) { *(bool *)context = true; }

/* As a server does: when the folders are not those that were loaded from, or have changed. */
static bool look(World *self) {
    LibraryFolders folders = folders_of(self->folder);
    bool current = self->libraries && libraries_are_current(self->libraries, &folders);
    if (!current) {
        libraries_free(self->libraries);
        self->libraries = libraries_new(str_of(at(self->folder, "stubs")), &folders);
        libraries_adopt(self->libraries, self->index);
    }
    folders_release(&folders);
    return !current;
}

static void load(World *self) {
    bool ready = false;
    LibrariesHandler handler = {self->most_bytes, uv_default_loop(), &ready, on_ready};
    look(self);
    while (libraries_load(self->libraries, self->index, handler, 0)) {
        while (!ready) uv_run(handler.loop, UV_RUN_ONCE);
        ready = false;
    }
}

static bool has(const World *self, const char *name) {
    return index_find_file(self->index, str_of(at(self->folder, name))) != NONE;
}

/* The file, relative to the folder, that a name at the end of a source means. */
static void expect(const World *self, FileId file, const char *name, const char *wanted) {
    Targets targets = {0};
    resolve_dotted(self->index, file, str_of(name), &targets);
    char *found =
        targets.len
            ? str_dup(path_below(index_path(self->index, targets.items[0].file), str_of(self->folder->path)))
            : str_dup(STR(""));
    assert_string_equal(found, wanted);
    mem_free(found);
    ARRAY_FREE(&targets);
}

static void a_package_is_read_as_far_as_it_may_matter(void **state) {
    World w = world_new(*state);
    put(*state, "site/é/__init__.py", "from .api import get\nfrom . import sub\nimport other\n");
    put(*state, "site/é/api.py",
        "from base import Base\nfrom .. import beyond\n"
        "class Get(Base): pass\ndef get() -> 'Get': import é.lazy\n");
    put(*state, "site/é/sub/__init__.py", "'🚀'\n");
    put(*state, "site/é/lazy.py", "");
    put(*state, "site/é/unused.py", "");
    put(*state, "site/base.py", "from other import b\nclass Base:\n    def é(self): pass\n");
    put(*state, "site/other.py", "b = 1\n");
    FileId file = own(&w, "r/main.py", "import é\n");
    load(&w);
    expect(&w, file, "é.get", "site/é/api.py");
    assert_true(has(&w, "site/é/sub/__init__.py") && has(&w, "site/base.py"));
    assert_false(has(&w, "site/é/lazy.py") || has(&w, "site/é/unused.py") || has(&w, "site/other.py"));
    world_release(&w);
}

static void what_is_installed_is_not_own_even_under_a_root(void **state) {
    World w = world_new(*state);
    put(*state, "r/site/lib.py", "é = '🚀'\n");
    put(*state, "r/lib2.py", "");
    FileId file = own(&w, "r/main.py", "import lib\n");
    own(&w, "r/site/seen.py", "");
    load(&w);
    FileId lib = index_find_file(w.index, str_of(at(*state, "r/site/lib.py")));
    FileId seen = index_find_file(w.index, str_of(at(*state, "r/site/seen.py")));
    assert_true(index_is_library(w.index, lib) && !index_is_own(w.index, lib));
    assert_true(index_is_library(w.index, seen) && !index_is_own(w.index, seen));
    assert_true(index_is_own(w.index, file) && !index_is_library(w.index, file));
    index_add_root(w.index, str_of(at(*state, "r/site"))); /* unless the folder itself is one */
    assert_true(index_is_own(w.index, lib) && !index_is_library(w.index, lib));
    world_release(&w);
}

static void stubs_belong_to_sources(void **state) {
    World w = world_new(*state);
    put(*state, "site/é/__init__.py", "");
    put(*state, "site/é/m.py", "def f(): '🚀'\n");
    put(*state, "site/é-stubs/__init__.pyi", "");
    put(*state, "site/é-stubs/m.pyi", "def f() -> int: ...\ndef only_here() -> int: ...\n");
    put(*state, "site/single.py", "def g(): pass\n");
    put(*state, "site/single-stubs/__init__.pyi", "def g() -> int: ...\n");
    put(*state, "site/beside.py", "");
    put(*state, "site/beside.pyi", "");
    put(*state, "site/compiled.pyi", "def h() -> int: ...\n");
    put(*state, "site/alone-stubs/__init__.pyi", "def i() -> int: ...\n");
    FileId file = own(&w, "r/main.py", "import é.m, single, beside, compiled, alone\n");
    load(&w);
    static const char *const pairs[][2] = {
        {"site/é/m.py", "site/é-stubs/m.pyi"},
        {"site/single.py", "site/single-stubs/__init__.pyi"},
        {"site/beside.py", "site/beside.pyi"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        FileId source = index_find_file(w.index, str_of(at(*state, pairs[i][0])));
        FileId stub = index_find_file(w.index, str_of(at(*state, pairs[i][1])));
        assert_true(source != NONE && stub != NONE);
        assert_int_equal(stubs_other(w.index, source), stub);
        assert_int_equal(stubs_other(w.index, stub), source);
    }
    expect(&w, file, "é.m.f", "site/é/m.py");
    expect(&w, file, "é.m.only_here", "site/é-stubs/m.pyi");
    expect(&w, file, "compiled.h", "site/compiled.pyi");
    expect(&w, file, "alone.i", "site/alone-stubs/__init__.pyi");
    FileId alone = index_find_module(w.index, file, STR("alone"), 0);
    assert_int_equal(stubs_other(w.index, alone), NONE);
    StrBuf name;
    buf_init(&name);
    index_module_name(w.index, index_find_file(w.index, str_of(at(*state, "site/é-stubs/m.pyi"))), &name);
    assert_string_equal(name.data, "é.m");
    buf_release(&name);
    world_release(&w);
}

static void a_namespace_may_lie_in_several_folders(void **state) {
    World w = world_new(*state);
    put(*state, "site/space/a.py", "from space.b import y as x\n");
    put(*state, "named/space/b.py", "y = 1\n");
    FileId file = own(&w, "r/main.py", "import space.a\nfrom space import b\n");
    load(&w);
    expect(&w, file, "space.a.x", "named/space/b.py");
    StrBuf name;
    buf_init(&name);
    index_module_name(w.index, index_find_file(w.index, str_of(at(*state, "site/space/a.py"))), &name);
    assert_string_equal(name.data, "space.a");
    buf_release(&name);
    world_release(&w);
}

static void own_code_and_the_standard_library_come_first(void **state) {
    World w = world_new(*state);
    put(*state, "stubs/json.pyi", "v = 1\n");
    put(*state, "site/json.py", "v = 1\n");
    put(*state, "site/mine.py", "v = 1\n");
    FileId file = own(&w, "r/main.py", "import json, mine\n");
    own(&w, "r/mine.py", "v = 1\n");
    load(&w);
    expect(&w, file, "json.v", "stubs/json.pyi");
    expect(&w, file, "mine.v", "r/mine.py");
    assert_false(has(&w, "site/json.py") || has(&w, "site/mine.py"));
    world_release(&w);
}

/* Types and names are taken from the stub; the source tells what the stub does not. */
static void sources_of_the_standard_library_document_its_stubs(void **state) {
    World w = world_new(*state);
    put(*state, "stubs/é/__init__.pyi",
        "from typing import overload\n@overload\ndef f(a: int) -> int: ...\n@overload\ndef f(a: str) -> str: "
        "...\n");
    put(*state, "stubs/m/sub.pyi", "");
    put(*state, "python/é.py", "def f(a):\n    '🚀 é'\n");
    put(*state, "python/m/sub/__init__.py", "");
    put(*state, "python/bare.py", "v = 1\n");
    put(*state, "site/m/sub.py", "");
    FileId file = own(&w, "r/main.py", "'🚀'; import é, m.sub, bare\né.f()\n");
    load(&w);
    expect(&w, file, "é.f", "stubs/é/__init__.pyi");
    expect(&w, file, "bare.v", "python/bare.py");
    assert_false(has(&w, "site/m/sub.py"));
    FileId stub = index_find_file(w.index, str_of(at(*state, "stubs/é/__init__.pyi")));
    FileId source = index_find_file(w.index, str_of(at(*state, "python/é.py")));
    assert_true(stub != NONE && source != NONE);
    assert_int_equal(stubs_other(w.index, stub), source);
    assert_int_equal(stubs_other(w.index, source), stub);
    Targets found = {0};
    uint32_t called =
        facts_occurrence_at(index_facts(w.index, file), strlen("'🚀'; import é, m.sub, bare\né."));
    relatives_definitions(w.index, file, called, &found);
    assert_int_equal(found.len, 1); /* once for all overloads */
    assert_int_equal(found.items[0].file, source);
    ARRAY_FREE(&found);
    CardDoc doc;
    assert_true(card_find_doc(
        w.index, (SymbolRef){stub, facts_next_child(index_facts(w.index, stub), 0, NONE)}, &doc));
    assert_true(str_eq(doc.text, STR("🚀 é")));
    world_release(&w);
}

static void own_files_are_no_sources_of_stubs_of_libraries(void **state) {
    World w = world_new(*state);
    put(*state, "stubs/é.pyi", "v: int\n");
    put(*state, "site/other.py", "import é\n'🚀'\n");
    own(&w, "r/main.py", "import other\n");
    own(&w, "r/é.py", "v = 1\n");
    load(&w);
    own(&w, "r/new.py", "import é\n");
    FileId stub = index_update(w.index, str_of(at(*state, "stubs/é.pyi")),
                               parser_facts(w.parser, STR("é.pyi"), STR("v: int\n")));
    assert_true(index_is_library(w.index, stub));
    assert_int_equal(stubs_other(w.index, stub), NONE);
    world_release(&w);
}

static void what_libraries_import_is_bounded(void **state) {
    World w = world_new(*state);
    put(*state, "site/a.py", "from b import *\n");
    put(*state, "site/b.py", "from c import *\n");
    put(*state, "site/c.py", "");
    put(*state, "site/d.py", "");
    own(&w, "r/main.py", "import a, d\n");
    w.most_bytes = 40; /* as many as builtins.pyi and a.py have, but not b.py too */
    load(&w);
    assert_true(has(&w, "site/a.py") && has(&w, "site/d.py") && has(&w, "site/b.py"));
    assert_false(has(&w, "site/c.py"));
    world_release(&w);
}

static void what_is_installed_or_removed_is_noticed(void **state) {
    World w = world_new(*state);
    put(*state, "site/a.py", "class A: pass\n");
    put(*state, "named/n.py", "");
    put(*state, "python/os.py", "");
    FileId file = own(&w, "r/main.py", "import a, é\n");
    load(&w);
    assert_false(look(&w));
    put(*state, "site/é.py", "from a import A\nclass B(A): pass\n");
    assert_true(look(&w));
    load(&w);
    expect(&w, file, "é.B", "site/é.py");
    assert_false(look(&w));
    put(*state, "site/a.py", "class Other: pass\n"); /* replaced: the folder changes too */
    assert_int_equal(unlink(at(*state, "site/é.py")), 0);
    assert_true(look(&w));
    assert_false(has(&w, "site/é.py"));
    load(&w);
    expect(&w, file, "a.Other", "site/a.py");
    expect(&w, file, "a.A", "");
    world_release(&w);
}

static void collect(void *context, Str name) {
    buf_append(context, name);
    buf_append_byte(context, ' ');
}

static void modules_are_listed_without_being_read(void **state) {
    World w = world_new(*state);
    static const char *const names[] = {"stubs/sys.pyi",
                                        "site/é/__init__.py",
                                        "site/é/in.py",
                                        "site/fast.cpython-312.so",
                                        "site/é/sub/x.py",
                                        "site/é-stubs/__init__.pyi",
                                        "site/x-1.0.dist-info/METADATA",
                                        "site/LICENCE",
                                        "site/notes.txt",
                                        "site/__pycache__/é.pyc"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) put(*state, names[i], "");
    look(&w);
    StrBuf found;
    buf_init(&found);
    libraries_each_module(w.libraries, STR(""), collect, &found);
    assert_true(strstr(found.data, "sys ") && strstr(found.data, "é ") && strstr(found.data, "fast "));
    assert_false(strchr(found.data, '-') || strstr(found.data, "__"));
    assert_false(strstr(found.data, "LICENCE") || strstr(found.data, "notes"));
    buf_clear(&found);
    libraries_each_module(w.libraries, STR("é"), collect, &found);
    assert_true(strstr(found.data, "in ") && strstr(found.data, "sub ") && found.len == strlen("in sub "));
    buf_clear(&found);
    libraries_each_module(w.libraries, STR("é.none"), collect, &found);
    assert_int_equal(found.len, 0);
    buf_release(&found);
    world_release(&w);
}

static int setup(void **state) {
    if (make_folder(state) != 0) return -1;
    put(*state, "stubs/builtins.pyi", "class object: ...\n");
    return run_in(*state, "mkdir -p r/site site named") ? 0 : -1;
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(a_package_is_read_as_far_as_it_may_matter),
        CASE(what_is_installed_is_not_own_even_under_a_root),
        CASE(stubs_belong_to_sources),
        CASE(a_namespace_may_lie_in_several_folders),
        CASE(own_code_and_the_standard_library_come_first),
        CASE(sources_of_the_standard_library_document_its_stubs),
        CASE(own_files_are_no_sources_of_stubs_of_libraries),
        CASE(what_libraries_import_is_bounded),
        CASE(what_is_installed_or_removed_is_noticed),
        CASE(modules_are_listed_without_being_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
