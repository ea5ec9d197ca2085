#include "markdown/doc_blocks.h"

#include "markdown/doc_grid.h"
#include "markdown/doc_words.h"

enum {
    DEEPEST = 5 /* levels of blocks inside blocks */,
    LONGEST_TERM = 48,
    LONGEST_INFO = 20,
    LONGEST_CODE = 60 /* lines in brackets */
};

static void render(const DocBlocks *self, uint32_t first, uint32_t end, uint32_t depth);

static const DocLine *line_at(const DocBlocks *self, uint32_t i) { return doc_line(self->lines, i); }

/* Lines [first, end) as they are, less their common indentation, below `head`. */
static void write_verbatim_below(const DocBlocks *self, const char *info, Str head, uint32_t first,
                                 uint32_t end) {
    first = doc_skip_blank(self->lines, first, end);
    while (end > first && doc_is_blank(self->lines, end - 1)) end--;
    uint32_t base = doc_common_indent(self->lines, first, end);
    StrBuf text;
    buf_init(&text);
    if (head.len) buf_printf(&text, "%.*s\n", STR_ARG(head));
    for (uint32_t i = first; i < end; i++) {
        if (!doc_is_blank(self->lines, i)) buf_append_repeated(&text, ' ', line_at(self, i)->indent - base);
        buf_append(&text, line_at(self, i)->text);
        buf_append_byte(&text, '\n');
    }
    if (text.len) writer_fence(self->out, info, buf_str(&text));
    buf_release(&text);
}

static void write_verbatim(const DocBlocks *self, const char *info, uint32_t first, uint32_t end) {
    write_verbatim_below(self, info, STR_NONE, first, end);
}

/* Literal text is Python unless it looks like something else. */
static const char *literal_info(const DocBlocks *self, uint32_t first) {
    Str line = line_at(self, first)->text;
    return line.len && strchr("$%<{+|-/", line.data[0]) ? "" : "python";
}

/* `head` and the lines [first, end) as inline markup, line by line. A "::" at the end is left out: it only
 * says that literal text follows. */
static void write_inline(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    StrBuf text;
    buf_init(&text);
    buf_append(&text, head);
    for (uint32_t i = first; i < end; i++) {
        if (text.len) buf_append_byte(&text, '\n');
        buf_append(&text, line_at(self, i)->text);
    }
    if (str_ends_with(buf_str(&text), STR("::"))) {
        bool colon_stays = text.len > 2 && !doc_is_space(text.data[text.len - 3]);
        buf_truncate(&text, text.len - (colon_stays ? 1 : 2));
    }
    markup_write_names(self->out, buf_str(&text), self->names);
    buf_release(&text);
}

void doc_blocks_write_text(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    write_inline(self, head, first, end);
}

static void write_paragraph_of(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    writer_open(self->out, BLOCK_PARAGRAPH);
    write_inline(self, head, first, end);
    writer_close(self->out);
}

void doc_blocks_write_label(const DocBlocks *self, Str label) {
    writer_open(self->out, BLOCK_PARAGRAPH);
    writer_strong(self->out, true);
    markup_write_codes(self->out, label, self->names);
    writer_strong(self->out, false);
    writer_close(self->out);
}

/* Whether what stands below a line is set off from its text: a definition, or something announced by ":". */
static bool opens_below(const DocBlocks *self, uint32_t i, uint32_t end) {
    const DocLine *line = line_at(self, i);
    if (i + 1 >= end || doc_is_blank(self->lines, i + 1)) return false;
    return line_at(self, i + 1)->indent > line->indent && str_ends_with(line->text, STR(":"));
}

/* Whether the text begins as a display of Python does: '{"a": 1,'. */
static bool begins_display(Str line) {
    return line.data[0] == '{' || (line.data[0] == '[' && line.len > 1 && strchr("[({\"'", line.data[1]));
}

static int bracket_steps(Str line) {
    int steps = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.data[i];
        steps += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
    }
    return steps;
}

/* One past the lines of code that a bracket at line `i` holds together ("f(" over what is indented, or a
 * display), or `i`. */
