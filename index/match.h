/* How a name answers what someone typed: exact > prefix > starts of words > a piece > letters in order. */
#ifndef HEADWORD_INDEX_MATCH_H
#define HEADWORD_INDEX_MATCH_H

#include "base/str.h"

/* Higher is better. */
typedef enum {
    MATCH_NONE,
    MATCH_DOC,         /* not the name: words of the docstring */
    MATCH_DOC_SUMMARY, /* words of its first line */
    MATCH_SUBSEQUENCE,
    MATCH_SUBSTRING,
    MATCH_WORDS, /* pieces of the query start words of the name, in order: "gdp", "gendoc" */
    MATCH_PREFIX,
    MATCH_EXACT_FOLDED, /* but for letter case, which the query bothers to tell */
    MATCH_EXACT,
} Match;

/* What was typed, made ready. An empty one is a prefix of all names. */
typedef struct {
    Str text;
    Str folded;
    uint64_t letters;     /* see index/name.h */
    uint64_t start;       /* the bit of its first letter, if that is one */
    bool told;            /* it has capitals */
    uint64_t places[256]; /* by byte: bit i says that byte i of `folded` is it, in either case */
    StrBuf buffer;        /* holds `folded` */
    StrBuf scratch;
} Pattern;

/* `text` is borrowed. Patterns of more than 64 bytes find no starts of words and no pieces. */
void pattern_init(Pattern *self, Str text);
void pattern_release(Pattern *self);

Match pattern_match(Pattern *self, Str name);
/* The same when nothing below MATCH_PREFIX counts. */
Match pattern_match_start(Pattern *self, Str name);
/* The same for a name known to be ASCII. */
Match pattern_match_ascii(const Pattern *self, Str name);
Match pattern_match_ascii_start(const Pattern *self, Str name);

#endif
