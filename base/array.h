/* Typed growable arrays: `Array(Symbol) symbols = {0};`
 *
 * An Array is three fields, zero-initialised when empty; items are `a.items[0 .. a.len)`. Pointers to items
 * are valid until the next push. ARRAY_FREE releases the storage; items that own something are released by
 * the owner.
 *
 * Storage may be lent: `cap` is 0 then, whatever `len` is, and the items are somebody else's, who keeps them
 * in place and unchanged. They are copied before the array grows; ARRAY_OWN copies them before one is set. */
#ifndef HEADWORD_BASE_ARRAY_H
#define HEADWORD_BASE_ARRAY_H

#include "base/mem.h"

#include <assert.h>
#include <stdint.h>

#define Array(T)                                                                                             \
    struct {                                                                                                 \
        T *items;                                                                                            \
        uint32_t len, cap;                                                                                   \
    }

/* Makes room for one more item behind `len`. */
#define ARRAY_GROW(a)                                                                                        \
    ((a)->len < (a)->cap                                                                                     \
         ? (void)0                                                                                           \
         : (void)((a)->items = array_grown((a)->items, (a)->len, &(a)->cap, sizeof *(a)->items)))

/* Makes the items ones that can be set. */
#define ARRAY_OWN(a)                                                                                         \
    ((a)->cap || (a)->len == 0                                                                               \
         ? (void)0                                                                                           \
         : (void)((a)->items = array_owned((a)->items, (a)->len, &(a)->cap, sizeof *(a)->items)))

/* Appends the value given, which may depend on `len`; a compound literal needs its own parentheses. */
#define ARRAY_PUSH(a, ...) (ARRAY_GROW(a), (a)->items[(a)->len] = (__VA_ARGS__), (void)(a)->len++)

#define ARRAY_LAST(a) (assert((a)->len > 0), &(a)->items[(a)->len - 1])
#define ARRAY_POP(a) (assert((a)->len > 0), (a)->items[--(a)->len])
#define ARRAY_FREE(a) (mem_free((a)->cap ? (a)->items : NULL), (a)->items = NULL, (a)->len = (a)->cap = 0)

/* Lets an empty array have `count` lent items. */
#define ARRAY_LEND(a, lent, count) ((a)->items = (void *)(uintptr_t)(lent), (a)->len = (count), (a)->cap = 0)

/* Binary search: moves `low` to the first number below `high` for which `before`, an expression of `middle`,
 * does not hold; to `high` when there is none. It must hold for all numbers before that. */
#define LOWER_BOUND(low, high, before)                                                                       \
    do {                                                                                                     \
        for (uint32_t end_ = (high), middle; (low) < end_;) {                                                \
            middle = (low) + (end_ - (low)) / 2;                                                             \
            if (before)                                                                                      \
                (low) = middle + 1;                                                                          \
            else                                                                                             \
                end_ = middle;                                                                               \
        }                                                                                                    \
    } while (0)

/* The storage of `len` items of `size` bytes, enlarged by at least one; *cap is updated. */
void *array_grown(void *items, uint32_t len, uint32_t *cap, size_t size);

/* A copy of lent items; *cap is updated. */
void *array_owned(const void *items, uint32_t len, uint32_t *cap, size_t size);

#endif
