#include "index/query.h"

#include "base/path.h"

enum { MOST_WORK = 4000, DEEPEST = 60, SMALLEST_MAP = 64 };

struct QueryEntry {
    uint64_t number;
    uint32_t file, value;
    uint8_t key; /* QueryKey + 1, 0 when free */
};

void query_init(Query *self, const Index *index) {
    *self = (Query){.index = index, .work = MOST_WORK, .lowest = NONE};
    intern_init(&self->paths);
}

void query_release(Query *self) {
    for (uint32_t i = 0; i < self->types.len; i++) ARRAY_FREE(&self->types.items[i]);
    for (uint32_t i = 0; i < self->arguments.len; i++) {
        for (uint32_t n = 0; n < TYPE_ARGUMENTS; n++) ARRAY_FREE(&self->arguments.items[i].of[n]);
    }
    for (uint32_t i = 0; i < self->orders.len; i++) ARRAY_FREE(&self->orders.items[i]);
    for (uint32_t i = 0; i < self->members.len; i++) ARRAY_FREE(&self->members.items[i].targets);
    ARRAY_FREE(&self->types);
    ARRAY_FREE(&self->arguments);
    ARRAY_FREE(&self->orders);
    ARRAY_FREE(&self->classes);
    ARRAY_FREE(&self->members);
    ARRAY_FREE(&self->modules);
    intern_release(&self->paths);
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
static struct QueryEntry *entry_of(const QueryMap *map, QueryKey key, FileId file, uint64_t number) {
    uint32_t mask = map->size - 1;
    uint64_t hash = (number ^ (uint64_t)file << 24 ^ (uint64_t)key << 60) * 0x9E3779B97F4A7C15u;
    for (uint32_t i = (uint32_t)(hash >> 32) & mask;; i = (i + 1) & mask) {
        struct QueryEntry *entry = &map->entries[i];
        bool same = entry->key == (uint8_t)key + 1 && entry->file == file && entry->number == number;
        if (same || entry->key == 0) return entry;
    }
}

uint32_t query_find(const Query *self, QueryKey key, FileId file, uint64_t number) {
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

void query_keep(Query *self, QueryKey key, FileId file, uint64_t number, uint32_t value) {
    if (self->known.count * 2 >= self->known.size) grow(&self->known);
    struct QueryEntry *entry = entry_of(&self->known, key, file, number);
    if (entry->key == 0) self->known.count++;
    *entry = (struct QueryEntry){number, file, value, (uint8_t)(key + 1)};
}

void query_forget(Query *self, QueryKey key, FileId file, uint64_t number) {
    query_keep(self, key, file, number, NONE);
}

/* --- modules and members ------------------------------------------------------------------------ */

FileId query_find_module(Query *self, FileId from, Str name, uint32_t level) {
    StrBuf key; /* only the folder of the file that asks counts */
    Str folder = path_parent(index_path(self->index, from));
    buf_init(&key);
    buf_reserve(&key, sizeof level + name.len + 1 + folder.len);
    buf_append(&key, str_make((const char *)&level, sizeof level));
    buf_append(&key, name);
    buf_append_byte(&key, '/');
    buf_append(&key, folder);
    uint32_t id = intern_id(&self->paths, buf_str(&key));
    buf_release(&key);
    if (id == self->modules.len) {
        FileId found = index_find_module(self->index, from, name, level);
        bool hidden = self->own_only && found != NONE && !index_is_own(self->index, found);
        ARRAY_PUSH(&self->modules, hidden ? NONE : found);
    }
    return self->modules.items[id];
}

/* Questions go in circles where modules import each other: what was found while a question further out had
 * no answer yet may lack something, and is forgotten. */
static uint32_t work_out_member(Query *self, SymbolRef owner, Str name, uint64_t number, MemberFinder *find) {
    uint32_t place = self->members.len, depth = self->depth + 1, cuts = self->cuts, lowest = self->lowest;
    ARRAY_PUSH(&self->members, (Member){.depth = depth});
    query_keep(self, KEY_MEMBER, owner.file, number, place);
    self->lowest = NONE;
    Targets found = {0};
    if (query_enter(self)) {
        find(self, owner, name, &found);
        query_leave(self);
    }
    self->members.items[place] = (Member){.targets = found};
    bool whole = self->lowest >= depth;
    if (!whole || self->cuts != cuts) query_forget(self, KEY_MEMBER, owner.file, number);
    if (whole || self->lowest > lowest) self->lowest = lowest;
    return place;
}

void query_own_member(Query *self, SymbolRef owner, Str name, MemberFinder *find, Targets *out) {
    uint32_t id = index_find_name(self->index, name);
    if (id == NONE) return;
    uint64_t number = (uint64_t)owner.symbol << 32 | id;
    uint32_t known = query_find(self, KEY_MEMBER, owner.file, number);
    if (known == NONE) known = work_out_member(self, owner, name, number, find);
    const Member *member = &self->members.items[known];
    if (member->depth && member->depth < self->lowest) self->lowest = member->depth;
    for (uint32_t i = 0; i < member->targets.len; i++) query_push_target(out, member->targets.items[i]);
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
