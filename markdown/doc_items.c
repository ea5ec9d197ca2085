#include "markdown/doc_items.h"

enum {
    LONGEST_HEAD = 8, /* lines over which brackets of a type may spread */
    LONGEST_NAME = 80,
    SLOPPY = 1, /* columns by which items may be out of line */
};

static char at(Str s, size_t i) { return i < s.len ? s.data[i] : '\0'; }

static int bracket_step(char c) {
    if (c == '(' || c == '[' || c == '{') return 1;
    return c == ')' || c == ']' || c == '}' ? -1 : 0;
}

static int open_brackets(Str text) {
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) depth += bracket_step(text.data[i]);
    return depth;
}

/* The first place of `needle` outside of brackets and quotes, or STR_NPOS. */
static size_t find_outside(Str text, Str needle) {
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (quote) {
            quote = c == quote ? 0 : quote;
            continue;
        }
        if (depth <= 0 && str_starts_with(str_from(text, i), needle)) return i;
        depth += bracket_step(c);
        bool opens = (c == '"' || c == '\'') && (i == 0 || !doc_is_name(text.data[i - 1]));
        if (opens && str_find_byte(str_from(text, i + 1), c) != STR_NPOS) quote = c;
    }
    return STR_NPOS;
}

static bool starts_with_word(Str text, Str word) {
    return str_starts_with(text, word) && (text.len == word.len || !doc_is_name(text.data[word.len]));
}

/* "default 3", "default: 3", "default=3", "(default 3)" -> 3. "default is 3" stays in the type: its words
 * would be lost. */
static bool default_value(Str piece, Str *value) {
    piece = str_trim(piece);
    if (at(piece, 0) == '(' && piece.data[piece.len - 1] == ')') piece = str_slice(piece, 1, piece.len - 1);
    if (!starts_with_word(piece, STR("default"))) return false;
    Str rest = str_trim(str_from(piece, strlen("default")));
    if (at(rest, 0) == ':' || at(rest, 0) == '=') rest = str_trim(str_from(rest, 1));
    if (rest.len == 0 || starts_with_word(rest, STR("is")) || starts_with_word(rest, STR("to"))) return false;
    *value = rest;
    return true;
}

static bool take_piece(DocItem *item, Str piece) {
    if (!item->optional && starts_with_word(piece, STR("optional"))) {
        Str rest = str_trim(str_from(piece, strlen("optional"))); /* perhaps "(default 3)" */
        item->optional = rest.len == 0 || (item->value.len == 0 && default_value(rest, &item->value));
        return item->optional;
    }
    return item->value.len == 0 && default_value(piece, &item->value);
}

/* Takes "(default 3)" off the end of a type; returns what stands before it. */
static Str take_bracketed_default(DocItem *item) {
    Str type = item->type, value;
    size_t tail = str_find(type, STR(" (default"));
    bool fits = tail != STR_NPOS && tail && item->value.len == 0 && str_ends_with(type, STR(")")) &&
                default_value(str_from(type, tail), &value) && open_brackets(value) == 0;
    if (!fits || open_brackets(str_slice(type, 0, tail)) != 0) return type;
    item->value = value;
    return str_slice(type, 0, tail);
}

void doc_item_split_type(DocItem *item) {
    Str rest = take_bracketed_default(item);
    DocItem taken = *item;
    size_t kept = 0, from = 0;
    for (bool any = false; from < rest.len;) { /* what ends the list of pieces and is known is taken off */
        size_t comma = find_outside(str_from(rest, from), STR(","));
        size_t end = comma == STR_NPOS ? rest.len : from + comma;
        if (take_piece(&taken, str_trim(str_slice(rest, from, end)))) {
            any = true;
        } else if (any) { /* something follows: all stays as it is written */
            taken = *item;
            kept = rest.len;
            break;
        } else {
            kept = end;
        }
        from = end + 1;
    }
    taken.type = str_trim(str_slice(rest, 0, kept));
    *item = taken;
}

