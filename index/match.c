#include "index/match.h"

#include "index/name.h"

enum { LONGEST = 64 /* bytes of a pattern that the bits of `places` tell apart */ };

static char fold(char c) { return name_is_capital(c) ? (char)(c + 'a' - 'A') : c; }

void pattern_init(Pattern *self, Str text) {
    *self = (Pattern){.text = text};
    buf_init(&self->buffer);
    buf_init(&self->scratch);
    buf_append(&self->buffer, name_folded(text, &self->scratch));
    for (size_t i = 0; i < self->buffer.len; i++) {
        char *c = &self->buffer.data[i];
        self->told = self->told || *c != fold(*c);
        *c = fold(*c);
        if (i >= LONGEST) continue;
        self->places[(unsigned char)*c] |= (uint64_t)1 << i;
        if (name_is_small(*c)) self->places[(unsigned char)(*c - 'a' + 'A')] |= (uint64_t)1 << i;
    }
    self->folded = buf_str(&self->buffer);
    self->letters = name_letters(self->folded);
    self->start = text.len ? name_start_bit(self->folded.data[0]) : 0;
}

void pattern_release(Pattern *self) {
    buf_release(&self->buffer);
    buf_release(&self->scratch);
}

static bool has_prefix(Str folded, Str name) {
    if (name.len < folded.len) return false;
    for (size_t i = 0; i < folded.len; i++) {
        if (fold(name.data[i]) != folded.data[i]) return false;
    }
    return true;
}

static bool is_subsequence(Str folded, Str name) {
    size_t matched = 0;
    for (size_t i = 0; i < name.len && matched < folded.len; i++)
        matched += fold(name.data[i]) == folded.data[matched];
    return matched == folded.len;
}

/* Follows all ways of reading the pattern in the name at once; bit i of a set stands for the pattern up to
 * its byte i, matched so that this byte is the name's at hand. */
static Match match_pieces(const Pattern *self, Str name) {
    assert(self->folded.len); /* an empty one is the start of all names */
    uint64_t last = (uint64_t)1 << (self->folded.len - 1);
    uint64_t words = 0, words_before = 0; /* every piece of it started a word; now and anywhere before */
    uint64_t run = 0, runs = 0;           /* it stands there in one piece; now and anywhere before */
    for (size_t i = 0; i < name.len; i++) {
        uint64_t here = self->places[(unsigned char)name.data[i]];
        uint64_t start = name_starts_word(name, i) ? words_before << 1 | 1 : 0;
        words = (words << 1 | start) & here;
        words_before |= words;
        run = (run << 1 | 1) & here;
        runs |= run;
    }
    return words_before & last ? MATCH_WORDS : runs & last ? MATCH_SUBSTRING : MATCH_SUBSEQUENCE;
}

static Match match_start(const Pattern *self, Str spelled, Str name) {
    if (!has_prefix(self->folded, name)) return MATCH_NONE;
    if (name.len > self->folded.len) return MATCH_PREFIX;
    return self->told && !str_eq(self->text, spelled) ? MATCH_EXACT_FOLDED : MATCH_EXACT;
}

static Match match_folded(const Pattern *self, Str spelled, Str name) {
    Match start = match_start(self, spelled, name);
    if (start != MATCH_NONE) return start;
    if (!is_subsequence(self->folded, name)) return MATCH_NONE;
    return self->folded.len <= LONGEST ? match_pieces(self, name) : MATCH_SUBSEQUENCE;
}

Match pattern_match_ascii(const Pattern *self, Str name) { return match_folded(self, name, name); }

Match pattern_match(Pattern *self, Str name) {
    return match_folded(self, name, name_folded(name, &self->scratch));
}

Match pattern_match_ascii_start(const Pattern *self, Str name) { return match_start(self, name, name); }

Match pattern_match_start(Pattern *self, Str name) {
    return match_start(self, name, name_folded(name, &self->scratch));
}
