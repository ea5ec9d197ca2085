/* A bump allocator: many small things that die together.
 *
 * Memory comes in chunks that never move, so pointers stay valid until arena_release. Nothing is freed alone.
 */
#ifndef HEADWORD_BASE_ARENA_H
#define HEADWORD_BASE_ARENA_H

#include "base/str.h"

typedef struct ArenaChunk ArenaChunk;

typedef struct {
    ArenaChunk *chunks; /* newest first */
    char *next, *end;   /* free part of the newest chunk */
    size_t total;       /* bytes held, for memory reports */
} Arena;

void arena_init(Arena *self);
void arena_release(Arena *self);

/* `size` bytes aligned for any object, uninitialised. */
void *arena_alloc(Arena *self, size_t size);

/* A copy of the bytes that lives as long as the arena. */
void *arena_copy(Arena *self, const void *data, size_t size);
Str arena_str(Arena *self, Str s);

#endif
