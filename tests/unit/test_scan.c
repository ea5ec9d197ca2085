#include "base/mem.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

enum { FILLERS = 600 }; /* more than all jobs together have at a time */

/* A scan of a folder, and what is wanted from it once its walk is over. */
typedef struct {
    char path[32];
    uv_loop_t loop;
    Scan *scan;
    Want *want;
    void (*ask)(void *self); /* with the new want */
    bool cancel;             /* once all that is wanted was delivered */
    uint32_t delivered, fillers;
    StrBuf early; /* "a.py ": what was delivered until the scan had all that is wanted, but for fillers */
    bool had, finished;
} Scanned;

static const char *at(const Scanned *self, const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", self->path, name);
    return path;
}

static void put(const Scanned *self, const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    assert_true(file_write(at(self, name), str_of(text), &why));
    buf_release(&why);
}

static int start(void **state) {
    Scanned *self = *state = mem_calloc(1, sizeof *self);
    snprintf(self->path, sizeof self->path, "/tmp/headword-scan-XXXXXX");
    if (!mkdtemp(self->path)) return -1;
    for (int i = 0; i < FILLERS; i++) {
        char name[32];
        snprintf(name, sizeof name, "a/filler%d.py", i);
        FILE *file = i ? fopen(at(self, name), "w") : NULL;
        if (i == 0)
            put(self, name, "é = '🚀'\n");
        else if (file == NULL || fputs("é = '🚀'\n", file) < 0 || fclose(file) != 0)
            return -1;
    }
    uv_loop_init(&self->loop);
    buf_init(&self->early);
    return 0;
}

static void files_that_take_too_much_to_parse_are_counted(void **state) {
    Scanned *self = *state;
    StrBuf text;
    buf_init(&text);
    buf_append(&text, STR("é = ['🚀'"));
    for (int i = 0; i < 2000; i++) buf_append(&text, STR(", é"));
    buf_append(&text, STR("]\n"));
    put(self, "complex.py", text.data);
    Parser *parser = parser_new();
    parser_limit(parser, 1000);
    ScanSkips skips = {0};
    Facts *facts = scan_file(parser, at(self, "complex.py"), 0, &skips);
    assert_int_equal(skips.too_complex, 1);
    assert_int_equal(facts->symbols.count, 1);
    assert_int_equal(facts->lines.len, text.len);
    assert_int_not_equal(facts->stamp.hash, 0); /* known as it is now */
    facts_free(facts);
    unlink(at(self, "complex.py"));
    parser_free(parser);
    buf_release(&text);
}

static int stop(void **state) {
    Scanned *self = *state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", self->path);
    int status = system(command);
    uv_loop_close(&self->loop);
    buf_release(&self->early);
    mem_free(self);
    return status;
}

static void on_facts(void *context, Str path, Facts *facts) {
    Scanned *self = context;
    self->delivered++;
    bool filler = str_find(path, STR("filler")) != STR_NPOS;
    if (!self->had && filler) self->fillers++;
    if (!self->had && !filler) buf_printf(&self->early, "%.*s ", STR_ARG(path_name(path)));
    facts_free(facts);
}

static void on_progress(void *context, ScanProgress progress) {
    Scanned *self = context;
    (void)progress;
    if (self->want == NULL) {
        self->want = scan_want(self->scan);
        self->ask(self);
    }
    self->had |= scan_has(self->scan, self->want);
    if (self->had && self->cancel) scan_cancel(self->scan);
}

static void on_finished(void *context, ScanProgress progress, bool cancelled) {
    Scanned *self = context;
    assert_int_equal(cancelled, self->cancel);
    if (!cancelled) assert_int_equal(progress.done, progress.total);
    self->finished = true;
}

/* Scans, and asks as soon as that is possible. */
static void scan(Scanned *self, void (*ask)(void *self)) {
    self->ask = ask;
    self->scan = scan_start(&self->loop, str_of(self->path), 0,
                            (ScanHandler){self, NULL, NULL, on_facts, on_progress, on_finished});
    Want *before = scan_want(self->scan);
    assert_false(scan_has(self->scan, before)); /* the walk is not over */
    scan_want_end(self->scan, before);
    uv_run(&self->loop, UV_RUN_DEFAULT);
    assert_true(self->finished);
}

/* Compares what was delivered early. */
static void assert_early(Scanned *self, void (*ask)(void *self), const char *wanted) {
    scan(self, ask);
    assert_true(self->had);
    assert_true(self->fillers < FILLERS);
    assert_string_equal(self->early.data, wanted);
}

