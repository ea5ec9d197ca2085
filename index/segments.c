#include "index/segments.h"

#include <string.h>

static Lengths lengths_of(const FactsBuilder *builder) {
    Lengths lengths = {.attributes = builder->attributes.len,
                       .pool = (uint32_t)builder->pool.len,
                       .comment_lines = builder->comment_lines};
#define LIST(field, type) lengths.field = builder->field.len;
    FACTS_LISTS(LIST)
#undef LIST
    return lengths;
}

void segments_release(Segments *self) {
    ARRAY_FREE(&self->items);
    ARRAY_FREE(&self->attributes);
}

void segments_note(Segments *self, const FactsBuilder *builder, Range range, bool comment) {
    uint32_t after = self->items.len + 1;
    ARRAY_PUSH(&self->items, (Segment){.range = range,
                                       .comment = comment,
                                       .parent = self->open,
                                       .after = after,
                                       .scope = NONE,
                                       .before = lengths_of(builder)});
}

void segments_enter(Segments *self, uint32_t scope) {
    ARRAY_LAST(&self->items)->scope = scope;
    self->open = self->items.len - 1;
}

void segments_leave(Segments *self) {
    self->items.items[self->open].after = self->items.len;
    self->open = self->items.items[self->open].parent;
}

void segments_reopen(Segments *self, uint32_t class) {
    self->open = class;
    for (uint32_t i = class == NONE ? NONE : self->items.items[class].after; i < self->items.len; i++)
        self->items.items[i].parent = class;
}

static void end_class(FactsBuilder *builder, const Segment *class, uint32_t symbol_end) {
    Scope *scope = &builder->scopes.items[class->scope];
    builder->symbols.items[class->before.symbols].range.end = symbol_end;
    scope->range.end = class->range.end;
    if (builder->scopes.items[scope->parent].kind == SCOPE_TYPE_PARAMS)
        builder->scopes.items[scope->parent].range.end = class->range.end;
}

void segments_leave_all(Segments *self, FactsBuilder *builder, Range end) {
    while (self->open != NONE) {
        Segment *class = &self->items.items[self->open];
        class->range.end = end.end;
        builder->symbols.items[class->before.symbols].after = builder->symbols.len;
        end_class(builder, class, end.start);
        segments_leave(self);
    }
}

static void *grown(void *items, uint32_t *cap, uint32_t len, size_t size) {
    if (len <= *cap) return items;
    *cap = len + len / 8 + 8;
    return mem_realloc(items, *cap * size);
}

/* Makes room for `count` more items, at least one; the first of them. Items hold numbers only. */
#define ROOM(array, count)                                                                                   \
    ((array)->items = grown((array)->items, &(array)->cap, (array)->len + (count), sizeof *(array)->items),  \
     (array)->len += (count), (array)->items + (array)->len - (count))

void segments_end(Segments *self, const FactsBuilder *builder) {
    self->end = lengths_of(builder);
    uint32_t count = builder->attributes.len;
    self->attributes.len = 0;
    if (count == 0) return;
    Symbol *copies = ROOM(&self->attributes, count);
    memcpy(copies, builder->attributes.items, count * sizeof *copies);
}

uint32_t segments_depth(const Segments *self, uint32_t segment) {
    uint32_t depth = 0;
    for (; self->items.items[segment].parent != NONE; depth++) segment = self->items.items[segment].parent;
    return depth;
}

bool segments_are_comments(const Segments *self, uint32_t first, uint32_t end) {
    while (first < end && self->items.items[first].comment) first++;
    return first >= end;
}

bool segments_begin(const Segments *self, uint32_t parent, uint32_t segment) {
    return segments_are_comments(self, parent == NONE ? 0 : parent + 1, segment);
}

Str segments_indentation(Str text, uint32_t start) {
    uint32_t line = start;
    while (line > 0 && text.data[line - 1] != '\n') line--;
    return str_slice(text, line, start);
}

uint32_t edit_offset(const Edit *self, uint32_t offset) {
    if (offset >= self->old_end) return offset - self->old_end + self->new_end;
    return offset < self->start ? offset : self->start;
}

static const Lengths *lengths_before(const Segments *self, uint32_t segment) {
    return segment < self->items.len ? &self->items.items[segment].before : &self->end;
}

/* --- shifting ---------------------------------------------------------------------------------- */

/* What is added (modulo 2^32) to each kind of number on the way. */
typedef struct {
    Lengths from, by; /* by.symbols is added to numbers of symbols from from.symbols on, ... */
    Edit edit;
    uint32_t scope, scope_now; /* this scope below from.scopes has another number now */
} Shift;

