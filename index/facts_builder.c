#include "index/facts_builder.h"

#include "index/exports.h"
#include "index/remarks.h"

#include <stdlib.h>

void builder_init(FactsBuilder *self, Str source) {
    *self = (FactsBuilder){.source = source};
    buf_init(&self->pool);
    intern_init(&self->spellings);
    intern_id(&self->spellings, STR("")); /* the module's name */
    Range whole = {0, (uint32_t)source.len};
    ARRAY_PUSH(&self->symbols, (Symbol){.kind = SYMBOL_MODULE, .parent = NONE, .range = whole});
    builder_scope(self, SCOPE_MODULE, NONE, 0, whole);
}

Text builder_text(FactsBuilder *self, Str s) {
    Text text = {.at = (uint32_t)self->pool.len, .len = (uint32_t)s.len};
    buf_append(&self->pool, s);
    return text;
}

Text builder_source(FactsBuilder *self, Str s) {
    Text text = {.at = (uint32_t)self->pool.len};
    for (size_t cr; (cr = str_find_byte(s, '\r')) != STR_NPOS;) {
        buf_append(&self->pool, str_slice(s, 0, cr));
        buf_append_byte(&self->pool, '\n');
        s = str_from(s, cr + 1 < s.len && s.data[cr + 1] == '\n' ? cr + 2 : cr + 1);
    }
    buf_append(&self->pool, s);
    text.len = (uint32_t)self->pool.len - text.at;
    return text;
}

uint32_t builder_name(FactsBuilder *self, Range range) {
    return intern_id(&self->spellings, str_slice(self->source, range.start, range.end));
}

uint32_t builder_scope(FactsBuilder *self, ScopeKind kind, uint32_t parent, uint32_t symbol, Range range) {
    ARRAY_PUSH(&self->scopes,
               (Scope){.kind = (uint8_t)kind, .parent = parent, .symbol = symbol, .range = range});
    return self->scopes.len - 1;
}

uint32_t builder_occurrence(FactsBuilder *self, Range range, Role role, uint32_t flags, uint32_t scope) {
    if (self->runs.len == 0 || ARRAY_LAST(&self->runs)->scope != scope)
        ARRAY_PUSH(&self->runs, (ScopeRun){self->occurrences.len, scope});
    ARRAY_PUSH(&self->occurrences, (Occurrence){.start = range.start,
                                                .name = builder_name(self, range) & 0xFFFFFFu,
                                                .role = (unsigned)role & 15u,
                                                .flags = flags & 15u});
    return self->occurrences.len - 1;
}

uint32_t builder_occurrence_at(const FactsBuilder *self, uint32_t start) {
    uint32_t low = 0, high = self->occurrences.len;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (self->occurrences.items[middle].start <= start)
            low = middle;
        else
            high = middle;
    }
    return low;
}

Symbol *builder_attribute(FactsBuilder *self, uint32_t symbol, Range range) {
    ARRAY_PUSH(&self->attributes, (Symbol){.kind = SYMBOL_ATTRIBUTE,
                                           .parent = symbol,
                                           .name = builder_name(self, range),
                                           .name_start = range.start,
                                           .range = range});
    return ARRAY_LAST(&self->attributes);
}

static int by_parent_name_place(const void *left, const void *right) {
    const Symbol *a = left, *b = right;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    if (a->name != b->name) return a->name < b->name ? -1 : 1;
    return (a->name_start > b->name_start) - (a->name_start < b->name_start);
}

static int by_parent_place(const void *left, const void *right) {
    const Symbol *a = left, *b = right;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    return (a->name_start > b->name_start) - (a->name_start < b->name_start);
}

/* Keeps the first place of each attribute of each class, with the first docstring. */
static void append_attributes(FactsBuilder *self) {
    Symbol *items = self->attributes.items;
    uint32_t count = self->attributes.len, kept = 0;
    if (count == 0) return;
    qsort(items, count, sizeof *items, by_parent_name_place);
    for (uint32_t i = 0; i < count; i++) {
        Symbol *last = kept ? &items[kept - 1] : NULL;
        if (last && last->parent == items[i].parent && last->name == items[i].name) {
            if (last->doc.len == 0) last->doc = items[i].doc;
            continue;
        }
        items[kept++] = items[i];
    }
    qsort(items, kept, sizeof *items, by_parent_place);
    for (uint32_t i = 0; i < kept; i++) {
        items[i].after = self->symbols.len + 1;
        ARRAY_PUSH(&self->symbols, items[i]);
    }
}

