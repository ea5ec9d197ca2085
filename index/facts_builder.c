#include "index/facts_builder.h"

#include <stdlib.h>

void builder_init(FactsBuilder *self, Str source) {
    *self = (FactsBuilder){.source = source};
    buf_init(&self->pool);
    intern_init(&self->names);
    intern_id(&self->names, STR("")); /* the module's name */
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
    return intern_id(&self->names, str_slice(self->source, range.start, range.end));
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

void builder_attribute(FactsBuilder *self, uint32_t symbol, Range range) {
    ARRAY_PUSH(&self->attributes, (Symbol){.kind = SYMBOL_ATTRIBUTE,
                                           .parent = symbol,
                                           .name = builder_name(self, range),
                                           .name_start = range.start,
                                           .range = range});
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

/* Keeps the first place of each attribute of each class. */
static void append_attributes(FactsBuilder *self) {
    Symbol *items = self->attributes.items;
    uint32_t count = self->attributes.len, kept = 0;
    if (count == 0) return;
    qsort(items, count, sizeof *items, by_parent_name_place);
    for (uint32_t i = 0; i < count; i++) {
        if (kept && items[kept - 1].parent == items[i].parent && items[kept - 1].name == items[i].name)
            continue;
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
        if (!last_empty && str_trim(lines_text(lines, source, line)).len == 0) blank++;
    }
    return blank;
}

#define PACK(list)                                                                                           \
    (facts->list.items =                                                                                     \
         arena_copy(&facts->arena, self->list.items, self->list.len * sizeof *self->list.items),             \
     facts->list.count = self->list.len, ARRAY_FREE(&self->list))

static void pack_names(FactsBuilder *self, Facts *facts) {
    uint32_t count = self->names.strs.len;
    Str *names = arena_alloc(&facts->arena, count * sizeof *names);
    size_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) bytes += intern_str(&self->names, i).len;
    char *next = arena_alloc(&facts->arena, bytes);
    for (uint32_t i = 0; i < count; i++) {
        Str name = intern_str(&self->names, i);
        if (name.len) memcpy(next, name.data, name.len);
        names[i] = str_make(next, name.len);
        next += name.len;
    }
    facts->names.items = names;
    facts->names.count = count;
    intern_release(&self->names);
}

Facts *builder_finish(FactsBuilder *self) {
    Facts *facts = mem_calloc(1, sizeof *facts);
    arena_init(&facts->arena);
    facts->lines = lines_build(&facts->arena, self->source);
    facts->blank_lines = count_blank_lines(&facts->lines, self->source);
    facts->comment_lines = self->comment_lines;
    facts->has_all = self->has_all;
    facts->tree_count = self->symbols.len;
    self->symbols.items[0].after = self->symbols.len;
    append_attributes(self);
    if (self->runs.len == 0) ARRAY_PUSH(&self->runs, (ScopeRun){0, 0});
    pack_names(self, facts);
    char *pool = arena_copy(&facts->arena, self->pool.data, self->pool.len);
    facts->pool = pool ? pool : "";
    buf_release(&self->pool);
    PACK(symbols);
    PACK(params);
    PACK(texts);
    PACK(imports);
    PACK(import_names);
    PACK(scopes);
    PACK(occurrences);
    PACK(runs);
    PACK(literals);
    PACK(notes);
    PACK(all);
    PACK(errors);
    ARRAY_FREE(&self->attributes);
    return facts;
}