static uint32_t bracketed_end(const DocBlocks *self, uint32_t i, uint32_t end) {
    Str line = line_at(self, i)->text;
    uint32_t indent = line_at(self, i)->indent;
    bool deeper = i + 1 < end && line_at(self, i + 1)->indent > indent;
    bool open = deeper && line.len && strchr("([{", line.data[line.len - 1]);
    int depth = 0;
    if (!open && !begins_display(line)) return i;
    for (uint32_t k = i; k < end && k < i + LONGEST_CODE; k++) {
        if (!doc_is_blank(self->lines, k) && line_at(self, k)->indent < indent) return i;
        depth += bracket_steps(line_at(self, k)->text);
        if (depth <= 0) return k > i ? k + 1 : i;
    }
    return i;
}

static uint32_t text_end(const DocBlocks *self, uint32_t i, uint32_t end) {
    while (i < end && !doc_ends_paragraph(self->lines, i, end)) {
        if (begins_display(line_at(self, i)->text) && bracketed_end(self, i, end) > i) return i;
        if (opens_below(self, i, end)) return i + 1;
        i++;
    }
    return i;
}

/* The literal block behind line `last` - 1 that "::" at the end of `text` announces: what is indented by more
 * than `indent`. Returns where it ends. */
static uint32_t write_literal_below(const DocBlocks *self, Str text, uint32_t indent, uint32_t last,
                                    uint32_t end) {
    uint32_t block = doc_skip_blank(self->lines, last, end);
    if (!str_ends_with(text, STR("::")) || block == end) return last;
    if (line_at(self, block)->indent <= indent) return last;
    uint32_t block_end = doc_deeper_end(self->lines, block, end, indent);
    write_verbatim(self, literal_info(self, block), block, block_end);
    return block_end;
}

static uint32_t write_literal(const DocBlocks *self, uint32_t last, uint32_t end) {
    const DocLine *line = line_at(self, last - 1);
    return write_literal_below(self, line->text, line->indent, last, end);
}

/* The same behind text that stands on the line of an item's mark or name, whose own indentation is not known:
 * where the item goes on less indented behind the block, that is it. */
static uint32_t write_literal_of_head(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    uint32_t block = doc_skip_blank(self->lines, first, end),
             base = doc_common_indent(self->lines, first, end);
    if (block == end || base == 0) return first;
    return write_literal_below(self, head, line_at(self, block)->indent > base ? base : base - 1, first, end);
}

bool doc_blocks_begin_with_text(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    return head.len > 0 || text_end(self, first, end) > first;
}

static void write_body(const DocBlocks *self, Str head, uint32_t first, uint32_t end, uint32_t depth) {
    uint32_t rest = text_end(self, first, end);
    write_inline(self, head, first, rest);
    rest = rest > first ? write_literal(self, rest, end) : write_literal_of_head(self, head, first, end);
    render(self, rest, end, depth + 1);
}

void doc_blocks_write_body(const DocBlocks *self, Str head, uint32_t first, uint32_t end) {
    write_body(self, head, first, end, 0);
}

/* --- kinds of blocks: each returns where the block ended, or `i` when it is not of that kind ------------ */

static uint32_t try_blank(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    return doc_skip_blank(self->lines, i, end);
}

static uint32_t try_doctest(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!doc_is_doctest(line_at(self, i)->text)) return i;
    uint32_t last = i;
    for (uint32_t j = i; j < end; j++) { /* chunks that only a blank line parts are one example */
        if (doc_is_blank(self->lines, j)) {
            uint32_t next = doc_skip_blank(self->lines, j, end);
            if (next == end || !doc_is_doctest(line_at(self, next)->text)) break;
            j = next;
        } else if (line_at(self, j)->indent < line_at(self, i)->indent) {
            break;
        }
        last = j;
    }
    write_verbatim(self, "python", i, last + 1);
    return last + 1;
}

/* A language as the info string of a fence: "" when it is none. Plain text has it as a label. */
static void fence_info(const DocBlocks *self, Str language, char info[LONGEST_INFO + 1]) {
    bool fits = language.len <= LONGEST_INFO;
    for (size_t i = 0; i < language.len && fits; i++)
        fits = doc_is_name(language.data[i]) || strchr("+-#.", language.data[i]);
    if (language.len && (!fits || self->out->format != WRITER_MARKDOWN))
        doc_blocks_write_label(self, language);
    memcpy(info, language.data ? language.data : "", fits ? language.len : 0);
    info[fits ? language.len : 0] = '\0';
}

