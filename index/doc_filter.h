/* Words of docstrings: which a text has, and which files may have them.
 *
 * A word is letters and digits; whatever is not ASCII counts as a letter. Letter case is folded away. */
#ifndef HEADWORD_INDEX_DOC_FILTER_H
#define HEADWORD_INDEX_DOC_FILTER_H

#include "index/facts.h"

#include "base/array.h"

/* The words of a query, folded; each stands for all words that start with it. */
enum { DOC_QUERY_MOST = 16 /* those behind are left out */ };
typedef struct {
    StrBuf text;
    Str items[DOC_QUERY_MOST];
    uint32_t count;
    uint32_t firsts[256]; /* by byte: bit i says that word i starts with it, in either case */
} DocQuery;

void doc_query_init(DocQuery *self, Str query);
void doc_query_release(DocQuery *self);

/* Which words a text has, as bits; it is read no further than until all are found. `scratch` is used. */
uint32_t doc_query_found(const DocQuery *self, Str text, StrBuf *scratch);
static inline uint32_t doc_query_all(const DocQuery *self) { return ((uint32_t)1 << self->count) - 1; }

/* The starts of the words in the docstrings of files, hashed: a quick test before the docstrings are read.
 * Words of less than 4 bytes are not told apart. Owned by the index, changed with its files. */
typedef struct {
    Array(uint16_t) hashes; /* file by file, each one's sorted */
    Array(Slice) files;     /* in `hashes` */
    uint32_t unused;        /* hashes that are no file's any more */
} DocFilter;

void doc_filter_release(DocFilter *self);
/* Puts the facts' words in the place of what the file had; NULL: none. */
void doc_filter_update(DocFilter *self, uint32_t file, const Facts *facts);
/* False when no docstring of the file has all words. */
bool doc_filter_may_have(const DocFilter *self, uint32_t file, const DocQuery *words);
/* Whether any of the words is long enough to be told from others. */
bool doc_query_is_told(const DocQuery *words);

#endif
