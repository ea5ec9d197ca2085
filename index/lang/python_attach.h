/* Docstrings that are attached from outside of what they describe. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_ATTACH_H
#define HEADWORD_INDEX_LANG_PYTHON_ATTACH_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* After the identifier `__doc__` on top of the frames became an occurrence: notes what is assigned to it. */
void attach_assignment(Reader *reader, const Frame *frame, uint32_t occurrence);

/* After a call's list of arguments: notes the docstring if it is a call of `add_docstr` or `add_newdoc`;
 * false when it is none. */
bool attach_call(Reader *reader, const Frame *list);

#endif
