#include "markdown/docstring.h"

#include "markdown/doc_lines.h"
#include "markdown/markup.h"

/* Blocks inside items inside sections: deeper ones are shown verbatim. */
enum { DEEPEST = 5 };

typedef struct {
    Writer *out;
    DocLines lines;
} Reader;

static void render(Reader *self, uint32_t first, uint32_t end, uint32_t depth);

/* Lines [first, end) as they are, less their common indentation, in a fence. */
static void write_verbatim(Reader *self, const char *info, uint32_t first, uint32_t end) {
    while (first < end && doc_is_blank(&self->lines, first)) first++;
    while (end > first && doc_is_blank(&self->lines, end - 1)) end--;
    uint32_t base = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (!doc_is_blank(&self->lines, i) && doc_line(&self->lines, i)->indent < base)
            base = doc_line(&self->lines, i)->indent;
    }
    StrBuf text;
    buf_init(&text);
    for (uint32_t i = first; i < end; i++) {
        if (!doc_is_blank(&self->lines, i))
            buf_append_repeated(&text, ' ', doc_line(&self->lines, i)->indent - base);
        buf_append(&text, doc_line(&self->lines, i)->text);
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
        buf_append(&text, doc_line(&self->lines, i)->text);
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
    while (i < end && !doc_ends_paragraph(&self->lines, i, end)) i++;
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
    return doc_skip_blank(&self->lines, i, end);
}

static uint32_t try_doctest(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!doc_is_doctest(doc_line(&self->lines, i)->text)) return i;
    uint32_t last = i;
    for (uint32_t j = i; j < end; j++) { /* chunks that only a blank line parts are one example */
        if (doc_is_blank(&self->lines, j)) {
            uint32_t next = doc_skip_blank(&self->lines, j, end);
            if (next == end || !doc_is_doctest(doc_line(&self->lines, next)->text)) break;
            j = next;
        } else if (doc_line(&self->lines, j)->indent < doc_line(&self->lines, i)->indent) {
            break;
        }
        last = j;
    }
    write_verbatim(self, "python", i, last + 1);
    return last + 1;
}

static uint32_t try_fence(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    Str open = doc_line(&self->lines, i)->text;
    if (!doc_is_fence(open)) return i;
    Str mark = str_slice(open, 0, 3), info = str_trim(str_from(open, 3));
    uint32_t close = i + 1;
    while (close < end && !str_starts_with(doc_line(&self->lines, close)->text, mark)) close++;
    bool python = str_starts_with(info, STR("py"));
    if (info.len && !python) write_label(self, info);
    if (close > i + 1) write_verbatim(self, python ? "python" : "", i + 1, close);
    if (close < end && doc_line(&self->lines, close)->text.len > 3) return close; /* opens another one */
    return close < end ? close + 1 : end;
}

static uint32_t try_table(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!doc_is_table_line(doc_line(&self->lines, i)->text)) return i;
    uint32_t last = i;
    while (last < end && !doc_is_blank(&self->lines, last)) last++;
    write_verbatim(self, "", i, last);
    return last;
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
    Str line = doc_line(&self->lines, i)->text, name, type = STR_NONE, text = STR_NONE;
    uint32_t last = doc_deeper_end(&self->lines, i + 1, end, doc_line(&self->lines, i)->indent);
    writer_open(self->out, BLOCK_ITEM);
    bool google = doc_google_item(line, &name, &type, &text);
    if (google || doc_numpy_item(&self->lines, i, end, &name, &type)) {
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
    uint32_t number, indent = first < end ? doc_line(&self->lines, first)->indent : 0;
    for (uint32_t i = first; i < end; i++) {
        if (doc_is_blank(&self->lines, i) || doc_line(&self->lines, i)->indent != indent) continue;
        Str line = doc_line(&self->lines, i)->text;
        if (doc_is_doctest(line) || doc_list_marker(line, &number)) return false;
        if (doc_google_item(line, &name, &type, &text) || doc_numpy_item(&self->lines, i, end, &name, &type))
            return true;
    }
    return false;
}

static void write_items(Reader *self, uint32_t first, uint32_t end, uint32_t depth) {
    writer_open(self->out, BLOCK_BULLETS);
    for (uint32_t i = first; i < end;)
        i = doc_is_blank(&self->lines, i) ? i + 1 : write_item(self, i, end, depth);
    writer_close(self->out);
}

/* The end of a NumPy section: where the next section begins, or the lines end. */
static uint32_t section_end(const Reader *self, uint32_t i, uint32_t end, uint32_t indent) {
    Str name;
    uint32_t body;
    for (; i < end; i++) {
        if (!doc_is_blank(&self->lines, i) && (doc_line(&self->lines, i)->indent < indent ||
                                               (doc_line(&self->lines, i)->indent == indent &&
                                                doc_section_at(&self->lines, i, end, &name, &body))))
            break;
    }
    return i;
}

