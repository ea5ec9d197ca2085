/* Classes that a call makes: `Point = namedtuple("Point", "x y")`. The variable that is bound to one stands
 * for the class, and the strings that name its members are attributes of it; or of a class that has the call
 * as base. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_MADE_H
#define HEADWORD_INDEX_LANG_PYTHON_MADE_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* Reads the string on top of the frames, if it stands in such a call. */
void made_read(Reader *reader, const Frames *frames);

#endif
