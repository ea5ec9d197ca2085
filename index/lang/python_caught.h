/* Raise statements whose exception does not leave the function. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_CAUGHT_H
#define HEADWORD_INDEX_LANG_PYTHON_CAUGHT_H

#include "index/lang/python_frame.h"

/* Whether an exception, by the last part of its name, that is raised where the innermost of `frames` ends is
 * caught in the same function: the body of a try statement around holds it, and an except clause there that
 * raises nothing itself takes it, by its name or with all others. */
bool caught_inside(Str source, const Frames *frames, Str exception);

#endif
