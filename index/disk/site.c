/* The folders of an interpreter's packages, and what their files name. Sources: docs.python.org, "site";
 * setuptools, "Development Mode"; Debian Python Policy, 2.5 "Module Path". */
#include "index/disk/environment.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { LARGEST_PATH_FILE = 1 << 16, MOST_FOLDERS = 256 };

static bool stat_folder(Str path, LibraryFolder *out) {
    char *name = str_dup(path);
    struct stat info;
    bool good = stat(name, &info) == 0 && S_ISDIR(info.st_mode);
    mem_free(name);
    if (good) *out = (LibraryFolder){.device = info.st_dev, .inode = info.st_ino};
    return good;
}

static bool is_known(const Environment *self, const LibraryFolder *folder) {
    for (uint32_t i = 0; i < self->folders.len; i++) {
        const LibraryFolder *other = &self->folders.items[i];
        if (other->device == folder->device && other->inode == folder->inode) return true;
    }
    return false;
}

/* Whether a folder is there; appended unless it was before, or there are too many: then `added` is false. */
static bool push_folder(Environment *self, Str path, bool installed, bool *added) {
    LibraryFolder folder;
    bool there = stat_folder(path, &folder);
    *added = there && self->folders.len < MOST_FOLDERS && !is_known(self, &folder);
    if (!*added) return there;
    StrBuf clean;
    buf_init(&clean);
    path_normalize(&clean, path);
    folder.path = buf_take(&clean);
    folder.installed = installed;
    ARRAY_PUSH(&self->folders, folder);
    return true;
}

/* --- files that name folders -------------------------------------------------------------------- */

static void push_named(Environment *self, Str site, Str named) {
    StrBuf path;
    bool added;
    buf_init(&path);
    buf_append(&path, site);
    path_join(&path, named);
    push_folder(self, buf_str(&path), false, &added);
    buf_release(&path);
}

/* A line names a folder, unless it is code, which is not run. */
static void read_path_lines(Environment *self, Str site, Str text) {
    Str line;
    while (str_next_line(&text, &line)) {
        line = str_trim(line);
        bool code = str_starts_with(line, STR("import ")) || str_starts_with(line, STR("import\t"));
        if (line.len && line.data[0] != '#' && !code) push_named(self, site, line);
    }
}

/* The first line names the folder; the second, where in it the project is. */
static void read_egg_link(Environment *self, Str site, Str text) {
    Str line;
    if (str_next_line(&text, &line) && str_trim(line).len) push_named(self, site, str_trim(line));
}

/* Cuts the next string literal off, as repr() writes it; false when there is none before a "}". */
static bool next_literal(Str *rest, StrBuf *out) {
    size_t at = 0;
    while (at < rest->len && !strchr("'\"}", rest->data[at])) at++;
    if (at == rest->len || rest->data[at] == '}') return false;
    char quote = rest->data[at++];
    buf_clear(out);
    for (; at < rest->len && rest->data[at] != quote; at++) {
        if (rest->data[at] == '\\' && at + 1 < rest->len) at++;
        buf_append_byte(out, rest->data[at]);
    }
    *rest = str_from(*rest, at + 1);
    return true;
}

/* `MAPPING = {'pkg': '/project/src/pkg'}`: where the package is to be found as what it is imported as. */
static void read_finder(Environment *self, Str site, Str text) {
    StrBuf name, path;
    buf_init(&name);
    buf_init(&path);
    size_t at = str_find(text, STR("\nMAPPING"));
    Str rest = at == STR_NPOS ? STR("") : str_from(text, at);
    size_t open = str_find_byte(rest, '{');
    rest = open == STR_NPOS ? STR("") : str_from(rest, open + 1);
    while (next_literal(&rest, &name) && next_literal(&rest, &path)) {
        Str last = path_name(buf_str(&path));
        last = str_slice(last, 0, last.len - path_suffix(last).len);
        if (str_eq(last, buf_str(&name))) push_named(self, site, path_parent(buf_str(&path)));
    }
    buf_release(&name);
    buf_release(&path);
}

static const struct {
    const char *start, *end; /* of the file's name */
    void (*read)(Environment *self, Str site, Str text);
} readers[] = {
    {"", ".pth", read_path_lines},
    {"", ".egg-link", read_egg_link},
    {"__editable__", "_finder.py", read_finder},
};

static void read_named(Environment *self, Str site, Str name) {
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (!str_starts_with(name, str_of(readers[i].start)) || !str_ends_with(name, str_of(readers[i].end)))
            continue;
        StrBuf path, text, why;
        buf_init(&path);
        buf_init(&text);
        buf_init(&why);
        buf_append(&path, site);
        path_join(&path, name);
        if (file_read(path.data, LARGEST_PATH_FILE, &text, &why)) readers[i].read(self, site, buf_str(&text));
        buf_release(&path);
        buf_release(&text);
        buf_release(&why);
    }
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* The names of the files in a folder that end like one of the readers', sorted. */
static Paths find_readable(const char *folder) {
    Paths names = {0};
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        Str name = str_of(entry->d_name);
        bool wanted = false;
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            wanted |= str_ends_with(name, str_of(readers[i].end));
        if (wanted) ARRAY_PUSH(&names, str_dup(name));
    }
    if (stream) closedir(stream);
    if (names.len) qsort(names.items, names.len, sizeof *names.items, by_bytes);
    return names;
}

