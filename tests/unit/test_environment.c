/* Where libraries are found. A case is a shell command that makes a folder, and the folders that come of it:
 * "+" before those that packages are installed into. */
#include "folder.h"

#include "index/disk/environment.h"

#define SITE "lib/python3.11/site-packages"

static const char *const variables[] = {"VIRTUAL_ENV", "CONDA_PREFIX",   "CONDA_DEFAULT_ENV",
                                        "PYTHONPATH",  "PYTHONUSERBASE", NULL};

static int setup(void **state) {
    if (make_folder(state) != 0) return -1;
    Folder *self = *state;
    for (size_t i = 0; variables[i]; i++) unsetenv(variables[i]);
    setenv("PATH", at(self, "no/bin"), 1);
    setenv("HOME", at(self, "home"), 1);
    return 0;
}

static int teardown(void **state) {
    setenv("PATH", "/usr/bin:/bin", 1);
    return remove_folder(state);
}

static void make(Folder *self, const char *command) {
    setenv("PATH", "/usr/bin:/bin", 1);
    assert_true(run_in(self, command));
    setenv("PATH", at(self, "no/bin"), 1);
}

/* What is found for the root "r", a line each, relative to the test's folder; then the reason, if any. */
static void expect(Folder *self, const char *wanted, const char *folders) {
    Environment found;
    StrBuf why, text;
    buf_init(&why);
    buf_init(&text);
    environment_init(&found);
    environment_find(&found, str_of(at(self, "r")), str_of(wanted), &why);
    for (uint32_t i = 0; i < found.folders.len; i++) {
        const LibraryFolder *folder = &found.folders.items[i];
        Str below = path_below(str_of(folder->path), str_of(self->path));
        buf_printf(&text, "%s%.*s\n", folder->installed ? "+" : "", STR_ARG(below));
    }
    buf_append(&text, buf_str(&why));
    assert_string_equal(text.data, folders);
    environment_release(&found);
    buf_release(&why);
    buf_release(&text);
}

static void nothing_is_there(void **state) {
    make(*state, "mkdir r");
    expect(*state, "", "");
    expect(*state, "none", "");
}

static void in_the_root(void **state) {
    make(*state, "mkdir -p r/.venv/" SITE " r/.venv/lib/python3.9/site-packages; touch r/.venv/pyvenv.cfg");
    expect(*state, "", "+r/.venv/" SITE "\n");
    expect(*state, "none", "");
    make(*state, "mv r/.venv r/é🚀"); /* whatever it is called */
    expect(*state, "", "+r/é🚀/" SITE "\n");
}

static void as_windows_lays_it_out(void **state) {
    make(*state, "mkdir -p r/venv/Lib/site-packages r/venv/Scripts; touch r/venv/pyvenv.cfg");
    expect(*state, "", "+r/venv/Lib/site-packages\n");
}

/* That of the interpreter that an environment was made with, whose packages are not seen. */
static void the_standard_library_too(void **state) {
    make(*state,
         "mkdir -p r/.venv/" SITE " base/bin base/" SITE " base/lib/python3.9 real/bin real/lib/python3.12;"
         "touch base/lib/python3.11/os.py base/lib/python3.9/os.py real/lib/python3.12/os.py;"
         "touch real/bin/python3.12; mkdir -p é🚀; ln -s ../real/bin/python3.12 é🚀/python3.12;"
         "printf 'home = %s/base/bin\\nversion = 3.11.4\\n' $PWD > r/.venv/pyvenv.cfg");
    expect(*state, "", "+r/.venv/" SITE "\n+base/lib/python3.11\n");
    make(*state, "printf 'home = %s/é🚀\\nversion = 3.12.1\\n' $PWD > r/.venv/pyvenv.cfg");
    expect(*state, "", "+r/.venv/" SITE "\n+real/lib/python3.12\n"); /* where it lies */
    expect(*state, "../base/bin/../", "+base/" SITE "\n+base/lib/python3.11\n");
}

static void as_conda_lays_it_out(void **state) {
    make(*state, "mkdir -p r c/conda-meta c/" SITE " b/conda-meta b/" SITE);
    setenv("CONDA_PREFIX", at(*state, "c"), 1);
    expect(*state, "", "+c/" SITE "\n");
    make(*state, "mkdir -p r/.venv/" SITE "; touch r/.venv/pyvenv.cfg");
    expect(*state, "", "+c/" SITE "\n");
    setenv("CONDA_DEFAULT_ENV", "base", 1);
    expect(*state, "", "+r/.venv/" SITE "\n");
}

static void the_activated_one_counts_first(void **state) {
    make(*state, "for v in a r/.venv; do mkdir -p $v/" SITE "; touch $v/pyvenv.cfg; done");
    setenv("VIRTUAL_ENV", at(*state, "a"), 1);
    expect(*state, "", "+a/" SITE "\n");
    setenv("VIRTUAL_ENV", at(*state, "gone"), 1);
    expect(*state, "", "+r/.venv/" SITE "\n");
}

static void as_the_setting_says(void **state) {
    make(*state, "for v in é r/.venv r/other home/e; do mkdir -p $v/" SITE " $v/bin; touch $v/pyvenv.cfg "
                 "$v/bin/python; done");
    expect(*state, "other", "+r/other/" SITE "\n");
    expect(*state, "../é/bin/python", "+é/" SITE "\n");
    expect(*state, "~/e", "+home/e/" SITE "\n");
    expect(*state, "ü",
           "+r/.venv/" SITE "\npython.environment: ü is neither a virtual environment nor an interpreter; "
           "looking for another");
}

