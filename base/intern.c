#include "base/intern.h"

#include <xxhash.h>

void intern_init(Interner *self) {
    *self = (Interner){0};
    arena_init(&self->arena);
}

void intern_release(Interner *self) {
    arena_release(&self->arena);
    ARRAY_FREE(&self->strs);
    ARRAY_FREE(&self->tags);
    mem_free(self->slots);
    *self = (Interner){0};
}

/* The slot that holds s, or the free slot where it belongs. */
static uint32_t slot_of(const Interner *self, Str s, uint64_t hash) {
    uint32_t mask = self->slot_count - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t id = self->slots[i];
        if (id == 0) return i;
        if (self->tags.items[id - 1] == (uint32_t)(hash >> 32) && str_eq(self->strs.items[id - 1], s))
            return i;
    }
}

static void grow(Interner *self) {
    self->slot_count = self->slot_count ? self->slot_count * 2 : 256;
    mem_free(self->slots);
    self->slots = mem_calloc(self->slot_count, sizeof *self->slots);
    uint32_t mask = self->slot_count - 1;
    for (uint32_t id = 0; id < self->strs.len; id++) {
        Str s = self->strs.items[id];
        uint32_t i = (uint32_t)XXH3_64bits(s.data, s.len) & mask;
        while (self->slots[i]) i = (i + 1) & mask;
        self->slots[i] = id + 1;
    }
}

static void *copied(const void *items, size_t bytes) { return memcpy(mem_alloc(bytes), items, bytes); }

void intern_adopt(Interner *self, const char *text, const uint32_t *ends, const uint32_t *tags,
                  uint32_t count, const uint32_t *slots, uint32_t slot_count) {
    assert(self->strs.len == 0 && slot_count > count && (slot_count & (slot_count - 1)) == 0);
    intern_release(self);
    self->strs.items = mem_alloc(count * sizeof *self->strs.items);
    for (uint32_t id = 0, start = 0; id < count; start = ends[id++])
        self->strs.items[id] = str_make(text + start, ends[id] - start);
    self->tags.items = copied(tags, count * sizeof *tags);
    self->slots = copied(slots, slot_count * sizeof *slots);
    self->strs.len = self->strs.cap = self->tags.len = self->tags.cap = count;
    self->slot_count = slot_count;
}

uint32_t intern_id(Interner *self, Str s) {
    if (self->strs.len * 2 >= self->slot_count) grow(self);
    uint64_t hash = XXH3_64bits(s.data, s.len);
    uint32_t slot = slot_of(self, s, hash);
    if (self->slots[slot]) return self->slots[slot] - 1;
    ARRAY_PUSH(&self->strs, arena_str(&self->arena, s));
    ARRAY_PUSH(&self->tags, (uint32_t)(hash >> 32));
    self->slots[slot] = self->strs.len;
    return self->strs.len - 1;
}

uint32_t intern_find(const Interner *self, Str s) {
    if (self->slot_count == 0) return INTERN_NONE;
    uint32_t id = self->slots[slot_of(self, s, XXH3_64bits(s.data, s.len))];
    return id ? id - 1 : INTERN_NONE;
}
