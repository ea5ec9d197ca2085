/* What a module says of its `__all__`. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_EXPORTS_H
#define HEADWORD_INDEX_LANG_PYTHON_EXPORTS_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* After the identifier `__all__` on top of the frames was read: notes what the statement or call does to it.
 */
void exports_read(Reader *reader, const Frame *frame);

#endif
