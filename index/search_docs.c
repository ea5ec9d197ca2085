/* Finding symbols by the words of their docstrings. */
#include "index/rank.h"
#include "index/search.h"
#include "index/doc_filter.h"

typedef struct {
    Ranking ranking;
    SearchRequest *request;
    Hits *hits;
    uint32_t first; /* of our hits */
    DocQuery words;
    StrBuf scratch;
} DocSearch;

/* The first line; docstrings are cleaned, so it is the summary. */
static Str summary_of(Str doc) {
    size_t end = str_find_byte(doc, '\n');
    return end == STR_NPOS ? doc : str_slice(doc, 0, end);
}

static Match match_doc(DocSearch *self, Str doc) {
    uint32_t all = doc_query_all(&self->words);
    if (doc.len == 0 || doc_query_found(&self->words, doc, &self->scratch) != all) return MATCH_NONE;
    bool summary = doc_query_found(&self->words, summary_of(doc), &self->scratch) == all;
    return summary ? MATCH_DOC_SUMMARY : MATCH_DOC;
}

static bool is_found_already(const DocSearch *self, SymbolRef ref) {
    for (uint32_t i = 0; i < self->first; i++) {
        SymbolRef found = self->hits->items[i].ref;
        if (found.file == ref.file && found.symbol == ref.symbol) return true;
    }
    return false;
}

static void search_file(DocSearch *self, FileId file) {
    const Index *index = self->ranking.index;
    const Facts *facts = index_facts(index, file);
    for (uint32_t s = 0; s < facts->symbols.count; s++) {
        const Symbol *symbol = &facts->symbols.items[s];
        if (self->request->kinds && !(self->request->kinds >> symbol->kind & 1)) continue;
        Match match = match_doc(self, facts_text(facts, symbol->doc));
        if (match == MATCH_NONE || is_found_already(self, (SymbolRef){file, s})) continue;
        RankName name = rank_name(&self->ranking, index_name_id(index, file, symbol->name));
        uint32_t place = rank_place(&self->ranking, &name, file, symbol->kind);
        ARRAY_PUSH(self->hits, (Hit){{file, s}, rank_score(match, 0, place, 0)});
    }
}

void search_docs(const Index *index, SearchRequest *request, Hits *out) {
    DocSearch self = {
        .ranking = ranking_of(index, STR("")), .request = request, .hits = out, .first = out->len};
    request->more = request->limit && out->len >= request->limit;
    if (request->more) return;
    doc_query_init(&self.words, request->query);
    buf_init(&self.scratch);
    const DocFilter *filter = index_doc_filter(index);
    for (FileId file = 0; file < index_file_end(index) && self.words.count; file++) {
        if (index_stamp(index, file) && !index_is_library(index, file) &&
            doc_filter_may_have(filter, file, &self.words))
            search_file(&self, file);
    }
    request->more = rank_keep_best(index, out, self.first, request->limit ? request->limit - self.first : 0);
    doc_query_release(&self.words);
    buf_release(&self.scratch);
}

bool search_docs_is_quick(Str query) {
    DocQuery words;
    doc_query_init(&words, query);
    bool quick = doc_query_is_told(&words);
    doc_query_release(&words);
    return quick;
}

static uint32_t count_bits(uint32_t bits) {
    uint32_t count = 0;
    for (; bits; bits &= bits - 1) count++;
    return count;
}

Str search_doc_line(Str doc, Str query) {
    DocQuery words;
    StrBuf scratch;
    doc_query_init(&words, query);
    buf_init(&scratch);
    Str best = STR_NONE, line;
    for (uint32_t most = 0; str_next_line(&doc, &line);) {
        uint32_t count = count_bits(doc_query_found(&words, line, &scratch));
        if (count > most) best = str_trim(line);
        if (count > most) most = count;
    }
    buf_release(&scratch);
    doc_query_release(&words);
    return best;
}
