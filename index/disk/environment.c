#include "index/disk/environment.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/disk/walk.h"
#include "index/lang/toml.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

enum { LARGEST_CONFIGURATION = 1 << 20 };

void environment_init(Environment *self) {
    *self = (Environment){0};
    buf_init(&self->origin);
}

void environment_release(Environment *self) {
    for (uint32_t i = 0; i < self->folders.len; i++) mem_free(self->folders.items[i].path);
    ARRAY_FREE(&self->folders);
    buf_release(&self->origin);
}

/* --- files -------------------------------------------------------------------------------------- */

static Str variable(const char *name) { return str_of(getenv(name)); }

/* `name` below `folder`; "~/" is the user's folder. The caller releases it. */
static StrBuf below(Str folder, Str name) {
    StrBuf path, clean;
    buf_init(&path);
    buf_init(&clean);
    bool home = str_starts_with(name, STR("~/")) && variable("HOME").len;
    buf_append(&path, home ? variable("HOME") : folder);
    path_join(&path, home ? str_from(name, 2) : name);
    path_normalize(&clean, buf_str(&path));
    buf_release(&path);
    return clean;
}

static bool holds(Str folder, const char *name, bool (*is_it)(const char *path)) {
    StrBuf path = below(folder, str_of(name));
    bool found = is_it(path.data);
    buf_release(&path);
    return found;
}

/* Appends the text of a file that may be missing. */
static void read_text(Str folder, const char *name, StrBuf *out) {
    StrBuf path = below(folder, str_of(name)), why;
    buf_init(&why);
    if (file_exists(path.data)) file_read(path.data, LARGEST_CONFIGURATION, out, &why);
    buf_release(&why);
    buf_release(&path);
}

/* --- an interpreter ----------------------------------------------------------------------------- */

/* "3.12" of ".../python3.12"; empty without a minor number. */
static Str version_of(Str interpreter) {
    Str name = path_name(interpreter);
    return str_starts_with(name, STR("python3.")) ? str_from(name, strlen("python")) : STR("");
}

/* Packages that the user installed for an interpreter: they come before its own (docs.python.org, "site"). */
static void add_user_folder(Environment *self, Str version) {
    if (version.len == 0 || variable("HOME").len == 0) return;
    StrBuf base, path;
    buf_init(&base);
    buf_append(&base, variable("PYTHONUSERBASE").len ? variable("PYTHONUSERBASE") : STR("~/.local"));
    buf_printf(&base, "/lib/python%.*s/site-packages", STR_ARG(version));
    path = below(STR("/"), buf_str(&base));
    environment_add_folder(self, buf_str(&path), true);
    buf_release(&path);
    buf_clear(&base);
    buf_printf(&base, "~/Library/Python/%.*s/lib/python/site-packages", STR_ARG(version)); /* macOS */
    path = below(STR("/"), buf_str(&base));
    environment_add_folder(self, buf_str(&path), true);
    buf_release(&path);
    buf_release(&base);
}

/* What an interpreter that is in no environment has: around it as it is called, and around where it lies. */
static bool add_interpreter(Environment *self, Str path) {
    char *name = str_dup(path), *real = realpath(name, NULL);
    Str version = version_of(path).len ? version_of(path) : version_of(str_of(real));
    if (real) add_user_folder(self, version);
    bool any = real && environment_add_prefix(self, path_parent(path_parent(path)), version);
    if (real) any |= environment_add_prefix(self, path_parent(path_parent(str_of(real))), version);
    free(real);
    mem_free(name);
    return any;
}

/* --- an environment ----------------------------------------------------------------------------- */

static bool is_virtual(Str prefix) { return holds(prefix, "pyvenv.cfg", file_exists); }
static bool is_conda(Str prefix) { return holds(prefix, "conda-meta", file_is_folder); }

/* The value of a key in pyvenv.cfg; empty without. */
static Str find_value(Str text, Str key) {
    Str line;
    while (str_next_line(&text, &line)) {
        size_t equals = str_find_byte(line, '=');
        if (equals == STR_NPOS || !str_eq(str_trim(str_slice(line, 0, equals)), key)) continue;
        return str_trim(str_from(line, equals + 1));
    }
    return STR("");
}

/* The standard library of an interpreter, around it as it is called or around where it lies. */
static void add_standard_of(Environment *self, Str path, Str version) {
    char *name = str_dup(path), *real = realpath(name, NULL);
    environment_add_standard(self, path_parent(path_parent(path)), version);
    if (real) environment_add_standard(self, path_parent(path_parent(str_of(real))), version);
    free(real);
    mem_free(name);
}

/* PEP 405: what the interpreter has that the environment was made with; its packages, when they are to be
 * seen. */
