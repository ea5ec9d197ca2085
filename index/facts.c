#include "index/facts.h"

#include "base/array.h"

#include <xxhash.h>

void facts_free(Facts *self) { mem_free(self); }

/* --- moving ------------------------------------------------------------------------------------- */

/* Every pointer into the body: POINTER(place, items, size of an item). */
#define FACTS_POINTERS(self, POINTER)                                                                        \
    POINTER(lines.starts, (self)->lines.count, sizeof(uint32_t))                                             \
    POINTER(lines.wide, (self)->lines.wide_count, sizeof(WideChar))                                          \
    POINTER(pool, 0, 1)

void facts_detach(const Facts *self, Facts *out) {
    memset(out, 0, sizeof *out); /* the gaps between its fields go to a file too */
    out->body_bytes = self->body_bytes;
    out->check = self->check;
    out->stamp = self->stamp;
    out->blank_lines = self->blank_lines;
    out->comment_lines = self->comment_lines;
    out->tree_count = self->tree_count;
    out->lines.count = self->lines.count;
    out->lines.wide_count = self->lines.wide_count;
    out->lines.len = self->lines.len;
#define POINTER(place, count, size)                                                                          \
    out->place = (const void *)(uintptr_t)((const char *)self->place - self->body);
#define LIST(field, type)                                                                                    \
    POINTER(field.items, , )                                                                                 \
    out->field.count = self->field.count;
    FACTS_POINTERS(self, POINTER)
    FACTS_LISTS(LIST)
#undef LIST
#undef POINTER
}

/* The place `offset` of the body; NULL when the items there would reach out of it. */
static const void *place_in(const Facts *self, uintptr_t offset, uint32_t count, size_t size) {
    if (offset % 8 || offset > self->body_bytes || (self->body_bytes - offset) / size < count) return NULL;
    return self->body + offset;
}

/* Whether it has what every file has. */
static bool is_whole(const Facts *self) {
    return self->names.count && self->symbols.count && self->scopes.count && self->runs.count &&
           self->lines.count && self->tree_count <= self->symbols.count;
}

Facts *facts_new_attached(const Facts *detached, const char *body) {
    Facts head = *detached;
    bool fits = is_whole(&head);
    head.body = body;
#define POINTER(place, count, size)                                                                          \
    head.place = place_in(&head, (uintptr_t)head.place, count, size);                                        \
    fits &= head.place != NULL;
#define LIST(field, type) POINTER(field.items, head.field.count, sizeof(type))
    FACTS_POINTERS(&head, POINTER)
    FACTS_LISTS(LIST)
#undef LIST
#undef POINTER
    if (!fits) return NULL;
    Facts *self = mem_alloc(sizeof *self);
    *self = head;
    return self;
}

bool facts_check(Facts *self) {
    bool good = self->check == 0 || XXH3_64bits(self->body, self->body_bytes) == self->check;
    self->check = 0;
    return good;
}

/* --- questions ---------------------------------------------------------------------------------- */

void facts_qualified_name(const Facts *self, uint32_t symbol, StrBuf *out) {
    const Symbol *symbols = self->symbols.items;
    size_t len = 0;
    for (uint32_t s = symbol; s != 0; s = symbols[s].parent) len += symbol_name(self, &symbols[s]).len + 1;
    if (len == 0) return;
    buf_append_repeated(out, '.', len - 1);
    size_t end = out->len + 1; /* of the name and the dot behind it */
    for (uint32_t s = symbol; s != 0; s = symbols[s].parent) {
        Str name = symbol_name(self, &symbols[s]);
        end -= name.len + 1;
        if (name.len) memcpy(out->data + end, name.data, name.len);
    }
}

/* The first attribute at or behind `from` that belongs to `parent`, or NONE. */
static uint32_t attribute_of(const Facts *self, uint32_t parent, uint32_t from) {
    uint32_t low = from, high = self->symbols.count;
    LOWER_BOUND(low, high, self->symbols.items[middle].parent < parent);
    return low < self->symbols.count && self->symbols.items[low].parent == parent ? low : NONE;
}

