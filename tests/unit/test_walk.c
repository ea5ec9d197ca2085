#include "folder.h"

#include "base/log.h"
#include "index/disk/walk.h"

#include <fcntl.h>

/* What the walk finds, and what it says of that in the log, where "$" stands for the folder. */
static void assert_walk_logs(Folder *self, const char *below, const char *wanted, const char *logged) {
    Paths paths = {0};
    StrBuf found, log, why;
    buf_init(&found);
    buf_init(&log);
    buf_init(&why);
    char *root = str_dup(str_of(*below ? at(self, below) : self->path)), name[] = "/tmp/headword-log-XXXXXX";
    close(mkstemp(name));
    assert_true(log_open(name));
    walk_files(root, &paths);
    log_open(NULL);
    for (uint32_t i = 0; i < paths.len; i++) buf_printf(&found, "%s ", paths.items[i] + strlen(root) + 1);
    assert_true(file_read(name, 0, &log, &why));
    for (size_t place; (place = str_find(buf_str(&log), str_of(self->path))) != STR_NPOS;)
        buf_replace(&log, place, place + strlen(self->path), STR("$"));
    unlink(name);
    assert_string_equal(found.data, wanted);
    assert_string_equal(log.data, logged);
    buf_release(&found);
    buf_release(&log);
    buf_release(&why);
    paths_release(&paths);
    mem_free(root);
}

static void assert_walk(Folder *self, const char *wanted) { assert_walk_logs(self, "", wanted, ""); }

static void assert_walk_below(Folder *self, const char *below, const char *wanted) {
    assert_walk_logs(self, below, wanted, "");
}

static void need(bool there) {
    if (!there) skip();
}

/* --- without git ------------------------------------------------------------------------------- */

static void what_nobody_wrote_is_skipped(void **state) {
    Folder *self = *state;
    static const char *const files[] = {"a.py",           "pkg/é🚀.py",
                                        ".hidden/b.py",   "node_modules/x/c.py",
                                        "env/pyvenv.cfg", "lib/site-packages/f.py",
                                        "env/lib/d.py",   "pkg/__pycache__/e.py"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) put(self, files[i], "x");
    assert_walk(self, "a.py pkg/é🚀.py ");
}

static void links_are_not_followed(void **state) {
    Folder *self = *state;
    put(self, "root/pkg/é.py", "x");
    put(self, "outside/b.py", "x");
    assert_true(run_in(self,
                       "cd root; ln -s ../outside folder; ln -s ../outside/b.py file.py; ln -s self self;"
                       "ln -s . pkg/loop; ln -s '🚀' dead.py; ln -s root ../link"));
    assert_walk_below(self, "root", "pkg/é.py ");
    assert_walk_below(self, "link", "pkg/é.py "); /* the root itself may be one */
}

static void what_is_no_file_is_passed_by(void **state) {
    Folder *self = *state;
    put(self, "a.py", "x");
    assert_int_equal(mkfifo(at(self, "é🚀.py"), 0600), 0);
    assert_int_equal(mkdir(at(self, "folder.py"), 0700), 0);
    assert_walk(self, "a.py ");
}

static void names_may_hold_any_byte(void **state) {
    Folder *self = *state;
    put(self, "new\nline \"'\\.py", "x");
    put(self, "\xFF\xC3.py", "x");
    put(self, " é🚀$(x) *.py", "x");
    put(self, "-C", "x");
    assert_walk(self, " é🚀$(x) *.py -C new\nline \"'\\.py \xFF\xC3.py ");
    need(run_in(self, "git init -q"));
    assert_walk(self, " é🚀$(x) *.py -C new\nline \"'\\.py \xFF\xC3.py ");
}

static void folders_that_cannot_be_read_are_told_of(void **state) {
    Folder *self = *state;
    uid_t user = geteuid();
    put(self, "a.py", "x");
    put(self, "é🚀/b.py", "x");
    assert_int_equal(chmod(self->path, 0755), 0);
    assert_int_equal(chmod(at(self, "é🚀"), 0), 0);
    if (user == 0) assert_int_equal(seteuid(65534), 0); /* root reads everything */
    assert_walk_logs(self, "", "a.py ", "headword: warning: skipped folder $/é🚀: Permission denied\n");
    assert_walk(self, "a.py "); /* once */
    assert_int_equal(seteuid(user), 0);
}

static void what_is_not_there_is_told_of(void **state) {
    Folder *self = *state;
    assert_walk_logs(self, "é🚀", "", "headword: warning: skipped folder $/é🚀: No such file or directory\n");
}

/* Deeper than the system can name in one piece. */
static void depth_has_an_end(void **state) {
    Folder *self = *state;
    enum { LEVELS = 100 };
    char name[101];
    memset(name, 'd', 100);
    name[100] = '\0';
    int folder = open(self->path, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < LEVELS; i++) {
        assert_int_equal(mkdirat(folder, name, 0700), 0);
        int inner = openat(folder, name, O_RDONLY | O_DIRECTORY);
        close(folder);
        folder = inner;
    }
    close(openat(folder, "deep.py", O_WRONLY | O_CREAT, 0600));
    close(folder);
    put(self, "é🚀.py", "x");
    char told[200];
    snprintf(told, sizeof told, "headword: warning: skipped …/%s: its path is too long for the system\n",
             name);
    assert_walk_logs(self, "", "é🚀.py ", told);
}

