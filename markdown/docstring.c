#include "markdown/docstring.h"

#include "base/array.h"
#include "markdown/markup.h"

/* Blocks inside items inside sections: deeper ones are shown verbatim. */
enum { DEEPEST = 5 };

typedef struct {
    Str text; /* without indentation and trailing blanks */
    uint32_t indent;
} Line;

typedef struct {
    Writer *out;
    Array(Line) lines;
} Reader;

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           (unsigned char)c >= 0x80;
}

static char at(Str s, size_t i) { return i < s.len ? s.data[i] : '\0'; }

static uint32_t indent_of(Str line) {
    uint32_t columns = 0;
    for (size_t i = 0; i < line.len && (line.data[i] == ' ' || line.data[i] == '\t'); i++) {
        columns = line.data[i] == '\t' ? (columns / 8 + 1) * 8 : columns + 1;
    }
    return columns;
}

static void read_lines(Reader *self, Str doc) {
    Str line;
    while (str_next_line(&doc, &line)) ARRAY_PUSH(&self->lines, ((Line){str_trim(line), indent_of(line)}));
}

static const Line *line_at(const Reader *self, uint32_t i) { return &self->lines.items[i]; }

static bool is_blank(const Reader *self, uint32_t i) { return line_at(self, i)->text.len == 0; }

static uint32_t skip_blank(const Reader *self, uint32_t i, uint32_t end) {
    while (i < end && is_blank(self, i)) i++;
    return i;
}

/* One past the last line, from `i` on, that is blank or indented by more than `indent`; trailing blanks
 * excluded. */
static uint32_t deeper_end(const Reader *self, uint32_t i, uint32_t end, uint32_t indent) {
    uint32_t last = i;
    for (; i < end; i++) {
        if (is_blank(self, i)) continue;
        if (line_at(self, i)->indent <= indent) break;
        last = i + 1;
    }
    return last;
}

static bool is_run_of(Str line, const char *chars, size_t least) {
    if (line.len < least) return false;
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == '\0' || !strchr(chars, line.data[i])) return false;
    }
    return true;
}

/* A line that underlines a heading: three or more of one punctuation character. */
static bool is_underline(Str line) {
    return line.len >= 3 && strchr("-=~^*#+", line.data[0]) &&
           is_run_of(line, (const char[]){line.data[0], '\0'}, 3);
}

/* A border of a reST, Markdown or drawn table. */
static bool is_border(Str line) {
    if (line.len < 5 || !is_run_of(line, "=-+| :", 5)) return false;
    return str_find(line, STR("--")) != STR_NPOS || str_find(line, STR("==")) != STR_NPOS;
}

static bool is_table_line(Str line) {
    return (is_border(line) && !is_underline(line)) ||
           (line.len > 2 && line.data[0] == '|' && line.data[line.len - 1] == '|');
}

static bool is_doctest(Str line) {
    return str_starts_with(line, STR(">>>")) && (line.len == 3 || line.data[3] == ' ');
}

static bool is_fence(Str line) {
    return str_starts_with(line, STR("```")) || str_starts_with(line, STR("~~~"));
}

/* Length of a list marker with the blanks behind it, or 0. *number is what a numbered item says, else NONE.
 */
static uint32_t list_marker(Str line, uint32_t *number) {
    *number = UINT32_MAX;
    size_t i = 0;
    if (str_starts_with(line, STR("\xE2\x80\xA2"))) {
        i = 3;
    } else if (at(line, 0) == '-' || at(line, 0) == '*' || at(line, 0) == '+') {
        i = 1;
    } else {
        while (is_digit(at(line, i)) && i < 4) i++;
        if (i == 0 || (at(line, i) != '.' && at(line, i) != ')')) return 0;
        *number = 0;
        for (size_t d = 0; d < i; d++) *number = *number * 10 + (uint32_t)(line.data[d] - '0');
        i++;
    }
    size_t blanks = i;
    while (at(line, blanks) == ' ' || at(line, blanks) == '\t') blanks++;
    return blanks > i && blanks < line.len ? (uint32_t)blanks : 0;
}

/* Names of sections whose body is a list of items: "name (type): text", or "name : type" above indented text.
 */