static void add_base(Environment *self, Str prefix) {
    StrBuf text;
    buf_init(&text);
    read_text(prefix, "pyvenv.cfg", &text);
    Str home = find_value(buf_str(&text), STR("home")), said = find_value(buf_str(&text), STR("version"));
    if (said.len == 0) said = find_value(buf_str(&text), STR("version_info"));
    size_t dot = str_find_byte(said, '.');
    size_t end = dot == STR_NPOS ? STR_NPOS : str_find_byte(str_from(said, dot + 1), '.');
    Str seen = find_value(buf_str(&text), STR("include-system-site-packages"));
    Str version = dot == STR_NPOS ? STR("") : str_slice(said, 0, end == STR_NPOS ? end : dot + 1 + end);
    StrBuf python;
    buf_init(&python);
    buf_printf(&python, "%.*s/python%.*s", STR_ARG(home), STR_ARG(version));
    if (home.len && (str_eq(seen, STR("true")) || str_eq(seen, STR("True")))) {
        add_user_folder(self, version);
        if (!add_interpreter(self, buf_str(&python)))
            environment_add_prefix(self, path_parent(home), version);
    }
    if (home.len) add_standard_of(self, buf_str(&python), version);
    buf_release(&python);
    buf_release(&text);
}

/* Adds the environment in a folder, found through `how`; false when it is none. */
static bool add_environment(Environment *self, Str prefix, const char *how) {
    if (!is_virtual(prefix) && !is_conda(prefix)) return false;
    environment_add_prefix(self, prefix, STR(""));
    if (is_virtual(prefix)) add_base(self, prefix);
    buf_printf(&self->origin, "%s%.*s (%s)", self->origin.len ? ", " : "", STR_ARG(prefix), how);
    return true;
}

/* An environment by its folder or its interpreter, or an interpreter in none. */
static bool add_wanted(Environment *self, Str root, Str wanted, const char *how) {
    StrBuf path = below(root, wanted);
    bool folder = file_is_folder(path.data), file = !folder && file_exists(path.data);
    Str prefix = folder ? buf_str(&path) : path_parent(path_parent(buf_str(&path)));
    bool found = (folder || file) && add_environment(self, prefix, how);
    if (!found && (folder || file)) {
        found =
            folder ? environment_add_prefix(self, prefix, STR("")) : add_interpreter(self, buf_str(&path));
        if (found) buf_printf(&self->origin, "%s%s (%s)", self->origin.len ? ", " : "", path.data, how);
    }
    buf_release(&path);
    return found;
}

/* --- where environments are looked for ---------------------------------------------------------- */

typedef bool Source(Environment *self, Str root);

/* What pyproject.toml tells other tools. */
typedef struct {
    StrBuf folder, name, python;
} Configured;

static void on_value(void *context, Str key, const TomlValue *value, uint32_t line) {
    (void)line;
    static const struct {
        const char *key;
        size_t offset;
    } keys[] = {
        {"tool.pyright.venvPath", offsetof(Configured, folder)},
        {"tool.pyright.venv", offsetof(Configured, name)},
        {"tool.basedpyright.venvPath", offsetof(Configured, folder)},
        {"tool.basedpyright.venv", offsetof(Configured, name)},
        {"tool.ty.environment.python", offsetof(Configured, python)},
        {"tool.pyrefly.python-interpreter-path", offsetof(Configured, python)},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (value->kind != TOML_STRING || !str_eq(key, str_of(keys[i].key))) continue;
        StrBuf *field = (StrBuf *)((char *)context + keys[i].offset);
        buf_clear(field);
        buf_append(field, value->text);
    }
}

static void on_error(void *context, uint32_t line) { (void)context, (void)line; } /* the settings tell */

static bool from_project(Environment *self, Str root) {
    Configured configured;
    StrBuf text, path;
    buf_init(&configured.folder);
    buf_init(&configured.name);
    buf_init(&configured.python);
    buf_init(&text);
    read_text(root, "pyproject.toml", &text);
    toml_read(buf_str(&text), (TomlReader){&configured, on_value, on_error});
    path = below(root, buf_str(&configured.folder));
    if (configured.name.len) path_join(&path, buf_str(&configured.name));
    bool found = configured.name.len && add_wanted(self, root, buf_str(&path), "pyproject.toml");
    if (!found && configured.python.len)
        found = add_wanted(self, root, buf_str(&configured.python), "pyproject.toml");
    buf_release(&configured.folder);
    buf_release(&configured.name);
    buf_release(&configured.python);
    buf_release(&text);
    buf_release(&path);
    return found;
}

static bool from_activated(Environment *self, Str root) {
    (void)root;
    return variable("VIRTUAL_ENV").len && add_environment(self, variable("VIRTUAL_ENV"), "VIRTUAL_ENV");
}

static bool is_conda_base(void) { return str_eq(variable("CONDA_DEFAULT_ENV"), STR("base")); }

static bool from_conda(Environment *self, Str root) {
    (void)root;
    return variable("CONDA_PREFIX").len && add_environment(self, variable("CONDA_PREFIX"), "CONDA_PREFIX");
}

static bool from_activated_conda(Environment *self, Str root) {
    return !is_conda_base() && from_conda(self, root);
}

