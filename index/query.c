#include "index/query.h"

enum { MOST_WORK = 4000, DEEPEST = 60, SMALLEST_MAP = 64 };

struct QueryEntry {
    uint32_t file, number, value;
    uint8_t key; /* QueryKey + 1, 0 when free */
};

void query_init(Query *self, const Index *index) { *self = (Query){.index = index, .work = MOST_WORK}; }

void query_release(Query *self) {
    for (uint32_t i = 0; i < self->types.len; i++) ARRAY_FREE(&self->types.items[i]);
    for (uint32_t i = 0; i < self->orders.len; i++) ARRAY_FREE(&self->orders.items[i]);
    for (uint32_t i = 0; i < self->members.len; i++) ARRAY_FREE(&self->members.items[i]);
    ARRAY_FREE(&self->types);
    ARRAY_FREE(&self->orders);
    ARRAY_FREE(&self->members);
    mem_free(self->known.entries);
}

bool query_enter(Query *self) {
    if (self->work == 0 || self->depth >= DEEPEST) {
        self->cuts++;
        return false;
    }
    self->work--;
    self->depth++;
    return true;
}

/* Where a key stands or belongs. */
static struct QueryEntry *entry_of(const QueryMap *map, QueryKey key, uint32_t file, uint32_t number) {
    uint32_t mask = map->size - 1;
    uint32_t hash = (file * 0x9E3779B1u) ^ (number * 0x85EBCA77u) ^ ((uint32_t)key * 0xC2B2AE3Du);
    for (uint32_t i = (hash ^ hash >> 15) & mask;; i = (i + 1) & mask) {
        struct QueryEntry *entry = &map->entries[i];
        bool same = entry->key == (uint8_t)key + 1 && entry->file == file && entry->number == number;
        if (same || entry->key == 0) return entry;
    }
}

uint32_t query_find(const Query *self, QueryKey key, uint32_t file, uint32_t number) {
    if (self->known.size == 0) return NONE;
    const struct QueryEntry *entry = entry_of(&self->known, key, file, number);
    return entry->key ? entry->value : NONE;
}

static void grow(QueryMap *map) {
    QueryMap larger = {.size = map->size ? map->size * 2 : SMALLEST_MAP, .count = map->count};
    larger.entries = mem_calloc(larger.size, sizeof *larger.entries);
    for (uint32_t i = 0; i < map->size; i++) {
        const struct QueryEntry *entry = &map->entries[i];
        if (entry->key == 0) continue;
        *entry_of(&larger, (QueryKey)(entry->key - 1), entry->file, entry->number) = *entry;
    }
    mem_free(map->entries);
    *map = larger;
}

void query_keep(Query *self, QueryKey key, uint32_t file, uint32_t number, uint32_t value) {
    if (self->known.count * 2 >= self->known.size) grow(&self->known);
    struct QueryEntry *entry = entry_of(&self->known, key, file, number);
    if (entry->key == 0) self->known.count++;
    *entry = (struct QueryEntry){file, number, value, (uint8_t)(key + 1)};
}

void query_forget(Query *self, QueryKey key, uint32_t file, uint32_t number) {
    query_keep(self, key, file, number, NONE);
}

/* --- targets ------------------------------------------------------------------------------------ */

Target query_symbol_target(const Index *index, FileId file, uint32_t symbol) {
    const Facts *facts = index_facts(index, file);
    const Symbol *s = &facts->symbols.items[symbol];
    if (symbol == 0) return (Target){.file = file, .symbol = 0};
    return (Target){.file = file,
                    .symbol = symbol,
                    .name = {s->name_start, s->name_start + (uint32_t)symbol_name(facts, s).len}};
}

Target query_binding_target(const Index *index, FileId file, uint32_t occurrence) {
    const Facts *facts = index_facts(index, file);
    const Occurrence *at = &facts->occurrences.items[occurrence];
    return (Target){.file = file,
                    .symbol = facts_symbol_named_at(facts, at->start),
                    .name = {at->start, at->start + (uint32_t)facts_name(facts, at->name).len}};
}

void query_push_target(Targets *out, Target target) {
    for (uint32_t i = 0; i < out->len; i++) {
        const Target *known = &out->items[i];
        if (known->file == target.file && known->name.start == target.name.start &&
            known->symbol == target.symbol)
            return;
    }
    ARRAY_PUSH(out, target);
}
