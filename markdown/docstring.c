#include "markdown/docstring.h"

#include "markdown/doc_blocks.h"

enum { MOST_PARAMS = 256 /* of a signature that are compared with the docstring */ };

typedef struct {
    DocBlocks blocks;
    const DocModel *model;
    const DocSubject *subject;
    bool seen[MOST_PARAMS]; /* parameters of the signature that the docstring mentions */
} Reader;

static Writer *out_of(Reader *self) { return self->blocks.out; }

static Slice params_of(const DocSubject *subject) {
    return subject->facts && subject->function != NONE
               ? subject->facts->symbols.items[subject->function].params
               : (Slice){0};
}

const Param *docstring_find_param(const Facts *facts, uint32_t function, Str name) {
    Slice params = facts->symbols.items[function].params;
    for (uint32_t i = 0; i < params.count && i < MOST_PARAMS; i++) {
        const Param *param = &facts->params.items[params.first + i];
        if (str_eq(facts_name(facts, param->name), name)) return param;
    }
    return NULL;
}

/* The parameter that takes all other keywords, or NULL. */
static const Param *keywords_param(const DocSubject *subject) {
    Slice params = params_of(subject);
    for (uint32_t i = 0; i < params.count; i++) {
        const Param *param = &subject->facts->params.items[params.first + i];
        if (param->kind == PARAM_KWARGS) return param;
    }
    return NULL;
}

/* --- items ------------------------------------------------------------------------------------------- */

/* An expression, not a description: nothing but a name and what stands in brackets. */
static bool is_code_type(Str type) {
    int depth = 0;
    for (size_t i = 0; i < type.len; i++) {
        char c = type.data[i];
        bool epytext = c == '{' && i && strchr("CBILMUX", type.data[i - 1]);
        if (c == '`' || epytext) return false;
        if (strchr("([{", c)) depth++;
        if (strchr(")]}", c)) depth--;
        bool bar = (i && type.data[i - 1] == '|') || (i + 1 < type.len && type.data[i + 1] == '|');
        if (depth == 0 && !doc_is_name(c) && !strchr(".|)]}'\"*", c) && !(c == ' ' && bar)) return false;
    }
    return depth == 0;
}

static void write_starred(Reader *self, uint32_t stars, Str name) {
    StrBuf shown;
    buf_init(&shown);
    buf_append_repeated(&shown, '*', stars);
    buf_append(&shown, name);
    writer_code(out_of(self), buf_str(&shown));
    buf_release(&shown);
}

/* "a, *b" with each name as strong code. */
static void write_names(Reader *self, Str names, bool strong) {
    Str name;
    uint32_t stars;
    bool first = true;
    while (doc_next_name(&names, &name, &stars)) {
        if (!first) writer_text(out_of(self), STR(", "));
        if (strong) writer_strong(out_of(self), true);
        if (doc_is_dotted_name(name) && !stars)
            markup_write_name(out_of(self), name, strong ? NULL : self->blocks.names);
        else
            write_starred(self, stars, name);
        if (strong) writer_strong(out_of(self), false);
        first = false;
    }
}

/* What the item's names mean in the signature; NULL unless it is one name. */
static const Param *note_params(Reader *self, Str names, bool *missing) {
    const Param *found = NULL;
    uint32_t count = 0, stars;
    Str name;
    Slice params = params_of(self->subject);
    if (self->subject->function == NONE) return NULL;
    while (doc_next_name(&names, &name, &stars)) {
        found = docstring_find_param(self->subject->facts, self->subject->function, name);
        *missing |= !found;
        if (found) self->seen[found - (self->subject->facts->params.items + params.first)] = true;
        count++;
    }
    return count == 1 ? found : NULL;
}

/* Opens the list in parentheses, or goes on with it. */
static void next_detail(Reader *self, bool *any) {
    writer_text(out_of(self), *any ? STR(", ") : STR(" ("));
    *any = true;
}

static void write_type(Reader *self, Str type) {
    if (is_code_type(type))
        markup_write_name(out_of(self), type, self->blocks.names);
    else
        markup_write_names(out_of(self), type, self->blocks.names);
}

static Str without_quotes(Str value) {
    while (value.len && strchr("`\"'", value.data[0])) value = str_from(value, 1);
    while (value.len && strchr("`\"'.", value.data[value.len - 1])) value.len--;
    return value;
}

/* The default by the signature; what the docstring says stands behind it where it is another. */
static void write_default(Reader *self, const DocItem *item, const Param *param, bool *any) {
    const Facts *facts = self->subject->facts;
    Str real = param && param->has_value ? facts_text(facts, param->value) : STR_NONE, said = item->value;
    if (real.len == 0 && said.len == 0) return;
    bool said_in_type = said.len == 0 && str_find(item->type, STR("default")) != STR_NPOS;
    if (said_in_type) return;
    next_detail(self, any);
    writer_text(out_of(self), STR("default "));
    bool same = real.len == 0 || said.len == 0 || str_eq(without_quotes(real), without_quotes(said));
    Str shown = real.len ? real : said;
    if (shown.data[0] == '`')
        markup_write_names(out_of(self), shown, self->blocks.names);
    else
        writer_code(out_of(self), shown);
    if (same) return;
    next_detail(self, any);
    writer_text(out_of(self), STR("documented as "));
    markup_write_names(out_of(self), said, self->blocks.names);
}

