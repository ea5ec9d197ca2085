/* Names in string annotations (PEP 484, "Forward references"), and of members in lists of such. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_QUOTED_H
#define HEADWORD_INDEX_LANG_PYTHON_QUOTED_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* Notes the names in the string on top of the frames where it stands for a type: in an annotation, as first
 * argument of cast(), as `bound`; and where it is listed in `__slots__` or `__match_args__`. */
void quoted_read(Reader *reader, const Frames *frames);

#endif