static const char *const item_sections[] = {
    "args",         "arguments",         "parameters", "params", "other parameters",
    "keyword args", "keyword arguments", "attributes", "raises", "exceptions",
    "warns",        "returns",           "return",     "yields", "yield",
    "receives",     "methods",           "see also",   NULL,
};
static const char *const text_sections[] = {
    "example",   "examples",   "note",         "notes", "references", "warning", "warnings",
    "todo",      "usage",      "description",  "tip",   "important",  "hint",    "caution",
    "algorithm", "complexity", "side effects", "shape", "inputs",     "outputs", NULL,
};

static bool is_one_of(Str name, const char *const *names) {
    for (; *names; names++) {
        Str wanted = str_of(*names);
        size_t i = 0;
        while (i < name.len && i < wanted.len && (name.data[i] | 0x20) == (wanted.data[i] | 0x20)) i++;
        if (i == name.len && i == wanted.len) return true;
    }
    return false;
}

static bool is_section(Str name) { return is_one_of(name, item_sections) || is_one_of(name, text_sections); }

/* "Args:" with an indented body, or "Parameters" over a row of dashes. *body is the line where the body
 * begins. */
static bool section_at(const Reader *self, uint32_t i, uint32_t end, Str *name, uint32_t *body) {
    const Line *line = line_at(self, i);
    if (line->text.len == 0 || line->text.len > 60) return false;
    if (i + 1 < end && is_underline(line_at(self, i + 1)->text) &&
        line_at(self, i + 1)->indent == line->indent && !is_doctest(line->text) &&
        !is_table_line(line->text) && !is_underline(line->text)) {
        *name = line->text;
        *body = i + 2;
        return true;
    }
    *name = str_slice(line->text, 0, line->text.len - 1);
    *body = i + 1;
    uint32_t next = skip_blank(self, i + 1, end);
    return line->text.data[line->text.len - 1] == ':' && is_section(*name) && next < end &&
           line_at(self, next)->indent > line->indent;
}

/* ":param int x: text", "@return: text". *args is what stands between the field's name and the second colon.
 */
static bool field_at(const Reader *self, uint32_t i, Str *name, Str *args, Str *text) {
    Str line = line_at(self, i)->text;
    if (at(line, 0) != ':' && at(line, 0) != '@') return false;
    size_t name_end = 1;
    while (is_name(at(line, name_end)) || at(line, name_end) == '-') name_end++;
    *name = str_slice(line, 1, name_end);
    size_t colon = name_end;
    while (colon < line.len &&
           (line.data[colon] != ':' || (colon + 1 < line.len && line.data[colon + 1] != ' '))) {
        if (line.data[colon] == '`') return false;
        colon++;
    }
    if (name->len == 0 || colon == line.len) return false;
    if (at(line, name_end) != ':' && at(line, name_end) != ' ') return false;
    *args = str_trim(str_slice(line, name_end, colon));
    *text = str_trim(str_from(line, colon + 1));
    return true;
}

static bool is_directive(Str line) {
    return str_starts_with(line, STR(".. ")) && str_find(line, STR("::")) != STR_NPOS;
}

/* Whether a line begins something other than more text of the paragraph before it. */
static bool ends_paragraph(const Reader *self, uint32_t i, uint32_t end) {
    Str line = line_at(self, i)->text, name, args, text;
    uint32_t number, body;
    if (line.len == 0 || is_doctest(line) || is_fence(line) || is_directive(line) || is_table_line(line))
        return true;
    if (field_at(self, i, &name, &args, &text)) return true;
    return list_marker(line, &number) > 0 || section_at(self, i, end, &name, &body);
}

static void render(Reader *self, uint32_t first, uint32_t end, uint32_t depth);

/* Lines [first, end) as they are, less their common indentation, in a fence. */
static void write_verbatim(Reader *self, const char *info, uint32_t first, uint32_t end) {
    while (first < end && is_blank(self, first)) first++;
    while (end > first && is_blank(self, end - 1)) end--;
    uint32_t base = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (!is_blank(self, i) && line_at(self, i)->indent < base) base = line_at(self, i)->indent;
    }
    StrBuf text;
    buf_init(&text);
    for (uint32_t i = first; i < end; i++) {
        if (!is_blank(self, i)) buf_append_repeated(&text, ' ', line_at(self, i)->indent - base);
        buf_append(&text, line_at(self, i)->text);
        buf_append_byte(&text, '\n');
    }
    writer_fence(self->out, info, buf_str(&text));
    buf_release(&text);
}

