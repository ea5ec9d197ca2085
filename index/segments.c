#include "index/segments.h"

static Lengths lengths_of(const FactsBuilder *builder) {
    Lengths lengths = {.pool = (uint32_t)builder->pool.len, .comment_lines = builder->comment_lines};
#define LIST(field, type) lengths.field = builder->field.len;
    FACTS_LISTS(LIST)
#undef LIST
    return lengths;
}

void segments_release(Segments *self) { ARRAY_FREE(&self->items); }

void segments_note(Segments *self, const FactsBuilder *builder, Range range, uint16_t kind) {
    ARRAY_PUSH(&self->items, (Segment){range, kind, lengths_of(builder)});
}

void segments_end(Segments *self, const FactsBuilder *builder) { self->end = lengths_of(builder); }

static bool is_before(const Reuse *self, Range range) { return range.end < self->changed.start; }
static bool is_behind(const Reuse *self, Range range) { return range.start > self->changed.end; }

uint32_t reuse_find(const Reuse *self, Range range, uint16_t kind) {
    bool before = is_before(self, range);
    uint32_t low = 0, high = self->segments->items.len,
             start = before ? range.start : range.start - self->shift;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->segments->items.items[middle].range.start < start)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == self->segments->items.len) return NONE;
    const Segment *segment = &self->segments->items.items[low];
    bool same = segment->range.start == start && segment->kind == kind &&
                segment->range.end - segment->range.start == range.end - range.start;
    return same && (before ? is_before(self, segment->range) : is_behind(self, segment->range)) ? low : NONE;
}

void reuse_begin(const Reuse *self, FactsBuilder *builder) {
    for (uint32_t i = 1; i < self->facts->names.count; i++)
        intern_id(&builder->spellings, facts_name(self->facts, i));
    builder->names_inherited = true;
}

/* What is added (modulo 2^32) to each kind of number on the way. */
typedef struct {
    Lengths by; /* by.symbols is added to numbers of symbols, … */
    uint32_t offset;
} Shift;

static void shift_text(const Shift *shift, Text *text) {
    if (text->len) text->at += shift->by.pool;
}

static void shift_slice(uint32_t by, Slice *slice) {
    if (slice->count) slice->first += by;
}

static void shift_range(const Shift *shift, Range *range) {
    range->start += shift->offset;
    range->end += shift->offset;
}

/* Number 0, the module's symbol and scope, stays what it is, and so does NONE. */
static void shift_number(uint32_t by, uint32_t *number) {
    if (*number != 0 && *number != NONE) *number += by;
}

static void shift_symbol(const Shift *shift, Symbol *symbol) {
    shift_number(shift->by.symbols, &symbol->parent);
    symbol->after += shift->by.symbols;
    symbol->name_start += shift->offset;
    shift_range(shift, &symbol->range);
    shift_text(shift, &symbol->doc);
    shift_text(shift, &symbol->type);
    shift_text(shift, &symbol->value);
    shift_slice(shift->by.texts, &symbol->decorators);
    shift_slice(shift->by.texts, &symbol->bases);
    shift_slice(shift->by.texts, &symbol->keywords);
    shift_slice(shift->by.params, &symbol->params);
}

static void shift_param(const Shift *shift, Param *param) {
    param->start += shift->offset;
    shift_text(shift, &param->type);
    shift_text(shift, &param->value);
}

static void shift_import(const Shift *shift, Import *import) {
    import->start += shift->offset;
    shift_number(shift->by.scopes, &import->scope);
    shift_text(shift, &import->module);
    shift_slice(shift->by.import_names, &import->names);
}

static void shift_import_name(const Shift *shift, ImportName *name) {
    shift_text(shift, &name->name);
    name->start += shift->offset;
    name->end += shift->offset;
}

static void shift_scope(const Shift *shift, Scope *scope) {
    shift_number(shift->by.scopes, &scope->parent);
    shift_number(shift->by.symbols, &scope->symbol);
    shift_range(shift, &scope->range);
}

static void shift_occurrence(const Shift *shift, Occurrence *occurrence) {
    occurrence->start += shift->offset;
}

static void shift_used(const Shift *shift, Value *value) {
    if (value->kind == VALUE_NAME || value->kind == VALUE_LATE) value->at += shift->by.occurrences;
    if (value->kind == VALUE_TYPE) value->at += shift->by.texts;
}

static void shift_value(const Shift *shift, Value *value) {
    value->owner += shift->by.occurrences;
    shift_used(shift, value);
}

static void shift_return(const Shift *shift, Value *value) {
    value->owner += shift->by.symbols;
    shift_used(shift, value);
}

static void shift_raise(const Shift *shift, Raise *raise) {
    raise->symbol += shift->by.symbols;
    raise->start += shift->offset;
    if (raise->exception != NONE) raise->exception += shift->by.occurrences;
}

static void shift_narrowing(const Shift *shift, Narrowing *narrowing) {
    narrowing->name += shift->by.occurrences;
    narrowing->type += shift->by.occurrences;
    shift_range(shift, &narrowing->range);
}

static void shift_suite(const Shift *shift, Suite *suite) {
    shift_range(shift, &suite->range);
    if (suite->parent != NONE) suite->parent += shift->by.suites;
    if (suite->statement != NONE) suite->statement += shift->offset;
}