static void shift_offset(const Shift *shift, uint32_t *offset) {
    *offset = edit_offset(&shift->edit, *offset);
}

static void shift_range(const Shift *shift, Range *range) {
    shift_offset(shift, &range->start);
    shift_offset(shift, &range->end);
}

static void shift_text(const Shift *shift, Text *text) {
    if (text->len) text->at += shift->by.pool;
}

static void shift_slice(uint32_t by, Slice *slice) {
    if (slice->count) slice->first += by;
}

/* Numbers below belong to what is around, which stays; so does NONE. */
static void shift_symbol_number(const Shift *shift, uint32_t *number) {
    if (*number >= shift->from.symbols && *number != NONE) *number += shift->by.symbols;
}

static void shift_scope_number(const Shift *shift, uint32_t *number) {
    if (*number == NONE) return;
    if (*number >= shift->from.scopes)
        *number += shift->by.scopes;
    else if (*number == shift->scope)
        *number = shift->scope_now;
}

static void shift_symbol(const Shift *shift, Symbol *symbol) {
    shift_symbol_number(shift, &symbol->parent);
    symbol->after += shift->by.symbols;
    shift_offset(shift, &symbol->name_start);
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
    shift_offset(shift, &param->start);
    shift_text(shift, &param->type);
    shift_text(shift, &param->value);
}

static void shift_import(const Shift *shift, Import *import) {
    shift_offset(shift, &import->start);
    shift_scope_number(shift, &import->scope);
    shift_text(shift, &import->module);
    shift_slice(shift->by.import_names, &import->names);
}

static void shift_import_name(const Shift *shift, ImportName *name) {
    shift_text(shift, &name->name);
    shift_offset(shift, &name->start);
    shift_offset(shift, &name->end);
}

static void shift_scope(const Shift *shift, Scope *scope) {
    shift_scope_number(shift, &scope->parent);
    shift_symbol_number(shift, &scope->symbol);
    shift_range(shift, &scope->range);
}

static void shift_occurrence(const Shift *shift, Occurrence *occurrence) {
    shift_offset(shift, &occurrence->start);
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
    shift_offset(shift, &raise->start);
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
    if (suite->statement != NONE) shift_offset(shift, &suite->statement);
}

static void shift_literal(const Shift *shift, Literal *literal) {
    literal->occurrence += shift->by.occurrences;
    shift_offset(shift, &literal->start);
    shift_text(shift, &literal->value);
}

static void shift_doc(const Shift *shift, AttachedDoc *doc) {
    doc->target += shift->by.occurrences;
    shift_offset(shift, &doc->start);
    shift_text(shift, &doc->name);
    shift_text(shift, &doc->doc);
}

static void shift_filling(const Shift *shift, Filling *filling) {
    shift_offset(shift, &filling->owner);
    shift_text(shift, &filling->name);
    shift_text(shift, &filling->text);
}

static void shift_export(const Shift *shift, Export *export) {
    shift_text(shift, &export->name);
    if (export->start != NONE) shift_offset(shift, &export->start);
}

static void shift_remark(const Shift *shift, Remark *remark) {
    shift_range(shift, &remark->range);
    shift_text(shift, &remark->text);
}

static void shift_quoted(const Shift *shift, QuotedName *quoted) {
    shift_offset(shift, &quoted->start);
    shift_scope_number(shift, &quoted->scope);
}

static void shift_note(const Shift *shift, Note *note) {
    shift_offset(shift, &note->start);
    shift_text(shift, &note->text);
}

/* Appends the items [from, to) of a list of the old facts, shifted. */
#define COPY(field, shift_item)                                                                              \
    if (from->field < to->field) {                                                                           \
        uint32_t count = to->field - from->field;                                                            \
        memcpy(ROOM(&builder->field, count), old->field.items + from->field,                                 \
               count * sizeof *old->field.items);                                                            \
        for (uint32_t i = builder->field.len - count; i < builder->field.len && shifts; i++)                 \
            shift_item(shift, &builder->field.items[i]);                                                     \
    }

/* Runs of occurrences: the first may have begun in a statement before. */
static void copy_runs(const Facts *old, const Lengths *from, const Lengths *to, const Shift *shift,
                      FactsBuilder *builder) {
    if (from->occurrences == to->occurrences) return;
    for (uint32_t run = facts_run_of(old, from->occurrences);
         run < old->runs.count && old->runs.items[run].first < to->occurrences; run++) {
        ScopeRun copy = old->runs.items[run];
        if (copy.first < from->occurrences) copy.first = from->occurrences;
        copy.first += shift->by.occurrences;
        shift_scope_number(shift, &copy.scope);
        bool merges = builder->runs.len && ARRAY_LAST(&builder->runs)->scope == copy.scope;
        if (!merges) ARRAY_PUSH(&builder->runs, copy);
    }
}