/* Text lines [first, end) as inline markup, line by line. */
static void write_inline(Reader *self, Str head, uint32_t first, uint32_t end) {
    StrBuf text;
    buf_init(&text);
    buf_append(&text, head);
    for (uint32_t i = first; i < end; i++) {
        if (text.len) buf_append_byte(&text, '\n');
        buf_append(&text, line_at(self, i)->text);
    }
    markup_write(self->out, buf_str(&text));
    buf_release(&text);
}

static void write_label(Reader *self, Str label) {
    writer_open(self->out, BLOCK_PARAGRAPH);
    writer_strong(self->out, true);
    writer_text(self->out, label);
    writer_strong(self->out, false);
    writer_close(self->out);
}

static uint32_t text_end(const Reader *self, uint32_t i, uint32_t end) {
    while (i < end && !ends_paragraph(self, i, end)) i++;
    return i;
}

/* Inside an open item: text behind its head, then the blocks below it. */
static void write_body(Reader *self, Str head, uint32_t first, uint32_t end, uint32_t depth) {
    uint32_t rest = text_end(self, first, end);
    write_inline(self, head, first, rest);
    render(self, rest, end, depth + 1);
}

static uint32_t try_blank(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    return skip_blank(self, i, end);
}

static uint32_t try_doctest(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!is_doctest(line_at(self, i)->text)) return i;
    uint32_t last = i;
    for (uint32_t j = i; j < end; j++) { /* chunks that only a blank line parts are one example */
        if (is_blank(self, j)) {
            uint32_t next = skip_blank(self, j, end);
            if (next == end || !is_doctest(line_at(self, next)->text)) break;
            j = next;
        } else if (line_at(self, j)->indent < line_at(self, i)->indent) {
            break;
        }
        last = j;
    }
    write_verbatim(self, "python", i, last + 1);
    return last + 1;
}

static uint32_t try_fence(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    Str open = line_at(self, i)->text;
    if (!is_fence(open)) return i;
    Str mark = str_slice(open, 0, 3), info = str_trim(str_from(open, 3));
    uint32_t close = i + 1;
    while (close < end && !str_starts_with(line_at(self, close)->text, mark)) close++;
    bool python = str_starts_with(info, STR("py"));
    if (info.len && !python) write_label(self, info);
    if (close > i + 1) write_verbatim(self, python ? "python" : "", i + 1, close);
    if (close < end && line_at(self, close)->text.len > 3) return close; /* opens another one */
    return close < end ? close + 1 : end;
}

static uint32_t try_table(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!is_table_line(line_at(self, i)->text)) return i;
    uint32_t last = i;
    while (last < end && !is_blank(self, last)) last++;
    write_verbatim(self, "", i, last);
    return last;
}

/* Length of the "name" or "*name, other" at the start of an item of a section, or 0. */
static size_t item_name(Str line) {
    size_t i = 0;
    while (i < line.len && (is_name(line.data[i]) || strchr("*.`\\", line.data[i]) ||
                            (line.data[i] == ',' && at(line, i + 1) == ' ') ||
                            (line.data[i] == ' ' && i && line.data[i - 1] == ','))) {
        i++;
    }
    return i;
}

/* "name (type): text" -> name, "(type)", text. False for anything else. */
static bool google_item(Str line, Str *name, Str *type, Str *text) {
    size_t i = item_name(line);
    *name = str_slice(line, 0, i);
    *type = STR_NONE;
    if (i == 0) return false;
    if (at(line, i) == ' ' && at(line, i + 1) == '(') {
        size_t close = i + 1;
        for (int depth = 0; close < line.len; close++) {
            depth += line.data[close] == '(';
            if (line.data[close] == ')' && --depth == 0) break;
        }
        if (close == line.len) return false;
        *type = str_slice(line, i + 2, close);
        i = close + 1;
    }
    if (at(line, i) != ':' || (i + 1 < line.len && line.data[i + 1] != ' ')) return false;
    *text = str_trim(str_from(line, i + 1));
    return true;
}