static void shift_literal(const Shift *shift, Literal *literal) {
    literal->occurrence += shift->by.occurrences;
    literal->start += shift->offset;
    shift_text(shift, &literal->value);
}

static void shift_doc(const Shift *shift, AttachedDoc *doc) {
    doc->target += shift->by.occurrences;
    doc->start += shift->offset;
    shift_text(shift, &doc->name);
    shift_text(shift, &doc->doc);
}

static void shift_export(const Shift *shift, Export *export) {
    shift_text(shift, &export->name);
    if (export->start != NONE) export->start += shift->offset;
}

static void shift_note(const Shift *shift, Note *note) {
    note->start += shift->offset;
    shift_text(shift, &note->text);
}

/* Appends the items [from, to) of a list of the old facts, shifted. */
#define COPY(field, shift_item)                                                                              \
    for (uint32_t i = from->field; i < to->field; i++) {                                                     \
        ARRAY_PUSH(&builder->field, old->field.items[i]);                                                    \
        shift_item(&shift, ARRAY_LAST(&builder->field));                                                     \
    }

/* Runs of occurrences: the first may have begun in a statement before. */
static void copy_runs(const Facts *old, const Lengths *from, const Lengths *to, const Shift *shift,
                      FactsBuilder *builder) {
    for (uint32_t at = from->occurrences, next; at < to->occurrences; at = next) {
        uint32_t run = facts_run_of(old, at);
        ScopeRun copy = {at + shift->by.occurrences, old->runs.items[run].scope};
        shift_number(shift->by.scopes, &copy.scope);
        bool merges = builder->runs.len && ARRAY_LAST(&builder->runs)->scope == copy.scope;
        if (!merges) ARRAY_PUSH(&builder->runs, copy);
        next = run + 1 < old->runs.count ? old->runs.items[run + 1].first : to->occurrences;
    }
}

/* Attributes stand behind all other symbols, by parent. */
static void copy_attributes(const Facts *old, const Lengths *from, const Lengths *to, const Shift *shift,
                            FactsBuilder *builder) {
    uint32_t low = old->tree_count, high = old->symbols.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (old->symbols.items[middle].parent < from->symbols)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < old->symbols.count && old->symbols.items[low].parent < to->symbols; low++) {
        ARRAY_PUSH(&builder->attributes, old->symbols.items[low]);
        shift_symbol(shift, ARRAY_LAST(&builder->attributes));
    }
}

static Shift shift_between(const Lengths *from, const Lengths *now, uint32_t offset) {
    Shift shift = {.offset = offset};
    shift.by.pool = now->pool - from->pool;
    shift.by.comment_lines = now->comment_lines - from->comment_lines;
#define LIST(field, type) shift.by.field = now->field - from->field;
    FACTS_LISTS(LIST)
#undef LIST
    return shift;
}

static void note_copies(const Reuse *self, uint32_t first, uint32_t last, const Shift *shift,
                        Segments *segments) {
    for (uint32_t s = first; s < last; s++) {
        Segment segment = self->segments->items.items[s];
        shift_range(shift, &segment.range);
        segment.before.pool += shift->by.pool;
        segment.before.comment_lines += shift->by.comment_lines;
#define LIST(field, type) segment.before.field += shift->by.field;
        FACTS_LISTS(LIST)
#undef LIST
        ARRAY_PUSH(&segments->items, segment);
    }
}

/* Copies segments that lie all before or all behind the change. */
static void copy_block(const Reuse *self, uint32_t first, uint32_t last, FactsBuilder *builder,
                       Segments *segments) {
    const Facts *old = self->facts;
    const Segment *items = self->segments->items.items;
    const Lengths *from = &items[first].before;
    const Lengths *to = last < self->segments->items.len ? &items[last].before : &self->segments->end;
    Lengths now = lengths_of(builder);
    Shift shift = shift_between(from, &now, is_behind(self, items[first].range) ? self->shift : 0);
    note_copies(self, first, last, &shift, segments);
    COPY(symbols, shift_symbol)
    COPY(params, shift_param)
    COPY(texts, shift_text)
    COPY(imports, shift_import)
    COPY(import_names, shift_import_name)
    COPY(scopes, shift_scope)
    copy_runs(old, from, to, &shift, builder);
    COPY(occurrences, shift_occurrence)
    COPY(values, shift_value)
    COPY(returns, shift_return)
    COPY(raises, shift_raise)
    COPY(narrowings, shift_narrowing)
    COPY(suites, shift_suite)
    COPY(literals, shift_literal)
    COPY(docs, shift_doc)
    COPY(exports, shift_export)
    COPY(notes, shift_note)
    COPY(errors, shift_range)
    copy_attributes(old, from, to, &shift, builder);
    buf_append(&builder->pool, str_make(old->pool + from->pool, to->pool - from->pool));
    builder->comment_lines += to->comment_lines - from->comment_lines;
}

void reuse_copy(const Reuse *self, uint32_t first, uint32_t last, FactsBuilder *builder, Segments *segments) {
    uint32_t split = first;
    while (split < last && is_before(self, self->segments->items.items[split].range)) split++;
    if (first < split) copy_block(self, first, split, builder, segments);
    if (split < last) copy_block(self, split, last, builder, segments);
}
