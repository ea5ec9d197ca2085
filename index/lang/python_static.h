/* Suites that one can tell not to be the ones that count. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_STATIC_H
#define HEADWORD_INDEX_LANG_PYTHON_STATIC_H

#include "index/lang/python_frame.h"

/* Whether the suite of `clause` (a clause of `statement`, or that itself) is an except clause's, or does not
 * run by what a type checker knows: typing.TYPE_CHECKING is true, and sys.version_info high. */
bool static_is_fallback(Str source, const Frame *statement, const Frame *clause);

#endif
