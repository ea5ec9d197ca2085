#include "index/search.h"

#include "base/utf8.h"
#include "index/name.h"

#include <ctype.h>
#include <stdlib.h>

/* How well a name answers a query. */
typedef enum {
    MATCH_NONE,
    MATCH_SUBSEQUENCE,
    MATCH_WORDS,
    MATCH_PREFIX,
    MATCH_EXACT_FOLDED,
    MATCH_EXACT
} Match;

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c; }

static bool equal_folded(Str a, Str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (fold(a.data[i]) != fold(b.data[i])) return false;
    }
    return true;
}

static bool is_subsequence(Str query, Str name) {
    size_t matched = 0;
    for (size_t i = 0; i < name.len && matched < query.len; i++)
        matched += fold(name.data[i]) == fold(query.data[matched]);
    return matched == query.len;
}

/* Whether a word starts at name[at]: behind "_", at a capital behind a small letter, at the first digit. */
static bool word_start(Str name, size_t at) {
    if (at == 0) return true;
    unsigned char before = (unsigned char)name.data[at - 1], here = (unsigned char)name.data[at];
    if (here == '_') return false;
    if (before == '_') return true;
    if (isupper(here))
        return !isupper(before) || (at + 1 < name.len && islower((unsigned char)name.data[at + 1]));
    return isdigit(here) && !isdigit(before);
}

/* Whether the query is made of starts of words of the name, in order: "gdp" or "gendoc" for
 * generate_doc_page. */
static bool matches_words(Str query, Str name) {
    enum { LONGEST = 64 };
    if (query.len > LONGEST) return false;
    uint64_t ends = 0; /* bit q: query[0..q] is matched with its last character at the name's previous one */
    uint64_t before = 0; /* the same, at any earlier place */
    for (size_t i = 0; i < name.len; i++) {
        uint64_t now = 0;
        for (size_t q = 0; q < query.len; q++) {
            if (fold(name.data[i]) != fold(query.data[q])) continue;
            bool continues = q > 0 && (ends >> (q - 1) & 1);
            bool starts = word_start(name, i) && (q == 0 || (before >> (q - 1) & 1));
            if (continues || starts) now |= (uint64_t)1 << q;
        }
        if (now >> (query.len - 1) & 1) return true;
        before |= now;
        ends = now;
    }
    return false;
}

static Match match_name(Str query, Str name) {
    if (query.len == 0) return MATCH_SUBSEQUENCE;
    if (!is_subsequence(query, name)) return MATCH_NONE;
    if (str_eq(query, name)) return MATCH_EXACT;
    if (equal_folded(query, name)) return MATCH_EXACT_FOLDED;
    if (equal_folded(query, str_slice(name, 0, query.len))) return MATCH_PREFIX;
    return matches_words(query, name) ? MATCH_WORDS : MATCH_SUBSEQUENCE;
}

/* The same for names and queries that are not ASCII. */
static Match match_folded(Str query, Str folded, Str name, StrBuf *scratch) {
    if (str_eq(query, name)) return MATCH_EXACT;
    Match match = match_name(folded, name_folded(name, scratch));
    return match == MATCH_EXACT ? MATCH_EXACT_FOLDED : match;
}

/* How the container "pkg.mod.Class" of a symbol answers the qualifiers before a query's last dot: each must
 * be the start of one of its parts, in order. 2: they are its last parts, 1: they fit, 0: they do not. */
static uint32_t match_container(Str qualifiers, Str container) {
    bool last_parts =
        container.len >= qualifiers.len &&
        equal_folded(qualifiers, str_from(container, container.len - qualifiers.len)) &&
        (container.len == qualifiers.len || container.data[container.len - qualifiers.len - 1] == '.');
    if (last_parts) return 2;
    Str part, wanted;
    if (!str_next_piece(&qualifiers, '.', &wanted)) return 1;
    while (container.data && str_next_piece(&container, '.', &part)) {
        if (!equal_folded(wanted, str_slice(part, 0, wanted.len))) continue;
        if (!str_next_piece(&qualifiers, '.', &wanted)) return 1;
    }
    return 0;
}

typedef Array(uint32_t) NameIds;

typedef struct {
    const Index *index;
    Str qualifiers; /* "" without */
    Match match;    /* of the names at hand */
    Hits *hits;
    StrBuf scratch;
} Search;

