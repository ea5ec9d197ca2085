#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/disk/stamp.h"
#include "index/disk/sweep.h"
#include "index/index.h"
#include "index/parse.h"
#include "base/mem.h"
#include "base/path.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

typedef struct {
    char path[32];
    const char *root; /* `path`, unless a test says otherwise */
    uv_loop_t loop;
    Sweep *sweep;
    Index *index;
    StrBuf found; /* "a.py " for each file with facts, "-a.py " for one without, "=a.py " for the same */
} Swept;

static const char *at(const Swept *self, const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", self->path, name);
    return path;
}

static void put(const Swept *self, const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(at(self, name), str_of(text), &why));
    buf_release(&why);
}

/* Gives the file a time long before the test. */
static void age(const Swept *self, const char *name) {
    struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};
    assert_int_equal(utimensat(AT_FDCWD, at(self, name), times, 0), 0);
}

static int start(void **state) {
    Swept *self = *state = mem_calloc(1, sizeof *self);
    snprintf(self->path, sizeof self->path, "/tmp/headword-sweep-XXXXXX");
    if (!mkdtemp(self->path)) return -1;
    self->root = self->path;
    uv_loop_init(&self->loop);
    self->sweep = sweep_new();
    self->index = index_new();
    buf_init(&self->found);
    return 0;
}

static int stop(void **state) {
    Swept *self = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", self->path);
    int status = system(command);
    uv_loop_close(&self->loop);
    sweep_free(self->sweep);
    index_free(self->index);
    buf_release(&self->found);
    mem_free(self);
    return status;
}

static void note(Swept *self, const char *mark, Str path) {
    buf_printf(&self->found, "%s%.*s ", mark, STR_ARG(path_below(path, str_of(self->root))));
}

static void on_facts(void *context, Str path, Facts *facts) {
    note(context, facts ? "" : "-", path);
    index_update(((Swept *)context)->index, path, facts);
}

static void on_same(void *context, Str path, FileStamp stamp) {
    Swept *self = context;
    note(self, "=", path);
    index_restamp(self->index, index_find_file(self->index, path), stamp);
}

static void on_finished(void *context) { (void)context; }

static Paths roots_of(const Swept *self) {
    Paths roots = {0};
    ARRAY_PUSH(&roots, str_dup(str_of(self->root)));
    return roots;
}

static bool sweep(Swept *self, Paths roots, KnownFiles known) {
    return sweep_start(self->sweep, &self->loop, roots, known, 1000,
                       (SweepHandler){self, on_facts, on_same, on_finished});
}

static void assert_sweep(Swept *self, const char *hidden, const char *found) {
    KnownFiles known = {0};
    buf_clear(&self->found);
    for (FileId f = 0; f < index_file_end(self->index); f++) {
        Str path = index_path(self->index, f);
        const FileStamp *stamp = index_stamp(self->index, f);
        if (stamp)
            ARRAY_PUSH(&known, ((KnownFile){path, *stamp, str_ends_with(path, str_of(hidden)), false}));
    }
    assert_true(sweep(self, roots_of(self), known));
    assert_false(sweep(self, roots_of(self), (KnownFiles){0})); /* one runs */
    uv_run(&self->loop, UV_RUN_DEFAULT);
    assert_string_equal(self->found.data, found);
}

static void what_changes_is_found(void **state) {
    Swept *self = *state;
    put(self, "a.py", "a = 1\n");
    put(self, "é🚀.py", "b = 1\n");
    put(self, "notes.txt", "x");
    assert_sweep(self, "none", "a.py é🚀.py ");
    assert_sweep(self, "none", "=a.py =é🚀.py "); /* so young that they may have changed within a tick */
    put(self, "new.py", "c = 1\n");
    put(self, "a.py", "a = 2\n");
    age(self, "a.py"); /* the size stays, and the time goes back */
    assert_sweep(self, "none", "a.py new.py =é🚀.py ");
    unlink(at(self, "é🚀.py"));
    assert_sweep(self, "none", "=a.py =new.py -é🚀.py ");
    put(self, "é🚀.py", "b = 1\n");
    assert_sweep(self, "none", "=a.py =new.py é🚀.py ");
    assert_false(sweep(self, (Paths){0}, (KnownFiles){0}));
}