static void ask_file(void *context) {
    Scanned *self = context;
    scan_want_file(self->scan, self->want, str_of(at(self, "z.py")));
    scan_want_file(self->scan, self->want, STR("/elsewhere/é.py"));
}

static void a_wanted_file_comes_before_the_rest(void **state) {
    Scanned *self = *state;
    put(self, "y.py", "");
    put(self, "z.py", "");
    assert_early(self, ask_file, "z.py ");
    assert_int_equal(self->delivered, FILLERS + 2); /* each once */
}

static void ask_definition(void *context) {
    Scanned *self = context;
    scan_want_name(self->scan, self->want, STR("größe"), true);
    scan_want_name(self->scan, self->want, STR("größe"), true);
}

static void files_that_may_define_a_name_come_before_the_rest(void **state) {
    Scanned *self = *state;
    put(self, "y1.py", "größer = größe(1).größe\n");
    put(self, "y2.py", "# nothing\n");
    put(self, "z1.py", "def größe(): '🚀'\n");
    put(self, "z2.py",
        "# coding: latin-1\ngr\xF6\xDF"
        "e = 1\n");
    put(self, "z3.py",
        "gro\xCC\x88\xC3\x9F"
        "e: int\n"); /* o with a combining diaeresis */
    put(self, "z4.py", "class A:\n    def f(self):\n        self.größe, b = 1, 2\n");
    assert_early(self, ask_definition, "z1.py z2.py z3.py z4.py ");
}

static void ask_occurrences(void *context) {
    Scanned *self = context;
    scan_want_name(self->scan, self->want, STR("größe"), false);
}

static void files_that_hold_a_name_come_before_the_rest(void **state) {
    Scanned *self = *state;
    put(self, "y.py", "vergrößern = GRÖSSE = größe_2 = 1\n");
    put(self, "z.py", "f(größe(1).größe)\n");
    assert_early(self, ask_occurrences, "z.py ");
}

static void ask_what_is_nowhere(void *context) {
    Scanned *self = context;
    scan_want_name(self->scan, self->want, STR("nowhere"), false);
    scan_want_name(self->scan, self->want, STR(""), false);
}

static void what_is_in_no_file_is_had_soon(void **state) {
    Scanned *self = *state;
    assert_early(self, ask_what_is_nowhere, "");
}

static void ask_and_leave(void *context) {
    Scanned *self = context;
    Want *other = scan_want(self->scan);
    scan_want_name(self->scan, other, STR("é"), false);
    scan_want_end(self->scan, other);
    ask_file(self);
}

static void a_want_can_be_ended_while_files_are_searched(void **state) {
    Scanned *self = *state;
    put(self, "z.py", "");
    assert_early(self, ask_and_leave, "z.py ");
}

static void ask_many(void *context) {
    Scanned *self = context;
    for (int i = 0; i < 100; i++) {
        char name[16];
        snprintf(name, sizeof name, "nowhere%d", i);
        scan_want_name(self->scan, self->want, str_of(name), false);
    }
}

static void many_searches_do_not_hold_the_rest_up(void **state) {
    Scanned *self = *state;
    scan(self, ask_many);
    assert_true(self->had);
    assert_true(self->fillers > FILLERS / 2);
}

static void a_scan_can_be_cancelled_with_wants(void **state) {
    Scanned *self = *state;
    put(self, "z.py", "");
    self->cancel = true;
    assert_early(self, ask_file, "z.py ");
    assert_true(self->delivered < FILLERS);
}

int main(void) {
    setenv("UV_THREADPOOL_SIZE", "1", 1); /* the order in which jobs end is that in which they begin */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_that_take_too_much_to_parse_are_counted, start, stop),
        cmocka_unit_test_setup_teardown(a_wanted_file_comes_before_the_rest, start, stop),
        cmocka_unit_test_setup_teardown(files_that_may_define_a_name_come_before_the_rest, start, stop),
        cmocka_unit_test_setup_teardown(files_that_hold_a_name_come_before_the_rest, start, stop),
        cmocka_unit_test_setup_teardown(what_is_in_no_file_is_had_soon, start, stop),
        cmocka_unit_test_setup_teardown(a_want_can_be_ended_while_files_are_searched, start, stop),
        cmocka_unit_test_setup_teardown(many_searches_do_not_hold_the_rest_up, start, stop),
        cmocka_unit_test_setup_teardown(a_scan_can_be_cancelled_with_wants, start, stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
