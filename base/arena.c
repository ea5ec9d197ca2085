#include "base/arena.h"

#include "base/mem.h"

enum { ALIGN = 8, FIRST_CHUNK = 1024, LARGEST_CHUNK = 1 << 20 };

struct ArenaChunk {
    ArenaChunk *older;
    size_t size;
};

void arena_init(Arena *self) { *self = (Arena){0}; }

void arena_release(Arena *self) {
    for (ArenaChunk *chunk = self->chunks; chunk;) {
        ArenaChunk *older = chunk->older;
        mem_free(chunk);
        chunk = older;
    }
    arena_init(self);
}

/* Chunks grow with what is already held, so that a small file wastes little and a large one needs few chunks.
 */
static void add_chunk(Arena *self, size_t need) {
    size_t size = self->total / 2 < FIRST_CHUNK ? FIRST_CHUNK : self->total / 2;
    if (size > LARGEST_CHUNK) size = LARGEST_CHUNK;
    if (size < need) size = need;
    ArenaChunk *chunk = mem_alloc(sizeof *chunk + size);
    *chunk = (ArenaChunk){self->chunks, size};
    self->chunks = chunk;
    self->next = (char *)(chunk + 1);
    self->end = self->next + size;
    self->total += size;
}

void *arena_alloc(Arena *self, size_t size) {
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if ((size_t)(self->end - self->next) < size || self->next == NULL) add_chunk(self, size);
    void *result = self->next;
    self->next += size;
    return result;
}

void *arena_copy(Arena *self, const void *data, size_t size) {
    if (size == 0) return NULL;
    return memcpy(arena_alloc(self, size), data, size);
}

Str arena_str(Arena *self, Str s) { return (Str){arena_copy(self, s.data, s.len), s.len}; }
