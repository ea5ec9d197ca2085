/* What can be a name. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_NAME_H
#define HEADWORD_INDEX_LANG_PYTHON_NAME_H

#include "base/str.h"

/* Whether the text is an identifier and no keyword (The Python Language Reference, 2.3 "Identifiers and
 * keywords"). */
bool python_is_name(Str text);

#endif
