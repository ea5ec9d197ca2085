/* What own code imports is read from the stubs, and only that. */
#include "fixture.h"

#include "index/disk/file.h"
#include "index/disk/libraries.h"
#include "index/resolve.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[sizeof "/tmp/headword-stubs-XXXXXX"];

static void write_stub(const char *name, const char *text) {
    StrBuf path, why;
    buf_init(&path);
    buf_init(&why);
    buf_append(&path, str_of(folder));
    path_join(&path, str_of(name));
    assert_true(file_write(path.data, str_of(text), &why));
    buf_release(&path);
    buf_release(&why);
}

/* The stub's file, or NONE. */
static FileId stub(const Fixture *f, const char *name) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(folder));
    path_join(&path, str_of(name));
    FileId file = index_find_file(f->index, buf_str(&path));
    buf_release(&path);
    return file;
}

static bool is_loaded(const Fixture *f, const char *name) { return stub(f, name) != NONE; }

static void on_ready(void *context) { *(bool *)context = true; }

static void load_all(Libraries *libraries, Index *index) {
    bool ready = false;
    LibrariesHandler handler = {UINT64_MAX, uv_default_loop(), &ready, on_ready};
    while (libraries_load(libraries, index, handler, 0)) {
        while (!ready) uv_run(handler.loop, UV_RUN_ONCE);
        ready = false;
    }
    assert_false(ready);
}

static void stubs_are_loaded_on_demand(void **state) {
    (void)state;
    write_stub("builtins.pyi", "class str:\n    def upper(self) -> str: ...\n");
    write_stub("é/__init__.pyi", "from é.inner import *\n");
    write_stub("é/inner.pyi", "from other import z\ndef f() -> str: ...\n");
    write_stub("other.pyi", "z = 1\n");
    Fixture f = fixture("import é\né.f().$upper()\n");
    Libraries *libraries = libraries_new(str_of(folder), NULL);
    load_all(libraries, f.index);
    assert_true(is_loaded(&f, "builtins.pyi") && is_loaded(&f, "é/__init__.pyi") &&
                is_loaded(&f, "é/inner.pyi"));
    assert_false(is_loaded(&f, "other.pyi"));
    Targets targets = {0};
    uint32_t occurrence = facts_occurrence_at(index_facts(f.index, f.cursor.file), f.cursor.offset);
    resolve_occurrence(f.index, f.cursor.file, occurrence, &targets);
    assert_int_equal(targets.len, 1);
    assert_true(index_is_library(f.index, targets.items[0].file));
    ARRAY_FREE(&targets);
    libraries_free(libraries);
    fixture_release(&f);
}

static void order_is_that_of_the_imports(void **state) {
    (void)state;
    StrBuf large; /* is read for longer than the others */
    buf_init(&large);
    for (int i = 0; i < 2000; i++) buf_printf(&large, "def f%d(é: str = '🚀') -> str: ...\n", i);
    write_stub("builtins.pyi", "class str: ...\n");
    write_stub("large.pyi", large.data);
    write_stub("small.pyi", "v = 1\n");
    Fixture f = fixture("import large, small\n");
    Libraries *libraries = libraries_new(str_of(folder), NULL);
    load_all(libraries, f.index);
    assert_true(is_loaded(&f, "large.pyi") && is_loaded(&f, "small.pyi"));
    assert_true(stub(&f, "builtins.pyi") < stub(&f, "large.pyi"));
    assert_true(stub(&f, "large.pyi") < stub(&f, "small.pyi"));
    libraries_free(libraries);
    fixture_release(&f);
    buf_release(&large);
}

static void what_the_index_holds_is_not_read(void **state) {
    (void)state;
    write_stub("builtins.pyi", "class str: ...\n");
    write_stub("held/__init__.pyi", "on_disk = 1\n");
    write_stub("held/inner.pyi", "v = 1\n");
    Fixture f = fixture("import held.inner\n");
    StrBuf path;
    buf_init(&path);
    buf_printf(&path, "%s/held/__init__.pyi", folder);
    Facts *held = parser_facts(f.parser, buf_str(&path), STR("é = '🚀'\n"));
    index_update(f.index, buf_str(&path), held);
    Libraries *libraries = libraries_new(str_of(folder), NULL);
    load_all(libraries, f.index);
    assert_ptr_equal(index_facts(f.index, stub(&f, "held/__init__.pyi")), held);
    assert_true(is_loaded(&f, "held/inner.pyi"));
    libraries_free(libraries);
    fixture_release(&f);
    buf_release(&path);
}

static void may_be_freed_while_workers_read(void **state) {
    (void)state;
    write_stub("builtins.pyi", "class str: ...\n");
    Fixture f = fixture("import é\n");
    Libraries *libraries = libraries_new(str_of(folder), NULL);
    bool ready = false;
    assert_true(libraries_load(libraries, f.index,
                               (LibrariesHandler){UINT64_MAX, uv_default_loop(), &ready, on_ready}, 0));
    libraries_free(libraries);
    ready = false;
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    assert_false(ready);
    assert_false(is_loaded(&f, "builtins.pyi"));
    fixture_release(&f);
}

static int make_folder(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/headword-stubs-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(stubs_are_loaded_on_demand),
        CASE(order_is_that_of_the_imports),
        CASE(what_the_index_holds_is_not_read),
        CASE(may_be_freed_while_workers_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
