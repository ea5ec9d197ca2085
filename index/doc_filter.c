#include "index/doc_filter.h"

#include "base/utf8.h"
#include "index/name.h"

static bool is_letter(unsigned char c) {
    return (c | 0x20u) - 'a' < 26u || c - (unsigned)'0' < 10u || c >= 0x80;
}

static char fold(char c) { return name_is_capital(c) ? (char)(c + 'a' - 'A') : c; }

/* Cuts the next word off *rest; false when there is none. Letter case is folded away but for ASCII letters;
 * `scratch` may hold the word. */
static bool next_word(Str *rest, Str *word, StrBuf *scratch) {
    const char *at = rest->data, *end = at + rest->len;
    unsigned char seen = 0;
    while (at < end && !is_letter((unsigned char)*at)) at++;
    const char *start = at;
    for (; at < end && is_letter((unsigned char)*at); at++) seen |= (unsigned char)*at;
    *word = str_make(start, (size_t)(at - start));
    *rest = str_make(at, (size_t)(end - at));
    Str folded = seen >= 0x80 ? name_folded(*word, scratch) : STR_NONE;
    if (folded.len) *word = folded;
    return at > start;
}

/* --- queries ----------------------------------------------------------------------------------- */

void doc_query_init(DocQuery *self, Str query) {
    StrBuf scratch;
    *self = (DocQuery){0};
    buf_init(&self->text);
    buf_init(&scratch);
    for (Str word; self->count < DOC_QUERY_MOST && next_word(&query, &word, &scratch); self->count++) {
        for (size_t i = 0; i < word.len; i++) buf_append_byte(&self->text, fold(word.data[i]));
        self->items[self->count].len = word.len;
    }
    buf_release(&scratch);
    const char *at = self->text.data;
    for (uint32_t i = 0; i < self->count; i++) {
        self->items[i].data = at;
        self->firsts[(unsigned char)*at] |= (uint32_t)1 << i;
        if (name_is_small(*at)) self->firsts[*at - 'a' + 'A'] |= (uint32_t)1 << i;
        at += self->items[i].len;
    }
}

void doc_query_release(DocQuery *self) { buf_release(&self->text); }

static bool starts_with(Str word, Str folded_start) {
    if (word.len < folded_start.len) return false;
    for (size_t i = 0; i < folded_start.len; i++) {
        if (fold(word.data[i]) != folded_start.data[i]) return false;
    }
    return true;
}

/* Those of the words `asked` that stand at the start of a text. */
static uint32_t found_at(const DocQuery *self, Str text, uint32_t asked) {
    uint32_t found = 0;
    for (uint32_t i = 0; asked >> i; i++) {
        if (asked >> i & 1 && starts_with(text, self->items[i])) found |= (uint32_t)1 << i;
    }
    return found;
}

static uint32_t found_in_ascii(const DocQuery *self, Str text) {
    uint32_t found = 0, all = doc_query_all(self);
    for (size_t i = 0; i < text.len && found != all; i++) {
        uint32_t asked = self->firsts[(unsigned char)text.data[i]] & ~found;
        if (asked && (i == 0 || !is_letter((unsigned char)text.data[i - 1])))
            found |= found_at(self, str_from(text, i), asked);
    }
    return found;
}

uint32_t doc_query_found(const DocQuery *self, Str text, StrBuf *scratch) {
    if (utf8_is_ascii(text.data, text.len)) return found_in_ascii(self, text);
    uint32_t found = 0, all = doc_query_all(self);
    for (Str word; found != all && next_word(&text, &word, scratch);)
        found |= found_at(self, word, self->firsts[(unsigned char)word.data[0]] & ~found);
    return found;
}

/* --- the filter -------------------------------------------------------------------------------- */

enum { HASHES = 1 << 16, BITS = 64 };

/* How much of a word is hashed, in bytes of its folded form: each of these, as far as the word is that long.
 */
static const uint8_t start_lengths[] = {4, 6};
enum { START_LENGTHS = sizeof start_lengths };

