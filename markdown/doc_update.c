#include "markdown/card_docs.h"
#include "markdown/check_parts.h"
#include "markdown/doc_edit.h"
#include "markdown/doc_items.h"
#include "markdown/doc_pen.h"
#include "markdown/docstring.h"

enum {
    UNKNOWN = -1,
    MOST_PASSAGES = 1000 /* of one section; larger ones are left alone */
};

/* What a docstring says about one parameter, or a few: lines that move as one. */
typedef struct {
    uint32_t first, end; /* lines */
    int32_t key;         /* place in the signature; of others, that of the passage before */
    bool named;          /* it says more than a type */
    bool gone;           /* its parameters are not in the signature */
    Range split;         /* of several names, of which some are not: in the value; else empty */
    uint32_t mark_at;    /* where "removed" goes, when it is gone: an offset into the value */
    const char *mark;
} Passage;

typedef struct {
    const Facts *facts;
    uint32_t symbol, function;
    Str text, value; /* of the file; between the quotes */
    DocPlace place;
    DocModel model;
    Ranges lines;            /* of the value, without line ends */
    Array(Passage) passages; /* of the section being written */
    DocPen pen;
    int32_t next; /* the first parameter that may still have to be written */
    bool spaced;  /* blank lines stand between items */
    bool changed;
    Range range; /* of the text, that the edit replaces */
} Update;

/* --- lines ------------------------------------------------------------------------------------------- */

static void read_lines(Update *self) {
    Str rest = self->value, line;
    while (str_next_line(&rest, &line)) {
        if (str_ends_with(line, STR("\r"))) line.len--;
        uint32_t start = (uint32_t)(line.data - self->value.data);
        ARRAY_PUSH(&self->lines, ((Range){start, start + (uint32_t)line.len}));
    }
}

static uint32_t line_start(const Update *self, uint32_t line) { return self->lines.items[line].start; }
static uint32_t passage_end(const Update *self, const Passage *passage) {
    return self->lines.items[passage->end - 1].end;
}

/* --- passages ------------------------------------------------------------------------------------------ */

/* The least place in the signature of some names; UNKNOWN when it has none of them. */
static int32_t place_of(const Update *self, Str names) {
    const Param *params = self->facts->params.items;
    int32_t best = UNKNOWN;
    Str name;
    uint32_t stars;
    while (doc_next_name(&names, &name, &stars)) {
        const Param *param = docstring_find_param(self->facts, self->function, name);
        if (!param) continue;
        int32_t at =
            (int32_t)(param - params) - (int32_t)self->facts->symbols.items[self->function].params.first;
        if (best == UNKNOWN || at < best) best = at;
    }
    return best;
}

/* Whether a name of several, with the marks around it, is in the signature. */
static bool is_known(const Update *self, Str piece) {
    Str name;
    uint32_t stars;
    return doc_next_name(&piece, &name, &stars) && docstring_find_param(self->facts, self->function, name);
}

/* Whether some of the names are in the signature, and some are not. */
static bool are_mixed(const Update *self, Str names) {
    bool known = false, gone = false;
    Str piece;
    if (str_find_byte(names, '/') != STR_NPOS) return false;
    while (str_next_piece(&names, ',', &piece)) {
        bool is = is_known(self, piece);
        known |= is;
        gone |= !is;
    }
    return known && gone;
}

static bool are_names(Str names) {
    Str name;
    uint32_t stars, count = 0;
    for (; doc_next_name(&names, &name, &stars); count++) {
        if (!check_is_name(name)) return false;
    }
    return count > 0;
}

/* Where and how an item is marked: before its text, else at the end of its head. */
static void find_mark(const Update *self, const DocItem *item, Passage *passage) {
    Str text = item->text;
    if (text.len && text.data >= self->value.data && text.data < self->value.data + self->value.len) {
        passage->mark_at = (uint32_t)(text.data - self->value.data);
        passage->mark = "(removed) ";
        return;
    }
    uint32_t last = item->first > item->line ? item->first - 1 : item->line;
    Str head = doc_line(&self->model.lines, last)->text;
    passage->mark_at = (uint32_t)(head.data + head.len - self->value.data);
    passage->mark = str_ends_with(head, STR(":")) ? " (removed)"
                    : item->type.len              ? ", removed"
                                                  : " : removed";
}

