/* What identifiers mean, by where they stand: for a parent's kind and a child's field, the rules say how
 * names directly in the child are used, and in which scope. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_RULES_H
#define HEADWORD_INDEX_LANG_PYTHON_RULES_H

#include "index/facts_builder.h"
#include "index/lang/python_frame.h"

/* What a child of `above` that stands in `field` is to be read as; `values`: how many are known by now. */
Frame rules_frame_below(const FactsBuilder *builder, uint32_t values, Frame *above, TSNode node, Kind kind,
                        Field field);

bool rules_is_comprehension(Kind kind);

#endif
