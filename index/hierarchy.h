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

/* The classes, protocols left out, that have all members that a protocol (PEP 544) itself asks for and bind
 * some of them, be it that they inherit from it or not; by path and place. Looks for as many as a fixed
 * amount of work finds. Appended to `out`. */
void hierarchy_implementers(const Index *index, SymbolRef protocol, SymbolRefs *out);

/* Whether one of a symbol's bases or decorators is called `name`, module and type arguments left out. */
bool hierarchy_any_called(const Facts *facts, Slice texts, Str name);

#endif
