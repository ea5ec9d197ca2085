/* Where a name leads to besides its definition (index/resolve.h). */
#ifndef HEADWORD_INDEX_RELATIVES_H
#define HEADWORD_INDEX_RELATIVES_H

#include "index/resolve.h"

/* resolve_occurrence, but of what is declared in a stub, the source where it is found. Appended to `out`. */
void relatives_definitions(const Index *index, FileId file, uint32_t occurrence, Targets *out);

/* What brings the name at an occurrence into its file: the global or nonlocal statement of its scope, the
 * imports that bind it, else its first binding. Of what is declared in a stub beside its source, the stub;
 * for an import itself and for attributes, what they mean. Appended to `out`. */
void relatives_declarations(const Index *index, FileId file, uint32_t occurrence, Targets *out);

/* The classes of the value of what stands at an occurrence: of a class or module, itself; of a function, of
 * what it returns; of a list, its items'. Appended to `out`. */
void relatives_types(const Index *index, FileId file, uint32_t occurrence, Targets *out);

/* What may stand behind the name at an occurrence when the program runs: the definition unless it is
 * abstract, then the subclasses of a class, or what they bind in the place of its member. The definition that
 * is asked from is left out; a source stands in for its stub. Appended to `out`. */
void relatives_implementations(const Index *index, FileId file, uint32_t occurrence, Targets *out);

#endif
