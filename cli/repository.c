#include "cli/command.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/environment.h"
#include "index/disk/file.h"
#include "index/disk/libraries.h"
#include "index/disk/loop.h"
#include "index/disk/recheck.h"
#include "index/disk/scan.h"
#include "index/disk/walk.h"
#include "index/parse.h"
#include "index/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
    char *path;
    Facts *facts;
} TextFile;

typedef struct {
    Repository *repository;
    TextKinds kinds; /* of other files that are read */
    Str pages;       /* folder, absolute, whose files are left out of them */
    Array(TextFile) texts;
    uint64_t started; /* milliseconds */
    bool bar;         /* stderr is a terminal */
    bool drawn;
    Array(bool) walked; /* by FileId: the walk came by it */
} Loading;

/* The setting is tried here, so that what is wrong is said before anything is read. */
static bool note_setting(RepositoryOptions *self, const char *assignment) {
    Settings tried;
    StrBuf why;
    settings_init(&tried);
    buf_init(&why);
    uint32_t row;
    bool good = settings_assign(&tried, assignment, &row, &why);
    if (good)
        self->set[row] = assignment;
    else
        command_fail("--set: %s", why.data);
    buf_release(&why);
    settings_release(&tried);
    return good;
}

bool repository_option(RepositoryOptions *self, int option) {
    switch (option) {
    case OPTION_ROOT: self->root = optarg; return true;
    case OPTION_SET: return note_setting(self, optarg);
    case OPTION_NO_CACHE: self->no_cache = true; return true;
    default: return false;
    }
}

/* --- the cache ---------------------------------------------------------------------------------- */

static Index *new_index(const Repository *self) {
    Index *index = index_new();
    index_add_root(index, str_of(self->root));
    return index;
}

/* Without libraries, what a command says does not depend on what a server left in the cache. */
static void drop_libraries(Index *index) {
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (!index_is_own(index, file)) index_update(index, index_path(index, file), NULL);
    }
}

static void open_cache(Repository *self) {
    StrBuf why;
    buf_init(&why);
    bool good = cache_open(&self->cache, str_of(self->root), self->index, &why);
    if (good && !index_check(self->index)) {
        index_free(self->index);
        cache_close(&self->cache);
        self->index = new_index(self);
    } else if (good) {
        if (!self->libraries) drop_libraries(self->index);
        recheck_files(self->index, self->settings.index_max_file_bytes);
    }
    buf_release(&why);
}

static void note_walked(Loading *self, FileId file) {
    while (self->walked.len <= file) ARRAY_PUSH(&self->walked, false);
    self->walked.items[file] = true;
}

static bool reads(void *context, Str path) {
    Loading *self = context;
    bool page = path_is_under(path, self->pages);
    if (self->kinds && !page) intern_id(&self->repository->paths, path);
    return parser_reads(path) || (text_kinds_hold(self->kinds, path) && !page);
}

static bool knows(void *context, Str path) {
    Loading *self = context;
    FileId file = index_find_file(self->repository->index, path);
    if (file != NONE) note_walked(self, file);
    return file != NONE;
}

/* Drops what the cache holds of the repository but does not belong to it any more. */
static void drop_unknown(Loading *self, FileId end) {
    Index *index = self->repository->index;
    for (FileId file = 0; file < end; file++) {
        bool walked = file < self->walked.len && self->walked.items[file];
        if (!walked && index_is_own(index, file) && index_facts(index, file))
            index_update(index, index_path(index, file), NULL);
    }
    ARRAY_FREE(&self->walked);
}

/* --- reading ------------------------------------------------------------------------------------ */

static void on_facts(void *context, Str path, Facts *facts) {
    Loading *self = context;
    if (!parser_reads(path))
        ARRAY_PUSH(&self->texts, ((TextFile){str_dup(path), facts}));
    else
        note_walked(self, index_update(self->repository->index, path, facts));
}

static void on_progress(void *context, ScanProgress progress) {
    Loading *self = context;
    if (!self->bar || uv_hrtime() / 1000000 - self->started < 1000) return;
    self->drawn = true;
    fprintf(stderr, "\rIndexing %u/%u files (%u %%)", progress.done, progress.total,
            progress.total ? progress.done * 100 / progress.total : 0);
}

