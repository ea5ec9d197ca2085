#include "index/disk/ruff.h"

#include "base/path.h"
#include "index/disk/file.h"
#include "index/lang/toml.h"

typedef struct {
    Str prefix; /* of ruff's keys in the file */
    StrBuf *out;
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
    if (!str_starts_with(key, self->prefix) || value->kind != TOML_OTHER) return;
    key = str_from(key, self->prefix.len);
    if (str_starts_with(key, STR("lint."))) key = str_from(key, strlen("lint."));
    if (str_eq(key, STR("select")) || str_eq(key, STR("extend-select")))
        append_strings(value->source, "", self->out);
    if (str_eq(key, STR("ignore")) || str_eq(key, STR("extend-ignore")))
        append_strings(value->source, "-", self->out);
}

static void on_error(void *context, uint32_t line) { (void)context, (void)line; }

static void read_selected(Str root, const char *name, Str prefix, StrBuf *out) {
    StrBuf path, text, why;
    buf_init(&path);
    buf_init(&text);
    buf_init(&why);
    buf_append(&path, root);
    path_join(&path, str_of(name));
    Reader reader = {prefix, out};
    if (file_exists(path.data) && file_read(path.data, 1 << 20, &text, &why))
        toml_read(buf_str(&text), (TomlReader){&reader, on_value, on_error});
    buf_release(&path);
    buf_release(&text);
    buf_release(&why);
}

void ruff_append_selected(Str root, StrBuf *out) {
    read_selected(root, ".ruff.toml", STR(""), out);
    read_selected(root, "ruff.toml", STR(""), out);
    read_selected(root, "pyproject.toml", STR("tool.ruff."), out);
}
