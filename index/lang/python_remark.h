/* Strings and comments that may document what stands beside them. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_REMARK_H
#define HEADWORD_INDEX_LANG_PYTHON_REMARK_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* Notes the string of the innermost frame if it is a statement, but not the first of its body. */
void remark_string(Reader *self, const Frame *frame);

/* Notes a comment that begins with "#:". */
void remark_comment(Reader *self, Range range);

#endif
