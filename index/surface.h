/* What a file shows to others: a hash that stays when only bodies change. */
#ifndef HEADWORD_INDEX_SURFACE_H
#define HEADWORD_INDEX_SURFACE_H

#include "index/facts.h"

/* A hash of all that questions asked in other files, and their doc pages, can depend on: definitions with
 * their signatures and docstrings, imports, exports, what is bound to what. Not of places in the text, what
 * bodies read, and what they raise. Equal on every machine. */
uint64_t facts_surface(const Facts *self);

#endif
