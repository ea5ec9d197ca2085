#include "index/search.h"

#include "base/path.h"
#include "index/match.h"
#include "index/name.h"
#include "index/rank.h"

#include <ctype.h>

enum { QUALIFIERS = 16 /* most parts before the name; nothing is nested deeper */ };

typedef Array(uint32_t) NameIds;

typedef struct {
    Ranking ranking;
    SearchRequest *request;
    Hits *hits;
    uint32_t first; /* of our hits */
    Pattern pattern;
    Pattern qualifiers[QUALIFIERS];
    uint32_t qualifier_count;
    Match match; /* of the names at hand */
    FileId file; /* whose module `container` begins with */
    size_t base; /* length of that beginning */
    StrBuf container;
    uint8_t *reaches; /* by file, with qualifiers: Reach */
} Search;

/* --- containers -------------------------------------------------------------------------------- */

/* The folders and the module of a file, below its root: "src.pkg.mod". */
static void set_module(Search *self, FileId file) {
    Str path = index_relative_path(self->ranking.index, file);
    path = str_slice(path, 0, path.len - path_suffix(path).len);
    if (str_ends_with(path, STR("/__init__"))) path = str_slice(path, 0, path.len - 9);
    buf_clear(&self->container);
    for (size_t i = 0; i < path.len; i++)
        buf_append_byte(&self->container, path.data[i] == '/' ? '.' : path.data[i]);
    self->base = self->container.len;
    self->file = file;
}

/* What is around a symbol, as "src.pkg.mod.Class". */
static Str container_of(Search *self, SymbolRef ref) {
    if (self->file != ref.file) set_module(self, ref.file);
    const Facts *facts = index_facts(self->ranking.index, ref.file);
    uint32_t parent = facts->symbols.items[ref.symbol].parent;
    buf_truncate(&self->container, self->base);
    if (parent != 0 && parent != NONE) {
        buf_append_byte(&self->container, '.');
        facts_qualified_name(facts, parent, &self->container);
    }
    return buf_str(&self->container);
}

/* What the worst of the qualifiers answers by; EXACT only when no part lies between them and the name. */
enum { CONTAINER_NONE, CONTAINER_WORDS, CONTAINER_START, CONTAINER_EXACT = RANK_BEST_LEVEL };

/* How a container answers the qualifiers, from the last of both on. */
static uint32_t match_container(Search *self, Str container) {
    static const uint8_t levels[] = {[MATCH_WORDS] = CONTAINER_WORDS,
                                     [MATCH_PREFIX] = CONTAINER_START,
                                     [MATCH_EXACT_FOLDED] = CONTAINER_START,
                                     [MATCH_EXACT] = CONTAINER_EXACT};
    uint32_t left = self->qualifier_count, level = CONTAINER_EXACT;
    while (left && container.len) {
        size_t dot = str_rfind_byte(container, '.');
        Str part = dot == STR_NPOS ? container : str_from(container, dot + 1);
        container = str_slice(container, 0, dot == STR_NPOS ? 0 : dot);
        Match match = pattern_match(&self->qualifiers[left - 1], part);
        uint32_t reached = match < MATCH_WORDS ? CONTAINER_START : levels[match];
        if (reached < level) level = reached;
        left -= match >= MATCH_WORDS;
    }
    return left ? CONTAINER_NONE : level;
}

/* Whether some part of a container of the file's symbols answers the last qualifier. */
typedef enum { REACH_UNKNOWN, REACH_NEVER, REACH_MAYBE } Reach;

/* Notes the files with symbols that answer the last qualifier. */
static void note_reaches(Search *self) {
    const Index *index = self->ranking.index;
    if (self->qualifier_count == 0) return;
    Pattern *last = &self->qualifiers[self->qualifier_count - 1];
    self->reaches = mem_calloc(index_file_end(index), sizeof *self->reaches);
    for (uint32_t id = 0; id < index_name_end(index); id++) {
        uint64_t mask = index_name_mask(index, id), wanted = last->letters | MASK_DEFINED;
        if (wanted & ~mask) continue;
        bool ascii = !(mask & NAME_BEYOND_ASCII); /* others may be spelled differently in the file */
        if (ascii && pattern_match_ascii(last, index_name(index, id)) < MATCH_WORDS) continue;
        Postings postings = index_name_postings(index, id);
        for (uint32_t i = 0; i < postings.count; i++) {
            if (postings.items[i].kind) self->reaches[postings.items[i].file] = REACH_MAYBE;
        }
    }
}

