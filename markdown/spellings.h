/* The names under which what one file defines may be written in any file: its own names for it, and what
 * imports and assignments anywhere rename these to. A superset: it only spares looking other names up. */
#ifndef HEADWORD_MARKDOWN_SPELLINGS_H
#define HEADWORD_MARKDOWN_SPELLINGS_H

#include "base/array.h"
#include "base/intern.h"
#include "index/index.h"

typedef struct {
    bool *names;           /* by the index's name id */
    Interner normal;       /* the same names */
    Array(uint32_t) to_do; /* names whose other names are not known yet */
} Spellings;

void spellings_init(Spellings *self, const Index *index, FileId file);
void spellings_release(Spellings *self);

/* Whether the last name of a dotted one is among them. */
bool spellings_hold(const Spellings *self, Str dotted);

#endif