static void push_passage(Update *self, Passage passage, Str names, const DocItem *item) {
    int32_t key = place_of(self, names);
    passage.key = key != UNKNOWN ? key : self->passages.len ? ARRAY_LAST(&self->passages)->key : UNKNOWN;
    bool judged = passage.named && item && are_names(names) && !check_is_removed(item) &&
                  !check_takes_anything(self->facts, self->function);
    bool inside = names.data >= self->value.data && names.data < self->value.data + self->value.len;
    passage.gone = judged && key == UNKNOWN;
    if (judged && inside && are_mixed(self, names)) {
        uint32_t start = (uint32_t)(names.data - self->value.data);
        passage.split = (Range){start, start + (uint32_t)names.len};
    }
    if (passage.gone || passage.split.end) find_mark(self, item, &passage);
    self->changed |= passage.gone || passage.split.end;
    ARRAY_PUSH(&self->passages, passage);
}

static const DocItem *item_at(const Update *self, const DocSection *section, uint32_t line) {
    for (uint32_t i = 0; i < section->item_count; i++) {
        const DocItem *item = &self->model.items.items[section->first_item + i];
        if (item->line == line) return item;
    }
    return NULL;
}

/* A field list: what its fields say of parameters. */
static void read_fields(Update *self, const DocSection *section, uint32_t i) {
    const DocLines *lines = &self->model.lines;
    Str name, args, text;
    self->pen.style = doc_line(lines, i)->text.data[0] == '@' ? STYLE_EPYTEXT : STYLE_SPHINX;
    while (i < lines->len && self->passages.len <= MOST_PASSAGES &&
           doc_field_at(lines, i, &name, &args, &text)) {
        uint32_t end = doc_field_end(lines, i, lines->len);
        const DocField *field = doc_find_field(name);
        bool named = field && field->form == FIELD_NAMED;
        const DocItem *item = named ? item_at(self, section, i) : NULL;
        if (field && field->kind == DOC_PARAMETERS && field->form <= FIELD_TYPE && args.len) {
            if (named && !self->pen.keyword.len) self->pen.keyword = name;
            if (!named) self->pen.types = TYPES_APART;
            if (named && self->pen.types == TYPES_NONE && str_find_byte(args, ' ') != STR_NPOS)
                self->pen.types = TYPES_INSIDE;
            Str names = named && item ? item->name : args;
            push_passage(self, (Passage){.first = i, .end = end, .named = named}, names, item);
        }
        i = end;
        uint32_t next = doc_skip_blank(lines, i, lines->len);
        if (next < lines->len && doc_field_at(lines, next, &name, &args, &text)) i = next;
    }
}

static void read_items(Update *self, const DocSection *section) {
    self->pen.style = self->model.style == STYLE_NUMPY ? STYLE_NUMPY : STYLE_GOOGLE;
    for (uint32_t i = 0; i < section->item_count; i++) {
        const DocItem *item = &self->model.items.items[section->first_item + i];
        uint32_t end = item->end > item->line ? item->end : item->line + 1;
        if (item->type.len && !check_is_removed(item)) self->pen.types = TYPES_INSIDE;
        push_passage(self, (Passage){.first = item->line, .end = end, .named = true}, item->name, item);
    }
}

/* Reads the section's passages; false when it has none that could be moved as lines. */
static bool read_passages(Update *self, const DocSection *section) {
    self->passages.len = 0;
    uint32_t first = UINT32_MAX;
    for (uint32_t i = 0; i < section->item_count; i++) {
        uint32_t line = self->model.items.items[section->first_item + i].line;
        if (line < first) first = line;
    }
    if (first == UINT32_MAX || section->item_count > MOST_PASSAGES) return false;
    char c = doc_line(&self->model.lines, first)->text.data[0];
    Str name, args, text;
    if ((c == ':' || c == '@') && doc_field_at(&self->model.lines, first, &name, &args, &text))
        read_fields(self, section, first);
    else
        read_items(self, section);
    for (uint32_t b = 1; b < self->passages.len; b++) {
        if (self->passages.items[b].first < self->passages.items[b - 1].end) return false;
    }
    return self->passages.len > 0 && self->passages.len <= MOST_PASSAGES && self->passages.items[0].first > 0;
}

