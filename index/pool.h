/* Memory for syntax trees: what is allocated between pool_enter and pool_leave dies together.
 *
 * Parsing makes millions of small blocks. They are cut off chunks that stay with the pool; what is freed
 * meanwhile is used again, by size. Nobody has to take a tree apart, or a parser, to be rid of it: no
 * ts_…_delete is called. Under AddressSanitizer every block comes from the C library, to be watched. */
#ifndef HEADWORD_INDEX_POOL_H
#define HEADWORD_INDEX_POOL_H

typedef struct Pool Pool;

Pool *pool_new(void);
void pool_free(Pool *self);

/* From here on, tree-sitter takes its memory on this thread from the pool; it is to be used between these
 * calls only. Pairs may nest, also with those of another pool: the outermost pool_leave of a pool drops all
 * that was allocated from it. */
void pool_enter(Pool *self);
void pool_leave(Pool *self);

#endif