static void on_finished(void *context, ScanProgress progress, bool cancelled) {
    (void)cancelled;
    Loading *self = context;
    self->repository->incomplete = progress.skipped.unreadable || progress.skipped.folders;
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

static void load_settings(Repository *self, const RepositoryOptions *options) {
    settings_init(&self->settings);
    StrBuf warnings;
    buf_init(&warnings);
    settings_load(&self->settings, str_of(self->root), &warnings);
    for (uint32_t row = 0; row < SETTINGS; row++) {
        if (options->set[row]) settings_assign(&self->settings, options->set[row], NULL, &warnings);
    }
    command_print(stderr, "%s", warnings.data);
    buf_release(&warnings);
}

/* Once: what comes to the index later stays out of the cache. */
static void save_cache(Repository *self) {
    if (!self->caches || self->saved) return;
    self->saved = true;
    FreezeScope scope = {str_of(self->root), self->libraries};
    StrBuf why;
    buf_init(&why);
    if (cache_is_due(self->index, scope) &&
        !cache_write(self->index, scope, self->settings.cache_max_bytes, &why))
        log_line(LOG_INFO, "no cache is written: %s", why.data);
    buf_release(&why);
}

/* Adds the text files, which no cache holds. */
static void add_texts(Loading *self) {
    for (uint32_t i = 0; i < self->texts.len; i++) {
        TextFile *text = &self->texts.items[i];
        index_update(self->repository->index, str_of(text->path), text->facts);
        mem_free(text->path);
    }
    ARRAY_FREE(&self->texts);
}

/* The folder of doc pages, absolute. */
static void pages_folder(const Repository *self, const char *out, StrBuf *folder) {
    StrBuf full;
    buf_init(&full);
    buf_append(&full, str_of(self->root));
    path_join(&full, str_of(out ? out : self->settings.pages_out));
    path_normalize(folder, buf_str(&full));
    buf_release(&full);
}

static void scan(Repository *self, const RepositoryOptions *options, TextKinds kinds) {
    StrBuf pages;
    buf_init(&pages);
    pages_folder(self, options->pages_out, &pages);
    Loading loading = {.repository = self,
                       .kinds = kinds,
                       .pages = buf_str(&pages),
                       .started = uv_hrtime() / 1000000,
                       .bar = isatty(STDERR_FILENO)};
    FileId cached = index_file_end(self->index);
    uv_loop_t loop;
    loop_init(&loop);
    scan_start(&loop, str_of(self->root), self->settings.index_max_file_bytes,
               (ScanHandler){&loading, reads, knows, on_facts, on_progress, on_finished});
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    drop_unknown(&loading, cached);
    if (loading.texts.len) save_cache(self);
    add_texts(&loading);
    buf_release(&pages);
}

/* --- libraries ---------------------------------------------------------------------------------- */

static void find_environment(const Repository *self, Environment *out) {
    StrBuf why;
    buf_init(&why);
    environment_init(out);
    environment_find(out, str_of(self->root), str_of(self->settings.python_environment), &why);
    if (why.len) log_line(LOG_WARNING, "%s", why.data);
    buf_release(&why);
}

static void on_libraries_ready(void *context) { (void)context; /* they are asked after every round */ }

static void load_libraries(Libraries *libraries, Repository *self) {
    const uint64_t at_once = 1000000000; /* ns */
    uv_loop_t loop;
    loop_init(&loop);
    LibrariesHandler handler = {self->settings.index_max_library_bytes, &loop, NULL, on_libraries_ready};
    while (libraries_load(libraries, self->index, handler, at_once)) uv_run(&loop, UV_RUN_ONCE);
    uv_loop_close(&loop);
}

/* What nobody imports stays out of the cache. */
static void add_libraries(Repository *self, Str dotted) {
    Environment environment;
    find_environment(self, &environment);
    Libraries *libraries = libraries_new(STR_NONE, &environment.folders);
    libraries_adopt(libraries, self->index);
    load_libraries(libraries, self);
    save_cache(self);
    libraries_want(libraries, self->index, dotted);
    load_libraries(libraries, self);
    libraries_free(libraries);
    environment_release(&environment);
}

/* --- life --------------------------------------------------------------------------------------- */

static bool parse_kinds(const Repository *self, TextKinds *kinds) {
    StrBuf why;
    buf_init(&why);
    bool good = text_kinds_parse(str_of(self->settings.pages_include), kinds, &why);
    if (!good) command_fail("pages.include: %s", why.data);
    buf_release(&why);
    return good;
}

bool repository_locate(Repository *self, const RepositoryOptions *options) {
    *self = (Repository){.root = find_root(options->root)};
    if (self->root == NULL || !file_is_folder(self->root)) {
        command_fail("%s: not a folder", options->root ? options->root : ".");
        mem_free(self->root);
        return false;
    }
    load_settings(self, options);
    intern_init(&self->paths);
    return true;
}

bool repository_open(Repository *self, const RepositoryOptions *options) {
    if (!repository_locate(self, options)) return false;
    TextKinds kinds = 0;
    if (options->texts && !parse_kinds(self, &kinds)) {
        intern_release(&self->paths);
        settings_release(&self->settings);
        mem_free(self->root);
        return false;
    }
    self->index = new_index(self);
    self->caches = !options->no_cache && self->settings.cache_max_bytes > 0;
    self->libraries = options->library_path != NULL;
    if (self->caches) open_cache(self);
    scan(self, options, kinds);
    if (self->libraries) add_libraries(self, str_of(options->library_path));
    return true;
}

static int by_path(const void *a, const void *b, void *context) {
    const Index *index = context;
    return str_compare(index_path(index, *(const FileId *)a), index_path(index, *(const FileId *)b));
}

void repository_files(const Repository *self, FileIds *out) {
    for (FileId file = 0; file < index_file_end(self->index); file++) {
        if (index_facts(self->index, file) && index_is_own(self->index, file)) ARRAY_PUSH(out, file);
    }
    if (out->len) qsort_r(out->items, out->len, sizeof *out->items, by_path, self->index);
}

void repository_close(Repository *self) {
    save_cache(self);
    index_free(self->index);
    cache_close(&self->cache);
    intern_release(&self->paths);
    settings_release(&self->settings);
    mem_free(self->root);
}