bool environment_add_folder(Environment *self, Str path, bool installed) {
    bool added;
    if (!push_folder(self, path, installed, &added)) return false;
    if (!added || !installed) return true;
    char *site = str_dup(path);
    Paths names = find_readable(site);
    for (uint32_t i = 0; i < names.len; i++) read_named(self, path, str_of(names.items[i]));
    paths_release(&names);
    mem_free(site);
    return true;
}

/* --- a prefix ----------------------------------------------------------------------------------- */

/* "python3.12" -> 12, "pypy3.10" -> 10; -1 for other names. */
static int minor_version(Str name) {
    size_t at = str_find(name, STR("3."));
    bool python = str_starts_with(name, STR("python3.")) || str_starts_with(name, STR("pypy3."));
    return python ? atoi(name.data + at + 2) : -1;
}

/* Appends the folder of the newest Python in `prefix`/`lib`; nothing when there is none. */
static void append_newest(Str prefix, const char *lib, StrBuf *out) {
    StrBuf path, name;
    buf_init(&path);
    buf_init(&name);
    buf_append(&path, prefix);
    path_join(&path, str_of(lib));
    DIR *stream = opendir(path.data);
    int newest = -1;
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        int minor = minor_version(str_of(entry->d_name));
        if (minor < newest || minor < 0) continue;
        if (minor == newest && strcmp(entry->d_name, name.data) > 0)
            continue; /* python3.13 and python3.13t */
        newest = minor;
        buf_clear(&name);
        buf_append(&name, str_of(entry->d_name));
    }
    if (stream) closedir(stream);
    buf_append(out, buf_str(&name));
    buf_release(&path);
    buf_release(&name);
}

/* Where packages are below a prefix: `lib`/[python3.12/]`rest`. */
static const struct {
    const char *lib;
    bool versioned;
    const char *rest;
} layouts[] = {
    {"lib", true, "site-packages"},       {"lib64", true, "site-packages"},
    {"local/lib", true, "dist-packages"}, /* Debian's */
    {"local/lib", true, "site-packages"}, {"lib/python3", false, "dist-packages"},
    {"lib", true, "dist-packages"},       {"Lib", false, "site-packages"}, /* Windows' */
};

/* "python3.12": the folder below `prefix`/lib that belongs to a version, or to the newest there is. */
static StrBuf python_folder(Str prefix, Str version) {
    StrBuf python;
    buf_init(&python);
    if (version.len) buf_printf(&python, "python%.*s", STR_ARG(version));
    if (python.len == 0) append_newest(prefix, "lib", &python);
    if (python.len == 0) append_newest(prefix, "lib64", &python);
    return python;
}

/* Python itself knows its standard library by os.py (sysconfig, "getpath"). */
static bool add_standard_folder(Environment *self, Str path) {
    StrBuf landmark;
    bool added = false;
    buf_init(&landmark);
    buf_append(&landmark, path);
    path_join(&landmark, STR("os.py"));
    if (file_exists(landmark.data)) push_folder(self, path, true, &added);
    if (added) ARRAY_LAST(&self->folders)->standard = true;
    buf_release(&landmark);
    return added;
}

void environment_add_standard(Environment *self, Str prefix, Str version) {
    static const char *const libs[] = {"lib", "lib64", "Lib"};
    StrBuf python = python_folder(prefix, version);
    bool found = false;
    for (uint32_t i = 0; i < self->folders.len; i++) found |= self->folders.items[i].standard;
    for (size_t i = 0; i < sizeof libs / sizeof *libs && !found; i++) {
        StrBuf path;
        buf_init(&path);
        buf_append(&path, prefix);
        path_join(&path, str_of(libs[i]));
        if (libs[i][0] == 'l') path_join(&path, buf_str(&python));
        found = add_standard_folder(self, buf_str(&path));
        buf_release(&path);
    }
    buf_release(&python);
}

bool environment_add_prefix(Environment *self, Str prefix, Str version) {
    StrBuf path, python = python_folder(prefix, version);
    bool any = false;
    buf_init(&path);
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        if (layouts[i].versioned && python.len == 0) continue;
        buf_clear(&path);
        buf_append(&path, prefix);
        path_join(&path, str_of(layouts[i].lib));
        if (layouts[i].versioned) path_join(&path, buf_str(&python));
        path_join(&path, str_of(layouts[i].rest));
        any |= environment_add_folder(self, buf_str(&path), true);
    }
    environment_add_standard(self, prefix, version);
    buf_release(&path);
    buf_release(&python);
    return any;
}
