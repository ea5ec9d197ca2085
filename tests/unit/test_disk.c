#include "base/mem.h"
#include "base/path.h"
#include "index/decode.h"
#include "index/disk/file.h"
#include "index/disk/settings.h"
#include "index/disk/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder of its own for each test. */
typedef struct {
    char path[64];
    StrBuf scratch;
} Folder;

static int make_folder(void **state) {
    Folder *self = mem_alloc(sizeof *self);
    snprintf(self->path, sizeof self->path, "/tmp/headword-test-XXXXXX");
    if (mkdtemp(self->path) == NULL) return -1;
    buf_init(&self->scratch);
    *state = self;
    return 0;
}

static int remove_folder(void **state) {
    Folder *self = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", self->path);
    int status = system(command);
    buf_release(&self->scratch);
    mem_free(self);
    return status;
}

static const char *at(Folder *self, const char *name) {
    buf_clear(&self->scratch);
    buf_append(&self->scratch, str_of(self->path));
    path_join(&self->scratch, str_of(name));
    return self->scratch.data;
}

static void put(Folder *self, const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(at(self, name), str_of(text), &why));
    buf_release(&why);
}

static void files_are_written_whole_and_read_back(void **state) {
    Folder *self = *state;
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    put(self, "new/é/🚀.md", "one");
    assert_int_equal(chmod(at(self, "new/é/🚀.md"), 0640), 0);
    put(self, "new/é/🚀.md", "two");
    assert_true(file_read(at(self, "new/é/🚀.md"), 0, &bytes, &why));
    assert_string_equal(bytes.data, "two");
    struct stat info;
    assert_int_equal(stat(at(self, "new/é/🚀.md"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    Paths left = {0};
    walk_files(at(self, "new"), &left);
    assert_int_equal(left.len, 1); /* nothing stays beside it */
    paths_release(&left);
    buf_release(&bytes);
    buf_release(&why);
}

static void what_cannot_be_read_says_why(void **state) {
    Folder *self = *state;
    StrBuf bytes, why;
    buf_init(&bytes);
    buf_init(&why);
    put(self, "large", "0123456789");
    assert_false(file_read(at(self, "large"), 5, &bytes, &why));
    assert_string_equal(why.data, "too large (10 bytes, the limit is 5)");
    buf_clear(&why);
    assert_false(file_read(at(self, "none"), 0, &bytes, &why));
    assert_string_equal(why.data, "open: No such file or directory");
    buf_clear(&why);
    assert_int_equal(mkfifo(at(self, "pipe"), 0600), 0);
    assert_false(file_read(at(self, "pipe"), 0, &bytes, &why));
    assert_string_equal(why.data, "not a regular file");
    buf_clear(&why);
    assert_false(file_write(at(self, "large/below"), STR("x"), &why));
    assert_true(why.len > 0);
    assert_int_equal(bytes.len, 0);
    buf_release(&bytes);
    buf_release(&why);
}

static void assert_walk(Folder *self, const char *wanted) {
    Paths paths = {0};
    StrBuf found;
    buf_init(&found);
    walk_files(self->path, &paths);
    for (uint32_t i = 0; i < paths.len; i++)
        buf_printf(&found, "%s ", paths.items[i] + strlen(self->path) + 1);
    assert_string_equal(found.data, wanted);
    buf_release(&found);
    paths_release(&paths);
}

static void the_walk_skips_what_nobody_wrote(void **state) {
    Folder *self = *state;
    static const char *const files[] = {"a.py",           "pkg/é🚀.py",
                                        ".hidden/b.py",   "node_modules/x/c.py",
                                        "env/pyvenv.cfg", "lib/site-packages/f.py",
                                        "env/lib/d.py",   "pkg/__pycache__/e.py"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) put(self, files[i], "x");
    char *loop = str_dup(str_of(at(self, "pkg/loop")));
    assert_int_equal(symlink(self->path, loop), 0);
    mem_free(loop);
    assert_walk(self, "a.py pkg/é🚀.py ");
}

static void the_walk_follows_git_where_there_is_a_checkout(void **state) {
    Folder *self = *state;
    put(self, "kept.py", "x");
    put(self, "ignored.py", "x");
    put(self, ".gitignore", "ignored.py\n");
    char command[160];
    snprintf(command, sizeof command, "git init -q '%s'", self->path);
    if (system(command) != 0) skip(); /* no git on this machine */
    assert_walk(self, ".gitignore kept.py ");
}

static void assert_filter(Folder *self, const char *const *paths, const char *wanted) {
    Paths list = {0};
    StrBuf names;
    buf_init(&names);
    for (; *paths; paths++) ARRAY_PUSH(&list, str_dup(str_of(at(self, *paths))));
    walk_filter(self->path, &list);
    for (uint32_t i = 0; i < list.len; i++) {
        buf_append(&names, path_below(str_of(list.items[i]), str_of(self->path)));
        buf_append_byte(&names, ' ');
    }
    assert_string_equal(names.data, wanted);
    buf_release(&names);
    paths_release(&list);
}

static void new_files_obey_the_rules_of_the_walk(void **state) {
    Folder *self = *state;
    static const char *const paths[] = {
        "a.py", ".hidden/b.py", "ignored/c.py", "node_modules/d.py", "é[*].py", "missing.py", NULL};
    for (size_t i = 0; i < 5; i++) put(self, paths[i], "x");
    put(self, ".gitignore", "ignored/\n");
    put(self, "other.py", "x");
    assert_filter(self, paths, "a.py ignored/c.py é[*].py ");
    char command[160];
    snprintf(command, sizeof command, "git init -q '%s'", self->path);
    if (system(command) != 0) skip(); /* no git on this machine */
    assert_filter(self, paths, ".hidden/b.py a.py node_modules/d.py é[*].py ");
}

static void assert_root(Folder *self, const char *path, const char *wanted, bool found) {
    StrBuf root;
    buf_init(&root);
    assert_int_equal(walk_find_root(str_of(at(self, path)), &root), found);
    assert_string_equal(root.data, at(self, wanted));
    buf_release(&root);
}

static void roots_are_found_by_their_marks(void **state) {
    Folder *self = *state;
    put(self, "a/pyproject.toml", "");
    put(self, "a/b/c/x.py", "");
    assert_root(self, "a/b/c/x.py", "a", true);
    assert_root(self, "a/b/c", "a", true);
    put(self, "stray.py", ""); /* no folder around it is a project, nor is the one of temporary files */
    assert_root(self, "stray.py", "", false);
}

static void assert_settings(Folder *self, const char *warnings) {
    Settings settings;
    StrBuf got;
    buf_init(&got);
    settings_init(&settings);
    settings_load(&settings, str_of(self->path), &got);
    assert_string_equal(got.data, warnings);
    assert_string_equal(settings.pages_out, "é/🚀");
    assert_int_equal(settings.search_limit, 1000);
    assert_false(settings.diagnostics_syntax);
    settings_release(&settings);
    buf_release(&got);
}

static void settings_come_from_pyproject(void **state) {
    Folder *self = *state;
    put(self, "pyproject.toml",
        "[project]\nname = 'x'\n[tool.headword]\nsearch.limit = 1_000\npages = { out = \"\\u00e9/🚀\" }\n"
        "log.levle = 'info'\n[tool.headword.diagnostics]\nsyntax = "
        "false\n[tool.headword.index]\nmaxFileBytes = 'big'\n");
    assert_settings(self,
                    "pyproject.toml:6: unknown setting log.levle\n"
                    "pyproject.toml:10: setting index.maxFileBytes must be a whole number, 0 or more\n");
}

static void assert_project(Folder *self, const char *wanted) {
    Settings settings;
    StrBuf warnings;
    buf_init(&warnings);
    settings_init(&settings);
    settings_load(&settings, str_of(self->path), &warnings);
    assert_string_equal(warnings.data, "");
    assert_string_equal(settings.pages_project, wanted);
    settings_release(&settings);
    buf_release(&warnings);
}

static void the_project_is_called_as_it_calls_itself(void **state) {
    Folder *self = *state;
    put(self, "pyproject.toml", "[project]\nname = \"é🚀\"\nversion = 1\n");
    assert_project(self, "é🚀");
    put(self, ".headword.toml", "pages.out = \"x\"\n");
    assert_project(self, "é🚀");
    put(self, ".headword.toml", "pages.project = \"own\"\n");
    assert_project(self, "own");
    put(self, "pyproject.toml", "not toml [\n[tool.headword]\nno.such = 1\n");
    assert_project(self, "own");
}

static void headword_toml_wins_over_pyproject(void **state) {
    Folder *self = *state;
    put(self, "pyproject.toml", "[tool.headword]\nsearch.limit = 5\n");
    put(self, ".headword.toml",
        "search.limit = 1000\n\"pages\".out = 'é/🚀'\n[diagnostics]\nsyntax = false\n= oops\n");
    assert_settings(self, ".headword.toml:5: not valid TOML\n");
}

static void assert_decoded(const char *bytes, size_t len, const char *text, const char *encoding,
                           bool lossy) {
    StrBuf out;
    buf_init(&out);
    Decoded decoded = decode_text(STR("x.py"), str_make(bytes, len), &out);
    assert_string_equal(out.data, text);
    assert_string_equal(decoded.encoding, encoding);
    assert_int_equal(decoded.lossy, lossy);
    buf_release(&out);
}

static void encodings_are_those_the_file_declares(void **state) {
    (void)state;
    assert_decoded("\xC3\xA9", 2, "é", "utf-8", false);
    assert_decoded("\xEF\xBB\xBFx", 4, "x", "utf-8", false);
    assert_decoded("#coding: Latin-1\n\xE9", 18, "#coding: Latin-1\né", "iso-8859-1", false);
    assert_decoded("#!x\n# vim: set fileencoding=cp1252 :\n\x80", 38,
                   "#!x\n# vim: set fileencoding=cp1252 :\n€", "cp1252", false);
    assert_decoded("x = 1\n# coding: latin-1\n\xE9", 25, "x = 1\n# coding: latin-1\n\uFFFD", "utf-8", true);
    assert_decoded("# coding: no-such\nx", 19, "# coding: no-such\nx", "utf-8", true);
    assert_decoded("a\xFFz", 3, "a\uFFFDz", "utf-8", true);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(files_are_written_whole_and_read_back),
        IN_FOLDER(what_cannot_be_read_says_why),
        IN_FOLDER(the_walk_skips_what_nobody_wrote),
        IN_FOLDER(the_walk_follows_git_where_there_is_a_checkout),
        IN_FOLDER(new_files_obey_the_rules_of_the_walk),
        IN_FOLDER(roots_are_found_by_their_marks),
        IN_FOLDER(settings_come_from_pyproject),
        IN_FOLDER(headword_toml_wins_over_pyproject),
        IN_FOLDER(the_project_is_called_as_it_calls_itself),
        cmocka_unit_test(encodings_are_those_the_file_declares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