/* --- with git ---------------------------------------------------------------------------------- */

static void installed_packages_are_left_out_of_checkouts_too(void **state) {
    Folder *self = *state;
    put(self, "é/lib/python3.12/site-packages/a.py", "x");
    put(self, "dist-packages/b.py", "x");
    put(self, "my-site-packages/é🚀.py", "x");
    need(run_in(self, "git init -q"));
    assert_walk(self, "my-site-packages/é🚀.py ");
}

static void ignore_rules_are_those_of_git(void **state) {
    Folder *self = *state;
    put(self, "kept.py", "x");
    put(self, "ignored.py", "x");
    put(self, "é🚀/deep/ignored.py", "x");
    put(self, "é🚀/deep/kept.py", "x");
    put(self, "é🚀/.gitignore", "*\n!deep/\n!kept.py\n");
    put(self, ".gitignore", "/ignored.py\n");
    need(run_in(self, "git init -q"));
    assert_walk(self, ".gitignore kept.py é🚀/deep/kept.py ");
    assert_walk_below(self, "é🚀", "deep/kept.py ");
    put(self, ".gitignore", "/é🚀\n");
    assert_walk_below(self, "é🚀", ".gitignore deep/ignored.py deep/kept.py "); /* who opens it wants it */
    put(self, ".gitignore", "*\n");
    assert_walk(self, ""); /* nothing is a listing too */
}

static void tracked_files_may_be_gone_or_elsewhere(void **state) {
    Folder *self = *state;
    put(self, "root/a.py", "x");
    put(self, "root/gone.py", "x");
    put(self, "root/é🚀/b.py", "x");
    need(run_in(self, "cd root && git init -q && git add ."));
    assert_true(run_in(self, "cd root && rm gone.py && mkdir gone.py && mv é🚀 .. && ln -s ../é🚀 é🚀"));
    assert_walk_below(self, "root", "a.py ");
}

#define COMMIT "git add . && git -c user.name=é -c user.email=e@x commit -q -m x"

static void checkouts_inside_of_others_have_their_own_rules(void **state) {
    Folder *self = *state;
    static const char *const files[] = {"inner", "part", "main/tree"};
    put(self, "main/a.py", "x");
    put(self, "main/.gitignore", "ignored/\n");
    for (size_t i = 0; i < sizeof files / sizeof *files - 1; i++) {
        StrBuf name;
        buf_init(&name);
        buf_printf(&name, "%s/é🚀.py", files[i]);
        put(self, name.data, "x");
        buf_clear(&name);
        buf_printf(&name, "%s/.gitignore", files[i]);
        put(self, name.data, "own.py\n");
        buf_clear(&name);
        buf_printf(&name, "%s/own.py", files[i]);
        put(self, name.data, "x");
        buf_release(&name);
    }
    need(run_in(self, "for r in inner part main; do (cd $r && git init -q && " COMMIT ") || exit 1; done"));
    assert_true(run_in(
        self, "cp -r inner main/ && cp -r inner main/ignored && cd main && git worktree add -q tree && "
              "git -c protocol.file.allow=always submodule --quiet add ../part part"));
    assert_walk_below(self, "main",
                      ".gitignore .gitmodules a.py inner/.gitignore inner/é🚀.py part/.gitignore part/é🚀.py "
                      "tree/.gitignore tree/a.py ");
    assert_walk_below(self, "main/part", ".gitignore é🚀.py ");
    assert_walk(self, "inner/.gitignore inner/é🚀.py main/.gitignore main/.gitmodules main/a.py "
                      "main/inner/.gitignore main/inner/é🚀.py main/part/.gitignore main/part/é🚀.py "
                      "main/tree/.gitignore main/tree/a.py part/.gitignore part/é🚀.py ");
}

static void sparse_checkouts_hold_what_is_there(void **state) {
    Folder *self = *state;
    put(self, "a/é🚀.py", "x");
    put(self, "b/c.py", "x");
    need(run_in(self, "git init -q && " COMMIT " && git sparse-checkout set --cone --sparse-index a"));
    assert_walk(self, "a/é🚀.py ");
}

static void repositories_without_files_are_folders(void **state) {
    Folder *self = *state;
    put(self, "é.py", "x");
    need(run_in(self, "git init -q --bare bare.git"));
    assert_true(
        run_in(self, "rm -r bare.git/hooks bare.git/info bare.git/description && touch bare.git/🚀.py"));
    assert_walk(self, "bare.git/HEAD bare.git/config bare.git/🚀.py é.py ");
    assert_walk_below(self, "bare.git", "HEAD config 🚀.py ");
}

/* --- when git does not answer ------------------------------------------------------------------ */

