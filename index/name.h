/* Identifiers as Python compares them: under Unicode normalization form KC (The Python Language Reference,
 * section 2.3 "Identifiers and keywords"). */
#ifndef HEADWORD_INDEX_NAME_H
#define HEADWORD_INDEX_NAME_H

#include "base/str.h"

/* The NFKC form of a name: the name itself when that is what it is already, else the bytes put into `scratch`
 * (cleared first). */
Str name_normal(Str name, StrBuf *scratch);

/* The name with letter case folded away (Unicode case folding), under the same rules; ASCII names are left as
 * they are. */
Str name_folded(Str name, StrBuf *scratch);

/* A name is public when it has no leading underscore, or is dunder. */
bool name_is_public(Str name);

#endif
