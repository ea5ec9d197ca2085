#include "index/disk/libraries.h"

#include "base/intern.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/scan.h"
#include "index/parse.h"

enum { LARGEST_STUB = 4 << 20, BATCH = 2, JOBS = 4 };

/* A stub that is wanted. */
typedef struct {
    char *path;
    Facts *facts; /* once it is read; NULL when there is no such file */
    bool read;
} Stub;

/* One worker's task: the stubs [first, first + count), and what came of them. */
typedef struct {
    uv_work_t work;
    Libraries *owner; /* NULL: freed meanwhile */
    Parser *parser;
    uint32_t first, count;
    char *paths[BATCH];
    Facts *facts[BATCH];
    bool busy;
} Job;

struct Libraries {
    char *stubs; /* NULL: there are none */
    LibrariesHandler handler;
    Interner tried;       /* modules by dotted name, and paths */
    Array(uint32_t) seen; /* by file: the revision whose imports were followed */
    FileId next;          /* the file to be looked at next */
    bool again;           /* a file had changed since `next` was 0 */
    Array(Stub) wanted;   /* in the order in which they are added to the index */
    uint32_t given;       /* to workers, of `wanted` */
    uint32_t added;       /* to the index, of `wanted` */
    Array(FileId) loaded; /* whose own imports are still to be followed */
    Job *jobs[JOBS];      /* NULL until needed */
    bool begun;
};

/* --- where the stubs are ------------------------------------------------------------------------ */

/* The folder of the running program and `relative` behind it. */
static void append_installed(StrBuf *out) {
    char program[4096];
    size_t len = sizeof program;
    if (uv_exepath(program, &len) != 0) return;
    buf_append(out, path_parent(str_make(program, len)));
    path_join(out, STR(HEADWORD_STUBS_INSTALLED));
}

static char *find_stubs(void) {
    StrBuf path;
    buf_init(&path);
    append_installed(&path);
    char real[4096];
    uv_fs_t request;
    bool installed =
        path.len && file_is_folder(path.data) && uv_fs_realpath(NULL, &request, path.data, NULL) == 0;
    if (installed) snprintf(real, sizeof real, "%s", (const char *)request.ptr);
    if (installed) uv_fs_req_cleanup(&request);
    buf_release(&path);
    if (installed) return str_dup(str_of(real));
    return file_is_folder(HEADWORD_STUBS_BUILD) ? str_dup(STR(HEADWORD_STUBS_BUILD)) : NULL;
}

Libraries *libraries_new(Str stubs) {
    Libraries *self = mem_calloc(1, sizeof *self);
    intern_init(&self->tried);
    self->stubs = stubs.data ? str_dup(stubs) : find_stubs();
    return self;
}

static void job_free(Job *self) {
    for (uint32_t i = 0; i < self->count; i++) {
        mem_free(self->paths[i]);
        facts_free(self->facts[i]);
    }
    parser_free(self->parser);
    mem_free(self);
}

/* Jobs under way free themselves when they are done. */
void libraries_free(Libraries *self) {
    if (self == NULL) return;
    for (uint32_t i = 0; i < JOBS && self->jobs[i]; i++) {
        if (self->jobs[i]->busy)
            self->jobs[i]->owner = NULL;
        else
            job_free(self->jobs[i]);
    }
    for (uint32_t i = self->added; i < self->wanted.len; i++) {
        mem_free(self->wanted.items[i].path);
        facts_free(self->wanted.items[i].facts);
    }
    mem_free(self->stubs);
    intern_release(&self->tried);
    ARRAY_FREE(&self->wanted);
    ARRAY_FREE(&self->seen);
    ARRAY_FREE(&self->loaded);
    mem_free(self);
}

/* --- workers ------------------------------------------------------------------------------------ */

