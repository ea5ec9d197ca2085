/* In which order hits come: what is said on top of index/search.h, as numbers. */
#ifndef HEADWORD_INDEX_RANK_H
#define HEADWORD_INDEX_RANK_H

#include "index/match.h"
#include "index/search.h"

typedef struct {
    const Index *index;
    Str typed;       /* a name spelled so counts as used more */
    FileId builtins; /* names of this library mean it nearly everywhere: no use of ours; or NONE */
} Ranking;

Ranking ranking_of(const Index *index, Str typed);

/* What a name adds to the place of the symbols that bear it. */
typedef struct {
    uint32_t use; /* how many files it is used in per symbol, in half octaves */
    uint32_t shortness;
    bool is_public;
} RankName;

RankName rank_name(const Ranking *self, uint32_t name_id);

/* The place of a symbol among those that match alike; below RANK_PLACES, higher is better. */
enum { RANK_USES = 64, RANK_SHORTEST = 31, RANK_PLACES = 8 * RANK_USES * (RANK_SHORTEST + 1) };
uint32_t rank_place(const Ranking *self, const RankName *name, FileId file, uint32_t kind);

/* No symbol of this name has a better place; without a look at where it is used. */
uint32_t rank_best_place(const Ranking *self, uint32_t name_id);

/* `level` says how the containers match, up to RANK_BEST_LEVEL; `depth` how many there are. */
enum { RANK_BEST_LEVEL = 3 };
uint32_t rank_score(Match match, uint32_t level, uint32_t place, uint32_t depth);

/* How the name of a hit with this score matches. */
Match rank_match(uint32_t score);

/* Whether no other score can come of a better match, neither of the name nor of its containers. */
bool rank_is_exact(uint32_t score);

/* Sorts the hits from number `first` on and drops those behind the `limit` best (0: none); true when it
 * dropped any. */
bool rank_keep_best(const Index *index, Hits *hits, uint32_t first, uint32_t limit);

#endif
