#include "markdown/doc_pen.h"

#include "markdown/check_parts.h"

enum { LOOKED_AT = 40 /* symbols that show how a file is laid out */ };

/* --- layout ------------------------------------------------------------------------------------------ */

Str doc_layout_indent(Str text, uint32_t at) {
    while (at > 0 && text.data[at - 1] != '\n' && text.data[at - 1] != '\r') at--;
    uint32_t end = at;
    while (end < text.len && (text.data[end] == ' ' || text.data[end] == '\t')) end++;
    return str_slice(text, at, end);
}

/* What the body of a definition is indented by more than its header. */
static bool read_unit(const Facts *facts, uint32_t symbol, Str text, Str *unit) {
    uint32_t header, body;
    if (!symbol || !doc_place_body(facts, symbol, text, &header, &body) || body == text.len) return false;
    Str outer = doc_layout_indent(text, facts->symbols.items[symbol].name_start),
        inner = doc_layout_indent(text, body);
    if (inner.len <= outer.len || body <= doc_place_line_end(text, header)) return false;
    *unit = str_from(inner, outer.len);
    return true;
}

void doc_layout_read(DocLayout *self, const Facts *facts, Str text) {
    *self = (DocLayout){STR("\n"), STR("    "), STR("\"\"\""), false};
    size_t line = str_find_byte(text, '\n');
    if (line != STR_NPOS && line && text.data[line - 1] == '\r') self->line_end = STR("\r\n");
    bool unit = false, quotes = false;
    for (uint32_t s = 0; s < facts->tree_count && s < LOOKED_AT; s++) {
        DocPlace place;
        unit = unit || read_unit(facts, s, text, &self->unit);
        if (quotes || !doc_place_find(facts, s, text, &place) || place.quotes != 3) continue;
        quotes = true;
        self->quotes = str_slice(text, place.value.end, place.literal.end);
        Str first = str_slice(text, place.value.start, doc_place_line_end(text, place.value.start));
        self->below = place.value.start + first.len < place.value.end && str_trim(first).len == 0;
    }
}

/* --- pieces ------------------------------------------------------------------------------------------ */

void doc_pen_text(DocPen *self, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (self->snippet && strchr("$}\\", text.data[i])) buf_append_byte(self->out, '\\');
        buf_append_byte(self->out, text.data[i]);
    }
}

void doc_pen_to_do(DocPen *self) {
    if (self->snippet)
        buf_printf(self->out, "${%u:TODO}", (unsigned)++self->stops);
    else
        buf_append(self->out, STR("TODO"));
}

void doc_pen_line(DocPen *self, uint32_t depth) {
    buf_append(self->out, self->layout.line_end);
    buf_append(self->out, self->indent);
    for (; depth; depth--) buf_append(self->out, self->layout.unit);
}

static void blank_line(DocPen *self) { buf_append(self->out, self->layout.line_end); }

/* What may stand in a docstring as it is in the code; a type over several lines, with backslashes or triple
 * quotes may not. */
static bool is_plain(Str code) {
    return code.len && str_find_byte(code, '\n') == STR_NPOS && str_find_byte(code, '\\') == STR_NPOS &&
           str_find(code, STR("\"\"\"")) == STR_NPOS && str_find(code, STR("'''")) == STR_NPOS;
}

static bool is_field_style(const DocPen *self) {
    return self->style == STYLE_SPHINX || self->style == STYLE_EPYTEXT;
}

/* ":name argument: " */
static void field(DocPen *self, Str name, Str type, Str argument) {
    bool epytext = self->style == STYLE_EPYTEXT;
    Str parts[] = {epytext ? STR("@") : STR(":"), name, type, argument};
    doc_pen_line(self, 0);
    for (size_t i = 0; i < 4; i++) {
        if (i > 1 && parts[i].len) buf_append_byte(self->out, ' ');
        doc_pen_text(self, parts[i]);
    }
    buf_append(self->out, STR(": "));
}

static void field_param(DocPen *self, Str keyword, Str name, Str type) {
    bool inside = self->types == TYPES_INSIDE && str_find_byte(type, ' ') == STR_NPOS;
    field(self, keyword, inside ? type : STR_NONE, name);
    doc_pen_to_do(self);
    if (self->types != TYPES_APART || !type.len) return;
    field(self, STR("type"), STR_NONE, name);
    doc_pen_text(self, type);
}

