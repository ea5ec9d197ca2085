/* Classes above and below a class. */
#ifndef HEADWORD_INDEX_HIERARCHY_H
#define HEADWORD_INDEX_HIERARCHY_H

#include "index/index.h"

/* The classes that a class names as bases, in that order. Appended to `out`. */
void hierarchy_bases(const Index *index, SymbolRef class, SymbolRefs *out);

typedef enum { SUBCLASSES_DIRECT, SUBCLASSES_ALL } Subclasses;

/* The classes that name a class as a base, be it under another name; with SUBCLASSES_ALL also those that
 * inherit from it through others, the nearer ones first. Each once; of equally near ones by path and place.
 * Looks for as many as a fixed amount of work finds. Appended to `out`. */
void hierarchy_subclasses(const Index *index, SymbolRef class, Subclasses which, SymbolRefs *out);

#endif
