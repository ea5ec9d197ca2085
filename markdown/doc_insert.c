#include "markdown/doc_edit.h"
#include "markdown/doc_pen.h"

enum { SAMPLE_FILES = 60, SAMPLE_DOCS = 100, SHORTEST_SAMPLE = 80 /* bytes of a docstring with sections */ };

/* --- style ------------------------------------------------------------------------------------------- */

typedef struct {
    uint32_t counts[STYLE_EPYTEXT + 1];
    uint32_t typed[STYLE_EPYTEXT + 1], bare[STYLE_EPYTEXT + 1]; /* parameters with and without a type */
    uint32_t left;                                              /* docstrings to look at */
} Styles;

/* Whether types have fields of their own (":type x: int"), which a skeleton would double. */
static bool has_type_fields(const DocModel *model) {
    for (uint32_t i = 0; i < model->lines.len; i++) {
        Str line = doc_line(&model->lines, i)->text;
        if (str_starts_with(line, STR(":type ")) || str_starts_with(line, STR("@type "))) return true;
    }
    return false;
}

static void count_types(Styles *self, const DocModel *model) {
    if (has_type_fields(model)) return;
    for (uint32_t i = 0; i < model->sections.len; i++) {
        const DocSection *section = &model->sections.items[i];
        if (section->kind != DOC_PARAMETERS) continue;
        for (uint32_t k = 0; k < section->item_count; k++) {
            bool typed = model->items.items[section->first_item + k].type.len > 0;
            *(typed ? &self->typed[model->style] : &self->bare[model->style]) += 1;
        }
    }
}

static void count_styles(Styles *self, const Facts *facts) {
    for (uint32_t s = 0; s < facts->tree_count && self->left; s++) {
        Str doc = facts_text(facts, facts->symbols.items[s].doc);
        if (doc.len < SHORTEST_SAMPLE) continue;
        DocModel model;
        docmodel_read(&model, doc);
        self->counts[model.style]++;
        count_types(self, &model);
        self->left--;
        docmodel_release(&model);
    }
}

/* STYLE_PLAIN when none has a style. */
static DocStyle majority(const Styles *self) {
    DocStyle best = STYLE_PLAIN;
    for (DocStyle style = STYLE_GOOGLE; style <= STYLE_EPYTEXT; style++) {
        if (self->counts[style] > (best == STYLE_PLAIN ? 0 : self->counts[best])) best = style;
    }
    return best;
}

static DocHabit habit_of(const Styles *self) {
    DocStyle style = majority(self);
    bool told = self->typed[style] + self->bare[style] > 0;
    return (DocHabit){style, told ? self->typed[style] > self->bare[style] : style == STYLE_NUMPY};
}

DocHabit doc_edit_habit(const Index *index, FileId file) {
    Styles own = {.left = SAMPLE_DOCS}, all = {.left = SAMPLE_DOCS};
    count_styles(&own, index_facts(index, file));
    DocHabit habit = habit_of(&own);
    uint32_t files = 0;
    if (habit.style != STYLE_PLAIN) return habit;
    for (FileId f = 0; f < index_file_end(index) && files < SAMPLE_FILES; f++) {
        if (!index_is_own(index, f) || !index_facts(index, f)) continue;
        count_styles(&all, index_facts(index, f));
        files++;
    }
    habit = habit_of(&all);
    return habit.style == STYLE_PLAIN ? (DocHabit){STYLE_GOOGLE, false} : habit;
}

/* --- where ------------------------------------------------------------------------------------------- */

/* Where a docstring goes, and what has to stand around it. */
typedef struct {
    Range range;
    Str indent;                /* of the header */
    bool inner;                /* one level further in */
    bool before, after, blank; /* a line end before it, behind it; a blank line too */
    bool replaces;             /* an empty docstring, behind its indentation */
} Slot;

/* Behind the comments at the top, if any: a shebang, an encoding, a licence. */
static Slot module_slot(Str text) {
    uint32_t at = 0;
    while (at < text.len && text.data[at] == '#') at = doc_place_next_line(text, at);
    bool open = at > 0 && text.data[at - 1] != '\n' && text.data[at - 1] != '\r';
    bool blank = at < text.len && text.data[at] != '\n' && text.data[at] != '\r';
    return (Slot){.range = {at, at}, .before = open, .after = true, .blank = blank};
}