/* Everything that ranks a hit but for its path and its place; see search.h. */
static uint32_t score_hit(const Search *self, SymbolRef ref, uint32_t container) {
    static const uint8_t by_kind[SYMBOL_KINDS] = {0, 3, 3, 2, 1, 0};
    const Facts *facts = index_facts(self->index, ref.file);
    const Symbol *symbol = &facts->symbols.items[ref.symbol];
    Str name = symbol_name(facts, symbol);
    uint32_t score = self->match;
    score = score << 2 | container;
    score = score << 1 | index_is_own(self->index, ref.file);
    score = score << 1 | !index_is_test(self->index, ref.file);
    score = score << 2 | by_kind[symbol->kind];
    score = score << 1 | name_is_public(name);
    return score << 8 | (name.len < 255 ? 255 - (uint32_t)name.len : 0);
}

static void visit(void *context, SymbolRef ref) {
    Search *self = context;
    uint32_t container = 1;
    if (index_is_library(self->index, ref.file)) return; /* they are for looking up, not for finding */
    if (self->qualifiers.len) {
        buf_clear(&self->scratch);
        index_dotted_name(self->index, ref, &self->scratch);
        Str dotted = buf_str(&self->scratch);
        container = match_container(self->qualifiers, str_slice(dotted, 0, str_rfind_byte(dotted, '.')));
        if (container == 0) return;
    }
    ARRAY_PUSH(self->hits, (Hit){ref, score_hit(self, ref, container)});
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

/* Drops hits that score less than the `limit` best, so that only these are sorted by name and path. */
static void keep_best(Hits *hits, uint32_t first, uint32_t limit) {
    uint32_t count = hits->len - first, kept = first;
    if (limit == 0 || count <= limit) return;
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

/* For an empty query the most used names come first: those that occur in most files. */
static uint32_t usage_floor(const Index *index, uint32_t limit) {
    enum { BUCKETS = 4096 };
    uint32_t counts[BUCKETS] = {0}, kept = 0;
    for (uint32_t id = 0; id < index_name_end(index); id++) {
        uint32_t files = index_name_postings(index, id).count;
        counts[files < BUCKETS ? files : BUCKETS - 1] += index_name_symbols(index, id);
    }
    for (uint32_t files = BUCKETS - 1; files > 0; files--) {
        kept += counts[files];
        if (kept >= limit) return files;
    }
    return 0;
}

/* Sorts the names that symbols bear by how they answer the query. */
static void match_names(const Index *index, Str query, uint32_t floor, NameIds names[MATCH_EXACT + 1]) {
    StrBuf scratch, folded_query;
    buf_init(&scratch);
    buf_init(&folded_query);
    Str folded = name_folded(query, &folded_query);
    uint64_t mask = index_text_mask(folded) | MASK_DEFINED;
    bool ascii = utf8_is_ascii(query.data, query.len);
    for (uint32_t id = 0; id < index_name_end(index); id++) {
        if (mask & ~index_name_mask(index, id)) continue;
        if (floor && index_name_postings(index, id).count < floor) continue;
        Str name = index_name(index, id);
        bool plain = ascii && utf8_is_ascii(name.data, name.len);
        Match match = plain ? match_name(query, name) : match_folded(query, folded, name, &scratch);
        if (match != MATCH_NONE) ARRAY_PUSH(&names[match], id);
    }
    buf_release(&scratch);
    buf_release(&folded_query);
}

void search_symbols(const Index *index, SearchRequest *request, Hits *out) {
    size_t dot = str_rfind_byte(request->query, '.');
    Str query = dot == STR_NPOS ? request->query : str_from(request->query, dot + 1);
    Search self = {.index = index,
                   .qualifiers = dot == STR_NPOS ? STR("") : str_slice(request->query, 0, dot),
                   .hits = out};
    NameIds names[MATCH_EXACT + 1] = {0};
    uint32_t limit = request->limit, first = out->len;
    buf_init(&self.scratch);
    match_names(index, query, request->query.len == 0 && limit ? usage_floor(index, limit) : 0, names);
    for (int match = MATCH_EXACT; match > MATCH_NONE; match--) {
        bool enough = limit && out->len - first > limit;
        self.match = (Match)match;
        for (uint32_t i = 0; i < names[match].len && !enough; i++)
            index_each_symbol_of_name(index, names[match].items[i], visit, &self);
        ARRAY_FREE(&names[match]);
    }
    buf_release(&self.scratch);
    request->more = limit && out->len - first > limit;
    keep_best(out, first, limit);
    if (out->len == first) return;
    qsort_r(out->items + first, out->len - first, sizeof *out->items, by_rank, (void *)(uintptr_t)index);
    if (request->more) out->len = first + limit;
}
