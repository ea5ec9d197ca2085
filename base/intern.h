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
    Array(Str) strs;      /* by id */
    Array(uint32_t) tags; /* by id: upper half of the hash, to skip most comparisons */
    uint32_t *slots;      /* open addressing; id + 1, 0 = free */
    uint32_t slot_count;  /* power of two, or 0 */
} Interner;

void intern_init(Interner *self);
void intern_release(Interner *self);

/* Puts the strings of another interner into an empty one, under their ids: `text` holds them one behind the
 * other, up to `ends`, and stays where it is as long as this one lives; `tags` and `slots` are the other's
 * and are copied. */
void intern_adopt(Interner *self, const char *text, const uint32_t *ends, const uint32_t *tags,
                  uint32_t count, const uint32_t *slots, uint32_t slot_count);

/* The id of s, new if it was not there. */
uint32_t intern_id(Interner *self, Str s);

/* The id of s, or INTERN_NONE. */
uint32_t intern_find(const Interner *self, Str s);

static inline Str intern_str(const Interner *self, uint32_t id) {
    assert(id < self->strs.len);
    return self->strs.items[id];
}

#endif
