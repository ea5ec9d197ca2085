#include "index/disk/search_path.h"

#include "base/path.h"
#include "index/disk/installed.h"
#include "index/disk/stamp.h"
#include "index/parse.h"

#include <uv.h>

/* What an entry of a folder is imported by; "package-stubs" as it is; empty when it cannot be. */
static Str module_named(Str entry) {
    Str name = str_slice(entry, 0, str_find_byte(entry, '.'));
    bool stubs = str_ends_with(name, STR("-stubs")) && name.len == entry.len;
    Str plain = stubs ? str_slice(name, 0, name.len - strlen("-stubs")) : name;
    bool other = str_find_byte(plain, '-') != STR_NPOS || str_find_byte(plain, ' ') != STR_NPOS ||
                 str_eq(plain, STR("__pycache__")) || str_eq(plain, STR("__init__"));
    return other ? STR("") : name;
}

/* Whether an entry is something that Python imports: a folder, a source, a stub or a compiled module. */
static bool is_importable(const uv_dirent_t *entry) {
    Str suffix = path_suffix(str_of(entry->name));
    if (suffix.len == 0) return entry->type != UV_DIRENT_FILE;
    return str_eq(suffix, STR(".py")) || str_eq(suffix, STR(".pyi")) || str_eq(suffix, STR(".so")) ||
           str_eq(suffix, STR(".pyd"));
}

/* Adds the modules directly in a folder. */
static void list_modules(const char *folder, Interner *out) {
    uv_fs_t request;
    uv_dirent_t entry;
    if (uv_fs_scandir(NULL, &request, folder, 0, NULL) >= 0) {
        while (uv_fs_scandir_next(&request, &entry) == 0) {
            Str name = module_named(str_of(entry.name));
            if (name.len && is_importable(&entry)) intern_id(out, name);
        }
    }
    uv_fs_req_cleanup(&request);
}

static void add_folder(SearchPath *self, char *path, bool installed, bool standard) {
    SearchFolder folder = {.path = path, .installed = installed, .standard = standard};
    stamp_take(path, &folder.stamp);
    intern_init(&folder.names);
    list_modules(path, &folder.names);
    ARRAY_PUSH(&self->items, folder);
}

void search_path_init(SearchPath *self, Str stubs, const LibraryFolders *folders) {
    char *first =
        stubs.data ? str_dup(stubs) : installed_find(STR(HEADWORD_STUBS_INSTALLED), HEADWORD_STUBS_BUILD);
    *self = (SearchPath){.stubs = first != NULL};
    if (first) add_folder(self, first, true, false);
    for (uint32_t i = 0; folders && i < folders->len; i++)
        add_folder(self, str_dup(str_of(folders->items[i].path)), folders->items[i].installed,
                   folders->items[i].standard);
}

void search_path_release(SearchPath *self) {
    for (uint32_t i = 0; i < self->items.len; i++) {
        mem_free(self->items.items[i].path);
        intern_release(&self->items.items[i].names);
    }
    ARRAY_FREE(&self->items);
}

bool search_path_is_current(const SearchPath *self, const LibraryFolders *folders) {
    uint32_t first = self->stubs;
    bool same = self->items.len - first == folders->len;
    for (uint32_t i = 0; same && i < folders->len; i++) {
        const SearchFolder *folder = &self->items.items[first + i];
        FileStamp stamp;
        same = strcmp(folder->path, folders->items[i].path) == 0 &&
               folder->installed == folders->items[i].installed && stamp_take(folder->path, &stamp) &&
               stamp.modified == folder->stamp.modified; /* what is being installed goes on changing it */
    }
    return same;
}

void search_path_each_module(const SearchPath *self, Str package, ModuleVisitor *visit, void *context) {
    Interner names;
    StrBuf path;
    intern_init(&names);
    buf_init(&path);
    Str top = str_slice(package, 0, str_find_byte(package, '.'));
    for (uint32_t i = 0; i < self->items.len; i++) {
        const SearchFolder *folder = &self->items.items[i];
        for (uint32_t n = 0; package.len == 0 && n < intern_count(&folder->names); n++)
            intern_id(&names, intern_str(&folder->names, n));
        if (package.len == 0 || intern_find(&folder->names, top) == INTERN_NONE) continue;
        buf_clear(&path);
        buf_append(&path, str_of(folder->path));
        Str rest = package, part;
        while (str_next_piece(&rest, '.', &part)) path_join(&path, part);
        list_modules(path.data, &names);
    }
    for (uint32_t n = 0; n < intern_count(&names); n++) {
        Str name = intern_str(&names, n);
        if (str_find_byte(name, '-') == STR_NPOS) visit(context, name);
    }
    buf_release(&path);
    intern_release(&names);
}

/* --- in an index -------------------------------------------------------------------------------- */

/* The folders that packages are installed into are themselves files of the index, of which nothing is known
 * but in which state they are: a cache that has them was written when that was the same. */
static bool is_noted(const Index *index, const SearchFolder *folder) {
    bool root = false;
    for (uint32_t i = 0; i < index_root_count(index); i++)
        root |= str_eq(index_root(index, i), str_of(folder->path));
    return folder->installed && !root;
}

static bool holds_folders(const SearchPath *self, const Index *index) {
    for (uint32_t i = self->stubs; i < self->items.len; i++) {
        const SearchFolder *folder = &self->items.items[i];
        if (is_noted(index, folder) && index_find_file(index, str_of(folder->path)) == NONE) return false;
    }
    return true;
}

void search_path_note(const SearchPath *self, Index *index) {
    Parser *parser = parser_new();
    for (uint32_t i = self->stubs; i < self->items.len; i++) {
        const SearchFolder *folder = &self->items.items[i];
        if (!is_noted(index, folder)) continue;
        Facts *facts = parser_facts(parser, STR_NONE, STR(""));
        facts->stamp = folder->stamp;
        facts->stamp.hash = stamp_hash(str_of(folder->path));
        index_update(index, str_of(folder->path), facts);
    }
    parser_free(parser);
}

static bool holds_builtins(const SearchPath *self, const Index *index) {
    if (!self->stubs) return true;
    StrBuf path;
    buf_init(&path);
    buf_append(&path, str_of(self->items.items[0].path));
    path_join(&path, STR("builtins.pyi"));
    bool found = index_find_file(index, buf_str(&path)) != NONE;
    buf_release(&path);
    return found;
}

bool search_path_is_in(const SearchPath *self, const Index *index) {
    return holds_builtins(self, index) && holds_folders(self, index);
}
