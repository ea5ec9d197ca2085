/* An interner: equal byte strings get the same small number.
 *
 * Ids count up from 0 in order of first appearance and are never reused. Strings are copied in; the text of
 * an id stays valid and in place until intern_release. */
#ifndef HEADWORD_BASE_INTERN_H
#define HEADWORD_BASE_INTERN_H

#include "base/arena.h"
#include "base/array.h"

#define INTERN_NONE UINT32_MAX

typedef struct Interner {
    Arena arena;
    const char *text;     /* of the first `lent` strings, one behind the other */
    const uint32_t *ends; /* where each of them ends in it */
    uint32_t lent;
    Array(Str) strs;       /* the others, by id - lent */
    Array(uint32_t) tags;  /* by id: upper half of the hash, to skip most comparisons */
    Array(uint32_t) slots; /* open addressing; id + 1, 0 = free; as many as a power of two, or none */
} Interner;

void intern_init(Interner *self);
void intern_release(Interner *self);

/* Puts the strings of another interner into an empty one, under their ids: `text` holds them one behind the
 * other, up to `ends`; `tags` and `slots` are the other's. All four are lent: they stay where they are as
 * long as this one lives. */
void intern_adopt(Interner *self, const char *text, const uint32_t *ends, const uint32_t *tags,
                  uint32_t count, const uint32_t *slots, uint32_t slot_count);

/* The id of s, new if it was not there. */
uint32_t intern_id(Interner *self, Str s);

/* The id of s, or INTERN_NONE. */
uint32_t intern_find(const Interner *self, Str s);

static inline uint32_t intern_count(const Interner *self) { return self->lent + self->strs.len; }

static inline Str intern_str(const Interner *self, uint32_t id) {
    assert(id < intern_count(self));
    if (id >= self->lent) return self->strs.items[id - self->lent];
    uint32_t start = id ? self->ends[id - 1] : 0;
    return str_make(self->text + start, self->ends[id] - start);
}

#endif