/* "name (type)", "name=3 (type)", "name {type}" -> what follows them, or STR_NPOS. */
static size_t name_and_type(Str line, DocItem *item) {
    size_t i = doc_item_name(line);
    if (i == 0) return STR_NPOS;
    item->name = str_slice(line, 0, i);
    if (at(line, i) == '=') {
        size_t end = i + 1;
        while (end < line.len && line.data[end] != ':' && line.data[end] != ' ') end++;
        item->value = str_slice(line, i + 1, end);
        i = end;
    }
    size_t open = at(line, i) == ' ' ? i + 1 : i;
    bool bracket = at(line, open) == '[' || at(line, open) == '{';
    if (at(line, open) != '(' && (!bracket || open == i)) return i;
    size_t close = open;
    for (int depth = 0; close < line.len; close++) {
        depth += bracket_step(line.data[close]);
        if (depth == 0) break;
    }
    if (close >= line.len) return STR_NPOS;
    item->type = str_slice(line, open + 1, close);
    return close + 1;
}

/* What may part an item's head from its text: ":" and, where nothing else fits, a dash. */
static size_t separator_length(Str rest) {
    static const char *const separators[] = {": ",  " : ", " - ", " -- ", " \xE2\x80\x93 ", " \xE2\x80\x94 ",
                                             " => "};
    if (str_eq(rest, STR(":")) || str_eq(rest, STR(" :"))) return rest.len;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        if (str_starts_with(rest, str_of(separators[i]))) return strlen(separators[i]);
    }
    return 0;
}

/* ":class:`x`" */
static bool is_role(Str text) {
    size_t i = 1;
    while (doc_is_name(at(text, i)) || at(text, i) == '-') i++;
    return at(text, 0) == ':' && i > 1 && at(text, i) == ':' && at(text, i + 1) == '`';
}

/* "name (type): text"; behind a type the colon may be missing. */
static bool read_google(Str line, bool has_body, DocItem *item) {
    if (at(line, 0) == ':' && !is_role(line)) line = str_from(line, 1); /* ":name: text" */
    size_t i = name_and_type(line, item);
    if (i == STR_NPOS) return false;
    Str rest = str_from(line, i);
    size_t separator = separator_length(rest);
    bool bare = rest.len == 0 ? has_body || item->type.len : item->type.len && rest.data[0] == ' ';
    if (!separator && !bare) return false;
    item->text = str_trim(str_from(rest, separator));
    return true;
}

static bool is_plain_name(Str name) {
    return name.len > 0 && name.len <= LONGEST_NAME && doc_item_name(name) == name.len &&
           name.data[name.len - 1] != '.';
}

/* "name : type" over an indented text. */
static bool read_numpy(Str line, bool has_body, DocItem *item) {
    size_t colon = find_outside(line, STR(" :"));
    size_t skip = 2;
    if (colon != STR_NPOS && is_role(str_from(line, colon + 1)) && !has_body) return false; /* a sentence */
    if (colon == STR_NPOS && has_body) {                                                    /* "name: type" */
        colon = find_outside(line, STR(":"));
        skip = 1;
    }
    Str name = str_trim(str_slice(line, 0, colon)); /* all of it when there is no colon */
    if (!is_plain_name(name)) return false;
    if (colon == STR_NPOS && !has_body && str_find_byte(name, ' ') != STR_NPOS &&
        str_find_byte(name, ',') == STR_NPOS)
        return false;
    item->name = name;
    item->type = colon == STR_NPOS ? STR_NONE : str_trim(str_from(line, colon + skip));
    return true;
}

/* "NOTE: …" and "see: https://…" among items are remarks. */
static bool is_remark(Str line) {
    static const char *const words[] = {"NOTE:", "Note:", "TODO:", "WARNING:", "see: http", "See: http"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_starts_with(line, str_of(words[i]))) return true;
    }
    return false;
}

