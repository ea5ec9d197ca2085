#include "index/disk/libraries.h"

#include "base/log.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/search_path.h"
#include "index/disk/scan.h"
#include "index/disk/stamp.h"
#include "index/module.h"
#include "index/parse.h"

#include <inttypes.h>

enum { LARGEST_FILE = 4 << 20, BATCH = 2, JOBS = 4 };

/* A file that is wanted. */
typedef struct {
    char *path;
    Facts *facts; /* once it is read; NULL when there is no such file */
    bool read;
} Wanted;

/* One worker's task: the files [first, first + count), and what came of them. */
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
    SearchPath path;
    uint64_t bytes; /* of the files in the index */
    LibrariesHandler handler;
    Interner tried;       /* modules by dotted name, and paths */
    Array(uint32_t) seen; /* by file: the revision whose imports were followed */
    FileId next;          /* the file to be looked at next */
    bool again;           /* a file had changed since `next` was 0 */
    uint64_t settled;     /* index_changes when no file had */
    Array(Wanted) wanted; /* in the order in which they are added to the index */
    uint32_t given;       /* to workers, of `wanted` */
    uint32_t added;       /* to the index, of `wanted` */
    Array(FileId) loaded; /* in the order in which they came; the imports of those from `followed` on are */
    uint32_t followed;    /* still to be followed */
    Job *jobs[JOBS];      /* NULL until needed */
    bool declared, begun;
};

/* --- life --------------------------------------------------------------------------------------- */

Libraries *libraries_new(Str stubs, const LibraryFolders *folders) {
    Libraries *self = mem_calloc(1, sizeof *self);
    self->settled = UINT64_MAX;
    intern_init(&self->tried);
    search_path_init(&self->path, stubs, folders);
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
    search_path_release(&self->path);
    intern_release(&self->tried);
    ARRAY_FREE(&self->wanted);
    ARRAY_FREE(&self->seen);
    ARRAY_FREE(&self->loaded);
    mem_free(self);
}

bool libraries_are_current(const Libraries *self, const LibraryFolders *folders) {
    return search_path_is_current(&self->path, folders);
}

void libraries_each_module(const Libraries *self, Str package, ModuleVisitor *visit, void *context) {
    search_path_each_module(&self->path, package, visit, context);
}

/* --- workers ------------------------------------------------------------------------------------ */

