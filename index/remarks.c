#include "index/remarks.h"

/* The first remark at or behind an offset; their number when there is none. */
static uint32_t remark_from(const FactsBuilder *self, uint32_t offset) {
    uint32_t low = 0, high = self->remarks.len;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->remarks.items[middle].range.start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where the line of an offset starts. */
static uint32_t line_start(Str source, uint32_t at) {
    while (at > 0 && source.data[at - 1] != '\n') at--;
    return at;
}

static Str indentation(Str source, uint32_t start) {
    uint32_t line = line_start(source, start), end = line;
    while (end < start && (source.data[end] == ' ' || source.data[end] == '\t')) end++;
    return str_slice(source, line, end);
}

static bool is_blank(Str text) { return str_trim(text).len == 0; }

/* Whether there is nothing but blanks and comments; `*lines`: how many line ends. */
static bool is_gap(Str text, uint32_t *lines) {
    bool comment = false;
    *lines = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        comment = c != '\n' && (comment || c == '#');
        *lines += c == '\n';
        if (!comment && c != ' ' && c != '\t' && c != '\n' && c != '\f') return false;
    }
    return true;
}

/* Behind the statement: a comment on its last line, or a string as the next statement. */
static Text text_behind(const FactsBuilder *self, const Symbol *symbol) {
    uint32_t next = remark_from(self, symbol->range.end), lines;
    if (next == self->remarks.len) return (Text){0};
    const Remark *remark = &self->remarks.items[next];
    Str between = str_slice(self->source, symbol->range.end, remark->range.start);
    if (!is_gap(between, &lines)) return (Text){0};
    if (remark->comment) return lines == 0 ? remark->text : (Text){0};
    bool even =
        str_eq(indentation(self->source, symbol->name_start),
               str_slice(self->source, line_start(self->source, remark->range.start), remark->range.start));
    return lines && even ? remark->text : (Text){0};
}

/* Comments on the lines above, joined. */
static Text text_above(FactsBuilder *self, const Symbol *symbol) {
    uint32_t line = line_start(self->source, symbol->name_start), end = remark_from(self, line), first = end;
    while (first > 0) {
        const Remark *remark = &self->remarks.items[first - 1];
        uint32_t start = line_start(self->source, remark->range.start);
        bool alone = is_blank(str_slice(self->source, start, remark->range.start));
        bool next = line > 0 && remark->range.end == line - 1; /* a comment reaches to the end of its line */
        if (!remark->comment || !alone || !next) break;
        line = start;
        first--;
    }
    if (end - first < 2) return end > first ? self->remarks.items[first].text : (Text){0};
    StrBuf joined;
    buf_init(&joined);
    for (; first < end; first++) {
        Text text = self->remarks.items[first].text;
        if (joined.len) buf_append_byte(&joined, '\n');
        buf_append(&joined, str_make(self->pool.data + text.at, text.len));
    }
    Text text = builder_text(self, buf_str(&joined));
    buf_release(&joined);
    return text;
}

static void join(FactsBuilder *self, Symbol *symbol) {
    symbol->doc = (Text){0};
    bool bound = symbol->via == VIA_NONE || symbol->via == VIA_TYPE;
    if (self->remarks.len == 0 || !bound) return;
    symbol->doc = text_behind(self, symbol);
    if (symbol->doc.len == 0) symbol->doc = text_above(self, symbol);
}

void remarks_join(FactsBuilder *builder) {
    for (uint32_t s = 0; s < builder->symbols.len; s++) {
        Symbol *symbol = &builder->symbols.items[s];
        if (symbol->kind == SYMBOL_VARIABLE) join(builder, symbol);
    }
    for (uint32_t a = 0; a < builder->attributes.len; a++) join(builder, &builder->attributes.items[a]);
}
