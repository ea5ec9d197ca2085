#include "markdown/doc_lines.h"

#include "markdown/doc_words.h"

enum {
    LONGEST_TITLE = 60,
    PROSE_LINES = 5,
    LONGEST_ITEM = 20 /* lines, of a list whose items are not indented */
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool doc_is_name(char c) { return is_alpha(c) || is_digit(c) || c == '_' || (unsigned char)c >= 0x80; }

bool doc_is_dotted_name(Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (!doc_is_name(text.data[i]) && text.data[i] != '.') return false;
    }
    return text.len > 0;
}

bool doc_has_word(Str text, Str word) {
    for (size_t at; (at = str_find(text, word)) != STR_NPOS; text = str_from(text, at + word.len)) {
        bool begins = at == 0 || !doc_is_name(text.data[at - 1]);
        bool ends = at + word.len == text.len || !doc_is_name(text.data[at + word.len]);
        if (begins && ends) return true;
    }
    return false;
}

bool doc_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static char at(Str s, size_t i) { return i < s.len ? s.data[i] : '\0'; }

static bool is_one_of(char c, const char *chars) { return c != '\0' && strchr(chars, c); }

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

uint32_t doc_common_indent(const DocLines *self, uint32_t first, uint32_t end) {
    uint32_t common = UINT32_MAX;
    for (uint32_t i = first; i < end; i++) {
        if (!doc_is_blank(self, i) && doc_line(self, i)->indent < common) common = doc_line(self, i)->indent;
    }
    return common;
}

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
        if (!is_one_of(line.data[i], chars)) return false;
    }
    return true;
}

bool doc_is_underline(Str line) {
    return line.len >= 3 && is_one_of(line.data[0], "-=~^*#+\"'_") &&
           is_run_of(line, (const char[]){line.data[0], '\0'}, 3);
}

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

bool doc_is_signature(Str line) {
    size_t open = 0;
    while (open < line.len && (doc_is_name(line.data[open]) || line.data[open] == '.')) open++;
    if (open == 0 || open == line.len || line.data[open] != '(') return false;
    return line.data[line.len - 1] == ')' || str_find(line, STR(") -> ")) != STR_NPOS;
}

bool doc_is_fence(Str line) { return str_starts_with(line, STR("```")) || str_starts_with(line, STR("~~~")); }

bool doc_directive(Str line, Str *name, Str *argument) {
    if (!str_starts_with(line, STR(".. "))) return false;
    size_t colons = str_find(line, STR("::"));
    if (colons == STR_NPOS || (colons + 2 < line.len && line.data[colons + 2] != ' ')) return false;
    size_t start = 3;
    if (at(line, 3) == '|') { /* a substitution's name stays in front of the argument */
        size_t bar = str_find(str_from(line, 4), STR("| "));
        if (bar == STR_NPOS) return false;
        start = bar + 6;
    }
    if (start >= colons) return false;
    *name = str_trim(str_slice(line, start, colons));
    *argument = str_trim(str_from(line, colons + 2));
    for (size_t i = 0; i < name->len; i++) {
        if (!doc_is_name(name->data[i]) && !is_one_of(name->data[i], "-:.+")) return false;
    }
    return name->len > 0;
}

/* The colon behind a target's name, which may hold others behind backslashes; STR_NPOS without one. */
static size_t target_end(Str line) {
    for (size_t i = 4; i < line.len; i++) {
        if (line.data[i] == '\\')
            i++;
        else if (line.data[i] == ':')
            return i;
    }
    return STR_NPOS;
}

bool doc_explicit_mark(Str line, Str *mark, Str *text) {
    if (!str_starts_with(line, STR(".. ")) || line.len < 5) return false;
    bool note = line.data[3] == '[', target = line.data[3] == '_';
    if (!note && !target) return false;
    size_t close = note ? str_find_byte(line, ']') : target_end(line);
    if (close == STR_NPOS || close < 5) return false;
    if (close + 1 < line.len && line.data[close + 1] != ' ') return false;
    *mark = note ? str_slice(line, 3, close + 1) : str_slice(line, 4, close);
    *text = str_trim(str_from(line, close + 1));
    return true;
}

/* "(a)", "a)" and "#.": kept in the item's text, but for the last, which numbers. */
static bool is_lettered(Str line) {
    size_t i = at(line, 0) == '(';
    size_t start = i;
    while (i < start + 2 && (is_digit(at(line, i)) || (i == start && is_alpha(at(line, i))))) i++;
    return i > start && at(line, i) == ')' && at(line, i + 1) == ' ' && (start || is_alpha(line.data[0]));
}

