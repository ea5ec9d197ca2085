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
    KEPT = 8 /* chunks that a thread keeps */
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

typedef struct {
    FreeBlock *free[CLASSES + 1];
    char *next, *end;    /* unused part of the chunk that is in use */
    Array(char *) chunks;
    uint32_t used;       /* chunks */
    Large *large;        /* the newest */
    uint32_t depth;      /* of pool_enter */
} Pool;

static _Thread_local Pool pool;

static void link_large(Large *block) {
    block->before = NULL;
    block->after = pool.large;
    if (pool.large) pool.large->before = block;
    pool.large = block;
}

static void unlink_large(Large *block) {
    if (block->after) block->after->before = block->before;
    *(block->before ? &block->before->after : &pool.large) = block->after;
}

static void *large_alloc(size_t size) {
    Large *block = mem_alloc(sizeof *block + size);
    block->header.class = 0;
    link_large(block);
    return block + 1;
}

static Large *large_of(void *block) { return (Large *)block - 1; }

static void add_chunk(void) {
    if (pool.used == pool.chunks.len) ARRAY_PUSH(&pool.chunks, mem_alloc(CHUNK));
    pool.next = pool.chunks.items[pool.used++];
    pool.end = pool.next + CHUNK;
}

static void *pool_alloc(size_t size) {
    assert(pool.depth > 0);
    size_t class = (size + sizeof(Header) + STEP - 1) / STEP;
    if (class > CLASSES) return large_alloc(size);
    Header *header = (Header *)pool.free[class];
    if (header) {
        pool.free[class] = pool.free[class]->next;
    } else {
        if ((size_t)(pool.end - pool.next) < class * STEP) add_chunk();
        header = (Header *)pool.next;
        pool.next += class * STEP;
    }
    *header = (Header){(uint32_t) class, (uint32_t)size};
    return header + 1;
}

static void pool_free(void *block) {
    if (block == NULL) return;
    assert(pool.depth > 0);
    Header *header = (Header *)block - 1;
    uint32_t class = header->class;
    if (class == 0) {
        unlink_large(large_of(block));
        mem_free(large_of(block));
        return;
    }
    FreeBlock *freed = (FreeBlock *)header;
    freed->next = pool.free[class];
    pool.free[class] = freed;
}

static void *pool_calloc(size_t count, size_t size) {
    return memset(pool_alloc(count * size), 0, count * size);
}

static void *large_realloc(Large *block, size_t size) {
    unlink_large(block);
    block = mem_realloc(block, sizeof *block + size);
    link_large(block);
    return block + 1;
}

static void *pool_realloc(void *block, size_t size) {
    if (block == NULL) return pool_alloc(size);
    Header *header = (Header *)block - 1;
    if (header->class == 0) return large_realloc(large_of(block), size);
    if (size + sizeof *header <= (size_t)header->class * STEP) {
        header->size = (uint32_t)size;
        return block;
    }
    void *moved = pool_alloc(size);
    memcpy(moved, block, header->size < size ? header->size : size);
    pool_free(block);
    return moved;
}

static void install(void) { ts_set_allocator(pool_alloc, pool_calloc, pool_realloc, pool_free); }

static pthread_once_t installed = PTHREAD_ONCE_INIT;

void pool_enter(void) {
    pthread_once(&installed, install);
    pool.depth++;
}

void pool_leave(void) {
    assert(pool.depth > 0);
    if (--pool.depth > 0) return;
    while (pool.large) {
        Large *block = pool.large;
        pool.large = block->after;
        mem_free(block);
    }
    while (pool.chunks.len > KEPT) mem_free(ARRAY_POP(&pool.chunks));
    memset(pool.free, 0, sizeof pool.free);
    pool.next = pool.end = NULL;
    pool.used = 0;
}
