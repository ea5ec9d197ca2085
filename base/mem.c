#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void *mem_checked(void *ptr, size_t size) {
    if (ptr == NULL) {
        fprintf(stderr, "headword: out of memory (%zu bytes wanted)\n", size);
        abort();
    }
    return ptr;
}

void *mem_alloc(size_t size) { return mem_checked(malloc(size ? size : 1), size); }

void *mem_calloc(size_t count, size_t size) {
    return mem_checked(calloc(count ? count : 1, size ? size : 1), count * size);
}

void *mem_realloc(void *ptr, size_t size) { return mem_checked(realloc(ptr, size ? size : 1), size); }

void mem_free(void *ptr) { free(ptr); }

void mem_hold(void) {
#ifdef __GLIBC__
    enum { LARGEST = 8 << 20 /* bytes: several times what a keystroke in a large file takes */ };
    mallopt(M_MMAP_THRESHOLD, LARGEST);
    mallopt(M_TRIM_THRESHOLD, LARGEST);
#endif
}

void mem_trim(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