/* "name : type" over an indented text, as NumPy has it. */
static bool numpy_item(const Reader *self, uint32_t i, uint32_t end, Str *name, Str *type) {
    const Line *line = line_at(self, i);
    size_t colon = str_find(line->text, STR(" :"));
    bool deeper = i + 1 < end && !is_blank(self, i + 1) && line_at(self, i + 1)->indent > line->indent;
    if (colon == STR_NPOS && !deeper) return false;
    *name = colon == STR_NPOS ? line->text : str_slice(line->text, 0, colon);
    *type = colon == STR_NPOS ? STR_NONE : str_trim(str_from(line->text, colon + 2));
    return true;
}

/* The head of an item: its name as code, its type in parentheses. */
static void write_item_head(Reader *self, Str name, Str type, bool more) {
    if (str_find_byte(name, '`') == STR_NPOS)
        writer_code(self->out, name);
    else
        markup_write(self->out, name);
    if (type.len) {
        writer_text(self->out, STR(" ("));
        markup_write(self->out, type);
        writer_text(self->out, STR(")"));
    }
    if (more) writer_text(self->out, STR(": "));
}

static uint32_t write_item(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str line = line_at(self, i)->text, name, type = STR_NONE, text = STR_NONE;
    uint32_t last = deeper_end(self, i + 1, end, line_at(self, i)->indent);
    writer_open(self->out, BLOCK_ITEM);
    bool google = google_item(line, &name, &type, &text);
    if (google || numpy_item(self, i, end, &name, &type)) {
        bool more = text.len || text_end(self, i + 1, last) > i + 1;
        write_item_head(self, name, type, more);
    } else {
        text = line;
    }
    write_body(self, text, i + 1, last, depth);
    writer_close(self->out);
    return last;
}

/* Whether the lines of a section are items: some line at its indentation reads as one. */
static bool has_items(const Reader *self, uint32_t first, uint32_t end) {
    Str name, type, text;
    uint32_t number, indent = first < end ? line_at(self, first)->indent : 0;
    for (uint32_t i = first; i < end; i++) {
        if (is_blank(self, i) || line_at(self, i)->indent != indent) continue;
        Str line = line_at(self, i)->text;
        if (is_doctest(line) || list_marker(line, &number)) return false;
        if (google_item(line, &name, &type, &text) || numpy_item(self, i, end, &name, &type)) return true;
    }
    return false;
}

static void write_items(Reader *self, uint32_t first, uint32_t end, uint32_t depth) {
    writer_open(self->out, BLOCK_BULLETS);
    for (uint32_t i = first; i < end;) i = is_blank(self, i) ? i + 1 : write_item(self, i, end, depth);
    writer_close(self->out);
}

/* The end of a NumPy section: where the next section begins, or the lines end. */
static uint32_t section_end(const Reader *self, uint32_t i, uint32_t end, uint32_t indent) {
    Str name;
    uint32_t body;
    for (; i < end; i++) {
        if (!is_blank(self, i) &&
            (line_at(self, i)->indent < indent ||
             (line_at(self, i)->indent == indent && section_at(self, i, end, &name, &body))))
            break;
    }
    return i;
}

static uint32_t try_section(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str name;
    uint32_t body;
    if (!section_at(self, i, end, &name, &body)) return i;
    uint32_t indent = line_at(self, i)->indent;
    bool underlined = body == i + 2;
    uint32_t last = underlined ? section_end(self, body, end, indent) : deeper_end(self, body, end, indent);
    write_label(self, name);
    uint32_t first = skip_blank(self, body, last);
    if (is_one_of(name, item_sections) && has_items(self, first, last))
        write_items(self, first, last, depth);
    else
        render(self, first, last, depth + 1);
    return last;
}

/* What a field is called on the card. Others keep their own name. */
static const struct {
    const char *field, *label;
} field_labels[] = {
    {"param", "Parameters"},    {"parameter", "Parameters"}, {"arg", "Parameters"},
    {"argument", "Parameters"}, {"key", "Parameters"},       {"keyword", "Parameters"},
    {"kwarg", "Parameters"},    {"type", "Types"},           {"raises", "Raises"},
    {"raise", "Raises"},        {"except", "Raises"},        {"exception", "Raises"},
    {"var", "Attributes"},      {"ivar", "Attributes"},      {"cvar", "Attributes"},
    {"vartype", "Types"},       {"returns", "Returns"},      {"return", "Returns"},
    {"rtype", "Return type"},   {"yields", "Yields"},
};

