#include "index/folds.h"

#include <stdlib.h>

static int compare(const void *a, const void *b) {
    const Fold *x = a, *y = b;
    if (x->range.start != y->range.start) return x->range.start < y->range.start ? -1 : 1;
    if (x->range.end != y->range.end) return x->range.end > y->range.end ? -1 : 1;
    return x->kind - y->kind;
}

void folds_sort(Folds *self) {
    if (self->len) qsort(self->items, self->len, sizeof *self->items, compare);
}

/* How many folds each one lies in. */
static uint32_t *depths_new(const Folds *self) {
    uint32_t *depths = mem_calloc(self->len, sizeof *depths);
    Array(uint32_t) ends = {0};
    for (uint32_t i = 0; i < self->len; i++) {
        while (ends.len && *ARRAY_LAST(&ends) <= self->items[i].range.start) ends.len--;
        depths[i] = ends.len;
        ARRAY_PUSH(&ends, self->items[i].range.end);
    }
    ARRAY_FREE(&ends);
    return depths;
}

/* Of the level at which the limit is reached, the first ones stay. */
void folds_limit(Folds *self, uint32_t limit) {
    if (self->len <= limit) return;
    uint32_t *depths = depths_new(self), *counts = mem_calloc(self->len + 1, sizeof *counts);
    for (uint32_t i = 0; i < self->len; i++) counts[depths[i]]++;
    uint32_t level = 0, room = limit, kept = 0;
    while (counts[level] <= room) room -= counts[level++];
    for (uint32_t i = 0; i < self->len; i++) {
        bool stays = depths[i] < level || (depths[i] == level && room > 0);
        if (depths[i] == level && room > 0) room--;
        if (stays) self->items[kept++] = self->items[i];
    }
    self->len = kept;
    mem_free(depths);
    mem_free(counts);
}

uint32_t fold_last_line(const Fold *self, const Lines *lines, Str text) {
    uint32_t line = lines_line(lines, self->range.end), at = self->range.end;
    if (at >= text.len || str_find_byte(STR(")]}"), text.data[at]) == STR_NPOS) return line;
    while (at > lines->starts[line] && str_find_byte(STR(" \t\f)]}"), text.data[at - 1]) != STR_NPOS) at--;
    return at == lines->starts[line] && line > 0 ? line - 1 : line;
}
