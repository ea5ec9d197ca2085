/* Which variable a string or a comment beside it documents. */
#ifndef HEADWORD_INDEX_REMARKS_H
#define HEADWORD_INDEX_REMARKS_H

#include "index/facts_builder.h"

/* Gives each variable and attribute of the builder the docstring that its remarks say, if any: a comment
 * behind it on its line, a string below it, or comments right above it. */
void remarks_join(FactsBuilder *builder);

#endif
