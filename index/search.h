/* Finding symbols by what someone types: their names, or words of their docstrings.
 *
 * Names are looked for as index/match.h says, without regard to white space; before the last dot of a query
 * stand names of what holds the symbol, each of which must answer a folder, module, class or function around
 * it, in this order, by its start or the starts of its words. Hits come best first: by how the name matches;
 * by how the containers do; own code before libraries; sources before tests; public before private; by how
 * much the name is used, per symbol that bears it, classes and functions before the rest; shorter names
 * first; by the number of folders and holders around; then by path and place, so that the order is the same
 * on every run. */
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
    uint32_t limit; /* most hits; 0: all */
    uint32_t kinds; /* bit k: symbols of SymbolKind k; 0: all */
    bool more;      /* out: hits were left out because of the limit */
    bool full;      /* out, of names: as many as were wanted are spelled as the query is */
    bool loose;     /* out, of names: no hit has more of the query than its letters in order */
} SearchRequest;

/* Appends the symbols whose names answer the query, best first. */
void search_symbols(const Index *index, SearchRequest *request, Hits *out);

/* Appends the symbols whose docstrings have words that start with those of the query, all of them, whatever
 * their letter case, best first: those first that have them in their first line. Symbols in `out` are passed
 * over; what is in it counts for the limit. */
void search_docs(const Index *index, SearchRequest *request, Hits *out);

/* Whether the query has a word long enough for search_docs to tell most files by. */
bool search_docs_is_quick(Str query);

/* The first line of a docstring that has the most words of the query, trimmed. */
Str search_doc_line(Str doc, Str query);

/* The names of symbols that are spelled nearly as a query's last part, at most SEARCH_NEAREST, best first;
 * returns how many. For when nothing is found. */
enum { SEARCH_NEAREST = 3 };
uint32_t search_nearest(const Index *index, Str query, uint32_t name_ids[SEARCH_NEAREST]);

#endif