static void what_lies_apart_is_looked_at(void **state) {
    Swept *self = *state;
    put(self, "é🚀.py", "b = 1\n");
    put(self, "gone.py", "b = 1\n");
    assert_sweep(self, "none", "gone.py é🚀.py ");
    put(self, "é🚀.py", "b = 12\n");
    unlink(at(self, "gone.py"));
    KnownFiles known = {0};
    for (FileId f = 0; f < index_file_end(self->index); f++)
        ARRAY_PUSH(&known,
                   ((KnownFile){index_path(self->index, f), *index_stamp(self->index, f), false, true}));
    buf_clear(&self->found);
    assert_true(sweep(self, (Paths){0}, known));
    uv_run(&self->loop, UV_RUN_DEFAULT);
    assert_string_equal(self->found.data, "é🚀.py -gone.py ");
}

static void what_is_hidden_is_not_read(void **state) {
    Swept *self = *state;
    put(self, "a.py", "a = 1\n");
    put(self, "é🚀.py", "b = 1\n");
    assert_sweep(self, "none", "a.py é🚀.py ");
    put(self, "é🚀.py", "b = 2\n");
    assert_sweep(self, "é🚀.py", "=a.py ");
    unlink(at(self, "é🚀.py"));
    assert_sweep(self, "é🚀.py", "=a.py -é🚀.py ");
}

static void what_cannot_be_read_is_told_once(void **state) {
    Swept *self = *state;
    static char large[2000];
    memset(large, '#', sizeof large - 1);
    put(self, "a.py", "a = 1\n");
    assert_sweep(self, "none", "a.py ");
    put(self, "a.py", large);
    assert_sweep(self, "none", "-a.py ");
    assert_sweep(self, "none", "");
}

/* The files of the repository are older than a moment. */
static void what_did_not_change_is_not_read(void **state) {
    Swept *self = *state;
    self->root = TEST_DATA_DIR "/sample/orchard";
    KnownFiles known = {0};
    Paths paths = {0};
    walk_files(self->root, &paths);
    for (uint32_t i = 0; i < paths.len; i++) {
        KnownFile file = {.path = str_of(paths.items[i])};
        if (!parser_reads(file.path)) continue;
        assert_true(stamp_take(paths.items[i], &file.stamp));
        ARRAY_PUSH(&known, file); /* with a hash that would not fit */
    }
    assert_true(known.len > 2);
    assert_true(sweep(self, roots_of(self), known));
    uv_run(&self->loop, UV_RUN_DEFAULT);
    assert_string_equal(self->found.data, "");
    paths_release(&paths);
}

/* --- stamps ------------------------------------------------------------------------------------- */

static const int64_t SECOND = 1000000000;

static void stamps_differ_by_times_and_size(void **state) {
    (void)state;
    struct stat info = {.st_size = 5, .st_mtim = {100, 7}, .st_ctim = {200, 8}};
    FileStamp stamp = stamp_of(&info, 300 * SECOND), other = stamp;
    assert_true(stamp_equals(&stamp, &other));
    other.hash = 1;
    assert_true(stamp_equals(&stamp, &other));
    other.size = 6;
    assert_false(stamp_equals(&stamp, &other));
    other = stamp;
    other.modified--;
    assert_false(stamp_equals(&stamp, &other));
    other = stamp;
    other.changed++;
    assert_false(stamp_equals(&stamp, &other));
    assert_false(stamp_equals(&(FileStamp){0}, &(FileStamp){0}));
}

static void stamps_of_young_files_equal_none(void **state) {
    (void)state;
    struct stat info = {.st_size = 5, .st_mtim = {100, 0}, .st_ctim = {200, 0}};
    FileStamp late = stamp_of(&info, 204 * SECOND), young = stamp_of(&info, 202 * SECOND),
              before = stamp_of(&info, 150 * SECOND); /* the clock went back */
    assert_true(stamp_equals(&late, &late));
    assert_false(stamp_equals(&young, &young));
    assert_false(stamp_equals(&young, &late));
    assert_false(stamp_equals(&before, &before));
    info.st_mtim.tv_sec = 1000; /* a time in the future */
    FileStamp future = stamp_of(&info, 300 * SECOND);
    assert_false(stamp_equals(&future, &future));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_changes_is_found, start, stop),
        cmocka_unit_test_setup_teardown(what_lies_apart_is_looked_at, start, stop),
        cmocka_unit_test_setup_teardown(what_is_hidden_is_not_read, start, stop),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told_once, start, stop),
        cmocka_unit_test_setup_teardown(what_did_not_change_is_not_read, start, stop),
        cmocka_unit_test(stamps_differ_by_times_and_size),
        cmocka_unit_test(stamps_of_young_files_equal_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