/* --- order ------------------------------------------------------------------------------------------- */

static bool is_in_order(const Update *self) {
    int32_t last = UNKNOWN;
    for (uint32_t b = 0; b < self->passages.len; b++) {
        const Passage *passage = &self->passages.items[b];
        if (!passage->named) continue;
        if (passage->key < last) return false;
        last = passage->key;
    }
    return true;
}

/* What moves to the end of the docstring must not run into its quotes. */
static bool may_end(const Update *self, const Passage *passage) {
    uint32_t end = passage_end(self, passage);
    return end == 0 || !strchr("\"'\\", self->value.data[end - 1]);
}

/* Sorts by place, keeping the order of equals. `order` are numbers of passages. */
static void sort_passages(const Update *self, uint32_t *order) {
    uint32_t count = self->passages.len;
    for (uint32_t i = 0; i < count; i++) order[i] = i;
    if (is_in_order(self)) return;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t moved = order[i], k = i;
        for (; k > 0 && self->passages.items[order[k - 1]].key > self->passages.items[moved].key; k--)
            order[k] = order[k - 1];
        order[k] = moved;
    }
    const Passage *last = &self->passages.items[order[count - 1]];
    bool at_quotes = passage_end(self, &self->passages.items[count - 1]) == self->value.len;
    if (at_quotes && !may_end(self, last)) {
        for (uint32_t i = 0; i < count; i++) order[i] = i;
    }
}

/* --- writing ----------------------------------------------------------------------------------------- */

static void write_names(Update *self, Str names, bool known) {
    Str piece, separator = STR("");
    while (str_next_piece(&names, ',', &piece)) {
        if (is_known(self, piece) != known) continue;
        buf_append(self->pen.out, separator);
        buf_append(self->pen.out, str_trim(piece));
        separator = STR(", ");
    }
}

/* One half of a passage that is split: what is said of the names that are known, or, marked, of the others.
 */
static void write_half(Update *self, const Passage *passage, bool known) {
    uint32_t start = line_start(self, passage->first), end = passage_end(self, passage);
    uint32_t mark = known ? end : passage->mark_at;
    buf_append(self->pen.out, str_slice(self->value, start, passage->split.start));
    write_names(self, str_slice(self->value, passage->split.start, passage->split.end), known);
    buf_append(self->pen.out, str_slice(self->value, passage->split.end, mark));
    if (!known) buf_append(self->pen.out, str_of(passage->mark));
    buf_append(self->pen.out, str_slice(self->value, mark, end));
}

static void write_passage(Update *self, const Passage *passage) {
    uint32_t start = line_start(self, passage->first), end = passage_end(self, passage);
    uint32_t mark = passage->gone ? passage->mark_at : end;
    if (passage->split.end) {
        write_half(self, passage, true);
        buf_append(self->pen.out, self->pen.layout.line_end);
        write_half(self, passage, false);
        return;
    }
    buf_append(self->pen.out, str_slice(self->value, start, mark));
    if (passage->gone) buf_append(self->pen.out, str_of(passage->mark));
    buf_append(self->pen.out, str_slice(self->value, mark, end));
}

/* Parameters of the signature that no section names, from the next one on up to a place. Each begins with a
 * line end; a blank line stands between items where others have one. */
static void write_missing(Update *self, int32_t before) {
    Slice params = self->facts->symbols.items[self->function].params;
    for (; self->next < before && self->next < (int32_t)params.count; self->next++) {
        const Param *param = &self->facts->params.items[params.first + (uint32_t)self->next];
        if (!check_wants_param(self->facts, self->function, (uint32_t)self->next) ||
            check_names_param(&self->model, facts_name(self->facts, param->name)))
            continue;
        if (self->spaced) buf_append(self->pen.out, self->pen.layout.line_end);
        doc_pen_param(&self->pen, param);
        self->changed = true;
    }
}

