/* How a Python text that does not parse is cut into parts that are read alone, so that what is broken in one
 * takes nothing with it that stands in another.
 *
 * Cuts are made at lines that can only begin a statement of the module (`def`, `class`, `import`, …), however
 * many brackets are open there, and at such methods and classes in the body of a class. In strings is none,
 * as far as can be told: where the text ends inside a string, the first one is taken for open that holds
 * such a line. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_PARTS_H
#define HEADWORD_INDEX_LANG_PYTHON_PARTS_H

#include "index/lang/lang.h"

/* Appends the parts of a text to `out`, by place; together they are the text. */
void python_parts(Str text, Parts *out);

/* Whether the last statement of a part is a class with a body, which the next parts may go on with. */
bool python_part_opens(const Part *part);

#endif
