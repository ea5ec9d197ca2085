/* reStructuredText: titles, what directives and roles name, links. Source: docutils' reStructuredText Markup
 * Specification; roles and directives of Sphinx. */
#include "index/lang/text_reader.h"

typedef struct {
    TextReader *reader;
    char styles[16]; /* how titles are adorned, by level; a title with an overline has its upper bit set */
    uint8_t levels;
    Str above, before_above; /* the last two lines */
    StrBuf description;
    bool described;
} Rest;

/* The character of a line that consists of one kind of punctuation, or 0. */
static char adornment(Str line) {
    line = str_trim_end(line);
    if (line.len < 2 || !strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", line.data[0])) return 0;
    for (size_t i = 1; i < line.len; i++) {
        if (line.data[i] != line.data[0]) return 0;
    }
    return line.data[0];
}

static uint8_t level_of(Rest *self, char style) {
    for (uint8_t i = 0; i < self->levels; i++) {
        if (self->styles[i] == style) return (uint8_t)(i + 1);
    }
    if (self->levels == sizeof self->styles) return self->levels;
    self->styles[self->levels++] = style;
    return self->levels;
}

/* A title stands above the line if that is an adornment as long as the title. */
static bool read_title(Rest *self, Str line) {
    char c = adornment(line);
    Str text = str_trim(self->above);
    bool indented = self->above.len && (self->above.data[0] == ' ' || self->above.data[0] == '\t');
    bool overline = c && adornment(self->before_above) == c;
    if (!c || text.len == 0 || adornment(self->above) || (indented && !overline)) return false;
    size_t width = 0; /* characters of the title */
    for (size_t i = 0; i < text.len; i++) width += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    if (str_trim_end(line).len < width) return false;
    Symbol *heading = reader_symbol(self->reader, SYMBOL_HEADING, text, text);
    if (heading) heading->via = level_of(self, (char)(overline ? c | 0x80 : c));
    return true;
}

/* Directives whose argument is a path (or a URL), or a dotted name. */
static const struct {
    const char *name;
    MentionKind kind;
} directives[] = {
    {"include", MENTION_FILE},       {"literalinclude", MENTION_FILE}, {"image", MENTION_LINK},
    {"figure", MENTION_LINK},        {"automodule", MENTION_NAME},     {"autoclass", MENTION_NAME},
    {"autofunction", MENTION_NAME},  {"automethod", MENTION_NAME},     {"module", MENTION_NAME},
    {"currentmodule", MENTION_NAME}, {"py:module", MENTION_NAME},
};

static bool read_directive(Rest *self, Str line) {
    Str text = str_trim(line);
    if (!str_starts_with(text, STR(".. "))) return false;
    text = str_trim(str_from(text, 3));
    size_t colons = str_find(text, STR("::"));
    Str name = str_slice(text, 0, colons);
    for (size_t i = 0; colons != STR_NPOS && i < sizeof directives / sizeof *directives; i++) {
        if (!str_eq(name, str_of(directives[i].name))) continue;
        Str argument = str_trim(str_from(text, colons + 2));
        if (directives[i].kind != MENTION_NAME || reader_is_dotted_name(argument))
            reader_mention(self->reader, directives[i].kind, argument);
    }
    size_t target = str_find(text, STR(": ")); /* ".. _name: target" */
    if (str_starts_with(text, STR("_")) && target != STR_NPOS)
        reader_mention(self->reader, MENTION_LINK, str_trim(str_from(text, target + 2)));
    return true;
}

/* What a role or a link in backticks points to: "~a.b", "title <a.b>", "title <url>"; `role` is in front of
 * it. */
static void read_role(Rest *self, Str role, Str content) {
    static const char *const of_names[] = {"class", "func", "meth", "mod",  "attr",
                                           "exc",   "data", "obj",  "const"};
    size_t open = str_rfind_byte(content, '<');
    bool titled = open != STR_NPOS && str_ends_with(content, STR(">"));
    Str target = titled ? str_slice(content, open + 1, content.len - 1) : content;
    if (str_starts_with(role, STR("py:"))) role = str_from(role, 3);
    if (str_eq(role, STR("doc"))) reader_mention(self->reader, MENTION_LINK, target);
    if (role.len == 0 && titled) reader_mention(self->reader, MENTION_LINK, target);
    if (str_starts_with(target, STR("~"))) target = str_from(target, 1);
    Str name = str_ends_with(target, STR("()")) ? str_slice(target, 0, target.len - 2) : target;
    for (size_t i = 0; i < sizeof of_names / sizeof *of_names; i++) {
        if (str_eq(role, str_of(of_names[i])) && reader_is_dotted_name(name))
            reader_mention(self->reader, MENTION_NAME, target);
    }
}

/* The role that ends with the ":" before `tick`, or "". */
static Str role_before(Str line, size_t tick) {
    if (tick < 2 || line.data[tick - 1] != ':') return STR("");
    size_t start = tick - 1;
    while (start && line.data[start - 1] != ' ' && line.data[start - 1] != '(') start--;
    Str role = str_slice(line, start, tick - 1);
    return str_starts_with(role, STR(":")) ? str_from(role, 1) : STR("");
}

static void read_inline(Rest *self, Str line) {
    for (size_t i = 0; i < line.len;) {
        if (line.data[i] != '`') {
            i++;
            continue;
        }
        bool literal = str_starts_with(str_from(line, i), STR("``"));
        size_t start = i + (literal ? 2 : 1);
        size_t len =
            literal ? str_find(str_from(line, start), STR("``")) : str_find_byte(str_from(line, start), '`');
        if (len == STR_NPOS) return;
        Str content = str_slice(line, start, start + len);
        Str name = str_ends_with(content, STR("()")) ? str_slice(content, 0, content.len - 2) : content;
        if (!literal)
            read_role(self, role_before(line, i), content);
        else if (reader_is_dotted_name(name))
            reader_mention(self->reader, MENTION_NAME, content);
        i = start + len + (literal ? 2 : 1);
    }
}

/* The first paragraph: lines that are not indented and neither title nor directive. */
static void describe(Rest *self) {
    Str text = self->above;
    bool prose = text.len && !strchr(" \t.:|=-*+", text.data[0]) && !adornment(text);
    if (self->described) return;
    if (prose) {
        if (self->description.len) buf_append_byte(&self->description, '\n');
        buf_append(&self->description, str_trim(text));
    } else if (self->description.len) {
        reader_describe(self->reader, buf_str(&self->description));
        self->described = true;
    }
}

void read_rest(TextReader *reader) {
    Rest self = {.reader = reader};
    buf_init(&self.description);
    for (bool more = true; more;) {
        more = reader_next(reader);
        Str line = more ? reader->line : STR("");
        bool title = read_title(&self, line);
        if (!title) describe(&self);
        if (more && !read_directive(&self, line)) read_inline(&self, line);
        self.before_above = self.above;
        self.above = title ? STR("") : line;
    }
    self.above = STR("");
    describe(&self);
    buf_release(&self.description);
}