static uint32_t try_fence(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    Str open = line_at(self, i)->text;
    if (!doc_is_fence(open)) return i;
    Str mark = str_slice(open, 0, 3), language = str_trim(str_from(open, 3));
    while (language.len && language.data[0] == mark.data[0]) language = str_from(language, 1);
    uint32_t close = i + 1;
    while (close < end && !str_starts_with(line_at(self, close)->text, mark)) close++;
    char info[LONGEST_INFO + 1];
    if (doc_skip_blank(self->lines, i + 1, close) < close) {
        fence_info(self, language, info);
        write_verbatim(self, info, i + 1, close);
    } else if (language.len) {
        doc_blocks_write_label(self, language);
    }
    if (close < end && line_at(self, close)->text.len > 3 &&
        str_trim(str_from(line_at(self, close)->text, 3)).len)
        return close; /* opens another one */
    return close < end ? close + 1 : end;
}

static uint32_t try_table(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    if (!doc_is_table_line(line_at(self, i)->text)) return i;
    uint32_t last = doc_grid_end(self->lines, i, end);
    if (!doc_grid_write(self->out, self->lines, i, last, self->names)) write_verbatim(self, "", i, last);
    return last;
}

/* "| one line" of a reST line block */
static uint32_t try_line_block(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    uint32_t last = i;
    while (last < end && str_starts_with(line_at(self, last)->text, STR("| "))) last++;
    if (last > i) write_verbatim(self, "", i, last);
    return last;
}

static uint32_t try_title(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    Str title;
    uint32_t body;
    if (!doc_title_at(self->lines, i, end, &title, &body)) return i;
    doc_blocks_write_label(self, title);
    return body;
}

/* "name(x, *y) -> type", as C modules put it in front of their docstrings. */

static uint32_t try_signature(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    uint32_t last = i;
    while (last < end && doc_is_signature(line_at(self, last)->text)) last++;
    if (last == i || (last < end && !doc_is_blank(self->lines, last))) return i;
    if (doc_skip_blank(self->lines, 0, end) < i) return i; /* not in front */
    write_verbatim(self, "python", i, last);
    return last;
}

/* A row of punctuation that stands alone. */
static uint32_t try_rule(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    bool alone =
        (i == 0 || doc_is_blank(self->lines, i - 1)) && (i + 1 == end || doc_is_blank(self->lines, i + 1));
    if (!alone || !doc_is_underline(line_at(self, i)->text)) return i;
    writer_rule(self->out);
    return i + 1;
}

/* "# Heading" of Markdown, at the start of a paragraph. */
static uint32_t try_heading(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    (void)depth;
    Str line = line_at(self, i)->text;
    size_t marks = 0;
    while (marks < line.len && line.data[marks] == '#') marks++;
    bool first = i == 0 || doc_is_blank(self->lines, i - 1);
    bool next = i + 1 < end && str_starts_with(line_at(self, i + 1)->text, STR("#"));
    if (self->examples || marks == 0 || marks > 6 || marks + 1 >= line.len || line.data[marks] != ' ' ||
        !first || next)
        return i;
    doc_blocks_write_label(self, str_trim(str_from(line, marks)));
    return i + 1;
}

static uint32_t try_header(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str title;
    bool flat;
    if (!doc_header_at(self->lines, i, end, &title, &flat) || flat) return i;
    uint32_t last = doc_deeper_end(self->lines, i + 1, end, line_at(self, i)->indent);
    doc_blocks_write_label(self, title);
    render(self, i + 1, last, depth + 1);
    return last;
}

/* Whether the list goes on at line `i`. `wanted` is the next number, or UINT32_MAX for bullets; another
 * number begins another list, or it would be lost. */
static bool is_item_at(const DocBlocks *self, uint32_t i, uint32_t indent, uint32_t wanted) {
    uint32_t number;
    const DocLine *line = line_at(self, i);
    if (line->indent != indent || !doc_list_marker(line->text, &number)) return false;
    return number == wanted || (wanted != UINT32_MAX && line->text.data[0] == '#');
}