static void a_broken_checkout_is_read_as_a_folder(void **state) {
    Folder *self = *state;
    put(self, "root/é🚀.py", "x");
    put(self, "root/__pycache__/x.py", "x");
    put(self, "root/.git", "gitdir: /nowhere/é🚀\n");
    need(run_in(self, "git --version"));
    assert_walk_logs(self, "root", ".git é🚀.py ",
                     "headword: warning: $/root: read without git's ignore rules: git: fatal: not a git "
                     "repository: /nowhere/é🚀\n");
    assert_walk_below(self, "root", ".git é🚀.py "); /* said once */
}

static void the_checkout_of_somebody_else_is_read_as_a_folder(void **state) {
    Folder *self = *state;
    put(self, "é🚀.py", "x");
    put(self, "ignored.py", "x");
    put(self, ".gitignore", "ignored.py\n");
    need(run_in(self, "git init -q"));
    setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1", 1);
    assert_walk_logs(self, "", ".gitignore ignored.py é🚀.py ",
                     "headword: warning: $: read without git's ignore rules: git: fatal: detected dubious "
                     "ownership in repository at '$'\n");
    unsetenv("GIT_TEST_ASSUME_DIFFERENT_OWNER");
}

static void without_git_a_checkout_is_read_as_a_folder(void **state) {
    Folder *self = *state;
    char *path = str_dup(str_of(getenv("PATH")));
    put(self, "é🚀.py", "x");
    put(self, ".git/HEAD", "x");
    setenv("PATH", self->path, 1);
    assert_walk_logs(
        self, "", "é🚀.py ",
        "headword: warning: $: read without git's ignore rules: git: No such file or directory\n");
    setenv("PATH", path, 1);
    mem_free(path);
}

static void what_git_told_its_children_does_not_mislead(void **state) {
    Folder *self = *state;
    put(self, "root/é🚀.py", "x");
    put(self, "other/b.py", "x");
    put(self, "root/excluded.py", "x");
    need(run_in(self, "git init -q root && echo excluded.py >root/.git/info/exclude && cd other && git init "
                      "-q && git add ."));
    setenv("GIT_DIR", at(self, "other/.git"), 1);
    setenv("GIT_WORK_TREE", at(self, "other"), 1);
    setenv("GIT_INDEX_FILE", at(self, "other/.git/index"), 1);
    assert_walk_below(self, "root", "é🚀.py ");
    unsetenv("GIT_DIR");
    unsetenv("GIT_WORK_TREE");
    unsetenv("GIT_INDEX_FILE");
}

static void git_may_hang(void **state) {
    Folder *self = *state;
    char *path = str_dup(str_of(getenv("PATH")));
    Paths paths = {0};
    put(self, "é🚀.py", "x");
    put(self, ".git/HEAD", "x");
    put(self, "bin/git", "#!/bin/sh\nexec sleep 600\n");
    assert_int_equal(chmod(at(self, "bin/git"), 0700), 0);
    StrBuf variable;
    buf_init(&variable);
    buf_printf(&variable, "%s/bin:%s", self->path, path);
    setenv("PATH", variable.data, 1);
    ARRAY_PUSH(&paths, str_dup(str_of(at(self, "é🚀.py"))));
    assert_false(walk_filter(self->path, &paths));
    assert_int_equal(paths.len, 0);
    setenv("PATH", path, 1);
    paths_release(&paths);
    buf_release(&variable);
    mem_free(path);
}

/* --- new files --------------------------------------------------------------------------------- */

static void assert_filter(Folder *self, const char *const *paths, const char *wanted) {
    Paths list = {0};
    StrBuf names;
    buf_init(&names);
    for (; *paths; paths++) ARRAY_PUSH(&list, str_dup(str_of(at(self, *paths))));
    assert_true(walk_filter(self->path, &list));
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

int main(void) {
    unsetenv("GIT_DIR"); /* the tests may be run by git */
    unsetenv("GIT_WORK_TREE");
    unsetenv("GIT_INDEX_FILE");
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_nobody_wrote_is_skipped),
        IN_FOLDER(links_are_not_followed),
        IN_FOLDER(what_is_no_file_is_passed_by),
        IN_FOLDER(names_may_hold_any_byte),
        IN_FOLDER(folders_that_cannot_be_read_are_told_of),
        IN_FOLDER(what_is_not_there_is_told_of),
        IN_FOLDER(depth_has_an_end),
        IN_FOLDER(installed_packages_are_left_out_of_checkouts_too),
        IN_FOLDER(ignore_rules_are_those_of_git),
        IN_FOLDER(tracked_files_may_be_gone_or_elsewhere),
        IN_FOLDER(checkouts_inside_of_others_have_their_own_rules),
        IN_FOLDER(sparse_checkouts_hold_what_is_there),
        IN_FOLDER(repositories_without_files_are_folders),
        IN_FOLDER(a_broken_checkout_is_read_as_a_folder),
        IN_FOLDER(the_checkout_of_somebody_else_is_read_as_a_folder),
        IN_FOLDER(without_git_a_checkout_is_read_as_a_folder),
        IN_FOLDER(what_git_told_its_children_does_not_mislead),
        IN_FOLDER(git_may_hang),
        IN_FOLDER(new_files_obey_the_rules_of_the_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
