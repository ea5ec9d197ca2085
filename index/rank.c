#include "index/rank.h"

#include "base/path.h"
#include "index/name.h"

#include <stdlib.h>

/* What a kind of symbol is worth, and being spelled as typed, in half octaves of use. */
enum { BEST_KIND_WORTH = 8, SPELLED_WORTH = 4, WORST_USE = 8 /* one file in so many symbols */ };
static const uint8_t kind_worth[SYMBOL_KINDS] = {[SYMBOL_CLASS] = BEST_KIND_WORTH,
                                                 [SYMBOL_FUNCTION] = BEST_KIND_WORTH,
                                                 [SYMBOL_METHOD] = 4,
                                                 [SYMBOL_VARIABLE] = 2};

/* The logarithm of 1 or more to the base 2, doubled. */
static uint32_t half_octaves(uint32_t number) {
    uint32_t octave = 31 - (uint32_t)__builtin_clz(number);
    uint32_t half = octave && number >> (octave - 1) & 1;
    return octave * 2 + half;
}

/* The stub of what every module has, in a library; the first one by path. */
static FileId find_builtins(const Index *index) {
    FileId found = NONE;
    for (FileId file = 0; file < index_file_end(index); file++) {
        if (index_is_own(index, file) || index_stamp(index, file) == NULL) continue;
        Str path = index_path(index, file);
        bool named = str_eq(path_name(path), STR("builtins.pyi")) && index_is_library(index, file);
        if (named && (found == NONE || str_compare(path, index_path(index, found)) < 0)) found = file;
    }
    return found;
}

Ranking ranking_of(const Index *index, Str typed) {
    return (Ranking){.index = index, .typed = typed, .builtins = find_builtins(index)};
}

static bool is_built_in(const Ranking *self, Postings postings) {
    uint32_t low = 0, high = self->builtins == NONE ? 0 : postings.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        Posting posting = postings.items[middle];
        if (posting.file == self->builtins && posting.kind) return true;
        if (posting.file < self->builtins)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* What a name used in so many files adds. */
static RankName rank_used(const Ranking *self, uint32_t name_id, uint64_t files) {
    Str name = index_name(self->index, name_id);
    uint32_t symbols = index_name_symbols(self->index, name_id);
    RankName rank = {.is_public = name_is_public(name)};
    rank.use = half_octaves((uint32_t)(files * WORST_USE / (symbols ? symbols : 1)) | 1);
    rank.use += str_eq(name, self->typed) ? SPELLED_WORTH : 0;
    rank.shortness = name.len < RANK_SHORTEST ? RANK_SHORTEST - (uint32_t)name.len : 0;
    return rank;
}

RankName rank_name(const Ranking *self, uint32_t name_id) {
    Postings postings = index_name_postings(self->index, name_id);
    return rank_used(self, name_id, is_built_in(self, postings) ? 0 : postings.count);
}

static uint32_t place_of(const RankName *name, bool is_own, bool is_test, uint32_t worth) {
    uint32_t use = name->use + worth;
    uint32_t place = is_own;
    place = place << 1 | !is_test;
    place = place << 1 | name->is_public;
    place = place * RANK_USES + (use < RANK_USES ? use : RANK_USES - 1);
    return place * (RANK_SHORTEST + 1) + name->shortness;
}

uint32_t rank_place(const Ranking *self, const RankName *name, FileId file, uint32_t kind) {
    return place_of(name, index_is_own(self->index, file), index_is_test(self->index, file),
                    kind_worth[kind]);
}

uint32_t rank_best_place(const Ranking *self, uint32_t name_id) {
    RankName name = rank_used(self, name_id, index_name_postings(self->index, name_id).count);
    return place_of(&name, true, false, BEST_KIND_WORTH);
}

uint32_t rank_score(Match match, uint32_t level, uint32_t place, uint32_t depth) {
    enum { DEEPEST = 15 };
    uint32_t score = (uint32_t)match << 2 | level;
    score = score * RANK_PLACES + place;
    return score << 4 | (depth < DEEPEST ? DEEPEST - depth : 0);
}

Match rank_match(uint32_t score) { return (Match)((score >> 4) / RANK_PLACES >> 2); }

bool rank_is_exact(uint32_t score) {
    return (score >> 4) / RANK_PLACES == ((uint32_t)MATCH_EXACT << 2 | RANK_BEST_LEVEL);
}

static int by_rank(const void *left, const void *right, void *context) {
    const Hit *a = left, *b = right;
    const Index *index = context;
    if (a->score != b->score) return a->score > b->score ? -1 : 1;
    int order = a->ref.file == b->ref.file
                    ? 0
                    : str_compare(index_path(index, a->ref.file), index_path(index, b->ref.file));
    return order ? order : (a->ref.symbol > b->ref.symbol) - (a->ref.symbol < b->ref.symbol);
}

static int by_score(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a < b) - (a > b);
}

/* Drops hits that score less than the `limit` best, so that only these are sorted by path. */
static void drop_worse(Hits *hits, uint32_t first, uint32_t limit) {
    uint32_t count = hits->len - first, kept = first;
    uint32_t *scores = mem_alloc(count * sizeof *scores);
    for (uint32_t i = 0; i < count; i++) scores[i] = hits->items[first + i].score;
    qsort(scores, count, sizeof *scores, by_score);
    uint32_t worst = scores[limit - 1];
    mem_free(scores);
    for (uint32_t i = first; i < hits->len; i++) {
        if (hits->items[i].score >= worst) hits->items[kept++] = hits->items[i];
    }
    hits->len = kept;
}

bool rank_keep_best(const Index *index, Hits *hits, uint32_t first, uint32_t limit) {
    bool more = limit && hits->len - first > limit;
    if (more) drop_worse(hits, first, limit);
    if (hits->len == first) return false;
    qsort_r(hits->items + first, hits->len - first, sizeof *hits->items, by_rank, (void *)(uintptr_t)index);
    if (more) hits->len = first + limit;
    return more;
}