uint32_t doc_list_marker(Str line, uint32_t *number) {
    *number = UINT32_MAX;
    size_t i = 0;
    if (str_starts_with(line, STR("\xE2\x80\xA2"))) {
        i = 3;
    } else if (is_one_of(at(line, 0), "-*+")) {
        i = 1;
    } else if (str_starts_with(line, STR("#. "))) {
        *number = 1;
        i = 2;
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

static bool is_title_line(const DocLine *line, uint32_t indent) {
    return line->text.len && line->text.len <= LONGEST_TITLE && line->indent == indent &&
           !doc_is_doctest(line->text) && !doc_is_table_line(line->text) && !doc_is_underline(line->text);
}

static bool is_underline_at(const DocLines *self, uint32_t i, uint32_t end, uint32_t indent) {
    return i < end && doc_line(self, i)->indent == indent && doc_is_underline(doc_line(self, i)->text);
}

bool doc_title_at(const DocLines *self, uint32_t i, uint32_t end, Str *title, uint32_t *body) {
    const DocLine *line = doc_line(self, i);
    uint32_t over = doc_is_underline(line->text) ? 1 : 0;
    if (i + over + 1 >= end) return false;
    const DocLine *text = doc_line(self, i + over), *under = doc_line(self, i + over + 1);
    /* reST may indent the text between its two lines; "~~~" over code is a fence */
    bool fits = over ? is_title_line(text, text->indent) && under->text.len &&
                           under->text.data[0] == line->text.data[0] && !str_eq(line->text, STR("~~~"))
                     : is_title_line(text, line->indent);
    if (!fits || !is_underline_at(self, i + over + 1, end, line->indent)) return false;
    *title = text->text;
    *body = i + over + 2;
    return true;
}

size_t doc_item_name(Str line) {
    size_t i = 0;
    while (i < line.len) {
        char c = line.data[i];
        bool separator = (c == ',' || c == '/') && (at(line, i + 1) == ' ' || c == '/' || i + 1 < line.len);
        bool space = c == ' ' && i && (line.data[i - 1] == ',' || line.data[i - 1] == '/') &&
                     (doc_is_name(at(line, i + 1)) || is_one_of(at(line, i + 1), "*`\\"));
        if (!doc_is_name(c) && !is_one_of(c, "*.`\\") && !separator && !space) break;
        i++;
    }
    while (i && is_one_of(line.data[i - 1], ",/")) i--;
    bool named = false;
    for (size_t k = 0; k < i && !named; k++) named = doc_is_name(line.data[k]);
    return named ? i : 0;
}

/* The end of a bracket that opens at `i`, or STR_NPOS. */
static size_t bracket_end(Str line, size_t i) {
    int depth = 0;
    for (; i < line.len; i++) {
        depth += is_one_of(line.data[i], "([{") ? 1 : 0;
        if (is_one_of(line.data[i], ")]}") && --depth == 0) return i + 1;
    }
    return STR_NPOS;
}

bool doc_is_item_line(Str line) {
    size_t i = doc_item_name(line);
    if (i == 0) return false;
    size_t open = at(line, i) == ' ' ? i + 1 : i;
    if (at(line, open) == '(') {
        size_t close = bracket_end(line, open);
        if (close == STR_NPOS) return true; /* goes on on the next line */
        i = close;
    }
    if (str_starts_with(str_from(line, i), STR(" -- "))) return true;
    if (at(line, i) == ' ' && at(line, i + 1) == ':') i++;
    return at(line, i) == ':' && (i + 1 == line.len || line.data[i + 1] == ' ');
}

bool doc_header_at(const DocLines *self, uint32_t i, uint32_t end, Str *title, bool *flat) {
    const DocLine *line = doc_line(self, i);
    if (line->text.len < 2 || line->text.len > LONGEST_TITLE) return false;
    if (line->text.data[line->text.len - 1] != ':' || str_eq(line->text, STR("except:")))
        return false; /* code */
    *title = str_trim_end(str_slice(line->text, 0, line->text.len - 1));
    DocKind kind = doc_section_kind(*title);
    uint32_t next = doc_skip_blank(self, i + 1, end);
    if (kind == DOC_TEXT || next == end) return false;
    *flat = doc_line(self, next)->indent == line->indent;
    if (!*flat) return doc_line(self, next)->indent > line->indent;
    Str below = doc_line(self, next)->text;
    return next == i + 1 && doc_kind_has_items(kind) &&
           (doc_kind_is_value(kind) ? !doc_is_doctest(below) : doc_is_item_line(below));
}

bool doc_field_at(const DocLines *self, uint32_t i, Str *name, Str *args, Str *text) {
    Str line = doc_line(self, i)->text;
    if (at(line, 0) != ':' && at(line, 0) != '@') return false;
    size_t name_end = 1;
    while (doc_is_name(at(line, name_end)) || at(line, name_end) == '-') name_end++;
    *name = str_slice(line, 1, name_end);
    bool known = doc_find_field(*name) != NULL;
    if (name->len == 0 || (line.data[0] == '@' && !known)) return false;
    if (at(line, name_end) != ':' && at(line, name_end) != ' ') return false;
    if (at(line, name_end) == ':' && at(line, name_end + 1) == '`') return false; /* a role: :attr:`x` */
    size_t colon = name_end;
    while (colon < line.len &&
           (line.data[colon] != ':' || (colon + 1 < line.len && line.data[colon + 1] != ' ' && !known))) {
        if (line.data[colon] == '`' && !known) return false;
        colon++;
    }
    if (colon == line.len) { /* "@param x text", as Javadoc writes */
        if (line.data[0] != '@') return false;
        colon = name_end;
        if (doc_find_field(*name)->form == FIELD_NAMED) {
            colon++;
            while (colon < line.len && !doc_is_space(line.data[colon])) colon++;
        }
        *args = str_trim(str_slice(line, name_end, colon));
        *text = str_trim(str_from(line, colon));
        return true;
    }
    *args = str_trim(str_slice(line, name_end, colon));
    *text = str_trim(str_from(line, colon + 1));
    return true;
}

static uint32_t skip_fence(const DocLines *self, uint32_t i, uint32_t end) {
    Str mark = str_slice(doc_line(self, i)->text, 0, 3);
    uint32_t close = i + 1;
    while (close < end && !str_starts_with(doc_line(self, close)->text, mark)) close++;
    return close < end ? close + 1 : i + 1;
}

static uint32_t skip_text(const DocLines *self, uint32_t i, uint32_t end) {
    while (i < end && !doc_is_blank(self, i)) i++;
    return i;
}

uint32_t doc_skip_block(const DocLines *self, uint32_t i, uint32_t end) {
    const DocLine *line = doc_line(self, i);
    Str name, argument;
    uint32_t number;
    if (doc_is_doctest(line->text)) return skip_text(self, i, end);
    if (doc_is_fence(line->text)) return skip_fence(self, i, end);
    if (doc_is_table_line(line->text)) return skip_text(self, i, end);
    if (doc_list_marker(line->text, &number) || doc_directive(line->text, &name, &argument) ||
        str_ends_with(line->text, STR("::")))
        return doc_deeper_end(self, i + 1, end, line->indent);
    return i + 1;
}

/* Whether one of the lines above is the item `number` of a list. */
static bool follows_item(const DocLines *self, uint32_t i, uint32_t number) {
    uint32_t other, stop = i > LONGEST_ITEM ? i - LONGEST_ITEM : 0;
    for (uint32_t up = i; up > stop; up--) {
        const DocLine *line = doc_line(self, up - 1);
        if (line->indent != doc_line(self, i)->indent) continue;
        if (doc_list_marker(line->text, &other) && other == number) return true;
    }
    return false;
}

/* Whether an item of a list begins at line `i`. In the middle of a text, "2001. " and "0. " are numbers at
 * the start of a wrapped line, unless they go on with a list; 1 begins one, as in CommonMark. */
static bool is_list_at(const DocLines *self, uint32_t i) {
    uint32_t number;
    if (!doc_list_marker(doc_line(self, i)->text, &number)) return is_lettered(doc_line(self, i)->text);
    if (number == 1 || number == UINT32_MAX) return true;
    Str before = i ? doc_line(self, i - 1)->text : STR_NONE;
    return before.len == 0 || before.data[before.len - 1] == ':' ||
           (number && follows_item(self, i, number - 1));
}

bool doc_ends_paragraph(const DocLines *self, uint32_t i, uint32_t end) {
    if (doc_is_blank(self, i)) return true;
    Str line = doc_line(self, i)->text, name, args, text;
    uint32_t body;
    bool flat;
    return doc_is_doctest(line) || doc_is_fence(line) || doc_is_table_line(line) ||
           str_starts_with(line, STR(".. ")) || is_list_at(self, i) ||
           (doc_field_at(self, i, &name, &args, &text) && doc_find_field(name)) ||
           doc_title_at(self, i, end, &name, &body) || doc_header_at(self, i, end, &name, &flat);
}

/* What a line of code has and a sentence lacks. */
static bool is_code_line(Str line) {
    static const char *const starts[] = {"import ", "from ", "def ", "class ", "@", "#",  "$ ", "%",
                                         "<",       "{",     "}",    "[",      ")", "]",  "/",  "|",
                                         "return ", "raise", "for ", "with ",  "~", "\\", "+-", "..."};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (str_starts_with(line, str_of(starts[i]))) return true;
    }
    if (str_find(line, STR(" = ")) != STR_NPOS || str_find(line, STR("   ")) != STR_NPOS) return true;
    char last = line.data[line.len - 1];
    if (last == '\\' || last == '{' || last == '(') return true;
    for (size_t i = 1; i < line.len; i++) { /* a call */
        if (line.data[i] == '(' && doc_is_name(line.data[i - 1])) return true;
        if (line.data[i] == '`') return false;
    }
    return str_find_byte(line, ' ') == STR_NPOS;
}

bool doc_is_prose(const DocLines *self, uint32_t first, uint32_t end) {
    uint32_t seen = 0, code = 0;
    for (uint32_t i = first; i < end && seen < PROSE_LINES; i++) {
        if (doc_is_blank(self, i)) continue;
        seen++;
        code += is_code_line(doc_line(self, i)->text);
    }
    return seen > 0 && code == 0;
}