static uint32_t try_list(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    uint32_t number, marker = doc_list_marker(line_at(self, i)->text, &number);
    uint32_t indent = line_at(self, i)->indent;
    uint32_t wanted = number;
    if (!marker) return i;
    if (wanted != UINT32_MAX)
        writer_open_numbers(self->out, number);
    else
        writer_open(self->out, BLOCK_BULLETS);
    while (i < end && is_item_at(self, i, indent, wanted)) {
        marker = doc_list_marker(line_at(self, i)->text, &number);
        uint32_t last = doc_deeper_end(self->lines, i + 1, end, indent);
        writer_open(self->out, BLOCK_ITEM);
        write_body(self, str_from(line_at(self, i)->text, marker), i + 1, last, depth);
        writer_close(self->out);
        uint32_t next = doc_skip_blank(self->lines, last, end);
        wanted += wanted != UINT32_MAX;
        i = next < end && is_item_at(self, next, indent, wanted) ? next : last;
    }
    writer_close(self->out);
    return i;
}

/* A name without its backslashes. */
static void write_mark(Writer *out, Str mark) {
    for (Str piece; str_next_piece(&mark, '\\', &piece);) writer_text(out, piece);
}

/* ".. [1] text" and ".. _name: address", as one list. */
static uint32_t try_marks(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str mark, text;
    uint32_t next = i;
    writer_open(self->out, BLOCK_BULLETS);
    while (next < end && doc_explicit_mark(line_at(self, next)->text, &mark, &text)) {
        uint32_t last = doc_deeper_end(self->lines, next + 1, end, line_at(self, next)->indent);
        writer_open(self->out, BLOCK_ITEM);
        write_mark(self->out, mark);
        writer_text(self->out, mark.data[0] == '[' ? STR(" ") : STR(": "));
        write_body(self, text, next + 1, last, depth);
        writer_close(self->out);
        i = last;
        next = doc_skip_blank(self->lines, last, end);
    }
    writer_close(self->out);
    return i;
}

/* The options of a directive (":width: 80"), as a line of text; returns where its content begins. */
static uint32_t write_options(const DocBlocks *self, uint32_t first, uint32_t end) {
    Str name, args, text;
    uint32_t last = first;
    while (last < end && doc_field_at(self->lines, last, &name, &args, &text)) last++;
    if (last > first) write_paragraph_of(self, STR_NONE, first, last);
    return last;
}

/* "**Note:** text": the label leads the first paragraph of what it is about. */
static uint32_t write_lead(const DocBlocks *self, Str label, Str head, uint32_t first, uint32_t end) {
    uint32_t start = head.len ? first : doc_skip_blank(self->lines, first, end);
    uint32_t rest = text_end(self, start, end);
    bool text = head.len || rest > start;
    writer_open(self->out, BLOCK_PARAGRAPH);
    writer_strong(self->out, true);
    writer_text(self->out, label);
    if (text) writer_text(self->out, STR(":"));
    writer_strong(self->out, false);
    if (text) writer_text(self->out, STR(" "));
    write_inline(self, head, start, rest);
    writer_close(self->out);
    return rest > start ? write_literal(self, rest, end) : write_literal_of_head(self, head, start, end);
}

/* "1.2 Use the other one." -> "Deprecated since version 1.2", "Use the other one." */
static uint32_t write_version(const DocBlocks *self, const char *label, Str argument, uint32_t first,
                              uint32_t end) {
    size_t space = str_find_byte(argument, ' ');
    Str version = str_slice(argument, 0, space), text = str_trim(str_slice(argument, space, argument.len));
    if (space == STR_NPOS) text = STR_NONE;
    StrBuf lead;
    buf_init(&lead);
    while (version.len && strchr(":,;.", version.data[version.len - 1])) version.len--;
    buf_printf(&lead, "%s %.*s", label, STR_ARG(version));
    uint32_t rest = write_lead(self, buf_str(&lead), text, first, end);
    buf_release(&lead);
    return rest;
}

static uint32_t write_code_directive(const DocBlocks *self, Str language, uint32_t first, uint32_t end) {
    char info[LONGEST_INFO + 1];
    bool python = language.len == 0 || str_eq(language, STR("pycon")) || str_eq(language, STR("default"));
    uint32_t body = doc_skip_blank(self->lines, write_options(self, first, end), end);
    if (body == end) {
        if (language.len) doc_blocks_write_label(self, language);
        return end;
    }
    fence_info(self, language, info);
    if (python && language.len == 0) memcpy(info, "python", sizeof "python");
    write_verbatim(self, info, body, end);
    return end;
}

