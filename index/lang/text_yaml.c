/* YAML: keys by their paths, "jobs.build.steps[].run", off the indentation. Of flow collections, quoted
 * scalars and block scalars that span lines, what is inside is passed over. */
#include "index/lang/text_reader.h"

typedef struct {
    size_t indent;   /* of the key */
    size_t path_len; /* of the path with it */
    bool full;       /* it has a value on its line: deeper lines go on with that */
} Level;

typedef struct {
    TextReader *reader;
    StrBuf path;
    Array(Level) levels;
    int depth; /* of brackets open in flow collections */
} Yaml;

/* Where the key in front of a ":" ends; STR_NPOS when the line has none. */
static size_t key_end(Str text) {
    char quote = text.len && (text.data[0] == '"' || text.data[0] == '\'') ? text.data[0] : 0;
    size_t i = 0;
    if (quote) {
        size_t end = str_find_byte(str_from(text, 1), quote);
        if (end == STR_NPOS) return STR_NPOS;
        i = end + 2;
    }
    for (; i < text.len; i++) {
        if (text.data[i] == '#' && i && text.data[i - 1] == ' ') return STR_NPOS;
        if (text.data[i] == ':' && (i + 1 == text.len || text.data[i + 1] == ' ')) return i;
        if (quote) return STR_NPOS;
    }
    return STR_NPOS;
}

static Str unquoted(Str key) {
    key = str_trim(key);
    bool quoted = key.len > 1 && (key.data[0] == '"' || key.data[0] == '\'');
    return quoted ? str_slice(key, 1, key.len - 1) : key;
}

/* How many brackets of flow collections stay open at the end of a value. */
static int open_brackets(Str value) {
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (quote) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '#' && i && value.data[i - 1] == ' ') {
            break;
        } else {
            depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        }
    }
    return depth;
}

static void leave_one(Yaml *self) {
    self->levels.len--;
    buf_truncate(&self->path, self->levels.len ? ARRAY_LAST(&self->levels)->path_len : 0);
}

/* Leaves what is not around that which stands at `indent`. */
static void leave(Yaml *self, size_t indent) {
    while (self->levels.len && ARRAY_LAST(&self->levels)->indent >= indent) leave_one(self);
}

static void enter(Yaml *self, size_t indent, bool full) {
    ARRAY_PUSH(&self->levels, ((Level){indent, self->path.len, full}));
}

static void read_pair(Yaml *self, Str text, size_t indent, size_t end) {
    Str value = str_trim(str_from(text, end + 1));
    bool quoted = value.len && (value.data[0] == '"' || value.data[0] == '\'');
    size_t comment = quoted ? STR_NPOS : str_find(value, STR(" #"));
    if (str_starts_with(value, STR("#"))) comment = 0;
    value = str_trim(str_slice(value, 0, comment));
    if (self->path.len && !str_ends_with(buf_str(&self->path), STR("."))) buf_append_byte(&self->path, '.');
    buf_append(&self->path, unquoted(str_slice(text, 0, end)));
    bool anchor = str_starts_with(value, STR("&")) || str_starts_with(value, STR("!"));
    bool flow = value.len && (value.data[0] == '[' || value.data[0] == '{');
    int depth = flow ? open_brackets(value) : 0;
    self->depth = depth > 0 ? depth : 0;
    reader_key(self->reader, buf_str(&self->path), self->depth ? STR("") : value, str_trim_end(text));
    enter(self, indent, value.len > 0 && !anchor);
}

static void read_line(Yaml *self, Str line) {
    size_t indent = 0;
    while (indent < line.len && line.data[indent] == ' ') indent++;
    Str text = str_trim_end(str_from(line, indent));
    bool item = false;
    for (; str_starts_with(text, STR("- ")) || str_eq(text, STR("-")); item = true) {
        leave(self, indent + 1); /* the list may stand right below its key */
        const Level *around = self->levels.len ? ARRAY_LAST(&self->levels) : NULL;
        if (around && around->full) return;
        if (around && str_ends_with(buf_str(&self->path), STR("[]")) && around->indent == indent)
            leave_one(self);
        buf_append(&self->path, STR("[]"));
        enter(self, indent, false);
        size_t blanks = 1;
        while (blanks < text.len && text.data[blanks] == ' ') blanks++;
        indent += blanks;
        text = str_from(text, blanks);
    }
    if (!item) leave(self, indent);
    if (self->levels.len && ARRAY_LAST(&self->levels)->full) return;
    size_t end = key_end(text);
    if (end != STR_NPOS) read_pair(self, text, indent, end);
}

void read_yaml(TextReader *reader) {
    Yaml self = {.reader = reader};
    Comments comments;
    buf_init(&self.path);
    comments_init(&comments);
    while (reader_next(reader)) {
        Str text = str_trim(reader->line);
        if (self.depth > 0) {
            self.depth += open_brackets(text);
        } else if (str_starts_with(reader->line, STR("---")) || str_starts_with(reader->line, STR("..."))) {
            leave(&self, 0);
        } else if (!comments_take(&comments, reader, "#") && text.len) {
            read_line(&self, reader->line);
        }
    }
    comments_release(&comments);
    buf_release(&self.path);
    ARRAY_FREE(&self.levels);
}