static void run_job(uv_work_t *work) {
    Job *job = work->data;
    for (uint32_t i = 0; i < job->count; i++) {
        bool there = file_exists(job->paths[i]);
        job->facts[i] = there ? scan_file(job->parser, job->paths[i], LARGEST_FILE, &(ScanSkips){0}) : NULL;
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
        Wanted *wanted = &self->wanted.items[job->first + i];
        wanted->facts = job->facts[i];
        wanted->read = true;
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

/* Gives the next files to workers that have nothing to do. */
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

/* Adds the next file that is read to the index; false when there is none, or one before it is still being
 * read: the order is that in which they were wanted. */
static bool add_next(Libraries *self, Index *index) {
    if (self->added == self->wanted.len || !self->wanted.items[self->added].read) return false;
    Wanted *wanted = &self->wanted.items[self->added++];
    if (wanted->facts) {
        self->bytes += (uint64_t)wanted->facts->stamp.size;
        uint64_t before = index_changes(index);
        FileId file = index_update(index, str_of(wanted->path), wanted->facts);
        if (self->settled == before && index_is_library(index, file)) self->settled = index_changes(index);
        ARRAY_PUSH(&self->loaded, file);
    }
    mem_free(wanted->path);
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

static void want_file(Libraries *self, const Index *index, Str path) {
    if (try_once(self, path) && index_find_file(index, path) == NONE)
        ARRAY_PUSH(&self->wanted, (Wanted){.path = str_dup(path)});
}

/* Wants the files that may be the module of a path without its ending. */
static void want_endings(Libraries *self, const Index *index, StrBuf *path, bool sources) {
    static const char *const endings[] = {"/__init__.pyi", ".pyi", "/__init__.py", ".py"};
    size_t stem = path->len;
    for (size_t i = 0; i < (sources ? 4 : 2); i++) {
        buf_append(path, str_of(endings[i]));
        want_file(self, index, buf_str(path));
        buf_truncate(path, stem);
    }
}

/* Wants the files of a module below a folder, and of the packages around it; `top` is what the first of them
 * is called there. Of the standard library there are stubs only. */
static void want_below(Libraries *self, const Index *index, Str folder, Str top, Str rest, bool sources) {
    StrBuf path;
    buf_init(&path);
    buf_append(&path, folder);
    for (Str part = top; part.len;) {
        path_join(&path, part);
        want_endings(self, index, &path, sources);
        if (!str_next_piece(&rest, '.', &part)) break;
    }
    buf_release(&path);
}

/* Wants a module wherever there is one of the name: a package without __init__.py may lie in several places.
 * What the standard library's stubs have is theirs; its sources document it. */
static void want_module(Libraries *self, const Index *index, Str dotted) {
    if (dotted.len == 0 || !try_once(self, dotted)) return;
    Str rest = dotted, top = STR("");
    str_next_piece(&rest, '.', &top);
    StrBuf stubs;
    buf_init(&stubs);
    buf_printf(&stubs, "%.*s-stubs", STR_ARG(top));
    bool settled = false;
    for (uint32_t i = 0; i < self->path.items.len; i++) {
        const SearchFolder *folder = &self->path.items.items[i];
        bool standard = self->path.stubs && i == 0, found = intern_find(&folder->names, top) != INTERN_NONE;
        if (settled && !folder->standard) continue;
        if (intern_find(&folder->names, buf_str(&stubs)) != INTERN_NONE)
            want_below(self, index, str_of(folder->path), buf_str(&stubs), rest, false);
        if (found) want_below(self, index, str_of(folder->path), top, rest, !standard);
        settled |= found && standard;
    }
    buf_release(&stubs);
}

void libraries_want(Libraries *self, const Index *index, Str dotted) { want_module(self, index, dotted); }

/* `from package import name`, where the name may be a module. */
static void want_submodule(Libraries *self, const Index *index, Str package, Str name) {
    StrBuf dotted;
    buf_init(&dotted);
    buf_append(&dotted, package);
    if (package.len) buf_append_byte(&dotted, '.');
    buf_append(&dotted, name);
    want_module(self, index, buf_str(&dotted));
    buf_release(&dotted);
}

/* What stands behind `from`, without leading dots: those count from the file's package. */
static void append_module(const Index *index, FileId file, const Import *import, StrBuf *out) {
    if (import->level) {
        index_module_name(index, file, out);
        uint32_t up = import->level - module_is_package(index_path(index, file));
        for (; up > 0; up--) {
            size_t dot = str_rfind_byte(buf_str(out), '.');
            buf_truncate(out, dot == STR_NPOS ? 0 : dot);
        }
    }
    Str module = facts_text(index_facts(index, file), import->module);
    if (out->len && module.len) buf_append_byte(out, '.');
    buf_append(out, module);
}

static void follow_from(Libraries *self, const Index *index, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    StrBuf module;
    buf_init(&module);
    append_module(index, file, import, &module);
    FileId found = index_find_module(index, file, buf_str(&module), 0);
    bool package =
        found != NONE && !index_is_own(index, found) && module_is_package(index_path(index, found));
    if (found == NONE) want_module(self, index, buf_str(&module));
    bool names = !(import->flags & IMPORT_WILDCARD) && (found == NONE || package);
    for (uint32_t i = 0; i < import->names.count && names; i++) {
        Text name = facts->import_names.items[import->names.first + i].name;
        want_submodule(self, index, buf_str(&module), facts_text(facts, name));
    }
    buf_release(&module);
}

static void follow_import(Libraries *self, const Index *index, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    if (import->flags & IMPORT_FROM) {
        follow_from(self, index, file, import);
        return;
    }
    for (uint32_t i = 0; i < import->names.count; i++) {
        Str name = facts_text(facts, facts->import_names.items[import->names.first + i].name);
        if (index_find_module(index, file, name, 0) == NONE) want_module(self, index, name);
    }
}

/* --- what libraries import ---------------------------------------------------------------------- */

/* The names that the bases of a file's classes begin with. */
static void collect_bases(const Facts *facts, Interner *out) {
    for (uint32_t s = 0; s < facts->tree_count; s++) {
        Slice bases = facts->symbols.items[s].bases;
        for (uint32_t i = 0; i < bases.count; i++) {
            Str text = facts_text(facts, facts->texts.items[bases.first + i]);
            size_t end = 0;
            while (end < text.len && !strchr(".[( ", text.data[end])) end++;
            intern_id(out, str_slice(text, 0, end));
        }
    }
}

/* Whether the import is of the package that the file is in. */
static bool is_internal(const Index *index, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    if (import->level) return true;
    Str named = import->flags & IMPORT_FROM
                    ? facts_text(facts, import->module)
                    : facts_text(facts, facts->import_names.items[import->names.first].name);
    StrBuf module;
    buf_init(&module);
    index_module_name(index, file, &module);
    Str own = str_slice(buf_str(&module), 0, str_find_byte(buf_str(&module), '.'));
    bool same = str_eq(own, str_slice(named, 0, str_find_byte(named, '.')));
    buf_release(&module);
    return same;
}

/* A name imported as itself, and all that comes by wildcard, is exported again (PEP 484, "Stub Files"). What
 * classes inherit from is needed too. */
static bool is_needed(const Facts *facts, const Import *import, const Interner *bases) {
    if (import->flags & IMPORT_WILDCARD) return true;
    for (uint32_t i = 0; i < import->names.count; i++) {
        const ImportName *name = &facts->import_names.items[import->names.first + i];
        Str text = facts_text(facts, name->name), bound = text;
        if (name->alias != NONE) bound = facts_name(facts, name->alias);
        if (name->alias != NONE && str_eq(bound, text)) return true;
        bound = str_slice(bound, 0, str_find_byte(bound, '.'));
        if (intern_find(bases, bound) != INTERN_NONE) return true;
    }
    return false;
}

/* Of a source, all counts that it imports from its own package: what it returns may be from there. */
static void follow_library(Libraries *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    if (facts == NULL) return;
    bool stub = str_ends_with(index_path(index, file), STR(".pyi"));
    Interner bases;
    intern_init(&bases);
    collect_bases(facts, &bases);
    for (uint32_t i = 0; i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        bool inside = import->scope != 0;
        if (!inside && ((!stub && is_internal(index, file, import)) || is_needed(facts, import, &bases)))
            follow_import(self, index, file, import);
    }
    intern_release(&bases);
}

/* Follows the imports of the next library's file; false when there is none. */
static bool follow_loaded(Libraries *self, const Index *index) {
    if (self->followed == self->loaded.len) {
        self->followed = self->loaded.len = 0;
        return false;
    }
    FileId file = self->loaded.items[self->followed++];
    if (self->bytes <= self->handler.most_bytes)
        follow_library(self, index, file);
    else
        log_once(LOG_WARNING,
                 "libraries: more than %" PRIu64 " bytes are imported (index.maxLibraryBytes): what these "
                 "import themselves is not read",
                 self->handler.most_bytes);
    return true;
}

/* --- what files outside of all folders import ----------------------------------------------------- */

/* A file of no root and no library: a document, or what such a file imports. */
static bool is_outside(const Index *index, FileId file) {
    return !index_is_own(index, file) && !index_is_library(index, file);
}

/* The folder that such a file's imports are found in: the one above the outermost package around it. */
static void append_import_root(Str path, StrBuf *out) {
    buf_append(out, path_parent(path));
    for (;;) {
        size_t folder = out->len;
        path_join(out, STR("__init__.py"));
        bool package = folder > 1 && file_exists(out->data);
        buf_truncate(out, folder);
        if (!package) break;
        buf_truncate(out, path_parent(buf_str(out)).len);
    }
}

/* Wants the module where it would lie beside the file, or the package around it. */
static void want_beside(Libraries *self, const Index *index, FileId file, Str dotted, uint32_t level) {
    Str path = index_path(index, file), rest = dotted, top = STR("");
    if (!str_starts_with(path, STR("/"))) return; /* it was never saved */
    str_next_piece(&rest, '.', &top);
    StrBuf folder;
    buf_init(&folder);
    if (level)
        buf_append(&folder, index_relative_folder(index, file, level));
    else
        append_import_root(path, &folder);
    if (level) want_endings(self, index, &folder, true);
    want_below(self, index, buf_str(&folder), top, rest, true);
    buf_release(&folder);
}

/* Wants what an import in own code or outside of all folders may mean. */
static void want_import(Libraries *self, const Index *index, FileId file, Str dotted, uint32_t level) {
    if (is_outside(index, file)) want_beside(self, index, file, dotted, level);
    if (level == 0) want_module(self, index, dotted);
}

static void follow_outside(Libraries *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    StrBuf dotted;
    buf_init(&dotted);
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        Str module = facts_text(facts, import->module);
        want_import(self, index, file, module, import->level);
        for (uint32_t n = 0; n < import->names.count; n++) {
            buf_clear(&dotted);
            buf_append(&dotted, module);
            if (dotted.len) buf_append_byte(&dotted, '.');
            buf_append(&dotted, facts_text(facts, facts->import_names.items[import->names.first + n].name));
            want_import(self, index, file, buf_str(&dotted), import->level);
        }
    }
    buf_release(&dotted);
}

/* Whether some folder has a module of that name. */
static bool has_module(const Libraries *self, Str top) {
    for (uint32_t i = 0; i < self->path.items.len; i++)
        if (intern_find(&self->path.items.items[i].names, top) != INTERN_NONE) return true;
    return false;
}

bool libraries_ask(Libraries *self, const Index *index, FileId from, Str name, uint32_t level) {
    Str top = str_slice(name, 0, str_find_byte(name, '.'));
    bool library = index_is_library(index, from);
    if (!library) want_import(self, index, from, name, level);
    return is_outside(index, from) || (level ? library : has_module(self, top));
}

uint32_t libraries_left(const Libraries *self) {
    return self->wanted.len - self->added + self->loaded.len - self->followed;
}

/* --- what own code imports ---------------------------------------------------------------------- */

static void follow_own(Libraries *self, const Index *index, FileId file) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (import->level == 0) follow_import(self, index, file, import); /* else the package is there */
    }
}