/* The same before the first item: what is written so far ends with a line end, which goes behind them. */
static void write_missing_first(Update *self, int32_t before) {
    StrBuf *out = self->pen.out;
    bool crlf = str_ends_with(buf_str(out), STR("\r\n")), spaced = self->spaced;
    buf_truncate(out, out->len - (crlf ? 2 : 1));
    size_t head = out->len;
    self->spaced = false;
    write_missing(self, before);
    self->spaced = spaced;
    if (spaced && out->len > head) buf_append(out, self->pen.layout.line_end);
    buf_append(out, crlf ? STR("\r\n") : STR("\n"));
}

/* The place of what follows the passage `b` of the order. */
static int32_t next_place(const Update *self, const uint32_t *order, uint32_t b) {
    return b + 1 < self->passages.len ? self->passages.items[order[b + 1]].key : INT32_MAX;
}

/* Writes the passages in order into the places where passages stand, and between them what is missing there.
 * Returns the end of what is written, in the value. */
static uint32_t write_passages(Update *self, bool first_section, uint32_t from) {
    uint32_t count = self->passages.len, *order = mem_calloc(count, sizeof *order), end = from;
    const Passage *passages = self->passages.items;
    self->spaced = count > 1 && passages[1].first > passages[0].end;
    sort_passages(self, order);
    for (uint32_t b = 0; b < count; b++) {
        const Passage *passage = &passages[order[b]];
        buf_append(self->pen.out, str_slice(self->value, end, line_start(self, passages[b].first)));
        if (first_section && b == 0) write_missing_first(self, passage->key);
        write_passage(self, passage);
        end = passage_end(self, &passages[b]);
        self->changed |= order[b] != b;
        int32_t next = next_place(self, order, b);
        if (first_section && next > passage->key) write_missing(self, next);
    }
    mem_free(order);
    return end;
}

static void set_indent(Update *self) {
    uint32_t first = self->passages.items[0].first;
    Range line = self->lines.items[first];
    Str text = doc_line(&self->model.lines, first)->text;
    self->pen.indent = str_slice(self->value, line.start, (size_t)(text.data - self->value.data));
}

static uint32_t update_sections(Update *self, bool *any) {
    uint32_t end = 0;
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        if (section->kind != DOC_PARAMETERS || !read_passages(self, section)) continue;
        if (line_start(self, self->passages.items[0].first) < end) continue;
        set_indent(self);
        end = write_passages(self, !*any, end);
        *any = true;
    }
    return end;
}

/* --- a section anew ---------------------------------------------------------------------------------- */

static bool has_parameters(const DocModel *model) {
    for (uint32_t i = 0; i < model->sections.len; i++) {
        if (model->sections.items[i].kind == DOC_PARAMETERS) return true;
    }
    return false;
}

static bool wants_parameters(const Update *self) {
    Slice params = self->facts->symbols.items[self->function].params;
    for (uint32_t i = 0; i < params.count; i++) {
        if (check_wants_param(self->facts, self->function, i)) return true;
    }
    return false;
}

/* Where a section of parameters goes: before what else has a title, else at the end. */
static uint32_t section_place(const Update *self) {
    for (uint32_t i = 0; i < self->model.sections.len; i++) {
        const DocSection *section = &self->model.sections.items[i];
        uint32_t line = section->kind == DOC_TEXT ? UINT32_MAX : docmodel_title_line(&self->model, section);
        if (line != UINT32_MAX && line > 0) return line_start(self, line);
    }
    return (uint32_t)self->value.len;
}

/* Puts in a parameter section; returns the end of what is written. */
static uint32_t insert_section(Update *self, DocHabit habit) {
    DocPen *pen = &self->pen;
    uint32_t at = section_place(self);
    Str said = str_trim_end(str_slice(self->value, 0, at)), rest = str_from(self->value, at);
    bool own = self->model.style != STYLE_PLAIN && self->model.style != habit.style;
    pen->style = own ? self->model.style : habit.style;
    pen->types = (own ? pen->style == STYLE_NUMPY : habit.types) ? TYPES_INSIDE : TYPES_NONE;
    pen->depth = pen->style == STYLE_GOOGLE;
    buf_append(pen->out, said);
    doc_pen_params(pen, self->function);
    self->changed = true;
    bool fields = pen->style == STYLE_SPHINX || pen->style == STYLE_EPYTEXT;
    if (rest.len && !fields) buf_append(pen->out, pen->layout.line_end);
    if (rest.len)
        buf_append(pen->out, pen->layout.line_end);
    else
        doc_pen_line(pen, 0);
    return at;
}