static Slot body_slot(Str text, uint32_t name, uint32_t header, uint32_t body) {
    Slot slot = {.indent = doc_layout_indent(text, name), .inner = true};
    uint32_t line_end = doc_place_line_end(text, header), next = doc_place_next_line(text, header);
    Str inner = doc_layout_indent(text, body);
    if (body < line_end) { /* "def f(): return 1" */
        slot.range = (Range){header, body};
        slot.before = slot.after = true;
        return slot;
    }
    if (body < text.len && inner.len > slot.indent.len) {
        slot.indent = inner;
        slot.inner = false;
    }
    slot.before = next == line_end; /* the text ends here */
    slot.after = !slot.before;
    slot.range = (Range){next, next};
    return slot;
}

/* A docstring without text is no docstring, but the place of one; false when there is another. */
static bool empty_slot(const Facts *facts, uint32_t symbol, Str text, Slot *out) {
    DocPlace place;
    if (!doc_place_find(facts, symbol, text, &place)) return false;
    Str said = str_slice(text, place.value.start, place.value.end);
    Str indent = doc_layout_indent(text, place.literal.start);
    bool alone = indent.data + indent.len == text.data + place.literal.start;
    *out = (Slot){.range = place.literal, .indent = indent, .replaces = true};
    return alone && str_trim(said).len == 0;
}

static bool find_slot(const Facts *facts, uint32_t symbol, Str text, Slot *out) {
    uint32_t header, body;
    if (facts->symbols.items[symbol].flags & SYMBOL_HAS_DOC) return empty_slot(facts, symbol, text, out);
    if (!doc_place_body(facts, symbol, text, &header, &body)) return false;
    uint32_t name = facts->symbols.items[symbol].name_start;
    *out = symbol ? body_slot(text, name, header, body) : module_slot(text);
    return true;
}

/* --- the docstring ----------------------------------------------------------------------------------- */

/* Whether it takes more than one line. */
static bool write_sections(DocPen *pen, uint32_t symbol, Str text) {
    uint8_t kind = pen->facts->symbols.items[symbol].kind;
    size_t before = pen->out->len;
    if (kind == SYMBOL_CLASS) doc_pen_attributes(pen, symbol);
    if (kind == SYMBOL_FUNCTION || kind == SYMBOL_METHOD) {
        doc_pen_params(pen, symbol);
        doc_pen_returns(pen, symbol);
        doc_pen_raises(pen, symbol, text);
    }
    return pen->out->len > before;
}

static void write_docstring(DocPen *pen, uint32_t symbol, Str text) {
    DocPen probe = *pen;
    StrBuf sections;
    buf_init(&sections);
    probe.out = &sections;
    probe.stops = 1;
    bool several = write_sections(&probe, symbol, text);
    buf_append(pen->out, pen->layout.quotes);
    if (several && pen->layout.below) doc_pen_line(pen, 0);
    doc_pen_to_do(pen);
    buf_append(pen->out, buf_str(&sections));
    if (several) doc_pen_line(pen, 0);
    buf_append(pen->out, pen->layout.quotes);
    buf_release(&sections);
}

bool doc_edit_insert(const Facts *facts, uint32_t symbol, Str text, DocHabit habit, bool snippet,
                     DocEdit *out) {
    *out = (DocEdit){0};
    buf_init(&out->text);
    Slot slot;
    if (symbol >= facts->tree_count || facts->lines.len != text.len) return false;
    if (!find_slot(facts, symbol, text, &slot)) return false;
    DocPen pen = {.out = &out->text, .facts = facts, .style = habit.style};
    pen.types = habit.types ? TYPES_INSIDE : TYPES_NONE;
    pen.depth = habit.style == STYLE_GOOGLE;
    out->range = slot.range;
    out->snippet = pen.snippet = snippet && !slot.before && !slot.replaces;
    StrBuf indent;
    buf_init(&indent);
    doc_layout_read(&pen.layout, facts, text);
    buf_append(&indent, slot.indent);
    if (slot.inner) buf_append(&indent, pen.layout.unit);
    pen.indent = buf_str(&indent);
    if (slot.before) buf_append(pen.out, pen.layout.line_end);
    if (!slot.replaces) buf_append(pen.out, pen.indent);
    write_docstring(&pen, symbol, text);
    if (slot.after) buf_append(pen.out, pen.layout.line_end);
    if (slot.blank) buf_append(pen.out, pen.layout.line_end);
    if (slot.before && slot.after && symbol) buf_append(pen.out, pen.indent);
    buf_release(&indent);
    return true;
}

void doc_edit_release(DocEdit *self) { buf_release(&self->text); }