static uint32_t count_blank_lines(const Lines *lines, Str source) {
    uint32_t blank = 0;
    for (uint32_t line = 0; line < lines->count; line++) {
        bool last_empty = line + 1 == lines->count && lines->starts[line] == lines->len;
        if (!last_empty && str_trim_end(lines_text(lines, source, line)).len == 0) blank++;
    }
    return blank;
}

/* The new number of each name: NONE for those that occur no more. The order stays. */
static uint32_t *renumbered_names(const FactsBuilder *self) {
    uint32_t count = intern_count(&self->spellings), next = 0;
    uint32_t *numbers = mem_calloc(count, sizeof *numbers);
    numbers[0] = 1;
    for (uint32_t i = 0; i < self->occurrences.len; i++) numbers[self->occurrences.items[i].name] = 1;
    for (uint32_t i = 0; i < self->symbols.len; i++) numbers[self->symbols.items[i].name] = 1;
    for (uint32_t i = 0; i < self->attributes.len; i++) numbers[self->attributes.items[i].name] = 1;
    for (uint32_t i = 0; i < self->quoted.len; i++) numbers[self->quoted.items[i].name] = 1;
    for (uint32_t i = 0; i < self->params.len; i++) numbers[self->params.items[i].name] = 1;
    for (uint32_t i = 0; i < self->import_names.len; i++) {
        uint32_t alias = self->import_names.items[i].alias;
        if (alias != NONE) numbers[alias] = 1;
    }
    for (uint32_t i = 0; i < count; i++) numbers[i] = numbers[i] ? next++ : NONE;
    return numbers;
}

static void renumber(FactsBuilder *self, const uint32_t *numbers) {
    for (uint32_t i = 0; i < self->occurrences.len; i++) {
        Occurrence *occurrence = &self->occurrences.items[i];
        occurrence->name = numbers[occurrence->name] & 0xFFFFFFu;
    }
    for (uint32_t i = 0; i < self->symbols.len; i++)
        self->symbols.items[i].name = numbers[self->symbols.items[i].name];
    for (uint32_t i = 0; i < self->attributes.len; i++)
        self->attributes.items[i].name = numbers[self->attributes.items[i].name];
    for (uint32_t i = 0; i < self->quoted.len; i++)
        self->quoted.items[i].name = numbers[self->quoted.items[i].name] & 0x3FFFFFFFu;
    for (uint32_t i = 0; i < self->params.len; i++)
        self->params.items[i].name = numbers[self->params.items[i].name];
    for (uint32_t i = 0; i < self->import_names.len; i++) {
        ImportName *name = &self->import_names.items[i];
        if (name->alias != NONE) name->alias = numbers[name->alias];
    }
}

static int by_owner(const void *left, const void *right) {
    const Value *a = left, *b = right;
    if (a->owner != b->owner) return a->owner < b->owner ? -1 : 1;
    if (a->use != b->use) return a->use < b->use ? -1 : 1;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    if (a->at != b->at) return a->at < b->at ? -1 : 1;
    return (a->steps > b->steps) - (a->steps < b->steps);
}

