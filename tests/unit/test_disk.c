#include "folder.h"

#include "base/log.h"
#include "index/decode.h"
#include "index/disk/process.h"
#include "index/disk/settings.h"
#include "index/disk/walk.h"

#include <fcntl.h>
#include <signal.h>

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
    assert_false(file_read(self->path, 0, &bytes, &why));
    assert_string_equal(why.data, "not a regular file");
    buf_clear(&why);
    if (file_exists("/proc/self/status")) { /* longer than it says, as if it grew */
        assert_false(file_read("/proc/self/status", 5, &bytes, &why));
        assert_string_equal(why.data, "read: File too large");
        buf_clear(&why);
    }
    assert_false(file_write(at(self, "large/below"), STR("x"), &why));
    assert_true(why.len > 0);
    assert_int_equal(bytes.len, 0);
    buf_release(&bytes);
    buf_release(&why);
}

/* --- programs ---------------------------------------------------------------------------------- */

static void assert_run(const char *command, uint32_t patience, size_t len, const char *reason) {
    extern char **environ;
    char shell[] = "sh", option[] = "-c", *script = str_dup(str_of(command));
    StrBuf out, why;
    buf_init(&out);
    buf_init(&why);
    bool good = process_read((char *[]){shell, option, script, NULL}, environ, patience, &out, &why);
    assert_string_equal(why.data, reason);
    assert_int_equal(good, *reason == '\0');
    assert_int_equal(out.len, len);
    buf_release(&out);
    buf_release(&why);
    mem_free(script);
}

static void programs_are_read_to_their_end(void **state) {
    (void)state;
    enum { AGES = 600000 };
    assert_run("printf 'é🚀'", AGES, 6, "");
    assert_run("cat", AGES, 0, "");
    assert_run("yes | head -c 300000", AGES, 300000, "");
    assert_run("yes | head -c 300000 >&2; echo", AGES, 1, "");
    assert_run("echo some; echo 'é: no' >&2; echo more >&2; exit 3", AGES, 0, "é: no");
    assert_run("kill $$", AGES, 0, "was ended by signal 15");
    assert_run("exec >&- 2>&-; exit 1", AGES, 0, "ended with status 1");
}

/* What it printed may be a part of what it wanted to. */
static void a_program_whose_end_nobody_knows_has_failed(void **state) {
    (void)state;
    signal(SIGCHLD, SIG_IGN);
    assert_run("echo some; exit 1", 600000, 0, "No child processes");
    assert_run("echo some", 600000, 0, "No child processes");
    signal(SIGCHLD, SIG_DFL);
}

static void programs_that_hang_are_ended(void **state) {
    (void)state;
    assert_run("echo some; sleep 600", 20, 0, "took longer than 20 ms");
    assert_run("exec >&- 2>&-; sleep 600", 20, 0, "took longer than 20 ms");
    assert_run("sleep 600 & exit 0", 20, 0, "took longer than 20 ms"); /* somebody still may print */
}

static void what_they_started_is_ended_too(void **state) {
    Folder *self = *state;
    char byte;
    assert_int_equal(mkfifo(at(self, "pipe"), 0600), 0);
    int end = open(at(self, "pipe"), O_RDONLY | O_NONBLOCK);
    fcntl(end, F_SETFL, 0);
    StrBuf script;
    buf_init(&script);
    buf_printf(&script, "exec 3>%s; sleep 600 & exit 0", at(self, "pipe"));
    assert_run(script.data, 100, 0, "took longer than 100 ms");
    assert_int_equal(read(end, &byte, 1), 0); /* nobody has it open any more */
    close(end);
    buf_release(&script);
}

static void programs_that_are_not_there_say_so(void **state) {
    (void)state;
    char name[] = "headword-no-such-é🚀", *environment[] = {NULL};
    StrBuf out, why;
    buf_init(&out);
    buf_init(&why);
    assert_false(process_read((char *[]){name, NULL}, environment, 600000, &out, &why));
    assert_string_equal(why.data, "No such file or directory");
    buf_release(&out);
    buf_release(&why);
}

/* --- the log ----------------------------------------------------------------------------------- */

static void what_is_said_once_is_said_once(void **state) {
    Folder *self = *state;
    assert_true(log_open(at(self, "log")));
    log_line(LOG_WARNING, "a\nb é🚀");
    for (int i = 0; i < LOG_MOST_ONCE + 50; i++) {
        log_once(LOG_WARNING, "skipped %d", i);
        log_once(LOG_WARNING, "skipped %d", i);
    }
    log_open(NULL);
    StrBuf text, why, wanted;
    buf_init(&text);
    buf_init(&why);
    buf_init(&wanted);
    buf_append(&wanted, STR("headword: warning: a?b é🚀\n"));
    for (int i = 0; i < LOG_MOST_ONCE; i++) buf_printf(&wanted, "headword: warning: skipped %d\n", i);
    buf_append(&wanted, STR("headword: warning: there are more such files\n"));
    assert_true(file_read(at(self, "log"), 0, &text, &why));
    assert_string_equal(text.data, wanted.data);
    buf_release(&text);
    buf_release(&why);
    buf_release(&wanted);
}

/* --- settings ---------------------------------------------------------------------------------- */

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

static void assert_refused(Folder *self, const char *setting, const char *warnings) {
    Settings settings;
    StrBuf got, text;
    buf_init(&got);
    buf_init(&text);
    buf_printf(&text, "# é🚀\n%s\n", setting);
    put(self, ".headword.toml", text.data);
    settings_init(&settings);
    settings_load(&settings, str_of(self->path), &got);
    assert_string_equal(got.data, warnings);
    assert_int_equal(strcmp(settings.pages_out, "docs/headword") == 0, *warnings != '\0');
    settings_release(&settings);
    buf_release(&got);
    buf_release(&text);
}

static void a_repository_may_not_say_everything(void **state) {
    static const char *const outside[] = {"/é🚀", "..", "../é", "a/../../é", ".git/hooks", "a/.GIT", "//é"};
    Folder *self = *state;
    StrBuf line;
    buf_init(&line);
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        buf_clear(&line);
        buf_printf(&line, "pages.out = '%s'", outside[i]);
        assert_refused(self, line.data,
                       ".headword.toml:2: setting pages.out must be inside the repository, outside of .git; "
                       "--out, --set and an editor's settings may name other folders\n");
    }
    assert_refused(self, "pages.out = 'a/../é'", "");
    assert_refused(self, "pages.out = '.'", "");
    assert_refused(self, "pages.out = '.github/..git'", "");
    assert_refused(self, "pages.sourceUrl = 'javascript:alert(1)//'",
                   ".headword.toml:2: setting pages.sourceUrl must be an http or https address\n");
    buf_release(&line);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(files_are_written_whole_and_read_back),
        IN_FOLDER(what_cannot_be_read_says_why),
        cmocka_unit_test(programs_are_read_to_their_end),
        cmocka_unit_test(a_program_whose_end_nobody_knows_has_failed),
        cmocka_unit_test(programs_that_hang_are_ended),
        IN_FOLDER(what_they_started_is_ended_too),
        cmocka_unit_test(programs_that_are_not_there_say_so),
        IN_FOLDER(what_is_said_once_is_said_once),
        IN_FOLDER(roots_are_found_by_their_marks),
        IN_FOLDER(settings_come_from_pyproject),
        IN_FOLDER(headword_toml_wins_over_pyproject),
        IN_FOLDER(a_repository_may_not_say_everything),
        IN_FOLDER(the_project_is_called_as_it_calls_itself),
        cmocka_unit_test(encodings_are_those_the_file_declares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
