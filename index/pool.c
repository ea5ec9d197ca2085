#include "index/pool.h"

#include "base/array.h"

#include <string.h>
#include <pthread.h>
#include <tree_sitter/api.h>

#if defined(__SANITIZE_ADDRESS__)
#define POOL_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOL_WATCHED 1
#endif
#endif

enum {
    STEP = 16, /* sizes of blocks are multiples of it */
#ifdef POOL_WATCHED
    CLASSES = 0,
#else
    CLASSES = 64, /* sizes; larger blocks come from the C library */
#endif
    CHUNK = 1 << 18,
    KEPT = 8 /* chunks that stay */
};

/* In front of every block. */
typedef struct {
    uint32_t class; /* its size in steps; 0: a Large stands in front of this */
    uint32_t size;  /* what was asked for */
} Header;

typedef struct FreeBlock FreeBlock;
struct FreeBlock {
    FreeBlock *next;
};

typedef struct Large Large;
struct Large {
    Large *before, *after;
    Header header;
};

struct Pool {
    FreeBlock *free[CLASSES + 1];
    char *next, *end; /* unused part of the chunk that is in use */
    Array(char *) chunks;
    uint32_t used;  /* chunks */
    Large *large;   /* the newest */
    uint32_t depth; /* of pool_enter */
    Pool *outer;    /* that was entered before */
};

static _Thread_local Pool *current;

static void link_large(Large *block) {
    block->before = NULL;
    block->after = current->large;
    if (current->large) current->large->before = block;
    current->large = block;
}

static void unlink_large(Large *block) {
    if (block->after) block->after->before = block->before;
    *(block->before ? &block->before->after : &current->large) = block->after;
}

static void *large_alloc(size_t size) {
    Large *block = mem_alloc(sizeof *block + size);
    block->header.class = 0;
    link_large(block);
    return block + 1;
}

static Large *large_of(void *block) { return (Large *)block - 1; }

static void add_chunk(void) {
    if (current->used == current->chunks.len) ARRAY_PUSH(&current->chunks, mem_alloc(CHUNK));
    current->next = current->chunks.items[current->used++];
    current->end = current->next + CHUNK;
}

static void *allocate(size_t size) {
    assert(current);
    size_t class = (size + sizeof(Header) + STEP - 1) / STEP;
    if (class > CLASSES) return large_alloc(size);
    Header *header = (Header *)current->free[class];
    if (header) {
        current->free[class] = current->free[class]->next;
    } else {
        if ((size_t)(current->end - current->next) < class * STEP) add_chunk();
        header = (Header *)current->next;
        current->next += class * STEP;
    }
    *header = (Header){(uint32_t) class, (uint32_t)size};
    return header + 1;
}

static void release(void *block) {
    if (block == NULL) return;
    assert(current);
    Header *header = (Header *)block - 1;
    uint32_t class = header->class;
    if (class == 0) {
        unlink_large(large_of(block));
        mem_free(large_of(block));
        return;
    }
    FreeBlock *freed = (FreeBlock *)header;
    freed->next = current->free[class];
    current->free[class] = freed;
}

static void *allocate_zeroed(size_t count, size_t size) {
    return memset(allocate(count * size), 0, count * size);
}

static void *large_realloc(Large *block, size_t size) {
    unlink_large(block);
    block = mem_realloc(block, sizeof *block + size);
    link_large(block);
    return block + 1;
}

static void *reallocate(void *block, size_t size) {
    if (block == NULL) return allocate(size);
    Header *header = (Header *)block - 1;
    if (header->class == 0) return large_realloc(large_of(block), size);
    if (size + sizeof *header <= (size_t)header->class * STEP) {
        header->size = (uint32_t)size;
        return block;
    }
    void *moved = allocate(size);
    memcpy(moved, block, header->size < size ? header->size : size);
    release(block);
    return moved;
}

static void install(void) { ts_set_allocator(allocate, allocate_zeroed, reallocate, release); }

static pthread_once_t installed = PTHREAD_ONCE_INIT;

Pool *pool_new(void) {
    pthread_once(&installed, install);
    return mem_calloc(1, sizeof(Pool));
}

static void drop_chunks(Pool *self, uint32_t kept) {
    while (self->chunks.len > kept) mem_free(ARRAY_POP(&self->chunks));
}

void pool_free(Pool *self) {
    if (self == NULL) return;
    assert(self->depth == 0);
    drop_chunks(self, 0);
    ARRAY_FREE(&self->chunks);
    mem_free(self);
}

void pool_enter(Pool *self) {
    if (self->depth++ > 0) return;
    self->outer = current;
    current = self;
}

void pool_leave(Pool *self) {
    assert(current == self);
    if (--self->depth > 0) return;
    while (self->large) {
        Large *block = self->large;
        self->large = block->after;
        mem_free(block);
    }
    drop_chunks(self, KEPT);
    memset(self->free, 0, sizeof self->free);
    self->next = self->end = NULL;
    self->used = 0;
    current = self->outer;
}
