/* Whether names in prose lead to what is not there, as far as own code tells for sure: what other packages
 * hold, and what modules and classes may make up while they run, is not known. */
#ifndef HEADWORD_MARKDOWN_DANGLING_H
#define HEADWORD_MARKDOWN_DANGLING_H

#include "index/index.h"

typedef struct {
    const Index *index;
    FileId file;      /* whose module the names may be meant in, or NONE */
    uint32_t lookups; /* that are left: when there are none, everything is there */
} NameCheck;

/* Of a dotted name: the longest beginning that means something is own code, and what follows is not in it. */
bool dangling_path(NameCheck *self, Str name);

/* Of a name alone: nothing that is read is called so. */
bool dangling_word(NameCheck *self, Str name);

/* Whether a name without a mark that says so can only be meant as a path into a package: "pkg.mod.name", no
 * file's name. */
bool dangling_is_path(Str name);

#endif