static void copy_attributes(const Segments *segments, const Lengths *from, const Lengths *to,
                            const Shift *shift, FactsBuilder *builder) {
    for (uint32_t i = from->attributes; i < to->attributes; i++) {
        ARRAY_PUSH(&builder->attributes, segments->attributes.items[i]);
        shift_symbol(shift, ARRAY_LAST(&builder->attributes));
    }
}

/* Copies what stands between two places of the old facts; `shifts`: numbers and offsets change. */
static void copy_facts(const Facts *old, const Segments *segments, const Lengths *from, const Lengths *to,
                       const Shift *shift, bool shifts, FactsBuilder *builder) {
    COPY(symbols, shift_symbol)
    COPY(params, shift_param)
    COPY(texts, shift_text)
    COPY(imports, shift_import)
    COPY(import_names, shift_import_name)
    COPY(scopes, shift_scope)
    copy_runs(old, from, to, shift, builder);
    COPY(occurrences, shift_occurrence)
    COPY(values, shift_value)
    COPY(returns, shift_return)
    COPY(raises, shift_raise)
    COPY(narrowings, shift_narrowing)
    COPY(suites, shift_suite)
    COPY(literals, shift_literal)
    COPY(docs, shift_doc)
    COPY(fillings, shift_filling)
    COPY(exports, shift_export)
    COPY(notes, shift_note)
    COPY(remarks, shift_remark)
    COPY(quoted, shift_quoted)
    COPY(errors, shift_range)
    copy_attributes(segments, from, to, shift, builder);
    buf_append(&builder->pool, str_make(old->pool + from->pool, to->pool - from->pool));
    builder->comment_lines += to->comment_lines - from->comment_lines;
}

/* Names keep their numbers. */
static void inherit_names(const Facts *facts, FactsBuilder *builder) {
    for (uint32_t i = 1; i < facts->names.count; i++) intern_id(&builder->spellings, facts_name(facts, i));
}

/* Copies everything that the front end gave before the first of `segments`, too. */
static void copy_start(const Facts *old, const Segments *segments, const Lengths *to, const Shift *shift,
                       bool shifts, FactsBuilder *builder) {
    static const Lengths nothing;
    inherit_names(old, builder);
    Range whole = builder->symbols.items[0].range;
    builder->symbols.len = builder->scopes.len = 0; /* the module's are copied */
    copy_facts(old, segments, &nothing, to, shift, shifts, builder);
    builder->symbols.items[0].range = builder->scopes.items[0].range = whole;
}

/* --- reading a part anew ----------------------------------------------------------------------- */

uint32_t reuse_symbol(const Reuse *self) {
    return self->parent == NONE ? 0 : self->segments->items.items[self->parent].before.symbols;
}

uint32_t reuse_scope(const Reuse *self) {
    return self->parent == NONE ? 0 : self->segments->items.items[self->parent].scope;
}

bool reuse_is_first(const Reuse *self) { return segments_begin(self->segments, self->parent, self->first); }

static const Shift no_shift = {.scope = NONE};

void reuse_begin(const Reuse *self, FactsBuilder *builder, Segments *segments) {
    copy_start(self->facts, self->segments, lengths_before(self->segments, self->first), &no_shift, false,
               builder);
    if (self->first) {
        Segment *copies = ROOM(&segments->items, self->first);
        memcpy(copies, self->segments->items.items, self->first * sizeof *copies);
    }
    for (uint32_t i = 0; i < builder->narrowings.len; i++) /* they may reach to the end of what is around */
        builder->narrowings.items[i].range.end =
            edit_offset(&self->edit, builder->narrowings.items[i].range.end);
    builder_sort(builder);
    segments->open = self->parent;
}

/* The head of a class was read anew, and only the first statements of its body. */
static bool is_head(const Reuse *self) {
    const Segments *segments = self->segments;
    return self->first < self->last && self->last < segments->items.items[self->first].after;
}

/* Whether what was read is one class. */
static bool is_class(const Reuse *self, const Segments *segments) {
    const Segment *class = &segments->items.items[self->first];
    return segments->items.len > self->first + 1 && class->scope != NONE &&
           class->after == segments->items.len;
}