static void as_other_tools_are_told(void **state) {
    make(*state, "for v in a b r/.venv; do mkdir -p $v/" SITE "; touch $v/pyvenv.cfg; done");
    put(*state, "r/pyproject.toml", "[tool.pyright]\nvenvPath = \"..\"\nvenv = \"a\"\n");
    expect(*state, "", "+a/" SITE "\n");
    put(*state, "r/pyproject.toml", "[tool.ty.environment]\npython = \"../b\"\n");
    expect(*state, "", "+b/" SITE "\n");
    make(*state, "rm -r r/.venv r/pyproject.toml; mkdir a/bin; touch a/bin/python3; "
                 "echo \"$PWD/a/bin/python3\" >r/.pdm-python");
    expect(*state, "", "+a/" SITE "\n");
}

static void what_files_name_comes_behind(void **state) {
    make(*state, "mkdir -p r/src ext/é r/venv/" SITE "/in.egg; touch r/venv/pyvenv.cfg; mkdir r/fnd old");
    put(*state, "r/venv/" SITE "/a.pth",
        "# comment\n../../../../src\n/none/such\nimport os; os.stat('x')\n./in.egg\r\n");
    StrBuf text;
    buf_init(&text);
    buf_printf(&text, "%s\n.", at(*state, "old"));
    put(*state, "r/venv/" SITE "/old.egg-link", text.data);
    buf_clear(&text);
    buf_printf(&text, "import sys\nMAPPING: dict[str, str] = {'é': '%s', 'other': '/x/name', \"fnd\": '",
               at(*state, "ext/é"));
    buf_printf(&text, "%s.py'}\nNAMESPACES = {}\n", at(*state, "r/fnd/fnd"));
    put(*state, "r/venv/" SITE "/__editable___é_1_0_finder.py", text.data);
    expect(*state, "", "+r/venv/" SITE "\next\nr/fnd\nr/src\nr/venv/" SITE "/in.egg\nold\n");
    buf_release(&text);
}

static void what_the_base_has_is_seen_if_told_so(void **state) {
    make(*state,
         "mkdir -p r/.venv/" SITE " base/bin base/" SITE " home/.local/" SITE "; touch base/bin/python3.11");
    StrBuf text;
    buf_init(&text);
    buf_printf(&text, "home = %s\nversion = 3.11.2\ninclude-system-site-packages = true\n",
               at(*state, "base/bin"));
    put(*state, "r/.venv/pyvenv.cfg", text.data);
    expect(*state, "", "+r/.venv/" SITE "\n+home/.local/" SITE "\n+base/" SITE "\n");
    buf_clear(&text);
    buf_printf(&text, "home = %s\nversion = 3.11.2\ninclude-system-site-packages = false\n",
               at(*state, "base/bin"));
    put(*state, "r/.venv/pyvenv.cfg", text.data);
    expect(*state, "", "+r/.venv/" SITE "\n");
    buf_release(&text);
}

static void the_interpreter_on_path_comes_last(void **state) {
    make(*state, "mkdir -p r usr/bin usr/lib/python3/dist-packages usr/local/lib/python3.11/dist-packages "
                 "home/.local/" SITE " usr/lib/python3.11; touch usr/bin/python3.11; "
                 "chmod +x usr/bin/python3.11; ln -s python3.11 usr/bin/python3; ln -s lib usr/lib64");
    setenv("PATH", at(*state, "usr/bin"), 1);
    expect(*state, "",
           "+home/.local/" SITE "\n+usr/local/lib/python3.11/dist-packages\n"
           "+usr/lib/python3/dist-packages\n");
}

static void an_environment_on_path_is_one(void **state) {
    make(*state, "mkdir -p r v/bin home/.local/" SITE " v/" SITE "; touch v/bin/python3.11 v/pyvenv.cfg; "
                 "ln -s python3.11 v/bin/python3; chmod +x v/bin/python3.11");
    setenv("PATH", at(*state, "v/bin"), 1);
    expect(*state, "", "+v/" SITE "\n");
}

static void pyenv_stands_in_for_interpreters(void **state) {
    make(*state,
         "mkdir -p r p/shims p/versions/3.11.7/" SITE " p/versions/3.9.1/lib/python3.9/site-packages; "
         "touch p/shims/python3; chmod +x p/shims/python3; echo 3.11.7 >p/version");
    setenv("PATH", at(*state, "p/shims"), 1);
    expect(*state, "", "+p/versions/3.11.7/" SITE "\n");
    put(*state, "r/.python-version", "3.9.1\n");
    expect(*state, "", "+p/versions/3.9.1/lib/python3.9/site-packages\n");
}

static void before_all_comes_what_is_set_for_the_process(void **state) {
    make(*state, "mkdir -p r/lib é r/__pypackages__/3.11/lib r/.venv/" SITE "; touch r/.venv/pyvenv.cfg");
    StrBuf text;
    buf_init(&text);
    buf_printf(&text, "%s::lib", at(*state, "é"));
    setenv("PYTHONPATH", text.data, 1);
    expect(*state, "", "é\nr/lib\n+r/__pypackages__/3.11/lib\n+r/.venv/" SITE "\n");
    buf_release(&text);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(nothing_is_there),
        CASE(in_the_root),
        CASE(as_windows_lays_it_out),
        CASE(the_standard_library_too),
        CASE(as_conda_lays_it_out),
        CASE(the_activated_one_counts_first),
        CASE(as_the_setting_says),
        CASE(as_other_tools_are_told),
        CASE(what_files_name_comes_behind),
        CASE(what_the_base_has_is_seen_if_told_so),
        CASE(the_interpreter_on_path_comes_last),
        CASE(an_environment_on_path_is_one),
        CASE(pyenv_stands_in_for_interpreters),
        CASE(before_all_comes_what_is_set_for_the_process),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
