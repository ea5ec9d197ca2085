/* What the bodies of a file use: its names resolved to definitions, by who uses them. */
#ifndef HEADWORD_INDEX_USES_H
#define HEADWORD_INDEX_USES_H

#include "index/index.h"

typedef struct {
    SymbolRef target; /* a class, function, method or variable */
    uint32_t user;    /* the innermost class or function of the file around it; 0: the module */
    bool called;
} Use;

typedef Array(Use) Uses;

/* Looks through files one after the other and remembers what it found out about the rest of the index. One
 * thread may use it at a time. */
typedef struct UseFinder UseFinder;

/* `names`, by the index's name number, says which names count; it is borrowed, as the index is. The index
 * must not change while the finder lives. */
UseFinder *uses_new(const Index *index, const bool *names);
void uses_free(UseFinder *self);

/* The uses in one file, imports left out, and recursion: by target, then user, each once. Nothing is guessed,
 * and what libraries would tell is not asked: they may be there or not. Appended to `out`. */
void uses_find(UseFinder *self, FileId file, Uses *out);

#endif