static Str annotation_of(const DocSubject *subject, const Param *param) {
    const Param *typed = NULL;
    if (param->type.len == 0 && subject->typed_function != NONE)
        typed = docstring_find_param(subject->typed, subject->typed_function,
                                     facts_name(subject->facts, param->name));
    return typed ? facts_text(subject->typed, typed->type) : facts_text(subject->facts, param->type);
}

/* " (`int`, optional, default `3`)" */
static void write_details(Reader *self, const DocItem *item, const Param *param, bool missing) {
    bool any = false;
    Str type = item->name.len ? item->type : STR_NONE; /* without a name it stands in front */
    if (item->name.len && type.len == 0 && param) type = annotation_of(self->subject, param);
    if (type.len) {
        next_detail(self, &any);
        write_type(self, type);
    }
    if (item->optional) {
        next_detail(self, &any);
        writer_text(out_of(self), STR("optional"));
    }
    write_default(self, item, param, &any);
    if (missing) {
        next_detail(self, &any);
        const Param *keywords = keywords_param(self->subject);
        writer_text(out_of(self), keywords ? STR("by ") : STR("not in the signature"));
        if (keywords) write_starred(self, 2, facts_name(self->subject->facts, keywords->name));
    }
    if (any) writer_text(out_of(self), STR(")"));
}

/* Names in code are strong; what only refers to something else (See Also), or has markup, stands as it is. */
static void write_item_name(Reader *self, DocKind kind, const DocItem *item) {
    bool role = str_find_byte(item->name, '`') != STR_NPOS && str_find_byte(item->name, ':') != STR_NPOS;
    if (role || kind == DOC_OTHER)
        markup_write_names(out_of(self), item->name, self->blocks.names);
    else if (kind == DOC_SEE_ALSO || kind == DOC_RAISES || kind == DOC_WARNS || kind == DOC_METHODS)
        write_names(self, item->name, false);
    else
        write_names(self, item->name, true);
}

static void write_item_head(Reader *self, DocKind kind, const DocItem *item) {
    bool missing = false;
    const Param *param = kind == DOC_PARAMETERS ? note_params(self, item->name, &missing) : NULL;
    if (item->name.len)
        write_item_name(self, kind, item);
    else if (item->type.len)
        write_type(self, item->type);
    write_details(self, item, param, missing);
}

static void write_item(Reader *self, DocKind kind, const DocItem *item) {
    writer_open(out_of(self), BLOCK_ITEM);
    write_item_head(self, kind, item);
    bool head = item->name.len || item->type.len;
    if (head && doc_blocks_begin_with_text(&self->blocks, item->text, item->first, item->end))
        writer_text(out_of(self), STR(" \xE2\x80\x93 "));
    doc_blocks_write_body(&self->blocks, item->text, item->first, item->end);
    writer_close(out_of(self));
}

/* An item that needs no name: its type and text as a paragraph, then the blocks below. */
static void write_bare_item(Reader *self, const DocItem *item) {
    uint32_t first = item->first;
    bool text = doc_blocks_begin_with_text(&self->blocks, item->text, item->first, item->end);
    if (item->type.len || text) {
        writer_open(out_of(self), BLOCK_PARAGRAPH);
        if (item->type.len) write_type(self, item->type);
        if (item->type.len && text) writer_text(out_of(self), STR(" \xE2\x80\x93 "));
        while (first < item->end && !doc_ends_paragraph(&self->model->lines, first, item->end)) first++;
        doc_blocks_write_text(&self->blocks, item->text, item->first, first);
        writer_close(out_of(self));
    }
    doc_blocks_write(&self->blocks, first, item->end);
}

/* --- sections ---------------------------------------------------------------------------------------- */

/* What the signature has and the docstring leaves out, receivers and bare stars aside. */
static void write_undocumented(Reader *self) {
    Slice params = params_of(self->subject);
    const Facts *facts = self->subject->facts;
    bool any = false;
    for (uint32_t i = 0; i < params.count && i < MOST_PARAMS; i++) {
        const Param *param = &facts->params.items[params.first + i];
        Str name = facts_name(facts, param->name);
        bool receiver = i == 0 && (str_eq(name, STR("self")) || str_eq(name, STR("cls")));
        if (self->seen[i] || receiver || (name.len && name.data[0] == '_')) continue;
        if (!any) writer_open(out_of(self), BLOCK_PARAGRAPH);
        writer_text(out_of(self), any ? STR(", ") : STR("Not documented: "));
        write_starred(self, param->kind == PARAM_ARGS ? 1 : param->kind == PARAM_KWARGS ? 2 : 0, name);
        any = true;
    }
    if (any) writer_close(out_of(self));
}