/* Whether the statements of each class that was read, and the one that follows in it, have one indentation;
 * in a broken text the parser may have put some into the wrong body. */
static bool are_even(const Reuse *self, Str text, const Segments *segments) {
    for (uint32_t i = self->first; i < segments->items.len; i++) {
        const Segment *item = &segments->items.items[i];
        if (item->parent == NONE || item->parent < self->first || item->comment) continue;
        Str first = segments_indentation(text, segments->items.items[item->parent + 1].range.start);
        Str own = segments_indentation(text, item->range.start);
        if (str_trim(own).len == 0 && !str_eq(first, own)) return false;
    }
    if (!is_head(self)) return true;
    uint32_t next = edit_offset(&self->edit, self->segments->items.items[self->last].range.start);
    return str_eq(segments_indentation(text, segments->items.items[self->first + 1].range.start),
                  segments_indentation(text, next));
}

/* A class around what was read grows or shrinks with it. */
static void stretch(const Reuse *self, uint32_t class, const Shift *shift, FactsBuilder *builder,
                    Segments *segments, uint32_t by, Range end) {
    const Segment *old = &self->segments->items.items[class];
    Segment *now = &segments->items.items[class];
    const Symbol *was = &self->facts->symbols.items[old->before.symbols];
    bool last = self->last == old->after,
         only_comments = segments_are_comments(self->segments, self->last, old->after);
    now->range.end = last ? end.end : edit_offset(&self->edit, old->range.end);
    now->after = old->after + by;
    builder->symbols.items[now->before.symbols].after = was->after + shift->by.symbols;
    end_class(builder, now, only_comments ? end.start : edit_offset(&self->edit, was->range.end));
}

static void copy_segments(const Reuse *self, const Shift *shift, uint32_t by, Segments *segments) {
    uint32_t count = self->segments->items.len - self->last;
    if (count == 0) return;
    Segment *copies = ROOM(&segments->items, count);
    for (uint32_t i = 0; i < count; i++) {
        Segment *copy = &copies[i];
        *copy = self->segments->items.items[self->last + i];
        shift_range(shift, &copy->range);
        if (copy->parent != NONE && copy->parent >= self->last) copy->parent += by;
        copy->after += by;
        if (copy->scope != NONE) copy->scope += shift->by.scopes;
        copy->before.attributes += shift->by.attributes;
        copy->before.pool += shift->by.pool;
        copy->before.comment_lines += shift->by.comment_lines;
#define LIST(field, type) copy->before.field += shift->by.field;
        FACTS_LISTS(LIST)
#undef LIST
    }
}

static Shift shift_between(const Reuse *self, const Lengths *from, const Lengths *now) {
    Shift shift = {.from = *from, .edit = self->edit, .scope = NONE};
    shift.by.attributes = now->attributes - from->attributes;
    shift.by.pool = now->pool - from->pool;
    shift.by.comment_lines = now->comment_lines - from->comment_lines;
#define LIST(field, type) shift.by.field = now->field - from->field;
    FACTS_LISTS(LIST)
#undef LIST
    return shift;
}

bool reuse_end(const Reuse *self, FactsBuilder *builder, Segments *segments, Range end) {
    const Segments *old = self->segments;
    bool head = is_head(self);
    if (head && !is_class(self, segments)) return false;
    if (!are_even(self, builder->source, segments)) return false;
    const Lengths *from = lengths_before(old, self->last);
    Lengths now = lengths_of(builder);
    Shift shift = shift_between(self, from, &now);
    if (head) {
        shift.scope = old->items.items[self->first].scope;
        shift.scope_now = segments->items.items[self->first].scope;
    }
    uint32_t by = segments->items.len - self->last;
    builder_sort(builder);
    copy_segments(self, &shift, by, segments);
    copy_facts(self->facts, old, from, &old->end, &shift, true, builder);
    uint32_t class = head ? self->first : self->parent;
    for (; class != NONE; class = old->items.items[class].parent)
        stretch(self, class, &shift, builder, segments, by, end);
    builder_drop_names(builder);
    return true;
}

/* --- moving ------------------------------------------------------------------------------------ */

Facts *segments_move(Segments *self, const Facts *facts, const Edit *edit, Str text) {
    FactsBuilder builder;
    builder_init(&builder, text);
    Shift shift = {.edit = *edit, .scope = NONE};
    copy_start(facts, self, &self->end, &shift, true, &builder);
    for (uint32_t i = 0; i < self->items.len; i++) shift_range(&shift, &self->items.items[i].range);
    segments_end(self, &builder);
    return builder_finish(&builder);
}
