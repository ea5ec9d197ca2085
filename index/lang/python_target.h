/* Where in a Python text names may be bound, judged by bytes. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_TARGET_H
#define HEADWORD_INDEX_LANG_PYTHON_TARGET_H

#include "base/str.h"

/* Whether the identifier at [start, end) may name a symbol: it stands behind `def`, `class` or `type`, or in
 * front of what can follow the target of an assignment, a for loop or a with item. False is certain where the
 * text parses. */
bool python_may_define(Str text, size_t start, size_t end);

#endif