static void write_items(Reader *self, const DocSection *section) {
    const DocItem *items = self->model->items.items + section->first_item;
    bool bare = section->item_count == 1 && items[0].name.len == 0 && items[0].type.len == 0 &&
                items[0].value.len == 0 && !items[0].optional;
    if (bare) {
        write_bare_item(self, &items[0]);
        return;
    }
    writer_open(out_of(self), BLOCK_BULLETS);
    for (uint32_t i = 0; i < section->item_count; i++) write_item(self, section->kind, &items[i]);
    writer_close(out_of(self));
}

static void write_section(Reader *self, const DocSection *section) {
    if (section->title.len) doc_blocks_write_label(&self->blocks, section->title);
    self->blocks.examples = section->kind == DOC_EXAMPLES;
    if (section->item_count)
        write_items(self, section);
    else
        doc_blocks_write(&self->blocks, section->first, section->end);
}

/* The section behind which parameters that are missing are listed: the last with parameters. */
static uint32_t last_parameters(const DocModel *model) {
    for (uint32_t i = model->sections.len; i > 0; i--) {
        const DocSection *section = &model->sections.items[i - 1];
        if (section->kind == DOC_PARAMETERS && section->item_count) return i - 1;
    }
    return NONE;
}

void docstring_write_for(Writer *out, Str doc, const DocSubject *subject) {
    DocModel model;
    WebTargets targets = {0};
    docmodel_read(&model, doc);
    if (out->format == WRITER_MARKDOWN) web_targets_read(&targets, &model.lines);
    NameFinder names = subject->names ? *subject->names : (NameFinder){0};
    names.targets = &targets;
    Reader reader = {.blocks = {out, &model.lines, &names, false}, .model = &model, .subject = subject};
    uint32_t last = last_parameters(&model);
    for (uint32_t i = 0; i < model.sections.len; i++) {
        write_section(&reader, &model.sections.items[i]);
        if (i == last) write_undocumented(&reader);
    }
    ARRAY_FREE(&targets);
    docmodel_release(&model);
}

const DocItem *docstring_find_item(const DocModel *model, Str wanted) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        const DocSection *section = &model->sections.items[i];
        if (section->kind != DOC_PARAMETERS && section->kind != DOC_ATTRIBUTES) continue;
        for (uint32_t k = 0; k < section->item_count; k++) {
            Str names = model->items.items[section->first_item + k].name, name;
            uint32_t stars;
            while (doc_next_name(&names, &name, &stars)) {
                if (str_eq(name, wanted)) return &model->items.items[section->first_item + k];
            }
        }
    }
    return NULL;
}

bool docstring_write_param(Writer *out, Str doc, Str name, const NameFinder *names) {
    DocModel model;
    docmodel_read(&model, doc);
    DocSubject subject = {names, NULL, NONE, NULL, NONE};
    Reader reader = {.blocks = {out, &model.lines, names, false}, .model = &model, .subject = &subject};
    const DocItem *item = docstring_find_item(&model, name);
    if (item) write_bare_item(&reader, item);
    docmodel_release(&model);
    return item != NULL;
}

Str docstring_take_signature(Str *doc) {
    Str rest = *doc, line;
    while (str_next_line(&rest, &line) && str_trim(line).len) {
        if (!doc_is_signature(str_trim_end(line))) return STR_NONE;
    }
    Str signature = str_slice(*doc, 0, doc->len - rest.len);
    *doc = rest;
    return str_trim_end(signature);
}

/* --- the summary ------------------------------------------------------------------------------------- */

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

/* The first paragraph, or the title above it, on one line. */
static void append_first_text(const DocLines *lines, StrBuf *out) {
    uint32_t end = lines->len, i = doc_skip_blank(lines, 0, end), body;
    Str title;
    if (i < end && doc_title_at(lines, i, end, &title, &body) && doc_section_kind(title) == DOC_TEXT) {
        buf_append(out, title);
        return;
    }
    while (i < end && doc_is_underline(doc_line(lines, i)->text)) i++;
    for (size_t start = out->len; i < end && !doc_ends_paragraph(lines, i, end); i++) {
        if (out->len > start) buf_append_byte(out, ' ');
        buf_append(out, doc_line(lines, i)->text);
    }
}

void docstring_summary(Str doc, StrBuf *out) {
    DocLines lines = {0};
    size_t start = out->len;
    docstring_take_signature(&doc);
    doc_lines_read(&lines, doc);
    append_first_text(&lines, out);
    ARRAY_FREE(&lines);
    Str text = str_from(buf_str(out), start);
    for (size_t i = 0; i < text.len; i++) {
        if (ends_sentence(text, i)) {
            buf_truncate(out, start + i + 1);
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
