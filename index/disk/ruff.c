#include "index/disk/ruff.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/lang/toml.h"

enum { LARGEST = 1 << 20 /* bytes */, MOST_EXTENDED = 8 /* files, one by the other */ };

/* --- one file ---------------------------------------------------------------------------------------- */

/* What one file says. */
typedef struct {
    Str prefix; /* of ruff's keys in it */
    bool ours;  /* it has such keys */
    bool anew;  /* `select` takes the place of what is extended */
    StrBuf codes, extends;
} Reader;

/* The strings of a list as written, behind `mark`. */
static void append_strings(Str list, const char *mark, StrBuf *out) {
    for (size_t i = 0; i < list.len; i++) {
        char quote = list.data[i];
        if (quote != '"' && quote != '\'') continue;
        size_t len = str_find_byte(str_from(list, i + 1), quote);
        if (len == STR_NPOS) return;
        buf_append(out, str_of(mark));
        buf_append(out, str_slice(list, i + 1, i + 1 + len));
        buf_append_byte(out, ' ');
        i += len + 1;
    }
}

static void on_value(void *context, Str key, const TomlValue *value, uint32_t line) {
    (void)line;
    Reader *self = context;
    if (!str_starts_with(key, self->prefix)) return;
    self->ours = true;
    key = str_from(key, self->prefix.len);
    if (str_eq(key, STR("extend")) && value->kind == TOML_STRING) buf_append(&self->extends, value->text);
    if (str_starts_with(key, STR("lint."))) key = str_from(key, strlen("lint."));
    if (value->kind != TOML_OTHER) return;
    bool select = str_eq(key, STR("select"));
    self->anew |= select;
    if (select || str_eq(key, STR("extend-select"))) append_strings(value->source, "", &self->codes);
    if (str_eq(key, STR("ignore")) || str_eq(key, STR("extend-ignore")))
        append_strings(value->source, "-", &self->codes);
}

static void on_error(void *context, uint32_t line) { (void)context, (void)line; }

/* False when it is not there, or says nothing to ruff. */
static bool read_file(const char *path, Reader *out) {
    StrBuf text, why;
    buf_init(&text);
    buf_init(&why);
    bool pyproject = str_eq(path_name(str_of(path)), STR("pyproject.toml"));
    *out = (Reader){.prefix = pyproject ? STR("tool.ruff.") : STR(""), .ours = !pyproject};
    buf_init(&out->codes);
    buf_init(&out->extends);
    bool read = file_exists(path) && file_read(path, LARGEST, &text, &why);
    if (read) toml_read(buf_str(&text), (TomlReader){out, on_value, on_error});
    buf_release(&text);
    buf_release(&why);
    return read && out->ours;
}

static void reader_release(Reader *self) {
    buf_release(&self->codes);
    buf_release(&self->extends);
}

/* --- which file -------------------------------------------------------------------------------------- */

static bool find_in(Str folder, StrBuf *path, Reader *out) {
    static const char *const names[] = {".ruff.toml", "ruff.toml", "pyproject.toml"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buf_clear(path);
        buf_append(path, folder);
        path_join(path, str_of(names[i]));
        if (read_file(path->data, out)) return true;
        reader_release(out);
    }
    return false;
}

/* The nearest file at or above the folder. */
static bool find_nearest(Str root, Str folder, StrBuf *path, Reader *out) {
    for (bool more = true; more; folder = path_parent(folder)) {
        if (find_in(folder, path, out)) return true;
        more = !str_eq(folder, root) && path_parent(folder).len < folder.len;
    }
    return false;
}

/* Makes `path` that of what the file there extends. */
static void go_on(StrBuf *path, Str extends) {
    StrBuf next;
    buf_init(&next);
    buf_append(&next, path_parent(buf_str(path)));
    path_join(&next, extends);
    buf_clear(path);
    path_normalize(path, buf_str(&next));
    buf_release(&next);
}

/* Puts what the file at `path` says before the codes, and what it extends before that. */
static void prepend_chain(StrBuf *path, Reader *reader, StrBuf *codes) {
    bool more = true;
    for (int files = 0; more; files++) {
        buf_replace(codes, 0, 0, buf_str(&reader->codes));
        more = !reader->anew && reader->extends.len && files < MOST_EXTENDED;
        go_on(path, buf_str(&reader->extends));
        reader_release(reader);
        if (more && !read_file(path->data, reader)) {
            reader_release(reader);
            return;
        }
    }
}

void ruff_append_selected(Str root, Str folder, StrBuf *out) {
    Reader reader;
    StrBuf path, codes;
    buf_init(&path);
    buf_init(&codes);
    if (find_nearest(root, folder, &path, &reader)) prepend_chain(&path, &reader, &codes);
    buf_append(out, buf_str(&codes));
    buf_release(&path);
    buf_release(&codes);
}
