#include "markdown/doc_lines.h"

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool doc_is_name(char c) {
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

void doc_lines_read(DocLines *self, Str doc) {
    Str line;
    while (str_next_line(&doc, &line)) ARRAY_PUSH(self, ((DocLine){str_trim(line), indent_of(line)}));
}

const DocLine *doc_line(const DocLines *self, uint32_t i) { return &self->items[i]; }

bool doc_is_blank(const DocLines *self, uint32_t i) { return doc_line(self, i)->text.len == 0; }

uint32_t doc_skip_blank(const DocLines *self, uint32_t i, uint32_t end) {
    while (i < end && doc_is_blank(self, i)) i++;
    return i;
}

/* One past the last line, from `i` on, that is blank or indented by more than `indent`; trailing blanks
 * excluded. */
uint32_t doc_deeper_end(const DocLines *self, uint32_t i, uint32_t end, uint32_t indent) {
    uint32_t last = i;
    for (; i < end; i++) {
        if (doc_is_blank(self, i)) continue;
        if (doc_line(self, i)->indent <= indent) break;
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
bool doc_is_underline(Str line) {
    return line.len >= 3 && strchr("-=~^*#+", line.data[0]) &&
           is_run_of(line, (const char[]){line.data[0], '\0'}, 3);
}

/* A border of a reST, Markdown or drawn table. */
static bool is_border(Str line) {
    if (line.len < 5 || !is_run_of(line, "=-+| :", 5)) return false;
    return str_find(line, STR("--")) != STR_NPOS || str_find(line, STR("==")) != STR_NPOS;
}

bool doc_is_table_line(Str line) {
    return (is_border(line) && !doc_is_underline(line)) ||
           (line.len > 2 && line.data[0] == '|' && line.data[line.len - 1] == '|');
}

bool doc_is_doctest(Str line) {
    return str_starts_with(line, STR(">>>")) && (line.len == 3 || line.data[3] == ' ');
}

bool doc_is_fence(Str line) { return str_starts_with(line, STR("```")) || str_starts_with(line, STR("~~~")); }

/* Length of a list marker with the blanks behind it, or 0. *number is what a numbered item says, else NONE.
 */
uint32_t doc_list_marker(Str line, uint32_t *number) {
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

bool doc_is_one_of(Str name, const char *const *names) {
    for (; *names; names++) {
        Str wanted = str_of(*names);
        size_t i = 0;
        while (i < name.len && i < wanted.len && (name.data[i] | 0x20) == (wanted.data[i] | 0x20)) i++;
        if (i == name.len && i == wanted.len) return true;
    }
    return false;
}

bool doc_is_item_section(Str name) { return doc_is_one_of(name, item_sections); }

bool doc_is_section(Str name) {
    return doc_is_one_of(name, item_sections) || doc_is_one_of(name, text_sections);
}

/* "Args:" with an indented body, or "Parameters" over a row of dashes. *body is the line where the body
 * begins. */
bool doc_section_at(const DocLines *self, uint32_t i, uint32_t end, Str *name, uint32_t *body) {
    const DocLine *line = doc_line(self, i);
    if (line->text.len == 0 || line->text.len > 60) return false;
    if (i + 1 < end && doc_is_underline(doc_line(self, i + 1)->text) &&
        doc_line(self, i + 1)->indent == line->indent && !doc_is_doctest(line->text) &&
        !doc_is_table_line(line->text) && !doc_is_underline(line->text)) {
        *name = line->text;
        *body = i + 2;
        return true;
    }
    *name = str_slice(line->text, 0, line->text.len - 1);
    *body = i + 1;
    uint32_t next = doc_skip_blank(self, i + 1, end);
    return line->text.data[line->text.len - 1] == ':' && doc_is_section(*name) && next < end &&
           doc_line(self, next)->indent > line->indent;
}

/* ":param int x: text", "@return: text". *args is what stands between the field's name and the second colon.
 */
bool doc_field_at(const DocLines *self, uint32_t i, Str *name, Str *args, Str *text) {
    Str line = doc_line(self, i)->text;
    if (at(line, 0) != ':' && at(line, 0) != '@') return false;
    size_t name_end = 1;
    while (doc_is_name(at(line, name_end)) || at(line, name_end) == '-') name_end++;
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

bool doc_is_directive(Str line) {
    return str_starts_with(line, STR(".. ")) && str_find(line, STR("::")) != STR_NPOS;
}

/* Whether a line begins something other than more text of the paragraph before it. */
bool doc_ends_paragraph(const DocLines *self, uint32_t i, uint32_t end) {
    Str line = doc_line(self, i)->text, name, args, text;
    uint32_t number, body;
    if (line.len == 0 || doc_is_doctest(line) || doc_is_fence(line) || doc_is_directive(line) ||
        doc_is_table_line(line))
        return true;
    if (doc_field_at(self, i, &name, &args, &text)) return true;
    return doc_list_marker(line, &number) > 0 || doc_section_at(self, i, end, &name, &body);
}

/* Length of the "name" or "*name, other" at the start of an item of a section, or 0. */
static size_t item_name(Str line) {
    size_t i = 0;
    while (i < line.len && (doc_is_name(line.data[i]) || strchr("*.`\\", line.data[i]) ||
                            (line.data[i] == ',' && at(line, i + 1) == ' ') ||
                            (line.data[i] == ' ' && i && line.data[i - 1] == ','))) {
        i++;
    }
    return i;
}

/* "name (type): text" -> name, "(type)", text. False for anything else. */
bool doc_google_item(Str line, Str *name, Str *type, Str *text) {
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
bool doc_numpy_item(const DocLines *self, uint32_t i, uint32_t end, Str *name, Str *type) {
    const DocLine *line = doc_line(self, i);
    size_t colon = str_find(line->text, STR(" :"));
    bool deeper = i + 1 < end && !doc_is_blank(self, i + 1) && doc_line(self, i + 1)->indent > line->indent;
    if (colon == STR_NPOS && !deeper) return false;
    *name = colon == STR_NPOS ? line->text : str_slice(line->text, 0, colon);
    *type = colon == STR_NPOS ? STR_NONE : str_trim(str_from(line->text, colon + 2));
    return true;
}
