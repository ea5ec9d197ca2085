/* A folder of its own for each test of what touches files: IN_FOLDER(test). */
#ifndef HEADWORD_TESTS_FOLDER_H
#define HEADWORD_TESTS_FOLDER_H

#include "base/mem.h"
#include "base/path.h"
#include "index/disk/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct {
    char path[64];
    StrBuf scratch;
} Folder;

static inline int make_folder(void **state) {
    Folder *self = mem_alloc(sizeof *self);
    snprintf(self->path, sizeof self->path, "/tmp/headword-test-XXXXXX");
    if (mkdtemp(self->path) == NULL) return -1;
    buf_init(&self->scratch);
    *state = self;
    return 0;
}

static inline int remove_folder(void **state) {
    Folder *self = *state;
    char command[192];
    snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", self->path, self->path);
    int status = system(command);
    buf_release(&self->scratch);
    mem_free(self);
    return status;
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

/* Valid until the next call. */
static inline const char *at(Folder *self, const char *name) {
    buf_clear(&self->scratch);
    buf_append(&self->scratch, str_of(self->path));
    path_join(&self->scratch, str_of(name));
    return self->scratch.data;
}

static inline void put(Folder *self, const char *name, const char *text) {
    StrBuf why;
    buf_init(&why);
    if (!file_write(at(self, name), str_of(text), &why)) fail_msg("%s: %s", name, why.data);
    buf_release(&why);
}

/* Runs a command of the shell in the folder; false when it fails. */
static inline bool run_in(Folder *self, const char *command) {
    StrBuf line;
    buf_init(&line);
    buf_printf(&line, "cd '%s' && { %s\n} >/dev/null 2>&1", self->path, command);
    bool good = system(line.data) == 0;
    buf_release(&line);
    return good;
}

#endif