static uint32_t attributes_end(const Facts *self, uint32_t parent, uint32_t from) {
    uint32_t low = from, high = self->symbols.count;
    LOWER_BOUND(low, high, self->symbols.items[middle].parent <= parent);
    return low;
}

Slice facts_attributes_of(const Facts *self, uint32_t symbol) {
    uint32_t first = attribute_of(self, symbol, self->tree_count);
    return first == NONE ? ((Slice){0}) : (Slice){first, attributes_end(self, symbol, first) - first};
}

uint32_t facts_next_child(const Facts *self, uint32_t parent, uint32_t previous) {
    uint32_t next = previous == NONE              ? parent + 1
                    : previous < self->tree_count ? self->symbols.items[previous].after
                                                  : previous + 1;
    if (previous == NONE || previous < self->tree_count) {
        if (next < self->symbols.items[parent].after) return next;
        next = self->tree_count;
    }
    return attribute_of(self, parent, next);
}

/* The first place in by_name whose symbol's name is not below `name`. */
static uint32_t by_name_place(const Facts *self, uint32_t name) {
    uint32_t low = 0, high = self->by_name.count;
    LOWER_BOUND(low, high, self->symbols.items[self->by_name.items[middle]].name < name);
    return low;
}

Slice facts_symbols_named(const Facts *self, uint32_t name) {
    uint32_t first = by_name_place(self, name);
    return (Slice){first, by_name_place(self, name + 1) - first};
}

uint32_t facts_symbol_at(const Facts *self, uint32_t offset) {
    uint32_t found = 0;
    for (uint32_t s = 1; s < self->tree_count;) {
        const Symbol *symbol = &self->symbols.items[s];
        bool inside = symbol->range.start <= offset && offset < symbol->range.end;
        if (inside) found = s;
        s = inside ? s + 1 : symbol->after;
    }
    return found;
}

/* The symbol of the tree, or attribute of `parent`, in [low, high) whose name stands at the offset, or NONE.
 */
static uint32_t named_between(const Facts *self, uint32_t low, uint32_t high, uint32_t name_start) {
    uint32_t end = high;
    LOWER_BOUND(low, high, self->symbols.items[middle].name_start < name_start);
    return low < end && self->symbols.items[low].name_start == name_start ? low : NONE;
}

/* The last symbol of the tree whose name stands before an offset. */
static uint32_t symbol_before(const Facts *self, uint32_t offset) {
    uint32_t low = 1, high = self->tree_count;
    LOWER_BOUND(low, high, self->symbols.items[middle].name_start < offset);
    return low - 1;
}

static uint32_t attribute_at(const Facts *self, uint32_t parent, uint32_t name_start) {
    Slice attributes = facts_attributes_of(self, parent);
    return named_between(self, attributes.first, attributes.first + attributes.count, name_start);
}

uint32_t facts_symbol_named_at(const Facts *self, uint32_t name_start) {
    uint32_t found = named_between(self, 1, self->tree_count, name_start);
    if (found != NONE || self->tree_count == self->symbols.count) return found;
    uint32_t occurrence = facts_occurrence_at(self, name_start);
    uint32_t around = occurrence == NONE ? 0 : self->scopes.items[facts_scope_of(self, occurrence)].symbol;
    for (; found == NONE && around != 0; around = self->symbols.items[around].parent)
        found = attribute_at(self, around, name_start);
    if (found == NONE)
        found = attribute_at(self, symbol_before(self, name_start), name_start); /* in a string */
    return found;
}

uint32_t facts_first_occurrence(const Facts *self, uint32_t offset) {
    uint32_t low = 0, high = self->occurrences.count;
    LOWER_BOUND(low, high, self->occurrences.items[middle].start < offset);
    return low;
}

uint32_t facts_occurrence_at(const Facts *self, uint32_t offset) {
    uint32_t behind = facts_first_occurrence(self, offset + 1);
    if (behind == 0) return NONE;
    const Occurrence *occurrence = &self->occurrences.items[behind - 1];
    return offset <= occurrence->start + facts_name(self, occurrence->name).len ? behind - 1 : NONE;
}