static bool may_reach(Search *self, FileId file) {
    if (self->qualifier_count == 0) return true;
    uint8_t *reach = &self->reaches[file];
    if (*reach == REACH_UNKNOWN) {
        *reach = REACH_NEVER;
        set_module(self, file);
        Str rest = buf_str(&self->container), part;
        while (str_next_piece(&rest, '.', &part)) {
            if (pattern_match(&self->qualifiers[self->qualifier_count - 1], part) >= MATCH_WORDS)
                *reach = REACH_MAYBE;
        }
    }
    return *reach == REACH_MAYBE;
}

/* --- candidates -------------------------------------------------------------------------------- */

/* A file in which symbols bear a name, and the best place that one of them can have. */
typedef struct {
    uint32_t place; /* see rank_place */
    Posting posting;
    uint32_t name;
} Candidate;

typedef Array(Candidate) Candidates;

/* The best places of candidates so far; every candidate has a symbol at least. */
typedef struct {
    uint32_t *counts; /* of candidates, by place; NULL when all are wanted */
    uint32_t wanted;
    uint32_t seen;  /* candidates with these places */
    uint32_t worst; /* the place below which no candidate is among the best `wanted` */
} BestPlaces;

static void note_place(BestPlaces *self, uint32_t place) {
    if (self->counts == NULL) return;
    self->counts[place]++;
    self->seen++;
    while (self->seen - self->counts[self->worst] >= self->wanted) self->seen -= self->counts[self->worst++];
}

static void collect_candidates(Search *self, uint32_t name, BestPlaces *best, Candidates *out) {
    const Index *index = self->ranking.index;
    if (rank_best_place(&self->ranking, name) < best->worst) return;
    Postings postings = index_name_postings(index, name);
    RankName rank = rank_name(&self->ranking, name);
    for (uint32_t i = 0; i < postings.count; i++) {
        Posting posting = postings.items[i];
        if (posting.kind == 0 || index_is_library(index, posting.file))
            continue; /* they are for looking up */
        if (!may_reach(self, posting.file)) continue;
        uint32_t place = rank_place(&self->ranking, &rank, posting.file, posting.kind);
        if (place < best->worst) continue;
        ARRAY_PUSH(out, (Candidate){place, posting, name});
        note_place(best, place);
    }
}

static uint32_t depth_of(Str container) {
    uint32_t depth = 0;
    for (size_t i = 0; i < container.len; i++) depth += container.data[i] == '.';
    return depth;
}

static void add_hits(Search *self, const Candidate *candidate) {
    FileId file = candidate->posting.file;
    const Facts *facts = index_facts(self->ranking.index, file);
    Slice symbols = index_posting_symbols(self->ranking.index, candidate->posting);
    RankName name = rank_name(&self->ranking, candidate->name);
    for (uint32_t i = symbols.first; i < symbols.first + symbols.count; i++) {
        SymbolRef ref = {file, facts->by_name.items[i]};
        uint32_t kind = facts->symbols.items[ref.symbol].kind;
        if (self->request->kinds && !(self->request->kinds >> kind & 1)) continue;
        Str container = container_of(self, ref);
        uint32_t level = match_container(self, container);
        if (level == CONTAINER_NONE) continue;
        uint32_t place = rank_place(&self->ranking, &name, file, kind);
        ARRAY_PUSH(self->hits, (Hit){ref, rank_score(self->match, level, place, depth_of(container))});
    }
}

/* Makes hits of all symbols that bear these names, or of those only that can be among the best. */
static void add_names(Search *self, const NameIds *names, uint32_t wanted) {
    Candidates candidates = {0};
    BestPlaces best = {.wanted = wanted};
    bool all = wanted == 0 || self->qualifier_count || self->request->kinds;
    if (!all) best.counts = mem_calloc(RANK_PLACES, sizeof *best.counts);
    for (uint32_t i = 0; i < names->len; i++) collect_candidates(self, names->items[i], &best, &candidates);
    for (uint32_t i = 0; i < candidates.len; i++) {
        if (candidates.items[i].place >= best.worst) add_hits(self, &candidates.items[i]);
    }
    mem_free(best.counts);
    ARRAY_FREE(&candidates);
}