/* "x (int): text" and "x : int"; each style accepts the other's items. */
static bool read_named(Str line, bool has_body, bool numpy, DocItem *item) {
    DocItem other = *item;
    if (is_remark(line)) return false;
    if (numpy && read_numpy(line, has_body, item)) return true;
    *item = other;
    if (read_google(line, has_body, item)) {
        bool type = has_body && item->text.len && str_find(line, STR(" : ")) != STR_NPOS && !item->type.len;
        if (type) item->type = item->text, item->text = STR_NONE;
        return true;
    }
    *item = other;
    return !numpy && has_body && read_numpy(line, has_body, item);
}

/* Whether it could only be a type: one word, or words inside brackets. */
static bool is_type(Str text) {
    int depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        depth += bracket_step(c);
        bool parts = c == ' ' && at(text, i + 1) != '|' && text.data[i ? i - 1 : 0] != '|';
        if (depth == 0 && (parts || c == ',' || c == '.') && !doc_is_name(at(text, i + 1))) return false;
        if (depth == 0 && parts) return false;
    }
    return text.len > 0 && depth == 0 && (doc_is_name(text.data[0]) || strchr("`:~\"'", text.data[0]));
}

/* "(int, str)": types in brackets, no remark. */
static bool is_bracketed_types(Str text) {
    if (text.len < 3 || text.data[0] != '(' || text.data[text.len - 1] != ')') return false;
    Str rest = str_slice(text, 1, text.len - 1);
    while (rest.len) {
        size_t comma = find_outside(rest, STR(","));
        if (!is_type(str_trim(str_slice(rest, 0, comma)))) return false;
        rest = comma == STR_NPOS ? STR_NONE : str_from(rest, comma + 1);
    }
    return true;
}

/* "type: text" and, as some editors write, "type -- text". */
static bool read_type(Str line, DocItem *item) {
    size_t colon = find_outside(line, STR(": ")), skip = 1;
    if (colon == STR_NPOS && str_ends_with(line, STR(":"))) colon = line.len - 1;
    if (colon == STR_NPOS && (colon = find_outside(line, STR(" -- "))) != STR_NPOS) skip = strlen(" -- ");
    Str type = str_trim(str_slice(line, 0, colon));
    if (colon == STR_NPOS || !(is_type(type) || is_bracketed_types(type))) return false;
    item->type = type;
    item->text = str_trim(str_from(line, colon + skip));
    return true;
}

/* "name : type" and "type" over an indented text of NumPy's style; "name (type): text" and, unless the
 * section begins with a text, "type: text" of Google's: a text that is wrapped has colons anywhere. */
static bool read_value(Str line, bool has_body, bool numpy, bool text, DocItem *item) {
    if (numpy) {
        size_t colon = find_outside(line, STR(" : "));
        Str name = str_trim(str_slice(line, 0, colon));
        if (colon != STR_NPOS && is_plain_name(name)) {
            item->name = name;
            item->type = str_trim(str_from(line, colon + 3));
            return true;
        }
        item->type = line;
        return has_body || (is_type(line) && line.data[line.len - 1] != '.');
    }
    if (name_and_type(line, item) != STR_NPOS && item->type.len && read_google(line, has_body, item))
        return true;
    *item = (DocItem){0};
    return !text && read_type(line, item);
}

/* "name, name : text", also with roles around the names. */
static bool read_reference(Str line, DocItem *item) {
    size_t colon = str_find(line, STR(" : "));
    size_t skip = 3;
    if (colon == STR_NPOS && (colon = str_find(line, STR(": "))) != STR_NPOS) skip = 2;
    Str name = str_trim(str_slice(line, 0, colon));
    if (str_ends_with(name, STR(":"))) name.len--;
    bool role = str_find_byte(name, '`') != STR_NPOS;
    if (!role && !is_plain_name(name)) return false;
    item->name = name;
    item->text = colon == STR_NPOS ? STR_NONE : str_trim(str_from(line, colon + skip));
    return true;
}

/* "KeyError" without a text, in a list of exceptions. */
static bool read_exception(DocKind kind, Str line, DocItem *item) {
    static const char *const ends[] = {"Error", "Exception", "Warning"};
    bool named = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) named |= str_ends_with(line, str_of(ends[i]));
    if ((kind != DOC_RAISES && kind != DOC_WARNS) || !named || !doc_is_dotted_name(line)) return false;
    *item = (DocItem){.name = line};
    return true;
}