uint32_t facts_quoted_at(const Facts *self, uint32_t offset) {
    uint32_t low = 0, high = self->quoted.count; /* the first that starts behind the offset */
    LOWER_BOUND(low, high, self->quoted.items[middle].start <= offset);
    if (low == 0) return NONE;
    const QuotedName *quoted = &self->quoted.items[low - 1];
    return offset <= quoted->start + facts_name(self, quoted->name).len ? low - 1 : NONE;
}

uint32_t facts_run_of(const Facts *self, uint32_t occurrence) {
    uint32_t low = 0, high = self->runs.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (self->runs.items[middle].first <= occurrence)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t facts_scope_of(const Facts *self, uint32_t occurrence) {
    return self->runs.items[facts_run_of(self, occurrence)].scope;
}

uint32_t facts_attribute_method(const Facts *self, uint32_t symbol) {
    const Symbol *attribute = &self->symbols.items[symbol];
    for (uint32_t s = facts_next_child(self, attribute->parent, NONE); s < self->tree_count;
         s = facts_next_child(self, attribute->parent, s)) {
        Range range = self->symbols.items[s].range;
        if (range.start <= attribute->name_start && attribute->name_start < range.end) return s;
    }
    return NONE;
}

/* The first place in `bindings` whose name is not below `name`. */
static uint32_t bindings_place(const Facts *self, uint32_t name) {
    uint32_t low = 0, high = self->bindings.count;
    LOWER_BOUND(low, high, self->occurrences.items[self->bindings.items[middle].occurrence].name < name);
    return low;
}

Slice facts_bindings_of(const Facts *self, uint32_t name) {
    uint32_t first = bindings_place(self, name);
    return (Slice){first, bindings_place(self, name + 1) - first};
}

/* The items whose first field, by which they are sorted, is `owner`. */
static Slice owned_by(const void *items, size_t size, uint32_t count, uint32_t owner) {
    const char *bytes = items;
    uint32_t low = 0, high = count;
    LOWER_BOUND(low, high, *(const uint32_t *)(const void *)(bytes + middle * size) < owner);
    Slice slice = {low, 0};
    while (low + slice.count < count &&
           *(const uint32_t *)(const void *)(bytes + (low + slice.count) * size) == owner)
        slice.count++;
    return slice;
}
#define OWNED_BY(list, owner) owned_by((list).items, sizeof *(list).items, (list).count, owner)

Slice facts_values_of(const Facts *self, uint32_t occurrence) { return OWNED_BY(self->values, occurrence); }

Slice facts_returns_of(const Facts *self, uint32_t symbol) { return OWNED_BY(self->returns, symbol); }

Slice facts_raises_of(const Facts *self, uint32_t symbol) { return OWNED_BY(self->raises, symbol); }

Slice facts_literals_of(const Facts *self, uint32_t occurrence) {
    return OWNED_BY(self->literals, occurrence);
}

Slice facts_current_exports(const Facts *self) {
    uint32_t first = self->exports.count;
    while (first > 0 && self->exports.items[first - 1].kind > EXPORTS_ANEW) first--;
    return (Slice){first, self->exports.count - first};
}

bool facts_lists_exports(const Facts *self) { return self->symbols.items[0].flags & SYMBOL_LISTS; }

bool facts_exports(const Facts *self, Str name) {
    bool open = self->exports.count == 0;
    for (uint32_t i = self->exports.count, first = facts_current_exports(self).first; i-- > first;) {
        const Export *export = &self->exports.items[i];
        open |= export->kind >= EXPORTS_OF;
        if (export->kind < EXPORTS_OF && str_eq(facts_text(self, export->name), name))
            return export->kind != EXPORTS_REMOVED;
    }
    return open && !str_starts_with(name, STR("_"));
}

uint32_t facts_suite_at(const Facts *self, uint32_t offset) {
    uint32_t low = 0, high = self->suites.count; /* the last one that starts at or before the offset */
    LOWER_BOUND(low, high, self->suites.items[middle].range.start <= offset);
    uint32_t suite = low ? low - 1 : NONE;
    while (suite != NONE && self->suites.items[suite].range.end <= offset)
        suite = self->suites.items[suite].parent;
    return suite;
}
