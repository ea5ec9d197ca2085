/* Which rules ruff is told to check, as far as its settings name them. */
#ifndef HEADWORD_INDEX_DISK_RUFF_H
#define HEADWORD_INDEX_DISK_RUFF_H

#include "base/str.h"

/* Appends the codes that are selected by ruff.toml, .ruff.toml and pyproject.toml in `root` ("D", "E501",
 * "ALL"), and behind "-" those that are ignored, each followed by a blank. Files that are not there or cannot
 * be read select nothing. */
void ruff_append_selected(Str root, StrBuf *out);

#endif
