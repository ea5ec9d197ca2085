/* Allocation that cannot fail.
 *
 * Every byte the program owns comes from here (tree-sitter and jansson are pointed here at start-up too).
 * Running out of memory ends the process with one line on stderr: no caller checks for NULL. */
#ifndef HEADWORD_BASE_MEM_H
#define HEADWORD_BASE_MEM_H

#include <stddef.h>

/* `ptr`, which a library gave where it would give NULL for `size` bytes that cannot be had: then the process
 * ends as for those below. */
void *mem_checked(void *ptr, size_t size);

/* Returns `size` bytes, uninitialised; the caller frees them with mem_free. Never NULL, also for size 0. */
void *mem_alloc(size_t size);

/* Returns room for `count` items of `size` bytes, zeroed. Ends the process when the product overflows. */
void *mem_calloc(size_t count, size_t size);

/* Grows or shrinks `ptr` (which may be NULL) to `size` bytes, keeping its contents. */
void *mem_realloc(void *ptr, size_t size);

/* Frees what the functions above returned. NULL is fine. */
void mem_free(void *ptr);

/* Keeps freed memory at hand from now on, where the C library can: what a busy server frees, it wants again
 * soon, and getting a page from the system takes longer than filling it. mem_trim gives it back. */
void mem_hold(void);
void mem_trim(void);

#endif
