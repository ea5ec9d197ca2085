/* Memory for syntax trees: thread-local free lists by size.
 *
 * Parsing makes and frees tens of millions of small blocks; taking them from lists that no other thread
 * touches saves a sixth of the time that the C library's allocator needs. Blocks may be freed by another
 * thread than the one that made them: they join that thread's lists. The memory stays with the process. Under
 * AddressSanitizer the C library's allocator is used, so that every block is watched. */
#ifndef HEADWORD_INDEX_POOL_H
#define HEADWORD_INDEX_POOL_H

/* Makes tree-sitter take its memory from the pool. To be called before its first use; repeated calls do
 * nothing. */
void pool_install(void);

/* Frees what tree-sitter has allocated and given away. */
void pool_release(void *block);

#endif