/* Follows the imports of the next file that changed and is of no library; false when there is none. Files
 * that change while others are followed are found by going round once more. */
static bool follow_changed(Libraries *self, const Index *index) {
    while (self->settled != index_changes(index)) {
        if (self->next >= index_file_end(index)) {
            self->next = 0;
            if (!self->again) self->settled = index_changes(index);
            self->again = false;
            continue;
        }
        FileId file = self->next++;
        if (file >= self->seen.len) ARRAY_PUSH(&self->seen, 0);
        uint32_t revision = index_file_revision(index, file);
        if (revision == self->seen.items[file]) continue;
        self->seen.items[file] = revision;
        self->again = true;
        if (index_is_library(index, file)) continue;
        if (index_is_own(index, file))
            follow_own(self, index, file);
        else if (self->bytes <= self->handler.most_bytes)
            follow_outside(self, index, file);
        return true;
    }
    return false;
}

/* --- the index ---------------------------------------------------------------------------------- */

static bool is_outdated(const Index *index, FileId file) {
    FileStamp stamp;
    char *path = str_dup(index_path(index, file));
    bool same = stamp_take(path, &stamp) && stamp_equals(&stamp, index_stamp(index, file));
    mem_free(path);
    return !same;
}

/* Declares the folders instead of those that were before, and drops files of those that are in none now, or
 * have changed. What documents say stays. */
