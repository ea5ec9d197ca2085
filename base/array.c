#include "base/array.h"

void *array_grown(void *items, uint32_t *cap, size_t size) {
    assert(*cap < UINT32_MAX / 2);
    *cap = *cap ? *cap * 2 : 8;
    return mem_realloc(items, *cap * size);
}
