#include "index/disk/libraries.h"

#include "base/intern.h"
#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/scan.h"

#include <uv.h>

enum { LARGEST_STUB = 4 << 20 };

struct Libraries {
    char *stubs; /* NULL: there are none */
    Interner tried;
    Array(uint32_t) seen; /* by file: the revision whose imports were followed */
    FileId next;          /* the file to be looked at next */
    bool again;           /* a file had changed since `next` was 0 */
    Array(FileId) loaded; /* whose own imports are still to be followed */
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

void libraries_free(Libraries *self) {
    if (self == NULL) return;
    mem_free(self->stubs);
    intern_release(&self->tried);
    ARRAY_FREE(&self->seen);
    ARRAY_FREE(&self->loaded);
    mem_free(self);
}

/* --- loading ------------------------------------------------------------------------------------ */

static void add_file(Libraries *self, Index *index, Parser *parser, const char *path) {
    Facts *facts = scan_file(parser, path, LARGEST_STUB, &(ScanSkips){0});
    if (facts == NULL) return;
    FileId file = index_update(index, str_of(path), facts);
    ARRAY_PUSH(&self->loaded, file);
}

/* Reads the stub of a module, and of the packages around it, unless that was tried before. */
static void load_module(Libraries *self, Index *index, Parser *parser, Str dotted) {
    static const char *const endings[] = {"/__init__.pyi", ".pyi"};
    if (dotted.len == 0 || intern_find(&self->tried, dotted) != INTERN_NONE) return;
    intern_id(&self->tried, dotted);
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(self->stubs));
    Str rest = dotted, part;
    while (str_next_piece(&rest, '.', &part)) {
        path_join(&path, part);
        size_t stem = path.len;
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
            buf_append(&path, str_of(endings[i]));
            bool known = index_find_file(index, buf_str(&path)) != NONE;
            if (!known && file_exists(path.data)) add_file(self, index, parser, path.data);
            buf_truncate(&path, stem);
        }
    }
    buf_release(&path);
}

/* `from package import module`; a name that is no module is not found, once. */
static void load_submodule(Libraries *self, Index *index, Parser *parser, Str package, Str name) {
    StrBuf dotted;
    buf_init(&dotted);
    buf_append(&dotted, package);
    buf_append_byte(&dotted, '.');
    buf_append(&dotted, name);
    load_module(self, index, parser, buf_str(&dotted));
    buf_release(&dotted);
}

static void follow_import(Libraries *self, Index *index, Parser *parser, FileId file, const Import *import) {
    const Facts *facts = index_facts(index, file);
    bool from = import->flags & IMPORT_FROM;
    Str module = facts_text(facts, import->module);
    if (import->level) return; /* of the same package, which is there */
    if (from && index_find_module(index, file, module, 0) == NONE) load_module(self, index, parser, module);
    for (uint32_t i = 0; i < import->names.count; i++) {
        Str name = facts_text(facts, facts->import_names.items[import->names.first + i].name);
        if (!from && index_find_module(index, file, name, 0) == NONE) load_module(self, index, parser, name);
        FileId package = from ? index_find_module(index, file, module, 0) : NONE;
        bool stub = package != NONE && !index_is_own(index, package) &&
                    str_ends_with(index_path(index, package), STR("/__init__.pyi"));
        if (stub) load_submodule(self, index, parser, module, name);
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

static void follow_imports(Libraries *self, Index *index, Parser *parser, FileId file, bool own) {
    const Facts *facts = index_facts(index, file);
    for (uint32_t i = 0; facts && i < facts->imports.count; i++) {
        const Import *import = &facts->imports.items[i];
        if (own || exports_again(facts, import)) follow_import(self, index, parser, file, import);
    }
}

/* Follows the imports of the next own file that changed; false when there is none. Files that change while
 * others are followed are found by going round once more. */
static bool follow_changed(Libraries *self, Index *index, Parser *parser) {
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
    follow_imports(self, index, parser, self->next++, true);
    return true;
}

bool libraries_load(Libraries *self, Index *index, Parser *parser, uint64_t budget) {
    if (self->stubs == NULL) return false;
    uint64_t end = uv_hrtime() + budget;
    if (!self->begun) {
        index_add_library(index, str_of(self->stubs));
        load_module(self, index, parser, STR("builtins"));
        self->begun = true;
    }
    do {
        if (self->loaded.len)
            follow_imports(self, index, parser, ARRAY_POP(&self->loaded), false);
        else if (!follow_changed(self, index, parser))
            return false;
    } while (uv_hrtime() < end);
    return true;
}