/* A directive that is not known: its name and argument, then what it holds. */
static uint32_t write_unknown(const DocBlocks *self, const DocDirective *directive, Str line, Str argument,
                              uint32_t first, uint32_t end) {
    Str label = str_trim(str_slice(line, 3, str_find(line, STR("::"))));
    if (directive->label[0]) label = str_of(directive->label);
    if (argument.len)
        write_lead(self, label, argument, first, first);
    else
        doc_blocks_write_label(self, label);
    return write_options(self, first, end);
}

/* How something is called, perhaps in several ways; that Sphinx's index leaves it out tells readers nothing.
 */
static uint32_t write_object(const DocBlocks *self, Str argument, uint32_t first, uint32_t end) {
    uint32_t body = first;
    while (body < end && doc_is_signature(line_at(self, body)->text)) body++;
    write_verbatim_below(self, "python", argument, first, body);
    while (body < end && doc_is_hidden_option(line_at(self, body)->text)) body++;
    return write_options(self, body, end);
}

/* ".. name:: argument" with its indented body. */
static uint32_t try_directive(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    Str line = line_at(self, i)->text, name, argument;
    if (!doc_directive(line, &name, &argument)) return i;
    uint32_t last = doc_deeper_end(self->lines, i + 1, end, line_at(self, i)->indent), body = i + 1;
    const DocDirective *directive = doc_find_directive(line.data[3] == '|' ? STR("") : name);
    switch (directive->form) {
    case DIRECTIVE_CODE: return write_code_directive(self, argument, body, last);
    case DIRECTIVE_PYTHON:
        body = write_options(self, body, last);
        write_verbatim_below(self, "python", argument, body, last);
        return last;
    case DIRECTIVE_RAW:
        body = write_options(self, body, last);
        write_verbatim_below(self, "", argument, body, last);
        return last;
    case DIRECTIVE_NOTE: body = write_lead(self, str_of(directive->label), argument, body, last); break;
    case DIRECTIVE_VERSION: body = write_version(self, directive->label, argument, body, last); break;
    case DIRECTIVE_TITLE: doc_blocks_write_label(self, argument.len ? argument : name); /* fallthrough */
    case DIRECTIVE_BODY: body = write_options(self, body, last); break;
    case DIRECTIVE_OBJECT: body = write_object(self, argument, body, last); break;
    case DIRECTIVE_UNKNOWN: body = write_unknown(self, directive, line, argument, body, last); break;
    }
    render(self, body, last, depth + 1);
    return last;
}

/* "term" over an indented text without a blank line between. */
static bool is_definition(const DocBlocks *self, uint32_t i, uint32_t end) {
    const DocLine *line = line_at(self, i);
    if (i + 1 >= end || line->text.len == 0 || line->text.len > LONGEST_TERM) return false;
    const DocLine *next = line_at(self, i + 1);
    if (next->text.len == 0 || next->indent <= line->indent || doc_ends_paragraph(self->lines, i, end))
        return false;
    size_t assigned = str_find(line->text, STR(" = "));
    if (assigned != STR_NPOS && doc_is_dotted_name(str_slice(line->text, 0, assigned)))
        return false; /* code */
    return !strchr(".,;:!?([{", line->text.data[line->text.len - 1]) &&
           (i == 0 || line_at(self, i - 1)->text.len == 0 || line_at(self, i - 1)->indent > line->indent);
}

static uint32_t try_definitions(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth) {
    if (!is_definition(self, i, end)) return i;
    writer_open(self->out, BLOCK_BULLETS);
    for (uint32_t next = i; next < end && is_definition(self, next, end);) {
        i = doc_deeper_end(self->lines, next + 1, end, line_at(self, next)->indent);
        writer_open(self->out, BLOCK_ITEM);
        write_inline(self, line_at(self, next)->text, 0, 0);
        if (text_end(self, next + 1, i) > next + 1) writer_text(self->out, STR(" \xE2\x80\x93 "));
        write_body(self, STR_NONE, next + 1, i, depth);
        writer_close(self->out);
        next = doc_skip_blank(self->lines, i, end);
    }
    writer_close(self->out);
    return i;
}

