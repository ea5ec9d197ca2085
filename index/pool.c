#include "index/pool.h"

#include "base/mem.h"

#include <stdint.h>
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

#ifdef POOL_WATCHED

void pool_release(void *block) { mem_free(block); }

static void install(void) { ts_set_allocator(mem_alloc, mem_calloc, mem_realloc, mem_free); }

#else

enum { STEP = 16, CLASSES = 40, CHUNK = 1 << 16 };

/* In front of every block; the size of larger blocks is kept by the C library. */
typedef struct {
    uint32_t class; /* 0: from the C library */
    uint32_t size;  /* what was asked for, for copying; of pooled blocks only */
} Header;

typedef struct FreeBlock FreeBlock;
struct FreeBlock {
    FreeBlock *next;
};

typedef struct {
    FreeBlock *free[CLASSES + 1];
    char *next, *end; /* unused part of the newest chunk */
} Pool;

static _Thread_local Pool pool;

static void *pool_alloc(size_t size) {
    size_t class = (size + sizeof(Header) + STEP - 1) / STEP;
    Header *header;
    if (class > CLASSES) {
        header = mem_alloc(size + sizeof *header);
        class = 0;
    } else if (pool.free[class]) {
        header = (Header *)pool.free[class];
        pool.free[class] = pool.free[class]->next;
    } else {
        if ((size_t)(pool.end - pool.next) < class * STEP) {
            pool.next = mem_alloc(CHUNK);
            pool.end = pool.next + CHUNK;
        }
        header = (Header *)pool.next;
        pool.next += class * STEP;
    }
    *header = (Header){(uint32_t) class, (uint32_t)size};
    return header + 1;
}

void pool_release(void *block) {
    if (block == NULL) return;
    Header *header = (Header *)block - 1;
    uint32_t class = header->class;
    if (class == 0) {
        mem_free(header);
        return;
    }
    FreeBlock *freed = (FreeBlock *)header;
    freed->next = pool.free[class];
    pool.free[class] = freed;
}

static void *pool_calloc(size_t count, size_t size) {
    return memset(pool_alloc(count * size), 0, count * size);
}

static void *pool_realloc(void *block, size_t size) {
    if (block == NULL) return pool_alloc(size);
    Header *header = (Header *)block - 1;
    if (header->class == 0) {
        header = mem_realloc(header, size + sizeof *header);
        return header + 1;
    }
    if (size + sizeof *header <= (size_t)header->class * STEP) {
        header->size = (uint32_t)size;
        return block;
    }
    void *moved = pool_alloc(size);
    memcpy(moved, block, header->size < size ? header->size : size);
    pool_release(block);
    return moved;
}

static void install(void) { ts_set_allocator(pool_alloc, pool_calloc, pool_realloc, pool_release); }

#endif

static pthread_once_t installed = PTHREAD_ONCE_INIT;

void pool_install(void) { pthread_once(&installed, install); }
