/* From a name to all places that mean the same thing. */
#ifndef HEADWORD_INDEX_REFERENCES_H
#define HEADWORD_INDEX_REFERENCES_H

#include "index/resolve.h"

typedef struct {
    FileId file;
    Range range;
    bool declaration; /* defines or binds it */
    bool write;       /* binds or deletes it */
    bool guess;       /* by its name: nothing is known of the receiver that was asked about */
} Reference;

typedef Array(Reference) References;

/* All identifiers that refer to what the one at an occurrence refers to, and the strings of __all__ that name
 * it, by path and place; of `only` alone, when that is not NONE. Names count by what they are bound to, not
 * by how they are spelled, in imports as something else too: an attribute counts when what stands before its
 * dot is known. Of an attribute of which nothing is known, the candidates count (resolve.h), and where
 * nothing is known either, in own code; without candidates in its file only. Appended to `out`. False when
 * there are so many that not all were looked at; those in the file of the definition were. */
bool references_find(const Index *index, FileId file, uint32_t occurrence, FileId only, References *out);

/* What stands in the way of being sure that the places found are all, and nothing else. */
typedef struct {
    Targets others;    /* what some of the places found may mean too */
    References unsure; /* places in own code that have the name behind a dot or as a keyword where nothing is
                          known of what that belongs to */
    bool cut;          /* the work was not enough to look at all places */
} Doubts;
void doubts_release(Doubts *self);

/* All identifiers that refer to one of the targets, all of one name: `name` of `file`. Looks longer than
 * references_find, which is for answers at once. */
void references_find_targets(const Index *index, FileId file, uint32_t name, const Targets *targets,
                             References *out, Doubts *doubts);

/* How many places refer to a symbol (a module: 0) without binding it, for answers at once: `more` when only
 * some of the files that have its name could be looked at. */
uint32_t references_count(const Index *index, SymbolRef ref, bool *more);

#endif
