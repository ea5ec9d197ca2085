/* Literals that calls and subscripts are given. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_LITERAL_H
#define HEADWORD_INDEX_LANG_PYTHON_LITERAL_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* Notes the literal of type `type` on top of the frames, if it is one to be kept. */
void literal_read(Reader *reader, const Frame *frame, LiteralType type);

#endif
