/* Narrowing: where a test or a pattern says what class something is of. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_NARROW_H
#define HEADWORD_INDEX_LANG_PYTHON_NARROW_H

#include "index/lang/python_value.h"

/* `isinstance(x, Class)`, `issubclass(x, Class)`: at the end of the arguments of the call that is now on top
 * of `frames`; their values begin at `first`. */
void narrow_call(Reader *reader, const Values *values, const Frames *frames, uint32_t first);

/* `type(x) is Class`: after the comparison `frame` was popped off `frames`. */
void narrow_comparison(Reader *reader, const Frames *frames, const Frame *frame);

/* `match x: case Class(): …`: after the class pattern `frame` was popped off `frames`. */
void narrow_subject(Reader *reader, const Frames *frames, const Frame *frame);

/* `case Class() as y`: binds the name of the pattern `frame`. */
void narrow_alias(Reader *reader, const Frame *frame);

/* The occurrence that ends the name of a class pattern's class. */
uint32_t narrow_class_of(const FactsBuilder *builder, TSNode pattern);

#endif