static void declare(Libraries *self, Index *index) {
    uint32_t end = index_file_end(index);
    bool *before = mem_calloc(end + 1, sizeof *before);
    for (FileId file = 0; file < end; file++) before[file] = index_is_library(index, file);
    index_forget_libraries(index);
    for (uint32_t i = 0; i < self->path.items.len; i++)
        index_add_library(index, str_of(self->path.items.items[i].path), self->path.items.items[i].installed);
    for (FileId file = 0; file < end; file++) {
        const FileStamp *stamp = index_stamp(index, file);
        if (!before[file] || stamp == NULL || stamp->hash == 0 || index_is_own(index, file)) continue;
        if (!index_is_library(index, file) || is_outdated(index, file))
            index_update(index, index_path(index, file), NULL);
    }
    mem_free(before);
    self->declared = true;
}

/* Drops what a cache has from folders that are not among these. */
static void drop_foreign(Index *index) {
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (index_is_frozen(index, file) && !index_is_own(index, file) && !index_is_library(index, file))
            index_update(index, index_path(index, file), NULL);
    }
}

void libraries_adopt(Libraries *self, Index *index) {
    if (!self->declared) declare(self, index);
    drop_foreign(index);
    if (self->begun) return;
    self->begun = index_file_end(index) && search_path_is_in(&self->path, index);
    if (!self->begun) return;
    for (FileId file = 0; file < index_file_end(index); file++) {
        ARRAY_PUSH(&self->seen, index_is_frozen(index, file) ? index_file_revision(index, file) : 0);
        if (index_is_library(index, file)) self->bytes += (uint64_t)index_stamp(index, file)->size;
    }
}

/* What was there before is not read again, but what it imports may have come. */
static void begin(Libraries *self, Index *index) {
    if (!self->declared) declare(self, index);
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (!index_is_library(index, file) || index_stamp(index, file) == NULL) continue;
        self->bytes += (uint64_t)index_stamp(index, file)->size;
        ARRAY_PUSH(&self->loaded, file);
    }
    search_path_note(&self->path, index);
    want_module(self, index, STR("builtins"));
    self->begun = true;
}

static bool load(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget, bool all) {
    self->handler = handler;
    uint64_t end = uv_hrtime() + budget;
    if (!self->begun) begin(self, index);
    bool more = true;
    do {
        more = (all && follow_changed(self, index)) || add_next(self, index) || follow_loaded(self, index);
        start_jobs(self);
    } while (more && uv_hrtime() < end);
    if (more) self->handler.ready(self->handler.context);
    return more || self->wanted.len;
}

bool libraries_load(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget) {
    return load(self, index, handler, budget, true);
}

void libraries_load_asked(Libraries *self, Index *index, LibrariesHandler handler, uint64_t budget) {
    if (libraries_left(self)) load(self, index, handler, budget, false);
}