/* --- the edit ---------------------------------------------------------------------------------------- */

/* Whether lines are joined by backslashes behind the first: what looks like a line's indentation is text. */
static bool joins_lines(const DocModel *model) {
    for (uint32_t i = 1; i < model->lines.len; i++) {
        if (str_ends_with(doc_line(&model->lines, i)->text, STR("\\"))) return true;
    }
    return false;
}

static bool stands_alone(Str text, uint32_t start) {
    return doc_layout_indent(text, start).data + doc_layout_indent(text, start).len == text.data + start;
}

/* What is written around a docstring that gets a section: where its value alone is replaced, nothing. */
typedef struct {
    Str line_end, indent; /* in front of a docstring that stood on the line of the header */
    Str prefix, quotes;
} Wrapping;

/* A docstring on the line of its header moves to a line of its own, and one between single quotes gets triple
 * ones. False where something stands behind it, or the quotes in it. */
static bool find_wrapping(Update *self, Str indent, Wrapping *out) {
    Range literal = self->place.literal, value = self->place.value;
    bool alone = stands_alone(self->text, literal.start), triple = self->place.quotes == 3;
    uint32_t header, body, line_end = doc_place_line_end(self->text, literal.end);
    *out = (Wrapping){0};
    self->range = value;
    if (alone && triple) return true;
    out->quotes = triple ? str_slice(self->text, value.end, literal.end) : self->pen.layout.quotes;
    out->prefix = str_slice(self->text, literal.start, value.start - self->place.quotes);
    self->range = literal;
    if (!triple && str_find(self->value, out->quotes) != STR_NPOS) return false;
    if (alone) return true;
    out->line_end = self->pen.layout.line_end;
    out->indent = indent;
    bool fits = doc_place_body(self->facts, self->symbol, self->text, &header, &body);
    self->range.start = header;
    return fits && str_trim(str_slice(self->text, literal.end, line_end)).len == 0;
}

static void write_new_section(Update *self, DocHabit habit) {
    Wrapping around;
    StrBuf indent;
    buf_init(&indent);
    buf_append(&indent, doc_layout_indent(self->text, self->place.literal.start));
    if (!stands_alone(self->text, self->place.literal.start)) buf_append(&indent, self->pen.layout.unit);
    self->pen.indent = buf_str(&indent);
    if (str_trim(self->value).len && find_wrapping(self, buf_str(&indent), &around)) {
        Str before[] = {around.line_end, around.indent, around.prefix, around.quotes};
        for (size_t i = 0; i < 4; i++) buf_append(self->pen.out, before[i]);
        uint32_t end = insert_section(self, habit);
        buf_append(self->pen.out, str_from(self->value, end));
        buf_append(self->pen.out, around.quotes);
    }
    buf_release(&indent);
}

static void write_value(Update *self, DocHabit habit) {
    bool any = false;
    uint32_t end = update_sections(self, &any);
    if (!any && !has_parameters(&self->model) && wants_parameters(self))
        write_new_section(self, habit);
    else
        buf_append(self->pen.out, str_from(self->value, end));
}

static void run(Update *self, DocHabit habit) {
    docmodel_read_source(&self->model, self->value);
    read_lines(self);
    doc_layout_read(&self->pen.layout, self->facts, self->text);
    if (!joins_lines(&self->model)) write_value(self, habit);
    ARRAY_FREE(&self->lines);
    ARRAY_FREE(&self->passages);
    docmodel_release(&self->model);
}

bool doc_edit_update(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, DocEdit *out) {
    *out = (DocEdit){0};
    buf_init(&out->text);
    Update self = {.facts = facts, .text = text};
    if (facts->lines.len != text.len || !doc_place_find(facts, symbol, text, &self.place)) return false;
    self.function = card_signature_of(facts, symbol);
    if (self.function == NONE || facts->symbols.items[self.function].params.count > CHECK_PARAMS)
        return false;
    self.value = str_slice(text, self.place.value.start, self.place.value.end);
    self.pen = (DocPen){.out = &out->text, .facts = facts};
    self.symbol = symbol;
    self.range = self.place.value;
    run(&self, habit);
    out->range = self.range;
    return self.changed;
}
