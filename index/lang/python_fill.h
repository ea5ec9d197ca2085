/* What the fields of docstrings are filled with (Filling in index/facts.h), read off the tree. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_FILL_H
#define HEADWORD_INDEX_LANG_PYTHON_FILL_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

/* Notes what an expression gives to `owner`: the arguments of a call, the entries of a dictionary, a name. */
void fill_read(Reader *reader, TSNode expression, uint32_t owner);

/* After a dictionary, or a call's list of arguments: notes what the name that it is bound to stands for. */
void fill_bound(Reader *reader, const Frame *frame);

/* Appends a text that goes through str.format, or (`percent`) the operator %, with FIELD_MARK before each
 * field that has a name. */
enum { FIELD_MARK = 1 };
void fill_mark(Str text, bool percent, StrBuf *out);

/* Takes the marks out of a docstring that was cleaned, and notes its fields. */
void fill_take_marks(Reader *reader, Str marked, uint32_t owner, uint8_t margin, StrBuf *out);

#endif
