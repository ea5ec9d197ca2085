/* Values: what names are bound to, what stands before dots, what functions return.
 *
 * On the way up from a node, the values that its expression may have lie on a stack from `frame->values` on;
 * statements that bind take targets and values from there. Nothing is looked up in the tree again. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_VALUE_H
#define HEADWORD_INDEX_LANG_PYTHON_VALUE_H

#include "index/lang/python_define.h"
#include "index/lang/python_frame.h"

enum { MOST_VALUES = 4 /* of one place */ };

typedef Array(Value) Values; /* `owner` and `use` are not set yet */

/* After an identifier was made an occurrence. `frame` is its own, on top of `frames`. */
void value_identifier(Reader *reader, Values *values, const Frame *frame, uint32_t occurrence);

/* After a frame was popped off `frames`. */
void value_leave(Reader *reader, Values *values, Frames *frames, const Frame *frame);

/* Notes the block that a frame on top of `frames` is. */
void value_suite(Reader *reader, const Frames *frames, Frame *frame);

#endif
