/* Functions that give what they are given, or what lies in it. What such a call is called for comes behind
 * the steps of what is called, as another function may bear the name. */
#ifndef HEADWORD_INDEX_LANG_PYTHON_PASS_H
#define HEADWORD_INDEX_LANG_PYTHON_PASS_H

#include "index/facts.h"

enum { PASS_STEPS = 3 };

/* What is done to the argument at a place of a call of `name`, PASS_STEPS steps; NULL when it is not given
 * back. `alone`: it is the only one, keywords aside. */
const Step *pass_steps(Str name, uint32_t argument, bool alone);

#endif