/* --- names ------------------------------------------------------------------------------------- */

/* The names that symbols bear, by how well they can answer the pattern: those that begin with it; others of
 * which a word starts with its first letter; the rest. */
typedef enum { NAMES_BEGINNING, NAMES_WITH_WORD, NAMES_OTHER, NAMES_END } Names;

static Match match_name(Search *self, Names among, uint32_t id) {
    uint64_t mask = index_name_mask(self->ranking.index, id), start = self->pattern.start;
    if ((self->pattern.letters | MASK_DEFINED) & ~mask) return MATCH_NONE;
    if (((mask & start) == start) != (among != NAMES_OTHER)) return MATCH_NONE;
    Str name = index_name(self->ranking.index, id);
    bool ascii = !(mask & NAME_BEYOND_ASCII);
    if (among == NAMES_BEGINNING)
        return ascii ? pattern_match_ascii_start(&self->pattern, name)
                     : pattern_match_start(&self->pattern, name);
    Match match = ascii ? pattern_match_ascii(&self->pattern, name) : pattern_match(&self->pattern, name);
    return match < MATCH_PREFIX ? match : MATCH_NONE;
}

static void find_names(Search *self) {
    uint32_t wanted = self->request->limit ? self->request->limit + 1 : 0;
    for (Names among = NAMES_BEGINNING; among < NAMES_END; among++) {
        NameIds names[MATCH_EXACT + 1] = {0};
        uint32_t found = self->hits->len - self->first;
        if (wanted && found >= wanted) return;
        for (uint32_t id = 0; id < index_name_end(self->ranking.index); id++) {
            Match match = match_name(self, among, id);
            if (match != MATCH_NONE) ARRAY_PUSH(&names[match], id);
        }
        for (int match = MATCH_EXACT; match > MATCH_NONE; match--) {
            self->match = (Match)match;
            found = self->hits->len - self->first;
            if (wanted == 0 || found < wanted) add_names(self, &names[match], wanted ? wanted - found : 0);
            ARRAY_FREE(&names[match]);
        }
    }
}

/* --- queries ----------------------------------------------------------------------------------- */

static void remove_space(Str query, StrBuf *out) {
    for (size_t i = 0; i < query.len; i++) {
        if (!isspace((unsigned char)query.data[i])) buf_append_byte(out, query.data[i]);
    }
}

/* Takes the qualifiers off a query; false when there are more than any symbol has. */
static bool read_qualifiers(Search *self, Str *query) {
    size_t dot = str_rfind_byte(*query, '.');
    if (dot == STR_NPOS) return true;
    Str rest = str_slice(*query, 0, dot), part;
    *query = str_from(*query, dot + 1);
    while (str_next_piece(&rest, '.', &part)) {
        if (part.len == 0) continue;
        if (self->qualifier_count == QUALIFIERS) return false;
        pattern_init(&self->qualifiers[self->qualifier_count++], part);
    }
    return true;
}

void search_symbols(const Index *index, SearchRequest *request, Hits *out) {
    Search *self = mem_calloc(1, sizeof *self); /* patterns are too large for the stack */
    *self = (Search){.request = request, .hits = out, .first = out->len, .file = NONE};
    StrBuf text;
    buf_init(&text);
    buf_init(&self->container);
    remove_space(request->query, &text);
    Str query = buf_str(&text);
    bool sensible = read_qualifiers(self, &query);
    pattern_init(&self->pattern, query);
    self->ranking = ranking_of(index, query);
    index_tell_name(index, query, true);
    if (sensible) {
        note_reaches(self);
        find_names(self);
    }
    request->more = rank_keep_best(index, out, self->first, request->limit);
    request->full =
        request->limit && out->len - self->first == request->limit && rank_is_exact(ARRAY_LAST(out)->score);
    request->loose = out->len > self->first && rank_match(out->items[self->first].score) <= MATCH_SUBSEQUENCE;
    for (uint32_t i = 0; i < self->qualifier_count; i++) pattern_release(&self->qualifiers[i]);
    pattern_release(&self->pattern);
    buf_release(&self->container);
    buf_release(&text);
    mem_free(self->reaches);
    mem_free(self);
}
