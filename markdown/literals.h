/* Literals that name something outside of the program. */
#ifndef HEADWORD_MARKDOWN_LITERALS_H
#define HEADWORD_MARKDOWN_LITERALS_H

#include "index/index.h"

/* Whether it is the name of an environment variable, given to os.environ or os.getenv. */
bool literal_is_environment(const Index *index, FileId file, const Literal *literal);

/* Whether it looks like a command-line option: it begins with "-" and is given, not by name, to what is
 * called add_argument, add_option or option. */
bool literal_is_option(const Facts *facts, const Literal *literal);

#endif