static void run_job(uv_work_t *work) {
    Job *job = work->data;
    for (uint32_t i = 0; i < job->count; i++) {
        bool there = file_exists(job->paths[i]);
        job->facts[i] = there ? scan_file(job->parser, job->paths[i], LARGEST_STUB, &(ScanSkips){0}) : NULL;
    }
}

static void after_job(uv_work_t *work, int status) {
    (void)status;
    Job *job = work->data;
    Libraries *self = job->owner;
    if (self == NULL) {
        job_free(job);
        return;
    }
    for (uint32_t i = 0; i < job->count; i++) {
        Stub *stub = &self->wanted.items[job->first + i];
        stub->facts = job->facts[i];
        stub->read = true;
        mem_free(job->paths[i]);
    }
    job->count = 0;
    job->busy = false;
    self->handler.ready(self->handler.context);
}

static Job *job_new(Libraries *owner) {
    Job *self = mem_calloc(1, sizeof *self);
    self->owner = owner;
    self->parser = parser_new();
    self->work.data = self;
    return self;
}

/* Gives the next stubs to workers that have nothing to do. */
static void start_jobs(Libraries *self) {
    for (uint32_t i = 0; i < JOBS && self->given < self->wanted.len; i++) {
        if (self->jobs[i] == NULL) self->jobs[i] = job_new(self);
        Job *job = self->jobs[i];
        if (job->busy) continue;
        job->first = self->given;
        for (; job->count < BATCH && self->given < self->wanted.len; self->given++)
            job->paths[job->count++] = str_dup(str_of(self->wanted.items[self->given].path));
        job->busy = true;
        uv_queue_work(self->handler.loop, &job->work, run_job, after_job);
    }
}

/* Adds the next stub that is read to the index; false when there is none, or one before it is still being
 * read: the order is that in which they were wanted. */
static bool add_next(Libraries *self, Index *index) {
    if (self->added == self->wanted.len || !self->wanted.items[self->added].read) return false;
    Stub *stub = &self->wanted.items[self->added++];
    if (stub->facts) ARRAY_PUSH(&self->loaded, index_update(index, str_of(stub->path), stub->facts));
    mem_free(stub->path);
    if (self->added == self->wanted.len) self->added = self->given = self->wanted.len = 0;
    return true;
}

/* --- what is wanted ----------------------------------------------------------------------------- */

/* Whether this was not tried yet; from now on it was. */
static bool try_once(Libraries *self, Str what) {
    if (intern_find(&self->tried, what) != INTERN_NONE) return false;
    intern_id(&self->tried, what);
    return true;
}

/* Wants the stub of a module, and of the packages around it. */
static void want_module(Libraries *self, const Index *index, Str dotted) {
    static const char *const endings[] = {"/__init__.pyi", ".pyi"};
    if (dotted.len == 0 || !try_once(self, dotted)) return;
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(self->stubs));
    Str rest = dotted, part;
    while (str_next_piece(&rest, '.', &part)) {
        path_join(&path, part);
        size_t stem = path.len;
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            buf_append(&path, str_of(endings[i]));
            Str file = buf_str(&path);
            if (try_once(self, file) && index_find_file(index, file) == NONE)
                ARRAY_PUSH(&self->wanted, (Stub){.path = str_dup(file)});
            buf_truncate(&path, stem);
        }
    }
    buf_release(&path);
}

/* `from package import name`, where the name may be a module. */
static void want_submodule(Libraries *self, const Index *index, Str package, Str name) {
    StrBuf dotted;
    buf_init(&dotted);
    buf_append(&dotted, package);
    buf_append_byte(&dotted, '.');
    buf_append(&dotted, name);
    want_module(self, index, buf_str(&dotted));
    buf_release(&dotted);
}

static void follow_from(Libraries *self, const Index *index, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    Str module = facts_text(facts, import->module);
    FileId found = index_find_module(index, file, module, 0);
    bool stub = found != NONE && !index_is_own(index, found) &&
                str_ends_with(index_path(index, found), STR("/__init__.pyi"));
    if (found == NONE) want_module(self, index, module);
    if (import->flags & IMPORT_WILDCARD || (found != NONE && !stub)) return;
    for (uint32_t i = 0; i < import->names.count; i++) {
        Text name = facts->import_names.items[import->names.first + i].name;
        want_submodule(self, index, module, facts_text(facts, name));
    }
}