static const char *field_label(Str name) {
    for (size_t i = 0; i < sizeof field_labels / sizeof *field_labels; i++) {
        if (str_eq(name, str_of(field_labels[i].field))) return field_labels[i].label;
    }
    return "Fields";
}

static uint32_t write_field(Reader *self, uint32_t i, uint32_t end, const char *label, uint32_t depth) {
    Str name, args, text;
    field_at(self, i, &name, &args, &text);
    uint32_t last = deeper_end(self, i + 1, end, line_at(self, i)->indent);
    writer_open(self->out, BLOCK_ITEM);
    if (strcmp(label, "Fields") == 0) {
        writer_text(self->out, name);
        writer_text(self->out, args.len ? STR(" ") : STR(": "));
    }
    size_t split = str_rfind_byte(args, ' '); /* ":param int x:" has the type first */
    Str type = split == STR_NPOS ? STR_NONE : str_trim(str_slice(args, 0, split));
    if (args.len) write_item_head(self, split == STR_NPOS ? args : str_from(args, split + 1), type, true);
    write_body(self, text, i + 1, last, depth);
    writer_close(self->out);
    return last;
}

static uint32_t try_field(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str name, args, text;
    if (!field_at(self, i, &name, &args, &text)) return i;
    const char *label = field_label(name);
    write_label(self, str_of(label));
    writer_open(self->out, BLOCK_BULLETS);
    while (i < end && field_at(self, i, &name, &args, &text) && field_label(name) == label) {
        i = write_field(self, i, end, label, depth);
        uint32_t next = skip_blank(self, i, end);
        if (next < end && field_at(self, next, &name, &args, &text)) i = next;
    }
    writer_close(self->out);
    return i;
}

static uint32_t try_list(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    uint32_t number, next_number, marker = list_marker(line_at(self, i)->text, &number);
    if (!marker) return i;
    uint32_t indent = line_at(self, i)->indent;
    if (number == UINT32_MAX)
        writer_open(self->out, BLOCK_BULLETS);
    else
        writer_open_numbers(self->out, number);
    while (i < end) {
        const Line *line = line_at(self, i);
        marker = list_marker(line->text, &next_number);
        if (!marker || line->indent != indent || (next_number == UINT32_MAX) != (number == UINT32_MAX)) break;
        uint32_t last = deeper_end(self, i + 1, end, indent);
        writer_open(self->out, BLOCK_ITEM);
        write_body(self, str_from(line->text, marker), i + 1, last, depth);
        writer_close(self->out);
        uint32_t next = skip_blank(self, last, end);
        i = next < end && line_at(self, next)->indent == indent &&
                    list_marker(line_at(self, next)->text, &next_number)
                ? next
                : last;
    }
    writer_close(self->out);
    return i;
}

/* ".. name:: argument" with its indented body: code verbatim, anything else under a label. */
static uint32_t try_directive(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str line = line_at(self, i)->text;
    if (!is_directive(line)) return i;
    size_t colons = str_find(line, STR("::"));
    Str name = str_trim(str_slice(line, 3, colons)), argument = str_trim(str_from(line, colons + 2));
    uint32_t last = deeper_end(self, i + 1, end, line_at(self, i)->indent);
    static const char *const code[] = {"code", "code-block", "sourcecode", "math", "doctest", "plot", NULL};
    if (is_one_of(name, code)) {
        bool python = argument.len == 0 || str_starts_with(argument, STR("py"));
        if (!python) write_label(self, argument);
        if (last > i + 1)
            write_verbatim(self, python && !str_eq(name, STR("math")) ? "python" : "", i + 1, last);
        return last;
    }
    write_label(self, name);
    if (argument.len) {
        writer_open(self->out, BLOCK_PARAGRAPH);
        markup_write(self->out, argument);
        writer_close(self->out);
    }
    render(self, i + 1, last, depth + 1);
    return last;
}

/* Lines that are indented for no reason known here. */
static uint32_t try_indented(Reader *self, uint32_t i, uint32_t end, uint32_t base) {
    if (line_at(self, i)->indent <= base) return i;
    uint32_t last = deeper_end(self, i, end, base);
    write_verbatim(self, "", i, last);
    return last;
}

