/* Paths as text: "/"-separated bytes. Touches no file. */
#ifndef HEADWORD_BASE_PATH_H
#define HEADWORD_BASE_PATH_H

#include "base/str.h"

/* Everything before the last "/"; "" when there is none, "/" for what lies at the root. */
Str path_parent(Str path);

/* What follows the last "/". */
Str path_name(Str path);

/* The suffix of the name from its last dot on (".py"), or "" (a leading dot starts no suffix). */
Str path_suffix(Str path);

/* Whether `path` is `folder` or lies under it. */
bool path_is_under(Str path, Str folder);

/* `path` without "`folder`/"; the path itself when it does not lie under it; "" when they are equal. */
Str path_below(Str path, Str folder);

/* Appends `name` to `out` behind a "/" where one is needed; an absolute name replaces what is there. */
void path_join(StrBuf *out, Str name);

/* Appends `path` without ".", ".." and doubled "/". Relative paths stay relative. */
void path_normalize(StrBuf *out, Str path);

/* Appends the way from folder `from` to `to`, both normalised and both absolute or both relative: "../x/y".
 */
void path_relative(StrBuf *out, Str from, Str to);

#endif