static bool read_item(DocKind kind, Str line, bool has_body, bool numpy, bool text, DocItem *item) {
    if (kind == DOC_SEE_ALSO) return read_reference(line, item);
    if (doc_kind_is_value(kind)) return read_value(line, has_body, numpy, text, item);
    uint32_t number;
    size_t marker = doc_list_marker(line, &number);
    if (number != UINT32_MAX) marker = 0; /* a number says something */
    line = str_from(line, marker);
    if (!read_named(line, has_body, numpy, item) && !read_exception(kind, line, item)) return false;
    bool whole = kind == DOC_RAISES || kind == DOC_WARNS || kind == DOC_METHODS;
    if (whole && item->type.len && !item->text.len && numpy && !has_body)
        item->text = item->type, item->type = STR_NONE; /* "ValueError : text" */
    return true;
}

/* A line whose brackets close on a later one, as one line; `*next` is the line behind it. */
static Str whole_line(DocModel *model, uint32_t i, uint32_t end, uint32_t *next) {
    Str line = doc_line(&model->lines, i)->text;
    *next = i + 1;
    if (open_brackets(line) <= 0) return line;
    StrBuf joined;
    buf_init(&joined);
    buf_append(&joined, line);
    for (uint32_t k = i + 1; k < end && k <= i + LONGEST_HEAD && !doc_is_blank(&model->lines, k); k++) {
        buf_append_byte(&joined, ' ');
        buf_append(&joined, doc_line(&model->lines, k)->text);
        if (open_brackets(buf_str(&joined)) > 0) continue;
        line = arena_str(&model->arena, buf_str(&joined));
        *next = k + 1;
        break;
    }
    buf_release(&joined);
    return line;
}

/* The item of `section` at line `i`; its text goes on up to `end`. */
static bool item_at(DocModel *model, const DocSection *section, uint32_t i, uint32_t end, bool numpy,
                    DocItem *out) {
    uint32_t next;
    Str line = whole_line(model, i, end, &next);
    bool has_body = doc_skip_blank(&model->lines, next, end) < end;
    bool begun = model->items.len > section->first_item;
    const DocItem *first = begun ? &model->items.items[section->first_item] : NULL;
    bool text = first && first->name.len == 0 && first->type.len == 0;
    *out = (DocItem){0};
    if (doc_is_doctest(line) || !read_item(section->kind, line, has_body, numpy, text, out)) return false;
    out->line = i;
    out->first = next;
    out->end = end;
    doc_item_split_type(out);
    return true;
}

/* A line that is no item goes on with the one before, or stands as text of its own. */
static void add_text(DocModel *model, const DocSection *section, uint32_t i, uint32_t end) {
    if (model->items.len > section->first_item) {
        assert(model->items.items);
        ARRAY_LAST(&model->items)->end = end;
        return;
    }
    ARRAY_PUSH(&model->items, ((DocItem){.line = i, .first = i, .end = end}));
}

void doc_items_read(DocModel *model, DocSection *section, bool numpy) {
    const DocLines *lines = &model->lines;
    uint32_t end = section->end, i = doc_skip_blank(lines, section->first, end);
    uint32_t indent = i < end ? doc_line(lines, i)->indent : 0;
    bool any = false;
    section->first_item = model->items.len;
    while (i < end) {
        uint32_t last = doc_deeper_end(lines, i + 1, end, indent + SLOPPY);
        DocItem item;
        if (doc_is_blank(lines, i)) {
            last = i + 1;
        } else if (item_at(model, section, i, last, numpy, &item)) {
            ARRAY_PUSH(&model->items, item);
            any = true;
        } else {
            add_text(model, section, i, last);
        }
        i = last;
    }
    if (!any) {
        model->items.len = section->first_item;
        return;
    }
    section->item_count = model->items.len - section->first_item;
    section->first = section->end;
}
