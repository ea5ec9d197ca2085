/* What a symbol is called in all of Python, so that indexes of several repositories can be joined. */
#ifndef HEADWORD_INDEX_MONIKER_H
#define HEADWORD_INDEX_MONIKER_H

#include "index/index.h"

/* LSP "MonikerKind". */
typedef enum {
    MONIKER_IMPORT, /* of a library, or of a module that is not there */
    MONIKER_EXPORT, /* of own code */
    MONIKER_LOCAL,  /* of own code and not for others: a private name, or inside of a function */
} MonikerKind;

/* The path by which Python imports what an occurrence names: "pkg.mod.Class.method". False when nothing is
 * known of it, and for what no path leads to: parameters and variables of functions. Appended to `out`. */
bool moniker_find(const Index *index, FileId file, uint32_t occurrence, StrBuf *out, MonikerKind *kind);

#endif
