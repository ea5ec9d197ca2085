/* Memory for syntax trees: what is allocated between pool_enter and pool_leave dies together.
 *
 * Parsing makes millions of small blocks. They are cut off chunks that stay with the thread; what is freed
 * meanwhile is used again, by size. Nobody has to take a tree apart, or a parser, to be rid of it: no
 * ts_…_delete is called. Under AddressSanitizer every block comes from the C library, to be watched. */
#ifndef HEADWORD_INDEX_POOL_H
#define HEADWORD_INDEX_POOL_H

/* From here on, on this thread, tree-sitter takes its memory from the pool; it is to be used between these
 * calls only. Pairs may nest: the outermost pool_leave drops everything that was allocated since. */
void pool_enter(void);
void pool_leave(void);

#endif
