/* Text files: what kind each is of, by its name, and what can be read off those that are no sources.
 *
 * The rows of index/lang/kinds.def are all kinds; a file that no row names is of the last one. Texts other
 * than sources are read line by line, without a grammar: headings, keys, targets and functions become
 * symbols, and what they speak of `mentions`. Their facts are for doc pages; a server makes them only while
 * it writes one. */
#ifndef HEADWORD_INDEX_TEXTS_H
#define HEADWORD_INDEX_TEXTS_H

#include "index/facts.h"

typedef struct {
    const char *name;  /* as in the setting pages.include: "markdown" */
    const char *type;  /* the Type line of doc pages: "Markdown Documentation" */
    const char *fence; /* info string of a code block that holds it */
} TextKind;

/* Static, never NULL. */
const TextKind *text_kind(Str path);
/* Whether more than the lines of such a file is told. */
bool text_is_read(Str path);

/* Facts of a text file that no front end reads; symbol 0 is a SYMBOL_DOCUMENT, whose docstring is what the
 * file says of itself first. */
Facts *text_facts(Str path, Str text);

/* At most so many symbols are told of; what follows is not read. */
enum { TEXT_SYMBOLS = 2000 };

/* Why nothing is to be said about a file, by its name and its bytes. */
typedef enum {
    TEXT_FIT,
    TEXT_BINARY,    /* holds a NUL byte early on, as git judges */
    TEXT_GENERATED, /* a lock file, minified, or a page that Headword wrote */
} TextFitness;
TextFitness text_fitness(Str path, Str bytes);

/* A set of kinds, one bit for each row. */
typedef uint64_t TextKinds;

/* "all", "none", or names of kinds with commas or blanks between them. False with the reason in `why`. */
bool text_kinds_parse(Str list, TextKinds *out, StrBuf *why);
bool text_kinds_hold(TextKinds kinds, Str path);

#endif
