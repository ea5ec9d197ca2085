#include "markdown/docmodel.h"

#include "markdown/doc_items.h"

/* A section as its style writes it. */
typedef struct {
    DocKind kind;
    Str title;
    uint32_t body, end;
    bool numpy;
} Found;

typedef struct {
    DocModel *model;
    uint32_t end;
    uint32_t text;      /* lines from here on are not in a section yet */
    uint32_t styles[5]; /* sections of each DocStyle */
} Builder;

static const DocLines *lines_of(const Builder *self) { return &self->model->lines; }

/* What stood since the last section becomes one without a title. */
static void flush_text(Builder *self, uint32_t end) {
    uint32_t first = doc_skip_blank(lines_of(self), self->text, end);
    if (first < end) ARRAY_PUSH(&self->model->sections, ((DocSection){.first = first, .end = end}));
}

static bool is_section_at(const DocLines *lines, uint32_t i, uint32_t end) {
    Str title, args, text;
    uint32_t body;
    bool flat;
    return doc_title_at(lines, i, end, &title, &body) || doc_header_at(lines, i, end, &title, &flat) ||
           (doc_field_at(lines, i, &title, &args, &text) && doc_find_field(title));
}

/* Whether an item stands out of its section by a column. */
static bool is_slipped_item(const DocLines *lines, uint32_t i, uint32_t end, uint32_t indent) {
    const DocLine *line = doc_line(lines, i);
    return line->indent + 1 == indent && i + 1 < end && doc_line(lines, i + 1)->indent > indent &&
           doc_is_item_line(line->text) && !is_section_at(lines, i, end);
}

/* One past the section whose body begins at `i`: where the next one begins at its indentation, or the text
 * leaves it. */
static uint32_t section_end(const DocLines *lines, uint32_t i, uint32_t end, uint32_t indent) {
    while (i < end) {
        bool blank = doc_is_blank(lines, i);
        uint32_t own = doc_line(lines, i)->indent;
        bool out = own < indent && !is_slipped_item(lines, i, end, indent);
        if (!blank && (out || (own == indent && is_section_at(lines, i, end)))) break;
        uint32_t next = blank ? i + 1 : doc_skip_block(lines, i, end);
        i = next;
    }
    return i;
}

/* The items under a header that should have been indented: up to a blank line or the next section. */
static uint32_t flat_end(const DocLines *lines, uint32_t i, uint32_t end) {
    while (i < end && !doc_is_blank(lines, i) && !is_section_at(lines, i, end)) i++;
    return i;
}

static bool find_numpy(const DocLines *lines, uint32_t i, uint32_t end, Found *out) {
    if (!doc_title_at(lines, i, end, &out->title, &out->body)) return false;
    while (str_ends_with(out->title, STR(":")))
        out->title = str_trim_end(str_slice(out->title, 0, out->title.len - 1));
    out->kind = doc_section_kind(out->title);
    if (out->kind == DOC_TEXT) out->kind = DOC_OTHER;
    out->end = section_end(lines, out->body, end, doc_line(lines, i)->indent);
    out->numpy = true;
    return true;
}

/* One past the indented body of a Google section: another header on the way out ends it too, however it is
 * indented. */
static uint32_t body_end(const DocLines *lines, uint32_t i, uint32_t end, uint32_t indent) {
    uint32_t last = doc_deeper_end(lines, i, end, indent), first = doc_skip_blank(lines, i, last);
    uint32_t inside = first < last ? doc_line(lines, first)->indent : 0;
    for (uint32_t k = first; k < last; k++) {
        bool out = !doc_is_blank(lines, k) && doc_line(lines, k)->indent < inside;
        if (out && is_section_at(lines, k, end)) return k;
    }
    return last;
}

static bool find_google(const DocLines *lines, uint32_t i, uint32_t end, Found *out) {
    bool flat;
    if (!doc_header_at(lines, i, end, &out->title, &flat)) return false;
    out->kind = doc_section_kind(out->title);
    out->body = i + 1;
    out->end =
        flat ? flat_end(lines, out->body, end) : body_end(lines, out->body, end, doc_line(lines, i)->indent);
    out->numpy = false;
    return true;
}

/* Reads one section at `i`; returns where it ends, or `i`. */
static uint32_t read_titled(Builder *self, uint32_t i) {
    Found found;
    const DocLines *lines = lines_of(self);
    if (!find_numpy(lines, i, self->end, &found) && !find_google(lines, i, self->end, &found)) return i;
    flush_text(self, i);
    if (found.kind != DOC_OTHER) self->styles[found.numpy ? STYLE_NUMPY : STYLE_GOOGLE]++;
    DocSection section = {.kind = found.kind, .title = found.title, .first = found.body, .end = found.end};
    if (doc_kind_has_items(found.kind)) doc_items_read(self->model, &section, found.numpy);
    ARRAY_PUSH(&self->model->sections, section);
    return found.end;
}