/* The usual names first. */
static bool from_usual_folder(Environment *self, Str root) {
    static const char *const names[] = {".venv", "venv", "env", ".pixi/envs/default"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++) {
        StrBuf path = below(root, str_of(names[i]));
        found = add_environment(self, buf_str(&path), "found in the root");
        buf_release(&path);
    }
    return found;
}

/* pdm notes the interpreter. */
static bool from_pdm(Environment *self, Str root) {
    StrBuf text;
    buf_init(&text);
    read_text(root, ".pdm-python", &text);
    Str path = str_trim(buf_str(&text));
    bool found = path.len && add_wanted(self, root, path, ".pdm-python");
    buf_release(&text);
    return found;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static Paths folders_in(Str folder) {
    Paths found = {0};
    char *name = str_dup(folder);
    DIR *stream = opendir(name);
    for (struct dirent *entry; stream && (entry = readdir(stream));) {
        bool other = entry->d_type != DT_DIR && entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN;
        if (other || strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        StrBuf path = below(folder, str_of(entry->d_name));
        ARRAY_PUSH(&found, buf_take(&path));
        buf_release(&path);
    }
    if (stream) closedir(stream);
    mem_free(name);
    if (found.len) qsort(found.items, found.len, sizeof *found.items, by_bytes);
    return found;
}

static bool from_any_folder(Environment *self, Str root) {
    Paths folders = folders_in(root);
    bool found = false;
    for (uint32_t i = 0; i < folders.len && !found; i++) {
        Str path = str_of(folders.items[i]);
        found = is_virtual(path) && add_environment(self, path, "found in the root");
    }
    paths_release(&folders);
    return found;
}

/* The version that pyenv's stand-in for the interpreter `path` would run: that of the project, else of the
 * user. */
static bool add_pyenv(Environment *self, Str root, Str path) {
    StrBuf text, prefix;
    buf_init(&text);
    Str shims = path_parent(path), pyenv = path_parent(shims);
    if (!str_eq(path_name(shims), STR("shims"))) return false;
    read_text(root, ".python-version", &text);
    if (text.len == 0) read_text(pyenv, "version", &text);
    Str version = buf_str(&text), line = STR("");
    str_next_line(&version, &line);
    prefix = below(pyenv, STR("versions"));
    path_join(&prefix, str_trim(line));
    bool found = str_trim(line).len && environment_add_prefix(self, buf_str(&prefix), STR(""));
    buf_release(&prefix);
    buf_release(&text);
    return found;
}

static bool add_from_path(Environment *self, Str root, Str path) {
    char *name = str_dup(path);
    bool runs = !file_is_folder(name) && access(name, X_OK) == 0;
    mem_free(name);
    if (!runs) return false;
    if (add_environment(self, path_parent(path_parent(path)), "on PATH")) return true;
    if (!add_pyenv(self, root, path) && !add_interpreter(self, path)) return false;
    buf_printf(&self->origin, "%s%.*s (on PATH)", self->origin.len ? ", " : "", STR_ARG(path));
    return true;
}

static bool from_path(Environment *self, Str root) {
    static const char *const names[] = {"python3", "python"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Str rest = variable("PATH"), folder;
        while (!found && str_next_piece(&rest, ':', &folder)) {
            if (folder.len == 0 || folder.data[0] != '/') continue;
            StrBuf path = below(folder, str_of(names[i]));
            found = add_from_path(self, root, buf_str(&path));
            buf_release(&path);
        }
    }
    return found;
}

/* The first that has one counts. */
static Source *const sources[] = {
    from_project, from_activated,  from_activated_conda, from_usual_folder,
    from_pdm,     from_any_folder, from_conda,           from_path,
};

/* --- what comes before -------------------------------------------------------------------------- */

static void add_python_path(Environment *self, Str root) {
    Str rest = variable("PYTHONPATH"), piece;
    while (rest.len && str_next_piece(&rest, ':', &piece)) {
        StrBuf path = below(root, piece);
        if (piece.len) environment_add_folder(self, buf_str(&path), false);
        buf_release(&path);
    }
}

/* PEP 582: __pypackages__/3.12/lib. */
static void add_local_packages(Environment *self, Str root) {
    StrBuf folder = below(root, STR("__pypackages__"));
    Paths versions = folders_in(buf_str(&folder));
    for (uint32_t i = versions.len; i-- > 0;) {
        StrBuf path = below(str_of(versions.items[i]), STR("lib"));
        environment_add_folder(self, buf_str(&path), true);
        buf_release(&path);
    }
    paths_release(&versions);
    buf_release(&folder);
}

void environment_find(Environment *self, Str root, Str wanted, StrBuf *why) {
    if (str_eq(wanted, STR("none"))) return;
    add_python_path(self, root);
    add_local_packages(self, root);
    if (wanted.len && add_wanted(self, root, wanted, "python.environment")) return;
    if (wanted.len)
        buf_printf(why,
                   "python.environment: %.*s is neither a virtual environment nor an interpreter; "
                   "looking for another",
                   STR_ARG(wanted));
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (sources[i](self, root)) return;
    }
}