/* "name (type): …" of Google's style, "name : type" over "…" of NumPy's. */
static void listed_param(DocPen *self, Str name, Str type, bool optional) {
    bool numpy = self->style == STYLE_NUMPY;
    doc_pen_line(self, self->depth);
    doc_pen_text(self, name);
    if (type.len) {
        doc_pen_text(self, numpy ? STR(" : ") : STR(" ("));
        doc_pen_text(self, type);
        if (optional) doc_pen_text(self, STR(", optional"));
        if (!numpy) doc_pen_text(self, STR(")"));
    }
    if (numpy)
        doc_pen_line(self, self->depth + 1);
    else
        doc_pen_text(self, STR(": "));
    doc_pen_to_do(self);
}

/* A type as it is to be written, if any. */
static Str typed(const DocPen *self, Text annotation) {
    Str type = facts_text(self->facts, annotation);
    return self->types != TYPES_NONE && is_plain(type) ? type : STR_NONE;
}

void doc_pen_param(DocPen *self, const Param *param) {
    Str type = typed(self, param->type);
    StrBuf name;
    buf_init(&name);
    bool stars = !is_field_style(self);
    if (stars)
        buf_append_repeated(&name, '*', param->kind == PARAM_ARGS ? 1 : param->kind == PARAM_KWARGS ? 2 : 0);
    buf_append(&name, facts_name(self->facts, param->name));
    if (is_field_style(self))
        field_param(self, self->keyword.len ? self->keyword : STR("param"), buf_str(&name), type);
    else
        listed_param(self, buf_str(&name), type, param->has_value);
    buf_release(&name);
}

/* --- sections ---------------------------------------------------------------------------------------- */

static void title(DocPen *self, const char *google, const char *numpy) {
    blank_line(self);
    doc_pen_line(self, 0);
    doc_pen_text(self, str_of(self->style == STYLE_NUMPY ? numpy : google));
    if (self->style != STYLE_NUMPY) {
        doc_pen_text(self, STR(":"));
        return;
    }
    doc_pen_line(self, 0);
    buf_append_repeated(self->out, '-', strlen(numpy));
}

void doc_pen_params(DocPen *self, uint32_t function) {
    Slice params = self->facts->symbols.items[function].params;
    bool any = false;
    for (uint32_t i = 0; i < params.count; i++) {
        const Param *param = &self->facts->params.items[params.first + i];
        bool variadic = (param->kind == PARAM_ARGS || param->kind == PARAM_KWARGS) &&
                        facts_name(self->facts, param->name).len;
        if (!variadic && !check_wants_param(self->facts, function, i)) continue;
        if (!any && is_field_style(self)) blank_line(self);
        if (!any && !is_field_style(self)) title(self, "Args", "Parameters");
        any = true;
        doc_pen_param(self, param);
    }
}

/* Whether a child of a class is one of its attributes, and the first of that name. */
static bool is_attribute(const Facts *facts, uint32_t class, uint32_t child) {
    const Symbol *symbol = &facts->symbols.items[child];
    Str name = symbol_name(facts, symbol);
    bool value = symbol->kind == SYMBOL_VARIABLE || symbol->kind == SYMBOL_ATTRIBUTE;
    if (!value || name.len == 0 || name.data[0] == '_') return false;
    uint32_t first = NONE;
    Slice same = facts_symbols_named(facts, symbol->name);
    for (uint32_t i = 0; i < same.count && first == NONE; i++) {
        uint32_t at = facts->by_name.items[same.first + i];
        if (facts->symbols.items[at].parent == class) first = at;
    }
    return first == child;
}

void doc_pen_attributes(DocPen *self, uint32_t class) {
    bool any = false;
    for (uint32_t c = NONE; (c = facts_next_child(self->facts, class, c)) != NONE;) {
        if (!is_attribute(self->facts, class, c)) continue;
        const Symbol *symbol = &self->facts->symbols.items[c];
        Str name = symbol_name(self->facts, symbol), type = typed(self, symbol->type);
        if (!any && is_field_style(self)) blank_line(self);
        if (!any && !is_field_style(self)) title(self, "Attributes", "Attributes");
        any = true;
        if (is_field_style(self))
            field_param(self, STR("ivar"), name, type);
        else
            listed_param(self, name, type, false);
    }
}