/* ".. deprecated:: 1.2" and its kin are sections of their own. */
static uint32_t read_version(Builder *self, uint32_t i) {
    Str name, argument;
    const DocLine *line = doc_line(lines_of(self), i);
    if (!doc_directive(line->text, &name, &argument)) return i;
    DocKind kind = doc_find_directive(name)->kind;
    if (kind == DOC_TEXT) return i;
    flush_text(self, i);
    uint32_t end = doc_deeper_end(lines_of(self), i + 1, self->end, line->indent);
    ARRAY_PUSH(&self->model->sections, ((DocSection){.kind = kind, .first = i, .end = end}));
    return end;
}

static uint32_t read_fields(Builder *self, uint32_t i) {
    if (!doc_fields_begin(&self->model->lines, i, self->end)) return i;
    flush_text(self, i);
    DocStyle style = doc_line(lines_of(self), i)->text.data[0] == '@' ? STYLE_EPYTEXT : STYLE_SPHINX;
    self->styles[style]++;
    return doc_fields_read(self->model, i, self->end);
}

typedef uint32_t ReadSection(Builder *self, uint32_t i);
static ReadSection *const readers[] = {read_titled, read_version, read_fields};

static uint32_t read_section(Builder *self, uint32_t i) {
    uint32_t next = i;
    for (size_t r = 0; r < sizeof readers / sizeof *readers && next == i; r++) next = readers[r](self, i);
    if (next > i) self->text = next;
    return next;
}

static DocStyle main_style(const Builder *self) {
    DocStyle best = STYLE_PLAIN;
    for (uint32_t s = STYLE_GOOGLE; s <= STYLE_EPYTEXT; s++) {
        if (self->styles[s] > self->styles[best]) best = (DocStyle)s;
    }
    return best;
}

static void read_sections(DocModel *self) {
    Builder builder = {.model = self, .end = self->lines.len};
    for (uint32_t i = 0; i < builder.end;) {
        uint32_t next = doc_is_blank(&self->lines, i) ? i + 1 : read_section(&builder, i);
        i = next > i ? next : doc_skip_block(&self->lines, i, builder.end);
    }
    flush_text(&builder, builder.end);
    self->style = main_style(&builder);
}

static void read_lines(DocModel *self, Str doc) {
    *self = (DocModel){0};
    arena_init(&self->arena);
    doc_lines_read(&self->lines, doc);
}

void docmodel_read(DocModel *self, Str doc) {
    read_lines(self, doc);
    read_sections(self);
}

void docmodel_read_source(DocModel *self, Str value) {
    read_lines(self, value);
    if (self->lines.len) {
        DocLine *first = &self->lines.items[0];
        uint32_t margin = doc_common_indent(&self->lines, 1, self->lines.len);
        first->indent = margin == UINT32_MAX ? 0 : margin;
        if (str_eq(first->text, STR("\\"))) first->text = STR_NONE; /* the text begins on the next line */
    }
    read_sections(self);
}

void docmodel_release(DocModel *self) {
    ARRAY_FREE(&self->lines);
    ARRAY_FREE(&self->sections);
    ARRAY_FREE(&self->items);
    arena_release(&self->arena);
}

bool doc_next_name(Str *rest, Str *name, uint32_t *stars) {
    while (rest->len) {
        size_t end = 0;
        while (end < rest->len && rest->data[end] != ',' && rest->data[end] != '/') end++;
        Str piece = str_trim(str_slice(*rest, 0, end));
        *rest = str_from(*rest, end + 1);
        *stars = 0;
        for (; piece.len && strchr("*`\\ ", piece.data[0]); piece = str_from(piece, 1))
            *stars += piece.data[0] == '*';
        while (piece.len && strchr("*`\\ ", piece.data[piece.len - 1])) piece.len--;
        if (piece.len == 0) continue;
        *name = piece;
        return true;
    }
    return false;
}

uint32_t docmodel_title_line(const DocModel *self, const DocSection *section) {
    uint32_t line = section->item_count ? self->items.items[section->first_item].line : section->first;
    for (uint32_t up = 0; up < 3 && up <= line; up++) {
        Str text = doc_line(&self->lines, line - up)->text;
        if (section->title.len && str_starts_with(text, section->title)) return line - up;
        if (up == 0 && text.len && (text.data[0] == ':' || text.data[0] == '@')) return line;
    }
    return UINT32_MAX;
}