/* Text up to the next block; "::" at its end makes what is indented below it literal. */
static uint32_t write_paragraph(Reader *self, uint32_t i, uint32_t end) {
    uint32_t last = text_end(self, i + 1, end), indent = line_at(self, last - 1)->indent;
    Str tail = line_at(self, last - 1)->text;
    bool literal = str_ends_with(tail, STR("::"));
    if (literal)
        self->lines.items[last - 1].text.len -= tail.len > 2 && tail.data[tail.len - 3] != ' ' ? 1 : 2;
    writer_open(self->out, BLOCK_PARAGRAPH);
    write_inline(self, STR_NONE, i, last);
    writer_close(self->out);
    uint32_t block = skip_blank(self, last, end);
    if (!literal || block == end || line_at(self, block)->indent <= indent) return last;
    uint32_t block_end = deeper_end(self, block, end, indent);
    write_verbatim(self, "python", block, block_end);
    return block_end;
}

typedef uint32_t TryBlock(Reader *self, uint32_t i, uint32_t end, uint32_t depth);

/* In the order in which they are tried; each returns where it ended, or `i` when it is not that kind of
 * block. */
static TryBlock *const blocks[] = {try_blank, try_doctest, try_fence,     try_section,
                                   try_field, try_list,    try_directive, try_table};

static uint32_t render_block(Reader *self, uint32_t i, uint32_t end, uint32_t base, uint32_t depth) {
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        uint32_t next = blocks[b](self, i, end, depth);
        if (next > i) return next;
    }
    uint32_t next = try_indented(self, i, end, base);
    return next > i ? next : write_paragraph(self, i, end);
}

static void render(Reader *self, uint32_t first, uint32_t end, uint32_t depth) {
    first = skip_blank(self, first, end);
    if (first == end) return;
    if (depth > DEEPEST) {
        write_verbatim(self, "", first, end);
        return;
    }
    uint32_t base = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (!is_blank(self, i) && line_at(self, i)->indent < base) base = line_at(self, i)->indent;
    }
    for (uint32_t i = first; i < end;) i = render_block(self, i, end, base, depth);
}

void docstring_write(Writer *out, Str doc) {
    Reader reader = {.out = out};
    read_lines(&reader, doc);
    render(&reader, 0, reader.lines.len, 0);
    ARRAY_FREE(&reader.lines);
}

/* Whether the sentence ends at the period (or ! or ?) at `i`. */
static bool ends_sentence(Str s, size_t i) {
    char c = s.data[i];
    if (c != '.' && c != '!' && c != '?') return false;
    if (i + 1 < s.len && s.data[i + 1] != ' ') return false;
    static const char *const abbreviations[] = {"e.g",  "i.e",    "etc", "vs", "cf",
                                                "resp", "approx", "Dr",  "al"};
    for (size_t a = 0; a < sizeof abbreviations / sizeof *abbreviations; a++) {
        Str word = str_of(abbreviations[a]);
        bool whole = i == word.len || (i > word.len && !is_name(s.data[i - word.len - 1]));
        if (i + 1 < s.len && whole && str_ends_with(str_slice(s, 0, i), word)) return false;
    }
    return true;
}

void docstring_summary(Str doc, StrBuf *out) {
    Reader reader = {0};
    read_lines(&reader, doc);
    uint32_t end = reader.lines.len, i = skip_blank(&reader, 0, end);
    while (i < end && is_underline(line_at(&reader, i)->text)) i++;
    size_t start = out->len;
    for (uint32_t first = i; i < end; i++) {
        Str name;
        uint32_t body;
        bool title =
            i == first && section_at(&reader, i, end, &name, &body) && body == i + 2 && !is_section(name);
        if (!title && ends_paragraph(&reader, i, end)) break;
        if (out->len > start) buf_append_byte(out, ' ');
        buf_append(out, line_at(&reader, i)->text);
        if (title) break;
    }
    ARRAY_FREE(&reader.lines);
    Str text = str_from(buf_str(out), start);
    for (size_t at_byte = 0; at_byte < text.len; at_byte++) {
        if (ends_sentence(text, at_byte)) {
            buf_truncate(out, start + at_byte + 1);
            break;
        }
    }
    while (out->len > start && out->data[out->len - 1] == ':') buf_truncate(out, out->len - 1);
}

bool docstring_has_doctest(Str doc) {
    Str line;
    while (str_next_line(&doc, &line)) {
        if (is_doctest(str_trim(line))) return true;
    }
    return false;
}
