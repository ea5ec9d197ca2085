/* Finding symbols by what someone types: exact > prefix > word starts > subsequence. */
#ifndef HEADWORD_INDEX_SEARCH_H
#define HEADWORD_INDEX_SEARCH_H

#include "index/index.h"

typedef struct {
    SymbolRef ref;
    uint32_t score; /* higher is better; comparable within one search only */
} Hit;

typedef Array(Hit) Hits;

typedef struct {
    Str query;      /* "conv2d", "cv2", "Module.forward", "torch.nn.Linear"; empty: the most used names */
    uint32_t limit; /* 0: all */
    bool more;      /* out: hits were left out because of the limit */
} SearchRequest;

/* Appends the hits, best first: by how the name matches, then own code before libraries, definitions before
 * assignments, public before private, shorter before longer, then by path and place, so that the order is the
 * same on every run. Letter case counts only between otherwise equal hits. */
void search_symbols(const Index *index, SearchRequest *request, Hits *out);

#endif
