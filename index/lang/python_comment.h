/* Types in comments (PEP 484, "Type comments" and "Suggested syntax for Python 2.7"). */
#ifndef HEADWORD_INDEX_LANG_PYTHON_COMMENT_H
#define HEADWORD_INDEX_LANG_PYTHON_COMMENT_H

#include "index/lang/python_define.h"

/* The type in a comment behind a statement, or "". */
Str comment_type(Str source, TSNode statement);

/* Reads `# type: (int) -> str` behind the header of a function, whose parameters were just read, or on the
 * line below. */
void comment_signature(Reader *reader, TSNode definition, uint32_t function);

#endif
