/* Modules as their files' paths tell of them (The Python Language Reference, 5.2 "Packages"). */
#ifndef HEADWORD_INDEX_MODULE_H
#define HEADWORD_INDEX_MODULE_H

#include "base/str.h"

/* Whether a file is the module of the package that its folder is. */
bool module_is_package(Str path);

/* What stands last in the dotted name of a file's module. */
Str module_stem(Str path);

#endif