/* Lines that are indented for no reason known here: a quotation when they read as text, else literal. */
static uint32_t try_indented(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t base, uint32_t depth) {
    if (line_at(self, i)->indent <= base) return i;
    uint32_t last = doc_deeper_end(self->lines, i, end, base);
    if (doc_ends_paragraph(self->lines, i, end) || doc_is_prose(self->lines, i, last))
        render(self, i, last, depth + 1);
    else
        write_verbatim(self, self->examples ? "python" : "", i, last);
    return last;
}

/* Whether lines are set in columns, which a paragraph would run together. */
static bool is_aligned(const DocBlocks *self, uint32_t first, uint32_t end) {
    uint32_t aligned = 0;
    for (uint32_t i = first; i < end; i++) {
        Str text = line_at(self, i)->text;
        aligned += str_find(text, STR("   ")) != STR_NPOS || str_find_byte(text, '\t') != STR_NPOS;
    }
    return aligned > 1 && aligned * 2 >= end - first;
}

/* In examples: whether the text at line `i` is code, without a prompt. */
static bool is_example_code(const DocBlocks *self, uint32_t i, uint32_t end) {
    Str line = line_at(self, i)->text;
    bool sign = str_find_byte(line, '(') != STR_NPOS || str_find(line, STR(" = ")) != STR_NPOS ||
                str_starts_with(line, STR("#")) || str_starts_with(line, STR("import ")) ||
                str_starts_with(line, STR("from "));
    return self->examples && sign && !doc_ends_paragraph(self->lines, i, end) &&
           !doc_is_prose(self->lines, i, i + 1);
}

/* Code that only blank lines part is one example. */
static uint32_t write_example_code(const DocBlocks *self, uint32_t i, uint32_t end) {
    uint32_t last = i, indent = line_at(self, i)->indent;
    for (uint32_t next = i; next < end && is_example_code(self, next, end);) {
        last = text_end(self, next + 1, end);
        last = doc_deeper_end(self->lines, last, end, indent);
        next = doc_skip_blank(self->lines, last, end);
    }
    write_verbatim(self, "python", i, last);
    return last;
}

/* Text up to the next block; "::" at its end makes what is indented below it literal. */
static uint32_t write_paragraph(const DocBlocks *self, uint32_t i, uint32_t end) {
    if (is_example_code(self, i, end)) return write_example_code(self, i, end);
    uint32_t code = bracketed_end(self, i, end);
    if (code > i) {
        write_verbatim(self, "python", i, code);
        return code;
    }
    uint32_t last = opens_below(self, i, end) ? i + 1 : text_end(self, i + 1, end);
    if (is_aligned(self, i, last)) {
        write_verbatim(self, "", i, last);
        return last;
    }
    bool bare = last == i + 1 && str_eq(line_at(self, i)->text, STR("::"));
    if (!bare) write_paragraph_of(self, STR_NONE, i, last);
    return write_literal(self, last, end);
}

typedef uint32_t TryBlock(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t depth);

/* In the order in which they are tried. */
static TryBlock *const blocks[] = {try_blank, try_signature, try_doctest,   try_title, try_fence,
                                   try_rule,  try_heading,   try_header,    try_list,  try_directive,
                                   try_marks, try_table,     try_line_block};

static uint32_t render_block(const DocBlocks *self, uint32_t i, uint32_t end, uint32_t base, uint32_t depth) {
    for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++) {
        uint32_t next = blocks[b](self, i, end, depth);
        if (next > i) return next;
    }
    uint32_t next = try_indented(self, i, end, base, depth);
    if (next == i) next = try_definitions(self, i, end, depth);
    return next > i ? next : write_paragraph(self, i, end);
}

static void render(const DocBlocks *self, uint32_t first, uint32_t end, uint32_t depth) {
    first = doc_skip_blank(self->lines, first, end);
    if (first >= end) return;
    if (depth > DEEPEST) {
        write_verbatim(self, "", first, end);
        return;
    }
    uint32_t base = doc_common_indent(self->lines, first, end);
    for (uint32_t i = first; i < end;) i = render_block(self, i, end, base, depth);
}

void doc_blocks_write(const DocBlocks *self, uint32_t first, uint32_t end) { render(self, first, end, 0); }
