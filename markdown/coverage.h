/* Which definitions should have a docstring, and whether they have one: what `headword coverage`, doc pages
 * and the rule "undocumented" count. */
#ifndef HEADWORD_MARKDOWN_COVERAGE_H
#define HEADWORD_MARKDOWN_COVERAGE_H

#include "index/index.h"

typedef struct {
    uint32_t documented, total;
} Coverage;

/* Whether a symbol is part of the file's interface: in a module as `__all__` says where there is one, else no
 * private name on the way to it, not local to a function. */
bool symbol_is_public(const Facts *facts, uint32_t symbol);

/* Whether the head of a definition lies outside of the regions that did not parse. */
bool symbol_is_parsed(const Facts *facts, uint32_t symbol);

/* Whether the symbol is a definition that should have a docstring: public, parsed, no nested function. What
 * is defined several times under one name (overloads, a property with its setter, the arms of an if) counts
 * once; what overrides a method does not, nor a module whose name is private, nor a stub beside its source.
 */
bool coverage_counts(const Index *index, FileId file, uint32_t symbol);

/* Whether a definition that counts has a docstring, be it that of another definition of its name. */
bool coverage_is_documented(const Facts *facts, uint32_t symbol);

Coverage coverage_of(const Index *index, FileId file);

#endif
