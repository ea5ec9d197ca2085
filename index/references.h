/* From a name to all places that mean the same thing. */
#ifndef HEADWORD_INDEX_REFERENCES_H
#define HEADWORD_INDEX_REFERENCES_H

#include "index/index.h"

typedef struct {
    FileId file;
    Range range;
    bool declaration; /* defines or binds it */
    bool write;       /* binds or deletes it */
} Reference;

typedef Array(Reference) References;

/* All identifiers that refer to what the one at an occurrence refers to, and the strings of __all__ that name
 * it, by path and place; of `only` alone, when that is not NONE. Names count by what they are bound to, not
 * by how they are spelled: an attribute counts when what stands before its dot is known. Appended to `out`.
 */
void references_find(const Index *index, FileId file, uint32_t occurrence, FileId only, References *out);

#endif
