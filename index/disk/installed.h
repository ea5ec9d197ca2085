/* Files that are installed with the program. */
#ifndef HEADWORD_INDEX_DISK_INSTALLED_H
#define HEADWORD_INDEX_DISK_INSTALLED_H

#include "base/str.h"

/* The real path of a file or folder: `relative` to the folder of the running program, else `build`, where
 * this build found it; the caller's, or NULL when there is neither. */
char *installed_find(Str relative, const char *build);

/* docs/rules.md, in the same way. */
char *installed_find_rules(void);

#endif
