#include "cli/command.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/disk/walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
    Repository *repository;
    uint64_t started; /* milliseconds */
    bool bar;         /* stderr is a terminal */
    bool drawn;
} Loading;

static void on_facts(void *context, Str path, Facts *facts) {
    Loading *self = context;
    index_update(self->repository->index, path, facts);
}

static void on_progress(void *context, ScanProgress progress) {
    Loading *self = context;
    if (!self->bar || uv_hrtime() / 1000000 - self->started < 1000) return;
    self->drawn = true;
    fprintf(stderr, "\rIndexing %u/%u files (%u %%)", progress.done, progress.total,
            progress.total ? progress.done * 100 / progress.total : 0);
}

static void on_finished(void *context, ScanProgress progress, bool cancelled) {
    (void)progress;
    (void)cancelled;
    Loading *self = context;
    if (self->drawn) fputs("\r\033[K", stderr);
}

/* The absolute path of `root`, or of the root around the working folder. */
static char *find_root(const char *root) {
    char *absolute = realpath(root ? root : ".", NULL);
    if (absolute == NULL) return NULL;
    StrBuf found;
    buf_init(&found);
    if (root)
        buf_append(&found, str_of(absolute));
    else
        walk_find_root(str_of(absolute), &found);
    free(absolute);
    return buf_take(&found);
}

bool repository_open(Repository *self, const char *root) {
    *self = (Repository){.root = find_root(root)};
    if (self->root == NULL || !file_is_folder(self->root)) {
        command_fail("%s: not a folder", root ? root : ".");
        mem_free(self->root);
        return false;
    }
    settings_init(&self->settings);
    StrBuf warnings;
    buf_init(&warnings);
    settings_load(&self->settings, str_of(self->root), &warnings);
    fputs(warnings.data, stderr);
    buf_release(&warnings);
    self->index = index_new();
    index_add_root(self->index, str_of(self->root));
    Loading loading = {.repository = self, .started = uv_hrtime() / 1000000, .bar = isatty(STDERR_FILENO)};
    uv_loop_t loop;
    uv_loop_init(&loop);
    scan_start(&loop, str_of(self->root), self->settings.index_max_file_bytes,
               (ScanHandler){&loading, on_facts, on_progress, on_finished});
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return true;
}

void repository_close(Repository *self) {
    index_free(self->index);
    settings_release(&self->settings);
    mem_free(self->root);
}
