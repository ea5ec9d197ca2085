/* Identifiers as Python compares them: under Unicode normalization form KC (The Python Language Reference,
 * section 2.3 "Identifiers and keywords"). */
#ifndef HEADWORD_INDEX_NAME_H
#define HEADWORD_INDEX_NAME_H

#include "base/str.h"

/* The NFKC form of a name: the name itself when that is what it is already, else the bytes put into `scratch`
 * (cleared first). */
Str name_normal(Str name, StrBuf *scratch);

/* The name with letter case folded away (Unicode case folding), under the same rules; ASCII names are left as
 * they are. */
Str name_folded(Str name, StrBuf *scratch);

/* The offset of the first identifier at or behind `from` that is spelled exactly as `name`, or STR_NPOS.
 * Between a name and what is not ASCII there may be a border: not all of that are letters. */
size_t name_find(Str text, size_t from, Str name);

/* Whether some identifier of the text has the normal form `normal`, but another spelling. */
bool name_is_respelled(Str text, Str normal);

/* "__init__" is dunder. */
bool name_is_dunder(Str name);

/* "__name" is each class's own (The Python Language Reference, 6.2.1 "Private name mangling"). */
bool name_is_mangled(Str name);

/* A name is public when it has no leading underscore, or is dunder. */
bool name_is_public(Str name);

static inline bool name_is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool name_is_small(char c) { return c >= 'a' && c <= 'z'; }
static inline bool name_is_digit(char c) { return c >= '0' && c <= '9'; }

/* Whether a word of the name starts at this byte: at its first one, behind "_", at a capital behind a small
 * letter, at the first digit. */
static inline bool name_starts_word(Str name, size_t at) {
    if (at == 0) return true;
    char before = name.data[at - 1], here = name.data[at];
    if (before == '_') return here != '_';
    if (name_is_capital(here))
        return !name_is_capital(before) || (at + 1 < name.len && name_is_small(name.data[at + 1]));
    return name_is_digit(here) && !name_is_digit(before);
}

/* Quick tests before names are compared, bits 0 to 62. The characters of a text, letter case and all but
 * ASCII aside: when a text's are not all among a name's, the text is not in the name. And the ASCII letters
 * that its words start with. */
#define NAME_BEYOND_ASCII ((uint64_t)1 << 62) /* among the characters */
uint64_t name_letters(Str text);
uint64_t name_starts(Str text);
/* The bit that stands for words that start with this letter; 0 for what is no ASCII letter. */
uint64_t name_start_bit(char c);

#endif