static uint16_t hash_start(Str word, size_t len) {
    uint64_t start = 0;
    for (size_t i = 0; i < len; i++) start = start << 8 | (unsigned char)fold(word.data[i]);
    return (uint16_t)(start * 0x9E3779B97F4A7C15u >> 48); /* Knuth's multiplicative hashing */
}

void doc_filter_release(DocFilter *self) {
    ARRAY_FREE(&self->hashes);
    ARRAY_FREE(&self->files);
}

static void add_words(uint64_t *seen, Str doc, StrBuf *scratch) {
    for (Str word; next_word(&doc, &word, scratch);) {
        for (size_t i = 0; i < START_LENGTHS && start_lengths[i] <= word.len; i++) {
            uint16_t hash = hash_start(word, start_lengths[i]);
            seen[hash / BITS] |= (uint64_t)1 << hash % BITS;
        }
    }
}

static void append_hashes(DocFilter *self, const uint64_t *seen) {
    for (uint32_t i = 0; i < HASHES / BITS; i++) {
        for (uint64_t left = seen[i]; left; left &= left - 1)
            ARRAY_PUSH(&self->hashes, (uint16_t)(i * BITS + (uint32_t)__builtin_ctzll(left)));
    }
}

/* Moves the hashes together when most of them are nobody's. */
static void drop_unused(DocFilter *self) {
    if (self->unused * 2 <= self->hashes.len) return;
    DocFilter fresh = {0};
    for (uint32_t file = 0; file < self->files.len; file++) {
        Slice *slice = &self->files.items[file];
        uint32_t first = fresh.hashes.len;
        for (uint32_t i = 0; i < slice->count; i++)
            ARRAY_PUSH(&fresh.hashes, self->hashes.items[slice->first + i]);
        slice->first = first;
    }
    ARRAY_FREE(&self->hashes);
    self->hashes.items = fresh.hashes.items;
    self->hashes.len = fresh.hashes.len;
    self->hashes.cap = fresh.hashes.cap;
    self->unused = 0;
}

void doc_filter_update(DocFilter *self, uint32_t file, const Facts *facts) {
    uint64_t seen[HASHES / BITS];
    bool any = false;
    while (self->files.len <= file) ARRAY_PUSH(&self->files, (Slice){0, 0});
    ARRAY_OWN(&self->files);
    Slice *slice = &self->files.items[file];
    self->unused += slice->count;
    *slice = (Slice){self->hashes.len, 0};
    StrBuf scratch;
    buf_init(&scratch);
    for (uint32_t s = 0; facts && s < facts->symbols.count; s++) {
        Str doc = facts_text(facts, facts->symbols.items[s].doc);
        if (doc.len && !any) memset(seen, 0, sizeof seen);
        any = any || doc.len;
        add_words(seen, doc, &scratch);
    }
    buf_release(&scratch);
    if (any) append_hashes(self, seen);
    slice->count = self->hashes.len - slice->first;
    drop_unused(self);
}

static bool has_hash(const DocFilter *self, Slice slice, uint16_t hash) {
    uint32_t low = slice.first, high = slice.first + slice.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (self->hashes.items[middle] == hash) return true;
        if (self->hashes.items[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The longest start of a word that is hashed, or 0 when it is too short. */
static size_t told_length(Str word) {
    size_t told = 0;
    for (size_t i = 0; i < START_LENGTHS && start_lengths[i] <= word.len; i++) told = start_lengths[i];
    return told;
}

bool doc_filter_may_have(const DocFilter *self, uint32_t file, const DocQuery *words) {
    Slice slice = self->files.items[file];
    for (uint32_t i = 0; i < words->count; i++) {
        size_t told = told_length(words->items[i]);
        if (told && !has_hash(self, slice, hash_start(words->items[i], told))) return false;
    }
    return true;
}

bool doc_query_is_told(const DocQuery *words) {
    for (uint32_t i = 0; i < words->count; i++) {
        if (told_length(words->items[i])) return true;
    }
    return false;
}
