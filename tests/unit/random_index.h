/* Random sources, and all that can be asked of an index of them. */
#ifndef HEADWORD_TESTS_RANDOM_INDEX_H
#define HEADWORD_TESTS_RANDOM_INDEX_H

#include "index/index.h"

static const char *const names[] = {"alpha", "beta", "gamma", "é", "🚀x", "delta", "ﬁ", "fi"};
enum { NAMES = sizeof names / sizeof *names };

static inline uint32_t next_random(uint32_t *state) {
    return *state = *state * 1664525u + 1013904223u, *state >> 8;
}

static inline void random_source(uint32_t *seed, StrBuf *out) {
    buf_clear(out);
    for (uint32_t n = next_random(seed) % 6; n-- > 0;) {
        const char *name = names[next_random(seed) % NAMES];
        switch (next_random(seed) % 4) {
        case 0: buf_printf(out, "def %s(a): return a.%s\n", name, names[next_random(seed) % NAMES]); break;
        case 1: buf_printf(out, "class %s:\n    def %s(self): self.%s = 1\n", name, name, name); break;
        case 2: buf_printf(out, "%s = %s\n", name, names[next_random(seed) % NAMES]); break;
        default: buf_printf(out, "import %s\n", name); break;
        }
    }
}

static inline void collect(void *context, SymbolRef ref) {
    StrBuf *out = context;
    buf_printf(out, "  %u:%u\n", ref.file, ref.symbol);
}

/* Everything that can be asked of an index about the names, by path. */
static inline void describe(const Index *index, StrBuf *out) {
    for (FileId f = 0; f < index_file_end(index); f++) {
        const Facts *facts = index_facts(index, f);
        buf_printf(out, "%.*s %u\n", STR_ARG(index_path(index, f)), facts ? facts->symbols.count : 0);
    }
    for (size_t n = 0; n < NAMES; n++) {
        Postings postings = index_postings(index, str_of(names[n]));
        buf_printf(out, "%s:", names[n]);
        for (uint32_t i = 0; i < postings.count; i++) {
            Posting posting = postings.items[i];
            uint32_t id = index_name_id(index, posting.file, posting.name);
            buf_printf(out, " %u=%.*s %d %u %d", posting.file,
                       STR_ARG(facts_name(index_facts(index, posting.file), posting.name)), posting.defines,
                       index_name_symbols(index, id), index_name_mask(index, id) >= MASK_DEFINED);
        }
        buf_append_byte(out, '\n');
        index_each_symbol_named(index, str_of(names[n]), collect, out);
    }
    IndexStats stats = index_stats(index);
    buf_printf(out, "%u %u %u\n", stats.files, stats.symbols, stats.occurrences);
}

#endif
