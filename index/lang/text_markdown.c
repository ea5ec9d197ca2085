/* Markdown (CommonMark 0.31, GFM): headings, links, and code spans that read like names. Read line by line:
 * of what spans lines, only fences, HTML comments and front matter are known. */
#include "index/lang/text_reader.h"

typedef struct {
    TextReader *reader;
    char fence; /* '`' or '~' of the open fence, or 0 */
    size_t fence_len;
    bool in_comment;
    StrBuf above;       /* the lines above that are text of one paragraph, joined by blanks */
    Str first;          /* the first of them */
    StrBuf description; /* the first paragraph */
    bool described;
} Markdown;

static size_t count_leading(Str line, char c) {
    size_t count = 0;
    while (count < line.len && line.data[count] == c) count++;
    return count;
}

/* Whether the line opens, closes or lies in a fenced code block. */
static bool in_fence(Markdown *self, Str line) {
    size_t indent = count_leading(line, ' ');
    Str rest = str_from(line, indent);
    char c = rest.len ? rest.data[0] : ' ';
    size_t run = c == '`' || c == '~' ? count_leading(rest, c) : 0;
    if (self->fence) {
        bool closes = c == self->fence && run >= self->fence_len && str_trim(str_from(rest, run)).len == 0;
        if (closes) self->fence = 0;
        return true;
    }
    if (run < 3 || (c == '`' && str_find_byte(str_from(rest, run), '`') != STR_NPOS)) return false;
    self->fence = c;
    self->fence_len = run;
    return true;
}

static bool in_comment(Markdown *self, Str line) {
    if (!self->in_comment && !str_starts_with(str_trim(line), STR("<!--"))) return false;
    self->in_comment = str_find(line, STR("-->")) == STR_NPOS;
    return true;
}

/* Whether a link begins at `i`: "[text](target)", "[text][label]"; then where its text and the whole of it
 * end. */
static bool find_link(Str text, size_t i, size_t *text_end, size_t *end) {
    if (i == text.len || text.data[i] != '[') return false;
    size_t len = str_find_byte(str_from(text, i), ']');
    if (len == STR_NPOS) return false;
    Str rest = str_from(text, i + len + 1);
    bool target = str_starts_with(rest, STR("("));
    if (!target && !str_starts_with(rest, STR("["))) return false;
    size_t rest_len = str_find_byte(rest, target ? ')' : ']');
    *text_end = i + len;
    *end = *text_end + 1 + rest_len + 1;
    return rest_len != STR_NPOS;
}

/* The text with what links and images show in their place. */
static void append_shown(Str text, StrBuf *out) {
    for (size_t i = 0, text_end, end; i < text.len; i++) {
        size_t open = i + (text.data[i] == '!');
        if (!find_link(text, open, &text_end, &end)) {
            buf_append_byte(out, text.data[i]);
            continue;
        }
        buf_append(out, str_slice(text, open + 1, text_end));
        i = end - 1;
    }
}

/* `place` is the piece of the text where the heading begins. */
static void add_heading(Markdown *self, size_t level, Str text, Str place) {
    StrBuf shown;
    buf_init(&shown);
    append_shown(text, &shown);
    Symbol *heading = reader_symbol(self->reader, SYMBOL_HEADING, buf_str(&shown), place);
    if (heading) heading->via = (uint8_t)level;
    buf_release(&shown);
}

/* "## Heading ##" */
static bool read_atx(Markdown *self, Str line) {
    size_t indent = count_leading(line, ' '), level = count_leading(str_from(line, indent), '#');
    Str text = str_from(line, indent + level);
    if (indent > 3 || level == 0 || level > 6) return false;
    if (text.len && text.data[0] != ' ' && text.data[0] != '\t') return false;
    text = str_trim(text);
    size_t end = text.len;
    while (end && text.data[end - 1] == '#') end--;
    if (end == 0 || text.data[end - 1] == ' ') text = str_trim(str_slice(text, 0, end));
    add_heading(self, level, text, text);
    return true;
}

/* A line of "=" or "-" below a line of text. */
static bool read_setext(Markdown *self, Str line) {
    Str text = str_trim(line);
    char c = text.len ? text.data[0] : ' ';
    if ((c != '=' && c != '-') || count_leading(text, c) != text.len || self->above.len == 0) return false;
    add_heading(self, c == '=' ? 1 : 2, buf_str(&self->above), self->first);
    return true;
}

/* A code span that begins at `i`; returns one past it. */
static size_t read_code(Markdown *self, Str line, size_t i) {
    size_t run = count_leading(str_from(line, i), '`'), start = i + run;
    for (size_t end = start; end < line.len;) {
        size_t closing = count_leading(str_from(line, end), '`');
        if (closing == run) {
            Str code = str_trim(str_slice(line, start, end));
            Str name = str_ends_with(code, STR("()")) ? str_slice(code, 0, code.len - 2) : code;
            if (reader_is_dotted_name(name)) reader_mention(self->reader, MENTION_NAME, code);
            return end + run;
        }
        end += closing ? closing : 1;
    }
    return start;
}