static int by_symbol_place(const void *left, const void *right) {
    const Raise *a = left, *b = right;
    if (a->symbol != b->symbol) return a->symbol < b->symbol ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

static int by_occurrence_place(const void *left, const void *right) {
    const Literal *a = left, *b = right;
    if (a->occurrence != b->occurrence) return a->occurrence < b->occurrence ? -1 : 1;
    return (a->start > b->start) - (a->start < b->start);
}

static bool declares(Role role) {
    return role == ROLE_WRITE || role == ROLE_DEFINITION || role == ROLE_PARAM || role == ROLE_TYPE_PARAM ||
           role == ROLE_IMPORT || role == ROLE_GLOBAL || role == ROLE_NONLOCAL;
}

/* Moves the last of the bindings [first, end), all of one name and by place, up to those of its scope. */
static void sink_binding(Binding *items, uint32_t first, uint32_t last) {
    Binding binding = items[last];
    uint32_t place = last;
    for (; place > first && items[place - 1].scope > binding.scope; place--) items[place] = items[place - 1];
    items[place] = binding;
}

/* Sorts by counting: names are many and their bindings few. */
static void list_bindings(FactsBuilder *self) {
    uint32_t *ends = mem_calloc(self->names.len + 1, sizeof *ends), count = 0;
    for (uint32_t i = 0; i < self->occurrences.len; i++) {
        const Occurrence *occurrence = &self->occurrences.items[i];
        if (!declares((Role)occurrence->role)) continue;
        ends[occurrence->name + 1]++;
        count++;
    }
    for (uint32_t i = 0; i < self->names.len; i++) ends[i + 1] += ends[i];
    self->bindings.items = mem_alloc((count + 1) * sizeof *self->bindings.items);
    self->bindings.len = count;
    self->bindings.cap = count + 1;
    uint32_t *starts = mem_alloc((self->names.len + 1) * sizeof *starts);
    memcpy(starts, ends, (self->names.len + 1) * sizeof *starts);
    for (uint32_t i = 0, run = 0; i < self->occurrences.len; i++) {
        const Occurrence *occurrence = &self->occurrences.items[i];
        while (run + 1 < self->runs.len && self->runs.items[run + 1].first <= i) run++;
        if (!declares((Role)occurrence->role)) continue;
        uint32_t place = ends[occurrence->name]++;
        self->bindings.items[place] = (Binding){self->runs.items[run].scope, i};
        sink_binding(self->bindings.items, starts[occurrence->name], place);
    }
    mem_free(starts);
    mem_free(ends);
}

void builder_drop_names(FactsBuilder *self) {
    uint32_t count = intern_count(&self->spellings);
    self->numbers = renumbered_names(self);
    for (uint32_t i = 0; i < count; i++) {
        if (self->numbers[i] == i) continue;
        renumber(self, self->numbers);
        return;
    }
}

/* Moves the identifiers into the pool; those that were dropped are left out. */
static void pack_names(FactsBuilder *self) {
    for (uint32_t i = 0; i < intern_count(&self->spellings); i++) {
        if (self->numbers && self->numbers[i] == NONE) continue;
        ARRAY_PUSH(&self->names, builder_text(self, intern_str(&self->spellings, i)));
    }
}

/* Lists the symbols by name: counted, then put in place. */
static void sort_by_name(FactsBuilder *self) {
    uint32_t *places = mem_calloc(self->names.len + 1, sizeof *places);
    for (uint32_t s = 1; s < self->symbols.len; s++) places[self->symbols.items[s].name + 1]++;
    for (uint32_t n = 0; n < self->names.len; n++) places[n + 1] += places[n];
    for (uint32_t s = 1; s < self->symbols.len; s++) ARRAY_PUSH(&self->by_name, s);
    for (uint32_t s = 1; s < self->symbols.len; s++)
        self->by_name.items[places[self->symbols.items[s].name]++] = s;
    mem_free(places);
}

/* Where the next list goes in the block, and how much of the block is taken. */
typedef struct {
    char *block; /* NULL while only the size is reckoned */
    size_t used;
} Packing;

static void *pack(Packing *self, const void *items, size_t bytes) {
    char *place = self->block ? self->block + self->used : NULL;
    size_t padded = (bytes + 7) & ~(size_t)7;
    if (place && bytes) memcpy(place, items, bytes);
    if (place) memset(place + bytes, 0, padded - bytes); /* the block may be written to a file */
    self->used += padded;
    return place;
}

/* Lays everything behind `facts`; run once to reckon the size (block NULL) and once to copy. */
static void pack_all(const FactsBuilder *self, const Lines *lines, Packing *to, Facts *facts) {
    const size_t head = (sizeof *facts + 7) & ~(size_t)7;
    to->used = head;
    facts->lines = *lines;
    facts->lines.starts = pack(to, lines->starts, lines->count * sizeof *lines->starts);
    facts->lines.wide = pack(to, lines->wide, lines->wide_count * sizeof *lines->wide);
#define LIST(field, type)                                                                                    \
    facts->field.items = pack(to, self->field.items, self->field.len * sizeof(type));                        \
    facts->field.count = self->field.len;
    FACTS_LISTS(LIST)
#undef LIST
    facts->pool = pack(to, self->pool.data, self->pool.len);
    facts->body = to->block ? to->block + head : NULL;
    facts->body_bytes = to->used - head;
}

void builder_release(FactsBuilder *self) {
#define LIST(field, type) ARRAY_FREE(&self->field);
    FACTS_LISTS(LIST)
#undef LIST
    ARRAY_FREE(&self->attributes);
    buf_release(&self->pool);
    intern_release(&self->spellings);
    mem_free(self->numbers);
}

typedef int Order(const void *left, const void *right);

static bool is_sorted(const char *items, uint32_t count, size_t size, Order *order) {
    for (uint32_t i = 1; i < count; i++, items += size) {
        if (order(items, items + size) > 0) return false;
    }
    return true;
}

static void sort(void *items, uint32_t count, size_t size, Order *order) {
    if (!is_sorted(items, count, size, order)) qsort(items, count, size, order);
}

/* Sorts what came to a list since the last time. */
#define SORT(field, order)                                                                                   \
    if (self->field.len > self->sorted.field)                                                                \
        sort(self->field.items + self->sorted.field, self->field.len - self->sorted.field,                   \
             sizeof *self->field.items, order);                                                              \
    self->sorted.field = self->field.len;

void builder_sort(FactsBuilder *self) {
    SORT(values, by_owner)
    SORT(returns, by_owner) SORT(raises, by_symbol_place) SORT(literals, by_occurrence_place)
}

static bool lists_exports(const Facts *facts) {
    Slice exports = facts_current_exports(facts);
    bool lists = exports.first > 0 && facts->exports.items[exports.first - 1].kind == EXPORTS_LITERAL;
    for (uint32_t i = exports.first; i < facts->exports.count; i++) {
        uint32_t kind = facts->exports.items[i].kind;
        lists |= kind == EXPORTS_LISTED || kind == EXPORTS_ADDED;
    }
    return lists;
}

static void set_flag(Symbol *symbol, uint16_t flag, bool value) {
    symbol->flags = (uint16_t)(value ? symbol->flags | flag : symbol->flags & ~flag);
}

/* Notes at the symbols what becomes of `__all__`; what was copied from earlier facts may say otherwise. */
static void mark_exports(const Facts *facts, Symbol *symbols) {
    ExportSet exports;
    exports_init(&exports, facts);
    set_flag(&symbols[0], SYMBOL_LISTS, lists_exports(facts));
    for (uint32_t s = 1; s < facts->symbols.count; s++) {
        if (symbols[s].parent == 0)
            set_flag(&symbols[s], SYMBOL_EXPORTED, exports_has(&exports, symbol_name(facts, &symbols[s])));
    }
    exports_release(&exports);
}

Facts *builder_finish(FactsBuilder *self) {
    Arena arena;
    arena_init(&arena);
    Lines lines = lines_build(&arena, self->source);
    Facts sized = {.blank_lines = count_blank_lines(&lines, self->source),
                   .comment_lines = self->comment_lines,
                   .tree_count = self->symbols.len};
    self->symbols.items[0].after = self->symbols.len;
    remarks_join(self);
    append_attributes(self);
    if (self->runs.len == 0) ARRAY_PUSH(&self->runs, (ScopeRun){0, 0});
    pack_names(self);
    sort_by_name(self);
    list_bindings(self);
    builder_sort(self);
    Packing packing = {0};
    pack_all(self, &lines, &packing, &sized);
    packing.block = mem_alloc(packing.used);
    Facts *facts = (Facts *)packing.block;
    *facts = sized;
    pack_all(self, &lines, &packing, facts);
    mark_exports(facts, (Symbol *)(uintptr_t)facts->symbols.items);
    arena_release(&arena);
    builder_release(self);
    return facts;
}

Facts *facts_new_plain(Str text) {
    FactsBuilder builder;
    builder_init(&builder, text);
    return builder_finish(&builder);
}

Facts *facts_new_blank(uint32_t names) {
    FactsBuilder builder;
    builder_init(&builder, STR(""));
    while (builder.names.len + 1 < names) ARRAY_PUSH(&builder.names, (Text){0});
    return builder_finish(&builder);
}