/* What an annotation like "Iterator[int]" says of the items, or nothing. */
static Str item_type(Str type) {
    size_t open = str_find_byte(type, '['), end;
    if (open == STR_NPOS || !str_ends_with(type, STR("]"))) return STR_NONE;
    int depth = 0;
    for (end = open + 1; end + 1 < type.len; end++) {
        char c = type.data[end];
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c == ',' && depth == 0) break;
    }
    return str_slice(type, open + 1, end);
}

/* A field list that has parameters goes on without a blank line. */
static void open_field(DocPen *self, uint32_t function, const char *name) {
    bool begins = true;
    Slice params = self->facts->symbols.items[function].params;
    for (uint32_t i = 0; i < params.count; i++) begins &= !check_wants_param(self->facts, function, i);
    if (begins) blank_line(self);
    field(self, str_of(name), STR_NONE, STR_NONE);
}

void doc_pen_returns(DocPen *self, uint32_t function) {
    const Symbol *symbol = &self->facts->symbols.items[function];
    bool yields = symbol->flags & SYMBOL_YIELDS;
    if (!yields && !(symbol->flags & SYMBOL_RETURNS)) return;
    Str type = facts_text(self->facts, symbol->type);
    if (yields) type = item_type(type);
    if (!is_plain(type)) type = STR_NONE;
    if (is_field_style(self)) {
        open_field(self, function, yields ? "yields" : "returns");
        doc_pen_to_do(self);
        return;
    }
    title(self, yields ? "Yields" : "Returns", yields ? "Yields" : "Returns");
    doc_pen_line(self, self->depth);
    doc_pen_text(self, type);
    if (self->style == STYLE_NUMPY && type.len) doc_pen_line(self, self->depth + 1);
    if (self->style == STYLE_GOOGLE && type.len) doc_pen_text(self, STR(": "));
    doc_pen_to_do(self);
}

/* The dotted name of what a raise statement names, when that looks like a class; else nothing. */
static Str raised_name(const DocPen *self, const Raise *raise, Str text) {
    if (raise->exception == NONE) return STR_NONE;
    uint32_t head = raise->exception;
    const Occurrence *items = self->facts->occurrences.items;
    while (head > 0 && items[head].flags & OCCURRENCE_CHAINED) head--;
    Str last = facts_name(self->facts, items[raise->exception].name);
    bool class = last.len && last.data[0] >= 'A' && last.data[0] <= 'Z';
    Str name = str_slice(text, items[head].start, items[raise->exception].start + last.len);
    return class && str_find_byte(name, '\n') == STR_NPOS ? name : STR_NONE;
}

static void raises_item(DocPen *self, Str name) {
    if (is_field_style(self)) {
        field(self, self->style == STYLE_EPYTEXT ? STR("raise") : STR("raises"), STR_NONE, name);
        doc_pen_to_do(self);
        return;
    }
    doc_pen_line(self, self->depth);
    doc_pen_text(self, name);
    if (self->style == STYLE_NUMPY)
        doc_pen_line(self, self->depth + 1);
    else
        doc_pen_text(self, STR(": "));
    doc_pen_to_do(self);
}

void doc_pen_raises(DocPen *self, uint32_t function, Str text) {
    Slice raises = facts_raises_of(self->facts, function);
    bool any = false;
    for (uint32_t i = 0; i < raises.count && i < CHECK_RAISES; i++) {
        Str name = raised_name(self, &self->facts->raises.items[raises.first + i], text);
        bool known = name.len == 0;
        for (uint32_t k = 0; k < i && !known; k++)
            known = str_eq(name, raised_name(self, &self->facts->raises.items[raises.first + k], text));
        if (known) continue;
        if (!any && !is_field_style(self)) title(self, "Raises", "Raises");
        any = true;
        raises_item(self, name);
    }
}
