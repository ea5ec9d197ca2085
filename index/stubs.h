/* Stubs and the sources they are of: "m.pyi" beside "m.py", and among libraries those of the same module,
 * wherever they lie: "package-stubs/m.pyi" (PEP 561), or the standard library's. */
#ifndef HEADWORD_INDEX_STUBS_H
#define HEADWORD_INDEX_STUBS_H

#include "index/resolve.h"

bool stubs_is_stub(const Index *index, FileId file);

/* The stub of a source, or the source of a stub; NONE when there is none. */
FileId stubs_other(const Index *index, FileId file);

/* The symbols of the same path in the stub of a source (`stub`), or in the source of a stub; false when there
 * are none. Appended to `out`. */
bool stubs_counterparts(const Index *index, const Target *target, bool stub, Targets *out);

/* Adds the counterparts of all targets, in stubs and in sources; modules have none. */
void stubs_add_counterparts(const Index *index, Targets *targets);

/* The first of them, of the same kind, whichever of the two it is in; file NONE when there is none. */
SymbolRef stubs_counterpart(const Index *index, SymbolRef ref);

/* Where the types of a symbol are written: its counterpart in the stub, else itself. */
SymbolRef stubs_typed(const Index *index, SymbolRef ref);

#endif