static void follow_import(Libraries *self, const Index *index, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    if (import->level) return; /* of the same package, which is there */
    if (import->flags & IMPORT_FROM) {
        follow_from(self, index, file, import);
        return;
    }
    for (uint32_t i = 0; i < import->names.count; i++) {
        Str name = facts_text(facts, facts->import_names.items[import->names.first + i].name);
        if (index_find_module(index, file, name, 0) == NONE) want_module(self, index, name);
    }
}

/* A name imported as itself, and all that comes by wildcard, is exported again (PEP 484, "Stub Files"). */
static bool exports_again(const Facts *facts, const Import *import) {
    if (import->flags & IMPORT_WILDCARD) return true;
    for (uint32_t i = 0; i < import->names.count; i++) {
        const ImportName *name = &facts->import_names.items[import->names.first + i];
        if (name->alias != NONE && str_eq(facts_name(facts, name->alias), facts_text(facts, name->name)))
            return true;
    }
    return false;
}

static void follow_imports(Libraries *self, const Index *index, FileId file, bool own) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (own || exports_again(facts, import)) follow_import(self, index, file, import);
    }
}

/* Follows the imports of the next own file that changed; false when there is none. Files that change while
 * others are followed are found by going round once more. */
static bool follow_changed(Libraries *self, const Index *index) {
    for (;; self->next++) {
        if (self->next >= index_file_end(index)) {
            self->next = 0;
            if (!self->again) return false;
            self->again = false;
        }
        if (self->next >= self->seen.len) ARRAY_PUSH(&self->seen, 0);
        uint32_t revision = index_file_revision(index, self->next);
        if (revision == self->seen.items[self->next]) continue;
        self->seen.items[self->next] = revision;
        self->again = true;
        if (index_is_own(index, self->next)) break;
    }
    follow_imports(self, index, self->next++, true);
    return true;
}

/* Removes the stubs of another folder. */
static void drop_foreign(const Libraries *self, Index *index) {
    for (FileId file = 0; file < index_file_end(index); file++) {
        Str path = index_path(index, file);
        bool ours = self->stubs && path_is_under(path, str_of(self->stubs));
        if (index_is_frozen(index, file) && !index_is_own(index, file) && !ours)
            index_update(index, path, NULL);
    }
}

void libraries_adopt(Libraries *self, Index *index) {
    drop_foreign(self, index);
    if (self->stubs == NULL || self->begun) return;
    StrBuf builtins;
    buf_init(&builtins);
    buf_append(&builtins, str_of(self->stubs));
    path_join(&builtins, STR("builtins.pyi"));
    self->begun = index_find_file(index, buf_str(&builtins)) != NONE;
    buf_release(&builtins);
    if (!self->begun) return;
    index_add_library(index, str_of(self->stubs));
    for (FileId file = 0; file < index_file_end(index); file++)
        ARRAY_PUSH(&self->seen, index_is_frozen(index, file) ? index_file_revision(index, file) : 0);
}

bool libraries_load(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget) {
    if (self->stubs == NULL) return false;
    self->handler = handler;
    uint64_t end = uv_hrtime() + budget;
    if (!self->begun) {
        index_add_library(index, str_of(self->stubs));
        want_module(self, index, STR("builtins"));
        self->begun = true;
    }
    bool more = true;
    do {
        if (self->loaded.len)
            follow_imports(self, index, ARRAY_POP(&self->loaded), false);
        else
            more = add_next(self, index) || follow_changed(self, index);
        start_jobs(self);
    } while (more && uv_hrtime() < end);
    if (more) self->handler.ready(self->handler.context);
    return more || self->wanted.len;
}
