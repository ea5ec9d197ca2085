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
    ARRAY_FREE(&self->slots);
    *self = (Interner){0};
}

/* The slot that holds s, or the free slot where it belongs. */
static uint32_t slot_of(const Interner *self, Str s, uint64_t hash) {
    uint32_t mask = self->slots.len - 1;
    for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t id = self->slots.items[i];
        if (id == 0) return i;
        if (self->tags.items[id - 1] == (uint32_t)(hash >> 32) && str_eq(intern_str(self, id - 1), s))
            return i;
    }
}

static void grow(Interner *self) {
    enum { FIRST = 256 };
    uint32_t count = self->slots.len ? self->slots.len * 2 : FIRST, mask = count - 1;
    ARRAY_FREE(&self->slots);
    self->slots.items = mem_calloc(count, sizeof *self->slots.items);
    self->slots.len = self->slots.cap = count;
    for (uint32_t id = 0; id < intern_count(self); id++) {
        Str s = intern_str(self, id);
        uint32_t i = (uint32_t)XXH3_64bits(s.data, s.len) & mask;
        while (self->slots.items[i]) i = (i + 1) & mask;
        self->slots.items[i] = id + 1;
    }
}

void intern_adopt(Interner *self, const char *text, const uint32_t *ends, const uint32_t *tags,
                  uint32_t count, const uint32_t *slots, uint32_t slot_count) {
    assert(intern_count(self) == 0 && slot_count > count && (slot_count & (slot_count - 1)) == 0);
    intern_release(self);
    self->text = text;
    self->ends = ends;
    self->lent = count;
    ARRAY_LEND(&self->tags, tags, count);
    ARRAY_LEND(&self->slots, slots, slot_count);
}

uint32_t intern_id(Interner *self, Str s) {
    if (intern_count(self) * 2 >= self->slots.len) grow(self);
    uint64_t hash = XXH3_64bits(s.data, s.len);
    uint32_t slot = slot_of(self, s, hash);
    if (self->slots.items[slot]) return self->slots.items[slot] - 1;
    ARRAY_OWN(&self->slots);
    ARRAY_PUSH(&self->strs, arena_str(&self->arena, s));
    ARRAY_PUSH(&self->tags, (uint32_t)(hash >> 32));
    self->slots.items[slot] = intern_count(self);
    return intern_count(self) - 1;
}

uint32_t intern_find(const Interner *self, Str s) {
    if (self->slots.len == 0) return INTERN_NONE;
    uint32_t id = self->slots.items[slot_of(self, s, XXH3_64bits(s.data, s.len))];
    return id ? id - 1 : INTERN_NONE;
}