/* The target of an inline link whose "(" stands before `i`. */
static void read_target(Markdown *self, Str line, size_t i) {
    size_t end = i;
    for (int depth = 1; end < line.len; end++) {
        depth += (line.data[end] == '(') - (line.data[end] == ')');
        if (depth == 0) break;
    }
    if (end == line.len) return;
    Str target = str_trim(str_slice(line, i, end));
    if (str_starts_with(target, STR("<")))
        target = str_slice(target, 1, str_find_byte(target, '>'));
    else
        target = str_slice(target, 0, str_find_byte(target, ' '));
    reader_mention(self->reader, MENTION_LINK, target);
}

/* "[label]: target" */
static bool read_definition(Markdown *self, Str line) {
    Str text = str_trim(line);
    size_t end = str_find(text, STR("]:"));
    if (!str_starts_with(text, STR("[")) || end == STR_NPOS || str_starts_with(text, STR("[^"))) return false;
    Str target = str_trim(str_from(text, end + 2));
    target = str_slice(target, 0, str_find_byte(target, ' '));
    if (str_starts_with(target, STR("<"))) target = str_slice(target, 1, str_find_byte(target, '>'));
    reader_mention(self->reader, MENTION_LINK, target);
    return true;
}

/* The value of the attribute `id` or `name` of an HTML tag that begins the text. */
static Str anchor_of(Str tag) {
    static const char *const attributes[] = {" id=\"", " name=\"", " id='", " name='"};
    tag = str_slice(tag, 0, str_find_byte(tag, '>'));
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        Str attribute = str_of(attributes[i]);
        size_t at = str_find(tag, attribute);
        if (at == STR_NPOS) continue;
        Str value = str_from(tag, at + attribute.len);
        return str_slice(value, 0, str_find_byte(value, attribute.data[attribute.len - 1]));
    }
    return STR_NONE;
}

static void read_inline(Markdown *self, Str line) {
    size_t open = 0; /* brackets */
    for (size_t i = 0; i < line.len;) {
        if (line.data[i] == '\\') {
            i += 2;
        } else if (line.data[i] == '`') {
            i = read_code(self, line, i);
        } else if (line.data[i] == '<') {
            Str anchor = anchor_of(str_from(line, i++));
            if (anchor.len) reader_mention(self->reader, MENTION_ANCHOR, anchor);
        } else {
            bool closes = line.data[i] == ']' && open > 0;
            if (closes && str_starts_with(str_from(line, i), STR("]("))) read_target(self, line, i + 2);
            open = open + (line.data[i] == '[') - closes;
            i++;
        }
    }
}

/* Other lines say nothing by themselves: images, HTML, tables, lists, quotes, definitions of links. */
static bool is_prose(Str text) {
    if (str_starts_with(text, STR("[!"))) return false;
    if (str_starts_with(text, STR("["))) return str_find(text, STR("]:")) == STR_NPOS;
    return text.len && !strchr("!<|>-*+=#:", text.data[0]);
}

static void describe(Markdown *self, Str text) {
    if (self->described) return;
    if (is_prose(text)) {
        if (self->description.len) buf_append_byte(&self->description, '\n');
        append_shown(text, &self->description);
    } else if (self->description.len) {
        reader_describe(self->reader, buf_str(&self->description));
        self->described = true;
    }
}

static void skip_front_matter(TextReader *reader) {
    if (!str_starts_with(reader->text, STR("---\n")) && !str_starts_with(reader->text, STR("---\r"))) return;
    TextReader ahead = *reader;
    reader_next(&ahead);
    while (reader_next(&ahead)) {
        if (!str_eq(str_trim_end(ahead.line), STR("---"))) continue;
        reader->next = ahead.next;
        return;
    }
}

static void read_line(Markdown *self, Str line) {
    Str text = str_trim(line);
    bool code = in_fence(self, line) || in_comment(self, line);
    bool indented = count_leading(line, ' ') > 3 && self->above.len == 0;
    bool heading = !code && !indented && read_atx(self, line);
    if (!code && !indented && !heading && read_setext(self, line)) {
        buf_clear(&self->description); /* it was no paragraph */
        heading = true;
    }
    if (code || heading || indented || !is_prose(text)) buf_clear(&self->above);
    describe(self, code || heading || indented ? STR("") : text);
    if (code || indented) return;
    if (!read_definition(self, line)) read_inline(self, line);
    if (heading || !is_prose(text)) return;
    if (self->above.len == 0) self->first = text;
    if (self->above.len) buf_append_byte(&self->above, ' ');
    buf_append(&self->above, text);
}

void read_markdown(TextReader *reader) {
    Markdown self = {.reader = reader};
    buf_init(&self.description);
    buf_init(&self.above);
    skip_front_matter(reader);
    while (reader_next(reader)) read_line(&self, reader->line);
    describe(&self, STR(""));
    buf_release(&self.description);
    buf_release(&self.above);
}
