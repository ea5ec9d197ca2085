/* Which files modules are: paths are probed as Python's import does. */
#include "index/index_struct.h"

#include "base/path.h"
#include "index/facts.h"

/* The folder above the outermost package around a folder; the folder itself when it is no package. */
static Str import_root(const Index *self, Str folder) {
    StrBuf path;
    buf_init(&path);
    buf_reserve(&path, folder.len + sizeof "/__init__.pyi");
    buf_append(&path, folder);
    for (bool package = true; package && folder.len > 1;) {
        buf_truncate(&path, folder.len);
        buf_append(&path, STR("/__init__.py"));
        package = index_find_file(self, buf_str(&path)) != NONE;
        buf_append_byte(&path, 'i');
        package = package || index_find_file(self, buf_str(&path)) != NONE;
        if (package) folder = path_parent(folder);
    }
    buf_release(&path);
    return folder;
}

static void append_dotted(StrBuf *out, Str path) {
    for (size_t i = 0; i < path.len; i++) buf_append_byte(out, path.data[i] == '/' ? '.' : path.data[i]);
}

/* The innermost folder of libraries that holds the path, or "". */
static Str library_of(const Index *self, Str path) {
    Str best = STR("");
    for (uint32_t i = 0; i < self->libraries.len; i++) {
        Str folder = str_of(self->libraries.items[i].path);
        if (path_is_under(path, folder) && folder.len > best.len) best = folder;
    }
    return best;
}

void index_module_name(const Index *self, FileId file, StrBuf *out) {
    Str path = index_path(self, file), folder = path_parent(path), base = import_root(self, folder);
    if (base.len == folder.len) { /* no package around it: along the folders below the root */
        Str root = index_is_library(self, file) ? library_of(self, path) : index_root_of(self, path);
        if (root.len) base = root;
    }
    Str below = path_below(path, base);
    if (str_starts_with(below, STR("src/"))) below = str_from(below, 4);
    below = str_slice(below, 0, below.len - path_suffix(below).len);
    if (str_ends_with(below, STR("/__init__"))) below = str_slice(below, 0, below.len - 9);
    Str top = str_slice(below, 0, str_find_byte(below, '/'));
    if (index_is_library(self, file) && str_ends_with(top, STR("-stubs"))) { /* PEP 561 */
        buf_append(out, str_slice(top, 0, top.len - strlen("-stubs")));
        below = str_from(below, top.len);
    }
    append_dotted(out, below);
}

void index_dotted_name(const Index *self, SymbolRef ref, StrBuf *out) {
    index_module_name(self, ref.file, out);
    if (ref.symbol == 0) return;
    buf_append_byte(out, '.');
    facts_qualified_name(index_facts(self, ref.file), ref.symbol, out);
}

/* The module `dotted` below a folder, in which its first part has `mark` behind it: a package before a
 * module, sources before stubs. */
static FileId marked_module_below(const Index *self, Str folder, Str dotted, Str mark) {
    static const char *const endings[] = {"/__init__.py", ".py", "/__init__.pyi", ".pyi"};
    FileId found = NONE;
    StrBuf path;
    buf_init(&path);
    buf_reserve(&path, folder.len + dotted.len + mark.len + sizeof "//__init__.pyi");
    buf_append(&path, folder);
    Str rest = dotted, part;
    for (; rest.len && str_next_piece(&rest, '.', &part); mark = STR("")) {
        path_join(&path, part);
        buf_append(&path, mark);
    }
    size_t stem = path.len;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && found == NONE; i++) {
        buf_truncate(&path, stem);
        buf_append(&path, str_of(endings[i]));
        found = index_find_file(self, buf_str(&path));
    }
    buf_release(&path);
    return found;
}

static FileId module_below(const Index *self, Str folder, Str dotted) {
    return marked_module_below(self, folder, dotted, STR(""));
}

static bool visit_root(Str root, FolderVisitor *visit, void *context) {
    if (visit(context, root)) return true;
    StrBuf src;
    buf_init(&src);
    buf_append(&src, root);
    path_join(&src, STR("src"));
    bool found = visit(context, buf_str(&src));
    buf_release(&src);
    return found;
}

void index_each_import_folder(const Index *self, FileId from, FolderVisitor *visit, void *context) {
    Str folder = path_parent(index_path(self, from)), root = index_root_of(self, folder);
    folder = import_root(self, folder);
    bool found = visit(context, folder);
    for (uint32_t i = 0; i < self->roots.len && !found; i++)
        found = visit_root(str_of(self->roots.items[i]), visit, context);
    for (; !found && folder.len > root.len && root.len; folder = path_parent(folder))
        found = visit(context, folder);
    for (uint32_t i = 0; i < self->libraries.len && !found; i++)
        found = visit(context, str_of(self->libraries.items[i].path));
}

typedef struct {
    const Index *index;
    Str dotted;
    FileId found;
} ModuleSearch;

static bool find_below(void *context, Str folder) {
    ModuleSearch *search = context;
    search->found = module_below(search->index, folder, search->dotted);
    return search->found != NONE;
}

/* PEP 561: a package's stubs may be installed beside it. */
static FileId stub_package(const Index *self, Str dotted) {
    FileId found = NONE;
    for (uint32_t i = 0; i < self->libraries.len && found == NONE; i++) {
        if (!self->libraries.items[i].installed) continue;
        found = marked_module_below(self, str_of(self->libraries.items[i].path), dotted, STR("-stubs"));
    }
    return found;
}

static FileId absolute_module(const Index *self, FileId from, Str dotted) {
    ModuleSearch search = {self, dotted, NONE};
    index_each_import_folder(self, from, find_below, &search);
    return search.found != NONE ? search.found : stub_package(self, dotted);
}

Str index_relative_folder(const Index *self, FileId from, uint32_t level) {
    Str folder = path_parent(index_path(self, from));
    while (--level > 0 && folder.len > 1) folder = path_parent(folder);
    return folder;
}

FileId index_find_module(const Index *self, FileId from, Str name, uint32_t level) {
    FileId found = level      ? module_below(self, index_relative_folder(self, from, level), name)
                   : name.len ? absolute_module(self, from, name)
                              : NONE;
    if (found == NONE && self->listener) self->listener->module(self->listener->context, from, name, level);
    return found;
}
