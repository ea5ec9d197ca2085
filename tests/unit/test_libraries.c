/* What own code imports is read from the stubs, and only that. */
#include "fixture.h"

#include "index/disk/file.h"
#include "index/disk/libraries.h"
#include "index/resolve.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/headword-stubs-XXXXXX";

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

static bool is_loaded(const Fixture *f, const char *name) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(folder));
    path_join(&path, str_of(name));
    bool loaded = index_find_file(f->index, buf_str(&path)) != NONE;
    buf_release(&path);
    return loaded;
}

static void stubs_are_loaded_on_demand(void **state) {
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_stub("builtins.pyi", "class str:\n    def upper(self) -> str: ...\n");
    write_stub("é/__init__.pyi", "from é.inner import *\n");
    write_stub("é/inner.pyi", "from other import z\ndef f() -> str: ...\n");
    write_stub("other.pyi", "z = 1\n");
    Fixture f = fixture("import é\né.f().$upper()\n");
    Libraries *libraries = libraries_new(str_of(folder));
    while (libraries_load(libraries, f.index, f.parser, 0)) {
    }
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

static int remove_folder(void **state) {
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test_teardown(stubs_are_loaded_on_demand, remove_folder)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
