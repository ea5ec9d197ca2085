#include "index/disk/file.h"
#include "index/disk/sweep.h"
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
    uv_loop_t loop;
    Sweep *sweep;
    StrBuf found;  /* "a.py " for each file with facts, "-a.py " for one without */
    StrBuf missed; /* of those asked for */
    const char *const *asked;
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
    uv_loop_init(&self->loop);
    self->sweep = sweep_new();
    buf_init(&self->found);
    buf_init(&self->missed);
    return 0;
}

static int stop(void **state) {
    Swept *self = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", self->path);
    int status = system(command);
    uv_loop_close(&self->loop);
    sweep_free(self->sweep);
    buf_release(&self->found);
    buf_release(&self->missed);
    mem_free(self);
    return status;
}

static void on_facts(void *context, Str path, Facts *facts) {
    Swept *self = context;
    buf_printf(&self->found, "%s%.*s ", facts ? "" : "-", STR_ARG(path_below(path, str_of(self->path))));
    facts_free(facts);
}

static void on_finished(void *context) {
    Swept *self = context;
    for (const char *const *name = self->asked; *name; name++) {
        if (sweep_misses(self->sweep, str_of(at(self, *name)))) buf_printf(&self->missed, "%s ", *name);
    }
}

static void assert_sweep(Swept *self, const char *found, const char *missed) {
    static const char *const asked[] = {"a.py", "é🚀.py", "new.py", NULL};
    self->asked = asked;
    buf_clear(&self->found);
    buf_clear(&self->missed);
    assert_true(sweep_start(self->sweep, &self->loop, 1000, (SweepHandler){self, on_facts, on_finished}));
    assert_false(sweep_start(self->sweep, &self->loop, 1000, (SweepHandler){self, on_facts, on_finished}));
    uv_run(&self->loop, UV_RUN_DEFAULT);
    assert_string_equal(self->found.data, found);
    assert_string_equal(self->missed.data, missed);
}

static void what_changes_is_found(void **state) {
    Swept *self = *state;
    put(self, "a.py", "a = 1\n");
    put(self, "é🚀.py", "b = 1\n");
    put(self, "notes.txt", "x");
    sweep_add_root(self->sweep, str_of(self->path));
    assert_sweep(self, "a.py é🚀.py ", "new.py "); /* just written: perhaps after others read them */
    assert_sweep(self, "", "new.py ");
    put(self, "new.py", "c = 1\n");
    put(self, "a.py", "a = 2\n");
    age(self, "a.py"); /* the size stays, and the time goes back */
    assert_sweep(self, "a.py new.py ", "");
    unlink(at(self, "é🚀.py"));
    assert_sweep(self, "", "é🚀.py ");
    put(self, "é🚀.py", "b = 1\n");
    assert_sweep(self, "é🚀.py ", "");
    sweep_remove_root(self->sweep, str_of(self->path));
    assert_false(sweep_start(self->sweep, &self->loop, 1000, (SweepHandler){self, on_facts, on_finished}));
}

static void what_cannot_be_read_is_told(void **state) {
    Swept *self = *state;
    static char large[2000];
    memset(large, '#', sizeof large - 1);
    put(self, "a.py", large);
    sweep_add_root(self->sweep, str_of(self->path));
    assert_sweep(self, "-a.py ", "é🚀.py new.py ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_changes_is_found, start, stop),
        cmocka_unit_test_setup_teardown(what_cannot_be_read_is_told, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
