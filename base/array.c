#include "base/array.h"

#include <stdbool.h>
#include <string.h>

enum { FIRST = 8 /* items there is room for at first */ };

void *array_grown(void *items, uint32_t len, uint32_t *cap, size_t size) {
    assert(len < UINT32_MAX / 2);
    bool lent = *cap == 0;
    *cap = len ? len * 2 : FIRST;
    if (!lent) return mem_realloc(items, *cap * size);
    void *own = mem_alloc(*cap * size);
    return len ? memcpy(own, items, len * size) : own;
}

void *array_owned(const void *items, uint32_t len, uint32_t *cap, size_t size) {
    *cap = len;
    return memcpy(mem_alloc(len * size), items, len * size);
}