static uint32_t try_section(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str name;
    uint32_t body;
    if (!doc_section_at(&self->lines, i, end, &name, &body)) return i;
    uint32_t indent = doc_line(&self->lines, i)->indent;
    bool underlined = body == i + 2;
    uint32_t last =
        underlined ? section_end(self, body, end, indent) : doc_deeper_end(&self->lines, body, end, indent);
    write_label(self, name);
    uint32_t first = doc_skip_blank(&self->lines, body, last);
    if (doc_is_item_section(name) && has_items(self, first, last))
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
    doc_field_at(&self->lines, i, &name, &args, &text);
    uint32_t last = doc_deeper_end(&self->lines, i + 1, end, doc_line(&self->lines, i)->indent);
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
    if (!doc_field_at(&self->lines, i, &name, &args, &text)) return i;
    const char *label = field_label(name);
    write_label(self, str_of(label));
    writer_open(self->out, BLOCK_BULLETS);
    while (i < end && doc_field_at(&self->lines, i, &name, &args, &text) && field_label(name) == label) {
        i = write_field(self, i, end, label, depth);
        uint32_t next = doc_skip_blank(&self->lines, i, end);
        if (next < end && doc_field_at(&self->lines, next, &name, &args, &text)) i = next;
    }
    writer_close(self->out);
    return i;
}

static uint32_t try_list(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    uint32_t number, next_number, marker = doc_list_marker(doc_line(&self->lines, i)->text, &number);
    if (!marker) return i;
    uint32_t indent = doc_line(&self->lines, i)->indent;
    if (number == UINT32_MAX)
        writer_open(self->out, BLOCK_BULLETS);
    else
        writer_open_numbers(self->out, number);
    while (i < end) {
        const DocLine *line = doc_line(&self->lines, i);
        marker = doc_list_marker(line->text, &next_number);
        if (!marker || line->indent != indent || (next_number == UINT32_MAX) != (number == UINT32_MAX)) break;
        uint32_t last = doc_deeper_end(&self->lines, i + 1, end, indent);
        writer_open(self->out, BLOCK_ITEM);
        write_body(self, str_from(line->text, marker), i + 1, last, depth);
        writer_close(self->out);
        uint32_t next = doc_skip_blank(&self->lines, last, end);
        i = next < end && doc_line(&self->lines, next)->indent == indent &&
                    doc_list_marker(doc_line(&self->lines, next)->text, &next_number)
                ? next
                : last;
    }
    writer_close(self->out);
    return i;
}

/* ".. name:: argument" with its indented body: code verbatim, anything else under a label. */
static uint32_t try_directive(Reader *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str line = doc_line(&self->lines, i)->text;
    if (!doc_is_directive(line)) return i;
    size_t colons = str_find(line, STR("::"));
    Str name = str_trim(str_slice(line, 3, colons)), argument = str_trim(str_from(line, colons + 2));
    uint32_t last = doc_deeper_end(&self->lines, i + 1, end, doc_line(&self->lines, i)->indent);
    static const char *const code[] = {"code", "code-block", "sourcecode", "math", "doctest", "plot", NULL};
    if (doc_is_one_of(name, code)) {
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
    if (doc_line(&self->lines, i)->indent <= base) return i;
    uint32_t last = doc_deeper_end(&self->lines, i, end, base);
    write_verbatim(self, "", i, last);
    return last;
}

/* Text up to the next block; "::" at its end makes what is indented below it literal. */
static uint32_t write_paragraph(Reader *self, uint32_t i, uint32_t end) {
    uint32_t last = text_end(self, i + 1, end), indent = doc_line(&self->lines, last - 1)->indent;
    Str tail = doc_line(&self->lines, last - 1)->text;
    bool literal = str_ends_with(tail, STR("::"));
    if (literal)
        self->lines.items[last - 1].text.len -= tail.len > 2 && tail.data[tail.len - 3] != ' ' ? 1 : 2;
    writer_open(self->out, BLOCK_PARAGRAPH);
    write_inline(self, STR_NONE, i, last);
    writer_close(self->out);
    uint32_t block = doc_skip_blank(&self->lines, last, end);
    if (!literal || block == end || doc_line(&self->lines, block)->indent <= indent) return last;
    uint32_t block_end = doc_deeper_end(&self->lines, block, end, indent);
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
    first = doc_skip_blank(&self->lines, first, end);
    if (first == end) return;
    if (depth > DEEPEST) {
        write_verbatim(self, "", first, end);
        return;
    }
    uint32_t base = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (!doc_is_blank(&self->lines, i) && doc_line(&self->lines, i)->indent < base)
            base = doc_line(&self->lines, i)->indent;
    }
    for (uint32_t i = first; i < end;) i = render_block(self, i, end, base, depth);
}

void docstring_write(Writer *out, Str doc) {
    Reader reader = {.out = out};
    doc_lines_read(&reader.lines, doc);
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
        bool whole = i == word.len || (i > word.len && !doc_is_name(s.data[i - word.len - 1]));
        if (i + 1 < s.len && whole && str_ends_with(str_slice(s, 0, i), word)) return false;
    }
    return true;
}

void docstring_summary(Str doc, StrBuf *out) {
    Reader reader = {0};
    doc_lines_read(&reader.lines, doc);
    uint32_t end = reader.lines.len, i = doc_skip_blank(&reader.lines, 0, end);
    while (i < end && doc_is_underline(doc_line(&reader.lines, i)->text)) i++;
    size_t start = out->len;
    for (uint32_t first = i; i < end; i++) {
        Str name;
        uint32_t body;
        bool title = i == first && doc_section_at(&reader.lines, i, end, &name, &body) && body == i + 2 &&
                     !doc_is_section(name);
        if (!title && doc_ends_paragraph(&reader.lines, i, end)) break;
        if (out->len > start) buf_append_byte(out, ' ');
        buf_append(out, doc_line(&reader.lines, i)->text);
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
        if (doc_is_doctest(str_trim(line))) return true;
    }
    return false;
}
